(set-option :rlimit 20000000)
; D1: F and G of the asymmetric linear device, as the text gives them.
(set-logic QF_NRA)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 tau))
; the goal, denied
(assert (not (and (= (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0)) 1.0) (= (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0)) (/ (- w wd) tau)))))
(check-sat-using qfnra-nlsat)
