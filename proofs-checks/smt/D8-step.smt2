; D8: from n pulses to n + 1; the weight after n is a with probability share, else b (more atoms: by linearity).
(set-logic QF_NRA)
(declare-const a Real)
(declare-const b Real)
(declare-const chance Real)
(declare-const dw Real)
(declare-const power Real)
(declare-const share Real)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 tau))
(assert (<= 0.0 dw))
; zero-mean signs
(assert (= chance (/ 1.0 2.0)))
(assert (= (- (+ (* share a) (* (- 1.0 share) b)) wd) (* power (- w wd))))
; the goal, denied
(assert (not (= (- (+ (* share (+ (* chance (+ (* (- (ite (>= dw 0.0) dw (- dw))) (* (- (+ 1.0 (* (- a wd) (/ 1.0 tau))) (- 1.0 (* (- a wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* dw (* (+ (+ 1.0 (* (- a wd) (/ 1.0 tau))) (- 1.0 (* (- a wd) (/ 1.0 tau)))) (/ 1.0 2.0))) a))) (* (- 1.0 chance) (+ (* (- (ite (>= (- dw) 0.0) (- dw) (- (- dw)))) (* (- (+ 1.0 (* (- a wd) (/ 1.0 tau))) (- 1.0 (* (- a wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (- dw) (* (+ (+ 1.0 (* (- a wd) (/ 1.0 tau))) (- 1.0 (* (- a wd) (/ 1.0 tau)))) (/ 1.0 2.0))) a))))) (* (- 1.0 share) (+ (* chance (+ (* (- (ite (>= dw 0.0) dw (- dw))) (* (- (+ 1.0 (* (- b wd) (/ 1.0 tau))) (- 1.0 (* (- b wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* dw (* (+ (+ 1.0 (* (- b wd) (/ 1.0 tau))) (- 1.0 (* (- b wd) (/ 1.0 tau)))) (/ 1.0 2.0))) b))) (* (- 1.0 chance) (+ (* (- (ite (>= (- dw) 0.0) (- dw) (- (- dw)))) (* (- (+ 1.0 (* (- b wd) (/ 1.0 tau))) (- 1.0 (* (- b wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (- dw) (* (+ (+ 1.0 (* (- b wd) (/ 1.0 tau))) (- 1.0 (* (- b wd) (/ 1.0 tau)))) (/ 1.0 2.0))) b)))))) wd) (* (* power (- 1.0 (/ dw tau))) (- w wd)))))
(check-sat)
