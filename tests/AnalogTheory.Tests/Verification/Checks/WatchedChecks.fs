/// Hypotheses watched along the paths of a sampled claim, and bets against them.
module AnalogTheory.Tests.WatchedChecks

open Expecto
open AnalogTheory
open AnalogTheory.Tests.CheckSamples

let tests =
    [ testCase "a pathwise hypothesis that fails in one replica makes the claim vacuous, with the count"
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
          Expect.equal (failures -1.0) [ "C" ] "B rests on C" ]
