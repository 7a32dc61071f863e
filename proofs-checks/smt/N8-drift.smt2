(set-option :rlimit 20000000)
; N8: ∂f·E ΔW for noise ±e, through the asymmetric linear device.
(set-logic QF_NRA)
(declare-const alpha Real)
(declare-const dw Real)
(declare-const e Real)
(declare-const g Real)
(declare-const sigma Real)
(declare-const tau Real)
(declare-const w Real)
(assert (< 0.0 tau))
(assert (< 0.0 dw))
(assert (< 0.0 alpha))
; A3′: E ε² ≤ σ²
(assert (<= (* e e) (* sigma sigma)))
; the goal, denied
(assert (not (<= (* g (- (+ (* (/ 1.0 2.0) (+ (* (/ (* alpha (ite (>= (+ g e) 0.0) (+ g e) (- (+ g e)))) dw) (+ (* (- (ite (>= (* (- (ite (>= (+ g e) 0.0) (ite (>= (- (+ g e)) 0.0) 0.0 1.0) (- 1.0))) dw) 0.0) (* (- (ite (>= (+ g e) 0.0) (ite (>= (- (+ g e)) 0.0) 0.0 1.0) (- 1.0))) dw) (- (* (- (ite (>= (+ g e) 0.0) (ite (>= (- (+ g e)) 0.0) 0.0 1.0) (- 1.0))) dw)))) (* (- (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (- (ite (>= (+ g e) 0.0) (ite (>= (- (+ g e)) 0.0) 0.0 1.0) (- 1.0))) dw) (* (+ (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) w))) (* (- 1.0 (/ (* alpha (ite (>= (+ g e) 0.0) (+ g e) (- (+ g e)))) dw)) w))) (* (/ 1.0 2.0) (+ (* (/ (* alpha (ite (>= (- g e) 0.0) (- g e) (- (- g e)))) dw) (+ (* (- (ite (>= (* (- (ite (>= (- g e) 0.0) (ite (>= (- (- g e)) 0.0) 0.0 1.0) (- 1.0))) dw) 0.0) (* (- (ite (>= (- g e) 0.0) (ite (>= (- (- g e)) 0.0) 0.0 1.0) (- 1.0))) dw) (- (* (- (ite (>= (- g e) 0.0) (ite (>= (- (- g e)) 0.0) 0.0 1.0) (- 1.0))) dw)))) (* (- (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (- (ite (>= (- g e) 0.0) (ite (>= (- (- g e)) 0.0) 0.0 1.0) (- 1.0))) dw) (* (+ (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) w))) (* (- 1.0 (/ (* alpha (ite (>= (- g e) 0.0) (- g e) (- (- g e)))) dw)) w)))) w)) (- (* (* (/ alpha 2.0) (* (/ w tau) (/ w tau))) (* sigma sigma)) (* (* (/ alpha 2.0) (- 1.0 (* (/ w tau) (/ w tau)))) (* g g))))))
(check-sat-using qfnra-nlsat)
