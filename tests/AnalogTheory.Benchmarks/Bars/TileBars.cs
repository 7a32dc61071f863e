using System.Collections.Generic;

namespace AnalogTheory.Benchmarks.Bars;

/// <summary>Bars of arrays of 512 × 512 elements.</summary>
internal static class TileBars
{
    private const double Crosspoints = TileUpdateBenchmarks.Side * TileUpdateBenchmarks.Side;
    private const int Batch = 10;

    /// <summary>Updates: times are per crosspoint.</summary>
    internal static (List<Work> Works, List<Bar> Bars) Updates()
    {
        TileUpdateBenchmarks tile = new();
        return (
            [
                new("float normal", Crosspoints, () => tile.OneNormal()),
                new("7.8 pulses", Crosspoints, () => tile.Pulses7_8()),
                new("1 pulse, 31 slots", Crosspoints, () => tile.Pulses1()),
                new("1 pulse, 4 slots", Crosspoints, () => tile.Pulses1Managed()),
                new("0.125 pulses", Crosspoints, () => tile.Pulses0_125()),
                new("7.8 pulses, two threads", Crosspoints, () => tile.Pulses7_8TwoThreads()),
                new("7.8 pulses, pulse after pulse", Crosspoints, () => tile.PulseAfterPulse7_8()),
                new("0.125 pulses, pulse after pulse", Crosspoints, () => tile.PulseAfterPulse0_125()),
            ],
            [
                Bar.AtMost("7.8 pulses over a float normal", 1.6, "7.8 pulses", "float normal"),
                Bar.AtMost("1 pulse in 31 slots over a float normal", 1.0, "1 pulse, 31 slots", "float normal"),
                Bar.AtMost("1 pulse in 4 slots over a float normal", 1.0, "1 pulse, 4 slots", "float normal"),
                Bar.AtMost("0.125 pulses over a float normal", 0.25, "0.125 pulses", "float normal"),
                Bar.AtLeast("7.8 pulses, times as fast as pulse after pulse", 40.0, "7.8 pulses", "7.8 pulses, pulse after pulse"),
                Bar.AtLeast("0.125 pulses, times as fast as pulse after pulse", 10.0, "0.125 pulses", "0.125 pulses, pulse after pulse"),
                Bar.AtLeast("7.8 pulses, times as fast on two threads", 1.8, "7.8 pulses, two threads", "7.8 pulses"),
            ]
        );
    }

    /// <summary>Reads: times are per vector.</summary>
    internal static (List<Work> Works, List<Bar> Bars) Reads()
    {
        TileReadBenchmarks tile = new();
        return (
            [
                new("product", 1, () => tile.Product()),
                new("read with default periphery", 1, () => tile.Default()),
                new("product, batch of ten", Batch, () => tile.ProductOfBatch()),
                new("read with default periphery, batch of ten", Batch, () => tile.DefaultOfBatch()),
                new("transposed product", 1, () => tile.ProductTransposed()),
            ],
            [
                Bar.AtMost("read with default periphery over the product", 1.3, "read with default periphery", "product"),
                Bar.AtMost(
                    "a vector of a batch of ten over a single one",
                    0.6,
                    "read with default periphery, batch of ten",
                    "read with default periphery"
                ),
            ]
        );
    }
}
