(set-option :rlimit 20000000)
; D1: both forms of U agree, for the linear step device.
(set-logic QF_NRA)
(declare-const d Real)
(declare-const lower Real)
(declare-const upper Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 upper))
(assert (< lower 0.0))
; the goal, denied
(assert (not (= (+ (* (- (ite (>= d 0.0) d (- d))) (* (- (- 1.0 (* (- w wd) (/ 1.0 lower))) (- 1.0 (* (- w wd) (/ 1.0 upper)))) (/ 1.0 2.0))) (+ (* d (* (+ (- 1.0 (* (- w wd) (/ 1.0 lower))) (- 1.0 (* (- w wd) (/ 1.0 upper)))) (/ 1.0 2.0))) w)) (+ (* d (ite (>= d 0.0) (- 1.0 (* (- w wd) (/ 1.0 upper))) (- 1.0 (* (- w wd) (/ 1.0 lower))))) w))))
(check-sat-using qfnra-nlsat)
