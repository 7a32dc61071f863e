(set-option :rlimit 20000000)
; D1: both forms of U agree, for the asymmetric linear device.
(set-logic QF_NRA)
(declare-const d Real)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 tau))
; the goal, denied
(assert (not (= (+ (* (- (ite (>= d 0.0) d (- d))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* d (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) (+ (* d (ite (>= d 0.0) (- 1.0 (* (- w wd) (/ 1.0 tau))) (+ 1.0 (* (- w wd) (/ 1.0 tau))))) w))))
(check-sat-using qfnra-nlsat)
