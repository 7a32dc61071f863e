namespace AnalogTheory.Tiles.Arrays;

/// <summary>What an update did, for plots and tests; nothing reads it back.</summary>
/// <param name="BitLength">Longest train sent, in slots; 0 where nothing was sent or no pulses are used.</param>
/// <param name="Pulses">Pulses that all elements received together.</param>
public readonly record struct UpdateInfo(int BitLength, long Pulses)
{
    /// <summary>Two updates, one after the other: the longer of the trains, and all pulses.</summary>
    /// <param name="a">One update.</param>
    /// <param name="b">The other.</param>
    public static UpdateInfo operator +(UpdateInfo a, UpdateInfo b) => new(System.Math.Max(a.BitLength, b.BitLength), a.Pulses + b.Pulses);
}
