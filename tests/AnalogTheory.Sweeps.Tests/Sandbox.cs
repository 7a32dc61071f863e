using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Sweeps.Tests;

/// <summary>A folder of its own with a sweep of 4 × 5 cells, and cells that cost nothing.</summary>
internal sealed class Sandbox : IDisposable
{
    internal const string Axes =
        """{ "title": "toy", "axes": [ { "path": "a", "values": [1, 2, 3, 4] }, { "path": "b", "log": { "from": 0.001, "to": 10, "count": 5 } } ] }""";

    internal static readonly SweepProgram Program = new("1", "abc", "print");

    internal string Root { get; } = Directory.CreateTempSubdirectory("analog-theory-sweep-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    internal string Path(string name) => System.IO.Path.Combine(Root, name);

    internal SweepFolder Open(string name, SweepProgram? program = null) =>
        SweepFolder.Open(Path(name), SweepDefinition.Parse("toy", Axes), program ?? Program);

    internal static Task<ShardEnd> Run(
        SweepFolder folder,
        CellSelection selection,
        ICellRunner? runner = null,
        TableForm form = TableForm.Parquet,
        int threads = 2,
        CancellationTokenSource? stop = null
    ) =>
        SweepShard.RunAsync(
            folder,
            selection,
            runner ?? new Toy(),
            new ShardSettings(threads, form),
            stop?.Token ?? TestContext.Current.CancellationToken
        );

    /// <summary>The tables of a sweep that one undisturbed process ran.</summary>
    internal async Task<(byte[] Csv, byte[] Parquet)> Alone()
    {
        SweepFolder folder = Open("alone");
        await Run(folder, CellSelection.All);
        await SweepMerge.WriteAsync(folder);
        return Merged("alone");
    }

    internal (byte[] Csv, byte[] Parquet) Merged(string name) =>
        (File.ReadAllBytes(Path($"{name}/result.csv")), File.ReadAllBytes(Path($"{name}/result.parquet")));
}

/// <summary>Cells whose rows are functions of their number; some values are no numbers.</summary>
internal class Toy : ICellRunner
{
    internal ConcurrentBag<long> Ran { get; } = [];

    public virtual Task<ImmutableArray<MeasureRow>> RunAsync(long cell, CellPlace place, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Ran.Add(cell);
        double mean = cell == 7 ? double.NaN : 1.0 / (cell + 3);
        return Task.FromResult<ImmutableArray<MeasureRow>>([
            new("excess, of \"f\"", mean, 0.1 * mean, mean - 0.2, mean + 0.2, 64 + cell, cell % 3),
            new("norm", Math.PI * cell, double.NaN, double.NegativeInfinity, double.PositiveInfinity, 1, 0),
        ]);
    }
}
