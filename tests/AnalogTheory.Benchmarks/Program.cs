using System.Globalization;
using AnalogTheory.Benchmarks.Bars;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace AnalogTheory.Benchmarks;

/// <summary>Runs the benchmarks that the command line names: <c>dotnet run -c Release -- --filter *Sampling*</c>.</summary>
/// <remarks>
/// <c>-- bars</c> prints the ratios of tiles and trainings with their bars instead, in half a minute.
/// In one process and with short iterations, so that a class takes about a minute. A bar is a ratio within one run, or nanoseconds per operation on
/// a quiet machine; the table names the processor and the runtime. Times are per number, element or replica-step, not per call.
/// </remarks>
internal static class Program
{
    private static void Main(string[] args)
    {
        if (args is ["bars", ..])
        {
            BarTable.Print(args.Length > 1 ? args[1] : "", args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 10.0);
            return;
        }

        Job job = Job
            .Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(4)
            .WithIterationCount(12)
            .WithIterationTime(TimeInterval.FromMilliseconds(150));
        IConfig config = ManualConfig
            .CreateEmpty()
            .AddJob(job)
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddColumn(StatisticColumn.Min, new RatioOfMinima());
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
    }
}
