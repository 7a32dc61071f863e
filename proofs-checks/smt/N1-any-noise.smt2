(set-option :rlimit 20000000)
; N1: descent of one step on any device, D = 1, by the moments of any noise; L-smoothness is in the second-order term.
(set-logic QF_NRA)
(declare-const L Real)
(declare-const alpha Real)
(declare-const c Real)
(declare-const down Real)
(declare-const g Real)
(declare-const m Real)
(declare-const sigma Real)
(declare-const up Real)
(declare-const v Real)
(declare-const variance Real)
(declare-const w Real)
(define-fun F () Real (* (+ down up) (/ 1.0 2.0)))
(define-fun G () Real (* (- down up) (/ 1.0 2.0)))
(assert (< 0.0 alpha))
(assert (< 0.0 L))
(assert (<= 0.0 v))
(assert (<= 0.0 variance))
; E g² = m² + v = (∂f)² + E ε²
(assert (= (+ (* m m) v) (+ (* g g) variance)))
; Cov(g, |g|)² ≤ E ε²·v
(assert (<= (* c c) (* variance v)))
; A3′: E ε² ≤ σ²
(assert (<= variance (* sigma sigma)))
; F > 0
(assert (< 0.0 F))
; α < 1/(LF)
(assert (< (* (* L alpha) F) 1.0))
; the goal, denied
(assert (not (<= (- (* (* (/ L 2.0) (* alpha alpha)) (+ (+ (+ (* (+ (* F g) (* G m)) (+ (* F g) (* G m))) (* (* F F) variance)) (* (* (* 2.0 F) G) c)) (* (* G G) v))) (* (* alpha g) (+ (* F g) (* G m)))) (+ (- (* (* (/ alpha 2.0) (/ (* G G) F)) (* sigma sigma)) (* (* (/ alpha 2.0) (/ (- (* F F) (* G G)) F)) (* g g))) (/ (* (* (* (/ L 2.0) (* alpha alpha)) (* F F)) (* sigma sigma)) (- 1.0 (* (* L alpha) F)))))))
(check-sat-using qfnra-nlsat)
