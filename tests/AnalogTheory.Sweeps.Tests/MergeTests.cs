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

/// <summary>Shards that are run, stopped, damaged and put together.</summary>
public class MergeTests
{
    private static async Task<(byte[], byte[])> Alone(Sandbox box)
    {
        SweepFolder folder = box.Open("alone");
        await Sandbox.Run(folder, CellSelection.All);
        await SweepMerge.WriteAsync(folder);
        return box.Merged("alone");
    }

    [Fact]
    public async Task However_the_work_is_cut_the_tables_are_equal_to_the_byte()
    {
        using Sandbox box = new();
        (byte[] csv, byte[] parquet) = await Alone(box);
        int state = 1;
        // Any numbers will do; these are the same at every run.
        int Next(int below) => (state = (int)(state * 48271L % int.MaxValue)) % below;
        for (int trial = 0; trial < 12; trial++)
        {
            SweepFolder folder = box.Open($"cut{trial}");
            // Ranges and shards that overlap, in any order, in both forms; then whatever is missing.
            for (int i = 0; i < 4; i++)
            {
                int first = Next(20);
                CellSelection some = Next(2) == 0 ? CellSelection.Range(first, first + Next(8)) : CellSelection.Shard(first % 7, 7);
                await Sandbox.Run(folder, some, null, Next(2) == 0 ? TableForm.Csv : TableForm.Parquet, 1 + Next(3));
            }

            Toy last = new();
            SweepStatus before = await SweepStatus.OfAsync(folder);
            await Sandbox.Run(folder, CellSelection.All, last);
            Assert.Equal(before.Missing, last.Ran.Count);
            await SweepMerge.WriteAsync(folder);
            Assert.Equal(csv, box.Merged($"cut{trial}").Csv);
            Assert.Equal(parquet, box.Merged($"cut{trial}").Parquet);
        }
    }

    [Fact]
    public async Task The_two_forms_of_a_table_hold_the_same()
    {
        using Sandbox box = new();
        (byte[] csv, byte[] parquet) = await Alone(box);
        Assert.Equal(
            System.Text.Encoding.UTF8.GetString(csv),
            Csv.render(await ParquetTable.ReadAsync("result.parquet", parquet, TestContext.Current.CancellationToken))
        );
        Assert.StartsWith(
            "cell,a,b,measure,mean,standard_error,lower,upper,replicas,diverged\r\n0,1,0.001,",
            System.Text.Encoding.UTF8.GetString(csv),
            StringComparison.Ordinal
        );
    }

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
        (byte[] csv, byte[] parquet) = await Alone(box);
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
        (byte[] csv, byte[] parquet) = await Alone(box);
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

    [Theory]
    [InlineData("truncate", "cells.parquet is missing, truncated or corrupt")]
    [InlineData("flip", "cells.parquet is missing, truncated or corrupt")]
    [InlineData("delete", "cells.parquet is missing, truncated or corrupt")]
    [InlineData("foreign", "manifest.json is foreign: expected the manifest of a shard, got that of 'simulate'")]
    [InlineData("no manifest", "manifest.json is damaged")]
    [InlineData("other version", "manifest.json is of another sweep or version: version 2 (commit def) wrote it")]
    [InlineData("other journal", "unfinished.parts is of another sweep or version")]
    public async Task What_is_damaged_or_foreign_is_refused_by_name(string harm, string message)
    {
        using Sandbox box = new();
        SweepFolder folder = box.Open("harmed");
        await Sandbox.Run(folder, CellSelection.Shard(0, 2));
        await Sandbox.Run(folder, CellSelection.Shard(1, 2));
        string shard = box.Path("harmed/shards/shard-1-of-2");
        string table = Path.Combine(shard, "cells.parquet");
        string manifest = Path.Combine(shard, "manifest.json");
        byte[] bytes = await File.ReadAllBytesAsync(table, TestContext.Current.CancellationToken);
        switch (harm)
        {
            case "truncate":
                await File.WriteAllBytesAsync(table, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
                break;
            case "flip":
                bytes[bytes.Length / 3] ^= 16;
                await File.WriteAllBytesAsync(table, bytes, TestContext.Current.CancellationToken);
                break;
            case "delete":
                File.Delete(table);
                break;
            case "foreign":
                Change(manifest, "\"sweep shard\"", "\"simulate\"");
                break;
            case "no manifest":
                await File.WriteAllTextAsync(manifest, "{", TestContext.Current.CancellationToken);
                break;
            case "other version":
                Change(manifest, "\"print\"", "\"another print\"");
                Change(manifest, "\"version\": \"1\"", "\"version\": \"2\"");
                Change(manifest, "\"abc\"", "\"def\"");
                break;
            default:
                Directory.Delete(shard, recursive: true);
                Directory.CreateDirectory(shard);
                using (PartsFile other = new(Path.Combine(shard, "unfinished.parts"), "another print"))
                {
                    other.Add([0]);
                }

                break;
        }

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => SweepMerge.WriteAsync(folder));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Contains(shard, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(box.Path("harmed/result.csv")));
        // Status goes on and names it; another shard's run will not build on it either.
        Assert.Contains(
            (await SweepStatus.OfAsync(folder)).Shards,
            status => status.Damage?.Contains(message, StringComparison.Ordinal) == true
        );
        await Assert.ThrowsAsync<InvalidDataException>(() => Sandbox.Run(folder, CellSelection.All));
    }

    private static void Change(string path, string from, string to)
    {
        string text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    private sealed class Lies : Toy
    {
        public override async Task<ImmutableArray<MeasureRow>> RunAsync(long cell, CellPlace place, CancellationToken cancellation) =>
            [.. (await base.RunAsync(cell, place, cancellation)).Select(row => row with { Mean = row.Mean + 1e-9 })];
    }

    [Fact]
    public async Task Shards_that_disagree_on_a_cell_are_refused()
    {
        using Sandbox box = new();
        SweepFolder folder = box.Open("one");
        await Sandbox.Run(folder, CellSelection.Range(0, 9));
        SweepFolder other = box.Open("two");
        await Sandbox.Run(other, CellSelection.Range(5, 19), new Lies());
        Directory.Move(box.Path("two/shards/cells-5-19"), box.Path("one/shards/cells-5-19"));
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => SweepMerge.WriteAsync(folder));
        Assert.Contains("Cell 5 has other numbers", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_two_shards_have_counts_once()
    {
        using Sandbox box = new();
        (byte[] csv, _) = await Alone(box);
        SweepFolder folder = box.Open("one");
        await Sandbox.Run(folder, CellSelection.Range(0, 12));
        SweepFolder other = box.Open("two");
        await Sandbox.Run(other, CellSelection.Range(5, 19));
        Directory.Move(box.Path("two/shards/cells-5-19"), box.Path("one/shards/cells-5-19"));
        await SweepMerge.WriteAsync(folder);
        Assert.Equal(csv, box.Merged("one").Csv);
    }

    [Fact]
    public async Task Missing_cells_are_named_and_a_partial_merge_is_asked_for()
    {
        using Sandbox box = new();
        SweepFolder folder = box.Open("part");
        await Sandbox.Run(folder, CellSelection.Range(2, 4));
        await Sandbox.Run(folder, CellSelection.Range(9, 9));
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => SweepMerge.WriteAsync(folder));
        Assert.Equal($"{folder.Path}: 16 of 20 cells are missing: 0..1, 5..8, 10..19.", refused.Message);
        await SweepMerge.WriteAsync(folder, isPartial: true);
        Assert.Equal(1 + 8, (await File.ReadAllLinesAsync(box.Path("part/result.csv"), TestContext.Current.CancellationToken)).Length);
        Assert.Contains(
            "Partial: 16 cells are missing",
            await File.ReadAllTextAsync(box.Path("part/manifest.json"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
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
        (byte[] csv, _) = await Alone(box);
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
