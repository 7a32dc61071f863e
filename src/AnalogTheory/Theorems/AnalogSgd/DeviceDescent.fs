namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// How large the part of N1 of order α² is.
type DescentRemainder =
    /// Lα²·Σ F_d²σ_d², for α ≤ 1/(2LF_max): theory's.
    | Even
    /// (L/2)α²·Σ F_d²σ_d²/(1 − αLF_d), for α < 1/(LF_max): the smallest that holds for every noise.
    | Least

/// Claim N1 for one step: descent of Analog SGD on every device, its expectation summed over the noise's support.
[<RequireQualifiedAccess>]
module DeviceDescent =

    // What a device and a noise contribute to the bound in one coordinate.
    [<Struct>]
    type private Coordinate = { Symmetric: float; Asymmetric: float; Slope: float; Variance: float }

    // σ_d² of the claim: the true ones, scaled as the claimed σ² is.
    let private coordinates (step: AnalogStep) : Coordinate[] =
        let w = step.Chain.Start
        let slope = step.Chain.Problem.Gradient w
        let total = Noise.variance step.Chain.Noise w
        let scale = if total = 0.0 then 1.0 else step.Variance / total

        Array.init w.Length (fun d ->
            let response = step.Device.Law.At(Scalar w[d])

            { Symmetric = response.Symmetric.Value
              Asymmetric = response.Asymmetric.Value
              Slope = slope[d]
              Variance = scale * (step.Chain.Noise.Moments w d).SecondMoment })

    let private bound (remainder: DescentRemainder) (step: AnalogStep) : float =
        let alpha, smoothness = step.LearningRate, step.Smoothness

        coordinates step
        |> Array.sumBy (fun at ->
            let f, g = at.Symmetric, at.Asymmetric

            let second =
                match remainder with
                | Even -> smoothness * alpha * alpha * f * f * at.Variance
                | Least -> 0.5 * smoothness * alpha * alpha * f * f * at.Variance / (1.0 - alpha * smoothness * f)

            -0.5 * alpha * (f * f - g * g) / f * at.Slope * at.Slope + 0.5 * alpha * g * g / f * at.Variance + second)

    let private change (step: AnalogStep) : struct (float * float) =
        let problem = step.Chain.Problem
        let before = problem.Excess step.Chain.Start
        let after = (FinitePaths.expectStep step.Chain step.Chain.Start (fun next -> [| problem.Excess next |]))[0]
        struct (after - before, abs before + abs after)

    /// <summary>E f(W′) − f(W) against −(α/2)Σ(M_d/F_d)(∂_d f)² + (α/2)Σ(G_d²/F_d)σ_d² and the remainder.</summary>
    /// <param name="remainder">Which remainder of order α².</param>
    /// <param name="step">One step of Analog SGD from W, with the L and σ² of the claim; its noise has finite support.</param>
    let descent (remainder: DescentRemainder) (step: AnalogStep) : Comparison =
        let struct (measured, size) = change step
        let bound = bound remainder step
        Claim.atMost (size + abs bound) measured bound

    // Hypotheses ---------------------------------------------------------------------------------------------------------------------

    let private positiveName = "F > 0"

    let private rateName remainder =
        match remainder with
        | Even -> "α ≤ 1/(2LF_max)"
        | Least -> "α < 1/(LF_max)"

    let private factors (step: AnalogStep) = coordinates step |> Array.map _.Symmetric

    // Those of S2 but the device and its rate, which is what N1 frees it from.
    let private shared = Claim.ofProblemAndNoise AnalogSgdStep.descentHypotheses

    /// <summary>Hypotheses of N1 for one step.</summary>
    /// <param name="remainder">Which remainder of order α²; it decides the largest α.</param>
    let hypotheses (remainder: DescentRemainder) : Hypothesis<AnalogStep> list =
        shared
        @ [ Claim.hypothesis positiveName (factors >> Array.min >> Math.BitDecrement)
            Claim.hypothesis (rateName remainder) (fun step ->
                let load = step.LearningRate * step.Smoothness * Array.max (factors step)

                match remainder with
                | Even -> 0.5 - load
                | Least -> Math.BitDecrement 1.0 - load) ]

    // Instances ----------------------------------------------------------------------------------------------------------------------

    let private on (device: Device) problem noise rate (w: float[]) = AnalogSgdStep.createOn device 1.0 problem noise rate w

    let private largest (device: Device) (w: float[]) = w |> Array.map device.Symmetric |> Array.max

    // A grid of scalar steps on one device: weight, distance to the minimum, share of the largest rate, noise.
    let private grid (sample: DeviceSample) : AnalogStep list =
        [ for share in [ 0.0; 0.3; 0.5; 0.8; 1.0 ] do
              let w = sample.At share

              for distance in [ -2.0; -0.3; -0.05; 0.0; 0.1; 0.6 ] do
                  for part in [ 0.02; 0.5; 0.98 ] do
                      for p in [ 0.05; 0.5; 0.9 ] do
                          let rate = part * 0.5 / largest sample.Device [| w |]
                          on sample.Device (Quadratic.isotropic 1 1.0 (w - distance)) (Noise.twoPoint 0.3 p) rate [| w |] ]

    let private plane (sample: DeviceSample) : AnalogStep list =
        let problem = Quadratic.dense (array2D [ [ 2.0; 0.5 ]; [ 0.5; 1.0 ] ]) [| 0.4; -0.3 |]

        [ for a in [ 0.1; 0.6 ] do
              for b in [ 0.3; 0.9 ] do
                  for noise in [ Noise.rademacher 0.2; Noise.leaningTwoPoint 0.2 sample.Device ] do
                      let w = [| sample.At a; sample.At b |]
                      on sample.Device problem noise (0.45 / (problem.Smoothness * largest sample.Device w)) w ]

    let private well (sample: DeviceSample) : AnalogStep list =
        let problem = NonConvex.doubleWell 1 0.5 0.05 1.5

        [ for share in [ 0.05; 0.4; 0.7; 1.0 ] do
              let w = [| sample.At share |]
              on sample.Device problem (Noise.rademacher 0.1) (0.4 / (problem.Smoothness * largest sample.Device w)) w ]

    let private instances =
        [ for sample in DeviceFamilies.all do
              sample.Name, grid sample @ plane sample @ well sample ]

    // Necessity ----------------------------------------------------------------------------------------------------------------------

    // One weight whose responses are two free numbers.
    let private free (remainder: DescentRemainder) (point: float[]) : AnalogStep =
        let device = UserDefined.create "any" -infinity infinity (fun _ -> point[0]) (fun _ -> point[1])
        let curvature, distance = point[2], point[3]
        let problem = Quadratic.isotropic 1 curvature -distance
        let factor = abs (0.5 * (point[0] + point[1]))

        let limit =
            match remainder with
            | Even -> 0.5
            | Least -> 1.0

        let step = on device problem (Claim.biased point[5] point[6] point[7]) (point[4] * limit / (curvature * factor)) [| 0.0 |]

        { step with
            Smoothness = step.Smoothness * point[8]
            Variance = step.Variance * point[9] }

    let private necessity (remainder: DescentRemainder) =
        let hypotheses = hypotheses remainder
        let name = Claim.nameOf hypotheses

        Search.necessity
            hypotheses
            [ Search.free "q₊" -1.0 3.0
              Search.free "q₋" -1.0 3.0
              Search.free "L" 0.1 4.0
              Search.free "W − W*" -2.0 2.0
              Search.free "α in units of its limit" 0.02 4.0
              Search.free "s" 0.01 2.0
              Search.free "p" 0.02 0.98
              Search.freed (name "A3′: E ε = 0") "E ε" -1.0 1.0 0.0
              Search.freed (name "A1") "L claimed / L" 0.05 1.0 1.0
              Search.freed (name "A3′: E‖ε‖²") "σ² claimed / σ²" 0.0 1.0 1.0 ]
            (free remainder)
            (descent remainder)

    // The least remainder is attained --------------------------------------------------------------------------------------------------

    /// <summary>A step at which the least remainder is met: two-point noise for which |g| has the slope x/((1−x)ρ) in g, at ∂f = −ρE|g|.</summary>
    /// <param name="device">Device.</param>
    /// <param name="w">Weight with ρ ≠ 0.</param>
    /// <param name="load">x = αLF, with x/(1 − x) ≤ |ρ|.</param>
    let attaining (device: Device) (w: float) (load: float) : AnalogStep =
        let rho = WorstFloor.ratio device w
        // The values of g are (s ± 1)/2, so |g| = s·g + (1 − s²)/2.
        let slope = load / (1.0 - load) / rho
        let gradient = -rho * (0.5 * (1.0 - slope * slope)) / (1.0 + rho * slope)
        let probability = gradient + 0.5 * (1.0 - slope)
        let deviation = sqrt (probability * (1.0 - probability))
        let rate = load / device.Symmetric w
        on device (Quadratic.isotropic 1 1.0 (w - gradient)) (Noise.twoPoint deviation probability) rate [| w |]

    let private attained (step: AnalogStep) : Comparison =
        let struct (measured, size) = change step
        let bound = bound Least step
        Claim.equal (size + abs bound) measured bound

    let private inside =
        Claim.hypothesis "αLF/(1 − αLF) ≤ |ρ|" (fun (step: AnalogStep) ->
            let load = step.LearningRate * step.Smoothness * step.Device.Symmetric step.Chain.Start[0]
            abs (WorstFloor.ratio step.Device step.Chain.Start[0]) - load / (1.0 - load) + 1e-12)

    let private attainingInstances =
        [ for sample in DeviceFamilies.all do
              sample.Name,
              [ for share in [ 0.0; 0.15; 0.9; 1.0 ] do
                    let rho = abs (WorstFloor.ratio sample.Device (sample.At share))

                    for part in [ 0.01; 0.5; 0.95 ] do
                        // x/(1 − x) a part of |ρ|.
                        let load = part * rho / (1.0 + part * rho)
                        attaining sample.Device (sample.At share) load ] ]

    let private one id variant remainder statement : ITheorem =
        Theorem.pack
            { Id = id
              Source = Source.derived "N1"
              Variant = variant
              Statement = statement
              Hypotheses = hypotheses remainder |> List.map Claim.onAll
              Instances = instances
              Evidence = ByComputation(List.map (descent remainder))
              Necessity = necessity remainder }

    /// N1 for one step.
    let all: ITheorem list =
        [ one
              "N1-step"
              "every device"
              Even
              "α ≤ 1/(2LF_max) ⇒ E f(W′) ≤ f(W) − (α/2)Σ(M_d/F_d)(∂_d f)² + (α/2)Σ(G_d²/F_d)σ_d² + Lα²ΣF_d²σ_d²"
          one
              "N1-step-least"
              "every device, smallest remainder"
              Least
              "α < 1/(LF_max) ⇒ the same with (L/2)α²ΣF_d²σ_d²/(1 − αLF_d) in the place of the last term"
          Theorem.pack
              { Id = "N1-attained"
                Source = Source.derived "N1, sharpness of one step"
                Variant = "every device"
                Statement = "αLF/(1 − αLF) ≤ |ρ|: two-point noise meets N1-step-least with equality, so no smaller remainder holds"
                Hypotheses = [ Claim.onAll inside ]
                Instances = attainingInstances
                Evidence = ByComputation(List.map attained)
                Necessity =
                  [ Search.among
                        inside.Name
                        attained
                        [ for load in [ 0.4; 0.5; 0.6 ] do
                              // Beyond the limit no two values have such a slope; the steepest noise that exists stays below the bound.
                              let device = AsymmetricLinear.create 1.0
                              let step = attaining device 0.25 0.15

                              invariant $"asymmetric linear, τ = L = 1, w = 0.25, the noise that attains αLF = 0.15 at α = {load}",
                              on device step.Chain.Problem step.Chain.Noise load [| 0.25 |] ] ] } ]
