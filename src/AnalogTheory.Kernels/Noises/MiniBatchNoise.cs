using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Objectives;

namespace AnalogTheory.Kernels.Noises;

/// <summary>Random sampling (v1's A7): the gradient of a batch of rows drawn with replacement instead of all rows.</summary>
/// <remarks>A row index is ⌊u·N⌋ of a 32-bit uniform, so a row's probability differs from 1/N by at most 2⁻³².</remarks>
/// <param name="rows">Objective whose samples are drawn: least squares, or one that a user supplies.</param>
/// <param name="batch">Rows per step, ≥ 1.</param>
public sealed class MiniBatchNoise(ISampledObjective rows, int batch) : NoiseModel
{
    /// <inheritdoc/>
    public override RawKind Raw => RawKind.Uniform;

    /// <inheritdoc/>
    public override int RawPerStep(int dimension) => batch;

    /// <inheritdoc/>
    public override bool Fits(Objective objective) => ReferenceEquals(rows, objective);

    /// <inheritdoc/>
    public override NoiseKernel<T> In<T>() =>
        rows is LeastSquares objective ? new RowKernel<T>(objective, batch) : new SampleKernel<T>(rows, batch);

    /// <summary>Replaces the full gradient by the batch's; each lane draws its own rows, so lanes go one by one.</summary>
    private sealed class RowKernel<T>(LeastSquares objective, int batch) : NoiseKernel<T>
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

    /// <summary>The same for samples that are functions of one weight vector.</summary>
    private sealed class SampleKernel<T>(ISampledObjective objective, int batch) : NoiseKernel<T>
        where T : struct, ILanes<T>
    {
        private double[] _w = [];
        private double[] _gradient = [];

        public override void Add(ReadOnlySpan<T> raw, ReadOnlySpan<T> w, Span<T> gradient, Span<T> magnitude, int vectors)
        {
            int stride = vectors * T.Count;
            ReadOnlySpan<double> draws = Lanes.Doubles(raw);
            ReadOnlySpan<double> weights = Lanes.Doubles(w);
            Span<double> total = Lanes.Doubles(gradient);
            Span<double> size = Lanes.Doubles(magnitude);
            Array.Resize(ref _w, weights.Length / stride);
            Array.Resize(ref _gradient, _w.Length);
            gradient.Clear();
            magnitude.Clear();
            for (int replica = 0; replica < stride; replica++)
            {
                for (int d = 0; d < _w.Length; d++)
                {
                    _w[d] = weights[d * stride + replica];
                }

                for (int k = 0; k < batch; k++)
                {
                    _gradient.AsSpan().Clear();
                    objective.SampleGradient((int)(draws[k * stride + replica] * objective.Samples), _w, _gradient);
                    for (int d = 0; d < _w.Length; d++)
                    {
                        int i = d * stride + replica;
                        total[i] += _gradient[d] / batch;
                        if (!size.IsEmpty)
                        {
                            size[i] += Math.Abs(_gradient[d]) / batch;
                        }
                    }
                }
            }
        }
    }
}
