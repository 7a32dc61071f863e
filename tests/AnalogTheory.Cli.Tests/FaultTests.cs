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

/// <summary>
/// Processes that are killed, disks that are full, folders that are read-only. ANALOG_THEORY_KILLS says how often a process is killed, 2 by
/// default.
/// </summary>
public class FaultTests(ITestOutputHelper output)
{
    private static readonly int s_kills = int.TryParse(
        Environment.GetEnvironmentVariable("ANALOG_THEORY_KILLS"),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out int kills
    )
        ? kills
        : 2;

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
            shell => ToolProcess.StartProgram(shell.Folder, s_figures, ["--only", "2,sequel-2", "--seeds", "2", "--out", "out"])
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

    [Theory]
    [InlineData("simulate experiment.json --out out")]
    [InlineData("counterexample --saturation 0.5 --sigma 0.3 --learning-rate 0.2 --replicas 4 --out out")]
    [InlineData("device plot ideal --out out")]
    [InlineData("device fit pulses.csv --out out")]
    [InlineData("figure 2 --seeds 2 --out out")]
    public async Task A_disk_that_is_full_is_said_in_one_line_that_names_the_file(string line)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: limits of a process's files are a thing of Unix");
        using Shell shell = Samples.Shell();
        string[] before = shell.Files();
        // No file may grow beyond some blocks: what a disk does that is nearly full.
        using Process process = ToolProcess.StartBelow(
            shell,
            "trap '' XFSZ; ulimit -f 1; export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0; exec \"$@\"",
            line.Split(' ')
        );
        Outcome outcome = await ToolProcess.End(process, Cancellation);
        SaysThatTheDiskIsFull(outcome, shell, "/out/", "out/manifest.json");
        Assert.Equal(before, shell.Files().Where(file => !file.StartsWith("out", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("simulate experiment.json --out out")]
    [InlineData("counterexample --saturation 0.5 --sigma 0.3 --out out")]
    [InlineData("device plot ideal --out out")]
    [InlineData("device fit pulses.csv --out out")]
    [InlineData("figure 2 --seeds 2 --out out/sub")]
    public async Task A_folder_that_is_read_only_is_known_before_the_work(string line)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: modes of folders are a thing of Unix");
        using Shell shell = Samples.Shell();
        string folder = Directory.CreateDirectory(Path.Combine(shell.Folder, "out")).FullName;
        using ReadOnlyFolder closed = new(folder);
        Assert.SkipUnless(closed.IsClosed, "skipped: this user may write to any folder, and the file system knows no immutable ones");
        Outcome outcome = await shell.Run(line.Split(' '));
        Assert.Equal((1, ""), (outcome.Code, outcome.Out));
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
        Assert.Contains(folder, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".lock", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("simulate experiment.json --out out")]
    [InlineData("counterexample --saturation 0.5 --sigma 0.3 --learning-rate 0.2 --replicas 4 --out out")]
    [InlineData("device plot ideal --out out")]
    [InlineData("device fit pulses.csv --out out")]
    [InlineData("figure 2 --seeds 2 --out out")]
    [InlineData("figures")]
    public async Task A_small_disk_that_is_full_is_said_the_same_way(string line)
    {
        using Shell shell = Samples.Shell();
        string disk = Directory.CreateDirectory(Path.Combine(shell.Folder, "disk")).FullName;
        using SmallDisk small = new(disk);
        Assert.SkipUnless(small.IsMounted, "skipped: this user may not mount a small disk here");
        foreach (string file in new[] { "experiment.json", "pulses.csv" })
        {
            File.Copy(Path.Combine(shell.Folder, file), Path.Combine(disk, file));
        }

        Outcome outcome = await In(disk, line, "out");
        SaysThatTheDiskIsFull(outcome, shell, "out/", "disk/out/manifest.json");
    }

    [Fact]
    public async Task Figures_for_a_folder_that_is_read_only_are_not_begun()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: modes of folders are a thing of Unix");
        using Shell shell = new();
        string folder = Directory.CreateDirectory(Path.Combine(shell.Folder, "out")).FullName;
        using ReadOnlyFolder closed = new(folder);
        Assert.SkipUnless(closed.IsClosed, "skipped: this user may write to any folder, and the file system knows no immutable ones");
        Outcome outcome = await In(shell.Folder, "figures", "out");
        Assert.Equal((1, ""), (outcome.Code, outcome.Out));
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
        Assert.Contains("out", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    // One line that names the file in a folder; what was small enough is whole, what was not is not there.
    private static void SaysThatTheDiskIsFull(Outcome outcome, Shell shell, string folder, string manifest)
    {
        Assert.True(outcome is { Code: 1 }, outcome.ToString());
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
        Assert.Contains(folder, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("being-written", outcome.Error, StringComparison.Ordinal);
        string[] left =
        [
            .. shell
                .Files()
                .Where(file =>
                    file.Contains("being-written", StringComparison.Ordinal) || file.EndsWith(".lock", StringComparison.Ordinal)
                ),
        ];
        Assert.Empty(left);
        Assert.False(shell.Has(manifest));
    }

    // A command line of the tool, or the program of the figures, in a folder.
    private static async Task<Outcome> In(string folder, string line, string target)
    {
        using Process process =
            line == "figures"
                ? ToolProcess.StartProgram(folder, s_figures, ["--only", "2,sequel-2", "--seeds", "2", "--out", target])
                : ToolProcess.StartProgram(folder, typeof(Tool).Assembly.Location, line.Split(' '));
        return await ToolProcess.End(process, Cancellation);
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

    // 64 kB of a file system of its own, where this user may mount one.
    private sealed class SmallDisk : IDisposable
    {
        private readonly string _folder;

        internal SmallDisk(string folder)
        {
            _folder = folder;
            IsMounted = Run("mount", ["-t", "tmpfs", "-o", "size=64k", "none", folder]);
        }

        internal bool IsMounted { get; }

        public void Dispose()
        {
            if (IsMounted)
            {
                Run("umount", [_folder]);
            }
        }
    }

    // Closed to everybody, the superuser too where the file system can do that.
    private sealed class ReadOnlyFolder : IDisposable
    {
        private readonly string _folder;

        internal ReadOnlyFolder(string folder)
        {
            _folder = folder;
            Change("chmod", "555");
            IsClosed = !CanWrite() || (Change("chattr", "+i") && !CanWrite());
        }

        internal bool IsClosed { get; }

        public void Dispose()
        {
            Change("chattr", "-i");
            Change("chmod", "755");
        }

        private bool CanWrite()
        {
            try
            {
                File.WriteAllText(Path.Combine(_folder, "try"), "");
                File.Delete(Path.Combine(_folder, "try"));
                return true;
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }

        private bool Change(string program, string how) => Run(program, [how, _folder]);
    }

    // Whether a program could be run and succeeded.
    private static bool Run(string program, string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
