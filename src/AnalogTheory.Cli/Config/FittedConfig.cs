using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Config;

/// <summary>A fitted device as a config file: with its granularity and cycle noise, and a training on it to begin with.</summary>
internal static class FittedConfig
{
    /// <summary>The text of a config file that <c>simulate</c>, <c>zero-shift</c> and <c>assumptions</c> take.</summary>
    /// <param name="origin">Where the pulses come from.</param>
    /// <param name="fit">The fit.</param>
    internal static byte[] Of(string origin, DeviceFit fit)
    {
        (double lower, double upper) = (fit.Residuals.Min(residual => residual.Weight), fit.Residuals.Max(residual => residual.Weight));
        double range = upper - lower;
        ExperimentConfig config = new()
        {
            Title = $"{fit.Law}, fitted to {origin}",
            Device = Device(fit),
            // A minimum inside what was measured, away from w⋄, and steps of about a pulse: a training to change to one's own.
            Rule = new AnalogSgdConfig { LearningRate = 0.01 },
            Problem = new QuadraticConfig
            {
                Minimizer = [Rounded(lower + (fit.SymmetricPoint?.Value < lower + 0.5 * range ? 0.75 : 0.25) * range)],
            },
            Noise = new GaussianConfig { Deviation = Rounded(0.1 * range) },
            Start = [Rounded(lower + 0.5 * range)],
            Steps = 10_000,
            Replicas = 100,
        };
        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(config, ConfigForm.Json) + "\n");
    }

    private static DeviceConfig Device(DeviceFit fit)
    {
        DeviceConfig law = fit.Law switch
        {
            "ideal" => new IdealConfig(),
            "asymmetric linear" => new AsymmetricLinearConfig { Radius = At(fit, "τ"), SymmetricPoint = At(fit, "w⋄") },
            "generic linear" => new GenericLinearConfig { Radius = At(fit, "τ"), Asymmetry = At(fit, "c") },
            "linear step" => new LinearStepConfig
            {
                Upper = At(fit, "τ_max"),
                Lower = At(fit, "τ_min"),
                SymmetricPoint = At(fit, "w⋄"),
            },
            "power step" => new PowerStepConfig
            {
                Upper = At(fit, "τ_max"),
                Lower = At(fit, "τ_min"),
                UpExponent = At(fit, "γ₊"),
                DownExponent = At(fit, "γ₋"),
                Normalised = true,
            },
            "exponential step" => new ExponentialStepConfig
            {
                Upper = At(fit, "τ_max"),
                Lower = At(fit, "τ_min"),
                UpExponent = At(fit, "γ₊"),
                DownExponent = At(fit, "γ₋"),
                Normalised = true,
            },
            "symmetric power" => new SymmetricPowerConfig { Radius = At(fit, "τ"), Exponent = At(fit, "γ") },
            "symmetric exponential" => new SymmetricExponentialConfig { Radius = At(fit, "τ"), Exponent = At(fit, "γ") },
            _ => throw new InvalidOperationException($"Expected a law that a config file can name, got {fit.Law}."),
        };
        bool scales = fit.NoiseKind == CycleNoiseKind.Multiplicative;
        return law with
        {
            Granularity = fit.Granularity.Value,
            MultiplicativeNoise = scales ? fit.CycleDeviation.Value : null,
            AdditiveNoise = scales ? null : fit.CycleDeviation.Value,
        };
    }

    private static double At(DeviceFit fit, string symbol) => fit.Parameters.Single(quantity => quantity.Symbol == symbol).Value;

    // To three digits, as a person would choose them.
    private static double Rounded(double value)
    {
        if (value == 0.0)
        {
            return 0.0;
        }

        double unit = Math.Pow(10.0, Math.Floor(Math.Log10(Math.Abs(value))) - 2.0);
        double rounded = Math.Round(value / unit) * unit;
        return double.Parse(
            rounded.ToString("G6", System.Globalization.CultureInfo.InvariantCulture),
            System.Globalization.CultureInfo.InvariantCulture
        );
    }
}
