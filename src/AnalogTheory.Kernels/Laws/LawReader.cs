using System;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>Factors that are known at a weight already, as the law of that weight.</summary>
internal readonly struct Known<T>(T up, T down) : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _up = up;
    private readonly T _down = down;

    public T Up(T w) => _up;

    public T Down(T w) => _down;
}

/// <summary>Both factors of a device at a stretch of weights, read before the loop that uses them.</summary>
/// <remarks>
/// A user's function costs a call for every number. Called vector by vector from the middle of a loop it costs several times as much: a virtual call, a
/// store and a load of every vector, and a change between wide and scalar code. A stretch shares these.
/// </remarks>
/// <typeparam name="T">Lanes.</typeparam>
internal abstract class LawReader<T>
    where T : struct, ILanes<T>
{
    /// <summary>Vectors of a stretch: of two of them, and of what belongs to them, the first-level cache holds all.</summary>
    internal const int Stretch = 64;

    private T[] _up = [];
    private T[] _down = [];

    /// <summary>Whether a device should be read before the loop.</summary>
    internal static bool IsWorthwhile(DeviceLaw law) => law is SuppliedLaw;

    /// <summary>A reader of any device.</summary>
    internal static LawReader<T> Of(DeviceLaw law) =>
        law is SuppliedLaw supplied ? new Called(supplied) : law.Accept<T, Maker, LawReader<T>>(default);

    /// <summary>The law at weight i of the stretch read last.</summary>
    internal Known<T> this[int i] => new(_up[i], _down[i]);

    /// <summary>Reads the factors at a stretch of weights.</summary>
    internal void Read(ReadOnlySpan<T> w)
    {
        if (_up.Length < w.Length)
        {
            (_up, _down) = (new T[w.Length], new T[w.Length]);
        }

        Read(w, _up.AsSpan(0, w.Length), _down.AsSpan(0, w.Length));
    }

    private protected abstract void Read(ReadOnlySpan<T> w, Span<T> up, Span<T> down);

    private sealed class Called(SuppliedLaw law) : LawReader<T>
    {
        private protected override void Read(ReadOnlySpan<T> w, Span<T> up, Span<T> down)
        {
            w.CopyTo(up);
            w.CopyTo(down);
            ScalarCalls.Replace(law.Up, Lanes.Doubles(up));
            ScalarCalls.Replace(law.Down, Lanes.Doubles(down));
        }
    }

    private sealed class Computed<TLaw>(TLaw law) : LawReader<T>
        where TLaw : struct, IResponseLaw<T>
    {
        private protected override void Read(ReadOnlySpan<T> w, Span<T> up, Span<T> down)
        {
            TLaw device = law;
            for (int i = 0; i < w.Length; i++)
            {
                up[i] = device.Up(w[i]);
                down[i] = device.Down(w[i]);
            }
        }
    }

    private readonly struct Maker : ILawVisitor<T, LawReader<T>>
    {
        public LawReader<T> Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T> => new Computed<TLaw>(law);
    }
}
