(set-option :rlimit 20000000)
; S8: one noiseless step stays between w and the minimiser, so inside the range, where the next one starts.
(set-logic QF_NRA)
(declare-const L Real)
(declare-const alpha Real)
(declare-const g Real)
(declare-const target Real)
(declare-const tau Real)
(declare-const w Real)
(define-fun w1 () Real (+ (* (- (ite (>= (* (- alpha) (+ g 0.0)) 0.0) (* (- alpha) (+ g 0.0)) (- (* (- alpha) (+ g 0.0))))) (* (- (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (- alpha) (+ g 0.0)) (* (+ (+ 1.0 (* (- w 0.0) (/ 1.0 tau))) (- 1.0 (* (- w 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) w)))
(assert (< 0.0 tau))
(assert (< 0.0 alpha))
(assert (< 0.0 L))
; A4
(assert (<= (ite (>= w 0.0) w (- w)) tau))
; |w*| ≤ τ
(assert (<= (ite (>= target 0.0) target (- target)) tau))
; convex, A1
(assert (<= 0.0 (* g (- w target))))
; convex, A1
(assert (<= (ite (>= g 0.0) g (- g)) (* L (ite (>= (- w target) 0.0) (- w target) (- (- w target))))))
; α ≤ 1/(2L)
(assert (<= (* (* 2.0 L) alpha) 1.0))
; the goal, denied
(assert (not (and (and (<= (ite (<= w target) w target) w1) (<= w1 (ite (>= w target) w target))) (<= (ite (>= w1 0.0) w1 (- w1)) tau))))
(check-sat-using qfnra-nlsat)
