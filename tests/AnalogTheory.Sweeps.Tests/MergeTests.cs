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

/// <summary>Shards that are put together.</summary>
public class MergeTests
{
    [Fact]
    public async Task However_the_work_is_cut_the_tables_are_equal_to_the_byte()
    {
        using Sandbox box = new();
        (byte[] csv, byte[] parquet) = await box.Alone();
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
        (byte[] csv, byte[] parquet) = await box.Alone();
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
        (byte[] csv, _) = await box.Alone();
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
}
