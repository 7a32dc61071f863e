/// Stationary laws: closed forms, the numbers of theory L4 and T9, the ensemble, and grids that say when they fail.
module AnalogTheory.Tests.StationaryLawTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Tests.Samples

let private device = AsymmetricLinear.create 1.0
let private sigma = 0.3

/// E‖∇f‖²/(σ²S) on the lower bound's instance with saturation r (theory L3 and L4, D = L = τ = 1).
let private floorRatio (grid: Grid) (r: float) (rate: float) : Discretised =
    let minimizer = r + sigma * r / sqrt (1.0 - r * r)
    let atoms = NoiseAtoms.finite (Moments.stateDependentTwoPoint sigma 1.0)
    let chain = ScalarChain.analogSgd device rate (fun w -> w - minimizer) atoms -0.6 0.96

    StationaryLaw.combined grid chain [ (fun w -> (w - minimizer) * (w - minimizer)); (fun w -> w * w / (1.0 - w * w)) ] (function
        | [ gradient; amplification ] -> gradient / (sigma * sigma * amplification)
        | _ -> nan)

let private analogFloor (grid: Grid) (rate: float) : Discretised =
    let chain = ScalarChain.analogSgd device rate (fun w -> w - 0.6) (NoiseAtoms.gaussian sigma) -1.0 1.0
    (StationaryLaw.expectations grid chain [ (fun w -> (w - 0.6) * (w - 0.6)) ]).Head

/// A value agrees with a measured one, and its own error is much smaller.
let private agreesWith (measured: float) (tolerance: float) (value: Discretised) (what: string) =
    near tolerance measured value.Value what
    if not (value.Error < 0.1 * tolerance) then failtest $"{what}: estimated error {value.Error:g2} is not far below {tolerance:g2}"

/// Within a few estimated errors of a value known exactly.
let private within (expected: float) (value: Discretised) (what: string) =
    near (3.0 * value.Error + 1e-13) expected value.Value what

let private linear = { Cells = 256; Sharing = Linear }

let private numbers =
    [ for r, rate, ratio in [ 0.5, 0.01, 1.0015; 0.5, 0.001, 1.0001; 0.2, 0.01, 1.0788; 0.2, 0.001, 1.0078 ] do
          testCase $"theory L4: the measured ratio {ratio} at r = {r}, α = {rate} within four standard errors"
          <| fun () -> agreesWith ratio 0.0012 (floorRatio StationaryLaw.grid r rate) "ratio"

      for r, ratio in [ 0.5, 1.005; 0.2, 1.77 ] do
          testCase $"theory L4: the coarse measurement {ratio} at r = {r}, α = 0.1"
          <| fun () -> agreesWith ratio 0.005 (floorRatio StationaryLaw.grid r 0.1) "ratio"

      for r in [ 0.2; 0.5 ] do
          testCase $"theory L4: the sharp constant is 1 at r = {r}: the excess is proportional to α"
          <| fun () ->
              let excess rate = (floorRatio { Cells = 512; Sharing = Cubic } r rate).Value - 1.0
              near 0.1 10.0 (excess 1e-3 / excess 1e-4) "decade"
              near 0.1 10.0 (excess 1e-4 / excess 1e-5) "decade"

      for rate, floor in [ 0.1, 0.0189; 0.025, 0.0161; 0.00625, 0.0155; 0.0015625, 0.0153; 0.000390625, 0.0153 ] do
          testCase $"theory T9: Analog SGD's floor {floor} at α = {rate}"
          <| fun () -> agreesWith floor 0.00006 (analogFloor StationaryLaw.grid rate) "floor"

      testCase "theory S5: as α → 0 the floor is that of the mean-field fixed point"
      <| fun () ->
          let moments = Moments.gaussian sigma
          let limit = MeanField.quadraticFloor device 0.0 1.0 0.6 (fun _ -> moments)
          near 1e-6 limit (analogFloor StationaryLaw.grid 1e-5).Value "floor" ]

let private closedForms =
    [ for rate in [ 0.5; 0.1; 0.001 ] do
          testCase $"Digital SGD on a quadratic: E w = w* and variance αs²/(2 − α), α = {rate}"
          <| fun () ->
              let chain = ScalarChain.analogSgd (Ideal.create ()) rate (fun w -> w - 0.1) (NoiseAtoms.gaussian 0.05) -0.9 1.1

              match StationaryLaw.expectations StationaryLaw.grid chain [ id; (fun w -> (w - 0.1) * (w - 0.1)) ] with
              | [ mean; variance ] ->
                  within 0.1 mean "mean"
                  near 1e-10 (rate * 0.0025 / (2.0 - rate)) variance.Value "variance"
              | _ -> failtest "two expectations"

      for gradient, atoms, meanAbsolute, name in
          [ 0.1, NoiseAtoms.gaussian 0.3, (Moments.gaussian 0.3).MeanAbsolute 0.1, "Gaussian"
            0.2, NoiseAtoms.uniform 0.3, (Moments.uniform (0.3 * sqrt 3.0)).MeanAbsolute 0.2, "uniform"
            -0.1, NoiseAtoms.clippedGaussian 0.3 1.5, (Moments.clippedGaussian 0.3 1.5).MeanAbsolute 0.1, "clipped Gaussian"
            0.1, NoiseAtoms.finite (fun _ -> Moments.twoPoint 0.5 0.3 -0.3), 0.3, "two-point" ] do
          testCase $"theory T4: an auxiliary array's mean is τ∇f/E|g|, {name} noise"
          <| fun () ->
              let chain = ScalarChain.auxiliary device 0.2 gradient atoms -1.0 1.0
              let mean = (StationaryLaw.expectations StationaryLaw.grid chain [ id ]).Head
              near 1e-9 (gradient / meanAbsolute) mean.Value "mean"

      testCase "theory T4: the second moment at a critical point is βτEε²/(2E|ε| − βEε²/τ)"
      <| fun () ->
          let beta, s = 0.4, 0.3
          let chain = ScalarChain.auxiliary device beta 0.0 (NoiseAtoms.gaussian s) -1.0 1.0
          let absolute = (Moments.gaussian s).MeanAbsolute 0.0
          let variance = beta * s * s / (2.0 * absolute - beta * s * s)
          near 1e-9 variance (StationaryLaw.expectations StationaryLaw.grid chain [ (fun p -> p * p) ]).Head.Value "variance" ]

let private errors =
    [ testCase "both sharings agree within their estimated errors"
      <| fun () ->
          for r in [ 0.2; 0.5 ] do
              let a, b = floorRatio linear r 0.05, floorRatio StationaryLaw.grid r 0.05
              Expect.isTrue (Double.IsFinite a.Error) "linear converges"
              near (a.Error + b.Error) a.Value b.Value $"ratio at r = {r}"

      testCase "the estimated error covers the actual one at every rate and grid tried"
      <| fun () ->
          for r in [ 0.2; 0.5; 0.7 ] do
              for rate in [ 0.02; 0.005; 0.001 ] do
                  let reference = (floorRatio { Cells = 600; Sharing = Cubic } r rate).Value

                  for sharing in [ Linear; Cubic ] do
                      for cells in [ 12; 24; 48; 96; 200 ] do
                          let value = floorRatio { Cells = cells; Sharing = sharing } r rate

                          if Double.IsFinite value.Error then
                              near (value.Error + 1e-8) reference value.Value $"r = {r}, α = {rate}, {sharing}, {cells} cells"

      testCase "a chain that leaves its interval has no error estimate"
      <| fun () ->
          // Converges on the interval, 2.6 deviations wide on either side; what is clipped at its ends makes it another chain.
          let clipped = ScalarChain.analogSgd (Ideal.create ()) 0.1 (fun w -> w - 0.1) (NoiseAtoms.gaussian 0.05) 0.07 0.13
          Expect.equal (StationaryLaw.expectations StationaryLaw.grid clipped [ (fun w -> w * w) ]).Head.Error infinity "error"

      testCase "a function that is not finite has no error estimate"
      <| fun () ->
          let chain = ScalarChain.analogSgd device 0.1 (fun w -> w - 0.6) (NoiseAtoms.gaussian sigma) -1.0 1.0
          Expect.equal (StationaryLaw.expectations StationaryLaw.grid chain [ (fun _ -> nan) ]).Head.Error infinity "error"

      testCase "the ensemble agrees"
      <| fun () ->
          let r, rate = 0.5, 0.05
          let minimizer = r + sigma * r / sqrt (1.0 - r * r)

          let chain =
              Chain.create (Quadratic.isotropic 1 1.0 minimizer) (Noise.stateDependentTwoPoint sigma 1.0) (AnalogSgd.create rate device) (Weights.ofArray [| r |])

          let settings =
              { Ensemble.settings 512 20_000L (Key.ofSeed 11UL) with
                  Measures = [ Measure MeasureKind.GradientNormSquared ]
                  AverageFrom = Some 1000L }

          let measured = Ensemble.average 0 (Ensemble.run settings chain)
          let atoms = NoiseAtoms.finite (Moments.stateDependentTwoPoint sigma 1.0)
          let law = ScalarChain.analogSgd device rate (fun w -> w - minimizer) atoms -0.6 0.96
          let value = (StationaryLaw.expectations StationaryLaw.grid law [ (fun w -> (w - minimizer) ** 2.0) ]).Head
          near (quantile * measured.StandardError + value.Error) value.Value measured.Mean "E‖∇f‖²"

      raises<ArgumentException> "too few cells are refused" [ "Cells"; "8" ] (fun () -> analogFloor { Cells = 4; Sharing = Cubic } 0.1 |> ignore)

      raises<ArgumentException> "an empty interval is refused" [ "upper - lower" ] (fun () ->
          ScalarChain.analogSgd device 0.1 id (NoiseAtoms.gaussian 1.0) 1.0 1.0 |> ignore) ]

[<Tests>]
let tests = testList "verification: stationary laws" (numbers @ closedForms @ errors)
