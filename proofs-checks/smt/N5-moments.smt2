(set-option :rlimit 20000000)
; N5: E P′² of the engine's step, for noise with the values e1 and e2; both sides are linear in the noise's law, so it holds of any.
(set-logic QF_NRA)
(declare-const beta Real)
(declare-const chance Real)
(declare-const e1 Real)
(declare-const e2 Real)
(declare-const g Real)
(declare-const p Real)
(declare-const tau Real)
(assert (< 0.0 tau))
(assert (< 0.0 beta))
(assert (<= 0.0 chance))
(assert (<= chance 1.0))
; A3′
(assert (= (+ (* chance e1) (* (- 1.0 chance) e2)) 0.0))
; the goal, denied
(assert (not (= (+ (* chance (* (+ (* (- (ite (>= (* beta (+ g e1)) 0.0) (* beta (+ g e1)) (- (* beta (+ g e1))))) (* (- (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* beta (+ g e1)) (* (+ (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) p)) (+ (* (- (ite (>= (* beta (+ g e1)) 0.0) (* beta (+ g e1)) (- (* beta (+ g e1))))) (* (- (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* beta (+ g e1)) (* (+ (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) p)))) (* (- 1.0 chance) (* (+ (* (- (ite (>= (* beta (+ g e2)) 0.0) (* beta (+ g e2)) (- (* beta (+ g e2))))) (* (- (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* beta (+ g e2)) (* (+ (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) p)) (+ (* (- (ite (>= (* beta (+ g e2)) 0.0) (* beta (+ g e2)) (- (* beta (+ g e2))))) (* (- (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* beta (+ g e2)) (* (+ (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) p))))) (+ (+ (* (* p p) (+ (- 1.0 (/ (* (* 2.0 beta) (+ (* chance (ite (>= (+ g e1) 0.0) (+ g e1) (- (+ g e1)))) (* (- 1.0 chance) (ite (>= (+ g e2) 0.0) (+ g e2) (- (+ g e2)))))) tau)) (* (* (/ beta tau) (/ beta tau)) (+ (* chance (* (+ g e1) (+ g e1))) (* (- 1.0 chance) (* (+ g e2) (+ g e2))))))) (* (* (* 2.0 beta) (- g (/ (* beta (+ (* chance (* (ite (>= (+ g e1) 0.0) (+ g e1) (- (+ g e1))) (+ g e1))) (* (- 1.0 chance) (* (ite (>= (+ g e2) 0.0) (+ g e2) (- (+ g e2))) (+ g e2))))) tau))) p)) (* (* beta beta) (+ (* chance (* (+ g e1) (+ g e1))) (* (- 1.0 chance) (* (+ g e2) (+ g e2)))))))))
(check-sat-using qfnra-nlsat)
