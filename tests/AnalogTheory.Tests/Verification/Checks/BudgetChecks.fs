/// A report's δ, split over its claims.
module AnalogTheory.Tests.BudgetChecks

open System
open Expecto
open AnalogTheory
open AnalogTheory.Tests.CheckSamples
open AnalogTheory.Tests.Samples

let tests =
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
