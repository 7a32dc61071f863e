namespace AnalogTheory.Mutation

/// Mutants of the claims on Tiki-Taka, T1 to T9, and of the assumption checker.
[<RequireQualifiedAccess>]
module TikiTakaClaims =

    let private claim = Mutant.claim
    let private algebra = claim "Theorems/TikiTaka/TikiTakaAlgebra.fs"
    let private shrinkage = claim "Theorems/TikiTaka/AuxiliaryShrinkage.fs"
    let private moments = claim "ExactLaws/AuxiliaryMoments.fs"
    let private array = claim "Theorems/TikiTaka/AuxiliaryArray.fs"
    let private bounded = claim "Theorems/TikiTaka/BoundedAuxiliary.fs"

    let private floor = claim "Theorems/TikiTaka/TikiTakaFloor.fs"
    let private rate = claim "Theorems/TikiTaka/TikiTakaRate.fs"

    let private checker file =
        Mutant.listOf $"src/AnalogTheory/{file}.fs" [ "assumption checker" ] [ Mutant.tests "assumption checker"; Mutant.numbers ]

    // What runs draw and what is watched along their paths.
    let private words file checks = Mutant.listOf file [ "random words"; "T9-sampled" ] checks

    /// The mutants of this file.
    let mutants: Mutant list =
        List.concat
            [ algebra
                  [ "T1" ]
                  [ "T1-factor", "abs (⟦one - reach / tau⟧)", "one - 0.9 * reach / tau"
                    "T1-twice", "(\"β|g| ≤ 2τ\", reach .<= ⟦2.0⟧ * tau)", "2.2"
                    "T1-twice-down", "(\"β|g| ≤ 2τ\", reach .<= ⟦2.0⟧ * tau)", "1.8"
                    "T1-once", "(\"β|g| ≤ τ\", reach .<= ⟦tau⟧)\n        let moving", "1.1 * tau"
                    "T1-once-down", "(\"β|g| ≤ τ\", reach .<= ⟦tau⟧)\n        let moving", "0.9 * tau"
                    "T1-inside", "(\"β|g| < 2τ\", reach .< ⟦2.0⟧ * tau)", "2.2"
                    "T1-reach", "let reach = ⟦beta * abs gradient⟧", "beta * gradient" ]
              algebra [ "T2-two-point" ] [ "T2-algebra-factor", "(one - ⟦beta / tau⟧ * mean (abs e1) (abs e2)) * p", "0.9 * beta / tau" ]
              algebra
                  [ "T3" ]
                  [ "T3-bound", "(abs (auxiliary p gradient) .<= ⟦tau⟧)", "0.9 * tau"
                    "T3-bound-up", "(abs (auxiliary p gradient) .<= ⟦tau⟧)", "1.1 * tau"
                    "T3-small", "(\"β|g| ≤ τ\", beta * abs gradient .<= ⟦tau⟧)\n        let at p g", "1.1 * tau"
                    "T3-small-down", "(\"β|g| ≤ τ\", beta * abs gradient .<= ⟦tau⟧)\n        let at p g", "0.9 * tau" ]
              algebra
                  [ "T5-two-point" ]
                  [ "T5-algebra-rate", "- w .= ⟦-alpha * beta / tau⟧ * mean", "-0.9 * alpha * beta / tau"
                    "T5-algebra-beta", "- w .= ⟦-alpha * beta / tau⟧ * mean", "-alpha / tau" ]
              Mutant.hardClaim
                  "Theorems/TikiTaka/TikiTakaAlgebra.fs"
                  [ "T7-descent-printed"; "T7-descent" ]
                  [ "T7-descent-gradient", "f0 - alpha * scale / ⟦2.0⟧ * norm g", "1.8"
                    "T7-descent-gradient-up", "f0 - alpha * scale / ⟦2.0⟧ * norm g", "2.2"
                    "T7-descent-change", "(one / (⟦2.0⟧ * alpha * scale) - smoothness / 2.0)", "1.8"
                    "T7-descent-change-up", "(one / (⟦2.0⟧ * alpha * scale) - smoothness / 2.0)", "2.2"
                    "T7-descent-L", "(one / (2.0 * alpha * scale) - smoothness / ⟦2.0⟧)", "2.2"
                    "T7-descent-tracking", "+ ⟦alpha / scale⟧ * norm tracking", "0.9 * alpha / scale"
                    "T7-descent-tracking-up", "+ ⟦alpha / scale⟧ * norm tracking", "1.1 * alpha / scale"
                    "T7-descent-scale", "let scale = ⟦tau * rootD / sigma⟧", "tau / sigma" ]
              Mutant.hardClaim
                  "Theorems/TikiTaka/TikiTakaAlgebra.fs"
                  [ "T7-descent" ]
                  [ "T7-descent-last", "(saturation: Quantity) = ⟦alpha * saturation / scale⟧", "0.9 * alpha * saturation / scale"
                    "T7-descent-last-up", "(saturation: Quantity) = ⟦alpha * saturation / scale⟧", "1.1 * alpha * saturation / scale"
                    "T7-descent-share",
                    "square (p - scale * gradient) + ⟦alpha * saturation / scale⟧ * square p",
                    "0.9 * alpha * saturation / scale" ]
              Mutant.hardClaim
                  "Theorems/TikiTaka/TikiTakaAlgebra.fs"
                  [ "T7-descent-printed-quiet"; "T7-descent-printed" ]
                  [ "T7-descent-printed-last", "let lastTerm (alpha: Quantity) (_: Quantity) (_: Quantity) = ⟦alpha⟧", "0.9 * alpha"
                    "T7-descent-printed-last-up", "let lastTerm (alpha: Quantity) (_: Quantity) (_: Quantity) = ⟦alpha⟧", "1.1 * alpha"
                    "T7-quiet", "\"σ ≤ τ√D\", sigma .<= ⟦tau * rootD⟧", "1.1 * tau * rootD"
                    "T7-quiet-down", "\"σ ≤ τ√D\", sigma .<= ⟦tau * rootD⟧", "0.9 * tau * rootD" ]
              claim
                  "Theorems/TikiTaka/AuxiliaryDecay.fs"
                  [ "T2" ]
                  [ "T2-factor", "decay (number ⟦step.LearningRate⟧) (number step.Radius) noise", "(0.9 * step.LearningRate)"
                    "T2-radius", "decay (number step.LearningRate) (number ⟦step.Radius⟧) noise", "(1.1 * step.Radius)" ]
              claim
                  "Theorems/TikiTaka/TikiTakaDrift.fs"
                  [ "T5" ]
                  [ "T5-rate", "let rate = number ⟦step.TransferRate⟧ * number step.LearningRate", "(0.9 * step.TransferRate)"
                    "T5-sign", "-(AlgebraicStep.decay ⟦rate⟧ (number step.Radius) noise) * w", "-rate" ]
              moments
                  [ "T4" ]
                  [ "T4-mean", "let mean = ⟦radius⟧ * g.Mean / g.MeanAbsolute", "0.9 * radius"
                    "T4-decay", "(⟦2.0⟧ * g.MeanAbsolute - learningRate / radius * g.SecondMoment) / radius", "1.8"
                    "T4-gain", "let gain = ⟦2.0⟧ * cross radius learningRate g * mean", "1.8"
                    "T4-cross", "g.Mean - ⟦learningRate⟧ / radius * g.SignedSquare", "0.9 * learningRate"
                    "T4-contraction", "1.0 - ⟦2.0⟧ * b * g.MeanAbsolute + b * b * g.SecondMoment", "1.8"
                    "T4-contraction-square", "1.0 - 2.0 * b * g.MeanAbsolute + ⟦b * b⟧ * g.SecondMoment", "b"
                    "T4-next-mean", "* p.Mean + ⟦learningRate⟧ * g.Mean", "0.9 * learningRate"
                    "T4-next-square", "+ ⟦learningRate * learningRate⟧ * g.SecondMoment }", "learningRate"
                    "T4-next-cross", "+ ⟦2.0⟧ * learningRate * cross radius learningRate g * p.Mean", "2.2"
                    "T4-gradient", "gradient * gradient + ⟦2.0⟧ * gradient * noise.Mean", "1.8" ]
              array
                  [ "T4" ]
                  [ "T4-critical", "let expected = ⟦beta * tau⟧ * g.SecondMoment", "0.9 * beta * tau"
                    "T4-critical-two", "/ (⟦2.0⟧ * g.MeanAbsolute - beta * g.SecondMoment / tau)", "1.8"
                    "T4-hypothesis", "Math.BitDecrement(⟦2.0⟧ * run.Radius * g.MeanAbsolute)", "1.8"
                    "T4-hypothesis-up", "Math.BitDecrement(⟦2.0⟧ * run.Radius * g.MeanAbsolute)", "2.2" ]
              bounded
                  [ "T6-printed"; "T6-repaired" ]
                  [ "T6-bound", "⟦41.0⟧ * pown run.Smoothness 2", "36.9"
                    "T6-bound-up", "⟦41.0⟧ * pown run.Smoothness 2", "45.1"
                    "T6-radius", "pown run.Radius ⟦4⟧ * float run.Dimension", "2"
                    "T6-dimension", "pown run.Radius 4 * ⟦float run.Dimension⟧", "1.0" ]
              bounded
                  [ "T6-printed" ]
                  [ "T6-printed-first", "Math.Min(⟦c * radius / quadratic⟧, 2.0 /", "0.9 * c * radius / quadratic"
                    "T6-printed-first-up", "Math.Min(⟦c * radius / quadratic⟧, 2.0 /", "1.1 * c * radius / quadratic"
                    "T6-printed-second", "Math.Min(c * radius / quadratic, ⟦2.0⟧ / (3.0", "1.8"
                    "T6-printed-third",
                    "Math.Min(c * radius / quadratic, 2.0 / (3.0 * c * deviation)),\n            ⟦pown smoothness 2⟧",
                    "0.9 * pown smoothness 2" ]
              bounded
                  [ "T6-repaired" ]
                  [ "T6-repaired-first", "Math.Min(⟦c * radius * deviation / quadratic⟧,", "0.9 * c * radius * deviation / quadratic"
                    "T6-repaired-first-up", "Math.Min(⟦c * radius * deviation / quadratic⟧,", "1.1 * c * radius * deviation / quadratic"
                    "T6-repaired-second", "quadratic, ⟦2.0⟧ * radius / (3.0 * c * deviation)),", "1.8"
                    "T6-repaired-second-up", "quadratic, ⟦2.0⟧ * radius / (3.0 * c * deviation)),", "2.2"
                    "T6-repaired-third", "2.0 * radius / (3.0 * c * deviation)),\n            pown smoothness 2 * pown radius ⟦3⟧", "2" ]
              shrinkage
                  [ "T7-fixed" ]
                  [ "T7-decay", "beta * csigma / (number ⟦2.0⟧ * radius)", "1.8"
                    "T7-decay-up", "beta * csigma / (number ⟦2.0⟧ * radius)", "2.2"
                    "T7-gain", "Number<'T>.Of ⟦2.0⟧ * gradientNorm", "1.8"
                    "T7-gain-up", "Number<'T>.Of ⟦2.0⟧ * gradientNorm", "2.2"
                    "T7-noise", "+ number ⟦3.0⟧ * beta * beta * variance", "2.7"
                    "T7-noise-up", "+ number ⟦3.0⟧ * beta * beta * variance", "3.3" ]
              shrinkage
                  [ "T7-printed" ]
                  [ "T7-printed-gain", "number ⟦4.0⟧ * gradientNorm", "3.6"
                    "T7-printed-gain-up", "number ⟦4.0⟧ * gradientNorm", "4.4"
                    "T7-printed-change", "+ number ⟦4.0⟧ * smoothness * smoothness", "3.6"
                    "T7-printed-change-up", "+ number ⟦4.0⟧ * smoothness * smoothness", "4.4"
                    "T7-printed-noise", "+ number ⟦3.0⟧ * beta * beta * variance", "2.7" ]
              shrinkage
                  [ "T7-fixed"; "T7-printed" ]
                  [ "T7-rate-four", "Math.Min(c * tau * sigma / (2.0 * (⟦4.0⟧ * pown", "3.6"
                    "T7-rate-four-up", "Math.Min(c * tau * sigma / (2.0 * (⟦4.0⟧ * pown", "4.4"
                    "T7-rate-three", "2.0 * tau / (⟦3.0⟧ * c * sigma))", "2.7" ]
              rate
                  [ "T8-repaired"; "T8-printed" ]
                  [ "T8-33", "sqrt (⟦33.0⟧ * 41.0) * smoothness", "29.7"
                    "T8-41", "sqrt (33.0 * ⟦41.0⟧) * smoothness", "45.1"
                    "T8-root", "* ⟦sqrt (float dimension)⟧ / c", "float dimension"
                    "T8-required", "Math.BitDecrement(⟦training.Deviation - required⟧)", "required - training.Deviation"
                    "T8-exponent", "Math.Pow(0.25, ⟦0.35⟧)", "0.315"
                    "T8-exponent-up", "Math.Pow(0.25, ⟦0.35⟧)", "0.385"
                    "T8-box", "GradientRange = Some(low, ⟦high⟧ * float", "0.9 * high" ]
              rate
                  [ "T8-repaired" ]
                  [ "T8-eight", "⟦8.0⟧ * transferRate * smoothness * radius * radius * d", "7.2"
                    "T8-tau", "8.0 * transferRate * smoothness * ⟦radius * radius⟧ * d", "radius"
                    "T8-64", "/ (⟦64.0⟧ * transferRate * smoothness", "57.6"
                    "T8-six", "training.Deviation / (⟦6.0⟧ * training.Problem.Smoothness", "5.4"
                    "T8-lemma", "⟦limit * (1.0 + 1e-12)⟧ - training.LearningRate) ]", "10.0 * limit" ]
              rate
                  [ "T8-printed"; "T8-printed-auxiliary" ]
                  [ "T8-printed-rate", "let rate = ⟦8.0⟧ * training.TransferRate", "7.2"
                    "T8-printed-bound", "Claim.atMost (largest + bound) (float (dimension training) * ⟦largest⟧) bound", "0.01 * largest" ]
              floor
                  [ "T9-proportional" ]
                  [ "T9-least", "if isAtLeast then 1.0, ⟦0.85⟧ else", "0.765"
                    "T9-most", "else -1.0, ⟦1.15⟧\n", "1.265"
                    "T9-power", "Math.Pow(⟦small.AuxiliaryRate / large.AuxiliaryRate⟧, power)", "large.AuxiliaryRate / small.AuxiliaryRate" ]
              floor
                  [ "T9-table" ]
                  [ "T9-allowance", "let private standardErrors = 4.0 * ⟦0.00005⟧", "0.000001"
                    "T9-value", "let private quoted = [ 0.8, ⟦0.0194⟧", "0.0203"
                    "T9-last", "0.003125, ⟦0.02184⟧ ]", "0.0205"
                    "T9-ratio", "let private standardAt beta = onTable gaussian 0.0 ⟦0.125⟧ beta", "0.25" ]
              floor [ "T9-sampled" ] [ "T9-sampled-value", "Constant = standardErrors - sign * ⟦expected⟧", "1.1 * expected" ]
              floor
                  [ "T9-limit" ]
                  [ "T9-limit-value", "Comparison.equal 0.0003 value.Value ⟦0.0222⟧", "0.0216"
                    "T9-limit-weights", "let coefficients = [ 1.0 / 3.0; ⟦-2.0⟧; 8.0 / 3.0 ]", "-1.8" ]
              checker
                  "Reports/Assumptions"
                  [ "checker-rate", "LargestAnalogRate = ⟦0.5⟧ / problem.Smoothness", "0.45"
                    "checker-losses", "curvature, minimizer - ⟦noise / curvature⟧ ]", "0.0"
                    "checker-bounds", "| None -> shifted [ -moments.Bound; ⟦moments.Bound⟧ ]", "-moments.Bound"
                    "checker-rows", "if curvature <> 0.0 then curvature, ⟦-(slope n 0.0) / curvature⟧ ]", "setting.Problem.Minimizer[0]"
                    "checker-step", "\"d\", ⟦alpha * reach.GradientAgainst(tau / alpha)⟧ ]", "alpha * reach.VisitedGradient"
                    "checker-auxiliary-step", "\"g\", ⟦reach.GradientAgainst(tau / beta)⟧ ]", "0.9 * reach.GradientAgainst(tau / beta)"
                    "checker-gradient", "let gradient = problem.Smoothness * ⟦(weight + Weights.largest problem.Minimizer)⟧", "weight"
                    "checker-known", "if worst < 0.0 || ⟦evaluation.IsKnown⟧ then worst else nan", "true" ]
              checker
                  "Theorems/ReachableWeights"
                  [ "reach-decide", "if bound <= limit then bound\n        elif ⟦visited > limit⟧ then visited", "false"
                    "reach-root", "problem.Smoothness * ⟦sqrt (float problem.Dimension)⟧ * (r + Weights.largest problem.Minimizer)", "1.0"
                    "reach-distance", "sqrt (float problem.Dimension) * ⟦(r + Weights.largest problem.Minimizer)⟧", "r"
                    "reach-noise", "| Some noises -> ⟦slope⟧ + (noises", "0.0"
                    "reach-vouched", "let largest = ⟦Math.Max(vouched, weight)⟧", "vouched"
                    "reach-state", "| _ when ⟦noise.DependsOnState⟧ ->", "false"
                    "reach-range", "&& learningRate * onRange <= ⟦radius⟧ && transferRate", "10.0 * radius" ]
              words
                  "src/AnalogTheory.Tiles/Problems/LeastSquaresRun.cs"
                  [ Mutant.tests "random words" ]
                  [ "words-step", "Step(⟦Keys.Fold(_steps, (ulong)_step)⟧);", "_steps" ]
              words
                  "src/AnalogTheory.Tiles/Pulses/BitTrains.cs"
                  [ Mutant.tests "random words" ]
                  [ "words-lines", "ulong element = (⟦(ulong)group⟧ << 32)", "0UL" ]
              checker "Reports/OwnTraining" [ "own-gradient-root", "let distance = ⟦sqrt (float problem.Dimension)⟧ * (largest +", "1.0" ]
              words
                  "src/AnalogTheory/Theorems/ReplicaMargin.fs"
                  [ Mutant.tests "random words"; Mutant.tests "peaks" ]
                  [ "words-runs", "run execution ⟦(Key.fold (uint64 i) key)⟧ first count)", "key"
                    "watch-limit", "not (peak <= ⟦limit⟧)", "2.0 * limit" ]
              words
                  "src/AnalogTheory.Kernels/Ensembles/BlockRunner.cs"
                  [ Mutant.tests "peaks" ]
                  [ "watch-steps", "bool watched = ⟦_plan.Peaks.Length > 0⟧;", "_plan.Peaks.Length > 0 && step == 0"
                    "watch-max", "peaks[v] = ⟦T.Max(peaks[v], state.Value[v])⟧;", "state.Value[v]" ] ]
