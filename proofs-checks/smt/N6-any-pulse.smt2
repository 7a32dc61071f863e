(set-option :rlimit 20000000)
; N6 for any responses: Φ after a pulse of fair sign; phiUp and phiDown are Φ after a pulse up and down.
(set-logic QF_NRA)
(declare-const down Real)
(declare-const dw Real)
(declare-const largest Real)
(declare-const phi Real)
(declare-const phiDown Real)
(declare-const phiUp Real)
(declare-const slope Real)
(declare-const up Real)
(declare-const w Real)
(assert (< 0.0 dw))
(assert (<= 0.0 slope))
; |G′| ≤ ℓ
(assert (<= phiUp (+ (+ phi (* (* (- down up) (/ 1.0 2.0)) (- (+ (* (- (ite (>= dw 0.0) dw (- dw))) (* (- down up) (/ 1.0 2.0))) (+ (* dw (* (+ down up) (/ 1.0 2.0))) w)) w))) (* (/ slope 2.0) (* (- (+ (* (- (ite (>= dw 0.0) dw (- dw))) (* (- down up) (/ 1.0 2.0))) (+ (* dw (* (+ down up) (/ 1.0 2.0))) w)) w) (- (+ (* (- (ite (>= dw 0.0) dw (- dw))) (* (- down up) (/ 1.0 2.0))) (+ (* dw (* (+ down up) (/ 1.0 2.0))) w)) w))))))
; |G′| ≤ ℓ
(assert (<= phiDown (+ (+ phi (* (* (- down up) (/ 1.0 2.0)) (- (+ (* (- (ite (>= (- dw) 0.0) (- dw) (- (- dw)))) (* (- down up) (/ 1.0 2.0))) (+ (* (- dw) (* (+ down up) (/ 1.0 2.0))) w)) w))) (* (/ slope 2.0) (* (- (+ (* (- (ite (>= (- dw) 0.0) (- dw) (- (- dw)))) (* (- down up) (/ 1.0 2.0))) (+ (* (- dw) (* (+ down up) (/ 1.0 2.0))) w)) w) (- (+ (* (- (ite (>= (- dw) 0.0) (- dw) (- (- dw)))) (* (- down up) (/ 1.0 2.0))) (+ (* (- dw) (* (+ down up) (/ 1.0 2.0))) w)) w))))))
; F² + G² ≤ M²
(assert (<= (+ (* (* (+ down up) (/ 1.0 2.0)) (* (+ down up) (/ 1.0 2.0))) (* (* (- down up) (/ 1.0 2.0)) (* (- down up) (/ 1.0 2.0)))) largest))
; the goal, denied
(assert (not (<= (+ (* (/ 1.0 2.0) phiUp) (* (/ 1.0 2.0) phiDown)) (+ (- phi (* dw (* (* (- down up) (/ 1.0 2.0)) (* (- down up) (/ 1.0 2.0))))) (* (* (/ slope 2.0) (* dw dw)) largest)))))
(check-sat-using qfnra-nlsat)
