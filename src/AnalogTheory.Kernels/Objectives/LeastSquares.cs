using System;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Objectives;

/// <summary>f(w) = (scale/2)·‖Aw − b‖²: the full gradient through the Gram matrix, single samples through the rows of A.</summary>
/// <param name="matrix">A, N×D, row-major.</param>
/// <param name="target">b, length N.</param>
/// <param name="scale">Factor of ½‖Aw−b‖²: 1/N for half the mean squared error, 2/N for the mean squared error, 1 for the sum.</param>
/// <param name="gram">scale·AᵀA, D×D, row-major.</param>
/// <param name="minimizer">w*, length D.</param>
public sealed class LeastSquares(double[] matrix, double[] target, double scale, double[] gram, double[] minimizer)
    : DenseQuadratic(gram, minimizer),
        ISampledObjective
{
    private readonly double[] _gram = gram;
    private readonly double[] _minimizer = minimizer;

    /// <inheritdoc/>
    public int Samples => target.Length;

    /// <summary>A, row-major.</summary>
    internal double[] Matrix => matrix;

    /// <summary>b.</summary>
    internal double[] Target => target;

    /// <summary>Factor of ½‖Aw−b‖².</summary>
    internal double Scale => scale;

    /// <inheritdoc/>
    public override bool HasSamples => true;

    /// <inheritdoc/>
    public void SampleGradient(int sample, ReadOnlySpan<double> w, Span<double> gradient)
    {
        ReadOnlySpan<double> row = matrix.AsSpan(sample * Dimension, Dimension);
        double residual = -target[sample];
        for (int d = 0; d < row.Length; d++)
        {
            residual = Math.FusedMultiplyAdd(row[d], w[d], residual);
        }

        residual *= scale * Samples;
        for (int d = 0; d < row.Length; d++)
        {
            gradient[d] = row[d] * residual;
        }
    }

    /// <inheritdoc/>
    public override ObjectiveKernel<T> In<T>() => new LeastSquaresKernel<T>(this, _gram, _minimizer);
}

/// <summary>Least squares over lanes; adds the sample-by-sample gradient to the dense quadratic.</summary>
internal sealed class LeastSquaresKernel<T>(LeastSquares objective, double[] gram, double[] minimizer)
    : DenseQuadraticKernel<T>(gram, minimizer)
    where T : struct, ILanes<T>
{
    public override void GradientBySample(ReadOnlySpan<T> w, Span<T> gradient, Span<T> magnitude, int vectors)
    {
        gradient.Clear();
        magnitude.Clear();
        int dimension = objective.Dimension;
        T scale = T.Constant(objective.Scale);
        for (int n = 0; n < objective.Samples; n++)
        {
            ReadOnlySpan<double> row = objective.Matrix.AsSpan(n * dimension, dimension);
            T b = T.Constant(objective.Target[n]);
            for (int v = 0; v < vectors; v++)
            {
                T residual = -b;
                for (int d = 0; d < dimension; d++)
                {
                    residual = T.FusedMultiplyAdd(T.Constant(row[d]), w[d * vectors + v], residual);
                }

                residual *= scale;
                T size = T.Abs(residual);
                for (int d = 0; d < dimension; d++)
                {
                    int i = d * vectors + v;
                    gradient[i] = T.FusedMultiplyAdd(T.Constant(row[d]), residual, gradient[i]);
                    magnitude[i] = T.FusedMultiplyAdd(T.Constant(Math.Abs(row[d])), size, magnitude[i]);
                }
            }
        }
    }
}
