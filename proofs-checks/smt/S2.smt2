(set-option :rlimit 20000000)
; S2: descent of one step of Analog SGD, D = 1, noise e1 or e2 with probability 1/2 each.
(set-logic QF_NRA)
(declare-const L Real)
(declare-const alpha Real)
(declare-const e1 Real)
(declare-const e2 Real)
(declare-const f0 Real)
(declare-const f1 Real)
(declare-const f2 Real)
(declare-const g Real)
(declare-const sigma Real)
(declare-const tau Real)
(declare-const w Real)
(define-fun w1 () Real (+ (* (- (ite (>= (* (- alpha) (+ g e1)) 0.0) (* (- alpha) (+ g e1)) (- (* (- alpha) (+ g e1))))) (* (- (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e1)) (* (+ (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) w)))
(define-fun w2 () Real (+ (* (- (ite (>= (* (- alpha) (+ g e2)) 0.0) (* (- alpha) (+ g e2)) (- (* (- alpha) (+ g e2))))) (* (- (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e2)) (* (+ (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) w)))
(assert (< 0.0 tau))
(assert (< 0.0 alpha))
(assert (< 0.0 L))
(assert (<= 0.0 sigma))
; A1
(assert (<= f1 (+ (+ f0 (* g (- w1 w))) (* (/ L 2.0) (* (- w1 w) (- w1 w))))))
; A1
(assert (<= f2 (+ (+ f0 (* g (- w2 w))) (* (/ L 2.0) (* (- w2 w) (- w2 w))))))
; A3′: E ε = 0
(assert (= (+ e1 e2) 0.0))
; A3′: E ε² ≤ σ²
(assert (<= (* (/ 1.0 2.0) (+ (* e1 e1) (* e2 e2))) (* sigma sigma)))
; A4
(assert (<= (ite (>= w 0.0) w (- w)) tau))
; α ≤ 1/(2L)
(assert (<= (* (* 2.0 L) alpha) 1.0))
; the goal, denied
(assert (not (<= (* (/ 1.0 2.0) (+ f1 f2)) (+ (+ (- f0 (* (* (/ alpha 2.0) (- 1.0 (* (/ w tau) (/ w tau)))) (* g g))) (* (* (/ alpha 2.0) (* (/ w tau) (/ w tau))) (* sigma sigma))) (* (* L (* alpha alpha)) (* sigma sigma))))))
(check-sat-using qfnra-nlsat)
