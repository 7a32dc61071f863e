using System;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Kernels.Tests.References;
using Xunit;

namespace AnalogTheory.Kernels.Tests.Sampling;

public static class PhiloxTests
{
    // Random123, tests/kat_vectors, the three lines "philox4x32 10".
    [Fact]
    public static void TheKnownAnswersOfRandom123AreReproduced()
    {
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Block(0, 0, 0, 0, 0, 0));
        const uint Ones = uint.MaxValue;
        Assert.Equal((0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu), Philox.Block(Ones, Ones, Ones, Ones, Ones, Ones));
        Assert.Equal(
            (0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u),
            Philox.Block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0)
        );
    }

    [Fact]
    public static void EveryWidthComputesTheSameBlocks()
    {
        LanesAgree<Scalar>();
        LanesAgree<Lanes256>();
        LanesAgree<Lanes512>();
    }

    private static void LanesAgree<T>()
        where T : struct, ILanes<T>
    {
        var draws = new Draws(11);
        var schedule = new T[Philox.ScheduleLength];
        var counters = new T[4];
        Span<ulong> words = MemoryMarshal.Cast<T, ulong>(counters.AsSpan());
        for (int trial = 0; trial < 1000; trial++)
        {
            ulong key = draws.Bits();
            Philox.Schedule<T>(key, schedule);
            for (int i = 0; i < words.Length; i++)
            {
                words[i] = draws.Bits(); // the high halves have to be ignored
            }

            ulong[] before = words.ToArray();
            Philox.Block<T>(schedule, ref counters[0], ref counters[1], ref counters[2], ref counters[3]);
            for (int lane = 0; lane < T.Count; lane++)
            {
                uint Counter(int i) => (uint)before[(i * T.Count) + lane];
                (uint w0, uint w1, uint w2, uint w3) = Philox.Block(
                    Counter(0),
                    Counter(1),
                    Counter(2),
                    Counter(3),
                    (uint)key,
                    (uint)(key >> 32)
                );
                Assert.Equal(w0, (uint)words[lane]);
                Assert.Equal(w1, (uint)words[T.Count + lane]);
                Assert.Equal(w2, (uint)words[(2 * T.Count) + lane]);
                Assert.Equal(w3, (uint)words[(3 * T.Count) + lane]);
            }
        }
    }
}
