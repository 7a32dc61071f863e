namespace AnalogTheory

open AnalogTheory.Kernels.Rules

/// What a rule sees of the loss in one step.
[<NoComparison>]
type Gradient =
    {
        /// Stochastic gradient g = ∇f + ε; loss/weight.
        Mean: Weights
        /// Total of |gₙ| over the parts that g is sent in; None if g is sent as one, when it is |g|.
        Magnitude: Weights option
    }

/// What a plot needs of a step and nothing reads back.
[<Struct>]
type StepInfo =
    {
        /// ‖W′ − W‖∞; weight.
        LargestChange: float
        /// Whether every element of the new state is finite; a diverged run is data.
        IsFinite: bool
    }

/// <summary>A training rule as a pure machine: how a state begins, and how a gradient moves it.</summary>
/// <remarks>
/// State is what the next step needs. Step allocates its result and calls the same kernel as the in-place ensemble driver, so the two agree
/// bit for bit.
/// </remarks>
[<NoEquality; NoComparison>]
type Rule<'State> =
    {
        /// Name, such as "Tiki-Taka".
        Name: string
        /// Where the rule comes from.
        Source: Source
        /// Kind, devices and rates.
        Form: RuleForm
        /// The state before the first step.
        Init: Weights -> 'State
        /// Where the gradient of the next step is taken.
        Probe: 'State -> Weights
        /// One step: key, gradient and state in, state and info out. The rules of the paper are deterministic given the gradient; the key is
        /// there for rules that draw pulses or choppers.
        Step: Key -> Gradient -> 'State -> struct ('State * StepInfo)
        /// W of a state.
        Weights: 'State -> Weights
        /// P of a state; None for rules with one array.
        Auxiliary: 'State -> Weights option
        /// The kernel that steps and ensembles share.
        Kernel: UpdateRule
    }

    /// Parameters by their symbols.
    member rule.Parameters: (string * float) list = rule.Form.Parameters

/// A rule with its state type hidden, for lists of rules and for C#.
type IRule =
    /// Name, such as "Tiki-Taka".
    abstract Name: string
    /// Where the rule comes from.
    abstract Source: Source
    /// Kind, devices and rates.
    abstract Form: RuleForm
    /// The kernel that steps and ensembles share.
    abstract Kernel: UpdateRule
    /// <summary>Applies a function that works for every state type.</summary>
    /// <param name="visitor">The function.</param>
    abstract Accept: visitor: IRuleVisitor<'Result> -> 'Result

/// A function of a rule that works for every state type.
and IRuleVisitor<'Result> =
    /// <summary>Called once, with the state type visible.</summary>
    /// <param name="rule">The rule.</param>
    abstract Visit: rule: Rule<'State> -> 'Result

/// Functions of rules.
[<RequireQualifiedAccess>]
module Rule =

    /// <summary>Hides the state type.</summary>
    /// <param name="rule">The rule with its state type in sight.</param>
    let pack (rule: Rule<'State>) : IRule =
        { new IRule with
            member _.Name = rule.Name
            member _.Source = rule.Source
            member _.Form = rule.Form
            member _.Kernel = rule.Kernel
            member _.Accept visitor = visitor.Visit rule }

    /// What a step from W to W′ (and P′, where there is one) leaves for a plot.
    let internal info (before: Weights) (after: float[]) (auxiliary: float[]) : StepInfo =
        let mutable change = 0.0

        for i in 0 .. after.Length - 1 do
            change <- System.Math.Max(change, abs (after[i] - before[i]))

        { LargestChange = change
          IsFinite = Array.forall System.Double.IsFinite after && Array.forall System.Double.IsFinite auxiliary }

    /// The magnitude as the kernels take it: empty means |g|.
    let internal magnitude (gradient: Gradient) =
        match gradient.Magnitude with
        | Some magnitude -> magnitude.Span
        | None -> System.ReadOnlySpan<float>.Empty

    /// A rule whose state is W alone.
    let internal ofOneArray name source form (kernel: UpdateRule) : Rule<Weights> =
        let step (_: Key) (gradient: Gradient) (w: Weights) =
            Require.length "gradient" w.Length gradient.Mean.Length
            let next = Weights.toArray w
            kernel.Step(System.Span<float>(next), System.Span<float>.Empty, gradient.Mean.Span, magnitude gradient)
            let info = info w next [||]
            struct (Weights.freeze w.Shape next, info)

        { Name = name
          Source = source
          Form = form
          Init = id
          Probe = id
          Step = step
          Weights = id
          Auxiliary = fun _ -> None
          Kernel = kernel }
