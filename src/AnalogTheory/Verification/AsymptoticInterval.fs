namespace AnalogTheory

open System

/// <summary>What an asymptotic confidence sequence remembers of values without a known range.</summary>
/// <remarks>
/// C_t = mean ± s·√(2(tρ² + 1)/(tρ)² · log(√(tρ² + 1)/δ)), s the sample deviation: asymptotically valid at all sample sizes together. Source:
/// Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences", Annals of
/// Statistics 2024, Theorem 2.2, with ρ² = (2 log(1/δ) + log(1 + 2 log(1/δ)))/t₀, which makes it shortest near t₀ = 1024. Nothing is claimed
/// below 256 values, and nothing at any finite size: a verdict that rests on it is labelled asymptotic.
/// </remarks>
type AsymptoticInterval =
    private
        {
            Seen: int64
            Average: float
            /// Σ(x − mean)².
            Squares: float
        }

    /// Number of values.
    member state.Count = state.Seen

    /// Mean of the values; 0 before the first.
    member state.Mean = state.Average

/// Intervals for unbounded noise.
[<RequireQualifiedAccess>]
module AsymptoticInterval =

    /// Fewest values for which an interval is given.
    let fewest = 256L

    let private favourite = 1024.0

    /// No values yet.
    let empty: AsymptoticInterval = { Seen = 0L; Average = 0.0; Squares = 0.0 }

    /// The state after more values (Welford's recursion).
    let updateAll (values: ReadOnlySpan<float>) (state: AsymptoticInterval) : AsymptoticInterval =
        let mutable seen = state.Seen
        let mutable average = state.Average
        let mutable squares = state.Squares

        for value in values do
            seen <- seen + 1L
            let gap = value - average
            average <- average + gap / float seen
            squares <- squares + gap * (value - average)

        { Seen = seen
          Average = average
          Squares = squares }

    /// <summary>Both ends of the interval; the whole line below 256 values.</summary>
    /// <param name="delta">δ in (0, 1).</param>
    /// <param name="state">What was seen.</param>
    let interval (delta: float) (state: AsymptoticInterval) : struct (float * float) =
        Require.between "delta" 0.0 1.0 delta

        if state.Seen < fewest then
            struct (-infinity, infinity)
        else
            let count = float state.Seen
            let cost = -2.0 * Math.Log delta
            let rho2 = (cost + Math.Log(1.0 + cost)) / favourite
            let spread = count * rho2 + 1.0
            let deviation = sqrt (state.Squares / (count - 1.0))
            let radius = deviation * sqrt (2.0 * spread / (count * count * rho2) * (0.5 * Math.Log spread - Math.Log delta))
            struct (state.Average - radius, state.Average + radius)
