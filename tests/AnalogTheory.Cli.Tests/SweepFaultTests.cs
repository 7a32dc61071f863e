using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>Sweeps whose cells fail, whose shards are killed over and over, or told to stop. ANALOG_THEORY_KILLS says how often, 3 by default.</summary>
public class SweepFaultTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cell_that_cannot_be_computed_fails_alone_with_a_code_of_its_own()
    {
        using Shell shell = Samples.Shell();
        // The first, the last and every fifth cell are made before anything runs; the one that is wrong is another.
        string seeds = string.Join(", ", Enumerable.Range(0, 450).Select(i => i == 7 ? "-1" : i.ToString(CultureInfo.InvariantCulture)));
        shell.Write(
            "sweep.json",
            Samples
                .Sweep.Replace("\"log\": { \"from\": 0.1, \"to\": 0.4, \"count\": 3 }", $"\"values\": [{seeds}]", StringComparison.Ordinal)
                .Replace("noise.deviation", "seed", StringComparison.Ordinal)
                .Replace("\"gaussian\"", "\"gaussian\", \"deviation\": 0.2", StringComparison.Ordinal)
        );
        Outcome outcome = await shell.Run("sweep", "sweep.json", "--out", "map", "--cells", "5..9");
        Assert.Equal(4, outcome.Code);
        Assert.Contains("cell 7 (rule = Analog SGD, seed = -1) failed:", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("4 of 5 cells finished", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("cell 7 failed: ", (await shell.Run("sweep", "status", "map")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shards_that_are_killed_over_and_over_end_in_the_same_bytes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: kill -9 is a thing of Unix");
        int kills = ToolProcess.Kills(3);
        using Shell shell = Samples.Shell();
        shell.Write(
            "sweep.json",
            Samples
                .Sweep.Replace("\"steps\": 400", "\"steps\": 40000", StringComparison.Ordinal)
                .Replace("\"count\": 3", "\"count\": 12", StringComparison.Ordinal)
        );
        Stopwatch clock = Stopwatch.StartNew();
        await SweepTests.Right(shell, "sweep sweep.json --out undisturbed --threads 1");
        int whole = (int)clock.ElapsedMilliseconds + 600;
        Queue<int> shards = new([0, 1, 2]);
        int killed = 0;
        int seed = 1;
        while (shards.TryDequeue(out int shard))
        {
            // Any moment of a run, the start of the process among them.
            seed = (int)(seed * 48271L % int.MaxValue);
            int moment = killed < kills ? seed % whole : 600_000;
            Outcome end = await ToolProcess.Killed(
                ToolProcess.Start(shell, "sweep", "sweep.json", "--out", "killed", "--threads", "1", "--shard", $"{shard}/3"),
                moment,
                Cancellation
            );
            if (end.Code != 0)
            {
                Assert.Equal(137, end.Code);
                killed++;
                shards.Enqueue(shard);
            }
            else if (killed < kills)
            {
                // It was done before it was killed: a shard that is begun again is killed at another moment.
                Directory.Delete(Path.Combine(shell.Folder, "killed/shards", $"shard-{shard}-of-3"), recursive: true);
                shards.Enqueue(shard);
            }
        }

        output.WriteLine($"killed {killed} times");
        await SweepTests.Right(shell, "sweep merge killed");
        SweepTests.Equal(shell, "undisturbed", shell, "killed");
        Assert.DoesNotContain(
            shell.Files(),
            file => file.Contains("being-written", StringComparison.Ordinal) || file.EndsWith(".parts", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_shard_that_is_told_to_stop_keeps_what_it_has()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: SIGTERM is a thing of Unix");
        using Shell shell = Samples.Shell();
        shell.Write("sweep.json", Samples.Sweep.Replace("\"steps\": 400", "\"steps\": 4000000", StringComparison.Ordinal));
        using Process process = ToolProcess.Start(shell, "sweep", "sweep.json", "--out", "map", "--threads", "1", "--shard", "0/2");
        string journal = Path.Combine(shell.Folder, "map/shards/shard-0-of-2");
        while (!Directory.Exists(journal))
        {
            await Task.Delay(50, Cancellation);
        }

        await Task.Delay(1500, Cancellation);
        ToolProcess.Signal(process, "TERM");
        Outcome end = await ToolProcess.End(process, Cancellation);
        Assert.Equal((130, ""), (end.Code, end.Out));
        Assert.StartsWith(
            "Stopped. What is finished is kept; to continue: analog-theory sweep sweep.json",
            end.Error,
            StringComparison.Ordinal
        );
    }
}
