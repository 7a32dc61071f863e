using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Pulses;
using AnalogTheory.Kernels.Sampling;

namespace AnalogTheory.Kernels.Crossbars;

/// <summary>Stochastic pulse trains that carry one rank-1 update to a column of elements, replicas in lanes.</summary>
/// <remarks>
/// The longest wanted train has k = max|Δ|/Δw_min pulses; BL = ⌈k⌉ slots, at most the bit length, are sent, and an element fires in a slot with
/// probability min(k, BL)/BL·|Δ|/max|Δ|, so the expected change is Δ at unit response unless k exceeds the bit length. With a shared row bit the
/// probability is split into √(·) for the row and the rest for the column.
/// </remarks>
internal static class PulseTrainOf
{
    /// <summary>Number of slots ⌈size/Δw_min⌉ per lane, at least 1 and at most the bit length.</summary>
    internal static T Slots<T>(T size, T granularity, int bitLength)
        where T : struct, ILanes<T> => T.Min(T.Max(PulseCount.RoundedUp(size, granularity), T.One), T.Constant(bitLength));

    /// <summary>Largest value over the lanes.</summary>
    internal static int Largest<T>(T lanes)
        where T : struct, ILanes<T>
    {
        double largest = 0.0;
        foreach (double value in Lanes.Doubles<T>(new ReadOnlySpan<T>(in lanes)))
        {
            largest = Math.Max(largest, value);
        }

        return double.IsNaN(largest) ? 0 : (int)largest;
    }

    /// <summary>Sends an update Δ_d = factor·shape_d to the elements.</summary>
    /// <param name="law">Device.</param>
    /// <param name="weights">Elements, one vector of lanes each; changed in place.</param>
    /// <param name="shape">shape_d, the same in every lane.</param>
    /// <param name="largestShape">max|shape_d|.</param>
    /// <param name="factor">Factor per lane.</param>
    /// <param name="train">Granularity, mode and randomness.</param>
    /// <param name="uniforms">Room for D + 1 vectors.</param>
    internal static void Send<TLaw, T>(
        TLaw law,
        Span<T> weights,
        ReadOnlySpan<double> shape,
        double largestShape,
        T factor,
        in Train train,
        Span<T> uniforms
    )
        where TLaw : struct, IResponseLaw<T>
        where T : struct, ILanes<T>
    {
        T granularity = T.Constant(train.Granularity);
        T size = T.Abs(factor) * T.Constant(largestShape);
        T wanted = size / granularity;
        T slots = Slots(size, granularity, train.BitLength);
        T rate = T.Min(wanted, slots) / slots;
        T share = T.Constant(1.0 / largestShape);
        T signed = T.SelectNonNegative(factor, granularity, -granularity);
        T rowRate = train.SharesRow ? T.Sqrt(rate) : T.One;
        T columnRate = train.SharesRow ? rowRate : rate;
        int stride = (weights.Length + 4) / 4 * 4;
        int last = Largest(slots);
        for (int slot = 0; slot < last; slot++)
        {
            ulong element = (train.FirstTrain * (ulong)train.BitLength + (ulong)slot) * (ulong)stride;
            Uniform.FillUniform(train.Key, train.Purpose, train.FirstReplica, element, weights.Length + 1, 1, uniforms);

            // A lane fires nowhere once its own slots are used up, or when its row bit is 0.
            T open = T.SelectNonNegative(slots - T.Constant(slot + 1.0), T.One, T.Zero);
            T row = train.SharesRow ? T.SelectNonNegative(rowRate - uniforms[weights.Length], open, T.Zero) : open;
            T column = columnRate * row * share;
            for (int d = 0; d < weights.Length; d++)
            {
                T pulse = T.Constant(shape[d] >= 0.0 ? 1.0 : -1.0) * signed;
                T probability = column * T.Constant(Math.Abs(shape[d]));
                T increment = T.SelectNonNegative(uniforms[d] - probability, T.Zero, pulse);
                weights[d] = Pulse.Send(law, weights[d], increment);
            }
        }
    }

    /// <summary>Sends every element its own increment, with a train of its own; one slot of all trains at a time.</summary>
    /// <param name="law">Device.</param>
    /// <param name="weights">Elements, one vector of lanes each; changed in place.</param>
    /// <param name="source">Element d is to move by factor·source_d.</param>
    /// <param name="factor">Factor.</param>
    /// <param name="train">Granularity and randomness; no row bit is shared.</param>
    /// <param name="uniforms">Room for D + 1 vectors.</param>
    internal static void SendEach<TLaw, T>(
        TLaw law,
        Span<T> weights,
        ReadOnlySpan<T> source,
        double factor,
        in Train train,
        Span<T> uniforms
    )
        where TLaw : struct, IResponseLaw<T>
        where T : struct, ILanes<T>
    {
        T granularity = T.Constant(train.Granularity);
        T scale = T.Constant(Math.Abs(factor));
        T perPulse = scale / granularity;
        T up = factor >= 0.0 ? granularity : -granularity;
        T longest = T.Zero;
        foreach (T x in source)
        {
            longest = T.Max(longest, Slots(T.Abs(x) * scale, granularity, train.BitLength));
        }

        int stride = (weights.Length + 3) / 4 * 4;
        int last = Largest(longest);
        for (int slot = 0; slot < last; slot++)
        {
            ulong element = (train.FirstTrain * (ulong)train.BitLength + (ulong)slot) * (ulong)stride;
            Uniform.FillUniform(train.Key, train.Purpose, train.FirstReplica, element, weights.Length, 1, uniforms);
            for (int d = 0; d < weights.Length; d++)
            {
                T wanted = T.Abs(source[d]) * perPulse;
                T slots = Slots(T.Abs(source[d]) * scale, granularity, train.BitLength);
                T open = T.SelectNonNegative(slots - T.Constant(slot + 1.0), T.One, T.Zero);
                T probability = T.Min(wanted, slots) / slots * open;
                T pulse = T.SelectNonNegative(source[d], up, -up);
                weights[d] = Pulse.Send(law, weights[d], T.SelectNonNegative(uniforms[d] - probability, T.Zero, pulse));
            }
        }
    }

    /// <summary>What all elements of one train share.</summary>
    /// <param name="Granularity">Δw_min.</param>
    /// <param name="BitLength">Most slots.</param>
    /// <param name="SharesRow">Whether all elements share the row's bit.</param>
    /// <param name="Key">Key of the stream.</param>
    /// <param name="Purpose">Purpose tag.</param>
    /// <param name="FirstReplica">Replica in lane 0.</param>
    /// <param name="FirstTrain">Number of the train.</param>
    internal readonly record struct Train(
        double Granularity,
        int BitLength,
        bool SharesRow,
        ulong Key,
        uint Purpose,
        uint FirstReplica,
        ulong FirstTrain
    );
}
