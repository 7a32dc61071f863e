using System.Collections.Generic;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>What an algorithm keeps in digital memory beside its arrays.</summary>
/// <param name="Buffers">Matrices: name, rows, columns.</param>
/// <param name="Numbers">Names of numbers.</param>
/// <param name="Counters">Names of counters.</param>
internal sealed record DigitalParts(
    IReadOnlyList<(string Name, int Rows, int Columns)> Buffers,
    IReadOnlyList<string> Numbers,
    IReadOnlyList<string> Counters
)
{
    internal static DigitalParts None { get; } = new([], [], []);
}
