using System;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>Sends an update to a block of sixteen rows: the unit of work of a thread, and of the noise that several pulses have together.</summary>
/// <remarks>
/// First all counts of the block, then as many normal numbers as elements receive pulses, then row by row. The elements that receive pulses take numbers
/// 0, 1, 2, … of the block's stretch of the stream (key, <see cref="Purpose.TrainNoise"/>, sample), row after row; where pulses go one by one, pulse m of
/// element (i, j) takes number i·2³² + m·2¹⁶ + j of (key, <see cref="Purpose.CycleNoise"/>, sample). So bits depend on neither threads nor vectors.
/// </remarks>
/// <typeparam name="T">Lanes.</typeparam>
internal readonly ref struct RowBlock<T>(PulsedUpdate update, int block) : IElementVisitor<T, long>
    where T : struct, ILanesSingle<T>
{
    /// <summary>Rows of a block.</summary>
    internal const int Rows = 16;

    private readonly PulsedUpdate _update = update;

    // First row of the block, counted from the update's first.
    private readonly int _first = block * Rows;

    public long Visit<TMaker, TLaw>(TMaker maker)
        where TMaker : struct, ILawMaker<T, TLaw>
        where TLaw : struct, IResponseLaw<T>
    {
        NoiseShape noise = _update.Device.Noise;
        return noise switch
        {
            { Relative: 0.0 } => OneByOne<TMaker, TLaw, NoNoise<T>>(maker, default),
            { Kind: NoiseKind.OfStep } => OneByOne<TMaker, TLaw, NoiseOfStep<T>>(maker, new(noise.Relative)),
            { Kind: NoiseKind.OfUnitStep } => OneByOne<TMaker, TLaw, NoiseOfUnitStep<T>>(maker, new(noise.Relative)),
            _ => OneByOne<TMaker, TLaw, NoiseOfStepAndWeight<T>>(maker, new(noise.Relative, noise.Constant, noise.OfWeight)),
        };
    }

    public long VisitLinear<TMaker>(TMaker maker)
        where TMaker : struct, ILinearMaker<T>
    {
        NoiseShape noise = _update.Device.Noise;
        if (_update.PulseByPulse || noise.Kind == NoiseKind.OfStepAndWeight)
        {
            return Visit<TMaker, Stepped<LinearStep<T>, T>>(maker);
        }

        return noise switch
        {
            { Relative: 0.0 } => Together<TMaker, NoNoise<T>>(default),
            { Kind: NoiseKind.OfStep } => Together<TMaker, NoiseOfStep<T>>(new(noise.Relative)),
            _ => Together<TMaker, NoiseOfUnitStep<T>>(new(noise.Relative)),
        };
    }

    private long OneByOne<TMaker, TLaw, TNoise>(TMaker maker, TNoise noise)
        where TMaker : struct, ILawMaker<T, TLaw>
        where TLaw : struct, IResponseLaw<T>
        where TNoise : struct, IPulseNoise<T>
    {
        Workspace work = Workspace.OfThread;
        Span<float> counts = work.Counts.Room(_update.Columns);
        long sum = 0;
        for (int r = _first; r < _first + Rows; r++)
        {
            (int elements, long pulses) = PulseCounts.Of<T>(_update, r, counts);
            if (elements > 0)
            {
                PulseByPulse<T>.Row<TMaker, TLaw, TNoise>(maker, noise, _update, r, counts, work);
                WriteNoise.Row(_update, r, counts, work);
                sum += pulses;
            }
        }

        return sum;
    }

    private long Together<TMaker, TNoise>(TNoise noise)
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
    {
        Workspace work = Workspace.OfThread;
        int columns = _update.Columns;
        Span<float> counts = work.Counts.Room(Rows * columns);
        Span<int> elements = stackalloc int[Rows];
        int all = 0;
        long sum = 0;
        for (int r = 0; r < Rows; r++)
        {
            (elements[r], long pulses) = PulseCounts.Of<T>(_update, _first + r, counts.Slice(r * columns, columns));
            all += elements[r];
            sum += pulses;
        }

        if (all == 0)
        {
            return 0;
        }

        Span<float> normals = default;
        if (TNoise.IsRandom)
        {
            // Reading a vector of the list may go beyond its end.
            normals = work.Noise.Room(all + Grid.Line);
            ulong element = (ulong)((_update.FirstRow + _first) / Rows) << 32;
            Gaussian.Fill(_update.Draws.Key, Purpose.TrainNoise, _update.Draws.Sample, element, normals[..all]);
        }

        work.Open.Clear(Rows * columns, _update.Elements.Parameters);
        for (int r = 0; r < Rows; r++)
        {
            if (elements[r] > 0)
            {
                ReadOnlySpan<float> row = counts.Slice(r * columns, columns);
                PulsesTogether<T>.Row<TMaker, TNoise>(noise, _update, _first + r, row, ref MemoryMarshal.GetReference(normals), work);
                normals = TNoise.IsRandom ? normals[elements[r]..] : normals;
            }
        }

        work.Open.Send<T, TMaker, TNoise>(noise, _update, _first, counts);
        for (int r = 0; r < Rows; r++)
        {
            if (elements[r] > 0)
            {
                WriteNoise.Row(_update, _first + r, counts.Slice(r * columns, columns), work);
            }
        }

        return sum;
    }
}
