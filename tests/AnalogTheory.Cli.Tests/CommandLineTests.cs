using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;
using Xunit;

namespace AnalogTheory.Cli.Tests;

public class CommandLineTests
{
    private static readonly (string Name, Command Command)[] s_commands =
    [
        .. Samples.Commands(Tool.Root(new ToolConsole(TextWriter.Null, TextWriter.Null, "."))),
    ];

    // Wrong values of every option, and a part of what the complaint says was expected.
    private static readonly Dictionary<string, (string Expected, string[] Wrong)> s_wrong = new()
    {
        ["--seed"] = ("a whole number from 0", ["-1", "2.5", "many", "18446744073709551616"]),
        ["--seeds"] = ("a whole number of at least 2", ["1", "-3", "few", "1e3"]),
        ["--replicas"] = ("a whole number of at least", ["0", "-1", "1.5", "lots"]),
        ["--steps"] = ("a whole number of at least 1", ["0", "-1", "2.5", "all"]),
        ["--threads"] = ("a whole number of at least 0", ["-1", "two", "0.5"]),
        ["--points"] = ("a whole number of at least 2", ["1", "x"]),
        ["--pulses"] = ("a whole number of at least 0", ["-1", "1.5", "x"]),
        ["--granularity"] = ("a finite number above 0", ["0", "-0.1", "NaN", "1e999", "0,1"]),
        ["--tolerance"] = ("a finite number above 0", ["0", "-0.1", "x"]),
        ["--from"] = ("a finite number", ["Infinity", "x"]),
        ["--noise"] = ("a finite number of at least 0", ["-0.1", "NaN", "x"]),
        ["--signs"] = ("one of alternating, independent", ["alternate", "x"]),
        ["--saturation"] = ("a number strictly between -1 and 1", ["1", "-1", "x"]),
        ["--minimizer"] = ("a finite number", ["x", "NaN"]),
        ["--sigma"] = ("a finite number above 0", ["0", "-1", "x"]),
        ["--curvature"] = ("a finite number above 0", ["0", "x"]),
        ["--radius"] = ("a finite number above 0", ["0", "-2"]),
        ["--dimension"] = ("a whole number of at least 1", ["0", "1.5"]),
        ["--learning-rate"] = ("a finite number above 0", ["0", "-0.1", "x"]),
        ["--largest-weight"] = ("a finite number above 0", ["0", "x"]),
        ["--delta"] = ("a number strictly between 0 and 1", ["0", "1", "-1e-6", "small"]),
        ["--law"] = ("laws among ideal, asymmetric-linear", ["straight", "Linear-Step"]),
        ["--level"] = ("a number strictly between 0 and 1", ["0", "1", "95", "x"]),
        ["--budget"] = ("a whole number of at least 0", ["-1", "1.5", "much"]),
        ["--solver"] = ("the name of a solver", [""]),
        ["--device"] = ("the name of a device", [" "]),
        ["--offset"] = ("a finite number", ["x", "NaN"]),
        ["--scale"] = ("a finite number that is not 0", ["0", "x"]),
        // A folder, or for explore a file.
        ["--out"] = ("the name of a f", ["", " "]),
        ["--title"] = ("the name of a title", ["", " "]),
        ["--label"] = ("name=label", ["tau", "=x", "tau=", ""]),
        ["--name"] = ("the name of a picture", [""]),
        ["--elements"] = ("a whole number of at least 2", ["1", "0", "many"]),
        ["--preset"] = ("one of Capacitor, EcRam", ["EcRem", ""]),
        ["--algorithm"] = ("one of sgd, tiki-taka", ["adam", ""]),
        ["--reads"] = ("one of default, perfect", ["noisy", ""]),
        ["--weights"] = ("a whole number of at least 1", ["0", "-4", "5000", "x"]),
        ["--samples"] = ("a whole number of at least 1", ["0", "1.5"]),
        ["--target"] = ("a finite number above 0", ["0", "-0.3", "x"]),
        ["--model"] = ("one of fcn, cnn, lenet-5", ["mlp", "FCN"]),
        ["--rule"] = ("one of digital-sgd, analog-sgd", ["sgd", "tikitaka"]),
        ["--element"] = ("one of soft-bounds-reference, power", ["linear"]),
        ["--tau"] = ("a finite number above 0", ["0", "-0.7", "x"]),
        ["--epochs"] = ("a whole number of at least 1", ["0", "many"]),
        ["--patience"] = ("a whole number of at least 0", ["-1", "x"]),
        // A data set, or for sweep a folder.
        ["--data"] = ("the name of a", ["", " "]),
        ["--cells"] = ("Expected cells a..b with 0 ≤ a ≤ b", ["", "4..2", "-1..2", "1...2", "x"]),
        ["--shard"] = ("Expected shard k/n with 0 ≤ k < n", ["", "3/3", "-1/3", "1/0", "x"]),
        ["--format"] = ("one of parquet, csv", ["json", ""]),
        ["--nodes"] = ("a whole number of at least 1", ["0", "x"]),
        ["--shards"] = ("a whole number of at least 1", ["0", "-1", "x"]),
        ["--throttle"] = ("a whole number of at least 0", ["-1", "x"]),
        ["--cpus"] = ("a whole number of at least 1", ["0", "x"]),
        ["--time"] = ("a time as Slurm writes it", ["", "soon", "1:2:3:4", "-5", "01:00:00\nrm"]),
        ["--max-array-size"] = ("a whole number of at least 1", ["0", "x"]),
        ["--sbatch"] = ("an option of sbatch on one line", ["partition", "", "--x=1\n#SBATCH --y"]),
        ["--image"] = ("the name of an image", ["", "two words", "tool:"]),
        ["--claim"] = ("the name of a claim", ["", "Data", "-x", "a b"]),
        ["--mount"] = ("a path from the root", ["", "sweep", "./x"]),
        ["--plan"] = ("the name of a plan", [""]),
    };

    // Wrong values of every argument.
    private static readonly Dictionary<string, string[]> s_wrongArguments = new()
    {
        ["simulate config"] = ["none.json", "pulses.csv"],
        ["figure figure"] = ["8", "floors"],
        ["explore table"] = ["none.csv", "none.json", "pulses.csv", "experiment.json"],
        ["schema file"] = ["experiments", "none.json"],
        ["sweep config"] = ["none.json", "pulses.csv", "experiment.json"],
        ["sweep status folder"] = ["none", "."],
        ["sweep merge folder"] = ["none", ".", "swept"],
        ["device describe device"] =
        [
            "asymetric-linear",
            "ideal:radius=1",
            "asymmetric-linear:radius",
            "asymmetric-linear:radius=-1",
            "none.csv",
            "none.json",
        ],
        ["device plot device"] = ["linear", "power-step:upper=x"],
        ["device fit pulses"] = ["none.csv", "experiment.json"],
        ["assumptions config"] = ["none.json", "pulses.csv"],
        ["verify claims"] = ["XX", "S33"],
        ["zero-shift device"] = ["linear", "power-step:upper=-2"],
        ["tile describe device"] = ["EcRem", "none.csv"],
    };

    public static TheoryData<string> Names => [.. s_commands.Select(command => command.Name)];

    public static TheoryData<string, string> OptionsOfCommands =>
        [.. s_commands.SelectMany(command => command.Command.Options.Where(IsChecked).Select(option => (command.Name, option.Name)))];

    public static TheoryData<string, string> ArgumentsOfCommands =>
        [.. s_commands.SelectMany(command => command.Command.Arguments.Select(argument => (command.Name, argument.Name)))];

    [Theory]
    [MemberData(nameof(OptionsOfCommands))]
    public async Task A_wrong_value_of_an_option_ends_with_2_and_writes_nothing(string command, string option)
    {
        Assert.True(
            s_wrong.TryGetValue(option, out (string Expected, string[] Wrong) values),
            $"{option} has no wrong values here: add some."
        );
        foreach (string wrong in values.Wrong)
        {
            using Shell shell = Samples.Shell();
            string[] before = shell.Files();
            Outcome outcome = await shell.Run([.. command.Split(' '), .. Without(option, Samples.Right[command]), option, wrong]);
            Assert.Equal((2, ""), (outcome.Code, outcome.Out));
            Assert.Contains(values.Expected, outcome.Error, StringComparison.Ordinal);
            Assert.Contains($"after {option}, got '{wrong}'", outcome.Error, StringComparison.Ordinal);
            Assert.Contains($"analog-theory {command} --help", outcome.Error, StringComparison.Ordinal);
            Assert.Equal(before, shell.Files());
        }
    }

    [Theory]
    [MemberData(nameof(OptionsOfCommands))]
    public async Task An_option_without_its_value_ends_with_2(string command, string option)
    {
        using Shell shell = Samples.Shell();
        Outcome outcome = await shell.Run([.. command.Split(' '), .. Without(option, Samples.Right[command]), option]);
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains(option, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ArgumentsOfCommands))]
    public async Task A_wrong_argument_ends_with_2_and_writes_nothing(string command, string argument)
    {
        Assert.True(
            s_wrongArguments.TryGetValue($"{command} {argument}", out string[]? values),
            $"{command} {argument} has no wrong values here: add some."
        );
        foreach (string wrong in values)
        {
            using Shell shell = Samples.Shell();
            string[] before = shell.Files();
            Outcome outcome = await shell.Run([.. command.Split(' '), wrong]);
            Assert.Equal((2, ""), (outcome.Code, outcome.Out));
            Assert.Contains(wrong.Split(':')[0], outcome.Error, StringComparison.Ordinal);
            Assert.Equal(before, shell.Files());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_right_command_line_ends_with_0_and_complains_of_nothing(string command)
    {
        using Shell shell = Samples.Shell();
        Outcome outcome = await shell.Run([.. command.Split(' '), .. Samples.Right[command]]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.NotEqual("", outcome.Out);
        Assert.DoesNotContain('\u001b', outcome.Out);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Json_is_one_document_and_nothing_else(string command)
    {
        using Shell shell = Samples.Shell();
        Outcome outcome = await shell.Run([.. command.Split(' '), .. Samples.Right[command], "--json"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.NotEmpty(outcome.Document);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Help_ends_with_0_and_names_every_option(string command)
    {
        using Shell shell = Samples.Shell();
        Outcome outcome = await shell.Run([.. command.Split(' '), "--help"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        foreach (Option option in s_commands.Single(known => known.Name == command).Command.Options)
        {
            Assert.Contains(option.Name, outcome.Out, StringComparison.Ordinal);
        }

        Assert.Contains("--json", outcome.Out, StringComparison.Ordinal);
        foreach (int code in new[] { Tool.Fine, Tool.Failed, Tool.BadInput, Tool.Fault, Tool.Interrupted })
        {
            Assert.Matches($"(?m)^  {code} +[a-z]", outcome.Out[outcome.Out.IndexOf("Exit codes:", StringComparison.Ordinal)..]);
        }
    }

    [Theory]
    [InlineData("simulat", "Did you mean 'simulate'?")]
    [InlineData("simulate x.json --replica 3", "Did you mean '--replicas'?")]
    [InlineData("device describe ideal --jsn", "Did you mean '--json'?")]
    [InlineData("device", "Expected a command")]
    [InlineData("", "Expected a command")]
    [InlineData("figure 44", "Expected one of the figures")]
    [InlineData("counterexample --sigma 1", "Expected one of --saturation and --minimizer")]
    [InlineData("counterexample --sigma 1 --saturation 0.5 --minimizer 0.2", "Expected one of --saturation and --minimizer")]
    [InlineData("counterexample --saturation 0.5", "--sigma")]
    [InlineData("counterexample --sigma 1 --saturation 0.5 --learning-rate 0.1 0.1", "different numbers")]
    [InlineData("verify S2 --solver nowhere", "got 'nowhere'")]
    [InlineData("device fit pulses.csv --device cell-9", "got 'cell-9'")]
    [InlineData("device describe asymmetric-linear:raduis=1", "Did you mean 'radius'?")]
    [InlineData("tile describe EcRom", "Did you mean 'EcRam'?")]
    [InlineData("tile run --preset ReRamArrayMO", "Did you mean 'ReRamArrayOM'?")]
    [InlineData("tile run --algorithm tiki-tak", "Did you mean 'tiki-taka'?")]
    [InlineData("tile run --steps 1000000 --replicas 1000", "give --yes")]
    public async Task What_is_misspelt_or_missing_is_named(string line, string expected)
    {
        using Shell shell = Samples.Shell();
        Outcome outcome = await shell.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_printed()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run("--version");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Matches(@"^\d+\.\d+\.\d+", outcome.Out);
    }

    [Theory]
    [InlineData("simulate experiment.json --out pulses.csv")]
    [InlineData("figure 2 --seeds 2 --out pulses.csv")]
    [InlineData("device plot ideal --out pulses.csv")]
    [InlineData("device fit pulses.csv --out pulses.csv")]
    [InlineData("tile describe EcRam --out pulses.csv")]
    [InlineData("tile run --steps 20 --out pulses.csv")]
    [InlineData("counterexample --saturation 0.5 --sigma 0.3 --out pulses.csv")]
    public async Task A_folder_that_cannot_be_written_is_named_and_ends_with_1(string line)
    {
        // A file stands where the folder should be.
        using Shell shell = Samples.Shell();
        string[] before = shell.Files();
        Outcome outcome = await shell.Run(line.Split(' '));
        Assert.Equal((1, ""), (outcome.Code, outcome.Out));
        Assert.Contains("pulses.csv", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, shell.Files());
        Assert.Equal(Samples.Pulses(), shell.Read("pulses.csv"));
    }

    private static string[] Without(string option, string[] arguments) =>
        Array.IndexOf(arguments, option) is var at and >= 0
            ? [.. arguments[..at], .. arguments[(at + 1)..].SkipWhile(word => !word.StartsWith('-'))]
            : arguments;

    // A switch has no value, and help is the library's.
    private static bool IsChecked(Option option) => option.ValueType != typeof(bool) && option is not HelpOption;
}
