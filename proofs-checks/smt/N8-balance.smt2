(set-option :rlimit 20000000)
; N8: means over the stationary law; gap is E(w−w*)², kept the same after a step, norm E‖∇f‖², meanAbs E|g|.
(set-logic QF_NRA)
(declare-const L Real)
(declare-const alpha Real)
(declare-const dw Real)
(declare-const gap Real)
(declare-const kept Real)
(declare-const meanAbs Real)
(declare-const norm Real)
(assert (< 0.0 dw))
(assert (< 0.0 alpha))
(assert (< 0.0 L))
(assert (= kept (+ (- gap (* (/ (* 2.0 alpha) L) norm)) (* (* alpha dw) meanAbs))))
; stationary
(assert (= kept gap))
; the goal, denied
(assert (not (= norm (* (* (/ L 2.0) dw) meanAbs))))
(check-sat-using qfnra-nlsat)
