using System;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

public sealed partial class Rule
{
    /// <summary>Analog SGD with every update −αg sent as pulses, each with its own cycle noise.</summary>
    /// <remarks>
    /// Source: arXiv 2406.12774v1, appendix B. Each pulse sees the weight that the last one left: without noise and for Δw_min → 0 an update is
    /// that of <see cref="AnalogSgd(Device, double)"/> up to second order in Δ/τ (claim D5). An update that cannot be counted in pulses gives NaN, which an ensemble counts as diverged.
    /// </remarks>
    /// <param name="device">Element of W, such as the <see cref="DeviceFit.Pulsed"/> of a fit.</param>
    /// <param name="learningRate">α &gt; 0, weight²/loss.</param>
    /// <param name="rounding">How |Δ|/Δw_min becomes a whole number.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">The device is null.</exception>
    /// <exception cref="ArgumentException">α is not a finite number above 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rounding has no name.</exception>
    public static Rule AnalogSgd(PulsedDevice device, double learningRate, PulseRounding rounding = PulseRounding.Stochastic)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new(Core.Rule.pack(PulsedRule.analogSgd(learningRate, PulsedDevice.Kind(rounding), device.Inner)))
        {
            Devices = [device.Device],
        };
    }

    /// <summary>Tiki-Taka with every update sent as pulses, each with its own cycle noise: P moved by βg, W by −αP′, P₀ = 0.</summary>
    /// <remarks>As <see cref="AnalogSgd(PulsedDevice, double, PulseRounding)"/>.</remarks>
    /// <param name="auxiliary">Element of P.</param>
    /// <param name="main">Element of W.</param>
    /// <param name="transferRate">α &gt; 0, rate of W, dimensionless.</param>
    /// <param name="learningRate">β &gt; 0, rate of P, weight²/loss.</param>
    /// <param name="rounding">How |Δ|/Δw_min becomes a whole number.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">A device is null.</exception>
    /// <exception cref="ArgumentException">A rate is not a finite number above 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rounding has no name.</exception>
    public static Rule TikiTaka(
        PulsedDevice auxiliary,
        PulsedDevice main,
        double transferRate,
        double learningRate,
        PulseRounding rounding = PulseRounding.Stochastic
    )
    {
        ArgumentNullException.ThrowIfNull(auxiliary);
        ArgumentNullException.ThrowIfNull(main);
        return new(
            Core.Rule.pack(PulsedRule.tikiTaka(transferRate, learningRate, PulsedDevice.Kind(rounding), auxiliary.Inner, main.Inner))
        )
        {
            Devices = [auxiliary.Device, main.Device],
        };
    }

    /// <summary>
    /// Residual learning with every update sent as pulses, each with its own cycle noise: g taken at W + γP, P moved by −αg, W by βP′, P₀ = 0.
    /// </summary>
    /// <remarks>As <see cref="AnalogSgd(PulsedDevice, double, PulseRounding)"/>.</remarks>
    /// <param name="auxiliary">Element of P.</param>
    /// <param name="main">Element of W.</param>
    /// <param name="learningRate">α &gt; 0, rate of P, weight²/loss.</param>
    /// <param name="transferRate">β &gt; 0, rate of W, dimensionless.</param>
    /// <param name="mixing">γ ≥ 0, dimensionless; 0 takes the gradient at W.</param>
    /// <param name="rounding">How |Δ|/Δw_min becomes a whole number.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">A device is null.</exception>
    /// <exception cref="ArgumentException">A rate is not a finite number above 0, or γ is not a finite number of at least 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rounding has no name.</exception>
    public static Rule ResidualLearning(
        PulsedDevice auxiliary,
        PulsedDevice main,
        double learningRate,
        double transferRate,
        double mixing,
        PulseRounding rounding = PulseRounding.Stochastic
    )
    {
        ArgumentNullException.ThrowIfNull(auxiliary);
        ArgumentNullException.ThrowIfNull(main);
        return new(
            Core.Rule.pack(
                PulsedRule.residualLearning(learningRate, transferRate, mixing, PulsedDevice.Kind(rounding), auxiliary.Inner, main.Inner)
            )
        )
        {
            Devices = [auxiliary.Device, main.Device],
        };
    }
}
