(set-option :rlimit 20000000)
; N6: before the first pulse.
(set-logic QF_NRA)
(declare-const dw Real)
(declare-const tau Real)
(declare-const wd Real)
(declare-const x0 Real)
(assert (< 0.0 tau))
(assert (< 0.0 dw))
(assert (< dw (* 2.0 tau)))
; the goal, denied
(assert (not (= (* (* tau tau) (* (* (- (+ 1.0 (* (- (+ wd x0) wd) (/ 1.0 tau))) (- 1.0 (* (- (+ wd x0) wd) (/ 1.0 tau)))) (/ 1.0 2.0)) (* (- (+ 1.0 (* (- (+ wd x0) wd) (/ 1.0 tau))) (- 1.0 (* (- (+ wd x0) wd) (/ 1.0 tau)))) (/ 1.0 2.0)))) (+ (/ (* (- (* x0 x0) (/ (* dw tau) (- 2.0 (/ dw tau)))) (- 1.0 (* (- 1.0 (/ dw tau)) (- 1.0 (/ dw tau))))) (- 1.0 (* (- 1.0 (/ dw tau)) (- 1.0 (/ dw tau))))) (* 1.0 (/ (* dw tau) (- 2.0 (/ dw tau))))))))
(check-sat-using qfnra-nlsat)
