(set-option :rlimit 20000000)
; D9: the constant is the larger response.
(set-logic QF_NRA)
(declare-const down Real)
(declare-const up Real)
(declare-const w Real)
; the goal, denied
(assert (not (= (+ (* (+ down up) (/ 1.0 2.0)) (ite (>= (* (- down up) (/ 1.0 2.0)) 0.0) (* (- down up) (/ 1.0 2.0)) (- (* (- down up) (/ 1.0 2.0))))) (ite (>= up down) up down))))
(check-sat-using qfnra-nlsat)
