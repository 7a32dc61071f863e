using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace AnalogTheory.Cli.Tests.Malformed;

/// <summary>Files of measured pulses with something broken in them.</summary>
internal static class BrokenPulses
{
    private const int Pulses = 24;

    /// <summary>A few pulses up and down.</summary>
    internal static byte[] Right { get; } = Encoding.UTF8.GetBytes(string.Join('\n', Lines()));

    /// <summary>One of them.</summary>
    internal static byte[] Of(Random random)
    {
        List<string> lines = [.. Lines()];
        int changes = 1 + random.Next(4);
        for (int i = 0; i < changes; i++)
        {
            int at = random.Next(lines.Count);
            string[] cells = lines[at].Split(',');
            switch (random.Next(9))
            {
                case 0:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(at, lines[at]);
                    break;
                case 2:
                    cells[random.Next(cells.Length)] = random.Any(Nasty.Words);
                    lines[at] = string.Join(',', cells);
                    break;
                case 3:
                    lines[at] = random.Any(["", "#", ",", ",,", "pulse,weight", "pulse;weight;direction", "\"", "1\t2\t3"]);
                    break;
                case 4:
                    lines = [.. lines.Select(line => line.Replace(',', ';'))];
                    break;
                case 5:
                    lines = [.. lines.Take(at)];
                    break;
                case 6:
                    // All of one column.
                    string value = random.Any(Nasty.Numbers);
                    int column = random.Next(3);
                    lines =
                    [
                        .. lines.Select(
                            (line, n) => n == 0 ? line : string.Join(',', line.Split(',').Select((cell, c) => c == column ? value : cell))
                        ),
                    ];
                    break;
                default:
                    cells[random.Next(cells.Length)] = random.Any(Nasty.Numbers);
                    lines[at] = string.Join(',', cells);
                    break;
            }

            if (lines.Count == 0)
            {
                break;
            }
        }

        byte[] bytes = Encoding.UTF8.GetBytes(string.Join(random.Is(0.2) ? "\r\n" : "\n", lines));
        if (random.Is(0.15) && bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static IEnumerable<string> Lines()
    {
        yield return "pulse,weight,direction";
        double w = -0.5;
        for (int i = 0; i <= Pulses; i++)
        {
            int direction = i <= Pulses / 2 ? 1 : -1;
            yield return string.Create(CultureInfo.InvariantCulture, $"{i},{w:R},{direction}");
            w += 0.05 * (direction > 0 ? 1.0 - w : -1.0 - w);
        }
    }
}
