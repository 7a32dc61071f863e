using System;
using System.Threading;

namespace AnalogTheory.Cli.Tests;

/// <summary>Stops once a share of the work is done.</summary>
internal sealed class StopAt(double share, CancellationTokenSource stop) : IProgress<double>
{
    public void Report(double value)
    {
        if (value > share)
        {
            stop.Cancel();
        }
    }
}
