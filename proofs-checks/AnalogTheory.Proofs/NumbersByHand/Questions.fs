/// What is asked of a query, of a claim and of a hypothesis at numbers that were worked out by hand.
module AnalogTheory.Proofs.Questions

open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Algebra

let internal isNumber (what: string) (expected: float) (actual: float) =
    // The engine's own allowances, such as 10⁻¹² of a limit, are within this.
    if not (abs (actual - expected) <= 1e-9 * (abs expected + 1e-3)) then
        failtest $"{what}: expected {expected:R}, got {actual:R}"

let internal isWithin (what: string) (expected: float) (allowance: float) (actual: float) =
    if not (abs (actual - expected) <= allowance) then
        failtest $"{what}: expected {expected:R} ± {allowance:R}, got {actual:R}"

// Algebraic claims -------------------------------------------------------------------------------------------------------------------

let private query (name: string) : Query = Algebraic.all |> List.collect _.Queries |> List.find (fun query -> query.Name = name)

let private arePairs (what: string) (model: Model) (proposition: Proposition) (expected: (float * float) list) =
    let pairs = proposition.Pairs
    Expect.equal pairs.Length expected.Length $"comparisons of {what}"

    for (left, right), (a, b) in List.zip pairs expected do
        isNumber $"left side of {what}" a (left.Value model)
        isNumber $"right side of {what}" b (right.Value model)

/// Both sides of a query's goal and of its named hypotheses, at a choice of its variables.
let internal goal
    name
    (model: (string * float) list)
    (expected: (float * float) list)
    (hypotheses: (string * (float * float) list) list)
    : Test =
    testCase name
    <| fun () ->
        let query, model = query name, Map model
        arePairs $"the goal of {name}" model query.Goal expected

        for hypothesis, expected in hypotheses do
            let parts = query.Assumptions |> List.filter (fun (own, _) -> own = hypothesis) |> List.map snd
            arePairs $"{hypothesis} of {name}" model (Proposition.And parts) expected

// Claims with instances --------------------------------------------------------------------------------------------------------------

/// A claim with its setting's type visible.
let internal claim<'Setting> (id: string) : Theorem<'Setting> =
    let theorem =
        (Registry.tryFind id |> Option.get).Accept
            { new ITheoremVisitor<obj> with
                member _.Visit theorem = nonNull (box theorem) }

    match theorem with
    | :? Theorem<'Setting> as theorem -> theorem
    | _ -> failtest $"{id} has settings of another type"

/// Margins of a claim's hypotheses on a setting, each named by how it begins.
let internal margins (ids: string list) (setting: 'Setting) (expected: (string * float) list) =
    for id in ids do
        for beginning, margin in expected do
            let hypothesis = (claim<'Setting> id).Hypotheses |> List.find _.Name.StartsWith(beginning)
            isNumber $"margin of {hypothesis.Name} of {id}" margin (hypothesis.Margin setting)

let internal isComparison what (measured: float, bound: float) (comparison: Comparison) =
    isNumber $"what is measured, {what}" measured comparison.Measured
    isNumber $"bound, {what}" bound comparison.Bound

/// What a sampled claim asks: the coefficients of the averages that it is linear in, its constant, its conditions.
let internal asks (id: string) (beginning: string) (coefficients: float list) (constant: float) (conditions: (string * float) list) =
    let _, margin = (claim<ReplicaMargin> id).Instances |> List.find (fun (name, _) -> name.StartsWith beginning)
    Expect.equal margin.Terms.Length coefficients.Length $"averages of {id}, {beginning}"
    List.iter2 (fun (actual, _) expected -> isNumber $"coefficient of {id}, {beginning}" expected actual) margin.Terms coefficients
    isNumber $"constant of {id}, {beginning}" constant margin.Constant

    for start, expected in conditions do
        let name, actual = margin.Conditions |> List.find (fun (name, _) -> name.StartsWith start)
        isNumber $"margin of {name} of {id}, {beginning}" expected actual
