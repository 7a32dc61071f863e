using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;

namespace AnalogTheory.Kernels.Rules;

/// <summary>Rules with an auxiliary array: P′ = U(P, a·g), W′ = U(W, b·P′), the gradient taken at W + γP.</summary>
/// <remarks>
/// Tiki-Taka (v1 TT-P, TT-W): a = +β, b = −α, γ = 0. Residual learning (arXiv 2502.06309): a = −α, b = +β. The two are one rule up to P → −P
/// where P's device has F even and G odd.
/// </remarks>
/// <param name="auxiliary">Device of P.</param>
/// <param name="main">Device of W.</param>
/// <param name="toAuxiliary">a, signed, weight²/loss.</param>
/// <param name="toMain">b, signed, dimensionless.</param>
/// <param name="mixing">γ ≥ 0, dimensionless.</param>
public sealed class TwoArrays(DeviceLaw auxiliary, DeviceLaw main, double toAuxiliary, double toMain, double mixing) : UpdateRule
{
    /// <summary>Tiki-Taka; its signs are those of <see cref="TwoArraysStep{T}.TikiTaka"/>.</summary>
    /// <param name="auxiliary">Device of P.</param>
    /// <param name="main">Device of W.</param>
    /// <param name="learningRate">β, rate of P, weight²/loss.</param>
    /// <param name="transferRate">α, rate of W, dimensionless.</param>
    public static TwoArrays TikiTaka(DeviceLaw auxiliary, DeviceLaw main, double learningRate, double transferRate) =>
        Of(auxiliary, main, TwoArraysStep<Scalar>.TikiTaka(new Scalar(learningRate), new Scalar(transferRate)), 0.0);

    /// <summary>Residual learning; its signs are those of <see cref="TwoArraysStep{T}.ResidualLearning"/>.</summary>
    /// <param name="auxiliary">Device of P.</param>
    /// <param name="main">Device of W.</param>
    /// <param name="learningRate">α, rate of P, weight²/loss.</param>
    /// <param name="transferRate">β, rate of W, dimensionless.</param>
    /// <param name="mixing">γ ≥ 0, dimensionless.</param>
    public static TwoArrays ResidualLearning(
        DeviceLaw auxiliary,
        DeviceLaw main,
        double learningRate,
        double transferRate,
        double mixing
    ) => Of(auxiliary, main, TwoArraysStep<Scalar>.ResidualLearning(new Scalar(learningRate), new Scalar(transferRate)), mixing);

    private static TwoArrays Of(DeviceLaw auxiliary, DeviceLaw main, TwoArraysStep<Scalar> step, double mixing) =>
        new(auxiliary, main, step.ToAuxiliary.Value, step.ToMain.Value, mixing);

    /// <inheritdoc/>
    public override bool HasAuxiliary => true;

    /// <inheritdoc/>
    public override double Mixing => mixing;

    /// <inheritdoc/>
    public override RuleKernel<T> In<T>() =>
        LawReader<T>.IsWorthwhile(auxiliary) || LawReader<T>.IsWorthwhile(main)
            ? new ReadingKernel<T>(LawReader<T>.Of(auxiliary), LawReader<T>.Of(main), toAuxiliary, toMain)
            : auxiliary.Accept<T, Outer<T>, RuleKernel<T>>(new Outer<T>(main, toAuxiliary, toMain));

    private readonly struct Outer<T>(DeviceLaw main, double toAuxiliary, double toMain) : ILawVisitor<T, RuleKernel<T>>
        where T : struct, ILanes<T>
    {
        public RuleKernel<T> Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T> =>
            main.Accept<T, Inner<T, TLaw>, RuleKernel<T>>(new Inner<T, TLaw>(law, toAuxiliary, toMain));
    }

    private readonly struct Inner<T, TAuxiliary>(TAuxiliary auxiliary, double toAuxiliary, double toMain) : ILawVisitor<T, RuleKernel<T>>
        where T : struct, ILanes<T>
        where TAuxiliary : struct, IResponseLaw<T>
    {
        public RuleKernel<T> Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T> => new Kernel<T, TAuxiliary, TLaw>(auxiliary, law, toAuxiliary, toMain);
    }

    private sealed class Kernel<T, TAuxiliary, TMain>(TAuxiliary auxiliary, TMain main, double toAuxiliary, double toMain) : RuleKernel<T>
        where T : struct, ILanes<T>
        where TAuxiliary : struct, IResponseLaw<T>
        where TMain : struct, IResponseLaw<T>
    {
        public override void Advance(Span<T> w, Span<T> p, ReadOnlySpan<T> gradient, ReadOnlySpan<T> magnitude)
        {
            TAuxiliary auxiliaryDevice = auxiliary;
            TMain mainDevice = main;
            TwoArraysStep<T> step = new(T.Constant(toAuxiliary), T.Constant(toMain));
            p = p[..w.Length];
            gradient = gradient[..w.Length];
            if (magnitude.IsEmpty)
            {
                for (int i = 0; i < w.Length; i++)
                {
                    T next = step.NextAuxiliary(auxiliaryDevice, p[i], gradient[i]);
                    p[i] = next;
                    w[i] = step.NextMain(mainDevice, w[i], next);
                }
            }
            else
            {
                magnitude = magnitude[..w.Length];
                for (int i = 0; i < w.Length; i++)
                {
                    T next = step.NextAuxiliary(auxiliaryDevice, p[i], gradient[i], magnitude[i]);
                    p[i] = next;
                    w[i] = step.NextMain(mainDevice, w[i], next);
                }
            }
        }
    }

    // The same steps, the devices read before the loop: W′ takes its own device at W, so both are known then.
    private sealed class ReadingKernel<T>(LawReader<T> auxiliary, LawReader<T> main, double toAuxiliary, double toMain) : RuleKernel<T>
        where T : struct, ILanes<T>
    {
        public override void Advance(Span<T> w, Span<T> p, ReadOnlySpan<T> gradient, ReadOnlySpan<T> magnitude)
        {
            TwoArraysStep<T> step = new(T.Constant(toAuxiliary), T.Constant(toMain));
            for (int start = 0; start < w.Length; start += LawReader<T>.Stretch)
            {
                int count = Math.Min(LawReader<T>.Stretch, w.Length - start);
                Span<T> mainPart = w.Slice(start, count);
                Span<T> auxiliaryPart = p.Slice(start, count);
                ReadOnlySpan<T> slope = gradient.Slice(start, count);
                ReadOnlySpan<T> size = magnitude.IsEmpty ? [] : magnitude.Slice(start, count);
                auxiliary.Read(auxiliaryPart);
                main.Read(mainPart);
                for (int i = 0; i < count; i++)
                {
                    T next = size.IsEmpty
                        ? step.NextAuxiliary(auxiliary[i], auxiliaryPart[i], slope[i])
                        : step.NextAuxiliary(auxiliary[i], auxiliaryPart[i], slope[i], size[i]);
                    auxiliaryPart[i] = next;
                    mainPart[i] = step.NextMain(main[i], mainPart[i], next);
                }
            }
        }
    }
}
