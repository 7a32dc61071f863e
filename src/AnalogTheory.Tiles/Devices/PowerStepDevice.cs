using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements whose steps are powers of the distance to the bound: q₊ = ((b₊ − v)/(b₊ − b₋))^γ₊, q₋ = ((v − b₋)/(b₊ − b₋))^γ₋, v = w + r.</summary>
/// <remarks>AIHWKIT's <c>PowStepDevice</c>, and with a reference <c>PowStepReferenceDevice</c>. At w = 0 between symmetric bounds a step is Δw_min·2^−γ.</remarks>
public sealed record PowerStepDevice : DeviceSettings
{
    /// <summary>Mean exponent γ &gt; 0 (<c>pow_gamma</c>).</summary>
    public double Exponent { get; init; } = 1.0;

    /// <summary>Spread of the exponent, which both directions share (<c>pow_gamma_dtod</c>).</summary>
    public double ExponentSpread { get; init; } = 0.1;

    /// <summary>Share by which one exponent is smaller: the one down if positive, the one up if negative (<c>pow_up_down</c>).</summary>
    public double ExponentUpDown { get; init; }

    /// <summary>Spread of the antisymmetric part of the exponents, relative to γ (<c>pow_up_down_dtod</c>).</summary>
    public double ExponentUpDownSpread { get; init; }

    /// <summary>Mean reference, unit of weight (<c>reference_mean</c> of <c>PowStepReferenceDevice</c>).</summary>
    public double ReferenceMean { get; init; }

    /// <summary>Deviation of the reference from element to element, unit of weight (<c>reference_std</c>).</summary>
    public double ReferenceSpread { get; init; }

    /// <inheritdoc/>
    public override double PulseGranularity => Granularity * Math.Pow(0.5, Exponent);

    internal override int LawParameters => 5;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Check(Exponent > 0.0, Exponent, nameof(Exponent), "a number above 0");
        Check(Math.Abs(ExponentUpDown) < 1.0, ExponentUpDown, nameof(ExponentUpDown), "a number between −1 and 1");
        Check(double.IsFinite(ReferenceMean), ReferenceMean, nameof(ReferenceMean), "a finite number");
        NotNegative(ExponentSpread, nameof(ExponentSpread));
        NotNegative(ExponentUpDownSpread, nameof(ExponentUpDownSpread));
        NotNegative(ReferenceSpread, nameof(ReferenceSpread));
    }

    internal override void Complete(ElementDraws draws)
    {
        double[] common = draws.Normals(Quantity.Exponent, ExponentSpread);
        double[] differences = draws.Normals(Quantity.ExponentDifference, ExponentUpDownSpread);
        double[] references = draws.Normals(Quantity.Reference, ReferenceSpread);
        for (int e = 0; e < draws.Count; e++)
        {
            double gain = 1.0 + ExponentSpread * common[e];
            double difference = ExponentUpDownSpread * differences[e];
            double reference = ReferenceMean + ReferenceSpread * references[e];

            // A stuck element has no range; any will do, since its steps are 0.
            bool stuck = draws.Lower[e] == draws.Upper[e];
            draws.Law(0)[e] = stuck ? draws.Upper[e] + 1.0 : draws.Upper[e];
            draws.Law(1)[e] = draws.Lower[e];
            draws.Law(2)[e] = Exponent * (gain + difference + Math.Min(ExponentUpDown, 0.0));
            draws.Law(3)[e] = Exponent * (gain - difference - Math.Max(ExponentUpDown, 0.0));
            draws.Law(4)[e] = reference;
            draws.Upper[e] -= reference;
            draws.Lower[e] -= reference;
        }
    }

    internal override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        visitor.Visit<Maker<T>, Stepped<Referenced<PowerStep<T>, T>, T>>(default);

    private protected override DeviceSettings WithoutOwnSpread() =>
        this with
        {
            ExponentSpread = 0.0,
            ExponentUpDownSpread = 0.0,
            ReferenceSpread = 0.0,
        };

    private readonly struct Maker<T> : ILawMaker<T, Stepped<Referenced<PowerStep<T>, T>, T>>
        where T : struct, IAlgebra<T>
    {
        public Stepped<Referenced<PowerStep<T>, T>, T> Make<TParameters>(TParameters parameters)
            where TParameters : struct, IElementParameters<T>, allows ref struct
        {
            PowerStep<T> law = new(
                parameters.At(Parameter.Law),
                parameters.At(Parameter.Law + 1),
                parameters.At(Parameter.Law + 2),
                parameters.At(Parameter.Law + 3)
            );
            return new(new(law, parameters.At(Parameter.Law + 4)), parameters.At(Parameter.StepUp), parameters.At(Parameter.StepDown));
        }
    }
}
