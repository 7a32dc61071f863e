(set-option :rlimit 20000000)
; D5 for any responses: one pulse is one update.
(set-logic QF_NRA)
(declare-const down0 Real)
(declare-const down1 Real)
(declare-const dw Real)
(declare-const largest Real)
(declare-const s Real)
(declare-const slope Real)
(declare-const up0 Real)
(declare-const up1 Real)
(declare-const w Real)
(assert (<= 0.0 dw))
(assert (<= 0.0 slope))
(assert (or (= s 1.0) (= s (- 1.0))))
; |q| ≤ M
(assert (<= (ite (>= up0 0.0) up0 (- up0)) largest))
; |q| ≤ M
(assert (<= (ite (>= down0 0.0) down0 (- down0)) largest))
; |q| ≤ M
(assert (<= (ite (>= up1 0.0) up1 (- up1)) largest))
; |q| ≤ M
(assert (<= (ite (>= down1 0.0) down1 (- down1)) largest))
; the goal, denied
(assert (not (and (<= (ite (>= (- (+ (* (- (ite (>= (* (* s 1.0) dw) 0.0) (* (* s 1.0) dw) (- (* (* s 1.0) dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* (* s 1.0) dw) (* (+ down0 up0) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ down0 up0) (/ 1.0 2.0))) w))) 0.0) (- (+ (* (- (ite (>= (* (* s 1.0) dw) 0.0) (* (* s 1.0) dw) (- (* (* s 1.0) dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* (* s 1.0) dw) (* (+ down0 up0) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ down0 up0) (/ 1.0 2.0))) w))) (- (- (+ (* (- (ite (>= (* (* s 1.0) dw) 0.0) (* (* s 1.0) dw) (- (* (* s 1.0) dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* (* s 1.0) dw) (* (+ down0 up0) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ down0 up0) (/ 1.0 2.0))) w))))) (/ (* (* (* (* slope largest) (* dw dw)) 1.0) (- 1.0 1.0)) 2.0)) (<= (ite (>= (- (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ down0 up0) (/ 1.0 2.0))) w)) w) 0.0) (- (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ down0 up0) (/ 1.0 2.0))) w)) w) (- (- (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ down0 up0) (/ 1.0 2.0))) w)) w))) (* (* 1.0 dw) largest)))))
(check-sat-using qfnra-nlsat)
