namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Ensembles

/// A run with the F_max that the bound is told.
[<NoEquality; NoComparison>]
type SequelRun =
    {
        /// Analog SGD on a device, with K, α and the constants of the claim.
        Run: DeviceRun
        /// F_max of the claim.
        LargestFactor: float
    }

/// Which form of the sequel's Theorem 2.
type SequelBound =
    /// avg E[‖∇f⊙F + |∇f|⊙G‖² + 4‖∇f‖²_M] ≤ 16F_max²√(Δ_f σ²L/K) + 8F_max σ²S_K, for α ≤ 1/(4LF_max).
    | AsPrinted
    /// 4·avg E‖∇f‖²_M ≤ 16F_max²√(Δ_f σ²L/K) + 4F_max σ²S_K, for α ≤ 1/(2LF_max).
    | FromDescent

/// <summary>The sequel's Theorem 2 beside what N1 gives for the same rate: half of the floor's constant, and twice the rates.</summary>
/// <remarks>
/// N1 at α = √(Δ_f/(σ²LK))/F_max reads avg EΣ(M_d/F_d)(∂_d f)² ≤ 4F_max√(Δ_f σ²L/K) + σ²S_K, and M_d ≤ F_max·M_d/F_d. The 4 before F_max σ²S_K is sharp
/// as α → 0: at the fixed point under the worst noise 4M(∂f)² = 4G²σ². The printed left side has the further term (F∂f + G|∂f|)², with which it
/// is (5 + 3|ρ|)/(1 + |ρ|)·G²σ² there: no constant below 5 can stand in the place of its 8.
/// </remarks>
[<RequireQualifiedAccess>]
module SequelConvergence =

    let private rateFactor bound =
        match bound with
        | AsPrinted -> 4.0
        | FromDescent -> 2.0

    let private floorFactor bound =
        match bound with
        | AsPrinted -> 8.0
        | FromDescent -> 4.0

    /// <summary>√(Δ_f/(σ²LK))/F_max, the printed rate.</summary>
    /// <param name="gap">Δ_f = f(W₀) − f* &gt; 0; loss.</param>
    /// <param name="variance">σ² = E‖ε‖² &gt; 0; (loss/weight)².</param>
    /// <param name="smoothness">L &gt; 0; loss/weight².</param>
    /// <param name="steps">K ≥ 1.</param>
    /// <param name="largestFactor">F_max, the largest response factor; dimensionless.</param>
    let printedRate (gap: float) (variance: float) (smoothness: float) (steps: int) (largestFactor: float) : float =
        AnalogSgdConvergence.printedRate gap variance smoothness steps / largestFactor

    /// <summary>16F_max²√(Δ_f σ²L/K).</summary>
    /// <param name="setting">A run under the sequel's hypotheses.</param>
    let vanishing (setting: SequelRun) : float =
        let run = setting.Run

        16.0
        * setting.LargestFactor
        * setting.LargestFactor
        * sqrt (run.Gap * run.Variance * run.Smoothness / float run.Steps)

    // What one step adds: the left side, and ‖G/√F‖∞².
    let private parts
        (bound: SequelBound)
        (law: AnalogTheory.Kernels.Laws.DeviceLaw)
        (w: ReadOnlySpan<float>)
        (gradient: ReadOnlySpan<float>)
        =
        let mutable left = 0.0
        let mutable amplification = 0.0

        for d in 0 .. w.Length - 1 do
            let response = law.At(Scalar w[d])
            let f, g, slope = response.Symmetric.Value, response.Asymmetric.Value, gradient[d]
            left <- left + 4.0 * (f * f - g * g) * slope * slope

            if bound = AsPrinted then left <- left + pown (f * slope + g * abs slope) 2

            amplification <- Math.Max(amplification, g * g / f)

        struct (left, amplification)

    let private drawn (bound: SequelBound) (setting: SequelRun) : StateFunction =
        let law = setting.Run.Device.Law
        let factor = floorFactor bound * setting.LargestFactor * setting.Run.Variance

        StateFunction(fun w gradient ->
            let struct (left, amplification) = parts bound law w gradient
            factor * amplification - left)

    /// <summary>The margin of every replica.</summary>
    /// <param name="bound">Which form of the bound.</param>
    /// <param name="setting">A run under the sequel's hypotheses.</param>
    let sampler (bound: SequelBound) (setting: SequelRun) : Sampler =
        let run = setting.Run
        let constant = vanishing setting
        let measure = Measure.Of(drawn bound setting)

        let draw execution key first count =
            let values = ReplicaMargin.averages [ measure ] (ReplicaMargin.fromStart run.Chain run.Steps) execution key first count

            { Values = values[0] |> Array.map (fun value -> constant + value)
              Failures = [] }

        let part (_: int) (w: Interval) (slope: Interval) =
            let response = run.Device.Law.At w
            let f, g = response.Symmetric, response.Asymmetric
            let struct (low, high) = InvariantInterval.square slope

            let lean =
                match bound with
                | AsPrinted -> f * slope + g * Interval.Abs slope
                | FromDescent -> Interval.Point 0.0

            let struct (leanLow, leanHigh) = InvariantInterval.square lean
            let factor = Interval.Point(floorFactor bound * setting.LargestFactor * run.Variance)

            factor * (g * g / f)
            - Interval.Point 4.0 * response.Up * response.Down * Interval(low, high)
            - Interval(leanLow, leanHigh)

        // In D = 1, as here, the largest amplification is the only one.
        { Draw = draw
          Range = DeviceRun.range run part |> Option.map (fun (low, high) -> constant + low, constant + high)
          Watch = None }

    /// <summary>The claim on a short run, its expectation summed over all noise paths.</summary>
    /// <param name="bound">Which form of the bound.</param>
    /// <param name="setting">A run under the sequel's hypotheses.</param>
    let exactly (bound: SequelBound) (setting: SequelRun) : Comparison =
        let run = setting.Run
        let measure = drawn bound setting

        let values =
            FinitePaths.expectAverage run.Steps run.Chain (fun w -> [| measure.Invoke(w.Span, (run.Chain.Problem.Gradient w).Span) |])

        Comparison.atMost -values[0] (vanishing setting)

    // Hypotheses ---------------------------------------------------------------------------------------------------------------------

    let private factorName = "F ≤ F_max on the reached weights"
    let private printedRateName = "α = √(Δ_f/(σ²LK))/F_max"

    let private rateName bound =
        match bound with
        | AsPrinted -> "α ≤ 1/(4LF_max)"
        | FromDescent -> "α ≤ 1/(2LF_max)"

    let private lift (hypothesis: Hypothesis<DeviceRun>) =
        Claim.hypothesis hypothesis.Name (fun (setting: SequelRun) -> hypothesis.Margin setting.Run)

    /// <summary>Hypotheses of a form of the bound.</summary>
    /// <param name="bound">Which form of the bound.</param>
    let hypotheses (bound: SequelBound) : Hypothesis<SequelRun> list =
        (DeviceConvergence.shared @ [ DeviceConvergence.positive ] |> List.map lift)
        @ [ Claim.hypothesis factorName (fun setting ->
                let struct (_, largest) = DeviceRun.symmetricRange setting.Run
                setting.LargestFactor * (1.0 + 1e-12) - largest)
            Claim.hypothesis (rateName bound) (fun setting ->
                1.0 / (rateFactor bound * setting.Run.Smoothness * setting.LargestFactor) - setting.Run.LearningRate)
            Claim.hypothesis printedRateName (fun setting ->
                let run = setting.Run
                let rate = printedRate run.Gap run.Variance run.Smoothness run.Steps setting.LargestFactor
                1e-9 * rate - abs (run.LearningRate - rate)) ]

    // Instances ----------------------------------------------------------------------------------------------------------------------

    let private steps = 2000
    let private deviation = 0.15

    // F_max of the claim is 2 % above that of the range of weights that a sample names, since the hypothesis is checked on enclosures of F.
    let private onSample (sample: DeviceSample) : SequelRun =
        let largest = 1.02 * ([ for i in 0..200 -> sample.Device.Symmetric(sample.At(float i / 200.0)) ] |> List.max)
        let gap = 0.5 * pown (sample.At 0.75 - sample.At 0.25) 2
        let rate = printedRate gap (deviation * deviation) 1.0 steps largest

        { Run = DeviceRun.onSample sample deviation 0.5 rate steps
          LargestFactor = largest }

    let private instances =
        [ for sample in DeviceFamilies.all -> $"{sample.Name}, Rademacher σ = .15, K = 2000", onSample sample ]

    // Necessity: a device with two free responses, the same at every weight.
    let private short (point: float[]) : SequelRun =
        let largest = abs (0.5 * (point[0] + point[1])) * point[10]

        let build rate =
            DeviceRun.short
                [| point[0]
                   point[1]
                   point[2]
                   point[3]
                   rate * point[2] * abs (0.5 * (point[0] + point[1]))
                   point[4]
                   point[5]
                   point[6]
                   point[7]
                   point[8]
                   point[9] |]

        let run = build 0.1

        { Run = build (point[11] * printedRate run.Gap run.Variance run.Smoothness run.Steps largest)
          LargestFactor = largest }

    // ε = −∂f always: the chain stays where ∂f is not 0.
    let private constantNoise (bound: SequelBound) =
        [ for steps in [ 100; 400; 1600 ] do
              let setting = short [| 1.0; 1.0; 1.0; 1.0; 0.0; 0.5; 1.0; 1.0; 1.0; float steps; 1.0; 1.0 |]

              if Claim.failsOnly Claim.meanName (hypotheses bound) setting then
                  invariant $"q₊ = q₋ = L = 1, W* = 1, W₀ = 0, ε = 1 always, K = {steps}", setting ]

    let private necessity (bound: SequelBound) =
        let hypotheses = hypotheses bound
        let name = Claim.nameOf hypotheses

        Search.necessity
            hypotheses
            [ Search.free "q₊" -1.0 3.0
              Search.free "q₋" -1.0 3.0
              Search.free "L" 0.25 4.0
              Search.free "W*" -1.0 1.0
              Search.free "s" 0.01 1.0
              Search.free "p" 0.02 0.98
              Search.freed Claim.meanName "E ε" -1.0 1.0 0.0
              Search.freed (name "A1") "L claimed / L" 0.05 1.0 1.0
              Search.freed (name "A3′: E‖ε‖²") "σ² claimed / σ²" 0.0001 1.0 1.0
              Search.free "K" 1.0 5.0
              Search.freed factorName "F_max claimed / F_max" 0.05 1.0 1.0
              Search.freed printedRateName "α / printed α" 0.01 1.0 1.0 ]
            short
            (exactly bound)
        |> Search.replaced Claim.meanName (exactly bound) (constantNoise bound)

    let private theorem id source variant bound statement : ITheorem =
        Theorem.pack
            { Id = id
              Source = source
              Variant = variant
              Statement = statement
              Hypotheses = hypotheses bound
              Instances = instances
              Evidence = BySampling(sampler bound)
              Necessity = necessity bound }

    /// The sequel's Theorem 2, as printed and as it follows from N1.
    let all: ITheorem list =
        [ theorem
              "N1-sequel-printed"
              (Source.sequel "Theorem 2")
              "printed"
              AsPrinted
              "α = √(Δ_f/(σ²LK))/F_max ≤ 1/(4LF_max) ⇒ avg E[‖∇f⊙F+|∇f|⊙G‖² + 4‖∇f‖²_M] ≤ 16F_max²√(Δ_f σ²L/K) + 8F_max σ²S_K, S_K = avg‖G/√F‖∞²"
          theorem
              "N1-sequel"
              (Source.derived "N1 at the rate of the sequel's Theorem 2")
              "from N1"
              FromDescent
              "the same α, ≤ 1/(2LF_max) ⇒ 4·avg E‖∇f‖²_M ≤ 16F_max²√(Δ_f σ²L/K) + 4F_max σ²S_K, whose 4F_max is sharp as α → 0" ]
