using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace AnalogTheory.House.Tests;

/// <summary>The sources that these tests were built from.</summary>
internal static class Tree
{
    /// <summary>The folder that holds the solution, above the program.</summary>
    internal static string Root { get; } = Above(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Project files below some folders of the root, build outputs aside.</summary>
    internal static IEnumerable<string> Projects(params string[] folders) =>
        folders.SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(Root, folder), "*.?sproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        );

    /// <summary>Name of a project.</summary>
    internal static string Name(string project) => Path.GetFileNameWithoutExtension(project);

    /// <summary>Names of the projects that a project refers to.</summary>
    internal static IEnumerable<string> References(string project) =>
        XDocument
            .Load(project)
            .Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Name(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    /// <summary>Source files of a folder of the root, build outputs aside.</summary>
    internal static IEnumerable<string> Sources(string folder, string pattern) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Split('/', '\\').Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal);

    private static string Above(DirectoryInfo? folder) =>
        folder is null ? throw new DirectoryNotFoundException($"Expected AnalogTheory.sln above {AppContext.BaseDirectory}, found none.")
        : File.Exists(Path.Combine(folder.FullName, "AnalogTheory.sln")) ? folder.FullName
        : Above(folder.Parent);
}
