using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>The tool, and other programs of this build, as processes of their own.</summary>
internal static class ToolProcess
{
    private const int ScriptSkips = 77;

    private static readonly TimeSpan s_start = TimeSpan.FromMilliseconds(80);
    private static readonly string s_tool = typeof(Tool).Assembly.Location;

    /// <summary>The checkout that these tests were built from.</summary>
    internal static string Repository { get; } = Up(new(AppContext.BaseDirectory));

    /// <summary>Starts the tool in a shell's folder.</summary>
    internal static Process Start(Shell shell, params string[] arguments) => StartProgram(shell.Folder, s_tool, arguments);

    /// <summary>Starts a program of this build, with the tool's runtime settings.</summary>
    internal static Process StartProgram(string folder, string program, string[] arguments, string? settings = null) =>
        Process.Start(Described(folder, "dotnet", [.. Words(program, settings), .. arguments]))!;

    /// <summary>Starts the tool below a line of sh, which sees its command as "$@".</summary>
    internal static Process StartBelow(Shell shell, string line, params string[] arguments) =>
        Process.Start(Described(shell.Folder, "sh", ["-c", line, "sh", "dotnet", .. Words(s_tool, null), .. arguments]))!;

    /// <summary>Waits for the end.</summary>
    internal static async Task<Outcome> End(Process process, CancellationToken cancellation)
    {
        Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new(process.ExitCode, output, await error);
    }

    /// <summary>Waits until a process has started and then computed nothing for a second: it waits for something, or has ended.</summary>
    internal static async Task Idle(Process process, CancellationToken cancellation)
    {
        TimeSpan used = TimeSpan.Zero;
        for (int quiet = 0; quiet < 5 && !process.HasExited; )
        {
            await Task.Delay(200, cancellation);
            process.Refresh();
            TimeSpan now = process.HasExited ? used : process.TotalProcessorTime;
            // Less than a runtime needs to start is a process that the machine has not let run.
            quiet = now > s_start && now - used < TimeSpan.FromMilliseconds(11) ? quiet + 1 : 0;
            used = now;
        }
    }

    /// <summary>How often a test kills a process: ANALOG_THEORY_KILLS, or a few times.</summary>
    internal static int Kills(int standard) =>
        int.TryParse(
            Environment.GetEnvironmentVariable("ANALOG_THEORY_KILLS"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int kills
        )
            ? kills
            : standard;

    /// <summary>Kills a process after some milliseconds, unless it ended before.</summary>
    internal static async Task<Outcome> Killed(Process process, int milliseconds, CancellationToken cancellation)
    {
        using (process)
        {
            // Leaks nothing: the knife falls once, and a process that has ended does not feel it.
            using Timer knife = new(_ => Kill(process), null, milliseconds, Timeout.Infinite);
            return await End(process, cancellation);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException) { }
    }

    /// <summary>Writes a script of sh that can be run; for tests that Windows skips.</summary>
    internal static void Script(Shell shell, string name, string text)
    {
        shell.Write(name, "#!/bin/sh\n" + text + "\n");
        using Process change = Process.Start("chmod", ["+x", Path.Combine(shell.Folder, name)]);
        change.WaitForExit();
    }

    /// <summary>Sends a signal of Unix.</summary>
    internal static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Runs a script of the checkout in bash; one that ends with 77 skips the test, for the reason that it printed.</summary>
    internal static async Task<Outcome> RunScript(Shell shell, string script, CancellationToken cancellation, params string[] arguments)
    {
        string path = Path.Combine(Repository, script);
        using Process process = Process.Start(Described(shell.Folder, "bash", [path, .. arguments]))!;
        Outcome end = await End(process, cancellation);
        Assert.SkipWhen(end.Code == ScriptSkips, end.Out.TrimEnd());
        return end;
    }

    private static string Up(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "AnalogTheory.sln")) ? folder.FullName
        : folder.Parent is { } parent ? Up(parent)
        : throw new DirectoryNotFoundException("Expected to run inside the repository.");

    private static string[] Words(string program, string? settings) =>
        [
            "exec",
            "--runtimeconfig",
            settings ?? Path.ChangeExtension(s_tool, ".runtimeconfig.json"),
            // The tests' own list of libraries knows where the native ones lie.
            "--depsfile",
            Path.ChangeExtension(typeof(ToolProcess).Assembly.Location, ".deps.json"),
            program,
        ];

    private static ProcessStartInfo Described(string folder, string program, IEnumerable<string> arguments) =>
        new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
}
