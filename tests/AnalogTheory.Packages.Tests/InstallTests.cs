using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Packages.Tests;

/// <summary>The packages in a newcomer's hands: an empty folder, a cache without them, and what the README says to type.</summary>
public sealed partial class InstallTests(Feed feed)
{
    [Fact]
    public async Task A_new_console_project_prints_what_the_README_says()
    {
        Shell shell = feed.Open("console");
        (string program, string printed) = Readme("csharp");
        await shell.Run("dotnet", "new", "console", "--no-restore");
        await shell.Run("dotnet", "add", "package", "AnalogTheory.CSharp");
        shell.Write("Program.cs", program);
        Assert.Equal(printed, await shell.Run("dotnet", "run"));

        // With the assemblies of the tree, and no others that happen to have their names and version.
        Assert.All(
            new[] { "AnalogTheory.CSharp.dll", "AnalogTheory.dll", "AnalogTheory.Kernels.dll" },
            file =>
                Assert.Equal(
                    File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file)),
                    File.ReadAllBytes(Directory.GetFiles(Path.Combine(shell.Folder, "bin"), file, SearchOption.AllDirectories).Single())
                )
        );
    }

    [Fact]
    public async Task A_new_script_prints_what_the_README_says()
    {
        Shell shell = feed.Open("script");
        (string script, string printed) = Readme("fsharp");
        shell.Write("floor.fsx", script);
        Assert.Equal(printed, await shell.Run("dotnet", "fsi", "floor.fsx"));
    }

    // The first program in a language, and the indented lines that follow it.
    private static (string Program, string Printed) Readme(string language)
    {
        string text = File.ReadAllText(Repository.File("README.md")).ReplaceLineEndings("\n");
        string rest = text[(text.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4)..];
        string[] parts = rest.Split("```\n", 2);
        string[] printed = [.. Indented().Match(parts[1]).Value.TrimEnd('\n').Split('\n').Select(line => line[4..])];
        return (parts[0], string.Join('\n', printed));
    }

    [GeneratedRegex("(^    .*\n)+", RegexOptions.Multiline)]
    private static partial Regex Indented();
}
