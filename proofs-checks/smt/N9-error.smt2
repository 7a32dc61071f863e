(set-option :rlimit 20000000)
; N9: mean square error of a train against the update, in units of (y₀, τ); D5 bounds moved = 1 − (1−λ)ⁿ, N9-spread the variance.
(set-logic QF_NRA)
(declare-const delta Real)
(declare-const lambda Real)
(declare-const moved Real)
(declare-const n Real)
(declare-const sc Real)
(declare-const spread Real)
(assert (< 0.0 lambda))
(assert (<= 0.0 delta))
(assert (<= moved (* n lambda)))
(assert (<= (- (* n lambda) (* (/ (* n (- n 1.0)) 2.0) (* lambda lambda))) moved))
(assert (<= 0.0 spread))
(assert (<= spread (* n (* (* lambda sc) (* lambda sc)))))
(assert (<= 1.0 n))
; n = ⌈|Δ|/Δw_min⌉
(assert (<= delta (* n lambda)))
; n = ⌈|Δ|/Δw_min⌉
(assert (< (* n lambda) (+ delta lambda)))
; the goal, denied
(assert (not (<= (+ (* (- moved delta) (- moved delta)) spread) (+ (* (ite (>= lambda (/ (* delta (+ delta lambda)) 2.0)) lambda (/ (* delta (+ delta lambda)) 2.0)) (ite (>= lambda (/ (* delta (+ delta lambda)) 2.0)) lambda (/ (* delta (+ delta lambda)) 2.0))) (* (* (* sc sc) lambda) (+ delta lambda))))))
(check-sat-using qfnra-nlsat)
