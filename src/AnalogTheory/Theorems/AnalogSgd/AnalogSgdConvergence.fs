namespace AnalogTheory

open System
open AnalogTheory.Kernels.Ensembles

/// Which form of the bound.
type AnalogBound =
    /// v1's Theorem 2: 4√(Δ_f σ²L/K)/(1−m) + 4σ²·E S_K.
    | Printed
    /// [2Δ_f/(αK) + 2Lασ² + σ²·avg E a_k]/(1−m).
    | Uniform
    /// avg E[(1−a_k)‖∇f‖²] ≤ 2Δ_f/(αK) + 2Lασ² + σ²·avg E a_k.
    | Weighted

/// Claim S3: convergence of Analog SGD to a floor.
[<RequireQualifiedAccess>]
module AnalogSgdConvergence =

    let private saturationBound (run: AnalogRun) = pown (run.LargestWeight / run.Radius) 2

    /// <summary>√(Δ_f/(σ²LK)), the printed learning rate.</summary>
    /// <param name="gap">Δ_f = f(W₀) − f* &gt; 0; loss.</param>
    /// <param name="variance">σ² = E‖ε‖² &gt; 0; (loss/weight)².</param>
    /// <param name="smoothness">L &gt; 0; loss/weight².</param>
    /// <param name="steps">K ≥ 1.</param>
    let printedRate (gap: float) (variance: float) (smoothness: float) (steps: int) : float =
        sqrt (gap / (variance * smoothness * float steps))

    // What a replica measures, or what it is expected to: averages of ‖∇f‖², (1−a)‖∇f‖², a and a/(1−a).
    [<Struct>]
    type private Averages =
        { Gradient: float; Unsaturated: float; Saturation: float; Amplification: float }

    let private compare (bound: AnalogBound) (run: AnalogRun) (averages: Averages) : Comparison =
        let free = 1.0 - saturationBound run
        let k = float run.Steps

        let noiseless = 2.0 * run.Gap / (run.LearningRate * k) + 2.0 * run.Smoothness * run.LearningRate * run.Variance

        match bound with
        | Printed ->
            let rate = 4.0 * sqrt (run.Gap * run.Variance * run.Smoothness / k) / free
            Comparison.atMost averages.Gradient (rate + 4.0 * run.Variance * averages.Amplification)
        | Uniform -> Comparison.atMost averages.Gradient ((noiseless + run.Variance * averages.Saturation) / free)
        | Weighted -> Comparison.atMost averages.Unsaturated (noiseless + run.Variance * averages.Saturation)

    let private measures radius =
        [ MeasureKind.GradientNormSquared; MeasureKind.UnsaturatedGradient; MeasureKind.Saturation; MeasureKind.Amplification ]
        |> List.map (fun kind -> Measure(kind, radius))

    let private rangeName = "A4: ‖W_k‖∞ ≤ W_max < τ"
    let private rateName = "α ≤ 1/(2L)"
    let private printedRateName = "α = √(Δ_f/(σ²LK))"

    let private watch (bound: AnalogBound) (run: AnalogRun) : Watch =
        let steps = int64 run.Steps

        PathWatch.create
            run.Chain
            steps
            [ yield! AnalogRun.vouched run.Chain steps run.Smoothness run.Variance
              PathWatch.linear Claim.linearName run.Radius run.Device
              // S3-weighted follows from S2 alone, which asks nothing of ‖W‖∞.
              if not bound.IsWeighted then PathWatch.within rangeName run.LargestWeight ]

    /// <summary>The margin of every replica, the path-dependent part of the bound included; its hypotheses are watched along the paths.</summary>
    /// <param name="bound">Which form of the bound.</param>
    /// <param name="run">A training run of Analog SGD, with its constants.</param>
    let sampler (bound: AnalogBound) (run: AnalogRun) : Sampler =
        let averaged = ReplicaMargin.fromStart run.Chain run.Steps

        let margin gradient unsaturated saturation amplification =
            let averages =
                { Gradient = gradient
                  Unsaturated = unsaturated
                  Saturation = saturation
                  Amplification = amplification }

            (compare bound run averages).Margin

        let draw execution key first count =
            let values = ReplicaMargin.averages (measures run.Radius) averaged execution key first count
            let gradient, unsaturated, saturation, amplification = values[0], values[1], values[2], values[3]

            { Values = Array.init count (fun r -> margin gradient[r] unsaturated[r] saturation[r] amplification[r])
              Failures = [] }

        let m = saturationBound run

        let range =
            // The weighted form does not divide by 1 − m.
            if Double.IsFinite run.LargestGradient && (m < 1.0 || (bound.IsWeighted && m = 1.0)) then
                let low, high = margin run.LargestGradient run.LargestGradient 0.0 0.0, margin 0.0 0.0 m (m / (1.0 - m))
                let room = 1e-9 * (abs low + abs high)
                Some(low - room, high + room)
            else
                None

        { Draw = draw; Range = range; Watch = Some(watch bound run) }

    /// <summary>The claim on a short run, its expectations summed over all noise paths.</summary>
    /// <param name="bound">Which form of the bound.</param>
    /// <param name="run">A training run of Analog SGD, with its constants.</param>
    let exactly (bound: AnalogBound) (run: AnalogRun) : Comparison =
        let values =
            FinitePaths.expectAverage run.Steps run.Chain (fun w ->
                let gradient = Weights.normSquared (run.Chain.Problem.Gradient w)
                let a = pown (Weights.largest w / run.Radius) 2
                [| gradient; (1.0 - a) * gradient; a; a / (1.0 - a) |])

        compare
            bound
            run
            { Gradient = values[0]
              Unsaturated = values[1]
              Saturation = values[2]
              Amplification = values[3] }

    // Hypotheses ---------------------------------------------------------------------------------------------------------------------

    /// <summary>Hypotheses of a form of the bound.</summary>
    /// <param name="bound">Which form of the bound.</param>
    let hypotheses (bound: AnalogBound) : Hypothesis<AnalogRun> list =
        [ Claim.hypothesis Claim.smoothName (fun run ->
              let room = run.Chain.Problem.Domain - run.LargestWeight
              let difference = run.Smoothness - run.Chain.Problem.Smoothness
              if room >= 0.0 || Double.IsPositiveInfinity run.Chain.Problem.Domain then difference else room)
          Claim.centred (fun (run: AnalogRun) -> struct (run.Variance, run.Chain.Noise, run.Chain.Start))
          Claim.hypothesis Claim.varianceName (fun run ->
              let variance = Noise.variance run.Chain.Noise run.Chain.Start
              run.Variance - variance + 1e-14 * variance)
          Claim.hypothesis rateName (fun run -> 0.5 / run.Smoothness - run.LearningRate)
          Claim.hypothesis Claim.linearName (fun run ->
              1e-14 - Claim.distanceFromLinear run.Radius run.Device [ -0.5 * run.Radius; 0.25 * run.Radius ]) ]
        // S3-weighted follows from S2 alone, which asks nothing of ‖W‖∞.
        @ (match bound with
           | Weighted -> []
           | Printed
           | Uniform -> [ Claim.hypothesis rangeName (fun run -> Math.BitDecrement run.Radius - run.LargestWeight) ])
        @ (match bound with
           | Printed ->
               [ Claim.hypothesis printedRateName (fun run ->
                     let rate = printedRate run.Gap run.Variance run.Smoothness run.Steps
                     1e-9 * rate - abs (run.LearningRate - rate)) ]
           | Uniform
           | Weighted -> [])

    // Instances ----------------------------------------------------------------------------------------------------------------------

    let private scalar = [| 1.0, 0.5, 0.0 |]
    let private plane = [| 1.0, 0.4, 0.0; 0.5, -0.3, 0.0 |]

    // The printed rate needs Δ_f > 0, so the lower bound's instance starts at 0 there.
    let private instances (bound: AnalogBound) : (string * AnalogRun) list =
        let rate gap variance steps free =
            match bound with
            | Printed -> printedRate gap variance 1.0 steps
            | _ -> free

        [ "D = 1, Rademacher σ = .2, K = 400", AnalogRun.quadratic scalar 0.2 0.5 (rate 0.125 0.04 400 0.1) 400
          "D = 1, Rademacher σ = .2, K = 40", AnalogRun.quadratic scalar 0.2 0.5 (rate 0.125 0.04 40 0.5) 40
          let gap = 0.5 * 0.16 + 0.25 * 0.09
          "D = 2, two-point p = .3, K = 300", AnalogRun.quadratic plane 0.1 0.3 (rate gap 0.02 300 0.05) 300

          match bound with
          | Printed ->
              let instance = LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.5
              let gap = 0.5 * instance.Minimizer * instance.Minimizer
              "lower bound's instance r = .5, K = 4000", AnalogRun.lowerBound 0.5 0.3 (Some 0.0) (printedRate gap 0.09 1.0 4000) 4000
          | Uniform
          | Weighted ->
              "lower bound's instance r = .5, α = .005, K = 20000", AnalogRun.lowerBound 0.5 0.3 None 0.005 20000
              "double well, α = 1/(2L)", AnalogRun.doubleWell (0.5 / (NonConvex.doubleWell 1 0.5 0.05 0.9).Smoothness) 500 ]

    // Short scalar runs whose expectations are summed; W_max is the largest weight on any path.
    let internal short (bound: AnalogBound) (point: float[]) : AnalogRun =
        let curvature, radius, minimizer, start, rate = point[0], point[1], point[2], point[3], point[4] / point[0]
        let asymmetry, steps = point[8], max 1 (int (Math.Round point[9]))
        let device = Claim.linearDevice radius asymmetry
        let problem = Quadratic.isotropic 1 curvature minimizer
        let noise = Claim.biased point[5] point[6] point[7]
        let start = Weights.ofArray [| start |]
        let smoothness, variance = curvature * point[10], (Noise.variance noise start) * point[11]

        let rate =
            match bound with
            | Printed -> point[12] * printedRate (problem.Excess start) variance smoothness steps
            | Uniform
            | Weighted -> rate

        let chain = Chain.create problem noise (AnalogSgd.create rate device) start

        let rec reach k (w: Weights) =
            let here = Weights.largest w

            if k = 0 then
                here
            else
                FinitePaths.successors chain w
                |> Array.fold (fun largest (struct (_, next)) -> Math.Max(largest, reach (k - 1) next)) here

        { Chain = chain
          Device = device
          Radius = radius
          LearningRate = rate
          Steps = steps
          Smoothness = smoothness
          Variance = variance
          LargestWeight = reach (steps - 1) start
          LargestGradient = infinity }

    // ε = b always: the chain stays at W = 0 with ∇f = −b for ever, and no bound with K or α can follow it.
    let private constantNoise (bound: AnalogBound) =
        [ for bias in [ 1.0; 0.5 ] do
              for steps in [ 9; 16; 36 ] do
                  let rate =
                      match bound with
                      | Printed -> 1.0
                      | Uniform
                      | Weighted -> 1.0 / sqrt (2.0 * float steps)

                  let point = [| 1.0; 2.0; bias; 0.0; rate; 0.0; 0.5; bias; 0.0; float steps; 1.0; 1.0; 1.0 |]
                  let run = short bound point

                  if Claim.failsOnly Claim.meanName (hypotheses bound) run then
                      invariant $"L = 1, τ = 2, W* = {bias}, W₀ = 0, ε = {bias} always, K = {steps}, α = {run.LearningRate}", run ]

    let private necessity (bound: AnalogBound) : Necessity list =
        Search.necessity
            (hypotheses bound)
            [ Search.free "L" 0.25 4.0
              Search.free "τ" 0.5 8.0
              Search.free "W*" -1.0 1.0
              Search.free "W₀" -1.0 1.0
              Search.free "αL" 0.05 2.0
              Search.free "s" 0.01 1.0
              Search.free "p" 0.02 0.98
              Search.freed Claim.meanName "E ε" -2.0 2.0 0.0
              Search.freed Claim.linearName "c" -0.9 0.9 0.0
              Search.free "K" 1.0 5.0
              Search.freed Claim.smoothName "L claimed / L" 0.05 1.0 1.0
              Search.freed Claim.varianceName "σ² claimed / σ²" 0.0001 1.0 1.0
              Search.freed printedRateName "α / printed α" 0.01 1.0 1.0 ]
            (short bound)
            (exactly bound)
        |> Search.replaced Claim.meanName (exactly bound) (constantNoise bound)

    let private theorem id source bound variant statement : ITheorem =
        Theorem.pack
            { Id = id
              Source = source
              Variant = variant
              Statement = statement
              Hypotheses = hypotheses bound
              Instances = instances bound
              Evidence = BySampling(sampler bound)
              Necessity = necessity bound }

    /// The three forms.
    let all: ITheorem list =
        [ theorem
              "S3-printed"
              (Source.paper "Theorem 2")
              Printed
              "printed"
              "α = √(Δ_f/(σ²LK)) ≤ 1/(2L) ⇒ avg E‖∇f‖² ≤ 4√(Δ_f σ²L/K)/(1−m) + 4σ²·E S_K"
          theorem "S3-uniform" (Source.derived "S3") Uniform "uniform" "α ≤ 1/(2L) ⇒ avg E‖∇f‖² ≤ [2Δ_f/(αK) + 2Lασ² + σ²·avg E a_k]/(1−m)"
          theorem
              "S3-weighted"
              (Source.derived "S3")
              Weighted
              "weighted"
              "α ≤ 1/(2L) ⇒ avg E[(1−a_k)‖∇f(W_k)‖²] ≤ 2Δ_f/(αK) + 2Lασ² + σ²·avg E a_k" ]
