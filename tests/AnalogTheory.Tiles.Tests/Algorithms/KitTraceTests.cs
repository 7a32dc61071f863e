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
        IArrayAlgorithm algorithm = trace.Setup.Over(Array);
        AlgorithmState state = algorithm.Init();
        algorithm.Set(state, 0, [.. Enumerable.Range(0, Outputs * Inputs).Select(k => (float)(0.1 * Math.Sin(k + 1)))]);
        Compare(file, trace, algorithm, state, 0);
        for (int step = 1; step <= trace.States.Keys.Max(); step += Batch)
        {
            float[] x = [.. Samples(step).SelectMany(s => Enumerable.Range(0, Inputs).Select(j => (float)Math.Sin((1.7 * s) + j + 1)))];
            float[] d =
            [
                .. Samples(step)
                    .SelectMany(s => Enumerable.Range(0, Outputs).Select(i => (float)(0.5 * Math.Cos((0.9 * s) + (2 * i) + 0.3)))),
            ];
            algorithm.Update(state, Keys.Fold(1, (ulong)step), x, d, LearningRate);
            Compare(file, trace, algorithm, state, step + Batch - 1);
        }
    }

    private static IEnumerable<int> Samples(int first) => Enumerable.Range(first, Batch);

    private static void Compare(string file, KitTrace trace, IArrayAlgorithm algorithm, AlgorithmState state, int step)
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
                double share = Agreement.OfRounding("trace", file, (ours[e] - numbers[e]) / allowance);
                Assert.True(
                    Math.Abs(share) <= 1.0,
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
}
