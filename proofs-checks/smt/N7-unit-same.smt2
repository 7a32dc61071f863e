(set-option :rlimit 20000000)
; N7: the engine's step with κg and α/κ is the step with g and α; auxiliary arrays likewise.
(set-logic QF_NRA)
(declare-const alpha Real)
(declare-const g Real)
(declare-const kappa Real)
(declare-const tau Real)
(declare-const w Real)
(assert (< 0.0 tau))
(assert (< 0.0 alpha))
(assert (< 0.0 kappa))
; the goal, denied
(assert (not (= (+ (* (- (ite (>= (* (- (/ alpha kappa)) (* kappa g)) 0.0) (* (- (/ alpha kappa)) (* kappa g)) (- (* (- (/ alpha kappa)) (* kappa g))))) (* (- (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (- (/ alpha kappa)) (* kappa g)) (* (+ (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= (* (- alpha) g) 0.0) (* (- alpha) g) (- (* (- alpha) g)))) (* (- (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (- alpha) g) (* (+ (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) w)))))
(check-sat-using qfnra-nlsat)
