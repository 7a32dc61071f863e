using System;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Rules;

/// <summary>Digital SGD, W′ = W − αg (v1 eq. 2).</summary>
/// <param name="learningRate">α, weight²/loss.</param>
public sealed class DigitalSgd(double learningRate) : UpdateRule
{
    /// <inheritdoc/>
    public override bool HasAuxiliary => false;

    /// <inheritdoc/>
    public override RuleKernel<T> In<T>() => new Kernel<T>(learningRate);

    private sealed class Kernel<T>(double learningRate) : RuleKernel<T>
        where T : struct, ILanes<T>
    {
        public override void Advance(Span<T> w, Span<T> p, ReadOnlySpan<T> gradient, ReadOnlySpan<T> magnitude)
        {
            T rate = T.Constant(-learningRate);
            gradient = gradient[..w.Length];
            for (int i = 0; i < w.Length; i++)
            {
                // The increment is rounded before it is added, as on an analog device, so that the ideal device gives the same bits.
                w[i] += rate * gradient[i];
            }
        }
    }
}
