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

    /// Where the expected step vanishes.
    let fixedPoint (setting: PenaltySetting) : float =
        MeanField.tryFixedPoint setting.Device (slope setting) (fun _ -> setting.Noise) setting.SymmetricPoint setting.Minimizer
        |> Option.defaultValue nan

    /// Where f(w) + E|ε|·R(w), R′ = G/F, is least: its derivative's zero.
    let penalised (setting: PenaltySetting) : float =
        let level = setting.Noise.MeanAbsolute 0.0
        let derivative w = slope setting w + level * ratio setting w
        let low, high = min setting.SymmetricPoint setting.Minimizer, max setting.SymmetricPoint setting.Minimizer

        match MathNet.Numerics.RootFinding.Brent.TryFindRoot(Func<float, float>(derivative), low, high, 1e-14, 200) with
        | true, root -> root
        | _ -> nan

    /// |fixed point − penalised minimum| against ρ²E|ε|/((1−|ρ|)μ).
    let compare (setting: PenaltySetting) : Comparison =
        let w = fixedPoint setting
        let rho = abs (ratio setting w)
        let bound = rho * rho * setting.Noise.MeanAbsolute 0.0 / ((1.0 - rho) * setting.Curvature)
        let comparison = Comparison.atMost (abs (w - penalised setting)) bound
        // Both roots are good to 10⁻¹³.
        { comparison with Margin = comparison.Margin + 1e-12 }

    let private sample setting =
        [ for i in 0..50 -> setting.SymmetricPoint + (setting.Minimizer - setting.SymmetricPoint) * float i / 50.0 ]

    let private hypotheses =
        [ Claim.hypothesis "|G| < F between w⋄ and w*" (fun setting ->
              sample setting |> List.map (fun w -> setting.Device.Symmetric w - abs (setting.Device.Asymmetric w)) |> List.min)
          Claim.hypothesis "G/F does not decrease between w⋄ and w*" (fun setting ->
              sample setting |> List.map (ratio setting) |> List.sort |> fun sorted ->
                  let actual = sample setting |> List.sort |> List.map (ratio setting)
                  -(List.map2 (fun a b -> abs (a - b)) sorted actual |> List.max))
          Claim.hypothesis "μ > 0" (fun setting -> Math.BitDecrement setting.Curvature) ]

    let private noises = [ Moments.gaussian 0.1; Moments.gaussian 0.5; Moments.twoPoint 0.5 0.3 -0.3; Moments.twoPoint 0.2 0.6 -0.15 ]

    let private family (device: Device) symmetricPoint minimizers =
        [ for minimizer in minimizers do
              for noise in noises do
                  for curvature in [ 0.5; 1.0; 4.0 ] do
                      { Device = device
                        SymmetricPoint = symmetricPoint
                        Curvature = curvature
                        Minimizer = minimizer
                        Noise = noise } ]

    /// S7.
    let all: ITheorem list =
        [ Theorem.pack
              { Id = "S7"
                Source = Source.sequel "Theorem 1"
                Variant = "explicit constant"
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
                      compare } ]
