(set-option :rlimit 20000000)
; N2: the mean step of Analog SGD on any device, D = 1, noise with the values e1 and e2.
(set-logic QF_NRA)
(declare-const alpha Real)
(declare-const chance Real)
(declare-const down Real)
(declare-const e1 Real)
(declare-const e2 Real)
(declare-const g Real)
(declare-const psi Real)
(declare-const up Real)
(declare-const w Real)
(define-fun G () Real (* (- down up) (/ 1.0 2.0)))
(define-fun F () Real (* (+ down up) (/ 1.0 2.0)))
(define-fun rho () Real (/ G F))
(assert (< 0.0 alpha))
(assert (<= 0.0 chance))
(assert (<= chance 1.0))
; A3′: E ε = 0
(assert (= (+ (* chance e1) (* (- 1.0 chance) e2)) 0.0))
; |G| < F
(assert (< (ite (>= G 0.0) G (- G)) F))
; ψ = ρE|ε − ψ|
(assert (= psi (* rho (+ (* chance (ite (>= (+ (- psi) e1) 0.0) (+ (- psi) e1) (- (+ (- psi) e1)))) (* (- 1.0 chance) (ite (>= (+ (- psi) e2) 0.0) (+ (- psi) e2) (- (+ (- psi) e2))))))))
; the goal, denied
(assert (not (and (<= (* (- 1.0 (ite (>= rho 0.0) rho (- rho))) (ite (>= (+ g psi) 0.0) (+ g psi) (- (+ g psi)))) (ite (>= (/ (- w (+ (* chance (+ (* (- (ite (>= (* (- alpha) (+ g e1)) 0.0) (* (- alpha) (+ g e1)) (- (* (- alpha) (+ g e1))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e1)) (* (+ down up) (/ 1.0 2.0))) w))) (* (- 1.0 chance) (+ (* (- (ite (>= (* (- alpha) (+ g e2)) 0.0) (* (- alpha) (+ g e2)) (- (* (- alpha) (+ g e2))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e2)) (* (+ down up) (/ 1.0 2.0))) w))))) (* alpha F)) 0.0) (/ (- w (+ (* chance (+ (* (- (ite (>= (* (- alpha) (+ g e1)) 0.0) (* (- alpha) (+ g e1)) (- (* (- alpha) (+ g e1))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e1)) (* (+ down up) (/ 1.0 2.0))) w))) (* (- 1.0 chance) (+ (* (- (ite (>= (* (- alpha) (+ g e2)) 0.0) (* (- alpha) (+ g e2)) (- (* (- alpha) (+ g e2))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e2)) (* (+ down up) (/ 1.0 2.0))) w))))) (* alpha F)) (- (/ (- w (+ (* chance (+ (* (- (ite (>= (* (- alpha) (+ g e1)) 0.0) (* (- alpha) (+ g e1)) (- (* (- alpha) (+ g e1))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e1)) (* (+ down up) (/ 1.0 2.0))) w))) (* (- 1.0 chance) (+ (* (- (ite (>= (* (- alpha) (+ g e2)) 0.0) (* (- alpha) (+ g e2)) (- (* (- alpha) (+ g e2))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e2)) (* (+ down up) (/ 1.0 2.0))) w))))) (* alpha F))))) (<= (ite (>= (/ (- w (+ (* chance (+ (* (- (ite (>= (* (- alpha) (+ g e1)) 0.0) (* (- alpha) (+ g e1)) (- (* (- alpha) (+ g e1))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e1)) (* (+ down up) (/ 1.0 2.0))) w))) (* (- 1.0 chance) (+ (* (- (ite (>= (* (- alpha) (+ g e2)) 0.0) (* (- alpha) (+ g e2)) (- (* (- alpha) (+ g e2))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e2)) (* (+ down up) (/ 1.0 2.0))) w))))) (* alpha F)) 0.0) (/ (- w (+ (* chance (+ (* (- (ite (>= (* (- alpha) (+ g e1)) 0.0) (* (- alpha) (+ g e1)) (- (* (- alpha) (+ g e1))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e1)) (* (+ down up) (/ 1.0 2.0))) w))) (* (- 1.0 chance) (+ (* (- (ite (>= (* (- alpha) (+ g e2)) 0.0) (* (- alpha) (+ g e2)) (- (* (- alpha) (+ g e2))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e2)) (* (+ down up) (/ 1.0 2.0))) w))))) (* alpha F)) (- (/ (- w (+ (* chance (+ (* (- (ite (>= (* (- alpha) (+ g e1)) 0.0) (* (- alpha) (+ g e1)) (- (* (- alpha) (+ g e1))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e1)) (* (+ down up) (/ 1.0 2.0))) w))) (* (- 1.0 chance) (+ (* (- (ite (>= (* (- alpha) (+ g e2)) 0.0) (* (- alpha) (+ g e2)) (- (* (- alpha) (+ g e2))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e2)) (* (+ down up) (/ 1.0 2.0))) w))))) (* alpha F)))) (* (+ 1.0 (ite (>= rho 0.0) rho (- rho))) (ite (>= (+ g psi) 0.0) (+ g psi) (- (+ g psi))))) (<= 0.0 (* (/ (- w (+ (* chance (+ (* (- (ite (>= (* (- alpha) (+ g e1)) 0.0) (* (- alpha) (+ g e1)) (- (* (- alpha) (+ g e1))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e1)) (* (+ down up) (/ 1.0 2.0))) w))) (* (- 1.0 chance) (+ (* (- (ite (>= (* (- alpha) (+ g e2)) 0.0) (* (- alpha) (+ g e2)) (- (* (- alpha) (+ g e2))))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g e2)) (* (+ down up) (/ 1.0 2.0))) w))))) (* alpha F)) (+ g psi))))))
(check-sat-using qfnra-nlsat)
