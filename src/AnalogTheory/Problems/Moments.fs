namespace AnalogTheory

open System
open MathNet.Numerics

/// One value of a noise with finite support, and its probability.
[<Struct>]
type Atom =
    {
        /// Value; loss/weight.
        Value: float
        /// Probability.
        Probability: float
    }

/// Moments of |g + ε| as functions of g, which need the distribution and not only its first two moments.
[<NoEquality; NoComparison>]
type AbsoluteMoments =
    {
        /// E|g + ε|; loss/weight.
        Mean: float -> float
        /// E (g + ε)·|g + ε|; (loss/weight)².
        SignedSquare: float -> float
    }

/// <summary>The distribution of one coordinate's noise, through the moments that the theory uses.</summary>
/// <remarks>
/// All moments are exact up to rounding: closed forms, or sums over the support; those of a user's own noise are what its user vouches for. A
/// moment that nobody knows is NaN, which every hypothesis that asks for it fails.
/// </remarks>
[<NoEquality; NoComparison>]
type Moments =
    {
        /// E ε; loss/weight; NaN if unknown.
        Mean: float
        /// E ε²; (loss/weight)²; NaN if unknown.
        SecondMoment: float
        /// Moments of |g + ε|; None where no closed form is known and the support is too large to enumerate.
        Absolute: AbsoluteMoments option
        /// The values that ε takes, where they are finitely many.
        Support: Atom[] option
        /// Largest |ε|; ∞ if unbounded, NaN if unknown.
        Bound: float
    }

    member private moments.Known =
        match moments.Absolute with
        | Some known -> known
        | None ->
            raise (
                NotSupportedException
                    "Expected a noise whose moments of |g + ε| are known, got one without: a user's own, or a mini-batch with too many distinct draws to enumerate."
            )

    /// <summary>E|g + ε|; E|ε| at g = 0; loss/weight.</summary>
    /// <param name="g">Gradient g of the coordinate without noise, loss/weight.</param>
    /// <exception cref="T:System.NotSupportedException">The moments of |g + ε| are not known; see Absolute.</exception>
    member moments.MeanAbsolute(g: float) : float = moments.Known.Mean g

    /// <summary>E (g + ε)·|g + ε|, which is E (g + ε)² with the sign of g + ε; (loss/weight)².</summary>
    /// <param name="g">Gradient g of the coordinate without noise, loss/weight.</param>
    /// <exception cref="T:System.NotSupportedException">The moments of |g + ε| are not known; see Absolute.</exception>
    member moments.MeanSignedSquare(g: float) : float = moments.Known.SignedSquare g

/// Moments of the families.
[<RequireQualifiedAccess>]
module Moments =

    let private sqrtTwoPi = sqrt (2.0 * Math.PI)
    let private density x = exp (-0.5 * x * x) / sqrtTwoPi
    let private upperTail x = 0.5 * SpecialFunctions.Erfc(x / sqrt 2.0)

    /// <summary>Moments of a distribution with finite support.</summary>
    /// <param name="atoms">The values, loss/weight, with their probabilities, which are positive and sum to 1.</param>
    let ofSupport (atoms: Atom[]) : Moments =
        let expect f = atoms |> Array.sumBy (fun atom -> atom.Probability * f atom.Value)

        { Mean = expect id
          SecondMoment = expect (fun x -> x * x)
          Absolute =
            Some
                { Mean = fun g -> expect (fun x -> abs (g + x))
                  SignedSquare = fun g -> expect (fun x -> (g + x) * abs (g + x)) }
          Support = Some atoms
          Bound = atoms |> Array.fold (fun bound atom -> max bound (abs atom.Value)) 0.0 }

    /// Moments of a distribution of which nothing is known.
    let unknown: Moments = { Mean = nan; SecondMoment = nan; Absolute = None; Support = None; Bound = nan }

    /// <summary>Moments that somebody vouches for: E ε = 0, E ε² = s², and nothing about |g + ε|; complete it by `with`.</summary>
    /// <param name="variance">s² ≥ 0; (loss/weight)².</param>
    /// <param name="bound">Largest |ε|, at least 0; ∞ if unbounded.</param>
    /// <exception cref="T:System.ArgumentException">A parameter is outside its range.</exception>
    let vouched (variance: float) (bound: float) : Moments =
        Require.nonNegative "variance" variance
        Require.within "bound" 0.0 infinity bound

        { unknown with Mean = 0.0; SecondMoment = variance; Bound = bound }

    // From moments of a standardised x + ξ to those of g + s·ξ; s = 0 is no noise.
    let private scaled (deviation: float) (mean: float -> float) (signedSquare: float -> float) : AbsoluteMoments option =
        if deviation = 0.0 then
            Some { Mean = abs; SignedSquare = fun g -> g * abs g }
        else
            Some
                { Mean = fun g -> deviation * mean (g / deviation)
                  SignedSquare = fun g -> deviation * deviation * signedSquare (g / deviation) }

    // ∫|x + t| φ(t) dt and ∫(x + t)|x + t| φ(t) dt over the line.
    let private normalMean x = x * SpecialFunctions.Erf(x / sqrt 2.0) + 2.0 * density x

    let private normalSignedSquare x = (x * x + 1.0) * SpecialFunctions.Erf(x / sqrt 2.0) + 2.0 * x * density x

    /// <summary>Normal with deviation s: E|g + ε| = s√(2/π)·exp(−g²/2s²) + g·erf(g/(s√2)).</summary>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    let gaussian (deviation: float) : Moments =
        { Mean = 0.0
          SecondMoment = deviation * deviation
          Absolute = scaled deviation normalMean normalSignedSquare
          Support = None
          Bound = if deviation = 0.0 then 0.0 else infinity }

    /// <summary>s·clip(ξ, −c, c) of a standard normal ξ.</summary>
    /// <remarks>Integrals over [−c, c], plus the mass P(ξ > c) at either end; for |g| ≥ sc the sign of g + ε is that of g.</remarks>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    /// <param name="clip">c &gt; 0, in units of the deviation.</param>
    let clippedGaussian (deviation: float) (clip: float) : Moments =
        let tail = upperTail clip

        let second =
            // E ξ² on [−c, c], plus c² of the clipped mass.
            (1.0 - 2.0 * tail) - 2.0 * clip * density clip + 2.0 * clip * clip * tail

        let mean x = if abs x >= clip then abs x else normalMean x - 2.0 * density clip + tail * (2.0 * clip)

        let signedSquare x =
            if abs x >= clip then
                float (sign x) * (x * x + second)
            else
                normalSignedSquare x - 4.0 * x * density clip + tail * (4.0 * x * clip)

        { Mean = 0.0
          SecondMoment = deviation * deviation * second
          Absolute = scaled deviation mean signedSquare
          Support = None
          Bound = deviation * clip }

    /// <summary>Uniform on [−h, h]: E|g + ε| = (g² + h²)/(2h) for |g| ≤ h, else |g|.</summary>
    /// <param name="halfWidth">h &gt; 0; loss/weight.</param>
    let uniform (halfWidth: float) : Moments =
        let mean x = if abs x >= 1.0 then abs x else 0.5 * (x * x + 1.0)

        let signedSquare x = if abs x >= 1.0 then float (sign x) * (x * x + 1.0 / 3.0) else x + x * x * x / 3.0

        { Mean = 0.0
          SecondMoment = halfWidth * halfWidth / 3.0
          Absolute = scaled halfWidth mean signedSquare
          Support = None
          Bound = halfWidth }

    /// <summary>a with probability p, b otherwise.</summary>
    /// <param name="probability">p of the first value, strictly between 0 and 1.</param>
    /// <param name="first">a, taken with probability p; loss/weight.</param>
    /// <param name="second">b, taken otherwise; loss/weight.</param>
    let twoPoint (probability: float) (first: float) (second: float) : Moments =
        ofSupport [| { Value = first; Probability = probability }; { Value = second; Probability = 1.0 - probability } |]

    // +s√((1−p)/p) with probability p, −s√(p/(1−p)) otherwise; p is clamped, and at its ends the noise is 0.
    let private leaning (deviation: float) (share: float) : Moments =
        let p = min 1.0 (max 0.0 share)

        if p = 0.0 || p = 1.0 then
            ofSupport [| { Value = 0.0; Probability = 1.0 } |]
        else
            twoPoint p (deviation * sqrt ((1.0 - p) / p)) (-deviation * sqrt (p / (1.0 - p)))

    /// <summary>The lower bound's two points at a weight (v1 Theorem 3): +s√((1−p)/p) with probability p = ½(1 − w/τ), −s√(p/(1−p)) otherwise.</summary>
    /// <remarks>p is clamped to [0, 1]; at its ends the noise is 0, and the variance is lost there.</remarks>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="w">Weight w, unit of weight.</param>
    let stateDependentTwoPoint (deviation: float) (radius: float) (w: float) : Moments = leaning deviation (0.5 * (1.0 - w / radius))

    /// <summary>The same two points leaning against any device at a weight: p = ½(1 − G/F) = q₊/(q₊ + q₋).</summary>
    /// <remarks>On the asymmetric linear device with w⋄ = 0 these are the lower bound's. p is clamped to [0, 1], as there.</remarks>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    /// <param name="device">The device against which the noise leans.</param>
    /// <param name="w">Weight w, unit of weight.</param>
    let leaningTwoPoint (deviation: float) (device: Device) (w: float) : Moments =
        let up = device.Up w
        leaning deviation (up / (up + device.Down w))
