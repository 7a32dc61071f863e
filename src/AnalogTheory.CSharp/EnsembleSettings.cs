using System;
using System.Collections.Immutable;

namespace AnalogTheory.CSharp;

/// <summary>What an ensemble runs and looks at; checked when it is made, changed by <c>with</c>.</summary>
public sealed record EnsembleSettings
{
    /// <summary>R replicas for K steps, measuring nothing yet.</summary>
    /// <param name="replicas">R ≥ 1.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="seed">Seed of all randomness; replica r of a seed is the same chain whatever else runs.</param>
    /// <exception cref="ArgumentException">R is below 1, or K below 0.</exception>
    public EnsembleSettings(int replicas, long steps, ulong seed)
    {
        Replicas = replicas;
        Steps = steps;
        Seed = seed;
    }

    /// <summary>R ≥ 1, the number of independent replicas.</summary>
    /// <exception cref="ArgumentException">R is below 1.</exception>
    public int Replicas
    {
        get;
        init => field = (int)AtLeast(1, value, "replicas");
    }

    /// <summary>K ≥ 0, the number of steps.</summary>
    /// <exception cref="ArgumentException">K is below 0.</exception>
    public long Steps
    {
        get;
        init => field = AtLeast(0, value, "steps");
    }

    /// <summary>
    /// Seed of all randomness. Seeds that differ in one bit give unrelated numbers; equal seeds give equal bits on every machine.
    /// </summary>
    public ulong Seed { get; init; }

    /// <summary>What to measure of each replica.</summary>
    /// <exception cref="ArgumentException">The array is <c>default</c> or holds a null.</exception>
    public ImmutableArray<Measure> Measures
    {
        get;
        init => field = Edge.WithoutNulls(value, "measures");
    } = [];

    /// <summary>Records the measures at steps 0, t, 2t, … ≤ K; 0, the default, records no trace.</summary>
    /// <exception cref="ArgumentException">t is below 0.</exception>
    public long TraceEvery
    {
        get;
        init => field = AtLeast(0, value, "traceEvery");
    }

    /// <summary>
    /// Averages the measures over steps k in [AverageFrom, K). Null, the default, is K/2: the first half is left to the transient, and
    /// whether that is enough a trace shows. K or more averages nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The step is below 0.</exception>
    public long? AverageFrom
    {
        get;
        init => field = value is null ? null : AtLeast(0, value.Value, "averageFrom");
    }

    /// <summary>Number of the first replica, so that an ensemble can be computed in parts; 0 is the default.</summary>
    public uint FirstReplica { get; init; }

    /// <summary>Worker threads, ≥ 0; 0, the default, is one per processor. Results do not depend on it.</summary>
    /// <exception cref="ArgumentException">The number is below 0.</exception>
    public int Threads
    {
        get;
        init => field = (int)AtLeast(0, value, "threads");
    }

    internal long AveragedFrom => AverageFrom ?? Steps / 2;

    private static long AtLeast(long least, long value, string name)
    {
        Require.atLeast(name, least, value);
        return value;
    }
}
