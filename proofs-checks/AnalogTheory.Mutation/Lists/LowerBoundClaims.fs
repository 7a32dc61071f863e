namespace AnalogTheory.Mutation

/// Mutants of the lower bound's instance and of the claims L1 to L6 on it.
[<RequireQualifiedAccess>]
module LowerBoundClaims =

    let private claim = Mutant.claim
    let private algebra = claim "Theorems/LowerBound/LowerBoundAlgebra.fs"
    let private limit = claim "Theorems/LowerBound/LowerBound.fs"
    let private rules = claim "Theorems/TikiTaka/LowerBoundRules.fs"
    let private device = claim "Theorems/TikiTaka/DeviceFloor.fs"

    // The instance in closed form, against the algebra's numbers and the engine's own chain.
    let private instance =
        Mutant.listOf
            "src/AnalogTheory/Theorems/LowerBoundInstance.fs"
            [ "the lower bound's instance" ]
            [ Mutant.tests "instances"; Mutant.numbers; Ledger [ "L4-limit"; "L4-table" ] ]

    /// The mutants of this file.
    let mutants: Mutant list =
        List.concat
            [ algebra
                  [ "L1" ]
                  [ "L1-variance", "(size * mean (square above) (square below) .= ⟦square sigma⟧)", "0.9 * square sigma"
                    "L1-size", "(⟦size⟧ * mean (square above) (square below)", "one" ]
              algebra
                  [ "L2" ]
                  [ "L2-two", ".= ⟦2.0⟧ * deviation * Quantity.root \"rootPQ\"", "1.8"
                    "L2-chance", "+ (⟦2.0⟧ * chance - 1.0) * gradient)", "2.2"
                    "L2-upper", "upper, -gradient .<= ⟦above⟧ ]", "1.5 * above" ]
              algebra
                  [ "L3" ]
                  [ "L3-still", "let still = ⟦-deviation * r / q⟧", "-0.9 * deviation * r / q"
                    "L3-still-sign", "let still = ⟦-deviation * r / q⟧", "deviation * r / q"
                    "L3-root", "Quantity.root \"q\" (⟦one - square r⟧)", "one + square r"
                    "L3-floor", ".= ⟦square sigma⟧ * square r / (one - square r))", "4.0 * square sigma"
                    "L3-inverse", "(target .= r * tau + ⟦deviation / smoothness⟧ * r / q)", "deviation" ]
              instance
                  [ "instance-deviation", "instance.Deviation / ⟦sqrt (float instance.Dimension)⟧\n\n    /// rτ", "float instance.Dimension"
                    "instance-fixed-point",
                    "member instance.FixedPoint = ⟦instance.Saturation⟧ * instance.Radius",
                    "0.9 * instance.Saturation"
                    "instance-floor",
                    "⟦instance.Deviation * instance.Deviation⟧ * squared / (1.0 - squared)",
                    "1.1 * instance.Deviation * instance.Deviation"
                    "instance-floor-free", "instance.Deviation * instance.Deviation * squared / ⟦(1.0 - squared)⟧", "1.0"
                    "instance-shift", "* saturation / ⟦sqrt (1.0 - saturation * saturation)⟧", "(1.0 - saturation * saturation)"
                    "instance-minimizer", "Minimizer = ⟦saturation * radius + shift⟧", "saturation * radius + 0.9 * shift"
                    "region-minimizer", "{ Minimizer = ⟦0.25⟧ * tau - abs instance.Minimizer", "0.275"
                    "region-deviation", "tau * l * root / (⟦4.0⟧ * sqrt 3.0) - instance.Deviation", "4.4"
                    "region-root", "tau * l * root / (4.0 * sqrt ⟦3.0⟧) - instance.Deviation", "2.0"
                    "region-rate", "min (⟦0.5⟧ / l) (1.0 / (l + 6.0", "0.55"
                    "region-six", "(1.0 / (l + ⟦6.0⟧ * instance.Deviation", "5.4"
                    "instance-drift", "(fun w -> ⟦instance.Curvature⟧ * (w - instance.Minimizer)) moments w", "1.1 * instance.Curvature"
                    "instance-map",
                    "half * ⟦(Interval.Point 1.0 - Interval.Point sign * (w / radius))⟧",
                    "(Interval.Point 1.0 + Interval.Point sign * (w / radius))" ]
              limit
                  [ "L4-sharp" ]
                  [ "L4-constant", "run saturation deviation dimension rate ⟦1.0⟧ allowance isUpper ]", "0.9"
                    "L4-constant-up", "run saturation deviation dimension rate ⟦1.0⟧ allowance isUpper ]", "1.1"
                    "L4-rate", "Claim.hypothesis rateName (fun run -> ⟦0.5⟧ / run.Instance.Curvature - run.LearningRate) ]", "0.45"
                    "L4-rate-up", "Claim.hypothesis rateName (fun run -> ⟦0.5⟧ / run.Instance.Curvature - run.LearningRate) ]", "0.55"
                    "L4-variance",
                    "let variance = ⟦instance.Deviation * instance.Deviation⟧\n",
                    "1.1 * instance.Deviation * instance.Deviation" ]
              // Both sides hold on the ledger's instances: which is which shows where one of them must fail.
              Mutant.listOf
                  "src/AnalogTheory/Theorems/LowerBound/LowerBound.fs"
                  [ "L4-sharp" ]
                  [ Mutant.tests "tightness" ]
                  [ "L4-sides", "let sign, factor = if ⟦run.IsUpper⟧ then", "not run.IsUpper" ]
              Mutant.listOf
                  "src/AnalogTheory/Theorems/LowerBound/LowerBound.fs"
                  [ "L4-sharp" ]
                  [ Mutant.numbers ]
                  [ "L4-range-dimension", "margin (⟦d * g⟧) (a / (1.0 - a)) ]", "g" ]
              limit
                  [ "L4-printed" ]
                  [ "L4-printed-constant", "run 0.5 0.3 1 0.001 ⟦4.0⟧ 0.0 false", "1.0"
                    "L4-printed-region", "{ run 0.0 0.14 1 0.001 ⟦4.0⟧ 0.0 false", "0.9" ]
              limit
                  [ "L4-limit" ]
                  [ "L4-limit-one", "[ Comparison.equal 0.001 value.Value ⟦1.0⟧, value.Error ]", "1.01"
                    "L4-weights", "let coefficients = [ 1.0 / 3.0; ⟦-2.0⟧; 8.0 / 3.0 ]", "-1.8"
                    "L4-ratio", "let variance = pown instance.CoordinateDeviation ⟦2⟧", "1" ]
              limit
                  [ "L4-table" ]
                  [ "L4-table-value", "(0.2, 0.01), ⟦1.0788⟧", "1.0848"; "L4-table-value-down", "(0.5, 0.001), ⟦1.0001⟧", "0.9971" ]
              rules
                  [ "L5-digital" ]
                  [ "L5-digital-keep", "let keep, gain = pown (1.0 - ⟦rate⟧) 2", "0.9 * rate"
                    "L5-digital-limit", "instance.Deviation / (⟦2.0⟧ - rate)", "2.2" ]
              rules
                  [ "L5" ]
                  [ "L5-part", "(⟦0.05⟧ * instance.Floor + 0.03 * beta)", "0.045"
                    "L5-rate", "(0.05 * instance.Floor + ⟦0.03⟧ * beta)", "0.033"
                    "L5-power", "margin [ Math.Pow(0.125, ⟦0.85⟧), tikiTaka", "0.765" ]
              rules
                  [ "L5-exponent" ]
                  [ "L5-exponent-factor",
                    "Math.Pow(⟦small.AuxiliaryRate / large.AuxiliaryRate⟧, 0.85)",
                    "0.1 * small.AuxiliaryRate / large.AuxiliaryRate" ]
              device
                  [ "L6" ]
                  [ "L6-floor", "let private limit = pown (asymmetry * deviation) ⟦2⟧", "1"
                    "L6-seven", "atLeast ⟦0.7⟧ asymmetry 0.05", "0.63"
                    "L6-five", "removed ⟦0.5⟧ asymmetry 0.05", "0.55"
                    "L6-least", "atLeast ⟦0.95⟧ asymmetry", "0.855"
                    "L6-most", "atMost ⟦1.2⟧ asymmetry", "1.08"
                    "L6-removed", "removed ⟦0.05⟧ asymmetry", "0.055"
                    "L6-shift", "LinearStep.create ⟦(1.0 - c)⟧", "(1.0 + c)" ]
              device
                  [ "L6-limit" ]
                  [ "L6-weights", "let weights = [ 1.0 / 3.0; ⟦-2.0⟧; 8.0 / 3.0 ]", "-1.5"
                    "L6-one", "Comparison.equal 0.03 (value.Value / limit) ⟦1.0⟧", "1.1" ] ]
