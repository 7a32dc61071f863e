using System;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Objectives;

/// <summary>Writes ∇f(w) of one weight vector.</summary>
/// <param name="w">Weights; length D.</param>
/// <param name="gradient">Receives ∇f(w); length D.</param>
public delegate void GradientFunction(ReadOnlySpan<double> w, Span<double> gradient);

/// <summary>f(w) − f* of one weight vector.</summary>
/// <param name="w">Weights; length D.</param>
public delegate double ExcessFunction(ReadOnlySpan<double> w);

/// <summary>An objective that a user supplies as two functions of one weight vector; called once per replica, from several threads.</summary>
/// <param name="dimension">D ≥ 1.</param>
/// <param name="gradient">∇f; must be a pure function of w.</param>
/// <param name="excess">f − f*; must be a pure function of w.</param>
public sealed class SuppliedObjective(int dimension, GradientFunction gradient, ExcessFunction excess) : Objective
{
    /// <inheritdoc/>
    public override int Dimension => dimension;

    /// <inheritdoc/>
    public override ObjectiveKernel<T> In<T>() => new SuppliedKernel<T>(dimension, gradient, excess);
}

internal sealed class SuppliedKernel<T>(int dimension, GradientFunction gradient, ExcessFunction excess) : ObjectiveKernel<T>
    where T : struct, ILanes<T>
{
    private readonly double[] _w = new double[dimension];
    private readonly double[] _gradient = new double[dimension];

    public override void Gradient(ReadOnlySpan<T> w, Span<T> result, int vectors)
    {
        int stride = vectors * T.Count;
        Span<double> output = Lanes.Doubles(result);
        for (int replica = 0; replica < stride; replica++)
        {
            Gather(w, replica, stride);
            gradient(_w, _gradient);
            for (int d = 0; d < dimension; d++)
            {
                output[d * stride + replica] = _gradient[d];
            }
        }
    }

    public override void Excess(ReadOnlySpan<T> w, ReadOnlySpan<T> gradientAtW, Span<T> result, int vectors)
    {
        int stride = vectors * T.Count;
        Span<double> output = Lanes.Doubles(result);
        for (int replica = 0; replica < stride; replica++)
        {
            Gather(w, replica, stride);
            output[replica] = excess(_w);
        }
    }

    private void Gather(ReadOnlySpan<T> w, int replica, int stride)
    {
        ReadOnlySpan<double> input = Lanes.Doubles(w);
        for (int d = 0; d < dimension; d++)
        {
            _w[d] = input[d * stride + replica];
        }
    }
}
