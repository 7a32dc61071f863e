using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>Processes that are killed. ANALOG_THEORY_KILLS says how often, 2 by default.</summary>
public class FaultTests(ITestOutputHelper output)
{
    private static readonly int s_kills = ToolProcess.Kills(2);

    private static readonly string s_figures = Path.Combine(AppContext.BaseDirectory, "AnalogTheory.Figures.dll");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_simulation_that_is_killed_continues_to_the_same_bytes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: kill -9 is a thing of Unix");
        using Shell undisturbed = new();
        using Shell killed = new();
        foreach (Shell shell in new[] { undisturbed, killed })
        {
            shell.Write("experiment.json", Samples.Experiment.Replace("\"replicas\": 70", "\"replicas\": 12000", StringComparison.Ordinal));
        }

        await KillUntilDone(killed, undisturbed, shell => ToolProcess.Start(shell, "simulate", "experiment.json", "--threads", "1"));
        foreach (string file in undisturbed.Files().Where(file => !file.EndsWith("manifest.json", StringComparison.Ordinal)))
        {
            Assert.Equal(Hash(undisturbed, file), Hash(killed, file));
        }

        Assert.Equal(undisturbed.Files(), killed.Files());
    }

    [Fact]
    public async Task A_training_that_is_killed_ends_in_the_same_bits()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: kill -9 is a thing of Unix");
        using Shell undisturbed = new();
        using Shell killed = new();
        string epochs = (2 + (3 * s_kills)).ToString(CultureInfo.InvariantCulture);
        string[] words = ["train", "--rule", "tiki-taka", "--data", "digits", "--samples", "100", "--epochs", epochs, "--out", "run"];
        using (Process whole = ToolProcess.Start(undisturbed, words))
        {
            Assert.Equal(0, (await ToolProcess.End(whole, Cancellation)).Code);
        }

        // Each life comes as far as a checkpoint of its own, and is ended somewhere in the epochs after it.
        Random random = new(20240618);
        int kills = 0;
        while (kills < s_kills)
        {
            using Process process = ToolProcess.Start(killed, words);
            DateTime before = Saved();
            while (Saved() == before && !process.HasExited)
            {
                await Task.Delay(1, Cancellation);
            }

            Outcome ended = await ToolProcess.Killed(process, random.Next(30), Cancellation);
            if (ended.Code == 0)
            {
                break;
            }

            kills++;
        }

        using Process last = ToolProcess.Start(killed, words);
        Assert.Equal(0, (await ToolProcess.End(last, Cancellation)).Code);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kills} kills in {epochs} epochs"));
        Assert.InRange(kills, 1, s_kills);
        Assert.Equal(undisturbed.Files(), killed.Files());
        Assert.Equal(Hash(undisturbed, "run/weights.csv"), Hash(killed, "run/weights.csv"));
        Assert.Equal(Metrics(undisturbed), Metrics(killed));
        Assert.True(NetworkState(undisturbed).AsSpan().SequenceEqual(NetworkState(killed)), "the networks' states differ");

        DateTime Saved() => File.GetLastWriteTimeUtc(Path.Combine(killed.Folder, "run", "checkpoint.bin"));

        // All but the last column, the seconds that an epoch took.
        static string[] Metrics(Shell shell) =>
            [.. shell.Read("run/metrics.csv").TrimEnd().Split('\n').Select(row => row[..row.LastIndexOf(',')])];

        // What stands in the checkpoint between the metrics, a list of objects, and the checksum of 32 bytes.
        static byte[] NetworkState(Shell shell)
        {
            byte[] file = File.ReadAllBytes(Path.Combine(shell.Folder, "run/checkpoint.bin"));
            int metrics = file.AsSpan().IndexOf("}]"u8);
            Assert.InRange(metrics, 1, file.Length / 2);
            return file[(metrics + 2)..^32];
        }
    }

    [Fact]
    public async Task Figures_that_are_killed_are_made_again_to_the_same_bytes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: kill -9 is a thing of Unix");
        using Shell undisturbed = new();
        using Shell killed = new();
        await KillUntilDone(
            killed,
            undisturbed,
            shell => ToolProcess.StartProgram(shell.Folder, s_figures, ["--only", "2", "--seeds", "2", "--out", "out"])
        );
        // Manifests and the page tell how long the computation took.
        foreach (
            string file in undisturbed
                .Files()
                .Where(file => !file.EndsWith(".json", StringComparison.Ordinal) && !file.EndsWith(".html", StringComparison.Ordinal))
        )
        {
            Assert.Equal(Hash(undisturbed, file), Hash(killed, file));
        }

        Assert.Equal(undisturbed.Files(), killed.Files());
    }

    [Fact]
    public async Task A_verification_that_is_killed_says_the_same_when_it_ends_and_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: kill -9 is a thing of Unix");
        using Shell undisturbed = new();
        using Shell killed = new();
        Outcome[] ends = await KillUntilDone(
            killed,
            undisturbed,
            shell =>
                ToolProcess.Start(
                    shell,
                    "verify",
                    "S1",
                    "S2",
                    "T4",
                    "L1",
                    "--solver",
                    "none",
                    "--budget",
                    "4096",
                    "--threads",
                    "1",
                    "--json"
                )
        );
        Assert.Contains("\"isComplete\": true", ends[0].Out, StringComparison.Ordinal);
        Assert.Equal(ends[0].Out, ends[1].Out);
        Assert.Empty(killed.Files());
    }

    // Kills a program at random moments of its life, until it has been killed often enough; then lets it end. How it ends undisturbed, and at last.
    private async Task<Outcome[]> KillUntilDone(Shell killed, Shell undisturbed, Func<Shell, Process> start)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using Process whole = start(undisturbed);
        Outcome first = await ToolProcess.End(whole, Cancellation);
        Assert.True(first.Code == 0, first.ToString());
        int life = (int)clock.ElapsedMilliseconds;
        Random random = new(20240618);
        int kills = 0;
        for (int tries = 0; kills < s_kills && tries < 20 * s_kills; tries++)
        {
            clock.Restart();
            Outcome ended = await ToolProcess.Killed(start(killed), random.Next(life / 20, life), Cancellation);
            kills += ended.Code == 0 ? 0 : 1;
            if (ended.Code == 0)
            {
                // It was faster than the knife: from the beginning again, with a knife that knows how fast it is.
                life = Math.Min(life, (int)clock.ElapsedMilliseconds);
                foreach (string results in Directory.GetDirectories(killed.Folder))
                {
                    Directory.Delete(results, recursive: true);
                }
            }
        }

        using Process last = start(killed);
        Outcome result = await ToolProcess.End(last, Cancellation);
        Assert.True(result.Code == 0, result.ToString());
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{kills} kills of a process that lives {life} ms; at last: {result.Error.Trim()}")
        );
        Assert.Equal(s_kills, kills);
        return [first, result];
    }

    private static string Hash(Shell shell, string file) =>
        $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(shell.Folder, file))))}";
}
