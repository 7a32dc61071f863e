using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.CSharp;
using AnalogTheory.Runs;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>simulate</c>: an experiment from a config file.</summary>
internal static class SimulateCommand
{
    internal static Command Create(ToolConsole console)
    {
        Argument<string> config = new("config") { Description = "JSON file of the experiment; 'analog-theory schema' describes it." };
        Option<string?> folder = Options.Folder("Folder for tables, pictures and the manifest; the config file's name by default.");
        Option<long?> replicas = Options.WholeOrNone("--replicas", "Independent replicas, instead of the file's.", 1, int.MaxValue);
        Option<long?> steps = Options.WholeOrNone("--steps", "Steps, instead of the file's.", 1);
        Option<ulong?> seed = Options.SeedOrNone("Seed, instead of the file's.");
        Option<int> threads = Options.Whole("--threads", "Worker threads; 0 for one per processor. Results do not depend on it.", 0, 0);
        Option<bool> yes = Options.Yes();
        Command command = new(
            "simulate",
            "Runs the experiment of a config file: ensembles of training runs, over a grid of parameters if there is one."
        )
        {
            config,
            folder,
            replicas,
            steps,
            seed,
            threads,
            yes,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory simulate floor.json
            analog-theory simulate floor.json --replicas 1000 --out floor-1000
            analog-theory simulate floor.json --json | jq '.points[0].measures'
            """
        );
        command.SetAction(
            async (parsed, cancellation) =>
            {
                string name = parsed.GetRequiredValue(config);
                ExperimentChanges changes = new(parsed.GetValue(replicas), parsed.GetValue(steps), parsed.GetValue(seed));
                string output = console.Resolve(parsed.GetValue(folder) ?? OwnFolder(name));
                Answer answer = await Simulate(
                    console,
                    name,
                    changes,
                    output,
                    parsed.GetValue(threads),
                    parsed.GetValue(yes),
                    CommandText.Of(parsed),
                    cancellation
                );
                return answer.Give(console, parsed.GetValue(Options.Json));
            }
        );
        return command;
    }

    /// <summary>The folder that has a config file's name.</summary>
    /// <exception cref="BadInputException">The name is one that stands for another folder.</exception>
    internal static string OwnFolder(string name) =>
        Path.GetFileNameWithoutExtension(name) is var own && Options.IsPlain(own)
            ? own
            : throw new BadInputException($"Expected a folder for the results with --out, since '{name}' gives no name to one.");

    private static async Task<Answer> Simulate(
        ToolConsole console,
        string name,
        ExperimentChanges changes,
        string output,
        int threads,
        bool isAccepted,
        string again,
        CancellationToken cancellation
    )
    {
        Experiment experiment = Experiment.Load(name, console, changes);
        WorkEstimate.Of(experiment, threads).Require("This experiment", isAccepted);
        KeyValuePair<string, string>[] parameters = Parameters(experiment);
        string fingerprint = ResultFolder.Fingerprint(
            "simulate",
            parameters,
            [typeof(SimulateCommand).Assembly, typeof(Simulation).Assembly, .. CodeOf(typeof(Simulation))]
        );
        // A folder that cannot be written, or that another process writes to, is known before the work, not after it.
        using FolderLock ours = OutputFolder.Take(output, console, "simulate");
        using Checkpoint checkpoint = new(output, fingerprint);
        Stopwatch clock = Stopwatch.StartNew();
        IReadOnlyList<Part> parts = await ExperimentRun.Complete(experiment, checkpoint, threads, console, again, cancellation);
        IReadOnlyList<PointResult> results = PointResult.Of(experiment, parts);
        EnsembleSettings settings = experiment.Points[0].Settings;
        List<ResultFile> files = [.. ResultTables.Files(experiment, results), .. ResultPictures.Files(experiment, results)];
        ResultFolder.Write(
            output,
            files,
            new ResultFacts(
                "simulate",
                experiment.Title,
                parameters,
                settings.Seed,
                settings.Replicas,
                ToolVersion.Number,
                ToolVersion.Commit,
                clock.Elapsed.TotalSeconds,
                [.. Notes(results)],
                fingerprint
            )
        );
        checkpoint.Clear();
        return ResultReport.Of(
            experiment,
            results,
            console,
            [.. files.Select(file => Path.Combine(output, file.Name)), Path.Combine(output, "manifest.json")]
        );
    }

    // Everything that decides the numbers, as it stands after defaults and options.
    private static KeyValuePair<string, string>[] Parameters(Experiment experiment)
    {
        ExperimentConfig first = experiment.Points[0].Config with { Schema = null };
        string text = JsonSerializer.Serialize(first, ConfigForm.Json);
        IEnumerable<KeyValuePair<string, string>> grid = experiment.Parameters.Select(
            (parameter, i) =>
                KeyValuePair.Create(
                    $"grid {parameter}",
                    string.Join(
                        ", ",
                        experiment
                            .Points.Select(point => point.Values[i].Value)
                            .Distinct()
                            .Select(value => value.ToString("R", CultureInfo.InvariantCulture))
                    )
                )
        );
        return [KeyValuePair.Create("config", text), .. grid, .. MeasuredFiles.Hashes(experiment.File.Root, experiment.File.Folder)];
    }

    /// <summary>The assemblies behind the façade.</summary>
    internal static IEnumerable<Assembly> CodeOf(Type facade) =>
        facade
            .Assembly.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("AnalogTheory", StringComparison.Ordinal))
            .Select(Assembly.Load);

    private static IEnumerable<string> Notes(IReadOnlyList<PointResult> results) =>
        results
            .Where(result => result.Diverged > 0)
            .Select(result =>
                string.Create(CultureInfo.InvariantCulture, $"{ResultReport.Where(result.Point)}: {result.Diverged} replicas diverged")
                    .TrimStart(':', ' ')
            );
}
