namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// Where the mean step is held against the potential.
[<NoEquality; NoComparison>]
type PotentialSetting =
    {
        /// Device.
        Device: Device
        /// f.
        Problem: Problem
        /// ε_d of every coordinate, whatever the weights.
        Noise: Moments
        /// W.
        Weights: Weights
    }

/// Claim N2: noise that does not depend on the weights gives Analog SGD a potential, which its mean steps descend on every device.
[<RequireQualifiedAccess>]
module DevicePotential =

    // ρ, the mean step over −αF, E(g + ρ|g|) with g = ∂f + ε, and the slope of V, per coordinate.
    let private coordinates (setting: PotentialSetting) : struct (float * float * float)[] =
        let gradient = setting.Problem.Gradient setting.Weights
        let slope = Potential.gradient setting.Device setting.Problem setting.Noise setting.Weights

        Array.init setting.Weights.Length (fun d ->
            let rho = WorstFloor.ratio setting.Device setting.Weights[d]
            struct (rho, gradient[d] + setting.Noise.Mean + rho * setting.Noise.MeanAbsolute gradient[d], slope[d]))

    // Both ends of κ are reached, where the noise does not turn a sign: rounding must not decide there.
    let private upTo (scale: float) (measured: float) (bound: float) : Comparison =
        let comparison = Comparison.atMost measured bound
        { comparison with Margin = comparison.Margin + Claim.rounding * scale }

    /// <summary>1 − |ρ| ≤ κ ≤ 1 + |ρ| in every coordinate, κ being the mean step over −αF·∂V.</summary>
    /// <param name="setting">Device, objective and noise of the potential.</param>
    let preconditioned (setting: PotentialSetting) : Comparison list =
        [ for struct (rho, pull, slope) in coordinates setting do
              let scale = abs pull + abs slope + 1e-3
              upTo scale ((1.0 - abs rho) * abs slope) (abs pull)
              upTo scale (abs pull) ((1.0 + abs rho) * abs slope)
              Claim.atMost scale 0.0 (if Double.IsNaN slope then nan else pull * float (sign slope)) ]

    // The same through the engine: every value of a finite noise, one step of the rule.
    let private throughEngine (setting: PotentialSetting) : Comparison list =
        match setting.Noise.Support with
        | None -> []
        | Some atoms ->
            let rate = 0.01
            let noise = UserDefinedNoise.ofSupport "finite" [] (fun _ -> atoms)
            let chain = Chain.create setting.Problem noise (AnalogSgd.create rate setting.Device) setting.Weights
            let w = setting.Weights
            let change = FinitePaths.expectStep chain w (fun next -> Array.init w.Length (fun d -> next[d] - w[d]))

            coordinates setting
            |> Array.mapi (fun d (struct (_, pull, _)) ->
                Claim.equal (1.0 + abs w[d]) change[d] (-rate * setting.Device.Symmetric w[d] * pull))
            |> Array.toList

    let private boundedName = "|G| < F"

    let private bounded =
        Claim.hypothesis boundedName (fun setting ->
            setting.Weights.Values
            |> Seq.map (fun w -> Math.BitDecrement(setting.Device.Symmetric w - abs (setting.Device.Asymmetric w)))
            |> Seq.min)

    let private centred =
        Claim.hypothesis "A3′: E ε = 0" (fun setting -> 1e-14 * sqrt setting.Noise.SecondMoment - abs setting.Noise.Mean)

    let private noises =
        [ Moments.twoPoint 0.5 0.2 -0.2
          Moments.twoPoint 0.1 0.6 (-0.2 / 3.0)
          Moments.ofSupport
              [| { Value = -0.5; Probability = 0.2 }; { Value = 0.0; Probability = 0.5 }; { Value = 1.0 / 3.0; Probability = 0.3 } |]
          Moments.gaussian 0.3
          Moments.uniform 0.25 ]

    // A well that couples two weights and is not convex: (w₁² − ¼)² + w₂²/2 + .6·w₁w₂.
    let private coupled =
        UserDefinedProblem.create
            "coupled double well"
            12.0
            [| -0.5; 0.3 |]
            (fun w -> pown (w[0] * w[0] - 0.25) 2 + 0.5 * w[1] * w[1] + 0.6 * w[0] * w[1])
            (fun w -> [| 4.0 * w[0] * (w[0] * w[0] - 0.25) + 0.6 * w[1]; w[1] + 0.6 * w[0] |])

    let private settings (sample: DeviceSample) : PotentialSetting list =
        let at problem noise w =
            { Device = sample.Device
              Problem = problem
              Noise = noise
              Weights = Weights.ofArray w }

        [ for noise in noises do
              for share in [ 0.0; 0.15; 0.4; 0.6; 0.9; 1.0 ] do
                  let w = sample.At share

                  for distance in [ -1.0; -0.2; -0.02; 0.0; 0.1; 0.4 ] do
                      at (Quadratic.isotropic 1 1.0 (w - distance)) noise [| w |]

              for a in [ 0.1; 0.5; 0.8 ] do
                  for b in [ 0.3; 0.95 ] do
                      at coupled noise [| sample.At a; sample.At b |] ]

    let private necessity =
        Search.necessity
            [ bounded; centred ]
            [ Search.free "q₊" -1.0 2.0
              Search.free "q₋" -1.0 2.0
              Search.free "∂f" -1.0 1.0
              Search.free "s" 0.05 1.0
              Search.free "p" 0.05 0.95
              Search.freed centred.Name "E ε" -1.0 1.0 0.0 ]
            (fun point ->
                { Device = UserDefined.create "any" -infinity infinity (fun _ -> point[0]) (fun _ -> point[1])
                  Problem = Quadratic.isotropic 1 1.0 -point[2]
                  Noise = (Claim.biased point[3] point[4] point[5]).Moments (Weights.zeros 1) 0
                  Weights = Weights.zeros 1 })
            (preconditioned >> Claim.worst)

    // Rademacher noise ---------------------------------------------------------------------------------------------------------------

    // ψ = sρ and, where |∂f| ≤ s, κ = 1.
    let private rademacher (sample: DeviceSample) : Comparison list =
        [ for s in [ 0.05; 0.3; 1.0 ] do
              let noise = Moments.twoPoint 0.5 s -s

              for share in [ 0.0; 0.1; 0.35; 0.6; 0.85; 1.0 ] do
                  let w = sample.At share
                  let rho = WorstFloor.ratio sample.Device w
                  Claim.equal s (Potential.slope sample.Device noise w) (s * rho)

                  for part in [ -1.0; -0.4; 0.0; 0.7; 1.0 ] do
                      Claim.equal s (part * s + rho * noise.MeanAbsolute(part * s)) (part * s + s * rho) ]

    // Critical points ----------------------------------------------------------------------------------------------------------------

    // Zeros of a function by its changes of sign between neighbouring weights.
    let private zeros (f: float -> float) (sample: DeviceSample) : float list =
        let count = 400
        let w i = sample.At(float i / float count)

        [ for i in 0 .. count - 1 do
              let a, b = w i, w (i + 1)

              if f a * f b < 0.0 then
                  MathNet.Numerics.RootFinding.Brent.FindRoot(Func<float, float>(f), a, b, 1e-14, 200) ]

    // On a tilted double well: as many zeros of the mean step as critical points of V, in the same places, each with a floor of at most σ²ρ²/(1−ρ²).
    let private critical (sample: DeviceSample, noise: Moments) : Comparison list =
        let well = NonConvex.doubleWell 1 0.4 0.02 1.5
        let slope w = (well.Gradient(Weights.ofArray [| w |]))[0]
        let still = zeros (MeanField.drift sample.Device slope (fun _ -> noise)) sample
        let critical = zeros (fun w -> slope w + Potential.slope sample.Device noise w) sample

        [ Claim.equal 1.0 (float still.Length) (float critical.Length)
          Comparison.atLeast (float critical.Length) 1.0
          if still.Length = critical.Length then
              for a, b in List.zip still critical do
                  Comparison.equal 1e-10 a b
                  Claim.atMost 1.0 (slope a * slope a) (noise.SecondMoment * WorstFloor.at sample.Device a) ]

    // Descent of V -------------------------------------------------------------------------------------------------------------------

    // V falls by at least (α/2)ΣFκ(∂V)² along a mean step of α = 1/(L_V·max Fκ), L_V by differences of ∇V along the coordinates.
    let private falls (setting: PotentialSetting) : Comparison =
        let parts = coordinates setting
        let w = setting.Weights
        let factors = Array.init w.Length (fun d -> setting.Device.Symmetric w[d])
        let gradient (w: Weights) = (Potential.gradient setting.Device setting.Problem setting.Noise w).Values
        let h = 1e-4

        // 1.5 times the largest row sum of the Hessian at W covers the neighbourhood that a step of the rate below reaches.
        let curvature =
            seq { 0 .. w.Length - 1 }
            |> Seq.map (fun d ->
                let moved sign = Weights.ofArray (Array.init w.Length (fun i -> if i = d then w[i] + sign * h else w[i]))
                Seq.map2 (fun a b -> abs (a - b) / (2.0 * h)) (gradient (moved 1.0)) (gradient (moved -1.0)) |> Seq.sum)
            |> Seq.max

        let rate = 0.1 / (1.5 * (curvature + 1.0) * 2.0 * Array.max factors)

        let next =
            Weights.ofArray (Array.init w.Length (fun d -> let struct (_, pull, _) = parts[d] in w[d] - rate * factors[d] * pull))

        let value = Potential.value setting.Device setting.Problem setting.Noise
        let promised = parts |> Array.mapi (fun d (struct (_, pull, slope)) -> 0.5 * rate * factors[d] * pull * slope) |> Array.sum
        let before, after = value w, value next
        Claim.atMost (1.0 + abs before) after (before - promised)

    // Away from the ends, so that differences stay inside the range.
    let private inner (sample: DeviceSample) : PotentialSetting list =
        [ for noise in [ noises[0]; noises[1]; noises[3] ] do
              for a in [ 0.1; 0.3; 0.5; 0.7; 0.9 ] do
                  for b in [ 0.2; 0.6; 0.85 ] do
                      { Device = sample.Device
                        Problem = coupled
                        Noise = noise
                        Weights = Weights.ofArray [| sample.At a; sample.At b |] } ]

    // Small steps --------------------------------------------------------------------------------------------------------------------

    // Stationary E(∂V)² at α and α/4, by Ulam's method: at least .18 and at most .32 of it is left.
    let private concentration (sample: DeviceSample, noise: Moments, rate: float) : (Comparison * float) list =
        let minimizer = sample.At 0.7
        let slope w = w - minimizer

        let at rate =
            let atoms = noise.Support |> Option.get
            let map = InvariantInterval.quadratic sample.Device rate 1.0 minimizer [ for atom in atoms -> Interval.Point atom.Value ]
            let ends = minimizer :: [ for atom in atoms -> minimizer - atom.Value ]

            match InvariantInterval.tryFind map 1.5 (Interval(List.min ends, List.max ends)) with
            | None -> { Value = nan; Error = infinity }
            | Some reached ->
                let chain = ScalarChain.analogSgd sample.Device rate slope (NoiseAtoms.finite (fun _ -> noise)) reached.Lower reached.Upper

                StationaryLaw.expectations StationaryLaw.cells chain [ fun w -> pown (slope w + Potential.slope sample.Device noise w) 2 ]
                |> List.head

        let large, small = at rate, at (0.25 * rate)
        let quotient = small.Value / large.Value
        let error = quotient * (small.Error / small.Value + large.Error / large.Value)
        [ Comparison.atLeast quotient 0.18, error; Comparison.atMost quotient 0.32, error ]

    let private smooth =
        DeviceFamilies.all
        |> List.filter (fun sample -> not (sample.Name.StartsWith("measured", System.StringComparison.Ordinal)))

    let private theorem id variant statement (hypotheses: Hypothesis<'Setting> list) instances evidence necessity : ITheorem =
        Theorem.pack
            { Id = id
              Source = Source.derived "N2"
              Variant = variant
              Statement = statement
              Hypotheses = hypotheses
              Instances = instances
              Evidence = evidence
              Necessity = necessity }

    let private onSample =
        Claim.hypothesis boundedName (fun (sample: DeviceSample) ->
            if Double.IsFinite (WorstFloor.largest sample.Device sample.Lower sample.Upper).PerVariance then
                0.0
            else
                -1.0)

    // q₊ = 1 − 2w, q₋ = 1 + 2w, looked at beyond its range |w| ≤ ½.
    let private steep =
        { Name = "|ρ| > 1"
          Device = AsymmetricLinear.create 0.5
          Lower = -0.9
          Upper = 0.9 }

    /// N2.
    let all: ITheorem list =
        [ theorem
              "N2"
              "every device"
              "E ε = 0, ψ = ρE|ε − ψ|, V = f + Σ∫ψ_d: the mean step is −αF_dκ_d·∂_dV with 1 − |ρ_d| ≤ κ_d ≤ 1 + |ρ_d|, for every f"
              ([ bounded; centred ] |> List.map Claim.onAll)
              [ for sample in DeviceFamilies.all -> sample.Name, settings sample ]
              (ByComputation(List.collect (fun setting -> preconditioned setting @ throughEngine setting)))
              necessity
          theorem
              "N2-rademacher"
              "every device, ε = ±s"
              "ψ = sρ at every weight, whatever ∂f, and κ = 1 where |∂f| ≤ s"
              [ onSample ]
              [ for sample in DeviceFamilies.all -> sample.Name, sample ]
              (ByComputation rademacher)
              [ Search.among
                    boundedName
                    (fun (sample: DeviceSample) ->
                        let noise = Moments.twoPoint 0.5 0.3 -0.3
                        let rho = WorstFloor.ratio sample.Device 0.8
                        Claim.equal 0.3 (rho * noise.MeanAbsolute(-0.3 * rho)) (0.3 * rho))
                    [ "q₊ = 1 − 2w, q₋ = 1 + 2w, w = 0.8, ε = ±0.3", steep ] ]
          theorem
              "N2-critical"
              "every device, double well"
              "the zeros of the mean step are the critical points of V, and there (∂f)² ≤ σ²ρ²/(1 − ρ²)"
              [ Claim.hypothesis boundedName (fst >> onSample.Margin) ]
              [ for sample in DeviceFamilies.all do
                    for name, noise in [ "Rademacher", Moments.twoPoint 0.5 0.1 -0.1; "Gaussian", Moments.gaussian 0.15 ] do
                        $"{sample.Name}, {name}", (sample, noise) ]
              (ByComputation critical)
              [ Search.among
                    boundedName
                    (critical >> Claim.worst)
                    [ "q₊ = 1 − 2w, q₋ = 1 + 2w on |w| ≤ 0.9, ε = ±0.1", (steep, Moments.twoPoint 0.5 0.1 -0.1) ] ]
          theorem
              "N2-descent"
              "every device, not convex, D = 2"
              "a mean step of small α lowers V by at least (α/2)ΣF_dκ_d(∂_dV)²: no cycles"
              [ Claim.onAll bounded ]
              [ for sample in DeviceFamilies.all -> sample.Name, inner sample ]
              (ByComputation(List.map falls))
              [ Search.among
                    boundedName
                    (List.map falls >> Claim.worst)
                    [ for w in [ 0.6; 0.8 ] ->
                          $"q₊ = 1 − 2w, q₋ = 1 + 2w, w₁ = w₂ = {string w}, ε = ±0.2",
                          [ { Device = steep.Device
                              Problem = coupled
                              Noise = noises[0]
                              Weights = Weights.ofArray [| w; w |] } ] ] ]
          theorem
              "N2-limit"
              "every smooth device, computed"
              "f = ½(w − w*)²: the stationary E(∂V)² falls like α; between α = .04 and .01 to a quarter, from .18 to .32"
              [ Claim.hypothesis boundedName (fun (sample, _, _) -> onSample.Margin sample) ]
              [ for sample in smooth -> $"{sample.Name}, Rademacher σ = .1", (sample, Moments.twoPoint 0.5 0.1 -0.1, 0.04) ]
              (ByDiscretisation concentration)
              [ Search.among
                    boundedName
                    (concentration >> List.map fst >> Claim.worst)
                    [ "q₊ = 1 − 2w, q₋ = 1 + 2w on |w| ≤ 0.9, Rademacher σ = 0.1", (steep, Moments.twoPoint 0.5 0.1 -0.1, 0.04) ] ] ]
