(set-option :rlimit 20000000)
; D1: both forms of U agree, for the ideal device.
(set-logic QF_NRA)
(declare-const d Real)
(declare-const w Real)
; the goal, denied
(assert (not (= (+ (* (- (ite (>= d 0.0) d (- d))) (* (- 1.0 1.0) (/ 1.0 2.0))) (+ (* d (* (+ 1.0 1.0) (/ 1.0 2.0))) w)) (+ (* d (ite (>= d 0.0) 1.0 1.0)) w))))
(check-sat-using qfnra-nlsat)
