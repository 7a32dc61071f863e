using System;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>Piecewise-linear device: q₊ and q₋ given at nodes that are equally spaced from τ_min to τ_max.</summary>
/// <remarks>AIHWKIT's <c>PiecewiseStepDevice</c>. The sum Σ (q_{k+1} − q_k)·clamp(t − k, 0, 1) needs no table look-up, so elements with bounds of their own
/// share the nodes and still run in lanes. Beyond the bounds the response is that at the bound.</remarks>
/// <typeparam name="T">Number system.</typeparam>
public readonly struct PiecewiseStep<T> : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _lower;
    private readonly T _sections;
    private readonly double[] _up;
    private readonly double[] _down;

    /// <summary>The device with given bounds and nodes.</summary>
    /// <param name="lower">τ_min, unit of weight.</param>
    /// <param name="inverseRange">1/(τ_max − τ_min).</param>
    /// <param name="up">q₊ at the nodes; at least one, and not changed afterwards.</param>
    /// <param name="down">q₋ at the nodes; as many.</param>
    /// <exception cref="ArgumentException">No node, or not as many for both directions.</exception>
    public PiecewiseStep(T lower, T inverseRange, double[] up, double[] down)
    {
        if (up.Length == 0 || up.Length != down.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected as many nodes up as down and at least one, got {up.Length} and {down.Length}."),
                nameof(up)
            );
        }

        _lower = lower;
        _sections = inverseRange * T.Constant(up.Length - 1);
        _up = up;
        _down = down;
    }

    /// <inheritdoc/>
    public T Up(T w) => Interpolate((w - _lower) * _sections, _up);

    /// <inheritdoc/>
    public T Down(T w) => Interpolate((w - _lower) * _sections, _down);

    private static T Interpolate(T t, double[] nodes)
    {
        T value = T.Constant(nodes[0]);
        for (int k = 0; k + 1 < nodes.Length; k++)
        {
            T share = T.Max(T.Zero, T.Min(T.One, t - T.Constant(k)));
            value += T.Constant(nodes[k + 1] - nodes[k]) * share;
        }

        return value;
    }
}
