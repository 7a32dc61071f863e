(set-option :rlimit 20000000)
; T2: decay of P at a critical point, for noise with the values e1 and e2.
(set-logic QF_NRA)
(declare-const alpha Real)
(declare-const beta Real)
(declare-const chance Real)
(declare-const e1 Real)
(declare-const e2 Real)
(declare-const g Real)
(declare-const p Real)
(declare-const tau Real)
(assert (< 0.0 tau))
(assert (< 0.0 alpha))
(assert (< 0.0 beta))
(assert (<= 0.0 chance))
(assert (<= chance 1.0))
; ∇f(W) = 0
(assert (= g 0.0))
; A3′
(assert (= (+ (* chance e1) (* (- 1.0 chance) e2)) 0.0))
; the goal, denied
(assert (not (= (+ (* chance (+ (* (- (ite (>= (* beta (+ g e1)) 0.0) (* beta (+ g e1)) (- (* beta (+ g e1))))) (* (- (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* beta (+ g e1)) (* (+ (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) p))) (* (- 1.0 chance) (+ (* (- (ite (>= (* beta (+ g e2)) 0.0) (* beta (+ g e2)) (- (* beta (+ g e2))))) (* (- (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* beta (+ g e2)) (* (+ (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) p)))) (* (- 1.0 (* (/ beta tau) (+ (* chance (ite (>= e1 0.0) e1 (- e1))) (* (- 1.0 chance) (ite (>= e2 0.0) e2 (- e2)))))) p))))
(check-sat-using qfnra-nlsat)
