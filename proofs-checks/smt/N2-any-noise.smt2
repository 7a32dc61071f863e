(set-option :rlimit 20000000)
; N2: κ by the two mean absolute values, which is all of the noise that it knows.
(set-logic QF_NRA)
(declare-const down Real)
(declare-const g Real)
(declare-const here Real)
(declare-const psi Real)
(declare-const still Real)
(declare-const up Real)
(declare-const w Real)
(define-fun G () Real (* (- down up) (/ 1.0 2.0)))
(define-fun F () Real (* (+ down up) (/ 1.0 2.0)))
(define-fun rho () Real (/ G F))
; |G| < F
(assert (< (ite (>= G 0.0) G (- G)) F))
; |E|∂f + ε| − E|ε − ψ|| ≤ |∂f + ψ|
(assert (<= (ite (>= (- here still) 0.0) (- here still) (- (- here still))) (ite (>= (+ g psi) 0.0) (+ g psi) (- (+ g psi)))))
; ψ = ρE|ε − ψ|
(assert (= psi (* rho still)))
; the goal, denied
(assert (not (and (<= (* (- 1.0 (ite (>= rho 0.0) rho (- rho))) (ite (>= (+ g psi) 0.0) (+ g psi) (- (+ g psi)))) (ite (>= (+ g (* rho here)) 0.0) (+ g (* rho here)) (- (+ g (* rho here))))) (<= (ite (>= (+ g (* rho here)) 0.0) (+ g (* rho here)) (- (+ g (* rho here)))) (* (+ 1.0 (ite (>= rho 0.0) rho (- rho))) (ite (>= (+ g psi) 0.0) (+ g psi) (- (+ g psi))))) (<= 0.0 (* (+ g (* rho here)) (+ g psi))))))
(check-sat-using qfnra-nlsat)
