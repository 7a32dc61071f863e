namespace AnalogTheory

open System

/// <summary>Mean and variance of a weight after a number of zero-shifting pulses; <c>ZeroShiftPrediction</c> tells where and how fast it goes.</summary>
type ZeroShiftMoments =
    {
        /// E[w_n], unit of weight.
        Mean: float
        /// Var[w_n] over directions and cycle noise, unit of weight².
        Variance: float
        /// Whether the numbers are exact: both responses are straight lines and no weight is clipped. Otherwise the responses are replaced by
        /// their tangents at w⋄, which is right near w⋄ and for small pulses.
        IsExact: bool
    }

/// <summary>Mean and variance of zero-shifting, pulse by pulse.</summary>
/// <remarks>
/// With x = w − w⋄, F = f₀ + f₁x and G = g₁x, a pulse of direction s moves x by Δw_min·(sF − G), so E[x] and E[x²] follow a linear recursion.
/// For the asymmetric linear device f₀ = 1, f₁ = 0, g₁ = 1/τ, and the recursion is claim D8. Cycle noise of deviation σ adds σ²·E[step²] if it
/// is multiplicative and σ²·Δw_min² if it is additive.
/// </remarks>
[<RequireQualifiedAccess>]
module ZeroShiftMoments =

    /// F(w⋄), F′(w⋄), G′(w⋄), and whether q₊ and q₋ are straight lines.
    let private tangents (device: Device) (point: float) : struct (float * float * float * bool) =
        let lower = if Double.IsFinite device.Lower then device.Lower else min (device.Upper - 2.0) (point - 1.0)
        let upper = if Double.IsFinite device.Upper then device.Upper else max (lower + 2.0) (point + 1.0)

        let isLine (q: float -> float) =
            let a, b = q lower, q upper

            Seq.forall
                (fun i ->
                    let share = float i / 16.0
                    let w = lower + share * (upper - lower)
                    abs (q w - (a + share * (b - a))) <= 1e-12 * (abs a + abs b + 1.0))
                (seq { 0..16 })

        if isLine device.Up && isLine device.Down then
            let slope (q: float -> float) = (q upper - q lower) / (upper - lower)
            struct (device.Symmetric point, slope device.Symmetric, slope device.Asymmetric, true)
        else
            // The cube root of the rounding error balances it against the third derivative.
            let h = 6e-6 * (upper - lower)

            let slope (q: float -> float) =
                (q (min upper (point + h)) - q (max lower (point - h))) / (min upper (point + h) - max lower (point - h))

            struct (device.Symmetric point, slope device.Symmetric, slope device.Asymmetric, false)

    /// E[x] and E[x²] before the first pulse and after each, for a given first direction (0: every direction is a fair coin).
    let private moments (pulsed: PulsedDevice) (struct (f0, f1, g1)) (first: float) (x: float) : seq<struct (float * float)> =
        let dw = pulsed.Granularity

        let scaled, added =
            match pulsed.CycleNoise with
            | CycleNoise.Absent -> 1.0, 0.0
            | CycleNoise.Multiplicative deviation -> 1.0 + deviation * deviation, 0.0
            | CycleNoise.Additive deviation -> 1.0, deviation * deviation

        let next (struct (sign, m, second)) =
            // step/Δw_min = s·f₀ + (s·f₁ − g₁)·x, with E[s] = sign and s² = 1.
            let cross = 2.0 * dw * ((sign * f0) * m + (sign * f1 - g1) * second)
            let square = f0 * f0 + 2.0 * f0 * (f1 - sign * g1) * m + (f1 * f1 - 2.0 * sign * f1 * g1 + g1 * g1) * second
            struct (-sign, m + dw * (sign * f0 + (sign * f1 - g1) * m), second + cross + dw * dw * (scaled * square + added))

        Seq.unfold (fun (struct (_, m, second) as state) -> Some(struct (m, second), next state)) (struct (first, x, x * x))

    let private prepared (pulsed: PulsedDevice) =
        let point = SymmetricPoint.find pulsed.Device
        let struct (f0, f1, g1, isLine) = tangents pulsed.Device point
        let isClipped = Double.IsFinite pulsed.Floor || Double.IsFinite pulsed.Ceiling
        point, struct (f0, f1, g1), isLine && not isClipped

    /// Offsets E[x] and E[x²] of both first directions averaged, pulse by pulse.
    let private paths (pulsed: PulsedDevice) (signs: ShiftingSigns) slopes (x: float) : seq<struct (float * float)> =
        match signs with
        | ShiftingSigns.Independent -> moments pulsed slopes 0.0 x
        | ShiftingSigns.Alternating ->
            Seq.map2
                (fun (struct (m, a)) (struct (n, b)) -> struct (0.5 * (m + n), 0.5 * (a + b)))
                (moments pulsed slopes 1.0 x)
                (moments pulsed slopes -1.0 x)

    /// <summary>Mean and variance after n pulses.</summary>
    /// <param name="pulsed">Element; its device has a symmetric point.</param>
    /// <param name="signs">Directions of the pulses.</param>
    /// <param name="pulses">Number of pulses n, at least 0.</param>
    /// <param name="w">Weight before, finite, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">n is below 0, w is not finite, or the device has no symmetric point.</exception>
    let after (pulsed: PulsedDevice) (signs: ShiftingSigns) (pulses: int) (w: float) : ZeroShiftMoments =
        Require.atLeast "pulses" 0L (int64 pulses)
        Require.finite "w" w
        let point, slopes, isExact = prepared pulsed
        let struct (mean, second) = paths pulsed signs slopes (w - point) |> Seq.item pulses

        { Mean = point + mean
          Variance = max 0.0 (second - mean * mean)
          IsExact = isExact }
