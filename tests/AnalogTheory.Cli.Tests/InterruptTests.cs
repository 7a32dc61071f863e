using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>The first Ctrl-C ends every command, and says how to go on.</summary>
public class InterruptTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Each waits until it is interrupted, and then for a read that does not end: side by side, they wait together.
    [Fact]
    public async Task A_pipe_that_nobody_writes_to_is_left_at_the_first_signal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: pipes with names are a thing of Unix");
        string[] lines =
        [
            "device describe pipe.csv",
            "device plot pipe.csv",
            "device fit pipe.csv",
            "zero-shift pipe.csv",
            "assumptions pipe.json",
            "simulate pipe.json",
        ];
        (string Line, Outcome Outcome)[] left = await Task.WhenAll(lines.Select(async line => (line, await Interrupted(line))));
        Assert.All(left, command => Assert.Equal((command.Line, 130, ""), (command.Line, command.Outcome.Code, command.Outcome.Out)));
        Assert.All(left, command => Assert.StartsWith("Stopped.", command.Outcome.Error, StringComparison.Ordinal));
    }

    private static async Task<Outcome> Interrupted(string line)
    {
        using Shell shell = new();
        string name = line.Split(' ')[^1];
        using (Process make = Process.Start("mkfifo", [Path.Combine(shell.Folder, name)]))
        {
            await make.WaitForExitAsync(Cancellation);
        }

        using Process process = ToolProcess.Start(shell, line.Split(' '));
        await ToolProcess.Idle(process, Cancellation);
        Assert.False(process.HasExited);
        ToolProcess.Signal(process, "INT");
        return await ToolProcess.End(process, Cancellation);
    }

    [Theory]
    [InlineData("describe")]
    [InlineData("plot")]
    public async Task A_pipe_is_read_once(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: pipes with names are a thing of Unix");
        using Shell shell = new();
        using (Process make = Process.Start("mkfifo", [Path.Combine(shell.Folder, "pipe.csv")]))
        {
            await make.WaitForExitAsync(Cancellation);
        }

        Task<Outcome> run = Task.Run(() => shell.Run("device", command, "pipe.csv"), Cancellation);
        // The short form, which is tried after the long one.
        string[] lines = [.. Samples.Pulses().Split('\n').Skip(1)];
        await File.WriteAllTextAsync(Path.Combine(shell.Folder, "pipe.csv"), string.Join('\n', lines), Cancellation);
        Outcome outcome = await run;
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
    }

    [Theory]
    [InlineData("device describe endless.csv")]
    [InlineData("simulate endless.json")]
    public async Task A_device_without_an_end_is_refused_at_the_limit(string line)
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "skipped: there is no endless device here");
        using Shell shell = new();
        File.CreateSymbolicLink(Path.Combine(shell.Folder, line.Split(' ')[^1]), "/dev/zero");
        Outcome outcome = await shell.Run(line.Split(' '));
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Matches("Expected at most (64|256) MB in 'endless", outcome.Error);
    }

    [Fact]
    public async Task Too_many_pulses_are_refused_before_they_are_followed()
    {
        using Shell shell = new();
        IEnumerable<string> lines = Samples
            .Pulses()
            .Split('\n')
            .Select((text, i) => i > 1 && text.Split(',') is [var pulse, .. var rest] ? $"{pulse}000000,{string.Join(',', rest)}" : text);
        shell.Write("pulses.csv", string.Join('\n', lines.Where(text => text.Length > 7)));
        foreach (string command in new[] { "fit", "describe" })
        {
            Outcome outcome = await shell.Run("device", command, "pulses.csv");
            Assert.Equal((2, ""), (outcome.Code, outcome.Out));
            Assert.Contains("Expected at most 1000000 pulses in pulses.csv, got 600000000", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_solver_that_never_answers_is_ended_with_the_command()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: scripts of sh are a thing of Unix");
        using Shell shell = new();
        ToolProcess.Script(shell, "solver", "case \"$1\" in --version) echo Z3 version 0;; *) echo $$ >> asked; exec sleep 600;; esac");
        using Process process = ToolProcess.Start(
            shell,
            "verify",
            "D1",
            "S2",
            "--solver",
            "./solver",
            "--delta",
            "1e-4",
            "--budget",
            "5000",
            "--seed",
            "7"
        );
        while (!shell.Has("asked") && !process.HasExited)
        {
            await Task.Delay(50, Cancellation);
        }

        ToolProcess.Signal(process, "INT");
        Outcome outcome = await ToolProcess.End(process, Cancellation);
        Assert.True(outcome.Code == 130, outcome.ToString());
        // The rest, with the δ that is left and every option that decides verdicts.
        Assert.Matches(
            @"for the rest: analog-theory verify D1 .*S2.* --delta 0\.0001 --solver \./solver --budget 5000 --seed 7",
            outcome.Error
        );
        int asked = int.Parse(shell.Read("asked").Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(asked));
    }

    [Fact]
    public async Task A_program_that_does_not_say_its_version_is_no_solver()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: scripts of sh are a thing of Unix");
        using Shell shell = new();
        ToolProcess.Script(shell, "solver", "exec cat");
        Outcome outcome = await shell.Run("verify", "S2", "--solver", "./solver");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("$HOME")]
    [InlineData("it's")]
    [InlineData("a`b")]
    [InlineData("plain-1.2_x")]
    public async Task The_command_that_continues_is_read_by_a_shell_as_it_was_written(string folder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: sh is a thing of Unix");
        using CancellationTokenSource stop = new();
        using Shell shell = new() { Watch = new StopAt(0.4, stop) };
        shell.Write("experiment.json", Samples.Experiment);
        Outcome stopped = await shell.RunUntil(stop.Token, "simulate", "experiment.json", "--threads", "1", "--out", folder);
        string command = stopped.Error.TrimEnd().Split("to continue: ")[1];
        using Process echo = Process.Start(
            new ProcessStartInfo("sh", ["-c", command.Replace("analog-theory", "printf '%s|'", StringComparison.Ordinal)])
            {
                RedirectStandardOutput = true,
            }
        )!;
        Assert.Equal($"simulate|experiment.json|--threads|1|--out|{folder}|", await echo.StandardOutput.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task A_working_folder_that_is_gone_is_said()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: a folder in use cannot be deleted there");
        using Shell shell = new();
        Directory.CreateDirectory(Path.Combine(shell.Folder, "gone"));
        using Process process = ToolProcess.StartBelow(shell, "cd gone; rmdir ../gone; exec \"$@\"", "device", "list");
        Outcome outcome = await ToolProcess.End(process, Cancellation);
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("working folder", outcome.Error, StringComparison.Ordinal);
    }
}
