using System.Collections.Generic;
using System.Linq;
using AnalogTheory.CSharp;
using AnalogTheory.Plotting;
using AnalogTheory.Runs;

namespace AnalogTheory.Cli.Commands;

/// <summary>Fits as files: a table of laws, the residuals of the best, its picture with the measured steps, and its device as a config file.</summary>
internal static class FitFiles
{
    private const int Points = 401;

    internal static IReadOnlyList<ResultFile> Of(PulseSeries series, FitComparison comparison)
    {
        DeviceFit best = comparison.Best;
        return
        [
            ResultFolder.Table(
                "fits.csv",
                [
                    ResultColumn.Texts("law", [.. comparison.Fits.Select(fit => fit.Law)]),
                    ResultColumn.Numbers("aicc_difference", comparison.Differences),
                    ResultColumn.Numbers("weight", comparison.Weights),
                    ResultColumn.Numbers("granularity", [.. comparison.Fits.Select(fit => fit.Granularity.Value)]),
                    ResultColumn.Numbers("symmetric_point", [.. comparison.Fits.Select(fit => fit.SymmetricPoint?.Value ?? double.NaN)]),
                    ResultColumn.Numbers("residual_deviation", [.. comparison.Fits.Select(fit => fit.ResidualDeviation)]),
                    ResultColumn.Numbers("r_squared", [.. comparison.Fits.Select(fit => fit.RSquared)]),
                    ResultColumn.Numbers("lack_of_fit_p", [.. comparison.Fits.Select(fit => fit.LackOfFit.PValue)]),
                    ResultColumn.Texts("parameters", [.. comparison.Fits.Select(fit => string.Join("; ", fit.Parameters))]),
                ]
            ),
            ResultFolder.Table(
                "residuals.csv",
                [
                    ResultColumn.Texts("device", [.. best.Residuals.Select(residual => residual.Device)]),
                    ResultColumn.Texts("trace", [.. best.Residuals.Select(residual => residual.Trace)]),
                    ResultColumn.Numbers("pulse", [.. best.Residuals.Select(residual => (double)residual.Pulse)]),
                    ResultColumn.Numbers("direction", [.. best.Residuals.Select(residual => (double)residual.Direction)]),
                    ResultColumn.Numbers("weight", [.. best.Residuals.Select(residual => residual.Weight)]),
                    ResultColumn.Numbers("residual", [.. best.Residuals.Select(residual => residual.Residual)]),
                    ResultColumn.Numbers("standardised", [.. best.Residuals.Select(residual => residual.Standardised)]),
                ]
            ),
            .. Pictures.OfResponse("fit", Picture(series, best)),
            new ResultFile("device.json", Config.FittedConfig.Of(series.Origin, best)),
        ];
    }

    private static PictureResponse Picture(PulseSeries series, DeviceFit fit)
    {
        MeasuredSteps steps = MeasuredSteps.Of(series, fit.Granularity.Value);
        double lower = series.Traces.SelectMany(trace => trace.Weights).Min();
        double upper = series.Traces.SelectMany(trace => trace.Weights).Max();
        double[] weights = [.. Enumerable.Range(0, Points).Select(i => lower + i * (upper - lower) / (Points - 1))];
        return new(
            $"{fit.Law}, fitted",
            weights,
            [.. weights.Select(fit.Device.Up)],
            [.. weights.Select(fit.Device.Down)],
            fit.SymmetricPoint?.Value ?? double.NaN,
            fit.Law,
            steps.UpWeights,
            steps.Up,
            steps.DownWeights,
            steps.Down
        );
    }
}
