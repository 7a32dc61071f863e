using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;
using Spectre.Console;

namespace AnalogTheory.Cli.Runs;

/// <summary>Results for people and for programs.</summary>
internal static class ResultReport
{
    /// <summary>The point in words, such as <c>rule.learningRate = 0.1</c>; empty without a grid.</summary>
    internal static string Where(ExperimentPoint point) => string.Join(", ", point.Values.Select(Where));

    /// <summary>One parameter of a point in words.</summary>
    internal static string Where(KeyValuePair<string, double> value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.Key} = {value.Value:R}");

    internal static Answer Of(
        Experiment experiment,
        IReadOnlyList<PointResult> results,
        ToolConsole console,
        IReadOnlyList<string> files
    ) => new(Document(experiment, results, files), ansi => Show(ansi, experiment, results, console, files));

    private static JsonObject Document(Experiment experiment, IReadOnlyList<PointResult> results, IReadOnlyList<string> files) =>
        new()
        {
            ["title"] = experiment.Title,
            ["points"] = new JsonArray([.. results.Select(Document)]),
            ["files"] = Answer.Node(files),
        };

    private static JsonNode Document(PointResult result) =>
        new JsonObject
        {
            ["grid"] = Answer.Node(result.Point.Values.ToDictionary(pair => pair.Key, pair => pair.Value)),
            ["steps"] = result.Point.Settings.Steps,
            ["replicas"] = result.Point.Settings.Replicas,
            ["diverged"] = result.Diverged,
            ["measures"] = new JsonObject(
                result.Measures.Select(measure =>
                    KeyValuePair.Create(measure.Name, measure.Average is { } average ? Document(average) : null)
                )
            ),
        };

    private static JsonNode Document(Estimate estimate) =>
        Answer.Node(
            new
            {
                estimate.Mean,
                estimate.StandardError,
                Lower = estimate.Mean - estimate.HalfWidth(),
                Upper = estimate.Mean + estimate.HalfWidth(),
            }
        );

    // What all points have in common, or a word for what they do not.
    private static string Common(IReadOnlyList<PointResult> results, System.Func<ExperimentPoint, string> of, string other) =>
        results.Select(result => of(result.Point)).Distinct().Take(2).ToArray() is [var one] ? one : $"({other} by point)";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Values(string parameter, int index, IReadOnlyList<PointResult> results) =>
        $"{parameter} = {string.Join(", ", results.Select(result => Tables.Short(result.Point.Values[index].Value)).Distinct())}";

    private static void Show(
        IAnsiConsole ansi,
        Experiment experiment,
        IReadOnlyList<PointResult> results,
        ToolConsole console,
        IReadOnlyList<string> files
    )
    {
        PointResult first = results[0];
        // Of a grid the title names what is the same at all points; what differs stands in the table.
        ansi.WriteLine(
            $"{experiment.Title}: {Common(results, point => point.Simulation.Rule.Name, "rule")} on "
                + $"{Common(results, point => point.Simulation.Problem.ToString(), "problem")}, "
                + $"noise {Common(results, point => point.Simulation.Noise.ToString(), "noise")}"
        );
        if (results.Count > 1)
        {
            ansi.WriteLine(
                $"grid of {Number(results.Count)} points: {string.Join("; ", experiment.Parameters.Select((parameter, i) => Values(parameter, i, results)))}"
            );
        }

        ansi.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Common(results, point => Number(point.Settings.Replicas), "R")} replicas, {Common(results, point => Number(point.Settings.Steps), "K")} steps, averages over steps {Common(results, point => Number(point.Settings.AverageFrom ?? point.Settings.Steps / 2), "K/2")} to {Common(results, point => Number(point.Settings.Steps), "K")}, seed {Common(results, point => point.Settings.Seed.ToString(CultureInfo.InvariantCulture), "seed")}"
            )
        );
        Table table = Tables.Bare();
        foreach (string parameter in experiment.Parameters)
        {
            table.AddColumn(Tables.Number(parameter));
        }

        foreach (MeasureResult measure in first.Measures)
        {
            table.AddColumn(Tables.Number(measure.Symbol));
        }

        table.AddColumn(Tables.Number("diverged"));
        foreach (PointResult result in results)
        {
            table.AddRow([
                .. result.Point.Values.Select(value => Tables.Cell(value.Value)),
                .. result.Measures.Select(measure =>
                    Tables.Cell(measure.Average?.ToString(null, CultureInfo.InvariantCulture) ?? "not averaged")
                ),
                Tables.Cell(result.Diverged),
            ]);
        }

        ansi.Write(table);
        Tables.Paths(ansi, console, files);
    }
}
