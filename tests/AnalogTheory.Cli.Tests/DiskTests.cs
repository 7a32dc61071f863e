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

/// <summary>Disks that are full, and folders that are read-only.</summary>
public class DiskTests
{
    private static readonly string s_figures = Path.Combine(AppContext.BaseDirectory, "AnalogTheory.Figures.dll");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("simulate experiment.json --out out")]
    [InlineData("counterexample --saturation 0.5 --sigma 0.3 --learning-rate 0.2 --replicas 4 --out out")]
    [InlineData("device plot ideal --out out")]
    [InlineData("device fit pulses.csv --out out")]
    [InlineData("sweep sweep.json --out out")]
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
    [InlineData("sweep sweep.json --out out")]
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
    public async Task A_shard_on_a_full_disk_stops_and_goes_on_elsewhere()
    {
        using Shell shell = Samples.Shell();
        string[] line = ["sweep", "sweep.json", "--threads", "1", "--format", "csv", "--out"];
        shell.Write(
            "sweep.json",
            Samples
                .Sweep.Replace("\"steps\": 400", "\"steps\": 40", StringComparison.Ordinal)
                .Replace("\"count\": 3", "\"count\": 200", StringComparison.Ordinal)
        );
        Assert.Equal(0, (await shell.Run([.. line, "undisturbed"])).Code);
        string disk = Directory.CreateDirectory(Path.Combine(shell.Folder, "disk")).FullName;
        using (SmallDisk small = new(disk))
        {
            Assert.SkipUnless(small.IsMounted, "skipped: this user may not mount a small disk here");
            Outcome outcome = await shell.Run([.. line, "disk/map"]);
            Assert.True(outcome is { Code: 1, Out: "" }, outcome.ToString());
            Assert.Single(outcome.Error.TrimEnd().Split('\n'));
            Assert.Contains("disk/map/", outcome.Error, StringComparison.Ordinal);
            int finished = (int)(await shell.Run("sweep", "status", "disk/map", "--json")).Document["finished"]!;
            Assert.InRange(finished, 1, 399);
            using Process copy = Process.Start("cp", ["-r", Path.Combine(disk, "map"), Path.Combine(shell.Folder, "map")]);
            await copy.WaitForExitAsync(Cancellation);
            Outcome on = await shell.Run([.. line, "map", "--json"]);
            Assert.Equal(finished, (int)on.Document["finishedBefore"]!);
        }

        foreach (string table in new[] { "result.csv", "result.parquet" })
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(Path.Combine(shell.Folder, "undisturbed", table), Cancellation),
                await File.ReadAllBytesAsync(Path.Combine(shell.Folder, "map", table), Cancellation)
            );
        }
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
