namespace AnalogTheory

open System

/// Values outside a declared range.
[<NoComparison>]
type ValuesOutside =
    private
        {
            /// How many.
            Number: int64
            /// The one furthest outside; NaN is furthest.
            Worst: float
            /// By how much.
            Distance: float
        }

/// <summary>A confidence interval of a mean that is valid at every sample size at once, so that one may look after every batch and stop when one likes.</summary>
/// <remarks>
/// For values in a known range half of δ pays for an empirical-Bernstein interval and half for two bets against a mean of zero, which decide
/// its sign sooner, above all when zero lies close to one end of the range. Without a range the interval is asymptotic, and there is none until
/// the values seen can have a normal mean. A value that is not a number inside the range, by more than rounding, makes the declaration false:
/// such values are counted, and from the first one on the sequence says nothing about the mean. Without a range it is the whole line.
/// </remarks>
[<RequireQualifiedAccess>]
type ConfidenceSequence =
    private
    | Known of bernstein: EmpiricalBernstein * above: Capital * below: Capital * lower: float * upper: float * outside: ValuesOutside
    | Unknown of AsymptoticInterval * outside: ValuesOutside

    /// Number of values, those outside the range among them.
    member state.Count =
        match state with
        | Known(bernstein, _, _, _, _, outside) -> bernstein.Count + outside.Number
        | Unknown(interval, outside) -> interval.Count + outside.Number

    /// Mean of the values inside the range.
    member state.Mean =
        match state with
        | Known(bernstein, _, _, _, _, _) -> bernstein.Mean
        | Unknown(interval, _) -> interval.Mean

    /// Number of values outside the range: NaN, infinite, or beyond an end.
    member state.Outside =
        match state with
        | Known(_, _, _, _, _, outside)
        | Unknown(_, outside) -> outside.Number

    /// Whether the interval is asymptotic only.
    member state.IsAsymptotic =
        match state with
        | Known _ -> false
        | Unknown _ -> true

/// Making, feeding and reading confidence sequences.
[<RequireQualifiedAccess>]
module ConfidenceSequence =

    /// Name of the hypothesis that every value lies in the declared range.
    let rangeName = "range"

    /// How far outside its range a value may lie through rounding, in widths of the range.
    let private slack = 1e-12

    let private none: ValuesOutside = { Number = 0L; Worst = nan; Distance = 0.0 }

    // How far a value lies outside [lower, upper], at most 0 inside; NaN counts as infinitely far.
    let private beyond (lower: float) (upper: float) (value: float) : float =
        if Double.IsNaN value then infinity else Math.Max(lower - value, value - upper)

    // The values inside, and what is known of the others.
    let private sort
        (isInside: float -> bool)
        (distance: float -> float)
        (outside: ValuesOutside)
        (values: float[])
        : float[] * ValuesOutside =
        let add (outside: ValuesOutside) value =
            let further = distance value

            if further >= outside.Distance then
                { Number = outside.Number + 1L; Worst = value; Distance = further }
            else
                { outside with Number = outside.Number + 1L }

        Array.filter isInside values, values |> Array.filter (isInside >> not) |> Array.fold add outside

    /// <summary>No values yet, in a known range.</summary>
    /// <param name="lower">A number that no value is below, finite.</param>
    /// <param name="upper">A number that no value is above, finite.</param>
    /// <exception cref="T:System.ArgumentException">A bound is not finite, or upper &lt; lower.</exception>
    let bounded (lower: float) (upper: float) : ConfidenceSequence =
        let bernstein = EmpiricalBernstein.create lower upper
        ConfidenceSequence.Known(bernstein, Capital.create lower, Capital.create -upper, lower, upper, none)

    /// No values yet, without a known range.
    let asymptotic: ConfidenceSequence = ConfidenceSequence.Unknown(AsymptoticInterval.empty, none)

    /// <summary>The sequence that a range calls for.</summary>
    /// <param name="range">Ends a and b between which every value lies for certain; None where there are none.</param>
    let ofRange (range: (float * float) option) : ConfidenceSequence =
        match range with
        | Some(lower, upper) -> bounded lower upper
        | None -> asymptotic

    /// <summary>The state after more values, in order; the same as one update per value.</summary>
    /// <param name="state">What was seen so far.</param>
    /// <param name="values">The values, in order; inside the range if there is one.</param>
    let updateAll (state: ConfidenceSequence) (values: float[]) : ConfidenceSequence =
        match state with
        | ConfidenceSequence.Known(bernstein, above, below, lower, upper, outside) ->
            // A few units in the last place of the ends, and a little of the width.
            let room = slack * (upper - lower) + 1e-15 * Math.Max(abs lower, abs upper)
            let distance = beyond lower upper
            let inside, outside = sort (fun value -> distance value <= room) distance outside values
            let inside = inside |> Array.map (fun value -> Math.Clamp(value, lower, upper))

            ConfidenceSequence.Known(
                EmpiricalBernstein.updateAll (ReadOnlySpan<float>(inside)) bernstein,
                Capital.updateAll 1.0 (ReadOnlySpan<float>(inside)) above,
                Capital.updateAll -1.0 (ReadOnlySpan<float>(inside)) below,
                lower,
                upper,
                outside
            )
        | ConfidenceSequence.Unknown(interval, outside) ->
            let inside, outside = sort Double.IsFinite (fun _ -> infinity) outside values
            ConfidenceSequence.Unknown(AsymptoticInterval.updateAll (ReadOnlySpan<float>(inside)) interval, outside)

    /// <summary>The state after one more value.</summary>
    /// <param name="state">What was seen so far.</param>
    /// <param name="value">The value; inside the range if there is one.</param>
    let update (state: ConfidenceSequence) (value: float) : ConfidenceSequence = updateAll state [| value |]

    /// <summary>
    /// Both ends of the interval. A bet that reached 4/δ excludes the other sign: the lower end is then at least 0, or the upper end below it.
    /// After a value outside the range it is the whole line.
    /// </summary>
    /// <param name="delta">δ in (0, 1): the chance that the interval ever misses the mean is at most δ.</param>
    /// <param name="state">What was seen.</param>
    let interval (delta: float) (state: ConfidenceSequence) : struct (float * float) =
        Require.between "delta" 0.0 1.0 delta

        match state with
        | _ when state.Outside > 0L -> struct (-infinity, infinity)
        | ConfidenceSequence.Known(bernstein, above, below, lower, upper, _) ->
            let struct (least, most) = EmpiricalBernstein.interval (0.5 * delta) bernstein
            // Each bet is one-sided, and there are two: a quarter of δ each.
            let price = 4.0 / delta
            let least = if above.Peak >= price then Math.Max(least, 0.0) else least
            let most = if below.Peak >= price then Math.Min(most, Math.BitDecrement 0.0) else most
            // Contradicting parts: the event of probability δ has happened for sure, and nothing is known.
            if least <= most then struct (least, most) else struct (lower, upper)
        | ConfidenceSequence.Unknown(interval, _) -> AsymptoticInterval.interval delta interval

    /// <summary>What a verdict reports.</summary>
    /// <param name="delta">Probability δ of being ever wrong, strictly between 0 and 1.</param>
    /// <param name="state">What was seen so far.</param>
    let evidence (delta: float) (state: ConfidenceSequence) : SampledEvidence =
        let struct (lower, upper) = interval delta state

        { Lower = lower
          Upper = upper
          Samples = state.Count
          Delta = delta
          IsAsymptotic = state.IsAsymptotic }

    /// <summary>Why no amount of width would make an interval of what was seen: the mean of values without a range cannot be normal yet. None if it can.</summary>
    /// <param name="delta">Probability δ of being ever wrong, strictly between 0 and 1.</param>
    /// <param name="state">What was seen so far.</param>
    let obstacle (delta: float) (state: ConfidenceSequence) : string option =
        match state with
        | ConfidenceSequence.Known _ -> None
        | ConfidenceSequence.Unknown(interval, _) -> AsymptoticInterval.obstacle delta interval

    let private text (value: float) = value.ToString("G4", Globalization.CultureInfo.InvariantCulture)

    // The declaration that values outside the range make false.
    let private falseRange (state: ConfidenceSequence) : FailedHypothesis =
        let declared, outside =
            match state with
            | ConfidenceSequence.Known(_, _, _, lower, upper, outside) -> $"[{text lower}, {text upper}] is declared", outside
            | ConfidenceSequence.Unknown(_, outside) -> "no range is declared, and a margin is a number", outside

        { Name = rangeName
          Margin = -outside.Distance
          Replicas = Some(outside.Number, state.Count)
          Note = $"{declared}, the furthest outside is {text outside.Worst}" }

    /// <summary>
    /// Whether a mean of at least zero is supported (the interval has nothing below zero), refuted (nothing else), or neither; vacuous after a value
    /// outside the range, with the count.
    /// </summary>
    /// <param name="delta">Probability δ of being ever wrong, strictly between 0 and 1.</param>
    /// <param name="state">What was seen so far.</param>
    let decide (delta: float) (state: ConfidenceSequence) : Verdict option =
        if state.Outside > 0L then
            Some(Vacuous [ falseRange state ])
        else
            let evidence = evidence delta state

            if evidence.Lower >= 0.0 then Some(Supported evidence)
            elif evidence.Upper < 0.0 then Some(RefutedAtConfidence evidence)
            else None
