(set-option :rlimit 20000000)
; S8: the same with the sharp rate; M bounds both moduli.
(set-logic QF_NRA)
(declare-const L Real)
(declare-const M Real)
(declare-const alpha Real)
(declare-const g Real)
(declare-const target Real)
(declare-const tau Real)
(declare-const w Real)
(define-fun w1 () Real (+ (* (- (ite (>= (* (- alpha) (+ g 0.0)) 0.0) (* (- alpha) (+ g 0.0)) (- (* (- alpha) (+ g 0.0))))) (* (- (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g 0.0)) (* (+ (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) w)))
(assert (< 0.0 tau))
(assert (< 0.0 alpha))
(assert (< 0.0 L))
; |w|, |w*| ≤ M
(assert (<= (ite (>= w 0.0) w (- w)) M))
; |w|, |w*| ≤ M
(assert (<= (ite (>= target 0.0) target (- target)) M))
; M ≤ τ
(assert (<= M tau))
; convex, A1
(assert (<= 0.0 (* g (- w target))))
; convex, A1
(assert (<= (ite (>= g 0.0) g (- g)) (* L (ite (>= (- w target) 0.0) (- w target) (- (- w target))))))
; α ≤ 1/(L(1+M/τ))
(assert (<= (* (* alpha L) (+ 1.0 (/ M tau))) 1.0))
; the goal, denied
(assert (not (and (<= (ite (<= w target) w target) w1) (<= w1 (ite (>= w target) w target)))))
(check-sat-using qfnra-nlsat)
