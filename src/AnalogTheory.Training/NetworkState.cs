using System;
using System.Collections.Generic;
using System.Linq;
using AnalogTheory.Training.Layers;

namespace AnalogTheory.Training;

/// <summary>All that changes in a network while it trains: two states with equal numbers behave alike from then on.</summary>
/// <param name="layers">States of the layers, first to last.</param>
public sealed class NetworkState(IReadOnlyList<LayerState> layers)
{
    /// <summary>States of the layers, first to last.</summary>
    public IReadOnlyList<LayerState> Layers { get; } = layers;

    /// <summary>A state of equal numbers in new memory.</summary>
    public NetworkState Clone() => new([.. Layers.Select(layer => layer.Clone())]);

    /// <summary>Takes over the numbers of another state of the same network.</summary>
    /// <param name="other">Where the numbers come from.</param>
    /// <exception cref="ArgumentException">The states are made of other parts.</exception>
    public void CopyFrom(NetworkState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Layers.Count != Layers.Count)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected {Layers.Count} layers, got {other.Layers.Count}."),
                nameof(other)
            );
        }

        for (int l = 0; l < Layers.Count; l++)
        {
            Layers[l].CopyFrom(other.Layers[l]);
        }
    }
}
