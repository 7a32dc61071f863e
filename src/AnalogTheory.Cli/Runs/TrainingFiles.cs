using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Models;
using AnalogTheory.Training.Runs;

namespace AnalogTheory.Cli.Runs;

/// <summary>Files that a training reads: what is wrong with them is the user's to mend.</summary>
internal static class TrainingFiles
{
    /// <summary>The training that a folder holds.</summary>
    /// <exception cref="BadInputException">It holds none.</exception>
    internal static Cell CellOf(string folder) => Opened(() => TrainingRun.CellOf(folder));

    /// <summary>Does what reads files of a run.</summary>
    /// <exception cref="BadInputException">One of them is not as a run leaves it.</exception>
    internal static T Opened<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (InvalidDataException refused)
        {
            throw new BadInputException(refused.Message);
        }
    }

    /// <summary>Images to train on and to test with; a download is told of on a terminal.</summary>
    /// <param name="console">Where it is told.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="place">Folder that holds its files, as the user wrote it; null for where the library looks.</param>
    /// <param name="cancellation">Stops a download.</param>
    /// <exception cref="BadInputException">Files are missing or broken.</exception>
    internal static async Task<DataPair> Data(ToolConsole console, string name, string? place, CancellationToken cancellation)
    {
        Told<string>? say = console.IsErrorTerminal ? new(text => console.Error.Write($"\r{text}   ")) : null;
        try
        {
            return await DataSource.LoadAsync(name, place is null ? null : console.Resolve(place), mayDownload: true, say, cancellation);
        }
        catch (Exception bad) when (bad is InvalidDataException or FileNotFoundException)
        {
            throw new BadInputException(bad.Message);
        }
    }
}
