namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Ensembles

/// The ratio E‖∇f‖²/(σ²S_K) that the lower bound says is at least 1 − O(α), computed and measured on its instances (L4, L5).
[<RequireQualifiedAccess>]
module LowerBoundRatio =

    /// Most steps that a replica averages; at small α this is what limits the interval.
    let longest = 40_000L

    /// Averaged steps, in units of 1/(αL).
    let averagedTime = 400.0

    /// Steps before the average, in units of 1/(αL); the chain starts at its fixed point.
    let burnInTime = 5.0

    let private variance (instance: LowerBoundInstance) = instance.Deviation * instance.Deviation

    /// σ²·a/(1 − a) at weight w of every coordinate.
    let private amplification (instance: LowerBoundInstance) (w: float) =
        let a = w * w / (instance.Radius * instance.Radius)
        variance instance * a / (1.0 - a)

    let private squaredGradient (instance: LowerBoundInstance) (w: float) =
        let slope = instance.Curvature * (w - instance.Minimizer)
        float instance.Dimension * slope * slope

    /// <summary>The stationary ratio by Ulam's method, on an interval that no path leaves, with a bound on its error.</summary>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="weights">Invariant interval inside (−τ, τ), as <c>LowerBoundInstance.reachable</c> finds it.</param>
    let stationary (learningRate: float) (instance: LowerBoundInstance) (weights: Interval) : Discretised =
        let atoms = NoiseAtoms.finite (Moments.stateDependentTwoPoint instance.CoordinateDeviation instance.Radius)
        let slope w = instance.Curvature * (w - instance.Minimizer)
        let chain = ScalarChain.analogSgd (LowerBoundInstance.device instance) learningRate slope atoms weights.Lower weights.Upper

        StationaryLaw.ratio StationaryLaw.cells chain (squaredGradient instance) (amplification instance)

    /// <summary>The stationary ratio E‖∇f‖²/(σ²·E a/(1 − a)) by Ulam's method, with a bound on its error; None where no invariant interval inside (−τ, τ) is known.</summary>
    /// <remarks>All coordinates of the instance are equal in every state, so that one weight with noise of deviation σ/√D is the whole chain.</remarks>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    /// <param name="instance">The instance: curvature, minimiser, noise and device that belong together.</param>
    let computed (learningRate: float) (instance: LowerBoundInstance) : Discretised option =
        LowerBoundInstance.reachable learningRate instance.FixedPoint instance
        |> Option.map (stationary learningRate instance)

    /// <summary>A run of a rule on an instance, from its fixed point.</summary>
    /// <param name="settings">Replicas, steps, measures and key.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="instance">The instance.</param>
    let plan (settings: EnsembleSettings) (rule: IRule) (instance: LowerBoundInstance) : EnsemblePlan =
        let start = Weights.constant instance.Dimension instance.FixedPoint
        Ensemble.planOf settings (LowerBoundInstance.problem instance) (LowerBoundInstance.noise instance) rule FullBatch start

    /// <summary>The ratio of two means over replicas, with the standard error of its linearisation.</summary>
    /// <param name="gradient">Average of ‖∇f‖² of each replica.</param>
    /// <param name="amplification">Average of a/(1 − a) of each replica, as <c>MeasureKind.Amplification</c> gives it.</param>
    /// <param name="instance">The instance, for its σ².</param>
    let ofAverages (gradient: ReadOnlySpan<float>) (amplification: ReadOnlySpan<float>) (instance: LowerBoundInstance) : Estimate =
        let variance = variance instance
        let top, bottom = Estimate.ofSpan gradient, variance * (Estimate.ofSpan amplification).Mean
        let ratio = top.Mean / bottom
        let residuals = Array.zeroCreate gradient.Length

        for i in 0 .. residuals.Length - 1 do
            residuals[i] <- (gradient[i] - ratio * variance * amplification[i]) / bottom

        { Estimate.ofArray residuals with Mean = ratio }

    /// What one learning rate gives on one instance.
    [<NoComparison>]
    type Rung =
        {
            /// Measured E‖∇f‖²/(σ²S_K).
            Ratio: Estimate
            /// The same of the stationary law, by Ulam's method; None where no path is known to stay inside (−τ, τ).
            Computed: Discretised option
        }

    /// <summary>Measures one learning rate after 5/(αL) steps, over the 400/(αL) after them, at most 40,000.</summary>
    /// <param name="execution">How to use the machine.</param>
    /// <param name="key">Randomness; rungs of one key are independent.</param>
    /// <param name="replicas">Independent replicas, at least 2.</param>
    /// <param name="learningRate">α > 0.</param>
    /// <param name="instance">Instance, started at its fixed point.</param>
    let measure (execution: Execution) (key: Key) (replicas: int) (learningRate: float) (instance: LowerBoundInstance) : Rung =
        Require.atLeast "replicas" 2L (int64 replicas)
        Require.positive "learningRate" learningRate
        let time share = max 50L (int64 (share / (learningRate * instance.Curvature)))
        let burnIn = time burnInTime
        let averaged = min longest (time averagedTime)

        let settings =
            { Ensemble.settings replicas (burnIn + averaged) (Key.ofNumber learningRate key) with
                Measures = [ Measure MeasureKind.GradientNormSquared; Measure(MeasureKind.Amplification, instance.Radius) ]
                AverageFrom = Some burnIn }

        let rule = Rule.pack (AnalogSgd.create learningRate (LowerBoundInstance.device instance))
        let result = (Ensemble.runAll execution [ plan settings rule instance ])[0]

        { Ratio = ofAverages (result.Average 0) (result.Average 1) instance
          Computed = computed learningRate instance }
