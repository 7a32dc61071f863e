namespace AnalogTheory

open System

/// <summary>A confidence interval of a mean that is valid at every sample size at once, so that one may look after every batch and stop when one likes.</summary>
/// <remarks>
/// For values in a known range half of δ pays for an empirical-Bernstein interval and half for two bets against a mean of zero, which decide
/// its sign sooner, above all when zero lies close to one end of the range. Without a range the interval is asymptotic.
/// Bad values count against the claim that the mean is at least zero. In a known range a NaN, or a value outside the range by more than
/// rounding, becomes the range's lower end; without a range a value that is not finite makes the mean −∞.
/// </remarks>
[<RequireQualifiedAccess>]
type ConfidenceSequence =
    private
    | Known of bernstein: EmpiricalBernstein * above: Capital * below: Capital * lower: float * upper: float * bad: int64
    | Unknown of AsymptoticInterval * bad: int64

    /// Number of values.
    member state.Count =
        match state with
        | Known(bernstein, _, _, _, _, _) -> bernstein.Count
        | Unknown(interval, bad) -> interval.Count + bad

    /// Mean of the values, bad ones as they were counted.
    member state.Mean =
        match state with
        | Known(bernstein, _, _, _, _, _) -> bernstein.Mean
        | Unknown(_, bad) when bad > 0L -> -infinity
        | Unknown(interval, _) -> interval.Mean

    /// Number of values that were NaN, infinite or outside the range.
    member state.Bad =
        match state with
        | Known(_, _, _, _, _, bad) -> bad
        | Unknown(_, bad) -> bad

    /// Whether the interval is asymptotic only.
    member state.IsAsymptotic =
        match state with
        | Known _ -> false
        | Unknown _ -> true

/// Making, feeding and reading confidence sequences.
[<RequireQualifiedAccess>]
module ConfidenceSequence =

    /// How far outside its range a value may lie through rounding, in widths of the range.
    let private slack = 1e-12

    /// <summary>No values yet, in a known range.</summary>
    /// <param name="lower">A number that no value is below, finite.</param>
    /// <param name="upper">A number that no value is above, finite.</param>
    /// <exception cref="T:System.ArgumentException">A bound is not finite, or upper &lt; lower.</exception>
    let bounded (lower: float) (upper: float) : ConfidenceSequence =
        let bernstein = EmpiricalBernstein.create lower upper
        ConfidenceSequence.Known(bernstein, Capital.create lower, Capital.create -upper, lower, upper, 0L)

    /// No values yet, without a known range.
    let asymptotic: ConfidenceSequence = ConfidenceSequence.Unknown(AsymptoticInterval.empty, 0L)

    /// The sequence that a range calls for.
    let ofRange (range: (float * float) option) : ConfidenceSequence =
        match range with
        | Some(lower, upper) -> bounded lower upper
        | None -> asymptotic

    /// The state after more values, in order; the same as one update per value.
    let updateAll (state: ConfidenceSequence) (values: float[]) : ConfidenceSequence =
        match state with
        | ConfidenceSequence.Known(bernstein, above, below, lower, upper, bad) ->
            let margin = slack * (upper - lower)
            let isGood value = value >= lower - margin && value <= upper + margin
            let clean = values |> Array.map (fun value -> if isGood value then Math.Clamp(value, lower, upper) else lower)
            let newlyBad = values |> Array.sumBy (fun value -> if isGood value then 0L else 1L)

            ConfidenceSequence.Known(
                EmpiricalBernstein.updateAll (ReadOnlySpan<float>(clean)) bernstein,
                Capital.updateAll 1.0 (ReadOnlySpan<float>(clean)) above,
                Capital.updateAll -1.0 (ReadOnlySpan<float>(clean)) below,
                lower,
                upper,
                bad + newlyBad
            )
        | ConfidenceSequence.Unknown(interval, bad) ->
            let good = values |> Array.filter Double.IsFinite
            ConfidenceSequence.Unknown(AsymptoticInterval.updateAll (ReadOnlySpan<float>(good)) interval, bad + int64 (values.Length - good.Length))

    /// The state after one more value.
    let update (state: ConfidenceSequence) (value: float) : ConfidenceSequence = updateAll state [| value |]

    /// <summary>Both ends of the interval. A bet that reached 4/δ excludes the other sign: the lower end is then at least 0, or the upper end below it.</summary>
    /// <param name="delta">δ in (0, 1): the chance that the interval ever misses the mean is at most δ.</param>
    /// <param name="state">What was seen.</param>
    let interval (delta: float) (state: ConfidenceSequence) : struct (float * float) =
        Require.between "delta" 0.0 1.0 delta

        match state with
        | ConfidenceSequence.Known(bernstein, above, below, lower, upper, _) ->
            let struct (least, most) = EmpiricalBernstein.interval (0.5 * delta) bernstein
            // Each bet is one-sided, and there are two: a quarter of δ each.
            let price = 4.0 / delta
            let least = if above.Peak >= price then Math.Max(least, 0.0) else least
            let most = if below.Peak >= price then Math.Min(most, Math.BitDecrement 0.0) else most
            // Contradicting parts: the event of probability δ has happened for sure, and nothing is known.
            if least <= most then struct (least, most) else struct (lower, upper)
        | ConfidenceSequence.Unknown(_, bad) when bad > 0L -> struct (-infinity, -infinity)
        | ConfidenceSequence.Unknown(interval, _) -> AsymptoticInterval.interval delta interval

    /// What a verdict reports.
    let evidence (delta: float) (state: ConfidenceSequence) : SampledEvidence =
        let struct (lower, upper) = interval delta state

        { Lower = lower
          Upper = upper
          Samples = state.Count
          Delta = delta
          IsAsymptotic = state.IsAsymptotic }

    /// Whether a mean of at least zero is supported (the interval has nothing below zero), refuted (nothing else), or neither.
    let decide (delta: float) (state: ConfidenceSequence) : Verdict option =
        let evidence = evidence delta state

        if evidence.Lower >= 0.0 then Some(Supported evidence)
        elif evidence.Upper < 0.0 then Some(RefutedAtConfidence evidence)
        else None
