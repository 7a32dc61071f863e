(set-option :rlimit 20000000)
; D1: F and G of the generic linear device, as the text gives them.
(set-logic QF_NRA)
(declare-const c Real)
(declare-const tau Real)
(declare-const w Real)
(assert (< 0.0 tau))
(assert (< (ite (>= c 0.0) c (- c)) 1.0))
; the goal, denied
(assert (not (and (= (* (+ (* (- 1.0 c) (+ 1.0 (* w (/ 1.0 tau)))) (* (+ 1.0 c) (- 1.0 (* w (/ 1.0 tau))))) (/ 1.0 2.0)) (- 1.0 (/ (* c w) tau))) (= (* (- (* (- 1.0 c) (+ 1.0 (* w (/ 1.0 tau)))) (* (+ 1.0 c) (- 1.0 (* w (/ 1.0 tau))))) (/ 1.0 2.0)) (- (/ w tau) c)))))
(check-sat-using qfnra-nlsat)
