(set-option :rlimit 20000000)
; N1: what is asked of these moments holds for them.
(set-logic QF_NRA)
(declare-const chance Real)
(declare-const g Real)
(declare-const h Real)
(define-fun m () Real (+ (* chance (ite (>= (+ g (* (- 1.0 chance) h)) 0.0) (+ g (* (- 1.0 chance) h)) (- (+ g (* (- 1.0 chance) h))))) (* (- 1.0 chance) (ite (>= (+ g (* (- chance) h)) 0.0) (+ g (* (- chance) h)) (- (+ g (* (- chance) h)))))))
(define-fun c () Real (- (+ (* chance (* (+ g (* (- 1.0 chance) h)) (ite (>= (+ g (* (- 1.0 chance) h)) 0.0) (+ g (* (- 1.0 chance) h)) (- (+ g (* (- 1.0 chance) h)))))) (* (- 1.0 chance) (* (+ g (* (- chance) h)) (ite (>= (+ g (* (- chance) h)) 0.0) (+ g (* (- chance) h)) (- (+ g (* (- chance) h))))))) (* g m)))
(define-fun v () Real (- (+ (* chance (* (+ g (* (- 1.0 chance) h)) (+ g (* (- 1.0 chance) h)))) (* (- 1.0 chance) (* (+ g (* (- chance) h)) (+ g (* (- chance) h))))) (* m m)))
(assert (<= 0.0 chance))
(assert (<= chance 1.0))
; the goal, denied
(assert (not (and (<= (* c c) (* (+ (* chance (* (* (- 1.0 chance) h) (* (- 1.0 chance) h))) (* (- 1.0 chance) (* (* (- chance) h) (* (- chance) h)))) v)) (= (+ (* m m) v) (+ (* g g) (+ (* chance (* (* (- 1.0 chance) h) (* (- 1.0 chance) h))) (* (- 1.0 chance) (* (* (- chance) h) (* (- chance) h)))))))))
(check-sat-using qfnra-nlsat)
