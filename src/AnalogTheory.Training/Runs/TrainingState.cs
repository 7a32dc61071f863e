using System.Collections.Generic;

namespace AnalogTheory.Training.Runs;

/// <summary>A training on its way: weights, how far it is, and what it came to so far.</summary>
/// <param name="network">State of the network.</param>
public sealed class TrainingState(NetworkState network)
{
    private readonly List<EpochMetrics> _history = [];

    /// <summary>State of the network.</summary>
    public NetworkState Network { get; } = network;

    /// <summary>Epochs that are finished.</summary>
    public int Epoch => _history.Count;

    /// <summary>Mini-batches of the epoch in progress that are finished.</summary>
    public int Batch { get; internal set; }

    /// <summary>Metrics of the epochs that are finished.</summary>
    public IReadOnlyList<EpochMetrics> History => _history;

    /// <summary>Sum of the losses of the epoch in progress.</summary>
    internal double LossSum { get; set; }

    /// <summary>Right answers of the epoch in progress.</summary>
    internal long Correct { get; set; }

    /// <summary>Pulses of the epoch in progress.</summary>
    internal long Pulses { get; set; }

    /// <summary>Time of the epoch in progress so far.</summary>
    internal double Seconds { get; set; }

    internal void Finish(EpochMetrics metrics)
    {
        _history.Add(metrics);
        (Batch, LossSum, Correct, Pulses, Seconds) = (0, 0.0, 0, 0, 0.0);
    }

    internal void Restore(IEnumerable<EpochMetrics> history)
    {
        _history.Clear();
        _history.AddRange(history);
    }
}
