/// Least squares against its definition, sample by sample, also where A does not have full rank.
module AnalogTheory.Tests.LeastSquaresTests

open System
open Expecto
open AnalogTheory

let private losses = [ HalfSum, (fun (_: int) -> 0.5); HalfMean, (fun n -> 0.5 / float n); Mean, (fun n -> 1.0 / float n) ]

let private residuals (a: float[,]) (b: float[]) (w: float[]) =
    Array.init b.Length (fun n -> Seq.sum (Seq.init w.Length (fun d -> a[n, d] * w[d])) - b[n])

let private objective (problem: Problem) = problem.Objective :?> Kernels.Objectives.LeastSquares

let private sampleGradient (problem: Problem) (w: Weights) n =
    let gradient = Array.zeroCreate w.Length
    (objective problem).SampleGradient(n, w.Span, Span<float>(gradient))
    gradient

let private bySample (problem: Problem) (w: Weights) =
    let gradient, magnitude = Array.zeroCreate w.Length, Array.zeroCreate w.Length
    problem.Objective.GradientBySample(w.Span, Span<float>(gradient), Span<float>(magnitude))
    struct (gradient, magnitude)

[<Tests>]
let tests =
    testList
        "least squares"
        [ test "f* is the loss at W*, and the excess is the loss above it, for every normalisation" {
              let struct (a, b) = ProblemTests.data 4

              for loss, factor in losses do
                  let problem = LeastSquares.create loss a b

                  let f w = factor b.Length * Array.sumBy (fun r -> r * r) (residuals a b w)

                  Check.close 1e-13 "f*" problem.Minimum (f (Weights.toArray problem.Minimizer))

                  for w in Check.uniforms "points" -1.0 1.0 40 |> Array.chunkBySize 4 do
                      Check.close 1e-13 "f − f*" (problem.Excess(Weights.ofArray w)) (f w - problem.Minimum)
          }

          test "the mean of the samples' gradients is the gradient, for every normalisation" {
              let struct (a, b) = ProblemTests.data 3

              for loss, factor in losses do
                  let problem = LeastSquares.create loss a b
                  let w = Weights.ofArray [| 0.3; -0.8; 0.1 |]
                  let samples = Array.init b.Length (sampleGradient problem w)

                  for d in 0..2 do
                      Check.close 1e-14 $"∂{d}" (Array.averageBy (fun (g: float[]) -> g[d]) samples) (problem.Gradient w).Values[d]

                  let r = residuals a b (Weights.toArray w)
                  let first = samples[0]
                  Check.close 1e-14 "sample 0" first[1] (2.0 * factor b.Length * float b.Length * r[0] * a[0, 1])
          }

          test "by sample: the same gradient, and the mean of |∂f_n|, which is at least |∂f|" {
              let struct (a, b) = ProblemTests.data 3
              let problem = LeastSquares.create HalfMean a b

              for point in Check.uniforms "by sample" -1.0 1.0 60 |> Array.chunkBySize 3 do
                  let w = Weights.ofArray point
                  let struct (gradient, magnitude) = bySample problem w
                  let samples = Array.init b.Length (sampleGradient problem w)

                  for d in 0..2 do
                      Check.close 1e-14 "gradient" gradient[d] (problem.Gradient w).Values[d]
                      Check.close 1e-14 "magnitude" magnitude[d] (Array.averageBy (fun (g: float[]) -> abs g[d]) samples)
                      Check.atMost "|∂f|" (abs gradient[d]) (magnitude[d] * (1.0 + 1e-14))
          }

          test "the excess and the gradient at W* are exactly zero, by the shifted form" {
              let struct (a, b) = ProblemTests.data 6
              let problem = LeastSquares.create Mean a b
              Check.bits "∇f(W*)" (Weights.toArray (problem.Gradient problem.Minimizer)) (Array.zeroCreate 6)
              Check.bits "f(W*) − f*" [| problem.Excess problem.Minimizer |] [| 0.0 |]
          }

          test "dependent columns: μ = 0, W* is the smallest solution, and moving along the null space costs nothing" {
              // Column 2 = column 0 + column 1, so (1, 1, −1) spans the null space.
              let draws = Check.normals "dependent" 10

              let a = Array2D.init 5 3 (fun n d -> if d < 2 then draws[2 * n + d] else draws[2 * n] + draws[2 * n + 1])

              let b = Check.normals "targets of dependent" 5
              let problem = LeastSquares.create HalfMean a b
              let minimizer = Weights.toArray problem.Minimizer
              Expect.equal problem.StrongConvexity 0.0 "μ"
              Check.close 1e-14 "W* orthogonal to the null space" (minimizer[0] + minimizer[1] - minimizer[2]) 0.0

              let normal d = Seq.sum (Seq.init 5 (fun n -> a[n, d] * (residuals a b minimizer)[n]))

              for d in 0..2 do
                  Check.close 1e-13 "normal equations" (normal d) 0.0

              let moved = Weights.ofArray [| minimizer[0] + 1.0; minimizer[1] + 1.0; minimizer[2] - 1.0 |]

              Check.atMost "‖∇f‖∞ along the null space" (Weights.largest (problem.Gradient moved)) 1e-14
              Check.close 1e-14 "excess along the null space" (problem.Excess moved) 0.0
          }

          test "fewer samples than weights: f* = 0 and W* fits" {
              let a = array2D [ [ 1.0; 2.0; 3.0 ]; [ 0.0; 1.0; -1.0 ] ]
              let problem = LeastSquares.create HalfSum a [| 1.0; 2.0 |]
              Expect.equal problem.StrongConvexity 0.0 "μ"
              Check.close 1e-28 "f*" problem.Minimum 0.0

              for r in residuals a [| 1.0; 2.0 |] (Weights.toArray problem.Minimizer) do
                  Check.close 1e-14 "residual" r 0.0
          }

          test "L and μ are the extreme eigenvalues of the scaled Gram matrix" {
              // AᵀA = diag(4, 9).
              let a = array2D [ [ 2.0; 0.0 ]; [ 0.0; 3.0 ]; [ 0.0; 0.0 ] ]

              for loss, factor in losses do
                  let problem = LeastSquares.create loss a [| 1.0; 1.0; 1.0 |]
                  Check.close 1e-14 "L" problem.Smoothness (18.0 * factor 3)
                  Check.close 1e-14 "μ" problem.StrongConvexity (8.0 * factor 3)
          }

          test "the paper's random data: b = A·x* + bias, reproducible in the key" {
              let struct (a, x, b) = LeastSquares.randomData 7 3 2.0 0.5 0.25 (Key.ofSeed 1UL)

              for r in residuals a b x do
                  Check.close 1e-14 "bias" r -0.25

              let struct (again, _, _) = LeastSquares.randomData 7 3 2.0 0.5 0.25 (Key.ofSeed 1UL)
              let struct (other, _, _) = LeastSquares.randomData 7 3 2.0 0.5 0.25 (Key.ofSeed 2UL)
              Expect.equal again a "same key"
              Expect.notEqual other a "another key"

              let struct (large, _, _) = LeastSquares.randomData 1000 10 2.0 0.5 0.0 (Key.ofSeed 3UL)

              let entries = large |> Seq.cast<float> |> Seq.toArray
              let z = Check.threshold 1e-6 2
              Check.zScore z "mean of A" (Estimate.ofArray entries) 0.0
              Check.zScore z "variance of A" (Estimate.ofArray (Array.map (fun x -> x * x) entries)) 4.0
          }

          test "empty, ragged and infinite data are refused with their numbers" {
              Check.refuses [ "matrix"; "at least one" ] (fun () -> LeastSquares.create Mean (Array2D.zeroCreate 0 2) [||])
              Check.refuses [ "matrix"; "at least one" ] (fun () -> LeastSquares.create Mean (Array2D.zeroCreate 2 0) [| 1.0; 1.0 |])

              Check.refuses [ "target"; "length 2"; "length 3" ] (fun () ->
                  LeastSquares.create Mean (Array2D.zeroCreate 2 1) [| 1.0; 1.0; 1.0 |])

              Check.refuses [ "matrix[1]"; "finite" ] (fun () -> LeastSquares.create Mean (array2D [ [ 1.0; infinity ] ]) [| 1.0 |])
              Check.refuses [ "target[0]"; "finite"; "NaN" ] (fun () -> LeastSquares.create Mean (array2D [ [ 1.0 ] ]) [| nan |])
              Check.refuses [ "samples"; "at least 1"; "0" ] (fun () -> LeastSquares.randomData 0 1 1.0 1.0 0.0 (Key.ofSeed 0UL))
              Check.refuses [ "matrixScale"; "above 0" ] (fun () -> LeastSquares.randomData 1 1 0.0 1.0 0.0 (Key.ofSeed 0UL))
          } ]
