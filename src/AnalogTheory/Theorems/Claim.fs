namespace AnalogTheory

open System
open AnalogTheory.Kernels.Noises

/// Pieces that claims are put together from.
[<RequireQualifiedAccess>]
module internal Claim =

    /// Allowance for rounding, relative to the numbers that a comparison subtracts.
    let rounding = 1e-12

    /// Names of hypotheses that several claims share.
    let smoothName = "A1: f is L-smooth"

    let meanName = "A3′: E ε = 0"
    let varianceName = "A3′: E‖ε‖² ≤ σ²"
    let linearName = "asymmetric linear device, w⋄ = 0"

    /// A hypothesis.
    let hypothesis (name: string) (margin: 'Setting -> float) : Hypothesis<'Setting> = { Name = name; Margin = margin }

    /// A hypothesis on every member of a family; NaN fails.
    let onAll (hypothesis: Hypothesis<'Setting>) : Hypothesis<'Setting list> =
        { Name = hypothesis.Name
          Margin = fun family -> family |> List.fold (fun least setting -> Math.Min(least, hypothesis.Margin setting)) infinity }

    /// Whether a setting fails the hypothesis of a name and holds all others.
    let failsOnly (name: string) (hypotheses: Hypothesis<'Setting> list) (setting: 'Setting) : bool =
        hypotheses |> List.forall (fun hypothesis -> (hypothesis.Margin setting >= 0.0) = (hypothesis.Name <> name))

    let private beginsWith (beginning: string) (hypothesis: Hypothesis<'Setting>) =
        hypothesis.Name.StartsWith(beginning, StringComparison.Ordinal)

    /// Name of the hypothesis that begins as told.
    let nameOf (hypotheses: Hypothesis<'Setting> list) (beginning: string) : string = (hypotheses |> List.find (beginsWith beginning)).Name

    /// Those of some hypotheses that are about the problem and the noise alone, A1 and A3′, and hold on any device.
    let ofProblemAndNoise (hypotheses: Hypothesis<'Setting> list) : Hypothesis<'Setting> list =
        hypotheses |> List.filter (fun hypothesis -> beginsWith "A1" hypothesis || beginsWith "A3" hypothesis)

    /// measured ≤ bound, with room for the rounding of numbers of a given size: what holds here holds over the reals.
    let atMost (scale: float) (measured: float) (bound: float) : Comparison =
        let comparison = Comparison.atMost measured bound
        { comparison with Margin = comparison.Margin - rounding * scale }

    /// measured = expected up to the rounding of numbers of a given size.
    let equal (scale: float) (measured: float) (expected: float) : Comparison = Comparison.equal (rounding * scale) measured expected

    /// The worst of several comparisons; NaN is worst.
    let worst (comparisons: Comparison list) : Comparison =
        comparisons |> List.reduce (fun a b -> if Double.IsNaN a.Margin || a.Margin <= b.Margin then a else b)

    /// Two-point noise of variance s² about a mean b, which the families of the product do not offer: their mean is 0.
    let biased (deviation: float) (probability: float) (bias: float) : Noise =
        if bias = 0.0 then
            Noise.twoPoint deviation probability
        else
            let moments =
                Moments.twoPoint
                    probability
                    (bias + deviation * sqrt ((1.0 - probability) / probability))
                    (bias - deviation * sqrt (probability / (1.0 - probability)))

            let atoms = moments.Support |> Option.get
            let certain (w: Weights) = Some [| struct (1.0, Weights.map (fun _ -> bias) w) |]
            let basis = Noise.twoPoint deviation probability

            { basis with
                Name = "biased two-point"
                Parameters = basis.Parameters @ [ "b", bias ]
                Moments = fun _ _ -> moments
                JointSupport =
                    fun w ->
                        if deviation = 0.0 then
                            certain w
                        else
                            basis.JointSupport w
                            |> Option.map (Array.map (fun (struct (p, noise)) -> struct (p, Weights.map (fun x -> x + bias) noise)))
                LargestNoise = moments.Bound
                Model = TwoPointNoise(probability, atoms[0].Value, atoms[1].Value) }

    /// E ε at W, the largest coordinate in absolute value.
    let largestMean (noise: Noise) (w: Weights) : float =
        Seq.fold (fun largest d -> Math.Max(largest, abs (noise.Moments w d).Mean)) 0.0 (seq { 0 .. w.Length - 1 })

    /// E ε = 0 up to rounding, from σ², the noise and the weights of a setting.
    let centred (noiseOf: 'Setting -> struct (float * Noise * Weights)) : Hypothesis<'Setting> =
        hypothesis meanName (fun setting ->
            let struct (variance, noise, w) = noiseOf setting
            1e-14 * sqrt variance - largestMean noise w)

    /// The asymmetric linear device, or the generic linear one where a search frees the asymmetry c at w = 0.
    let linearDevice (radius: float) (asymmetry: float) : Device =
        if asymmetry = 0.0 then AsymmetricLinear.create radius else GenericLinear.create radius asymmetry

    /// How far a device is from the asymmetric linear one of radius τ and symmetric point 0 at given weights.
    let distanceFromLinear (radius: float) (device: Device) (weights: float seq) : float =
        Seq.fold (fun largest w -> Math.Max(largest, abs (device.Symmetric w - 1.0) + abs (device.Asymmetric w - w / radius))) 0.0 weights
