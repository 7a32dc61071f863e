using AnalogTheory.Cli.Display;
using AnalogTheory.Runs;

namespace AnalogTheory.Cli.Runs;

/// <summary>Folders that results go to.</summary>
internal static class OutputFolder
{
    /// <summary>Takes a folder before the work: nobody else writes to it, it can be written, and nothing in it is somebody else's.</summary>
    /// <param name="folder">Full path; made when absent.</param>
    /// <param name="console">For messages.</param>
    /// <param name="id">What writes a manifest there; null if nothing does.</param>
    /// <returns>To be disposed of when the results stand.</returns>
    /// <exception cref="FolderInUseException">Another process writes to it.</exception>
    /// <exception cref="BadInputException">Its manifest is not of this kind of result.</exception>
    internal static FolderLock Take(string folder, ToolConsole console, string? id = null)
    {
        FolderLock taken = FolderLock.Take(folder);
        if (id is null || !ResultFolder.IsForeign(folder, id))
        {
            return taken;
        }

        ((System.IDisposable)taken).Dispose();
        throw new BadInputException(
            $"{console.Shown(System.IO.Path.Combine(folder, "manifest.json"))} is not a manifest of '{id}', and would be overwritten: choose another folder with --out."
        );
    }
}
