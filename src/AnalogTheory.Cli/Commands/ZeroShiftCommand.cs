using System;
using System.CommandLine;
using System.Globalization;
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
        double Granularity,
        double? Start,
        long? Pulses,
        double? Tolerance,
        ShiftingSigns Signs,
        double Noise,
        int Replicas,
        ulong Seed,
        int Threads
    );

    internal static Command Create(ToolConsole console)
    {
        Argument<string> device = new("device") { Description = DeviceSpec.Help };
        Option<double?> granularity = Options.NumberOrNone(
            "--granularity",
            "Δw_min, unit of weight; 0.01, or the measured one, by default.",
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
        Option<double> noise = Options.Number(
            "--noise",
            "Deviation of the steps from cycle to cycle, relative to the step.",
            Range.NonNegative,
            0.0
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
                    parsed.GetValue(granularity) ?? spec.Measured?.Granularity ?? 0.01,
                    parsed.GetValue(from),
                    parsed.GetValue(pulses),
                    parsed.GetValue(tolerance),
                    parsed.GetValue(signs) == "independent" ? ShiftingSigns.Independent : ShiftingSigns.Alternating,
                    parsed.GetValue(noise),
                    parsed.GetValue(replicas),
                    parsed.GetValue(seed),
                    parsed.GetValue(threads)
                );
                return (await Shift(console, spec, settings, parsed.GetValue(yes), cancellation)).Give(console, parsed.GetValue(Options.Json));
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

        double start =
            settings.Start ?? (double.IsFinite(device.Upper) ? device.Upper - 0.25 * (device.Upper - device.Lower) : point + 1.0);
        double tolerance = settings.Tolerance ?? settings.Granularity;
        PulsedDevice pulsed = device.WithPulses(settings.Granularity);
        pulsed = settings.Noise > 0.0 ? pulsed.WithMultiplicativeNoise(settings.Noise) : pulsed;
        int? needed = pulsed.ZeroShiftPulses(tolerance, start);
        if (settings.Pulses is null && needed is null)
        {
            throw new BadInputException(
                $"Expected a device that pulses pull to its symmetric point within a million of them, got {device}: give --pulses, or a larger --granularity."
            );
        }

        int pulses = (int)(settings.Pulses ?? needed!.Value);
        int workers = WorkEstimate.Workers(settings.Threads);
        new WorkEstimate(24.0 * settings.Replicas, (double)pulses * settings.Replicas * SecondsPerPulse / workers).Require(
            "This simulation",
            isAccepted
        );
        ZeroShiftMoments predicted = pulsed.ZeroShiftMoments(start, pulses, settings.Signs);
        double[] ends = await ProgressBar.While(
            console,
            "zero-shifting",
            progress => Task.Run(() => Simulate(pulsed, start, pulses, settings, progress, cancellation), cancellation)
        );
        Estimate mean = Estimate.Of(ends);
        double variance = mean.StandardError * mean.StandardError * mean.Count;
        return new(
            Answer.Node(
                new
                {
                    Device = device.ToString(),
                    settings.Granularity,
                    Signs = settings.Signs == ShiftingSigns.Independent ? "independent" : "alternating",
                    settings.Noise,
                    Start = start,
                    SymmetricPoint = point,
                    Tolerance = tolerance,
                    PulsesNeeded = needed,
                    Pulses = pulses,
                    Predicted = new
                    {
                        predicted.Mean,
                        predicted.Variance,
                        predicted.IsExact,
                    },
                    Simulated = new
                    {
                        mean.Mean,
                        mean.StandardError,
                        Variance = variance,
                        Replicas = mean.Count,
                    },
                }
            ),
            ansi =>
            {
                string how = settings.Signs == ShiftingSigns.Independent ? "independent fair coins" : "up and down in turn";
                Tables.Facts(
                    ansi,
                    [
                        ("device", device.ToString()),
                        ("symmetric point w⋄", Tables.Short(point)),
                        ("granularity Δw_min", Tables.Short(settings.Granularity)),
                        ("weight before", Tables.Short(start)),
                        ("directions", how),
                        (
                            $"pulses until |E[w] − w⋄| ≤ {Tables.Short(tolerance)}",
                            needed?.ToString(CultureInfo.InvariantCulture) ?? "more than a million"
                        ),
                    ]
                );
                Table table = Tables
                    .Bare()
                    .AddColumn(Tables.Words(string.Create(CultureInfo.InvariantCulture, $"after {pulses} pulses")))
                    .AddColumn(Tables.Number("E[w]"))
                    .AddColumn(Tables.Number("Var[w]"));
                table.AddRow(
                    predicted.IsExact ? "predicted, exactly" : "predicted, from the tangents at w⋄",
                    Tables.Cell(predicted.Mean),
                    Tables.Cell(predicted.Variance)
                );
                table.AddRow(
                    string.Create(CultureInfo.InvariantCulture, $"simulated, {mean.Count} devices"),
                    Tables.Cell(mean.ToString(null, CultureInfo.InvariantCulture)),
                    Tables.Cell(variance)
                );
                ansi.Write(table);
            }
        );
    }

    private static double[] Simulate(
        PulsedDevice pulsed,
        double start,
        int pulses,
        Settings settings,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        double[] ends = new double[settings.Replicas];
        int done = 0;
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = WorkEstimate.Workers(settings.Threads),
            CancellationToken = cancellation,
        };
        Parallel.For(
            0,
            ends.Length,
            options,
            i =>
            {
                ends[i] = pulsed.ZeroShifted(start, pulses, settings.Signs, SeedOf(settings.Seed, i));
                progress.Report((double)Interlocked.Increment(ref done) / ends.Length);
            }
        );
        return ends;
    }

    // Seeds that differ in one bit give unrelated numbers, so neighbouring seeds are independent devices.
    private static ulong SeedOf(ulong seed, int replica) => unchecked(seed * 0x9E3779B97F4A7C15UL + (ulong)replica);
}
