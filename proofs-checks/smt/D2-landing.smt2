(set-option :rlimit 20000000)
; D2: where the worst weight lands.
(set-logic QF_NRA)
(declare-const delta Real)
(declare-const tau Real)
(declare-const wd Real)
(assert (< 0.0 tau))
(assert (< 0.0 delta))
; the goal, denied
(assert (not (= (+ (* (- (ite (>= (* (+ 1.0 delta) tau) 0.0) (* (+ 1.0 delta) tau) (- (* (+ 1.0 delta) tau)))) (* (- (+ 1.0 (* (- (- wd tau) wd) (/ 1.0 tau))) (- 1.0 (* (- (- wd tau) wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (+ 1.0 delta) tau) (* (+ (+ 1.0 (* (- (- wd tau) wd) (/ 1.0 tau))) (- 1.0 (* (- (- wd tau) wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (- wd tau))) (+ wd (* (+ 1.0 (* 2.0 delta)) tau)))))
(check-sat-using qfnra-nlsat)
