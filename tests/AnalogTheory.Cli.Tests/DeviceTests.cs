using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

public class DeviceTests
{
    [Fact]
    public async Task Responses_are_those_of_the_formula()
    {
        using Shell shell = new();
        JsonObject device = (
            await shell.Run("device", "describe", "asymmetric-linear:radius=0.5,symmetricPoint=0.1", "--points", "3", "--json")
        ).Document;
        Assert.Equal(0.1, (double)device["symmetricPoint"]!, 1e-12);
        JsonNode[] rows = [.. device["responses"]!.AsArray().Select(row => row!)];
        Assert.Equal([-0.4, 0.1, 0.6], rows.Select(row => Math.Round((double)row["weight"]!, 12)));
        Assert.Equal([2.0, 1.0, 0.0], rows.Select(row => Math.Round((double)row["up"]!, 12)));
        Assert.Equal([-1.0, 0.0, 1.0], rows.Select(row => Math.Round((double)row["asymmetric"]!, 12)));
    }

    [Theory]
    [InlineData("describe", true)]
    [InlineData("describe", false)]
    [InlineData("plot", true)]
    [InlineData("plot", false)]
    public async Task Measured_pulses_are_read_with_a_header_and_without(string command, bool hasHeader)
    {
        using Shell shell = Samples.Shell();
        string pulses = Samples.Pulses();
        shell.Write("readings.csv", hasHeader ? pulses : pulses[(pulses.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Outcome outcome = await shell.Run("device", command, "readings.csv", "--json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        if (command == "describe")
        {
            // The device that made the pulses: τ = 1, Δw = 0.01.
            Assert.Equal(0.01, (double)outcome.Document["granularity"]!, 1e-3);
            Assert.Equal(0.0, (double)outcome.Document["symmetricPoint"]!, 0.05);
        }
    }

    [Fact]
    public async Task The_largest_floor_is_that_of_the_formula_for_any_deviation_and_radius()
    {
        using Shell shell = new();
        JsonNode floor = (await shell.Run("device", "describe", "asymmetric-linear", "--json")).Document["largestFloor"]!;
        // r = τ/2 by default, where ρ = ½: ¼/(1 − ¼) of σ² = 1.
        Assert.Equal((0.5, 1.0), ((double)floor["radius"]!, (double)floor["deviation"]!));
        Assert.Equal(1.0 / 3.0, (double)floor["floor"]!, 1e-12);
        Outcome other = await shell.Run("device", "describe", "asymmetric-linear", "--radius", "0.6", "--sigma", "0.2", "--json");
        Assert.Equal(0.04 * 0.36 / 0.64, (double)other.Document["largestFloor"]!["floor"]!, 1e-12);
        Outcome shown = await shell.Run("device", "describe", "asymmetric-linear");
        Assert.Contains("0.333333", shown.Out, StringComparison.Ordinal);
        Assert.Contains("any noise", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fit_finds_the_law_that_made_the_pulses()
    {
        using Shell shell = Samples.Shell();
        Outcome outcome = await shell.Run("device", "fit", "pulses.csv", "--json", "--out", "fit");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        // Noiseless pulses of the asymmetric linear device fit every linear law; its step at w⋄ is 0.01 in each of them.
        JsonNode best = outcome.Document["fits"]![0]!;
        Assert.Equal("asymmetric linear", (string)best["law"]!);
        Assert.All(
            outcome.Document["fits"]!.AsArray().Take(4),
            fit =>
            {
                Assert.Equal("Δw_min", (string)fit!["parameters"]![0]!["symbol"]!);
                Assert.Equal(0.01, (double)fit["parameters"]![0]!["value"]!, 1e-4);
            }
        );
        Assert.Equal(0.0, (double)best["symmetricPoint"]!["value"]!, 1e-2);
        // ρ = ½ at r = τ/2, whichever of the linear laws it is.
        JsonNode floor = best["largestFloor"]!;
        Assert.Equal(1.0 / 3.0, (double)floor["floor"]!["value"]!, 2e-2);
        Assert.InRange((double)floor["floor"]!["value"]!, (double)floor["floor"]!["lower"]!, (double)floor["floor"]!["upper"]!);
        Assert.Equal(
            ["fit/device.json", "fit/fit.png", "fit/fit.svg", "fit/fits.csv", "fit/residuals.csv"],
            shell.Files().Where(name => name.StartsWith("fit", StringComparison.Ordinal)).Select(name => name.Replace('\\', '/'))
        );
    }

    [Fact]
    public async Task Zero_shifting_is_predicted_and_simulated_alike()
    {
        using Shell shell = new();
        JsonObject shift = (
            await shell.Run(
                "zero-shift",
                "asymmetric-linear:radius=0.6,symmetricPoint=0.1",
                "--granularity",
                "0.03",
                "--from",
                "-0.4",
                "--pulses",
                "40",
                "--signs",
                "independent",
                "--replicas",
                "20000",
                "--json"
            )
        ).Document;
        // Claim D8 in closed form.
        double rest = 1.0 - 0.03 / 0.6;
        double variance = 0.03 * 0.03 * (1.0 - Math.Pow(rest, 80)) / (1.0 - rest * rest);
        Assert.Equal(0.1 - 0.5 * Math.Pow(rest, 40), (double)shift["predicted"]!["mean"]!, 1e-12);
        Assert.Equal(variance, (double)shift["predicted"]!["variance"]!, 1e-12);
        Assert.True((bool)shift["predicted"]!["isExact"]!);
        // Six standard errors: of the mean, and of the variance by that of normal weights.
        Assert.Equal((double)shift["predicted"]!["mean"]!, (double)shift["simulated"]!["mean"]!, 6.0 * Math.Sqrt(variance / 20000));
        Assert.Equal(variance, (double)shift["simulated"]!["variance"]!, 6.0 * variance * Math.Sqrt(2.0 / 20000));
    }

    [Theory]
    [InlineData("linear-step")]
    [InlineData("power-step")]
    [InlineData("symmetric-exponential")]
    public async Task A_fitted_device_goes_on_to_a_training_with_its_pulses(string law)
    {
        using Shell shell = Samples.Shell();
        Outcome fit = await shell.Run("device", "fit", "pulses.csv", "--law", law, "--out", "fit", "--json");
        Assert.Equal((0, ""), (fit.Code, fit.Error));
        JsonNode best = Assert.Single(fit.Document["fits"]!.AsArray())!;
        Assert.Equal(law.Replace('-', ' '), (string)best["law"]!);

        // The config gives the device back: w⋄ and the step there.
        JsonObject device = (await shell.Run("device", "describe", "fit/device.json", "--json")).Document;
        Assert.Equal((double)best["symmetricPoint"]!["value"]!, (double)device["symmetricPoint"]!, 1e-9);
        Assert.Equal(1.0, (double)device["symmetricAtPoint"]!, 1e-9);
        Assert.Equal(0.01, (double)device["granularity"]!, 1e-4);

        Outcome run = await shell.Run("simulate", "fit/device.json", "--replicas", "2", "--steps", "50", "--out", "run", "--json");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(0, (long)run.Document["points"]![0]!["diverged"]!);
        Outcome shift = await shell.Run("zero-shift", "fit/device.json", "--replicas", "20", "--json");
        Assert.Equal((0, ""), (shift.Code, shift.Error));
        Assert.Equal((double)device["granularity"]!, (double)shift.Document["granularity"]!);
        // Which claims apply to it: those about every device, and to the linear one of w⋄ = 0 the papers'.
        JsonObject assumptions = (await shell.Run("assumptions", "fit/device.json", "--json")).Document;
        string[] told =
        [
            .. assumptions["points"]![0]!["report"]!["checks"]!.AsArray().Select(check => (string)check!["theorem"]!).Distinct(),
        ];
        Assert.Contains("N1, every device", told);
        Assert.Contains("N10, largest floor", told);
        Assert.Contains("Theorem 2 (S3)", told);
        Assert.Contains(
            "N2, potential",
            assumptions["points"]![0]!["report"]!["applicable"]!.AsArray().Select(theorem => (string)theorem!)
        );
        Assert.Contains("D2", assumptions["devices"]![0]!["findings"]!.AsArray().Select(finding => (string)finding!["id"]!));
        Outcome shown = await shell.Run("assumptions", "fit/device.json");
        Assert.Equal((0, ""), (shown.Code, shown.Error));
        Assert.Matches("from linear", shown.Out);
        // Under Gaussian noise too: nothing is unknown about one step, and no margin is a rounding error.
        Assert.Contains("N1, one step", assumptions["points"]![0]!["report"]!["applicable"]!.AsArray().Select(theorem => (string)theorem!));
        Assert.DoesNotMatch(@"E-1\d +holds", shown.Out);
    }

    [Fact]
    public async Task A_fit_shows_the_runners_up_with_their_parameters()
    {
        using Shell shell = Samples.Shell();
        Outcome fit = await shell.Run("device", "fit", "pulses.csv");
        Assert.Equal((0, ""), (fit.Code, fit.Error));
        Assert.Contains("best law", fit.Out, StringComparison.Ordinal);
        Assert.Matches("as good +value and 95 % interval", fit.Out);
        Assert.Matches("generic linear +Δw_min +0.01", fit.Out);
        Assert.Matches("symmetric power +Δw_min +0.01.*\n +τ +", fit.Out);
    }

    [Fact]
    public async Task A_law_that_is_none_is_answered_with_the_laws()
    {
        using Shell shell = Samples.Shell();
        Outcome fit = await shell.Run("device", "fit", "pulses.csv", "--law", "liner-step");
        Assert.Equal(2, fit.Code);
        Assert.Contains("linear-step", fit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measured_pulses_give_the_symmetric_point_an_interval()
    {
        using Shell shell = Samples.Shell();
        JsonObject device = (await shell.Run("device", "describe", "pulses.csv", "--json")).Document;
        JsonNode fitted = device["symmetricPointFitted"]!;
        Assert.True((double)fitted["lower"]! <= (double)fitted["value"]! && (double)fitted["value"]! <= (double)fitted["upper"]!);
        string shown = (await shell.Run("device", "describe", "pulses.csv")).Out;
        Assert.Matches("w⋄ of asymmetric linear, fitted +.* 95 % in ", shown);
    }

    [Fact]
    public async Task A_numerically_zero_symmetric_point_prints_as_0()
    {
        using Shell shell = new();
        string shown = (await shell.Run("device", "describe", "exponential-step:upper=0.9,lower=-0.9,upExponent=0.3,downExponent=0.3")).Out;
        Assert.Matches("symmetric point w⋄ +0 ", shown);
    }

    [Theory]
    [InlineData("--from", "0.8")]
    [InlineData("--from", "-0.6")]
    public async Task Zero_shifting_refuses_what_is_outside(string option, string value)
    {
        using Shell shell = new();
        Outcome shift = await shell.Run("zero-shift", "asymmetric-linear:radius=0.6,symmetricPoint=0.1", option, value);
        Assert.Equal((2, ""), (shift.Code, shift.Out));
        Assert.Contains($"after {option}, got {value}", shift.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zero_shifting_counts_the_pulses_that_the_simulation_takes()
    {
        using Shell shell = new();
        // q₊ bends: near w⋄ the mean drift says one thing, and the spread of the weights another.
        string[] bent = ["zero-shift", "power-step:upper=1,lower=-0.5,upExponent=3,downExponent=0.5", "--signs", "independent", "--json"];
        JsonObject shift = (await shell.Run([.. bent, "--granularity", "0.05", "--tolerance", "0.02"])).Document;
        double point = (double)shift["symmetricPoint"]!;
        double mean = (double)shift["simulated"]!["mean"]!;
        double error = (double)shift["simulated"]!["standardError"]!;
        int needed = (int)shift["pulsesNeeded"]!;
        Assert.Equal(needed, (int)shift["pulses"]!);
        Assert.True(Math.Abs(mean - point) <= 0.02 + 4.0 * error);
        // The mean drift counts fewer, and its count does not do.
        int drift = (int)shift["pulsesOfDrift"]!;
        Assert.True(drift < needed);
        shift = (await shell.Run([.. bent, "--granularity", "0.05", "--tolerance", "0.02", "--pulses", $"{drift}"])).Document;
        Assert.True(Math.Abs((double)shift["simulated"]!["mean"]! - point) > 0.02);
        Assert.Contains(
            "The prediction from the tangents at w⋄ fails here",
            (await shell.Run([.. bent[..^1], "--granularity", "0.05", "--tolerance", "0.02"])).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Pulses_of_a_config_need_a_granularity()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run("device", "describe", "asymmetric-linear:multiplicativeNoise=0.1");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("'granularity'", outcome.Error, StringComparison.Ordinal);
        outcome = await shell.Run("device", "describe", "asymmetric-linear:granularity=0.01,multiplicativeNoise=0.1,additiveNoise=0.1");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("got both", outcome.Error, StringComparison.Ordinal);
    }
}
