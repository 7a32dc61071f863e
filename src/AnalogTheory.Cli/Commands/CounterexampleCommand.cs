using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.CSharp;
using AnalogTheory.Plotting;
using AnalogTheory.Runs;
using Spectre.Console;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>counterexample</c>: the lower bound's instance, on which Analog SGD keeps its floor.</summary>
internal static class CounterexampleCommand
{
    private static readonly double[] s_ladder = [0.1, 0.05, 0.02, 0.01];

    internal static Command Create(ToolConsole console)
    {
        Option<double?> saturation = Options.NumberOrNone(
            "--saturation",
            "r, signed |w|/τ at which the expected step vanishes.",
            Range.Between(-1.0, 1.0)
        );
        Option<double?> minimizer = Options.NumberOrNone("--minimizer", "w*, instead of the saturation.", Range.Finite);
        Option<double> sigma = Options.Number("--sigma", "σ of the whole noise vector, loss/weight.", Range.Positive);
        Option<double> curvature = Options.Number("--curvature", "L, loss/weight².", Range.Positive, 1.0);
        Option<double> radius = Options.Number("--radius", "τ, unit of weight.", Range.Positive, 1.0);
        Option<int> dimension = Options.Whole("--dimension", "D.", 1, 1);
        Option<double[]> rates = Options.Ladder("--learning-rate", "α of the measurements, one or more.", s_ladder);
        Option<int> replicas = Options.Whole("--replicas", "Independent replicas per learning rate.", 2, 200);
        Option<ulong> seed = Options.Seed(1);
        Option<bool> yes = Options.Yes();
        Option<string?> folder = Options.Folder("Folder for instance.json, floor.csv and the picture; 'counterexample' by default.");
        Command command = new(
            "counterexample",
            "Builds the instance of the lower bound (arXiv 2406.12774v1, Theorem 3), on which no learning rate removes Analog SGD's error, "
                + "and measures that error along a ladder of learning rates."
        )
        {
            saturation,
            minimizer,
            sigma,
            curvature,
            radius,
            dimension,
            rates,
            replicas,
            seed,
            folder,
            yes,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory counterexample --saturation 0.5 --sigma 0.3
            analog-theory counterexample --minimizer 0.25 --sigma 0.14 --learning-rate 0.05 0.01 --out v1-region
            """
        );
        command.SetAction(
            async (parsed, cancellation) =>
            {
                if (parsed.GetValue(saturation) is null == parsed.GetValue(minimizer) is null)
                {
                    throw new BadInputException("Expected one of --saturation and --minimizer, got both or none.");
                }

                double[] ladder = parsed.GetValue(rates)!;
                Work(parsed.GetValue(curvature), parsed.GetValue(dimension), ladder, parsed.GetValue(replicas))
                    .Require("This measurement", parsed.GetValue(yes));
                LowerBoundInstance instance = Instance(
                    parsed.GetValue(curvature),
                    parsed.GetValue(radius),
                    parsed.GetValue(sigma),
                    parsed.GetValue(dimension),
                    parsed.GetValue(saturation),
                    parsed.GetValue(minimizer)
                );
                string output = console.Resolve(parsed.GetValue(folder) ?? "counterexample");
                RequireNumbers(instance);
                Answer answer = await Measure(
                    console,
                    instance,
                    ladder,
                    parsed.GetValue(replicas),
                    parsed.GetValue(seed),
                    output,
                    cancellation
                );
                return answer.Give(console, parsed.GetValue(Options.Json));
            }
        );
        return command;
    }

    private static LowerBoundInstance Instance(
        double curvature,
        double radius,
        double sigma,
        int dimension,
        double? saturation,
        double? minimizer
    )
    {
        try
        {
            return saturation is { } r
                ? LowerBoundInstance.OfSaturation(curvature, radius, sigma, dimension, r)
                : LowerBoundInstance.OfMinimizer(curvature, radius, sigma, dimension, minimizer!.Value);
        }
        catch (ArgumentException wrong)
        {
            throw new BadInputException(wrong.Message.Split(" (Parameter ", 2)[0], wrong);
        }
    }

    // At the ends of the doubles the instance's own numbers overflow or vanish.
    private static void RequireNumbers(LowerBoundInstance instance)
    {
        (string Symbol, double Value)[] numbers =
        [
            ("w*", instance.Minimizer),
            ("rτ", instance.FixedPoint),
            ("σ²r²/(1 − r²)", instance.Floor),
            ("Lτ", instance.Curvature * instance.Radius),
        ];
        foreach ((string symbol, double value) in numbers)
        {
            // Vanished where it should not have.
            bool isLost = value == 0.0 && instance.Saturation != 0.0 && symbol != "w*";
            if (isLost || !Magnitude.Fits(value))
            {
                throw new BadInputException(
                    $"Expected an instance whose numbers are {Magnitude.Words}, got {symbol} = {value.ToString("G6", CultureInfo.InvariantCulture)}."
                );
            }
        }
    }

    // Transient and average of every rung, as the library measures them.
    private static WorkEstimate Work(double curvature, int dimension, double[] ladder, int replicas)
    {
        double steps = ladder.Sum(rate =>
            Math.Max(50.0, 5.0 / (rate * curvature)) + Math.Min(40_000.0, Math.Max(50.0, 400.0 / (rate * curvature)))
        );
        return new(
            16.0 * (Math.Max(8.0, replicas) + 8.0) * (dimension + 4.0),
            WorkEstimate.SecondsOf(Math.Max(8.0, replicas), steps, dimension, 2.0, WorkEstimate.Workers(0))
        );
    }

    private static async Task<Answer> Measure(
        ToolConsole console,
        LowerBoundInstance instance,
        double[] ladder,
        int replicas,
        ulong seed,
        string output,
        CancellationToken cancellation
    )
    {
        // A folder that cannot be written is known before the work, not after it.
        using FolderLock ours = OutputFolder.Take(output, console);
        ImmutableArray<FloorRatio> rungs = await ProgressBar.While(
            console,
            "measuring the floor",
            progress => instance.MeasureRatiosAsync(ladder, replicas, seed, progress, cancellation)
        );
        List<string> files = [];
        foreach (ResultFile file in Files(instance, rungs, replicas, seed))
        {
            ResultFolder.Write(output, file);
            files.Add(Path.Combine(output, file.Name));
        }

        return new(
            Answer.Node(
                new
                {
                    instance.Curvature,
                    instance.Radius,
                    Sigma = instance.Deviation,
                    instance.Dimension,
                    instance.Minimizer,
                    instance.Saturation,
                    instance.FixedPoint,
                    instance.Floor,
                    LearningRates = rungs.Select(rung => new
                    {
                        rung.LearningRate,
                        Ratio = rung.Ratio.Mean,
                        rung.Ratio.StandardError,
                        Lower = rung.Ratio.Mean - rung.Ratio.HalfWidth(),
                        Upper = rung.Ratio.Mean + rung.Ratio.HalfWidth(),
                        rung.Computed,
                        rung.ComputedError,
                        rung.LargestWeight,
                        rung.AssumptionFourHolds,
                        IsInPrintedRegion = instance.Region(rung.LearningRate).Holds,
                    }),
                    Files = files,
                }
            ),
            ansi => Show(ansi, console, instance, rungs, files)
        );
    }

    private static void Show(
        IAnsiConsole ansi,
        ToolConsole console,
        LowerBoundInstance instance,
        ImmutableArray<FloorRatio> rungs,
        List<string> files
    )
    {
        LowerBoundRegion region = instance.Region(rungs[0].LearningRate);
        Tables.Facts(
            ansi,
            [
                (
                    "f(w)",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"(L/2)‖w − w*·1‖², L = {Tables.Short(instance.Curvature)}, D = {instance.Dimension}"
                    )
                ),
                ("device", instance.Device.ToString()),
                ("noise", $"{instance.Noise.Name}, σ = {Tables.Short(instance.Deviation)}"),
                ("minimiser w*", Tables.Short(instance.Minimizer)),
                ("fixed point rτ", $"{Tables.Short(instance.FixedPoint)}, r = {Tables.Short(instance.Saturation)}"),
                ("floor σ²r²/(1 − r²)", Tables.Short(instance.Floor)),
                ("printed region, w*", Margin("|w*| ≤ τ/4", region.Minimizer)),
                ("printed region, σ", Margin("σ ≤ τL√D/(4√3)", region.Deviation)),
            ]
        );
        Table table = Tables.Bare();
        foreach (string head in new[] { "α", "E‖∇f‖²/(σ²S_K)", "computed", "W_max" })
        {
            table.AddColumn(Tables.Number(head));
        }

        table.AddColumn(Tables.Words("A4: no path reaches ±τ")).AddColumn(Tables.Words("in the printed region"));
        foreach (FloorRatio rung in rungs)
        {
            table.AddRow(
                Tables.Cell(rung.LearningRate),
                Tables.Cell(rung.Ratio.ToString(null, CultureInfo.InvariantCulture)),
                Tables.Cell(rung.Computed),
                Tables.Cell(rung.LargestWeight),
                rung.AssumptionFourHolds ? "holds" : "not known: the ratio is data, no test",
                instance.Region(rung.LearningRate).Holds ? "yes" : "no"
            );
        }

        ansi.Write(table);
        ansi.WriteLine("The ratio tends to 1 as α → 0: the floor stays, whatever the learning rate. The paper prints 4 for this constant.");
        Tables.Paths(ansi, console, files);
        ansi.WriteLine($"Run it on: analog-theory simulate {console.Shown(files[0])}");
    }

    private static string Margin(string condition, double margin) =>
        margin >= 0.0 ? $"{condition} holds by {Tables.Short(margin)}" : $"{condition} fails by {Tables.Short(-margin)}";

    private static IEnumerable<ResultFile> Files(LowerBoundInstance instance, ImmutableArray<FloorRatio> rungs, int replicas, ulong seed)
    {
        yield return new("instance.json", JsonSerializer.SerializeToUtf8Bytes(Config(instance, rungs, replicas, seed), ConfigForm.Json));
        double[] lower = [.. rungs.Select(rung => rung.Ratio.Mean - rung.Ratio.HalfWidth())];
        double[] upper = [.. rungs.Select(rung => rung.Ratio.Mean + rung.Ratio.HalfWidth())];
        yield return ResultFolder.Table(
            "floor.csv",
            [
                ResultColumn.Numbers("learning rate", [.. rungs.Select(rung => rung.LearningRate)]),
                ResultColumn.Numbers("ratio", [.. rungs.Select(rung => rung.Ratio.Mean)]),
                ResultColumn.Numbers("lower", lower),
                ResultColumn.Numbers("upper", upper),
                ResultColumn.Numbers("computed", [.. rungs.Select(rung => rung.Computed)]),
                ResultColumn.Numbers("computed error", [.. rungs.Select(rung => rung.ComputedError)]),
                ResultColumn.Numbers("largest weight", [.. rungs.Select(rung => rung.LargestWeight)]),
                ResultColumn.Numbers("floor", [.. rungs.Select(_ => instance.Floor)]),
            ]
        );
        double[] weights = [.. Enumerable.Range(1, 399).Select(i => instance.Radius * (i - 200) / 200.0)];
        foreach (
            ResultFile picture in Pictures.OfFloor(
                "floor",
                new PictureFloor(
                    "The lower bound's instance",
                    weights,
                    [.. weights.Select(instance.Drift)],
                    [.. weights.Select(w => instance.Curvature * (instance.Minimizer - w))],
                    instance.FixedPoint,
                    instance.Minimizer,
                    [.. rungs.Select(rung => rung.LearningRate)],
                    [.. rungs.Select(rung => rung.Ratio.Mean)],
                    lower,
                    upper,
                    [.. rungs.Select(rung => rung.Computed)]
                )
            )
        )
        {
            yield return picture;
        }
    }

    // Ten relaxation times of the slowest rung, half of them averaged.
    private static ExperimentConfig Config(LowerBoundInstance instance, ImmutableArray<FloorRatio> rungs, int replicas, ulong seed) =>
        new()
        {
            Title = "The lower bound's instance",
            Device = new AsymmetricLinearConfig { Radius = instance.Radius },
            Rule = new AnalogSgdConfig { LearningRate = rungs[0].LearningRate },
            Problem = new QuadraticConfig
            {
                Curvature = instance.Curvature,
                Minimizer = [.. Enumerable.Repeat(instance.Minimizer, instance.Dimension)],
            },
            Noise = new StateDependentTwoPointConfig
            {
                Deviation = instance.Deviation / Math.Sqrt(instance.Dimension),
                Radius = instance.Radius,
            },
            Start = [.. Enumerable.Repeat(instance.FixedPoint, instance.Dimension)],
            Steps = (long)Math.Min(1e15, Math.Ceiling(10.0 / (instance.Curvature * rungs.Min(rung => rung.LearningRate))) + 10_000.0),
            Replicas = replicas,
            Seed = seed,
            Measures = ["gradientNormSquared", "amplification"],
            Grid = new Dictionary<string, ImmutableArray<double>> { ["rule.learningRate"] = [.. rungs.Select(rung => rung.LearningRate)] },
        };
}
