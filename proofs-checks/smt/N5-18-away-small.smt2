(set-option :rlimit 20000000)
; N5-18: one coordinate's step in units of βcστ, ∂f pulls P away, |∂f| ≤ cσ.
(set-logic QF_NRA)
(declare-const d Real)
(declare-const h Real)
(declare-const m Real)
(declare-const w Real)
(declare-const x Real)
(assert (<= 0.0 x))
(assert (<= 0.0 d))
(assert (<= 0.0 h))
(assert (<= 0.0 w))
(assert (<= d m))
(assert (<= d 1.0))
; A5: E|g + ε_d| ≥ cσ
(assert (<= 1.0 m))
; A5: E|g + ε_d| ≥ cσ
(assert (<= h (* w (* d d))))
; β ≤ cτσ/(2(4L²τ²+σ²))
(assert (<= (+ h w) (/ 1.0 2.0)))
; the goal, denied
(assert (not (<= (- (- (+ (+ (+ (+ (* (* (- 2.0) m) (* x x)) (* (* 2.0 x) d)) (* h (* (- 1.0 (* 1.0 x)) (- 1.0 (* 1.0 x))))) (* w (* (+ 1.0 x) (+ 1.0 x)))) (* (/ 1.0 2.0) (* x x))) (* 2.0 (* d d))) (* 3.0 w)) 0.0)))
(check-sat-using qfnra-nlsat)
