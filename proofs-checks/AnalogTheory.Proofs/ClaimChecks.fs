/// Every claim settled once, as the command `verify` settles it, and held against the committed ledger: verdicts with their numbers, and what
/// dropping each hypothesis did.
module AnalogTheory.Proofs.ClaimChecks

open System
open System.IO
open Expecto
open AnalogTheory

let private settings = lazy Verify.settings Verify.seed

let private committed = lazy Verify.committed ()

// A row is made once, whichever test asks first.
let private rows: (ITheorem * Lazy<LedgerRow>) list =
    let budget = lazy ErrorBudget.split Verify.delta Registry.all
    Registry.all |> List.map (fun theorem -> theorem, lazy Ledger.row settings.Value budget.Value theorem)

let private skipWithoutSolver () =
    if settings.Value.Solver.IsNone then skiptest "there is no z3 on the PATH: not settled here"

let private told (differences: string list) =
    if not differences.IsEmpty then
        let shown = List.truncate 10 differences

        let more =
            if differences.Length > shown.Length then
                [ $"and {differences.Length - shown.Length} more" ]
            else
                []

        failtest (String.concat "\n" ("run `dotnet fsi build.fsx verify` if a change was meant:" :: shown @ more))

// Another solver may find another counterexample, and is as right.
let private hasItsSolver = lazy (LedgerText.solverName settings.Value = CommittedLedger.solver committed.Value)

// A command writes the numbers again, so a mutant that only they notice is not caught (decision 9).
let private isMutated = not (isNull (Environment.GetEnvironmentVariable "ANALOG_THEORY_MUTANT"))

let private asCommitted =
    [ for theorem, row in rows do
          testCase theorem.Id (fun () ->
              if not theorem.Queries.IsEmpty then skipWithoutSolver ()
              told (CommittedLedger.differences committed.Value row.Value)

              if not isMutated && (theorem.Queries.IsEmpty || hasItsSolver.Value) then
                  let now = CommittedLedger.ofText (LedgerJson.toJson settings.Value [ row.Value ])
                  told (CommittedLedger.changedLines committed.Value now theorem.Id))

      testCase "the files are what these rows make" (fun () ->
          skipWithoutSolver ()
          if isMutated then skiptest "numbers of a mutant"

          if not hasItsSolver.Value then
              skiptest $"the ledger was made with {CommittedLedger.solver committed.Value}"

          let folder = Path.Combine(Repository.root.Value, Ledger.folder)

          for name, text in Verify.files folder settings.Value (rows |> List.map (fun (_, row) -> row.Value)) do
              Expect.equal (File.ReadAllText(Path.Combine(folder, name))) text $"{name}; run `dotnet fsi build.fsx verify`") ]

// ---- What the ledger is expected to say ----

// Instances whose verdict is not "holds", by claim and the start of the instance's name.
let private others =
    [ "D3-printed", "D3-printed", "Refuted"
      "S4-printed", "D = 1, α = .1/L", "Refuted"
      "S4-printed", "D = 1, α = .01/L", "Refuted"
      "S8-noiseless", "L = τ = 1, w* = 3", "Vacuous"
      "S8-printed", "L = τ = 1, w₀ = .8", "Refuted"
      "L4-sharp", "r = .7", "Vacuous"
      "L4-printed", "r = .5", "Refuted"
      "L4-printed", "v1's region", "Refuted"
      "T6-printed", "L = .01", "Refuted"
      "T7-descent-printed", "T7-descent-printed", "Refuted"
      "T8-printed", "D = 1, Rademacher σ = 40", "Refuted"
      "T8-printed", "σ = .3", "Vacuous"
      "T8-printed-auxiliary", "D = 1, Rademacher σ = 40, α = .5/√K, K = 32768", "Refuted"
      "T8-printed-auxiliary", "D = 1, Rademacher σ = 40, α = .5/√K, K = 131072", "Refuted"
      "T8-printed-auxiliary", "D = 1, Rademacher σ = 40, α = .5/√K, K = 524288", "Refuted"
      "T8-repaired", "problem of T9", "Vacuous"
      "T8-repaired", "σ = 30", "Vacuous"
      "T9-sampled", "β = 0.8: at most", "Vacuous"
      "T9-sampled", "β = 0.8: at least", "Vacuous"
      "N6-printed", "N = 1", "Refuted"
      "N7-instances", "asymmetric linear, |w| ≤ τ/2, D = 1", "Vacuous"
      "N7-instances", "the same with f → 29.3·f", "Vacuous"
      "N7-instances", "μ = 29.4, two-point", "Vacuous"
      "N7-instances", "D = 16, μ = 29.4", "Vacuous"
      "N8-tile-printed", "L = 4", "Refuted"
      "N9-printed", "ideal device", "Refuted"
      "N9-printed", "asymmetric linear", "Refuted" ]

// Hypotheses without which no violation was found; recorded as such, which proves nothing.
let private noneFound =
    let each (ids: string list) (hypotheses: string list) = List.allPairs ids hypotheses

    List.concat
        [ each [ "S5-limit" ] [ "α ≤ 1/(2L)"; "D2: α|g| ≤ τ"; "|w*| ≤ τ" ]
          each [ "S6-formula"; "S6-ceiling" ] [ "f convex, w* and w⋄ on either side of the fixed point" ]
          each [ "S6-formula-array"; "S6-ceiling-array" ] [ "μ > 0"; "|G| < F at the fixed point" ]
          each [ "S7" ] [ "|G| < F between w⋄ and w*"; "G/F does not decrease between w⋄ and w*"; "μ > 0" ]
          each [ "S7-array" ] [ "|G| < F at the fixed point" ]
          each [ "S8-sharp" ] [ "|w₀| ≤ τ"; "|w*_ξ| ≤ τ" ]
          each [ "L5"; "L6" ] [ "D2: α|P_d| ≤ τ surely" ]
          each [ "T6-printed"; "T6-repaired"; "N5-exact-18" ] [ "A5: E ε = 0"; "A5: E ε_d² ≤ σ²/D" ]
          each [ "T7-fixed"; "T7-printed" ] [ "‖W‖∞, ‖W*‖∞ ≤ τ" ]
          each
              [ "T8-printed"; "T8-repaired" ]
              [ "A1: f is L-smooth up to W_max"; "A3: E ε = 0"; "‖W_k‖∞, ‖W*‖∞ ≤ τ"; "33·P_max² < τ², that is σ > √(33·41)·Lτ√D/c" ]
          each [ "T8-repaired" ] [ "α ≤ σ/(6Lτ√D)"; "β ≥ 8αLτ²D/σ²"; "β ≤ c²σ⁴/(64αLτ⁴D)" ]
          each [ "N1-floor"; "N1-floor-limit" ] [ "the chain stays where q₊, q₋ > 0" ]
          each [ "N2"; "N2-critical"; "N2-descent"; "N2-limit" ] [ "|G| < F" ]
          each [ "N3-rate" ] [ "β ≪ α" ]
          each [ "N3-theorem3" ] [ "A3: E ε = 0" ]
          each [ "N3-theorem3-sharp" ] [ "A3: E ε² ≤ σ², σ = .3" ]
          each [ "N5-exact-sharper" ] [ "A5: E ε_d² ≤ σ²/D" ]
          each [ "N10-attained" ] [ "|G| < F on the range" ] ]

let private asExpected =
    [ testCase "the committed verdicts that do not hold are these, and no other" (fun () ->
          for kind in [ "Refuted"; "Vacuous"; "Undecided"; "RefutedAtConfidence" ] do
              let wanted =
                  [ for id, start, verdict in others do
                        if verdict = kind then id, start ]

              let written = CommittedLedger.ofKind kind committed.Value
              let isIn (id, instance: string) (claim, start: string) = claim = id && instance.StartsWith start

              for row in written do
                  Expect.isTrue (List.exists (isIn row) wanted) $"{row} is {kind} and was not expected to be"

              for expected in wanted do
                  Expect.isTrue (List.exists (fun row -> isIn row expected) written) $"{expected} is not {kind}")

      testCase "the committed searches without a violation are these, and no other" (fun () ->
          let written =
              [ for id, hypothesis, outcome in CommittedLedger.dropped committed.Value do
                    if outcome = "none found" then id, hypothesis ]

          Expect.equal (Set.ofList written) (Set.ofList noneFound) "claims and hypotheses")

      testCase "what the solver was expected to need it needs: every control of every query" (fun () ->
          let written = Map [ for id, hypothesis, outcome in CommittedLedger.dropped committed.Value -> (id, hypothesis), outcome ]

          for claim in Algebraic.all do
              for query in claim.Queries do
                  for hypothesis, control in query.Controls do
                      let expected = if control.IsNeeded then "needed" else "not needed"

                      Expect.equal
                          (Map.tryFind (claim.Id, $"{hypothesis} ({query.Name})") written)
                          (Some expected)
                          $"{query.Name} without {hypothesis}") ]

let tests = testList "ledger's rows" [ testList "expected" asExpected; testSequenced (testList "settled" asCommitted) ]
