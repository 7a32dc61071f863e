using System;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Config;

/// <summary>
/// A device as a command line names it: a kind with its parameters, <c>asymmetric-linear:radius=0.7,symmetricPoint=0.1</c>; a config file;
/// or a CSV file of measured pulses.
/// </summary>
/// <param name="Device">The device.</param>
/// <param name="Measured">What the measurements gave besides, if it was measured.</param>
/// <param name="Pulses">The measurements, if they were in the form of a series.</param>
/// <param name="Fits">Laws fitted to them.</param>
/// <param name="Pulsed">The device with its granularity and noise, where a kind or a config file gives them.</param>
internal sealed record DeviceSpec(Device Device, MeasuredDevice? Measured, PulseSeries? Pulses, FitComparison? Fits, PulsedDevice? Pulsed)
{
    /// <summary>How to write one, for help.</summary>
    internal const string Help =
        "A kind with its parameters, such as asymmetric-linear:radius=0.7,symmetricPoint=0.1 ('device list' shows the kinds); "
        + "a config file (.json); or a file of measured pulses (.csv).";

    /// <summary>Reads one.</summary>
    /// <exception cref="BadInputException">There is no such device; the message says what there is.</exception>
    internal static DeviceSpec Read(string text, ToolConsole console) =>
        text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? OfConfig(text, console)
        : text.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || File.Exists(console.Resolve(text)) ? OfPulses(text, console)
        : OfKind(text, console);

    private static DeviceSpec OfConfig(string name, ToolConsole console)
    {
        ConfigFile file = ConfigFile.Read(name, console, typeof(ExperimentConfig));
        ExperimentConfig config = file.Root.Deserialize<ExperimentConfig>(ConfigForm.Json)!;
        return config.Device is null
            ? throw file.Complaint("device", "Expected the key 'device'; it is missing.")
            : OfElement(file.At("device", () => config.Device.BuildElement(file.Folder)));
    }

    private static DeviceSpec OfPulses(string name, ToolConsole console)
    {
        string path = console.Resolve(name);
        try
        {
            string[] lines = InputFile.Lines(name, path);
            return PulseSeries.TryParse(name, lines, out PulseSeries? series, out string message)
                ? OfSeries(name, series)
                : OfReadings(name, lines, message);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"Expected a file of pulses that can be read, got '{name}': {wrong.Message}", wrong);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw new BadInputException($"{name}: {wrong.Message.Split(" (Parameter ", 2)[0]}", wrong);
        }
    }

    private static DeviceSpec OfSeries(string name, PulseSeries series)
    {
        PulseLimits.Require(name, series);
        FitComparison fits = PulseLimits.Fitted(name, () => series.Fit());
        MeasuredDevice measured =
            fits.Tabulated
            ?? throw new BadInputException($"{name}: Expected pulses up and down whose mean steps cross, got steps that never do.");
        return new(measured.Device, measured, series, fits, null);
    }

    // The short form: pulse number, weight, and perhaps a direction, without a header. If it is none of both, the series' complaint says more.
    private static DeviceSpec OfReadings(string name, string[] lines, string complaint)
    {
        try
        {
            MeasuredDevice measured = MeasuredDevice.Parse(Path.GetFileName(name), lines);
            return new(measured.Device, measured, null, null, null);
        }
        catch (FormatException neither)
        {
            throw new BadInputException(complaint, neither);
        }
    }

    private static DeviceSpec OfKind(string text, ToolConsole console)
    {
        string[] parts = text.Split(':', 2);
        JsonObject device = new() { ["kind"] = parts[0] };
        foreach (string pair in parts.Length > 1 ? parts[1].Split(',') : [])
        {
            string[] sides = pair.Split('=', 2);
            if (sides.Length != 2 || sides[0].Length == 0)
            {
                throw new BadInputException($"Expected key=value after the kind of a device, got '{pair}' in '{text}'.");
            }

            if (!device.TryAdd(sides[0].Trim(), Value(sides[1].Trim())))
            {
                throw new BadInputException($"Expected each key once, got '{sides[0].Trim()}' again in '{text}'.");
            }
        }

        ConfigFile file = ConfigFile.Parse(
            $"'{text}'",
            console.Folder,
            Encoding.UTF8.GetBytes(device.ToJsonString()),
            typeof(DeviceConfig),
            hasLines: false
        );
        return OfElement(file.At("", () => file.Root.Deserialize<DeviceConfig>(ConfigForm.Json)!.BuildElement(console.Folder)));
    }

    private static DeviceSpec OfElement(Element element) => new(element.Device, null, null, null, element.Pulses);

    private static JsonValue Value(string value) =>
        Commands.Options.Real(value) is { } number ? JsonValue.Create(number) : JsonValue.Create(value);
}
