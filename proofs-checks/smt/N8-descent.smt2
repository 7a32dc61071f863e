(set-option :rlimit 20000000)
; N8: with A1 the two are the descent; cross is Σ∂f·E ΔW, at most bound, and change is E‖ΔW‖².
(set-logic QF_NRA)
(declare-const L Real)
(declare-const bound Real)
(declare-const change Real)
(declare-const cross Real)
(declare-const f0 Real)
(declare-const f1 Real)
(assert (< 0.0 L))
(assert (<= cross bound))
; A1
(assert (<= f1 (+ (+ f0 cross) (* (/ L 2.0) change))))
; the goal, denied
(assert (not (<= f1 (+ (+ f0 bound) (* (/ L 2.0) change)))))
(check-sat-using qfnra-nlsat)
