using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>
/// A training rule: how a stochastic gradient g moves the weights W, and the auxiliary array P of rules that have one. Immutable.
/// </summary>
public sealed partial class Rule
{
    private Rule(Core.IRule inner)
    {
        Inner = inner;
        Parameters = Edge.Parameters(inner.Form.Parameters);
    }

    /// <summary>Name, such as <c>Tiki-Taka</c>.</summary>
    public string Name => Inner.Name;

    /// <summary>Parameters by their symbols, such as <c>α</c>.</summary>
    public IReadOnlyDictionary<string, double> Parameters { get; }

    /// <summary>Where the rule comes from, such as <c>arXiv 2406.12774v1, eq. 3</c>.</summary>
    public string Source => Inner.Source.ToString();

    /// <summary>Whether the rule keeps an auxiliary array P.</summary>
    public bool HasAuxiliary => Inner.Kernel.HasAuxiliary;

    internal Core.IRule Inner { get; }

    /// <summary>Devices of the arrays, P's before W's, as they were given; empty for rules without, and for those of a user.</summary>
    internal ImmutableArray<Device> Devices { get; private init; } = [];

    /// <summary>Digital SGD, W′ = W − αg.</summary>
    /// <remarks>Source: arXiv 2406.12774v1, eq. 2.</remarks>
    /// <param name="learningRate">α &gt; 0, weight²/loss. Beyond 1/L it may diverge, which is data and not an error.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">α is not a finite number above 0.</exception>
    public static Rule DigitalSgd(double learningRate) => new(Core.Rule.pack(Core.DigitalSgd.create(learningRate)));

    /// <summary>Analog SGD, W′ = U(W, −αg); with <see cref="Noise.None"/> it is Analog GD.</summary>
    /// <remarks>Source: arXiv 2406.12774v1, eq. 3.</remarks>
    /// <param name="device">Device of W.</param>
    /// <param name="learningRate">α &gt; 0, weight²/loss. Theorem 2 asks for α ≤ 1/(2L).</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">The device is null.</exception>
    /// <exception cref="ArgumentException">α is not a finite number above 0.</exception>
    public static Rule AnalogSgd(Device device, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new(Core.Rule.pack(Core.AnalogSgd.create(learningRate, device.Inner))) { Devices = [device] };
    }

    /// <summary>Tiki-Taka, P′ = U(P, +βg), W′ = U(W, −αP′), P₀ = 0, with the same device for both arrays.</summary>
    /// <remarks>Source: arXiv 2406.12774v1, TT-P and TT-W.</remarks>
    /// <param name="device">Device of P and W.</param>
    /// <param name="transferRate">α &gt; 0, rate of W, dimensionless.</param>
    /// <param name="learningRate">β &gt; 0, rate of P, weight²/loss.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">The device is null.</exception>
    /// <exception cref="ArgumentException">A rate is not a finite number above 0.</exception>
    public static Rule TikiTaka(Device device, double transferRate, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(device);
        return TikiTaka(device, device, transferRate, learningRate);
    }

    /// <summary>Tiki-Taka, P′ = U(P, +βg), W′ = U(W, −αP′), P₀ = 0, with a device for each array.</summary>
    /// <remarks>Source: arXiv 2406.12774v1, TT-P and TT-W.</remarks>
    /// <param name="auxiliary">Device of P.</param>
    /// <param name="main">Device of W.</param>
    /// <param name="transferRate">α &gt; 0, rate of W, dimensionless.</param>
    /// <param name="learningRate">β &gt; 0, rate of P, weight²/loss.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">A device is null.</exception>
    /// <exception cref="ArgumentException">A rate is not a finite number above 0.</exception>
    public static Rule TikiTaka(Device auxiliary, Device main, double transferRate, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(auxiliary);
        ArgumentNullException.ThrowIfNull(main);
        return new(Core.Rule.pack(TikiTakaModule.createWith(transferRate, learningRate, auxiliary.Inner, main.Inner)))
        {
            Devices = [auxiliary, main],
        };
    }

    /// <summary>
    /// Residual learning, g taken at W + γP, P′ = U(P, −αg), W′ = U(W, +βP′), P₀ = 0, with the same device for both arrays.
    /// </summary>
    /// <remarks>Source: arXiv 2502.06309, section 4.</remarks>
    /// <param name="device">Device of P and W.</param>
    /// <param name="learningRate">α &gt; 0, rate of P, weight²/loss.</param>
    /// <param name="transferRate">β &gt; 0, rate of W, dimensionless.</param>
    /// <param name="mixing">γ ≥ 0, dimensionless; 0 takes the gradient at W.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">The device is null.</exception>
    /// <exception cref="ArgumentException">A rate is not a finite number above 0, or γ is not a finite number of at least 0.</exception>
    public static Rule ResidualLearning(Device device, double learningRate, double transferRate, double mixing)
    {
        ArgumentNullException.ThrowIfNull(device);
        return ResidualLearning(device, device, learningRate, transferRate, mixing);
    }

    /// <summary>Residual learning, g taken at W + γP, P′ = U(P, −αg), W′ = U(W, +βP′), P₀ = 0, with a device for each array.</summary>
    /// <remarks>Source: arXiv 2502.06309, section 4.</remarks>
    /// <param name="auxiliary">Device of P.</param>
    /// <param name="main">Device of W.</param>
    /// <param name="learningRate">α &gt; 0, rate of P, weight²/loss.</param>
    /// <param name="transferRate">β &gt; 0, rate of W, dimensionless.</param>
    /// <param name="mixing">γ ≥ 0, dimensionless; 0 takes the gradient at W.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">A device is null.</exception>
    /// <exception cref="ArgumentException">A rate is not a finite number above 0, or γ is not a finite number of at least 0.</exception>
    public static Rule ResidualLearning(Device auxiliary, Device main, double learningRate, double transferRate, double mixing)
    {
        ArgumentNullException.ThrowIfNull(auxiliary);
        ArgumentNullException.ThrowIfNull(main);
        return new(Core.Rule.pack(ResidualLearningModule.createWith(learningRate, transferRate, mixing, auxiliary.Inner, main.Inner)))
        {
            Devices = [auxiliary, main],
        };
    }

    /// <summary>Name and source, such as <c>Analog SGD (arXiv 2406.12774v1, eq. 3)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Name} ({Source})";
}
