using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.Runs;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Models;
using AnalogTheory.Training.Runs;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>train</c>: networks whose layers are arrays, one or a whole plan of them.</summary>
internal static class TrainCommand
{
    private const int PaperEpochs = 80;

    internal static Command Create(ToolConsole console)
    {
        Cell standard = new();
        Option<string> model = Options.Word("--model", "Network.", standard.Model, [.. PaperModels.Names]);
        Option<string> rule = Options.Word("--rule", "Training rule.", standard.Rule, [.. PaperRules.Names]);
        Option<string> device = Options.Word("--element", "Device of the arrays' elements.", standard.Device, [.. PaperRules.Devices]);
        Option<double> tau = Options.Number("--tau", "τ: bounds of the weights are ±τ.", Range.Positive, standard.Tau);
        Option<ulong> seed = Options.Seed(standard.Seed);
        Option<int> epochs = Options.Whole("--epochs", "Epochs in all, those of earlier sittings included.", 1, PaperEpochs);
        Option<string?> data = Options.Text(
            "--data",
            $"Data by name ({string.Join(", ", DataSource.Names)}), or a folder that holds MNIST's files. '{standard.Data}' by default.",
            "data set"
        );
        Option<double?> rate = Options.NumberOrNone("--learning-rate", "α of the first epoch; the papers' by default.", Range.Positive);
        Option<long?> samples = Options.WholeOrNone(
            "--samples",
            "Images to train on, the first of the set; all by default.",
            1,
            int.MaxValue
        );
        Option<int> patience = Options.Whole(
            "--patience",
            "Epochs without a better test accuracy that end the training; 0 for never.",
            0,
            0
        );
        Option<string?> plan = Options.Text(
            "--plan",
            "JSON file of many trainings, instead of the options above; runs what is missing.",
            "plan"
        );
        Option<bool> resume = new("--resume") { Description = "Go on with the training that the folder of --out holds." };
        Option<string?> folder = Options.Folder("Folder of the run; named for what is trained by default.");
        Option<int> threads = Options.Whole("--threads", "Threads; 0 for one per processor. Results do not depend on it.", 0, 0);
        Command command = new("train", "Trains a network on analog arrays, pulse by pulse, in any number of sittings.")
        {
            model,
            rule,
            device,
            tau,
            seed,
            epochs,
            data,
            rate,
            samples,
            patience,
            plan,
            resume,
            folder,
            threads,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory train --model fcn --rule tiki-taka --tau 0.7 --epochs 5
            analog-theory train --rule digital-sgd --data digits --epochs 3 --out first-try
            analog-theory train --resume --out first-try --epochs 10
            analog-theory train --plan fcn.json --out fcn
            """
        );
        command.SetAction(
            async (parsed, cancellation) =>
            {
                string? named = parsed.GetValue(folder);
                int workers = WorkEstimate.Workers(parsed.GetValue(threads));
                string again = CommandText.Of(parsed);
                if (parsed.GetValue(plan) is { } file)
                {
                    string output = console.Resolve(named ?? Path.GetFileNameWithoutExtension(file));
                    return (await RunPlan(console, file, output, Place(parsed.GetValue(data)), workers, again, cancellation)).Give(
                        console,
                        parsed.GetValue(Options.Json)
                    );
                }

                Cell cell;
                if (parsed.GetValue(resume))
                {
                    cell = Held(console.Resolve(named ?? throw new BadInputException("Expected the folder of the training with --out.")));
                }
                else
                {
                    cell = new()
                    {
                        Model = parsed.GetRequiredValue(model),
                        Rule = parsed.GetRequiredValue(rule),
                        Device = parsed.GetRequiredValue(device),
                        Tau = parsed.GetValue(tau),
                        Seed = parsed.GetValue(seed),
                        Data = Name(parsed.GetValue(data)),
                        LearningRate = parsed.GetValue(rate),
                        Samples = (int?)parsed.GetValue(samples),
                        Patience = parsed.GetValue(patience),
                    };
                }

                return (
                    await RunCell(
                        console,
                        cell,
                        console.Resolve(named ?? cell.Name),
                        Place(parsed.GetValue(data)),
                        parsed.GetValue(epochs),
                        workers,
                        again,
                        cancellation
                    )
                ).Give(console, parsed.GetValue(Options.Json));
            }
        );
        return command;
    }

    // A word that is no name of data is a folder.
    private static string Name(string? data) =>
        data is null ? new Cell().Data
        : DataSource.Names.Contains(data) ? data
        : DataSource.Names.FirstOrDefault(name => name == Path.GetFileName(Path.TrimEndingDirectorySeparator(data))) ?? new Cell().Data;

    private static string? Place(string? data) => data is null || DataSource.Names.Contains(data) ? null : data;

    private static Cell Held(string folder)
    {
        try
        {
            return TrainingRun.CellOf(folder);
        }
        catch (InvalidDataException none)
        {
            throw new BadInputException(none.Message);
        }
    }

    private static async Task<Answer> RunCell(
        ToolConsole console,
        Cell cell,
        string output,
        string? place,
        int epochs,
        int threads,
        string again,
        CancellationToken cancellation
    )
    {
        DataPair data = await Data(console, cell.Data, place, cancellation);
        using FolderLock ours = OutputFolder.Take(output, console);
        TrainingRun run = Opened(() => new TrainingRun(cell, data, output, threads));
        TrainingView view = new(console);
        RunEnd end = await view.While(() =>
            run.Run(
                epochs,
                new Told<TrainingProgress>(value => view.Show(cell, value, epochs)),
                new Told<EpochMetrics>(row => view.Show(cell, row)),
                cancellation
            )
        );
        return end == RunEnd.Stopped
            ? throw new Stopped($"Everything up to now is kept; to continue: {again}")
            : TrainingReport.Of(console, output, [new(cell, [.. run.State.History], end == RunEnd.Exploded)], isPlan: false);
    }

    private static async Task<Answer> RunPlan(
        ToolConsole console,
        string file,
        string output,
        string? place,
        int workers,
        string again,
        CancellationToken cancellation
    )
    {
        string path = console.Resolve(file);
        Plan plan;
        try
        {
            plan = Plan.Parse(await File.ReadAllTextAsync(path, cancellation));
        }
        catch (Exception bad) when (bad is ArgumentException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{file}: {bad.Message}");
        }

        Dictionary<string, DataPair> data = [];
        foreach (string name in plan.Cells.Select(cell => cell.Data).Distinct())
        {
            data[name] = await Data(console, name, place, cancellation);
        }

        using FolderLock ours = OutputFolder.Take(output, console, "train");
        PlanRun run = new(plan, output);
        TrainingView view = new(console);
        Stopwatch clock = Stopwatch.StartNew();
        RunEnd end = await view.While(() =>
            Opened(() =>
                run.Run(name => data[name], workers, (cell, value) => view.Show(cell, value, plan.Rounds[^1]), view.Show, cancellation)
            )
        );
        WriteManifest(output, plan, run, data, clock.Elapsed.TotalSeconds);
        return end == RunEnd.Stopped
            ? throw new Stopped($"Everything up to now is kept; to continue: {again}")
            : TrainingReport.Of(console, output, run.Results, isPlan: true);
    }

    // Written by every sitting: tables tell the epochs that they rest on, and what made them.
    private static void WriteManifest(string output, Plan plan, PlanRun run, Dictionary<string, DataPair> data, double seconds)
    {
        KeyValuePair<string, string>[] parameters =
        [
            KeyValuePair.Create("rounds", string.Join(", ", plan.Rounds.Select(round => round.ToString(CultureInfo.InvariantCulture)))),
            .. plan.Cells.Select(cell => KeyValuePair.Create(cell.Name, cell.ToString())),
            .. data.Select(set =>
                KeyValuePair.Create(
                    $"SHA-256 of the images of {set.Key}",
                    Convert.ToHexStringLower(SHA256.HashData(set.Value.Train.Pixels))
                )
            ),
        ];
        ResultFolder.Write(
            output,
            [.. PlanRun.Tables.Select(name => new ResultFile(name, File.ReadAllBytes(Path.Combine(output, name))))],
            new ResultFacts(
                "train",
                "Trainings of a plan",
                parameters,
                plan.Cells[0].Seed,
                plan.Cells.Select(cell => cell.Seed).Distinct().Count(),
                ToolVersion.Number,
                ToolVersion.Commit,
                seconds,
                [
                    "The duration is that of the last sitting.",
                    .. run.Results.Select(result =>
                        string.Create(CultureInfo.InvariantCulture, $"{result.Cell.Name}: {result.History.Count} epochs")
                    ),
                ],
                ResultFolder.Fingerprint("train", parameters, [typeof(PlanRun).Assembly])
            )
        );
    }

    // What a file of the run holds is the user's to mend.
    private static T Opened<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (InvalidDataException refused)
        {
            throw new BadInputException(refused.Message);
        }
    }

    private static async Task<DataPair> Data(ToolConsole console, string name, string? place, CancellationToken cancellation)
    {
        Told<string>? say = console.IsErrorTerminal ? new(text => console.Error.Write($"\r{text}   ")) : null;
        try
        {
            return await DataSource.LoadAsync(name, place is null ? null : console.Resolve(place), mayDownload: true, say, cancellation);
        }
        catch (Exception bad) when (bad is InvalidDataException or FileNotFoundException)
        {
            throw new BadInputException(bad.Message);
        }
    }

    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
