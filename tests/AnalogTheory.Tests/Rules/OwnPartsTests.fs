/// Noises and rules that a user supplies keep the laws of the built-in ones: bits, moments, refusals, exceptions.
module AnalogTheory.Tests.OwnPartsTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Kernels.Noises
open AnalogTheory.Kernels.Rules
open AnalogTheory.Tests.Entries
open AnalogTheory.Tests.OwnParts

let private settingsOf (entry: Entry) =
    { Ensemble.settings 11 9L key with
        FirstReplica = 5u
        Measures = measures dimension entry.HasAuxiliary
        TraceEvery = 3L
        AverageFrom = Some 2L }

let private states = Weights.ofArray [| 0.4; -0.7; 0.0 |]

[<Tests>]
let tests =
    testList
        "own noises and rules"
        [ test "pure steps and ensembles of any width and number of threads have the same bits" {
              for entry in entries do
                  let settings = settingsOf entry
                  let expected = run 1 LaneWidth.Scalar settings entry
                  same entry.Name expected (entry.Pure settings)

                  for threads, width in [ 1, LaneWidth.Bits256; 2, LaneWidth.Bits512; 3, LaneWidth.Scalar ] do
                      same $"{entry.Name}, {threads} threads, {width}" (run threads width settings entry) expected
          }

          test "a rule of one's own that is Analog SGD is Analog SGD, bit for bit" {
              let device = AsymmetricLinear.create 1.3
              let problem, batch = problems[2]

              let own =
                  UserDefinedRule.create "mine" [] (fun w g m ->
                      let f, a = device.Symmetric w, device.Asymmetric w
                      Math.FusedMultiplyAdd(-(0.1 * m), a, Math.FusedMultiplyAdd(-0.1 * g, f, w)))

              let by rule = entry "Analog SGD" (Rule.pack rule) problem (Noise.gaussian 0.3) batch
              let own, built = by own, by (AnalogSgd.create 0.1 device)
              same "Analog SGD" (run 1 LaneWidth.Widest (settingsOf own) own) (run 1 LaneWidth.Widest (settingsOf built) built)
          }

          test "magnitudes are absolute: |g| where the batch was sent at once, |ε| added to what was sent in parts" {
              let w = [| 0.0; 0.0 |]
              let rule = UserDefinedRule.create "magnitude" [] (fun _ _ magnitude -> magnitude)
              rule.Kernel.Step(w.AsSpan(), Span<float>.Empty, ReadOnlySpan [| -2.0; 3.0 |], ReadOnlySpan<float>.Empty)
              Expect.equal w [| 2.0; 3.0 |] "W′ = |g|"

              let noise = UserDefinedNoise.create "down" RawKind.Uniform 1 unknown (NoiseSample(fun _ _ -> -0.5))
              let gradient, magnitude = [| 1.0; -1.0 |], [| 1.0; 1.0 |]
              noise.Model.Add(key.Bits, 0u, 0UL, ReadOnlySpan w, gradient.AsSpan(), magnitude.AsSpan())
              Expect.equal gradient [| 0.5; -1.5 |] "g = ∇f + ε"
              Expect.equal magnitude [| 1.5; 1.5 |] "and its magnitude"
          }

          test "momentum is momentum: two steps by hand" {
              let chain = Chain.create (Quadratic.isotropic 1 1.0 0.0) Noise.none history (Weights.ofArray [| 1.0 |])

              let w steps = (history.Weights (Chain.run key 0u steps chain).State)[0]
              Check.close 1e-15 "step 1" (w 1L) 0.97
              // The second step adds the first gradient again: 0.97 − 0.03·0.97 − 0.03·1.
              Check.close 1e-15 "step 2" (w 2L) (0.97 - 0.03 * 0.97 - 0.03)
          }

          test "the sampler of a noise of atoms has its exact moments and its joint support" {
              let z = Check.threshold 1e-6 (finite.Length * 3 * 4)

              for noise in finite do
                  let draws = NoiseTests.draw noise states 40_000
                  let joint = noise.JointSupport states |> Option.get
                  Check.close 1e-12 $"total of {noise}" (joint |> Array.sumBy (fun (struct (p, _)) -> p)) 1.0
                  let product = Check.expectation (fun e -> [| e[0] * e[1] |]) joint
                  Check.zScore z $"E ε₀ε₁ of {noise}" (Estimate.ofArray (draws |> Array.map (fun e -> e[0] * e[1]))) product[0]

                  for d in 0..2 do
                      let moments = noise.Moments states d
                      let values = draws |> Array.map (fun e -> e[d])
                      Check.close 1e-15 $"E ε of {noise}" moments.Mean 0.0
                      Check.zScore z $"E ε of {noise}" (Estimate.ofArray values) moments.Mean
                      Check.zScore z $"E ε² of {noise}" (Estimate.ofArray (values |> Array.map (fun e -> e * e))) moments.SecondMoment
                      let second = Check.expectation (fun e -> [| e[d] * e[d] |]) joint
                      Check.close 1e-15 $"E ε² of {noise}" second[0] moments.SecondMoment
          }

          test "mini-batches of a user's samples have the moments of their enumeration" {
              let noise = Noise.miniBatch 2 sampled
              let w = Weights.ofArray [| 0.9; -0.7; 0.4; 0.1 |]
              let draws = NoiseTests.draw noise w 40_000
              let z = Check.threshold 1e-6 (2 * dimension)
              // The sampler writes the batch's gradient in place of the full one, which the draw took as 0.
              let full = sampled.Gradient w

              for d in 0 .. dimension - 1 do
                  let moments = noise.Moments w d
                  Check.close 1e-13 "E ε" moments.Mean 0.0
                  let values = draws |> Array.map (fun g -> g[d] - full[d])
                  Check.zScore z "E ε" (Estimate.ofArray values) 0.0
                  Check.zScore z "E ε²" (Estimate.ofArray (values |> Array.map (fun e -> e * e))) moments.SecondMoment
          }

          test "an exact expectation over a user's atoms is the sum over its paths" {
              let noise = UserDefinedNoise.ofSupport "atoms" [] centred
              let support = FiniteSupport.ofNoise noise (Weights.ofArray [| 0.4; -0.7 |])
              Expect.equal support.Size 9.0 "3 · 3 values"
          }

          test "a biased noise is refused where it is checked, and makes claims vacuous by A3′ where it is not" {
              let biased (_: float) = [| { Value = 0.4; Probability = 0.5 }; { Value = -0.3; Probability = 0.5 } |]

              Check.refuses [ "support"; "E ε = 0 at w = 0.5"; "0.05" ] (fun () -> UserDefinedNoise.ofSupport "biased" [ 0.5 ] biased)

              Check.refuses [ "support"; "E ε = 0"; "0.05" ] (fun () ->
                  UserDefinedNoise.ofJointSupport "biased" [ Weights.zeros 1 ] (fun _ ->
                      [| struct (0.5, Weights.ofArray [| 0.4 |]); struct (0.5, Weights.ofArray [| -0.3 |]) |]))

              let noise = UserDefinedNoise.ofSupport "biased" [] biased
              let step = AnalogSgdStep.create 1.0 (Quadratic.isotropic 1 1.0 0.5) noise 0.1 [| 0.2 |]

              let failed (theorem: ITheorem) =
                  theorem.Accept
                      { new ITheoremVisitor<string list> with
                          member _.Visit theorem =
                              match box [ step ] with
                              | :? 'Setting as setting -> Theorem.failedHypotheses setting theorem |> List.map _.Name
                              | _ -> [] }

              let fails = Registry.all |> List.collect failed |> List.filter (fun name -> name.Contains "A3")
              Expect.isNonEmpty fails "one-step claims ask for A3′"
          }

          test "moments that nobody vouched for are unknown to every hypothesis, and pass none" {
              let report noise =
                  Assumptions.check
                      { Problem = Quadratic.isotropic 2 1.0 0.5
                        Radius = 1.0
                        Noise = noise
                        Rule = AnalogSgdAt 0.1
                        Start = Weights.zeros 2
                        LargestWeight = Some 0.9 }

              let sample = NoiseSample(fun raw _ -> 0.1 * raw[0])

              let margins moments =
                  (report (UserDefinedNoise.create "mine" RawKind.Uniform 1 moments sample)).Checks
                  |> List.filter (fun check -> check.Condition = "A3′: E ε = 0" || check.Condition = "ε = 0")
                  |> List.map _.Margin

              Expect.equal (margins unknown |> List.map Double.IsNaN |> List.distinct) [ true ] "unknown"
              Expect.equal (margins (fun _ -> Moments.vouched 0.01 1.0) |> List.map (fun m -> m >= 0.0)) [ true; true; false ] "vouched"
              // One coordinate that is unknown is enough.
              let half w = if w > 0.5 then Moments.unknown else Moments.vouched 0.01 1.0
              let noise = UserDefinedNoise.create "half" RawKind.Uniform 1 half sample
              Expect.isTrue (Double.IsNaN(Noise.variance noise (Weights.ofArray [| 0.9; 0.0 |]))) "variance"
          }

          test "supports that are none, and noises and rules without what they need, are refused with their numbers" {
              let finiteOf atoms () = UserDefinedNoise.ofSupport "x" [ 0.0 ] (fun _ -> atoms)
              let atom value probability = { Value = value; Probability = probability }
              Check.refuses [ "support"; "at least one element" ] (finiteOf [||])
              Check.refuses [ "probability"; "at least 0"; "-0.5" ] (finiteOf [| atom 0.0 1.5; atom 0.0 -0.5 |])
              Check.refuses [ "sum of probabilities"; "0.9" ] (finiteOf [| atom 0.0 0.9 |])
              Check.refuses [ "value"; "finite"; "NaN" ] (finiteOf [| atom nan 1.0 |])

              Check.refuses [ "value"; "length 2"; "length 1" ] (fun () ->
                  UserDefinedNoise.ofJointSupport "x" [ Weights.zeros 2 ] (fun _ -> [| struct (1.0, Weights.zeros 1) |]))

              Check.refuses [ "count"; "at least 1"; "0" ] (fun () ->
                  UserDefinedNoise.create "x" RawKind.Uniform 0 unknown (NoiseSample(fun _ _ -> 0.0)))

              Check.refuses [ "raw"; "uniforms or normals" ] (fun () ->
                  UserDefinedNoise.create "x" RawKind.None 1 unknown (NoiseSample(fun _ _ -> 0.0)))

              Check.refuses [ "variance"; "at least 0"; "-1" ] (fun () -> Moments.vouched -1.0 1.0)
              Check.refuses [ "bound"; "NaN" ] (fun () -> Moments.vouched 1.0 nan)
              Check.refuses [ "mixing"; "at least 0"; "-1" ] (fun () -> UserDefinedRule.twoArrays "x" [] -1.0 (signScalar 0.1))
              Check.refuses [ "kernel"; "without an auxiliary array" ] (fun () -> UserDefinedRule.ofKernel "x" [] twoArrayKernel)

              Check.refuses [ "kernel"; "with an auxiliary array" ] (fun () ->
                  UserDefinedRule.twoArraysOfKernel "x" [] (SuppliedRule(false, 0.0, CoordinateStep(fun _ _ _ _ -> ()))))
          }

          test "what a user's noise or rule throws leaves the run as itself, on any number of threads" {
              let problem = Quadratic.isotropic 1 1.0 0.0
              let mine () : 'a = raise (InvalidTimeZoneException "mine")
              let digital = Rule.pack (DigitalSgd.create 0.1)
              let gaussian = Noise.gaussian 0.1

              let throwing =
                  UserDefinedNoise.create
                      "throwing"
                      RawKind.Uniform
                      1
                      unknown
                      (NoiseSample(fun raw _ -> if raw[0] < 0.1 then mine () else 0.0))

              let state init step weights = Rule.pack (UserDefinedRule.ofState "throwing" [] init step weights None)

              for noise, rule in
                  [ throwing, digital
                    gaussian, Rule.pack (UserDefinedRule.create "throwing" [] (fun w _ _ -> if w < 0.5 then mine () else w * 0.9))
                    gaussian, state (fun _ -> mine ()) (fun _ _ (w: Weights) -> w) id
                    gaussian, state id (fun _ _ _ -> mine ()) id ] do
                  for threads in [ 1; 3 ] do
                      let plan = Ensemble.planOf (Ensemble.settings 100 50L key) problem noise rule FullBatch (Weights.constant 1 0.9)
                      let run () = Ensemble.runAll { Execution.Default with Threads = threads } [ plan ] |> ignore
                      Expect.throwsT<InvalidTimeZoneException> run $"{noise}, {rule.Name}, {threads} threads"

              // An aggregate of the user's own is the user's own.
              let aggregate = state id (fun _ _ _ -> raise (AggregateException(InvalidTimeZoneException "inner"))) id
              let plan = Ensemble.planOf (Ensemble.settings 100 50L key) problem gaussian aggregate FullBatch (Weights.constant 1 0.9)

              Expect.throwsT<AggregateException>
                  (fun () -> Ensemble.runAll { Execution.Default with Threads = 3 } [ plan ] |> ignore)
                  "own aggregate"
              // A state whose weights change their length is caught.
              let shrinking = state id (fun _ _ _ -> Weights.zeros 2) id
              let plan = Ensemble.planOf (Ensemble.settings 1 5L key) problem gaussian shrinking FullBatch (Weights.constant 1 0.9)
              Check.refuses [ "weights"; "length 1"; "length 2" ] (fun () -> Ensemble.runAll Execution.Default [ plan ])
          } ]
