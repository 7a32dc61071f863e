using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Xml.Linq;

namespace AnalogTheory.Packages.Tests;

/// <summary>A packed file and what its manifest says.</summary>
internal sealed class Package(string path) : IDisposable
{
    private readonly ZipArchive _archive = ZipFile.OpenRead(path);

    /// <summary>Names of the files inside, with their folders.</summary>
    public string[] Files => [.. _archive.Entries.Select(entry => entry.FullName)];

    /// <summary>The packages that it needs.</summary>
    public IEnumerable<PackageDependency> Dependencies =>
        Metadata
            .Descendants(Metadata.Name.Namespace + "dependency")
            .Select(element => new PackageDependency(
                element.Attribute("id")!.Value,
                element.Attribute("version")!.Value,
                element.Attribute("include")?.Value.Split(',') ?? [],
                element.Attribute("exclude")?.Value.Split(',') ?? []
            ));

    /// <summary>An entry of the manifest; empty if there is none.</summary>
    /// <param name="name">Name of the entry.</param>
    /// <returns>Its text.</returns>
    public string Says(string name) => Metadata.Element(Metadata.Name.Namespace + name)?.Value ?? "";

    /// <summary>A file inside.</summary>
    /// <param name="file">Its name, with its folder.</param>
    /// <returns>Its bytes.</returns>
    public byte[] Bytes(string file)
    {
        using Stream stream = _archive.GetEntry(file)!.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>A file inside.</summary>
    /// <param name="file">Its name, with its folder.</param>
    /// <returns>Its text.</returns>
    public string Text(string file)
    {
        using StreamReader reader = new(_archive.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    private XElement Metadata =>
        XDocument.Parse(Text(Files.Single(file => file.EndsWith(".nuspec", StringComparison.Ordinal)))).Root!.Elements().First();
}

/// <summary>A package that another needs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its least version.</param>
/// <param name="Included">The only kinds of assets to take; all if there are none.</param>
/// <param name="Excluded">The kinds of assets to leave.</param>
internal sealed record PackageDependency(string Name, string Version, string[] Included, string[] Excluded)
{
    /// <summary>Whether a consumer takes its assets of a kind.</summary>
    /// <param name="kind">Kind, such as Compile.</param>
    /// <returns>Whether it does.</returns>
    public bool Gives(string kind) => (Included.Length == 0 || Included.Contains(kind)) && !Excluded.Contains(kind);
}
