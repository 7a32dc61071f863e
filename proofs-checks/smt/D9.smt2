(set-option :rlimit 20000000)
; D9: for responses that are not negative the constant is F + |G|.
(set-logic QF_NRA)
(declare-const a Real)
(declare-const b Real)
(declare-const down Real)
(declare-const up Real)
(declare-const w Real)
; q₊ ≥ 0
(assert (<= 0.0 up))
; q₋ ≥ 0
(assert (<= 0.0 down))
; the goal, denied
(assert (not (<= (ite (>= (- (+ (* (- (ite (>= a 0.0) a (- a))) (* (- down up) (/ 1.0 2.0))) (+ (* a (* (+ down up) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= b 0.0) b (- b))) (* (- down up) (/ 1.0 2.0))) (+ (* b (* (+ down up) (/ 1.0 2.0))) w))) 0.0) (- (+ (* (- (ite (>= a 0.0) a (- a))) (* (- down up) (/ 1.0 2.0))) (+ (* a (* (+ down up) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= b 0.0) b (- b))) (* (- down up) (/ 1.0 2.0))) (+ (* b (* (+ down up) (/ 1.0 2.0))) w))) (- (- (+ (* (- (ite (>= a 0.0) a (- a))) (* (- down up) (/ 1.0 2.0))) (+ (* a (* (+ down up) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= b 0.0) b (- b))) (* (- down up) (/ 1.0 2.0))) (+ (* b (* (+ down up) (/ 1.0 2.0))) w))))) (* (+ (* (+ down up) (/ 1.0 2.0)) (ite (>= (* (- down up) (/ 1.0 2.0)) 0.0) (* (- down up) (/ 1.0 2.0)) (- (* (- down up) (/ 1.0 2.0))))) (ite (>= (- a b) 0.0) (- a b) (- (- a b)))))))
(check-sat-using qfnra-nlsat)
