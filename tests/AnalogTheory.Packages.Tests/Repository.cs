using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace AnalogTheory.Packages.Tests;

/// <summary>The tree that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution, above the program.</summary>
    public static string Root { get; } = Above(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Version of the packages.</summary>
    public static string Version { get; } = typeof(CSharp.Device).Assembly.GetName().Version!.ToString(3);

    /// <summary>Configuration that the tree was built in.</summary>
    public static string Configuration { get; } =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The machine's folder of unpacked packages.</summary>
    public static string Cache { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PackageRoot").Value!;

    /// <summary>A path of the tree.</summary>
    /// <param name="path">Path from the root, with slashes.</param>
    /// <returns>The whole path.</returns>
    public static string File(string path) => Path.Combine(Root, path);

    private static string Above(DirectoryInfo? folder) =>
        folder is null ? throw new DirectoryNotFoundException($"Expected AnalogTheory.sln above {AppContext.BaseDirectory}, found none.")
        : System.IO.File.Exists(Path.Combine(folder.FullName, "AnalogTheory.sln")) ? folder.FullName
        : Above(folder.Parent);
}
