(set-option :rlimit 20000000)
; D2, Theorem 1: the weight stays in the dynamic range.
(set-logic QF_NRA)
(declare-const d Real)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 tau))
; |w−w⋄| ≤ τ
(assert (<= (ite (>= (- w wd) 0.0) (- w wd) (- (- w wd))) tau))
; |Δ| ≤ τ
(assert (<= (ite (>= d 0.0) d (- d)) tau))
; the goal, denied
(assert (not (<= (ite (>= (- (+ (* (- (ite (>= d 0.0) d (- d))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* d (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) wd) 0.0) (- (+ (* (- (ite (>= d 0.0) d (- d))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* d (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) wd) (- (- (+ (* (- (ite (>= d 0.0) d (- d))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* d (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) wd))) tau)))
(check-sat-using qfnra-nlsat)
