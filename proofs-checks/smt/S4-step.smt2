(set-option :rlimit 20000000)
; S4: descent of one step of Analog GD, D = 1; summed over k it is Theorem 9.
(set-logic QF_NRA)
(declare-const L Real)
(declare-const alpha Real)
(declare-const f0 Real)
(declare-const f1 Real)
(declare-const g Real)
(declare-const tau Real)
(declare-const w Real)
(define-fun w1 () Real (+ (* (- (ite (>= (* (- alpha) (+ g 0.0)) 0.0) (* (- alpha) (+ g 0.0)) (- (* (- alpha) (+ g 0.0))))) (* (- (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g 0.0)) (* (+ (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) w)))
(assert (< 0.0 tau))
(assert (< 0.0 alpha))
(assert (< 0.0 L))
; A1
(assert (<= f1 (+ (+ f0 (* g (- w1 w))) (* (/ L 2.0) (* (- w1 w) (- w1 w))))))
; A4
(assert (<= (ite (>= w 0.0) w (- w)) tau))
; α ≤ 1/L
(assert (<= (* L alpha) 1.0))
; the goal, denied
(assert (not (<= f1 (- f0 (* (* (/ alpha 2.0) (- 1.0 (* (/ w tau) (/ w tau)))) (* g g))))))
(check-sat-using qfnra-nlsat)
