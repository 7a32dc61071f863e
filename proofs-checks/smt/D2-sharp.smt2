(set-option :rlimit 20000000)
; D2: with |Δ| above τ the range is left from everywhere but its far end; any |Δ| above τ will do.
(set-logic QF_NRA)
(declare-const d Real)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 tau))
; τ < |Δ|
(assert (< tau (ite (>= d 0.0) d (- d))))
; |Δ| ≤ 2τ
(assert (<= (ite (>= d 0.0) d (- d)) (* 2.0 tau)))
; s(w−w⋄) < τ
(assert (< (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) (- w wd)) tau))
; the goal, denied
(assert (not (< tau (ite (>= (- (+ (* (- (ite (>= d 0.0) d (- d))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* d (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) wd) 0.0) (- (+ (* (- (ite (>= d 0.0) d (- d))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* d (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) wd) (- (- (+ (* (- (ite (>= d 0.0) d (- d))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* d (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) wd))))))
(check-sat-using qfnra-nlsat)
