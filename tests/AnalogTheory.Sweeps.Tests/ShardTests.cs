using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Runs;
using Xunit;

namespace AnalogTheory.Sweeps.Tests;

/// <summary>Shards that are stopped, cut off, refused, or run by two.</summary>
public class ShardTests
{
    // A part of the run ends at a random cell, as Ctrl-C and SIGTERM do.
    private sealed class StopsAfter(int cells, CancellationTokenSource stop) : Toy
    {
        private int _left = cells;

        public override async Task<ImmutableArray<MeasureRow>> RunAsync(long cell, CellPlace place, CancellationToken cancellation)
        {
            if (Interlocked.Decrement(ref _left) < 0)
            {
                place.Keep([1, 2, 3, (byte)cell]);
                await stop.CancelAsync();
            }

            return await base.RunAsync(cell, place, cancellation);
        }
    }

    [Fact]
    public async Task A_stopped_shard_goes_on_and_repeats_nothing()
    {
        using Sandbox box = new();
        (byte[] csv, byte[] parquet) = await box.Alone();
        SweepFolder folder = box.Open("stopped");
        using CancellationTokenSource stop = new();
        StopsAfter first = new(8, stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Sandbox.Run(folder, CellSelection.All, first, threads: 1, stop: stop)
        );
        Assert.Equal(8, (await SweepStatus.OfAsync(folder)).Finished.Count);
        Keeps second = new();
        await Sandbox.Run(folder, CellSelection.All, second, threads: 1);
        Assert.Equal(12, second.Ran.Count);
        // The part that the stopped cell had kept is there again.
        Assert.Equal(
            [
                [1, 2, 3, 8],
            ],
            second.Kept
        );
        await SweepMerge.WriteAsync(folder);
        Assert.Equal(csv, box.Merged("stopped").Csv);
        Assert.Equal(parquet, box.Merged("stopped").Parquet);
        Assert.False(File.Exists(box.Path("stopped/shards/shard-0-of-1/unfinished.parts")));
    }

    private sealed class Keeps : Toy
    {
        internal List<byte[]> Kept { get; } = [];

        public override Task<ImmutableArray<MeasureRow>> RunAsync(long cell, CellPlace place, CancellationToken cancellation)
        {
            Kept.AddRange(place.Kept);
            return base.RunAsync(cell, place, cancellation);
        }
    }

    [Fact]
    public async Task A_journal_cut_anywhere_loses_at_most_the_record_that_was_cut()
    {
        using Sandbox box = new();
        (byte[] csv, byte[] parquet) = await box.Alone();
        SweepFolder folder = box.Open("torn");
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Sandbox.Run(folder, CellSelection.All, new StopsAfter(10, stop), threads: 1, stop: stop)
        );
        string journal = box.Path("torn/shards/shard-0-of-1/unfinished.parts");
        byte[] whole = await File.ReadAllBytesAsync(journal, TestContext.Current.CancellationToken);
        int readable = 0;
        for (int length = 0; length <= whole.Length; length += 7)
        {
            await File.WriteAllBytesAsync(journal, whole[..length], TestContext.Current.CancellationToken);
            int finished = (await SweepStatus.OfAsync(folder)).Finished.Count;
            Assert.InRange(finished, readable, readable + 1);
            readable = finished;
            // Looking does not change it.
            Assert.Equal(length, new FileInfo(journal).Length);
        }

        await File.WriteAllBytesAsync(journal, whole[..^20], TestContext.Current.CancellationToken);
        await Sandbox.Run(folder, CellSelection.All);
        await SweepMerge.WriteAsync(folder);
        Assert.Equal(csv, box.Merged("torn").Csv);
        Assert.Equal(parquet, box.Merged("torn").Parquet);
    }

    private sealed class Fails(params long[] cells) : Toy
    {
        public override Task<ImmutableArray<MeasureRow>> RunAsync(long cell, CellPlace place, CancellationToken cancellation) =>
            !cells.Contains(cell) ? base.RunAsync(cell, place, cancellation)
            : cell % 2 == 0 ? throw new CellFailedException("no such\ndevice")
            : throw new InvalidOperationException("odd");
    }

    [Fact]
    public async Task A_failed_cell_stops_no_other_and_is_tried_again()
    {
        using Sandbox box = new();
        (byte[] csv, _) = await box.Alone();
        SweepFolder folder = box.Open("fails");
        ShardEnd end = await Sandbox.Run(folder, CellSelection.All, new Fails(4, 11));
        Assert.Equal([4L, 11L], end.Failed.Select(outcome => outcome.Cell));
        Assert.Equal(["no such device", "InvalidOperationException: odd"], end.Failed.Select(outcome => outcome.Failure));
        SweepStatus status = await SweepStatus.OfAsync(folder);
        Assert.Equal((18, 2, 0L), (status.Finished.Count, status.Failed.Length, status.Missing));
        Assert.Contains(
            "2 cells failed, the first is cell 4: no such device",
            (await Assert.ThrowsAsync<InvalidDataException>(() => SweepMerge.WriteAsync(folder))).Message,
            StringComparison.Ordinal
        );
        Toy again = new();
        Assert.Empty((await Sandbox.Run(folder, CellSelection.All, again)).Failed);
        Assert.Equal([4L, 11L], again.Ran.Order());
        await SweepMerge.WriteAsync(folder);
        Assert.Equal(csv, box.Merged("fails").Csv);
    }

    private sealed class Refuses : Toy
    {
        public override Task<ImmutableArray<MeasureRow>> RunAsync(long cell, CellPlace place, CancellationToken cancellation) =>
            cell == 6 ? throw new IOException("the disk is full") : base.RunAsync(cell, place, cancellation);
    }

    [Fact]
    public async Task What_the_machine_refuses_stops_the_shard_and_loses_nothing()
    {
        using Sandbox box = new();
        SweepFolder folder = box.Open("full");
        await Assert.ThrowsAsync<IOException>(() => Sandbox.Run(folder, CellSelection.All, new Refuses(), threads: 1));
        Assert.Equal(6, (await SweepStatus.OfAsync(folder)).Finished.Count);
        Toy again = new();
        await Sandbox.Run(folder, CellSelection.All, again);
        Assert.Equal(14, again.Ran.Count);
    }

    private sealed class Waits(TaskCompletionSource began, Task end) : Toy
    {
        public override async Task<ImmutableArray<MeasureRow>> RunAsync(long cell, CellPlace place, CancellationToken cancellation)
        {
            began.TrySetResult();
            await end;
            return await base.RunAsync(cell, place, cancellation);
        }
    }

    [Fact]
    public async Task A_second_process_on_a_shard_is_told_so()
    {
        using Sandbox box = new();
        SweepFolder folder = box.Open("held");
        TaskCompletionSource began = new(),
            end = new();
        Task<ShardEnd> first = Sandbox.Run(folder, CellSelection.Shard(0, 2), new Waits(began, end.Task));
        await began.Task;
        FolderInUseException held = await Assert.ThrowsAsync<FolderInUseException>(() => Sandbox.Run(folder, CellSelection.Shard(0, 2)));
        Assert.Contains("shard-0-of-2 is in use by another process", held.Message, StringComparison.Ordinal);
        // Another shard of the same sweep runs meanwhile.
        await Sandbox.Run(folder, CellSelection.Shard(1, 2));
        end.SetResult();
        await first;
        Assert.Equal(0, (await SweepStatus.OfAsync(folder)).Missing);
    }

    [Fact]
    public void Another_sweep_or_version_may_not_go_on_in_a_folder()
    {
        using Sandbox box = new();
        box.Open("taken");
        Assert.Contains(
            "holds another sweep than this config's",
            Assert.Throws<OtherRunException>(() => box.Open("taken", Sandbox.Program with { Fingerprint = "else" })).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "version 1 (commit abc) began, and this is version 2 (commit abc)",
            Assert.Throws<OtherRunException>(() => box.Open("taken", new SweepProgram("2", "abc", "else"))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "holds no sweep",
            Assert.Throws<InvalidDataException>(() => SweepFolder.Of(box.Path("nowhere"))).Message,
            StringComparison.Ordinal
        );
        File.WriteAllText(box.Path("taken/sweep.json"), "{}");
        Assert.Contains(
            "sweep.json is damaged",
            Assert.Throws<InvalidDataException>(() => SweepFolder.Of(box.Path("taken"))).Message,
            StringComparison.Ordinal
        );
    }
}
