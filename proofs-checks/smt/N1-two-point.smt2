(set-option :rlimit 20000000)
; N1: descent of one step on any device, D = 1, any noise with two values.
(set-logic QF_NRA)
(declare-const L Real)
(declare-const alpha Real)
(declare-const b Real)
(declare-const chance Real)
(declare-const down Real)
(declare-const f0 Real)
(declare-const f1 Real)
(declare-const f2 Real)
(declare-const g Real)
(declare-const h Real)
(declare-const sigma Real)
(declare-const up Real)
(declare-const w Real)
(define-fun G () Real (* (- down up) (/ 1.0 2.0)))
(define-fun F () Real (* (+ down up) (/ 1.0 2.0)))
(define-fun w1 () Real (+ (* (- (ite (>= (* (- alpha) (+ g (+ b (* (- 1.0 chance) h)))) 0.0) (* (- alpha) (+ g (+ b (* (- 1.0 chance) h)))) (- (* (- alpha) (+ g (+ b (* (- 1.0 chance) h))))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g (+ b (* (- 1.0 chance) h)))) (* (+ down up) (/ 1.0 2.0))) w)))
(define-fun w2 () Real (+ (* (- (ite (>= (* (- alpha) (+ g (- b (* chance h)))) 0.0) (* (- alpha) (+ g (- b (* chance h)))) (- (* (- alpha) (+ g (- b (* chance h))))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g (- b (* chance h)))) (* (+ down up) (/ 1.0 2.0))) w)))
(assert (< 0.0 alpha))
(assert (< 0.0 L))
(assert (<= 0.0 chance))
(assert (<= chance 1.0))
; A1
(assert (<= f1 (+ (+ f0 (* g (- w1 w))) (* (/ L 2.0) (* (- w1 w) (- w1 w))))))
; A1
(assert (<= f2 (+ (+ f0 (* g (- w2 w))) (* (/ L 2.0) (* (- w2 w) (- w2 w))))))
; A3′: E ε = 0
(assert (= b 0.0))
; A3′: E ε² ≤ σ²
(assert (<= (+ (* chance (* (+ b (* (- 1.0 chance) h)) (+ b (* (- 1.0 chance) h)))) (* (- 1.0 chance) (* (- b (* chance h)) (- b (* chance h))))) (* sigma sigma)))
; F > 0
(assert (< 0.0 F))
; α < 1/(LF)
(assert (< (* (* L alpha) F) 1.0))
; the goal, denied
(assert (not (<= (+ (* chance f1) (* (- 1.0 chance) f2)) (+ (+ f0 (- (* (* (/ alpha 2.0) (/ (* G G) F)) (* sigma sigma)) (* (* (/ alpha 2.0) (/ (- (* F F) (* G G)) F)) (* g g)))) (/ (* (* (* (/ L 2.0) (* alpha alpha)) (* F F)) (* sigma sigma)) (- 1.0 (* (* L alpha) F)))))))
(check-sat-using qfnra-nlsat)
