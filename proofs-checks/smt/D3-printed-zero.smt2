(set-option :rlimit 20000000)
; D3 as printed, at w⋄ = 0.
(set-logic QF_NRA)
(declare-const d Real)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 tau))
; w⋄ = 0
(assert (= wd 0.0))
; the goal, denied
(assert (not (= (- (+ (* (- (ite (>= d 0.0) d (- d))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* d (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) w) (* d (- 1.0 (/ (* (* (ite (>= d 0.0) (ite (>= (- d) 0.0) 0.0 1.0) (- 1.0)) (ite (>= w 0.0) (ite (>= (- w) 0.0) 0.0 1.0) (- 1.0))) (ite (>= (- w wd) 0.0) (- w wd) (- (- w wd)))) tau))))))
(check-sat-using qfnra-nlsat)
