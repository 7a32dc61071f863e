using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;
using AnalogTheory.Plotting;
using Spectre.Console;

namespace AnalogTheory.Cli.Commands;

/// <summary>What there is to say about a device.</summary>
internal static class DeviceDescription
{
    private const int PicturePoints = 401;

    internal static Answer Of(DeviceSpec spec, int points, bool mustBeSound, LargestFloor floor)
    {
        Device device = spec.Device;
        double radius = floor.RadiusFor(device);
        bool isCrossing = device.TrySymmetricPoint(out double symmetricPoint);
        double[] weights = Weights(spec, points);
        DeviceReport report = device.Check();
        return new(
            Answer.Node(
                new
                {
                    device.Name,
                    device.Parameters,
                    device.Source,
                    device.Lower,
                    device.Upper,
                    SymmetricPoint = isCrossing ? symmetricPoint : double.NaN,
                    SymmetricPointFitted = spec.Fits?.Best.SymmetricPoint,
                    SymmetricAtPoint = isCrossing ? device.Symmetric(symmetricPoint) : double.NaN,
                    Granularity = spec.Measured?.Granularity ?? spec.Pulsed?.Granularity ?? double.NaN,
                    report.IsSound,
                    report.DistanceFromLinear,
                    report.LargestStep,
                    LargestFloor = floor.Document(radius, device.LargestFloor(radius, floor.Deviation)),
                    Demands = report.Demands.Select(FindingsTable.Document),
                    Claims = report.Claims.Select(FindingsTable.Document),
                    Responses = weights.Select(w => new
                    {
                        Weight = w,
                        Up = device.Up(w),
                        Down = device.Down(w),
                        Symmetric = device.Symmetric(w),
                        Asymmetric = device.Asymmetric(w),
                    }),
                }
            ),
            ansi => Show(ansi, spec, isCrossing, symmetricPoint, weights, report, floor),
            mustBeSound && !report.IsSound ? Tool.Failed : Tool.Fine
        );
    }

    /// <summary>The curves of the device's picture.</summary>
    internal static PictureResponse Picture(DeviceSpec spec)
    {
        Device device = spec.Device;
        double[] weights = Weights(spec, PicturePoints);
        MeasuredSteps steps = spec.Pulses is null ? MeasuredSteps.None : MeasuredSteps.Of(spec.Pulses, spec.Measured!.Granularity);
        return new(
            device.ToString(),
            weights,
            [.. weights.Select(device.Up)],
            [.. weights.Select(device.Down)],
            device.TrySymmetricPoint(out double point) ? point : double.NaN,
            "",
            steps.UpWeights,
            steps.Up,
            steps.DownWeights,
            steps.Down
        );
    }

    private static void Show(
        IAnsiConsole ansi,
        DeviceSpec spec,
        bool isCrossing,
        double symmetricPoint,
        double[] weights,
        DeviceReport report,
        LargestFloor floor
    )
    {
        Device device = spec.Device;
        List<(string, string)> facts =
        [
            ("device", device.ToString()),
            ("source", device.Source),
            ("range", $"[{Tables.Short(device.Lower)}, {Tables.Short(device.Upper)}]"),
            ("symmetric point w⋄", isCrossing ? Tables.Short(symmetricPoint) : "none: q₊ and q₋ do not cross"),
        ];
        if (spec.Fits?.Best is { SymmetricPoint: { } fitted } best)
        {
            string percent = (100.0 * best.Level).ToString("G4", CultureInfo.InvariantCulture);
            facts.Add(($"w⋄ of {best.Law}, fitted", FitReport.Interval(fitted, percent)));
        }

        if (isCrossing)
        {
            facts.Add(("F(w⋄)", Tables.Short(device.Symmetric(symmetricPoint))));
        }

        if ((spec.Measured?.Granularity ?? spec.Pulsed?.Granularity) is { } granularity)
        {
            facts.Add(("granularity Δw_min", Tables.Short(granularity)));
        }

        facts.Add(("distance from linear", Tables.Short(report.DistanceFromLinear)));
        facts.Add(("largest step that stays in", Tables.Short(report.LargestStep)));
        facts.Add((LargestFloor.Name, floor.Text(device)));
        Tables.Facts(ansi, facts);
        Table table = Tables.Bare();
        foreach (string head in new[] { "w", "q₊", "q₋", "F", "G" })
        {
            table.AddColumn(Tables.Number(head));
        }

        foreach (double w in weights)
        {
            table.AddRow([
                .. new[] { w, device.Up(w), device.Down(w), device.Symmetric(w), device.Asymmetric(w) }.Select(value =>
                    Tables.Cell(Tables.Rounded(value, 1.0))
                ),
            ]);
        }

        ansi.Write(table);
        FindingsTable.Show(ansi, report);
    }

    // The whole range, or two units about the symmetric point where there is no end.
    private static double[] Weights(DeviceSpec spec, int points)
    {
        Device device = spec.Device;
        double middle = device.TrySymmetricPoint(out double point) ? point : 0.0;
        double lower = double.IsFinite(device.Lower) ? device.Lower : Math.Min(middle, device.Upper) - 1.0;
        double upper = double.IsFinite(device.Upper) ? device.Upper : Math.Max(middle, lower) + 1.0;
        double[] weights =
        [
            .. Enumerable.Range(0, points).Select(i => i == points - 1 ? upper : lower + i * (upper - lower) / (points - 1)),
        ];
        return weights.Zip(weights.Skip(1)).All(pair => pair.First < pair.Second)
            ? weights
            : throw new BadInputException(
                $"Expected a range of weights in which {points.ToString(CultureInfo.InvariantCulture)} of them differ, got [{Tables.Short(lower)}, {Tables.Short(upper)}]."
            );
    }
}
