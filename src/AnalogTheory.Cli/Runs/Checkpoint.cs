using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using AnalogTheory.Cli.Display;
using AnalogTheory.Figures;

namespace AnalogTheory.Cli.Runs;

/// <summary>The finished parts of an interrupted run, in one file of its output folder.</summary>
internal sealed class Checkpoint(string folder, string fingerprint)
{
    private const string FileName = "unfinished.json";

    private string Path => System.IO.Path.Combine(folder, FileName);

    /// <summary>Parts that an earlier run of the same experiment finished.</summary>
    /// <exception cref="BadInputException">The folder holds the parts of another experiment.</exception>
    internal IReadOnlyList<Part> Load(ToolConsole console)
    {
        if (!File.Exists(Path))
        {
            return [];
        }

        Content? content;
        try
        {
            content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(Path));
        }
        catch (JsonException)
        {
            content = null;
        }

        return content?.Fingerprint == fingerprint
            ? content.Parts
            : throw new BadInputException(
                $"{console.Shown(Path)} holds what another experiment, or another version of this tool, has finished. "
                    + "Finish that one first, choose another folder with --out, or delete the file."
            );
    }

    /// <summary>Keeps parts; the file is whole or as it was.</summary>
    internal void Save(IReadOnlyList<Part> parts) =>
        ResultFolder.Write(folder, new ResultFile(FileName, JsonSerializer.SerializeToUtf8Bytes(new Content(fingerprint, parts))));

    /// <summary>Forgets what was kept, once the results stand.</summary>
    internal void Clear() => File.Delete(Path);

    private sealed record Content(string Fingerprint, IReadOnlyList<Part> Parts);
}
