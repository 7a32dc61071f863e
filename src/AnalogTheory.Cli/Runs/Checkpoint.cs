using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AnalogTheory.Cli.Display;
using AnalogTheory.Runs;

namespace AnalogTheory.Cli.Runs;

/// <summary>The finished parts of an interrupted run, in one file of its output folder, to which every part is added as it is finished.</summary>
internal sealed class Checkpoint(string folder, string fingerprint) : IDisposable
{
    private readonly PartsFile _file = new(Path.Combine(folder, "unfinished.parts"), fingerprint);

    /// <summary>Parts that an earlier run of the same experiment finished.</summary>
    /// <exception cref="BadInputException">The folder holds the parts of another experiment.</exception>
    internal IReadOnlyList<Part> Load(ToolConsole console)
    {
        try
        {
            return [.. _file.Load().Select(Part.OfBytes).DistinctBy(part => (part.Point, part.First))];
        }
        catch (OtherRunException)
        {
            throw new BadInputException(
                $"{console.Shown(_file.Path)} holds what another experiment, or another version of this tool, has finished. "
                    + "Finish that one first, choose another folder with --out, or delete the file."
            );
        }
    }

    /// <summary>Adds a part.</summary>
    internal void Add(Part part) => _file.Add(part.ToBytes());

    /// <summary>Forgets what was kept, once the results stand.</summary>
    internal void Clear() => _file.Clear();

    /// <inheritdoc/>
    public void Dispose() => ((IDisposable)_file).Dispose();
}
