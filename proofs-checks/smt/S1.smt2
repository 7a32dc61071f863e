(set-option :rlimit 20000000)
; S1: the drift at a critical point, for noise with the values e1 and e2.
(set-logic QF_NRA)
(declare-const alpha Real)
(declare-const chance Real)
(declare-const e1 Real)
(declare-const e2 Real)
(declare-const g Real)
(declare-const tau Real)
(declare-const w Real)
(assert (< 0.0 tau))
(assert (< 0.0 alpha))
(assert (<= 0.0 chance))
(assert (<= chance 1.0))
; ∇f(W) = 0
(assert (= g 0.0))
; A3′
(assert (= (+ (* chance e1) (* (- 1.0 chance) e2)) 0.0))
; the goal, denied
(assert (not (= (- (+ (* chance (+ (* (- (ite (>= (* (- alpha) (+ g e1)) 0.0) (* (- alpha) (+ g e1)) (- (* (- alpha) (+ g e1))))) (* (- (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e1)) (* (+ (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) w))) (* (- 1.0 chance) (+ (* (- (ite (>= (* (- alpha) (+ g e2)) 0.0) (* (- alpha) (+ g e2)) (- (* (- alpha) (+ g e2))))) (* (- (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e2)) (* (+ (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) w)))) w) (* (* (/ (- alpha) tau) (+ (* chance (ite (>= e1 0.0) e1 (- e1))) (* (- 1.0 chance) (ite (>= e2 0.0) e2 (- e2))))) w))))
(check-sat-using qfnra-nlsat)
