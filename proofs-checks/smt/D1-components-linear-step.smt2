(set-option :rlimit 20000000)
; D1: F and G of the linear step device, as the text gives them.
(set-logic QF_NRA)
(declare-const lower Real)
(declare-const upper Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 upper))
(assert (< lower 0.0))
; the goal, denied
(assert (not (and (= (* (+ (- 1.0 (* (- w wd) (/ 1.0 lower))) (- 1.0 (* (- w wd) (/ 1.0 upper)))) (/ 1.0 2.0)) (- 1.0 (* (/ (- w wd) 2.0) (+ (/ 1.0 upper) (/ 1.0 lower))))) (= (* (- (- 1.0 (* (- w wd) (/ 1.0 lower))) (- 1.0 (* (- w wd) (/ 1.0 upper)))) (/ 1.0 2.0)) (* (/ (- w wd) 2.0) (- (/ 1.0 upper) (/ 1.0 lower)))))))
(check-sat-using qfnra-nlsat)
