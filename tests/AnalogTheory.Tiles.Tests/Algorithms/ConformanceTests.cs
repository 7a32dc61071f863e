using System;
using System.Collections.Generic;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Algorithms;

/// <summary>What every algorithm owes, on exact arrays and on pulsed ones with all their imperfections.</summary>
public class ConformanceTests
{
    public static TheoryData<string> Names => Catalogue.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_pure_form_and_the_form_in_place_agree_bit_for_bit(string name)
    {
        foreach (Func<IWeightArray> array in Arrays())
        {
            IArrayAlgorithm algorithm = Catalogue.Make(name, array);
            AlgorithmState inPlace = Started(algorithm);
            AlgorithmState pure = Started(algorithm);
            for (int step = 0; step < 12; step++)
            {
                (float[] x, float[] d) = Catalogue.Batch(step, 3);
                ulong key = Keys.Fold(7, (ulong)step);
                AlgorithmState before = pure.Clone();
                (AlgorithmState next, UpdateInfo info) = algorithm.Updated(pure, key, x, d, 0.1);
                Assert.Equal(Catalogue.Numbers(before), Catalogue.Numbers(pure));
                Assert.Equal(info, algorithm.Update(inPlace, key, x, d, 0.1));
                pure = next;
                Assert.Equal(Catalogue.Numbers(inPlace), Catalogue.Numbers(pure));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_copied_state_goes_on_as_the_original_does(string name)
    {
        IArrayAlgorithm algorithm = Catalogue.Make(name, Pulsed);
        AlgorithmState state = Trained(algorithm, 0, 5, Started(algorithm));
        AlgorithmState copy = algorithm.Init();
        copy.CopyFrom(state);
        Assert.Equal(Catalogue.Numbers(Trained(algorithm, 5, 9, state)), Catalogue.Numbers(Trained(algorithm, 5, 9, copy)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_key_gives_other_bits_on_pulsed_arrays_and_the_same_key_the_same(string name)
    {
        IArrayAlgorithm algorithm = Catalogue.Make(name, Pulsed);
        List<double> one = Catalogue.Numbers(Trained(algorithm, 0, 12, Started(algorithm), key: 1));
        Assert.Equal(one, Catalogue.Numbers(Trained(algorithm, 0, 12, Started(algorithm), key: 1)));
        Assert.NotEqual(one, Catalogue.Numbers(Trained(algorithm, 0, 12, Started(algorithm), key: 2)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Set_gives_back_what_was_set_and_forgets_the_past(string name)
    {
        IArrayAlgorithm algorithm = Catalogue.Make(name, () => new IdealArray(Catalogue.Outputs, Catalogue.Inputs));
        AlgorithmState fresh = Started(algorithm);
        AlgorithmState used = Trained(algorithm, 0, 7, Started(algorithm));
        algorithm.Set(used, 1, StartWeights());
        Assert.Equal(StartWeights(), algorithm.Weights(used));
        Assert.Equal(Catalogue.Numbers(fresh), Catalogue.Numbers(used));
    }

    [Theory]
    [InlineData("Analog SGD")]
    [InlineData("Residual learning")]
    [InlineData("Residual learning v2")]
    [InlineData("Mixed precision")]
    [InlineData("RIDER")]
    [InlineData("Multi-tile")]
    public void On_exact_arrays_training_reaches_the_minimum(string name)
    {
        // Least squares without noise: d = W·x − W*·x. Algorithms with γ = 0 are left out: without the device's pull to its symmetric point nothing damps A,
        // and their digital form swings.
        IArrayAlgorithm algorithm = Catalogue.Make(name, () => new IdealArray(Catalogue.Outputs, Catalogue.Inputs));
        AlgorithmState state = algorithm.Init();
        float[] target = StartWeights();
        float[] y = new float[Catalogue.Outputs];
        float first = 0.0f;
        float last = 0.0f;
        for (int step = 0; step < 6000; step++)
        {
            (float[] x, _) = Catalogue.Batch(step, 1);
            algorithm.Forward(state, Keys.Fold(3, (ulong)step), x, y);
            float loss = 0.0f;
            for (int i = 0; i < y.Length; i++)
            {
                for (int j = 0; j < x.Length; j++)
                {
                    y[i] -= target[(i * x.Length) + j] * x[j];
                }

                loss += y[i] * y[i];
            }

            first = step == 0 ? loss : first;
            last = step >= 5990 ? MathF.Max(last, loss) : last;
            algorithm.Update(state, Keys.Fold(4, (ulong)step), x, y, 0.05);
        }

        Assert.True(last < 0.02f * first, FormattableString.Invariant($"loss {first} at the start, {last} at the end"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mini_batch_that_does_not_fit_is_refused_before_anything_changes(string name)
    {
        IArrayAlgorithm algorithm = Catalogue.Make(name, Pulsed);
        AlgorithmState state = Started(algorithm);
        List<double> before = Catalogue.Numbers(state);
        (float[] x, float[] d) = Catalogue.Batch(0, 2);
        Assert.Equal("d", Assert.Throws<ArgumentException>(() => algorithm.Update(state, 1, x, d.AsSpan(1), 0.1)).ParamName);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => algorithm.Update(state, 1, x.AsSpan(1), d, 0.1)).ParamName);
        Assert.Equal("learningRate", Assert.Throws<ArgumentException>(() => algorithm.Update(state, 1, x, d, double.NaN)).ParamName);
        x[^1] = float.NaN;
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => algorithm.Update(state, 1, x, d, 0.1)).ParamName);
        Assert.Equal(before, Catalogue.Numbers(state));
    }

    private static float[] StartWeights()
    {
        float[] weights = new float[Catalogue.Outputs * Catalogue.Inputs];
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = 0.3f * MathF.Sin(k + 1.0f);
        }

        return weights;
    }

    private static AlgorithmState Started(IArrayAlgorithm algorithm)
    {
        AlgorithmState state = algorithm.Init();
        algorithm.Set(state, 1, StartWeights());
        return state;
    }

    private static AlgorithmState Trained(IArrayAlgorithm algorithm, int first, int end, AlgorithmState state, ulong key = 1)
    {
        for (int step = first; step < end; step++)
        {
            (float[] x, float[] d) = Catalogue.Batch(step, 3);
            algorithm.Update(state, Keys.Fold(key, (ulong)step), x, d, 0.1);
        }

        return state;
    }

    private static IEnumerable<Func<IWeightArray>> Arrays() => [() => new IdealArray(Catalogue.Outputs, Catalogue.Inputs), Pulsed];

    private static IWeightArray Pulsed() =>
        new PulsedArray(
            new SoftBoundsReferenceDevice
            {
                Granularity = 0.01,
                WriteNoise = 0.5,
                ReferenceSpread = 0.05,
            },
            Catalogue.Outputs,
            Catalogue.Inputs,
            deviceKey: 5
        );
}
