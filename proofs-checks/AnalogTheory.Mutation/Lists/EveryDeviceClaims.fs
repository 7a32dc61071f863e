namespace AnalogTheory.Mutation

/// Mutants of the claims on every device: N1 (descent, convergence, the worst noise), N2 (the potential), N10 (the largest floor).
[<RequireQualifiedAccess>]
module EveryDeviceClaims =

    // The numbers of these claims alone.
    let private numbers = Mutant.proofs "every device"

    let private claim file ids = Mutant.listOf ("src/AnalogTheory/" + file) ids [ Ledger ids; numbers ]
    let private hard file ids = Mutant.listOf ("src/AnalogTheory/" + file) ids [ numbers; Ledger ids ]

    let private algebra =
        hard
            "Theorems/AnalogSgd/DescentAlgebra.fs"
            [ "N1-two-point" ]
            [ "N1-mean", "(mean first second - w .= ⟦-rate⟧ * moved)", "-0.9 * rate"
              "N1-square-shared", "+ ⟦2.0⟧ * symmetric * asymmetric * shared", "1.8"
              "N1-cauchy-algebra", "[ square shared .<= ⟦variance * spread⟧; square absolute", "0.9 * variance * spread"
              "N1-even-twice", "+ ⟦2.0⟧ * ofSecondOrder (square even))", "1.8"
              "N1-even-rate", "let evenRate = \"α ≤ 1/(2LF)\", ⟦2.0⟧ * load", "1.8"
              "N1-change", "let change next = gradient * (next - w) + smoothness / ⟦2.0⟧ * square (next - w)", "1.8" ]
        @ hard
            "Theorems/AnalogSgd/DescentAlgebra.fs"
            [ "N1-remainders" ]
            [ "N1-remainder-first", ".= symmetric * square lean / ⟦2.0⟧ +", "1.8"
              "N1-remainder-second", "square (symmetric * lean) + ⟦2.0⟧ * square symmetric * variance", "1.8" ]
        @ hard
            "Theorems/AnalogSgd/DescentAlgebra.fs"
            [ "N1-any-noise" ]
            [ "N1-covariance", "+ ⟦2.0⟧ * symmetric * asymmetric * c + square asymmetric * v", "1.8"
              "N1-first-floor", "rate / ⟦2.0⟧ * (square asymmetric / symmetric) * variance", "2.2"
              "N1-first-gradient", "- rate / ⟦2.0⟧ * ((square symmetric - square asymmetric)", "1.8"
              "N1-second-half", "smoothness / ⟦2.0⟧ * square rate * square symmetric * variance", "2.2"
              "N1-second-square", "square rate * ⟦square symmetric⟧ * variance", "symmetric"
              "N1-free", "ofFirstOrder variance + ofSecondOrder variance / ⟦(one - load)⟧", "one"
              "N1-load", "let private load = ⟦smoothness * rate⟧ * symmetric", "0.9 * smoothness * rate"
              "N1-half-remainder", "(y / ⟦2.0⟧ / (one - x) .<= y)", "1.8" ]
        @ hard
            "Theorems/AnalogSgd/DescentAlgebra.fs"
            [ "N1-noiseless" ]
            [ "N1-gentle", "let gentle = \"α ≤ 1/(LF)\", ⟦load⟧ .<= one", "0.9 * load"
              "N1-smooth", "gradient * (next - w) + smoothness / ⟦2.0⟧ * square (next - w)\n\n    let private flat", "1.8" ]
        @ claim
            "Theorems/AnalogSgd/DescentAlgebra.fs"
            [ "N1-linear" ]
            [ "N1-linear-square", "square g / f .= ⟦square (w / tau)⟧ ])", "w / tau" ]
        @ hard
            "Theorems/AnalogSgd/PotentialAlgebra.fs"
            [ "N2-two-point" ]
            [ "N2-least-algebra", "[ (⟦one - abs rho⟧) * abs slope .<= abs pull", "one"
              "N2-most-algebra", "abs pull .<= (⟦one + abs rho⟧) * abs slope", "one"
              "N2-half", "(let half = Quantity.Number ⟦0.5⟧", "0.45" ]
        @ hard
            "Theorems/AnalogSgd/PotentialAlgebra.fs"
            [ "N2-any-noise" ]
            [ "N2-floor-free", "(square psi * (⟦one - square rho⟧) .<= square sigma * square rho)", "one - 0.9 * square rho" ]

    let private descent =
        claim
            "Theorems/AnalogSgd/DeviceDescent.fs"
            [ "N1-step" ]
            [ "N1-step-noise", "| Even -> ⟦smoothness⟧ * alpha * alpha * f * f * at.Variance", "0.9 * smoothness"
              "N1-step-gradient", "⟦-0.5⟧ * alpha * (f * f - g * g) / f * at.Slope", "-0.55"
              "N1-step-floor", "+ ⟦0.5⟧ * alpha * g * g / f * at.Variance", "0.45"
              "N1-step-rate", "| Even -> ⟦0.5⟧ - load", "0.55" ]
        @ claim
            "Theorems/AnalogSgd/DeviceDescent.fs"
            [ "N1-step-least" ]
            [ "N1-least-half", "| Least -> ⟦0.5⟧ * smoothness * alpha * alpha", "0.45"
              "N1-least-free", "/ (⟦1.0⟧ - alpha * smoothness * f)", "1.1" ]
        @ claim
            "Theorems/AnalogSgd/DeviceDescent.fs"
            [ "N1-attained" ]
            [ "N1-attained-slope", "let slope = ⟦load / (1.0 - load)⟧ / rho", "load" ]
        @ hard
            "Theorems/AnalogSgd/DeviceConvergence.fs"
            [ "N1" ]
            [ "N1-gap", "⟦2.0⟧ * run.Gap / (alpha * float run.Steps)", "1.8"
              "N1-noise", "| Even -> ⟦2.0⟧ * run.Smoothness * alpha * squared", "1.8"
              "N1-weight", "(g * g * variances[d] - (f * f - ⟦g * g⟧) * gradient[d] * gradient[d]) / f", "0.9 * g * g"
              "N1-rate", "| Even -> ⟦0.5⟧ - load", "0.55" ]
        @ hard
            "Theorems/AnalogSgd/DeviceConvergence.fs"
            [ "N1-least" ]
            [ "N1-least-remainder", "| Least -> run.Smoothness * alpha * squared / (⟦1.0⟧ - load))", "1.1" ]
        @ hard
            "Theorems/AnalogSgd/SequelConvergence.fs"
            [ "N1-sequel-printed" ]
            [ "N1-sequel-eight", "AsPrinted -> ⟦8.0⟧", "7.2"
              "N1-sequel-sixteen", "⟦16.0⟧\n        * setting.LargestFactor", "14.4"
              "N1-sequel-lean", "left <- left + ⟦pown (f * slope + g * abs slope) 2⟧", "0.9 * pown (f * slope + g * abs slope) 2"
              "N1-sequel-quarter", "AsPrinted -> ⟦4.0⟧", "3.6" ]
        @ hard
            "Theorems/AnalogSgd/SequelConvergence.fs"
            [ "N1-sequel" ]
            [ "N1-sequel-four", "FromDescent -> ⟦4.0⟧", "3.6"; "N1-sequel-half", "FromDescent -> ⟦2.0⟧", "1.8" ]

    let private worst =
        hard
            "Theorems/AnalogSgd/DeviceWorstNoise.fs"
            [ "N1-floor" ]
            [ "N1-floor-constant", "run sample.Device w 0.15 1 0.008 ⟦1.0⟧ 0.05 isUpper ]", "0.9"
              "N1-floor-constant-up", "run sample.Device w 0.15 1 0.008 ⟦1.0⟧ 0.05 isUpper ]", "1.1"
              "N1-floor-minimizer", "/ instance.Curvature * ⟦rho⟧ / sqrt (1.0 - rho * rho)", "0.9 * rho"
              "N1-floor-root",
              "member instance.CoordinateDeviation = instance.Deviation / ⟦sqrt (float instance.Dimension)⟧",
              "float instance.Dimension" ]
        @ claim
            "Theorems/AnalogSgd/DeviceWorstNoise.fs"
            [ "N1-floor-limit" ]
            [ "N1-limit-one", "[ Comparison.equal 0.002 value.Value ⟦1.0⟧, value.Error ]", "1.01"
              "N1-limit-weights", "let coefficients = [ 1.0 / 3.0; ⟦-2.0⟧; 8.0 / 3.0 ]", "-1.8" ]
        @ hard
            "Theorems/AnalogSgd/FloorCeiling.fs"
            [ "N10" ]
            [ "N10-square", "let floor = pown (slope setting setting.FixedPoint) ⟦2⟧", "1"
              "N10-ceiling", "(setting.Noise setting.FixedPoint).SecondMoment * ⟦ceiling⟧", "0.9 * ceiling" ]
        @ claim
            "Theorems/AnalogSgd/FloorCeiling.fs"
            [ "N10-attained" ]
            [ "N10-attained-floor", "(gradient * gradient) (⟦variance⟧ * ceiling.PerVariance)", "0.9 * variance" ]
        @ Mutant.listOf
            "src/AnalogTheory/Devices/WorstFloor.fs"
            [ "N10"; "N10-attained" ]
            [ numbers; Ledger [ "N10-attained" ] ]
            [ "largest-floor-four", "(down - up) * (down - up) / (⟦4.0⟧ * up * down)", "3.6"
              "largest-floor-enclosure", "half * half * (t + Interval.Point 1.0 / t) - ⟦half⟧", "Interval.Point 0.45" ]
        @ Mutant.listOf
            "src/AnalogTheory.Kernels/Noises/LeaningTwoPoint.cs"
            [ "N1-floor"; "N10-attained" ]
            [ Mutant.tests "noises" ]
            [ "leaning-side", "T.Max(⟦up / (up + law.Down(w))⟧, T.Zero)", "law.Down(w) / (up + law.Down(w))"
              "leaning-shared", "(deviation, law)), shared: ⟦true⟧);", "false" ]
        @ Mutant.listOf
            "src/AnalogTheory/Problems/Moments.fs"
            [ "N1-floor"; "N10-attained" ]
            [ numbers; Mutant.tests "noises" ]
            [ "leaning-moments", "leaning deviation (⟦up⟧ / (up + device.Down w))", "device.Down w" ]

    let private potential =
        claim
            "Theorems/AnalogSgd/DevicePotential.fs"
            [ "N2" ]
            [ "N2-least", "upTo scale ((⟦1.0 - abs rho⟧) * abs slope) (abs pull)", "1.0"
              "N2-most", "upTo scale (abs pull) ((⟦1.0 + abs rho⟧) * abs slope)", "1.0" ]
        @ claim
            "Theorems/AnalogSgd/DevicePotential.fs"
            [ "N2-rademacher" ]
            [ "N2-rademacher-slope", "(Potential.slope sample.Device noise w) (⟦s⟧ * rho)", "0.9 * s" ]
        @ claim
            "Theorems/AnalogSgd/DevicePotential.fs"
            [ "N2-critical" ]
            [ "N2-critical-floor", "(⟦noise.SecondMoment⟧ * WorstFloor.at sample.Device a)", "0.5 * noise.SecondMoment" ]
        @ claim "Theorems/AnalogSgd/DevicePotential.fs" [ "N2-descent" ] [ "N2-promise", "⟦0.5⟧ * rate * factors[d] * pull * slope", "1.2" ]
        @ claim
            "Theorems/AnalogSgd/DevicePotential.fs"
            [ "N2-limit" ]
            [ "N2-quarter", "Comparison.atMost quotient ⟦0.32⟧, error ]", "0.22" ]
        @ Mutant.listOf
            "src/AnalogTheory/Dynamics/Potential.fs"
            [ "N2"; "N2-rademacher" ]
            [ numbers; Ledger [ "N2-rademacher" ] ]
            [ "potential-slope", "let balance psi = psi - ⟦rho⟧ * noise.MeanAbsolute -psi", "0.9 * rho"
              "potential-penalty", "half * ⟦rule.GetWeight i⟧ * slope device noise", "0.9 * rule.GetWeight i" ]

    /// The mutants of this file.
    let mutants: Mutant list = List.concat [ algebra; descent; worst; potential ]
