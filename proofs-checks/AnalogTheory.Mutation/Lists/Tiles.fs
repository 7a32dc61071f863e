namespace AnalogTheory.Mutation

/// Mutants of arrays: devices, schedules of the transfer algorithms, pairs, files, products, and the error of a pulse train.
[<RequireQualifiedAccess>]
module Tiles =

    let private tests name = Classes("AnalogTheory.Tiles.Tests", name)

    let private tiles path breaks checks = Mutant.listOf $"src/AnalogTheory.Tiles/{path}.cs" breaks checks

    let private device name mutants = tiles $"Devices/{name}" [ "devices on arrays" ] [ tests "DeviceLawTests" ] mutants

    let private devices =
        device
            "LinearStepDevice"
            [ "tile-linear-share", "⟦(AllowIncreasing ? slope : Math.Abs(slope))⟧ / bound;", "Math.Abs(slope)"
              "tile-linear-reverse-up", "double atUpper = ReverseUp ? ⟦lower - ReverseOffset⟧ : upper;", "lower"
              "tile-linear-reverse-down", "double atLower = ReverseDown ? ⟦upper + ReverseOffset⟧ : lower;", "upper - ReverseOffset" ]
        @ device
            "SoftBoundsDevice"
            [ "tile-soft-up", "⟦1.0 / draws.Upper[e]⟧;", "-1.0 / draws.Lower[e]"
              "tile-soft-down", "⟦1.0 / draws.Lower[e]⟧;", "-1.0 / draws.Upper[e]" ]
        @ device
            "SoftBoundsReferenceDevice"
            [ "tile-reference-sign", "draws.Law(2)[e] = ⟦-reference⟧;", "reference"
              "tile-symmetric-point", "? ⟦(draws.StepUp[e] - draws.StepDown[e])⟧ / restoring", "(draws.StepDown[e] - draws.StepUp[e])" ]
        @ device
            "PowerStepDevice"
            [ "tile-power-down", "(gain - difference - ⟦Math.Max(ExponentUpDown, 0.0)⟧);", "0.0"
              "tile-power-reference", "draws.Law(4)[e] = ⟦reference⟧;", "-reference" ]
        @ device "ExponentialStepDevice" [ "tile-exponential-range", "range > 0.0 ? ⟦2.0 / range⟧ : 0.0;", "1.0 / range" ]
        @ device "SymmetricPowerDevice" [ "tile-symmetric-power", "T.Constant(⟦exponent⟧);", "0.9 * exponent" ]
        @ device "PiecewiseStepDevice" [ "tile-piecewise-range", "range > 0.0 ? ⟦1.0 / range⟧ : 0.0;", "0.5 / range" ]

    let private slow =
        tiles
            "Arrays/DeviceArray"
            [ "resets"; "decay"; "diffusion" ]
            [ tests "DeviceTests" ]
            [ "tile-reset-noise", "MathF.FusedMultiplyAdd(⟦deviation⟧, xi, Elements.ResetTarget[row, column]);", "0.5f * deviation"
              "tile-decay", "MathF.FusedMultiplyAdd(⟦row[j] - target[j]⟧, decay[j], target[j]);", "row[j]"
              "tile-diffusion", "MathF.FusedMultiplyAdd(⟦diffusion[j]⟧, normals[j], row[j]);", "2.0f * diffusion[j]" ]

    let private pairs =
        tiles
            "Arrays/OneSidedArray"
            [ "one-sided pairs" ]
            [ tests "OneSidedArrayTests" ]
            [ "pair-direction", "bool isUp = ⟦ofInput * ofOutput * Math.Sign(learningRate) < 0⟧;", "ofInput * ofOutput < 0"
              "pair-visible", "visible[e] = ⟦plus[e] - minus[e]⟧;", "plus[e] + minus[e]" ]
        @ tiles
            "Arrays/PairRefresh"
            [ "one-sided pairs" ]
            [ tests "OneSidedArrayTests" ]
            [ "pair-upper", "(float)(⟦Settings.UpperThreshold⟧ * _plus.Device.UpperBound);", "Settings.LowerThreshold"
              "pair-lower", "&& ⟦MathF.Min(plus[i], minus[i]) > lower⟧;", "MathF.Max(plus[i], minus[i]) > lower"
              "pair-written", "isHigh[i] ? ⟦plus[i] - minus[i]⟧ : 0.0f;", "plus[i]"
              "pair-period", "return period > 0 && ⟦state.Updates % period == 0⟧", "true" ]

    let private schedules path mutants =
        tiles $"Algorithms/{path}" [ "schedules" ] [ tests "ByHandTests"; tests "ScheduleTests" ] mutants

    let private algorithms =
        schedules
            "TransferAlgorithm"
            [ "transfer-next", "next = ⟦(next + 1) % Lines⟧;", "next"
              "transfer-mixing", "float gamma = ⟦(float)Settings.Mixing⟧;", "1.0f" ]
        @ schedules "TransferSchedule" [ "transfer-period", "CountsBatches ? ⟦Math.Ceiling(Every * batch)⟧", "Every" ]
        @ schedules "TikiTaka" [ "transfer-sign", "_opposite[e] = ⟦-read[e]⟧;", "read[e]" ]
        @ schedules
            "PulseBuffer"
            [ "buffer-decay", "(float)((⟦(1.0 - Decay)⟧ * buffer[e])", "1.0"
              "buffer-whole", "⟦MathF.Truncate((float)(h / threshold))⟧", "MathF.Round((float)(h / threshold))"
              "buffer-debit", "h - (⟦(1.0 - Momentum)⟧ * pulses * threshold)", "0.9"
              "buffer-sign", "read[e] = ⟦-pulses⟧;", "pulses" ]
        @ schedules
            "ChoppedAlgorithm"
            [ "chopper-sign", "read[e] *= ⟦sign * cross[e]⟧;", "cross[e]"
              "chopper-period", "bool regular = ⟦(pass % period) + 1 == period⟧;", "pass % period == 0" ]
        @ schedules
            "Agad"
            [ "agad-mean", "(float)((⟦(1.0 - _share)⟧ * _mean[e])", "1.0"
              "agad-share", "(_share * ⟦a⟧));", "(a - _past[e])"
              "agad-gain", "MathF.FusedMultiplyAdd(⟦gamma⟧, gain[e], slow[e])", "-gamma" ]
        @ schedules
            "MixedPrecision"
            [ "mixed-debit", "(float)(chi[j] - ⟦(pulses * _granularity)⟧);", "(0.9 * pulses * _granularity)"
              "mixed-late", "if (_settings.AsAihwkit ? late : ⟦sent % period == 0⟧)", "late" ]
        @ schedules
            "MultiTile"
            [ "tiles-mixing", "factor *= ⟦(float)_settings.Mixing⟧;", "1.0f"
              "tiles-period", "Math.Round(_settings.Every * ⟦Math.Pow(_settings.Slowdown, pair)⟧)", "2.0"
              "tiles-column", "column = ⟦(column + 1) % Inputs⟧;", "column" ]
        @ schedules
            "Rider"
            [ "rider-follow", "(_settings.FollowRate * ⟦read[e]⟧));", "-read[e]"
              "rider-sign", "read[e] = ⟦-sign⟧ * (read[e] - _reference[e]);", "sign" ]

    let private files =
        tiles
            "Arrays/StateContent"
            [ "saved states" ]
            [ tests "MatrixTests"; tests "AlgorithmFileTests" ]
            [ "saved-updates", "into.Updates = ⟦updates⟧;", "0"; "saved-hidden", "if (⟦into.Hidden is not null⟧)", "false" ]

    let private products =
        tiles
            "Periphery/MatrixProductSideBySide"
            [ "products of many samples" ]
            [ tests "ReadTests" ]
            [ "beside-zero", "columns == weights.Stride ? total : ⟦total + T.Zero⟧;", "total"
              "beside-no-zero", "total = ⟦columns == weights.Stride⟧ ? total", "false"
              "beside-order", "+ ⟦Four(ref sums, 2)⟧ +", "Four(ref sums, 1)"
              "beside-last", "c < ⟦columns - Half⟧; c += Grid.Line", "columns - Half + 1" ]
        @ tiles
            "Arrays/Grid"
            [ "products of many samples" ]
            [ tests "ReadTests" ]
            [ "line-rest", "(c + Line < stride ? line : ⟦line & last⟧)", "line" ]
        @ tiles
            "Arrays/OuterProduct"
            [ "exact updates" ]
            [ tests "ExactUpdateTests" ]
            [ "factors-order", "Vector128.Narrow(⟦scale * lower⟧, scale * upper)", "scale * upper" ]
        @ Mutant.listOf
            "src/AnalogTheory.Kernels/Elementary/Finite.cs"
            [ "refusals" ]
            [ tests "BadInputTests" ]
            [ "finite-odd", "Vector512.Sum(⟦even + odd⟧)", "even" ]

    let private certificates =
        let error path mutants =
            tiles $"Certificates/{path}" [ "D5 on arrays" ] [ tests "PulseTrainErrorTests"; tests "PulsesByHandTests" ] mutants

        error
            "LinearTrain"
            [ "error-mean", "g -= ⟦p * kappa * g⟧;", "0.0"
              "error-cross", "(gg - (kappa * ⟦(dg + moved)⟧));", "dg"
              "error-square", "⟦(kappa * moved) - (2.0 * gg)⟧", "-(2.0 * gg) - (kappa * moved)"
              "error-noise", "isOfStep ? ⟦(1.0 + variance) * gg⟧ : gg", "gg" ]
        @ error
            "ElementTrain"
            [ "error-quadratic", "slots * ⟦(slots - 1.0)⟧ / 2.0;", "slots"
              "error-saturation", "⟦Math.Abs(Math.Abs(sent.Wanted) - sent.MeanCount)⟧", "0.0"
              "error-clip", "double keeps = ⟦next == weight + step⟧", "true"
              "error-field", "new Scalar(⟦sent.Wanted⟧)).Value, at);", "0.9 * sent.Wanted" ]
        @ error "SentPulses" [ "error-odds", "double odds = ⟦probability / (1.0 - probability)⟧;", "probability" ]

    /// All of them.
    let mutants: Mutant list = List.concat [ devices; slow; pairs; algorithms; files; products; certificates ]
