/// Bounds and margins of hypotheses at numbers that were worked out by hand from the ledger's statements.
/// A published bound is rarely tight, so a claim may stay true when a constant of it is changed; here every constant shows, in both directions.
module AnalogTheory.Proofs.NumbersByHand

open System
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Algebra

let internal isNumber (what: string) (expected: float) (actual: float) =
    // The engine's own allowances, such as 10⁻¹² of a limit, are within this.
    if not (abs (actual - expected) <= 1e-9 * (abs expected + 1e-3)) then
        failtest $"{what}: expected {expected:R}, got {actual:R}"

let private isWithin (what: string) (expected: float) (allowance: float) (actual: float) =
    if not (abs (actual - expected) <= allowance) then
        failtest $"{what}: expected {expected:R} ± {allowance:R}, got {actual:R}"

// Algebraic claims -------------------------------------------------------------------------------------------------------------------

let private query (name: string) : Query = Algebraic.all |> List.collect _.Queries |> List.find (fun query -> query.Name = name)

let private arePairs (what: string) (model: Model) (proposition: Proposition) (expected: (float * float) list) =
    let pairs = proposition.Pairs
    Expect.equal pairs.Length expected.Length $"comparisons of {what}"

    for (left, right), (a, b) in List.zip pairs expected do
        isNumber $"left side of {what}" a (left.Value model)
        isNumber $"right side of {what}" b (right.Value model)

/// Both sides of a query's goal and of its named hypotheses, at a choice of its variables.
let internal goal
    name
    (model: (string * float) list)
    (expected: (float * float) list)
    (hypotheses: (string * (float * float) list) list)
    : Test =
    testCase name
    <| fun () ->
        let query, model = query name, Map model
        arePairs $"the goal of {name}" model query.Goal expected

        for hypothesis, expected in hypotheses do
            let parts = query.Assumptions |> List.filter (fun (own, _) -> own = hypothesis) |> List.map snd
            arePairs $"{hypothesis} of {name}" model (Proposition.And parts) expected

let private device =
    [ // next = 2 − 1·(1 + ½).
      goal "D2" [ "tau", 2.0; "wd", 1.0; "w", 2.0; "d", -1.0 ] [ 0.5, 2.0 ] [ "|w−w⋄| ≤ τ", [ 1.0, 2.0 ]; "|Δ| ≤ τ", [ 1.0, 2.0 ] ]
      // next = ¾ + 1.5·¾.
      goal
          "D2-sharp"
          [ "tau", 1.0; "wd", 0.5; "w", 0.75; "d", 1.5 ]
          [ 1.0, 1.375 ]
          [ "τ < |Δ|", [ 1.0, 1.5 ]; "|Δ| ≤ 2τ", [ 1.5, 2.0 ]; "s(w−w⋄) < τ", [ 0.25, 1.0 ] ]
      // One update lands on −.875; pulses go 1 → .375 → −.09375 → −.4453125. The bound is 2.5·3·(1/16).
      goal
          "D5-n3"
          [ "tau", 2.0; "wd", 0.5; "w", 1.0; "s", -1.0; "dw", 0.5 ]
          [ 0.4296875, 0.46875 ]
          [ "|w−w⋄| ≤ τ", [ 0.5, 2.0 ]; "Δw_min ≤ τ", [ 0.5, 2.0 ] ]
      // Two pulses from 0 reach .4375, one update ½.
      goal
          "D5-step"
          [ "w", 0.0; "wn", 0.25; "n", 1.0; "s", 1.0; "dw", 0.25 ]
          [ 0.0, 0.0625; 0.0625, 0.0625 ]
          [ "Δw_min ≤ τ", [ 0.25, 1.0 ] ]
      // The update reaches 1, the pulses ½ and ¾.
      goal
          "D5-any-step"
          [ "s", 1.0
            "w", 0.0
            "wn", 0.5
            "n", 1.0
            "dw", 0.5
            "slope", 2.0
            "largest", 1.5
            "up0", 1.0
            "down0", 1.0
            "up1", 0.5
            "down1", 0.5 ]
          [ 0.25, 0.75; 0.75, 1.5 ]
          [ "q Lipschitz (ℓ)", [ 0.5, 1.0; 0.5, 1.0 ]; "|q| ≤ M", [ 1.0, 1.5; 1.0, 1.5; 0.5, 1.5; 0.5, 1.5 ] ]
      goal
          "D5-rounding"
          [ "w", 0.0; "d", 1.0; "sent", 1.25; "dw", 0.5; "up", 0.8; "down", 0.5 ]
          [ 0.2, 0.4 ]
          [ "n = ⌈|Δ|/Δw_min⌉", [ 1.0, 1.25; 1.25, 1.5 ] ]
      goal "D6-commute" [ "tau", 1.0; "wd", 0.0; "w", 0.0; "a", 0.5; "b", 0.25 ] [ 0.0, 0.0 ] [ "ab ≥ 0", [ 0.0, 0.125 ] ]
      goal "D7-pair" [ "tau", 1.0; "wd", 0.0; "w", 0.5; "d", 0.5 ] [ -0.125, -0.125 ] [ "0 < Δ", [ 0.0, 0.5 ]; "Δ ≤ τ", [ 0.5, 1.0 ] ]
      // ½ → ¾ → −1/8, and the limit is −1/3.
      goal
          "D7-contraction"
          [ "tau", 1.0; "wd", 0.0; "w", 0.5; "d", 0.5 ]
          [ 5.0 / 24.0, 5.0 / 6.0 ]
          [ "0 < Δ", [ 0.0, 0.5 ]; "Δ ≤ τ", [ 0.5, 1.0 ] ]
      // F = 3/2, G = −1/2.
      goal "D9" [ "up", 2.0; "down", 1.0; "w", 0.0; "a", 1.0; "b", -1.0 ] [ 3.0, 4.0 ] [ "q₊ ≥ 0", [ 0.0, 2.0 ]; "q₋ ≥ 0", [ 0.0, 1.0 ] ]
      // F = 1/2, G = −3/2.
      goal "D9-any" [ "up", 2.0; "down", -1.0; "w", 0.0; "a", 1.0; "b", -1.0 ] [ 1.0, 4.0 ] [] ]

let private analogSgdAlgebra =
    [ // Increments −⅜ (up the gradient ½ + 1) and −α(½ − 1): the first step goes from 1 to .4375.
      goal
          "S2"
          [ "tau", 2.0
            "w", 1.0
            "alpha", 0.25
            "g", 0.5
            "L", 2.0
            "e1", 1.0
            "e2", -1.0
            "sigma", 2.0
            "f0", 3.0
            "f1", 2.0
            "f2", 1.0 ]
          // 3 − (1/8)(3/4)(1/4) + (1/8)(1/4)·4 + 2(1/16)·4
          [ 1.5, 3.6015625 ]
          // A1 after the first step: 3 + ½·(−.5625) + .5625²; after the second, to 1 + .125·½: 3 + ½·.0625 + .0625².
          [ "A1", [ 2.0, 3.03515625; 1.0, 3.03515625 ]
            "A3′: E ε² ≤ σ²", [ 1.0, 4.0 ]
            "A4", [ 1.0, 2.0 ]
            "α ≤ 1/(2L)", [ 1.0, 1.0 ] ]
      // 3 − (1/8)(3/4)(1/4)
      goal
          "S4-step"
          [ "tau", 2.0; "w", 1.0; "alpha", 0.25; "g", 0.5; "L", 2.0; "f0", 3.0; "f1", 2.0 ]
          [ 2.0, 2.9765625 ]
          [ "A4", [ 1.0, 2.0 ]; "α ≤ 1/L", [ 0.5, 1.0 ] ]
      // next = 1 − (1/8)(3/2), between w* = −1/2 and 1.
      goal
          "S8-step"
          [ "tau", 2.0; "w", 1.0; "target", -0.5; "alpha", 0.25; "g", 0.5; "L", 2.0 ]
          [ -0.5, 0.8125; 0.8125, 1.0; 0.8125, 2.0 ]
          [ "A4", [ 1.0, 2.0 ]; "|w*| ≤ τ", [ 0.5, 2.0 ]; "convex, A1", [ 0.0, 0.75; 0.5, 3.0 ]; "α ≤ 1/(2L)", [ 1.0, 1.0 ] ]
      // αL(1 + M/τ) = ½·(3/2)
      goal
          "S8-sharp"
          [ "tau", 2.0; "w", 1.0; "target", -0.5; "alpha", 0.25; "g", 0.5; "L", 2.0; "M", 1.0 ]
          [ -0.5, 0.8125; 0.8125, 1.0 ]
          [ "|w|, |w*| ≤ M", [ 1.0, 1.0; 0.5, 1.0 ]; "M ≤ τ", [ 1.0, 2.0 ]; "α ≤ 1/(L(1+M/τ))", [ 0.75, 1.0 ] ] ]

let private lowerBoundAlgebra =
    [ // w = 0: p = ½, the noise is ±σ/√D = ±1; E|½ ± 1| = 1.
      goal
          "L2"
          [ "tau", 2.0; "w", 0.0; "sigma", 2.0; "D", 4.0; "g", 0.5 ]
          [ 1.0, 1.0 ]
          [ "ξ₋ ≤ −∇f", [ -1.0, -0.5 ]; "−∇f ≤ ξ₊", [ -0.5, 1.0 ] ] ]

let private tikiTakaAlgebra =
    let two = [ "tau", 2.0; "w", 0.0; "alpha", 1.0; "beta", 0.5; "g", 3.0; "p", 1.0; "q", -1.0 ]
    // U(1, ½·3) = 1 + 1.5·½, U(−1, 1.5) = −1 + 1.5·1.5.
    let contraction name expected hypotheses = goal name two [ expected ] hypotheses

    let descent =
        [ "tau", 2.0; "alpha", 0.5; "sigma", 4.0; "L", 1.0; "f0", 1.0; "f1", 0.0; "a", 0.25; "w1", 1.0; "p1", 0.5; "g1", 0.25 ]

    [ contraction "T1-nonexpansive" (0.5, 2.0) [ "β|g| ≤ 2τ", [ 1.5, 4.0 ] ]
      contraction "T1-strict" (0.5, 2.0) [ "0 < β|g|", [ 0.0, 1.5 ]; "β|g| < 2τ", [ 1.5, 4.0 ] ]
      contraction "T1-order" (1.25, 1.75) [ "β|g| ≤ τ", [ 1.5, 2.0 ] ]
      goal
          "T3"
          [ "tau", 2.0; "w", 0.0; "alpha", 1.0; "beta", 0.5; "p", 1.0; "g", -1.0 ]
          [ 0.25, 2.0 ]
          [ "|P| ≤ τ", [ 1.0, 2.0 ]; "β|g| ≤ τ", [ 0.5, 2.0 ] ]
      // Scale τ/σ = ½. W moves by −¼·1.5; P' − scale·g = ⅜.
      // 1 − .5·.5/2·.0625 − (1/.5 − ½)·.140625 + .140625 + (.5·.25/.5)·.25
      goal "T7-descent" descent [ 0.0, 0.984375 ] [ "‖W‖∞ ≤ τ", [ 1.0, 2.0 ]; "A1", [ 0.0, 1.0 - 0.25 * 0.375 + 0.5 * 0.140625 ] ]
      // τ√2/σ = ½ again, and two coordinates like the one above.
      goal
          "T7-descent-2"
          [ "tau", 1.0
            "alpha", 0.5
            "sigma", 2.0 * sqrt 2.0
            "L", 1.0
            "f0", 1.0
            "f1", 0.0
            "a", 0.25
            "w1", 0.5
            "p1", 0.5
            "g1", 0.25
            "w2", 0.5
            "p2", 0.5
            "g2", 0.25 ]
          [ 0.0, 0.96875 ]
          []
      // ¼·(−⅜) against .140625 + .0625 − .0078125 − .140625/.5
      goal
          "T7-descent-coordinate"
          [ "tau", 2.0; "alpha", 0.5; "scale", 0.5; "a", 0.25; "w", 1.0; "p", 0.5; "g", 0.25 ]
          [ -0.09375, -0.0859375 ]
          []
      // The last term is ½·¼ here.
      goal "T7-descent-printed" descent [ 0.0, 1.046875 ] []
      goal "T7-descent-printed-quiet" descent [ 0.0, 1.046875 ] [ "σ ≤ τ√D", [ 4.0, 2.0 ] ] ]

// Claims with instances --------------------------------------------------------------------------------------------------------------

/// A claim with its setting's type visible.
let internal claim<'Setting> (id: string) : Theorem<'Setting> =
    let theorem =
        (Registry.tryFind id |> Option.get).Accept
            { new ITheoremVisitor<obj> with
                member _.Visit theorem = nonNull (box theorem) }

    match theorem with
    | :? Theorem<'Setting> as theorem -> theorem
    | _ -> failtest $"{id} has settings of another type"

/// Margins of a claim's hypotheses on a setting, each named by how it begins.
let internal margins (ids: string list) (setting: 'Setting) (expected: (string * float) list) =
    for id in ids do
        for beginning, margin in expected do
            let hypothesis = (claim<'Setting> id).Hypotheses |> List.find _.Name.StartsWith(beginning)
            isNumber $"margin of {hypothesis.Name} of {id}" margin (hypothesis.Margin setting)

let internal isComparison what (measured: float, bound: float) (comparison: Comparison) =
    isNumber $"what is measured, {what}" measured comparison.Measured
    isNumber $"bound, {what}" bound comparison.Bound

let private analogSgd =
    let step =
        { AnalogSgdStep.create 2.0 (Quadratic.isotropic 1 2.0 0.5) (Noise.rademacher 1.0) 0.125 [| 1.0 |] with
            Smoothness = 3.0
            Variance = 2.0 }

    // W₀ = ½ from a minimum at 0, L = 2: ‖∇f‖² = 1, Δ_f = ¼, a = ¼; τ = 1, W_max = .6, so 1 − m = .64.
    let run =
        { AnalogRun.create (Quadratic.isotropic 1 2.0 0.0) (Noise.rademacher 1.0) [| 0.5 |] 0.1 1 [ None ] [] with
            Variance = 2.0
            LargestWeight = 0.6 }

    let quiet = { run with Chain = { run.Chain with Noise = Noise.none } }

    [ test "S1: margins" { margins [ "S1" ] [ step ] [ "∇f(W) = 0", -1.0 ] }

      test "S2: −.046875 + .03125 + .09375, and what one step does" {
          // W' is .625 or 1 with f = (w − ½)²: E f goes from .25 to .1328125.
          isComparison "S2" (-0.1171875, 0.078125) (AnalogSgdStep.descent step)
          margins [ "S2" ] [ step ] [ "α ≤ 1/(2L)", 1.0 / 6.0 - 0.125; "A1", 2e-10; "A3′: E‖ε‖²", 1.0 ]
      }

      test "S3: 4√(¼·2·2)/.64 + 8/3, (5 + .8 + ½)/.64 and 5 + .8 + ½" {
          isComparison "S3-printed" (1.0, 6.25 + 8.0 / 3.0) (AnalogSgdConvergence.exactly Printed run)
          isComparison "S3-uniform" (1.0, 9.84375) (AnalogSgdConvergence.exactly Uniform run)
          isComparison "S3-weighted" (0.75, 6.3) (AnalogSgdConvergence.exactly Weighted run)
          isNumber "√(¼/(1·1·25))" 0.1 (AnalogSgdConvergence.printedRate 0.25 1.0 1.0 25)
          margins [ "S3-printed"; "S3-uniform"; "S3-weighted" ] run [ "α ≤ 1/(2L)", 0.15; "A3′: E‖ε‖²", 1.0; "A1", 0.0 ]
          margins [ "S3-printed"; "S3-uniform" ] run [ "A4", 0.4 ]
      }

      test "S4: 2·¼/(.1·.64) and 2·2·¼/.64" {
          isComparison "S4-derived" (1.0, 7.8125) (NoiseFree.derived quiet)
          isComparison "S4-printed" (1.0, 1.5625) (NoiseFree.printed quiet)
          margins [ "S4-derived"; "S4-printed" ] quiet [ "α ≤ 1/L", 0.4; "A4", 0.4; "ε = 0", 0.0 ]
          margins [ "S4-derived" ] run [ "ε = 0", -1.0 ]
      }

      test "S5: the allowance αLσ² = .009, Digital SGD's 1 + .05" {
          let limit = claim<FloorLimitRun> "S5-limit"
          let _, setting = limit.Instances |> List.find (fun (name, _) -> name.Contains "α = 0.1" && name.Contains "Gaussian")
          let comparison = FloorLimit.limit setting |> List.head |> fst
          isNumber "allowance" 0.009 (comparison.Margin + abs (comparison.Measured - comparison.Bound))
          // 1 − .1·(1.6 + 12·.3)
          margins [ "S5-limit" ] setting [ "α ≤ 1/(2L)", 0.4; "|w*| ≤ τ", 0.4; "D2", 0.48 ]

          match (claim<float * float * float * float * int> "S5-digital").Evidence with
          | ByComputation compare -> isNumber "S5-digital" 1.05 (compare (2.0, 0.5, 0.25, 0.1, 10)).Head.Bound
          | _ -> failtest "S5-digital is computed"

          margins [ "S5-digital" ] (2.0, 0.5, 0.25, 0.1, 10) [ "α ≤ 1/L", 0.4 ]
      }

      test "S6, S7: ε = ±1 and w* = τ = 1 settle at L/(L + 1)" {
          // w = ½: a/(1 − a) = 1/3.
          match (claim<ScalarFloor list> "S6-ceiling").Evidence with
          | ByComputation compare ->
              compare
                  [ { Curvature = 1.0
                      Minimizer = 1.0
                      Radius = 1.0
                      Noise = Moments.twoPoint 0.5 1.0 -1.0 } ]
              |> List.head
              |> isComparison "S6-ceiling" (0.25, 1.0 / 3.0)
          | _ -> failtest "S6-ceiling is computed"

          // ρ = ½ and 2/3: ¼/(½·1) and (4/9)/(⅓·2).
          for curvature, bound in [ 1.0, 0.5; 2.0, 2.0 / 3.0 ] do
              let setting =
                  { Device = AsymmetricLinear.create 1.0
                    SymmetricPoint = 0.0
                    Curvature = curvature
                    Minimizer = 1.0
                    Noise = Moments.twoPoint 0.5 1.0 -1.0 }

              isNumber "S7" bound (ImplicitPenalty.compare setting).Bound
              isNumber "fixed point" (curvature / (curvature + 1.0)) (ImplicitPenalty.fixedPoint setting)
              isNumber "penalised minimum" (curvature / (curvature + 1.0)) (ImplicitPenalty.penalised setting)

          // The same in each coordinate of an array.
          let array =
              { Problem = Quadratic.diagonal [| 1.0; 2.0 |] [| 1.0; 1.0 |]
                Device = AsymmetricLinear.create 1.0
                Noise = Noise.rademacher 1.0 }

          for settled in [ ArrayFloor.penalised array; ArrayFloor.fixedPoint array ] do
              isNumber "array, L = 1" 0.5 settled[0]
              isNumber "array, L = 2" (2.0 / 3.0) settled[1]
      }

      test "S8: 1/(2L) = ¼ and 1/(L(1 + M/τ)) = 1/3" {
          let setting =
              { Losses = [ 2.0, -0.5 ]
                Smoothness = 2.0
                Radius = 2.0
                Start = 1.0
                LearningRate = 0.1
                Steps = 1 }

          margins
              [ "S8-noiseless"; "S8-printed"; "S8-sampling" ]
              setting
              [ "α ≤ 1/(2L)", 0.15; "|w₀|", 1.0; "|w*_ξ|", 1.5; "A1", 0.0; "f(·; ξ) convex", 2.0 ]

          margins [ "S8-sharp" ] setting [ "α ≤ 1/(L(1+M/τ))", 1.0 / 3.0 - 0.1 ]
          // |w₀| and |w*| are 1 and ½.
          isNumber "max" 1.0 (MonotoneWeights.bounded max setting).Head.Bound
          isNumber "min" 0.5 (MonotoneWeights.bounded min setting).Head.Bound
      } ]

let private lowerBound =
    [ test "the instance with L = τ = 2, D = 4, r = .6: w* = 1.2 + σ/5.333, floor σ²·.5625" {
          let instance = LowerBoundInstance.ofSaturation 2.0 2.0 1.2 4 0.6
          isNumber "w*" 1.425 instance.Minimizer
          isNumber "fixed point" 1.2 instance.FixedPoint
          isNumber "σ/√D" 0.6 instance.CoordinateDeviation
          isNumber "floor" 0.81 instance.Floor
          isNumber "drift at 0" 2.85 (LowerBoundInstance.drift instance 0.0)
          let region = LowerBoundInstance.region 0.1 instance
          isNumber "τ/4 − |w*|" -0.925 region.Minimizer
          // 8/(4√3) = 1.15470053837925
          isNumber "τL√D/(4√3) − σ" -0.04529946162075 region.Deviation
          // 1/(2 + 7.2/4) = .263
          isNumber "1/(2L) − α" 0.15 region.LearningRate
          // 1/(2 + 14.4/4)
          isNumber
              "1/(L + 6σ/(τ√D)) − α"
              (1.0 / 5.6 - 0.1)
              (LowerBoundInstance.region 0.1 (LowerBoundInstance.ofSaturation 2.0 2.0 2.4 4 0.6)).LearningRate
      }

      test "L4: 1/(2L)" {
          let setting =
              { Instance = LowerBoundInstance.ofSaturation 2.0 2.0 1.2 1 0.6
                LearningRate = 0.1
                Constant = 1.0
                Allowance = 0.0
                IsUpper = true }

          margins [ "L4-sharp"; "L4-printed" ] setting [ "α ≤ 1/(2L)", 0.15 ]
      } ]

let private tikiTaka =
    let step beta smoothness noiseFloor =
        { TikiTakaStep.create (Quadratic.isotropic 1 1.0 0.0) (Noise.rademacher 1.0) 0.5 beta [| 0.5 |] [| 0.4 |] with
            Radius = 2.0
            Variance = 4.0
            NoiseFloor = noiseFloor
            Smoothness = smoothness
            Previous = Weights.ofArray [| 0.2 |] }

    [ test "T4: 2τE|g| − βE g² = .6 − .045" {
          let setting: AuxiliaryRun =
              { Device = AsymmetricLinear.create 1.0
                Radius = 1.0
                LearningRate = 0.5
                Gradient = 0.0
                Noise = Noise.rademacher 0.3 }

          margins [ "T4" ] [ setting ] [ "βE g²", 0.555 ]

          // ε = 1 or −½ about a mean of ¼, so g = 3/2 or 0 at ∂f = ½.
          let g = AuxiliaryMoments.gradient (Moments.twoPoint 0.5 1.0 -0.5) 0.5
          isNumber "E g" 0.75 g.Mean
          isNumber "E g²" 1.125 g.SecondMoment
          isNumber "E|g|" 0.75 g.MeanAbsolute
          isNumber "E|g|g" 1.125 g.SignedSquare
      }

      test "T6: P_max² = 4100 and 492, and each term of the conditions on β" {
          // 41·10⁻⁴/10⁻⁶
          isNumber "L = .01, σ = .001" 4100.0 (BoundedAuxiliary.bound (BoundedAuxiliary.create 0.01 0.001 1 666.7 [ 0.005, 1 ]))

          // 41·¼·16·3/1
          isNumber
              "L = ½, τ = σ = 2, D = 3, c = ½"
              492.0
              (BoundedAuxiliary.bound
                  { BoundedAuxiliary.create 0.5 2.0 3 0.1 [ 0.0, 1 ] with
                      Radius = 2.0
                      NoiseFloor = 0.5 })

          // First terms: 1/16 and 2/16.
          isNumber "printed, first" 0.0625 (BoundedAuxiliary.printedRate 0.5 2.0 2.0 3 0.5)
          isNumber "repaired, first" 0.125 (BoundedAuxiliary.repairedRate 0.5 2.0 2.0 3 0.5)
          // Second: 2/(3·2·1) and ten times that.
          isNumber "printed, second" (1.0 / 3.0) (BoundedAuxiliary.printedRate 0.001 10.0 1.0 1000000 2.0)
          isNumber "repaired, second" (10.0 / 3.0) (BoundedAuxiliary.repairedRate 0.001 10.0 1.0 1000000 2.0)
          // Third: .01·8/3.
          isNumber "printed, third" (0.08 / 3.0) (BoundedAuxiliary.printedRate 0.1 2.0 1.0 1 1.0)
          isNumber "repaired, third" (0.08 / 3.0) (BoundedAuxiliary.repairedRate 0.1 2.0 1.0 1 1.0)
          // |∂f| ≤ 2Lτ, E|ε| = .3 against cσ, ε² against σ²/D.
          let setting = BoundedAuxiliary.create 0.5 0.3 1 0.01 [ 0.4, 1 ]
          margins [ "T6-printed"; "T6-repaired" ] [ setting ] [ "‖W_k‖∞", 0.6; "A5: E ε_d²", 0.0; "A5: E|g", 0.0 ]
      }

      test "T7: .156 + .1 + .12, and .156 + .032 + .648 + .12" {
          // cσ = 1, β = .1, τ = 2: ‖P‖² = .16 is scaled by 1 − .1/4; ∇f is ½ now and .2 before.
          isNumber "T7-fixed" 0.376 (AuxiliaryShrinkage.shrinkage (step 0.1 3.0 0.5)).Bound
          isNumber "T7-printed" 0.956 (AuxiliaryShrinkage.shrinkagePrinted (step 0.1 3.0 0.5)).Bound
          // ½·2·2/(2(4·36 + 4)) and, for L = 0 and c = 5, 4/(3·10).
          margins [ "T7-fixed"; "T7-printed" ] [ step 0.1 3.0 0.5 ] [ "β ≤ min", 2.0 / 296.0 - 0.1; "‖W‖∞", 1.5; "A5: E ε_d²", 3.0 ]
          margins [ "T7-fixed"; "T7-printed" ] [ step 0.1 0.0 5.0 ] [ "β ≤ min", 4.0 / 30.0 - 0.1 ]
      }

      test "T8: √1353 = 36.78…, for L = 2, τ = 3, D = 4, c = ½ 24 times that" {
          isNumber "its square" 1353.0 (pown (TikiTakaRate.requiredDeviation 1.0 1.0 1 1.0) 2)
          isNumber "its square" (576.0 * 1353.0) (pown (TikiTakaRate.requiredDeviation 2.0 3.0 4 0.5) 2)
          // .08·2·4·4 and ¼/(.64·2·16·4).
          let low, high = TikiTakaRate.window 2.0 2.0 1.0 4 0.5 0.01
          isNumber "8αLτ²D/σ²" 2.56 low
          isNumber "c²σ⁴/(64αLτ⁴D)" 0.0030517578125 high
      }

      test "T8: 4^−.35 = 2^−.7; at σ = .3 and K = 4096, α = 1/128 and β = .0625/.09" {
          let repaired, printed = claim<TikiTakaTraining list> "T8-repaired", claim<TikiTakaTraining list> "T8-printed"

          let setting (theorem: Theorem<TikiTakaTraining list>) (part: string) =
              theorem.Instances |> List.find (fun (name, _) -> name.Contains part) |> snd

          let slope = TikiTakaRate.slope (setting repaired "K = 2¹⁶")
          List.iter2 (isNumber "coefficient") [ 0.615572206672458; -1.0 ] (slope.Terms |> List.map fst)
          isNumber "K" 65536.0 (float (snd slope.Terms[0]).Steps)
          isNumber "4K" 262144.0 (float (snd slope.Terms[1]).Steps)
          // ‖∇f‖² ≤ (1 + .9)².
          isNumber "range" 3.61 (slope.GradientRange |> Option.get |> snd)

          margins
              [ "T8-repaired" ]
              [ (setting repaired "problem of T9").Head ]
              [ "α ≤", 0.05 - 0.0078125
                "β ≥", 0.0
                "β ≤", 0.0162 - 0.0625 / 0.09
                "33", 0.3 - sqrt 1353.0
                // .3/(2(4 + .09)).
                "Lemma 7", 0.3 / 8.18 - 0.0625 / 0.09 ]

          let vacuous = setting printed "σ = .3"
          margins [ "T8-printed" ] [ vacuous.Head ] [ "β = 8αL", 0.0625e-9; "33", 0.3 - sqrt 1353.0 ]
          margins [ "T8-printed" ] [ { vacuous.Head with LearningRate = 0.0725 } ] [ "β = 8αL", 0.0625e-9 - 0.01 ]

          // E P² = βτσ²/(2σ − βσ²/τ) at α = .5/√2¹⁷ and β = 8α, against 41/σ².
          match (claim<TikiTakaTraining> "T8-printed-auxiliary").Evidence with
          | ByComputation compare ->
              let beta = 4.0 / sqrt 131072.0

              let _, training =
                  (claim<TikiTakaTraining> "T8-printed-auxiliary").Instances
                  |> List.find (fun (name, _) -> name.Contains "131072")

              isComparison "T8-printed-auxiliary" (beta * 1600.0 / (80.0 - beta * 1600.0), 41.0 / 1600.0) (compare training).Head
          | _ -> failtest "T8-printed-auxiliary is computed"
      } ]

// What a sampled claim asks: the coefficients of the averages that it is linear in, its constant, its conditions.
let private asks (id: string) (beginning: string) (coefficients: float list) (constant: float) (conditions: (string * float) list) =
    let _, margin = (claim<ReplicaMargin> id).Instances |> List.find (fun (name, _) -> name.StartsWith beginning)
    Expect.equal margin.Terms.Length coefficients.Length $"averages of {id}, {beginning}"
    List.iter2 (fun (actual, _) expected -> isNumber $"coefficient of {id}, {beginning}" expected actual) margin.Terms coefficients
    isNumber $"constant of {id}, {beginning}" constant margin.Constant

    for start, expected in conditions do
        let name, actual = margin.Conditions |> List.find (fun (name, _) -> name.StartsWith start)
        isNumber $"margin of {name} of {id}, {beginning}" expected actual

let private floors =
    [ test "L5: 5 % of .03 plus .03·.04, and 8^−.85 = 2^−2.55" {
          asks "L5" "β = 0.04" [ -1.0 ] 0.0027 []
          asks "L5" "exponent" [ Math.Pow(2.0, -2.55); -1.0 ] 0.0 []
      }

      test "L6: parts of c²σ² = .0081" {
          // α|P| ≤ .125·.05, so that W keeps (1 − α)⁶⁴⁰ of its distance 1.6 from −τ in 4/α steps, and β|g| ≤ .05·1.3·(1.9 less that).
          asks "L6" "β = .05: at least" [ 1.0 ] -0.00567 [ "T3", 1.0 - 0.065 * (1.9 - 1.6 * Math.Pow(0.99375, 640.0)); "D2", 0.99375 ]
          asks "L6" "β = .05, P⋄" [ -1.0 ] 0.00405 []
          asks "L6" "β = .0125: at least" [ 1.0 ] -0.007695 []
          asks "L6" "β = .0125: at most" [ -1.0 ] 0.00972 []
          asks "L6" "β = .0125, P⋄" [ -1.0 ] 0.000405 []

          // P seen from P⋄ = c: q₊ = (1 + c)(1 − c − P) = .91·(1 − P/.7), so .05·.5 from P = .14 goes .02275·(1 − .2) up.
          let _, subtracted = (claim<ReplicaMargin> "L6").Instances |> List.find (fun (name, _) -> name.StartsWith "β = .05, P⋄")
          let w, p = [| 0.0 |], [| 0.14 |]
          (snd subtracted.Terms.Head).Rule.Kernel.Step(w.AsSpan(), p.AsSpan(), ReadOnlySpan [| 0.5 |], ReadOnlySpan<float>.Empty)
          isNumber "P′ seen from P⋄" 0.1582 p[0]
      }

      test "T9: a table within four times .00005, and slopes between .85 and 1.15" {
          asks "T9-sampled" "β = 0.8: at most" [ -1.25 ] 0.0196 []
          asks "T9-sampled" "β = 0.8: at least" [ 1.25 ] -0.0192 []
          asks "T9-sampled" "β = 0.0125: at least" [ 80.0 ] -0.02125 []
          // 8^−.85 = 2^−2.55 and 8^−1.15 = 2^−3.45.
          asks "T9-proportional" "Gaussian clipped at 4σ: exponent between β = .025 and .2 at least" [ Math.Pow(2.0, -2.55); -1.0 ] 0.0 []
          asks "T9-proportional" "Rademacher: exponent between β = .025 and .2 at most" [ -(Math.Pow(2.0, -3.45)); 1.0 ] 0.0 []
      } ]

let private assumptions =
    let report rule noise =
        Assumptions.check
            { Problem = Quadratic.isotropic 4 2.0 0.5
              Radius = 2.0
              Noise = noise
              Rule = rule
              Start = Weights.zeros 4
              LargestWeight = None }

    let noise = Noise.rademacher 0.5

    let margin theorem condition (report: AssumptionReport) =
        (report.Checks
         |> List.find (fun check -> check.Theorem = theorem && check.Condition.StartsWith(condition: string)))
            .Margin

    [ test "assumptions of Analog SGD: L = τ = 2, D = 4, w* = ½, σ = 1, α = .1" {
          let report01 = report (AnalogSgdAt 0.1) noise
          isNumber "σ" 1.0 report01.Deviation
          isNumber "c" 0.5 report01.NoiseFloor
          isNumber "Δ_f" 1.0 report01.Gap
          isNumber "1/(2L)" 0.25 report01.LargestAnalogRate
          isNumber "S3" 0.15 (margin "Theorem 2 (S3)" "α ≤ 1/(2L)" report01)
          isNumber "S4" 0.4 (margin "Theorem 9 (S4)" "α ≤ 1/L" report01)
          isNumber "S4, noise" -1.0 (margin "Theorem 9 (S4)" "ε = 0" report01)
          isNumber "S8, D" -3.0 (margin "Theorems 6, 8 (S8)" "D = 1" report01)
          // From 0 every weight heads for ¼ or ¾; |g| is at most 2·½ + ½. The interval has a thousandth of its width to spare.
          isWithin "W_max" 0.75 0.002 report01.LargestWeight
          isWithin "A4" 1.25 0.002 (margin "Theorem 2 (S3)" "A4" report01)
          isWithin "D2" 1.85 0.002 (margin "Theorem 1 (D2)" "|Δ| ≤ τ" report01)

          // Without bound on the noise nothing is known of W_max, and a step is certain to be too long some day.
          let unbounded = report (AnalogSgdAt 0.1) (Noise.gaussian 0.5)
          Expect.equal unbounded.LargestWeight infinity "W_max"
          Expect.isTrue (Double.IsNaN(margin "Theorem 2 (S3)" "A4" unbounded)) "A4 is unknown"
          Expect.equal (margin "Theorem 1 (D2)" "|Δ| ≤ τ" unbounded) -infinity "D2 fails"

          let leaning = { noise with Moments = fun _ _ -> Moments.twoPoint 0.5 1.0 -0.5 }
          isNumber "A3′" -0.25 (margin "Theorem 2 (S3)" "A3′" (report (AnalogSgdAt 0.1) leaning))
      }

      test "assumptions of Tiki-Taka: the same problem, α = .01, β = .05" {
          let report = report (TikiTakaAt(0.01, 0.05)) noise
          // |g_d| ≤ 2·2.5 + ½ on |w| ≤ τ: 2 − .05·5.5.
          isNumber "T3" 1.725 (margin "T3" "β|g|" report)
          // ½·2·1/(2·65)
          isNumber "T6" (1.0 / 130.0) report.LargestAuxiliaryRate
          isNumber "T6, margin" (1.0 / 130.0 - 0.05) (margin "Lemma 7 (T6)" "β small" report)
          // 2Lτ − L(τ + ½)
          isNumber "T6, box" 3.0 (margin "Lemma 7 (T6)" "‖W_k‖∞" report)
          isNumber "T8, box" 0.0 (margin "Theorem 4 (T8)" "‖W_k‖∞" report)
          isNumber "T8, Lemma 7" (1.0 / 130.0 - 0.05) (margin "Theorem 4 (T8)" "Lemma 7" report)
          // .08·2·4·4 and ¼/(.64·2·16·4)
          isNumber "window, low" 2.56 (fst report.AuxiliaryRateWindow)
          isNumber "window, high" 0.0030517578125 (snd report.AuxiliaryRateWindow)
          isNumber "T8, low" -2.51 (margin "Theorem 4 (T8)" "β ≥" report)
          isNumber "T8, high" -0.0469482421875 (margin "Theorem 4 (T8)" "β ≤" report)
          isNumber "T8, α" (1.0 / 48.0 - 0.01) (margin "Theorem 4 (T8)" "α ≤" report)
          isNumber "T8, noise" (1.0 - 16.0 * sqrt 1353.0) (margin "Theorem 4 (T8)" "33" report)
      }

      test "S8: additive noise draws from losses with minimisers w* − ε/L" {
          let report noise =
              Assumptions.check
                  { Problem = Quadratic.isotropic 1 2.0 0.5
                    Radius = 2.0
                    Noise = noise
                    Rule = AnalogSgdAt 0.1
                    Start = Weights.ofArray [| -1.0 |]
                    LargestWeight = None }

          // ½ ± .6/2.
          isNumber "|w*_ξ|" 1.2 (margin "Theorems 6, 8 (S8)" "|w*_ξ|" (report (Noise.rademacher 0.6)))
          isNumber "|w₀|" 1.0 (margin "Theorems 6, 8 (S8)" "|w₀|" (report (Noise.rademacher 0.6)))
          isNumber "α" 0.15 (margin "Theorems 6, 8 (S8)" "α ≤" (report (Noise.rademacher 0.6)))
          Expect.equal (margin "Theorems 6, 8 (S8)" "|w*_ξ|" (report (Noise.gaussian 0.6))) -infinity "normals"
      }

      test "|g_d| on a box: L√D(r + ‖W*‖∞) where coordinates hang together" {
          // Eigenvalues 2 and 4, D = 2, r = 1: 4·√2·1.5 + .2.
          let dense = Quadratic.dense (array2D [ [ 3.0; 1.0 ]; [ 1.0; 3.0 ] ]) [| 0.5; -0.25 |]
          isNumber "dense" (6.0 * sqrt 2.0 + 0.2) (ReachableWeights.gradientOnBox dense (Noise.rademacher 0.2) (Weights.zeros 2) 1.0)
          // 3·(1 + ½) + .2.
          let diagonal = Quadratic.diagonal [| 3.0; 1.0 |] [| 0.5; -0.25 |]
          isNumber "diagonal" 4.7 (ReachableWeights.gradientOnBox diagonal (Noise.rademacher 0.2) (Weights.zeros 2) 1.0)
          // Without a bound on the noise there is none on g; where nobody knows, neither.
          Expect.equal (ReachableWeights.gradientOnBox diagonal (Noise.gaussian 0.2) (Weights.zeros 2) 1.0) infinity "normals"
      }

      test "L4's range: D coordinates of ‖∇f‖², one of ‖W‖∞²" {
          let instance = LowerBoundInstance.ofSaturation 1.0 1.0 0.6 4 0.5

          let run isUpper =
              { Instance = instance
                LearningRate = 0.01
                Constant = 1.0
                Allowance = 0.0
                IsUpper = isUpper }

          let weights = LowerBoundInstance.reachable 0.01 0.5 instance |> Option.get

          let square low high =
              (if low <= 0.0 && high >= 0.0 then 0.0 else min (low * low) (high * high)), max (low * low) (high * high)

          let amplification a = 0.36 * a / (1.0 - a)
          let least, most = square (weights.Lower - instance.Minimizer) (weights.Upper - instance.Minimizer)
          let small, large = square weights.Lower weights.Upper
          let lowest, highest = 4.0 * least - amplification large, 4.0 * most - amplification small
          let low, high = (LowerBound.sampler (run false)).Range |> Option.get
          isWithin "upper end" highest 1e-6 high
          isWithin "lower end" lowest 1e-6 low
          let low, high = (LowerBound.sampler (run true)).Range |> Option.get
          isWithin "upper end, turned" -lowest 1e-6 high
          isWithin "lower end, turned" -highest 1e-6 low
      } ]

let tests =
    testList
        "numbers by hand"
        [ testList "devices" device
          testList "Analog SGD" (analogSgdAlgebra @ analogSgd)
          testList "the lower bound" (lowerBoundAlgebra @ lowerBound)
          testList "Tiki-Taka" (tikiTakaAlgebra @ tikiTaka)
          testList "floors" floors
          testList "assumptions" assumptions ]
