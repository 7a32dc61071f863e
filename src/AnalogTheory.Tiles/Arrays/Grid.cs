using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>A matrix of floats, row-major, whose rows start on a cache line: one number for each element of an array.</summary>
/// <remarks>Rows are padded with zeros to a multiple of 16, so that every loop runs over whole vectors at every width and no tail needs code of its own.</remarks>
public sealed class Grid
{
    /// <summary>Rows are padded to a multiple of this many floats: one cache line.</summary>
    public const int Line = 16;

    private readonly float[] _memory;
    private readonly int _first;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <exception cref="ArgumentException">A number is below 1, or the matrix would have 2³⁰ elements or more.</exception>
    public Grid(int rows, int columns)
    {
        if (rows < 1 || columns < 1 || (long)rows * Padded(columns) >= 1 << 30)
        {
            throw new ArgumentException(
                $"Expected at least one row and one column and fewer than 2^30 elements, got {rows} × {columns}.",
                nameof(rows)
            );
        }

        Rows = rows;
        Columns = columns;
        Stride = Padded(columns);
        _memory = GC.AllocateArray<float>((rows * Stride) + Line, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        _first = (int)((Line - (address / sizeof(float) % Line)) % Line);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Distance between the starts of two rows: the number of columns, padded.</summary>
    public int Stride { get; }

    /// <summary>All numbers, padding included; element (i, j) stands at i·<see cref="Stride"/> + j.</summary>
    public Span<float> Values => _memory.AsSpan(_first, Rows * Stride);

    /// <summary>One number.</summary>
    /// <param name="row">i.</param>
    /// <param name="column">j.</param>
    public float this[int row, int column]
    {
        get => Row(row)[column];
        set => Row(row)[column] = value;
    }

    /// <summary>The least multiple of <see cref="Line"/> that is not below a length.</summary>
    /// <param name="length">A length, ≥ 0.</param>
    public static int Padded(int length) => (length + Line - 1) / Line * Line;

    /// <summary>Vectors of a mini-batch at the distance of a matrix's rows, padded with zeros; in place where they need no padding.</summary>
    /// <param name="vectors">The vectors, one after the other.</param>
    /// <param name="length">Length of a vector.</param>
    /// <param name="work">Buffers.</param>
    internal static ReadOnlySpan<float> Samples(ReadOnlySpan<float> vectors, int length, Workspace work)
    {
        int stride = Padded(length);
        if (stride == length)
        {
            return vectors;
        }

        int samples = vectors.Length / length;
        Span<float> padded = work.Padded.Room(samples * stride);
        for (int n = CopyLines(vectors, length, padded); n < samples; n++)
        {
            Span<float> to = padded.Slice(n * stride, stride);
            vectors.Slice(n * length, length).CopyTo(to);
            to[length..].Clear();
        }

        return padded;
    }

    // Copies the vectors that others follow, line by line, and masks what is of the next one; says how many they are.
    private static int CopyLines(ReadOnlySpan<float> vectors, int length, Span<float> padded)
    {
        int stride = Padded(length),
            n = 0;
        ref float from = ref MemoryMarshal.GetReference(vectors);
        ref float to = ref MemoryMarshal.GetReference(padded);
        Vector512<float> last = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(length - stride + Line)).AsSingle();
        for (; (n * length) + stride <= vectors.Length; n++)
        {
            for (int c = 0; c < stride; c += Line)
            {
                Vector512<float> line = Vector512.LoadUnsafe(ref from, (nuint)((n * length) + c));
                (c + Line < stride ? line : line & last).StoreUnsafe(ref to, (nuint)((n * stride) + c));
            }
        }

        return n;
    }

    /// <summary>The numbers of a row, without padding.</summary>
    /// <param name="row">i.</param>
    public Span<float> Row(int row) => Values.Slice(row * Stride, Columns);

    /// <summary>A matrix of equal numbers in new memory.</summary>
    public Grid Clone()
    {
        Grid copy = new(Rows, Columns);
        Values.CopyTo(copy.Values);
        return copy;
    }

    /// <summary>Takes over the numbers of a matrix of the same shape.</summary>
    /// <param name="other">Where the numbers come from.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void CopyFrom(Grid other)
    {
        if (other.Rows != Rows || other.Columns != Columns)
        {
            throw new ArgumentException($"Expected a matrix of {Rows} × {Columns}, got {other.Rows} × {other.Columns}.", nameof(other));
        }

        other.Values.CopyTo(Values);
    }

    /// <summary>Takes over numbers without padding, row after row.</summary>
    /// <param name="values">Rows·Columns numbers.</param>
    /// <exception cref="ArgumentException">Another number of numbers.</exception>
    public void Load(ReadOnlySpan<float> values)
    {
        RequireLength(values.Length, nameof(values));
        for (int i = 0; i < Rows; i++)
        {
            values.Slice(i * Columns, Columns).CopyTo(Row(i));
        }
    }

    /// <summary>Writes the numbers without padding, row after row.</summary>
    /// <param name="values">Receives Rows·Columns numbers.</param>
    /// <exception cref="ArgumentException">Another number of numbers.</exception>
    public void Store(Span<float> values)
    {
        RequireLength(values.Length, nameof(values));
        for (int i = 0; i < Rows; i++)
        {
            Row(i).CopyTo(values.Slice(i * Columns, Columns));
        }
    }

    private void RequireLength(int length, string name)
    {
        if (length != Rows * Columns)
        {
            throw new ArgumentException($"Expected {Rows} × {Columns} numbers, got {length}.", name);
        }
    }
}
