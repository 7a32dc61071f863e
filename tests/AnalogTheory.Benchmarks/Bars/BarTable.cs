using System;
using System.Collections.Generic;
using System.Globalization;

namespace AnalogTheory.Benchmarks.Bars;

/// <summary>Prints times and bars of tiles and of trainings: <c>dotnet run -c Release -- bars</c>, half a minute.</summary>
/// <remarks>BenchmarkDotNet runs one benchmark after the other, so a ratio on a machine that others use is a ratio of two moments. Here the sides of a ratio take
/// turns every few milliseconds, and the least times count.</remarks>
internal static class BarTable
{
    /// <summary>Measures and prints.</summary>
    /// <param name="only">"tiles", "reads", "trainings" or "convolutions"; empty for all.</param>
    /// <param name="seconds">Time for each table.</param>
    internal static void Print(string only, double seconds)
    {
        foreach ((string name, Func<(List<Work> Works, List<Bar> Bars)> make) in Tables)
        {
            if (only.Length > 0 && only != name)
            {
                continue;
            }

            (List<Work> works, List<Bar> bars) = make();
            Dictionary<string, double> times = LeastTimes.Of(works, TimeSpan.FromSeconds(seconds));
            Console.WriteLine();
            Console.WriteLine($"## {name}");
            foreach (Work work in works)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {work.Name, -72} | {times[work.Name], 12:0.000} ns |"));
            }

            Console.WriteLine();
            foreach (Bar bar in bars)
            {
                Console.WriteLine(bar.Line(times));
            }
        }
    }

    private static List<(string Name, Func<(List<Work> Works, List<Bar> Bars)> Make)> Tables =>
        [
            ("tiles", TileBars.Updates),
            ("reads", TileBars.Reads),
            ("trainings", TrainingBars.Images),
            ("convolutions", TrainingBars.Convolutions),
        ];
}
