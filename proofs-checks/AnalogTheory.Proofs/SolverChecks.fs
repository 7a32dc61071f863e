/// Claims settled by a solver: their text, their witnesses, and what a misbehaving solver gives. Their verdicts and negative controls are rows of the ledger.
module AnalogTheory.Proofs.SolverChecks

open System
open System.Diagnostics
open System.IO
open Expecto
open FsCheck.FSharp
open AnalogTheory
open AnalogTheory.Kernels.Algebra

let private claimed: (ITheorem * Query) list =
    Algebraic.all |> List.collect (fun claim -> claim.Queries |> List.map (fun query -> claim, query))

let private queries = claimed |> List.map snd

/// The folder of the checked-in queries.
let private folder () = Path.Combine(Repository.root.Value, "proofs-checks", "smt")

let private fileOf (query: Query) = Path.Combine(folder (), $"{query.Name}.smt2")

/// Writes every query to its file and removes files that no query has.
let writeQueries () : unit =
    Directory.CreateDirectory(folder ()) |> ignore
    let kept = queries |> List.map fileOf |> Set.ofList

    for stale in Directory.GetFiles(folder (), "*.smt2") |> Array.filter (kept.Contains >> not) do
        File.Delete stale

    for query in queries do
        File.WriteAllText(fileOf query, Query.toText query)

    printfn $"{queries.Length} queries written"

let private textTests =
    testList
        "the text of queries"
        [ testCase "is the checked-in one; if meant to change, run the Proofs program with --write-queries"
          <| fun () ->
              for query in queries do
                  let file = fileOf query
                  let stored = if File.Exists file then File.ReadAllText file else ""

                  if stored <> Query.toText query then
                      failtest
                          $"proofs-checks/smt/{query.Name}.smt2 differs: run `dotnet run --project proofs-checks/AnalogTheory.Proofs -- --write-queries` and read the change."

          testCase "has a file for every query and no other"
          <| fun () ->
              let stored = Directory.GetFiles(folder (), "*.smt2") |> Array.map Path.GetFileNameWithoutExtension |> Set.ofArray
              Expect.equal stored (queries |> List.map _.Name |> Set.ofList) "files"

          testCase "is named once"
          <| fun () -> Expect.isEmpty (queries |> List.countBy _.Name |> List.filter (fun (_, count) -> count > 1)) "names used twice"

          testCase "every named hypothesis of every query has a control, and nothing else has"
          <| fun () ->
              for query in queries do
                  Expect.equal (query.Controls |> List.map fst |> Set.ofList) (Query.hypotheses query |> Set.ofList) query.Name ]

/// Values of a query's variables within the ranges that its domains ask for, roughly: enough to compare text and engine.
let private settings (query: Query) =
    let names =
        Query.bindings query
        |> List.choose (function
            | Free name -> Some name
            | _ -> None)

    gen {
        let! values = Gen.listOfLength names.Length (Real.within -2.0 2.0)
        // Names of what is positive in every claim; the others take both signs.
        let isPositive name = List.contains name [ "tau"; "sigma"; "D"; "alpha"; "beta"; "L"; "upper"; "dw" ]

        let value name x =
            if isPositive name then abs x + 0.25
            elif name = "lower" then -(abs x) - 0.25
            elif name = "c" then x / 2.25
            else x

        return List.map2 (fun name x -> name, value name x) names values |> Map.ofList
    }

// The text's value in doubles: abbreviations and roots are computed in order, as the text gives them.
let private textValue (bindings: Binding list) (model: Model) (quantity: Quantity) : float =
    let value known (term: Term) = Formula.evaluate (Formula.approximate Map.empty) known (Formula.parse term.Text)

    let known =
        bindings
        |> List.fold
            (fun known binding ->
                match binding with
                | Free _ -> known
                | Short(name, term) -> Map.add name (value known term) known
                | Root(name, term) -> Map.add name (sqrt (value known term)) known)
            model

    value known quantity.Term

let private agreementTests =
    testList
        "the engine computes what the solver reads"
        [ for query in queries do
              Claim.forAll query.Name 25 (settings query) (fun model ->
                  let bindings = Query.bindings query

                  for a, b in (query.Goal :: (query.Assumptions |> List.map snd)) |> List.collect _.Pairs do
                      for side in [ a; b ] do
                          let text, engine = textValue bindings model side, side.Value model
                          // The parts are at most some thousands in size; where a root or a quotient does not exist, neither side is a number.
                          let agree =
                              abs (text - engine) <= 1e-8 * (1.0 + abs text) || not (Double.IsFinite text || Double.IsFinite engine)

                          if not agree then
                              failtest $"{model}: the text gives {text:R}, the engine {engine:R}, for {side.Term.Text}") ]

let private witnessTests =
    testList
        "dropping a needed hypothesis: the stored witness violates the claim in the engine"
        [ for query in queries do
              for hypothesis, _ in query.Controls do
                  match ProofCheck.witness query hypothesis with
                  | None -> ()
                  | Some replay ->
                      testCase $"{query.Name} without {hypothesis}"
                      <| fun () ->
                          match replay with
                          | Ok _ -> ()
                          | Error reason -> failtest reason

          testCase "the claims' own searches find them, and nothing for hypotheses that are not needed"
          <| fun () ->
              for claim in Algebraic.all do
                  Expect.equal (claim.Necessity |> List.map _.Hypothesis) claim.Hypotheses claim.Id

                  for necessity in claim.Necessity do
                      let isNeeded =
                          claim.Queries
                          |> List.exists (fun query ->
                              query.Controls |> List.exists (fun (name, c) -> name = necessity.Hypothesis && c.IsNeeded))

                      match necessity.Search { Bits = 0UL } with
                      | Some violation ->
                          Expect.isTrue isNeeded $"{claim.Id}, {necessity.Hypothesis}"
                          Expect.equal (violation.Replay()) violation.Comparison $"{claim.Id}, {necessity.Hypothesis}"
                      | None -> Expect.isFalse isNeeded $"{claim.Id}, {necessity.Hypothesis}" ]

// One search of the PATH; every test below that asks for a solver says so where there is none.
let private found = lazy Z3Process.tryFind ()

let private withSolver (name: string) (check: ISolver -> unit) : Test =
    testCase name
    <| fun () ->
        match found.Value with
        | Some solver -> check solver
        | None -> skiptest "there is no z3 on the PATH: not discharged here"

/// Claims that a solver refutes; every other one it proves.
let private refuted = set [ "D3-printed"; "T7-descent-printed" ]

let private verdictTests =
    testList
        "verdicts"
        [ // A sample: the ledger's rows ask the solver every text, so this is about running it by hand.
          withSolver "every sixth kept file settles when z3 is given the file" (fun _ ->
              let expected (query: Query) =
                  if claimed |> List.exists (fun (claim, own) -> own.Name = query.Name && refuted.Contains claim.Id) then
                      "sat"
                  else
                      "unsat"

              for i, query in List.indexed queries do
                  if i % 6 = 0 || refuted.Contains query.Name then
                      let start = ProcessStartInfo("z3", [ fileOf query ], RedirectStandardOutput = true)
                      use z3 = nonNull (Process.Start start)
                      Expect.equal (z3.StandardOutput.ReadToEnd().Trim()) (expected query) query.Name
                      z3.WaitForExit())

          testCase "without a solver a claim is undecided, and says why"
          <| fun () ->
              for claim in Algebraic.all do
                  Expect.equal (ProofCheck.check None claim).Verdict (Undecided "not discharged here: no solver") claim.Id ]

module private SolverReport =
    let answer =
        function
        | Unsatisfiable -> "unsat"
        | Satisfiable _ -> "sat"
        | Unknown reason -> $"unknown, {reason}"

    let outcome =
        function
        | Fired _ -> "fires"
        | Unnecessary -> "unneeded"
        | Failed reason -> $"failed, {reason}"

    let model =
        function
        | Fired(model, comparison) ->
            let values = model |> Map.toList |> List.map (fun (name, value) -> $"{name} = {value:G6}") |> String.concat ", "
            $"{values}: {comparison.Measured:G6} against {comparison.Bound:G6}"
        | Unnecessary
        | Failed _ -> ""

/// Shell scripts in place of a solver.
let private misbehaving =
    let answer (script: string) =
        Z3Process.ask "/bin/sh" [ "-c"; script ] (TimeSpan.FromSeconds 2.0) (Query.toTextWithin 1000L queries.Head)

    let giving name script (part: string) =
        testCase name
        <| fun () ->
            if OperatingSystem.IsWindows() then skiptest "needs a POSIX shell"

            match (answer script).Answer with
            | Unknown reason -> Expect.stringContains reason part "reason"
            | other -> failtest $"Expected Unknown, got {other}."

    testList
        "a solver that misbehaves gives Unknown with a reason"
        [ giving "it dies at once" "exit 3" "the solver"
          giving "it is killed while it works" "kill -9 $$" "the solver"
          giving "it prints garbage" "echo Segmentation fault; cat > /dev/null" "Segmentation fault"
          giving "it reports an error" "echo '(error \"line 3: unknown constant\")'; echo sat; cat > /dev/null" "unknown constant"
          giving "it says unknown" "echo unknown; echo '(:rlimit 7)'; echo '(:reason-unknown \"gave up\")'; cat > /dev/null" "gave up"
          giving
              "it says sat and gives no model"
              "echo sat; echo '(:rlimit 7)'; echo '(error \"no model\")'; cat > /dev/null"
              "cannot be read"
          giving "it says sat and dies" "echo sat" "the solver"
          giving "its model does not end" "echo sat; echo '(:rlimit 7)'; echo '((define-fun w () Real 1.0)'" "the solver"
          giving "it prints without end and without lines" "while :; do printf xxxxxxxxxxxxxxxx; done" "the solver"
          giving "it hangs" "sleep 60" "ended after"

          testCase "it does not exist"
          <| fun () ->
              match (Z3Process.ask "no-such-solver" [] Z3Process.patience "").Answer with
              | Unknown reason -> Expect.stringContains reason "did not start" "reason"
              | other -> failtest $"Expected Unknown, got {other}."

          testCase "it claims a counterexample that the engine does not confirm"
          <| fun () ->
              let lying =
                  { new ISolver with
                      member _.Name = "lying"

                      member _.Ask _ =
                          { Answer = Satisfiable(Map [ "tau", 1.0; "wd", 0.0; "w", 0.5; "d", 0.5 ])
                            Resources = 0L } }

              let claim = Algebraic.all |> List.find (fun claim -> claim.Id = "D3")

              match (ProofCheck.check (Some lying) claim).Verdict with
              | Undecided reason -> Expect.stringContains reason "does not confirm" "reason"
              | other -> failtest $"Expected Undecided, got {other}." ]

let private modelTests =
    testList
        "models are read"
        [ withSolver "fractions, negatives and algebraic numbers" (fun solver ->
              let text =
                  "(set-logic QF_NRA)(declare-const a Real)(declare-const b Real)(declare-const c Real)\n"
                  + "(assert (= (* 3.0 a) (- 1.0)))(assert (= (* b b b) 2.0))(assert (and (< c 0.0) (= (* c c) 2.0)))\n(check-sat-using qfnra-nlsat)\n"

              match (solver.Ask text).Answer with
              | Satisfiable model ->
                  for name, expected in [ "a", -1.0 / 3.0; "b", Math.Cbrt 2.0; "c", -(sqrt 2.0) ] do
                      Expect.floatClose Accuracy.veryHigh model[name] expected name
              | other -> failtest $"Expected a model, got {other}.")

          withSolver "a resource limit gives Unknown" (fun solver ->
              let query = queries |> List.find (fun query -> query.Name = "T7-descent-2")

              match (solver.Ask(Query.toTextWithin 100L query)).Answer with
              | Unknown reason -> Expect.stringContains reason "resource limit" "reason"
              | other -> failtest $"Expected Unknown, got {other}.") ]

// Counts what goes through a solver and how long each question takes.
let private timed (solver: ISolver) (log: string -> Reply -> float -> unit) : ISolver =
    { new ISolver with
        member _.Name = solver.Name

        member _.Ask text =
            let clock = Stopwatch.StartNew()
            let reply = solver.Ask text
            log text reply clock.Elapsed.TotalSeconds
            reply }

/// Every query and control with its answer, the solver's resources and the seconds they took; for a person at a terminal.
let report () : unit =
    match found.Value with
    | None -> printfn "there is no z3 on the PATH"
    | Some solver ->
        printfn $"{solver.Name}"
        let mutable seconds = 0.0
        let mutable questions = 0

        let timed =
            timed solver (fun _ _ elapsed ->
                seconds <- seconds + elapsed
                questions <- questions + 1)

        for query in queries do
            let before = seconds
            let reply = timed.Ask(Query.toText query)
            printfn $"{query.Name, -26} {SolverReport.answer reply.Answer, -12} {reply.Resources, 10} {seconds - before, 8:F2} s"

            for hypothesis, control in query.Controls do
                let before = seconds

                for result in ProofCheck.controls timed { query with Controls = [ hypothesis, control ] } do
                    let mark = if result.IsAsExpected then " " else "!"
                    let outcome = SolverReport.outcome result.Outcome

                    printfn
                        $"{mark} without {hypothesis, -22} {outcome, -12} {result.Resources, 10} {seconds - before, 8:F2} s  {SolverReport.model result.Outcome}"

        printfn $"{questions} questions, {seconds:F1} s in the solver"

let tests = testList "solver" [ textTests; agreementTests; witnessTests; verdictTests; misbehaving; modelTests ]
