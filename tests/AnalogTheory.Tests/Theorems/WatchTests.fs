/// What a user vouches for, held against what is drawn: each false statement gets a verdict that names it, and true ones are left alone.
module AnalogTheory.Tests.WatchTests

open System
open Expecto
open MathNet.Numerics.Distributions
open AnalogTheory
open AnalogTheory.Kernels.Noises
open AnalogTheory.Tests.Samples

let private settings: CheckSettings =
    { Key = Key.ofSeed 1UL
      Delta = 1e-3
      Samples = 8192L
      Solver = None
      Execution = Execution.Default }

let private scalar = Quadratic.isotropic 1 1.0 0.4

let private training: OwnTraining =
    { Problem = scalar
      Noise = Noise.rademacher 0.2
      Device = AsymmetricLinear.create 1.0
      LearningRate = 0.1
      Start = Weights.zeros 1
      Steps = 400 }

let private on id training = Registry.tryFind id |> Option.get |> OwnTraining.tryOn [ "mine", training ] |> Option.get

let private verdict id training : Verdict = Check.run settings (on id training) |> List.exactlyOne |> snd

// The verdict without anybody watching.
let private unwatched bound training : Verdict =
    let sampler = AnalogSgdConvergence.sampler bound (OwnTraining.run training)
    SampledCheck.run Execution.Default settings.Key settings.Delta settings.Samples { sampler with Watch = None }

let private failed (verdict: Verdict) : FailedHypothesis list =
    match verdict with
    | Vacuous failed -> failed
    | other -> failtest $"Expected Vacuous, got {other}"

let private names verdict = failed verdict |> List.map _.Name

let private meanName = "A3′: E ε = 0"
let private varianceName = "A3′: E‖ε‖² ≤ σ²"
let private deviceName = "asymmetric linear device, w⋄ = 0"
let private smoothName = "A1: f is L-smooth"
let private boundName = "|ε_d| ≤ its stated bound"

let private normal (moments: float -> AnalogTheory.Moments) (sample: float -> float -> float) : Noise =
    UserDefinedNoise.create "own" RawKind.Gaussian 1 moments (NoiseSample(fun raw w -> sample raw[0] w))

// Sampled as said, with whatever is vouched for.
let private quietAtStart = fun xi w -> if w = 0.0 then 0.01 * xi else xi

let private along =
    [ testCase "noise that is quiet at W₀ and loud elsewhere is vacuous, and was refuted: as it says of itself"
      <| fun () ->
          let mine =
              { training with
                  Noise = normal (fun w -> Moments.vouched (if w = 0.0 then 1e-4 else 1.0) infinity) quietAtStart }

          Expect.isTrue (unwatched Weighted mine).IsAgainst "refuted where only W₀ is looked at"
          Expect.equal (names (verdict "S3-weighted" mine)) [ varianceName ] "hypothesis"
          Expect.equal (failed (verdict "S3-weighted" mine)).Head.Replicas (Some(256L, 256L)) "paths"

      testCase "noise that is quiet at W₀ and loud elsewhere is vacuous, and was refuted: as it is drawn"
      <| fun () ->
          let mine =
              { training with
                  Noise = normal (fun _ -> Moments.vouched 1e-4 infinity) quietAtStart }

          Expect.isTrue (unwatched Weighted mine).IsAgainst "refuted where nothing is drawn"
          let told = failed (verdict "S3-weighted" mine)
          Expect.equal (told |> List.map _.Name) [ varianceName ] "the mean's odds rest on the variance"
          Expect.stringContains told.Head.Note "0.0001 is stated" "numbers"
          Expect.isLessThan told.Head.Margin -0.9 "by how much"

      testCase "noise of atoms that is biased away from W₀ is vacuous, and was refuted"
      <| fun () ->
          // Mean .25 wherever w is not 0.
          let atoms w =
              [| { Value = 0.5; Probability = (if w = 0.0 then 0.5 else 0.75) }
                 { Value = -0.5; Probability = (if w = 0.0 then 0.5 else 0.25) } |]

          let mine =
              { training with
                  Noise = UserDefinedNoise.ofSupport "own" [ 0.0 ] atoms |> UserDefinedNoise.boundedBy 0.5
                  LearningRate = 0.02
                  Steps = 2000 }

          Expect.isTrue (unwatched Weighted mine).IsAgainst "refuted where only W₀ is looked at"
          Expect.equal (names (verdict "S3-weighted" mine)) [ meanName ] "hypothesis"

      testCase "sampled noise that is biased away from W₀ is vacuous, and was refuted: bounded or not, whatever is vouched for"
      <| fun () ->
          for sample, bound in
              [ (fun xi w -> 0.1 * xi + (if w = 0.0 then 0.0 else 0.3)), infinity
                (fun xi w -> 0.1 * float (sign xi) + (if w = 0.0 then 0.0 else 0.3)), 0.4 ] do
              let mine =
                  { training with
                      Noise = normal (fun _ -> Moments.vouched 0.1 bound) sample |> UserDefinedNoise.boundedBy bound
                      LearningRate = 0.02
                      Steps = 2000 }

              Expect.isTrue (unwatched Weighted mine).IsAgainst "refuted where nothing is drawn"
              let told = failed (verdict "S3-weighted" mine)
              Expect.equal (told |> List.map _.Name) [ meanName ] "hypothesis"
              near 0.02 -0.3 told.Head.Margin "the bias"

      testCase "a bias that changes its sign with the gradient is seen along the gradient"
      <| fun () ->
          let mine =
              { training with
                  Noise = normal (fun _ -> Moments.vouched 0.05 infinity) (fun xi w -> 0.15 * xi - 0.1 * float (sign (w - 0.4))) }

          let told = failed (verdict "S3-weighted" mine)
          Expect.equal (told |> List.map _.Name) [ meanName ] "hypothesis"
          Expect.stringContains told.Head.Note "ε along ∇f has mean -0.1" "quantity"

      testCase "a device that is linear at two points only is vacuous, and was refuted"
      <| fun () ->
          let isLinear w = w = -0.5 || w = 0.25
          let up w = if isLinear w then 1.0 - w else 0.1
          let down w = if isLinear w then 1.0 + w else 1.9

          let mine =
              { training with
                  Device = UserDefined.create "own" -1.0 1.0 up down
                  LearningRate = 0.02
                  Steps = 2000 }

          Expect.isTrue (unwatched Weighted mine).IsAgainst "refuted where two points are looked at"
          Expect.equal (names (verdict "S3-weighted" mine)) [ deviceName ] "hypothesis"

      testCase "a bound that a draw passes is vacuous"
      <| fun () ->
          let mine =
              { training with
                  Noise = normal (fun _ -> Moments.vouched 0.04 0.3) (fun xi _ -> 0.2 * xi) |> UserDefinedNoise.boundedBy 0.3 }

          Expect.contains (names (verdict "S3-uniform" mine)) boundName "hypothesis"

          let vouched =
              { training with
                  Noise = normal (fun _ -> Moments.vouched 0.04 0.3) (fun xi _ -> 0.2 * xi) }

          Expect.equal (names (verdict "S3-weighted" vouched)) [ boundName ] "a bound at the state alone"

          let byAThird =
              { training with
                  Noise = normal (fun _ -> Moments.vouched 0.04 0.15) (fun xi _ -> if xi > 0.0 then 0.2 else -0.2) }

          Expect.equal (names (verdict "S3-weighted" byAThird)) [ boundName ] "draws of ±.2 against .15"

          let everywhere =
              { training with
                  Noise = normal (fun _ -> Moments.vouched 0.04 infinity) (fun xi _ -> 0.2 * xi) |> UserDefinedNoise.boundedBy 0.3 }

          Expect.contains (names (verdict "S3-weighted" everywhere)) boundName "a bound for all states alone"

      testCase "a smoothness that visited pairs break is vacuous"
      <| fun () ->
          let value (w: float[]) = 2.0 * pown (w[0] - 0.4) 2
          let slope (w: float[]) = [| 4.0 * (w[0] - 0.4) |]
          let problem = UserDefinedProblem.create "own" 1.0 [| 0.4 |] value slope

          let mine =
              { training with
                  Problem = problem
                  Noise = Noise.gaussian 0.2
                  LearningRate = 0.45
                  Start = problem.Minimizer
                  Steps = 2000 }

          Expect.contains (names (verdict "S3-weighted" mine)) smoothName "hypothesis"

      testCase "a gradient that is not that of f, and a minimum that is none, are vacuous"
      <| fun () ->
          let value (w: float[]) = 0.5 * pown (w[0] - 0.4) 2
          let constants = { UserDefinedProblem.constants 1.0 with Minimum = Some 0.05 }
          let wrong = UserDefinedProblem.create "own" 1.0 [| 0.4 |] value (fun w -> [| 0.3 * (w[0] - 0.4) |])
          let high = UserDefinedProblem.ofArrays "own" constants [| 0.4 |] value (fun w -> [| w[0] - 0.4 |])
          Expect.contains (names (verdict "S3-weighted" { training with Problem = wrong })) smoothName "gradient"
          Expect.equal (names (verdict "S3-weighted" { training with Problem = high })) [ "f ≥ f*" ] "minimum"

      testCase "an objective that is not convex though it says so is vacuous"
      <| fun () ->
          let constants = { UserDefinedProblem.constants 2.0 with IsConvex = true }
          let well (w: float[]) = 1.0 - Math.Exp(-w[0] * w[0])
          let wellSlope (w: float[]) = [| 2.0 * w[0] * Math.Exp(-w[0] * w[0]) |]
          let problem = UserDefinedProblem.ofArrays "own" constants [| 0.0 |] well wellSlope

          let mine =
              { training with
                  Problem = problem
                  Start = Weights.ofArray [| 0.95 |]
                  LearningRate = 0.01 }

          Expect.equal (names (verdict "S3-weighted" mine)) [ "f is convex, with modulus μ" ] "hypothesis"

      testCase "without noise the one path is looked at: a device, an L and a noise that hold at W₀ only make S4 vacuous"
      <| fun () ->
          let quiet = { training with Noise = Noise.none; Steps = 50 }
          let bent w = if w <= 0.1 then w else 0.5
          let device = UserDefined.create "own" -1.0 1.0 (fun w -> 1.0 - bent w) (fun w -> 1.0 + bent w)
          Expect.equal (names (verdict "S4-derived" { quiet with Device = device })) [ deviceName ] "device"

          let loud =
              normal (fun w -> Moments.vouched (if w = 0.0 then 0.0 else 1e-4) 0.0) (fun xi w -> if w = 0.0 then 0.0 else 0.01 * xi)

          Expect.contains (names (verdict "S4-derived" { quiet with Noise = loud })) "ε = 0" "noise"
          let steep = UserDefinedProblem.create "own" 0.5 [| 0.4 |] (fun w -> 0.5 * pown (w[0] - 0.4) 2) (fun w -> [| w[0] - 0.4 |])
          Expect.equal (names (verdict "S4-derived" { quiet with Problem = steep })) [ smoothName ] "L"
          Expect.equal (names (verdict "S2" { quiet with Problem = steep; Noise = Noise.rademacher 0.2 })) [ smoothName ] "L in one step" ]

let private left =
    [ testCase "true statements stay: own noise, device and objective give the verdict of the built-in ones"
      <| fun () ->
          let device = UserDefined.create "own" -1.0 1.0 (fun w -> 1.0 - w) (fun w -> 1.0 + w)

          let problem =
              UserDefinedProblem.ofArrays
                  "own"
                  { UserDefinedProblem.constants 1.0 with StrongConvexity = 1.0 }
                  [| 0.4 |]
                  (fun w -> 0.5 * pown (w[0] - 0.4) 2)
                  (fun w -> [| w[0] - 0.4 |])

          let noise = normal (fun _ -> Moments.vouched 0.04 infinity) (fun xi _ -> 0.2 * xi)
          let signs = UserDefinedNoise.ofAtoms "own" [| { Value = 0.2; Probability = 0.5 }; { Value = -0.2; Probability = 0.5 } |]

          for id in [ "S3-uniform"; "S3-weighted" ] do
              for mine in
                  [ training
                    { training with Device = device }
                    { training with Problem = problem }
                    { training with Noise = signs }
                    { training with
                        Noise =
                            normal (fun _ -> Moments.vouched 0.04 0.2) (fun xi _ -> 0.2 * float (sign xi))
                            |> UserDefinedNoise.boundedBy 0.2 } ] do
                  match verdict id mine with
                  | Supported evidence -> Expect.isFalse evidence.IsAsymptotic $"{id}: a range is known"
                  | other -> failtest $"{id}: got {other}"

          match verdict "S3-weighted" { training with Noise = noise } with
          | Supported evidence -> Expect.isTrue evidence.IsAsymptotic "unbounded noise"
          | other -> failtest $"got {other}"

      testCase "a function-given device needs no enclosure for any claim"
      <| fun () ->
          let device = UserDefined.create "own" -1.0 1.0 (fun w -> 1.0 - w) (fun w -> 1.0 + w)

          for claim in Registry.all do
              // A claim may want another training, and says so; it never fails for want of an enclosure.
              try
                  OwnTraining.tryOn [ "mine", { training with Device = device } ] claim |> ignore
              with :? System.ArgumentException as refusal ->
                  Expect.stringStarts refusal.Message "Expected " claim.Id

          Expect.equal
              (verdict "S3-printed" { training with Device = device }).Name
              (verdict "S3-printed" training).Name
              "the same verdict as on the built-in device"

      testCase "the project's own samplers keep to their ranges, and what they take for granted holds on their paths"
      <| fun () ->
          let key = Key.ofSeed 11UL |> Key.named "ranges"

          let check (theorem: Theorem<'Setting>) (make: 'Setting -> Sampler) =
              for name, setting in theorem.Instances do
                  if (Theorem.failedHypotheses setting theorem).IsEmpty then
                      let sampler = make setting
                      let values = (sampler.Draw Execution.Default key 0u 8).Values
                      let state = ConfidenceSequence.updateAll (ConfidenceSequence.ofRange sampler.Range) values
                      Expect.equal state.Outside 0L $"{theorem.Id}, {name}"

                      match sampler.Watch with
                      | Some watch ->
                          let failed = WatchCheck.failures 1e-9 (WatchCheck.paths Execution.Default key 2L watch)
                          Expect.isEmpty failed $"{theorem.Id}, {name}"
                      | None -> ()

          for claim in Registry.all do
              claim.Accept
                  { new ITheoremVisitor<bool> with
                      member _.Visit theorem =
                          match theorem.Evidence with
                          | BySampling make ->
                              check theorem make
                              true
                          | ByProof _
                          | ByComputation _
                          | ByEnclosure _
                          | ByDiscretisation _ -> false }
              |> ignore ]

// Bets where what is stated holds, at its limit: at most δ of the seeds may lose it.
let private calibration =
    let delta, seeds = 0.05, 1000
    let chance errors = if errors = 0 then 1.0 else 1.0 - Binomial.CDF(delta, seeds, float errors - 1.0)

    let still noise =
        Chain.create scalar noise (AnalogSgd.create 0.1 (AsymmetricLinear.create 1.0)) (Weights.zeros 1)

    let losses (checks: Noise -> PathCheck list) noise =
        let chain = still noise

        seq { 1..seeds }
        |> Seq.filter (fun seed ->
            let key = Key.ofSeed (uint64 seed)

            Array.init 3 (fun r -> PathWatch.path chain 40L (checks noise) key (uint32 r))
            |> WatchCheck.failures delta
            |> List.isEmpty
            |> not)
        |> Seq.length

    let mean noise =
        PathWatch.centred meanName (Noise.variance noise (Weights.zeros 1)) varianceName 40L noise 1

    let variance noise = PathWatch.spread varianceName (Noise.variance noise (Weights.zeros 1)) 40L noise

    [ for name, noise in
          [ "Rademacher", Noise.rademacher 0.2
            "Gaussian", Noise.gaussian 0.2
            "two points p = .01", Noise.twoPoint 0.2 0.01
            "the lower bound's, which depends on the state", Noise.stateDependentTwoPoint 0.2 1.0 ] do
          for what, checks in [ "mean", mean; "variance", variance ] do
              testCase $"at most one seed in twenty loses a true {what}: {name}" (fun () ->
                  let errors = losses checks noise
                  if not (chance errors > 1e-4) then failtest $"{errors} of {seeds}") ]

[<Tests>]
let tests = testList "claims: what is vouched for" (along @ left @ calibration)
