using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Serialization.Metadata;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.Plotting;
using AnalogTheory.Runs;
using Spectre.Console;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>device</c>: looks at devices.</summary>
internal static class DeviceCommand
{
    internal static Command Create(ToolConsole console) =>
        new("device", "Describes, fits, plots and lists devices: built in, in config files, or measured.")
        {
            Describe(console),
            DeviceFitCommand.Create(console),
            Plot(console),
            List(console),
        };

    private static Command Describe(ToolConsole console)
    {
        Argument<string> device = new("device") { Description = DeviceSpec.Help };
        Option<int> points = Options.Whole("--points", "Rows of the table of responses.", 2, 11, 100_000);
        Option<bool> check = new("--check")
        {
            Description = "Exit code 1 if a demand on a response, or one of the claims D1 to D9, is refuted.",
        };
        Option<double?> radius = LargestFloor.RadiusOption();
        Option<double> deviation = LargestFloor.DeviationOption();
        Command command = new(
            "describe",
            "Symmetric point, range, the largest floor of Analog SGD, a table of q₊, q₋, F and G, and the claims D1 to D9 checked on the device."
        )
        {
            device,
            points,
            check,
            radius,
            deviation,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory device describe asymmetric-linear
            analog-theory device describe power-step:upper=0.8,lower=-1.2,upExponent=3 --points 21
            analog-theory device describe pulses.csv --check
            analog-theory device describe generic-linear:asymmetry=0.3 --radius 0.4 --sigma 0.1
            """
        );
        command.SetAction(parsed =>
            DeviceDescription
                .Of(
                    DeviceSpec.Read(parsed.GetRequiredValue(device), console),
                    parsed.GetValue(points),
                    parsed.GetValue(check),
                    new LargestFloor(parsed.GetValue(radius), parsed.GetValue(deviation))
                )
                .Give(console, parsed.GetValue(Options.Json))
        );
        return command;
    }

    private static Command Plot(ToolConsole console)
    {
        Argument<string> device = new("device") { Description = DeviceSpec.Help };
        Option<string?> folder = Options.Folder("Folder for the pictures; the working folder by default.");
        Option<string?> name = Options.FileName("--name", "File name of the pictures, without extension; 'device' by default.", "picture");
        Command command = new("plot", "Draws q₊, q₋, F and G with the symmetric point, and measured pulses, as SVG and PNG.")
        {
            device,
            folder,
            name,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory device plot linear-step:upper=0.8,lower=-1.2
            analog-theory device plot pulses.csv --out pictures
            """
        );
        command.SetAction(parsed =>
        {
            DeviceSpec spec = DeviceSpec.Read(parsed.GetRequiredValue(device), console);
            string output = console.Resolve(parsed.GetValue(folder) ?? ".");
            using FolderLock ours = OutputFolder.Take(output, console);
            List<string> files = [];
            foreach (ResultFile file in Pictures.OfResponse(parsed.GetValue(name) ?? "device", DeviceDescription.Picture(spec)))
            {
                ResultFolder.Write(output, file);
                files.Add(Path.Combine(output, file.Name));
            }

            return new Answer(
                Answer.Node(new { Device = spec.Device.ToString(), Files = files }),
                ansi => Tables.Paths(ansi, console, files)
            ).Give(console, parsed.GetValue(Options.Json));
        });
        return command;
    }

    private static Command List(ToolConsole console)
    {
        Command command = new("list", "The kinds of devices and their parameters.");
        command.SetAction(parsed =>
        {
            IEnumerable<JsonDerivedType> kinds = ConfigForm.Json.GetTypeInfo(typeof(DeviceConfig)).PolymorphismOptions!.DerivedTypes;
            (string Kind, string Parameters, string Response)[] rows =
            [
                .. kinds.Select(kind =>
                    (
                        (string)kind.TypeDiscriminator!,
                        string.Join(", ", Own(kind.DerivedType)),
                        ConfigForm.DescriptionOf(kind.DerivedType) ?? ""
                    )
                ),
            ];
            return new Answer(
                Answer.Node(
                    new
                    {
                        Kinds = rows.Select(row => new
                        {
                            row.Kind,
                            row.Parameters,
                            row.Response,
                        }),
                    }
                ),
                ansi =>
                {
                    Table table = Tables
                        .Bare()
                        .AddColumn(Tables.Words("kind").NoWrap())
                        .AddColumn(Tables.Words("parameters"))
                        .AddColumn(Tables.Words("response"));
                    foreach ((string kind, string parameters, string response) in rows)
                    {
                        table.AddRow(Tables.Cell(kind), Tables.Cell(parameters), Tables.Cell(response));
                    }

                    ansi.Write(table);
                    ansi.WriteLine(
                        $"Every kind also takes {string.Join(", ", Own(typeof(DeviceConfig)))}: its updates are then sent as pulses."
                    );
                }
            ).Give(console, parsed.GetValue(Options.Json));
        });
        return command;
    }

    // Keys that a type adds to those of every kind.
    private static IEnumerable<string> Own(System.Type type) =>
        ConfigForm
            .Json.GetTypeInfo(type)
            .Properties.Where(property => property.AttributeProvider is System.Reflection.PropertyInfo own && own.DeclaringType == type)
            .Select(property => property.Name);
}
