(set-option :rlimit 20000000)
; N2: the floor at a critical point of V.
(set-logic QF_NRA)
(declare-const down Real)
(declare-const psi Real)
(declare-const sigma Real)
(declare-const still Real)
(declare-const up Real)
(declare-const w Real)
(define-fun G () Real (* (- down up) (/ 1.0 2.0)))
(define-fun F () Real (* (+ down up) (/ 1.0 2.0)))
(define-fun rho () Real (/ G F))
; |G| < F
(assert (< (ite (>= G 0.0) G (- G)) F))
; E|ε − ψ|² ≤ ψ² + σ²
(assert (<= (* still still) (+ (* psi psi) (* sigma sigma))))
; ψ = ρE|ε − ψ|
(assert (= psi (* rho still)))
; the goal, denied
(assert (not (<= (* (* psi psi) (- 1.0 (* rho rho))) (* (* sigma sigma) (* rho rho)))))
(check-sat-using qfnra-nlsat)
