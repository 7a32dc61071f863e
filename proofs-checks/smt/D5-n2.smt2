(set-option :rlimit 20000000)
; D5: 2 pulses against one update.
(set-logic QF_NRA)
(declare-const dw Real)
(declare-const s Real)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(define-fun w1 () Real (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)))
(define-fun w2 () Real (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- (+ 1.0 (* (- w1 wd) (/ 1.0 tau))) (- 1.0 (* (- w1 wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ (+ 1.0 (* (- w1 wd) (/ 1.0 tau))) (- 1.0 (* (- w1 wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w1)))
(assert (< 0.0 tau))
(assert (<= 0.0 dw))
(assert (or (= s 1.0) (= s (- 1.0))))
; |w−w⋄| ≤ τ
(assert (<= (ite (>= (- w wd) 0.0) (- w wd) (- (- w wd))) tau))
; Δw_min ≤ τ
(assert (<= dw tau))
; the goal, denied
(assert (not (<= (ite (>= (- (+ (* (- (ite (>= (* (* s 2.0) dw) 0.0) (* (* s 2.0) dw) (- (* (* s 2.0) dw)))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (* s 2.0) dw) (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) w2) 0.0) (- (+ (* (- (ite (>= (* (* s 2.0) dw) 0.0) (* (* s 2.0) dw) (- (* (* s 2.0) dw)))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (* s 2.0) dw) (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) w2) (- (- (+ (* (- (ite (>= (* (* s 2.0) dw) 0.0) (* (* s 2.0) dw) (- (* (* s 2.0) dw)))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (* s 2.0) dw) (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) w2))) (* (/ (* (* (- tau (* s (- w wd))) 2.0) (- 2.0 1.0)) 2.0) (* (/ dw tau) (/ dw tau))))))
(check-sat-using qfnra-nlsat)
