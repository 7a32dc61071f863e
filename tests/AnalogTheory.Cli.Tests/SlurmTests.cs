using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>A sweep on a real Slurm, by tests/slurm/run.sh: killed, requeued, timed out, cancelled, merged to the bytes of one machine.</summary>
public class SlurmTests(ITestOutputHelper output)
{
    private const int NoSlurm = 77;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sweep_survives_a_cluster()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: Slurm is a thing of Unix");
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "AnalogTheory.sln")))
        {
            root = root.Parent;
        }

        Assert.NotNull(root);
        string script = Path.Combine(root.FullName, "tests", "slurm", "run.sh");
        ProcessStartInfo start = new("bash", [script, "dotnet", typeof(Tool).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Outcome end = await ToolProcess.End(process, Cancellation);
        output.WriteLine(end.Out);
        output.WriteLine(end.Error);
        Assert.SkipWhen(end.Code == NoSlurm, end.Out.TrimEnd());
        Assert.True(end.Code == 0, end.ToString());
        Assert.Contains("equal to the byte to those of one machine", end.Out, StringComparison.Ordinal);
    }
}
