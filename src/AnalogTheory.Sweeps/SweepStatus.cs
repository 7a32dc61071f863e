using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace AnalogTheory.Sweeps;

/// <summary>What one shard has done.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Finished">Finished cells.</param>
/// <param name="Failed">Failed cells.</param>
/// <param name="IsWhole">Whether its table stands.</param>
/// <param name="Damage">What is wrong with its files; null if nothing is.</param>
public sealed record ShardStatus(string Name, long Finished, long Failed, bool IsWhole, string? Damage);

/// <summary>How far a sweep has come. It may be asked for while shards run.</summary>
/// <param name="Cells">Cells of the sweep.</param>
/// <param name="Finished">Outcome of every finished cell, by number, each once.</param>
/// <param name="Failed">Cells that failed and that nobody has finished since, rising.</param>
/// <param name="Shards">The shards that were begun.</param>
public sealed record SweepStatus(
    long Cells,
    IReadOnlyDictionary<long, CellOutcome> Finished,
    ImmutableArray<CellOutcome> Failed,
    ImmutableArray<ShardStatus> Shards
)
{
    /// <summary>Looks into a sweep's folder.</summary>
    /// <param name="folder">The sweep.</param>
    /// <returns>How far it has come.</returns>
    /// <exception cref="InvalidDataException">Two shards have finished one cell with different numbers.</exception>
    public static async Task<SweepStatus> OfAsync(SweepFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Dictionary<long, (CellOutcome Outcome, string Shard)> finished = [];
        Dictionary<long, CellOutcome> failed = [];
        List<ShardStatus> shards = [];
        foreach (string shard in folder.Shards())
        {
            IReadOnlyCollection<CellOutcome> outcomes;
            bool isWhole;
            try
            {
                (outcomes, isWhole) = await folder.Read(shard);
            }
            catch (InvalidDataException damaged)
            {
                shards.Add(new(shard, 0, 0, false, damaged.Message));
                continue;
            }

            int failures = 0;
            foreach (CellOutcome outcome in outcomes)
            {
                if (outcome.Failure is not null)
                {
                    failures++;
                    failed[outcome.Cell] = outcome;
                }
                else if (!finished.TryAdd(outcome.Cell, (outcome, shard)) && !finished[outcome.Cell].Outcome.IsSame(outcome))
                {
                    throw new InvalidDataException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Cell {outcome.Cell} has other numbers in {folder.FolderOf(shard)} than in {folder.FolderOf(finished[outcome.Cell].Shard)}; one of them is corrupt."
                        )
                    );
                }
            }

            shards.Add(new(shard, outcomes.Count - failures, failures, isWhole, null));
        }

        return new(
            folder.Definition.Grid.Count,
            finished.ToDictionary(pair => pair.Key, pair => pair.Value.Outcome),
            [.. failed.Values.Where(outcome => !finished.ContainsKey(outcome.Cell)).OrderBy(outcome => outcome.Cell)],
            [.. shards]
        );
    }

    /// <summary>Cells that are neither finished nor failed.</summary>
    public long Missing => Cells - Finished.Count - Failed.Length;

    /// <summary>Numbers of the missing cells as ranges, such as <c>3, 10..19</c>.</summary>
    /// <param name="most">Ranges that are named; of the others it says how many there are.</param>
    /// <returns>The words; empty if nothing is missing.</returns>
    public string MissingInWords(int most = 8)
    {
        HashSet<long> failed = [.. Failed.Select(outcome => outcome.Cell)];
        List<(long First, long Last)> ranges = [];
        for (long cell = 0; cell < Cells; cell++)
        {
            if (Finished.ContainsKey(cell) || failed.Contains(cell))
            {
                continue;
            }

            if (ranges.Count > 0 && ranges[^1].Last == cell - 1)
            {
                ranges[^1] = (ranges[^1].First, cell);
            }
            else
            {
                ranges.Add((cell, cell));
            }
        }

        string words = string.Join(
            ", ",
            ranges
                .Take(most)
                .Select(range =>
                    range.First == range.Last
                        ? string.Create(CultureInfo.InvariantCulture, $"{range.First}")
                        : string.Create(CultureInfo.InvariantCulture, $"{range.First}..{range.Last}")
                )
        );
        return ranges.Count <= most ? words : string.Create(CultureInfo.InvariantCulture, $"{words} and {ranges.Count - most} more ranges");
    }
}
