using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;

namespace AnalogTheory.Sweeps;

/// <summary>Computes cells. A cell's rows depend on its number only: not on threads, on parts that were kept, or on other cells.</summary>
public interface ICellRunner
{
    /// <summary>Computes a cell.</summary>
    /// <param name="cell">Number of the cell.</param>
    /// <param name="place">What an earlier sitting kept, where to keep more, and the threads at hand.</param>
    /// <param name="cancellation">Stops; what was kept stays.</param>
    /// <returns>Rows, at least one.</returns>
    /// <exception cref="CellFailedException">The cell cannot be computed, now or later; the sweep goes on.</exception>
    /// <exception cref="System.IO.IOException">The machine refuses; the sweep stops, and nothing finished is lost.</exception>
    public Task<ImmutableArray<MeasureRow>> RunAsync(long cell, CellPlace place, CancellationToken cancellation);
}

/// <summary>A cell that cannot be computed, however often one tries.</summary>
public sealed class CellFailedException : Exception
{
    /// <summary>Says why.</summary>
    /// <param name="message">One line for people.</param>
    public CellFailedException(string message)
        : base(message) { }

    /// <summary>Says why.</summary>
    /// <param name="message">One line for people.</param>
    /// <param name="inner">Where it was noticed.</param>
    public CellFailedException(string message, Exception inner)
        : base(message, inner) { }

    /// <summary>For serializers; says nothing.</summary>
    public CellFailedException() { }
}

/// <summary>What a cell finds where it is computed.</summary>
public sealed class CellPlace
{
    private readonly Action<byte[]> _keep;
    private readonly Action<double> _progress;

    internal CellPlace(IReadOnlyList<byte[]> kept, string folder, int threads, Action<byte[]> keep, Action<double> progress) =>
        (Kept, Folder, Threads, _keep, _progress) = (kept, folder, threads, keep, progress);

    /// <summary>Parts that an earlier sitting kept, in the order in which it did.</summary>
    public IReadOnlyList<byte[]> Kept { get; }

    /// <summary>A folder of the cell's own, which the cell makes if it needs one.</summary>
    public string Folder { get; }

    /// <summary>Threads that it may use.</summary>
    public int Threads { get; }

    /// <summary>Keeps a part, so that a stopped cell need not repeat it; written within half a minute.</summary>
    /// <param name="part">The part in the cell's own form.</param>
    public void Keep(byte[] part) => _keep(part);

    /// <summary>Tells how far the cell has come.</summary>
    /// <param name="fraction">0 … 1.</param>
    public void Report(double fraction) => _progress(fraction);
}
