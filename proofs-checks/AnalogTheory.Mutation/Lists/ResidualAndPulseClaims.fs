namespace AnalogTheory.Mutation

/// Mutants of the claims on residual learning (N3), Lemma 7's constant (N5), zero-shifting (N6), RIDER (N7), the floor of pulses (N8) and pulse trains (N9).
[<RequireQualifiedAccess>]
module ResidualAndPulseClaims =

    let private claim = Mutant.claim
    let private hard = Mutant.hardClaim

    let private residual =
        claim
            "Theorems/TikiTaka/ResidualAlgebra.fs"
            [ "N3-ceiling" ]
            [ "N3-ceiling-left", "(⟦up * down⟧ * square gradient .<= square (g0 * sigma))", "0.9 * up * down"
              "N3-ceiling-left-up", "(⟦up * down⟧ * square gradient .<= square (g0 * sigma))", "1.1 * up * down"
              "N3-ceiling-right", ".<= square (⟦g0 * sigma⟧))", "f * sigma" ]
        @ claim
            "Theorems/TikiTaka/ResidualAlgebra.fs"
            [ "N3-attained" ]
            [ "N3-attained-chance", "let chance = (⟦one - rho⟧) / 2.0", "one + rho"
              "N3-attained-high", "let high, low = sigma * (⟦one + rho⟧) / r,", "one - rho"
              "N3-attained-balance", "gradient .= ⟦-sigma⟧ * rho / r", "sigma" ]
        @ claim
            "Theorems/TikiTaka/ResidualFloor.fs"
            [ "N3-limit"; "N3-limit-attained"; "N3-table" ]
            [ "N3-ceiling-value", "variance * rho * rho / (⟦1.0 - rho * rho⟧)", "1.0 + rho * rho"
              "N3-noise-chance", "Moments.twoPoint (0.5 * (⟦1.0 - rho⟧))", "1.0 + rho"
              "N3-noise-above", "(deviation * sqrt (⟦(1.0 + rho) / (1.0 - rho)⟧))", "(1.0 - rho) / (1.0 + rho)" ]
        @ claim
            "Theorems/TikiTaka/ResidualFloor.fs"
            [ "N3-rate" ]
            [ "N3-rate-offset", "⟦2.0⟧ * offset mainRatio / abs rho", "1.8"
              "N3-rate-spread", "sqrt (m * m / (⟦2.0⟧ * (m + mixing)))", "2.2"
              "N3-rate-mixing", "sqrt (m * m / (2.0 * (⟦m + mixing⟧)))", "m"
              "N3-rate-size", "let m = deviation / ⟦sqrt (1.0 - rho * rho)⟧", "1.0"
              "N3-offset", "(fun z _ -> ⟦rho⟧ * absolute z)", "0.9 * rho" ]
        // The printed 24 is some 28 times what the claim needs, so that only a far smaller constant shows in its verdict.
        @ claim
            "Theorems/TikiTaka/ResidualFloor.fs"
            [ "N3-theorem3" ]
            [ "N3-theorem3-constant", "ByDiscretisation(theorem3 ⟦24.0⟧)", "0.8" ]
        @ claim
            "Theorems/TikiTaka/ResidualFloor.fs"
            [ "N3-theorem3"; "N3-theorem3-sharp" ]
            [ "N3-theorem3-power", "pown (run.Auxiliary.Asymmetric p) ⟦2⟧ / run.Auxiliary", "1" ]
        @ claim
            "Theorems/TikiTaka/ResidualFloor.fs"
            [ "N3-theorem3-sharp" ]
            [ "N3-theorem3-largest", "(-1.0 + 0.01 * float i)) |> ⟦Seq.max⟧", "Seq.min"
              "N3-theorem3-variance", "constant * largest * ⟦run.Noise.SecondMoment⟧", "pown run.Noise.SecondMoment 2" ]
        @ claim
            "Theorems/TikiTaka/ResidualFloor.fs"
            [ "N3-corollary1" ]
            [ "N3-corollary1-rate", "(⟦0.4⟧ * coarse.Value), fine.Error", "0.2" ]
        @ claim
            "Theorems/TikiTaka/ResidualFloor.fs"
            [ "N3-corollary1"; "N3-limit"; "N3-limit-attained" ]
            [ "N3-weights-middle", "let private weights = [ 1.0 / 3.0; ⟦-2.0⟧; 8.0 / 3.0 ]", "2.0"
              "N3-weights-first", "let private weights = [ ⟦1.0 / 3.0⟧; -2.0; 8.0 / 3.0 ]", "1.0" ]

    let private auxiliary =
        Mutant.listOf
            "src/AnalogTheory/Theorems/TikiTaka/AuxiliaryBoundAlgebra.fs"
            [ "N5-moments"; "N5-18"; "N5-sharper" ]
            [ Ledger [ "N5-moments" ] ]
            [ "N5-moments-decay", "(one - ⟦2.0⟧ * beta * m / tau", "1.8"
              "N5-moments-cross", "+ ⟦2.0⟧ * beta * (gradient - beta * u / tau) * p", "2.2"
              "N5-moments-signed", "2.0 * beta * (⟦gradient - beta * u / tau⟧) * p", "gradient + beta * u / tau"
              "N5-moments-noise", "* p\n        + ⟦square beta⟧ * s", "0.9 * square beta" ]
        @ Mutant.listOf
            "src/AnalogTheory/Theorems/TikiTaka/AuxiliaryBoundAlgebra.fs"
            [ "N5-moments" ]
            [ Ledger [ "N5-moments" ] ]
            [ "N5-halves-two", "square (m + g) .<= ⟦2.0⟧ * (s + u)", "1.8"
              "N5-halves-sign", "square (m - g) .<= 2.0 * (⟦s - u⟧)", "s + u"
              "N5-least-variance", "square gradient - ⟦variance⟧ .<= u", "0.9 * variance" ]
        @ hard
            "Theorems/TikiTaka/AuxiliaryBoundAlgebra.fs"
            [ "N5-18"; "N5-sharper" ]
            [ "N5-decay", "-⟦2.0⟧ * m * square x\n        + 2.0 * sign * x * d", "1.8"
              "N5-pull", "+ ⟦2.0⟧ * sign * x * d\n        + h * square", "2.2"
              "N5-away", "h * square (⟦1.0 - sign * x⟧)", "1.0 + sign * x"
              "N5-noise", "+ ⟦w⟧ * square (one + x)", "0.9 * w"
              "N5-rate-small", "(if isSmall then Quantity.Number ⟦0.5⟧ else 0.5 * d)", "0.55"
              "N5-rate-large", "(if isSmall then Quantity.Number 0.5 else ⟦0.5⟧ * d)", "0.55"
              "N5-floor", "floorName, h .<= ⟦w⟧ * square d ]", "1.1 * w"
              "N5-box", "box, slope .<= ⟦4.0⟧ * square (smoothness * tau)", "4.4"
              "N5-second", "second, beta .<= ⟦2.0⟧ * tau / (3.0 * least)", "2.2"
              "N5-third", "dimension / (⟦3.0⟧ * least * square sigma) ]", "2.7" ]
        @ hard
            "Theorems/TikiTaka/AuxiliaryBoundAlgebra.fs"
            [ "N5-18" ]
            [ "N5-18-constant", "(Quantity.Number ⟦18.0⟧)", "16.2"
              "N5-18-decay", "(Quantity.Number 18.0)\n              ⟦0.5⟧", "0.45" ]
        @ hard
            "Theorems/TikiTaka/AuxiliaryBoundAlgebra.fs"
            [ "N5-sharper" ]
            [ "N5-sharper-constant", "(Quantity.Number ⟦20.0⟧ / Quantity.Number 3.0)", "18.0" ]
        @ claim
            "Theorems/TikiTaka/AuxiliaryBoundSharp.fs"
            [ "N5-exact-18"; "N5-exact-sharper"; "N5-least" ]
            [ "N5-unit", "BoundedAuxiliary.bound run / ⟦41.0⟧", "37.0"
              "N5-unit-up", "BoundedAuxiliary.bound run / ⟦41.0⟧", "45.0" ]
        @ claim
            "Theorems/TikiTaka/AuxiliaryBoundSharp.fs"
            [ "N5-region" ]
            [ "N5-region-33", "sqrt (⟦33.0⟧ * constant)", "30.0"
              "N5-region-root", "* radius * ⟦sqrt (float dimension)⟧ / c", "float dimension" ]

    let private pulses =
        claim
            "Theorems/Devices/ZeroShiftAlgebra.fs"
            [ "N6"; "N6-rate" ]
            [ "N6-total-floor", "(one - power) / (one - q) + ⟦n * v⟧", "0.9 * n * v"
              "N6-total-start", "= ⟦(square x0 - v)⟧ * (one - power)", "square x0"
              "N6-floor", "let private v = dw * tau / (⟦2.0⟧ - ratio)", "2.2" ]
        @ claim
            "Theorems/Devices/ZeroShiftAlgebra.fs"
            [ "N6-any" ]
            [ "N6-any-drift", "start - ⟦dw * square g⟧ + slope / 2.0", "1.1 * dw * square g"
              "N6-any-curvature", "+ slope / ⟦2.0⟧ * square dw * largest)\n                  [ smooth", "2.2" ]
        @ claim
            "Theorems/Devices/ZeroShiftAlgebra.fs"
            [ "N6-cyclic" ]
            [ "N6-cycles-two", "let enough = \"N ≥ (τ/4Δw_min)·log(2x₀²/δ)\", ⟦2.0⟧ * square (r * x0)", "1.8"
              "N6-cycles-floor", "let coarse = \"2Δw_min² ≤ (2−λ)²δ\", ⟦2.0⟧ * square reach", "1.8" ]
        @ claim
            "Theorems/Devices/ZeroShiftCost.fs"
            [ "N6-engine"; "N6-numbers" ]
            [ "N6-average-floor", "granularity * radius / (⟦2.0⟧ - granularity / radius)", "2.2"
              "N6-average-q", "let q = ⟦pown (1.0 - granularity / radius) 2⟧", "(1.0 - granularity / radius)"
              "N6-average-radius", "(pulses * (1.0 - q)) + v) / ⟦(radius * radius)⟧", "radius"
              "N6-last-power", "Math.Pow(1.0 - granularity / radius, ⟦2.0⟧ * pulses)", "1.8" ]
        @ claim
            "Theorems/Devices/ZeroShiftCost.fs"
            [ "N6-printed"; "N6-complexity"; "N6-numbers" ]
            [ "N6-fewest", "if high - low <= 1.0 then\n                ⟦high⟧", "low" ]
        @ claim
            "Theorems/Devices/ZeroShiftCost.fs"
            [ "N6-printed"; "N6-complexity" ]
            [ "N6-complexity-limit", "(average 1.0 0.01 0.7 pulses) ⟦limit⟧ ]", "0.9 * limit" ]
        @ claim
            "Theorems/Devices/ZeroShiftCost.fs"
            [ "N6-printed" ]
            [ "N6-printed-slip", "(fun pulses -> ⟦enough - pulses⟧)", "pulses - enough" ]
        @ claim
            "Theorems/Devices/ZeroShiftCost.fs"
            [ "N6-complexity" ]
            [ "N6-complexity-slip", "(fun pulses -> ⟦pulses - enough⟧)", "enough - pulses" ]
        @ claim
            "Theorems/Devices/ZeroShiftCost.fs"
            [ "N6-devices" ]
            [ "N6-bound-potential", "⟦potential⟧ / (float run.Pulses * run.Granularity)", "0.9 * potential"
              "N6-bound-slope", "+ ⟦0.5⟧ * 1.01 * steepest", "0.55" ]
        @ hard
            "Theorems/TikiTaka/RiderAlgebra.fs"
            [ "N7" ]
            [ "N7-algebra-goal", "(⟦4.0⟧ * rootTwo * rootD * response .<= mu)", "4.4"
              "N7-algebra-threshold", "(sigma: Quantity) = ⟦4.0⟧ * rootTwo", "3.6"
              "N7-algebra-bounded", "\"E‖ε‖² ≤ σ²\", size * ⟦square least⟧ .<= square sigma", "least"
              "N7-algebra-jensen", "(⟦square (mean (abs e1) (abs e2))⟧ .<= mean", "1.1 * square (mean (abs e1) (abs e2))"
              "N7-algebra-sum", "((size + ⟦1.0⟧) * square least .<= sum + next)", "1.1" ]
        @ claim
            "Theorems/TikiTaka/RiderAlgebra.fs"
            [ "N7-unit" ]
            [ "N7-unit-convexity", "threshold (⟦kappa * mu⟧) (kappa * sigma) .<= kappa * least", "mu"
              "N7-unit-above", "(\"κ ≥ κ₀\", ⟦limit⟧ .<= kappa)", "0.9 * limit"
              "N7-unit-below", "(\"κ < κ₀\", kappa .< ⟦limit⟧)", "1.1 * limit"
              "N7-unit-rate", "linear (⟦rate / kappa⟧) w (kappa * gradient)", "rate" ]
        @ claim
            "Theorems/TikiTaka/RiderHypothesis.fs"
            [ "N7-instances" ]
            [ "N7-power", "Array.min responses, ⟦1.5⟧)", "1.4"
              "N7-least", "⟦4.0⟧ * sqrt 2.0 * sqrt (float dimension)", "3.6"
              "N7-threshold", "⟦4.0⟧ * sqrt 2.0 * sigma", "4.4"
              "N7-dimension", "let sigma = sqrt (⟦float run.Dimension⟧ * run.Noise.SecondMoment)", "1.0" ]
        @ claim
            "Theorems/Devices/PulseFloorAlgebra.fs"
            [ "N8"; "N8-any-rate"; "N8-descent" ]
            [ "N8-drift-gradient", "(next .= second w - ⟦2.0⟧ * rate / smoothness * square gradient", "1.8"
              "N8-balance-half", "(norm .= smoothness / ⟦2.0⟧ * dw * meanAbsolute)", "2.2"
              "N8-fires", "let fires = ⟦rate⟧ * abs g / dw", "0.9 * rate"
              "N8-rounding", "square (t * dw) + ⟦square dw⟧ * part * (one - part))", "dw"
              "N8-descent-noise", "⟦rate / 2.0⟧ * a * square sigma - rate / 2.0", "0.9 * rate / 2.0"
              "N8-response", "let response g = ⟦one + Quantity.sign g * w / tau⟧", "one - Quantity.sign g * w / tau" ]
        @ claim
            "Theorems/Devices/PulseFloor.fs"
            [ "N8-stationary"; "N8-stationary-any-rate"; "N8-numbers" ]
            [ "N8-identity", "let expected = ⟦0.5⟧ * run.Curvature * run.Granularity * law.MeanAbsolute", "0.45"
              "N8-share", "let share = ⟦abs increment / granularity⟧ - float few", "0.9 * abs increment / granularity"
              "N8-square", "run.Granularity / run.LearningRate * ⟦law.Rounding⟧)", "0.9 * law.Rounding" ]
        @ claim
            "Theorems/Devices/PulseFloor.fs"
            [ "N8-tile-printed"; "N8-tile" ]
            [ "N8-tile-power", "Comparison.atMost law.Gradient ⟦run.Granularity⟧,", "pown run.Granularity 2" ]
        @ claim
            "Theorems/Devices/PulseFloor.fs"
            [ "N8-tile-printed"; "N8-stationary" ]
            [ "N8-gradient", "{ Gradient = expect (fun i -> pown (⟦run.Curvature * distance i⟧) 2)", "distance i" ]
        @ claim
            "Theorems/Devices/PulseFloor.fs"
            [ "N8-tile" ]
            [ "N8-tile-unit", "⟦2.0⟧ - run.Curvature * run.Noise.MeanAbsolute 0.0 * 1.01", "0.2" ]
        @ claim
            "Theorems/Devices/PulseNoiseAlgebra.fs"
            [ "N9"; "N9-rate" ]
            [ "N9-kept", "let private kept = ⟦square (one - ratio) + square (ratio * sc)⟧", "square (one - ratio) - square (ratio * sc)"
              "N9-error-lag", "(delta * (delta + lam) / ⟦2.0⟧)) + square sc", "2.2"
              "N9-error-spread", "+ ⟦square sc⟧ * lam * (delta + lam))", "0.9 * square sc" ]
        @ claim
            "Theorems/Devices/PulseTrainError.fs"
            [ "N9-bound" ]
            [ "N9-bound-lag", "Math.Max(step, ⟦0.5⟧ * d * (d + step))", "0.45"
              "N9-bound-noise", "⟦pown run.CycleNoise 2⟧ * step * (d + step))", "run.CycleNoise * 0.9"
              "N9-square-noise", "Math.Pow(1.0 + pown (⟦lambda⟧ * run.CycleNoise / (1.0 - lambda)) 2, n)", "0.9 * lambda" ]
        @ claim
            "Theorems/Devices/PulseTrainError.fs"
            [ "N9-printed" ]
            [ "N9-printed-half", "Comparison.atMost (share (⟦0.5⟧ * increment)) (share increment)", "2.0"
              "N9-printed-order",
              "⟦Comparison.atMost (share (0.5 * increment)) (share increment)⟧",
              "Comparison.atMost (share increment) (share (0.5 * increment))" ]
        @ claim
            "Theorems/Devices/PulseTrainError.fs"
            [ "N9-limit" ]
            [ "N9-limit-power", "let fine d = 0.25 * d * ⟦d⟧", "1.0"
              "N9-limit-half", "Comparison.atMost (share (0.25 * d)) (⟦0.5⟧ * share d)", "0.2" ]
        @ claim
            "Theorems/Devices/PulseTrainError.fs"
            [ "N9-limit"; "N9-bound" ]
            [ "N9-update", "abs (last - run.Device.Update(run.Weight, ⟦run.Increment⟧))", "0.9 * run.Increment" ]

    /// The mutants of this file.
    let mutants: Mutant list = residual @ auxiliary @ pulses
