using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

public class ProcessTests
{
    [Theory]
    [InlineData(0, "--version")]
    [InlineData(0, "device describe ideal")]
    [InlineData(2, "device describe nothing")]
    [InlineData(2, "--nothing")]
    public async Task The_exit_code_is_the_process_s(int code, string line)
    {
        using Shell shell = new();
        using Process process = ToolProcess.Start(shell, line.Split(' '));
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == code, $"{process.ExitCode}: {output}{await error}");
        Assert.Equal(code == 0, output.Length > 0);
        Assert.Equal(code == 0, (await error).Length == 0);
    }

    [Fact]
    public async Task Ctrl_C_ends_a_run_with_130_and_keeps_what_is_finished()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: a signal to one process is a thing of Unix");
        using Shell shell = new();
        // One point of the grid ends at once, the other never.
        shell.Write(
            "endless.json",
            Samples.Experiment.Replace(
                "\"rule.learningRate\": [0.2, 0.1, 0.05]",
                "\"steps\": [200, 4e15], \"traceEvery\": [0]",
                StringComparison.Ordinal
            )
        );
        using Process process = ToolProcess.Start(shell, "simulate", "endless.json", "--threads", "1", "--yes");
        while (!shell.Has("endless") && !Directory.Exists(Path.Combine(shell.Folder, "endless")) && !process.HasExited)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await Task.Delay(1500, TestContext.Current.CancellationToken);
        using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 130, $"{process.ExitCode}: {error}");
        Assert.StartsWith("Stopped.", error, StringComparison.Ordinal);
    }
}
