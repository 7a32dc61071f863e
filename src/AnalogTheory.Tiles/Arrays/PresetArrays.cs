using System;
using AnalogTheory.Tiles.Devices;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>Arrays of published devices: of single elements, or of pairs where elements only go up.</summary>
public static class PresetArrays
{
    /// <summary>An array of the device's elements, which move by pulses.</summary>
    /// <param name="preset">Device.</param>
    /// <param name="outputs">Number of outputs, at least 1.</param>
    /// <param name="inputs">Number of inputs, at least 1.</param>
    /// <param name="deviceKey">64-bit key from which the elements are drawn.</param>
    /// <returns>A <see cref="PulsedArray"/>, or a <see cref="OneSidedArray"/> with the kit's refresh.</returns>
    /// <exception cref="ArgumentException">The shape is none.</exception>
    public static WeightArray Pulsed(this DevicePreset preset, int outputs, int inputs, ulong deviceKey)
    {
        ArgumentNullException.ThrowIfNull(preset);
        return preset.IsOneSided
            ? OneSidedArray.Pulsed(preset.Device, outputs, inputs, deviceKey)
            : new PulsedArray(preset.Device, outputs, inputs, deviceKey);
    }

    /// <summary>The limit Δw_min → 0 of the same elements.</summary>
    /// <param name="preset">Device.</param>
    /// <param name="outputs">Number of outputs, at least 1.</param>
    /// <param name="inputs">Number of inputs, at least 1.</param>
    /// <param name="deviceKey">64-bit key from which the elements are drawn.</param>
    /// <returns>A <see cref="ContinuousArray"/>, or a <see cref="OneSidedArray"/> of two.</returns>
    /// <exception cref="ArgumentException">The shape is none.</exception>
    public static WeightArray Continuous(this DevicePreset preset, int outputs, int inputs, ulong deviceKey)
    {
        ArgumentNullException.ThrowIfNull(preset);
        return preset.IsOneSided
            ? OneSidedArray.Continuous(preset.Device, outputs, inputs, deviceKey)
            : new ContinuousArray(preset.Device, outputs, inputs, deviceKey);
    }
}
