(set-option :rlimit 20000000)
; N6: the average from the exact sum.
(set-logic QF_NRA)
(declare-const dw Real)
(declare-const n Real)
(declare-const power Real)
(declare-const tau Real)
(declare-const x0 Real)
(assert (< 0.0 tau))
(assert (< 0.0 dw))
(assert (<= 0.0 power))
(assert (<= power 1.0))
(assert (<= 1.0 n))
; Δw_min < 2τ
(assert (< dw (* 2.0 tau)))
; the goal, denied
(assert (not (<= (/ (+ (/ (* (- (* x0 x0) (/ (* dw tau) (- 2.0 (/ dw tau)))) (- 1.0 power)) (- 1.0 (* (- 1.0 (/ dw tau)) (- 1.0 (/ dw tau))))) (* n (/ (* dw tau) (- 2.0 (/ dw tau))))) (* n (* tau tau))) (/ (+ (/ (* x0 x0) n) (* dw dw)) (* (* dw tau) (- 2.0 (/ dw tau)))))))
(check-sat-using qfnra-nlsat)
