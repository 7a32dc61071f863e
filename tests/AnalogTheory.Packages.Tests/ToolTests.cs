using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Packages.Tests;

/// <summary>The tool, installed from its package.</summary>
public sealed class ToolTests(Feed feed)
{
    [Fact]
    public async Task The_tool_installs_tells_its_version_and_draws()
    {
        Shell shell = feed.Open("tool");
        await shell.Run("dotnet", "tool", "install", "AnalogTheory.Cli", "--tool-path", "bin");
        string tool = Path.Combine(shell.Folder, "bin", OperatingSystem.IsWindows() ? "analog-theory.exe" : "analog-theory");
        Assert.StartsWith(Repository.Version, await shell.Run(tool, "--version"), StringComparison.Ordinal);

        // Pictures need the native libraries of this system.
        await shell.Run(tool, "device", "plot", "asymmetric-linear:radius=1", "--out", "pictures");
        byte[] picture = await File.ReadAllBytesAsync(
            Path.Combine(shell.Folder, "pictures", "device.png"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal("PNG"u8, picture.AsSpan(1, 3));
    }

    [Theory]
    [InlineData("linux-x64", ".so")]
    [InlineData("linux-arm64", ".so")]
    [InlineData("linux-musl-x64", ".so")]
    [InlineData("osx", ".dylib")]
    [InlineData("win-x64", ".dll")]
    [InlineData("win-arm64", ".dll")]
    public void The_tool_carries_the_native_libraries_of(string system, string suffix)
    {
        using Package package = new(Path.Combine(feed.Packages, $"AnalogTheory.Cli.{Repository.Version}.nupkg"));
        string folder = $"tools/net10.0/any/runtimes/{system}/native/";
        Assert.All(["libSkiaSharp", "libHarfBuzzSharp"], library => Assert.Contains($"{folder}{library}{suffix}", package.Files));
    }
}
