using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;
using Spectre.Console;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>assumptions</c>: which theorems say something about a training, and by how much the others miss it.</summary>
internal static class AssumptionsCommand
{
    internal static Command Create(ToolConsole console)
    {
        Argument<string> config = new("config")
        {
            Description = "JSON file of an experiment, as for 'simulate'; every point of its grid is checked.",
        };
        Option<double?> largest = Options.NumberOrNone(
            "--largest-weight",
            "W_max that you vouch for; by default what D2 gives.",
            Range.Positive
        );
        Command command = new(
            "assumptions",
            "Checks the assumptions of every theorem about the rule of a training, and D1 to D9 on its devices: which apply, which are vacuous, and by how much."
        )
        {
            config,
            largest,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory assumptions floor.json
            analog-theory assumptions floor.json --largest-weight 0.9 --json
            analog-theory assumptions fit/device.json
            """
        );
        command.SetAction(parsed =>
        {
            Experiment experiment = Experiment.Load(parsed.GetRequiredValue(config), console, new ExperimentChanges(IsContinuous: true));
            JsonObject root = experiment.File.Root;
            bool isPulsed = root["device"]?["granularity"] is not null || root["auxiliaryDevice"]?["granularity"] is not null;
            List<(string Where, AssumptionReport Report)> reports =
            [
                .. experiment.Points.Select(point =>
                    (
                        Runs.ResultReport.Where(point),
                        experiment.File.At("rule", () => Assumptions.Check(point.Simulation, parsed.GetValue(largest)))
                    )
                ),
            ];
            // Points of a grid mostly share their devices.
            List<DeviceReport> devices =
            [
                .. reports.SelectMany(item => item.Report.Devices).DistinctBy(device => device.ToString()).Select(device => device.Check()),
            ];
            return new Answer(
                new JsonObject
                {
                    ["title"] = experiment.Title,
                    ["ignoresPulses"] = isPulsed,
                    ["points"] = new JsonArray([
                        .. reports.Select(item => new JsonObject
                        {
                            ["grid"] = item.Where,
                            ["report"] = JsonNode.Parse(item.Report.ToJson()),
                        }),
                    ]),
                    ["devices"] = new JsonArray([
                        .. devices.Select(device => new JsonObject
                        {
                            ["device"] = device.Device.ToString(),
                            ["distanceFromLinear"] = Answer.Node(device.DistanceFromLinear),
                            ["findings"] = Answer.Node(device.Demands.Concat(device.Claims).Select(FindingsTable.Document)),
                        }),
                    ]),
                },
                ansi =>
                {
                    Show(ansi, reports);
                    foreach (DeviceReport device in devices)
                    {
                        ansi.WriteLine();
                        ansi.WriteLine($"{device.Device}, {Tables.Short(device.DistanceFromLinear)} from linear");
                        FindingsTable.Show(ansi, device);
                    }

                    if (isPulsed)
                    {
                        ansi.WriteLine(
                            "Updates are taken as continuous here, without granularity and cycle noise; what pulses add is claims N6 (zero-shift) and N8 (a floor of their own)."
                        );
                    }
                }
            ).Give(console, parsed.GetValue(Options.Json));
        });
        return command;
    }

    private static void Show(IAnsiConsole ansi, List<(string Where, AssumptionReport Report)> reports)
    {
        if (reports.Count > 1)
        {
            ShowGrid(ansi, reports);
            return;
        }

        AssumptionReport report = reports[0].Report;
        Tables.Facts(
            ansi,
            [
                ("L", Tables.Short(report.Smoothness)),
                ("μ", Tables.Short(report.StrongConvexity)),
                ("f(W₀) − f*", Tables.Short(report.Gap)),
                ("σ at W₀", Tables.Short(report.Deviation)),
                ("W_max", Tables.Short(report.LargestWeight)),
                ("largest α of Analog SGD", Tables.Short(report.LargestAnalogRate)),
            ]
        );
        Table table = Tables
            .Bare()
            .AddColumn(Tables.Words("theorem"))
            .AddColumn(Tables.Words("condition"))
            .AddColumn(Tables.Number("margin"))
            .AddColumn(Tables.Words(""));
        foreach (AssumptionCheck check in report.Checks)
        {
            table.AddRow(
                Tables.Cell(check.Theorem),
                Tables.Cell(check.Condition),
                // What holds up to rounding holds by nothing that anybody could use.
                Tables.Cell(Tables.Rounded(check.Margin, 1000.0)),
                check.Holds ? "[green]holds[/]"
                    : double.IsNaN(check.Margin) ? "[yellow]not known[/]"
                    : "[red]fails[/]"
            );
        }

        ansi.Write(table);
        ansi.WriteLine($"Apply: {Listed(report.Applicable)}");
        ansi.WriteLine($"Vacuous here: {Listed(report.Vacuous)}");
    }

    // A row a point: what differs from point to point, which theorems apply, and what keeps the others from it.
    private static void ShowGrid(IAnsiConsole ansi, List<(string Where, AssumptionReport Report)> reports)
    {
        Table table = Tables
            .Bare()
            .AddColumn(Tables.Words("point").NoWrap())
            .AddColumn(Tables.Number("σ at W₀"))
            .AddColumn(Tables.Number("W_max"))
            .AddColumn(Tables.Words("apply"))
            .AddColumn(Tables.Words("vacuous, for"));
        foreach ((string where, AssumptionReport report) in reports)
        {
            table.AddRow(
                Tables.Cell(where),
                Tables.Cell(report.Deviation),
                Tables.Cell(report.LargestWeight),
                Tables.Cell(Listed(report.Applicable)),
                Tables.Cell(
                    string.Join(
                        "; ",
                        report
                            .Checks.Where(check => !check.Holds)
                            .GroupBy(check => check.Theorem)
                            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(check => check.Condition))}")
                            .DefaultIfEmpty("none")
                    )
                )
            );
        }

        ansi.Write(table);
    }

    private static string Listed(IReadOnlyCollection<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
