namespace AnalogTheory.Mutation

/// Mutants of the claims on Analog SGD, S1 to S8.
[<RequireQualifiedAccess>]
module AnalogSgdClaims =

    let private claim = Mutant.claim
    let private algebra = claim "Theorems/AnalogSgd/AnalogSgdAlgebra.fs"
    let private oneStep = claim "Theorems/AnalogSgd/AnalogSgdStep.fs"
    let private convergence = claim "Theorems/AnalogSgd/AnalogSgdConvergence.fs"
    let private noiseFree = claim "Theorems/AnalogSgd/NoiseFree.fs"
    let private limit = claim "Theorems/AnalogSgd/FloorLimit.fs"
    let private floor = claim "Theorems/AnalogSgd/AnalogFloor.fs"
    let private penalty = claim "Theorems/AnalogSgd/ImplicitPenalty.fs"
    let private arrays = claim "Theorems/AnalogSgd/ArrayFloor.fs"
    let private monotone = claim "Theorems/AnalogSgd/MonotoneWeights.fs"

    /// The mutants of this file.
    let mutants: Mutant list =
        List.concat
            [ algebra
                  [ "S1-two-point" ]
                  [ "S1-rate", "⟦-rate / tau⟧ * mean (abs e1) (abs e2) * w", "-0.9 * rate / tau"
                    "S1-noise", "-rate / tau * mean ⟦(abs e1)⟧ (abs e2) * w", "e1"
                    "S1-critical", "(\"∇f(W) = 0\", gradient .= ⟦zero⟧)", "Quantity.Number 0.1" ]
              Mutant.hardClaim
                  "Theorems/AnalogSgd/AnalogSgdAlgebra.fs"
                  [ "S2-two-point" ]
                  [ "S2-algebra-descent", "f0 - rate / ⟦2.0⟧ * (one - saturation) * square gradient\n            + rate", "1.8"
                    "S2-algebra-descent-down", "f0 - rate / ⟦2.0⟧ * (one - saturation) * square gradient\n            + rate", "2.2"
                    "S2-algebra-saturation", "+ rate / ⟦2.0⟧ * saturation * square sigma", "2.2"
                    "S2-algebra-saturation-up", "+ rate / ⟦2.0⟧ * saturation * square sigma", "1.8"
                    "S2-algebra-noise", "+ ⟦smoothness⟧ * square rate * square sigma", "0.9 * smoothness"
                    "S2-algebra-noise-up", "+ ⟦smoothness⟧ * square rate * square sigma", "1.1 * smoothness"
                    "S2-algebra-rate", "let small = \"α ≤ 1/(2L)\", ⟦2.0⟧ * smoothness * rate .<= one\n\n        let bound", "1.8"
                    "S2-algebra-rate-down", "let small = \"α ≤ 1/(2L)\", ⟦2.0⟧ * smoothness * rate .<= one\n\n        let bound", "2.2"
                    "S2-smooth", "gradient * (next - w) + smoothness / ⟦2.0⟧ * square (next - w)", "1.8" ]
              algebra
                  [ "S4-step" ]
                  [ "S4-step-half", "(f1 .<= f0 - rate / ⟦2.0⟧ * (one - saturation)", "1.8"
                    "S4-step-half-up", "(f1 .<= f0 - rate / ⟦2.0⟧ * (one - saturation)", "2.2"
                    "S4-step-rate", "let small = \"α ≤ 1/L\", ⟦smoothness * rate⟧ .<= one", "0.9 * smoothness * rate"
                    "S4-step-rate-down", "let small = \"α ≤ 1/L\", ⟦smoothness * rate⟧ .<= one", "1.1 * smoothness * rate" ]
              algebra
                  [ "S8-step" ]
                  [ "S8-step-smaller", "⟦Quantity.smaller w target⟧ .<= next", "Quantity.larger w target"
                    "S8-step-rate", "⟦2.0⟧ * smoothness * rate .<= one\n        let within", "1.8"
                    "S8-step-rate-down", "⟦2.0⟧ * smoothness * rate .<= one\n        let within", "2.2"
                    "S8-step-sharp", "rate * smoothness * (one + ⟦largest / tau⟧) .<= one", "0.9 * largest / tau"
                    "S8-step-sharp-down", "rate * smoothness * (one + ⟦largest / tau⟧) .<= one", "1.1 * largest / tau"
                    "S8-step-range", "(Proposition.And [ between; abs next .<= ⟦tau⟧ ])", "(0.9 * tau)" ]
              oneStep
                  [ "S1" ]
                  [ "S1-factor", "decay (number ⟦step.LearningRate⟧) (number step.Radius)", "(0.9 * step.LearningRate)"
                    "S1-w", "(number step.Radius) noise) * ⟦w⟧", "w.Size"
                    "S1-hypothesis",
                    "Claim.hypothesis \"∇f(W) = 0\" (fun step -> ⟦-sqrt(gradientNorm step)⟧)",
                    "0.1 - sqrt (gradientNorm step)" ]
              oneStep
                  [ "S2" ]
                  [ "S2-descent", "number ⟦-0.5⟧ * alpha * (number 1.0 - a)", "-0.55"
                    "S2-descent-down", "number ⟦-0.5⟧ * alpha * (number 1.0 - a)", "-0.45"
                    "S2-free", "number -0.5 * alpha * ⟦(number 1.0 - a)⟧ *", "(number 1.0 + a)"
                    "S2-saturation", "+ number ⟦0.5⟧ * alpha * a * variance", "0.45"
                    "S2-saturation-up", "+ number ⟦0.5⟧ * alpha * a * variance", "0.55"
                    "S2-noise", "+ ⟦smoothness⟧ * alpha * alpha * variance", "number 0.9 * smoothness"
                    "S2-noise-up", "+ ⟦smoothness⟧ * alpha * alpha * variance", "number 1.1 * smoothness"
                    "S2-a", "let a = saturation * ⟦saturation⟧ / (number step.Radius", "number step.Radius"
                    "S2-rate", "Claim.hypothesis rateName (fun step -> ⟦0.5⟧ / step.Smoothness - step.LearningRate)", "0.45"
                    "S2-rate-up", "Claim.hypothesis rateName (fun step -> ⟦0.5⟧ / step.Smoothness - step.LearningRate)", "0.55"
                    "S2-variance", "⟦step.Variance - variance + 1e-14 * variance⟧", "step.Variance - 0.9 * variance"
                    "S2-smoothness",
                    "let stated = Math.Min(⟦step.Smoothness - problem.Smoothness⟧,",
                    "step.Smoothness - 0.9 * problem.Smoothness" ]
              convergence
                  [ "S3-printed" ]
                  [ "S3-printed-rate", "let rate = ⟦4.0⟧ * sqrt (run.Gap * run.Variance", "3.6"
                    "S3-printed-rate-up", "let rate = ⟦4.0⟧ * sqrt (run.Gap * run.Variance", "4.4"
                    "S3-printed-free", "run.Smoothness / k) / ⟦free⟧", "1.0"
                    "S3-printed-floor", "(rate + ⟦4.0⟧ * run.Variance * averages.Amplification)", "3.6"
                    "S3-printed-floor-up", "(rate + ⟦4.0⟧ * run.Variance * averages.Amplification)", "4.4"
                    "S3-printed-alpha", "sqrt (gap / (variance * smoothness * ⟦float steps⟧))", "(1.1 * float steps)" ]
              convergence
                  [ "S3-uniform"; "S3-weighted" ]
                  [ "S3-gap", "⟦2.0⟧ * run.Gap / (run.LearningRate * k)", "1.8"
                    "S3-gap-up", "⟦2.0⟧ * run.Gap / (run.LearningRate * k)", "2.2"
                    "S3-noise", "+ ⟦2.0⟧ * run.Smoothness * run.LearningRate * run.Variance", "1.8"
                    "S3-noise-up", "+ ⟦2.0⟧ * run.Smoothness * run.LearningRate * run.Variance", "2.2" ]
              convergence
                  [ "S3-uniform" ]
                  [ "S3-uniform-floor", "((noiseless + ⟦run.Variance⟧ * averages.Saturation) / free)", "0.9 * run.Variance"
                    "S3-uniform-floor-up", "((noiseless + ⟦run.Variance⟧ * averages.Saturation) / free)", "1.1 * run.Variance"
                    "S3-uniform-free", "averages.Saturation) / ⟦free⟧)", "1.0"
                    "S3-m", "let private saturationBound (run: AnalogRun) = pown (run.LargestWeight / run.Radius) ⟦2⟧", "1"
                    "S3-range", "Math.BitDecrement run.Radius - ⟦run.LargestWeight⟧)", "0.9 * run.LargestWeight" ]
              convergence
                  [ "S3-weighted" ]
                  [ "S3-weighted-floor", "averages.Unsaturated (noiseless + ⟦run.Variance⟧ * averages.Saturation)", "0.9 * run.Variance"
                    "S3-weighted-floor-up", "averages.Unsaturated (noiseless + ⟦run.Variance⟧ * averages.Saturation)", "1.1 * run.Variance"
                    "S3-weighted-measured", "Comparison.atMost ⟦averages.Unsaturated⟧ (noiseless", "averages.Gradient" ]
              convergence
                  [ "S3-printed"; "S3-uniform"; "S3-weighted" ]
                  [ "S3-rate", "Claim.hypothesis rateName (fun run -> ⟦0.5⟧ / run.Smoothness - run.LearningRate)", "0.45"
                    "S3-rate-up", "Claim.hypothesis rateName (fun run -> ⟦0.5⟧ / run.Smoothness - run.LearningRate)", "0.55" ]
              noiseFree
                  [ "S4-derived" ]
                  [ "S4-gap", "let bound = ⟦2.0⟧ * run.Gap / (run.LearningRate", "1.8"
                    "S4-gap-up", "let bound = ⟦2.0⟧ * run.Gap / (run.LearningRate", "2.2"
                    "S4-free", "(run.LearningRate * float run.Steps * ⟦(1.0 - m)⟧)", "(1.0 + m)" ]
              noiseFree
                  [ "S4-printed" ]
                  [ "S4-printed-gap", "let bound = ⟦2.0⟧ * run.Smoothness * run.Gap", "1.8"
                    "S4-printed-gap-up", "let bound = ⟦2.0⟧ * run.Smoothness * run.Gap", "2.2"
                    "S4-printed-free", "/ (float run.Steps * ⟦(1.0 - m)⟧)", "1.0" ]
              noiseFree
                  [ "S4-derived"; "S4-printed" ]
                  [ "S4-rate", "(fun run -> ⟦1.0⟧ / run.Smoothness - run.LearningRate)", "0.9"
                    "S4-rate-up", "(fun run -> ⟦1.0⟧ / run.Smoothness - run.LearningRate)", "1.1"
                    "S4-range", "Math.BitDecrement run.Radius - ⟦run.LargestWeight⟧)", "0.9 * run.LargestWeight" ]
              limit
                  [ "S5-limit" ]
                  [ "S5-allowance", "let allowance = ⟦run.LearningRate⟧ * run.Floor.Curvature", "0.9 * run.LearningRate"
                    "S5-allowance-up", "let allowance = ⟦run.LearningRate⟧ * run.Floor.Curvature", "1.1 * run.LearningRate"
                    "S5-rate", "(fun run -> ⟦0.5⟧ / run.Floor.Curvature - run.LearningRate)", "0.55"
                    "S5-inside", "(fun run -> ⟦run.Floor.Radius⟧ - abs run.Floor.Minimizer)", "1.1 * run.Floor.Radius" ]
              limit
                  [ "S5-wells" ]
                  [ "S5-well-slope", "let derivative w = ⟦4.0⟧ * w * (w * w - 0.25) + 0.05", "3.6"
                    "S5-well-tilt", "let derivative w = 4.0 * w * (w * w - 0.25) + ⟦0.05⟧", "0.055" ]
              limit
                  [ "S5-digital" ]
                  [ "S5-digital-gap", "= ⟦2.0⟧ * gap / (rate * float steps) + rate * variance * curvature", "1.8"
                    "S5-digital-gap-up", "= ⟦2.0⟧ * gap / (rate * float steps) + rate * variance * curvature", "2.2"
                    "S5-digital-noise", "2.0 * gap / (rate * float steps) + ⟦rate⟧ * variance * curvature", "0.45 * rate"
                    "S5-digital-noise-up", "2.0 * gap / (rate * float steps) + ⟦rate⟧ * variance * curvature", "1.1 * rate"
                    "S5-digital-keep", "let keep, gain = pown (1.0 - ⟦rate⟧ * curvature) 2", "0.9 * rate"
                    "S5-digital-rate", "-> ⟦1.0⟧ / curvature - rate)", "0.9"
                    "S5-digital-rate-up", "-> ⟦1.0⟧ / curvature - rate)", "1.1" ]
              limit [ "S5-table" ] [ "S5-table-value", "Map [ 0.1, ⟦0.0189⟧", "0.0195" ]
              limit [ "S5-table-limit" ] [ "S5-table-limit-value", "(AnalogFloor.floor run.Floor) ⟦0.01527⟧", "0.0153" ]
              floor
                  [ "S6-formula" ]
                  [ "S6-square", "(w / setting.Radius * setting.Noise.MeanAbsolute(slope setting w)) ⟦2⟧", "1"
                    "S6-radius", "pown (w / ⟦setting.Radius⟧ * setting.Noise.MeanAbsolute", "(1.1 * setting.Radius)"
                    "S6-noise", "setting.Noise.MeanAbsolute(⟦slope setting w⟧)) 2", "0.0" ]
              floor
                  [ "S6-ceiling" ]
                  [ "S6-ceiling-variance", "let bound = ⟦setting.Noise.SecondMoment⟧ * a / (1.0 - a)", "0.9 * setting.Noise.SecondMoment"
                    "S6-ceiling-up", "let bound = ⟦setting.Noise.SecondMoment⟧ * a / (1.0 - a)", "1.1 * setting.Noise.SecondMoment"
                    "S6-ceiling-free", "setting.Noise.SecondMoment * a / ⟦(1.0 - a)⟧", "1.0" ]
              floor
                  [ "S6-leading" ]
                  [ "S6-leading-kappa", "let kappa = setting.Noise.MeanAbsolute ⟦0.0⟧", "0.1"
                    "S6-leading-value", "(Moments.gaussian 1.0) 0.2, ⟦1.03⟧)", "1.04" ]
              floor
                  [ "S6-exponents" ]
                  [ "S6-exponent-step", "/ (⟦2.0⟧ * h)", "2.2"
                    "S6-exponent-noise", "let deviation = sqrt (⟦factor⟧ * setting.Noise.SecondMoment)", "(factor * factor)"
                    "S6-exponent-radius", "Radius = setting.Radius / ⟦sqrt factor⟧", "factor" ]
              floor [ "S6-crossover" ] [ "S6-crossover-value", "\"σ = .3\", (standard 0.3, ⟦0.77⟧)", "0.79" ]
              arrays [ "S6-formula-array" ] [ "S6-array-noise", "(ratio setting w[d] * meanAbsolute setting w d ⟦gradient[d]⟧)", "0.0" ]
              arrays
                  [ "S6-ceiling-array" ]
                  [ "S6-array-variance", "let bound = ⟦Noise.variance setting.Noise w⟧ * a", "0.9 * Noise.variance setting.Noise w" ]
              arrays
                  [ "S7-array" ]
                  [ "S7-array-penalty", "gradient[d] + ⟦ratio setting w[d]⟧ * meanAbsolute setting w d 0.0 }", "0.5 * ratio setting w[d]" ]
              penalty
                  [ "S7" ]
                  [ "S7-rho", "⟦rho * rho⟧ * setting.Noise.MeanAbsolute 0.0 /", "0.9 * rho * rho"
                    "S7-rho-up", "⟦rho * rho⟧ * setting.Noise.MeanAbsolute 0.0 /", "1.1 * rho * rho"
                    "S7-free", "/ (⟦(1.0 - rho)⟧ * setting.Curvature)", "(1.0 + rho)"
                    "S7-penalty", "slope setting w + ⟦level⟧ * ratio setting w", "0.9 * level"
                    "S7-ratio", "⟦setting.Device.Asymmetric w / setting.Device.Symmetric w⟧", "setting.Device.Asymmetric w" ]
              penalty
                  [ "S7-sharp" ]
                  [ "S7-sharp-part", "(⟦0.98⟧ * comparison.Bound)", "1.01"
                    "S7-sharp-noise",
                    "// E|ε| = 2s√(p(1−p)).\n          Noise = (Noise.twoPoint ⟦(level / (2.0 * sqrt (probability * (1.0 - probability))))⟧",
                    "level" ]
              monotone
                  [ "S8-noiseless"; "S8-sharp" ]
                  [ "S8-low", "let low, high = ⟦Math.Min(w, minimizer)⟧, Math.Max(w, minimizer)", "Math.Max(w, minimizer)"
                    "S8-high", "Comparison.atMost next (⟦high⟧ + room * run.Radius) ]\n\n    /// <summary>|w_k|", "0.9 * high"
                    "S8-max", "let private monotoneAndBounded run = monotone run @ bounded ⟦max⟧ run", "min" ]
              monotone
                  [ "S8-noiseless"; "S8-printed"; "S8-sampling" ]
                  [ "S8-rate", "Claim.hypothesis \"α ≤ 1/(2L)\" (fun run -> ⟦0.5⟧ / run.Smoothness", "0.45"
                    "S8-rate-up", "Claim.hypothesis \"α ≤ 1/(2L)\" (fun run -> ⟦0.5⟧ / run.Smoothness", "0.55" ]
              monotone
                  [ "S8-sharp" ]
                  [ "S8-sharp-rate", "(run.Smoothness * (1.0 + ⟦largest run / run.Radius⟧))", "1.1 * largest run / run.Radius"
                    "S8-sharp-rate-up", "(run.Smoothness * (1.0 + ⟦largest run / run.Radius⟧))", "0.9 * largest run / run.Radius" ]
              monotone [ "S8-printed" ] [ "S8-printed-min", "(bounded ⟦min⟧)", "max" ]
              monotone
                  [ "S8-sampling" ]
                  [ "S8-enclosed-low", "let low, high = ⟦Math.Min(run.Start, List.min minimizers)⟧,", "run.Start"
                    "S8-enclosed-high", "⟦Math.Max(run.Start, List.max minimizers)⟧", "run.Start"
                    "S8-minimizer", "run.Radius - (run.Losses |> List.map (⟦snd⟧ >> abs) |> List.max)", "(snd >> (*) 0.9)" ] ]
