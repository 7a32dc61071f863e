namespace AnalogTheory.Mutation

/// Mutants of what arrays do with pulses and reads: trains of bits, pulses together and one by one, their noise, and the periphery.
[<RequireQualifiedAccess>]
module Circuits =

    let private tests name = Classes("AnalogTheory.Tiles.Tests", name)

    let private tiles path breaks checks = Mutant.listOf $"src/AnalogTheory.Tiles/{path}.cs" breaks checks

    let private pulses name mutants =
        tiles $"Pulses/{name}" [ "pulses on arrays" ] [ tests "PulsesByHandTests"; tests "DefinitionTests"; tests "TogetherTests" ] mutants

    let private updates =
        pulses
            "PulsePlan"
            [ "plan-scale", "scale = MathF.Sqrt(⟦learningRate⟧ / (granularity * length));", "0.9f * learningRate"
              "plan-length", "MathF.Max(MathF.Ceiling(⟦wanted⟧), 1.0f)", "0.9f * wanted"
              "plan-balance", "wanted > desired ? ⟦output * desired / wanted⟧ : output;", "output"
              "plan-inputs", "scale * MathF.Sqrt(⟦balanced / largestInput⟧)", "largestInput / balanced" ]
        @ pulses
            "BitTrains"
            [ "bits-mark", "Mark(1UL << (⟦k - first⟧), uniforms", "0"
              "bits-stream", "((ulong)⟦k⟧ << LineBits)", "0"
              "bits-group", "((ulong)⟦group⟧ << 32)", "0" ]
        @ pulses
            "PulseCounts"
            [ "counts-negative", "T.Word(outputs[(⟦(words + k)⟧ * update.Rows) + row]);", "k"
              "counts-mean", "float rows = MathF.Round(⟦length * p⟧);", "(length * p) + 0.3f"
              "counts-tie", "counts[j] = MathF.Round(⟦length * p * (float)inputs[j]⟧);", "length * (p * (float)inputs[j])"
              "counts-elements", "elements += ⟦T.Count⟧ - BitOperations", "T.Count - 1" ]
        @ pulses
            "PulsesTogether"
            [ "together-first", "T first = ⟦signed⟧ * LinearStep", "unit"
              "together-decay", "T decay = ⟦signed⟧ * slope;", "unit"
              "together-put-off", "Unsafe.Add(ref list, put) = new(c, ⟦used⟧);", "0"
              "together-kept", "column + lane) = ⟦Unsafe.Add(ref Unsafe.As<T, float>(ref w), lane)⟧;", "0.0f"
              "together-reach", "deviation) * T.Constant(⟦LargestNormal⟧);", "0.01 * LargestNormal"
              "together-noise", "T.FusedMultiplyAdd(⟦deviation⟧, xi, next), lower, upper);", "T.Constant(0.9) * deviation"
              "together-open", "work.Open.Add(row, ⟦column⟧, open);", "0" ]
        @ pulses
            "OpenElements"
            [ "open-direction", "update.X[column] * ⟦RowOf.Turn<ScalarSingle>(update, row).Value⟧;", "1.0f"
              "open-row", "counts[(⟦(row - firstRow)⟧ * update.Columns) + column];", "0"
              "open-stream", "PulseByPulse<ScalarSingle>.Element(0, ⟦m⟧, 0);", "m - first"
              "open-slot", "slots[drawn++] = (⟦(m - first)⟧ * Grid.Line) + k;", "0"
              "open-last", "count - T.Constant(m + ⟦1.0⟧), next, w);", "0.0" ]
        @ pulses
            "PulseByPulse"
            [ "each-stream", "Element(update.FirstRow + row, ⟦pulse⟧, update.FirstColumn - skip);", "0"
              "each-last", "T last = T.Constant(pulse + ⟦1.0⟧);", "0.0"
              "each-turn", "float.CopySign(1.0f, update.D[row] * ⟦update.Sign⟧)", "(-update.Sign)" ]
        @ pulses
            "RowBlock"
            [ "block-normals", "TNoise.IsRandom ? ⟦normals[elements[r]..]⟧ : normals;", "normals"
              "block-stream", "(ulong)((⟦_update.FirstRow + _first⟧) / Rows) << 32;", "_first" ]

    let private trains =
        pulses
            "Train"
            [ "train-second", "T.Constant(0.5), T.Constant(⟦-0.5⟧)) * minus", "0.5"
              "train-fifth", "T.Constant(⟦0.2⟧), T.Constant(-0.8)", "0.1"
              "train-doubled", "T.FusedMultiplyAdd(⟦-decay⟧, sum, T.One), sum);", "T.Zero"
              "train-margin", "count, T.Constant(⟦LargestForSeries⟧));", "16.0 * LargestForSeries" ]
        @ tiles
            "Pulses/PulseNoise"
            [ "noise of pulses" ]
            [ tests "PulsesByHandTests"; tests "TogetherTests" ]
            [ "noise-kept", "T left = T.FusedMultiplyAdd(⟦-train.Decay⟧, train.Sum, T.One) / kept;", "T.Zero"
              "noise-growth", "T.Sqrt(train.Count * ⟦growth⟧);", "T.One"
              "noise-share", "T share = train.Decay / (T.Constant(⟦2.0⟧) - train.Decay);", "1.0"
              "noise-largest", "T.Max(deviation, ⟦_sigma * T.Abs(first)⟧ * T.Sqrt(train.Count));", "T.Zero"
              "noise-of-weight", "_constant + ⟦_ofWeight⟧ * T.Abs(w));", "T.Zero"
              "noise-coarse", "T.Constant(⟦1.0 / 32.0⟧) - T.Abs(decay);", "1.0" ]
        @ tiles
            "Pulses/WriteNoise"
            [ "write noise" ]
            [ tests "DeviceTests" ]
            [ "write-deviation", "(float)(⟦update.Device.WriteNoise⟧ * update.Device.Granularity);", "0.9 * update.Device.WriteNoise"
              "write-where", "if (counts.IsEmpty || ⟦counts[j] > 0.0f⟧)", "true" ]

    let private reads =
        let periphery name mutants =
            tiles $"Periphery/{name}" [ "reads of arrays" ] [ tests "ReadTests"; tests "ReadStatisticsTests" ] mutants

        periphery
            "NoisyRead"
            [ "read-back", "settings.OutputScale * ⟦(factor > 0.0f ? factor : 1.0f)⟧ * rho);", "1.0f"
              "read-halved", "rho *= ⟦2.0f⟧;", "1.5f"
              "read-sum", "float sum = ⟦MathF.Max(positive, negative)⟧ * ", "positive"
              "read-threshold", "return threshold > 0.0f ? ⟦MathF.Min(magnitude, threshold)⟧ : magnitude;", "magnitude"
              "read-rounds", "&& rho <= ⟦settings.LargestBoundFactor⟧", "(0.4 * settings.LargestBoundFactor)"
              "read-one-hot", "(float)⟦settings.OutputScale⟧;\n        }\n    }", "(0.9 * settings.OutputScale)" ]
        @ periphery
            "Converter"
            [ "converter-chance", "moved + (float)(uniforms[i] - ⟦0.5⟧);", "0.4"
              "converter-tie", "step * MathF.Round(moved, ⟦MidpointRounding.ToEven⟧)", "MidpointRounding.AwayFromZero"
              "converter-below", "(⟦alsoNegative⟧ && value < -bound)", "true"
              "converter-noise", "MathF.FusedMultiplyAdd(⟦deviation⟧, normals[i], values[i]);", "0.9f * deviation" ]

    let private scattered =
        Mutant.listOf
            "src/AnalogTheory.Kernels/Sampling/GaussianSingleAt.cs"
            [ "normal numbers at places" ]
            [ Classes("AnalogTheory.Kernels.Tests", "FillTests") ]
            [ "scattered-pair", "sign[TSingle.Count + k] = ⟦number < 2⟧ ?", "number < 1"
              "scattered-block", "(elements[k] / SingleGroup * SingleBlocks) + ⟦(place % SingleBlocks)⟧;", "0UL" ]

    /// All of them.
    let mutants: Mutant list = List.concat [ updates; trains; reads; scattered ]
