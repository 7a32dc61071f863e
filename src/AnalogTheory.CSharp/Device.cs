using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.FSharp.Core;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>A device as the theory knows it: two response factors of its weight w. Immutable.</summary>
/// <remarks>
/// q₊ and q₋ say how far one pulse up or down moves the weight, relative to the granularity. Everything else derives from them:
/// F = (q₋ + q₊)/2, G = (q₋ − q₊)/2, and the update U(w, Δ) = w + Δ·F(w) − |Δ|·G(w).
/// Source: arXiv 2406.12774v1, eq. 7.
/// </remarks>
public sealed partial class Device
{
    internal Device(Core.Device inner)
    {
        Inner = inner;
        Parameters = Edge.Parameters(inner.Parameters);
    }

    /// <summary>Name, such as <c>asymmetric linear</c>.</summary>
    public string Name => Inner.Name;

    /// <summary>Parameters by their symbols, such as <c>τ</c>, in the order of the formula.</summary>
    public IReadOnlyDictionary<string, double> Parameters { get; }

    /// <summary>Where the response comes from, such as <c>arXiv 2406.12774v1, eq. 8</c>.</summary>
    public string Source => Inner.Source.ToString();

    /// <summary>Lower end of the range that the device is described on, unit of weight; −∞ if it has none.</summary>
    public double Lower => Inner.Lower;

    /// <summary>Upper end of the range that the device is described on, unit of weight; +∞ if it has none.</summary>
    public double Upper => Inner.Upper;

    internal Core.Device Inner { get; }

    /// <summary>Response factor q₊(w) of a pulse up.</summary>
    /// <param name="w">Weight.</param>
    /// <returns>q₊(w), dimensionless.</returns>
    public double Up(double w) => Inner.Up(w);

    /// <summary>Response factor q₋(w) of a pulse down.</summary>
    /// <param name="w">Weight.</param>
    /// <returns>q₋(w), dimensionless.</returns>
    public double Down(double w) => Inner.Down(w);

    /// <summary>Symmetric component F(w) = (q₋ + q₊)/2.</summary>
    /// <param name="w">Weight.</param>
    /// <returns>F(w), dimensionless.</returns>
    public double Symmetric(double w) => Inner.Symmetric(w);

    /// <summary>Asymmetric component G(w) = (q₋ − q₊)/2, zero at a symmetric point.</summary>
    /// <param name="w">Weight.</param>
    /// <returns>G(w), dimensionless.</returns>
    public double Asymmetric(double w) => Inner.Asymmetric(w);

    /// <summary>One analog update of one element, U(w, Δ) = w + Δ·F(w) − |Δ|·G(w).</summary>
    /// <remarks>Source: arXiv 2406.12774v1, eq. 7.</remarks>
    /// <param name="w">Weight.</param>
    /// <param name="increment">Desired change Δ, unit of weight.</param>
    /// <returns>The new weight, unit of weight.</returns>
    public double Update(double w, double increment) => Inner.Update(w, increment);

    /// <summary>One analog update of every element; the inputs stay as they are.</summary>
    /// <remarks>Source: arXiv 2406.12774v1, eq. 7.</remarks>
    /// <param name="w">Weights; length D ≥ 1.</param>
    /// <param name="increment">Desired changes Δ, unit of weight; length D.</param>
    /// <returns>New weights; length D.</returns>
    /// <exception cref="ArgumentException">An array is <c>default</c>, w is empty, or the lengths differ.</exception>
    public ImmutableArray<double> Update(ImmutableArray<double> w, ImmutableArray<double> increment)
    {
        Weights before = Edge.Vector(w);
        return DeviceModule.update(Inner, Edge.Vector(before.Length, increment), before).Values;
    }

    /// <summary>The symmetric point w⋄ with G(w⋄) = 0, where pulses up and down move the weight equally far.</summary>
    /// <remarks>
    /// Of several crossings, the lowest in which G rises, since pairs of pulses attract the weight there; two crossings closer than 1/64 of
    /// the range are not told apart. A device that is symmetric everywhere has 0, or the point of its range nearest to 0.
    /// </remarks>
    /// <returns>w⋄, unit of weight, to about 2⁻⁵² of the range.</returns>
    /// <exception cref="InvalidOperationException">
    /// G has no zero on the device's range; <see cref="TrySymmetricPoint"/> does not raise.
    /// </exception>
    public double SymmetricPoint() =>
        TrySymmetricPoint(out double point)
            ? point
            : throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected a device whose up and down responses cross between {Lower:R} and {Upper:R}, got {this}, for which they do not."
                )
            );

    /// <summary>The symmetric point w⋄, if there is one; see <see cref="SymmetricPoint"/> for which.</summary>
    /// <param name="point">w⋄, unit of weight; NaN if there is none.</param>
    /// <returns>Whether G has a zero on the device's range.</returns>
    public bool TrySymmetricPoint(out double point)
    {
        FSharpOption<double>? found = Core.SymmetricPoint.tryFind(Inner);
        point = found is null ? double.NaN : found.Value;
        return found is not null;
    }

    /// <summary>
    /// The device with its responses divided by F(w⋄), so that a pulse of either direction moves the weight by Δw_min at the symmetric point.
    /// </summary>
    /// <remarks>Laws differ in what q = 1 means; after this granularities of different laws can be compared.</remarks>
    /// <returns>The device; the same one where F(w⋄) is 1, or there is no symmetric point.</returns>
    public Device Normalised()
    {
        (Core.Device device, double _) = Core.SymmetricPoint.normalise(Inner);
        return ReferenceEquals(device, Inner) ? this : new(device);
    }

    /// <summary>The largest floor of Analog SGD that any noise of deviation σ can force while |w| ≤ r, however small the learning rate.</summary>
    /// <remarks>
    /// Where the mean step vanishes, ‖∇f‖² ≤ σ²·sup ρ²/(1 − ρ²) with ρ = G/F, which is (q₋ − q₊)²/(4q₊q₋); two-point noise that leans against the device
    /// reaches it. Source: theory N1, N10.
    /// </remarks>
    /// <param name="radius">r ≥ 0, unit of weight.</param>
    /// <param name="deviation">σ ≥ 0, √E‖ε‖², loss/weight; at 1 the floor is in units of σ².</param>
    /// <returns>σ²·sup ρ²/(1 − ρ²), (loss/weight)²; +∞ where a response is not positive within r.</returns>
    /// <exception cref="ArgumentException">A parameter is negative or not finite.</exception>
    public double LargestFloor(double radius, double deviation = 1.0)
    {
        Require.nonNegative(nameof(radius), radius);
        Require.nonNegative(nameof(deviation), deviation);
        return deviation * deviation * WorstFloor.largest(Inner, -radius, radius).PerVariance;
    }

    /// <summary>The device as pulses see it: noiseless pulses of one size, without clipping.</summary>
    /// <param name="granularity">Δw_min &gt; 0, unit of weight: a pulse up gives w + Δw_min·q₊(w), a pulse down w − Δw_min·q₋(w).</param>
    /// <returns>The pulsed device.</returns>
    /// <exception cref="ArgumentException">Δw_min is not a finite number above 0.</exception>
    public PulsedDevice WithPulses(double granularity) => new(Core.PulsedDeviceModule.create(granularity, Inner));

    /// <summary>Checks the device: the demands on a response, and claims D1 to D9.</summary>
    /// <returns>What holds, what fails where, and what says nothing about this device.</returns>
    public DeviceReport Check() => new(this, DeviceReportModule.check(Inner));

    /// <summary>Name and parameters, such as <c>asymmetric linear (τ = 1, w⋄ = 0)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Inner.ToString();
}
