using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Packages.Tests;

/// <summary>What is in a package, and what it says about itself.</summary>
public sealed class PackageTests(Feed feed)
{
    // Kinds of embedded data in portable symbols are told by number.
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static TheoryData<string> Libraries =>
        [
            "AnalogTheory",
            "AnalogTheory.CSharp",
            "AnalogTheory.Experiments",
            "AnalogTheory.Kernels",
            "AnalogTheory.Plotting",
            "AnalogTheory.Runs",
            "AnalogTheory.Sweeps",
            "AnalogTheory.Tiles",
            "AnalogTheory.Training",
        ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_comes_with_its_documents(string name)
    {
        using Package package = Open(name, "nupkg");
        Assert.All(
            ["README.md", "LICENSE", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"],
            file => Assert.Contains(file, package.Files)
        );
        Assert.DoesNotContain(package.Files, file => file.EndsWith(".pdb", StringComparison.Ordinal));
        Assert.Contains("```", package.Text("README.md"), StringComparison.Ordinal);
        Assert.Equal(["MIT", "README.md", Repository.Version], new[] { "license", "readme", "version" }.Select(package.Says));
        Assert.All(["description", "tags", "copyright", "authors"], entry => Assert.NotEmpty(package.Says(entry)));
    }

    [Theory]
    [InlineData("AnalogTheory.Kernels", "")]
    [InlineData("AnalogTheory", "AnalogTheory.Kernels FSharp.Core MathNet.Numerics")]
    [InlineData("AnalogTheory.Runs", "FSharp.Core")]
    [InlineData("AnalogTheory.CSharp", "AnalogTheory AnalogTheory.Kernels AnalogTheory.Tiles FSharp.Core MathNet.Numerics")]
    [InlineData("AnalogTheory.Experiments", "AnalogTheory AnalogTheory.Kernels AnalogTheory.Tiles FSharp.Core MathNet.Numerics")]
    [InlineData("AnalogTheory.Tiles", "AnalogTheory.Kernels")]
    [InlineData("AnalogTheory.Training", "AnalogTheory.Kernels AnalogTheory.Tiles")]
    public void A_library_names_what_it_needs(string name, string needed)
    {
        using Package package = Open(name, "nupkg");
        Assert.Equal(needed, string.Join(' ', package.Dependencies.Select(dependency => dependency.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void What_the_façade_needs_is_there_at_run_time_and_all_but_kernels_and_tiles_is_out_of_sight_of_the_compiler()
    {
        using Package package = Open("AnalogTheory.CSharp", "nupkg");
        Assert.All(package.Dependencies, dependency => Assert.True(dependency.Gives("Runtime"), dependency.Name));
        Assert.Equal(
            ["AnalogTheory.Kernels", "AnalogTheory.Tiles"],
            package
                .Dependencies.Where(dependency => dependency.Gives("Compile"))
                .Select(dependency => dependency.Name)
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Symbols_hold_every_source_file_and_no_path_of_the_machine(string name)
    {
        using Package package = Open(name, "snupkg");
        using MemoryStream symbols = new(package.Bytes($"lib/net10.0/{name}.pdb"));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        MetadataReader reader = provider.GetMetadataReader();
        HashSet<EntityHandle> embedded =
        [
            .. reader
                .CustomDebugInformation.Select(reader.GetCustomDebugInformation)
                .Where(information => reader.GetGuid(information.Kind) == s_embeddedSource)
                .Select(information => information.Parent),
        ];
        string[] documents = [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))];
        Assert.NotEmpty(documents);
        Assert.All(documents, document => Assert.StartsWith("/_/", document, StringComparison.Ordinal));
        Assert.Equal(
            [],
            reader
                .Documents.Where(document => !embedded.Contains(document))
                .Select(document => reader.GetString(reader.GetDocument(document).Name))
        );
    }

    [Fact]
    public async Task Packing_twice_gives_equal_bytes()
    {
        string again = Path.Combine(feed.Folder, "again");
        await Feed.Pack(again);
        string[] packages = Names(feed.Packages);
        Assert.Equal(packages, Names(again));
        Assert.All(
            packages,
            package =>
                Assert.Equal(File.ReadAllBytes(Path.Combine(feed.Packages, package)), File.ReadAllBytes(Path.Combine(again, package)))
        );

        static string[] Names(string folder) =>
            [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
    }

    private Package Open(string name, string kind) => new(Path.Combine(feed.Packages, $"{name}.{Repository.Version}.{kind}"));
}
