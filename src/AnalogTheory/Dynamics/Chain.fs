namespace AnalogTheory

open System
open AnalogTheory.Kernels.Ensembles

/// How a mini-batch reaches an analog device; digital rules do not notice.
type Batch =
    /// One update per step: the device sees |ΣΔₙ|. The paper's dynamic.
    | FullBatch
    /// One update per sample: the device sees Σ|Δₙ|, as on a crossbar with rank-1 pulses, to first order in Δ/τ.
    | PerSample

/// A Markov chain of training: a rule on a problem under gradient noise, from a start.
[<NoEquality; NoComparison>]
type Chain<'State> =
    {
        /// The objective.
        Problem: Problem
        /// Noise of the stochastic gradient.
        Noise: Noise
        /// The training rule.
        Rule: Rule<'State>
        /// How a mini-batch reaches the device.
        Batch: Batch
        /// W₀; length D.
        Start: Weights
    }

/// A run's state and what is known about it at step k.
[<NoEquality; NoComparison>]
type Moment<'State> =
    {
        /// k, the number of steps done.
        Step: int64
        /// State before step k.
        State: 'State
        /// What step k − 1 left; None at the start.
        Info: StepInfo option
    }

/// Pure simulation of one replica, step by step. `Ensemble` runs many replicas fast, with the same bits.
[<RequireQualifiedAccess>]
module Chain =

    /// <summary>A chain; a full-batch one unless changed by `with`.</summary>
    /// <param name="problem">The objective.</param>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="rule">The training rule.</param>
    /// <param name="start">Start W₀, finite, of the problem's dimension; unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">
    /// The start has another length than D, or is not finite; or the noise draws rows of another problem.
    /// </exception>
    let create (problem: Problem) (noise: Noise) (rule: Rule<'State>) (start: Weights) : Chain<'State> =
        Require.length "start" problem.Dimension start.Length
        Require.allFinite "start" start.Span

        if not (noise.Model.Fits problem.Objective) then
            raise (ArgumentException($"Expected a noise of the problem {problem}, got noise = {noise} of another one.", nameof noise))

        { Problem = problem
          Noise = noise
          Rule = rule
          Batch = FullBatch
          Start = start }

    /// <summary>Stochastic gradient that a state meets at a step: a function of key, replica, step and state.</summary>
    /// <param name="key">Randomness of the run; one key and one replica are one path.</param>
    /// <param name="replica">Number of the replica; different numbers are independent.</param>
    /// <param name="step">Number k ≥ 0 of the step.</param>
    /// <param name="chain">Problem, noise, rule and start.</param>
    /// <param name="state">The rule's state before the step.</param>
    /// <exception cref="T:System.NotSupportedException">The batch is sent per sample and the problem has no samples.</exception>
    let gradient (key: Key) (replica: uint32) (step: int64) (chain: Chain<'State>) (state: 'State) : Gradient =
        let w = chain.Rule.Probe state
        let mean = Array.zeroCreate w.Length

        match chain.Batch with
        | FullBatch ->
            chain.Problem.Objective.Gradient(w.Span, Span<float>(mean))
            chain.Noise.Model.Add(key.Bits, replica, uint64 step, w.Span, Span<float>(mean), Span<float>.Empty)
            { Mean = Weights.freeze w.Shape mean; Magnitude = None }
        | PerSample ->
            let magnitude = Array.zeroCreate w.Length
            chain.Problem.Objective.GradientBySample(w.Span, Span<float>(mean), Span<float>(magnitude))
            chain.Noise.Model.Add(key.Bits, replica, uint64 step, w.Span, Span<float>(mean), Span<float>(magnitude))

            { Mean = Weights.freeze w.Shape mean
              Magnitude = Some(Weights.freeze w.Shape magnitude) }

    /// <summary>The state after one more step of a replica.</summary>
    /// <param name="key">Randomness of the run; one key and one replica are one path.</param>
    /// <param name="replica">Number of the replica; different numbers are independent.</param>
    /// <param name="chain">Problem, noise, rule and start.</param>
    /// <param name="moment">Step number and state before the step.</param>
    let step (key: Key) (replica: uint32) (chain: Chain<'State>) (moment: Moment<'State>) : Moment<'State> =
        let gradient = gradient key replica moment.Step chain moment.State
        let stepKey = key |> Key.fold (uint64 replica) |> Key.fold (uint64 moment.Step)
        let struct (state, info) = chain.Rule.Step stepKey gradient moment.State

        { Step = moment.Step + 1L; State = state; Info = Some info }

    /// <summary>The states of one replica before steps 0, 1, 2, …; endless, lazy, and the same each time it is enumerated.</summary>
    /// <param name="key">Randomness of the run; one key and one replica are one path.</param>
    /// <param name="replica">Number of the replica; different numbers are independent.</param>
    /// <param name="chain">Problem, noise, rule and start.</param>
    let trajectory (key: Key) (replica: uint32) (chain: Chain<'State>) : Moment<'State> seq =
        seq {
            let mutable moment = { Step = 0L; State = chain.Rule.Init chain.Start; Info = None }

            yield moment

            // A step is computed when the state after it is asked for, not before.
            while true do
                moment <- step key replica chain moment
                yield moment
        }

    /// <summary>The state of one replica after K steps.</summary>
    /// <param name="key">Randomness of the run; one key and one replica are one path.</param>
    /// <param name="replica">Number of the replica; different numbers are independent.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="chain">Problem, noise, rule and start.</param>
    /// <exception cref="T:System.ArgumentException">K is negative.</exception>
    let run (key: Key) (replica: uint32) (steps: int64) (chain: Chain<'State>) : Moment<'State> =
        Require.atLeast "steps" 0L steps
        let mutable moment = { Step = 0L; State = chain.Rule.Init chain.Start; Info = None }

        while moment.Step < steps do
            moment <- step key replica chain moment

        moment
