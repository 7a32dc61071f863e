(set-option :rlimit 20000000)
; D8: alternation goes back and forth between two weights.
(set-logic QF_NRA)
(declare-const dw Real)
(declare-const s Real)
(declare-const tau Real)
(declare-const wd Real)
(assert (< 0.0 tau))
(assert (<= 0.0 dw))
(assert (< dw (* 2.0 tau)))
(assert (or (= s 1.0) (= s (- 1.0))))
; the goal, denied
(assert (not (= (+ (* (- (ite (>= (* s dw) 0.0) (* s dw) (- (* s dw)))) (* (- (+ 1.0 (* (- (- wd (* s (/ dw (- 2.0 (/ dw tau))))) wd) (/ 1.0 tau))) (- 1.0 (* (- (- wd (* s (/ dw (- 2.0 (/ dw tau))))) wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (+ (* (* s dw) (* (+ (+ 1.0 (* (- (- wd (* s (/ dw (- 2.0 (/ dw tau))))) wd) (/ 1.0 tau))) (- 1.0 (* (- (- wd (* s (/ dw (- 2.0 (/ dw tau))))) wd) (/ 1.0 tau)))) (/ 1.0 2.0))) (- wd (* s (/ dw (- 2.0 (/ dw tau))))))) (+ wd (* s (/ dw (- 2.0 (/ dw tau))))))))
(check-sat-using qfnra-nlsat)
