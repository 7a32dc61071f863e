using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.Runs;
using AnalogTheory.Tiles.Devices;
using Spectre.Console;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>tile</c>: looks at published devices as elements of arrays, and trains on arrays of them.</summary>
internal static class TileCommand
{
    /// <summary>Names of the presets.</summary>
    internal static string[] Presets { get; } = [.. DevicePresets.All.Select(preset => preset.Name)];

    internal static Command Create(ToolConsole console) =>
        new("tile", "Arrays of pulsed elements: published devices, and what each of their imperfections costs in training.")
        {
            List(console),
            Describe(console),
            TileRunCommand.Create(console),
        };

    /// <summary>The preset of a name.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    internal static DevicePreset Named(string name) =>
        DevicePresets.All.FirstOrDefault(preset => preset.Name.Equals(name, System.StringComparison.OrdinalIgnoreCase))
        ?? throw new BadInputException(
            $"Expected one of the devices {string.Join(", ", Presets)}, got '{name}'.{Nearest.Hint(name, Presets)}"
        );

    /// <summary>A kind of device in words, such as <c>soft bounds with reference</c>.</summary>
    internal static string KindOf(DeviceSettings device) =>
        device switch
        {
            ConstantStepDevice => "constant step",
            LinearStepDevice => "linear step",
            SoftBoundsDevice => "soft bounds",
            SoftBoundsReferenceDevice => "soft bounds with reference",
            ExponentialStepDevice => "exponential step",
            PowerStepDevice => "power step",
            PiecewiseStepDevice => "piecewise step",
            _ => device.GetType().Name,
        };

    private static double States(DeviceSettings device) => (device.UpperBound - device.LowerBound) / device.PulseGranularity;

    private static Command List(ToolConsole console)
    {
        Command command = new("list", "The published devices, with their granularity, their noise and their source.");
        HelpWithExamples.Describe(command, "analog-theory tile list");
        command.SetAction(parsed =>
            new Answer(
                Answer.Node(
                    new
                    {
                        Presets = DevicePresets.All.Select(preset => new
                        {
                            preset.Name,
                            Kind = KindOf(preset.Device),
                            Granularity = preset.Device.PulseGranularity,
                            States = States(preset.Device),
                            preset.Device.CycleNoise,
                            preset.Device.WriteNoise,
                            preset.Source,
                        }),
                    }
                ),
                ansi =>
                {
                    Table table = Tables.Bare().AddColumn(Tables.Words("device").NoWrap()).AddColumn(Tables.Words("kind"));
                    foreach (string head in (System.ReadOnlySpan<string>)["Δw_min", "states", "noise of a pulse", "of writing"])
                    {
                        table.AddColumn(Tables.Number(head));
                    }

                    table.AddColumn(Tables.Words("source"));
                    foreach (DevicePreset preset in DevicePresets.All)
                    {
                        table.AddRow(
                            Tables.Cell(preset.Name),
                            Tables.Cell(KindOf(preset.Device)),
                            Tables.Cell(preset.Device.PulseGranularity),
                            Tables.Cell(States(preset.Device)),
                            Tables.Cell(preset.Device.CycleNoise),
                            Tables.Cell(preset.Device.WriteNoise),
                            Tables.Cell(preset.Source)
                        );
                    }

                    ansi.Write(table);
                    ansi.WriteLine(
                        "Noise in steps Δw_min. 'analog-theory tile describe' says more of one, 'analog-theory tile run' trains on it."
                    );
                }
            ).Give(console, parsed.GetValue(Options.Json))
        );
        return command;
    }

    private static Command Describe(ToolConsole console)
    {
        Argument<string> device = new("device") { Description = "Name of a published device; 'analog-theory tile list' shows them." };
        device.CompletionSources.Add(Presets);
        Option<int> elements = Options.Whole("--elements", "Elements to draw.", 2, 1000, 1_000_000);
        Option<ulong> seed = Options.Seed(1);
        Option<string?> folder = Options.Folder("Folder for a picture of the response; none is drawn by default.");
        Command command = new(
            "describe",
            "What a published device is like: granularity, noise, symmetric point, and how much its elements differ."
        )
        {
            device,
            elements,
            seed,
            folder,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory tile describe EcRam
            analog-theory tile describe ReRamArrayOM --out pictures
            """
        );
        command.SetAction(parsed =>
        {
            DevicePreset preset = Named(parsed.GetRequiredValue(device));
            TileFacts facts = TileFacts.Of(preset, parsed.GetValue(elements), parsed.GetValue(seed));
            List<string> files = [];
            if (parsed.GetValue(folder) is { } name)
            {
                string output = console.Resolve(name);
                using FolderLock ours = OutputFolder.Take(output, console);
                files.AddRange(TilePicture.Save(output, preset, System.Math.Min(facts.Elements, 1000), parsed.GetValue(seed)));
            }

            return facts.Answer(console, files).Give(console, parsed.GetValue(Options.Json));
        });
        return command;
    }
}
