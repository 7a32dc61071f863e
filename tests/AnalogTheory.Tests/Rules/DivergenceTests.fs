/// Divergence is data: too large a rate gives ∞ or NaN, the same ones everywhere, and harms nobody else.
module AnalogTheory.Tests.DivergenceTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Tests.Entries
open AnalogTheory.Tests.ConformanceTable

let private key = Key.ofSeed 99UL
let private device = AsymmetricLinear.createAt 1.3 0.2

// Rates far beyond stability.
let private wild =
    [ "Digital SGD", Rule.pack (DigitalSgd.create 50.0)
      "Analog SGD", Rule.pack (AnalogSgd.create 50.0 device)
      "Analog SGD on the ideal device", Rule.pack (AnalogSgd.create 50.0 (Ideal.create ()))
      "Tiki-Taka", Rule.pack (TikiTaka.create 30.0 50.0 device)
      "residual learning, γ = 0", Rule.pack (ResidualLearning.create 50.0 30.0 0.0 device)
      "residual learning, γ = 0.7", Rule.pack (ResidualLearning.create 50.0 30.0 0.7 device) ]

let private settingsOf (entry: Entry) steps =
    { Ensemble.settings 9 steps key with
        Measures = measures entry.Problem.Dimension entry.HasAuxiliary
        TraceEvery = 100L
        AverageFrom = Some 0L }

[<Tests>]
let tests =
    testList
        "divergence"
        [ for name, rule in wild do
              test $"{name}: the same infinities and NaN by pure steps, every width and any threads" {
                  for problem, noise, batch in settings 3 do
                      let entry = entry name rule problem noise batch
                      let settings = settingsOf entry 400L
                      let expected = run 1 LaneWidth.Scalar settings entry
                      same entry.Name expected (entry.Pure settings)

                      for threads, width in [ 2, LaneWidth.Bits256; 3, LaneWidth.Bits512 ] do
                          same $"{entry.Name}, {width}" (run threads width settings entry) expected
              }

              test $"{name}: every replica diverges on a quadratic, without an exception" {
                  let entry = entry name rule (Quadratic.isotropic 3 1.0 0.5) (Noise.gaussian 0.3) FullBatch

                  let result = Ensemble.runAll Execution.Default [ entry.Plan(settingsOf entry 2_000L) ] |> Array.exactlyOne

                  Expect.equal (Ensemble.diverged result) 9 "replicas"
                  Expect.isFalse (Double.IsFinite (Ensemble.trace 0 result |> Array.last).Mean) "the trace shows it"
                  Expect.isFalse (Double.IsFinite (Ensemble.average 0 result).Mean) "the average shows it"
              }

          test "a diverging plan does not disturb the others of its grid" {
              let problem = Quadratic.isotropic 3 1.0 0.5

              let calm = entry "calm" (Rule.pack (AnalogSgd.create 0.1 device)) problem (Noise.gaussian 0.3) FullBatch

              let alone = run 1 LaneWidth.Widest (settingsOf calm 200L) calm

              let grid =
                  [ for _, rule in wild do
                        calm
                        entry "wild" rule problem (Noise.gaussian 0.3) FullBatch ]
                  @ [ calm ]

              for threads in [ 1; 3 ] do
                  let results = Ensemble.runAll { Execution.Default with Threads = threads } [ for e in grid -> e.Plan(settingsOf e 200L) ]

                  for i in 0..2 .. grid.Length - 1 do
                      same $"plan {i} of the grid" (ofResult results[i]) alone
          }

          test "one diverging replica does not disturb its neighbours in the lanes" {
              // Contracting inside |w| ≤ 1 and exploding outside: noise carries some replicas across and not others.
              let problem =
                  UserDefinedProblem.create
                      "steep"
                      1e3
                      [| 0.0 |]
                      (Array.sumBy (fun w -> w * w))
                      (Array.map (fun w -> if abs w > 1.0 then 1e3 * w else w))

              let entry = entry "Digital SGD" (Rule.pack (DigitalSgd.create 0.5)) problem (Noise.gaussian 0.5) FullBatch

              let result = run 1 LaneWidth.Widest (Ensemble.settings 64 300L key) entry

              let diverged = result.Final |> Array.filter (fun w -> not (Double.IsFinite w[0])) |> Array.length

              Expect.isTrue (diverged > 3 && diverged < 61) "some of both"

              for r in 0..63 do
                  let single = run 1 LaneWidth.Scalar { Ensemble.settings 1 300L key with FirstReplica = uint32 r } entry

                  Check.bits $"replica {r}" result.Final[r] single.Final[0]
          }

          test "a step's info says whether its state is finite and how far W moved" {
              let step rate w g =
                  let rule = DigitalSgd.create rate

                  let struct (_, info) = rule.Step key { Mean = Weights.ofArray g; Magnitude = None } (Weights.ofArray w)

                  info

              let calm = step 0.5 [| 1.0; -2.0 |] [| 1.0; -3.0 |]
              Expect.equal calm.LargestChange 1.5 "largest change"
              Expect.isTrue calm.IsFinite "finite"
              Expect.isFalse (step 1e308 [| 0.0; 0.0 |] [| 1.0; 1e308 |]).IsFinite "∞"
              Expect.isFalse (step 1.0 [| 0.0 |] [| nan |]).IsFinite "NaN"
              Expect.isTrue (Double.IsNaN (step 1.0 [| 0.0; 0.0 |] [| nan; 1.0 |]).LargestChange) "a NaN change is not hidden"
              let rule = TikiTaka.create 1e-300 1e300 (Ideal.create ())

              let struct (_, info) = rule.Step key { Mean = Weights.ofArray [| 1e300 |]; Magnitude = None } (rule.Init(Weights.zeros 1))

              Expect.isFalse info.IsFinite "P counts too"
          } ]
