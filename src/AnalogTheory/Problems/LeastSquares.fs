namespace AnalogTheory

open System
open AnalogTheory.Kernels.Objectives
open AnalogTheory.Kernels.Sampling
open MathNet.Numerics.LinearAlgebra

/// How the residuals Aw − b become a loss.
type LeastSquaresLoss =
    /// ½‖Aw − b‖², the text of v1's appendix I.
    | HalfSum
    /// ‖Aw − b‖²/(2N), "MSE/2" in the authors' scripts.
    | HalfMean
    /// ‖Aw − b‖²/N, "MSE" in the authors' scripts.
    | Mean

    /// <summary>Factor of ½‖Aw − b‖².</summary>
    /// <param name="samples">Number of rows N of A, at least 1.</param>
    member loss.Scale(samples: int) =
        match loss with
        | HalfSum -> 1.0
        | HalfMean -> 1.0 / float samples
        | Mean -> 2.0 / float samples

/// Least squares f(w) = (scale/2)‖Aw − b‖², a mean over samples whose gradients are available one by one.
[<RequireQualifiedAccess>]
module LeastSquares =

    /// <summary>From data.</summary>
    /// <param name="loss">How residuals become a loss.</param>
    /// <param name="matrix">A, N×D, one sample per row.</param>
    /// <param name="target">b, length N.</param>
    /// <returns>The problem; W* is the least-squares solution, the smallest in norm if A has dependent columns (then μ = 0).</returns>
    /// <exception cref="T:System.ArgumentException">A is empty, an element is not finite, or b has another length than A has rows.</exception>
    let create (loss: LeastSquaresLoss) (matrix: float[,]) (target: float[]) : Problem =
        let samples, dimension = Array2D.length1 matrix, Array2D.length2 matrix
        Require.nonEmpty "matrix" (samples * dimension)
        Require.length "target" samples target.Length
        let a = Matrix<float>.Build.DenseOfArray matrix
        let rows = a.ToRowMajorArray()
        Require.allFinite "matrix" (ReadOnlySpan<float>(rows))
        Require.allFinite "target" (ReadOnlySpan<float>(target))
        let scale = loss.Scale samples
        let gram = a.TransposeThisAndMultiply a * scale
        let struct (least, largest) = Quadratic.extremes gram
        let b = Vector<float>.Build.DenseOfArray target
        let definite = least > 1e-12 * largest

        let minimizer = if definite then a.QR().Solve b else a.PseudoInverse() * b

        let residual = a * minimizer - b

        { Name = "least squares"
          Objective = Kernels.Objectives.LeastSquares(rows, Array.copy target, scale, gram.ToRowMajorArray(), minimizer.ToArray())
          Smoothness = largest
          StrongConvexity = (if definite then least else 0.0)
          IsConvex = true
          Minimum = 0.5 * scale * (residual * residual)
          Minimizer = Weights.ofArray (minimizer.ToArray())
          Domain = infinity }

    /// <summary>Random data as in the paper's appendix I: A and x* with independent normal entries, b = A·x* + bias.</summary>
    /// <param name="samples">N ≥ 1.</param>
    /// <param name="dimension">D ≥ 1.</param>
    /// <param name="matrixScale">Standard deviation of A's entries.</param>
    /// <param name="targetScale">Standard deviation of x*'s entries.</param>
    /// <param name="bias">Added to every element of b.</param>
    /// <param name="key">Randomness.</param>
    /// <returns>A, x* and b.</returns>
    let randomData
        (samples: int)
        (dimension: int)
        (matrixScale: float)
        (targetScale: float)
        (bias: float)
        (key: Key)
        : struct (float[,] * float[] * float[]) =
        Require.atLeast "samples" 1L (int64 samples)
        Require.atLeast "dimension" 1L (int64 dimension)
        Require.positive "matrixScale" matrixScale
        Require.positive "targetScale" targetScale
        Require.finite "bias" bias

        let normal purpose count =
            Array.init count (fun i -> Gaussian.At((Key.named purpose key).Bits, Purpose.General, 0u, uint64 i))

        let entries = normal "matrix" (samples * dimension)
        let matrix = Array2D.init samples dimension (fun n d -> matrixScale * entries[n * dimension + d])
        let solution = normal "target" dimension |> Array.map ((*) targetScale)
        let row n = Array.fold2 (fun sum d x -> sum + matrix[n, d] * x) 0.0 [| 0 .. dimension - 1 |] solution
        struct (matrix, solution, Array.init samples (fun n -> row n + bias))
