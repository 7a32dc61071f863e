(set-option :rlimit 20000000)
; N7: (E|ε_d|)² ≤ E ε_d², for noise with the values e1 and e2 (more: by convexity).
(set-logic QF_NRA)
(declare-const chance Real)
(declare-const e1 Real)
(declare-const e2 Real)
(assert (<= 0.0 chance))
(assert (<= chance 1.0))
; the goal, denied
(assert (not (<= (* (+ (* chance (ite (>= e1 0.0) e1 (- e1))) (* (- 1.0 chance) (ite (>= e2 0.0) e2 (- e2)))) (+ (* chance (ite (>= e1 0.0) e1 (- e1))) (* (- 1.0 chance) (ite (>= e2 0.0) e2 (- e2))))) (+ (* chance (* e1 e1)) (* (- 1.0 chance) (* e2 e2))))))
(check-sat-using qfnra-nlsat)
