using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Packages.Tests;

/// <summary>
/// The packages, packed from what is built, as sources of NuGet in an empty folder outside of the tree. Beside them lie the packages that
/// they need, taken from the machine's cache: nothing is fetched from a network.
/// </summary>
public sealed class Feed : IAsyncLifetime
{
    /// <summary>The folder; it is laid out like the tree, so that settings with relative paths mean the same.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("analog-theory-").FullName;

    /// <summary>The folder of our packages.</summary>
    public string Packages => Path.Combine(Folder, "artifacts", "packages");

    /// <summary>Packages that ours need and that the machine lacks; a test that installs skips if there are any.</summary>
    public ImmutableArray<string> Missing { get; private set; } = [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Pack(Packages);
        CopyNeeded(Directory.CreateDirectory(Path.Combine(Folder, "dependencies")).FullName);
        CopySamples(Directory.CreateDirectory(Path.Combine(Folder, "samples")).FullName);
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "nuget.config"),
            """
            <configuration>
              <packageSources>
                <clear />
                <add key="packages" value="artifacts/packages" />
                <add key="dependencies" value="dependencies" />
              </packageSources>
            </configuration>
            """
        );
    }

    /// <summary>Packs what is built.</summary>
    /// <param name="output">The folder for the packages.</param>
    /// <returns>What the packing said.</returns>
    internal static Task<string> Pack(string output) =>
        new Shell(Repository.Root, Repository.Cache).Run(
            "dotnet",
            [
                "pack",
                "src/AnalogTheory.slnf",
                "--configuration",
                Repository.Configuration,
                "--no-build",
                "--output",
                output,
                "-nologo",
                "-tl:off",
            ]
        );

    /// <summary>A shell in a new folder beside the packages.</summary>
    /// <param name="name">Name of the folder.</param>
    /// <returns>The shell.</returns>
    internal Shell Open(string name)
    {
        Assert.SkipWhen(Missing.Length > 0, $"the machine's NuGet cache lacks {string.Join(", ", Missing)}");
        return new(Directory.CreateDirectory(Path.Combine(Folder, name)).FullName, Path.Combine(Folder, "cache"));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void CopySamples(string folder)
    {
        foreach (string path in Directory.GetFiles(Repository.File("samples")))
        {
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        }
    }

    // What our packages need of others, and what those need: the lock files of the libraries know.
    private void CopyNeeded(string folder)
    {
        HashSet<string> missing = [];
        foreach (string lockFile in Directory.GetFiles(Repository.File("src"), "packages.lock.json", SearchOption.AllDirectories))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(lockFile));
            foreach (
                JsonProperty package in document
                    .RootElement.GetProperty("dependencies")
                    .EnumerateObject()
                    .SelectMany(framework => framework.Value.EnumerateObject())
            )
            {
                if (
                    package.Value.TryGetProperty("resolved", out JsonElement version)
                    && !TryCopy(package.Name, version.GetString()!, folder)
                )
                {
                    missing.Add(package.Name);
                }
            }
        }

        Missing = [.. missing];
    }

    private static bool TryCopy(string name, string version, string folder)
    {
        string file = $"{name}.{version}.nupkg".ToLowerInvariant();
        string cached = Path.Combine(Repository.Cache, name.ToLowerInvariant(), version, file);
        if (!File.Exists(cached))
        {
            return false;
        }

        File.Copy(cached, Path.Combine(folder, file), overwrite: true);
        return true;
    }
}
