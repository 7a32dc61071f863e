using System;

namespace AnalogTheory.CSharp;

/// <summary>What a check may spend, and with what; checked when it is made, changed by <c>with</c>. The defaults are the ledger's.</summary>
public sealed record CheckSettings
{
    /// <summary>Seed of the committed ledger: the day of arXiv 2406.12774v1.</summary>
    public const ulong LedgerSeed = 20240618;

    /// <summary>The ledger's settings, without a solver.</summary>
    public CheckSettings() { }

    /// <summary>δ in (0, 1): the chance that any sampled verdict of the whole check is wrong is at most this. 10⁻⁶ is the default.</summary>
    /// <exception cref="ArgumentException">δ is not in (0, 1).</exception>
    public double Delta
    {
        get;
        init
        {
            Require.between("delta", 0.0, 1.0, value);
            field = value;
        }
    } = 1e-6;

    /// <summary>Most replicas per instance of a sampled claim, in [0, 2³²]; 0 leaves it undecided. 65,536 is the default.</summary>
    /// <exception cref="ArgumentException">The number is outside its range.</exception>
    public long Samples
    {
        get;
        init
        {
            Require.within("samples", 0.0, 4294967296.0, value);
            field = value;
        }
    } = 1L << 16;

    /// <summary>Seed of all randomness; equal seeds give equal verdicts on any number of threads.</summary>
    public ulong Seed { get; init; } = LedgerSeed;

    /// <summary>Worker threads, ≥ 0; 0, the default, is one per processor. Verdicts do not depend on it.</summary>
    /// <exception cref="ArgumentException">The number is below 0.</exception>
    public int Threads
    {
        get;
        init
        {
            Require.atLeast("threads", 0, value);
            field = value;
        }
    }

    /// <summary>A solver for the algebraic claims; null, the default, leaves them undecided.</summary>
    public Solver? Solver { get; init; }
}
