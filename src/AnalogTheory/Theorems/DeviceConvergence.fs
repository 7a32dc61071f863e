namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Ensembles

/// One coordinate of a run: the weights that it can reach, and ∂f over intervals of them.
[<NoEquality; NoComparison>]
type ReachedWeights = { Weights: Interval; Slope: Interval -> Interval }

/// A run of Analog SGD on any device, with the constants that N1 needs.
[<NoEquality; NoComparison>]
type DeviceRun =
    {
        /// Problem, noise, rule and W₀.
        Chain: Chain<Weights>
        /// Device of the rule.
        Device: Device
        /// α.
        LearningRate: float
        /// K.
        Steps: int
        /// L of the claim.
        Smoothness: float
        /// σ_d² of the claim, per coordinate.
        Variances: float[]
        /// What every coordinate can reach, by interval iteration over all noise values; None where no bound is known.
        Reached: Lazy<ReachedWeights list option>
    }

    /// σ² of the claim.
    member run.Variance = Array.sum run.Variances

    /// Δ_f.
    member run.Gap = run.Chain.Problem.Excess run.Chain.Start

/// Claim N1 over K steps: convergence of Analog SGD on every device to a floor that the device's asymmetry sets.
[<RequireQualifiedAccess>]
module DeviceConvergence =

    let private cells = 128

    // A function of a weight interval over all that is reached: a list of enclosures, one per cell.
    let private over (reached: ReachedWeights) (f: Interval -> 'Result) : 'Result list =
        let low, high = reached.Weights.Lower, reached.Weights.Upper
        let edge i = if i = cells then high else low + (high - low) * float i / float cells

        if low = high then
            [ f reached.Weights ]
        else
            [ for i in 0 .. cells - 1 -> f (Interval(edge i, edge (i + 1))) ]

    /// <summary>Least and largest F on the weights that are reached; NaN where those are not known.</summary>
    /// <param name="run">A training run of Analog SGD on a device, with its constants.</param>
    let symmetricRange (run: DeviceRun) : struct (float * float) =
        match run.Reached.Value with
        | None -> struct (nan, nan)
        | Some coordinates ->
            let values = coordinates |> List.collect (fun reached -> over reached (fun w -> (run.Device.Law.At w).Symmetric))
            struct (values |> List.map _.Lower |> List.min, values |> List.map _.Upper |> List.max)

    /// <summary>2Δ_f/(αK) and the remainder of order α, the part of the bound that vanishes with them.</summary>
    /// <param name="remainder">Which form of the term of order α the bound takes.</param>
    /// <param name="run">A training run of Analog SGD on a device, with its constants.</param>
    let vanishing (remainder: DescentRemainder) (run: DeviceRun) : float =
        let struct (_, largest) = symmetricRange run
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

    /// <summary>A chain's time averages as a plan of the engine.</summary>
    /// <param name="run">A training run of Analog SGD on a device, with its constants.</param>
    let averaged (run: DeviceRun) : AveragedRun =
        { Problem = run.Chain.Problem
          Noise = run.Chain.Noise
          Rule = Rule.pack run.Chain.Rule
          Start = run.Chain.Start
          BurnIn = 0L
          Steps = int64 run.Steps }

    /// <summary>Range of a sum over coordinates along every path, with room for rounding; None where the reached weights are not known.</summary>
    /// <param name="run">Run.</param>
    /// <param name="part">Encloses what coordinate d adds, from its weight's interval and its slope's.</param>
    let range (run: DeviceRun) (part: int -> Interval -> Interval -> Interval) : (float * float) option =
        run.Reached.Value
        |> Option.map (fun coordinates ->
            let low, high =
                coordinates
                |> List.mapi (fun d reached ->
                    let values = over reached (fun w -> part d w (reached.Slope w))
                    values |> List.map _.Lower |> List.min, values |> List.map _.Upper |> List.max)
                |> List.fold (fun (low, high) (a, b) -> low + a, high + b) (0.0, 0.0)

            let room = 1e-9 * (abs low + abs high)
            low - room, high + room)
        |> Option.filter (fun (low, high) -> Double.IsFinite low && Double.IsFinite high)

    /// <summary>The margin of every replica.</summary>
    /// <param name="remainder">Which form of the term of order α the bound takes.</param>
    /// <param name="run">A training run of Analog SGD on a device, with its constants.</param>
    let sampler (remainder: DescentRemainder) (run: DeviceRun) : Sampler =
        let constant = vanishing remainder run
        let measure = Measure.Of(drawn run)

        let draw execution key first count =
            let values = ReplicaMargin.averages [ measure ] (averaged run) execution key first count

            { Values = values[0] |> Array.map (fun value -> constant + value)
              Failures = [] }

        let part d (w: Interval) (slope: Interval) =
            let response = run.Device.Law.At w
            let f, g = response.Symmetric, response.Asymmetric
            let struct (low, high) = InvariantInterval.square slope
            (g * g * Interval.Point run.Variances[d] - response.Up * response.Down * Interval(low, high)) / f

        { Draw = draw
          Range = range run part |> Option.map (fun (low, high) -> constant + low, constant + high)
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
        |> List.filter (fun hypothesis ->
            hypothesis.Name.StartsWith("A1", System.StringComparison.Ordinal)
            || hypothesis.Name.StartsWith("A3", System.StringComparison.Ordinal))
        |> List.map (fun hypothesis -> Claim.hypothesis hypothesis.Name (asAnalogRun >> hypothesis.Margin))

    /// F &gt; 0 wherever the chain can be.
    let positive: Hypothesis<DeviceRun> =
        Claim.hypothesis positiveName (fun run ->
            let struct (least, _) = symmetricRange run
            Math.BitDecrement least)

    /// <summary>Hypotheses of N1.</summary>
    /// <param name="remainder">Which form of the term of order α the bound takes.</param>
    let hypotheses (remainder: DescentRemainder) : Hypothesis<DeviceRun> list =
        shared
        @ [ positive
            Claim.hypothesis (rateName remainder) (fun run ->
                let struct (_, largest) = symmetricRange run
                let load = run.LearningRate * run.Smoothness * largest

                match remainder with
                | Even -> 0.5 - load
                | Least -> Math.BitDecrement 1.0 - load) ]

    // Instances ----------------------------------------------------------------------------------------------------------------------

    /// <summary>A run with the true constants.</summary>
    /// <param name="device">The device whose response is asked for.</param>
    /// <param name="problem">The objective.</param>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="rate">Learning rate α &gt; 0.</param>
    /// <param name="steps">K ≥ 1.</param>
    /// <param name="start">Start W₀, unit of weight.</param>
    /// <param name="reached">What training can reach, if known.</param>
    let create
        (device: Device)
        (problem: Problem)
        (noise: Noise)
        (rate: float)
        (steps: int)
        (start: float[])
        (reached: Lazy<ReachedWeights list option>)
        =
        let start = Weights.ofArray start

        { Chain = Chain.create problem noise (AnalogSgd.create rate device) start
          Device = device
          LearningRate = rate
          Steps = steps
          Smoothness = problem.Smoothness
          Variances = Array.init start.Length (fun d -> (noise.Moments start d).SecondMoment)
          Reached = reached }

    /// <summary>Independent coordinates of a separable problem: the reach of each, from an interval around where it starts and where it is drawn to.</summary>
    /// <param name="maps">One map per coordinate.</param>
    /// <param name="limit">Largest |w| that is looked at.</param>
    /// <param name="seeds">An interval per coordinate that holds its start.</param>
    let reachedBy (maps: ScalarMap list) (limit: float) (seeds: Interval list) : Lazy<ReachedWeights list option> =
        lazy
            (let reached =
                List.map2
                    (fun (map: ScalarMap) seed ->
                        InvariantInterval.tryFind map limit seed |> Option.map (fun w -> { Weights = w; Slope = map.Slope }))
                    maps
                    seeds

             if List.forall Option.isSome reached then Some(List.map Option.get reached) else None)

    // Coordinates with their curvature, minimiser and start under independent two-point noise.
    let private quadratic (device: Device) coordinates deviation probability rate steps : DeviceRun =
        let curvatures, minimizers, start = Array.unzip3 coordinates
        let noise = Noise.twoPoint deviation probability
        let values = (noise.Moments (Weights.zeros 1) 0).Support |> Option.get |> Array.map _.Value |> Array.toList

        let maps = [ for l, m, _ in coordinates -> InvariantInterval.quadratic device rate l m (values |> List.map Interval.Point) ]

        // Where g vanishes for one of the values, and the start.
        let seeds =
            [ for l, m, w in coordinates do
                  let ends = w :: [ for value in values -> m - value / l ]
                  Interval(List.min ends - 1e-3, List.max ends + 1e-3) ]

        create device (Quadratic.diagonal curvatures minimizers) noise rate steps start (reachedBy maps 1.2 seeds)

    let private well (device: Device) rate steps : DeviceRun =
        let wellAt, tilt, domain = 0.5, 0.05, 1.0
        let point = Interval.Point

        let map =
            { InvariantInterval.quadratic device rate 1.0 0.0 [ point 0.1; point -0.1 ] with
                Slope = fun w -> point 4.0 * w * (w * w - point (wellAt * wellAt)) + point tilt }

        create
            device
            (NonConvex.doubleWell 1 wellAt tilt domain)
            (Noise.rademacher 0.1)
            rate
            steps
            [| 0.5 |]
            (reachedBy [ map ] domain [ Interval(0.3, 0.55) ])

    /// <summary>A scalar problem at the weight a share of the way through a sample's range, started at the far end of the range.</summary>
    /// <param name="sample">A device of a family with its range of weights.</param>
    /// <param name="deviation">Standard deviation of the noise; loss/weight.</param>
    /// <param name="probability">Probability of the larger of its two values, strictly between 0 and 1.</param>
    /// <param name="rate">Learning rate α &gt; 0.</param>
    /// <param name="steps">K ≥ 1.</param>
    let onSample (sample: DeviceSample) deviation probability rate steps : DeviceRun =
        quadratic sample.Device [| 1.0, sample.At 0.75, sample.At 0.25 |] deviation probability rate steps

    let private instances =
        [ for sample in DeviceFamilies.all do
              $"{sample.Name}, Rademacher σ = .15, α = .02, K = 1000", onSample sample 0.15 0.5 0.02 1000
          let tanh = DeviceFamilies.userMade
          "user-made, two-point p = .2, α = .1, K = 100", quadratic tanh [| 1.0, 0.3, -0.3 |] 0.15 0.2 0.1 100

          "generic linear, D = 2, two-point p = .3, α = .05, K = 300",
          quadratic (GenericLinear.create 1.0 0.3) [| 1.0, 0.6, 0.0; 0.5, -0.2, 0.5 |] 0.1 0.3 0.05 300

          "exponential step, double well, α = .05, K = 500", well (ExponentialStep.create 1.0 -1.0 3.0 2.0) 0.05 500 ]

    // Necessity ----------------------------------------------------------------------------------------------------------------------

    // Short runs on a device with two free responses, the same at every weight; its F is all that a reach is needed for.
    let internal short (point: float[]) : DeviceRun =
        let device =
            UserDefined.createEnclosed
                "any"
                -1e3
                1e3
                ((fun _ -> point[0]), (fun _ -> Interval.Point point[0]))
                ((fun _ -> point[1]), (fun _ -> Interval.Point point[1]))

        let curvature, minimizer = point[2], point[3]
        let factor = abs (0.5 * (point[0] + point[1]))
        let noise = Claim.biased point[5] point[6] point[7]
        let rate = point[4] / (curvature * factor)

        let reached =
            { Weights = Interval(-100.0, 100.0)
              Slope = fun w -> Interval.Point curvature * (w - Interval.Point minimizer) }

        let run =
            create
                device
                (Quadratic.isotropic 1 curvature minimizer)
                noise
                rate
                (max 1 (int (Math.Round point[10])))
                [| 0.0 |]
                (lazy Some [ reached ])

        { run with
            Smoothness = run.Smoothness * point[8]
            Variances = run.Variances |> Array.map (fun variance -> variance * point[9]) }

    // ε = −∂f always: the chain stays where ∂f is not 0, and no bound with K or α can follow it.
    let private constantNoise (remainder: DescentRemainder) meanName =
        [ for bias in [ 1.0; 0.5 ] do
              for steps in [ 9; 16; 36; 100 ] do
                  let run = short [| 1.0; 1.0; 1.0; bias; 1.0 / sqrt (2.0 * float steps); 0.0; 0.5; bias; 1.0; 1.0; float steps |]
                  let only (hypothesis: Hypothesis<DeviceRun>) = (hypothesis.Margin run >= 0.0) = (hypothesis.Name <> meanName)

                  if List.forall only (hypotheses remainder) then
                      invariant $"q₊ = q₋ = L = 1, W* = {bias}, W₀ = 0, ε = {bias} always, K = {steps}, α = {run.LearningRate}", run ]

    let private necessity (remainder: DescentRemainder) =
        let hypotheses = hypotheses remainder

        let name (beginning: string) =
            (hypotheses
             |> List.find (fun hypothesis -> hypothesis.Name.StartsWith(beginning, System.StringComparison.Ordinal)))
                .Name

        let meanName = name "A3′: E ε = 0"

        Search.necessity
            hypotheses
            [ Search.free "q₊" -1.0 3.0
              Search.free "q₋" -1.0 3.0
              Search.free "L" 0.25 4.0
              Search.free "W*" -1.0 1.0
              Search.free "αLF" 0.05 4.0
              Search.free "s" 0.01 1.0
              Search.free "p" 0.02 0.98
              Search.freed meanName "E ε" -1.0 1.0 0.0
              Search.freed (name "A1") "L claimed / L" 0.05 1.0 1.0
              Search.freed (name "A3′: E‖ε‖²") "σ² claimed / σ²" 0.0001 1.0 1.0
              Search.free "K" 1.0 5.0 ]
            short
            (exactly remainder)
        |> List.map (fun search ->
            if search.Hypothesis = meanName then
                Search.among meanName (exactly remainder) (constantNoise remainder meanName)
            else
                search)

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
