using System.Collections.Generic;
using System.Linq;

namespace AnalogTheory.House.Tests;

/// <summary>Names with arrows between them.</summary>
internal static class Graph
{
    /// <summary>The groups of names that reach one another, each in alphabetical order; none in a graph without a cycle.</summary>
    internal static IReadOnlyList<string[]> Knots(IReadOnlyDictionary<string, HashSet<string>> arrows)
    {
        Dictionary<string, HashSet<string>> reach = arrows.Keys.ToDictionary(name => name, name => Reached(name, arrows));
        return
        [
            .. arrows
                .Keys.Where(name => reach[name].Contains(name))
                .Select(name =>
                    string.Join(
                        ' ',
                        reach[name].Where(other => reach.TryGetValue(other, out HashSet<string>? back) && back.Contains(name)).Order()
                    )
                )
                .Distinct()
                .Order()
                .Select(knot => knot.Split(' ')),
        ];
    }

    private static HashSet<string> Reached(string start, IReadOnlyDictionary<string, HashSet<string>> arrows)
    {
        HashSet<string> seen = [];
        Queue<string> open = new([start]);
        while (open.TryDequeue(out string? name))
        {
            foreach (string next in arrows.TryGetValue(name, out HashSet<string>? targets) ? targets : [])
            {
                if (seen.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return seen;
    }
}
