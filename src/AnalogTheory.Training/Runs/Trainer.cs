using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Training.Data;

namespace AnalogTheory.Training.Runs;

/// <summary>How far an epoch is.</summary>
/// <param name="Epoch">Epochs finished before.</param>
/// <param name="Images">Images seen in this epoch.</param>
/// <param name="OfImages">Images of an epoch.</param>
/// <param name="Loss">Mean loss of the epoch so far.</param>
/// <param name="Accuracy">Share of right answers of the epoch so far.</param>
/// <param name="ImagesPerSecond">Throughput of this sitting.</param>
public readonly record struct TrainingProgress(int Epoch, int Images, int OfImages, double Loss, double Accuracy, double ImagesPerSecond);

/// <summary>How an epoch ended.</summary>
public enum EpochEnd
{
    /// <summary>All images were seen, and the network was evaluated.</summary>
    Finished,

    /// <summary>It was asked to stop; the state knows where to go on.</summary>
    Stopped,

    /// <summary>The loss of a mini-batch passed a million, or a gradient is no finite number.</summary>
    Exploded,
}

/// <summary>Trains a network epoch by epoch. Everything random is a function of the key and of the position, so a training that was resumed equals one that was not stopped.</summary>
public sealed class Trainer
{
    private const ulong StartKey = 0;
    private const ulong OrderKey = 1;
    private const ulong StepKey = 2;
    private const ulong EvaluationKey = 3;

    // Mean loss of a mini-batch from which on nothing will be learned any more: probabilities of e to the minus a million.
    private const double LargestLoss = 1e6;

    // Mini-batches between two reports.
    private const int ReportEvery = 10;

    private readonly Network _network;
    private readonly Network _exact;
    private readonly NetworkState _exactState;
    private readonly DataPair _data;
    private readonly TrainingSettings _settings;
    private readonly ulong _key;
    private readonly Pass _pass;
    private readonly Pass _evaluation;
    private readonly Pass _exactEvaluation;

    /// <summary>A trainer.</summary>
    /// <param name="network">The network; its last layer gives log-probabilities.</param>
    /// <param name="data">Data.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="key">64-bit key of all that is random but the devices.</param>
    /// <exception cref="ArgumentException">Data and network do not fit, or a setting is out of range.</exception>
    public Trainer(Network network, DataPair data, TrainingSettings settings, ulong key)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        if (network.Input != data.Train.Shape || network.Input != data.Test.Shape || network.Output.Size < data.Train.Classes)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Expected images of {network.Input} in at most {network.Output.Size} classes, as the network has, got {data.Train.Shape} in {data.Train.Classes}."
                ),
                nameof(data)
            );
        }

        (_network, _data, _settings, _key) = (network, data, settings, key);
        _pass = new(network, settings.BatchSize);
        _evaluation = new(network, settings.EvaluationBatch);
        _exact = network.OnExactArrays();
        _exactState = new([.. _exact.Layers.Select(layer => layer.Init())]);
        _exactEvaluation = new(_exact, settings.EvaluationBatch);
    }

    /// <summary>Mini-batches of an epoch.</summary>
    public int Batches => (_data.Train.Count + _settings.BatchSize - 1) / _settings.BatchSize;

    /// <summary>A training that has not begun.</summary>
    /// <returns>The state, weights at their random start.</returns>
    public TrainingState Start() => new(_network.Init(Keys.Fold(_key, StartKey)));

    /// <summary>Trains to the end of the epoch, and evaluates.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="progress">Told now and then; null for nobody.</param>
    /// <param name="cancellation">Stops after the mini-batch at hand.</param>
    /// <returns>How it ended.</returns>
    public EpochEnd RunEpoch(TrainingState state, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(state);
        DataSet train = _data.Train;
        double rate = _settings.LearningRate * _settings.Schedule.Factor(state.Epoch);
        int[] order = Permutation.Of(train.Count, Keys.Fold(Keys.Fold(_key, OrderKey), (ulong)state.Epoch));
        ulong epochKey = Keys.Fold(Keys.Fold(_key, StepKey), (ulong)state.Epoch);
        byte[] labels = new byte[_settings.BatchSize];
        double before = state.Seconds;
        int firstBatch = state.Batch;
        Stopwatch clock = Stopwatch.StartNew();
        while (state.Batch < Batches)
        {
            if (cancellation.IsCancellationRequested)
            {
                return EpochEnd.Stopped;
            }

            int first = state.Batch * _settings.BatchSize;
            _pass.Samples = Math.Min(_settings.BatchSize, train.Count - first);
            for (int n = 0; n < _pass.Samples; n++)
            {
                labels[n] = Load(train, order[first + n], _pass, n);
            }

            ulong key = Keys.Fold(epochKey, (ulong)state.Batch);
            _network.Forward(state.Network, key, _pass);
            (double loss, int correct) = Loss.NegativeLogLikelihood(_pass.Outputs, labels.AsSpan(0, _pass.Samples), _pass.OutputGradient);
            _network.Backward(state.Network, key, _pass);
            if (!(loss <= LargestLoss * _pass.Samples) || !_pass.IsFinite)
            {
                return EpochEnd.Exploded;
            }

            state.Pulses += _network.Update(state.Network, key, _pass, rate).Pulses;
            state.LossSum += loss;
            state.Correct += correct;
            state.Batch++;
            state.Seconds = before + clock.Elapsed.TotalSeconds;
            if (state.Batch % ReportEvery == 0)
            {
                int seen = Math.Min(state.Batch * _settings.BatchSize, train.Count);
                double speed = (seen - (firstBatch * _settings.BatchSize)) / Math.Max(clock.Elapsed.TotalSeconds, 1e-9);
                progress?.Report(new(state.Epoch, seen, train.Count, state.LossSum / seen, (double)state.Correct / seen, speed));
            }
        }

        (double testLoss, double testAccuracy) = Evaluate(_network, state.Network, _evaluation, state.Epoch);
        _network.CopyVisible(state.Network, _exactState);
        (double idealLoss, double idealAccuracy) = Evaluate(_exact, _exactState, _exactEvaluation, state.Epoch);
        state.Finish(
            new(
                state.Epoch + 1,
                rate,
                state.LossSum / train.Count,
                (double)state.Correct / train.Count,
                testLoss,
                testAccuracy,
                idealLoss,
                idealAccuracy,
                _settings.Bound > 0.0 ? Saturated() : double.NaN,
                state.Pulses,
                state.Seconds
            )
        );
        return EpochEnd.Finished;
    }

    /// <summary>Histogram of the weights that the network computes with, on its tiles.</summary>
    /// <param name="state">State.</param>
    /// <param name="largest">Weights from −largest to largest are counted; what is beyond counts in the outermost bins.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <returns>Counts.</returns>
    public long[] Histogram(NetworkState state, double largest, int bins)
    {
        long[] counts = new long[bins];
        _network.CopyVisible(state, _exactState);
        foreach (float weight in Weights())
        {
            int bin = (int)Math.Floor((weight + largest) / (2.0 * largest) * bins);
            counts[Math.Clamp(bin, 0, bins - 1)]++;
        }

        return counts;
    }

    private float[] Weights() =>
        [
            .. _exactState.Layers.SelectMany(layer =>
                layer.Tiles.SelectMany(tile => tile.Arrays.Take(1)).SelectMany(array => Tiles.Arrays.ArraySteps.ToArray(array))
            ),
        ];

    private double Saturated() => Weights().Average(weight => Math.Abs(weight) >= 0.9 * _settings.Bound ? 1.0 : 0.0);

    private byte Load(DataSet set, int image, Pass pass, int sample)
    {
        Span<float> pixels = pass.Inputs.Slice(sample * set.Shape.Size, set.Shape.Size);
        byte label = set.Image(image, pixels);
        if (_settings.PixelMean != 0.0 || _settings.PixelDeviation != 1.0)
        {
            (float mean, float factor) = ((float)_settings.PixelMean, (float)(1.0 / _settings.PixelDeviation));
            foreach (ref float pixel in pixels)
            {
                pixel = (pixel - mean) * factor;
            }
        }

        return label;
    }

    private (double Loss, double Accuracy) Evaluate(Network network, NetworkState state, Pass pass, int epoch)
    {
        DataSet test = _data.Test;
        ulong key = Keys.Fold(Keys.Fold(_key, EvaluationKey), (ulong)epoch);
        double loss = 0.0;
        long correct = 0;
        for (int first = 0; first < test.Count; first += pass.Largest)
        {
            pass.Samples = Math.Min(pass.Largest, test.Count - first);
            for (int n = 0; n < pass.Samples; n++)
            {
                Load(test, first + n, pass, n);
            }

            network.Forward(state, Keys.Fold(key, (ulong)first), pass);
            (double sum, int right) = Loss.NegativeLogLikelihood(pass.Outputs, test.Labels.Slice(first, pass.Samples), []);
            loss += sum;
            correct += right;
        }

        return (loss / test.Count, (double)correct / test.Count);
    }
}
