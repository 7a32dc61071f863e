using System;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>A digital accumulator in front of an array: it takes up what is read and lets go of whole pulses.</summary>
/// <remarks>
/// H' = (1 − decay)·H + scale·read; where |H'| reaches the threshold, n = trunc(H'/threshold), at most the circuit's bit length, are fired, and H' is left at
/// momentum·H' (if it forgets) or loses (1 − momentum)·n·threshold.
/// </remarks>
/// <param name="Momentum">Share that stays, in [0, 1).</param>
/// <param name="Forgets">Whether the rest below a whole pulse is forgotten with it.</param>
/// <param name="Decay">Share that is lost before every read, in [0, 1).</param>
/// <param name="Cap">Largest |H| in thresholds, 0 for none; only where nothing is forgotten.</param>
internal readonly record struct PulseBuffer(double Momentum, bool Forgets, double Decay, double Cap)
{
    /// <summary>Takes up a line and lets go of pulses.</summary>
    /// <param name="buffer">H along the line; changed in place.</param>
    /// <param name="read">What is added, before <paramref name="scale"/>; receives −n, what <see cref="Line.Send"/> takes.</param>
    /// <param name="scale">Factor on what was read.</param>
    /// <param name="threshold">What one pulse weighs in the buffer.</param>
    /// <param name="mostPulses">Most pulses at once.</param>
    /// <returns>Whether anything is fired.</returns>
    internal bool Take(Span<float> buffer, Span<float> read, double scale, double threshold, int mostPulses)
    {
        bool any = false;
        for (int e = 0; e < buffer.Length; e++)
        {
            float h = (float)(((1.0 - Decay) * buffer[e]) + (scale * read[e]));
            float pulses = Math.Clamp(MathF.Truncate((float)(h / threshold)), -mostPulses, mostPulses);
            if (pulses != 0.0f)
            {
                h = (float)(Forgets ? Momentum * h : h - ((1.0 - Momentum) * pulses * threshold));
                any = true;
            }

            if (Cap > 0.0 && !Forgets)
            {
                float most = (float)(Cap * threshold);
                h = Math.Clamp(h, -most, most);
            }

            buffer[e] = h;
            read[e] = -pulses;
        }

        return any;
    }
}
