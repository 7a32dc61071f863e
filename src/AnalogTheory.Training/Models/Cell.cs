using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Layers;
using AnalogTheory.Training.Runs;

namespace AnalogTheory.Training.Models;

/// <summary>One training of the papers' tables as plain data: model, rule, device and seed. Numbers that are not given are the papers'.</summary>
public sealed record Cell
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Network, one of <see cref="PaperModels.Names"/>.</summary>
    public string Model { get; init; } = "fcn";

    /// <summary>Data, one of <see cref="DataSource.Names"/>.</summary>
    public string Data { get; init; } = "mnist";

    /// <summary>Rule, one of <see cref="PaperRules.Names"/>.</summary>
    public string Rule { get; init; } = "analog-sgd";

    /// <summary>Device, one of <see cref="PaperRules.Devices"/>.</summary>
    public string Device { get; init; } = "soft-bounds-reference";

    /// <summary>τ &gt; 0: bounds are ±τ, unit of weight.</summary>
    public double Tau { get; init; } = 0.7;

    /// <summary>γ_res &gt; 0 of the sequel's devices.</summary>
    public double Exponent { get; init; } = 1.0;

    /// <summary>Δw_min &gt; 0, unit of weight.</summary>
    public double Granularity { get; init; } = 1e-3;

    /// <summary>σ of the noise from pulse to pulse, relative to the step.</summary>
    public double CycleNoise { get; init; } = 0.3;

    /// <summary>Whether elements differ from each other.</summary>
    public bool DeviceVariation { get; init; } = true;

    /// <summary>Whether steps are the same at every weight up to the bounds, so that nothing is asymmetric; else they follow the device's response.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ConstantStep { get; init; }

    /// <summary>Whether elements move by pulses; else as Δw_min → 0.</summary>
    public bool Pulsed { get; init; } = true;

    /// <summary>Whether reads have converters, noise and bounds.</summary>
    public bool Periphery { get; init; } = true;

    /// <summary>Mean of the offset of the symmetric point, unit of weight (<c>offset-symmetric-point</c> only).</summary>
    public double OffsetMean { get; init; }

    /// <summary>Deviation of that offset from element to element.</summary>
    public double OffsetSpread { get; init; }

    /// <summary>Whether a digital factor on the tiles' outputs is learned; the papers' choice if not given (yes for analog rules).</summary>
    public bool? LearnsOutputScale { get; init; }

    /// <summary>Whether pixels are shifted and scaled to mean 0 and deviation 1 over MNIST, as torch's examples do; else they are in [0, 1].</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Normalised { get; init; }

    /// <summary>Samples of a mini-batch; the papers' if not given (10, and 8 for the convolutional networks).</summary>
    public int? BatchSize { get; init; }

    /// <summary>α, rate of the first epoch; the papers' if not given.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Rate of the fast array; the papers' if not given.</summary>
    public double? FastRate { get; init; }

    /// <summary>Whether that is a multiple of α, as in AIHWKIT after 1.1; else a number of its own, as in the papers' figures.</summary>
    public bool FastRateIsRelative { get; init; }

    /// <summary>Rate of the transfer; the papers' if not given.</summary>
    public double? TransferRate { get; init; }

    /// <summary>Whether that is a number of its own; else a multiple of α, which falls with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TransferRateIsAbsolute { get; init; }

    /// <summary>Probability in (0, 1] that a line's sign flips after its transfer, the inverse of the period where flips are regular (<c>agad</c>, <c>e-rider</c>); the papers' if not given.</summary>
    public double? ChopProbability { get; init; }

    /// <summary>γ above 0, by which E-RIDER weighs what its fast array has gained; the paper's .1 if not given (<c>e-rider</c> only).</summary>
    public double? Mixing { get; init; }

    /// <summary>Images to train on, the first of the set; all if not given.</summary>
    public int? Samples { get; init; }

    /// <summary>Epochs without a better test accuracy after which training ends; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>What all randomness comes from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Reads a cell.</summary>
    /// <param name="json">JSON object; names as here, in camel case.</param>
    /// <returns>The cell, its numbers in range.</returns>
    /// <exception cref="ArgumentException">A name or a number makes no sense; the message says which.</exception>
    public static Cell Parse(JsonElement json)
    {
        try
        {
            return (json.Deserialize<Cell>(s_json) ?? throw new ArgumentException("Expected a cell, got null.", nameof(json))).Require();
        }
        catch (JsonException bad)
        {
            throw new ArgumentException($"Expected a cell of a plan: {bad.Message}", nameof(json), bad);
        }
    }

    /// <summary>The cell as one line of JSON: equal cells give equal lines.</summary>
    /// <returns>JSON.</returns>
    public override string ToString() => JsonSerializer.Serialize(this, s_json);

    /// <summary>Name of the cell's folder: what differs from the defaults, and always model, rule, τ and seed.</summary>
    [JsonIgnore]
    public string Name
    {
        get
        {
            Cell plain = new();
            List<string> words = [Model, Rule];
            if (Rule != "digital-sgd")
            {
                words.Add(Number("tau", Tau));
            }

            Add(Device != plain.Device, Device);
            Add(Exponent != plain.Exponent, Number("exponent", Exponent));
            Add(Granularity != plain.Granularity, Number("granularity", Granularity));
            Add(CycleNoise != plain.CycleNoise, Number("cycle", CycleNoise));
            Add(ConstantStep, "constant-step");
            Add(!DeviceVariation, "alike");
            Add(!Pulsed, "continuous");
            Add(!Periphery, "exact-reads");
            Add(OffsetMean != 0.0, Number("offset", OffsetMean));
            Add(OffsetSpread != 0.0, Number("spread", OffsetSpread));
            Add(LearnsOutputScale is not null, LearnsOutputScale == true ? "scaled" : "unscaled");
            Add(Normalised, "normalised");
            Add(BatchSize is not null, Number("batch", BatchSize ?? 0));
            Add(LearningRate is not null, Number("rate", LearningRate ?? 0));
            Add(FastRate is not null, Number("fast", FastRate ?? 0));
            Add(FastRateIsRelative, "relative");
            Add(TransferRate is not null, Number("transfer", TransferRate ?? 0));
            Add(TransferRateIsAbsolute, "absolute");
            Add(ChopProbability is not null, Number("chop", ChopProbability ?? 0));
            Add(Mixing is not null, Number("mixing", Mixing ?? 0));
            Add(Samples is not null, Number("samples", Samples ?? 0));
            Add(Patience > 0, Number("patience", Patience));
            Add(Data != plain.Data, Data);
            words.Add(string.Create(CultureInfo.InvariantCulture, $"seed{Seed}"));
            return string.Join('-', words);

            void Add(bool differs, string word)
            {
                if (differs)
                {
                    words.Add(word);
                }
            }
        }
    }

    /// <summary>The network, on the devices that the seed gives.</summary>
    /// <param name="input">Shape of an image.</param>
    /// <param name="threads">Threads of an update.</param>
    /// <returns>A network.</returns>
    public Network Build(Shape input, int threads = 1) =>
        new(input, Keys.Fold(Seed, 1), PaperModels.Named(Model, PaperRules.HardwareOf(this, threads), PaperRules.MatrixOf(this)));

    /// <summary>A trainer of the cell.</summary>
    /// <param name="data">Its data.</param>
    /// <param name="threads">Threads of an update.</param>
    /// <returns>A trainer.</returns>
    public Trainer Trainer(DataPair data, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataPair used = Samples is { } samples ? data with { Train = data.Train.First(samples) } : data;
        return new(Build(used.Train.Shape, threads), used, PaperRules.TrainingOf(this), Keys.Fold(Seed, 2));
    }

    internal Cell Require()
    {
        OneOf(Model, PaperModels.Names, "model");
        OneOf(Data, DataSource.Names, "data");
        OneOf(Rule, PaperRules.Names, "rule");
        OneOf(Device, PaperRules.Devices, "device");
        Positive(Tau, "tau");
        Positive(Exponent, "exponent");
        Positive(Granularity, "granularity");
        Positive(LearningRate ?? 1.0, "learningRate");
        Positive(FastRate ?? 1.0, "fastRate");
        Positive(TransferRate ?? 1.0, "transferRate");
        Check(ChopProbability is not (<= 0.0 or > 1.0 or double.NaN), "chopProbability", "a probability above 0", ChopProbability ?? 1.0);
        Positive(Mixing ?? 1.0, "mixing");
        Positive(BatchSize ?? 1, "batchSize");
        Positive(Samples ?? 1, "samples");
        Check(CycleNoise >= 0.0 && double.IsFinite(CycleNoise), "cycleNoise", "a finite number at or above 0", CycleNoise);
        Check(OffsetSpread >= 0.0 && double.IsFinite(OffsetSpread), "offsetSpread", "a finite number at or above 0", OffsetSpread);
        Check(double.IsFinite(OffsetMean), "offsetMean", "a finite number", OffsetMean);
        Check(Patience >= 0, "patience", "a number at or above 0", Patience);
        return this;
    }

    private static string Number(string word, double value) => string.Create(CultureInfo.InvariantCulture, $"{word}{value:R}");

    private static void OneOf(string value, IReadOnlyList<string> names, string what)
    {
        if (!names.Contains(value))
        {
            throw new ArgumentException($"Expected as {what} one of {string.Join(", ", names)}, got '{value}'.", what);
        }
    }

    private static void Positive(double value, string what) =>
        Check(value > 0.0 && double.IsFinite(value), what, "a finite number above 0", value);

    private static void Check(bool holds, string what, string expected, double value)
    {
        if (!holds)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Expected as {what} {expected}, got {value}."), what);
        }
    }
}
