using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;

namespace AnalogTheory.Packages.Tests;

/// <summary>What is in a package, and what it says about itself.</summary>
public sealed class PackageTests(Feed feed)
{
    // Kinds of embedded data in portable symbols are told by number.
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static TheoryData<string> Libraries => ["AnalogTheory", "AnalogTheory.CSharp", "AnalogTheory.Kernels"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_comes_with_its_documents(string name)
    {
        using ZipArchive package = Open(name, "nupkg");
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Superset(
            new HashSet<string> { "README.md", "LICENSE", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml" },
            new HashSet<string>(files)
        );
        Assert.DoesNotContain(files, file => file.EndsWith(".pdb", StringComparison.Ordinal));
        Assert.Contains("```", Text(package, "README.md"), StringComparison.Ordinal);

        XElement told = Manifest(package, name);
        Assert.Equal(
            ["MIT", "README.md", Repository.Version],
            new[] { "license", "readme", "version" }.Select(element => told.Element(told.Name.Namespace + element)!.Value)
        );
        Assert.All(
            ["description", "tags", "copyright", "authors"],
            element => Assert.NotEmpty(told.Element(told.Name.Namespace + element)!.Value)
        );
    }

    [Theory]
    [InlineData("AnalogTheory.Kernels", "")]
    [InlineData("AnalogTheory", "AnalogTheory.Kernels FSharp.Core MathNet.Numerics")]
    [InlineData("AnalogTheory.CSharp", "AnalogTheory AnalogTheory.Kernels FSharp.Core MathNet.Numerics")]
    public void A_library_names_what_it_needs(string name, string needed)
    {
        using ZipArchive package = Open(name, "nupkg");
        Assert.Equal(
            needed.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Dependencies(package, name).Select(dependency => dependency.Attribute("id")!.Value).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void What_the_façade_needs_is_there_at_run_time_and_but_for_the_kernels_out_of_sight_of_the_compiler()
    {
        using ZipArchive package = Open("AnalogTheory.CSharp", "nupkg");
        Assert.All(
            Dependencies(package, "AnalogTheory.CSharp"),
            dependency =>
            {
                string[] included = Assets(dependency, "include");
                string[] excluded = Assets(dependency, "exclude");
                bool hidden = excluded.Contains("Compile") || (included.Length > 0 && !included.Contains("Compile"));
                Assert.True(hidden == (dependency.Attribute("id")!.Value != "AnalogTheory.Kernels"), dependency.ToString());
                Assert.True(!excluded.Contains("Runtime") && (included.Length == 0 || included.Contains("Runtime")), dependency.ToString());
            }
        );

        static string[] Assets(XElement dependency, string attribute) => dependency.Attribute(attribute)?.Value.Split(',') ?? [];
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Symbols_hold_every_source_file_and_no_path_of_the_machine(string name)
    {
        using ZipArchive package = Open(name, "snupkg");
        using MemoryStream symbols = new(Bytes(package, $"lib/net10.0/{name}.pdb"));
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

    private ZipArchive Open(string name, string kind) =>
        ZipFile.OpenRead(Path.Combine(feed.Packages, $"{name}.{Repository.Version}.{kind}"));

    private static byte[] Bytes(ZipArchive package, string file)
    {
        using Stream stream = package.GetEntry(file)!.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static string Text(ZipArchive package, string file)
    {
        using StreamReader reader = new(package.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    private static XElement Manifest(ZipArchive package, string name) =>
        (XElement)XDocument.Parse(Text(package, $"{name}.nuspec")).Root!.FirstNode!;

    private static IEnumerable<XElement> Dependencies(ZipArchive package, string name) =>
        Manifest(package, name).Descendants().Where(element => element.Name.LocalName == "dependency");
}
