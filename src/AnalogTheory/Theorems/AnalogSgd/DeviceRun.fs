namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// One coordinate of a run: the weights that it can reach, and ∂f over intervals of them.
[<NoEquality; NoComparison>]
type ReachedWeights =
    {
        /// Every weight that the coordinate can have on any path; unit of weight.
        Weights: Interval
        /// ∂f over an interval of those weights, enclosed; loss/weight.
        Slope: Interval -> Interval
    }

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

/// Runs of Analog SGD on any device: how they are made, and what holds on all weights that they can reach.
[<RequireQualifiedAccess>]
module DeviceRun =

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

    // Makers -------------------------------------------------------------------------------------------------------------------------

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

    /// Coordinates with their curvature, minimiser and start under independent two-point noise.
    let internal quadratic (device: Device) coordinates deviation probability rate steps : DeviceRun =
        let curvatures, minimizers, start = Array.unzip3 coordinates
        let noise = Noise.twoPoint deviation probability
        let values = (noise.Moments (Weights.zeros 1) 0).Support |> Option.get |> Array.map _.Value |> Array.toList

        let maps = [ for l, m, _ in coordinates -> InvariantInterval.quadratic device rate l m (values |> List.map Interval.Point) ]

        let seeds =
            [ for l, m, w in coordinates do
                  let seed = InvariantInterval.quadraticSeed l m w values
                  Interval(seed.Lower - 1e-3, seed.Upper + 1e-3) ]

        create device (Quadratic.diagonal curvatures minimizers) noise rate steps start (reachedBy maps 1.2 seeds)

    /// The tilted double well from its upper well.
    let internal well (device: Device) rate steps : DeviceRun =
        let wellAt, tilt, domain = 0.5, 0.05, 1.0
        let map = InvariantInterval.doubleWell device rate wellAt tilt [ Interval.Point 0.1; Interval.Point -0.1 ]

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

    /// Short runs on a device with two free responses, the same at every weight; its F is all that a reach is needed for.
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
