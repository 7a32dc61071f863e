(set-option :rlimit 20000000)
; N5: (m ± ∂f)² ≤ 2(s ± u), for g with the values a and b; Jensen on the positive and on the negative part of g.
(set-logic QF_NRA)
(declare-const a Real)
(declare-const b Real)
(declare-const chance Real)
(assert (<= 0.0 chance))
(assert (<= chance 1.0))
; the goal, denied
(assert (not (and (<= (* (+ (+ (* chance (ite (>= a 0.0) a (- a))) (* (- 1.0 chance) (ite (>= b 0.0) b (- b)))) (+ (* chance a) (* (- 1.0 chance) b))) (+ (+ (* chance (ite (>= a 0.0) a (- a))) (* (- 1.0 chance) (ite (>= b 0.0) b (- b)))) (+ (* chance a) (* (- 1.0 chance) b)))) (* 2.0 (+ (+ (* chance (* a a)) (* (- 1.0 chance) (* b b))) (+ (* chance (* (ite (>= a 0.0) a (- a)) a)) (* (- 1.0 chance) (* (ite (>= b 0.0) b (- b)) b)))))) (<= (* (- (+ (* chance (ite (>= a 0.0) a (- a))) (* (- 1.0 chance) (ite (>= b 0.0) b (- b)))) (+ (* chance a) (* (- 1.0 chance) b))) (- (+ (* chance (ite (>= a 0.0) a (- a))) (* (- 1.0 chance) (ite (>= b 0.0) b (- b)))) (+ (* chance a) (* (- 1.0 chance) b)))) (* 2.0 (- (+ (* chance (* a a)) (* (- 1.0 chance) (* b b))) (+ (* chance (* (ite (>= a 0.0) a (- a)) a)) (* (- 1.0 chance) (* (ite (>= b 0.0) b (- b)) b)))))))))
(check-sat-using qfnra-nlsat)
