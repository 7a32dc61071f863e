(set-option :rlimit 20000000)
; N1: the remainder at αLF = x ≤ ½ against theory's, y = Lα²F²σ².
(set-logic QF_NRA)
(declare-const x Real)
(declare-const y Real)
(assert (<= 0.0 x))
(assert (< x 1.0))
(assert (<= 0.0 y))
; α ≤ 1/(2LF)
(assert (<= (* 2.0 x) 1.0))
; the goal, denied
(assert (not (<= (/ (/ y 2.0) (- 1.0 x)) y)))
(check-sat-using qfnra-nlsat)
