using System;
using System.Collections.Generic;

namespace AnalogTheory.Cli.Runs;

/// <summary>How the replicas of a point are cut into parts, each of which runs on one thread and is kept when it is finished.</summary>
/// <remarks>
/// It depends on their number only, so that results are the same whether a run was stopped or not, on any machine. Up to a million replicas
/// every one's averages are kept; beyond that only the mean and spread of each part, so that the memory no longer grows with their number.
/// </remarks>
internal static class ReplicaBlocks
{
    private const int Least = 64;
    private const int Most = 4096;
    private const int MostParts = 256;
    private const int MostSingle = MostParts * Most;

    /// <summary>Replicas of one part, the last one perhaps aside.</summary>
    internal static int Size(int replicas)
    {
        long share = ((long)replicas + MostParts - 1) / MostParts;
        return (int)Math.Clamp((share + Least - 1) / Least * Least, Least, Most);
    }

    /// <summary>Whether a part keeps the mean and spread of its replicas' averages, and not each of them.</summary>
    internal static bool AreSummed(int replicas) => replicas > MostSingle;

    /// <summary>The parts, in their order.</summary>
    internal static IEnumerable<(int First, int Replicas)> Of(int replicas) => Of(replicas, Size(replicas));

    /// <summary>Parts of a given size, the last one perhaps aside.</summary>
    internal static IEnumerable<(int First, int Replicas)> Of(int replicas, int size)
    {
        for (long first = 0; first < replicas; first += size)
        {
            yield return ((int)first, (int)Math.Min(size, replicas - first));
        }
    }
}
