(set-option :rlimit 20000000)
; N5: the moments leave u ≥ ∂f² − v where ∂f ≥ 0, and u ≥ −(∂f² + v) in any case.
(set-logic QF_NRA)
(declare-const g Real)
(declare-const m Real)
(declare-const u Real)
(declare-const v Real)
(assert (<= (ite (>= g 0.0) g (- g)) m))
(assert (<= (* (+ m g) (+ m g)) (* 2.0 (+ (+ (* g g) v) u))))
(assert (<= (* (- m g) (- m g)) (* 2.0 (- (+ (* g g) v) u))))
; the goal, denied
(assert (not (and (or (< g 0.0) (<= (- (* g g) v) u)) (<= 0.0 (+ (+ u (* g g)) v)))))
(check-sat-using qfnra-nlsat)
