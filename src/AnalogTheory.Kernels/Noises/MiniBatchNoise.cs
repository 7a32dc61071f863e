using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Objectives;

namespace AnalogTheory.Kernels.Noises;

/// <summary>Random sampling (v1's A7): the gradient of a batch of rows drawn with replacement instead of all rows.</summary>
/// <remarks>A row index is ⌊u·N⌋ of a 32-bit uniform, so a row's probability differs from 1/N by at most 2⁻³².</remarks>
/// <param name="rows">Least squares whose rows are drawn.</param>
/// <param name="batch">Rows per step, ≥ 1.</param>
public sealed class MiniBatchNoise(LeastSquares rows, int batch) : NoiseModel
{
    /// <inheritdoc/>
    public override RawKind Raw => RawKind.Uniform;

    /// <inheritdoc/>
    public override int RawPerStep(int dimension) => batch;

    /// <inheritdoc/>
    public override bool Fits(Objective objective) => ReferenceEquals(rows, objective);

    /// <inheritdoc/>
    public override NoiseKernel<T> In<T>() => new Kernel<T>(rows, batch);

    /// <summary>Replaces the full gradient by the batch's; each lane draws its own rows, so lanes go one by one.</summary>
    private sealed class Kernel<T>(LeastSquares objective, int batch) : NoiseKernel<T>
        where T : struct, ILanes<T>
    {
        public override void Add(ReadOnlySpan<T> raw, ReadOnlySpan<T> w, Span<T> gradient, Span<T> magnitude, int vectors)
        {
            int dimension = objective.Dimension;
            int stride = vectors * T.Count;
            double factor = objective.Scale * objective.Samples / batch;
            ReadOnlySpan<double> draws = Lanes.Doubles(raw);
            ReadOnlySpan<double> weights = Lanes.Doubles(w);
            Span<double> total = Lanes.Doubles(gradient);
            Span<double> size = Lanes.Doubles(magnitude);
            gradient.Clear();
            magnitude.Clear();
            for (int replica = 0; replica < stride; replica++)
            {
                for (int k = 0; k < batch; k++)
                {
                    int n = (int)(draws[k * stride + replica] * objective.Samples);
                    ReadOnlySpan<double> row = objective.Matrix.AsSpan(n * dimension, dimension);
                    double residual = -objective.Target[n];
                    for (int d = 0; d < dimension; d++)
                    {
                        residual = Math.FusedMultiplyAdd(row[d], weights[d * stride + replica], residual);
                    }

                    residual *= factor;
                    for (int d = 0; d < dimension; d++)
                    {
                        int i = d * stride + replica;
                        total[i] = Math.FusedMultiplyAdd(row[d], residual, total[i]);
                        if (!size.IsEmpty)
                        {
                            size[i] = Math.FusedMultiplyAdd(Math.Abs(row[d]), Math.Abs(residual), size[i]);
                        }
                    }
                }
            }
        }
    }
}
