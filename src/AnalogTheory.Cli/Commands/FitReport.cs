using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;
using Spectre.Console;

namespace AnalogTheory.Cli.Commands;

/// <summary>Fits for people and for programs.</summary>
internal static class FitReport
{
    internal static Answer Of(
        PulseSeries series,
        FitComparison comparison,
        LargestFloor floor,
        ToolConsole console,
        IReadOnlyList<string> files
    ) =>
        new(
            new JsonObject
            {
                ["origin"] = series.Origin,
                ["conclusion"] = comparison.Conclusion,
                ["distinction"] = comparison.Distinction.ToString(),
                ["isLacking"] = comparison.IsLacking,
                ["fits"] = new JsonArray([
                    .. comparison.Fits.Select((fit, i) => Document(fit, floor, comparison.Differences[i], comparison.Weights[i])),
                ]),
                ["files"] = Answer.Node(files),
            },
            ansi => Show(ansi, series, comparison, floor, console, files)
        );

    private static JsonNode Document(DeviceFit fit, LargestFloor floor, double difference, double weight) =>
        Answer.Node(
            new
            {
                fit.Law,
                Device = fit.Device.ToString(),
                fit.Parameters,
                fit.SymmetricPoint,
                fit.LowerBound,
                fit.UpperBound,
                fit.Radius,
                LargestFloor = floor.Document(floor.RadiusFor(fit.Device), fit.LargestFloor(floor.RadiusFor(fit.Device), floor.Deviation)),
                NoiseKind = fit.NoiseKind.ToString(),
                fit.CycleDeviation,
                fit.ReadingDeviation,
                fit.ResidualDeviation,
                fit.RSquared,
                fit.Aicc,
                fit.Bic,
                Difference = difference,
                Weight = weight,
                fit.LackOfFit,
                fit.Steps,
                fit.Level,
                fit.IsConverged,
                fit.Remarks,
            }
        );

    private static void Show(
        IAnsiConsole ansi,
        PulseSeries series,
        FitComparison comparison,
        LargestFloor floor,
        ToolConsole console,
        IReadOnlyList<string> files
    )
    {
        DeviceFit best = comparison.Best;
        ansi.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{console.Shown(series.Origin)}: {series.Traces.Count} {(series.Traces.Count == 1 ? "trace" : "traces")}, {best.Steps} steps"
            )
        );
        Table table = Tables.Bare().AddColumn(Tables.Words("law").NoWrap());
        foreach (string head in new[] { "ΔAICc", "weight", "Δw_min", "w⋄", "residual", "R²", "misfit p" })
        {
            table.AddColumn(Tables.Number(head));
        }

        foreach ((DeviceFit fit, double difference, double weight) in comparison.Fits.Zip(comparison.Differences, comparison.Weights))
        {
            table.AddRow(
                Tables.Cell(fit.Law),
                Tables.Cell(difference.ToString("F1", CultureInfo.InvariantCulture)),
                Tables.Cell(weight.ToString("G2", CultureInfo.InvariantCulture)),
                Tables.Cell(fit.Granularity.Value),
                Tables.Cell(Tables.Rounded(fit.SymmetricPoint?.Value ?? double.NaN, 1.0)),
                Tables.Cell(fit.ResidualDeviation.ToString("G3", CultureInfo.InvariantCulture)),
                Tables.Cell(fit.RSquared.ToString("F4", CultureInfo.InvariantCulture)),
                Tables.Cell(fit.LackOfFit.PValue.ToString("G2", CultureInfo.InvariantCulture))
            );
        }

        ansi.Write(table);
        ansi.MarkupLineInterpolated($"[bold]{comparison.Conclusion}[/]");
        ansi.WriteLine();
        Tables.Facts(ansi, Facts(best, floor));
        foreach (string remark in best.Remarks)
        {
            ansi.WriteLine(remark);
        }

        Runners(ansi, comparison);
        Tables.Paths(ansi, console, files);
    }

    // Laws that these data do not tell from the best, with what they would mean.
    private static void Runners(IAnsiConsole ansi, FitComparison comparison)
    {
        if (comparison.RunnersUp.IsEmpty)
        {
            return;
        }

        Table table = Tables
            .Bare()
            .AddColumn(Tables.Words("as good").NoWrap())
            .AddColumn(Tables.Words("").NoWrap())
            .AddColumn(Tables.Words($"value and {Percent(comparison.Best)} % interval"));
        foreach (DeviceFit fit in comparison.RunnersUp)
        {
            string law = fit.Law;
            foreach (FittedQuantity quantity in fit.Parameters)
            {
                table.AddRow(Tables.Cell(law), Tables.Cell(quantity.Symbol), Tables.Cell(Interval(quantity, Percent(fit))));
                law = "";
            }
        }

        ansi.Write(table);
    }

    private static string Percent(DeviceFit fit) => (100.0 * fit.Level).ToString("G4", CultureInfo.InvariantCulture);

    private static IEnumerable<(string, string)> Facts(DeviceFit fit, LargestFloor floor)
    {
        yield return ("best law", fit.Law);
        string percent = Percent(fit);
        foreach (FittedQuantity quantity in fit.Parameters)
        {
            yield return (quantity.Symbol, Interval(quantity, percent));
        }

        if (fit.SymmetricPoint is { } point && !fit.Parameters.Any(quantity => quantity.Symbol == point.Symbol))
        {
            yield return ("symmetric point w⋄", Interval(point, percent));
        }

        if (fit.Radius is { } radius && !fit.Parameters.Any(quantity => quantity.Symbol == radius.Symbol))
        {
            yield return ("half range", Interval(radius, percent));
        }

        string relative = fit.NoiseKind == CycleNoiseKind.Multiplicative ? "relative to the step" : "relative to Δw_min";
        yield return ($"σ_c2c, {relative}", Interval(fit.CycleDeviation, percent));
        yield return ("σ of a reading", Interval(fit.ReadingDeviation, percent));
        double r = floor.RadiusFor(fit.Device);
        yield return (LargestFloor.Name, $"{Interval(fit.LargestFloor(r, floor.Deviation), percent)}   {floor.Meaning(r)}");
    }

    /// <summary>A quantity with its interval, or with the side that the data determine.</summary>
    internal static string Interval(FittedQuantity quantity, string percent) =>
        $"{Tables.Short(Tables.Rounded(quantity.Value, 1.0))}   "
        + (quantity.IsIdentified, quantity.Lower, quantity.Upper) switch
        {
            (true, var lower, var upper) => $"{percent} % in [{Tables.Short(lower)}, {Tables.Short(upper)}]",
            (_, _, var upper) when double.IsFinite(upper) && upper > 0.0 => $"not determined; {percent} % at most {Tables.Short(upper)}",
            (_, var lower, _) when double.IsFinite(lower) && lower != 0.0 => $"not determined; {percent} % at least {Tables.Short(lower)}",
            _ => "not determined by these data",
        };
}
