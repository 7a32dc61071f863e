using System;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Objectives;

/// <summary>One coordinate's part of a separable objective f(w) = Σ_d φ_d(w_d), with parameters (a, b) per coordinate.</summary>
public interface ISeparableTerm
{
    /// <summary>φ′(w).</summary>
    /// <param name="w">Weight w of the coordinate.</param>
    /// <param name="a">First parameter of the coordinate.</param>
    /// <param name="b">Second parameter of the coordinate.</param>
    static abstract T Derivative<T>(T w, T a, T b)
        where T : struct, IAlgebra<T>;

    /// <summary>φ(w) up to a constant.</summary>
    /// <param name="w">Weight w of the coordinate.</param>
    /// <param name="a">First parameter of the coordinate.</param>
    /// <param name="b">Second parameter of the coordinate.</param>
    static abstract T Value<T>(T w, T a, T b)
        where T : struct, IAlgebra<T>;
}

/// <summary>φ(w) = (a/2)(w − b)²: curvature a, minimiser b.</summary>
public readonly struct QuadraticTerm : ISeparableTerm
{
    /// <inheritdoc/>
    public static T Derivative<T>(T w, T a, T b)
        where T : struct, IAlgebra<T> => a * (w - b);

    /// <inheritdoc/>
    public static T Value<T>(T w, T a, T b)
        where T : struct, IAlgebra<T>
    {
        T x = w - b;
        return T.Constant(0.5) * a * x * x;
    }
}

/// <summary>Tilted double well φ(w) = (w² − a²)² + b·w: wells near ±a, told apart by the tilt b.</summary>
public readonly struct DoubleWellTerm : ISeparableTerm
{
    /// <inheritdoc/>
    public static T Derivative<T>(T w, T a, T b)
        where T : struct, IAlgebra<T> => T.Constant(4.0) * w * (w * w - a * a) + b;

    /// <inheritdoc/>
    public static T Value<T>(T w, T a, T b)
        where T : struct, IAlgebra<T>
    {
        T x = w * w - a * a;
        return x * x + b * w;
    }
}

/// <summary>Saturating loss φ(w) = (a/2)x²/(1 + x²), x = w − b (Geman–McClure): smooth, non-convex, curvature at most a.</summary>
public readonly struct SaturatingTerm : ISeparableTerm
{
    /// <inheritdoc/>
    public static T Derivative<T>(T w, T a, T b)
        where T : struct, IAlgebra<T>
    {
        T x = w - b;
        T s = T.One + x * x;
        return a * x / (s * s);
    }

    /// <inheritdoc/>
    public static T Value<T>(T w, T a, T b)
        where T : struct, IAlgebra<T>
    {
        T x = w - b;
        return T.Constant(0.5) * a * x * x / (T.One + x * x);
    }
}

/// <summary>f(w) = Σ_d φ(w_d; a_d, b_d) − f*.</summary>
/// <typeparam name="TTerm">φ.</typeparam>
/// <param name="first">a_d, length D.</param>
/// <param name="second">b_d, length D.</param>
/// <param name="minimum">Σ_d min φ(·; a_d, b_d), which <see cref="ObjectiveKernel{T}.Excess"/> subtracts.</param>
public sealed class Separable<TTerm>(double[] first, double[] second, double minimum) : Objective
    where TTerm : struct, ISeparableTerm
{
    /// <inheritdoc/>
    public override int Dimension => first.Length;

    /// <inheritdoc/>
    public override ObjectiveKernel<T> In<T>() => new SeparableKernel<T, TTerm>(first, second, minimum);
}

internal sealed class SeparableKernel<T, TTerm>(double[] first, double[] second, double minimum) : ObjectiveKernel<T>
    where T : struct, ILanes<T>
    where TTerm : struct, ISeparableTerm
{
    public override void Gradient(ReadOnlySpan<T> w, Span<T> gradient, int vectors)
    {
        gradient = gradient[..w.Length];
        for (int d = 0; d < first.Length; d++)
        {
            T a = T.Constant(first[d]);
            T b = T.Constant(second[d]);
            for (int i = d * vectors; i < (d + 1) * vectors; i++)
            {
                gradient[i] = TTerm.Derivative(w[i], a, b);
            }
        }
    }

    public override void Excess(ReadOnlySpan<T> w, ReadOnlySpan<T> gradient, Span<T> excess, int vectors)
    {
        for (int v = 0; v < vectors; v++)
        {
            T sum = T.Zero;
            for (int d = 0; d < first.Length; d++)
            {
                sum += TTerm.Value(w[d * vectors + v], T.Constant(first[d]), T.Constant(second[d]));
            }

            excess[v] = sum - T.Constant(minimum);
        }
    }
}
