using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.CSharp;
using AnalogTheory.Runs;
using Spectre.Console;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>device fit</c>: laws fitted to measured pulses, and which one describes them best.</summary>
internal static class DeviceFitCommand
{
    // Laws by the names that config files have for their devices.
    private static readonly string[] s_laws = [.. PulseSeries.Laws.Select(law => law.Replace(' ', '-'))];

    private static string Law(string kind) => kind.Replace('-', ' ');

    internal static Command Create(ToolConsole console)
    {
        Argument<string> file = new("pulses")
        {
            Description = "CSV file with the columns pulse, direction and weight (or conductance), and optionally trace and device.",
        };
        Option<double> level = Options.Number("--level", "Confidence level of the intervals.", Range.Between(0.0, 1.0), 0.95);
        Option<string?> cell = Options.Text("--device", "The device to fit, if the file holds several; all as one by default.", "device");
        Option<double> offset = Options.Number("--offset", "Conductance of weight 0, unit of the measurement.", Range.Finite, 0.0);
        Option<double> scale = Options.Number("--scale", "Conductance of one unit of weight, unit of the measurement.", Range.NonZero, 1.0);
        Option<string?> folder = Options.Folder(
            "Folder for the table of fits, the residuals, the picture, and device.json, which simulate, zero-shift and assumptions take."
        );
        Option<string[]> law = new("--law")
        {
            Description = "A law to fit, such as linear-step; all of them by default. Several may be given.",
            HelpName = "law",
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
            CustomParser = result =>
            {
                foreach (string text in result.Tokens.Select(token => token.Value).Where(text => !s_laws.Contains(text)))
                {
                    result.AddError(
                        $"Expected laws among {string.Join(", ", s_laws)} after --law, got '{text}'.{Nearest.Hint(text, s_laws)}"
                    );
                }

                return [.. result.Tokens.Select(token => token.Value)];
            },
        };
        law.CompletionSources.Add(s_laws);
        Option<double?> radius = LargestFloor.RadiusOption();
        Option<double> deviation = LargestFloor.DeviationOption();
        Command command = new(
            "fit",
            "Fits the laws of the papers to measured pulses by least squares: parameters with intervals, symmetric point, and which law fits best."
        )
        {
            file,
            level,
            cell,
            offset,
            scale,
            law,
            radius,
            deviation,
            folder,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory device fit pulses.csv
            analog-theory device fit pulses.csv --device cell-3 --scale 25e-6 --out cell-3
            analog-theory device fit pulses.csv --law linear-step --law exponential-step
            """
        );
        command.SetAction(
            async (parsed, cancellation) =>
            {
                string name = parsed.GetRequiredValue(file);
                string? output = parsed.GetValue(folder) is { } path ? console.Resolve(path) : null;
                PulseSeries series = Load(console, name, parsed.GetValue(cell)).ToWeights(parsed.GetValue(offset), parsed.GetValue(scale));
                PulseLimits.Require(name, series);
                // A folder that cannot be written is known before the work, not after it.
                using FolderLock? ours = output is null ? null : OutputFolder.Take(output, console);
                FitComparison comparison = await Fit(
                    console,
                    name,
                    series,
                    parsed.GetRequiredValue(law),
                    parsed.GetValue(level),
                    cancellation
                );
                List<string> files = [];
                foreach (ResultFile made in output is null ? [] : FitFiles.Of(series, comparison))
                {
                    ResultFolder.Write(output!, made);
                    files.Add(Path.Combine(output!, made.Name));
                }

                LargestFloor floor = new(parsed.GetValue(radius), parsed.GetValue(deviation));
                return FitReport.Of(series, comparison, floor, console, files).Give(console, parsed.GetValue(Options.Json));
            }
        );
        return command;
    }

    private static PulseSeries Load(ToolConsole console, string name, string? cell)
    {
        try
        {
            PulseSeries series = PulseSeries.Parse(Path.GetFileName(name), InputFile.Lines(name, console.Resolve(name)));
            if (cell is null)
            {
                return series;
            }

            IReadOnlyDictionary<string, PulseSeries> devices = series.ByDevice();
            return devices.TryGetValue(cell, out PulseSeries? one)
                ? one
                : throw new BadInputException(
                    $"Expected one of the devices {string.Join(", ", devices.Keys)} of {name} after --device, got '{cell}'."
                        + Nearest.Hint(cell, devices.Keys)
                );
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"Expected a file of pulses that can be read, got '{name}': {wrong.Message}", wrong);
        }
        catch (FormatException wrong)
        {
            throw new BadInputException(wrong.Message, wrong);
        }
    }

    private static async Task<FitComparison> Fit(
        ToolConsole console,
        string name,
        PulseSeries series,
        string[] laws,
        double level,
        CancellationToken cancellation
    )
    {
        return await ProgressBar.While(
            console,
            $"fitting {name}",
            () =>
                Task.Run(
                        () =>
                            PulseLimits.Fitted(
                                name,
                                () => laws.Length == 0 ? series.Fit(level) : series.FitLaws([.. laws.Select(Law)], level)
                            ),
                        CancellationToken.None
                    )
                    .WaitAsync(cancellation)
        );
    }
}
