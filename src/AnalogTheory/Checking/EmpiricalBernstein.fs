namespace AnalogTheory

open System

/// <summary>What an empirical-Bernstein confidence sequence remembers of values in [a, b].</summary>
/// <remarks>
/// With y = (x − a)/(b − a) and any prediction ŷᵢ ∈ [0, 1] made before yᵢ, here (½ + Σy)/(count + 1),
/// <code>exp(λ·Σ(yᵢ − m) − ψ(λ)·Σ(yᵢ − ŷᵢ)²),  ψ(λ) = −log(1−λ) − λ,  0 ≤ λ &lt; 1</code>
/// is a non-negative supermartingale when every value has mean m (Fan's inequality). Waudby-Smith and Ramdas 2023 (JRSS B, Theorem 2; their
/// ψ_E is ψ/4 against 4(y − ŷ)²) turn it into C_t = Σλy/Σλ ± (log(2/δ) + Σψ(λ)(y − ŷ)²)/Σλ with λ chosen as one goes for one δ. Departure: λ is
/// averaged over sixteen values ¾·2⁻ʲ instead (a discrete mixture, as in Howard, Ramdas, McAuliffe and Sekhon, Annals of Statistics 2021), so one state
/// serves every δ and no sample size is favoured.
/// </remarks>
type EmpiricalBernstein =
    private
        {
            Lower: float
            Upper: float
            Seen: int64
            /// Σy.
            Sum: float
            /// Σ(y − ŷ)².
            Variation: float
        }

    /// Number of values.
    member state.Count = state.Seen

    /// Mean of the values; the middle of the range before the first.
    member state.Mean =
        let share = if state.Seen = 0L then 0.5 else state.Sum / float state.Seen
        state.Lower + (state.Upper - state.Lower) * share

/// Confidence intervals of a mean that hold at every sample size at once.
[<RequireQualifiedAccess>]
module EmpiricalBernstein =

    let private stakes = Array.init 16 (fun j -> 0.75 * pown 0.5 j)
    let private costs = stakes |> Array.map (fun stake -> -Math.Log(1.0 - stake) - stake)

    /// <summary>No values yet.</summary>
    /// <param name="lower">a, finite.</param>
    /// <param name="upper">b ≥ a, finite.</param>
    /// <exception cref="T:System.ArgumentException">A bound is not finite, or b &lt; a.</exception>
    let create (lower: float) (upper: float) : EmpiricalBernstein =
        Require.finite "lower" lower
        Require.finite "upper" upper
        Require.within "upper" lower Double.MaxValue upper

        { Lower = lower; Upper = upper; Seen = 0L; Sum = 0.0; Variation = 0.0 }

    /// <summary>The state after more values, which lie in [a, b].</summary>
    /// <param name="values">The values, in order.</param>
    /// <param name="state">What was seen so far.</param>
    let updateAll (values: ReadOnlySpan<float>) (state: EmpiricalBernstein) : EmpiricalBernstein =
        let width = state.Upper - state.Lower
        let scale = if width > 0.0 then 1.0 / width else 0.0
        let mutable seen = state.Seen
        let mutable sum = state.Sum
        let mutable variation = state.Variation

        for value in values do
            let y = (value - state.Lower) * scale
            let predicted = (0.5 + sum) / float (seen + 1L)
            variation <- variation + (y - predicted) * (y - predicted)
            sum <- sum + y
            seen <- seen + 1L

        { state with Seen = seen; Sum = sum; Variation = variation }

    // log of the averaged supermartingale at an excess s = Σ(y − m) of one sign, and its slope in s.
    let private logCapital (variation: float) (excess: float) : struct (float * float) =
        let mutable largest = -infinity

        for j in 0 .. stakes.Length - 1 do
            largest <- Math.Max(largest, stakes[j] * excess - costs[j] * variation)

        let mutable total = 0.0
        let mutable slope = 0.0

        for j in 0 .. stakes.Length - 1 do
            let share = Math.Exp(stakes[j] * excess - costs[j] * variation - largest)
            total <- total + share
            slope <- slope + share * stakes[j]

        struct (largest + Math.Log(total / float stakes.Length), slope / total)

    // The smallest excess whose evidence reaches a threshold. The function is convex and increasing, so Newton's iteration from above stays above.
    let private excessAt (threshold: float) (variation: float) : float =
        let rec refine excess left =
            let struct (value, slope) = logCapital variation excess
            let next = excess - (value - threshold) / slope
            if next < excess && left > 0 then refine next (left - 1) else excess

        // One stake alone needs at most this.
        refine ((threshold + Math.Log(float stakes.Length) + costs[0] * variation) / stakes[0]) 60

    /// <summary>Log evidence against the mean m: if m is the mean, it ever exceeds log(2/δ) with probability at most δ.</summary>
    /// <param name="mean">The mean m that is put in question.</param>
    /// <param name="state">What was seen so far.</param>
    let evidence (mean: float) (state: EmpiricalBernstein) : float =
        let width = state.Upper - state.Lower

        if width > 0.0 then
            let struct (value, _) = logCapital state.Variation (abs (state.Sum - float state.Seen * ((mean - state.Lower) / width)))
            value
        elif mean = state.Lower then
            -infinity
        else
            infinity

    /// <summary>Both ends of the confidence interval inside [a, b]: it contains the mean at all sample sizes with probability at least 1 − δ.</summary>
    /// <param name="delta">δ in (0, 1).</param>
    /// <param name="state">What was seen.</param>
    let interval (delta: float) (state: EmpiricalBernstein) : struct (float * float) =
        Require.between "delta" 0.0 1.0 delta

        if state.Seen = 0L then
            struct (state.Lower, state.Upper)
        else
            let above = excessAt (Math.Log(2.0 / delta)) state.Variation
            let width, count = state.Upper - state.Lower, float state.Seen
            let least = state.Lower + width * ((state.Sum - above) / count)
            let most = state.Lower + width * ((state.Sum + above) / count)
            struct (Math.Max(state.Lower, least), Math.Min(state.Upper, most))
