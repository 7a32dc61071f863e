(set-option :rlimit 20000000)
; D2: U is the convex combination (1−λ)w + λ(w⋄ + sgn(Δ)τ), λ = |Δ|/τ.
(set-logic QF_NRA)
(declare-const d Real)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 tau))
; the goal, denied
(assert (not (= (+ (* (- (ite (>= d 0.0) d (- d))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* d (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) (+ (* (- 1.0 (/ (ite (>= d 0.0) d (- d)) tau)) w) (* (/ (ite (>= d 0.0) d (- d)) tau) (+ wd (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) tau)))))))
(check-sat-using qfnra-nlsat)
