using System;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Rules;

/// <summary>One step of a rule for one coordinate, written over an algebra; a rule of your own is this function and nothing else.</summary>
/// <typeparam name="T">Number system: lanes in an ensemble, one double in a pure step.</typeparam>
public interface IRuleStep<T>
    where T : struct, IAlgebra<T>
{
    /// <summary>Advances W, and P where the rule has it, in place.</summary>
    /// <param name="w">W on entry, W′ on return.</param>
    /// <param name="p">P on entry, P′ on return; 0 for rules without it, and not kept.</param>
    /// <param name="gradient">g, loss/weight.</param>
    /// <param name="magnitude">Total of |gₙ| over the parts that g was sent in; |g| if it was sent as one.</param>
    void Step(ref T w, ref T p, T gradient, T magnitude);
}

/// <summary>The loop around a rule's step, specialised for it: return one from <see cref="UpdateRule.In{T}"/>.</summary>
/// <typeparam name="T">Lanes.</typeparam>
/// <typeparam name="TStep">The step, a struct, so that nothing is virtual inside the loop.</typeparam>
/// <param name="step">The step with its parameters.</param>
public sealed class CoordinateKernel<T, TStep>(TStep step) : RuleKernel<T>
    where T : struct, ILanes<T>
    where TStep : struct, IRuleStep<T>
{
    /// <inheritdoc/>
    public override void Advance(Span<T> w, Span<T> p, ReadOnlySpan<T> gradient, ReadOnlySpan<T> magnitude)
    {
        TStep rule = step;
        gradient = gradient[..w.Length];
        T none = T.Zero;
        for (int i = 0; i < w.Length; i++)
        {
            T size = magnitude.IsEmpty ? T.Abs(gradient[i]) : magnitude[i];
            if (p.IsEmpty)
            {
                none = T.Zero;
                rule.Step(ref w[i], ref none, gradient[i], size);
            }
            else
            {
                rule.Step(ref w[i], ref p[i], gradient[i], size);
            }
        }
    }
}

/// <summary>One step for one coordinate of one replica; must be a pure function of its arguments.</summary>
/// <param name="w">W on entry, W′ on return.</param>
/// <param name="p">P on entry, P′ on return; 0 for rules without it.</param>
/// <param name="gradient">g, loss/weight.</param>
/// <param name="magnitude">Total of |gₙ| over the parts that g was sent in; |g| if it was sent as one.</param>
public delegate void CoordinateStep(ref double w, ref double p, double gradient, double magnitude);

/// <summary>A rule that a user supplies as a scalar function; every lane calls it, from several threads.</summary>
/// <param name="hasAuxiliary">Whether the rule keeps P.</param>
/// <param name="mixing">γ ≥ 0: the gradient is taken at W + γP.</param>
/// <param name="step">One step for one coordinate.</param>
public sealed class SuppliedRule(bool hasAuxiliary, double mixing, CoordinateStep step) : UpdateRule
{
    /// <inheritdoc/>
    public override bool HasAuxiliary => hasAuxiliary;

    /// <inheritdoc/>
    public override double Mixing => mixing;

    /// <inheritdoc/>
    public override RuleKernel<T> In<T>() => new Kernel<T>(step);

    private sealed class Kernel<T>(CoordinateStep step) : RuleKernel<T>
        where T : struct, ILanes<T>
    {
        public override void Advance(Span<T> w, Span<T> p, ReadOnlySpan<T> gradient, ReadOnlySpan<T> magnitude)
        {
            Span<double> main = Lanes.Doubles(w);
            Span<double> auxiliary = Lanes.Doubles(p);
            ReadOnlySpan<double> slope = Lanes.Doubles(gradient);
            ReadOnlySpan<double> total = Lanes.Doubles(magnitude);
            for (int i = 0; i < main.Length; i++)
            {
                double none = 0.0;
                double size = total.IsEmpty ? Math.Abs(slope[i]) : total[i];
                step(ref main[i], ref auxiliary.IsEmpty ? ref none : ref auxiliary[i], slope[i], size);
            }
        }
    }
}
