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
let private floorRatio (cells: int) (r: float) (rate: float) : Discretised =
    let minimizer = r + sigma * r / sqrt (1.0 - r * r)
    let atoms = NoiseAtoms.finite (Moments.stateDependentTwoPoint sigma 1.0)
    let chain = ScalarChain.analogSgd device rate (fun w -> w - minimizer) atoms -0.6 0.96
    StationaryLaw.ratio cells chain (fun w -> (w - minimizer) * (w - minimizer)) (fun w -> sigma * sigma * w * w / (1.0 - w * w))

let private analogFloor (cells: int) (rate: float) : Discretised =
    let chain = ScalarChain.analogSgd device rate (fun w -> w - 0.6) (NoiseAtoms.gaussian sigma) -1.0 1.0
    (StationaryLaw.expectations cells chain [ (fun w -> (w - 0.6) * (w - 0.6)) ]).Head

/// A value agrees with a measured one, and its own error is much smaller.
let private agreesWith (measured: float) (tolerance: float) (value: Discretised) (what: string) =
    near tolerance measured value.Value what

    if not (value.Error < 0.1 * tolerance) then
        failtest $"{what}: estimated error {value.Error:g2} is not far below {tolerance:g2}"

/// Within its error of a value known exactly.
let private within (expected: float) (value: Discretised) (what: string) =
    if not (abs (value.Value - expected) <= value.Error) then
        failtest $"{what}: {value.Value:R} ± {value.Error:g2} misses {expected:R}"

let private numbers =
    [ for r, rate, ratio in [ 0.5, 0.01, 1.0015; 0.5, 0.001, 1.0001; 0.2, 0.01, 1.0788; 0.2, 0.001, 1.0078 ] do
          testCase $"theory L4: the measured ratio {ratio} at r = {r}, α = {rate} within four standard errors"
          <| fun () -> agreesWith ratio 0.0012 (floorRatio StationaryLaw.cells r rate) "ratio"

      for r, ratio in [ 0.5, 1.005; 0.2, 1.77 ] do
          testCase $"theory L4: the coarse measurement {ratio} at r = {r}, α = 0.1"
          <| fun () -> agreesWith ratio 0.005 (floorRatio StationaryLaw.cells r 0.1) "ratio"

      for r in [ 0.2; 0.5 ] do
          testCase $"theory L4: the sharp constant is 1 at r = {r}: the excess is proportional to α"
          <| fun () ->
              let excess rate = (floorRatio 2048 r rate).Value - 1.0
              near 0.1 10.0 (excess 1e-3 / excess 1e-4) "decade"
              near 0.1 10.0 (excess 1e-4 / excess 1e-5) "decade"

      for rate, floor in [ 0.1, 0.0189; 0.025, 0.0161; 0.00625, 0.0155; 0.0015625, 0.0153; 0.000390625, 0.0153 ] do
          testCase $"theory T9: Analog SGD's floor {floor} at α = {rate}"
          <| fun () -> agreesWith floor 0.00006 (analogFloor StationaryLaw.cells rate) "floor"

      testCase "theory S5: as α → 0 the floor is that of the mean-field fixed point"
      <| fun () ->
          let moments = Moments.gaussian sigma
          let limit = MeanField.quadraticFloor device 0.0 1.0 0.6 (fun _ -> moments)
          near 1e-6 limit (analogFloor StationaryLaw.cells 1e-5).Value "floor" ]

let private closedForms =
    [ for rate in [ 0.5; 0.1; 0.001 ] do
          testCase $"Digital SGD on a quadratic: E w = w* and variance αs²/(2 − α), α = {rate}"
          <| fun () ->
              let chain = ScalarChain.analogSgd (Ideal.create ()) rate (fun w -> w - 0.1) (NoiseAtoms.gaussian 0.05) -0.9 1.1

              match StationaryLaw.expectations StationaryLaw.cells chain [ id; (fun w -> (w - 0.1) * (w - 0.1)) ] with
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
              let mean = (StationaryLaw.expectations StationaryLaw.cells chain [ id ]).Head
              near 1e-9 (gradient / meanAbsolute) mean.Value "mean"

      testCase "theory T4: the second moment at a critical point is βτEε²/(2E|ε| − βEε²/τ)"
      <| fun () ->
          let beta, s = 0.4, 0.3
          let chain = ScalarChain.auxiliary device beta 0.0 (NoiseAtoms.gaussian s) -1.0 1.0
          let absolute = (Moments.gaussian s).MeanAbsolute 0.0
          let variance = beta * s * s / (2.0 * absolute - beta * s * s)
          near 1e-9 variance (StationaryLaw.expectations StationaryLaw.cells chain [ (fun p -> p * p) ]).Head.Value "variance" ]

let private errors =
    [ testCase "the error covers the actual one at every rate and grid tried"
      <| fun () ->
          for r in [ 0.2; 0.5; 0.7 ] do
              for rate in [ 0.02; 0.005; 0.001 ] do
                  let reference = floorRatio 1200 r rate

                  for cells in [ 24; 48; 96; 200; 400 ] do
                      let value = floorRatio cells r rate
                      near (value.Error + reference.Error) reference.Value value.Value $"r = {r}, α = {rate}, {cells} cells"

      testCase "a chain that leaves its interval has no error estimate"
      <| fun () ->
          // Converges on the interval, 2.6 deviations wide on either side; what is clipped at its ends makes it another chain.
          let clipped = ScalarChain.analogSgd (Ideal.create ()) 0.1 (fun w -> w - 0.1) (NoiseAtoms.gaussian 0.05) 0.07 0.13
          Expect.equal (StationaryLaw.expectations StationaryLaw.cells clipped [ (fun w -> w * w) ]).Head.Error infinity "error"

      testCase "a function that is not finite has no error estimate"
      <| fun () ->
          let chain = ScalarChain.analogSgd device 0.1 (fun w -> w - 0.6) (NoiseAtoms.gaussian sigma) -1.0 1.0
          Expect.equal (StationaryLaw.expectations StationaryLaw.cells chain [ (fun _ -> nan) ]).Head.Error infinity "error"

      testCase "the ensemble agrees"
      <| fun () ->
          let r, rate = 0.5, 0.05
          let minimizer = r + sigma * r / sqrt (1.0 - r * r)

          let chain =
              Chain.create
                  (Quadratic.isotropic 1 1.0 minimizer)
                  (Noise.stateDependentTwoPoint sigma 1.0)
                  (AnalogSgd.create rate device)
                  (Weights.ofArray [| r |])

          let settings =
              { Ensemble.settings 512 20_000L (Key.ofSeed 11UL) with
                  Measures = [ Measure MeasureKind.GradientNormSquared ]
                  AverageFrom = Some 1000L }

          let measured = Ensemble.average 0 (Ensemble.run settings chain)
          let atoms = NoiseAtoms.finite (Moments.stateDependentTwoPoint sigma 1.0)
          let law = ScalarChain.analogSgd device rate (fun w -> w - minimizer) atoms -0.6 0.96
          let value = (StationaryLaw.expectations StationaryLaw.cells law [ (fun w -> (w - minimizer) ** 2.0) ]).Head
          near (quantile * measured.StandardError + value.Error) value.Value measured.Mean "E‖∇f‖²"

      raises<ArgumentException> "too few cells are refused" [ "cells"; "8" ] (fun () -> analogFloor 4 0.1 |> ignore)

      raises<ArgumentException> "an empty interval is refused" [ "upper - lower" ] (fun () ->
          ScalarChain.analogSgd device 0.1 id (NoiseAtoms.gaussian 1.0) 1.0 1.0 |> ignore) ]

/// w' = λw ± (1 − λ): the infinite Bernoulli convolution with ratio λ on [−1, 1], the sum of ±(1−λ)λᵏ.
let private bernoulli (lambda: float) : ScalarChain =
    { Name = $"Bernoulli convolution, λ = {lambda}"
      Lower = -1.0
      Upper = 1.0
      Next = fun w -> [| for side in [ 1.0; -1.0 ] -> struct (0.5, lambda * w + side * (1.0 - lambda)) |] }

/// Its second and fourth moment, and E cos(tX) = Π cos(t(1−λ)λᵏ).
let private convolution (lambda: float) : float * float * (float -> float) =
    let second = (1.0 - lambda) / (1.0 + lambda)
    let fourth = 3.0 * second * second - 2.0 * pown (1.0 - lambda) 4 / (1.0 - pown lambda 4)

    let cosine t =
        Seq.unfold (fun step -> if abs step < 1e-17 then None else Some(cos (t * step), lambda * step)) (1.0 - lambda)
        |> Seq.fold (*) 1.0

    second, fourth, cosine

// The law of λ = ½ is uniform.
let private aboveUniform (a: float) = 0.5 * (1.0 - a)

let private knownLaws =
    [ testCase "at 300 ratios of a Bernoulli convolution no error is smaller than the true one"
      <| fun () ->
          for i in 1..300 do
              // Ratios that are no simple fractions, from Cantor sets to laws with density.
              let lambda = 0.02 + 0.95 * (float i * 0.6180339887498949 % 1.0)
              let second, fourth, cosine = convolution lambda

              match
                  StationaryLaw.expectations 40 (bernoulli lambda) [ (fun w -> w * w); (fun w -> pown w 4); (fun w -> cos (3.0 * w)) ]
              with
              | [ two; four; wave ] ->
                  within second two $"E X², λ = {lambda}"
                  within fourth four $"E X⁴, λ = {lambda}"
                  within (cosine 3.0) wave $"E cos 3X, λ = {lambda}"
                  Expect.isLessThan wave.Error 1e-2 $"the error says something at λ = {lambda}"
              | _ -> failtest "three expectations"

      testCase "jumps and kinks: no error is smaller than the true one, wherever they lie on the uniform law"
      <| fun () ->
          let shifts = [ for i in 1..50 -> -1.0 + 2.0 * (float i * 0.7548776662466927 % 1.0) ]
          let jumps = shifts |> List.map (fun a -> fun (w: float) -> if w > a then 1.0 else 0.0)
          let kinks = shifts |> List.map (fun a -> fun (w: float) -> abs (w - a))

          List.iter2
              (fun a value -> within (aboveUniform a) value $"P(X > {a})")
              shifts
              (StationaryLaw.expectations 96 (bernoulli 0.5) jumps)

          List.iter2
              (fun a value -> within (0.5 * (1.0 + a * a)) value $"E|X − {a}|")
              shifts
              (StationaryLaw.expectations 96 (bernoulli 0.5) kinks) ]

// f' = 4w(w² − ¼), noise ±.1 at α = .05: no path leads from one well to the other.
let private wells deviation =
    ScalarChain.analogSgd
        device
        0.05
        (fun w -> 4.0 * w * (w * w - 0.25))
        (NoiseAtoms.finite (fun _ -> Moments.twoPoint 0.5 deviation -deviation))
        -1.0
        1.0

let private reducible =
    [ raises<ArgumentException>
          "a chain of two wells without a path between them is refused, with both"
          [ "one stationary law, got 2"; "[0.4"; "[-0.5" ]
          (fun () -> StationaryLaw.expectations 256 (wells 0.1) [ id ] |> ignore)

      testCase "each well has its own law, the mirror image of the other"
      <| fun () ->
          match StationaryLaw.byClass 256 (wells 0.1) [ id; (fun w -> if w > 0.0 then 1.0 else 0.0) ] with
          | [ struct (leftLower, leftUpper), [ left; never ]; struct (rightLower, rightUpper), [ right; always ] ] ->
              near 1e-9 -right.Value left.Value "means"
              Expect.isLessThan right.Error 1e-6 "error"
              Expect.equal (never.Value, never.Error) (0.0, 0.0) "right of 0 from the left well"
              within 1.0 always "right of 0 from the right well"
              near 0.02 -rightUpper leftLower "ends"
              near 0.02 -rightLower leftUpper "ends"
          | other -> failtestf "expected two classes of two values, got %A" other

      testCase "with noise that crosses the barrier there is one law, symmetric"
      <| fun () ->
          let value = (StationaryLaw.expectations 512 (wells 0.6) [ id ]).Head
          Expect.equal (StationaryLaw.classes 512 (wells 0.6)).Length 1 "classes"
          within 0.0 value "mean"

      testCase "where a grid cannot tell whether a gap is closed, every law is inside of the error"
      <| fun () ->
          // Two halves that never meet, closer than a cell.
          let halves =
              { Name = "halves"
                Lower = -1.0
                Upper = 1.0
                Next = fun w -> [| for side in [ 0.01; 0.99 ] -> struct (0.5, if w < 0.0 then -side else side) |] }

          match StationaryLaw.classes 64 halves with
          | [ _; _ ] -> ()
          | _ ->
              let value = (StationaryLaw.expectations 64 halves [ id ]).Head
              within -0.5 value "left"
              within 0.5 value "right" ]

[<Tests>]
let tests = testList "verification: stationary laws" (numbers @ closedForms @ errors @ knownLaws @ reducible)
