using System;
using System.Collections.Generic;
using System.Linq;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Elements;
using AnalogTheory.Tiles.Tests.Reference;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Devices;

/// <summary>What differs from element to element, as AIHWKIT draws it.</summary>
public class ElementStatisticsTests
{
    private const int Side = 256;

    private static readonly Dictionary<string, string> s_kinds = new()
    {
        ["SBR"] = "SoftBoundsReference",
        ["LS"] = "LinearStep",
        ["SB"] = "SoftBounds",
        ["PS"] = "PowStep",
        ["CS"] = "ConstantStep",
    };

    public static TheoryData<string> Files => ReferenceFile.Named("dtod_stats*.csv");

    [Theory]
    [MemberData(nameof(Files))]
    public void Elements_differ_as_the_kit_s(string name)
    {
        ReferenceFile file = ReferenceFile.Open(name);
        Dictionary<string, ElementDraws> drawn = [];
        for (int row = 0; row < file.Rows; row++)
        {
            string config = file.Text(row, "config");
            if (!drawn.TryGetValue(config, out ElementDraws? draws))
            {
                draws = ElementDraws.Of(Device(config, file.Text(row, "description")), Side, Side, (ulong)drawn.Count + 1);
                drawn[config] = draws;
            }

            double[] values = Hidden(draws, file.Text(row, "hidden_parameter"));
            Sample sample = new();
            Array.ForEach(values, sample.Add);
            long n = (long)file.Number(row, "n");
            double deviation = file.Number(row, "std");

            // 1/b has no variance; a number hundreds of deviations out tells that moments say nothing. The share of negative ones still does.
            double furthest = Math.Max(Math.Abs(file.Number(row, "min")), Math.Abs(file.Number(row, "max")));
            bool hasMoments = furthest <= 200.0 * deviation + Math.Abs(file.Number(row, "mean"));
            double ofMean = hasMoments ? sample.OfMean(file.Number(row, "mean"), deviation / Math.Sqrt(n), 1e-9) : 0.0;
            double ofDeviation = hasMoments ? sample.OfDeviation(deviation, n, 1e-7 * Math.Abs(sample.Mean) + 1e-9) : 0.0;
            double share = file.Number(row, "fraction_negative");
            double ofShare =
                (values.Count(value => value < 0.0) / (double)values.Length - share)
                / Math.Sqrt((share * (1.0 - share) * ((1.0 / n) + (1.0 / values.Length))) + 1e-12);
            Array.ForEach([ofMean, ofDeviation, ofShare], z => Agreement.Errors("dtod", name, z));
            Assert.True(
                Math.Abs(ofMean) < 4.0 && Math.Abs(ofDeviation) < 4.0 && Math.Abs(ofShare) < 4.0,
                $"{config} {file.Text(row, "hidden_parameter")}: z of mean {ofMean}, of deviation {ofDeviation}, of the negative share {ofShare}."
            );
        }
    }

    private static DeviceSettings Device(string config, string description)
    {
        DeviceSettings device = KitDevice.With(KitDevice.Named(s_kinds[config.Split('_')[0]]), ReferenceFile.Parameters(description));
        device = device with { LogNormalGranularity = description.Contains("dw_min_dtod_log_normal", StringComparison.Ordinal) };

        // The kit moves the reset's target with the symmetric point; these numbers have that in them.
        return device is SoftBoundsReferenceDevice soft && description.Contains("subtract_symmetry_point", StringComparison.Ordinal)
            ? soft with
            {
                SubtractSymmetricPoint = true,
                ResetFollowsSymmetricPoint = true,
            }
            : device;
    }

    private static double[] Hidden(ElementDraws draws, string parameter)
    {
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, draws.Count).Select(value)];
        bool hasReference = draws.Values.Length == Parameter.Law + 3;
        double Reference(int e) => hasReference ? -draws.Law(2)[e] : 0.0;
        return parameter switch
        {
            "max_bound" => Each(e => draws.Upper[e] + Reference(e)),
            "min_bound" => Each(e => draws.Lower[e] + Reference(e)),
            "dwmin_up" => Each(e => draws.StepUp[e]),
            "dwmin_down" => Each(e => draws.StepDown[e]),
            "reset_bias" => draws.ResetTarget,
            "reference" => Each(Reference),
            "slope_up" => Each(e => -draws.StepUp[e] * draws.Law(0)[e]),
            "slope_down" => Each(e => -draws.StepDown[e] * draws.Law(1)[e]),
            "gamma_up" => Each(e => draws.Law(2)[e]),
            "gamma_down" => Each(e => draws.Law(3)[e]),
            _ => throw new ArgumentException($"Expected a parameter of an element, got {parameter}.", nameof(parameter)),
        };
    }
}
