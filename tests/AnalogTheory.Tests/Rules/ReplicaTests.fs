/// Ensembles of every size: replicas, dimensions and steps of every residue, parts of a whole, traces and averages.
module AnalogTheory.Tests.ReplicaTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Tests.Entries
open AnalogTheory.Tests.ConformanceTable

let private key = Key.ofSeed 77UL

let private someRules = ("Digital SGD", Rule.pack (DigitalSgd.create 0.1)) :: onDevice (AsymmetricLinear.createAt 1.3 0.2)

// D, K, R: none, one and many of everything, and sizes around the widths 4 and 8 and the blocks of 8, 32 and 64 replicas.
let private sizes =
    [ 1, 0, 1
      1, 1, 3
      1, 3, 65
      1, 100, 33
      2, 100, 9
      3, 3, 17
      3, 100, 7
      5, 1, 33
      5, 100, 5
      40, 0, 3
      40, 1, 17
      40, 3, 19
      40, 100, 1 ]

let private chainOf problem noise rule = Chain.create problem noise rule (Weights.constant problem.Dimension 0.3)

[<Tests>]
let tests =
    testList
        "ensembles"
        [ for d, k, r in sizes do
              test $"D = {d}, K = {k}, R = {r}: pure steps, widths and threads agree" {
                  for name, rule in someRules do
                      for problem in ProblemTests.all d do
                          let mode = if problem.Objective.HasSamples then PerSample else FullBatch

                          for noise, batch in
                              [ Noise.gaussian 0.3, FullBatch
                                Noise.twoPoint 0.3 0.2, mode
                                Noise.stateDependentTwoPoint 0.3 1.2, FullBatch ] do
                              let entry = entry name rule problem noise batch

                              let settings =
                                  { Ensemble.settings r (int64 k) key with
                                      Measures = measures d entry.HasAuxiliary
                                      TraceEvery = 7L
                                      AverageFrom = Some 1L
                                      FirstReplica = 5u }

                              let expected = run 1 LaneWidth.Scalar settings entry
                              same entry.Name expected (entry.Pure settings)

                              for threads, width in [ 3, LaneWidth.Bits256; 2, LaneWidth.Bits512 ] do
                                  same $"{entry.Name}, {width}" (run threads width settings entry) expected
              }

          test "replica numbers wrap at 2³², and the parts still make the whole" {
              let problem = Quadratic.isotropic 2 1.0 0.5

              let entry = entry "Analog SGD" (snd someRules[1]) problem (Noise.gaussian 0.3) FullBatch

              let settings first count = { Ensemble.settings count 9L key with FirstReplica = first }

              let last = run 1 LaneWidth.Widest (settings UInt32.MaxValue 9) entry
              Check.bits "the last one" last.Final[0] (run 1 LaneWidth.Scalar (settings UInt32.MaxValue 1) entry).Final[0]

              Check.bits
                  "those after it"
                  (Array.concat last.Final[1..])
                  (Array.concat (run 1 LaneWidth.Bits256 (settings 0u 8) entry).Final)
          }

          test "time averages are the means of the traced measure over the steps they span" {
              let problem = Quadratic.isotropic 3 1.0 0.5

              let chain = chainOf problem (Noise.uniform 0.3) (AnalogSgd.create 0.1 (AsymmetricLinear.create 1.0))

              for from in [ 0L; 1L; 17L; 99L ] do
                  let settings =
                      { Ensemble.settings 5 100L key with
                          Measures = measures 3 false
                          TraceEvery = 1L
                          AverageFrom = Some from }

                  let result = Ensemble.run settings chain

                  for m in 0 .. settings.Measures.Length - 1 do
                      for r in 0..4 do
                          let mean = Seq.average (seq { for t in int from .. 99 -> result.Trace(m, t)[r] })
                          Check.close (1e-14 * (1.0 + abs mean)) $"measure {m} from {from}" (result.Average(m)[r]) mean
          }

          test "traced steps, estimates and averages of a result" {
              let chain = chainOf (Quadratic.isotropic 1 1.0 0.5) Noise.none (DigitalSgd.create 0.5)

              let settings =
                  { Ensemble.settings 3 5L key with
                      Measures = [ Measure MeasureKind.Weight ]
                      TraceEvery = 2L
                      AverageFrom = Some 4L }

              let result = Ensemble.run settings chain
              Check.bits "steps" (Ensemble.tracedSteps result) [| 0.0; 2.0; 4.0 |]
              // W − ½ halves at every step: −.2, −.1, −.05, …
              let trace = Ensemble.trace 0 result

              for k, estimate in Array.zip [| 0; 2; 4 |] trace do
                  Check.close 1e-15 $"W at {k}" estimate.Mean (0.5 - 0.2 * 0.5 ** float k)

              Check.close 1e-15 "average over step 4 alone" (Ensemble.average 0 result).Mean trace[2].Mean
              Expect.equal trace[0].Count 3 "replicas"
          } ]
