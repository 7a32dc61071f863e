using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Tests.Reference;

/// <summary>An algorithm of AIHWKIT with its settings, as the first line of a file describes it.</summary>
/// <param name="Algorithm">Name of the kit's compound, or "plain pulsed SGD".</param>
/// <param name="Parameters">What the line sets.</param>
/// <param name="GradientCircuit">Words of the update circuit.</param>
/// <param name="TransferCircuit">Words of the transfer circuit.</param>
/// <param name="Type">How gradients and transfers become pulses.</param>
internal sealed partial record KitSetup(
    string Algorithm,
    IReadOnlyDictionary<string, double> Parameters,
    string GradientCircuit,
    string TransferCircuit,
    PulseType Type
)
{
    internal double this[string name, double other] => Parameters.TryGetValue(name, out double value) ? value : other;

    internal bool Is(string name, bool other) => this[name, other ? 1.0 : 0.0] != 0.0;

    internal static KitSetup Read(string description, PulseType type)
    {
        MatchCollection circuits = Circuit().Matches(description);
        Dictionary<string, double> parameters = Setting()
            .Matches(Circuit().Replace(description, ""))
            .GroupBy(match => match.Groups[1].Value)
            .ToDictionary(group => group.Key, group => double.Parse(group.Last().Groups[2].Value, CultureInfo.InvariantCulture));
        Match chops = Chops().Match(description);
        if (chops.Success)
        {
            parameters["in_chop_random"] = chops.Groups[1].Value == "random" ? 1.0 : 0.0;
        }

        return new(Compound().Match(description).Value, parameters, Last(circuits, "update"), Last(circuits, "transfer_update"), type);
    }

    /// <summary>The algorithm over arrays that a test chooses.</summary>
    internal IArrayAlgorithm Over(Func<IWeightArray> array)
    {
        UpdateSettings gradient = CircuitOf(
            GradientCircuit,
            UpdateSettings.Default with
            {
                BitLength = (int)this["desired_bl", UpdateSettings.Default.BitLength],
            }
        );
        UpdateSettings managed = CircuitOf(TransferCircuit, UpdateSettings.Default);
        UpdateSettings onePulse = CircuitOf(TransferCircuit, TransferSettings.OnePulse);
        return Algorithm switch
        {
            "plain pulsed SGD" => new PulsedSgd(array(), gradient),
            "TransferCompound" => new TikiTaka(
                array(),
                array(),
                new TikiTakaSettings
                {
                    Schedule = Schedule(countsBatches: true),
                    FastRate = FastRate(isRelative: true),
                    TransferRate = TransferRate(),
                    Mixing = this["gamma", 0.0],
                    GradientUpdate = gradient,
                    TransferUpdate = managed,
                }
            ),
            "BufferedTransferCompound" => new TikiTakaV2(
                array(),
                array(),
                new TikiTakaV2Settings
                {
                    Schedule = Schedule(countsBatches: true),
                    FastRate = FastRate(isRelative: true),
                    TransferRate = TransferRate(),
                    Threshold = this["thres_scale", 1.0],
                    Momentum = this["momentum", 0.1],
                    Forgets = Is("forget_buffer", true),
                    GradientUpdate = gradient,
                    TransferUpdate = onePulse,
                }
            ),
            "ChoppedTransferCompound" => new ChoppedTikiTaka(array(), array(), Chopped(new ChoppedSettings(), gradient, onePulse)),
            "DynamicTransferCompound" => new Agad(
                array(),
                array(),
                (AgadSettings)Chopped(
                    new AgadSettings { TailWeight = this["tail_weightening", 5.0], ChopsAtRandom = false },
                    gradient,
                    onePulse
                )
            ),
            "MixedPrecisionCompound" => new MixedPrecision(
                array(),
                new MixedPrecisionSettings
                {
                    Every = this["transfer_every", 1.0],
                    TransferRate = this["transfer_lr", 1.0],
                    Update = gradient,
                    AsAihwkit = true,
                }
            ),
            _ => throw new InvalidOperationException($"Expected a known algorithm, got '{Algorithm}'."),
        };
    }

    private static string Last(MatchCollection circuits, string name) =>
        circuits.LastOrDefault(match => match.Groups[1].Value == name)?.Groups[2].Value ?? "";

    private UpdateSettings CircuitOf(string words, UpdateSettings other)
    {
        Match bitLength = Regex.Match(words, "bl=([0-9]+)");
        bool manages = words.Contains("UM", StringComparison.Ordinal)
            ? !words.Contains("no UM", StringComparison.Ordinal)
            : other.UpdateManagement;
        return other with
        {
            Type = Type,
            BitLength = bitLength.Success ? int.Parse(bitLength.Groups[1].Value, CultureInfo.InvariantCulture) : other.BitLength,
            UpdateManagement = manages,
            BitLengthManagement = manages,
        };
    }

    private TransferSchedule Schedule(bool countsBatches) =>
        new()
        {
            Every = this["transfer_every", 1.0],
            CountsBatches = Is("units_in_mbatch", countsBatches),
            Reads = (int)this["n_reads", this["n_reads_per_transfer", 1.0]],
            ByRows = !Is("transfer_columns", true),
        };

    private Rate FastRate(bool isRelative) => RateOf(this["fast_lr", 1.0], Is("scale_fast_lr", isRelative));

    private Rate TransferRate() => RateOf(this["transfer_lr", 1.0], Is("scale_transfer_lr", true));

    private static Rate RateOf(double factor, bool isRelative) => isRelative ? Rate.Relative(factor) : Rate.Absolute(factor);

    private ChoppedSettings Chopped(ChoppedSettings settings, UpdateSettings gradient, UpdateSettings transfer) =>
        settings with
        {
            Schedule = Schedule(countsBatches: false),
            FastRate = FastRate(isRelative: false),
            TransferRate = TransferRate(),
            ChopProbability = this["in_chop_prob", 0.1],
            ChopsAtRandom = Is("in_chop_random", settings.ChopsAtRandom),
            AutoScale = Is("auto_scale", false),
            AutoMomentum = this["auto_momentum", 0.99],
            AutoGranularity = this["auto_granularity", 0.0],
            Forgets = Is("forget_buffer", true),
            Momentum = this["momentum", 0.0],
            GradientUpdate = gradient,
            TransferUpdate = transfer,
        };

    [GeneratedRegex("plain pulsed SGD|\\w+Compound")]
    private static partial Regex Compound();

    [GeneratedRegex("(\\w+)=(-?[0-9.]*[0-9])")]
    private static partial Regex Setting();

    [GeneratedRegex("in_chop_prob=[0-9.]+ (random|regular)")]
    private static partial Regex Chops();

    [GeneratedRegex("\\b(update|transfer_update) ((?:desired_bl|bl)=[0-9]+(?: (?:no )?UM(?:/UBLM)?| UBLM)*)")]
    private static partial Regex Circuit();
}
