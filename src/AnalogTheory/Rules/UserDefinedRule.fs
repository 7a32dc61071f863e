namespace AnalogTheory

open System
open AnalogTheory.Kernels.Rules

/// State of a rule that remembers some numbers of every weight.
[<NoComparison; NoEquality>]
type RememberingState =
    {
        /// W.
        Weights: Weights
        /// The numbers of weight 0, then those of weight 1, …
        Memory: float[]
        /// Steps done.
        Step: int64
    }

/// <summary>Rules that a user supplies: one step of a coordinate, a kernel over lanes, or a machine with any state.</summary>
/// <remarks>
/// The functions must be pure; ensembles call them from several threads. A step of a coordinate runs in every lane one by one; a kernel
/// (`CoordinateKernel` around an `IRuleStep`) as fast as the rules of the paper; a machine one replica after the other.
/// </remarks>
[<RequireQualifiedAccess>]
module UserDefinedRule =

    let private source = Source.derived "given by its user"

    let private oneArray (kernel: UpdateRule) =
        if kernel.HasAuxiliary then
            raise (
                ArgumentException("Expected a kernel without an auxiliary array, got one with it; use twoArraysOfKernel.", nameof kernel)
            )

    /// <summary>A rule with one array, from a kernel over lanes.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="parameters">Parameters by their symbols.</param>
    /// <param name="kernel">Kernel without an auxiliary array.</param>
    /// <exception cref="T:System.ArgumentException">The kernel has an auxiliary array.</exception>
    let ofKernel (name: string) (parameters: (string * float) list) (kernel: UpdateRule) : Rule<Weights> =
        oneArray kernel
        Rule.ofOneArray name source (RuleForm.UserDefined parameters) kernel

    /// <summary>A rule with an auxiliary array P, P₀ = 0, from a kernel over lanes.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="parameters">Parameters by their symbols.</param>
    /// <param name="kernel">Kernel with an auxiliary array.</param>
    /// <exception cref="T:System.ArgumentException">The kernel has no auxiliary array, or its γ is negative or not finite.</exception>
    let twoArraysOfKernel (name: string) (parameters: (string * float) list) (kernel: UpdateRule) : Rule<TwoArrayState> =
        if not kernel.HasAuxiliary then
            raise (ArgumentException("Expected a kernel with an auxiliary array, got one without; use ofKernel.", nameof kernel))

        Require.nonNegative "Mixing" kernel.Mixing
        TwoArrayRule.create name source (RuleForm.UserDefined parameters) kernel

    /// <summary>A rule with one array, W′ = step(W, g, Σ|gₙ|) in every coordinate.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="parameters">Parameters by their symbols.</param>
    /// <param name="step">W′ from W, g and the total of |gₙ| over the parts that g was sent in, which is |g| if it was sent as one.</param>
    let create (name: string) (parameters: (string * float) list) (step: float -> float -> float -> float) : Rule<Weights> =
        let step = OptimizedClosures.FSharpFunc<_, _, _, _>.Adapt step

        ofKernel
            name
            parameters
            (SuppliedRule(false, 0.0, CoordinateStep(fun w _ gradient magnitude -> w <- step.Invoke(w, gradient, magnitude))))

    /// <summary>A rule with an auxiliary array P, P₀ = 0: (W′, P′) = step(W, P, g, Σ|gₙ|) in every coordinate.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="parameters">Parameters by their symbols.</param>
    /// <param name="mixing">γ ≥ 0: the gradient is taken at W + γP.</param>
    /// <param name="step">W′ and P′ from W, P, g and the total of |gₙ| over the parts that g was sent in.</param>
    /// <exception cref="T:System.ArgumentException">γ is negative or not finite.</exception>
    let twoArrays
        (name: string)
        (parameters: (string * float) list)
        (mixing: float)
        (step: float -> float -> float -> float -> struct (float * float))
        : Rule<TwoArrayState> =
        Require.nonNegative "mixing" mixing
        let step = OptimizedClosures.FSharpFunc<_, _, _, _, _>.Adapt step

        let both =
            CoordinateStep(fun w p gradient magnitude ->
                let struct (main, auxiliary) = step.Invoke(w, p, gradient, magnitude)
                w <- main
                p <- auxiliary)

        twoArraysOfKernel name parameters (SuppliedRule(true, mixing, both))

    // A rule with any state, its gradient taken at W + γP; see `ofState`.
    let internal ofMixedState
        (mixing: float)
        (name: string)
        (parameters: (string * float) list)
        (init: Weights -> 'State)
        (step: Key -> Gradient -> 'State -> 'State)
        (weights: 'State -> Weights)
        (auxiliary: ('State -> Weights) option)
        : Rule<'State> =
        let step = OptimizedClosures.FSharpFunc<_, _, _, _>.Adapt step

        let weightsOf (dimension: int) state =
            let w = weights state
            Require.length "weights" dimension w.Length
            w

        let auxiliaryOf (dimension: int) state =
            auxiliary
            |> Option.map (fun auxiliary ->
                let p = auxiliary state
                Require.length "auxiliary" dimension p.Length
                p)

        // The driver knows lengths and no shapes.
        let vector (values: float[]) = Weights.freeze (Weights.vectorShape values.Length) values

        let machine =
            { new IStateMachine<'State> with
                member _.Init w = init (vector (w.ToArray()))

                member _.KeyOf(key, replica) = ({ Bits = key } |> Key.fold (uint64 replica)).Bits

                member _.Step(key, number, gradient, magnitude, state) =
                    step.Invoke(
                        Key.fold number { Bits = key },
                        { Mean = vector (gradient.ToArray())
                          Magnitude = if magnitude.IsEmpty then None else Some(vector (magnitude.ToArray())) },
                        state
                    )

                member _.Write(state, w, p) =
                    (weightsOf w.Length state).Span.CopyTo w

                    match auxiliaryOf w.Length state with
                    | Some values -> values.Span.CopyTo p
                    | None -> () }

        { Name = name
          Source = source
          Form = RuleForm.UserDefined parameters
          Init = init
          Probe =
            fun state ->
                match auxiliary with
                | Some auxiliary when mixing <> 0.0 ->
                    Weights.map2 (fun w p -> Math.FusedMultiplyAdd(mixing, p, w)) (weights state) (auxiliary state)
                | _ -> weights state
          Step =
            fun key gradient state ->
                let before = weights state
                Require.length "gradient" before.Length gradient.Mean.Length
                let next = step.Invoke(key, gradient, state)
                let after = Weights.toArray (weightsOf before.Length next)
                let beside = auxiliaryOf before.Length next |> Option.map Weights.toArray |> Option.defaultValue [||]
                struct (next, Rule.info before after beside)
          Weights = weights
          Auxiliary = fun state -> auxiliary |> Option.map (fun auxiliary -> auxiliary state)
          Kernel = StatefulRule<'State>(machine, auxiliary.IsSome, mixing) }

    /// <summary>A rule with any state, such as momentum or a history, its gradient taken at the state's W.</summary>
    /// <remarks>
    /// In an ensemble it runs replica by replica, with the bits of the pure steps. The key of a step is that of the run, folded with the replica and
    /// with the step. There weights and gradients are vectors of D elements, whatever the start's shape.
    /// </remarks>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="parameters">Parameters by their symbols.</param>
    /// <param name="init">The state before the first step.</param>
    /// <param name="step">The state after a step; must leave its arguments as they are.</param>
    /// <param name="weights">W of a state; always of the start's length.</param>
    /// <param name="auxiliary">P of a state, to be looked at; always of the start's length.</param>
    let ofState
        (name: string)
        (parameters: (string * float) list)
        (init: Weights -> 'State)
        (step: Key -> Gradient -> 'State -> 'State)
        (weights: 'State -> Weights)
        (auxiliary: ('State -> Weights) option)
        : Rule<'State> =
        ofMixedState 0.0 name parameters init step weights auxiliary

    /// <summary>A rule that remembers some numbers of every weight from step to step, such as a momentum or the averages of Adam: coordinate by coordinate.</summary>
    /// <remarks>
    /// What `ofState` can do for states of this kind, at the speed of `create`: ensembles keep the memory of a block of replicas in one array and make
    /// nothing anew in a step. The memory begins with zeros. `step` may be called from several threads and must depend on its arguments only.
    /// </remarks>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="parameters">Parameters by their symbols.</param>
    /// <param name="memory">How many numbers of a weight are remembered, at least 1.</param>
    /// <param name="step">One step of one weight: changes W and the memory in place; it is given g, Σ|gₙ| and the number of the step.</param>
    /// <exception cref="T:System.ArgumentException">memory is below 1.</exception>
    let withMemory (name: string) (parameters: (string * float) list) (memory: int) (step: MemoryStep) : Rule<RememberingState> =
        Require.atLeast "memory" 1L (int64 memory)

        let next (_: Key) (gradient: Gradient) (state: RememberingState) =
            Require.length "gradient" state.Weights.Length gradient.Mean.Length
            let w, memories = Weights.toArray state.Weights, Array.copy state.Memory

            MemoryRule.Advance(step, memory, Span<float>(w), gradient.Mean.Span, Rule.magnitude gradient, Span<float>(memories), state.Step)

            struct ({ Weights = Weights.freeze state.Weights.Shape w
                      Memory = memories
                      Step = state.Step + 1L },
                    Rule.info state.Weights w [||])

        { Name = name
          Source = source
          Form = RuleForm.UserDefined parameters
          Init = fun w -> { Weights = w; Memory = Array.zeroCreate (w.Length * memory); Step = 0L }
          Probe = _.Weights
          Step = next
          Weights = _.Weights
          Auxiliary = fun _ -> None
          Kernel = MemoryRule(memory, step) }
