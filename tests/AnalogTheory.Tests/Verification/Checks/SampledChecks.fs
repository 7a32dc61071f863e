/// Verdicts on samples: budgets, ranges, batches, threads.
module AnalogTheory.Tests.SampledChecks

open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Tests.CheckSamples

let tests =
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
