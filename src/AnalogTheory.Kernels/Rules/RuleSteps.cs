using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;

namespace AnalogTheory.Kernels.Rules;

/// <summary>One step of one element of Analog SGD, W′ = U(W, −αg) (v1 eq. 3), over an algebra.</summary>
/// <remarks>Ensembles run it over lanes, a solver reads it as text; the sign stands here only.</remarks>
/// <param name="learningRate">α, weight²/loss.</param>
public readonly struct AnalogSgdStep<T>(T learningRate)
    where T : struct, IAlgebra<T>
{
    private readonly T _rate = -learningRate;
    private readonly T _size = T.Abs(learningRate);

    /// <summary>W′.</summary>
    /// <param name="law">Device.</param>
    /// <param name="w">W.</param>
    /// <param name="gradient">g.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Next<TLaw>(TLaw law, T w, T gradient)
        where TLaw : struct, IResponseLaw<T> => AnalogUpdate.Apply(law, w, _rate * gradient);

    /// <summary>W′ where the gradient was sent in parts.</summary>
    /// <param name="law">Device.</param>
    /// <param name="w">W.</param>
    /// <param name="gradient">g.</param>
    /// <param name="magnitude">Total of |gₙ| over the parts.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Next<TLaw>(TLaw law, T w, T gradient, T magnitude)
        where TLaw : struct, IResponseLaw<T> => AnalogUpdate.Apply(law, w, _rate * gradient, _size * magnitude);
}

/// <summary>One step of one element of a rule with two arrays, P′ = U(P, a·g), W′ = U(W, b·P′), over an algebra.</summary>
/// <param name="toAuxiliary">a, signed, weight²/loss.</param>
/// <param name="toMain">b, signed, dimensionless.</param>
public readonly struct TwoArraysStep<T>(T toAuxiliary, T toMain)
    where T : struct, IAlgebra<T>
{
    private readonly T _size = T.Abs(toAuxiliary);

    /// <summary>a, signed.</summary>
    public T ToAuxiliary => toAuxiliary;

    /// <summary>b, signed.</summary>
    public T ToMain => toMain;

    /// <summary>Tiki-Taka (v1 TT-P, TT-W): a = +β, b = −α.</summary>
    /// <param name="learningRate">β, rate of P, weight²/loss.</param>
    /// <param name="transferRate">α, rate of W, dimensionless.</param>
    public static TwoArraysStep<T> TikiTaka(T learningRate, T transferRate) => new(learningRate, -transferRate);

    /// <summary>Residual learning (arXiv 2502.06309): a = −α, b = +β.</summary>
    /// <param name="learningRate">α, rate of P, weight²/loss.</param>
    /// <param name="transferRate">β, rate of W, dimensionless.</param>
    public static TwoArraysStep<T> ResidualLearning(T learningRate, T transferRate) => new(-learningRate, transferRate);

    /// <summary>P′.</summary>
    /// <param name="law">Device of P.</param>
    /// <param name="p">P.</param>
    /// <param name="gradient">g.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T NextAuxiliary<TLaw>(TLaw law, T p, T gradient)
        where TLaw : struct, IResponseLaw<T> => AnalogUpdate.Apply(law, p, toAuxiliary * gradient);

    /// <summary>P′ where the gradient was sent in parts.</summary>
    /// <param name="law">Device of P.</param>
    /// <param name="p">P.</param>
    /// <param name="gradient">g.</param>
    /// <param name="magnitude">Total of |gₙ| over the parts.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T NextAuxiliary<TLaw>(TLaw law, T p, T gradient, T magnitude)
        where TLaw : struct, IResponseLaw<T> => AnalogUpdate.Apply(law, p, toAuxiliary * gradient, _size * magnitude);

    /// <summary>W′.</summary>
    /// <param name="law">Device of W.</param>
    /// <param name="w">W.</param>
    /// <param name="nextAuxiliary">P′.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T NextMain<TLaw>(TLaw law, T w, T nextAuxiliary)
        where TLaw : struct, IResponseLaw<T> => AnalogUpdate.Apply(law, w, toMain * nextAuxiliary);
}

/// <summary>The steps above on a device whose law is still open: one element in any number system.</summary>
public static class ElementStep
{
    /// <summary>W′ of Analog SGD.</summary>
    /// <param name="device">Device of W.</param>
    /// <param name="learningRate">α, weight²/loss.</param>
    /// <param name="w">W.</param>
    /// <param name="gradient">g.</param>
    public static T AnalogSgd<T>(DeviceLaw device, T learningRate, T w, T gradient)
        where T : struct, IAlgebra<T> => device.Accept<T, AnalogSgdVisitor<T>, T>(new AnalogSgdVisitor<T>(new(learningRate), w, gradient));

    /// <summary>P′ and W′ of Tiki-Taka.</summary>
    /// <param name="auxiliary">Device of P.</param>
    /// <param name="main">Device of W.</param>
    /// <param name="learningRate">β, rate of P, weight²/loss.</param>
    /// <param name="transferRate">α, rate of W, dimensionless.</param>
    /// <param name="p">P.</param>
    /// <param name="w">W.</param>
    /// <param name="gradient">g.</param>
    public static (T Auxiliary, T Main) TikiTaka<T>(
        DeviceLaw auxiliary,
        DeviceLaw main,
        T learningRate,
        T transferRate,
        T p,
        T w,
        T gradient
    )
        where T : struct, IAlgebra<T>
    {
        TwoArraysStep<T> step = TwoArraysStep<T>.TikiTaka(learningRate, transferRate);
        T next = auxiliary.Accept<T, AuxiliaryVisitor<T>, T>(new AuxiliaryVisitor<T>(step, p, gradient));
        return (next, main.Accept<T, MainVisitor<T>, T>(new MainVisitor<T>(step, w, next)));
    }

    private readonly struct AnalogSgdVisitor<T>(AnalogSgdStep<T> step, T w, T gradient) : ILawVisitor<T, T>
        where T : struct, IAlgebra<T>
    {
        public T Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T> => step.Next(law, w, gradient);
    }

    private readonly struct AuxiliaryVisitor<T>(TwoArraysStep<T> step, T p, T gradient) : ILawVisitor<T, T>
        where T : struct, IAlgebra<T>
    {
        public T Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T> => step.NextAuxiliary(law, p, gradient);
    }

    private readonly struct MainVisitor<T>(TwoArraysStep<T> step, T w, T nextAuxiliary) : ILawVisitor<T, T>
        where T : struct, IAlgebra<T>
    {
        public T Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T> => step.NextMain(law, w, nextAuxiliary);
    }
}
