namespace AnalogTheory

open AnalogTheory.Kernels.Algebra

/// A statement about quantities: text for a solver, a comparison for the engine.
[<RequireQualifiedAccess; NoEquality; NoComparison>]
type Proposition =
    /// a ≤ b.
    | AtMost of Quantity * Quantity
    /// a < b.
    | Below of Quantity * Quantity
    /// a = b.
    | Equal of Quantity * Quantity
    /// All of them.
    | And of Proposition list
    /// One of them.
    | Or of Proposition list
    /// Not.
    | Not of Proposition

    /// SMT-LIB 2 text.
    member proposition.Text: string =
        let many head (parts: Proposition list) =
            match parts with
            | [] -> if head = "and" then "true" else "false"
            | [ one ] -> one.Text
            | _ -> $"""({head} {parts |> List.map _.Text |> String.concat " "})"""

        match proposition with
        | Proposition.AtMost(a, b) -> $"(<= {a.Term.Text} {b.Term.Text})"
        | Proposition.Below(a, b) -> $"(< {a.Term.Text} {b.Term.Text})"
        | Proposition.Equal(a, b) -> $"(= {a.Term.Text} {b.Term.Text})"
        | Proposition.And parts -> many "and" parts
        | Proposition.Or parts -> many "or" parts
        | Proposition.Not part -> $"(not {part.Text})"

    /// The pairs of quantities that are compared.
    member proposition.Pairs: (Quantity * Quantity) list =
        match proposition with
        | Proposition.AtMost(a, b)
        | Proposition.Below(a, b)
        | Proposition.Equal(a, b) -> [ a, b ]
        | Proposition.And parts
        | Proposition.Or parts -> parts |> List.collect _.Pairs
        | Proposition.Not part -> part.Pairs

/// Propositions in the engine.
[<RequireQualifiedAccess>]
module Proposition =

    // The margin that decides; NaN decides everything that it takes part in.
    let private extreme choose (comparisons: Comparison list) =
        match comparisons |> List.tryFind (fun c -> System.Double.IsNaN c.Margin) with
        | Some unknown -> unknown
        | None -> comparisons |> choose (fun (c: Comparison) -> c.Margin)

    // The margin of a comparison that a tie fails.
    let private strict (comparison: Comparison) =
        if comparison.Margin = 0.0 then { comparison with Margin = -System.Double.Epsilon } else comparison

    /// <summary>The comparison in doubles. An equality has margin −|a − b|; several have the worst margin, alternatives the best. A tie fails a strict comparison.</summary>
    /// <param name="model">A value for every variable.</param>
    /// <param name="proposition">A statement about quantities.</param>
    let rec compare (model: Model) (proposition: Proposition) : Comparison =
        match proposition with
        | Proposition.AtMost(a, b) -> Comparison.atMost (a.Value model) (b.Value model)
        | Proposition.Below(a, b) -> strict (Comparison.atMost (a.Value model) (b.Value model))
        | Proposition.Equal(a, b) -> Comparison.equal 0.0 (a.Value model) (b.Value model)
        | Proposition.And parts -> parts |> List.map (compare model) |> extreme List.minBy
        | Proposition.Or parts -> parts |> List.map (compare model) |> extreme List.maxBy
        | Proposition.Not part ->
            let inner = compare model part
            strict { inner with Margin = -inner.Margin }

    // Above the roundings of any replay here, below any violation that means something.
    let private allowance (comparison: Comparison) : float = 1e-9 * (1.0 + abs comparison.Measured + abs comparison.Bound)

    /// <summary>Whether the engine says yes, to rounding; NaN says no.</summary>
    /// <param name="model">A value for every variable.</param>
    /// <param name="proposition">A statement about quantities.</param>
    let isMet (model: Model) (proposition: Proposition) : bool =
        let comparison = compare model proposition
        comparison.Margin >= -(allowance comparison)

    /// <summary>Whether the engine says no by more than rounding; NaN says nothing. A strict comparison is denied by a tie.</summary>
    /// <param name="model">A value for every variable.</param>
    /// <param name="proposition">A statement about quantities.</param>
    let rec isDenied (model: Model) (proposition: Proposition) : bool =
        match proposition with
        | Proposition.And parts -> parts |> List.exists (isDenied model)
        | Proposition.Or parts -> parts |> List.forall (isDenied model)
        | Proposition.Below _ -> (compare model proposition).Margin < 0.0
        | _ ->
            let comparison = compare model proposition
            comparison.Margin < -(allowance comparison)

    /// <summary>A weaker proposition, each comparison eased by a slack; negations stay as they are.</summary>
    /// <param name="slack">By how much each comparison is eased, at least 0.</param>
    /// <param name="proposition">A statement about quantities.</param>
    let rec ease (slack: float) (proposition: Proposition) : Proposition =
        match proposition with
        | Proposition.AtMost(a, b) -> Proposition.AtMost(a, b + slack)
        | Proposition.Below(a, b) -> Proposition.Below(a, b + slack)
        | Proposition.Equal(a, b) -> Proposition.And [ Proposition.AtMost(a, b + slack); Proposition.AtMost(b, a + slack) ]
        | Proposition.And parts -> Proposition.And(parts |> List.map (ease slack))
        | Proposition.Or parts -> Proposition.Or(parts |> List.map (ease slack))
        | Proposition.Not _ -> proposition

/// What omitting a hypothesis does to a query.
type Control =
    /// The goal fails without it: a solver must find a model that violates the goal in the engine too, and so does this one.
    | Needed of witness: (string * float) list
    /// The goal follows without it, which a solver must confirm; the source or the statement asks for more than its conclusion uses.
    | Unneeded

/// A universally quantified statement for a solver: whatever satisfies the assumptions satisfies the goal.
[<NoEquality; NoComparison>]
type Query =
    {
        /// Name of the query and of its file, such as "D5-step".
        Name: string
        /// The statement in words.
        Comment: string
        /// Assumptions by the name of the hypothesis that they express; several may share a name. The name "" is for domains, such as τ > 0,
        /// and for induction hypotheses.
        Assumptions: (string * Proposition) list
        /// What has to follow.
        Goal: Proposition
        /// What becomes of the goal without each named hypothesis.
        Controls: (string * Control) list
    }

/// What a solver says of a query.
type Answer =
    /// No counterexample exists: the statement is proved.
    | Unsatisfiable
    /// A counterexample.
    | Satisfiable of Model
    /// Neither, and why: resource limit, crash, unreadable answer.
    | Unknown of reason: string

/// An answer and what it cost.
type Reply =
    {
        /// The answer.
        Answer: Answer
        /// Resources that the solver used, in its own units; 0 if it did not say.
        Resources: int64
    }

/// A program that answers SMT-LIB 2 text.
type ISolver =
    /// Name and version.
    abstract Name: string
    /// <summary>Answers a text, which says itself how much the solver may spend; never raises for what the solver does.</summary>
    /// <param name="text">SMT-LIB 2 text.</param>
    abstract Ask: text: string -> Reply

/// A solver that can be stopped while it thinks.
type IStoppableSolver =
    inherit ISolver

    /// <summary>Answers a text, or raises OperationCanceledException as soon as the token is cancelled.</summary>
    /// <param name="text">SMT-LIB 2 text.</param>
    /// <param name="cancellation">Stops the solver while it thinks.</param>
    abstract AskUntil: text: string * cancellation: System.Threading.CancellationToken -> Reply

/// Queries: their text and their replay.
[<RequireQualifiedAccess>]
module Query =

    /// Resource units per query; deterministic for one solver version, unlike seconds.
    let resourceLimit = 20_000_000L

    /// <summary>Names of the hypotheses, in order; domains left out.</summary>
    /// <param name="query">Assumptions, goal and limit of time.</param>
    let hypotheses (query: Query) : string list =
        query.Assumptions |> List.map fst |> List.filter (fun name -> name <> "") |> List.distinct

    /// <summary>The names in the text, variables in alphabetical order, then abbreviations and roots, each after what it is made of.</summary>
    /// <param name="query">Assumptions, goal and limit of time.</param>
    let bindings (query: Query) : Binding list =
        let all =
            query.Goal :: (query.Assumptions |> List.map snd)
            |> List.collect _.Pairs
            |> List.collect (fun (a, b) -> a.Bindings @ b.Bindings)
            |> List.distinct

        let free, made = all |> List.partition _.IsFree

        let nameOf binding =
            match binding with
            | Free name
            | Short(name, _)
            | Root(name, _) -> name

        match all |> List.countBy nameOf |> List.tryFind (fun (_, count) -> count > 1) with
        | Some(name, _) -> invalidOp $"Expected one meaning of '{name}' in the query '{query.Name}', got several."
        | None -> (free |> List.sortBy nameOf) @ made

    let private bindingText (binding: Binding) : string list =
        match binding with
        | Free name -> [ $"(declare-const {name} Real)" ]
        | Short(name, term) -> [ $"(define-fun {name} () Real {term.Text})" ]
        | Root(name, term) -> [ $"(declare-const {name} Real)"; $"(assert (<= 0.0 {name}))"; $"(assert (= (* {name} {name}) {term.Text}))" ]

    /// <summary>The query as a whole file, which is what a solver is asked: unsatisfiable means proved.</summary>
    /// <remarks>
    /// It says itself how many of the solver's own steps it may take, and which of its procedures answers: z3's default strategy for QF_NRA gives each of
    /// its attempts some seconds, so that its answers change with the load of the machine.
    /// </remarks>
    /// <param name="limit">Limit in the solver's units.</param>
    /// <param name="query">Query.</param>
    let toTextWithin (limit: int64) (query: Query) : string =
        [ (invariant $"(set-option :rlimit {limit})")
          for line in query.Comment.Split '\n' do
              $"; {line}"
          "(set-logic QF_NRA)"
          yield! bindings query |> List.collect bindingText
          for name, assumption in query.Assumptions do
              if name <> "" then $"; {name}"
              $"(assert {assumption.Text})"
          "; the goal, denied"
          $"(assert {(Proposition.Not query.Goal).Text})"
          "(check-sat-using qfnra-nlsat)" ]
        |> String.concat "\n"
        |> fun body -> body + "\n"

    /// <summary>The query as a whole file, with the limit that every query has.</summary>
    /// <param name="query">Assumptions, goal and limit of time.</param>
    let toText (query: Query) : string = toTextWithin resourceLimit query

    /// <summary>The query without the assumptions of one hypothesis.</summary>
    /// <param name="hypothesis">Name of the hypothesis to leave out.</param>
    /// <param name="query">Assumptions, goal and limit of time.</param>
    let without (hypothesis: string) (query: Query) : Query =
        { query with
            Comment = $"{query.Comment}\nNegative control: without {hypothesis}."
            Assumptions = query.Assumptions |> List.filter (fun (name, _) -> name <> hypothesis) }

    /// <summary>The query with its goal weakened by a slack: a model of it violates the goal by more than rounding.</summary>
    /// <param name="slack">By how much each comparison is eased, at least 0.</param>
    /// <param name="query">Assumptions, goal and limit of time.</param>
    let eased (slack: float) (query: Query) : Query = { query with Goal = Proposition.ease slack query.Goal }

    /// <summary>Replays a model in the engine: the goal's comparison where it clearly violates the goal while the assumptions hold to rounding.</summary>
    /// <param name="query">Assumptions, goal and limit of time.</param>
    /// <param name="model">A value for every variable.</param>
    let replay (query: Query) (model: Model) : Result<Comparison, string> =
        let broken = query.Assumptions |> List.tryFind (fun (_, assumption) -> not (Proposition.isMet model assumption))
        let goal = Proposition.compare model query.Goal

        match broken with
        | Some(name, assumption) -> Error $"""in doubles the model breaks the assumption {if name = "" then assumption.Text else name}"""
        | None when Proposition.isDenied model query.Goal -> Ok goal
        | None -> Error(invariant $"in doubles the goal holds or is met to rounding: {goal.Measured:R} against {goal.Bound:R}")
