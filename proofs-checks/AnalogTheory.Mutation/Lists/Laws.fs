namespace AnalogTheory.Mutation

/// Mutants of the devices' response functions and of the update that all of them share.
[<RequireQualifiedAccess>]
module Laws =

    let private law name laws = Mutant.listOf $"src/AnalogTheory.Kernels/Laws/{name}.cs" laws

    // Every device against its printed formulas; both forms of U against each other.
    let private formulas = [ Mutant.proofs "one law, many number systems" ]
    let private bothForms = formulas @ [ Mutant.proofs "D1 both forms of U agree" ]

    let private update =
        law
            "AnalogUpdate"
            [ "U(w, Δ)" ]
            bothForms
            [ "F-half", "(law.Down(w) + law.Up(w)) * ⟦T.Constant(0.5)⟧", "T.Constant(0.45)"
              "F-sign", "⟦(law.Down(w) + law.Up(w))⟧ * T.Constant(0.5)", "(law.Down(w) - law.Up(w))"
              "G-half", "(law.Down(w) - law.Up(w)) * ⟦T.Constant(0.5)⟧", "T.Constant(0.55)"
              "G-sign", "⟦(law.Down(w) - law.Up(w))⟧ * T.Constant(0.5)", "(law.Up(w) - law.Down(w))"
              "update-magnitude", "=> Apply(law, w, increment, ⟦T.Abs(increment)⟧);", "increment"
              "update-half", "T half = ⟦T.Constant(0.5)⟧;", "T.Constant(0.45)"
              "update-half-up", "T half = ⟦T.Constant(0.5)⟧;", "T.Constant(0.55)"
              "update-F", "T symmetric = ⟦(down + up)⟧ * half;", "(down - up)"
              "update-G", "T asymmetric = ⟦(down - up)⟧ * half;", "(up - down)"
              "update-G-sign", "T.FusedMultiplyAdd(⟦-magnitude⟧, asymmetric,", "magnitude"
              "update-w", "T.FusedMultiplyAdd(increment, symmetric, ⟦w⟧)", "w * T.Constant(0.999)"
              "cases-down", "T.SelectNonNegative(increment, law.Up(w), ⟦law.Down(w)⟧)", "law.Up(w)" ]

    let private linear =
        law
            "AsymmetricLinear"
            [ "asymmetric linear" ]
            formulas
            [ "linear-up-sign", "Up(T w) => ⟦T.One - (w - _symmetricPoint) * _slope⟧;", "T.One + (w - _symmetricPoint) * _slope"
              "linear-down-sign", "Down(T w) => ⟦T.One + (w - _symmetricPoint) * _slope⟧;", "T.One - (w - _symmetricPoint) * _slope"
              "linear-up-point", "Up(T w) => T.One - ⟦(w - _symmetricPoint)⟧ * _slope;", "(w + _symmetricPoint)"
              "linear-down-point", "Down(T w) => T.One + ⟦(w - _symmetricPoint)⟧ * _slope;", "w"
              "linear-slope", "_slope = ⟦T.One / radius⟧;", "T.Constant(0.9) / radius"
              "linear-radius", "_slope = ⟦T.One / radius⟧;", "T.One / (radius * radius)"
              "linear-one", "Up(T w) => ⟦T.One⟧ - (w", "T.Constant(1.1)" ]

    let private generic =
        law
            "GenericLinear"
            [ "generic linear" ]
            formulas
            [ "generic-up-c", "_up = ⟦T.One + asymmetry⟧;", "T.One - asymmetry"
              "generic-down-c", "_down = ⟦T.One - asymmetry⟧;", "T.One + asymmetry"
              "generic-up-factor", "_up = T.One + ⟦asymmetry⟧;", "T.Constant(0.9) * asymmetry"
              "generic-up-sign", "=> _up * ⟦(T.One - w * _slope)⟧;", "(T.One + w * _slope)"
              "generic-down-sign", "=> _down * ⟦(T.One + w * _slope)⟧;", "(T.One - w * _slope)"
              "generic-slope", "_slope = ⟦T.One / radius⟧;", "T.Constant(1.1) / radius" ]

    let private scaled =
        law
            "Scaled"
            [ "a law in another unit" ]
            [ Mutant.tests "symmetric point" ]
            [ "scaled-up", "Up(T w) => ⟦_factor⟧ * _law.Up(w);", "T.One"
              "scaled-down", "Down(T w) => ⟦_factor⟧ * _law.Down(w);", "_factor * _factor"
              "scaled-response", "Down(T w) => _factor * ⟦_law.Down(w)⟧;", "_law.Up(w)"
              "scaled-factor", "T.Constant(⟦factor⟧)));", "0.9 * factor" ]

    let private step =
        law
            "LinearStep"
            [ "linear step" ]
            formulas
            [ "step-up-slope", "_upSlope = ⟦T.One / upper⟧;", "T.One / lower"
              "step-down-slope", "_downSlope = ⟦T.One / lower⟧;", "T.One / upper"
              "step-up-point", "Up(T w) => T.One - ⟦(w - _symmetricPoint)⟧ * _upSlope;", "w"
              "step-down-sign", "Down(T w) => ⟦T.One - (w - _symmetricPoint) * _downSlope⟧;", "T.One + (w - _symmetricPoint) * _downSlope" ]

    let private powers =
        law
            "Power"
            [ "power step"; "symmetric power" ]
            (formulas @ [ Mutant.tests "responses in numbers" ])
            [ "power-exponent", "T.Exp(⟦exponent⟧ * T.Log(", "T.Constant(0.9) * exponent"
              "power-clamp", "T.Log(⟦T.Max(x, T.Zero)⟧)", "T.Abs(x)" ]

    let private powerStep =
        law
            "PowerStep"
            [ "power step"; "symmetric power" ]
            formulas
            [ "power-step-range", "_scale = T.One / ⟦(upper - lower)⟧;", "upper"
              "power-step-up", "Power.Of(⟦(_upper - w)⟧ * _scale, _upExponent)", "(w - _lower)"
              "power-step-up-exponent", "Power.Of((_upper - w) * _scale, ⟦_upExponent⟧)", "_downExponent"
              "power-step-down", "Power.Of(⟦(w - _lower)⟧ * _scale, _downExponent)", "(_upper - w)"
              "power-step-down-exponent", "Power.Of((w - _lower) * _scale, ⟦_downExponent⟧)", "_upExponent"
              "power-slope", "_slope = ⟦T.One / radius⟧;", "T.Constant(0.9) / radius"
              "power-up-sign", "Power.Of(⟦T.One - w * _slope⟧, _exponent)", "T.One + w * _slope"
              "power-down-sign", "Power.Of(⟦T.One + w * _slope⟧, _exponent)", "T.One - w * _slope" ]

    let private exponential =
        law
            "ExponentialStep"
            [ "exponential step"; "symmetric exponential" ]
            formulas
            [ "exponential-up-rate", "_upRate = ⟦upExponent / (upper - lower)⟧;", "upExponent / upper"
              "exponential-down-rate", "_downRate = ⟦downExponent⟧ / (upper - lower);", "upExponent"
              "exponential-up", "T.One - T.Exp(⟦(w - _upper)⟧ * _upRate)", "(_upper - w)"
              "exponential-up-one", "⟦T.One⟧ - T.Exp((w - _upper) * _upRate)", "T.Constant(0.9)"
              "exponential-down", "T.One - T.Exp(⟦(_lower - w)⟧ * _downRate)", "(w - _lower)"
              "exponential-slope", "_slope = ⟦T.One / radius⟧;", "T.Constant(1.1) / radius"
              "exponential-scale", "_scale = T.One / ⟦(T.Exp(exponent) - T.One)⟧;", "T.Exp(exponent)"
              "exponential-up-sign", "(T.Exp(_exponent * ⟦(T.One - w * _slope)⟧) - T.One)", "(T.One + w * _slope)"
              "exponential-down-one", "(T.Exp(_exponent * (T.One + w * _slope)) - ⟦T.One⟧)", "T.Zero" ]

    let private others =
        law
            "Ideal"
            [ "ideal" ]
            formulas
            [ "ideal-up", "Up(T w) => ⟦T.One⟧;", "T.Constant(0.9)"; "ideal-down", "Down(T w) => ⟦T.One⟧;", "T.Constant(1.1)" ]
        @ law
            "Supplied"
            [ "user-defined" ]
            formulas
            [ "supplied-up", "T.Map(⟦_up⟧, w)", "_down"; "supplied-down", "T.Map(⟦_down⟧, w)", "_up" ]
        @ law
            "PiecewiseLinear"
            [ "tabulated" ]
            formulas
            [ "table-rise", "T slope = (⟦T.Constant(_values[i + 1]) - bottom⟧)", "T.Constant(_values[i + 1]) + bottom"
              "table-run", "/ ⟦(T.Constant(_nodes[i + 1]) - left)⟧;", "T.Constant(_nodes[i + 1])"
              "table-left", "bottom + ⟦(x - left)⟧ * slope", "x"
              "table-segment", "Between(⟦right - 1⟧, new Scalar(x))", "System.Math.Max(right - 2, 0)"
              "table-below", "right == 0 ? ⟦_values[0]⟧", "_values[^1]"
              "table-hull", "upper = ⟦Math.Max(upper, y.Upper)⟧;", "System.Math.Min(upper, y.Upper)" ]

    // Laws of elements of arrays, each against the kit's own responses.
    let private responses = [ Classes("AnalogTheory.Tiles.Tests", "PulseResponseTests") ]

    let private elements =
        law
            "PiecewiseStep"
            [ "piecewise step" ]
            responses
            [ "piecewise-rise", "T.Constant(⟦nodes[k + 1] - nodes[k]⟧) * share", "nodes[k] - nodes[k + 1]"
              "piecewise-sections", "inverseRange * T.Constant(⟦up.Length - 1⟧)", "up.Length"
              "piecewise-first", "T value = T.Constant(⟦nodes[0]⟧);", "0.9 * nodes[0]" ]
        @ law
            "SaturatingExponential"
            [ "saturating exponential" ]
            responses
            [ "saturating-up-amplitude", "T.Constant(⟦_shape.UpAmplitude⟧)", "0.9 * _shape.UpAmplitude"
              "saturating-up-rate", "T.Constant(⟦_shape.UpRate⟧)", "0.9 * _shape.UpRate"
              "saturating-down-sign", "T.Constant(⟦-_shape.DownRate⟧)", "_shape.DownRate"
              "saturating-slope", "inverseHalfRange * T.Constant(⟦shape.Slope⟧)", "1.1 * shape.Slope" ]
        @ law
            "Stepped"
            [ "a law in units of weight" ]
            responses
            [ "stepped-up", "Up(T w) => ⟦_stepUp⟧ * _law.Up(w);", "T.Constant(0.9) * _stepUp"
              "stepped-down", "Down(T w) => _stepDown * ⟦_law.Down(w)⟧;", "_law.Up(w)" ]
        @ Mutant.listOf
            "src/AnalogTheory.Kernels/Pulses/Pulse.cs"
            [ "one pulse" ]
            responses
            [ "one-pulse-down", "(direction, law.Up(w), ⟦-law.Down(w)⟧);", "law.Down(w)"
              "one-pulse-step", "(deviation, xi, ⟦w + step⟧)", "w + (T.Constant(0.9) * step)" ]

    let private glue =
        law
            "DeviceLaws"
            [ "linear step"; "generic linear" ]
            formulas
            [ "glue-step", "new LinearStep<T>(⟦T.Constant(upper)⟧,", "T.Constant(-lower)"
              "glue-generic", "new GenericLinear<T>(T.Constant(radius), ⟦T.Constant(asymmetry)⟧)", "T.Constant(-asymmetry)" ]

    /// The mutants of this file.
    let mutants: Mutant list =
        List.concat [ update; linear; generic; scaled; step; powers; powerStep; exponential; others; elements; glue ]
