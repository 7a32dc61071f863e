(set-option :rlimit 20000000)
; D5 for any responses: from n pulses to n + 1; up0, down0 are the responses at w, up1, down1 those at wn.
(set-logic QF_NRA)
(declare-const down0 Real)
(declare-const down1 Real)
(declare-const dw Real)
(declare-const largest Real)
(declare-const n Real)
(declare-const s Real)
(declare-const slope Real)
(declare-const up0 Real)
(declare-const up1 Real)
(declare-const w Real)
(declare-const wn Real)
(assert (<= 0.0 dw))
(assert (<= 0.0 slope))
(assert (or (= s 1.0) (= s (- 1.0))))
; q Lipschitz (ℓ)
(assert (<= (ite (>= (- up1 up0) 0.0) (- up1 up0) (- (- up1 up0))) (* slope (ite (>= (- wn w) 0.0) (- wn w) (- (- wn w))))))
; q Lipschitz (ℓ)
(assert (<= (ite (>= (- down1 down0) 0.0) (- down1 down0) (- (- down1 down0))) (* slope (ite (>= (- wn w) 0.0) (- wn w) (- (- wn w))))))
; |q| ≤ M
(assert (<= (ite (>= up0 0.0) up0 (- up0)) largest))
; |q| ≤ M
(assert (<= (ite (>= down0 0.0) down0 (- down0)) largest))
; |q| ≤ M
(assert (<= (ite (>= up1 0.0) up1 (- up1)) largest))
; |q| ≤ M
(assert (<= (ite (>= down1 0.0) down1 (- down1)) largest))
(assert (<= 1.0 n))
(assert (and (<= (ite (>= (- (+ (* (- (ite (>= (* (* s n) dw) 0.0) (* (* s n) dw) (- (* (* s n) dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* (* s n) dw) (* (+ down0 up0) (/ 1.0 2.0))) w)) wn) 0.0) (- (+ (* (- (ite (>= (* (* s n) dw) 0.0) (* (* s n) dw) (- (* (* s n) dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* (* s n) dw) (* (+ down0 up0) (/ 1.0 2.0))) w)) wn) (- (- (+ (* (- (ite (>= (* (* s n) dw) 0.0) (* (* s n) dw) (- (* (* s n) dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* (* s n) dw) (* (+ down0 up0) (/ 1.0 2.0))) w)) wn))) (/ (* (* (* (* slope largest) (* dw dw)) n) (- n 1.0)) 2.0)) (<= (ite (>= (- wn w) 0.0) (- wn w) (- (- wn w))) (* (* n dw) largest))))
; the goal, denied
(assert (not (and (<= (ite (>= (- (+ (* (- (ite (>= (* (* s (+ n 1.0)) dw) 0.0) (* (* s (+ n 1.0)) dw) (- (* (* s (+ n 1.0)) dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* (* s (+ n 1.0)) dw) (* (+ down0 up0) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- down1 up1) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ down1 up1) (/ 1.0 2.0))) wn))) 0.0) (- (+ (* (- (ite (>= (* (* s (+ n 1.0)) dw) 0.0) (* (* s (+ n 1.0)) dw) (- (* (* s (+ n 1.0)) dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* (* s (+ n 1.0)) dw) (* (+ down0 up0) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- down1 up1) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ down1 up1) (/ 1.0 2.0))) wn))) (- (- (+ (* (- (ite (>= (* (* s (+ n 1.0)) dw) 0.0) (* (* s (+ n 1.0)) dw) (- (* (* s (+ n 1.0)) dw)))) (* (- down0 up0) (/ 1.0 2.0))) (+ (* (* (* s (+ n 1.0)) dw) (* (+ down0 up0) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- down1 up1) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ down1 up1) (/ 1.0 2.0))) wn))))) (/ (* (* (* (* slope largest) (* dw dw)) (+ n 1.0)) (- (+ n 1.0) 1.0)) 2.0)) (<= (ite (>= (- (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- down1 up1) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ down1 up1) (/ 1.0 2.0))) wn)) w) 0.0) (- (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- down1 up1) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ down1 up1) (/ 1.0 2.0))) wn)) w) (- (- (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- down1 up1) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ down1 up1) (/ 1.0 2.0))) wn)) w))) (* (* (+ n 1.0) dw) largest)))))
(check-sat-using qfnra-nlsat)
