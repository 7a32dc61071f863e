using System.Collections.Generic;
using System.Linq;
using AnalogTheory.Cli.Config;
using AnalogTheory.CSharp;
using AnalogTheory.Runs;

namespace AnalogTheory.Cli.Runs;

/// <summary>Results as tables: averages.csv, one row a point; traces.csv, one row a point and step.</summary>
internal static class ResultTables
{
    // A point of the grid at which no step was averaged.
    private static readonly Estimate s_none = new(double.NaN, double.NaN, 0);

    internal static IEnumerable<ResultFile> Files(Experiment experiment, IReadOnlyList<PointResult> results)
    {
        List<ResultColumn> averages = [.. Grid(experiment, [.. results.Select(result => result.Point)])];
        for (int m = 0; m < experiment.Measures.Count; m++)
        {
            if (results.Any(result => result.Measures[m].Average is not null))
            {
                averages.AddRange(Columns(experiment.Measures[m], [.. results.Select(result => result.Measures[m].Average ?? s_none)]));
            }
        }

        if (!experiment.Parameters.Contains("replicas"))
        {
            averages.Add(ResultColumn.Numbers("replicas", [.. results.Select(result => (double)result.Point.Settings.Replicas)]));
        }

        averages.Add(ResultColumn.Numbers("diverged", [.. results.Select(result => (double)result.Diverged)]));
        yield return ResultFolder.Table("averages.csv", averages);

        (PointResult Result, int Step)[] rows = [.. results.SelectMany(result => result.TracedSteps.Select((_, i) => (result, i)))];
        if (rows.Length > 0)
        {
            List<ResultColumn> traces = [.. Grid(experiment, [.. rows.Select(row => row.Result.Point)])];
            traces.Add(ResultColumn.Numbers("step", [.. rows.Select(row => (double)row.Result.TracedSteps[row.Step])]));
            for (int m = 0; m < experiment.Measures.Count; m++)
            {
                traces.AddRange(Columns(experiment.Measures[m], [.. rows.Select(row => row.Result.Measures[m].Trace[row.Step])]));
            }

            yield return ResultFolder.Table("traces.csv", traces);
        }
    }

    private static IEnumerable<ResultColumn> Grid(Experiment experiment, IReadOnlyList<ExperimentPoint> points) =>
        experiment.Parameters.Select((parameter, i) => ResultColumn.Numbers(parameter, [.. points.Select(point => point.Values[i].Value)]));

    private static IEnumerable<ResultColumn> Columns(string measure, IReadOnlyList<Estimate> estimates) =>
        [
            ResultColumn.Numbers(MeasureNames.Column(measure), [.. estimates.Select(estimate => estimate.Mean)]),
            ResultColumn.Numbers(
                $"{MeasureNames.Column(measure)}_lower",
                [.. estimates.Select(estimate => estimate.Mean - estimate.HalfWidth())]
            ),
            ResultColumn.Numbers(
                $"{MeasureNames.Column(measure)}_upper",
                [.. estimates.Select(estimate => estimate.Mean + estimate.HalfWidth())]
            ),
        ];
}
