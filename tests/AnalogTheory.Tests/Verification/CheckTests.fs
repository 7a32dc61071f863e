/// Checks of claims: every verdict and how it comes about, bad input, budgets, threads.
module AnalogTheory.Tests.CheckTests

open System
open System.Threading
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Tests.Samples

let private claim evidence : Theorem<float> =
    { Id = "X1"
      Source = Source.derived "test"
      Variant = ""
      Statement = "x ≥ 0"
      Hypotheses = [ { Name = "A1"; Margin = fun x -> 10.0 - x } ]
      Instances = [ "one", 1.0; "two", 2.0 ]
      Evidence = evidence
      Necessity = [] }

let private settings: CheckSettings =
    { Key = Key.ofSeed 1UL
      Delta = 0.01
      Samples = 20_000L
      Solver = None
      Execution = Execution.Default }

/// Fair values in [mean − 1, mean + 1], from the key and the replica alone.
let private sampler mean : Sampler =
    { Draw =
        fun _ key first count ->
            { Values = Array.init count (fun i -> mean + (if (Key.fold (uint64 first + uint64 i) key).Bits % 2UL = 0UL then 1.0 else -1.0))
              Failures = [] }
      Range = Some(mean - 1.0, mean + 1.0)
      Watch = None }

let private verdicts settings theorem = Check.run settings (Theorem.pack theorem) |> List.map snd
let private first theorem = (verdicts settings theorem).Head

let private undecided (part: string) (verdict: Verdict) =
    match verdict with
    | Undecided reason -> Expect.stringContains reason part "reason"
    | other -> failtest $"Expected Undecided, got {other}"

let private refuted (verdict: Verdict) =
    match verdict with
    | Refuted(text, _) -> Expect.stringContains text "X1 on one" "counterexample"
    | other -> failtest $"Expected Refuted, got {other}"

let private computed =
    [ testCase "comparisons in floating point are evaluated, not exact: the smallest margin is reported"
      <| fun () ->
          match first (claim (ByComputation(fun x -> [ Comparison.atMost 0.0 (2.0 * x); Comparison.atMost 0.0 x ]))) with
          | Evaluated comparison -> Expect.equal comparison.Margin 1.0 "margin"
          | other -> failtest $"got {other}"

      testCase "an enclosed comparison is exact by its margin's certain end, refuted by certainty, and undecided where its sign is open"
      <| fun () ->
          let margin lower upper : Enclosed =
              { Measured = Interval.Point 0.0
                Bound = Interval.Point 1.0
                Margin = Interval(lower, upper) }

          let check margins = first (claim (ByEnclosure((fun _ -> Some margins), fun _ -> [])))

          match check [ margin 0.5 0.6; margin 0.0 0.1 ] with
          | Exact comparison -> Expect.equal comparison.Margin 0.0 "the certain end of the tightest"
          | other -> failtest $"got {other}"

          undecided "sign" (check [ margin 0.5 0.6; margin -1e-300 0.1 ])
          undecided "sign" (check [ { margin 0.5 0.6 with Enclosed.Margin = Interval.Entire } ])
          undecided "no comparison" (check [])

          match first (claim (ByEnclosure((fun _ -> None), fun x -> [ Comparison.atMost 0.0 x ]))) with
          | Evaluated _ -> ()
          | other -> failtest $"got {other}"

          refuted (check [ margin -0.1 0.1; margin -0.2 -0.1; margin 0.5 0.6 ])

      testCase "one failing comparison refutes, and so does one NaN"
      <| fun () ->
          refuted (first (claim (ByComputation(fun x -> [ Comparison.atMost 0.0 x; Comparison.atMost 1.0 0.5 ]))))
          refuted (first (claim (ByComputation(fun x -> [ Comparison.atMost nan x; Comparison.atMost 0.0 1.0 ]))))

      testCase "no comparison is undecided"
      <| fun () ->
          undecided "no comparison" (first (claim (ByComputation(fun _ -> []))))
          undecided "no comparison" (first (claim (ByDiscretisation(fun _ -> []))))

      testCase "a discretised margin counts only beyond its error"
      <| fun () ->
          let check margin error =
              first (claim (ByDiscretisation(fun _ -> [ Comparison.atMost 0.0 5.0, 0.1; Comparison.atMost 0.0 margin, error ])))

          match check 0.2 0.1 with
          | Computed(comparison, error) -> Expect.equal (comparison.Margin, error) (0.2, 0.1) "the tightest"
          | other -> failtest $"got {other}"

          undecided "error" (check 0.1 0.2)
          undecided "error" (check -0.1 0.2)
          undecided "error" (check 0.1 nan)
          undecided "error" (check 0.1 infinity)
          refuted (check -0.3 0.2)
          refuted (check nan 0.2) ]

let private hypotheses =
    [ testCase "a hypothesis that fails makes the instance vacuous, by how much; the others are checked"
      <| fun () ->
          let theorem =
              { claim (ByComputation(fun x -> [ Comparison.atMost 0.0 x ])) with
                  Instances = [ "far", 12.5; "near", 1.0 ] }

          match verdicts settings theorem with
          | [ Vacuous [ failed ]; Evaluated _ ] ->
              Expect.equal (failed.Name, failed.Margin, failed.Replicas) ("A1", -2.5, None) "hypothesis"
          | other -> failtest $"got {other}"

      testCase "a hypothesis of NaN fails"
      <| fun () ->
          match
              first
                  { claim (ByComputation(fun x -> [ Comparison.atMost 0.0 x ])) with
                      Hypotheses = [ { Name = "A2"; Margin = fun _ -> nan } ] }
          with
          | Vacuous [ failed ] -> Expect.equal failed.Name "A2" "hypothesis"
          | other -> failtest $"got {other}"

      testCase "exceptions in a claim's functions are undecided with their message"
      <| fun () ->
          undecided "InvalidOperationException: oops" (first (claim (ByComputation(fun _ -> invalidOp "oops"))))
          undecided "oops" (first (claim (ByDiscretisation(fun _ -> invalidOp "oops"))))
          undecided "oops" (first (claim (BySampling(fun _ -> invalidOp "oops"))))
          undecided "oops" (first (claim (BySampling(fun x -> { sampler x with Draw = fun _ _ _ _ -> invalidOp "oops" }))))

          undecided
              "oops"
              (first
                  { claim (ByComputation(fun _ -> [])) with
                      Hypotheses = [ { Name = "A"; Margin = fun _ -> invalidOp "oops" } ] })

      testCase "a cancellation is passed on"
      <| fun () ->
          let cancelled =
              { settings with
                  Execution = { Execution.Default with Cancellation = CancellationToken true } }

          Expect.throwsT<OperationCanceledException> (fun () -> verdicts cancelled (claim (BySampling sampler)) |> ignore) "cancelled"

      testCase "queries go to the prover, one verdict each, and to nobody without one"
      <| fun () ->
          let query name : Query =
              { Name = name
                Comment = ""
                Assumptions = []
                Goal = Proposition.And []
                Controls = [] }

          let theorem = Theorem.pack (claim (ByProof [ query "a"; query "b" ]))
          let prove _ (query: Query) = if query.Name = "a" then Proved "text" else invalidOp "died"

          match Check.runWith prove settings theorem with
          | [ "a", Proved "text"; "b", Undecided reason ] -> Expect.stringContains reason "died" "reason"
          | other -> failtest $"got {other}"

          for _, verdict in Check.run settings theorem do
              undecided "no prover" verdict ]

let private sampled =
    [ testCase "clear means are settled early, on either side, at the instance's share of δ"
      <| fun () ->
          match verdicts settings (claim (BySampling sampler)) with
          | [ Supported a; Supported b ] ->
              Expect.equal (a.Delta, b.Delta) (0.005, 0.005) "δ"
              Expect.isTrue (a.Samples < 1000L && a.Lower >= 0.0 && a.Lower <= 1.0 && a.Upper >= 1.0) "evidence"
          | other -> failtest $"got {other}"

          match first (claim (BySampling(fun _ -> sampler -0.5))) with
          | RefutedAtConfidence evidence -> Expect.isTrue (evidence.Upper < 0.0 && not evidence.IsAsymptotic) "evidence"
          | other -> failtest $"got {other}"

      testCase "at the boundary the budget ends undecided, after exactly the budget"
      <| fun () -> undecided "after 20000 replicas" (first (claim (BySampling(fun _ -> sampler 0.0))))

      testCase "a budget of zero is undecided"
      <| fun () -> undecided "budget is 0" (verdicts { settings with Samples = 0L } (claim (BySampling sampler))).Head

      testCase "a negative budget and a malformed δ are undecided with the name of the field"
      <| fun () ->
          undecided "budget" (verdicts { settings with Samples = -1L } (claim (BySampling sampler))).Head
          undecided "delta" (verdicts { settings with Delta = 0.0 } (claim (BySampling sampler))).Head

      testCase "a range the wrong way round and a batch of the wrong size are undecided"
      <| fun () ->
          undecided "upper" (first (claim (BySampling(fun x -> { sampler x with Range = Some(1.0, -1.0) }))))

          undecided
              "margins"
              (first (
                  claim (
                      BySampling(fun x ->
                          { sampler x with
                              Draw = fun _ _ _ count -> { Values = Array.zeroCreate (count - 1); Failures = [] } })
                  )
              ))

      testCase "replicas outside the range, or not numbers, make the claim vacuous, with the count"
      <| fun () ->
          let broken value range =
              BySampling(fun _ ->
                  { Draw =
                      (fun _ _ _ count ->
                          { Values = Array.init count (fun i -> if i = 7 then value else 0.001 * float i)
                            Failures = [] })
                    Range = range
                    Watch = None })

          for value, range in [ nan, Some(-1.0, 1.0); 1.5, Some(-1.0, 1.0); nan, None; -infinity, None ] do
              match first (claim (broken value range)) with
              | Vacuous [ failed ] -> Expect.equal (failed.Name, failed.Replicas) ("range", Some(1L, 256L)) $"{value} in {range}"
              | other -> failtest $"got {other}"

      testCase "an unbounded sampler is labelled asymptotic"
      <| fun () ->
          let uniform (key: Key) = float (key.Bits >>> 11) / 9007199254740992.0

          let verdict =
              first (
                  claim (
                      BySampling(fun x ->
                          { sampler x with
                              Range = None
                              Draw =
                                  fun _ key first count ->
                                      { Values = Array.init count (fun i -> x - uniform (Key.fold (uint64 first + uint64 i) key))
                                        Failures = [] } })
                  )
              )

          Expect.equal verdict.Name "Supported(asymptotic)" "name"

      testCase "an unbounded sampler of two values is undecided, with the reason"
      <| fun () -> undecided "took 2 values only" (first (claim (BySampling(fun x -> { sampler x with Range = None }))))

      testCase "a sampler that brings the same margins for every batch is noticed"
      <| fun () ->
          // Coin flips that forget where a batch begins, and numbers that forget it after the second batch.
          let forgetful (from: uint32) mean =
              { sampler mean with
                  Draw = fun execution key first count -> (sampler mean).Draw execution key (if first >= from then from else first) count }

          for from, at in [ 0u, "from replica 256 on"; 256u, "from replica 512 on" ] do
              match first (claim (BySampling(fun _ -> forgetful from 0.0))) with
              | Vacuous [ failed ] ->
                  Expect.equal failed.Name "replicas are independent" "hypothesis"
                  Expect.stringContains failed.Note at "words"
              | other -> failtest $"got {other}"

      testCase "equal margins are no repetition where chance explains them"
      <| fun () ->
          let rare (key: Key) = if key.Bits % 5000UL = 0UL then -1.0 else 0.0002

          let constant: Sampler =
              { Draw =
                  (fun _ key first count ->
                      { Values = Array.init count (fun i -> rare (Key.fold (uint64 first + uint64 i) key))
                        Failures = [] })
                Range = Some(-1.0, 1.0)
                Watch = None }

          undecided "after 20000 replicas" (first (claim (BySampling(fun _ -> constant))))

      testCase "a pathwise hypothesis that fails in one replica makes the claim vacuous, with the count"
      <| fun () ->
          let failing: Sampler =
              { sampler 0.0 with
                  Draw =
                      fun execution key first count ->
                          { (sampler 0.0).Draw execution key first count with
                              Failures = [ "A4", (if first = 256u then 1L else 0L); "T3", 0L ] } }

          match first (claim (BySampling(fun _ -> failing))) with
          | Vacuous [ failed ] -> Expect.equal (failed.Name, failed.Replicas) ("A4", Some(1L, 512L)) "hypothesis"
          | other -> failtest $"got {other}"

      testCase "a watched hypothesis that fails on one path makes the claim vacuous, and one that holds costs nothing"
      <| fun () ->
          let watched margin : Sampler =
              { sampler 1.0 with
                  Watch =
                      Some
                          { Paths = 10
                            Path = fun _ replica -> { Margins = [ "A4", (if replica = 3u then margin else 1.0) ]; Bets = [] } } }

          for margin in [ -0.5; nan ] do
              match first (claim (BySampling(fun _ -> watched margin))) with
              | Vacuous [ failed ] -> Expect.equal (failed.Name, failed.Replicas) ("A4", Some(1L, 10L)) "hypothesis"
              | other -> failtest $"got {other}"

          Expect.equal (first (claim (BySampling(fun _ -> watched 0.0)))) (first (claim (BySampling(fun _ -> sampler 1.0)))) "holds"

      testCase "bets share a quarter of δ: the price of m hypotheses is 4m/δ, and the claim has the rest"
      <| fun () ->
          let bets factors =
              [ for name, log in factors do
                    { Hypothesis = name
                      Quantity = "x"
                      Stated = 0.0
                      Sum = 3.0
                      Draws = 6L
                      LogFactors = [| log; -infinity |]
                      Given = None } ]

          let watched factors : Sampler =
              { sampler 1.0 with
                  Watch = Some { Paths = 2; Path = fun _ _ -> { Margins = []; Bets = bets factors } } }

          // δ of the instance is .005; two hypotheses: 1,600 to 1. Two gamblers, one bankrupt: half of the other's money, squared by two paths.
          let reached = 0.5 * log (2.0 * 1600.0)

          match first (claim (BySampling(fun _ -> watched [ "A1", reached + 1e-9; "A2", reached - 1e-9 ]))) with
          | Vacuous [ failed ] ->
              Expect.equal (failed.Name, failed.Margin) ("A1", -0.5) "hypothesis"
              Expect.stringContains failed.Note "x has mean 0.5 over 12 draws on 2 paths, 0 is stated" "words"
          | other -> failtest $"got {other}"

          match first (claim (BySampling(fun _ -> watched [ "A1", 0.0 ]))), first (claim (BySampling(fun _ -> sampler 1.0))) with
          | Supported a, Supported b ->
              Expect.equal (a.Delta, b.Delta) (0.005, 0.005) "δ"
              Expect.isLessThan a.Lower b.Lower "a wider interval for three quarters of δ"
          | other -> failtest $"got {other}"

      testCase "odds that rest on another hypothesis say nothing where that one fails"
      <| fun () ->
          let bet name given : MomentBet =
              { Hypothesis = name
                Quantity = "x"
                Stated = 0.0
                Sum = 1.0
                Draws = 1L
                LogFactors = [| 100.0 |]
                Given = given }

          let failures margin =
              WatchCheck.failures 0.01 [| { Margins = [ "C", margin ]; Bets = [ bet "A" (Some "B"); bet "B" (Some "C") ] } |]
              |> List.map _.Name

          Expect.equal (failures 1.0) [ "B" ] "A rests on B"
          Expect.equal (failures -1.0) [ "C" ] "B rests on C"

      testCase "batches follow one another without gaps, grow, and end at the budget"
      <| fun () ->
          let seen = ResizeArray<uint32 * int>()

          let recording: Sampler =
              { sampler 0.0 with
                  Draw =
                      fun execution key first count ->
                          seen.Add(first, count)
                          (sampler 0.0).Draw execution key first count }

          SampledCheck.run Execution.Default (Key.ofSeed 3UL) 1e-9 300_001L recording |> ignore

          Expect.equal
              (Seq.fold
                  (fun next (first, count) ->
                      Expect.equal first next "no gap"
                      first + uint32 count)
                  0u
                  seen)
              300_001u
              "total"

          Expect.isTrue (seen |> Seq.forall (fun (_, count) -> count <= 65_536)) "largest"
          Expect.isTrue (seen.Count < 22) "few batches"

      testCase "verdicts are the same bits on any number of threads and at any lane width"
      <| fun () ->
          let device = AsymmetricLinear.create 1.0

          let chain =
              Chain.create (Quadratic.isotropic 1 1.0 0.6) (Noise.rademacher 0.3) (AnalogSgd.create 0.1 device) (Weights.ofArray [| 0.5 |])

          let margins threads width : Sampler =
              { Draw =
                  fun _ key first count ->
                      let settings =
                          { Ensemble.settings count 200L key with
                              FirstReplica = first
                              Measures = [ Measure MeasureKind.GradientNormSquared ]
                              AverageFrom = Some 0L }

                      let execution = { Execution.Default with Threads = threads; Width = width }
                      let result = (Ensemble.runAll execution [ Ensemble.plan settings chain ])[0]

                      { Values = result.Average(0).ToArray() |> Array.map (fun value -> 0.0195 - value)
                        Failures = [] }
                Range = Some(0.0195 - 2.56, 0.0195)
                Watch = None }

          let verdict threads width = first (claim (BySampling(fun _ -> margins threads width)))
          let reference = verdict 1 LaneWidth.Scalar

          Expect.isTrue
              (match reference with
               | Undecided _ -> false
               | _ -> true)
              $"settled: {reference}"

          Expect.equal (verdict 2 LaneWidth.Widest) reference "two threads"
          Expect.equal (verdict 5 LaneWidth.Widest) reference "five threads" ]

let private budgets =
    [ testCase "a report's δ is split over the instances of bounded sampled claims; others take none"
      <| fun () ->
          let theorem id evidence = Theorem.pack { claim evidence with Id = id }
          let a = theorem "a" (BySampling sampler)
          let b = Theorem.pack { claim (BySampling sampler) with Id = "b"; Instances = [ "only", 1.0 ] }
          let gaussian = theorem "gaussian" (BySampling(fun x -> { sampler x with Range = None }))
          let exact = theorem "exact" (ByComputation(fun _ -> []))
          let report = [ a; exact; b; gaussian ]
          let budget = ErrorBudget.split 0.03 report
          near 1e-17 0.02 (ErrorBudget.share budget a) "a"
          near 1e-17 0.01 (ErrorBudget.share budget b) "b"
          Expect.equal budget.Instances 3 "instances"
          near 1e-17 0.03 (Seq.sum budget.Claims.Values) "sum"
          near 1e-17 0.02 (ErrorBudget.share budget gaussian) "outside of the total"

          let verdicts =
              report
              |> List.collect (fun theorem -> Check.run { settings with Delta = ErrorBudget.share budget theorem } theorem |> List.map snd)

          near 1e-15 0.03 (ErrorBudget.spent verdicts) "spent: three bounded instances were settled"

      testCase "a sampler that cannot be made still counts"
      <| fun () ->
          Expect.equal (ErrorBudget.split 0.1 [ Theorem.pack (claim (BySampling(fun _ -> invalidOp "oops"))) ]).Instances 2 "instances"

      raises<ArgumentException> "two claims of one name are refused" [ "X1 twice" ] (fun () ->
          ErrorBudget.split 0.1 [ Theorem.pack (claim (BySampling sampler)); Theorem.pack (claim (BySampling sampler)) ]
          |> ignore)

      raises<ArgumentException> "a total of 0 is refused" [ "total" ] (fun () -> ErrorBudget.split 0.0 [] |> ignore) ]

[<Tests>]
let tests = testList "verification: checks" (computed @ hypotheses @ sampled @ budgets)
