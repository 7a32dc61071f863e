(set-option :rlimit 20000000)
; N3: where P stands still at 0, for noise with the values e1 and e2 and any responses q₊, q₋ > 0 at 0; (F² − G²)·∇f² ≤ G²σ².
(set-logic QF_NRA)
(declare-const alpha Real)
(declare-const chance Real)
(declare-const down Real)
(declare-const e1 Real)
(declare-const e2 Real)
(declare-const g Real)
(declare-const sigma Real)
(declare-const up Real)
(assert (<= 0.0 chance))
(assert (<= chance 1.0))
(assert (< 0.0 alpha))
; q₊, q₋ > 0
(assert (and (< 0.0 up) (< 0.0 down)))
; A3: E ε = 0
(assert (= (+ (* chance e1) (* (- 1.0 chance) e2)) 0.0))
; A3: E ε² ≤ σ²
(assert (<= (+ (* chance (* e1 e1)) (* (- 1.0 chance) (* e2 e2))) (* sigma sigma)))
; E P′ = P = 0
(assert (= (+ (* chance (+ (* (- (ite (>= (* (- alpha) (+ g e1)) 0.0) (* (- alpha) (+ g e1)) (- (* (- alpha) (+ g e1))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e1)) (* (+ down up) (/ 1.0 2.0))) 0.0))) (* (- 1.0 chance) (+ (* (- (ite (>= (* (- alpha) (+ g e2)) 0.0) (* (- alpha) (+ g e2)) (- (* (- alpha) (+ g e2))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e2)) (* (+ down up) (/ 1.0 2.0))) 0.0)))) 0.0))
; the goal, denied
(assert (not (<= (* (* up down) (* g g)) (* (* (* (- down up) (/ 1.0 2.0)) sigma) (* (* (- down up) (/ 1.0 2.0)) sigma)))))
(check-sat-using qfnra-nlsat)
