(set-option :rlimit 20000000)
; D8: one pulse of random sign; chance is the probability of a pulse up.
(set-logic QF_NRA)
(declare-const chance Real)
(declare-const dw Real)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 tau))
(assert (<= 0.0 dw))
; zero-mean signs
(assert (= chance (/ 1.0 2.0)))
; the goal, denied
(assert (not (= (- (+ (* chance (+ (* (- (ite (>= dw 0.0) dw (- dw))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* dw (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w))) (* (- 1.0 chance) (+ (* (- (ite (>= (- dw) 0.0) (- dw) (- (- dw)))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (- dw) (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)))) wd) (* (- 1.0 (/ dw tau)) (- w wd)))))
(check-sat-using qfnra-nlsat)
