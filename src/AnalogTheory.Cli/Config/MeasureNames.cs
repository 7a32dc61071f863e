using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Config;

/// <summary>Measures by their names in config files.</summary>
internal static partial class MeasureNames
{
    private static readonly Dictionary<string, Measure> s_plain = new()
    {
        ["excess"] = Measure.Excess,
        ["gradientNormSquared"] = Measure.GradientNormSquared,
        ["largestWeight"] = Measure.LargestWeight,
        ["largestAuxiliary"] = Measure.LargestAuxiliary,
    };

    private static readonly Dictionary<string, Func<int, Measure>> s_coordinates = new()
    {
        ["weight"] = Measure.Weight,
        ["weightSquared"] = Measure.WeightSquared,
        ["auxiliary"] = Measure.Auxiliary,
        ["auxiliarySquared"] = Measure.AuxiliarySquared,
    };

    private static readonly Dictionary<string, Func<double, double, Measure>> s_saturations = new()
    {
        ["saturation"] = Measure.Saturation,
        ["amplification"] = Measure.Amplification,
        ["unsaturatedGradient"] = Measure.UnsaturatedGradient,
    };

    /// <summary>Names that a config may give; [d] stands for a coordinate.</summary>
    private static IEnumerable<string> Names =>
        [.. s_plain.Keys, .. s_coordinates.Keys.Select(name => $"{name}[d]"), .. s_saturations.Keys];

    /// <summary>The name as a column that spreadsheets and data frames take: <c>gradient_norm_squared</c>, <c>weight_0</c>.</summary>
    internal static string Column(string name) =>
        string.Concat(name.Select(letter => char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{letter}"))
            .Replace("[", "_", StringComparison.Ordinal)
            .Replace("]", "", StringComparison.Ordinal);

    /// <summary>The measure of a name.</summary>
    internal static Measure Read(ConfigFile file, ExperimentConfig config, string name, int index, int dimension, bool hasAuxiliary)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"measures[{index}]");
        if (name is "largestAuxiliary" || name.StartsWith("auxiliary", StringComparison.Ordinal))
        {
            if (!hasAuxiliary)
            {
                throw file.Complaint(path, $"Expected a rule with an auxiliary array for '{name}', such as tiki-taka.");
            }
        }

        if (s_plain.TryGetValue(name, out Measure? measure))
        {
            return measure;
        }

        if (s_saturations.TryGetValue(name, out Func<double, double, Measure>? ofDevice))
        {
            return config.Device is AsymmetricLinearConfig device
                ? ofDevice(device.Radius, device.SymmetricPoint)
                : throw file.Complaint(path, $"Expected a device of the kind asymmetric-linear for '{name}'.");
        }

        if (
            Indexed().Match(name) is { Success: true } match
            && s_coordinates.TryGetValue(match.Groups[1].Value, out Func<int, Measure>? at)
        )
        {
            return
                int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int coordinate)
                && coordinate < dimension
                ? at(coordinate)
                : throw file.Complaint(
                    path,
                    string.Create(CultureInfo.InvariantCulture, $"Expected a coordinate below D = {dimension}, got '{name}'.")
                );
        }

        throw file.Complaint(path, $"Expected one of {string.Join(", ", Names)}, got '{name}'.{Nearest.Hint(name, Names)}");
    }

    [GeneratedRegex(@"^(\w+)\[(\d+)\]$")]
    private static partial Regex Indexed();
}
