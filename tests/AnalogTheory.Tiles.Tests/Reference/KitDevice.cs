using System;
using System.Collections.Generic;
using System.Linq;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Tiles.Devices;

namespace AnalogTheory.Tiles.Tests.Reference;

/// <summary>A device from the kit's names.</summary>
internal static class KitDevice
{
    private static readonly (string Name, Func<DeviceSettings> Default)[] s_kinds =
    [
        ("ConstantStep", () => new ConstantStepDevice()),
        ("LinearStep", () => new LinearStepDevice()),
        ("SoftBoundsReference", () => new SoftBoundsReferenceDevice()),
        ("SoftBounds", () => new SoftBoundsDevice()),
        ("PowStep", () => new PowerStepDevice()),
        ("ExpStep", () => new ExponentialStepDevice()),
        ("PiecewiseStep", () => new PiecewiseStepDevice()),
    ];

    /// <summary>The kind that a text names.</summary>
    internal static DeviceSettings Named(string text) =>
        s_kinds.Where(kind => text.Contains(kind.Name, StringComparison.Ordinal)).MaxBy(kind => kind.Name.Length).Default();

    /// <summary>The device with the parameters that a line gives; the rest keeps its defaults.</summary>
    /// <param name="device">Kind.</param>
    /// <param name="parameters">Parameters.</param>
    /// <param name="inDouble">Whether the kit computed in double; else its numbers are floats.</param>
    internal static DeviceSettings With(DeviceSettings device, IReadOnlyDictionary<string, string> parameters, bool inDouble = false)
    {
        double Kept(double value) => inDouble ? value : (float)value;

        double Get(string name, double otherwise) =>
            parameters.TryGetValue(name, out string? text) ? Kept(ReferenceFile.Parse(text)) : Kept(otherwise);

        bool Is(string name, bool otherwise) => parameters.TryGetValue(name, out string? text) ? text is "true" or "1" : otherwise;

        double[] List(string name) => [.. parameters[name].Trim('[', ']').Split(' ').Select(text => Kept(ReferenceFile.Parse(text)))];

        device = device with
        {
            Granularity = Get("dw_min", device.Granularity),
            CycleNoise = Get("dw_min_std", device.CycleNoise),
            UpperBound = Get("w_max", device.UpperBound),
            LowerBound = Get("w_min", device.LowerBound),
            UpDown = Get("up_down", device.UpDown),
            UpDownSpread = Get("up_down_dtod", device.UpDownSpread),
            ResetSpread = Get("reset_dtod", device.ResetSpread),
            CorruptProbability = Get("corrupt_devices_prob", device.CorruptProbability),
            CorruptRange = Get("corrupt_devices_range", device.CorruptRange),
        };
        return device switch
        {
            LinearStepDevice linear => linear with
            {
                // Floats in the kit's double build as well.
                SlopeUp = (float)Get("gamma_up", linear.SlopeUp),
                SlopeDown = (float)Get("gamma_down", linear.SlopeDown),
                MeanBoundReference = Is("mean_bound_reference", linear.MeanBoundReference),
                MultiplicativeNoise = Is("mult_noise", linear.MultiplicativeNoise),
            },
            SoftBoundsDevice soft => soft with { MultiplicativeNoise = Is("mult_noise", soft.MultiplicativeNoise) },
            SoftBoundsReferenceDevice soft => soft with
            {
                ReferenceMean = Get("reference_mean", Get("w_ref", soft.ReferenceMean)),
                ReferenceSpread = Get("reference_std", soft.ReferenceSpread),
                SlopeUpSpread = Get("slope_up_dtod", soft.SlopeUpSpread),
                SlopeDownSpread = Get("slope_down_dtod", soft.SlopeDownSpread),
                SubtractSymmetricPoint = Is("subtract_symmetry_point", soft.SubtractSymmetricPoint),
                MultiplicativeNoise = Is("mult_noise", soft.MultiplicativeNoise),
            },
            PowerStepDevice power => power with
            {
                Exponent = Get("pow_gamma", power.Exponent),
                ExponentUpDown = Get("pow_up_down", power.ExponentUpDown),
            },
            ExponentialStepDevice exponential => exponential with
            {
                Shape = new ExponentialShape(
                    Get("A_up", exponential.Shape.UpAmplitude),
                    Get("A_down", exponential.Shape.DownAmplitude),
                    Get("gamma_up", exponential.Shape.UpRate),
                    Get("gamma_down", exponential.Shape.DownRate),
                    Get("a", exponential.Shape.Slope),
                    Get("b", exponential.Shape.Offset)
                ),
                NoiseConstant = Get("dw_min_std_add", 0.0),
                NoiseOfWeight = Get("dw_min_std_slope", 0.0),
            },
            PiecewiseStepDevice table => table with { Up = [.. List("piecewise_up")], Down = [.. List("piecewise_down")] },
            _ => device,
        };
    }
}
