(set-option :rlimit 20000000)
; D5: what rounding up to whole pulses adds; sent is nΔw_min.
(set-logic QF_NRA)
(declare-const d Real)
(declare-const down Real)
(declare-const dw Real)
(declare-const sent Real)
(declare-const up Real)
(declare-const w Real)
(assert (< 0.0 dw))
; n = ⌈|Δ|/Δw_min⌉
(assert (<= (ite (>= d 0.0) d (- d)) sent))
; n = ⌈|Δ|/Δw_min⌉
(assert (< sent (+ (ite (>= d 0.0) d (- d)) dw)))
; the goal, denied
(assert (not (<= (ite (>= (- (+ (* (- (ite (>= d 0.0) d (- d))) (* (- down up) (/ 1.0 2.0))) (+ (* d (* (+ down up) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) sent) 0.0) (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) sent) (- (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) sent)))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) sent) (* (+ down up) (/ 1.0 2.0))) w))) 0.0) (- (+ (* (- (ite (>= d 0.0) d (- d))) (* (- down up) (/ 1.0 2.0))) (+ (* d (* (+ down up) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) sent) 0.0) (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) sent) (- (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) sent)))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) sent) (* (+ down up) (/ 1.0 2.0))) w))) (- (- (+ (* (- (ite (>= d 0.0) d (- d))) (* (- down up) (/ 1.0 2.0))) (+ (* d (* (+ down up) (/ 1.0 2.0))) w)) (+ (* (- (ite (>= (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) sent) 0.0) (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) sent) (- (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) sent)))) (* (- down up) (/ 1.0 2.0))) (+ (* (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) sent) (* (+ down up) (/ 1.0 2.0))) w))))) (* dw (ite (>= (- (* (+ down up) (/ 1.0 2.0)) (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) (* (- down up) (/ 1.0 2.0)))) 0.0) (- (* (+ down up) (/ 1.0 2.0)) (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) (* (- down up) (/ 1.0 2.0)))) (- (- (* (+ down up) (/ 1.0 2.0)) (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) (* (- down up) (/ 1.0 2.0))))))))))
(check-sat-using qfnra-nlsat)
