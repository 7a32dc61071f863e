using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AnalogTheory.Cli.Display;
using AnalogTheory.Tiles.Devices;
using Spectre.Console;

namespace AnalogTheory.Cli.Commands;

/// <summary>What there is to say about a published device: its settings, and what some elements that were drawn are like.</summary>
/// <param name="Preset">The device.</param>
/// <param name="Elements">Number of elements drawn.</param>
/// <param name="Stuck">Share of elements that do not move.</param>
/// <param name="SymmetricPoint">w⋄ of the mean element.</param>
/// <param name="Quantities">Quantities that differ from element to element.</param>
internal sealed record TileFacts(DevicePreset Preset, int Elements, double Stuck, double SymmetricPoint, IReadOnlyList<Spread> Quantities)
{
    internal static TileFacts Of(DevicePreset preset, int elements, ulong seed)
    {
        DeviceSettings device = preset.Device;
        DeviceSample sample = new(device, elements, seed);
        DeviceSample mean = new(device.WithoutSpread(), 1, seed);
        int[] all = [.. Enumerable.Range(0, elements)];
        return new(
            preset,
            elements,
            (double)all.Count(sample.IsStuck) / elements,
            mean.SymmetricPoint(0),
            [
                Spread.Of("lower bound", all.Select(sample.Lower)),
                Spread.Of("upper bound", all.Select(sample.Upper)),
                Spread.Of("q₊ at 0", all.Select(e => sample.Up(e, 0.0))),
                Spread.Of("q₋ at 0", all.Select(e => sample.Down(e, 0.0))),
                Spread.Of("symmetric point w⋄", all.Select(sample.SymmetricPoint)),
            ]
        );
    }

    internal Answer Answer(ToolConsole console, IReadOnlyList<string> files)
    {
        DeviceSettings device = Preset.Device;
        double states = (device.UpperBound - device.LowerBound) / device.PulseGranularity;
        return new(
            Display.Answer.Node(
                new
                {
                    Preset.Name,
                    Kind = TileCommand.KindOf(device),
                    Preset.Source,
                    Granularity = device.PulseGranularity,
                    States = states,
                    device.LowerBound,
                    device.UpperBound,
                    device.CycleNoise,
                    device.WriteNoise,
                    device.Lifetime,
                    SymmetricPoint,
                    Elements,
                    Stuck,
                    Quantities,
                    Files = files,
                }
            ),
            ansi =>
            {
                Tables.Facts(
                    ansi,
                    [
                        ("device", $"{Preset.Name}, {TileCommand.KindOf(device)}"),
                        ("source", Preset.Source),
                        ("granularity Δw_min", Tables.Short(device.PulseGranularity)),
                        ("range", $"[{Tables.Short(device.LowerBound)}, {Tables.Short(device.UpperBound)}], {Tables.Short(states)} states"),
                        ("noise of a pulse", $"{Tables.Short(device.CycleNoise)} steps"),
                        ("noise of writing", device.WriteNoise == 0.0 ? "none" : $"{Tables.Short(device.WriteNoise)} steps"),
                        ("decay", device.Lifetime == 0.0 ? "none" : $"to 1/e in {Tables.Short(device.Lifetime)} mini-batches"),
                        (
                            "symmetric point w⋄",
                            double.IsNaN(SymmetricPoint) ? "none: q₊ and q₋ do not cross" : Tables.Short(SymmetricPoint)
                        ),
                        ("stuck elements", $"{Tables.Short(100.0 * Stuck)} % of {Elements.ToString(CultureInfo.InvariantCulture)}"),
                    ]
                );
                Table table = Tables.Bare().AddColumn(Tables.Words("from element to element").NoWrap());
                foreach (string head in (System.ReadOnlySpan<string>)["10 %", "median", "90 %", "without"])
                {
                    table.AddColumn(Tables.Number(head));
                }

                foreach (Spread spread in Quantities)
                {
                    table.AddRow(
                        Tables.Cell(spread.Name),
                        Tables.Cell(spread.Low),
                        Tables.Cell(spread.Median),
                        Tables.Cell(spread.High),
                        $"{Tables.Short(100.0 * spread.Without)} %"
                    );
                }

                ansi.Write(table);
                if (files.Count > 0)
                {
                    Tables.Paths(ansi, console, files);
                }
            }
        );
    }
}

/// <summary>How a quantity differs from element to element.</summary>
/// <param name="Name">The quantity.</param>
/// <param name="Low">A tenth of the elements that have it lie below.</param>
/// <param name="Median">Half of them do.</param>
/// <param name="High">Nine tenths do.</param>
/// <param name="Without">Share of elements that do not have it.</param>
internal sealed record Spread(string Name, double Low, double Median, double High, double Without)
{
    internal static Spread Of(string name, IEnumerable<double> values)
    {
        double[] all = [.. values];
        double[] sorted = [.. all.Where(double.IsFinite).Order()];
        return new(name, At(0.1), At(0.5), At(0.9), 1.0 - ((double)sorted.Length / all.Length));

        double At(double share) => sorted.Length == 0 ? double.NaN : sorted[(int)System.Math.Round(share * (sorted.Length - 1))];
    }
}
