using System;
using System.Runtime.CompilerServices;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>When lines (columns or rows) of the fast array are read and transferred, and which.</summary>
/// <remarks>Names of AIHWKIT's <c>TransferCompound</c> in parentheses. Lines are visited in a circle, one after the other.</remarks>
public sealed record TransferSchedule
{
    /// <summary>One column after every mini-batch.</summary>
    public static TransferSchedule EveryBatch { get; } = new();

    /// <summary>One column after every sample.</summary>
    public static TransferSchedule EverySample { get; } = new() { CountsBatches = false };

    /// <summary>Updates between two transfers, above 0, counted in <see cref="CountsBatches"/>' unit (<c>transfer_every</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite or not positive.</exception>
    public double Every
    {
        get;
        init => field = value > 0.0 && double.IsFinite(value) ? value : throw Out(value, "a finite number above 0");
    } = 1.0;

    /// <summary>Whether <see cref="Every"/> counts mini-batches; else samples (<c>units_in_mbatch</c>).</summary>
    public bool CountsBatches { get; init; } = true;

    /// <summary>Lines that one transfer reads, at least 1 (<c>n_reads_per_transfer</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Reads
    {
        get;
        init => field = value >= 1 ? value : throw Out(value, "a number of lines above 0");
    } = 1;

    /// <summary>Whether rows are transferred, read transposed; else columns (<c>transfer_columns</c> false).</summary>
    public bool ByRows { get; init; }

    /// <summary>Whether each transfer starts at a random line; else where the last one ended (<c>random_selection</c>).</summary>
    public bool StartsAnywhere { get; init; }

    /// <summary>The whole array after every mini-batch: the two-array dynamic of the papers.</summary>
    /// <param name="lines">Number of columns, or of rows where rows are transferred.</param>
    /// <returns>The schedule.</returns>
    public static TransferSchedule WholeArray(int lines) => new() { Reads = lines };

    /// <summary>Samples between two transfers.</summary>
    /// <param name="batch">Samples of the mini-batch at hand.</param>
    internal long Period(int batch) => Math.Max(1, (long)(CountsBatches ? Math.Ceiling(Every * batch) : Math.Round(Every)));

    private static ArgumentOutOfRangeException Out<T>(T value, string expected, [CallerMemberName] string name = "") =>
        new(name, FormattableString.Invariant($"Expected {expected}, got {value}."));
}
