using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;
using AnalogTheory.Runs;
using AnalogTheory.Sweeps;

namespace AnalogTheory.Cli.Commands;

/// <summary>Writes a sweep's job array, and hands it to Slurm if asked. Nothing waits for the jobs.</summary>
internal static class SlurmSubmission
{
    /// <exception cref="IOException">The script cannot be written, or Slurm refuses.</exception>
    internal static async Task<Answer> Of(
        SlurmArray array,
        string output,
        bool isSubmitted,
        ToolConsole console,
        CancellationToken cancellation
    )
    {
        string script = Path.Combine(output, "slurm.sh");
        AtomicFile.writeText(script, array.Script());
        List<string> jobs = [];
        if (isSubmitted)
        {
            foreach (IReadOnlyList<string> words in array.Words(script))
            {
                jobs.Add((await Program("sbatch", words, cancellation)).Trim());
            }
        }

        string[] commands = [.. array.Words(script).Select(words => "sbatch " + string.Join(' ', words.Select(CommandText.Quoted)))];
        return new(
            Answer.Node(
                new
                {
                    Script = script,
                    array.Shards,
                    Commands = commands,
                    Jobs = jobs,
                }
            ),
            ansi =>
            {
                Tables.Paths(ansi, console, [script], "Written to");
                foreach (
                    string line in isSubmitted ? jobs.Select(job => $"submitted: job {job}") : commands.Select(line => $"to submit: {line}")
                )
                {
                    console.Out.WriteLine(line);
                }
            }
        );
    }

    /// <summary>MaxArraySize of the cluster; the standard where it does not tell.</summary>
    internal static async Task<int> LargestArray(int standard, CancellationToken cancellation)
    {
        string said = await Program("scontrol", ["show", "config"], cancellation);
        string? line = said.Split('\n').FirstOrDefault(line => line.StartsWith("MaxArraySize", StringComparison.Ordinal));
        return
            line is not null
            && int.TryParse(
                line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim(),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int size
            )
            && size > 0
            ? size
            : standard;
    }

    private static async Task<string> Program(string name, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(name, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> complaint = process.StandardError.ReadToEndAsync(cancellation);
            string said = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? said : throw new IOException($"{name} refused: {(await complaint).Trim()}");
        }
        catch (Win32Exception none)
        {
            throw new IOException($"Expected Slurm's {name} on this machine: {none.Message}", none);
        }
    }
}
