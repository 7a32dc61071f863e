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
        Assert.Equal(0.01, (double)best["stepAtSymmetricPoint"]!["value"]!, 1e-4);
        Assert.Equal(0.0, (double)best["symmetricPoint"]!["value"]!, 1e-2);
        // ρ = ½ at r = τ/2, whichever of the linear laws it is.
        JsonNode floor = best["largestFloor"]!;
        Assert.Equal(1.0 / 3.0, (double)floor["floor"]!["value"]!, 2e-2);
        Assert.InRange((double)floor["floor"]!["value"]!, (double)floor["floor"]!["lower"]!, (double)floor["floor"]!["upper"]!);
        Assert.Equal(
            ["fit/fit.png", "fit/fit.svg", "fit/fits.csv", "fit/residuals.csv"],
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
}
