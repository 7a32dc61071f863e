using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Runs;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Runs;

namespace AnalogTheory.Cli.Runs;

/// <summary>Runs the trainings of a plan that its folder lacks, writes down what made their tables, and tells how they went.</summary>
internal static class PlanTraining
{
    /// <exception cref="Stopped">Cancelled; the message says how to continue.</exception>
    internal static async Task<Answer> Of(
        ToolConsole console,
        string file,
        string output,
        string? place,
        int workers,
        string again,
        CancellationToken cancellation
    )
    {
        Plan plan = Read(console, file);
        Dictionary<string, DataPair> data = [];
        foreach (string name in plan.Cells.Select(cell => cell.Data).Distinct())
        {
            data[name] = await TrainingFiles.Data(console, name, place, cancellation);
        }

        using FolderLock ours = OutputFolder.Take(output, console, "train");
        PlanRun run = new(plan, output);
        TrainingView view = new(console);
        Stopwatch clock = Stopwatch.StartNew();
        RunEnd end = await view.While(() =>
            TrainingFiles.Opened(() =>
                run.Run(name => data[name], workers, (cell, value) => view.Show(cell, value, plan.Rounds[^1]), view.Show, cancellation)
            )
        );
        WriteManifest(output, plan, run, data, clock.Elapsed.TotalSeconds);
        return end == RunEnd.Stopped
            ? throw new Stopped($"Everything up to now is kept; to continue: {again}")
            : TrainingReport.Of(console, output, run.Results, isPlan: true);
    }

    private static Plan Read(ToolConsole console, string file)
    {
        try
        {
            return Plan.Parse(InputFile.Text(file, console.Resolve(file), InputFile.LargestConfig));
        }
        catch (Exception bad) when (bad is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file}: {bad.Message}", bad);
        }
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
}
