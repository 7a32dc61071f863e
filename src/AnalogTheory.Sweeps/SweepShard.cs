using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Runs;

namespace AnalogTheory.Sweeps;

/// <summary>How a shard is run.</summary>
/// <param name="Threads">Worker threads, at least 1; results do not depend on it.</param>
/// <param name="Form">How the shard's table is written.</param>
/// <param name="Progress">Told the share of the shard's cells that is done, 0 … 1; null for nobody.</param>
public sealed record ShardSettings(int Threads, TableForm Form, IProgress<double>? Progress = null);

/// <summary>How a sitting ended.</summary>
/// <param name="Cells">Cells of the selection.</param>
/// <param name="Before">Those that were finished before, here or in another shard.</param>
/// <param name="Failed">Those that cannot be computed, rising.</param>
public sealed record ShardEnd(long Cells, long Before, ImmutableArray<CellOutcome> Failed);

/// <summary>Runs the cells of a selection that nobody has finished, and keeps each as it is finished.</summary>
public sealed class SweepShard
{
    internal const string Id = "sweep shard";

    // What a kill may cost of a cell that takes long.
    private static readonly TimeSpan s_keepEvery = TimeSpan.FromSeconds(20);

    private readonly SweepFolder _folder;
    private readonly CellSelection _selection;
    private readonly ICellRunner _runner;
    private readonly ShardSettings _settings;
    private readonly Lock _gate = new();

    private SweepShard(SweepFolder folder, CellSelection selection, ICellRunner runner, ShardSettings settings) =>
        (_folder, _selection, _runner, _settings) = (folder, selection, runner, settings);

    /// <summary>Runs what is missing of a selection.</summary>
    /// <param name="folder">The sweep.</param>
    /// <param name="selection">Cells to run.</param>
    /// <param name="runner">Computes a cell.</param>
    /// <param name="settings">Threads, form and progress.</param>
    /// <param name="cancellation">Stops; finished cells and kept parts stay.</param>
    /// <returns>How it ended. A selection without a failed cell has a table then.</returns>
    /// <exception cref="FolderInUseException">Another process runs the same selection.</exception>
    /// <exception cref="InvalidDataException">A file of the sweep is damaged or foreign; the message names it.</exception>
    /// <exception cref="IOException">The machine refuses; finished cells stay.</exception>
    public static Task<ShardEnd> RunAsync(
        SweepFolder folder,
        CellSelection selection,
        ICellRunner runner,
        ShardSettings settings,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(settings);
        return new SweepShard(folder, selection, runner, settings).Run(cancellation);
    }

    private async Task<ShardEnd> Run(CancellationToken cancellation)
    {
        long[] cells = [.. _selection.Cells(_folder.Definition.Grid.Count)];
        string own = _folder.FolderOf(_selection.Name);
        using FolderLock ours = FolderLock.Take(own);
        AtomicFile.cleanFolder(own);
        IReadOnlyList<CellOutcome>? whole = await _folder.Whole(_selection.Name);
        using PartsFile journal = _folder.Journal(_selection.Name);
        ShardRecords records = ShardRecords.Of(journal.Path, Load(journal));
        foreach (CellOutcome outcome in whole ?? [])
        {
            records.Outcomes[outcome.Cell] = outcome;
        }

        HashSet<long> done = [.. Finished(records.Outcomes.Values)];
        foreach (string shard in _folder.Shards().Where(name => name != _selection.Name))
        {
            done.UnionWith(Finished((await _folder.Read(shard)).Outcomes));
        }

        long[] open = [.. cells.Where(cell => !done.Contains(cell))];
        if (open.Length == 0 && whole is not null)
        {
            // A kill after the table was written may have left the journal.
            journal.Clear();
            return new(cells.Length, cells.Length, []);
        }

        Stopwatch clock = Stopwatch.StartNew();
        ConcurrentDictionary<long, CellOutcome> outcomes = new(records.Outcomes);
        await RunOpen(open, cells.Length, records, journal, outcomes, cancellation);
        CellOutcome[] failed = [.. open.Select(cell => outcomes[cell]).Where(outcome => outcome.Failure is not null)];
        CellOutcome[] finished = [.. outcomes.Values.Where(outcome => outcome.Failure is null).OrderBy(outcome => outcome.Cell)];
        if (failed.Length == 0 && finished.Length > 0)
        {
            await WriteTable(own, finished, clock.Elapsed);
            journal.Clear();
        }

        return new(cells.Length, cells.Length - open.Length, [.. failed]);
    }

    private static IEnumerable<long> Finished(IEnumerable<CellOutcome> outcomes) =>
        outcomes.Where(outcome => outcome.Failure is null).Select(outcome => outcome.Cell);

    private static IReadOnlyList<byte[]> Load(PartsFile journal)
    {
        try
        {
            return journal.Load();
        }
        catch (OtherRunException other)
        {
            throw new InvalidDataException($"{journal.Path} is of another sweep or version.", other);
        }
    }

    private async Task RunOpen(
        long[] open,
        int all,
        ShardRecords records,
        PartsFile journal,
        ConcurrentDictionary<long, CellOutcome> outcomes,
        CancellationToken cancellation
    )
    {
        if (open.Length == 0)
        {
            return;
        }

        int atATime = Math.Min(_settings.Threads, open.Length);
        int inside = Math.Max(1, _settings.Threads / open.Length);
        ProgressSum progress = new(open.Length, all - open.Length, _settings.Progress);
        ParallelOptions options = new() { MaxDegreeOfParallelism = atATime, CancellationToken = cancellation };
        await Parallel.ForAsync(
            0,
            open.Length,
            options,
            async (i, stop) =>
            {
                long cell = open[i];
                IReadOnlyList<byte[]> kept = records.Kept.TryGetValue(cell, out List<byte[]>? before) ? before : [];
                Keeper keeper = new(parts => Locked(() => ShardRecords.Write(journal, cell, parts)));
                string folder = Path.Combine(_folder.FolderOf(_selection.Name), "cells", cell.ToString(CultureInfo.InvariantCulture));
                CellPlace place = new(kept, folder, inside, keeper.Keep, value => progress.Report(i, value));
                CellOutcome outcome;
                try
                {
                    outcome = await Outcome(cell, place, stop);
                }
                catch (OperationCanceledException)
                {
                    keeper.Flush();
                    throw;
                }

                Locked(() => ShardRecords.Write(journal, outcome));
                outcomes[cell] = outcome;
                progress.Report(i, 1.0);
            }
        );
    }

    private async Task<CellOutcome> Outcome(long cell, CellPlace place, CancellationToken stop)
    {
        try
        {
            ImmutableArray<MeasureRow> rows = await _runner.RunAsync(cell, place, stop);
            return rows.IsDefaultOrEmpty ? new(cell, [], "it gave no rows") : new(cell, rows);
        }
        catch (CellFailedException failed)
        {
            return new(cell, [], failed.Message.ReplaceLineEndings(" "));
        }
        // One cell's fault must not stop the others; status names it. What the machine refuses concerns all.
#pragma warning disable CA1031
        catch (Exception fault)
            when (fault is not (OperationCanceledException or IOException or UnauthorizedAccessException or OutOfMemoryException))
#pragma warning restore CA1031
        {
            return new(cell, [], $"{fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }

    private void Locked(Action write)
    {
        lock (_gate)
        {
            write();
        }
    }

    private async Task WriteTable(string own, CellOutcome[] finished, TimeSpan duration)
    {
        ResultFile table = await ShardTable.File("cells", _settings.Form, ShardTable.Columns(finished, null));
        ResultFolder.Write(
            own,
            [table],
            new ResultFacts(
                Id,
                _folder.Definition.Title,
                [
                    KeyValuePair.Create("selection", _selection.Name),
                    KeyValuePair.Create("cells", finished.Length.ToString(CultureInfo.InvariantCulture)),
                ],
                0,
                0,
                _folder.Program.Version,
                _folder.Program.Commit,
                duration.TotalSeconds,
                ["The duration is that of the last sitting."],
                _folder.Program.Fingerprint
            )
        );
    }

    // Parts wait a little, so that short cells write nothing but their outcome.
    private sealed class Keeper(Action<IReadOnlyList<byte[]>> write)
    {
        private readonly Lock _gate = new();
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly List<byte[]> _waiting = [];

        internal void Keep(byte[] part)
        {
            lock (_gate)
            {
                _waiting.Add(part);
                if (_clock.Elapsed >= s_keepEvery)
                {
                    Flush();
                }
            }
        }

        internal void Flush()
        {
            lock (_gate)
            {
                if (_waiting.Count > 0)
                {
                    write(_waiting);
                    _waiting.Clear();
                }

                _clock.Restart();
            }
        }
    }
}
