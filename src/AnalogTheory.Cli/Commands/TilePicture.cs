using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AnalogTheory.Plotting;
using AnalogTheory.Tiles.Devices;

namespace AnalogTheory.Cli.Commands;

/// <summary>The response of a published device and its step factors, with the middle 80 % of its elements.</summary>
internal static class TilePicture
{
    private const int Points = 121;

    /// <summary>Writes the picture as SVG and PNG.</summary>
    /// <returns>The files.</returns>
    internal static IEnumerable<string> Save(string folder, DevicePreset preset, int elements, ulong seed)
    {
        DeviceSample sample = new(preset.Device, elements, seed);
        DeviceSample mean = new(preset.Device.WithoutSpread(), 1, seed);
        Plate plate = Chart.Row($"Response of {preset.Name}", Response(preset.Device, mean, sample), Factors(mean, sample));
        foreach (string extension in new[] { "svg", "png" })
        {
            string path = Path.Combine(folder, $"{preset.Name}.{extension}");
            PlateFile.Save(path, plate);
            yield return path;
        }
    }

    // Twice the pulses that equal steps would need from one bound to the other, so that soft bounds are seen; up, then down.
    private static Chart Response(DeviceSettings device, DeviceSample mean, DeviceSample sample)
    {
        int pulses = (int)Math.Max(20.0, Math.Ceiling(2.0 * (device.UpperBound - device.LowerBound) / device.PulseGranularity));
        int[] at = [.. Enumerable.Range(0, Points).Select(i => (int)((long)i * 2 * pulses / (Points - 1)))];
        double[] nominal = mean.Response(0, device.LowerBound, pulses, pulses);
        double[][] all = [.. Enumerable.Range(0, sample.Count).Select(e => sample.Response(e, device.LowerBound, pulses, pulses))];
        double[] x = [.. at.Select(n => (double)n)];
        (double[] low, double[] high) = Band(at.Select(n => all.Select(weights => weights[n])));
        return new Chart("Response", "Pulses, up then down", "Weight *w*")
            .Band("mean element, and the middle 80 %", x, low, high)
            .Line("mean element, and the middle 80 %", x, [.. at.Select(n => nominal[n])]);
    }

    private static Chart Factors(DeviceSample mean, DeviceSample sample)
    {
        (double from, double to) = (mean.Lower(0), mean.Upper(0));
        double[] w = [.. Enumerable.Range(0, Points).Select(i => i == Points - 1 ? to : from + (i * (to - from) / (Points - 1)))];
        double[] up = [.. w.Select(weight => mean.Up(0, weight))];
        double[] down = [.. w.Select(weight => mean.Down(0, weight))];
        (double[] upLow, double[] upHigh) = Band(w.Select(weight => Enumerable.Range(0, sample.Count).Select(e => sample.Up(e, weight))));
        (double[] downLow, double[] downHigh) = Band(
            w.Select(weight => Enumerable.Range(0, sample.Count).Select(e => sample.Down(e, weight)))
        );
        return new Chart("Step factors", "Weight *w*", "Step / Δ*w*_{min}")
            .Band("*q*_{+}", w, upLow, upHigh)
            .Line("*q*_{+}", w, up)
            .Band("*q*_{−}", w, downLow, downHigh)
            .Line("*q*_{−}", w, down)
            .Line("*F*", w, [.. up.Zip(down, (a, b) => 0.5 * (a + b))])
            .Line("*G*", w, [.. up.Zip(down, (a, b) => 0.5 * (b - a))]);
    }

    private static (double[] Low, double[] High) Band(IEnumerable<IEnumerable<double>> columns)
    {
        Spread[] spreads = [.. columns.Select(values => Spread.Of("", values))];
        return ([.. spreads.Select(spread => spread.Low)], [.. spreads.Select(spread => spread.High)]);
    }
}
