/// Every problem's constants against its own gradient: L, μ, W*, f* and the excess.
module AnalogTheory.Tests.ProblemTests

open System
open Expecto
open MathNet.Numerics.LinearAlgebra
open AnalogTheory

/// A symmetric positive definite matrix with eigenvalues between ½ and 3.
let hessian (dimension: int) : float[,] =
    let draws = Check.normals $"hessian {dimension}" (dimension * dimension)
    let basis = Matrix<float>.Build.Dense(dimension, dimension, draws).QR().Q

    let values = Vector<float>.Build.Dense(dimension, fun i -> 0.5 + 2.5 * float i / float (max 1 (dimension - 1)))

    let h = basis * Matrix<float>.Build.DenseOfDiagonalVector values * basis.Transpose()
    ((h + h.Transpose()) * 0.5).ToArray()

/// Least-squares data with 2D + 1 samples that no weight fits.
let data (dimension: int) : struct (float[,] * float[]) =
    let struct (a, _, b) = LeastSquares.randomData (2 * dimension + 1) dimension 0.7 0.5 0.1 (Key.ofSeed (uint64 dimension))

    let noise = Check.normals "targets" b.Length
    struct (a, Array.map2 (fun b n -> b + 0.2 * n) b noise)

/// A quartic that a user might write: Σ w⁴/4 + w²/2, with L = 1 + 3R² on ‖w‖∞ ≤ R = 1.
let userDefined (dimension: int) : Problem =
    UserDefinedProblem.create
        "quartic"
        4.0
        (Array.zeroCreate dimension)
        (Array.sumBy (fun w -> 0.25 * w * w * w * w + 0.5 * w * w))
        (Array.map (fun w -> w * w * w + w))

/// One problem of every kind.
let all (dimension: int) : Problem list =
    let minimizer = Check.uniforms "minimizers" -0.4 0.4 dimension
    let struct (a, b) = data dimension

    [ Quadratic.diagonal (Check.uniforms "curvatures" 0.5 2.0 dimension) minimizer
      Quadratic.dense (hessian dimension) minimizer
      LeastSquares.create HalfMean a b
      NonConvex.doubleWell dimension 0.5 0.05 1.0
      NonConvex.saturating 1.5 minimizer
      userDefined dimension ]

let private reach (problem: Problem) = min 1.0 problem.Domain

let private points name (problem: Problem) count =
    let radius = reach problem

    Check.uniforms $"{name} {problem.Name}" -radius radius (count * problem.Dimension)
    |> Array.chunkBySize problem.Dimension
    |> Array.map Weights.ofArray

let private forAll dimensions claim (check: Problem -> unit) =
    testList
        claim
        [ for d in dimensions do
              for problem in all d do
                  test $"{problem.Name}, D = {d}" { check problem } ]

let private difference = Weights.map2 (-)
let private inner a b = Weights.sumBy id (Weights.map2 (*) a b)

[<Tests>]
let tests =
    testList
        "problems"
        [ forAll [ 1; 2; 5; 8 ] "the gradient is the derivative of the excess" (fun problem ->
              for w in points "derivative" problem 5 do
                  let gradient = problem.Gradient w

                  for d in 0 .. w.Length - 1 do
                      let h = 1e-5

                      let at step =
                          problem.Excess(Weights.ofArray (Array.mapi (fun i x -> if i = d then x + step else x) (Weights.toArray w)))
                      // Error of central differences: h²·|f‴|/6 below 1e-9 here, rounding about 1e-16/h.
                      Check.close 2e-9 $"∂{d}" ((at h - at -h) / (2.0 * h)) gradient[d])

          forAll [ 1; 2; 5 ] "L bounds the gradient's differences, and μ bounds them from below" (fun problem ->
              let a, b = points "first" problem 500, points "second" problem 500

              for a, b in Array.zip a b do
                  let change, step = difference (problem.Gradient a) (problem.Gradient b), difference a b

                  let size = Weights.normSquared step
                  Check.atMost "‖∇f(a) − ∇f(b)‖" (sqrt (Weights.normSquared change)) (problem.Smoothness * sqrt size * (1.0 + 1e-12))

                  if problem.StrongConvexity > 0.0 then
                      Check.atMost "μ‖a − b‖²" (problem.StrongConvexity * size) (inner change step * (1.0 + 1e-12))

                  if problem.IsConvex then Check.atMost "monotone gradient" 0.0 (inner change step))

          forAll [ 1; 2; 5 ] "the gradient at the minimiser is zero to rounding, the excess too" (fun problem ->
              let tolerance = if problem.Name = "double well" then 2e-16 else 0.0
              Check.atMost "‖∇f(W*)‖∞" (Weights.largest (problem.Gradient problem.Minimizer)) tolerance
              Check.close 1e-16 "f(W*) − f*" (problem.Excess problem.Minimizer) 0.0)

          forAll [ 1; 2; 5 ] "no point has a negative excess" (fun problem ->
              for w in points "excess" problem 1000 do
                  Check.atMost "−(f − f*)" (-(problem.Excess w)) 1e-16)

          test "L and μ of the quadratics are attained at their eigenvectors" {
              for problem in
                  [ Quadratic.dense (hessian 5) (Array.zeroCreate 5); Quadratic.diagonal [| 0.5; 3.0; 1.0 |] (Array.zeroCreate 3) ] do
                  let columns =
                      Array.init problem.Dimension (fun d ->
                          problem.Gradient(Weights.ofArray (Array.init problem.Dimension (fun i -> if i = d then 1.0 else 0.0)))
                          |> Weights.toArray)

                  let vectors = (Matrix<float>.Build.DenseOfColumnArrays columns).Evd(Symmetricity.Symmetric).EigenVectors

                  let stretch d =
                      let v = Weights.ofArray (vectors.Column(d).ToArray()) in
                      sqrt (Weights.normSquared (problem.Gradient v) / Weights.normSquared v)

                  Check.close 1e-14 "μ" (stretch 0) problem.StrongConvexity
                  Check.close 1e-14 "L" (stretch (problem.Dimension - 1)) problem.Smoothness
          }

          test "L of the non-convex problems is attained where their curvature is largest" {
              let slope (problem: Problem) at =
                  let h = 1e-6

                  let g x = (problem.Gradient(Weights.ofArray [| x |]))[0]

                  abs ((g (at + h) - g (at - h)) / (2.0 * h))

              let wide, narrow = NonConvex.doubleWell 1 0.5 0.05 1.0, NonConvex.doubleWell 1 0.5 0.05 (1.0 / sqrt 3.0)

              Check.close 1e-8 "double well, edge" (slope wide 1.0) wide.Smoothness
              Check.close 1e-8 "double well, tight box" (slope narrow (1.0 / sqrt 3.0)) narrow.Smoothness
              Check.close 1e-8 "saturating" (slope (NonConvex.saturating 1.5 [| 0.3 |]) 0.3) 1.5
          }

          test "the double well's minimiser is in the deeper well, and a grid finds nothing lower" {
              for tilt in [ -0.15; -0.01; 0.0; 0.05; 0.15 ] do
                  let problem = NonConvex.doubleWell 1 0.5 tilt 1.0

                  let lowest = Seq.init 20001 (fun i -> problem.Excess(Weights.ofArray [| -1.0 + 1e-4 * float i |])) |> Seq.min

                  Check.close 1e-8 $"tilt {tilt}" lowest 0.0
                  let value w = pown (w * w - 0.25) 2 + tilt * w
                  Check.close 1e-16 "f*" problem.Minimum (value problem.Minimizer[0])

                  if tilt <> 0.0 then Expect.equal (sign problem.Minimizer[0]) (-(sign tilt)) "side"
          }

          test "an asymmetric, indefinite or misshapen quadratic is refused with its numbers" {
              Check.refuses [ "symmetric"; "1" ] (fun () -> Quadratic.dense (array2D [ [ 1.0; 0.0 ]; [ 1.0; 1.0 ] ]) [| 0.0; 0.0 |])

              Check.refuses [ "positive definite"; "-0.99999" ] (fun () ->
                  Quadratic.dense (array2D [ [ 0.0; 1.0 ]; [ 1.0; 0.0 ] ]) [| 0.0; 0.0 |])

              Check.refuses [ "hessian columns"; "length 2"; "length 3" ] (fun () ->
                  Quadratic.dense (Array2D.zeroCreate 2 3) [| 0.0; 0.0 |])

              Check.refuses [ "hessian"; "finite"; "NaN" ] (fun () -> Quadratic.dense (array2D [ [ nan ] ]) [| 0.0 |])
              Check.refuses [ "curvatures[1]"; "above 0"; "-2" ] (fun () -> Quadratic.diagonal [| 1.0; -2.0 |] [| 0.0; 0.0 |])
              Check.refuses [ "minimizer"; "length 2"; "length 1" ] (fun () -> Quadratic.diagonal [| 1.0; 2.0 |] [| 0.0 |])
              Check.refuses [ "minimizer[1]"; "finite"; "Infinity" ] (fun () -> Quadratic.diagonal [| 1.0; 2.0 |] [| 0.0; infinity |])
              Check.refuses [ "curvatures"; "at least one" ] (fun () -> Quadratic.diagonal [||] [||])
          }

          test "non-convex problems refuse parameters outside their range" {
              Check.refuses [ "tilt"; "strictly between" ] (fun () -> NonConvex.doubleWell 1 0.5 0.2 1.0)
              Check.refuses [ "domain" ] (fun () -> NonConvex.doubleWell 1 0.5 0.05 0.5)
              Check.refuses [ "well"; "above 0"; "0" ] (fun () -> NonConvex.doubleWell 1 0.0 0.0 1.0)
              Check.refuses [ "dimension"; "at least 1"; "0" ] (fun () -> NonConvex.doubleWell 0 0.5 0.05 1.0)
              Check.refuses [ "smoothness"; "above 0"; "NaN" ] (fun () -> NonConvex.saturating nan [| 0.0 |])
          }

          test "a user's gradient of another length is refused, wherever it comes up" {
              let create gradient = UserDefinedProblem.create "u" 1.0 [| 0.0; 0.0 |] Array.sum gradient

              Check.refuses [ "gradient minimizer"; "length 2"; "length 1" ] (fun () -> create (fun _ -> [| 1.0 |]))
              let short = create (fun w -> if w[0] = 0.0 then [| 0.0; 0.0 |] else [| 1.0 |])
              Check.refuses [ "gradient"; "length 2"; "length 1" ] (fun () -> short.Gradient(Weights.ofArray [| 1.0; 1.0 |]))
              Check.refuses [ "smoothness" ] (fun () -> UserDefinedProblem.create "u" 0.0 [| 0.0 |] Array.sum id)
          }

          test "weights of another length than D are refused" {
              for problem in all 3 do
                  Check.refuses [ "w"; "length 3"; "length 2" ] (fun () -> problem.Gradient(Weights.zeros 2))
                  Check.refuses [ "w"; "length 3"; "length 4" ] (fun () -> problem.Excess(Weights.zeros 4))
          } ]
