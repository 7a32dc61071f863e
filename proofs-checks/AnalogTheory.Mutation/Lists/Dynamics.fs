namespace AnalogTheory.Mutation

/// Mutants of pulses, rules, noises, their moments, and what ensembles measure.
[<RequireQualifiedAccess>]
module Dynamics =

    let private kernel path breaks checks = Mutant.listOf $"src/AnalogTheory.Kernels/{path}.cs" breaks checks

    let private core path breaks checks = Mutant.listOf $"src/AnalogTheory/{path}.fs" breaks checks

    let private trains = [ Mutant.tests "pulse trains"; Mutant.proofs "D4 pulses compose in closed form" ]

    let private pulses =
        kernel
            "Pulses/PulseTrains"
            [ "pulse trains"; "D4" ]
            trains
            [ "pulse-size", "Scalar granularity = new(⟦_settings.Granularity⟧);", "(0.9 * _settings.Granularity)"
              "pulse-direction",
              "Scalar direction = new(⟦_signs.At(first + i, uniforms[i].Value)⟧);",
              "-_signs.At(first + i, uniforms[i].Value)"
              "pulse-noise-sign", "Pulse.Land(w, step, deviation, ⟦direction * noise[i]⟧, lower, upper);", "noise[i]"
              "pulse-noise-scale", "Scalar multiplicative = new(⟦_settings.Multiplicative⟧);", "(1.1 * _settings.Multiplicative)"
              "pulse-additive", "Scalar additive = new(⟦_settings.Additive⟧);", "(0.9 * _settings.Additive)"
              "pulse-chunk", "Purpose.CycleNoise, _replica, ⟦(ulong)first⟧", "0UL" ]
        @ kernel
            "Pulses/Pulse"
            [ "one pulse" ]
            trains
            [ "pulse-down", "law.Up(w), ⟦-law.Down(w)⟧);", "law.Down(w)"
              "pulse-noise-of-step", "=> sigma * ⟦T.Abs(step)⟧;", "T.Constant(0.9) * T.Abs(step)"
              "pulse-noise-of-unit", "=> sigma * ⟦unit⟧;", "(T.Constant(1.1) * unit)"
              "pulse-step", "=> Clip(⟦w + step⟧, lower, upper);", "w - step"
              "pulse-noise", "Clip(⟦T.FusedMultiplyAdd(deviation, xi, w + step)⟧, lower, upper);", "(w + step)"
              "pulse-ceiling", "T.Max(lower, ⟦T.Min(upper, w)⟧);", "w"
              "pulse-floor", "=> ⟦T.Max(lower, T.Min(upper, w))⟧;", "T.Min(upper, w)" ]
        @ kernel
            "Pulses/PulseCount"
            [ "bit length"; "D5-rounding" ]
            [ Mutant.tests "bit length"; Mutant.proofs "D5 pulses against the dynamic" ]
            [ "length-up", "-size), nearest, ⟦nearest + T.One⟧)", "nearest" ]
        @ kernel
            "Pulses/PulseFilter"
            [ "fits of measured pulses" ]
            [ Mutant.tests "device fits" ]
            [ "filter-response", "Pulse.Step(law, new Scalar(w), new Scalar(⟦direction⟧)).Value;", "-direction"
              "filter-step",
              "=> ⟦Pulse.Step(law, new Scalar(w), new Scalar(direction)).Value⟧;",
              "0.9 * Pulse.Step(law, new Scalar(w), new Scalar(direction)).Value"
              "filter-carried", "double carried = ⟦1.0 + slope⟧;", "1.0"
              "filter-variance", "_variances.Multiplicative * ⟦step * step⟧ + constant;", "step"
              "filter-gain", "double gain = spread > 0.0 ? ⟦variance / spread⟧ : 1.0;", "1.0"
              "filter-left", "variance = ⟦(1.0 - gain)⟧ * variance;", "1.0" ]
        @ kernel
            "Pulses/PulseSigns"
            [ "directions of pulses"; "D8" ]
            [ Mutant.tests "zero-shifting"; Mutant.tests "pulse trains"; Mutant.proofs "D8 zero-shifting is exact in mean" ]
            [ "signs-same", "At(long pulse, double uniform) => ⟦_sign⟧;", "1.0"
              "signs-up-down", "⟦pulse % _period < _up⟧ ? 1.0 : -1.0", "pulse % _period <= _up"
              "signs-alternating", "⟦pulse % 2 == 0⟧ ? _first : -_first", "pulse % 3 == 0"
              "signs-fair", "uniform < ⟦0.5⟧ ? 1.0 : -1.0", "0.45" ]
        @ core
            "Pulses/BitLength"
            [ "bit length"; "D5-rounding" ]
            [ Mutant.tests "bit length"; Mutant.proofs "D5 pulses against the dynamic" ]
            [ "length-ties", "⟦MidpointRounding.ToEven⟧", "MidpointRounding.AwayFromZero"
              "length-mean", "if ⟦uniform < quotient - floor quotient⟧ then 1", "uniform > quotient - floor quotient"
              "length-sign", "if ⟦increment < 0.0⟧ then -length else length", "increment > 0.0" ]
        @ core
            "Pulses/ZeroShifting"
            [ "zero-shifting"; "D8" ]
            [ Mutant.tests "zero-shifting" ]
            [ "shifting-fair", "0u, 0UL) < ⟦0.5⟧ then 1.0 else -1.0", "0.6" ]
        @ core
            "Devices/LinearStep"
            [ "linear step" ]
            [ Mutant.tests "device-to-device variation"; Mutant.tests "responses in numbers" ]
            [ "steps-point", "(upStep - downStep) / ⟦(upStep / upper - downStep / lower)⟧", "(upStep / upper + downStep / lower)"
              "steps-granularity", "device, upStep * ⟦(1.0 - symmetricPoint / upper)⟧", "(1.0 + symmetricPoint / upper)" ]
        @ core
            "Pulses/DeviceVariation"
            [ "device-to-device variation" ]
            [ Mutant.tests "device-to-device variation" ]
            [ "variation-upper", "variation.Upper * (1.0 + ⟦variation.UpperDeviation⟧ * xi 0UL)", "0.9 * variation.UpperDeviation"
              "variation-lower", "variation.Lower * (1.0 + variation.LowerDeviation * xi ⟦1UL⟧)", "0UL"
              "variation-gain", "(gain + r + ⟦min variation.UpDownBias 0.0⟧)", "max variation.UpDownBias 0.0"
              "variation-down", "(⟦gain - r⟧ - max variation.UpDownBias 0.0)", "gain + r" ]

    let private twoArrays = [ Mutant.tests "closed forms"; Mutant.tests "conformance"; Ledger [ "T5" ] ]

    let private rules =
        kernel
            "Rules/AnalogSgd"
            [ "Analog SGD"; "S1" ]
            [ Ledger [ "S1" ]; Mutant.tests "closed forms" ]
            [ "analog-rate", "step = new(T.Constant(⟦learningRate⟧));\n            gradient = gradient", "0.9 * learningRate"
              "analog-rate-read", "step = new(T.Constant(⟦learningRate⟧));\n            for (int start", "0.9 * learningRate" ]
        @ kernel
            "Laws/LawReader"
            [ "Analog SGD"; "user-defined parts" ]
            [ Classes("AnalogTheory.CSharp.Tests", "OwnLawTests") ]
            [ "read-up", "=> new(⟦_up[i]⟧, _down[i]);", "_down[i]" ]
        @ kernel
            "Rules/RuleSteps"
            [ "Analog SGD"; "S1"; "Tiki-Taka"; "T5" ]
            [ Ledger [ "S1"; "T5" ]; Mutant.tests "closed forms" ]
            [ "step-analog-sign", "T _rate = ⟦-learningRate⟧;", "learningRate"
              "step-analog-size", "T _size = ⟦T.Abs(learningRate)⟧;", "(T.Abs(learningRate) * T.Constant(0.9))"
              "step-tikitaka-sign", "new(learningRate, ⟦-transferRate⟧);", "transferRate"
              "step-residual-sign", "new(⟦-learningRate⟧, transferRate);", "learningRate"
              "step-arrays-size", "T _size = ⟦T.Abs(toAuxiliary)⟧;", "(T.Abs(toAuxiliary) * T.Constant(0.9))" ]
        @ kernel
            "Rules/DigitalSgd"
            [ "Digital SGD"; "S5-digital" ]
            [ Ledger [ "S5-digital" ]; Mutant.tests "closed forms" ]
            [ "digital-sign", "T rate = T.Constant(⟦-learningRate⟧);", "learningRate"
              "digital-rate", "T rate = T.Constant(⟦-learningRate⟧);", "-1.1 * learningRate" ]
        @ kernel
            "Rules/TwoArrays"
            [ "Tiki-Taka"; "residual learning"; "T2"; "T5" ]
            twoArrays
            [ "arrays-a", "new(T.Constant(⟦toAuxiliary⟧), T.Constant(toMain));\n            p =", "0.9 * toAuxiliary"
              "arrays-a-read", "new(T.Constant(⟦toAuxiliary⟧), T.Constant(toMain));\n            for", "0.9 * toAuxiliary"
              "arrays-a-sign", "new(T.Constant(⟦toAuxiliary⟧), T.Constant(toMain));\n            p =", "-toAuxiliary"
              "arrays-b", "new(T.Constant(toAuxiliary), T.Constant(⟦toMain⟧));\n            p =", "1.1 * toMain"
              "arrays-device", "step.NextAuxiliary(auxiliaryDevice, ⟦p[i]⟧, gradient[i]);", "w[i]"
              "arrays-mixing", "double Mixing => ⟦mixing⟧;", "0.9 * mixing" ]
        @ core
            "Rules/TikiTaka"
            [ "Tiki-Taka"; "T5" ]
            twoArrays
            [ "tikitaka-rates", "(TwoArrays.TikiTaka(auxiliary.Law, main.Law, ⟦learningRate⟧, transferRate", "transferRate" ]
        @ core
            "Rules/TikiTaka"
            [ "Tiki-Taka"; "L6" ]
            [ Ledger [ "L6" ] ]
            [ "tikitaka-devices", "(TwoArrays.TikiTaka(⟦auxiliary.Law⟧, main.Law, learningRate", "main.Law" ]
        @ core
            "Rules/ResidualLearning"
            [ "residual learning" ]
            [ Mutant.tests "closed forms" ]
            [ "residual-mixing", "learningRate, transferRate, ⟦mixing⟧))", "0.0"
              "residual-devices", "(TwoArrays.ResidualLearning(auxiliary.Law, ⟦main.Law⟧, learningRate", "auxiliary.Law" ]
        @ core
            "Rules/TwoArrayRule"
            [ "residual learning" ]
            [ Mutant.tests "closed forms"; Mutant.tests "conformance" ]
            [ "probe-mixing", "Math.FusedMultiplyAdd(⟦mixing⟧, p, w)", "-mixing" ]

    // What users supply runs through kernels of its own.
    let private own path = kernel path [ "own parts" ] [ Mutant.tests "own noises and rules" ]

    let private supplied =
        own
            "Noises/SuppliedNoise"
            [ "own-noise", "total[i] += ⟦_noise[d]⟧;", "0.9 * _noise[d]"
              "own-noise-magnitude", "size[i] += ⟦Math.Abs(_noise[d])⟧;", "_noise[d]" ]
        @ own "Rules/CoordinateRule" [ "own-rule-magnitude", "double size = total.IsEmpty ? ⟦Math.Abs(slope[i])⟧ : total[i];", "slope[i]" ]
        @ kernel
            "Rules/CoordinateRule"
            [ "own parts" ]
            [ Classes("AnalogTheory.CSharp.Tests", "OwnRuleTests") ]
            [ "own-law-magnitude", "T size = magnitude.IsEmpty ? ⟦T.Abs(gradient[i])⟧ : magnitude[i];", "gradient[i]" ]
        @ kernel
            "Rules/MemoryRule"
            [ "own parts" ]
            [ Classes("AnalogTheory.CSharp.Tests", "OwnRuleTests") ]
            [ "own-memory-place", "memories.Slice(⟦i * memory⟧, memory)", "0"
              "own-memory-gradient", "memory), ⟦gradient[i]⟧, size, number);", "0.9 * gradient[i]"
              "own-memory-magnitude", "Math.Abs(gradient[i]) : ⟦magnitude[i]⟧;", "Math.Abs(gradient[i])"
              "own-memory-step", "_memories, ⟦_step++⟧);", "0L" ]
        @ own
            "Rules/StatefulRule"
            [ "own-replica", "machine.KeyOf(key, ⟦unchecked(firstReplica + (uint)replica)⟧);", "(uint)replica"
              "own-step", "machine.Step(_keys[replica], ⟦_step⟧,", "0UL" ]

    let private noise path = kernel $"Noises/{path}" [ path ] [ Mutant.tests "noises" ]

    let private noises =
        noise
            "GaussianNoise"
            [ "gaussian-deviation", "At(T raw, T w) => ⟦deviation⟧ * raw;", "T.Constant(0.9) * deviation"
              "clipped-bound", "deviation * FromRaw.Clip(raw, ⟦clip⟧)", "T.Constant(1.1) * clip" ]
        @ noise
            "UniformNoise"
            [ "uniform-width", "T.Constant(⟦2.0 * halfWidth⟧)", "1.9 * halfWidth"
              "uniform-mean", "width * (raw - T.Constant(⟦0.5⟧))", "0.45"
              "two-points", "FromRaw.TwoPoint(raw, probability, first, ⟦second⟧)", "first"
              "lower-bound-slope", "T.Constant(⟦0.5 / radius⟧)), shared: true", "0.45 / radius"
              "lower-bound-shared", "T.Constant(0.5 / radius)), shared: ⟦true⟧);", "false" ]
        @ kernel
            "Noises/StateDependentTwoPoint"
            [ "the lower bound's noise"; "L1"; "L3" ]
            [ Ledger [ "L1"; "L3" ]; Mutant.tests "noises" ] // L1 holds for noise that leans the other way, too; L3 does not
            [ "lower-bound-sign", "T.FusedMultiplyAdd(⟦-w⟧, halfSlope, T.Constant(0.5))", "w"
              "lower-bound-half", "T.FusedMultiplyAdd(-w, halfSlope, T.Constant(⟦0.5⟧))", "0.55"
              "lower-bound-ratio", "T.SelectNonNegative(side, p, q) / ⟦T.SelectNonNegative(side, q, p)⟧", "T.One"
              "lower-bound-value", "deviation * T.SelectNonNegative(side, ⟦-root⟧, root)", "root"
              "lower-bound-clamp",
              "T.Min(⟦T.Max(T.FusedMultiplyAdd(-w, halfSlope, T.Constant(0.5)), T.Zero)⟧, T.One);",
              "T.FusedMultiplyAdd(-w, halfSlope, T.Constant(0.5))" ]
        @ noise "CoordinateNoise" [ "noise-magnitude", "magnitude[i] += ⟦T.Abs(noise)⟧;", "noise" ]
        @ kernel
            "Noises/MiniBatchNoise"
            [ "MiniBatchNoise" ]
            [ Mutant.tests "mini-batches" ]
            [ "batch-factor", "⟦objective.Scale * objective.Samples / batch⟧;", "objective.Scale * objective.Samples"
              "batch-target", "double residual = ⟦-objective.Target[n]⟧;", "objective.Target[n]" ]
        @ core
            "Problems/Moments"
            [ "moments of noise" ]
            [ Mutant.tests "noises" ]
            [ "moments-gaussian-mean",
              "x * SpecialFunctions.Erf(x / sqrt 2.0) + ⟦2.0⟧ * density x\n\n    let private normalSignedSquare",
              "1.8"
              "moments-gaussian-square", "⟦(x * x + 1.0)⟧ * SpecialFunctions.Erf(x / sqrt 2.0)", "(x * x - 1.0)"
              "moments-clipped", "- ⟦2.0⟧ * clip * density clip + 2.0 * clip * clip * tail", "1.8"
              "moments-uniform", "abs x else ⟦0.5⟧ * (x * x + 1.0)", "0.45"
              "moments-uniform-variance", "SecondMoment = halfWidth * halfWidth / ⟦3.0⟧", "3.3"
              "moments-lower-bound-p", "leaning deviation (⟦0.5⟧ * (1.0 - w / radius))", "0.45"
              "moments-lower-bound-value", "twoPoint p (deviation * sqrt (⟦(1.0 - p) / p⟧))", "p / (1.0 - p)" ]

    let private measured =
        kernel
            "Ensembles/MeasureKernel"
            [ "what ensembles measure"; "S3-weighted" ]
            [ Mutant.tests "ensembles"; Ledger [ "S3-weighted"; "L4-sharp" ] ]
            [ "measure-supplied", "one[d] = ⟦weights[d * stride + replica]⟧;", "weights[d * stride]"
              "measure-amplification", "value[v] /= ⟦T.One - value[v]⟧;", "T.One"
              "measure-unsaturated", "value[v] = ⟦(T.One - value[v])⟧ * norm[v];", "(T.One + value[v])"
              "measure-saturation", "T.Constant(⟦1.0⟧ / measure.Radius)", "0.9" ]
        @ core
            "Dynamics/MeanField"
            [ "fixed points of the mean field"; "S6-formula" ]
            [ Ledger [ "S6-formula"; "S7"; "S5-wells" ] ]
            [ "drift-F", "-(⟦device.Symmetric w⟧ * slope + device.Asymmetric w", "1.1 * device.Symmetric w"
              "drift-G", "slope + ⟦device.Asymmetric w⟧ * (moments w)", "-device.Asymmetric w"
              "drift-noise", "(moments w).MeanAbsolute ⟦slope⟧)", "0.0" ]

    /// The mutants of this file.
    let mutants: Mutant list = List.concat [ pulses; rules; supplied; noises; measured ]
