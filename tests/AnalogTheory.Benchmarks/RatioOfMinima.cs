using System;
using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace AnalogTheory.Benchmarks;

/// <summary>Least time over the baseline's least time: what a ratio of means becomes on a machine that others use too.</summary>
internal sealed class RatioOfMinima : IColumn
{
    public string Id => nameof(RatioOfMinima);

    public string ColumnName => "Min ratio";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Baseline;

    public int PriorityInCategory => 1;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Min / Min of the group's baseline";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        string? group = summary.GetLogicalGroupKey(benchmarkCase);
        BenchmarkCase? baseline = summary.BenchmarksCases.FirstOrDefault(other =>
            summary.IsBaseline(other) && summary.GetLogicalGroupKey(other) == group
        );
        double? ratio = Least(summary, benchmarkCase) / Least(summary, baseline);
        return ratio?.ToString("0.000", CultureInfo.InvariantCulture) ?? "?";
    }

    private static double? Least(Summary summary, BenchmarkCase? benchmark) =>
        benchmark is null ? null : summary[benchmark]?.ResultStatistics?.Min;
}
