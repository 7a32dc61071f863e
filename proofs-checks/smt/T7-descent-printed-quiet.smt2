(set-option :rlimit 20000000)
; T7, Lemma 8: descent of one step of Tiki-Taka, D = 1.
(set-logic QF_NRA)
(declare-const L Real)
(declare-const a Real)
(declare-const alpha Real)
(declare-const f0 Real)
(declare-const f1 Real)
(declare-const g1 Real)
(declare-const p1 Real)
(declare-const sigma Real)
(declare-const tau Real)
(declare-const w1 Real)
(define-fun change1 () Real (- (+ (* (- (ite (>= (* (- alpha) p1) 0.0) (* (- alpha) p1) (- (* (- alpha) p1)))) (* (- (+ 1.0 (* (- w1 0.0) (/ 1.0 tau))) (- 1.0 (* (- w1 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* (- alpha) p1) (* (+ (+ 1.0 (* (- w1 0.0) (/ 1.0 tau))) (- 1.0 (* (- w1 0.0) (/ 1.0 tau)))) (/ 1.0 2.0))) w1)) w1))
(assert (< 0.0 tau))
(assert (< 0.0 alpha))
(assert (< 0.0 sigma))
(assert (< 0.0 L))
(assert (<= (* (/ w1 tau) (/ w1 tau)) a))
; A1
(assert (<= f1 (+ (+ f0 (* g1 change1)) (* (/ L 2.0) (* change1 change1)))))
; ‖W‖∞ ≤ τ
(assert (<= (ite (>= w1 0.0) w1 (- w1)) tau))
; σ ≤ τ√D
(assert (<= sigma (* tau 1.0)))
; the goal, denied
(assert (not (<= f1 (+ (+ (- (- f0 (* (/ (* alpha (/ (* tau 1.0) sigma)) 2.0) (* g1 g1))) (* (- (/ 1.0 (* (* 2.0 alpha) (/ (* tau 1.0) sigma))) (/ L 2.0)) (* change1 change1))) (* (/ alpha (/ (* tau 1.0) sigma)) (* (- p1 (* (/ (* tau 1.0) sigma) g1)) (- p1 (* (/ (* tau 1.0) sigma) g1))))) (* alpha (* p1 p1))))))
(check-sat-using qfnra-nlsat)
