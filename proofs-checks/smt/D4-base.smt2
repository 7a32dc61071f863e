(set-option :rlimit 20000000)
; D4: one pulse.
(set-logic QF_NRA)
(declare-const dw Real)
(declare-const s Real)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 tau))
(assert (<= 0.0 dw))
(assert (or (= s 1.0) (= s (- 1.0))))
; the goal, denied
(assert (not (= (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) (+ (+ wd (* s tau)) (* (- w (+ wd (* s tau))) (- 1.0 (/ dw tau)))))))
(check-sat-using qfnra-nlsat)
