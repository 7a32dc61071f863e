using System;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements whose response is a table: q± linear between nodes that are equally spaced from an element's lower to its upper bound.</summary>
/// <remarks>AIHWKIT's <c>PiecewiseStepDevice</c>.</remarks>
public sealed record PiecewiseStepDevice : DeviceSettings
{
    /// <summary>q₊ at the nodes, at least one; finite (<c>piecewise_up</c>).</summary>
    public ImmutableArray<double> Up { get; init; } = [1.0];

    /// <summary>q₋ at the nodes, as many (<c>piecewise_down</c>).</summary>
    public ImmutableArray<double> Down { get; init; } = [1.0];

    /// <summary>The step up at the middle node.</summary>
    public override double PulseGranularity => Granularity * Up[Up.Length / 2];

    internal override int LawParameters => 2;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (Up.IsDefaultOrEmpty || Down.IsDefault || Up.Length != Down.Length)
        {
            throw new ArgumentException(
                $"Expected as many nodes up as down and at least one, got {Up.Length} and {Down.Length}.",
                nameof(Up)
            );
        }

        for (int k = 0; k < Up.Length; k++)
        {
            Check(double.IsFinite(Up[k]), Up[k], nameof(Up), "finite responses");
            Check(double.IsFinite(Down[k]), Down[k], nameof(Down), "finite responses");
        }

        Check(PulseGranularity > 0.0, PulseGranularity, nameof(Up), "a response above 0 at the middle node");
    }

    internal override void Complete(ElementDraws draws)
    {
        for (int e = 0; e < draws.Count; e++)
        {
            double range = draws.Upper[e] - draws.Lower[e];
            draws.Law(0)[e] = draws.Lower[e];
            draws.Law(1)[e] = range > 0.0 ? 1.0 / range : 0.0;
        }
    }

    internal override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        visitor.Visit<Maker<T>, Stepped<PiecewiseStep<T>, T>>(
            new(ImmutableCollectionsMarshal.AsArray(Up)!, ImmutableCollectionsMarshal.AsArray(Down)!)
        );

    private protected override DeviceSettings WithoutOwnSpread() => this;

    private readonly struct Maker<T>(double[] up, double[] down) : ILawMaker<T, Stepped<PiecewiseStep<T>, T>>
        where T : struct, IAlgebra<T>
    {
        private readonly double[] _up = up;
        private readonly double[] _down = down;

        public Stepped<PiecewiseStep<T>, T> Make<TParameters>(TParameters parameters)
            where TParameters : struct, IElementParameters<T>, allows ref struct =>
            new(
                new(parameters.At(Parameter.Law), parameters.At(Parameter.Law + 1), _up, _down),
                parameters.At(Parameter.StepUp),
                parameters.At(Parameter.StepDown)
            );
    }
}
