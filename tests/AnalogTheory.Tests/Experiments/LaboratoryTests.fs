/// Experiments of the laboratory against closed forms: fits, predicted floors, fixed points, pulses, thresholds.
module AnalogTheory.Tests.LaboratoryTests

open System
open Expecto
open AnalogTheory

let private small: Budget = { Seeds = 8; Share = 0.2; Execution = Execution.Default }
let private key = Key.ofSeed 11UL
let private normal = MathNet.Numerics.Distributions.Normal.InvCDF(0.0, 1.0, 0.5 + 0.5 * Series.level)
let private at name (table: Table) = Table.numbers name table
let private cell name row (table: Table) : float = (Table.numbers name table)[row]

let private extrapolation =
    [ testCase "a sum of powers is recovered, whatever the errors' sizes"
      <| fun () ->
          let curve x = 0.7 - 2.0 * sqrt x + 3.0 * x
          let fit = Extrapolation.toZero [ 0.5; 1.0 ] 0.95 [| for x in [ 0.01; 0.05; 0.2; 0.8 ] -> struct (x, curve x, 0.1 + x) |]
          Check.close 1e-12 "limit" fit.Limit 0.7
          Check.close 1e-11 "coefficient of √x" fit.Coefficients[1] -2.0
          Check.close 1e-11 "coefficient of x" fit.Coefficients[2] 3.0
          Check.close 1e-18 "χ²" fit.ChiSquared 0.0
          Expect.equal fit.Freedom 1 "freedom"

      testCase "a line through two points: the intercept's variance is s²(x₁² + x₂²)/(x₂ − x₁)²"
      <| fun () ->
          let fit = Extrapolation.toZero [ 1.0 ] 0.95 [| struct (1.0, 5.0, 0.1); struct (2.0, 7.0, 0.1) |]
          Check.close 1e-12 "limit" fit.Limit 3.0
          Check.close 1e-10 "half width" fit.HalfWidth (1.959963984540054 * 0.1 * sqrt 5.0)

      testCase "a constant through 1, 2, 3 with error 1: 2 ± 1.96/√3, χ² = 2 on 2 degrees of freedom"
      <| fun () ->
          let fit = Extrapolation.toZero [] 0.95 [| struct (1.0, 1.0, 1.0); struct (2.0, 2.0, 1.0); struct (3.0, 3.0, 1.0) |]
          Check.close 1e-12 "limit" fit.Limit 2.0
          Check.close 1e-10 "half width" fit.HalfWidth (1.959963984540054 / sqrt 3.0)
          Check.close 1e-12 "χ²" fit.ChiSquared 2.0
          Expect.equal fit.Freedom 2 "freedom"

      testCase "too few points, an error of 0 and a level of 1 are refused"
      <| fun () ->
          let points = [| struct (1.0, 1.0, 1.0); struct (2.0, 2.0, 1.0) |]
          Check.refuses [ "points" ] (fun () -> Extrapolation.toZero [ 1.0; 2.0 ] 0.95 points)
          Check.refuses [ "standard error" ] (fun () -> Extrapolation.toZero [ 1.0 ] 0.95 [| struct (1.0, 1.0, 0.0); points[1] |])
          Check.refuses [ "level" ] (fun () -> Extrapolation.toZero [ 1.0 ] 1.0 points) ]

let private half = LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.5

let private lowerBound =
    let parameters =
        { LowerBoundLaboratory.defaults with
            Instances = [ "half", half ]
            LearningRates = [ 0.05 ]
            Compared = half
            ComparedRates = [ 0.05 ] }

    [ testCase "the computed ratio at r = .5 is 1.0015 at α = .01; where the chain can jump past −τ there is none"
      <| fun () ->
          match LowerBoundRatio.computed 0.01 half with
          | Some value -> Check.close 0.0012 "four standard errors of claim L4" value.Value 1.0015
          | None -> failtest "expected a law"

          Expect.isNone (LowerBoundRatio.computed 0.2 (LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.7)) "r = .7, α = .2"

      testCase "a measured ratio agrees with Ulam's, W_max lies below τ, and no replica is said to have reached it"
      <| fun () ->
          let table = LowerBoundLaboratory.ratios small key parameters
          let error = ((cell "upper" 0 table) - (cell "lower" 0 table)) / (2.0 * normal)
          Check.zScore 5.0 "ratio" { Mean = (cell "mean" 0 table); StandardError = error; Count = 128 } (cell "computed" 0 table)
          Expect.isTrue ((cell "W_max" 0 table) > 0.5 && (cell "W_max" 0 table) < 1.0) "W_max"
          Expect.equal (cell "reached" 0 table) 0.0 "reached"
          Expect.equal (cell "replicas" 0 table) 128.0 "replicas: seeds times 16"

      testCase "straight ratios 1 + 2α are extrapolated to 1 with slope 2, and v1's region is told apart"
      <| fun () ->
          let rates = [| 0.01; 0.005; 0.002; 0.001 |]
          let values = rates |> Array.map (fun a -> 1.0 + 2.0 * a)

          let table =
              Table.create
                  "ratios"
                  [ "series", Texts(Array.append (Array.create 4 "in") (Array.create 4 "out"))
                    "α", Numbers(Array.concat [ rates; rates ])
                    "mean", Numbers(Array.concat [ values; values ])
                    "lower", Numbers(Array.concat [ values; values ] |> Array.map (fun v -> v - 0.01))
                    "upper", Numbers(Array.concat [ values; values ] |> Array.map (fun v -> v + 0.01))
                    "computed", Numbers(Array.concat [ values; values ]) ]

          let instances = [ "in", LowerBoundInstance.ofMinimizer 1.0 1.0 0.14 1 0.25; "out", half ]

          let fitted =
              LowerBoundLaboratory.extrapolation { parameters with Instances = instances; LearningRates = List.ofArray rates } table

          Check.close 1e-10 "limit" (cell "limit" 1 fitted) 1.0
          Check.close 1e-8 "slope" (cell "slope" 1 fitted) 2.0
          Check.close 1e-10 "computed" (cell "computed" 0 fitted) 1.0
          Expect.equal (at "inside v1" fitted) [| 1.0; 0.0 |] "v1's region"

      testCase "on the same instance Digital SGD has αLσ²/(2 − αL), Analog SGD its floor, Tiki-Taka less than a tenth of it"
      <| fun () ->
          let table = LowerBoundLaboratory.rules { small with Share = 1.0 } key parameters

          let estimate i =
              { Mean = (cell "mean" i table)
                StandardError = ((cell "upper" i table) - (cell "lower" i table)) / (2.0 * normal)
                Count = 128 }

          Check.zScore 5.0 "Digital SGD" (estimate 0) (0.05 * 0.09 / 1.95)
          Check.close (0.1 * half.Floor) "Analog SGD" (estimate 1).Mean half.Floor
          Check.atMost "Tiki-Taka" (estimate 2).Mean (0.1 * half.Floor) ]

let private deviceVersion =
    let parameters = DeviceVersion.defaults

    [ testCase "the predicted floor is c²σ²: .0081 at c = .3, σ = .3, and 0 without asymmetry"
      <| fun () ->
          Check.close 1e-16 "c = .3" (DeviceVersion.floor 0.3 parameters) 0.0081
          Expect.equal (DeviceVersion.floor 0.0 parameters) 0.0 "c = 0"

      testCase "the shifted device, scaled by 1 − c², is the generic linear one seen from the reference"
      <| fun () ->
          for reference in [ 0.6; 0.2; 0.0 ] do
              let struct (shifted, factor) = DeviceVersion.shiftedDevice 2.0 0.3 reference
              let original = GenericLinear.create 2.0 0.3
              Check.close 1e-15 "factor" factor 0.91

              for x in [ -1.3; -0.2; 0.0; 0.5; 1.1 ] do
                  Check.close 1e-14 "q₊" (factor * shifted.Up x) (original.Up(reference + x))
                  Check.close 1e-14 "q₋" (factor * shifted.Down x) (original.Down(reference + x))

          let struct (complete, _) = DeviceVersion.shiftedDevice 2.0 0.3 0.6
          Check.close 1e-16 "symmetric point" (complete.Asymmetric 0.0) 0.0

      testCase "after the predicted number of pulses the mean distance is the tolerance; a smaller granularity needs more in proportion"
      <| fun () ->
          for granularity in [ 0.05; 0.01; 0.001 ] do
              let pulses = DeviceVersion.predictedPulses parameters granularity -1.0
              Check.close 1e-12 "distance" (1.3 * Math.Pow(1.0 - granularity, pulses)) parameters.Tolerance

          let ratio = DeviceVersion.predictedPulses parameters 0.001 0.0 / DeviceVersion.predictedPulses parameters 0.01 0.0
          Check.close 0.06 "τ/Δw_min" ratio 10.0

      testCase "floors a + b√β + dβ are extrapolated to a; those of a shifted device, bβ + dβ^1.5, to 0"
      <| fun () ->
          let rates = [| 0.125; 0.0625; 0.03125; 0.015625 |]
          let plain = rates |> Array.map (fun b -> 0.0081 + 0.01 * sqrt b + 0.02 * b)
          let shifted = rates |> Array.map (fun b -> 0.02 * b + 0.005 * b ** 1.5)
          let mean = Array.append plain shifted

          let floors =
              Table.create
                  "floors"
                  [ "series", Texts(Array.append (rates |> Array.map (fun _ -> "plain")) (rates |> Array.map (fun _ -> "zero-shifted")))
                    "c", Numbers(mean |> Array.map (fun _ -> 0.3))
                    "β", Numbers(Array.append rates rates)
                    "mean", Numbers mean
                    "lower", Numbers(mean |> Array.map (fun m -> m - 1e-4))
                    "upper", Numbers(mean |> Array.map (fun m -> m + 1e-4)) ]

          let limits = DeviceVersion.limits parameters floors
          Check.close 1e-11 "plain" (cell "limit" 0 limits) 0.0081
          Check.close 1e-11 "zero-shifted" (cell "limit" 1 limits) 0.0
          Expect.equal (cell "predicted" 1 limits) 0.0 "predicted"

      testCase "without a pulse the whole of w⋄ is left; after n the residual is w⋄(1 − Δw_min/τ)ⁿ and the floor its square's"
      <| fun () ->
          let table = DeviceVersion.afterPulses { small with Seeds = 2; Share = 0.01 } key { parameters with Pulses = [ 0; 200 ] }
          Check.close 1e-15 "residual" (cell "residual" 0 table) 0.3
          Check.close 0.01 "residual" (cell "residual" 1 table) (0.3 * Math.Pow(0.99, 200.0))
          Check.close 1e-15 "predicted" (cell "predicted" 0 table) 0.0081
          Check.close 1e-15 "predicted" (cell "predicted" 1 table) (0.0081 * Math.Pow(0.99, 400.0)) ]

let private worstNoise =
    [ testCase "v1's noise has mean 0, variance 1 and reaches the bound at every r"
      <| fun () ->
          for r in [ 0.05; 0.2; 0.5; 0.8; 0.95 ] do
              let atoms = WorstNoise.paper r
              Check.close 1e-15 "mean" (atoms |> Array.sumBy (fun a -> a.Probability * a.Value)) 0.0
              Check.close 1e-14 "variance" (atoms |> Array.sumBy (fun a -> a.Probability * a.Value * a.Value)) 1.0
              Check.close 1e-13 "ratio" (WorstNoise.ratio r atoms) 1.0
              Check.close 1e-13 "exact gap" (WorstNoise.exactGap r atoms) 0.0

      testCase "Rademacher noise has its fixed point at −r, and 1 − r² of the bound"
      <| fun () ->
          let atoms = [| { Value = 1.0; Probability = 0.5 }; { Value = -1.0; Probability = 0.5 } |]

          for r in [ -0.7; 0.3; 0.9 ] do
              Check.close 1e-15 "fixed point" (WorstNoise.fixedPoint r atoms) -r
              Check.close 1e-14 "ratio" (WorstNoise.ratio r atoms) (1.0 - r * r)
              Check.close 1e-14 "gap" (WorstNoise.exactGap r atoms) (r * r)

      testCase "the fixed point solves its equation, and no noise passes the bound"
      <| fun () ->
          for i in 0..199 do
              let draw = Check.uniforms $"worst noise {i}" 0.01 1.0 9
              let total = draw[0] + draw[1] + draw[2] + draw[3]
              let values = Array.init 4 (fun k -> 4.0 * (draw[4 + k] - 0.5))
              let mean = Seq.sum (Seq.init 4 (fun k -> draw[k] / total * values[k]))
              let atoms = Array.init 4 (fun k -> { Value = values[k] - mean; Probability = draw[k] / total })
              let r = 0.98 * draw[8]
              let g = WorstNoise.fixedPoint r atoms
              Check.close 1e-13 "g = −r·E|g + ε|" g (-r * (atoms |> Array.sumBy (fun a -> a.Probability * abs (g + a.Value))))
              Check.atMost "ratio" (WorstNoise.ratio r atoms) (1.0 + 1e-12)

      testCase "the distance is 0 to itself, and the mean square beyond it"
      <| fun () ->
          let atoms = WorstNoise.paper 0.5
          Expect.equal (WorstNoise.distance atoms atoms) 0.0 "itself"
          let moved = atoms |> Array.map (fun atom -> { atom with Value = atom.Value + 0.01 })
          Check.close 1e-12 "moved" (WorstNoise.distance atoms moved) 0.01 ]

let private applicability =
    let parameters = ApplicabilityMap.defaults

    [ testCase "Theorem 4 asks for σ > 36.78 with Rademacher noise and 46.1 with Gaussian; T6 says something from √41/c"
      <| fun () ->
          Check.close 0.005 "Rademacher" (ApplicabilityMap.theorem4Deviation parameters 1.0) 36.78
          Check.close 0.05 "Gaussian" (ApplicabilityMap.theorem4Deviation parameters (sqrt (2.0 / Math.PI))) 46.1
          Check.close 1e-12 "informative" (ApplicabilityMap.informativeDeviation parameters 0.5) (2.0 * sqrt 41.0)

      testCase "where the noise never turns the gradient's sign P ends on τ; from βE g² = 2τE|g| on there is no second moment"
      <| fun () ->
          let noise = Moments.twoPoint 0.5 0.1 -0.1
          // Of the gradients 0, 1, 2 the last two keep their sign.
          let square beta = ApplicabilityMap.exactSquare { parameters with Gradients = 3 } noise beta
          Check.close 1e-12 "E P² at small β" (square 0.1) 1.0
          // 2·2/(4 + .01) at ∇f = 2.
          Check.close 1e-9 "just below the boundary" (square (4.0 / 4.01 - 1e-6)) 1.0
          Expect.equal (square (4.0 / 4.01 + 1e-6)) infinity "just above"

      testCase "the printed condition's counterexample: β = 666.7 passes 4100 with 7221, which the repaired limit excludes"
      <| fun () ->
          let struct (printed, repaired, bound, k, square) = ApplicabilityMap.counterexample ()
          Check.close 0.05 "β" printed 666.7
          Check.close 1e-9 "P_max²" bound 4100.0
          Expect.equal k 5 "steps"
          Check.close 1.0 "E P²" square 7221.0
          Expect.isLessThan repaired printed "repaired"

      testCase "at σ = τ = 1 the printed and the repaired limits of β meet"
      <| fun () ->
          let tables = ApplicabilityMap.run { parameters with Deviation = 1.0, 4.0; Points = 3; Cells = 2; Gradients = 2 }
          let limits = tables |> List.find (fun table -> table.Name = "limits")
          Check.close 1e-16 "σ = 1" (cell "printed" 0 limits) (cell "repaired" 0 limits) ]

[<Tests>]
let tests =
    testList
        "Laboratory"
        [ testList "extrapolation" extrapolation
          testList "lower bound" lowerBound
          testList "device version" deviceVersion
          testList "worst noise" worstNoise
          testList "applicability" applicability ]
