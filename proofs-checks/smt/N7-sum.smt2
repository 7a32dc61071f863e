(set-option :rlimit 20000000)
; N7: coordinates add up; sum is Σ E ε_d² over D of them, next that of one more, each at least least².
(set-logic QF_NRA)
(declare-const D Real)
(declare-const least Real)
(declare-const next Real)
(declare-const sum Real)
(assert (<= (* D (* least least)) sum))
(assert (<= (* least least) next))
; the goal, denied
(assert (not (<= (* (+ D 1.0) (* least least)) (+ sum next))))
(check-sat-using qfnra-nlsat)
