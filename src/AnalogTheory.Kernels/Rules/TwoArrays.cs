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
    /// <inheritdoc/>
    public override bool HasAuxiliary => true;

    /// <inheritdoc/>
    public override double Mixing => mixing;

    /// <inheritdoc/>
    public override RuleKernel<T> In<T>() =>
        auxiliary.Accept<T, Outer<T>, RuleKernel<T>>(new Outer<T>(main, toAuxiliary, toMain));

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
            T a = T.Constant(toAuxiliary);
            T size = T.Constant(Math.Abs(toAuxiliary));
            T b = T.Constant(toMain);
            p = p[..w.Length];
            gradient = gradient[..w.Length];
            for (int i = 0; i < w.Length; i++)
            {
                T increment = a * gradient[i];
                T total = magnitude.IsEmpty ? T.Abs(increment) : size * magnitude[i];
                T next = AnalogUpdate.Apply(auxiliaryDevice, p[i], increment, total);
                p[i] = next;
                w[i] = AnalogUpdate.Apply(mainDevice, w[i], b * next);
            }
        }
    }
}
