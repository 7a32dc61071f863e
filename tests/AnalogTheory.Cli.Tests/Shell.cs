using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;

namespace AnalogTheory.Cli.Tests;

/// <summary>What a command line left.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Outcome(int Code, string Out, string Error)
{
    /// <summary>The output as the one JSON document that it is.</summary>
    internal JsonObject Document => (JsonObject)JsonNode.Parse(Out)!;
}

/// <summary>A folder of its own in which command lines run, in this process.</summary>
internal sealed class Shell : IDisposable
{
    internal string Folder { get; } = Directory.CreateTempSubdirectory("analog-theory-").FullName;

    /// <summary>Told how far the work has come.</summary>
    internal IProgress<double>? Watch { get; init; }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        // Work that was left behind may still hold a file.
        catch (IOException) { }
    }

    /// <summary>Runs a command line.</summary>
    internal Task<Outcome> Run(params string[] arguments) => RunUntil(CancellationToken.None, arguments);

    /// <summary>Runs a command line that may be stopped.</summary>
    internal Task<Outcome> RunUntil(CancellationToken cancellation, params string[] arguments) => Run(arguments, Watch, cancellation);

    /// <summary>Runs a command line whose progress somebody hears.</summary>
    internal Task<Outcome> RunWatched(IProgress<double> watch, params string[] arguments) => Run(arguments, watch, CancellationToken.None);

    private async Task<Outcome> Run(string[] arguments, IProgress<double>? watch, CancellationToken cancellation)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        ToolConsole console = new(TextWriter.Synchronized(output), TextWriter.Synchronized(error), Folder) { Watch = watch };
        int code = await Tool.RunAsync(arguments, console, cancellation);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Writes a file.</summary>
    internal string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text, new UTF8Encoding(false));
        return name;
    }

    /// <summary>The content of a file.</summary>
    internal string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>Whether there is a file.</summary>
    internal bool Has(string name) => File.Exists(Path.Combine(Folder, name));

    /// <summary>All files, by their paths from the folder.</summary>
    internal string[] Files() =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Folder, path))
                .Order(StringComparer.Ordinal),
        ];
}
