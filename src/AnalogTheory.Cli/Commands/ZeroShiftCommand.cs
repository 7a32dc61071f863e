using System;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.CSharp;
using Spectre.Console;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>zero-shift</c>: how many pulses bring a device to its symmetric point, and how near.</summary>
internal static class ZeroShiftCommand
{
    // One pulse of one device, one after the other.
    private const double SecondsPerPulse = 3e-8;

    private sealed record Settings(
        PulsedDevice Pulsed,
        double? Start,
        long? Pulses,
        double? Tolerance,
        ShiftingSigns Signs,
        int Replicas,
        ulong Seed,
        int Threads
    );

    internal static Command Create(ToolConsole console)
    {
        Argument<string> device = new("device") { Description = DeviceSpec.Help };
        Option<double?> granularity = Options.NumberOrNone(
            "--granularity",
            "Δw_min, unit of weight; by default the measured one, or the device's own, or 0.01.",
            Range.Positive
        );
        Option<double?> from = Options.NumberOrNone(
            "--from",
            "Weight before; a quarter of the range below its upper end by default.",
            Range.Finite
        );
        Option<long?> pulses = Options.WholeOrNone("--pulses", "Number of pulses; as many as are needed by default.", 0, int.MaxValue);
        Option<double?> tolerance = Options.NumberOrNone(
            "--tolerance",
            "How near the mean must come; the granularity by default.",
            Range.Positive
        );
        Option<string> signs = Options.Word("--signs", "Directions of the pulses.", "alternating", "alternating", "independent");
        Option<double?> noise = Options.NumberOrNone(
            "--noise",
            "Deviation of the steps from cycle to cycle, relative to the step; the device's own by default.",
            Range.NonNegative
        );
        Option<int> replicas = Options.Whole("--replicas", "Simulated devices.", 2, 2000);
        Option<ulong> seed = Options.Seed(1);
        Option<int> threads = Options.Whole("--threads", "Worker threads; 0 for one per processor. Results do not depend on it.", 0, 0);
        Option<bool> yes = Options.Yes();
        Command command = new(
            "zero-shift",
            "Pulses needed to bring a device to its symmetric point; mean and variance there, predicted and simulated."
        )
        {
            device,
            granularity,
            from,
            pulses,
            tolerance,
            signs,
            noise,
            replicas,
            seed,
            threads,
            yes,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory zero-shift asymmetric-linear:radius=0.6,symmetricPoint=0.1 --granularity 0.03
            analog-theory zero-shift pulses.csv --signs independent
            analog-theory zero-shift symmetric-power --from 0.5 --pulses 400 --noise 0.3
            """
        );
        command.SetAction(
            async (parsed, cancellation) =>
            {
                DeviceSpec spec = DeviceSpec.Read(parsed.GetRequiredValue(device), console);
                Settings settings = new(
                    Pulses(spec, parsed.GetValue(granularity), parsed.GetValue(noise)),
                    parsed.GetValue(from),
                    parsed.GetValue(pulses),
                    parsed.GetValue(tolerance),
                    parsed.GetValue(signs) == "independent" ? ShiftingSigns.Independent : ShiftingSigns.Alternating,
                    parsed.GetValue(replicas),
                    parsed.GetValue(seed),
                    parsed.GetValue(threads)
                );
                return (await Shift(console, spec, settings, parsed.GetValue(yes), cancellation)).Give(
                    console,
                    parsed.GetValue(Options.Json)
                );
            }
        );
        return command;
    }

    private static async Task<Answer> Shift(
        ToolConsole console,
        DeviceSpec spec,
        Settings settings,
        bool isAccepted,
        CancellationToken cancellation
    )
    {
        Device device = spec.Device;
        if (!device.TrySymmetricPoint(out double point))
        {
            throw new BadInputException($"Expected a device whose up and down responses cross, got {device}, for which they do not.");
        }

        double start = Start(device, settings, point);
        PulsedDevice pulsed = settings.Pulsed;
        double tolerance = settings.Tolerance ?? pulsed.Granularity;
        int? drift = pulsed.ZeroShiftPulses(tolerance, start);
        if (settings.Pulses is null && drift is null)
        {
            throw new BadInputException(
                $"Expected a device that pulses pull to its symmetric point within a million of them, got {device}: give --pulses, or a larger --granularity."
            );
        }

        // Means are kept pulse by pulse only where a distance is asked for.
        double traced = settings.Pulses is null ? 16.0 * 17.0 * ZeroShiftPaths.Patience * Math.Max(drift!.Value, 1) : 0.0;
        new WorkEstimate(
            24.0 * settings.Replicas + traced,
            (double)(settings.Pulses ?? drift!.Value) * settings.Replicas * SecondsPerPulse / WorkEstimate.Workers(settings.Threads)
        ).Require("This simulation", isAccepted);
        ZeroShiftGoal goal = settings.Pulses is { } asked
            ? ZeroShiftGoal.Exactly((int)asked)
            : ZeroShiftGoal.Within(tolerance, point, drift!.Value);
        ZeroShiftPaths paths = await ProgressBar.While(
            console,
            "zero-shifting",
            progress =>
                Task.Run(
                    () =>
                        ZeroShiftPaths.Simulate(
                            pulsed,
                            new(start, settings.Signs, settings.Replicas, settings.Seed, settings.Threads),
                            goal,
                            progress,
                            cancellation
                        ),
                    cancellation
                )
        );
        Finding finding = new(
            device,
            settings,
            point,
            start,
            tolerance,
            drift,
            paths,
            pulsed.ZeroShiftMoments(start, paths.Pulses, settings.Signs)
        );
        return new(finding.Document(), finding.Show);
    }

    // The weight before the first pulse: the one asked for, else three quarters up the range.
    private static double Start(Device device, Settings settings, double point)
    {
        double start =
            settings.Start ?? (double.IsFinite(device.Upper) ? device.Upper - 0.25 * (device.Upper - device.Lower) : point + 1.0);
        return start >= device.Lower && start <= device.Upper
            ? start
            : throw new BadInputException(
                $"Expected a weight from {Tables.Short(device.Lower)} to {Tables.Short(device.Upper)}, the range of {device}, after --from, got {Tables.Short(start)}."
            );
    }

    /// <summary>What the pulses did, and what was predicted.</summary>
    private sealed record Finding(
        Device Device,
        Settings Settings,
        double Point,
        double Start,
        double Tolerance,
        int? Drift,
        ZeroShiftPaths Paths,
        ZeroShiftMoments Predicted
    )
    {
        private bool IsIndependent => Settings.Signs == ShiftingSigns.Independent;

        private double Variance => Paths.Mean.StandardError * Paths.Mean.StandardError * Paths.Mean.Count;

        /// <summary>For programs.</summary>
        internal JsonNode Document() =>
            Answer.Node(
                new
                {
                    Device = Device.ToString(),
                    Settings.Pulsed.Granularity,
                    Signs = IsIndependent ? "independent" : "alternating",
                    Start,
                    SymmetricPoint = Point,
                    Tolerance,
                    PulsesOfDrift = Drift,
                    PulsesNeeded = Paths.Reached,
                    Paths.Pulses,
                    Predicted = new
                    {
                        Predicted.Mean,
                        Predicted.Variance,
                        Predicted.IsExact,
                    },
                    Simulated = new
                    {
                        Paths.Mean.Mean,
                        Paths.Mean.StandardError,
                        Variance,
                        Replicas = Paths.Mean.Count,
                    },
                }
            );

        /// <summary>For people.</summary>
        internal void Show(IAnsiConsole ansi)
        {
            Tables.Facts(
                ansi,
                [
                    ("device", Device.ToString()),
                    ("symmetric point w⋄", Tables.Short(Tables.Rounded(Point, 1.0))),
                    ("granularity Δw_min", Tables.Short(Settings.Pulsed.Granularity)),
                    ("weight before", Tables.Short(Start)),
                    ("directions", IsIndependent ? "independent fair coins" : "up and down in turn"),
                    (
                        $"pulses until |E[w] − w⋄| ≤ {Tables.Short(Tolerance)}, simulated",
                        Paths.Reached?.ToString(CultureInfo.InvariantCulture)
                            ?? string.Create(CultureInfo.InvariantCulture, $"not within {Paths.Pulses}")
                    ),
                    ("the same by the mean drift −Δw_min·G(w)", Drift?.ToString(CultureInfo.InvariantCulture) ?? "more than a million"),
                ]
            );
            Table table = Tables
                .Bare()
                .AddColumn(Tables.Words(string.Create(CultureInfo.InvariantCulture, $"after {Paths.Pulses} pulses")))
                .AddColumn(Tables.Number("E[w]"))
                .AddColumn(Tables.Number("Var[w]"));
            table.AddRow(
                Predicted.IsExact ? "predicted, exactly" : "predicted, from the tangents at w⋄",
                Tables.Cell(Predicted.Mean),
                Tables.Cell(Predicted.Variance)
            );
            table.AddRow(
                string.Create(CultureInfo.InvariantCulture, $"simulated, {Paths.Mean.Count} devices"),
                Tables.Cell(Paths.Mean.ToString(null, CultureInfo.InvariantCulture)),
                Tables.Cell(Variance)
            );
            ansi.Write(table);
            if (Contradiction(Predicted, Paths.Mean, Variance, Tolerance) is { } contradiction)
            {
                ansi.WriteLine(contradiction);
            }
        }
    }

    // The granularity and the noise of the command line, or else the device's own.
    private static PulsedDevice Pulses(DeviceSpec spec, double? granularity, double? noise)
    {
        PulsedDevice own =
            spec.Pulsed is { } pulsed && (granularity is null || granularity == pulsed.Granularity)
                ? pulsed
                : spec.Device.WithPulses(granularity ?? spec.Measured?.Granularity ?? 0.01);
        return noise is { } deviation ? spec.Device.WithPulses(own.Granularity).WithMultiplicativeNoise(deviation) : own;
    }

    // What the tangents at w⋄ say is right near w⋄ only; a measured or bent response may rest elsewhere.
    private static string? Contradiction(ZeroShiftMoments predicted, Estimate mean, double variance, double tolerance)
    {
        double off = Math.Abs(mean.Mean - predicted.Mean);
        bool isMeanOff = off > 4.0 * mean.StandardError && off > 0.1 * tolerance;
        bool isVarianceOff = Math.Abs(variance - predicted.Variance) > 0.25 * variance && variance > 0.0;
        string what = (isMeanOff, isVarianceOff) switch
        {
            (true, true) => "mean and variance",
            (true, false) => "the mean",
            (false, true) => "the variance",
            _ => "",
        };
        return predicted.IsExact || what.Length == 0
            ? null
            : $"The prediction from the tangents at w⋄ fails here for {what}: the response bends within the spread of the weights. Take the simulated numbers.";
    }
}
