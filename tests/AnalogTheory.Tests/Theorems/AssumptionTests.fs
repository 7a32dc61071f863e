/// The assumption checker certifies nothing that does not apply: conditions on all paths are bounded over what training can reach.
module AnalogTheory.Tests.AssumptionTests

open System
open Expecto
open AnalogTheory

let private setting problem noise rule (start: float) : TrainingSetting =
    { Problem = problem
      Radius = 1.0
      Noise = noise
      Rule = rule
      Start = Weights.constant problem.Dimension start
      LargestWeight = None }

let private scalar noise minimizer = setting (Quadratic.isotropic 1 1.0 minimizer) noise (AnalogSgdAt 0.1) 0.0

let private failing theorem (report: AssumptionReport) =
    report.Checks
    |> List.filter (fun check -> check.Theorem = theorem && not (check.Margin >= 0.0))
    |> List.map _.Condition

// Largest |W| over replicas and steps of the engine.
let private largestVisited (setting: TrainingSetting) alpha =
    let chain =
        Chain.create setting.Problem setting.Noise (AnalogSgd.create alpha (AsymmetricLinear.create setting.Radius)) setting.Start

    let plan = Ensemble.plan (Ensemble.settings 512 2000L (Key.ofSeed 5UL)) chain

    let result =
        Ensemble.runAll
            Execution.Default
            [ plan.Watching(
                  Collections.Immutable.ImmutableArray.Create(Kernels.Ensembles.Measure Kernels.Ensembles.MeasureKind.LargestWeight)
              ) ]

    result[0].Peak(0).ToArray() |> Array.max

// v1's lower bound at r = .7 and α = .2, where the noise grows as the weight nears τ.
let private lowerBound r alpha =
    let instance = LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 r

    { setting (LowerBoundInstance.problem instance) (LowerBoundInstance.noise instance) (AnalogSgdAt alpha) 0.0 with
        Start = Weights.ofArray [| instance.FixedPoint |] }

let private tikiTaka steps a (beta: float -> float) =
    let alpha = a / sqrt (float (steps: int))
    setting (Quadratic.isotropic 1 1.0 0.6) (Noise.rademacher 40.0) (TikiTakaAt(alpha, beta alpha)) 0.0

let private reachOf (setting: TrainingSetting) alpha =
    ReachableWeights.ofAnalogSgd
        setting.LargestWeight
        (AsymmetricLinear.create setting.Radius)
        setting.Radius
        alpha
        setting.Problem
        setting.Noise
        setting.Start

[<Tests>]
let tests =
    testList
        "assumption checker"
        [ testCase "S8 needs minimisers within τ, which normal noise has not: its paths leave what S8 would allow" (fun () ->
              let gaussian, bounded = scalar (Noise.gaussian 0.3) 0.6, scalar (Noise.rademacher 0.3) 0.6
              Expect.isGreaterThan (largestVisited gaussian 0.1) 0.6 "paths of normal noise pass max(|w₀|, |w*|)"
              Expect.equal (failing "Theorems 6, 8 (S8)" (Assumptions.check gaussian)) [ "|w*_ξ| ≤ τ" ] "normal noise"
              Expect.contains (Assumptions.check bounded).Applicable "Theorems 6, 8 (S8)" "two points, w*_ξ = .3 and .9"
              // Its conclusion: no path passes the outermost minimiser.
              Expect.isLessThanOrEqual (largestVisited bounded 0.1) 0.9 "paths of two points"
              Expect.contains (Assumptions.check (scalar Noise.none 0.6)).Applicable "Theorems 6, 8 (S8)" "no noise"

              Expect.equal
                  (failing "Theorems 6, 8 (S8)" (Assumptions.check (scalar (Noise.rademacher 0.5) 0.6)))
                  [ "|w*_ξ| ≤ τ" ]
                  "w*_ξ = 1.1"

              // A noise of which only a bound is known is read at both of its ends, here ±.52 about either minimiser.
              for minimizer in [ 0.6; -0.6 ] do
                  Expect.equal
                      (failing "Theorems 6, 8 (S8)" (Assumptions.check (scalar (Noise.uniform 0.3) minimizer)))
                      [ "|w*_ξ| ≤ τ" ]
                      $"uniform about {minimizer}"

              Expect.contains (Assumptions.check (scalar (Noise.uniform 0.2) 0.6)).Applicable "Theorems 6, 8 (S8)" "uniform, up to .95")

          testCase "S8 under random sampling: the rows' own minimisers, not the mean's" (fun () ->
              let report targets =
                  let problem = LeastSquares.create HalfMean (array2D [ [ 1.0 ]; [ 1.0 ] ]) targets

                  Assumptions.check
                      { setting problem (Noise.miniBatch 1 problem) (AnalogSgdAt 0.1) 0.0 with
                          Start = Weights.zeros 1 }

              Expect.contains (report [| 0.9; -0.5 |]).Applicable "Theorems 6, 8 (S8)" "rows at .9 and −.5"
              Expect.equal (failing "Theorems 6, 8 (S8)" (report [| 1.5; -0.5 |])) [ "|w*_ξ| ≤ τ" ] "a row at 1.5")

          testCase "D2 on the lower bound's instance at r = .7, α = .2: the paths leave the range, and the checker says so" (fun () ->
              let instance = lowerBound 0.7 0.2
              let report = Assumptions.check instance
              // Paths of the far atom reach −5.5 and beyond; one weight above τ is enough.
              Expect.isGreaterThan (reachOf instance 0.2).VisitedWeight 5.0 "a path"
              Expect.contains (failing "Theorem 1 (D2)" report) "|Δ| ≤ τ" "a step is too long"
              let step = report.Checks |> List.find (fun check -> check.Theorem = "Theorem 1 (D2)" && check.Condition = "|Δ| ≤ τ")
              Expect.isLessThan step.Margin 0.0 "it fails, and is not only unknown"
              Expect.isFalse (List.contains "Theorem 2 (S3)" report.Applicable) "nor Theorem 2")

          testCase "with small steps the same instance stays in its interval, and D2 and Theorem 2 hold" (fun () ->
              let instance = lowerBound 0.5 0.01
              let report = Assumptions.check instance
              Expect.containsAll report.Applicable [ "Theorem 1 (D2)"; "Theorem 2 (S3)"; "S3-weighted" ] "they apply"
              let reach = reachOf instance 0.01
              let known = LowerBoundInstance.reachable 0.01 0.5 (LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.5) |> Option.get
              Check.close 1e-3 "the interval is the instance's own" reach.LargestWeight (InvariantInterval.largest known)
              Expect.isLessThanOrEqual (largestVisited instance 0.01) reach.LargestWeight "no path leaves it"
              Expect.isGreaterThan reach.VisitedGradient 0.3 "a path's gradient"
              Expect.isLessThanOrEqual reach.VisitedGradient reach.LargestGradient "what is visited is within the bound")

          testCase "Theorem 4 needs Lemma 7's β: the printed β fails it alone, the proof's at large K does not" (fun () ->
              let printed = Assumptions.check (tikiTaka 32768 0.5 (fun alpha -> 8.0 * alpha))

              match failing "Theorem 4 (T8)" printed with
              | [ condition ] -> Expect.stringStarts condition "Lemma 7" "the one that fails"
              | others -> failtest $"expected Lemma 7's condition, got {others}"

              let proved = Assumptions.check (tikiTaka 65536 0.25 (fun alpha -> 8.0 * alpha / 1600.0))
              Expect.containsAll proved.Applicable [ "T3"; "Lemma 7 (T6)"; "Theorem 4 (T8)" ] "they apply")

          testCase "what nobody knows is unknown: sampling in several dimensions has no bound over its reach" (fun () ->
              let problem = LeastSquares.create HalfMean (array2D [ [ 1.0; 0.2 ]; [ 0.3; 1.0 ]; [ 0.5; 0.5 ] ]) [| 0.3; 0.2; 0.1 |]

              let report =
                  Assumptions.check
                      { setting problem (Noise.miniBatch 1 problem) (AnalogSgdAt 0.01) 0.0 with
                          Start = Weights.zeros 2 }

              for theorem, condition in
                  [ "Theorem 1 (D2)", "|Δ| ≤ τ"; "Theorem 2 (S3)", "A3′: E‖ε‖² ≤ σ²"; "Theorem 2 (S3)", "A4: ‖W_k‖∞ ≤ W_max < τ" ] do
                  let check = report.Checks |> List.find (fun check -> check.Theorem = theorem && check.Condition = condition)
                  Expect.isFalse (check.Margin >= 0.0) $"{condition} is not certified"

              let step = report.Checks |> List.find (fun check -> check.Condition = "|Δ| ≤ τ")
              Expect.isTrue (Double.IsNaN step.Margin) "the step is unknown")

          testCase "a word for W_max that a path contradicts is worth nothing" (fun () ->
              let vouched largest = Assumptions.check { scalar (Noise.rademacher 0.3) 0.6 with LargestWeight = Some largest }
              Expect.contains (vouched 0.95).Applicable "Theorem 2 (S3)" "true"
              // The path that ε = −.3 pushes comes close to .9.
              Expect.isGreaterThan (vouched 0.5).LargestWeight 0.85 "a path goes further")

          testCase
              "one's own training reaches |w| ≤ τ by D2 only where √D gradients fit: coordinates that hang together share L‖W − W*‖"
              (fun () ->
                  // L = 4 and W* = 0, D = 4: |∂_d f| ≤ 4·√4·1 on |w| ≤ 1, of which one coordinate alone would be half.
                  let hessian = Array2D.init 4 4 (fun i j -> if i = j then 1.75 else 0.75)

                  let run alpha =
                      OwnTraining.run
                          { Problem = Quadratic.dense hessian (Array.zeroCreate 4)
                            Noise = Noise.rademacher 1.0
                            Device = AsymmetricLinear.create 1.0
                            LearningRate = alpha
                            Start = Weights.zeros 4
                            Steps = 10 }

                  Expect.equal (run (1.0 / 9.1)).LargestWeight 1.0 "α·(8 + 1) ≤ τ"
                  Check.close 1e-12 "‖∇f‖² ≤ (L√D τ)²" (run (1.0 / 9.1)).LargestGradient 64.0
                  Expect.equal (run (1.0 / 8.9)).LargestWeight infinity "α·(8 + 1) > τ > α·(4 + 1)")

          testCase "Tiki-Taka keeps |w| ≤ τ where P cannot pass τ: β·(L(τ + |w*|) + |ε|) ≤ τ, and not beyond" (fun () ->
              let reach learningRate =
                  ReachableWeights.ofTikiTaka
                      None
                      1.0
                      0.5
                      learningRate
                      (Quadratic.isotropic 1 1.0 0.5)
                      (Noise.rademacher 0.3)
                      (Weights.zeros 1)

              // The gradient is 1.8 at most.
              Expect.equal (reach 0.55).LargestWeight 1.0 "β·1.8 = .99"
              // An enclosure, rounded outwards.
              Check.close 1e-9 "gradient" (reach 0.55).LargestGradient 1.8
              Expect.equal (reach 0.56).LargestWeight infinity "β·1.8 = 1.008")

          testCase "every condition is a hypothesis of the registry's claim that it names" (fun () ->
              let reports =
                  [ Assumptions.check (scalar (Noise.rademacher 0.3) 0.6)
                    Assumptions.check (lowerBound 0.7 0.2)
                    Assumptions.check (tikiTaka 32768 0.5 (fun alpha -> 8.0 * alpha)) ]

              for check in reports |> List.collect _.Checks do
                  match Registry.tryFind check.Claim with
                  | None -> failtest $"{check.Claim} is no claim"
                  | Some claim -> Expect.contains claim.Hypotheses check.Condition check.Claim) ]
