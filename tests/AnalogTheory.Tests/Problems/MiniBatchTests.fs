/// Random sampling as a noise: its support against the gradients of the rows, its sampler against its support.
module AnalogTheory.Tests.MiniBatchTests

open System
open Expecto
open AnalogTheory

let private problem =
    let a = array2D [ [ 1.0; 0.5 ]; [ -0.3; 0.8 ]; [ 0.2; -1.1 ]; [ 0.9; 0.4 ]; [ -0.6; -0.2 ] ]

    LeastSquares.create HalfMean a [| 0.3; -0.2; 0.5; 0.1; -0.4 |]

let private w = Weights.ofArray [| 0.3; -0.7 |]
let private second = Weights.map (fun x -> x * x) >> Weights.toArray

let private rows =
    let objective = problem.Objective :?> Kernels.Objectives.LeastSquares

    Array.init objective.Samples (fun n ->
        let gradient = Array.zeroCreate 2
        objective.SampleGradient(n, w.Span, Span<float>(gradient))
        gradient)

// Stochastic gradients of many steps, by the chain.
let private gradients noise count =
    let chain = Chain.create problem noise (DigitalSgd.create 0.1) w
    Array.init count (fun step -> Weights.toArray (Chain.gradient (Key.ofSeed 5UL) 0u (int64 step) chain w).Mean)

[<Tests>]
let tests =
    testList
        "mini-batches"
        [ for batch in [ 1; 2; 3; 4 ] do
              test $"the joint support of {batch} rows sums to 1, has mean 0 and the sum over all ordered draws' moments" {
                  let joint = (Noise.miniBatch batch problem).JointSupport w |> Option.get
                  let full = Weights.toArray (problem.Gradient w)
                  Check.close 1e-14 "total" (joint |> Array.sumBy (fun (struct (p, _)) -> p)) 1.0

                  for value in Check.expectation Weights.toArray joint do
                      Check.close 1e-15 "E g = ∇f" value 0.0

                  // Every ordered draw of rows, each as likely as any other.
                  let rec ordered k =
                      if k = 0 then
                          [ [] ]
                      else
                          [ for n in 0..4 do
                                for rest in ordered (k - 1) -> n :: rest ]

                  let means =
                      ordered batch
                      |> List.map (fun draw -> Array.init 2 (fun d -> List.averageBy (fun n -> rows[n][d]) draw - full[d]))

                  for d in 0..1 do
                      let moments = (Noise.miniBatch batch problem).Moments w d

                      let expect f = List.averageBy (fun (e: float[]) -> f e[d]) means

                      Check.close 1e-15 "E ε" moments.Mean 0.0
                      Check.close 1e-15 "E ε²" moments.SecondMoment (expect (fun x -> x * x))
                      Check.close 1e-15 "bound" moments.Bound (means |> List.map (fun e -> abs e[d]) |> List.max)

                      for g in [ 0.0; 0.2; -0.5; 3.0 ] do
                          Check.close 1e-14 "E|g + ε|" (moments.MeanAbsolute g) (expect (fun x -> abs (g + x)))
                          Check.close 1e-14 "E(g + ε)|g + ε|" (moments.MeanSignedSquare g) (expect (fun x -> (g + x) * abs (g + x)))
              }

          for batch in [ 1; 3 ] do
              test $"{batch} rows drawn: every gradient is one of the support's, as often as it says" {
                  let noise = Noise.miniBatch batch problem
                  let joint = noise.JointSupport w |> Option.get
                  let full = Weights.toArray (problem.Gradient w)

                  let vectors = joint |> Array.map (fun (struct (_, e)) -> Array.init 2 (fun d -> full[d] + e[d]))

                  let draws = gradients noise 20_000

                  let near (a: float[]) (b: float[]) = abs (a[0] - b[0]) + abs (a[1] - b[1]) < 1e-13

                  let index = draws |> Array.map (fun g -> Array.findIndex (near g) vectors)
                  let z = Check.threshold 1e-6 joint.Length

                  joint
                  |> Array.iteri (fun i (struct (p, _)) ->
                      let hits = Estimate.ofArray (index |> Array.map (fun j -> if i = j then 1.0 else 0.0))

                      let error = sqrt (p * (1.0 - p) / float hits.Count)
                      Check.zScore z $"vector {i}" { hits with StandardError = error } p)
              }

          test "sent sample by sample, a batch has the mean of its rows' |∂f_n| as its magnitude" {
              let noise = Noise.miniBatch 1 problem

              let chain = { Chain.create problem noise (DigitalSgd.create 0.1) w with Batch = PerSample }

              for step in 0L .. 50L do
                  let gradient = Chain.gradient (Key.ofSeed 5UL) 0u step chain w
                  // One row: the magnitude is |g|.
                  Check.bits "magnitude" (Weights.toArray gradient.Magnitude.Value) (Array.map abs (Weights.toArray gradient.Mean))

              let three =
                  { Chain.create problem (Noise.miniBatch 3 problem) (DigitalSgd.create 0.1) w with
                      Batch = PerSample }

              let expected = Array.init 2 (fun d -> rows |> Array.averageBy (fun row -> abs row[d]))

              let draws = Array.init 20_000 (fun step -> (Chain.gradient (Key.ofSeed 6UL) 0u (int64 step) three w).Magnitude.Value)

              let z = Check.threshold 1e-6 2

              for d in 0..1 do
                  Check.zScore z "mean magnitude" (Estimate.ofArray (draws |> Array.map (fun m -> m[d]))) expected[d]
          }

          test "beyond 4,096 batches, mean, variance and bound stay exact and the moments of |g + ε| are not known" {
              // C(5 + 14 − 1, 14) = 3,060 and C(5 + 16 − 1, 16) = 4,845.
              Expect.equal ((Noise.miniBatch 14 problem).JointSupport w |> Option.map Array.length) (Some 3060) "enumerated"
              let noise = Noise.miniBatch 16 problem
              let moments, single = noise.Moments w 0, (Noise.miniBatch 1 problem).Moments w 0
              Expect.isNone (noise.JointSupport w) "joint support"
              Expect.isNone moments.Support "support"
              Expect.isNone moments.Absolute "moments of |g + ε|"
              Check.close 1e-15 "E ε" moments.Mean 0.0
              Check.close 1e-15 "E ε²" moments.SecondMoment (single.SecondMoment / 16.0)
              Check.close 1e-15 "bound" moments.Bound single.Bound
              Expect.throwsT<NotSupportedException> (fun () -> moments.MeanAbsolute 0.0 |> ignore) "asked for anyway"
              let z = Check.threshold 1e-6 2
              let full = (problem.Gradient w)[0]
              let errors = gradients noise 20_000 |> Array.map (fun g -> g[0] - full)
              Check.zScore z "sampled mean" (Estimate.ofArray errors) 0.0
              Check.zScore z "sampled variance" (Estimate.ofArray (Array.map (fun e -> e * e) errors)) moments.SecondMoment
          }

          test "more rows, less noise: E‖ε‖² is that of one row, divided by the batch" {
              let one = Noise.variance (Noise.miniBatch 1 problem) w

              for batch in [ 2; 5; 20 ] do
                  Check.close 1e-15 $"batch {batch}" (Noise.variance (Noise.miniBatch batch problem) w) (one / float batch)
          }

          test "a problem without samples and an empty batch are refused" {
              Check.refuses [ "mean over samples"; "diagonal quadratic" ] (fun () -> Noise.miniBatch 1 (Quadratic.isotropic 2 1.0 0.0))
              Check.refuses [ "batch"; "at least 1"; "0" ] (fun () -> Noise.miniBatch 0 problem)
          }

          test "rows of one problem are not drawn while training on another" {
              let other = LeastSquares.create HalfMean (array2D [ [ 1.0; 2.0 ]; [ 0.5; -0.5 ] ]) [| 0.0; 1.0 |]

              Check.refuses [ "noise"; "mini-batch"; "least squares" ] (fun () ->
                  Chain.create other (Noise.miniBatch 1 problem) (DigitalSgd.create 0.1) w)

              let relabelled = { problem with Name = "the same rows" }

              Chain.create relabelled (Noise.miniBatch 1 problem) (DigitalSgd.create 0.1) w |> ignore
          } ]
