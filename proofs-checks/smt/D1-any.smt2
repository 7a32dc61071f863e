(set-option :rlimit 20000000)
; D1: both forms of U agree for any responses up and down at w, hence for every device; F and G are as defined.
(set-logic QF_NRA)
(declare-const d Real)
(declare-const down Real)
(declare-const up Real)
(declare-const w Real)
; the goal, denied
(assert (not (and (= (+ (* (- (ite (>= d 0.0) d (- d))) (* (- down up) (/ 1.0 2.0))) (+ (* d (* (+ down up) (/ 1.0 2.0))) w)) (+ (* d (ite (>= d 0.0) up down)) w)) (= (+ (* (- (ite (>= d 0.0) d (- d))) (* (- down up) (/ 1.0 2.0))) (+ (* d (* (+ down up) (/ 1.0 2.0))) w)) (- (+ w (* d (* (+ down up) (/ 1.0 2.0)))) (* (ite (>= d 0.0) d (- d)) (* (- down up) (/ 1.0 2.0))))))))
(check-sat-using qfnra-nlsat)
