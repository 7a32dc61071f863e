using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;
using AnalogTheory.Plotting;
using AnalogTheory.Runs;
using AnalogTheory.Tiles.Arrays;
using Spectre.Console;

namespace AnalogTheory.Cli.Runs;

/// <summary>Runs every case of a <see cref="TileExperiment"/> and tells what each imperfection costs.</summary>
internal static class TileExperimentRun
{
    private const string Id = "tile run";

    /// <exception cref="Stopped">Cancelled; nothing is kept of a run that was not finished.</exception>
    internal static async Task<Answer> Of(
        TileExperiment experiment,
        string output,
        int threads,
        bool isAccepted,
        ToolConsole console,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<ImperfectionCase> cases = experiment.Model.Cases;
        double points = (experiment.Steps / experiment.TraceEvery) + 1;
        WorkEstimate
            .OfTiles(cases.Count, experiment.Replicas, experiment.Steps, experiment.Samples, experiment.Weights, points, threads)
            .Require("This training", isAccepted);
        using FolderLock ours = OutputFolder.Take(output, console, Id);
        Stopwatch clock = Stopwatch.StartNew();
        IReadOnlyList<TileCaseResult> results;
        try
        {
            results = await ProgressBar.While(
                console,
                experiment.Title,
                progress => Cases(experiment, cases, WorkEstimate.Workers(threads), progress, cancellation)
            );
        }
        catch (OperationCanceledException stopped)
        {
            throw new Stopped("Nothing was finished.", stopped);
        }

        ResultFile[] files = [CostTable(results), Traces(results), .. Picture(experiment, results)];
        ResultFolder.Write(
            output,
            files,
            new ResultFacts(
                Id,
                experiment.Title,
                experiment.Parameters,
                experiment.Seed,
                experiment.Replicas,
                ToolVersion.Number,
                ToolVersion.Commit,
                clock.Elapsed.TotalSeconds,
                [],
                ResultFolder.Fingerprint(
                    Id,
                    experiment.Parameters,
                    [typeof(TileExperimentRun).Assembly, typeof(TrainingRuns).Assembly, typeof(ArrayModel).Assembly]
                )
            )
        );
        string[] paths = [.. files.Select(file => Path.Combine(output, file.Name)), Path.Combine(output, "manifest.json")];
        return new(Document(experiment, results, paths), ansi => Show(ansi, experiment, results, console, paths));
    }

    private static async Task<IReadOnlyList<TileCaseResult>> Cases(
        TileExperiment experiment,
        IReadOnlyList<ImperfectionCase> cases,
        int workers,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        List<TileCaseResult> results = [];
        foreach (ImperfectionCase one in cases)
        {
            double before = results.Count;
            TrainingRun run = await experiment
                .Training(one.Kept)
                .RunAsync(
                    experiment.Replicas,
                    experiment.Steps,
                    experiment.Seed,
                    experiment.TraceEvery,
                    workers,
                    new Told<double>(value => progress.Report((before + value) / cases.Count)),
                    cancellation
                );
            results.Add(new(one, run.Average(experiment.AverageFrom), run));
        }

        return results;
    }

    private static double Lower(Estimate estimate) => estimate.Mean - estimate.HalfWidth();

    private static double Upper(Estimate estimate) => estimate.Mean + estimate.HalfWidth();

    private static ResultFile CostTable(IReadOnlyList<TileCaseResult> results) =>
        ResultFolder.Table(
            "costs.csv",
            [
                ResultColumn.Texts("case", [.. results.Select(result => result.Case.Name)]),
                ResultColumn.Numbers("loss", [.. results.Select(result => result.End.Mean)]),
                ResultColumn.Numbers("loss_lower", [.. results.Select(result => Lower(result.End))]),
                ResultColumn.Numbers("loss_upper", [.. results.Select(result => Upper(result.End))]),
            ]
        );

    private static ResultFile Traces(IReadOnlyList<TileCaseResult> results)
    {
        (string Case, long Step, Estimate Loss)[] rows =
        [
            .. results.SelectMany(result => result.Run.TracedSteps.Zip(result.Run.Losses, (step, loss) => (result.Case.Name, step, loss))),
        ];
        return ResultFolder.Table(
            "traces.csv",
            [
                ResultColumn.Texts("case", [.. rows.Select(row => row.Case)]),
                ResultColumn.Numbers("step", [.. rows.Select(row => (double)row.Step)]),
                ResultColumn.Numbers("loss", [.. rows.Select(row => row.Loss.Mean)]),
                ResultColumn.Numbers("loss_lower", [.. rows.Select(row => Lower(row.Loss))]),
                ResultColumn.Numbers("loss_upper", [.. rows.Select(row => Upper(row.Loss))]),
            ]
        );
    }

    // Cases with one imperfection alone stand in the table: two panels of curves are as many as one reads.
    private static IReadOnlyList<ResultFile> Picture(TileExperiment experiment, IReadOnlyList<TileCaseResult> results) =>
        Pictures.OfTraces(
            "traces",
            experiment.Title,
            [
                new(
                    "loss f(W)",
                    [.. results.Where(result => !result.Case.Name.StartsWith("only", StringComparison.Ordinal)).Select(Curve)],
                    double.NaN,
                    ""
                ),
                new(
                    "loss f(W)",
                    [.. results.Where(result => !result.Case.Name.StartsWith("without", StringComparison.Ordinal)).Select(Curve)],
                    double.NaN,
                    ""
                ),
            ]
        );

    private static PictureCurve Curve(TileCaseResult result)
    {
        Estimate[] losses = [.. result.Run.Losses];
        return new(
            result.Case.Name,
            [.. result.Run.TracedSteps.Select(step => (double)step)],
            [.. losses.Select(loss => loss.Mean)],
            [.. losses.Select(Lower)],
            [.. losses.Select(Upper)]
        );
    }

    private static System.Text.Json.Nodes.JsonNode Document(
        TileExperiment experiment,
        IReadOnlyList<TileCaseResult> results,
        IReadOnlyList<string> files
    ) =>
        Answer.Node(
            new
            {
                experiment.Title,
                Device = experiment.Preset,
                experiment.Algorithm,
                experiment.Steps,
                experiment.Replicas,
                experiment.AverageFrom,
                Cases = results.Select(result => new
                {
                    result.Case.Name,
                    Loss = result.End.Mean,
                    result.End.StandardError,
                    Lower = Lower(result.End),
                    Upper = Upper(result.End),
                }),
                Files = files,
            }
        );

    private static void Show(
        IAnsiConsole ansi,
        TileExperiment experiment,
        IReadOnlyList<TileCaseResult> results,
        ToolConsole console,
        IReadOnlyList<string> files
    )
    {
        double everything = results[0].End.Mean;
        ansi.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{experiment.Title}: least squares, {experiment.Weights} weights, {experiment.Samples} samples, α = {experiment.LearningRate:R}, reads {(experiment.HasReads ? "of AIHWKIT's defaults" : "perfect")}"
            )
        );
        ansi.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{experiment.Replicas} replicas, each with elements of its own; mean loss over steps {experiment.AverageFrom} to {experiment.Steps}, seed {experiment.Seed}"
            )
        );
        Table table = Tables
            .Bare()
            .AddColumn(Tables.Words("imperfections").NoWrap())
            .AddColumn(Tables.Number("loss f(W)"))
            .AddColumn(Tables.Number("of everything"));
        foreach (TileCaseResult result in results)
        {
            table.AddRow(
                Tables.Cell(result.Case.Name),
                Tables.Cell(Scientific(result.End)),
                Tables.Cell((result.End.Mean / everything).ToString("P1", CultureInfo.InvariantCulture))
            );
        }

        ansi.Write(table);
        Tables.Paths(ansi, console, files);
    }

    // Losses of one table differ by decades.
    private static string Scientific(Estimate estimate) =>
        string.Create(CultureInfo.InvariantCulture, $"{estimate.Mean:0.000e+0} ± {estimate.HalfWidth():0.0e+0}");
}
