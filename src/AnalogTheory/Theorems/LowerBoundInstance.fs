namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open MathNet.Numerics.RootFinding

/// The instance that v1's Theorem 3 builds: f = (L/2)‖W − w*·1‖² with noise that leans against the weight (claims L1 to L4 of the ledger, proofs-checks/README.md).
[<NoComparison>]
type LowerBoundInstance =
    {
        /// L; loss/weight².
        Curvature: float
        /// τ; weight.
        Radius: float
        /// σ, E‖ε‖² = σ²; loss/weight.
        Deviation: float
        /// D.
        Dimension: int
        /// w*; weight.
        Minimizer: float
        /// r, the saturation |w|/τ at which the expected step vanishes, signed.
        Saturation: float
    }

    /// σ/√D.
    member instance.CoordinateDeviation = instance.Deviation / sqrt (float instance.Dimension)

    /// rτ, where the expected step vanishes for every α.
    member instance.FixedPoint = instance.Saturation * instance.Radius

    /// The floor σ²r²/(1 − r²), which is ‖∇f‖² there.
    member instance.Floor =
        let squared = instance.Saturation * instance.Saturation
        instance.Deviation * instance.Deviation * squared / (1.0 - squared)

/// Conditions under which v1 states Theorem 3, each with its signed margin.
type LowerBoundRegion =
    {
        /// τ/4 − |w*|.
        Minimizer: float
        /// τL√D/(4√3) − σ.
        Deviation: float
        /// min{1/(2L), 1/(L + 6σ/(τ√D))} − α.
        LearningRate: float
    }

    /// Whether all three hold.
    member region.Holds = region.Minimizer >= 0.0 && region.Deviation >= 0.0 && region.LearningRate >= 0.0

/// Building the instance, and what is known about it in closed form.
[<RequireQualifiedAccess>]
module LowerBoundInstance =

    /// <summary>From a wanted saturation r: w* = rτ + (σ/(L√D))·r/√(1−r²).</summary>
    /// <param name="curvature">L &gt; 0, the curvature of the quadratic; loss/weight².</param>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    /// <param name="dimension">Number of coordinates D ≥ 1.</param>
    /// <param name="saturation">Saturation r, strictly between 0 and 1: the weight over τ at the fixed point.</param>
    /// <exception cref="T:System.ArgumentException">L, τ or σ is not positive, D is below 1, or |r| is not below 1.</exception>
    let ofSaturation (curvature: float) (radius: float) (deviation: float) (dimension: int) (saturation: float) : LowerBoundInstance =
        Require.positive "curvature" curvature
        Require.positive "radius" radius
        Require.positive "deviation" deviation
        Require.atLeast "dimension" 1L (int64 dimension)
        Require.between "saturation" -1.0 1.0 saturation
        let shift = deviation / (curvature * sqrt (float dimension)) * saturation / sqrt (1.0 - saturation * saturation)

        { Curvature = curvature
          Radius = radius
          Deviation = deviation
          Dimension = dimension
          Minimizer = saturation * radius + shift
          Saturation = saturation }

    /// <summary>From w*: the saturation solves the same equation, whose right side increases with r.</summary>
    /// <param name="curvature">L &gt; 0, the curvature of the quadratic; loss/weight².</param>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    /// <param name="dimension">Number of coordinates D ≥ 1.</param>
    /// <param name="minimizer">w*, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">
    /// L, τ or σ is not positive, D is below 1, or w* is not finite or so large that in doubles no saturation below 1 gives it.
    /// </exception>
    let ofMinimizer (curvature: float) (radius: float) (deviation: float) (dimension: int) (minimizer: float) : LowerBoundInstance =
        Require.finite "minimizer" minimizer
        let at r = (ofSaturation curvature radius deviation dimension r).Minimizer - minimizer
        let edge = Math.BitDecrement 1.0

        let saturation =
            if minimizer = 0.0 then
                0.0
            else
                match Brent.TryFindRoot(Func<float, float>(at), -edge, edge, 1e-15, 500) with
                | true, root -> root
                | _ ->
                    let message =
                        invariant $"Expected a minimizer that some saturation between −1 and 1 gives, got minimizer = {minimizer}."

                    raise (ArgumentException(message, nameof minimizer))

        { ofSaturation curvature radius deviation dimension saturation with
            Minimizer = minimizer }

    /// <summary>f.</summary>
    /// <param name="instance">The instance: curvature, minimiser, noise and device that belong together.</param>
    let problem (instance: LowerBoundInstance) : Problem = Quadratic.isotropic instance.Dimension instance.Curvature instance.Minimizer

    /// <summary>The state-dependent two-point noise.</summary>
    /// <param name="instance">The instance: curvature, minimiser, noise and device that belong together.</param>
    let noise (instance: LowerBoundInstance) : Noise = Noise.stateDependentTwoPoint instance.CoordinateDeviation instance.Radius

    /// <summary>The device.</summary>
    /// <param name="instance">The instance: curvature, minimiser, noise and device that belong together.</param>
    let device (instance: LowerBoundInstance) : Device = AsymmetricLinear.create instance.Radius

    /// <summary>A rule on the instance, from equal weights.</summary>
    /// <param name="rule">The training rule.</param>
    /// <param name="start">Start w₀ of every coordinate, unit of weight.</param>
    /// <param name="instance">The instance: curvature, minimiser, noise and device that belong together.</param>
    let chain (rule: Rule<'State>) (start: float) (instance: LowerBoundInstance) : Chain<'State> =
        Chain.create (problem instance) (noise instance) rule (Weights.constant instance.Dimension start)

    /// <summary>Expected step of one coordinate of Analog SGD per α, −[∇f(1 − r²) + (σ/√D)·r√(1−r²)] where the noise outweighs the gradient (Lemma 4).</summary>
    /// <param name="instance">The instance: curvature, minimiser, noise and device that belong together.</param>
    /// <param name="w">Weight w, unit of weight.</param>
    let drift (instance: LowerBoundInstance) (w: float) : float =
        let moments = Moments.stateDependentTwoPoint instance.CoordinateDeviation instance.Radius
        MeanField.drift (device instance) (fun w -> instance.Curvature * (w - instance.Minimizer)) moments w

    /// <summary>v1's parameter region.</summary>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    /// <param name="instance">The instance: curvature, minimiser, noise and device that belong together.</param>
    let region (learningRate: float) (instance: LowerBoundInstance) : LowerBoundRegion =
        let root, l, tau = sqrt (float instance.Dimension), instance.Curvature, instance.Radius

        { Minimizer = 0.25 * tau - abs instance.Minimizer
          Deviation = tau * l * root / (4.0 * sqrt 3.0) - instance.Deviation
          LearningRate = min (0.5 / l) (1.0 / (l + 6.0 * instance.Deviation / (tau * root))) - learningRate }

    /// <summary>Both atoms of the noise over intervals of weights, p and 1 − p clamped as in the noise.</summary>
    /// <param name="deviation">s = σ/√D.</param>
    /// <param name="radius">τ.</param>
    let noises (deviation: float) (radius: float) : (Interval -> Interval) list =
        let radius, half, deviation = Interval.Point radius, Interval.Point 0.5, Interval.Point deviation

        let p (w: Interval) sign =
            let value = half * (Interval.Point 1.0 - Interval.Point sign * (w / radius))
            Interval.Max(Interval.Min(value, Interval.Point 1.0), Interval.Point 0.0)

        let clean (bound: Interval) = Interval(Math.Max(0.0, bound.Lower), bound.Upper)
        let ratio a b = Interval.Sqrt(clean (a / b))
        let above (w: Interval) = deviation * ratio (p w -1.0) (p w 1.0)
        let below (w: Interval) = -(deviation * ratio (p w 1.0) (p w -1.0))
        [ above; below ]

    let private map (learningRate: float) (instance: LowerBoundInstance) : ScalarMap =
        { InvariantInterval.quadratic (device instance) learningRate instance.Curvature instance.Minimizer [] with
            Noises = noises instance.CoordinateDeviation instance.Radius }

    /// <summary>Encloses every weight that Analog SGD can reach from an interval of weights in one step, both atoms taken.</summary>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    /// <param name="instance">The instance: curvature, minimiser, noise and device that belong together.</param>
    /// <param name="weights">The weights before the step, unit of weight.</param>
    let image (learningRate: float) (instance: LowerBoundInstance) (weights: Interval) : Interval =
        InvariantInterval.image (map learningRate instance) weights

    // Where g vanishes for one of the atoms: for small α the chain cannot pass it.
    let private boundary (instance: LowerBoundInstance) (sign: float) =
        let noise r = sign * instance.CoordinateDeviation * sqrt ((1.0 + sign * r) / (1.0 - sign * r))
        let balance r = instance.Curvature * (r * instance.Radius - instance.Minimizer) + noise r
        let edge = 1.0 - 1e-12

        match Brent.TryFindRoot(Func<float, float>(balance), -edge, edge, 1e-12, 500) with
        | true, r -> Some(r * instance.Radius)
        | _ -> None

    /// <summary>The weights that Analog SGD can reach from a start, by interval arithmetic over both atoms; None if no bound below τ was found.</summary>
    /// <remarks>W_max is its larger end; where there is none, A4 may fail and p may leave (0, 1).</remarks>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    /// <param name="start">Start w₀ of every coordinate, unit of weight.</param>
    /// <param name="instance">The instance: curvature, minimiser, noise and device that belong together.</param>
    let reachable (learningRate: float) (start: float) (instance: LowerBoundInstance) : Interval option =
        match boundary instance 1.0, boundary instance -1.0 with
        | Some low, Some high ->
            let low, high = min low start, max high start
            let margin = 1e-3 * (high - low)

            InvariantInterval.tryFind
                (map learningRate instance)
                (Math.BitDecrement instance.Radius)
                (Interval(low - margin, high + margin))
        | _ -> None

    /// <summary>W_max of Assumption 4 from a start; τ where no bound below τ was found.</summary>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    /// <param name="start">Start w₀ of every coordinate, unit of weight.</param>
    /// <param name="instance">The instance: curvature, minimiser, noise and device that belong together.</param>
    let largestWeight (learningRate: float) (start: float) (instance: LowerBoundInstance) : float =
        match reachable learningRate start instance with
        | Some interval -> InvariantInterval.largest interval
        | None -> instance.Radius

type LowerBoundInstance with

    /// <summary>`LowerBoundInstance.Of(saturation = 0.5, deviation = 0.3)`: `ofSaturation` with its arguments by their names, since four of them are numbers
    /// and can be swapped.</summary>
    /// <param name="saturation">r in (−1, 1), where the expected step vanishes, in units of τ.</param>
    /// <param name="deviation">σ &gt; 0, loss/weight: E‖ε‖² = σ².</param>
    /// <param name="curvature">L &gt; 0, loss/weight²; 1 by default.</param>
    /// <param name="radius">τ &gt; 0, unit of weight; 1 by default.</param>
    /// <param name="dimension">D ≥ 1; 1 by default.</param>
    static member Of(saturation: float, deviation: float, ?curvature: float, ?radius: float, ?dimension: int) : LowerBoundInstance =
        LowerBoundInstance.ofSaturation (defaultArg curvature 1.0) (defaultArg radius 1.0) deviation (defaultArg dimension 1) saturation
