using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AnalogTheory.Runs;

namespace AnalogTheory.Sweeps;

/// <summary>Puts the shards of a sweep together.</summary>
public static class SweepMerge
{
    private const string Id = "sweep";

    /// <summary>Writes the table of all cells, as CSV and as Parquet, and its manifest. Tables are equal to the byte however the work was cut.</summary>
    /// <param name="folder">The sweep.</param>
    /// <param name="isPartial">Whether a sweep with missing or failed cells gives a table of those that are finished.</param>
    /// <returns>Paths of the tables and the manifest.</returns>
    /// <exception cref="InvalidDataException">
    /// A file is truncated, corrupt, foreign or of another version, two shards disagree, or cells are missing; the message names them.
    /// </exception>
    /// <exception cref="IOException">The tables cannot be written; those that stood there stay.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(SweepFolder folder, bool isPartial = false)
    {
        ArgumentNullException.ThrowIfNull(folder);
        SweepStatus status = await SweepStatus.OfAsync(folder);
        if (status.Shards.FirstOrDefault(shard => shard.Damage is not null) is { } damaged)
        {
            throw new InvalidDataException(damaged.Damage);
        }

        if (!isPartial && status.Failed.Length > 0)
        {
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{folder.Path}: {status.Failed.Length} cells failed, the first is cell {status.Failed[0].Cell}: {status.Failed[0].Failure}"
                )
            );
        }

        if (!isPartial && status.Missing > 0)
        {
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{folder.Path}: {status.Missing} of {status.Cells} cells are missing: {status.MissingInWords()}."
                )
            );
        }

        CellOutcome[] outcomes = [.. status.Finished.Values.OrderBy(outcome => outcome.Cell)];
        IReadOnlyList<Tuple<string, CsvCells>> columns = ShardTable.Columns(outcomes, folder.Definition.Grid);
        ResultFile[] files =
        [
            await ShardTable.File("result", TableForm.Csv, columns),
            await ShardTable.File("result", TableForm.Parquet, columns),
        ];
        using FolderLock ours = FolderLock.Take(folder.Path);
        ResultFolder.Write(
            folder.Path,
            files,
            new ResultFacts(
                Id,
                folder.Definition.Title,
                [
                    KeyValuePair.Create("definition", folder.Definition.Root.ToJsonString()),
                    KeyValuePair.Create("cells", status.Cells.ToString(CultureInfo.InvariantCulture)),
                ],
                0,
                0,
                folder.Program.Version,
                folder.Program.Commit,
                Seconds(folder, status),
                [
                    "The duration is the sum of the shards' last sittings; the machine is that of the merge.",
                    .. status.Missing + status.Failed.Length > 0
                        ? new[]
                        {
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"Partial: {status.Missing} cells are missing and {status.Failed.Length} failed."
                            ),
                        }
                        : [],
                ],
                folder.Program.Fingerprint
            )
        );
        return [.. files.Select(file => Path.Combine(folder.Path, file.Name)), Path.Combine(folder.Path, ManifestModule.fileName)];
    }

    private static double Seconds(SweepFolder folder, SweepStatus status) =>
        status
            .Shards.Where(shard => shard.IsWhole)
            .Sum(shard => ManifestModule.tryRead(folder.FolderOf(shard.Name))?.Value.DurationSeconds ?? 0.0);
}
