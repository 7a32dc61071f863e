namespace AnalogTheory

open System
open MathNet.Numerics.Integration

/// A Markov chain of one weight: where it can go from each weight, and with what probability.
[<NoEquality; NoComparison>]
type ScalarChain =
    {
        /// Name for messages.
        Name: string
        /// Lower end of the interval that the chain lives in; unit of weight.
        Lower: float
        /// Upper end.
        Upper: float
        /// Next weights with their probabilities, at most a few hundred; their sum is 1 up to rounding.
        Next: float -> struct (float * float)[]
    }

/// <summary>Gradient noise of one weight as finitely many values; a function of the weight and of the noiseless gradient there.</summary>
/// <remarks>
/// A noise with a density becomes Gauss–Legendre nodes on both sides of ε = −g, where |g + ε| has its kink: smooth functions of the next weight
/// are then integrated to about 12 digits, which a fixed grid of noise values would not reach.
/// </remarks>
type NoiseAtoms = float -> float -> struct (float * float)[]

/// Making noise atoms.
[<RequireQualifiedAccess>]
module NoiseAtoms =

    let private nodes = 32
    let private rule = GaussLegendreRule(-1.0, 1.0, nodes)

    /// <summary>A noise with finite support at every weight.</summary>
    /// <param name="moments">Moments of the noise at a weight.</param>
    /// <param name="w">Weight.</param>
    /// <exception cref="T:System.ArgumentException">When used at a weight where the support is not finite.</exception>
    let finite (moments: float -> Moments) : NoiseAtoms =
        fun w _ ->
            match (moments w).Support with
            | Some atoms -> atoms |> Array.map (fun atom -> struct (atom.Probability, atom.Value))
            | None -> raise (ArgumentException(invariant $"Expected a noise with finitely many values at w = {w}.", nameof moments))

    /// <summary>A noise with a smooth density on [−bound, bound], plus atoms at fixed values.</summary>
    /// <param name="bound">Half width of the density's range; beyond it lies nothing that matters.</param>
    /// <param name="density">Density per unit of ε.</param>
    /// <param name="atoms">Probabilities and values of what the density leaves out; none for most families.</param>
    let smooth (bound: float) (density: float -> float) (atoms: struct (float * float)[]) : NoiseAtoms =
        Require.positive "bound" bound
        let outside = atoms |> Array.sumBy (fun struct (probability, _) -> probability)

        fun _ gradient ->
            let kink = Math.Clamp(-gradient, -bound, bound)
            // Panels of at most half the range, so that one wide side is as accurate as two narrow ones.
            let cuts = [| -bound; -0.5 * bound; 0.0; 0.5 * bound; bound; kink |] |> Array.distinct |> Array.sort

            let parts =
                cuts
                |> Array.pairwise
                |> Array.collect (fun (a, b) ->
                    let middle, half = 0.5 * (a + b), 0.5 * (b - a)

                    Array.init nodes (fun i ->
                        let value = middle + half * rule.GetAbscissa i
                        struct (half * rule.GetWeight i * density value, value)))

            // What quadrature and truncation lose of the total is given back in proportion.
            let total = parts |> Array.sumBy (fun struct (probability, _) -> probability)
            let scale = (1.0 - outside) / total
            Array.append (parts |> Array.map (fun struct (probability, value) -> struct (scale * probability, value))) atoms

    /// <summary>Normal with deviation s, cut where less than 10⁻¹⁵ lies beyond.</summary>
    /// <param name="deviation">s &gt; 0; loss/weight.</param>
    let gaussian (deviation: float) : NoiseAtoms =
        Require.positive "deviation" deviation
        let peak = 1.0 / (deviation * sqrt (2.0 * Math.PI))
        smooth (8.0 * deviation) (fun x -> peak * exp (-0.5 * (x / deviation) * (x / deviation))) [||]

    /// <summary>s·clip(ξ, −c, c) of a standard normal ξ.</summary>
    /// <param name="deviation">s &gt; 0 before clipping; loss/weight.</param>
    /// <param name="clip">c &gt; 0, in deviations.</param>
    let clippedGaussian (deviation: float) (clip: float) : NoiseAtoms =
        Require.positive "deviation" deviation
        Require.positive "clip" clip

        if clip >= 8.0 then
            gaussian deviation
        else
            let peak = 1.0 / (deviation * sqrt (2.0 * Math.PI))
            let tail = 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(clip / sqrt 2.0)
            let edge = clip * deviation

            smooth edge (fun x -> peak * exp (-0.5 * (x / deviation) * (x / deviation))) [| struct (tail, -edge); struct (tail, edge) |]

    /// <summary>Uniform on [−s√3, s√3].</summary>
    /// <param name="deviation">s &gt; 0; loss/weight.</param>
    let uniform (deviation: float) : NoiseAtoms =
        Require.positive "deviation" deviation
        smooth (deviation * sqrt 3.0) (fun _ -> 1.0 / (2.0 * sqrt 3.0 * deviation)) [||]

/// Chains of the theory.
[<RequireQualifiedAccess>]
module ScalarChain =

    /// <summary>Analog SGD on one weight: w' = U(w, −α(∇f(w) + ε)) (v1 eq. 3); Digital SGD on an ideal device.</summary>
    /// <param name="device">Device.</param>
    /// <param name="rate">α &gt; 0; weight²/loss.</param>
    /// <param name="derivative">∂f/∂w.</param>
    /// <param name="atoms">Noise.</param>
    /// <param name="lower">Lower end of an interval that the chain does not leave, such as the device's range (D2).</param>
    /// <param name="upper">Upper end.</param>
    /// <exception cref="T:System.ArgumentException">α is not positive, or the interval is empty or not finite.</exception>
    let analogSgd
        (device: Device)
        (rate: float)
        (derivative: float -> float)
        (atoms: NoiseAtoms)
        (lower: float)
        (upper: float)
        : ScalarChain =
        Require.positive "rate" rate
        Require.finite "lower" lower
        Require.finite "upper" upper
        Require.positive "upper - lower" (upper - lower)

        { Name = $"Analog SGD on {device}"
          Lower = lower
          Upper = upper
          Next =
            fun w ->
                let gradient = derivative w

                atoms w gradient
                |> Array.map (fun struct (probability, value) -> struct (probability, device.Update(w, -rate * (gradient + value)))) }

    /// <summary>An auxiliary array at a fixed gradient: P' = U(P, β(∇f + ε)) (theory T4; Tiki-Taka's first half-step).</summary>
    /// <param name="device">Device of P.</param>
    /// <param name="rate">β &gt; 0; weight²/loss.</param>
    /// <param name="gradient">∇f at the fixed W.</param>
    /// <param name="atoms">Noise.</param>
    /// <param name="lower">Lower end of an interval that P does not leave.</param>
    /// <param name="upper">Upper end.</param>
    let auxiliary (device: Device) (rate: float) (gradient: float) (atoms: NoiseAtoms) (lower: float) (upper: float) : ScalarChain =
        let chain = analogSgd device rate (fun _ -> gradient) atoms lower upper

        { chain with
            Name = $"auxiliary array on {device}"
            Next =
                fun p ->
                    atoms p gradient
                    |> Array.map (fun struct (probability, value) -> struct (probability, device.Update(p, rate * (gradient + value)))) }
