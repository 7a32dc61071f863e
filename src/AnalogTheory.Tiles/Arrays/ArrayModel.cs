using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>A device with its periphery, from which arrays of any shape are made, with all of its imperfections or with some of them. Immutable, changed by <c>with</c>.</summary>
/// <param name="Device">Kind of device, and how much elements differ.</param>
public sealed record ArrayModel(DeviceSettings Device)
{
    private static readonly (Imperfections One, string Name)[] s_names =
    [
        (Imperfections.Response, "response"),
        (Imperfections.Granularity, "pulses"),
        (Imperfections.PulseNoise, "noise of pulses"),
        (Imperfections.Spread, "spread of elements"),
        (Imperfections.Reads, "noise of reads"),
        (Imperfections.Drift, "drift"),
    ];

    /// <summary>Periphery of forward reads; perfect unless given.</summary>
    public PeripherySettings ForwardPeriphery { get; init; } = PeripherySettings.Perfect;

    /// <summary>Periphery of transposed reads; perfect unless given.</summary>
    public PeripherySettings BackwardPeriphery { get; init; } = PeripherySettings.Perfect;

    /// <summary>Periphery of one-hot reads between arrays, and of the reads of a refresh; perfect unless given.</summary>
    public PeripherySettings TransferPeriphery { get; init; } = PeripherySettings.Perfect;

    /// <summary>Whether elements only go up, as those of phase-change memory, so that a weight is a pair of them; no unless given.</summary>
    public bool IsOneSided { get; init; }

    /// <summary>When pairs are refreshed; a look after every mini-batch unless given. Only for one-sided elements.</summary>
    public RefreshSettings Refresh { get; init; } = RefreshSettings.EveryBatch;

    /// <summary>Threads of a pulsed array's update; bits do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What is kept; all unless given.</summary>
    /// <remarks>Noise from pulse to pulse needs pulses: without <see cref="Imperfections.Granularity"/> there is none.</remarks>
    public Imperfections Kept { get; init; } = Imperfections.All;

    /// <summary>The device that is left when what is not kept is switched off.</summary>
    public DeviceSettings KeptDevice
    {
        get
        {
            DeviceSettings device = Device;
            device = Has(Imperfections.Response) ? device : device.WithoutResponse();
            device = Has(Imperfections.PulseNoise) ? device : device.WithoutNoise();
            device = Has(Imperfections.Spread) ? device : device.WithoutSpread();
            return Has(Imperfections.Drift) ? device : device.WithoutDrift();
        }
    }

    /// <summary>The imperfections that this device and periphery have at all; the others change nothing.</summary>
    public Imperfections Present
    {
        get
        {
            bool reads = !(ForwardPeriphery.IsPerfect && BackwardPeriphery.IsPerfect && TransferPeriphery.IsPerfect);
            return Imperfections.Granularity
                | (Device is ConstantStepDevice { UpDown: 0.0 } ? 0 : Imperfections.Response)
                | (Device.CycleNoise == 0.0 && Device.WriteNoise == 0.0 ? 0 : Imperfections.PulseNoise)
                | (Device == Device.WithoutSpread() ? 0 : Imperfections.Spread)
                | (reads ? Imperfections.Reads : 0)
                | (Device.Lifetime == 0.0 && Device.Diffusion == 0.0 ? 0 : Imperfections.Drift);
        }
    }

    /// <summary>What there is to compare: everything, all but one imperfection, nothing, and one alone; only of those that are present.</summary>
    /// <remarks>Noise from pulse to pulse cannot stand alone: where pulses stand alone, they stand once without and once with it.</remarks>
    public ImmutableArray<ImperfectionCase> Cases
    {
        get
        {
            Imperfections present = Present;
            List<ImperfectionCase> cases = [new("everything", present)];
            foreach ((Imperfections one, string name) in s_names)
            {
                if ((present & one) != 0)
                {
                    cases.Add(new($"without {name}", present & ~(one == Imperfections.Granularity ? one | Imperfections.PulseNoise : one)));
                }
            }

            cases.Add(new("nothing", Imperfections.None));
            foreach ((Imperfections one, string name) in s_names)
            {
                if ((present & one) != 0)
                {
                    cases.Add(
                        one == Imperfections.PulseNoise
                            ? new("only pulses with their noise", one | Imperfections.Granularity)
                            : new($"only {name}", one)
                    );
                }
            }

            return [.. cases];
        }
    }

    /// <summary>The model of a published device, with pairs where its elements only go up and with perfect reads.</summary>
    /// <param name="preset">Device.</param>
    /// <returns>The model.</returns>
    public static ArrayModel Of(DevicePreset preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        return new(preset.Device) { IsOneSided = preset.IsOneSided };
    }

    /// <summary>An array.</summary>
    /// <param name="outputs">Number of outputs, at least 1.</param>
    /// <param name="inputs">Number of inputs, at least 1.</param>
    /// <param name="deviceKey">64-bit key from which the elements are drawn.</param>
    /// <returns>A <see cref="PulsedArray"/>, or without granularity a <see cref="ContinuousArray"/>; a <see cref="OneSidedArray"/> of two where elements only go up.</returns>
    /// <exception cref="ArgumentException">The device's numbers describe no device, or the shape is none.</exception>
    public WeightArray Create(int outputs, int inputs, ulong deviceKey) =>
        IsOneSided
            ? new OneSidedArray(
                Single(outputs, inputs, Keys.Fold(deviceKey, OneSidedArray.Plus)),
                Single(outputs, inputs, Keys.Fold(deviceKey, OneSidedArray.Minus)),
                Refresh
            )
            {
                ForwardPeriphery = Reads(ForwardPeriphery),
                BackwardPeriphery = Reads(BackwardPeriphery),
                TransferPeriphery = Reads(TransferPeriphery),
            }
            : Single(outputs, inputs, deviceKey);

    private DeviceArray Single(int outputs, int inputs, ulong deviceKey)
    {
        PeripherySettings forward = Reads(ForwardPeriphery),
            backward = Reads(BackwardPeriphery),
            transfer = Reads(TransferPeriphery);
        return Has(Imperfections.Granularity)
            ? new PulsedArray(KeptDevice, outputs, inputs, deviceKey)
            {
                ForwardPeriphery = forward,
                BackwardPeriphery = backward,
                TransferPeriphery = transfer,
                Threads = Threads,
            }
            : new ContinuousArray(KeptDevice, outputs, inputs, deviceKey)
            {
                ForwardPeriphery = forward,
                BackwardPeriphery = backward,
                TransferPeriphery = transfer,
            };
    }

    private bool Has(Imperfections one) => (Kept & one) != 0;

    private PeripherySettings Reads(PeripherySettings settings) => Has(Imperfections.Reads) ? settings : PeripherySettings.Perfect;
}

/// <summary>One of the cases of a table that says what each imperfection costs.</summary>
/// <param name="Name">In words, such as "without pulses".</param>
/// <param name="Kept">What is kept.</param>
public sealed record ImperfectionCase(string Name, Imperfections Kept);
