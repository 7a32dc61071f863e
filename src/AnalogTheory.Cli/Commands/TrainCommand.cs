using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Models;

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
            "JSON file of many trainings, instead of the options above; of these only a folder of --data goes with it. Runs what is missing. 'analog-theory schema plan' describes it.",
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
                string? place = Place(parsed.GetValue(data));
                Option[] trained = [model, rule, device, tau, seed, rate, samples, patience];
                Option[] dataSet = place is null ? [data] : [];
                if (parsed.GetValue(plan) is { } file)
                {
                    Alone(parsed, plan, "the cells of a plan say what is trained", [.. trained, epochs, resume]);
                    Alone(parsed, plan, "the cells of a plan name their data", dataSet);
                    string output = console.Resolve(named ?? Path.GetFileNameWithoutExtension(file));
                    return (await PlanTraining.Of(console, file, output, place, workers, again, cancellation)).Give(
                        console,
                        parsed.GetValue(Options.Json)
                    );
                }

                Cell cell;
                if (parsed.GetValue(resume))
                {
                    Alone(parsed, resume, "its folder holds what is trained", trained);
                    Alone(parsed, resume, "its folder holds which data", dataSet);
                    cell = TrainingFiles.CellOf(
                        console.Resolve(named ?? throw new BadInputException("Expected the folder of the training with --out."))
                    );
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
                    await CellTraining.Of(
                        console,
                        cell,
                        console.Resolve(named ?? cell.Name),
                        place,
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

    // What would have no effect is refused.
    private static void Alone(ParseResult parsed, Option option, string why, Option[] others)
    {
        if (others.FirstOrDefault(other => parsed.GetResult(other) is { Implicit: false }) is { } spoken)
        {
            throw new BadInputException($"Expected {option.Name} without {spoken.Name}: {why}.");
        }
    }

    // A word that is no name of data is a folder.
    private static string Name(string? data) =>
        data is null ? new Cell().Data
        : DataSource.Names.Contains(data) ? data
        : DataSource.Names.FirstOrDefault(name => name == Path.GetFileName(Path.TrimEndingDirectorySeparator(data))) ?? new Cell().Data;

    private static string? Place(string? data) => data is null || DataSource.Names.Contains(data) ? null : data;
}
