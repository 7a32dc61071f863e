(set-option :rlimit 20000000)
; N2: for ε = ±s the solution is ψ = sρ, whatever ∂f.
(set-logic QF_NRA)
(declare-const down Real)
(declare-const sigma Real)
(declare-const up Real)
(declare-const w Real)
(define-fun G () Real (* (- down up) (/ 1.0 2.0)))
(define-fun F () Real (* (+ down up) (/ 1.0 2.0)))
(define-fun rho () Real (/ G F))
(assert (<= 0.0 sigma))
; |G| < F
(assert (< (ite (>= G 0.0) G (- G)) F))
; the goal, denied
(assert (not (= (* sigma rho) (* rho (+ (* (/ 1.0 2.0) (ite (>= (- sigma (* sigma rho)) 0.0) (- sigma (* sigma rho)) (- (- sigma (* sigma rho))))) (* (/ 1.0 2.0) (ite (>= (- (- sigma) (* sigma rho)) 0.0) (- (- sigma) (* sigma rho)) (- (- (- sigma) (* sigma rho))))))))))
(check-sat-using qfnra-nlsat)
