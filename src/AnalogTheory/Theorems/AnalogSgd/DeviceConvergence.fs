namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Ensembles

/// Claim N1 over K steps: convergence of Analog SGD on every device to a floor that the device's asymmetry sets.
[<RequireQualifiedAccess>]
module DeviceConvergence =

    /// <summary>2Δ_f/(αK) and the remainder of order α, the part of the bound that vanishes with them.</summary>
    /// <param name="remainder">Which form of the term of order α the bound takes.</param>
    /// <param name="run">A training run of Analog SGD on a device, with its constants.</param>
    let vanishing (remainder: DescentRemainder) (run: DeviceRun) : float =
        let struct (_, largest) = DeviceRun.symmetricRange run
        let alpha, squared = run.LearningRate, largest * largest * run.Variance
        let load = alpha * run.Smoothness * largest

        2.0 * run.Gap / (alpha * float run.Steps)
        + (match remainder with
           | Even -> 2.0 * run.Smoothness * alpha * squared
           | Least -> run.Smoothness * alpha * squared / (1.0 - load))

    // Σ(G_d²/F_d)σ_d² − Σ(M_d/F_d)(∂_d f)², the part of the margin that a path averages.
    let private drawn (run: DeviceRun) : StateFunction =
        let law, variances = run.Device.Law, run.Variances

        StateFunction(fun w gradient ->
            let mutable sum = 0.0

            for d in 0 .. w.Length - 1 do
                let response = law.At(Scalar w[d])
                let f, g = response.Symmetric.Value, response.Asymmetric.Value
                sum <- sum + (g * g * variances[d] - (f * f - g * g) * gradient[d] * gradient[d]) / f

            sum)

    /// <summary>The margin of every replica.</summary>
    /// <param name="remainder">Which form of the term of order α the bound takes.</param>
    /// <param name="run">A training run of Analog SGD on a device, with its constants.</param>
    let sampler (remainder: DescentRemainder) (run: DeviceRun) : Sampler =
        let constant = vanishing remainder run
        let measure = Measure.Of(drawn run)

        let draw execution key first count =
            let values = ReplicaMargin.averages [ measure ] (ReplicaMargin.fromStart run.Chain run.Steps) execution key first count

            { Values = values[0] |> Array.map (fun value -> constant + value)
              Failures = [] }

        let part d (w: Interval) (slope: Interval) =
            let response = run.Device.Law.At w
            let f, g = response.Symmetric, response.Asymmetric
            let struct (low, high) = InvariantInterval.square slope
            (g * g * Interval.Point run.Variances[d] - response.Up * response.Down * Interval(low, high)) / f

        { Draw = draw
          Range = DeviceRun.range run part |> Option.map (fun (low, high) -> constant + low, constant + high)
          Watch = None }

    /// <summary>The claim on a short run, its expectation summed over all noise paths: the drawn part against what it may be below 0.</summary>
    /// <param name="remainder">Which form of the term of order α the bound takes.</param>
    /// <param name="run">A training run of Analog SGD on a device, with its constants.</param>
    let exactly (remainder: DescentRemainder) (run: DeviceRun) : Comparison =
        let measure = drawn run

        let values =
            FinitePaths.expectAverage run.Steps run.Chain (fun w -> [| measure.Invoke(w.Span, (run.Chain.Problem.Gradient w).Span) |])

        Comparison.atMost -values[0] (vanishing remainder run)

    // Hypotheses ---------------------------------------------------------------------------------------------------------------------

    let private positiveName = "F > 0 on the reached weights"

    let private rateName remainder =
        match remainder with
        | Even -> "α ≤ 1/(2LF_max)"
        | Least -> "α < 1/(LF_max)"

    // The run as S3 sees it.
    let private asAnalogRun (run: DeviceRun) : AnalogRun =
        let largest =
            match run.Reached.Value with
            | None -> infinity
            | Some coordinates -> coordinates |> List.map (fun reached -> InvariantInterval.largest reached.Weights) |> List.max

        { Chain = run.Chain
          Device = run.Device
          Radius = 1.0
          LearningRate = run.LearningRate
          Steps = run.Steps
          Smoothness = run.Smoothness
          Variance = run.Variance
          LargestWeight = largest
          LargestGradient = infinity }

    /// Hypotheses of S3-weighted but the device and its rate: A1 and A3′.
    let shared: Hypothesis<DeviceRun> list =
        AnalogSgdConvergence.hypotheses Weighted
        |> Claim.ofProblemAndNoise
        |> List.map (fun hypothesis -> Claim.hypothesis hypothesis.Name (asAnalogRun >> hypothesis.Margin))

    /// F &gt; 0 wherever the chain can be.
    let positive: Hypothesis<DeviceRun> =
        Claim.hypothesis positiveName (fun run ->
            let struct (least, _) = DeviceRun.symmetricRange run
            Math.BitDecrement least)

    /// <summary>Hypotheses of N1.</summary>
    /// <param name="remainder">Which form of the term of order α the bound takes.</param>
    let hypotheses (remainder: DescentRemainder) : Hypothesis<DeviceRun> list =
        shared
        @ [ positive
            Claim.hypothesis (rateName remainder) (fun run ->
                let struct (_, largest) = DeviceRun.symmetricRange run
                let load = run.LearningRate * run.Smoothness * largest

                match remainder with
                | Even -> 0.5 - load
                | Least -> Math.BitDecrement 1.0 - load) ]

    // Instances ----------------------------------------------------------------------------------------------------------------------

    let private instances =
        [ for sample in DeviceFamilies.all do
              $"{sample.Name}, Rademacher σ = .15, α = .02, K = 1000", DeviceRun.onSample sample 0.15 0.5 0.02 1000
          let tanh = DeviceFamilies.userMade
          "user-made, two-point p = .2, α = .1, K = 100", DeviceRun.quadratic tanh [| 1.0, 0.3, -0.3 |] 0.15 0.2 0.1 100

          "generic linear, D = 2, two-point p = .3, α = .05, K = 300",
          DeviceRun.quadratic (GenericLinear.create 1.0 0.3) [| 1.0, 0.6, 0.0; 0.5, -0.2, 0.5 |] 0.1 0.3 0.05 300

          "exponential step, double well, α = .05, K = 500", DeviceRun.well (ExponentialStep.create 1.0 -1.0 3.0 2.0) 0.05 500 ]

    // Necessity ----------------------------------------------------------------------------------------------------------------------

    // ε = −∂f always: the chain stays where ∂f is not 0, and no bound with K or α can follow it.
    let private constantNoise (remainder: DescentRemainder) =
        [ for bias in [ 1.0; 0.5 ] do
              for steps in [ 9; 16; 36; 100 ] do
                  let run = DeviceRun.short [| 1.0; 1.0; 1.0; bias; 1.0 / sqrt (2.0 * float steps); 0.0; 0.5; bias; 1.0; 1.0; float steps |]

                  if Claim.failsOnly Claim.meanName (hypotheses remainder) run then
                      invariant $"q₊ = q₋ = L = 1, W* = {bias}, W₀ = 0, ε = {bias} always, K = {steps}, α = {run.LearningRate}", run ]

    let private necessity (remainder: DescentRemainder) =
        let hypotheses = hypotheses remainder
        let name = Claim.nameOf hypotheses

        Search.necessity
            hypotheses
            [ Search.free "q₊" -1.0 3.0
              Search.free "q₋" -1.0 3.0
              Search.free "L" 0.25 4.0
              Search.free "W*" -1.0 1.0
              Search.free "αLF" 0.05 4.0
              Search.free "s" 0.01 1.0
              Search.free "p" 0.02 0.98
              Search.freed Claim.meanName "E ε" -1.0 1.0 0.0
              Search.freed (name "A1") "L claimed / L" 0.05 1.0 1.0
              Search.freed (name "A3′: E‖ε‖²") "σ² claimed / σ²" 0.0001 1.0 1.0
              Search.free "K" 1.0 5.0 ]
            DeviceRun.short
            (exactly remainder)
        |> Search.replaced Claim.meanName (exactly remainder) (constantNoise remainder)

    let private theorem id variant remainder statement : ITheorem =
        Theorem.pack
            { Id = id
              Source = Source.derived "N1"
              Variant = variant
              Statement = statement
              Hypotheses = hypotheses remainder
              Instances = instances
              Evidence = BySampling(sampler remainder)
              Necessity = necessity remainder }

    /// N1 with theory's remainder and with the smallest one.
    let all: ITheorem list =
        [ theorem "N1" "every device" Even "α ≤ 1/(2LF_max) ⇒ avg EΣ(M_d/F_d)(∂_d f)² ≤ 2Δ_f/(αK) + avg EΣ(G_d²/F_d)σ_d² + 2LαF_max²σ²"
          theorem
              "N1-least"
              "every device, smallest remainder"
              Least
              "α < 1/(LF_max) ⇒ the same with LαF_max²σ²/(1 − αLF_max), half as much as α → 0, in the place of the last term" ]
