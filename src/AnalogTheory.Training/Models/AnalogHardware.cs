using System;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;
using AnalogTheory.Training.Layers;

namespace AnalogTheory.Training.Models;

/// <summary>Arrays of one kind of device, and the training algorithms on them.</summary>
/// <param name="Device">Kind of device, and how much elements differ.</param>
public sealed record AnalogHardware(DeviceSettings Device)
{
    /// <summary>Periphery of forward, backward and transfer reads; the kit's default unless given.</summary>
    public PeripherySettings Periphery { get; init; } = PeripherySettings.Default;

    /// <summary>Whether elements move by pulses; else by the increments that the pulses would have in the mean, as Δw_min → 0.</summary>
    public bool Pulsed { get; init; } = true;

    /// <summary>Whether elements only go up, as those of phase-change memory, so that a weight is a pair of them.</summary>
    public bool IsOneSided { get; init; }

    /// <summary>Threads of an update; bits do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Analog SGD.</summary>
    /// <param name="update">Update circuit; null for the default.</param>
    /// <returns>Hardware for layers.</returns>
    public Hardware Sgd(UpdateSettings? update = null) =>
        Of("Analog SGD", (outputs, inputs, key) => new PulsedSgd(Array(outputs, inputs, key), update));

    /// <summary>Tiki-Taka, and residual learning where the settings mix.</summary>
    /// <param name="settings">Settings.</param>
    /// <returns>Hardware for layers.</returns>
    public Hardware TikiTaka(TikiTakaSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Of(settings.Mixing > 0.0 ? "Residual learning" : "Tiki-Taka", Two((fast, slow) => new TikiTaka(fast, slow, settings)));
    }

    /// <summary>Chopped Tiki-Taka (c-TTv2); TTv2 with a probability of 0.</summary>
    /// <param name="settings">Settings.</param>
    /// <returns>Hardware for layers.</returns>
    public Hardware ChoppedTikiTaka(ChoppedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Of(settings.ChopProbability > 0.0 ? "c-TTv2" : "TTv2", Two((fast, slow) => new ChoppedTikiTaka(fast, slow, settings)));
    }

    /// <summary>TTv2 with a buffer whose threshold is a pulse of W; residual learning v2 where the settings mix.</summary>
    /// <param name="settings">Settings.</param>
    /// <returns>Hardware for layers.</returns>
    public Hardware TikiTakaV2(TikiTakaV2Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Of(settings.Mixing > 0.0 ? "Residual learning v2" : "TTv2", Two((fast, slow) => new TikiTakaV2(fast, slow, settings)));
    }

    /// <summary>AGAD, and E-RIDER by lines where the settings mix.</summary>
    /// <param name="settings">Settings.</param>
    /// <returns>Hardware for layers.</returns>
    public Hardware Agad(AgadSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Of(settings.Mixing > 0.0 ? "E-RIDER" : "AGAD", Two((fast, slow) => new Agad(fast, slow, settings)));
    }

    /// <summary>RIDER, and E-RIDER where the settings chop.</summary>
    /// <param name="settings">Settings.</param>
    /// <returns>Hardware for layers.</returns>
    public Hardware Rider(RiderSettings settings) => Of("E-RIDER", Two((fast, slow) => new Rider(fast, slow, settings)));

    /// <summary>An array of this hardware.</summary>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="key">64-bit key from which the elements are drawn.</param>
    /// <returns>The array.</returns>
    public IWeightArray Array(int outputs, int inputs, ulong key) =>
        new ArrayModel(Device)
        {
            ForwardPeriphery = Periphery,
            BackwardPeriphery = Periphery,
            TransferPeriphery = Periphery,
            IsOneSided = IsOneSided,
            Threads = Threads,
            Kept = Pulsed ? Imperfections.All : Imperfections.All & ~Imperfections.Granularity,
        }.Create(outputs, inputs, key);

    // A raw output at the converter's bound gives no gradient.
    private Hardware Of(string name, Func<int, int, ulong, IArrayAlgorithm> algorithm) =>
        new(name, algorithm)
        {
            GradientBound =
                Periphery.IsPerfect || Periphery.OutputBound == 0.0
                    ? double.PositiveInfinity
                    : 0.999 * Periphery.OutputBound * Periphery.OutputScale,
        };

    private Func<int, int, ulong, IArrayAlgorithm> Two(Func<IWeightArray, IWeightArray, IArrayAlgorithm> algorithm) =>
        (outputs, inputs, key) => algorithm(Array(outputs, inputs, Keys.Fold(key, 0)), Array(outputs, inputs, Keys.Fold(key, 1)));
}
