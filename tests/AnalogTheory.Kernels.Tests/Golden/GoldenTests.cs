using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace AnalogTheory.Kernels.Tests.Golden;

/// <summary>The checked-in bits, in this process and in children with parts of the instruction set switched off.</summary>
public static class GoldenTests
{
    private static string[] Expected() => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "golden", "sampling.csv"));

    [Fact]
    public static void ThisProcessComputesTheGoldenBits() => Assert.Equal(Expected(), GoldenValues.Lines().Skip(1));

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "Vector512=False Avx512F=False")]
    [InlineData("DOTNET_EnableAVX2", "Vector256=False Avx2=False")]
    [InlineData("DOTNET_EnableAVX", "Vector256=False Avx2=False Fma=False")]
    [InlineData("DOTNET_EnableHWIntrinsic", "Fma=False Vector128=False")]
    public static void AChildWithoutTheInstructionsComputesTheSameBits(string setting, string switchedOff)
    {
        ArgumentNullException.ThrowIfNull(switchedOff);
        string[] lines = RunChild(setting);
        foreach (string capability in switchedOff.Split(' '))
        {
            // The setting took effect: otherwise the comparison would say nothing.
            Assert.Contains(capability, lines[0], StringComparison.Ordinal);
        }

        Assert.Equal(Expected(), lines.Skip(1));
    }

    private static string[] RunChild(string setting)
    {
        string program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AnalogTheory.Kernels.Tests.dll"));
        }

        start.ArgumentList.Add("golden");
        start.Environment[setting] = "0";
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.Equal(0, child.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
