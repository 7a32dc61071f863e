using System.Threading;

namespace AnalogTheory.CSharp;

/// <summary>The replicas that a sampled claim of one's own is asked for: <c>First</c>, <c>First</c> + 1, … of a seed.</summary>
/// <param name="Seed">Seed of the instance; a replica of a seed is the same whatever batch it comes in.</param>
/// <param name="First">Number of the first replica.</param>
/// <param name="Count">How many; one margin is expected for each.</param>
/// <param name="Threads">Worker threads to use; 0 is one per processor. Margins must not depend on it.</param>
/// <param name="Cancellation">Stops the check.</param>
public readonly record struct ReplicaBatch(ulong Seed, uint First, int Count, int Threads, CancellationToken Cancellation)
{
    /// <summary>Settings of an ensemble of exactly these replicas.</summary>
    /// <param name="steps">K ≥ 0, the number of steps.</param>
    /// <returns>The settings, which measure nothing yet.</returns>
    /// <exception cref="System.ArgumentException">K is below 0.</exception>
    public EnsembleSettings Ensemble(long steps) => new(Count, steps, Seed) { FirstReplica = First, Threads = Threads };
}
