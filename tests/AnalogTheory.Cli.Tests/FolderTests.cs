using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>Folders that two processes want, and what processes that were killed left in them.</summary>
public class FolderTests
{
    private const string Marker = ".being-written-";

    [Theory]
    [InlineData("simulate other.json --out experiment")]
    [InlineData("simulate experiment.json")]
    [InlineData("device plot ideal --out experiment")]
    [InlineData("device fit pulses.csv --out experiment")]
    [InlineData("counterexample --saturation 0.5 --sigma 0.3 --out experiment")]
    public async Task The_second_one_is_told_at_once_and_changes_nothing(string line)
    {
        using Shell second = Samples.Shell();
        second.Write("other.json", Samples.Experiment.Replace("0.5", "0.25", StringComparison.Ordinal));
        Meanwhile meanwhile = new(second, line.Split(' '));
        Outcome first = await second.RunWatched(meanwhile, "simulate", "experiment.json", "--threads", "1");
        Outcome outcome = meanwhile.Outcome!;
        Assert.True(outcome is { Code: 2, Out: "" }, outcome.ToString());
        Assert.Contains("in use", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(meanwhile.Before, meanwhile.After);
        Assert.Equal((0, ""), (first.Code, first.Error));
        using Shell fresh = Samples.Shell();
        await fresh.Run("simulate", "experiment.json");
        Assert.Equal(fresh.Files().Append("other.json").Order(StringComparer.Ordinal), second.Files());
        Assert.Equal(fresh.Read("experiment/averages.csv"), second.Read("experiment/averages.csv"));
    }

    [Fact]
    public async Task What_killed_processes_left_neither_blocks_nor_stays()
    {
        using Shell shell = Samples.Shell();
        Directory.CreateDirectory(Path.Combine(shell.Folder, "experiment"));
        shell.Write("experiment/.analog-theory.lock", "");
        string dead = $"experiment/averages.csv{Marker}{DeadProcess()}";
        string living = string.Create(CultureInfo.InvariantCulture, $"experiment/other.csv{Marker}{ParentOfAll()}");
        shell.Write(dead, "half");
        shell.Write(living, "half");
        Outcome outcome = await shell.Run("simulate", "experiment.json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.False(shell.Has(dead));
        Assert.True(shell.Has(living));
        Assert.False(shell.Has("experiment/.analog-theory.lock"));
    }

    [Fact]
    public async Task A_refused_or_stopped_run_leaves_no_folder()
    {
        using Shell shell = Samples.Shell();
        string[] before = Directory.GetDirectories(shell.Folder);
        await shell.RunUntil(new System.Threading.CancellationToken(canceled: true), "simulate", "experiment.json");
        await shell.Run("simulate", "experiment.json", "--steps", "100000000000000000");
        Assert.Equal(before, Directory.GetDirectories(shell.Folder));
    }

    // The number of a process that has ended.
    private static int DeadProcess()
    {
        using Process ended = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        ended.WaitForExit();
        return ended.Id;
    }

    // A process that lives as long as the machine, where there is one; else this one's.
    private static int ParentOfAll() => OperatingSystem.IsWindows() ? Environment.ProcessId : 1;

    // Runs another command line when the first one reports its progress.
    private sealed class Meanwhile(Shell shell, string[] words) : IProgress<double>
    {
        private int _calls;

        internal Outcome? Outcome { get; private set; }

        internal string[] Before { get; private set; } = [];

        internal string[] After { get; private set; } = [];

        public void Report(double value)
        {
            if (System.Threading.Interlocked.Increment(ref _calls) == 2)
            {
                Before = Listing();
                Outcome = shell.Run(words).GetAwaiter().GetResult();
                After = Listing();
            }
        }

        private string[] Listing() => [.. shell.Files().Select(file => $"{file} {new FileInfo(Path.Combine(shell.Folder, file)).Length}")];
    }
}
