(set-option :rlimit 20000000)
; D8: the second moment about w⋄ contracts to the stationary variance.
(set-logic QF_NRA)
(declare-const dw Real)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 tau))
(assert (<= 0.0 dw))
(assert (< dw (* 2.0 tau)))
; the goal, denied
(assert (not (= (- (+ (* (/ 1.0 2.0) (* (- (+ (* (- (ite (>= dw 0.0) dw (- dw))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* dw (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) wd) (- (+ (* (- (ite (>= dw 0.0) dw (- dw))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* dw (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) wd))) (* (- 1.0 (/ 1.0 2.0)) (* (- (+ (* (- (ite (>= (- dw) 0.0) (- dw) (- (- dw)))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (- dw) (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) wd) (- (+ (* (- (ite (>= (- dw) 0.0) (- dw) (- (- dw)))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (- dw) (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) wd)))) (/ (* dw tau) (- 2.0 (/ dw tau)))) (* (* (- 1.0 (/ dw tau)) (- 1.0 (/ dw tau))) (- (* (- w wd) (- w wd)) (/ (* dw tau) (- 2.0 (/ dw tau))))))))
(check-sat-using qfnra-nlsat)
