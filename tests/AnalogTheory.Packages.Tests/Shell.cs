using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace AnalogTheory.Packages.Tests;

/// <summary>A user's shell in a folder, with an own cache of packages.</summary>
internal sealed class Shell(string folder, string cache)
{
    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Writes a file of the folder.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="text">What to write.</param>
    public void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote to standard output, without the last line's end.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public async Task<string> Run(string program, params string[] arguments)
    {
        ProcessStartInfo info = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // This program was started by `dotnet run`, which leaves its own settings to its children.
        foreach (
            string name in info.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList()
        )
        {
            info.Environment.Remove(name);
        }

        foreach ((string name, string value) in s_environment)
        {
            info.Environment[name] = value;
        }

        info.Environment["NUGET_PACKAGES"] = cache;
        using Process process = Process.Start(info)!;
        process.StandardInput.Close();
        StringBuilder errors = new();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output.TrimEnd().ReplaceLineEndings("\n")
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} in {folder} ended with {process.ExitCode}:\n{output}\n{errors}"
            );
    }

    private static readonly Dictionary<string, string> s_environment = new()
    {
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        // Servers that outlive their build would hold the pipes open.
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
        // Files in a package bear this date, so that packing twice gives equal bytes.
        ["SOURCE_DATE_EPOCH"] = "1764547200",
        // The list of known vulnerabilities is on the network.
        ["NuGetAudit"] = "false",
    };
}
