using System;
using System.Collections.Generic;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Elements;
using AnalogTheory.Tiles.Periphery;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Devices;

/// <summary>Every kind of device with all that it can have, coarse enough that a short run meets bounds.</summary>
internal static class DeviceCatalogue
{
    internal const string Pairs = "one-sided pairs";

    private static readonly Dictionary<string, DeviceSettings> s_devices = new()
    {
        ["constant"] = new ConstantStepDevice { CorruptProbability = 0.1, UpDown = 0.2 },
        ["linear"] = new LinearStepDevice
        {
            SlopeUp = 0.4,
            SlopeDown = -0.3,
            AllowIncreasing = true,
            Lifetime = 50.0,
        },
        ["soft bounds"] = new SoftBoundsDevice { Diffusion = 0.001 },
        ["soft bounds, reference"] = new SoftBoundsReferenceDevice
        {
            ReferenceSpread = 0.05,
            SubtractSymmetricPoint = true,
            CorruptProbability = 0.1,
            WriteNoise = 0.5,
        },
        ["power"] = new PowerStepDevice { Exponent = 1.5, ReferenceSpread = 0.05 },
        ["exponential"] = new ExponentialStepDevice { NoiseConstant = 0.005, NoiseOfWeight = 0.01 },
        ["symmetric power"] = new SymmetricPowerDevice { Exponent = 2.0, CorruptProbability = 0.1 },
        ["symmetric exponential"] = new SymmetricExponentialDevice(),
        ["piecewise"] = new PiecewiseStepDevice { Up = [0.2, 1.0, 0.4], Down = [0.1, 1.0, 0.9] },
        [Pairs] = DevicePresets.Named("PCM").Device,
    };

    public static TheoryData<string> Names => [.. s_devices.Keys];

    internal static IReadOnlyCollection<string> All => s_devices.Keys;

    /// <summary>A device of a granularity.</summary>
    internal static DeviceSettings Named(string name, double granularity) => s_devices[name] with { Granularity = granularity };

    /// <summary>An array whose peripheries are one and the same.</summary>
    internal static WeightArray Array(
        string name,
        DeviceSettings device,
        int outputs,
        int inputs,
        ulong key,
        PeripherySettings periphery,
        bool isContinuous = false
    )
    {
        if (name == Pairs)
        {
            return new OneSidedArray(Side(0), Side(1))
            {
                ForwardPeriphery = periphery,
                BackwardPeriphery = periphery,
                TransferPeriphery = periphery,
            };
        }

        return Single(key);

        DeviceArray Side(ulong side) => Single(Keys.Fold(key, side));

        DeviceArray Single(ulong own) =>
            isContinuous
                ? new ContinuousArray(device, outputs, inputs, own)
                {
                    ForwardPeriphery = periphery,
                    BackwardPeriphery = periphery,
                    TransferPeriphery = periphery,
                }
                : new PulsedArray(device, outputs, inputs, own)
                {
                    ForwardPeriphery = periphery,
                    BackwardPeriphery = periphery,
                    TransferPeriphery = periphery,
                };
    }

    /// <summary>What is wrong with a state, or null: every weight that pulses act on is finite and within its element's bounds.</summary>
    internal static string? Fault(IWeightArray array, ArrayState state)
    {
        if (array is OneSidedArray pairs)
        {
            return Fault(pairs.Side(0), state.Parts[0]) ?? Fault(pairs.Side(1), state.Parts[1]);
        }

        Grid weights = state.Hidden ?? state.Weights;
        ElementTable? elements = (array as DeviceArray)?.Elements;
        for (int i = 0; i < array.Outputs; i++)
        {
            for (int j = 0; j < array.Inputs; j++)
            {
                float lower = elements?[Parameter.Lower, i, j] ?? float.MinValue;
                float upper = elements?[Parameter.Upper, i, j] ?? float.MaxValue;
                if (!(weights[i, j] >= lower && weights[i, j] <= upper))
                {
                    return FormattableString.Invariant($"element ({i}, {j}): {weights[i, j]} is not within {lower} … {upper}");
                }
            }
        }

        return null;
    }
}
