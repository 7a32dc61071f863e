using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using AnalogTheory.Cli.Display;

namespace AnalogTheory.Cli.Tests.Malformed;

/// <summary>A command line with the files that it may read.</summary>
/// <param name="Arguments">The words.</param>
/// <param name="Files">Names and bytes.</param>
internal sealed record MalformedCall(string[] Arguments, IReadOnlyDictionary<string, byte[]> Files)
{
    public override string ToString()
    {
        string words = string.Join(' ', Arguments.Select(word => $"[{Short(word)}]"));
        string[] read =
        [
            .. Files
                .Where(file => Arguments.Contains(file.Key))
                .Select(file => $"{file.Key}: {Short(Encoding.UTF8.GetString(file.Value), 900)}"),
        ];
        return read.Length == 0 ? words : $"{words}\n    {string.Join("\n    ", read)}";
    }

    private static string Short(string text, int most = 80) => text.Length > most ? text[..most] + "…" : text;
}

/// <summary>Command lines that are mostly wrong, each a function of its number: right ones with something broken in them.</summary>
internal static class MalformedCalls
{
    private static readonly (string Name, string[] Options)[] s_commands =
    [
        .. Samples
            .Commands(Tool.Root(new ToolConsole(TextWriter.Null, TextWriter.Null, ".")))
            .Select(command => (command.Name, command.Command.Options.Select(option => option.Name).ToArray())),
    ];

    /// <summary>The call with a number.</summary>
    internal static MalformedCall At(int seed, int number)
    {
        Random random = new(unchecked((seed * 1_000_003) + number));
        return random.NextDouble() switch
        {
            < 0.50 => OfConfig(random),
            < 0.58 => OfPulses(random),
            _ => OfWords(random),
        };
    }

    private static MalformedCall OfConfig(Random random)
    {
        Dictionary<string, byte[]> files = Files();
        files["broken.json"] = BrokenConfig.Of(random);
        string[] words = random.Next(6) switch
        {
            0 => ["assumptions", "broken.json"],
            1 => ["device", "describe", "broken.json", "--points", "3"],
            2 => ["zero-shift", "broken.json", "--replicas", "4", "--pulses", "10"],
            _ => ["simulate", "broken.json", "--threads", "1"],
        };
        return new(random.Is(0.3) ? [.. words, "--json"] : words, files);
    }

    private static MalformedCall OfPulses(Random random)
    {
        Dictionary<string, byte[]> files = Files();
        files["broken.csv"] = BrokenPulses.Of(random);
        string[] words = random.Next(5) switch
        {
            0 => ["device", "describe", "broken.csv"],
            1 => ["device", "plot", "broken.csv", "--out", "out"],
            2 => ["zero-shift", "broken.csv", "--replicas", "4", "--pulses", "10"],
            3 => ["device", "fit", "broken.csv", "--scale", random.Any(Nasty.Numbers), "--offset", random.Any(Nasty.Numbers)],
            _ => ["device", "fit", "broken.csv", "--out", "fit"],
        };
        return new(words, files);
    }

    // Words are dropped, doubled, swapped and replaced.
    private static MalformedCall OfWords(Random random)
    {
        (string name, string[] options) = random.Any(s_commands);
        List<string> words = [.. name.Split(' '), .. Samples.Right[name]];
        int changes = random.Is(0.6) ? 1 : 1 + random.Next(3);
        for (int i = 0; i < changes; i++)
        {
            string nasty = random.Any(random.Is(0.5) ? Nasty.Numbers : Nasty.Words);
            int at = random.Next(words.Count);
            switch (random.Next(8))
            {
                case 0 when words.Count > 1:
                    words.RemoveAt(at);
                    break;
                case 1:
                    words[at] = nasty;
                    break;
                case 2:
                    words.Insert(at, nasty);
                    break;
                case 3:
                    words.Add(words[at]);
                    break;
                case 4 when options.Length > 0:
                    words.Add(random.Any(options));
                    break;
                case 5 when options.Length > 0:
                    words.Add($"{random.Any(options)}={nasty}");
                    break;
                default:
                    if (options.Length > 0)
                    {
                        words.Add(random.Any(options));
                        words.Add(nasty);
                    }

                    break;
            }
        }

        return new([.. words], Files());
    }

    private static Dictionary<string, byte[]> Files() =>
        new()
        {
            ["experiment.json"] = Encoding.UTF8.GetBytes(Samples.Experiment.Replace("200", "20", StringComparison.Ordinal)),
            ["pulses.csv"] = BrokenPulses.Right,
        };
}
