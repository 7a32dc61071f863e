using System;
using System.Collections.Immutable;
using System.Linq;
using AnalogTheory.Kernels.Laws;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Published devices by name. The numbers are those of AIHWKIT's presets of the same names, which fit them to the sources given.</summary>
public static class DevicePresets
{
    private const string Gong2018 = "Gong et al., Nat. Commun. 9, 2102 (2018)";
    private const string Gong2022 = "Gong, Rasch et al., IEDM 2022";
    private const string GokmenVlasov = "Gokmen, Vlasov, Front. Neurosci. 10, 333 (2016)";

    /// <summary>All presets, by name.</summary>
    public static ImmutableArray<DevicePreset> All { get; } =
    [
        new(
            "Capacitor",
            new LinearStepDevice
            {
                Granularity = 0.005,
                UpperBound = 1.0,
                LowerBound = -1.0,
                MultiplicativeNoise = false,
                SlopeUp = 0.05,
                SlopeDown = 0.05,
                GranularitySpread = 0.1,
                UpDownSpread = 0.06,
                UpperBoundSpread = 0.07,
                LowerBoundSpread = 0.07,
                SlopeUpSpread = 0.01,
                SlopeDownSpread = 0.01,
                Lifetime = 1e6,
                LifetimeSpread = 0.3,
            },
            "Li et al., VLSI 2018; leaks once a mini-batch"
        ),
        new(
            "EcRam",
            new LinearStepDevice
            {
                Granularity = 0.002,
                UpperBound = 1.1724,
                LowerBound = -0.8276,
                SlopeUp = 0.1153,
                SlopeDown = 0.5085,
                GranularitySpread = 0.1,
                UpperBoundSpread = 0.05,
                LowerBoundSpread = 0.05,
            },
            "Tang et al., IEDM 2018 (lithium); range shifted so that the symmetric point is near 0"
        ),
        new(
            "EcRamMO",
            new LinearStepDevice
            {
                Granularity = 2.8214e-4,
                UpperBound = 1.1714,
                LowerBound = -0.8286,
                SlopeUp = 0.4152,
                SlopeDown = 0.7342,
                GranularitySpread = 0.1,
                UpperBoundSpread = 0.05,
                LowerBoundSpread = 0.05,
                CycleNoise = 2.0,
            },
            "Kim et al., IEDM 2019 (metal oxide)"
        ),
        new(
            "GokmenVlasov",
            new ConstantStepDevice
            {
                Granularity = 0.0016,
                UpperBound = 1.0,
                LowerBound = -1.0,
            },
            GokmenVlasov + "; 1200 states, scaled to −1 … 1"
        ),
        new(
            "Idealized",
            new ConstantStepDevice
            {
                Granularity = 0.0002,
                UpperBound = 1.0,
                LowerBound = -1.0,
                UpDownSpread = 0.0,
            },
            GokmenVlasov + "; symmetric in the mean, 10000 states"
        ),
        new(
            "PCM",
            new ExponentialStepDevice
            {
                Granularity = 0.01,
                UpperBound = 2.0,
                LowerBound = 0.0,
                Shape = new ExponentialShape(-27.235, -2.235, 2.5, 2.5, -1.0, 0.0),
                GranularitySpread = 0.2,
                UpDownSpread = 0.05,
                UpperBoundSpread = 0.1,
                LowerBoundSpread = 0.0,
                CycleNoise = 0.6,
                NoiseConstant = 0.042,
                NoiseOfWeight = 0.108,
                Reset = 0.01,
                ResetSpread = 0.02,
            },
            "Nandakumar et al., Front. Neurosci. 14, 406 (2020); a weight is a pair of elements that only go up, and is refreshed"
        )
        {
            IsOneSided = true,
        },
        new(
            "ReRamArrayHfO2",
            Array(0.4622, 0.7125, 0.4295, 0.5990, 0.2174, 0.5841),
            Gong2022 + ", baseline HfO₂; 9.77 % of the measured elements were stuck"
        ),
        new(
            "ReRamArrayOM",
            Array(0.0949, 0.7829, 0.3499, 0.5695, 0.4158, 1.4113),
            Gong2022 + ", optimised material; 13.48 % of the measured elements were stuck"
        ),
        new(
            "ReRamES",
            new ExponentialStepDevice
            {
                Granularity = 0.00135,
                UpDown = 0.259359,
                UpperBound = 1.0,
                LowerBound = -1.0,
                Shape = new ExponentialShape(-1.18445, -0.081404, 5.0, 5.0, -0.5, -0.5),
                GranularitySpread = 0.2,
                UpDownSpread = 0.05,
                CycleNoise = 5.0,
                WriteNoise = 75.0,
            },
            Gong2018
        ),
        new(
            "ReRamSB",
            new SoftBoundsDevice
            {
                Granularity = 0.002,
                UpperBound = 1.25,
                LowerBound = -0.75,
                MultiplicativeNoise = false,
                UpperBoundSpread = 0.3 / 1.25,
                LowerBoundSpread = 0.3 / 0.75,
                CycleNoise = 3.75,
                WriteNoise = 56.0,
            },
            Gong2018 + ", a loose fit with the symmetric point subtracted"
        ),
    ];

    /// <summary>The device of a name, whatever its letters' case.</summary>
    /// <param name="name">Name, see <see cref="All"/>.</param>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static DevicePreset Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        DevicePreset nearest = All.MinBy(preset => Distance(preset.Name.ToUpperInvariant(), name.ToUpperInvariant()))!;
        return nearest.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            ? nearest
            : throw new ArgumentException(
                $"Expected one of {string.Join(", ", All.Select(preset => preset.Name))}, got \"{name}\"; the nearest is {nearest.Name}.",
                nameof(name)
            );
    }

    private static SoftBoundsReferenceDevice Array(
        double granularity,
        double granularitySpread,
        double upperSpread,
        double lowerSpread,
        double cycleNoise,
        double writeNoise
    ) =>
        new()
        {
            Granularity = granularity,
            GranularitySpread = granularitySpread,
            LogNormalGranularity = true,
            UpperBound = 1.0,
            LowerBound = -1.0,
            UpperBoundSpread = upperSpread,
            LowerBoundSpread = lowerSpread,
            CycleNoise = cycleNoise,
            WriteNoise = writeNoise,
            CorruptRange = 0.01,
            SubtractSymmetricPoint = true,
            ReferenceSpread = 0.05,
        };

    // Least number of letters to insert, delete or replace.
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
