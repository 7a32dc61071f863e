using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>What once ended in a stack trace, or in the loss of a finished run.</summary>
public class BadInputTests
{
    private const string Config = """
        {
          "device": { "kind": "asymmetric-linear" },
          "rule": { "kind": "analog-sgd", "learningRate": 0.01 },
          "problem": { "kind": "quadratic", "minimizer": [0.5] },
          "noise": { "kind": "none" },
          "replicas": 2,
          "steps": 4
        }
        """;

    [Theory]
    [InlineData("steps", "1e1", 10)]
    [InlineData("steps", "5.0", 5)]
    [InlineData("steps", "12e-0", 12)]
    public async Task A_whole_number_is_one_in_any_notation_of_JSON(string key, string text, long value)
    {
        using Shell shell = new();
        shell.Write("config.json", With(key, text));
        Outcome outcome = await shell.Run("simulate", "config.json", "--json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal(value, (long)outcome.Document["points"]![0]![key]!);
    }

    [Theory]
    [InlineData("steps", "2.5")]
    [InlineData("steps", "9223372036854775808")]
    [InlineData("steps", "1e300")]
    [InlineData("replicas", "2147483648")]
    [InlineData("seed", "18446744073709551616")]
    [InlineData("seed", "-1")]
    [InlineData("traceEvery", "-1")]
    public async Task A_number_beyond_its_type_is_named(string key, string text) =>
        await Refused(With(key, text), $", {key}: Expected a whole number from");

    [Theory]
    [InlineData("1e101")]
    [InlineData("-1e300")]
    [InlineData("1e-300")]
    public async Task A_number_of_no_size_is_named(string text) =>
        await Refused(
            Config.Replace("[0.5]", $"[0.5, {text}]", StringComparison.Ordinal),
            "problem.minimizer[1]: Expected a finite number"
        );

    [Theory]
    [InlineData("\"title\": \"\\ud800\",", "line 2")]
    [InlineData("\"titl\\ud800e\": 1,", "line 2")]
    [InlineData("\"measures\": [\"excess\\udc00\"],", "line 2")]
    public async Task Half_of_a_character_is_named_by_its_line(string line, string place)
    {
        string error = await Refused(Config.Insert(2, line + "\n"), place);
        Assert.Contains("Unicode", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_named_by_their_line()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Config.Insert(2, "\"title\": \"x\",\n"));
        bytes[Array.IndexOf(bytes, (byte)'x')] = 0xC3;
        using Shell shell = new();
        await File.WriteAllBytesAsync(Path.Combine(shell.Folder, "config.json"), bytes, TestContext.Current.CancellationToken);
        Outcome outcome = await shell.Run("simulate", "config.json");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("config.json, line 2: Expected text in UTF-8", outcome.Error, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(
            Path.Combine(shell.Folder, "p.csv"),
            [.. "pulse,weight\n0,1\n"u8, 0xFF],
            TestContext.Current.CancellationToken
        );
        outcome = await shell.Run("device", "describe", "p.csv");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("p.csv, line 3: Expected text in UTF-8", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "steps": [4], "steps": [5] }""", "Expected each key once")]
    [InlineData("""{ "steps": [4], "st\u0065ps": [5] }""", "Expected each key once")]
    public async Task A_key_of_a_grid_stands_once(string grid, string expected) => await Refused(With("grid", grid), expected);

    [Fact]
    public async Task A_measure_stands_once() =>
        await Refused(
            With("measures", """["excess", "weight[0]", "excess"]"""),
            "measures: Expected each measure once, got 'excess' twice"
        );

    [Theory]
    [InlineData("""{ "replicas": [4, 8] }""")]
    [InlineData("""{ "averageFrom": [0, 4] }""")]
    [InlineData("""{ "averageFrom": [4, 0] }""")]
    [InlineData("""{ "traceEvery": [0, 2] }""")]
    [InlineData("""{ "steps": [4, 8], "replicas": [2, 3] }""")]
    public async Task A_grid_of_any_whole_number_ends_with_its_tables(string grid)
    {
        using Shell shell = new();
        shell.Write("config.json", With("grid", grid));
        Outcome outcome = await shell.Run("simulate", "config.json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        string[] heads = shell.Read("config/averages.csv").Split("\r\n")[0].Split(',');
        Assert.Equal(heads.Distinct(), heads);
        Assert.Contains("replicas", heads);
    }

    [Theory]
    [InlineData("counterexample --saturation 0.5 --sigma 1e300")]
    [InlineData("counterexample --saturation 0.5 --sigma 1e100 --curvature 1e-100")]
    [InlineData("counterexample --saturation 1e-90 --sigma 1e-90")]
    [InlineData("counterexample --minimizer 1e100 --sigma 0.1 --radius 1e-100")]
    [InlineData("device describe asymmetric-linear:radius=1e300")]
    [InlineData("device plot asymmetric-linear:radius=1e-310")]
    [InlineData("device describe asymmetric-linear:radius=1e-20,symmetricPoint=1")]
    [InlineData("device describe ideal --points 2147483647")]
    [InlineData("device describe asymmetric-linear:radius=1,radius=2")]
    [InlineData("figure 2 --seeds 2147483647")]
    [InlineData("zero-shift ideal --pulses 2147483648")]
    [InlineData("simulate config.json --replicas 2147483648")]
    [InlineData("device plot ideal --name ../x")]
    [InlineData("device plot ideal --name ..")]
    [InlineData("device plot ideal --name a/b")]
    public async Task What_has_no_answer_is_refused_before_anything_is_written(string line)
    {
        using Shell shell = new();
        shell.Write("config.json", Config);
        Outcome outcome = await shell.Run(line.Split(' '));
        Assert.True(outcome is { Code: 2, Out: "" }, outcome.ToString());
        Assert.NotEqual("", outcome.Error);
        Assert.Equal(["config.json"], shell.Files());
    }

    [Fact]
    public async Task An_empty_word_is_no_claim()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run("verify", "", "--solver", "none");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("got ''", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("...json")]
    [InlineData("..json")]
    [InlineData(" .json")]
    public async Task A_config_whose_name_is_a_folder_s_needs_one(string name)
    {
        using Shell shell = new();
        shell.Write(name, Config);
        Outcome outcome = await shell.Run("simulate", name);
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("--out", outcome.Error, StringComparison.Ordinal);
        Assert.Equal([name], shell.Files());
        Assert.Equal(0, (await shell.Run("simulate", name, "--out", "here")).Code);
    }

    [Theory]
    [InlineData("""{ "name": "an app", "start_url": "/" }""")]
    [InlineData("no JSON at all")]
    public async Task A_manifest_that_is_somebody_else_s_stays(string manifest)
    {
        using Shell shell = new();
        shell.Write("config.json", Config);
        Directory.CreateDirectory(Path.Combine(shell.Folder, "app"));
        shell.Write("app/manifest.json", manifest);
        Outcome outcome = await shell.Run("simulate", "config.json", "--out", "app");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("manifest.json", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(manifest, shell.Read("app/manifest.json"));
        Assert.Equal(["app/manifest.json", "config.json"], shell.Files().Select(file => file.Replace('\\', '/')));
    }

    [Theory]
    [InlineData("é ` 漢字")]
    [InlineData("a\u0001b\u200E\uFFFE")]
    [InlineData("*x_{^}\\")]
    public async Task Any_title_can_be_drawn_and_leaves_the_picture_well_formed(string title)
    {
        using Shell shell = new();
        JsonObject config = (JsonObject)JsonNode.Parse(Config)!;
        config["title"] = title;
        config["grid"] = JsonNode.Parse("""{ "rule.learningRate": [0.1, 0.2] }""");
        config["traceEvery"] = 1;
        shell.Write("config.json", config.ToJsonString());
        Outcome outcome = await shell.Run("simulate", "config.json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.NotNull(XDocument.Parse(shell.Read("config/traces.svg")));
        Assert.NotNull(XDocument.Parse(shell.Read("config/averages.svg")));
    }

    [Theory]
    [InlineData("é.csv")]
    [InlineData("a`b.csv")]
    [InlineData("漢字.csv")]
    public async Task A_file_may_be_called_as_it_likes(string name)
    {
        using Shell shell = new();
        shell.Write(name, Samples.Pulses());
        Outcome outcome = await shell.Run("device", "plot", name);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.NotNull(XDocument.Parse(shell.Read("device.svg")));
    }

    [Fact]
    public async Task A_fault_is_one_line_with_a_code_of_its_own_and_a_trace_on_request()
    {
        using Shell shell = new() { Watch = new Fault() };
        shell.Write("config.json", Config);
        Outcome outcome = await shell.Run("simulate", "config.json");
        Assert.Equal((Tool.Fault, ""), (outcome.Code, outcome.Out));
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
        Assert.Contains("report", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("unforeseen", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("\n   at ", (await shell.Run("simulate", "config.json", "--debug")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_many_times_is_said_twenty_times()
    {
        string error = await Refused(
            Config.Replace("[0.5]", "[" + string.Join(", ", Enumerable.Repeat("null", 5000)) + "]", StringComparison.Ordinal),
            "problem.minimizer[19]"
        );
        Assert.Contains("4980 more", error, StringComparison.Ordinal);
        Assert.Equal(21, error.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task A_long_array_keeps_the_line_of_its_mistake()
    {
        string numbers = string.Join(
            ",\n",
            Enumerable.Range(0, 2000).Select(i => i == 1500 ? "x" : i.ToString(CultureInfo.InvariantCulture))
        );
        await Refused(Config.Replace("[0.5]", "[" + numbers + "]", StringComparison.Ordinal), "line 1504");
    }

    private static string With(string key, string value)
    {
        JsonObject config = (JsonObject)JsonNode.Parse(Config)!;
        config.Remove(key);
        string text = config.ToJsonString();
        return text.Insert(text.Length - 1, $", \"{key}\": {value}");
    }

    private static async Task<string> Refused(string config, string expected)
    {
        using Shell shell = new();
        shell.Write("config.json", config);
        Outcome outcome = await shell.Run("simulate", "config.json");
        Assert.True(outcome is { Code: 2, Out: "" }, outcome.ToString());
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["config.json"], shell.Files());
        return outcome.Error;
    }

    private sealed class Fault : IProgress<double>
    {
        public void Report(double value) => throw new InvalidOperationException("unforeseen,\nin two lines");
    }
}
