using System;
using System.Threading;
using System.Threading.Tasks;
using Spectre.Console;

namespace AnalogTheory.Cli.Display;

/// <summary>Shows how far work has come, if it takes more than a second and somebody looks at a terminal.</summary>
internal static class ProgressBar
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Does work and shows its progress.</summary>
    internal static async Task<T> While<T>(ToolConsole console, string label, Func<IProgress<double>, Task<T>> work)
    {
        Fraction fraction = new(console.Watch);
        Task<T> task = work(fraction);
        if (!console.IsErrorTerminal || await Ends(task, s_patience))
        {
            return await task;
        }

        await console
            .Messages()
            .Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask(Markup.Escape(label));
                while (!await Ends(task, TimeSpan.FromMilliseconds(100)))
                {
                    bar.Value = 100.0 * fraction.Value;
                }
            });
        return await task;
    }

    /// <summary>Does work that cannot tell how far it has come.</summary>
    internal static async Task<T> While<T>(ToolConsole console, string label, Func<Task<T>> work)
    {
        Task<T> task = work();
        if (console.IsErrorTerminal && !await Ends(task, s_patience))
        {
            await console
                .Messages()
                .Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new SpinnerColumn(), new ElapsedTimeColumn())
                .StartAsync(async context =>
                {
                    context.AddTask(Markup.Escape(label)).IsIndeterminate = true;
                    while (!await Ends(task, TimeSpan.FromMilliseconds(100))) { }
                });
        }

        return await task;
    }

    // Whether the work ended, well or badly, within the time.
    private static async Task<bool> Ends(Task task, TimeSpan time) => await Task.WhenAny(task, Task.Delay(time)) == task;

    private sealed class Fraction(IProgress<double>? watch) : IProgress<double>
    {
        private double _value;

        public double Value => Volatile.Read(ref _value);

        public void Report(double value)
        {
            Volatile.Write(ref _value, value);
            watch?.Report(value);
        }
    }
}
