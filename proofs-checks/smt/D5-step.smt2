; D5: from n pulses to n + 1, with the sign of the error.
(set-logic QF_NRA)
(declare-const dw Real)
(declare-const n Real)
(declare-const s Real)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(declare-const wn Real)
(assert (< 0.0 tau))
(assert (<= 0.0 dw))
(assert (or (= s 1.0) (= s (- 1.0))))
; |w−w⋄| ≤ τ
(assert (<= (ite (>= (- w wd) 0.0) (- w wd) (- (- w wd))) tau))
; Δw_min ≤ τ
(assert (<= dw tau))
(assert (<= 1.0 n))
(assert (and (<= 0.0 (* s (- (+ (* (- (ite (>= (* (* s n) dw) 0.0) (* (* s n) dw) (- (* (* s n) dw)))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (* s n) dw) (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) wn))) (<= (* s (- (+ (* (- (ite (>= (* (* s n) dw) 0.0) (* (* s n) dw) (- (* (* s n) dw)))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (* s n) dw) (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) wn)) (* (/ (* (* (- tau (* s (- w wd))) n) (- n 1.0)) 2.0) (* (/ dw tau) (/ dw tau))))))
; the goal, denied
(assert (not (and (<= 0.0 (* s (- (+ (* (- (ite (>= (* (* s (+ n 1.0)) dw) 0.0) (* (* s (+ n 1.0)) dw) (- (* (* s (+ n 1.0)) dw)))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (* s (+ n 1.0)) dw) (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- (+ 1.0 (* (- wn wd) (/ 1.0 tau))) (- 1.0 (* (- wn wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ (+ 1.0 (* (- wn wd) (/ 1.0 tau))) (- 1.0 (* (- wn wd) (/ 1.0 tau)))) (/ 1.0 2.0))) wn))))) (<= (* s (- (+ (* (- (ite (>= (* (* s (+ n 1.0)) dw) 0.0) (* (* s (+ n 1.0)) dw) (- (* (* s (+ n 1.0)) dw)))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (* s (+ n 1.0)) dw) (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- (+ 1.0 (* (- wn wd) (/ 1.0 tau))) (- 1.0 (* (- wn wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ (+ 1.0 (* (- wn wd) (/ 1.0 tau))) (- 1.0 (* (- wn wd) (/ 1.0 tau)))) (/ 1.0 2.0))) wn)))) (* (/ (* (* (- tau (* s (- w wd))) (+ n 1.0)) (- (+ n 1.0) 1.0)) 2.0) (* (/ dw tau) (/ dw tau)))))))
(check-sat)
