using System;
using System.Collections.Generic;
using System.Linq;

namespace AnalogTheory.Cli.Display;

/// <summary>Finds what a misspelt word was meant to be.</summary>
internal static class Nearest
{
    /// <summary>The closest of the known words, as a sentence with a space before it; empty if none is close.</summary>
    internal static string Hint(string word, IEnumerable<string> known)
    {
        string? nearest = known
            .Select(candidate => (Candidate: candidate, Steps: Distance(word, candidate)))
            .Where(pair => pair.Steps <= Math.Max(1, pair.Candidate.Length / 3))
            .OrderBy(pair => pair.Steps)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    // Letters to insert, remove, replace or swap on the way from one word to the other; case does not count.
    private static int Distance(string a, string b)
    {
        int[,] steps = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    steps[i, j] = i + j;
                    continue;
                }

                int change = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                steps[i, j] = Math.Min(Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, steps[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
                }
            }
        }

        return steps[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
