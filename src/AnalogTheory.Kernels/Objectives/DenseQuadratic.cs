using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Objectives;

/// <summary>f(w) = f* + ½(w−w*)ᵀH(w−w*), H symmetric and row-major.</summary>
/// <param name="hessian">H, D×D, row-major; loss/weight².</param>
/// <param name="minimizer">w*, length D.</param>
public class DenseQuadratic(double[] hessian, double[] minimizer) : Objective, IAlgebraicObjective
{
    /// <inheritdoc/>
    public override int Dimension => minimizer.Length;

    /// <inheritdoc/>
    public override ObjectiveKernel<T> In<T>() => new DenseQuadraticKernel<T>(hessian, minimizer);

    /// <inheritdoc/>
    public T[] GradientIn<T>(T[] w)
        where T : struct, IAlgebra<T>
    {
        ArgumentNullException.ThrowIfNull(w);
        T[] gradient = new T[w.Length];
        for (int row = 0; row < w.Length; row++)
        {
            T sum = T.Zero;
            for (int j = 0; j < w.Length; j++)
            {
                sum += T.Constant(hessian[row * w.Length + j]) * (w[j] - T.Constant(minimizer[j]));
            }

            gradient[row] = sum;
        }

        return gradient;
    }

    /// <inheritdoc/>
    public T ValueIn<T>(T[] w)
        where T : struct, IAlgebra<T>
    {
        T[] gradient = GradientIn(w);
        T sum = T.Zero;
        for (int d = 0; d < w.Length; d++)
        {
            sum += gradient[d] * (w[d] - T.Constant(minimizer[d]));
        }

        return sum * T.Constant(0.5);
    }
}

/// <summary>Dense quadratic over lanes: a matrix-vector product per replica, rows in tiles of four so that each weight is loaded once for four sums.</summary>
internal class DenseQuadraticKernel<T>(double[] hessian, double[] minimizer) : ObjectiveKernel<T>
    where T : struct, ILanes<T>
{
    private readonly int _dimension = minimizer.Length;
    private T[] _offset = [];

    public override void Gradient(ReadOnlySpan<T> w, Span<T> gradient, int vectors)
    {
        int dimension = _dimension;
        Span<T> offset = Offset(w, vectors);
        int v = 0;
        for (; v + 2 <= vectors; v += 2)
        {
            int row = 0;
            for (; row + 4 <= dimension; row += 4)
            {
                FourRowsTwoVectors(row, v, vectors, offset, gradient);
            }

            for (; row < dimension; row++)
            {
                OneRow(row, v, vectors, offset, gradient);
                OneRow(row, v + 1, vectors, offset, gradient);
            }
        }

        for (; v < vectors; v++)
        {
            for (int row = 0; row < dimension; row++)
            {
                OneRow(row, v, vectors, offset, gradient);
            }
        }
    }

    public override void Excess(ReadOnlySpan<T> w, ReadOnlySpan<T> gradient, Span<T> excess, int vectors)
    {
        Span<T> offset = Offset(w, vectors);
        for (int v = 0; v < vectors; v++)
        {
            T sum = T.Zero;
            for (int d = 0; d < _dimension; d++)
            {
                sum = T.FusedMultiplyAdd(offset[d * vectors + v], gradient[d * vectors + v], sum);
            }

            excess[v] = sum * T.Constant(0.5);
        }
    }

    // w − w* first, so that the gradient is exactly zero at the minimiser.
    private Span<T> Offset(ReadOnlySpan<T> w, int vectors)
    {
        if (_offset.Length < w.Length)
        {
            _offset = new T[w.Length];
        }

        Span<T> offset = _offset.AsSpan(0, w.Length);
        for (int d = 0; d < _dimension; d++)
        {
            T target = T.Constant(minimizer[d]);
            for (int v = 0; v < vectors; v++)
            {
                offset[d * vectors + v] = w[d * vectors + v] - target;
            }
        }

        return offset;
    }

    private void OneRow(int row, int v, int vectors, ReadOnlySpan<T> offset, Span<T> gradient)
    {
        ReadOnlySpan<double> h = hessian.AsSpan(row * _dimension, _dimension);
        T sum = T.Zero;
        for (int j = 0; j < h.Length; j++)
        {
            sum = T.FusedMultiplyAdd(T.Constant(h[j]), offset[j * vectors + v], sum);
        }

        gradient[row * vectors + v] = sum;
    }

    // The same sums in the same order as OneRow, eight at a time: bits are equal.
    private void FourRowsTwoVectors(int row, int v, int vectors, ReadOnlySpan<T> offset, Span<T> gradient)
    {
        int dimension = _dimension;
        ref double h0 = ref MemoryMarshal.GetReference(hessian.AsSpan(row * dimension, 4 * dimension));
        ref double h1 = ref Unsafe.Add(ref h0, dimension);
        ref double h2 = ref Unsafe.Add(ref h1, dimension);
        ref double h3 = ref Unsafe.Add(ref h2, dimension);
        ref T x = ref MemoryMarshal.GetReference(offset.Slice(v, (dimension - 1) * vectors + 2));
        T a0 = T.Zero,
            b0 = T.Zero,
            a1 = T.Zero,
            b1 = T.Zero,
            a2 = T.Zero,
            b2 = T.Zero,
            a3 = T.Zero,
            b3 = T.Zero;
        for (nint j = 0; j < dimension; j++)
        {
            T xa = x;
            T xb = Unsafe.Add(ref x, 1);
            T h = T.Constant(Unsafe.Add(ref h0, j));
            a0 = T.FusedMultiplyAdd(h, xa, a0);
            b0 = T.FusedMultiplyAdd(h, xb, b0);
            h = T.Constant(Unsafe.Add(ref h1, j));
            a1 = T.FusedMultiplyAdd(h, xa, a1);
            b1 = T.FusedMultiplyAdd(h, xb, b1);
            h = T.Constant(Unsafe.Add(ref h2, j));
            a2 = T.FusedMultiplyAdd(h, xa, a2);
            b2 = T.FusedMultiplyAdd(h, xb, b2);
            h = T.Constant(Unsafe.Add(ref h3, j));
            a3 = T.FusedMultiplyAdd(h, xa, a3);
            b3 = T.FusedMultiplyAdd(h, xb, b3);
            x = ref Unsafe.Add(ref x, vectors);
        }

        Span<T> g = gradient[(row * vectors + v)..];
        (g[0], g[1]) = (a0, b0);
        (g[vectors], g[vectors + 1]) = (a1, b1);
        (g[2 * vectors], g[2 * vectors + 1]) = (a2, b2);
        (g[3 * vectors], g[3 * vectors + 1]) = (a3, b3);
    }
}
