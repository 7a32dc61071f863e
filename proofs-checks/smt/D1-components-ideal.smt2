(set-option :rlimit 20000000)
; D1: F and G of the ideal device, as the text gives them.
(set-logic QF_NRA)
(declare-const w Real)
; the goal, denied
(assert (not (and (= (* (+ 1.0 1.0) (/ 1.0 2.0)) 1.0) (= (* (- 1.0 1.0) (/ 1.0 2.0)) 0.0))))
(check-sat-using qfnra-nlsat)
