namespace AnalogTheory

/// Words that algebraic claims are written in.
[<AutoOpen>]
module internal AlgebraicWords =

    let (.<=) (a: Quantity) (b: Quantity) = Proposition.AtMost(a, b)
    let (.<) (a: Quantity) (b: Quantity) = Proposition.Below(a, b)
    let (.=) (a: Quantity) (b: Quantity) = Proposition.Equal(a, b)

    let zero = Quantity.Number 0.0
    let one = Quantity.Number 1.0
    let square = Quantity.square

    /// A domain or an induction hypothesis: assumed, but no hypothesis of the claim.
    let given (proposition: Proposition) = "", proposition

    let positive (x: Quantity) = given (zero .< x)

    /// s = ±1.
    let isSign (s: Quantity) = given (Proposition.Or [ s .= one; s .= Quantity.Number -1.0 ])

    let query name comment assumptions goal controls : Query =
        { Name = name
          Comment = comment
          Assumptions = assumptions
          Goal = goal
          Controls = controls }

/// Claims that queries settle for all reals.
[<RequireQualifiedAccess>]
module AlgebraicClaim =

    // The worst margin of the assumptions that a hypothesis stands for.
    let private hypothesis (queries: Query list) (name: string) : Hypothesis<Model> =
        let parts =
            queries
            |> List.collect _.Assumptions
            |> List.choose (fun (own, assumption) -> if own = name then Some assumption else None)

        { Name = name
          Margin = fun model -> (Proposition.compare model (Proposition.And parts)).Margin }

    // The stored witness of the first query that needs the hypothesis, replayed.
    let private necessity (queries: Query list) (name: string) : Necessity =
        let violation (query: Query) =
            query.Controls
            |> List.tryPick (fun (own, control) ->
                match control with
                | Needed witness when own = name ->
                    let replay () = Proposition.compare (Map witness) query.Goal
                    let inputs = witness |> List.map (fun (variable, value) -> (invariant $"{variable} = {value:R}")) |> String.concat ", "
                    Some { Inputs = $"{query.Name}: {inputs}"; Comparison = replay (); Replay = replay }
                | _ -> None)

        { Hypothesis = name; Search = fun _ -> List.tryPick violation queries }

    /// <summary>A claim from its queries; their named assumptions are its hypotheses, and a setting is a choice of their variables.</summary>
    /// <param name="id">Identifier in the ledger (proofs-checks/README.md), with the variant.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="variant">"printed", "repaired", …</param>
    /// <param name="statement">The statement in one line.</param>
    /// <param name="queries">Queries; all of them together are the claim.</param>
    let create (id: string) (source: Source) (variant: string) (statement: string) (queries: Query list) : ITheorem =
        let names = queries |> List.collect Query.hypotheses |> List.distinct

        Theorem.pack
            { Id = id
              Source = source
              Variant = variant
              Statement = statement
              Hypotheses = names |> List.map (hypothesis queries)
              Instances = []
              Evidence = ByProof queries
              Necessity = names |> List.map (necessity queries) }
