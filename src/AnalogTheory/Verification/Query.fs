namespace AnalogTheory

open AnalogTheory.Kernels.Algebra

/// A statement about real terms, as SMT-LIB 2 text.
[<RequireQualifiedAccess>]
type Formula =
    /// a ≤ b.
    | AtMost of Term * Term
    /// a < b.
    | Below of Term * Term
    /// a = b.
    | Equal of Term * Term
    /// Both.
    | And of Formula list
    /// One of them.
    | Or of Formula list
    /// Not.
    | Not of Formula

    /// SMT-LIB 2 text.
    member formula.Text: string =
        let many head (parts: Formula list) =
            match parts with
            | [] -> if head = "and" then "true" else "false"
            | [ one ] -> one.Text
            | _ -> $"""({head} {parts |> List.map _.Text |> String.concat " "})"""

        match formula with
        | Formula.AtMost(a, b) -> $"(<= {a.Text} {b.Text})"
        | Formula.Below(a, b) -> $"(< {a.Text} {b.Text})"
        | Formula.Equal(a, b) -> $"(= {a.Text} {b.Text})"
        | Formula.And parts -> many "and" parts
        | Formula.Or parts -> many "or" parts
        | Formula.Not part -> $"(not {part.Text})"

/// Values that a solver gave to a query's variables, as exact decimals or fractions rounded to double.
type Model = Map<string, float>

/// A universally quantified statement for a solver: whatever satisfies the assumptions satisfies the goal.
[<NoEquality; NoComparison>]
type Query =
    {
        /// Name of the query and of its file, such as "D2-upper" or "D5-step".
        Name: string
        /// The statement in words.
        Comment: string
        /// Free real variables.
        Variables: string list
        /// Assumptions by the name of the hypothesis that they express; several may share a name. The name "" is for domains such as τ > 0.
        Assumptions: (string * Formula) list
        /// What has to follow.
        Goal: Formula
        /// Hypotheses whose omission must make the goal fail, each with a replay: a solver's model, run through the engine, must violate the claim.
        Controls: (string * (Model -> Comparison)) list
    }

/// What a solver says of a query.
type Answer =
    /// No counterexample exists: the statement is proved.
    | Unsatisfiable
    /// A counterexample.
    | Satisfiable of Model
    /// Neither, and why: resource limit, crash, unreadable answer.
    | Unknown of reason: string

/// A program that answers SMT-LIB 2 text.
type ISolver =
    /// Name and version.
    abstract Name: string
    /// Answers a text; never raises for what the solver does. The limit is in the solver's own resource units, not in time.
    abstract Ask: text: string * resourceLimit: int64 -> Answer

/// Text of queries.
[<RequireQualifiedAccess>]
module Query =

    /// Resource units per query unless a query needs more; deterministic for one solver version, unlike seconds.
    let resourceLimit = 20_000_000L

    let private text (comment: string) (variables: string list) (assumptions: Formula list) (goal: Formula) =
        [ for line in comment.Split '\n' do
              $"; {line}"
          "(set-logic QF_NRA)"
          for variable in variables do
              $"(declare-const {variable} Real)"
          for assumption in assumptions do
              $"(assert {assumption.Text})"
          $"(assert {(Formula.Not goal).Text})"
          "(check-sat)" ]
        |> String.concat "\n"
        |> fun body -> body + "\n"

    /// The query as a whole file: unsatisfiable means proved.
    let toText (query: Query) : string =
        text query.Comment query.Variables (query.Assumptions |> List.map snd) query.Goal

    /// The query without the assumptions of one hypothesis: satisfiable is what its negative control expects.
    let without (hypothesis: string) (query: Query) : string =
        text
            $"{query.Comment}\nNegative control: without {hypothesis}."
            query.Variables
            (query.Assumptions |> List.filter (fun (name, _) -> name <> hypothesis) |> List.map snd)
            query.Goal
