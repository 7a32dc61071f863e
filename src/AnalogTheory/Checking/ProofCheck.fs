namespace AnalogTheory

/// What omitting a hypothesis did.
type ControlOutcome =
    /// The solver found a model, and the engine violates the claim on it.
    | Fired of Model * Comparison
    /// The solver proved the goal without the hypothesis.
    | Unnecessary
    /// Neither; why.
    | Failed of reason: string

/// A negative control of one hypothesis of one query.
type ControlResult =
    {
        /// Query.
        Query: string
        /// The hypothesis left out.
        Hypothesis: string
        /// Whether the claim says that it is needed.
        IsExpectedNeeded: bool
        /// What happened.
        Outcome: ControlOutcome
        /// Resources that the solver used, in its own units.
        Resources: int64
    }

    /// Whether the outcome is the one that the claim states.
    member control.IsAsExpected =
        match control.Outcome with
        | Fired _ -> control.IsExpectedNeeded
        | Unnecessary -> not control.IsExpectedNeeded
        | Failed _ -> false

/// A claim settled by a solver, with what each query cost.
type ProofResult =
    {
        /// Proved, Refuted or Undecided.
        Verdict: Verdict
        /// Names of the queries asked, with the resources used, in the solver's own units.
        Queries: (string * Reply) list
    }

/// Settles claims by proof.
[<RequireQualifiedAccess>]
module ProofCheck =

    // By how much such a model has to violate the goal: large against rounding.
    let private clearance = 1.0 / 1024.0

    let private inputs (model: Model) : string =
        model |> Map.toList |> List.map (fun (name, value) -> (invariant $"{name} = {value:R}")) |> String.concat ", "

    let private ask (solver: ISolver) (query: Query) : Reply = solver.Ask(Query.toText query)

    // A model that violates the goal in doubles too: the solver's first, else one that it is asked to keep clear of the boundary.
    let private counterexample (solver: ISolver) (query: Query) : Reply * Result<Model * Comparison, string> =
        let replayed (reply: Reply) =
            match reply.Answer with
            | Satisfiable model -> Query.replay query model |> Result.map (fun comparison -> model, comparison)
            | Unsatisfiable -> Error "there is no counterexample"
            | Unknown reason -> Error reason

        let first = ask solver query

        match first.Answer, replayed first with
        | Satisfiable _, Error reason ->
            let clear = ask solver (Query.eased clearance query)

            { first with Resources = first.Resources + clear.Resources }, replayed clear |> Result.mapError (fun _ -> reason)
        | _, found -> first, found

    /// <summary>The verdict on a claim that queries settle: Proved if no query has a counterexample, Refuted with one that the engine replays, else
    /// Undecided with the reason.</summary>
    /// <param name="solver">A solver, if there is one.</param>
    /// <param name="queries">The claim.</param>
    let settle (solver: ISolver option) (queries: Query list) : ProofResult =
        match solver, queries with
        | _, [] -> { Verdict = Undecided "not settled by proof: there is no query"; Queries = [] }
        | None, _ -> { Verdict = Undecided "not discharged here: no solver"; Queries = [] }
        | Some solver, _ ->
            let replies = queries |> List.map (fun query -> query, ask solver query)

            let verdict (query: Query, reply: Reply) =
                match reply.Answer with
                | Unsatisfiable -> None
                | Unknown reason -> Some(Undecided $"{query.Name}: {reason}")
                | Satisfiable _ ->
                    match counterexample solver query |> snd with
                    | Ok(model, comparison) -> Some(Refuted(inputs model, comparison))
                    | Error reason -> Some(Undecided $"{query.Name}: a counterexample that the engine does not confirm, {reason}")

            let unsettled = replies |> List.choose verdict

            { Verdict =
                match unsettled |> List.tryFind _.IsAgainst, unsettled with
                | Some against, _ -> against
                | None, first :: _ -> first
                | None, [] -> Proved(queries |> List.map _.Name |> String.concat ", ")
              Queries = replies |> List.map (fun (query, reply) -> query.Name, reply) }

    /// <summary>The verdict on a theorem whose evidence is a proof; other theorems have no queries and stay undecided.</summary>
    /// <param name="solver">A solver, if there is one.</param>
    /// <param name="theorem">Theorem.</param>
    let check (solver: ISolver option) (theorem: ITheorem) : ProofResult = settle solver theorem.Queries

    /// <summary>The verdicts of a claim of any kind: queries go to the settings' solver, one by one.</summary>
    /// <param name="settings">δ, budget, randomness, solver.</param>
    /// <param name="theorem">Theorem.</param>
    /// <exception cref="T:System.OperationCanceledException">The settings' execution was cancelled.</exception>
    let run (settings: CheckSettings) (theorem: ITheorem) : (string * Verdict) list =
        // A question that is being thought about is stopped with everything else.
        let stopped (solver: ISolver) =
            match solver with
            | :? IStoppableSolver as stoppable ->
                { new ISolver with
                    member _.Name = stoppable.Name
                    member _.Ask text = stoppable.AskUntil(text, settings.Execution.Cancellation) }
            | _ -> solver

        let settings = { settings with Solver = Option.map stopped settings.Solver }
        Check.runWith (fun settings query -> (settle settings.Solver [ query ]).Verdict) settings theorem

    /// <summary>The negative controls of a query: each hypothesis left out in turn.</summary>
    /// <param name="solver">Solver.</param>
    /// <param name="query">Query.</param>
    let controls (solver: ISolver) (query: Query) : ControlResult list =
        [ for hypothesis, expected in query.Controls do
              let weaker = Query.without hypothesis query

              let reply, outcome =
                  match expected with
                  | Needed witness ->
                      match counterexample solver weaker with
                      | reply, Ok found -> reply, Fired found
                      | reply, Error _ when reply.Answer.IsUnsatisfiable -> reply, Unnecessary
                      | { Answer = Satisfiable _ } as reply, Error reason ->
                          // The solver's model may divide by zero, where doubles have nothing to compare; the claim's own witness does not.
                          match Query.replay weaker (Map witness) with
                          | Ok comparison -> reply, Fired(Map witness, comparison)
                          | Error _ -> reply, Failed reason
                      | reply, Error reason -> reply, Failed reason
                  | Unneeded ->
                      let reply = ask solver weaker

                      match reply.Answer with
                      | Unsatisfiable -> reply, Unnecessary
                      | Unknown reason -> reply, Failed reason
                      | Satisfiable _ ->
                          match counterexample solver weaker with
                          | reply, Ok found -> reply, Fired found
                          | reply, Error reason -> reply, Failed reason

              { Query = query.Name
                Hypothesis = hypothesis
                IsExpectedNeeded = expected.IsNeeded
                Outcome = outcome
                Resources = reply.Resources } ]

    /// <summary>The witness of a needed hypothesis, replayed in the engine without a solver; None for a hypothesis that is not needed.</summary>
    /// <param name="query">Query.</param>
    /// <param name="hypothesis">One of its hypotheses.</param>
    let witness (query: Query) (hypothesis: string) : Result<Comparison, string> option =
        query.Controls
        |> List.tryPick (fun (name, control) ->
            match control with
            | Needed witness when name = hypothesis -> Some(Query.replay (Query.without hypothesis query) (Map witness))
            | _ -> None)
