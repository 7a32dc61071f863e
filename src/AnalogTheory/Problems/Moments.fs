namespace AnalogTheory

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

/// The distribution of one coordinate's noise, through the moments that the theory uses.
/// <remarks>All moments are exact up to rounding: closed forms, or sums over the support.</remarks>
[<NoEquality; NoComparison>]
type Moments =
    {
        /// E ε; loss/weight.
        Mean: float
        /// E ε²; (loss/weight)².
        SecondMoment: float
        /// E|g + ε| as a function of g; E|ε| at g = 0; loss/weight.
        MeanAbsolute: float -> float
        /// The values that ε takes, where they are finitely many.
        Support: Atom[] option
        /// Largest |ε|; ∞ if unbounded.
        Bound: float
    }

/// Moments of the families.
[<RequireQualifiedAccess>]
module Moments =

    let private sqrtTwoPi = sqrt (2.0 * System.Math.PI)
    let private density x = exp (-0.5 * x * x) / sqrtTwoPi
    let private upperTail x = 0.5 * SpecialFunctions.Erfc(x / sqrt 2.0)

    /// Moments of a distribution with finite support.
    let ofSupport (atoms: Atom[]) : Moments =
        let expect f = atoms |> Array.sumBy (fun atom -> atom.Probability * f atom.Value)

        { Mean = expect id
          SecondMoment = expect (fun x -> x * x)
          MeanAbsolute = fun g -> expect (fun x -> abs (g + x))
          Support = Some atoms
          Bound = atoms |> Array.fold (fun bound atom -> max bound (abs atom.Value)) 0.0 }

    /// Normal with deviation s: E|g + ε| = s√(2/π)·exp(−g²/2s²) + g·erf(g/(s√2)).
    let gaussian (deviation: float) : Moments =
        { Mean = 0.0
          SecondMoment = deviation * deviation
          MeanAbsolute =
            fun g ->
                if deviation = 0.0 then
                    abs g
                else
                    let x = g / deviation
                    deviation * (2.0 * density x + x * SpecialFunctions.Erf(x / sqrt 2.0))
          Support = None
          Bound = if deviation = 0.0 then 0.0 else infinity }

    /// s·clip(ξ, −c, c) of a standard normal ξ.
    /// <remarks>E|g + ε| follows from (x + clip)⁺ = ∫, that is E(x + clip(ξ))⁺ = ψ(c + x) for |x| ≤ c, with the mass at ±c added.</remarks>
    let clippedGaussian (deviation: float) (clip: float) : Moments =
        let tail = upperTail clip

        let second =
            // E ξ² on [−c, c], plus c² of the clipped mass.
            (1.0 - 2.0 * tail) - 2.0 * clip * density clip + 2.0 * clip * clip * tail

        // E|x + clip(ξ, −c, c)| in units of s. For |x| ≥ c the sign is known.
        let meanAbsolute x =
            if abs x >= clip then
                abs x
            else
                // ∫_{−c}^{c} |x + t| φ(t) dt + tail·(|x + c| + |x − c|)
                let inner =
                    x * (SpecialFunctions.Erf(x / sqrt 2.0)) + 2.0 * density x - 2.0 * density clip

                inner + tail * (2.0 * clip)

        { Mean = 0.0
          SecondMoment = deviation * deviation * second
          MeanAbsolute = fun g -> if deviation = 0.0 then abs g else deviation * meanAbsolute (g / deviation)
          Support = None
          Bound = deviation * clip }

    /// Uniform on [−h, h]: E|g + ε| = (g² + h²)/(2h) for |g| ≤ h, else |g|.
    let uniform (halfWidth: float) : Moments =
        { Mean = 0.0
          SecondMoment = halfWidth * halfWidth / 3.0
          MeanAbsolute =
            fun g ->
                if abs g >= halfWidth then
                    abs g
                else
                    (g * g + halfWidth * halfWidth) / (2.0 * halfWidth)
          Support = None
          Bound = halfWidth }

    /// a with probability p, b otherwise.
    let twoPoint (probability: float) (first: float) (second: float) : Moments =
        ofSupport
            [| { Value = first; Probability = probability }
               { Value = second; Probability = 1.0 - probability } |]

    /// The lower bound's two points at a weight (v1 Theorem 3): +s√((1−p)/p) with probability p = ½(1 − w/τ), −s√(p/(1−p)) otherwise.
    /// <remarks>p is clamped to [0, 1]; at its ends the noise is 0, and the variance is lost there.</remarks>
    let stateDependentTwoPoint (deviation: float) (radius: float) (w: float) : Moments =
        let p = min 1.0 (max 0.0 (0.5 * (1.0 - w / radius)))

        if p = 0.0 || p = 1.0 then
            ofSupport [| { Value = 0.0; Probability = 1.0 } |]
        else
            twoPoint p (deviation * sqrt ((1.0 - p) / p)) (-deviation * sqrt (p / (1.0 - p)))
