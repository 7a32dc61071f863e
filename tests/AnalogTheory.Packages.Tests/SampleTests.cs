using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Packages.Tests;

/// <summary>The samples, copied beside the packages with their settings and run as their first lines say.</summary>
public sealed class SampleTests(Feed feed)
{
    public static TheoryData<string> Samples =>
        [
            .. Directory
                .GetFiles(Repository.File("samples"))
                .Where(IsProgram)
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_prints_what_its_last_lines_say(string sample)
    {
        Shell shell = feed.Open("samples");
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(shell.Folder, sample), TestContext.Current.CancellationToken);
        string[] command = lines.First(line => line.StartsWith("//     dotnet ", StringComparison.Ordinal))[2..].Trim().Split(' ');
        Assert.Equal(sample, command[^1]);

        string[] printed = [.. lines.SkipWhile(line => line != "// Prints").Skip(1).Select(line => line.TrimStart('/').Trim())];
        Assert.NotEmpty(printed);
        string output = await shell.Run(command[0], command[1..]);
        Assert.Equal(printed, output.Split('\n').Select(line => line.Trim()));
    }

    private static bool IsProgram(string path) => Path.GetExtension(path) is ".cs" or ".fsx";
}
