(set-option :rlimit 20000000)
; D5: weights and increments in units of τ, weights counted from w⋄, follow the device with τ = 1 and w⋄ = 0.
(set-logic QF_NRA)
(declare-const d Real)
(declare-const tau Real)
(declare-const w Real)
(declare-const wd Real)
(assert (< 0.0 tau))
; the goal, denied
(assert (not (= (+ (* (- (ite (>= d 0.0) d (- d))) (* (- (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* d (* (+ (+ 1.0 (* (- w wd) (/ 1.0 tau))) (- 1.0 (* (- w wd) (/ 1.0 tau)))) (/ 1.0 2.0))) w)) (+ wd (* tau (+ (* (- (ite (>= (/ d tau) 0.0) (/ d tau) (- (/ d tau)))) (* (- (+ 1.0 (* (- (/ (- w wd) tau) 0.0) (/ 1.0 1.0))) (- 1.0 (* (- (/ (- w wd) tau) 0.0) (/ 1.0 1.0)))) (/ 1.0 2.0))) (+ (* (/ d tau) (* (+ (+ 1.0 (* (- (/ (- w wd) tau) 0.0) (/ 1.0 1.0))) (- 1.0 (* (- (/ (- w wd) tau) 0.0) (/ 1.0 1.0)))) (/ 1.0 2.0))) (/ (- w wd) tau))))))))
(check-sat-using qfnra-nlsat)
