using System;
using System.Threading.Tasks;
using AnalogTheory.Kernels.Tests.Golden;
using Xunit.Runner.InProc.SystemConsole;

namespace AnalogTheory.Kernels.Tests;

/// <summary>Runs the tests; with the single argument <c>golden</c>, prints what this process computes instead.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["golden"])
        {
            foreach (string line in GoldenValues.Lines())
            {
                Console.WriteLine(line);
            }

            return 0;
        }

        return await ConsoleRunner.Run(args).ConfigureAwait(false);
    }
}
