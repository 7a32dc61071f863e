using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace AnalogTheory.House.Tests;

/// <summary>Files, clocks, consoles, processes and the system's randomness appear only where they belong.</summary>
public class OutsideTests
{
    private static readonly HashSet<string> s_outside =
    [
        "System.Console",
        "System.DateTime",
        "System.DateTimeOffset",
        "System.Diagnostics.Process",
        "System.Diagnostics.Stopwatch",
        "System.IO.Directory",
        "System.IO.DirectoryInfo",
        "System.IO.File",
        "System.IO.FileInfo",
        "System.IO.FileStream",
        "System.Net.Http.HttpClient",
        "System.Random",
        "System.TimeProvider",
    ];

    /// <summary>What an assembly may touch, and why.</summary>
    public static TheoryData<string, string> Doors =>
        new()
        {
            { "AnalogTheory.Kernels", "" },
            // The state of an array is written to a file and read back.
            { "AnalogTheory.Tiles", "System.IO.File System.IO.FileStream" },
            // The solver is a process; readings of pulses and tables of responses are files.
            { "AnalogTheory", "System.Diagnostics.Process System.IO.File" },
            // Data sets are looked for in folders and downloaded; checkpoints and metrics are files; an epoch tells its seconds.
            {
                "AnalogTheory.Training",
                "System.Diagnostics.Stopwatch System.IO.Directory System.IO.DirectoryInfo System.IO.File System.IO.FileStream System.Net.Http.HttpClient"
            },
            { "AnalogTheory.Experiments", "" },
            { "AnalogTheory.CSharp", "" },
            { "AnalogTheory.Plotting", "" },
            // Shards are folders; a clock says when to keep a part, and how long a sitting took.
            { "AnalogTheory.Sweeps", "System.Diagnostics.Stopwatch System.IO.Directory System.IO.File" },
            // Everything about files, by design; Random and a time for the lock of a folder, which no number depends on.
            {
                "AnalogTheory.Runs",
                "System.DateTime System.Diagnostics.Process System.IO.Directory System.IO.DirectoryInfo System.IO.File System.IO.FileStream System.Random"
            },
        };

    [Theory]
    [MemberData(nameof(Doors))]
    public void An_assembly_touches_the_outside_only_by_its_doors(string assembly, string doors) =>
        Assert.Equal(doors, string.Join(' ', Touched(assembly)));

    [Fact]
    public void Every_packed_assembly_has_its_line() => Assert.Equal(Packed.Names.Order(), Doors.Select(row => row.Data.Item1).Order());

    private static IEnumerable<string> Touched(string assembly)
    {
        using PEReader file = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        MetadataReader reader = file.GetMetadataReader();
        return
        [
            .. reader
                .TypeReferences.Select(reader.GetTypeReference)
                .Select(type => $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}")
                .Where(s_outside.Contains)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }
}
