(set-option :rlimit 20000000)
; T3: one step keeps P in its range.
(set-logic QF_NRA)
(declare-const alpha Real)
(declare-const beta Real)
(declare-const g Real)
(declare-const p Real)
(declare-const tau Real)
(assert (< 0.0 tau))
(assert (< 0.0 alpha))
(assert (< 0.0 beta))
; |P| ≤ τ
(assert (<= (ite (>= p 0.0) p (- p)) tau))
; β|g| ≤ τ
(assert (<= (* beta (ite (>= g 0.0) g (- g))) tau))
; the goal, denied
(assert (not (<= (ite (>= (+ (* (- (ite (>= (* beta g) 0.0) (* beta g) (- (* beta g)))) (* (- (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* beta g) (* (+ (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) p)) 0.0) (+ (* (- (ite (>= (* beta g) 0.0) (* beta g) (- (* beta g)))) (* (- (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* beta g) (* (+ (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) p)) (- (+ (* (- (ite (>= (* beta g) 0.0) (* beta g) (- (* beta g)))) (* (- (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* beta g) (* (+ (+ 1.0 (* (- p 0.0) (/ 1.0 tau))) (- 1.0 (* (- p 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) p)))) tau)))
(check-sat-using qfnra-nlsat)
