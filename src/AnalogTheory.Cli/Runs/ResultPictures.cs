using System.Collections.Generic;
using System.Linq;
using AnalogTheory.Cli.Config;
using AnalogTheory.CSharp;
using AnalogTheory.Plotting;
using AnalogTheory.Runs;

namespace AnalogTheory.Cli.Runs;

/// <summary>Results as pictures: averages over a grid, traces against the step.</summary>
internal static class ResultPictures
{
    private const int MostCurves = 7;

    internal static IEnumerable<ResultFile> Files(Experiment experiment, IReadOnlyList<PointResult> results)
    {
        bool isAveraged = results.All(result => result.Measures.All(measure => measure.Average is not null));
        IReadOnlyList<ResultFile> grid =
            experiment.Parameters.Count is 1 or 2 && results.Count > 1 && isAveraged && experiment.Measures.Count > 0
                ? Pictures.OfGrid("averages", experiment.Title, experiment.Parameters[^1], [.. Panels(experiment, results, GridCurves)])
                : [];
        IReadOnlyList<ResultFile> traces =
            results.All(result => result.TracedSteps.Length > 1) && results.Count <= MostCurves && experiment.Measures.Count > 0
                ? Pictures.OfTraces("traces", experiment.Title, [.. Panels(experiment, results, TraceCurves)])
                : [];
        return [.. grid, .. traces];
    }

    private delegate IEnumerable<PictureCurve> Curves(IReadOnlyList<PointResult> results, int measure);

    private static IEnumerable<PicturePanel> Panels(Experiment experiment, IReadOnlyList<PointResult> results, Curves curves) =>
        Enumerable
            .Range(0, experiment.Measures.Count)
            .Select(m => new PicturePanel(results[0].Measures[m].Symbol, [.. curves(results, m)], double.NaN, ""));

    // With two parameters, one curve for each value of the first.
    private static IEnumerable<PictureCurve> GridCurves(IReadOnlyList<PointResult> results, int measure) =>
        results
            .GroupBy(result => result.Point.Values.Count > 1 ? Short([result.Point.Values[0]]) : "")
            .Take(MostCurves)
            .Select(group =>
                Curve(
                    group.Key,
                    group.Select(result => result.Point.Values[^1].Value),
                    group.Select(result => result.Measures[measure].Average!.Value)
                )
            );

    private static IEnumerable<PictureCurve> TraceCurves(IReadOnlyList<PointResult> results, int measure) =>
        results.Select(result =>
            Curve(Short(result.Point.Values), result.TracedSteps.Select(step => (double)step), result.Measures[measure].Trace)
        );

    // A legend has room for the last word of a path.
    private static string Short(IEnumerable<KeyValuePair<string, double>> values) =>
        string.Join(", ", values.Select(value => ResultReport.Where(KeyValuePair.Create(value.Key.Split('.')[^1], value.Value))));

    private static PictureCurve Curve(string name, IEnumerable<double> x, IEnumerable<Estimate> y)
    {
        Estimate[] estimates = [.. y];
        return new(
            name,
            [.. x],
            [.. estimates.Select(estimate => estimate.Mean)],
            [.. estimates.Select(estimate => estimate.Mean - estimate.HalfWidth())],
            [.. estimates.Select(estimate => estimate.Mean + estimate.HalfWidth())]
        );
    }
}
