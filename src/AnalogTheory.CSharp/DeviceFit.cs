using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.FSharp.Core;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>A number that a fit estimates.</summary>
/// <param name="Symbol">Symbol, such as <c>τ</c>.</param>
/// <param name="Value">Best value.</param>
/// <param name="StandardError">Standard error; ∞ where the data do not determine the quantity.</param>
/// <param name="Lower">Lower end of the confidence interval.</param>
/// <param name="Upper">Upper end of the confidence interval.</param>
public readonly record struct FittedQuantity(string Symbol, double Value, double StandardError, double Lower, double Upper)
{
    internal FittedQuantity(Core.FittedQuantity inner)
        : this(inner.Symbol, inner.Value, inner.StandardError, inner.Lower, inner.Upper) { }

    /// <summary>Whether the data determine the quantity.</summary>
    public bool IsIdentified => double.IsFinite(StandardError);

    /// <summary>Symbol, value and interval, such as <c>τ = 0.6012 [0.5988, 0.6037]</c>.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Symbol} = {Value:G5} [{Lower:G5}, {Upper:G5}]");
}

/// <summary>One reading against its prediction from those before it.</summary>
/// <param name="Device">Device of the trace.</param>
/// <param name="Trace">Name of the trace.</param>
/// <param name="Pulse">Pulses before the reading.</param>
/// <param name="Direction">Direction of the pulses that led to it, +1 or −1.</param>
/// <param name="Weight">The reading before it, unit of the measurement.</param>
/// <param name="Residual">Reading less prediction, unit of the measurement.</param>
/// <param name="Standardised">The same by its standard deviation under the fitted noise.</param>
public readonly record struct FitResidual(
    string Device,
    string Trace,
    long Pulse,
    int Direction,
    double Weight,
    double Residual,
    double Standardised
);

/// <summary>Whether a law describes the mean steps: an F test of residuals in bins of weight and direction.</summary>
/// <param name="Ratio">Ratio of mean squares between and within bins.</param>
/// <param name="PValue">Probability of a ratio at least as large if the law holds; below 0.01 it does not describe the steps.</param>
/// <param name="LargestMisfit">Largest mean residual of a bin, in steps at the symmetric point.</param>
public readonly record struct LackOfFit(double Ratio, double PValue, double LargestMisfit);

/// <summary>How pulses of one kind differ.</summary>
public enum CycleNoiseKind
{
    /// <summary>The whole step is scaled by 1 + σ·ξ.</summary>
    Multiplicative,

    /// <summary>σ·ξ·Δw_min is added to the step, whatever the weight.</summary>
    Additive,
}

/// <summary>A law fitted to measured pulses. Immutable.</summary>
/// <remarks>
/// Data determine the step sizes Δw_min·q₊ and Δw_min·q₋ where there are readings. They split into granularity and response by one convention for
/// all laws: Δw_min is the step that both directions share at the symmetric point, so F(w⋄) = 1, and laws can be compared.
/// </remarks>
public sealed class DeviceFit
{
    private readonly Core.DeviceFit _inner;

    internal DeviceFit(Core.DeviceFit inner)
    {
        _inner = inner;
        Device = new(inner.Device);
        Pulsed = new(inner.Pulsed);
        Parameters = [.. inner.Parameters.Select(quantity => new FittedQuantity(quantity))];
        Residuals =
        [
            .. inner.Residuals.Select(residual => new FitResidual(
                residual.Device,
                residual.Trace,
                residual.Pulse,
                residual.Direction,
                residual.Weight,
                residual.Residual,
                residual.Standardised
            )),
        ];
        Remarks = [.. inner.Remarks];
    }

    /// <summary>Name of the law, such as <c>linear step</c>.</summary>
    public string Law => _inner.Law;

    /// <summary>The fitted device, F(w⋄) = 1, for every use that devices have.</summary>
    public Device Device { get; }

    /// <summary>The same with its granularity and cycle noise.</summary>
    public PulsedDevice Pulsed { get; }

    /// <summary>Δw_min, then the law's parameters, with intervals.</summary>
    public ImmutableArray<FittedQuantity> Parameters { get; }

    /// <summary>Δw_min, the step at the symmetric point, unit of the measurement.</summary>
    public FittedQuantity Granularity => Parameters[0];

    /// <summary>w⋄; null where the responses do not cross or coincide.</summary>
    public FittedQuantity? SymmetricPoint => Optional(_inner.SymmetricPoint);

    /// <summary>Where the device's range begins; null if it has no end.</summary>
    public FittedQuantity? LowerBound => Optional(_inner.LowerBound);

    /// <summary>Where the device's range ends; null if it has no end.</summary>
    public FittedQuantity? UpperBound => Optional(_inner.UpperBound);

    /// <summary>Half the device's range, its τ where it has one; null if the range has no end.</summary>
    public FittedQuantity? Radius => Optional(_inner.Radius);

    /// <summary>The largest floor of Analog SGD that any noise of deviation σ can force while |w| ≤ r, with the interval of the fit.</summary>
    /// <remarks>See <see cref="Device.LargestFloor"/>. Beyond the readings it rests on the law alone.</remarks>
    /// <param name="radius">r ≥ 0, unit of weight.</param>
    /// <param name="deviation">σ ≥ 0, √E‖ε‖², loss/weight; at 1 the floor is in units of σ².</param>
    /// <returns>σ²·sup ρ²/(1 − ρ²), (loss/weight)²; infinite and not determined where a response is not positive within r.</returns>
    /// <exception cref="ArgumentException">A parameter is negative or not finite.</exception>
    public FittedQuantity LargestFloor(double radius, double deviation = 1.0) => new(_inner.LargestFloor.Invoke(radius).Invoke(deviation));

    /// <summary>How pulses differ, chosen by likelihood.</summary>
    public CycleNoiseKind NoiseKind => _inner.NoiseKind.IsMultiplicative ? CycleNoiseKind.Multiplicative : CycleNoiseKind.Additive;

    /// <summary>σ_c2c, dimensionless: relative to the step, or to Δw_min where the noise is additive.</summary>
    public FittedQuantity CycleDeviation => new(_inner.CycleDeviation);

    /// <summary>σ_r, unit of the measurement: standard deviation of a reading about the weight.</summary>
    public FittedQuantity ReadingDeviation => new(_inner.ReadingDeviation);

    /// <summary>Readings against predictions, trace after trace.</summary>
    public ImmutableArray<FitResidual> Residuals { get; }

    /// <summary>Root mean square of the residuals over degrees of freedom, unit of the measurement.</summary>
    public double ResidualDeviation => _inner.ResidualDeviation;

    /// <summary>Share of the variation of step sizes that the law explains.</summary>
    public double RSquared => _inner.RSquared;

    /// <summary>Akaike's criterion, corrected for small samples; lower is better.</summary>
    public double Aicc => _inner.Aicc;

    /// <summary>Bayesian criterion; lower is better.</summary>
    public double Bic => _inner.Bic;

    /// <summary>Whether the law describes the mean steps.</summary>
    public LackOfFit LackOfFit => new(_inner.LackOfFit.Ratio, _inner.LackOfFit.PValue, _inner.LackOfFit.LargestMisfit);

    /// <summary>Number of steps.</summary>
    public int Steps => _inner.Steps;

    /// <summary>Confidence level of the intervals.</summary>
    public double Level => _inner.Level;

    /// <summary>Whether the iteration settled.</summary>
    public bool IsConverged => _inner.IsConverged;

    /// <summary>What a reader should know besides, such as a parameter that the data do not determine.</summary>
    public ImmutableArray<string> Remarks { get; }

    /// <summary>Law and parameters with their intervals, a line each.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => _inner.ToString();

    private static FittedQuantity? Optional(FSharpOption<Core.FittedQuantity>? quantity) =>
        quantity is null ? null : new FittedQuantity(quantity.Value);
}
