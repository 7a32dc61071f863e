using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;

namespace AnalogTheory.Kernels.Rules;

/// <summary>Analog SGD, W′ = U(W, −αg) (v1 eq. 3).</summary>
/// <param name="device">Device of W.</param>
/// <param name="learningRate">α, weight²/loss.</param>
public sealed class AnalogSgd(DeviceLaw device, double learningRate) : UpdateRule
{
    /// <inheritdoc/>
    public override bool HasAuxiliary => false;

    /// <inheritdoc/>
    public override RuleKernel<T> In<T>() =>
        LawReader<T>.IsWorthwhile(device)
            ? new ReadingKernel<T>(LawReader<T>.Of(device), learningRate)
            : device.Accept<T, Maker<T>, RuleKernel<T>>(new Maker<T>(learningRate));

    private readonly struct Maker<T>(double learningRate) : ILawVisitor<T, RuleKernel<T>>
        where T : struct, ILanes<T>
    {
        public RuleKernel<T> Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T> => new Kernel<T, TLaw>(law, learningRate);
    }

    private sealed class Kernel<T, TLaw>(TLaw law, double learningRate) : RuleKernel<T>
        where T : struct, ILanes<T>
        where TLaw : struct, IResponseLaw<T>
    {
        public override void Advance(Span<T> w, Span<T> p, ReadOnlySpan<T> gradient, ReadOnlySpan<T> magnitude)
        {
            TLaw device = law;
            AnalogSgdStep<T> step = new(T.Constant(learningRate));
            gradient = gradient[..w.Length];
            if (magnitude.IsEmpty)
            {
                for (int i = 0; i < w.Length; i++)
                {
                    w[i] = step.Next(device, w[i], gradient[i]);
                }
            }
            else
            {
                magnitude = magnitude[..w.Length];
                for (int i = 0; i < w.Length; i++)
                {
                    w[i] = step.Next(device, w[i], gradient[i], magnitude[i]);
                }
            }
        }
    }

    // The same steps, the device read before the loop.
    private sealed class ReadingKernel<T>(LawReader<T> device, double learningRate) : RuleKernel<T>
        where T : struct, ILanes<T>
    {
        public override void Advance(Span<T> w, Span<T> p, ReadOnlySpan<T> gradient, ReadOnlySpan<T> magnitude)
        {
            AnalogSgdStep<T> step = new(T.Constant(learningRate));
            for (int start = 0; start < w.Length; start += LawReader<T>.Stretch)
            {
                Span<T> part = w.Slice(start, Math.Min(LawReader<T>.Stretch, w.Length - start));
                ReadOnlySpan<T> slope = gradient.Slice(start, part.Length);
                device.Read(part);
                if (magnitude.IsEmpty)
                {
                    for (int i = 0; i < part.Length; i++)
                    {
                        part[i] = step.Next(device[i], part[i], slope[i]);
                    }
                }
                else
                {
                    ReadOnlySpan<T> size = magnitude.Slice(start, part.Length);
                    for (int i = 0; i < part.Length; i++)
                    {
                        part[i] = step.Next(device[i], part[i], slope[i], size[i]);
                    }
                }
            }
        }
    }
}
