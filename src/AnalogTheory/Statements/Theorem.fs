namespace AnalogTheory

/// A hypothesis as a predicate with a signed margin: 0 or more holds, below 0 or NaN fails by that much.
[<NoEquality; NoComparison>]
type Hypothesis<'Setting> =
    {
        /// Name as the source numbers it, such as "A4" or "α ≤ 1/(2L)".
        Name: string
        /// Signed margin, in the hypothesis's own unit.
        Margin: 'Setting -> float
    }

/// Independent replicas of the margin whose expectation a claim says is at least 0.
type SampledMargins =
    {
        /// One margin per replica.
        Values: float[]
        /// Pathwise hypotheses that failed, with the number of replicas in which they did.
        Failures: (string * int64) list
    }

/// Bets on one path against a moment that somebody vouches for, such as E ε = 0: at every step, at odds that are fair at best if it is as stated.
type MomentBet =
    {
        /// Name of the hypothesis that states the moment.
        Hypothesis: string
        /// What it is the mean of, such as "ε_0".
        Quantity: string
        /// The mean as stated.
        Stated: float
        /// Sum of the values drawn on the path.
        Sum: float
        /// Number of values drawn.
        Draws: int64
        /// Log of what each gambler's money was multiplied by on the path: the expected factor is at most 1 if the moment is as stated.
        LogFactors: float[]
        /// Name of another hypothesis that makes the odds fair; where that one fails, nothing is said about this one.
        Given: string option
    }

/// What one path showed of the hypotheses that are watched.
type WatchedPath =
    {
        /// Hypotheses on every state or draw, with the smallest margin on the path: 0 or more holds, below 0 or NaN fails.
        Margins: (string * float) list
        /// Hypotheses on expectations.
        Bets: MomentBet list
    }

/// Hypotheses that are held against the paths of the margins' own replicas: what somebody vouches for against what is drawn.
[<NoEquality; NoComparison>]
type Watch =
    {
        /// How many replicas are watched, the first ones; at least 1.
        Paths: int
        /// What a replica of a key shows; a pure function.
        Path: Key -> uint32 -> WatchedPath
    }

/// How the expected margin of an instance is sampled.
[<NoEquality; NoComparison>]
type Sampler =
    {
        /// Margins of replicas first, first + 1, … of a key; a pure function of its arguments, whatever the execution.
        Draw: Execution -> Key -> uint32 -> int -> SampledMargins
        /// Bounds that hold surely, from D2 and the known objective; None for unbounded noise, where only an asymptotic interval is offered.
        /// A margin outside decides nothing: the verdict is then vacuous.
        Range: (float * float) option
        /// Hypotheses that are watched along paths; None where nothing is vouched for.
        Watch: Watch option
    }

/// How a claim can be settled.
[<NoEquality; NoComparison>]
type Evidence<'Setting> =
    /// Queries for a solver, written to proofs-checks/smt; they settle the statement for all reals.
    | ByProof of Query list
    /// Comparisons on the instance whose margins are enclosed by intervals, or are exact fractions; and the same in floating point, which stands where a
    /// formula is known in doubles only, such as a user's own objective.
    | ByEnclosure of enclosed: ('Setting -> Enclosed list option) * evaluated: ('Setting -> Comparison list)
    /// Comparisons on the instance in floating point, with their allowance for rounding.
    | ByComputation of ('Setting -> Comparison list)
    /// Comparisons with an estimated discretisation error.
    | ByDiscretisation of ('Setting -> (Comparison * float) list)
    /// Sampling of the expected margin.
    | BySampling of ('Setting -> Sampler)

/// A violation found after a hypothesis was dropped; the smallest that the search saw.
[<NoEquality; NoComparison>]
type Violation =
    {
        /// Inputs in words, enough to replay it.
        Inputs: string
        /// The failing comparison.
        Comparison: Comparison
        /// Runs the inputs through the engine again.
        Replay: unit -> Comparison
    }

/// A search that drops a hypothesis and looks for a violation.
[<NoEquality; NoComparison>]
type Necessity =
    {
        /// Name of the dropped hypothesis.
        Hypothesis: string
        /// The search; None is recorded as "none found", which is not a proof of anything.
        Search: Key -> Violation option
    }

/// A published claim, in one variant, as a value.
[<NoEquality; NoComparison>]
type Theorem<'Setting> =
    {
        /// Identifier in the ledger (proofs-checks/README.md) with the variant, such as "S3-weighted"; stable, used on the command line.
        Id: string
        /// Source with version and number.
        Source: Source
        /// "printed", "repaired", "uniform", "weighted", …
        Variant: string
        /// The statement in one line, with its explicit constants.
        Statement: string
        /// Hypotheses in the order of the source.
        Hypotheses: Hypothesis<'Setting> list
        /// Named instances on which the claim is checked.
        Instances: (string * 'Setting) list
        /// How it is settled.
        Evidence: Evidence<'Setting>
        /// One search per hypothesis.
        Necessity: Necessity list
    }

/// What a check may spend, and with what.
[<NoEquality; NoComparison>]
type CheckSettings =
    {
        /// Randomness.
        Key: Key
        /// Error probability for this claim, over all of its instances.
        Delta: float
        /// Most replicas per instance; 0 gives Undecided for sampled claims.
        Samples: int64
        /// A solver, if there is one.
        Solver: ISolver option
        /// How to use the machine, whom to tell the fraction done, and what stops the check; verdicts do not depend on it.
        Execution: Execution
    }

    /// The ledger's settings without a solver: its seed (the day of v1), δ = 10⁻⁶, at most 65,536 replicas an instance.
    static member Default =
        { Key = Key.ofSeed 20240618UL
          Delta = 1e-6
          Samples = 1L <<< 16
          Solver = None
          Execution = Execution.Default }

/// A theorem with its setting's type hidden, for the registry, the ledger and C#.
type ITheorem =
    /// Identifier with variant.
    abstract Id: string
    /// Source with version and number.
    abstract Source: Source
    /// Variant.
    abstract Variant: string
    /// Statement in one line.
    abstract Statement: string
    /// Names of the hypotheses.
    abstract Hypotheses: string list
    /// Names of the instances.
    abstract Instances: string list
    /// Queries for a solver; empty unless the claim is settled by proof.
    abstract Queries: Query list
    /// Searches that drop a hypothesis.
    abstract Necessity: Necessity list
    /// <summary>Applies a function that works for every setting type.</summary>
    /// <param name="visitor">The function.</param>
    abstract Accept: visitor: ITheoremVisitor<'Result> -> 'Result

/// A function of a theorem that works for every setting type.
and ITheoremVisitor<'Result> =
    /// <summary>Called once, with the setting type visible.</summary>
    /// <param name="theorem">The claim.</param>
    abstract Visit: theorem: Theorem<'Setting> -> 'Result

/// Functions of theorems.
[<RequireQualifiedAccess>]
module Theorem =

    /// <summary>Hides the setting's type.</summary>
    /// <param name="theorem">The claim with the type of its settings in sight.</param>
    let pack (theorem: Theorem<'Setting>) : ITheorem =
        { new ITheorem with
            member _.Id = theorem.Id
            member _.Source = theorem.Source
            member _.Variant = theorem.Variant
            member _.Statement = theorem.Statement
            member _.Hypotheses = theorem.Hypotheses |> List.map _.Name
            member _.Instances = theorem.Instances |> List.map fst

            member _.Queries =
                match theorem.Evidence with
                | ByProof queries -> queries
                | _ -> []

            member _.Necessity = theorem.Necessity
            member _.Accept visitor = visitor.Visit theorem }

    /// <summary>The hypotheses that fail on a setting, with their margins.</summary>
    /// <param name="setting">An instance of the claim.</param>
    /// <param name="theorem">The claim with the type of its settings in sight.</param>
    let failedHypotheses (setting: 'Setting) (theorem: Theorem<'Setting>) : FailedHypothesis list =
        theorem.Hypotheses
        |> List.choose (fun hypothesis ->
            let margin = hypothesis.Margin setting

            if margin >= 0.0 then None else Some(FailedHypothesis.onInstance hypothesis.Name margin))
