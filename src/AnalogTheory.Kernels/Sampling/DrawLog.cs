using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace AnalogTheory.Kernels.Sampling;

/// <summary>A rectangle of the random words of one key and purpose: consecutive words of consecutive replicas.</summary>
/// <param name="Key">64-bit key.</param>
/// <param name="Purpose">Purpose tag.</param>
/// <param name="FirstReplica">First replica.</param>
/// <param name="Replicas">Number of replicas.</param>
/// <param name="FirstWord">First word of the stream: block·4 + word within the block.</param>
/// <param name="Words">Number of words.</param>
internal readonly record struct DrawnWords(ulong Key, uint Purpose, uint FirstReplica, int Replicas, ulong FirstWord, ulong Words)
{
    /// <summary>Whether a word belongs to both.</summary>
    /// <param name="other">Another rectangle.</param>
    internal bool Overlaps(DrawnWords other) =>
        Key == other.Key
        && Purpose == other.Purpose
        && FirstReplica < (ulong)other.FirstReplica + (ulong)other.Replicas
        && other.FirstReplica < (ulong)FirstReplica + (ulong)Replicas
        && FirstWord < other.FirstWord + other.Words
        && other.FirstWord < FirstWord + Words;
}

/// <summary>Which random words a run draws, for the tests that no word serves twice; records nothing unless a test asks.</summary>
/// <remarks>
/// Keys derived from other keys are no draws. Only what the asking thread draws is recorded, so a run has to be single-threaded. Numbers of a float stream are
/// counted as one word each: 64 of them come from the same 64 words, in another order.
/// </remarks>
internal static class DrawLog
{
    [ThreadStatic]
    private static List<DrawnWords>? t_drawn;

    private static volatile bool s_isOn;

    /// <summary>Whether a test has asked on any thread.</summary>
    internal static bool IsOn => s_isOn;

    /// <summary>What a piece of work draws on the calling thread.</summary>
    /// <param name="work">Work.</param>
    /// <returns>The words, in the order in which they were drawn.</returns>
    internal static IReadOnlyList<DrawnWords> Of(Action work)
    {
        List<DrawnWords> drawn = [];
        t_drawn = drawn;
        s_isOn = true;
        try
        {
            work();
        }
        finally
        {
            t_drawn = null;
        }

        return drawn;
    }

    /// <summary>Notes elements of a stream.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="firstReplica">First replica.</param>
    /// <param name="replicas">Number of replicas.</param>
    /// <param name="firstElement">First element.</param>
    /// <param name="elements">Number of elements.</param>
    /// <param name="wordsPerElement">1 for uniforms and for normals in single precision, 2 for normals.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined, it would use up temporaries that the caller's loop needs: ILanes
    internal static void Note(
        ulong key,
        uint purpose,
        uint firstReplica,
        int replicas,
        ulong firstElement,
        long elements,
        uint wordsPerElement
    )
    {
        if (s_isOn && t_drawn is { } drawn && elements > 0)
        {
            drawn.Add(new(key, purpose, firstReplica, replicas, firstElement * wordsPerElement, (ulong)elements * wordsPerElement));
        }
    }
}
