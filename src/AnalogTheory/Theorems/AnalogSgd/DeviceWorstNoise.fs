namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Ensembles

/// <summary>The lower bound's instance on any device: f = (L/2)‖W − w*·1‖² with two-point noise that leans against the device, so that a given weight is where
/// the mean step vanishes.</summary>
/// <remarks>On the asymmetric linear device it is `LowerBoundInstance`: ρ = w/τ.</remarks>
[<NoEquality; NoComparison>]
type WorstNoiseInstance =
    {
        /// Device; F > 0 and |G| < F where the chain goes.
        Device: Device
        /// L; loss/weight².
        Curvature: float
        /// σ, E‖ε‖² = σ²; loss/weight.
        Deviation: float
        /// D.
        Dimension: int
        /// w at which the expected step vanishes for every α.
        FixedPoint: float
    }

    /// σ/√D.
    member instance.CoordinateDeviation = instance.Deviation / sqrt (float instance.Dimension)

    /// w* = w + (σ/(L√D))·ρ/√(1 − ρ²), ρ = G/F at the fixed point.
    member instance.Minimizer =
        let rho = WorstFloor.ratio instance.Device instance.FixedPoint
        instance.FixedPoint + instance.CoordinateDeviation / instance.Curvature * rho / sqrt (1.0 - rho * rho)

    /// The floor σ²ρ²/(1 − ρ²), which is ‖∇f‖² at the fixed point.
    member instance.Floor = instance.Deviation * instance.Deviation * WorstFloor.at instance.Device instance.FixedPoint

/// Building the instance.
[<RequireQualifiedAccess>]
module WorstNoiseInstance =

    /// <summary>f.</summary>
    /// <param name="instance">The quadratic, the device and the noise that leans against it.</param>
    let problem (instance: WorstNoiseInstance) : Problem = Quadratic.isotropic instance.Dimension instance.Curvature instance.Minimizer

    /// <summary>The noise that leans against the device.</summary>
    /// <param name="instance">The quadratic, the device and the noise that leans against it.</param>
    let noise (instance: WorstNoiseInstance) : Noise = Noise.leaningTwoPoint instance.CoordinateDeviation instance.Device

    /// <summary>Expected step of one coordinate of Analog SGD per α.</summary>
    /// <param name="instance">The quadratic, the device and the noise that leans against it.</param>
    /// <param name="w">Weight w, unit of weight.</param>
    let drift (instance: WorstNoiseInstance) (w: float) : float =
        MeanField.drift
            instance.Device
            (fun w -> instance.Curvature * (w - instance.Minimizer))
            (Moments.leaningTwoPoint instance.CoordinateDeviation instance.Device)
            w

    /// <summary>Relaxation time of the mean, 1/(α·(−d drift/dw)); steps.</summary>
    /// <param name="rate">Learning rate α &gt; 0.</param>
    /// <param name="instance">The quadratic, the device and the noise that leans against it.</param>
    let relaxation (rate: float) (instance: WorstNoiseInstance) : float =
        let w, h = instance.FixedPoint, 1e-5
        1.0 / (rate * (drift instance (w - h) - drift instance (w + h)) / (2.0 * h))

    /// <summary>One step as a set-valued map over both points of the noise: +s√(q₋/q₊) and −s√(q₊/q₋).</summary>
    /// <param name="rate">Learning rate α &gt; 0.</param>
    /// <param name="instance">The quadratic, the device and the noise that leans against it.</param>
    let map (rate: float) (instance: WorstNoiseInstance) : ScalarMap =
        let deviation = Interval.Point instance.CoordinateDeviation
        let positive (x: Interval) = Interval(Math.Max(0.0, x.Lower), Math.Max(0.0, x.Upper))
        let root (a: Interval) (b: Interval) = deviation * Interval.Sqrt(positive (a / b))

        { InvariantInterval.quadratic instance.Device rate instance.Curvature instance.Minimizer [] with
            Noises =
                [ fun w -> let response = instance.Device.Law.At w in root response.Down response.Up
                  fun w -> let response = instance.Device.Law.At w in -(root response.Up response.Down) ] }

    // Where g vanishes for one of the points: for small α the chain cannot pass it.
    let private boundary (instance: WorstNoiseInstance) (noise: float -> float) : float option =
        let device, w = instance.Device, instance.FixedPoint
        let low, high = Math.Max(device.Lower, w - 10.0), Math.Min(device.Upper, w + 10.0)
        let edge = 1e-9 * (high - low)
        let balance w = instance.Curvature * (w - instance.Minimizer) + instance.CoordinateDeviation * noise w

        match MathNet.Numerics.RootFinding.Brent.TryFindRoot(Func<float, float>(balance), low + edge, high - edge, 1e-12, 500) with
        | true, root -> Some root
        | _ -> None

    /// <summary>The weights that Analog SGD can reach from the fixed point; None if no bound was found inside the device's range.</summary>
    /// <param name="rate">Learning rate α &gt; 0.</param>
    /// <param name="instance">The quadratic, the device and the noise that leans against it.</param>
    let reachable (rate: float) (instance: WorstNoiseInstance) : Interval option =
        let device = instance.Device
        let low = boundary instance (fun w -> sqrt (device.Down w / device.Up w))
        let high = boundary instance (fun w -> -(sqrt (device.Up w / device.Down w)))

        match low, high with
        | Some low, Some high ->
            let margin = 1e-3 * (high - low)

            InvariantInterval.tryFind
                (map rate instance)
                (Math.Max(abs device.Lower, abs device.Upper))
                (Interval(low - margin, high + margin))
        | _ -> None
        |> Option.filter (fun reached ->
            let response = device.Law.At reached

            reached.Lower >= device.Lower
            && reached.Upper <= device.Upper
            && response.Up.Lower > 0.0
            && response.Down.Lower > 0.0)

/// A stationary measurement of the worst noise's floor.
[<NoEquality; NoComparison>]
type WorstNoiseRun =
    {
        /// Device, noise and quadratic on which the floor is attained.
        Instance: WorstNoiseInstance
        /// α.
        LearningRate: float
        /// Claimed limit of E‖∇f‖²/(σ²·E ρ²/(1 − ρ²)) as α → 0.
        Constant: float
        /// Relative distance from the limit that the finite α is granted.
        Allowance: float
        /// true: the ratio is at most constant·(1 + allowance); false: at least constant·(1 − allowance).
        IsUpper: bool
        /// Weights that the chain can reach.
        Reached: Lazy<Interval option>
    }

/// Claim N1's sharpness on every device: two-point noise with p = q₊/(q₊ + q₋) forces the floor σ²ρ²/(1 − ρ²) on Analog SGD, and N1 allows no more.
[<RequireQualifiedAccess>]
module DeviceWorstNoise =

    /// Name of what the chain has to stay in.
    let rangeName = "the chain stays where q₊, q₋ > 0"

    let private rateName = "α ≤ 1/(2LF)"

    // Σ_d ±[(∂_d f)² − factor·σ_d²·ρ_d²/(1 − ρ_d²)].
    let private sides (run: WorstNoiseRun) : struct (float * float) =
        if run.IsUpper then
            struct (-1.0, run.Constant * (1.0 + run.Allowance))
        else
            struct (1.0, run.Constant * (1.0 - run.Allowance))

    /// <summary>A replica's margin, started at the fixed point and averaged over one relaxation time after one: the range of a replica, not its spread, decides how many are needed.</summary>
    /// <param name="run">The instance with its learning rate.</param>
    let sampler (run: WorstNoiseRun) : Sampler =
        let instance, device = run.Instance, run.Instance.Device
        let time = int64 (ceil (WorstNoiseInstance.relaxation run.LearningRate instance))
        let struct (sign, factor) = sides run
        let variance = pown instance.CoordinateDeviation 2

        let averaged =
            { Problem = WorstNoiseInstance.problem instance
              Noise = WorstNoiseInstance.noise instance
              Rule = Rule.pack (AnalogSgd.create run.LearningRate device)
              Start = Weights.constant instance.Dimension instance.FixedPoint
              BurnIn = time
              Steps = time }

        let measure =
            Measure.Of(fun w gradient ->
                let mutable sum = 0.0

                for d in 0 .. w.Length - 1 do
                    sum <- sum + gradient[d] * gradient[d] - factor * variance * WorstFloor.at device w[d]

                sign * sum)

        let draw execution key first count =
            { Values = (ReplicaMargin.averages [ measure ] averaged execution key first count)[0]
              Failures = [] }

        let range =
            run.Reached.Value
            |> Option.map (fun weights ->
                let gradient = Interval.Point instance.Curvature * (weights - Interval.Point instance.Minimizer)
                let struct (least, most) = InvariantInterval.square gradient
                let floor = (WorstFloor.enclose device weights.Lower weights.Upper).Upper

                let ends =
                    [ for g in [ least; most ] do
                          for a in [ 0.0; floor ] -> sign * float instance.Dimension * (g - factor * variance * a) ]

                let low, high = List.min ends, List.max ends
                let room = 1e-9 * (abs low + abs high)
                low - room, high + room)

        { Draw = draw; Range = range; Watch = None }

    let private run device w deviation dimension rate constant allowance isUpper =
        let instance =
            { Device = device
              Curvature = 1.0
              Deviation = deviation
              Dimension = dimension
              FixedPoint = w }

        { Instance = instance
          LearningRate = rate
          Constant = constant
          Allowance = allowance
          IsUpper = isUpper
          Reached = lazy (WorstNoiseInstance.reachable rate instance) }

    let private stays = Claim.hypothesis rangeName (fun run -> if run.Reached.Value.IsSome then 0.0 else -Double.Epsilon)

    let private slow =
        Claim.hypothesis rateName (fun run ->
            0.5 / (run.Instance.Curvature * run.Instance.Device.Symmetric run.Instance.FixedPoint) - run.LearningRate)

    let private shown (w: float) = w.ToString("F3", Globalization.CultureInfo.InvariantCulture)

    // Every family at one weight with |ρ| of about .5: what changes with α is then within the allowance.
    let private weights =
        [ for sample in DeviceFamilies.all do
              let share =
                  if WorstFloor.at sample.Device sample.Upper >= WorstFloor.at sample.Device sample.Lower then
                      1.0
                  else
                      0.0
              // From the symmetric side towards that end, the first weight at which the floor is at least a third of σ², or the end.
              let candidates = [ for i in 1..20 -> sample.At(0.5 + (share - 0.5) * float i / 20.0) ]

              sample,
              candidates
              |> List.tryFind (fun w -> WorstFloor.at sample.Device w >= 1.0 / 3.0)
              |> Option.defaultValue (List.last candidates) ]

    let private instances =
        [ for sample, w in weights do
              for isUpper in [ true; false ] do
                  let side = if isUpper then "from above" else "from below"
                  $"{sample.Name}, w = {shown w}, σ = .15, α = .008, {side}", run sample.Device w 0.15 1 0.008 1.0 0.05 isUpper ]

    let private measured (run: WorstNoiseRun) : Comparison =
        let sample = (sampler run).Draw Execution.Default (Key.ofSeed 3UL |> Key.named "necessity") 0u 1024
        let estimate = Estimate.ofArray sample.Values

        { Measured = estimate.Mean
          Bound = 0.0
          Margin = estimate.Mean + 6.0 * estimate.StandardError }

    let private necessity =
        let among (dropped: Hypothesis<WorstNoiseRun>) kept candidates =
            Search.among
                dropped.Name
                measured
                [ for name, run in candidates do
                      if
                          dropped.Margin run < 0.0
                          && List.forall (fun (hypothesis: Hypothesis<WorstNoiseRun>) -> hypothesis.Margin run >= 0.0) kept
                      then
                          name, run ]

        let candidates =
            [ for rate in [ 0.1; 0.3; 0.6; 0.9 ] do
                  for w in [ 0.2; 0.5; 0.7 ] do
                      for isUpper in [ true; false ] do
                          let side = if isUpper then "above" else "below"

                          invariant $"generic linear, c = 0.3, τ = L = 1, σ = 0.3, w = {w}, α = {rate}, from {side}",
                          run (GenericLinear.create 1.0 0.3) w 0.3 1 rate 1.0 0.04 isUpper ]

        [ { Hypothesis = stays.Name
            Search = fun key -> (among stays [ slow ] candidates).Search key }
          { Hypothesis = slow.Name
            Search = fun key -> (among slow [ stays ] candidates).Search key } ]

    // The ratio of the stationary law, by Ulam's method.
    let private ratio (instance: WorstNoiseInstance) (rate: float) : Discretised =
        match WorstNoiseInstance.reachable rate instance with
        | None -> { Value = nan; Error = infinity }
        | Some weights ->
            let slope w = instance.Curvature * (w - instance.Minimizer)
            let atoms = NoiseAtoms.finite (Moments.leaningTwoPoint instance.CoordinateDeviation instance.Device)
            let chain = ScalarChain.analogSgd instance.Device rate slope atoms weights.Lower weights.Upper
            let variance = pown instance.CoordinateDeviation 2
            StationaryLaw.ratio StationaryLaw.cells chain (fun w -> pown (slope w) 2) (fun w -> variance * WorstFloor.at instance.Device w)

    /// <summary>The ratio extrapolated to α = 0 from α, α/2 and α/4, with the error that the discretisation leaves in it.</summary>
    /// <param name="instance">The quadratic, the device and the noise that leans against it.</param>
    /// <param name="rate">Learning rate α &gt; 0.</param>
    let extrapolated (instance: WorstNoiseInstance) (rate: float) : Discretised =
        let at = [ 1.0; 0.5; 0.25 ] |> List.map (fun factor -> ratio instance (factor * rate))
        let coefficients = [ 1.0 / 3.0; -2.0; 8.0 / 3.0 ]

        { Value = List.map2 (fun c (r: Discretised) -> c * r.Value) coefficients at |> List.sum
          Error = List.map2 (fun c (r: Discretised) -> abs c * r.Error) coefficients at |> List.sum }

    let private staysAt =
        Claim.hypothesis rangeName (fun (instance, rate) ->
            if (WorstNoiseInstance.reachable rate instance).IsSome then 0.0 else -Double.Epsilon)

    // Smooth responses only: the estimate of the error is for them.
    let private smooth =
        weights
        |> List.filter (fun (sample, _) -> not (sample.Name.StartsWith("measured", System.StringComparison.Ordinal)))

    /// N1's sharpness.
    let all: ITheorem list =
        [ Theorem.pack
              { Id = "N1-floor"
                Source = Source.derived "N1, sharp for every device"
                Variant = "every device"
                Statement = "two-point noise with p = q₊/(q₊ + q₋): avg E‖∇f‖² → 1·σ²·avg E ρ²/(1 − ρ²) as α → 0, within 5 % at α = .008"
                Hypotheses = [ stays; slow ]
                Instances = instances
                Evidence = BySampling sampler
                Necessity = necessity }
          Theorem.pack
              { Id = "N1-floor-limit"
                Source = Source.derived "N1, sharp for every device"
                Variant = "every device, extrapolated"
                Statement = "the stationary ratio E‖∇f‖²/(σ²E ρ²/(1 − ρ²)), extrapolated from α = .01, .005, .0025 to α = 0, is 1 ± .002"
                Hypotheses = [ staysAt ]
                Instances =
                  [ for sample, w in smooth do
                        $"{sample.Name}, w = {shown w}",
                        ({ Device = sample.Device
                           Curvature = 1.0
                           Deviation = 0.15
                           Dimension = 1
                           FixedPoint = w },
                         0.01) ]
                Evidence =
                  ByDiscretisation(fun (instance, rate) ->
                      let value = extrapolated instance rate
                      [ Comparison.equal 0.002 value.Value 1.0, value.Error ])
                // Where the chain leaves there is no law to compute: replicas at an α that is too large.
                Necessity = necessity |> List.filter (fun search -> search.Hypothesis = rangeName) } ]
