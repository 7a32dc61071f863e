using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Tests.Reference;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Algorithms;

/// <summary>Schedules equal AIHWKIT's to rounding: every trace of the reference folder, with the parameters of its first line.</summary>
public class KitTraceTests
{
    private const int Outputs = 3;
    private const int Inputs = 4;
    private const int Batch = 4;
    private const double LearningRate = 0.2;

    public static TheoryData<string> Files => ReferenceFile.Named("trace_*.csv");

    [Theory]
    [MemberData(nameof(Files))]
    public void A_trace_is_equal_to_rounding(string file)
    {
        KitTrace trace = KitTrace.Read(ReferenceFile.PathOf(file));
        IArrayAlgorithm algorithm = Algorithm(trace);
        AlgorithmState state = algorithm.Init();
        algorithm.Set(state, 0, [.. Enumerable.Range(0, Outputs * Inputs).Select(k => (float)(0.1 * Math.Sin(k + 1)))]);
        Compare(trace, algorithm, state, 0);
        for (int step = 1; step <= trace.States.Keys.Max(); step += Batch)
        {
            float[] x = [.. Samples(step).SelectMany(s => Enumerable.Range(0, Inputs).Select(j => (float)Math.Sin((1.7 * s) + j + 1)))];
            float[] d =
            [
                .. Samples(step)
                    .SelectMany(s => Enumerable.Range(0, Outputs).Select(i => (float)(0.5 * Math.Cos((0.9 * s) + (2 * i) + 0.3)))),
            ];
            algorithm.Update(state, Keys.Fold(1, (ulong)step), x, d, LearningRate);
            Compare(trace, algorithm, state, step + Batch - 1);
        }
    }

    private static IEnumerable<int> Samples(int first) => Enumerable.Range(first, Batch);

    private static void Compare(KitTrace trace, IArrayAlgorithm algorithm, AlgorithmState state, int step)
    {
        if (!trace.States.TryGetValue(step, out IReadOnlyDictionary<string, float[]>? expected))
        {
            return;
        }

        foreach ((string name, float[] numbers) in expected)
        {
            float[] ours = name == "W" ? algorithm.Weights(state) : Part(algorithm, state, name);
            // A buffer counts in pulses, so that its rounding is that of numbers near 1.
            float allowance = name.StartsWith("buffered", StringComparison.Ordinal) ? 1e-5f : 2e-7f;
            for (int e = 0; e < numbers.Length; e++)
            {
                Assert.True(
                    MathF.Abs(ours[e] - numbers[e]) <= allowance,
                    FormattableString.Invariant($"step {step}, {name}[{e}]: expected {numbers[e]}, got {ours[e]}")
                );
            }
        }
    }

    private static float[] Part(IArrayAlgorithm algorithm, AlgorithmState state, string kitName)
    {
        float[] numbers = new float[Outputs * Inputs];
        string buffer = kitName switch
        {
            "buffered_FP_weight_0" or "buffered_FP_weight" => "H",
            "running_mean_weight" => "μ",
            "past_mean_weight" => "μ past",
            "hidden_weights_chi" => "χ",
            _ => "",
        };
        if (buffer.Length > 0)
        {
            state.Buffers[algorithm.Names.Buffers.ToList().IndexOf(buffer)].Store(numbers);
        }
        else
        {
            Match match = Regex.Match(kitName, "^hidden_weights_([01])$");
            Assert.True(match.Success, $"Expected a known array, got '{kitName}'.");
            state.Arrays[match.Groups[1].Value == "0" ? 0 : 1].Weights.Store(numbers);
        }

        return numbers;
    }

    private static PulsedArray Array() =>
        new(
            new SoftBoundsReferenceDevice
            {
                Granularity = 0.01,
                UpperBound = 1.0,
                LowerBound = -1.0,
                CycleNoise = 0.0,
            }.WithoutSpread(),
            Outputs,
            Inputs,
            deviceKey: 1
        );

    private static UpdateSettings Circuit(string words, UpdateSettings other)
    {
        Match bitLength = Regex.Match(words, "bl=([0-9]+)");
        bool manages = words.Contains("UM", StringComparison.Ordinal)
            ? !words.Contains("no UM", StringComparison.Ordinal)
            : other.UpdateManagement;
        return other with
        {
            Type = PulseType.DeterministicImplicit,
            BitLength = bitLength.Success
                ? int.Parse(bitLength.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)
                : other.BitLength,
            UpdateManagement = manages,
            BitLengthManagement = manages,
        };
    }

    private static TransferSchedule Schedule(KitTrace trace, bool countsBatches) =>
        new()
        {
            Every = trace["transfer_every", 1.0],
            CountsBatches = trace.Is("units_in_mbatch", countsBatches),
            Reads = (int)trace["n_reads", 1.0],
            ByRows = !trace.Is("transfer_columns", true),
        };

    private static Rate FastRate(KitTrace trace, bool isRelative)
    {
        double factor = trace["fast_lr", 1.0];
        return trace.Is("scale_fast_lr", isRelative) ? Rate.Relative(factor) : Rate.Absolute(factor);
    }

    private static Rate TransferRate(KitTrace trace)
    {
        double factor = trace["transfer_lr", 1.0];
        return trace.Is("scale_transfer_lr", true) ? Rate.Relative(factor) : Rate.Absolute(factor);
    }

    private static IArrayAlgorithm Algorithm(KitTrace trace)
    {
        UpdateSettings gradient = Circuit(trace.GradientCircuit, UpdateSettings.Default);
        UpdateSettings managed = Circuit(trace.TransferCircuit, UpdateSettings.Default);
        UpdateSettings onePulse = Circuit(trace.TransferCircuit, TransferSettings.OnePulse);
        return trace.Algorithm switch
        {
            "plain pulsed SGD" => new PulsedSgd(Array(), gradient),
            "TransferCompound" => new TikiTaka(
                Array(),
                Array(),
                new TikiTakaSettings
                {
                    Schedule = Schedule(trace, countsBatches: true),
                    FastRate = FastRate(trace, isRelative: true),
                    TransferRate = TransferRate(trace),
                    Mixing = trace["gamma", 0.0],
                    GradientUpdate = gradient,
                    TransferUpdate = managed,
                }
            ),
            "BufferedTransferCompound" => new TikiTakaV2(
                Array(),
                Array(),
                new TikiTakaV2Settings
                {
                    Schedule = Schedule(trace, countsBatches: true),
                    FastRate = FastRate(trace, isRelative: true),
                    TransferRate = TransferRate(trace),
                    Threshold = trace["thres_scale", 1.0],
                    Momentum = trace["momentum", 0.1],
                    Forgets = trace.Is("forget_buffer", true),
                    GradientUpdate = gradient,
                    TransferUpdate = onePulse,
                }
            ),
            "ChoppedTransferCompound" => new ChoppedTikiTaka(Array(), Array(), Chopped(trace, new ChoppedSettings(), gradient, onePulse)),
            "DynamicTransferCompound" => new Agad(
                Array(),
                Array(),
                (AgadSettings)Chopped(
                    trace,
                    new AgadSettings { TailWeight = trace["tail_weightening", 5.0], ChopsAtRandom = false },
                    gradient,
                    onePulse
                )
            ),
            "MixedPrecisionCompound" => new MixedPrecision(
                Array(),
                new MixedPrecisionSettings
                {
                    Every = trace["transfer_every", 1.0],
                    TransferRate = trace["transfer_lr", 1.0],
                    Update = gradient,
                    AsAihwkit = true,
                }
            ),
            _ => throw new InvalidOperationException($"Expected a known algorithm, got '{trace.Algorithm}'."),
        };
    }

    private static ChoppedSettings Chopped(KitTrace trace, ChoppedSettings settings, UpdateSettings gradient, UpdateSettings transfer) =>
        settings with
        {
            Schedule = Schedule(trace, countsBatches: false),
            FastRate = FastRate(trace, isRelative: false),
            TransferRate = TransferRate(trace),
            ChopProbability = trace["in_chop_prob", 0.1],
            ChopsAtRandom = trace.Is("in_chop_random", settings.ChopsAtRandom),
            AutoScale = trace.Is("auto_scale", false),
            AutoMomentum = trace["auto_momentum", 0.99],
            AutoGranularity = trace["auto_granularity", 0.0],
            Forgets = trace.Is("forget_buffer", true),
            Momentum = trace["momentum", 0.0],
            GradientUpdate = gradient,
            TransferUpdate = transfer,
        };
}
