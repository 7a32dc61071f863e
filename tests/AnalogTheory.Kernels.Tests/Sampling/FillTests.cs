using System;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Sampling;
using Xunit;

namespace AnalogTheory.Kernels.Tests.Sampling;

/// <summary>Every fill, at every width and length, is the definition <c>At</c> taken element by element.</summary>
public static class FillTests
{
    private const ulong Key = 0xFEDC_BA98_7654_3210UL;

    public static TheoryData<int> Lengths =>
        [0, 1, 2, 3, 4, 5, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 255, 256, 257, 511, 512, 513, 1000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public static void ArraysOfOneStreamAreTheDefinition(int length)
    {
        var expected = new double[length];
        for (int i = 0; i < length; i++)
        {
            expected[i] = Uniform.At(Key, 1, 2, (ulong)i);
        }

        AllEqual(
            expected,
            length,
            x => Uniform.Fill(Key, 1, 2, x),
            x => Uniform.Fill<Scalar>(Key, 1, 2, 0, x),
            x => Uniform.Fill<Lanes256>(Key, 1, 2, 0, x),
            x => Uniform.Fill<Lanes512>(Key, 1, 2, 0, x)
        );
        for (int i = 0; i < length; i++)
        {
            expected[i] = Gaussian.At(Key, 1, 2, (ulong)i);
        }

        AllEqual(
            expected,
            length,
            x => Gaussian.Fill(Key, 1, 2, x),
            x => Gaussian.Fill<Scalar>(Key, 1, 2, x),
            x => Gaussian.Fill<Lanes256>(Key, 1, 2, x),
            x => Gaussian.Fill<Lanes512>(Key, 1, 2, x)
        );
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public static void ArraysOfFloatsAreTheDefinition(int length)
    {
        var expected = new float[length];
        for (int i = 0; i < length; i++)
        {
            expected[i] = Gaussian.AtSingle(Key, 1, 2, (ulong)i);
        }

        AllEqual(
            expected,
            length,
            x => Gaussian.Fill(Key, 1, 2, x),
            x => Gaussian.Fill<Lanes256, Lanes256Single>(Key, 1, 2, 0, x),
            x => Gaussian.Fill<Lanes512, Lanes512Single>(Key, 1, 2, 0, x)
        );
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public static void ScatteredFloatsAreTheDefinition(int length)
    {
        var elements = new ulong[length];
        var expected = new float[length];
        for (int i = 0; i < length; i++)
        {
            // All places of a group of 64, blocks beyond 32 bits, no order.
            elements[i] = ((ulong)(i % 5) << 36) + ((ulong)i * 77 % 1000);
            expected[i] = Gaussian.AtSingle(Key, 1, 2, elements[i]);
        }

        AllEqual(
            expected,
            length,
            x => Gaussian.FillAt(Key, 1, 2, elements, x),
            x => Gaussian.FillAt<Lanes256, Lanes256Single>(Key, 1, 2, elements, x),
            x => Gaussian.FillAt<Lanes512, Lanes512Single>(Key, 1, 2, elements, x)
        );
    }

    [Fact]
    public static void ScatteredFloatsWantRoomForEach() =>
        Assert.Throws<ArgumentException>("destination", () => Gaussian.FillAt(Key, 1, 2, [1UL, 2UL], new float[1]));

    [Theory]
    [InlineData(0u, 0UL, 1, 1)]
    [InlineData(3u, 4UL, 2, 3)]
    [InlineData(8u, 8UL, 3, 2)]
    [InlineData(16u, 1024UL, 40, 1)]
    [InlineData(5u, 1UL << 33, 9, 5)] // the element index beyond 32 bits of blocks
    [InlineData(uint.MaxValue - 3, 12UL, 6, 2)] // replicas wrap
    [InlineData(7u, 0UL, 0, 4)]
    [InlineData(7u, 0UL, 4, 0)]
    [InlineData(0u, 0UL, 33, 17)]
    public static void BlocksOfReplicasAreTheDefinition(uint firstReplica, ulong firstElement, int elements, int vectors)
    {
        Replicas<Scalar>(firstReplica, firstElement, elements, vectors);
        Replicas<Lanes256>(firstReplica, firstElement, elements, vectors);
        Replicas<Lanes512>(firstReplica, firstElement, elements, vectors);
    }

    [Fact]
    public static void MisalignedStartsAndShortBuffersAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Uniform.FillUniform<Scalar>(Key, 1, 0, 2, 1, 1, new Scalar[1]));
        Assert.Throws<ArgumentException>(() => Gaussian.FillGaussian<Scalar>(Key, 1, 0, 2, 1, 1, new Scalar[1]));
        Assert.Throws<ArgumentException>(() => Gaussian.FillGaussian<Scalar>(Key, 1, 0, 0, 2, 2, new Scalar[3]));
        Assert.Throws<ArgumentException>(() => Uniform.FillUniform<Scalar>(Key, 1, 0, 0, -1, 2, new Scalar[3]));
    }

    private static void Replicas<T>(uint firstReplica, ulong firstElement, int elements, int vectors)
        where T : struct, ILanes<T>
    {
        var uniform = new T[(elements * vectors) + 1];
        var gaussian = new T[(elements * vectors) + 1];
        Uniform.FillUniform<T>(Key, 9, firstReplica, firstElement, elements, vectors, uniform);
        Gaussian.FillGaussian<T>(Key, 9, firstReplica, firstElement, elements, vectors, gaussian);
        ReadOnlySpan<double> u = MemoryMarshal.Cast<T, double>(uniform),
            z = MemoryMarshal.Cast<T, double>(gaussian);
        int width = vectors * T.Count;
        for (int e = 0; e < elements; e++)
        {
            for (int r = 0; r < width; r++)
            {
                uint replica = unchecked(firstReplica + (uint)r);
                Assert.Equal(Uniform.At(Key, 9, replica, firstElement + (ulong)e), u[(e * width) + r]);
                Assert.Equal(Gaussian.At(Key, 9, replica, firstElement + (ulong)e), z[(e * width) + r]);
            }
        }

        // Nothing was written beyond the block.
        Assert.True(u[(elements * width)..].IndexOfAnyExcept(0.0) < 0);
        Assert.True(z[(elements * width)..].IndexOfAnyExcept(0.0) < 0);
    }

    private delegate void Fill<T>(Span<T> destination);

    private static void AllEqual<T>(T[] expected, int length, params Fill<T>[] fills)
        where T : struct
    {
        foreach (Fill<T> fill in fills)
        {
            var actual = new T[length + 1];
            fill(actual.AsSpan(0, length));
            Assert.Equal(expected, actual.AsSpan(0, length).ToArray());
            Assert.Equal(default, actual[length]);
        }
    }
}
