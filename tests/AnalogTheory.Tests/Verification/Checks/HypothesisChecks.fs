/// Hypotheses that fail, functions that throw, queries without a prover.
module AnalogTheory.Tests.HypothesisChecks

open System
open System.Threading
open Expecto
open AnalogTheory
open AnalogTheory.Tests.CheckSamples

let tests =
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
