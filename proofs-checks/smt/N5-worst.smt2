(set-option :rlimit 20000000)
; N5: for x ≥ 0 the least k decides (for x < 0 mirror the noise); d is |∂f|/(cσ), the factors of the bound are those of N5-sharper and cancel.
(set-logic QF_NRA)
(declare-const d Real)
(declare-const h Real)
(declare-const k Real)
(declare-const m Real)
(declare-const w Real)
(declare-const x Real)
(assert (<= 0.0 x))
; the goal, denied
(assert (not (and (or (< k (- h w)) (<= (- (- (+ (+ (- (+ (* (* (- 2.0) m) (* x x)) (* (* 2.0 x) (* 1.0 d))) (* (* 2.0 k) x)) (* (+ h w) (+ 1.0 (* x x)))) (* 1.0 (* x x))) (* 1.0 (* (* 1.0 d) (* 1.0 d)))) (* 8.0 w)) (- (- (+ (+ (+ (+ (* (* (- 2.0) m) (* x x)) (* (* 2.0 x) d)) (* h (* (- 1.0 (* 1.0 x)) (- 1.0 (* 1.0 x))))) (* w (* (+ 1.0 x) (+ 1.0 x)))) (* 1.0 (* x x))) (* 1.0 (* d d))) (* 8.0 w)))) (or (< k (- (+ h w))) (<= (- (- (+ (+ (- (+ (* (* (- 2.0) m) (* x x)) (* (* 2.0 x) (* (- 1.0) d))) (* (* 2.0 k) x)) (* (+ h w) (+ 1.0 (* x x)))) (* 1.0 (* x x))) (* 1.0 (* (* (- 1.0) d) (* (- 1.0) d)))) (* 8.0 w)) (- (- (+ (+ (+ (+ (* (* (- 2.0) m) (* x x)) (* (* (- 2.0) x) d)) (* h (* (- 1.0 (* (- 1.0) x)) (- 1.0 (* (- 1.0) x))))) (* w (* (+ 1.0 x) (+ 1.0 x)))) (* 1.0 (* x x))) (* 1.0 (* d d))) (* 8.0 w)))))))
(check-sat-using qfnra-nlsat)
