using System;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>A sweep on a real Slurm, by tests/slurm/run.sh: killed, requeued, timed out, cancelled, merged to the bytes of one machine.</summary>
public class SlurmTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sweep_survives_a_cluster()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: Slurm is a thing of Unix");
        using Shell shell = new();
        Outcome end = await ToolProcess.RunScript(shell, "tests/slurm/run.sh", Cancellation, "dotnet", typeof(Tool).Assembly.Location);
        output.WriteLine(end.Out);
        output.WriteLine(end.Error);
        Assert.True(end.Code == 0, end.ToString());
        Assert.Contains("equal to the byte to those of one machine", end.Out, StringComparison.Ordinal);
    }
}
