namespace AnalogTheory

open System

/// One weight on any device, its fixed point and the penalised problem that stands for it.
[<NoEquality; NoComparison>]
type PenaltySetting =
    {
        /// Device.
        Device: Device
        /// w⋄ of the device.
        SymmetricPoint: float
        /// L = μ of f = (L/2)(w − w*)².
        Curvature: float
        /// w*.
        Minimizer: float
        /// ε.
        Noise: Moments
    }

/// <summary>Claim S7: Analog SGD settles where f plus a penalty of the device is least, up to second order.</summary>
/// <remarks>
/// With ρ = G/F, the fixed point has ∇f = −ρE|∇f + ε| and the penalised minimum ∇f = −ρE|ε|; | E|∇f+ε| − E|ε| | ≤ |∇f| ≤ |ρ|E|ε|/(1−|ρ|), and
/// ∇f + ρE|ε| has slope at least μ where ρ does not decrease. Hence the distance is at most ρ²E|ε|/((1−|ρ|)μ), ρ at the fixed point.
/// </remarks>
[<RequireQualifiedAccess>]
module ImplicitPenalty =

    let private slope setting w = setting.Curvature * (w - setting.Minimizer)
    let private ratio setting w = setting.Device.Asymmetric w / setting.Device.Symmetric w

    /// <summary>Where the expected step vanishes.</summary>
    /// <param name="setting">Objective, device and noise of one weight.</param>
    let fixedPoint (setting: PenaltySetting) : float =
        MeanField.tryFixedPoint setting.Device (slope setting) (fun _ -> setting.Noise) setting.SymmetricPoint setting.Minimizer
        |> Option.defaultValue nan

    /// <summary>Where f(w) + E|ε|·R(w), R′ = G/F, is least: its derivative's zero.</summary>
    /// <param name="setting">Objective, device and noise of one weight.</param>
    let penalised (setting: PenaltySetting) : float =
        let level = setting.Noise.MeanAbsolute 0.0
        let derivative w = slope setting w + level * ratio setting w
        let low, high = min setting.SymmetricPoint setting.Minimizer, max setting.SymmetricPoint setting.Minimizer

        match MathNet.Numerics.RootFinding.Brent.TryFindRoot(Func<float, float>(derivative), low, high, 1e-14, 200) with
        | true, root -> root
        | _ -> nan

    /// <summary>|fixed point − penalised minimum| against ρ²E|ε|/((1−|ρ|)μ).</summary>
    /// <param name="setting">Objective, device and noise of one weight.</param>
    let compare (setting: PenaltySetting) : Comparison =
        let w = fixedPoint setting
        let rho = abs (ratio setting w)
        let bound = rho * rho * setting.Noise.MeanAbsolute 0.0 / ((1.0 - rho) * setting.Curvature)
        let comparison = Comparison.atMost (abs (w - penalised setting)) bound
        // Both roots are good to 10⁻¹³.
        { comparison with Margin = comparison.Margin + 1e-12 }

    // The constant is met from below: the same comparison with the sides exchanged and a fiftieth of the bound granted.
    let private met (setting: PenaltySetting) : Comparison =
        let comparison = compare setting
        Comparison.atLeast comparison.Measured (0.98 * comparison.Bound)

    let private sample setting =
        [ for i in 0..50 -> setting.SymmetricPoint + (setting.Minimizer - setting.SymmetricPoint) * float i / 50.0 ]

    let private hypotheses =
        [ Claim.hypothesis "|G| < F between w⋄ and w*" (fun setting ->
              sample setting
              |> List.map (fun w -> setting.Device.Symmetric w - abs (setting.Device.Asymmetric w))
              |> List.min)
          Claim.hypothesis "G/F does not decrease between w⋄ and w*" (fun setting ->
              sample setting
              |> List.map (ratio setting)
              |> List.sort
              |> fun sorted ->
                  let actual = sample setting |> List.sort |> List.map (ratio setting)
                  -(List.map2 (fun a b -> abs (a - b)) sorted actual |> List.max))
          Claim.hypothesis "μ > 0" (fun setting -> Math.BitDecrement setting.Curvature) ]

    let private noises =
        [ Moments.gaussian 0.1; Moments.gaussian 0.5; Moments.twoPoint 0.5 0.3 -0.3; Moments.twoPoint 0.2 0.6 -0.15 ]

    let private family (device: Device) symmetricPoint minimizers =
        [ for minimizer in minimizers do
              for noise in noises do
                  for curvature in [ 0.5; 1.0; 4.0 ] do
                      { Device = device
                        SymmetricPoint = symmetricPoint
                        Curvature = curvature
                        Minimizer = minimizer
                        Noise = noise } ]

    // Two points, of which the far one is rare: E|g + ε| − E|ε| comes close to |g|, the most that it can be.
    let private lopsided probability level minimizer =
        { Device = AsymmetricLinear.create 1.0
          SymmetricPoint = 0.0
          Curvature = 1.0
          Minimizer = minimizer
          // E|ε| = 2s√(p(1−p)).
          Noise = (Noise.twoPoint (level / (2.0 * sqrt (probability * (1.0 - probability)))) probability).Moments (Weights.zeros 1) 0 }

    let private rare =
        Claim.hypothesis "P(ε > 0) ≤ .001" (fun setting ->
            let above =
                setting.Noise.Support
                |> Option.map (Array.sumBy (fun atom -> if atom.Value > 0.0 then atom.Probability else 0.0))

            0.001 * (1.0 + 1e-9) - Option.defaultValue nan above)

    let private quiet =
        Claim.hypothesis "E|ε| ≤ .001·μτ" (fun setting ->
            let tau = 1.0 / setting.Device.Asymmetric 1.0
            0.001 * setting.Curvature * tau * (1.0 + 1e-9) - setting.Noise.MeanAbsolute 0.0)

    // At ρ = w/τ the comparison keeps (1 − 2p)(1 − ρ)/(1 − ρ(1 − 2p)) of the bound: .99 at ρ = .8 and p = .001, half where 1 − ρ = 2p.
    let private inside =
        Claim.hypothesis "0 < w* ≤ .8τ" (fun setting ->
            let ratio = ratio setting setting.Minimizer
            Math.Min(ratio - Double.Epsilon, 0.8 * (1.0 + 1e-12) - ratio))

    let private sharp: ITheorem =
        let minimizers = [ 0.2; 0.5; 0.8 ]

        let without (hypothesis: Hypothesis<PenaltySetting>) words setting = Search.among hypothesis.Name met [ words, setting ]

        Theorem.pack
            { Id = "S7-sharp"
              Source = Source.derived "S7, sharpness of its constant"
              Variant = "sharp"
              Statement =
                "asymmetric linear device, two-point noise with P(ε > 0) ≤ .001, E|ε| ≤ .001·μτ, 0 < w* ≤ .8τ ⇒ the distance of S7 is at least .98 of its bound"
              Hypotheses = [ rare; quiet; inside ] |> List.map Claim.onAll
              Instances = [ "τ = μ = 1, w* = .2, .5, .8", minimizers |> List.map (lopsided 0.001 0.001) ]
              Evidence = ByComputation(List.map met)
              Necessity =
                [ without rare "τ = μ = 1, w* = 0.5, E|ε| = .001, P(ε > 0) = 0.5" (lopsided 0.5 0.001 0.5)
                  without quiet "τ = μ = 1, w* = 0.5, E|ε| = 0.5, P(ε > 0) = 0.001" (lopsided 0.001 0.5 0.5)
                  without inside "τ = μ = 1, w* = 0.999, E|ε| = .001, P(ε > 0) = 0.001" (lopsided 0.001 0.001 0.999) ] }

    /// S7.
    let all: ITheorem list =
        [ Theorem.pack
              { Id = "S7"
                Source = Source.derived "S7; a constant for the O(·) of the sequel's Theorem 1"
                Variant = "derived constant"
                Statement = "|fixed point − argmin(f + E|ε|·R)| ≤ ρ²E|ε|/((1−|ρ|)μ), R′ = ρ = G/F; ALD: R = w²/(2τ)"
                Hypotheses = hypotheses |> List.map Claim.onAll
                Instances =
                  [ "asymmetric linear, τ = 1", family (AsymmetricLinear.create 1.0) 0.0 [ -0.8; 0.05; 0.3; 0.6 ]
                    "asymmetric linear, w⋄ = .2", family (AsymmetricLinear.createAt 1.0 0.2) 0.2 [ -0.5; 0.25; 0.8 ]
                    "generic linear, c = .3", family (GenericLinear.create 1.0 0.3) 0.3 [ -0.3; 0.4; 0.9 ]
                    "power, τ = 1, γ = 2", family (SymmetricPower.create 1.0 2.0) 0.0 [ -0.6; 0.1; 0.5 ] ]
                Evidence = ByComputation(List.map compare)
                Necessity =
                  Search.necessityWithin
                      1000
                      hypotheses
                      [ Search.free "L" -1.0 2.0
                        Search.free "τ" 0.5 2.0
                        Search.free "γ" 0.2 3.0
                        Search.free "w*" -2.0 2.0
                        Search.free "s" 0.05 2.0
                        Search.free "p" 0.05 0.95 ]
                      (fun point ->
                          { Device = SymmetricPower.create point[1] point[2]
                            SymmetricPoint = 0.0
                            Curvature = point[0]
                            Minimizer = point[3]
                            Noise = (Noise.twoPoint point[4] point[5]).Moments (Weights.zeros 1) 0 })
                      compare }
          sharp ]
