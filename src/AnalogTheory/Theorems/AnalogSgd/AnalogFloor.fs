namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// One weight of Analog SGD on the asymmetric linear device, f = (L/2)(w − w*)².
[<NoEquality; NoComparison>]
type ScalarFloor =
    {
        /// L.
        Curvature: float
        /// w*.
        Minimizer: float
        /// τ.
        Radius: float
        /// ε.
        Noise: Moments
    }

/// Claim S6: how large the floor is, at the exact fixed point of the expected step.
[<RequireQualifiedAccess>]
module AnalogFloor =

    /// <summary>The problem of theory T9: L = τ = 1, w* = .6, Gaussian noise.</summary>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    let standard (deviation: float) : ScalarFloor =
        { Curvature = 1.0
          Minimizer = 0.6
          Radius = 1.0
          Noise = Moments.gaussian deviation }

    let private device (setting: ScalarFloor) = AsymmetricLinear.create setting.Radius
    let private slope setting w = setting.Curvature * (w - setting.Minimizer)

    /// <summary>The fixed point.</summary>
    /// <param name="setting">Curvature, radius, minimiser and noise of one weight.</param>
    let fixedPoint (setting: ScalarFloor) : float =
        MeanField.tryFixedPoint (device setting) (slope setting) (fun _ -> setting.Noise) 0.0 setting.Minimizer
        |> Option.defaultValue nan

    /// <summary>‖∇f‖² there.</summary>
    /// <param name="setting">Curvature, radius, minimiser and noise of one weight.</param>
    let floor (setting: ScalarFloor) : float = pown (slope setting (fixedPoint setting)) 2

    /// <summary>d log floor/d log x along a family, by a central difference.</summary>
    /// <param name="family">The setting at a value of the quantity that varies.</param>
    /// <param name="x">Where to take the exponent, positive.</param>
    let exponent (family: float -> ScalarFloor) (x: float) : float =
        let h = 1e-3
        log (floor (family (x * exp h)) / floor (family (x * exp -h))) / (2.0 * h)

    let private convex =
        Claim.hypothesis "f convex, w* and w⋄ on either side of the fixed point" (fun setting ->
            let w = fixedPoint setting
            Math.Min(setting.Curvature, Math.Min(abs w, abs (setting.Minimizer - w))))

    let private settings =
        [ for deviation in [ 0.01; 0.1; 0.3; 1.0; 3.0 ] do
              for minimizer in [ -2.0; -0.6; 0.2; 0.9 ] do
                  for radius in [ 0.5; 1.0; 4.0 ] do
                      for noise in [ Moments.gaussian deviation; Moments.twoPoint 0.5 deviation -deviation; Moments.uniform deviation ] do
                          { Curvature = 1.0; Minimizer = minimizer; Radius = radius; Noise = noise } ]

    let private formula setting =
        let w = fixedPoint setting
        let expected = pown (w / setting.Radius * setting.Noise.MeanAbsolute(slope setting w)) 2
        Comparison.equal (1e-10 * (1.0 + expected)) (floor setting) expected

    let private ceiling setting =
        let a = pown (fixedPoint setting / setting.Radius) 2
        let bound = setting.Noise.SecondMoment * a / (1.0 - a)
        Claim.atMost (floor setting) (floor setting) bound

    // w* for a wanted saturation |w|/τ = r at σ = τ = L = 1.
    let private atSaturation (noise: Moments) r =
        let solve =
            MathNet.Numerics.RootFinding.Brent.FindRoot(Func<float, float>(fun x -> x - r * noise.MeanAbsolute x), 0.0, 10.0, 1e-14, 200)

        { Curvature = 1.0; Minimizer = r + solve; Radius = 1.0; Noise = noise }

    // Where the gradient outweighs the noise on the way, the fixed point is ±τ itself and the ceiling is infinite.
    let private unsaturated = settings |> List.filter (fun setting -> abs (fixedPoint setting) < 0.999 * setting.Radius)

    let private leading setting =
        let kappa = setting.Noise.MeanAbsolute 0.0
        floor setting / pown (kappa * fixedPoint setting / setting.Radius) 2

    let private leadingAgainst (setting, expected) = Comparison.equal 0.005 (leading setting) expected

    let private gaussianNoise =
        Claim.hypothesis "Gaussian noise" (fun (setting, _: float) -> if Double.IsPositiveInfinity setting.Noise.Bound then 0.0 else -1.0)

    // The same problem with another variance of the same family, σ² times a factor.
    let private scaledNoise (setting: ScalarFloor) factor =
        let deviation = sqrt (factor * setting.Noise.SecondMoment)

        { setting with
            Noise =
                (if setting.Noise.Support.IsSome then
                     Moments.twoPoint 0.5 deviation -deviation
                 else
                     Moments.gaussian deviation) }

    let private squaredNoiseExponent setting = exponent (scaledNoise setting) 1.0

    let private inverseRadiusExponent setting = exponent (fun factor -> { setting with Radius = setting.Radius / sqrt factor }) 1.0

    let private crossover (setting, expected) = Comparison.equal 0.005 (squaredNoiseExponent setting) expected

    // Exponent in σ² or in 1/τ².
    let private nearOne (isInNoise, setting) =
        Comparison.equal 0.15 (if isInNoise then squaredNoiseExponent setting else inverseRadiusExponent setting) 1.0

    let private smallNoise: Hypothesis<bool * ScalarFloor> list =
        [ Claim.hypothesis "κσ ≤ Lτ/20" (fun (_, setting) -> setting.Curvature * setting.Radius / 20.0 - setting.Noise.MeanAbsolute 0.0)
          Claim.hypothesis "|w*| ≤ τ/5 (for 1/τ²)" (fun (isInNoise, setting) ->
              if isInNoise then 0.0 else setting.Radius / 5.0 - abs setting.Minimizer) ]

    let private theorem id source variant statement instances compare necessity : ITheorem =
        Theorem.pack
            { Id = id
              Source = source
              Variant = variant
              Statement = statement
              Hypotheses = [ convex |> Claim.onAll ]
              Instances = instances
              Evidence = ByComputation compare
              Necessity = necessity }

    // Not convex: a maximum between w⋄ and w* instead of a minimum, so that the bracket holds no stable fixed point.
    let private withoutConvexity compare =
        Search.necessity
            [ convex ]
            [ Search.freed convex.Name "L" -2.0 2.0 1.0
              Search.free "w*" -2.0 2.0
              Search.free "τ" 0.2 4.0
              Search.free "s" 0.05 2.0 ]
            (fun point ->
                { Curvature = point[0]
                  Minimizer = point[1]
                  Radius = point[2]
                  Noise = Moments.twoPoint 0.5 point[3] -point[3] })
            compare

    /// The claims of this file.
    let all: ITheorem list =
        [ theorem
              "S6-formula"
              (Source.derived "S6")
              "exact"
              "fixed point ⇒ ‖∇f‖² = Σ_d (w_d²/τ²)(E|∇f_d + ε_d|)²"
              [ "180 scalar settings: Gaussian, Rademacher, uniform", settings ]
              (List.map formula)
              (withoutConvexity formula)
          theorem
              "S6-ceiling"
              (Source.derived "S6")
              "exact"
              "fixed point, a < 1 ⇒ ‖∇f‖² ≤ σ²a/(1−a)"
              [ "scalar settings with |w| < .999τ", unsaturated ]
              (List.map ceiling)
              (withoutConvexity ceiling)
          Theorem.pack
              { Id = "S6-leading"
                Source = Source.derived "S6"
                Variant = "leading order"
                Statement = "Gaussian noise: floor/(κ²σ²w²/τ²) = 1.03 at |w|/τ = .2 and 1.20 at .5"
                Hypotheses = [ gaussianNoise ]
                Instances =
                  [ "|w|/τ = .2", (atSaturation (Moments.gaussian 1.0) 0.2, 1.03)
                    "|w|/τ = .5", (atSaturation (Moments.gaussian 1.0) 0.5, 1.20) ]
                Evidence = ByComputation(fun setting -> [ leadingAgainst setting ])
                Necessity =
                  [ Search.among
                        gaussianNoise.Name
                        leadingAgainst
                        [ "Rademacher σ = L = τ = 1, |w|/τ = 0.5", (atSaturation (Moments.twoPoint 0.5 1.0 -1.0) 0.5, 1.20) ] ] }
          Theorem.pack
              { Id = "S6-exponents"
                Source = Source.derived "S6"
                Variant = "small noise"
                Statement = "the floor's exponent in σ² is 1 ± .15 for κσ ≪ Lτ, in 1/τ² if |w*| ≪ τ as well"
                Hypotheses = smallNoise
                Instances =
                  [ "in σ², problem of T9 with σ = .01", (true, standard 0.01)
                    "in 1/τ², problem of T9 with σ = .02, τ = 4", (false, { standard 0.02 with Radius = 4.0 }) ]
                Evidence = ByComputation(fun setting -> [ nearOne setting ])
                Necessity =
                  [ Search.among
                        smallNoise[0].Name
                        nearOne
                        [ for deviation in [ 0.3; 1.0 ] ->
                              invariant $"in σ², problem of T9 with σ = {deviation}", (true, standard deviation) ]
                    Search.among
                        smallNoise[1].Name
                        nearOne
                        [ for radius in [ 1.0; 0.7; 0.6; 0.5; 0.4 ] ->
                              invariant $"in 1/τ², problem of T9 with σ = 0.02, τ = {radius}",
                              (false, { standard 0.02 with Radius = radius }) ] ] }
          Theorem.pack
              { Id = "S6-crossover"
                Source = Source.derived "S6"
                Variant = "numbers"
                Statement = "problem of T9, Gaussian noise: the floor's exponent in σ² is .77 at σ = .3 and .53 at σ = 1"
                Hypotheses = [ gaussianNoise ]
                Instances = [ "σ = .3", (standard 0.3, 0.77); "σ = 1", (standard 1.0, 0.53) ]
                Evidence = ByComputation(fun setting -> [ crossover setting ])
                Necessity =
                  [ Search.among
                        gaussianNoise.Name
                        crossover
                        [ for deviation, expected in [ 0.3, 0.77; 1.0, 0.53 ] ->
                              invariant $"Rademacher σ = {deviation}",
                              ({ standard deviation with Noise = Moments.twoPoint 0.5 deviation -deviation }, expected) ] ] } ]
