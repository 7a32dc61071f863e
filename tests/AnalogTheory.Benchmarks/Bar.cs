using System;
using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace AnalogTheory.Benchmarks;

/// <summary>The largest ratio of minima to the group's baseline that a benchmark should have.</summary>
/// <param name="ratio">Largest ratio, &gt; 0.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BarAttribute(double ratio) : Attribute
{
    public double Ratio { get; } = ratio;
}

/// <summary>Prints a benchmark's bar beside its ratio of minima.</summary>
internal sealed class BarColumn : IColumn
{
    public string Id => nameof(BarColumn);

    public string ColumnName => "Bar";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Baseline;

    public int PriorityInCategory => 2;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Largest min ratio that the benchmark should have";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<BarAttribute>()?.Ratio.ToString("0.000", CultureInfo.InvariantCulture)
        ?? "";
}
