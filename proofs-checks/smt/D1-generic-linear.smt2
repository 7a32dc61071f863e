(set-option :rlimit 20000000)
; D1: both forms of U agree, for the generic linear device.
(set-logic QF_NRA)
(declare-const c Real)
(declare-const d Real)
(declare-const tau Real)
(declare-const w Real)
(assert (< 0.0 tau))
(assert (< (ite (>= c 0.0) c (- c)) 1.0))
; the goal, denied
(assert (not (= (+ (* (- (ite (>= d 0.0) d (- d))) (* (- (* (- 1.0 c) (+ 1.0 (* w (/ 1.0 tau)))) (* (+ 1.0 c) (- 1.0 (* w (/ 1.0 tau))))) (/ 1.0 2.0))) (+ (* d (* (+ (* (- 1.0 c) (+ 1.0 (* w (/ 1.0 tau)))) (* (+ 1.0 c) (- 1.0 (* w (/ 1.0 tau))))) (/ 1.0 2.0))) w)) (+ (* d (ite (>= d 0.0) (* (+ 1.0 c) (- 1.0 (* w (/ 1.0 tau)))) (* (- 1.0 c) (+ 1.0 (* w (/ 1.0 tau)))))) w))))
(check-sat-using qfnra-nlsat)
