namespace AnalogTheory

open System

/// <summary>What an asymptotic confidence sequence remembers of values without a known range.</summary>
/// <remarks>
/// C_t = mean ± s·√(2(tρ² + 1)/(tρ)² · log(√(tρ² + 1)/δ)), s the sample deviation: asymptotically valid at all sample sizes together. Source:
/// Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences", Annals of
/// Statistics 2024, Theorem 2.2, with ρ² = (2 log(1/δ) + log(1 + 2 log(1/δ)))/t₀, which makes it shortest near t₀ = 1024. Nothing is claimed
/// below 256 values, and nothing at any finite size: a verdict that rests on it is labelled asymptotic. Where the values seen cannot have a
/// normal mean yet there is no interval, and the obstacle says why. A tail of which nothing was drawn is beyond any such test.
/// </remarks>
type AsymptoticInterval =
    private
        {
            Seen: int64
            Average: float
            /// Σ(x − mean)², Σ(x − mean)³, Σ(x − mean)⁴.
            Squares: float
            Cubes: float
            Fourths: float
            /// Different values, as many as matter.
            Different: Set<float>
        }

    /// Number of values.
    member state.Count = state.Seen

    /// Mean of the values; 0 before the first.
    member state.Mean = state.Average

    /// Sample skewness; NaN where all values are equal.
    member state.Skewness = sqrt (float state.Seen) * state.Cubes / Math.Pow(state.Squares, 1.5)

    /// Sample kurtosis, 3 for normal values and at least 1 + skewness²; NaN where all values are equal.
    member state.Kurtosis = float state.Seen * state.Fourths / (state.Squares * state.Squares)

/// Intervals for unbounded noise.
[<RequireQualifiedAccess>]
module AsymptoticInterval =

    /// Fewest values for which an interval is given.
    let fewest = 256L

    /// Fewest different values for which an interval is given.
    let fewestDifferent = 32

    /// <summary>Values that a mean needs before it is taken as normal, in units of log(1/δ)·kurtosis.</summary>
    /// <remarks>
    /// No value may then have more than a tenth of all squares at δ = .05 (Lindeberg's condition, as seen from the sample), and since the kurtosis
    /// is at least 1 + skewness² the skewness is held down with it. log(1/δ): the further out, the later a tail is normal. The factor was chosen
    /// by calibration, on skewed, heavy-tailed, two-point and changing laws at δ = .05 and .001.
    /// </remarks>
    let patience = 32.0

    let private favourite = 1024.0

    /// No values yet.
    let empty: AsymptoticInterval =
        { Seen = 0L
          Average = 0.0
          Squares = 0.0
          Cubes = 0.0
          Fourths = 0.0
          Different = Set.empty }

    /// <summary>The state after more values (Welford's recursion, and Pébay's for the higher moments).</summary>
    /// <param name="values">The values, in order.</param>
    /// <param name="state">What was seen so far.</param>
    let updateAll (values: ReadOnlySpan<float>) (state: AsymptoticInterval) : AsymptoticInterval =
        let mutable seen = state.Seen
        let mutable average = state.Average
        let mutable squares, cubes, fourths = state.Squares, state.Cubes, state.Fourths
        let mutable different = state.Different

        for value in values do
            let before = float seen
            seen <- seen + 1L
            let n = float seen
            let gap = value - average
            let step = gap / n
            let term = gap * step * before
            average <- average + step
            fourths <- fourths + term * step * step * (n * n - 3.0 * n + 3.0) + 6.0 * step * step * squares - 4.0 * step * cubes
            cubes <- cubes + term * step * (n - 2.0) - 3.0 * step * squares
            squares <- squares + gap * (value - average)

            if different.Count < fewestDifferent then different <- different.Add value

        { Seen = seen
          Average = average
          Squares = squares
          Cubes = cubes
          Fourths = fourths
          Different = different }

    let private text (value: float) = value.ToString("G3", Globalization.CultureInfo.InvariantCulture)

    /// <summary>Why the mean of the values seen cannot be taken as normal at δ; None if it can.</summary>
    /// <param name="delta">δ in (0, 1).</param>
    /// <param name="state">What was seen.</param>
    let obstacle (delta: float) (state: AsymptoticInterval) : string option =
        Require.between "delta" 0.0 1.0 delta
        let needed = -patience * Math.Log delta * state.Kurtosis

        if state.Seen < fewest then
            Some(invariant $"no range is stated, and {state.Seen} margins are too few for a normal mean, which takes {fewest}")
        elif state.Different.Count < 2 then
            Some(
                invariant
                    $"no range is stated, and all {state.Seen} margins are {text state.Average}: without any spread nothing is known of those not drawn"
            )
        elif state.Different.Count < fewestDifferent then
            Some(
                invariant
                    $"no range is stated, and the {state.Seen} margins took {state.Different.Count} values only: a law of few values may have a rare one that was not drawn; state its range"
            )
        elif not (float state.Seen >= needed) then
            Some(
                invariant
                    $"no range is stated, and with skewness {text state.Skewness} and kurtosis {text state.Kurtosis} the mean of {state.Seen} margins is not normal yet; that takes {text needed}"
            )
        else
            None

    /// <summary>Both ends of the interval; the whole line where there is an obstacle.</summary>
    /// <param name="delta">δ in (0, 1).</param>
    /// <param name="state">What was seen.</param>
    let interval (delta: float) (state: AsymptoticInterval) : struct (float * float) =
        if (obstacle delta state).IsSome then
            struct (-infinity, infinity)
        else
            let count = float state.Seen
            let cost = -2.0 * Math.Log delta
            let rho2 = (cost + Math.Log(1.0 + cost)) / favourite
            let spread = count * rho2 + 1.0
            let deviation = sqrt (state.Squares / (count - 1.0))
            let radius = deviation * sqrt (2.0 * spread / (count * count * rho2) * (0.5 * Math.Log spread - Math.Log delta))
            struct (state.Average - radius, state.Average + radius)
