using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Objectives;

namespace AnalogTheory.Kernels.Ensembles;

/// <summary>Evaluation of measures over lanes, each lane in index order.</summary>
internal static class MeasureKernel
{
    /// <summary>Writes a measure of the state before a step into its Value.</summary>
    internal static void Evaluate<T>(Measure measure, ObjectiveKernel<T> objective, in BlockState<T> state)
        where T : struct, ILanes<T>
    {
        ReadOnlySpan<T> w = state.Weights;
        Span<T> value = state.Value;
        int vectors = state.Vectors;
        switch (measure.Kind)
        {
            case MeasureKind.Excess:
                objective.Excess(w, state.GradientAtWeights, value, vectors);
                break;
            case MeasureKind.GradientNormSquared:
                NormSquared(state.GradientAtWeights, value, vectors);
                break;
            case MeasureKind.Saturation:
                Saturation(measure, w, value, vectors);
                break;
            case MeasureKind.Amplification:
                Saturation(measure, w, value, vectors);
                for (int v = 0; v < vectors; v++)
                {
                    value[v] /= T.One - value[v];
                }

                break;
            case MeasureKind.UnsaturatedGradient:
                Span<T> norm = state.Scratch;
                NormSquared(state.GradientAtWeights, norm, vectors);
                Saturation(measure, w, value, vectors);
                for (int v = 0; v < vectors; v++)
                {
                    value[v] = (T.One - value[v]) * norm[v];
                }

                break;
            case MeasureKind.LargestWeight:
                Largest(w, T.Zero, value, vectors);
                break;
            case MeasureKind.Weight:
                w.Slice(measure.Coordinate * vectors, vectors).CopyTo(value);
                break;
            case MeasureKind.WeightSquared:
                Square(w.Slice(measure.Coordinate * vectors, vectors), value);
                break;
            case MeasureKind.Auxiliary:
                state.Auxiliary.Slice(measure.Coordinate * vectors, vectors).CopyTo(value);
                break;
            case MeasureKind.AuxiliarySquared:
                Square(state.Auxiliary.Slice(measure.Coordinate * vectors, vectors), value);
                break;
            case MeasureKind.LargestAuxiliary:
                Largest(state.Auxiliary, T.Zero, value, vectors);
                break;
            case MeasureKind.Supplied:
                Supply(measure.Function!, w, state.GradientAtWeights, value, vectors);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(measure), measure.Kind, "Expected a defined kind of measure.");
        }
    }

    private static void Square<T>(ReadOnlySpan<T> x, Span<T> value)
        where T : struct, ILanes<T>
    {
        for (int v = 0; v < x.Length; v++)
        {
            value[v] = x[v] * x[v];
        }
    }

    private static void NormSquared<T>(ReadOnlySpan<T> x, Span<T> value, int vectors)
        where T : struct, ILanes<T>
    {
        for (int v = 0; v < vectors; v++)
        {
            T sum = T.Zero;
            for (int i = v; i < x.Length; i += vectors)
            {
                sum = T.FusedMultiplyAdd(x[i], x[i], sum);
            }

            value[v] = sum;
        }
    }

    private static void Largest<T>(ReadOnlySpan<T> x, T centre, Span<T> value, int vectors)
        where T : struct, ILanes<T>
    {
        for (int v = 0; v < vectors; v++)
        {
            T largest = T.Zero;
            for (int i = v; i < x.Length; i += vectors)
            {
                largest = T.Max(largest, T.Abs(x[i] - centre));
            }

            value[v] = largest;
        }
    }

    private static void Saturation<T>(Measure measure, ReadOnlySpan<T> w, Span<T> value, int vectors)
        where T : struct, ILanes<T>
    {
        Largest(w, T.Constant(measure.SymmetricPoint), value, vectors);
        T scale = T.Constant(1.0 / measure.Radius);
        for (int v = 0; v < vectors; v++)
        {
            T x = value[v] * scale;
            value[v] = x * x;
        }
    }

    // Gathers one replica after the other, so that the function never sees lanes.
    private static void Supply<T>(StateFunction function, ReadOnlySpan<T> w, ReadOnlySpan<T> gradient, Span<T> value, int vectors)
        where T : struct, ILanes<T>
    {
        int stride = vectors * T.Count;
        ReadOnlySpan<double> weights = Lanes.Doubles(w);
        ReadOnlySpan<double> slopes = Lanes.Doubles(gradient);
        Span<double> values = Lanes.Doubles(value);
        int dimension = weights.Length / stride;
        Span<double> gathered = dimension <= 64 ? stackalloc double[2 * dimension] : new double[2 * dimension];
        Span<double> one = gathered[..dimension];
        Span<double> slope = gathered[dimension..];
        for (int replica = 0; replica < stride; replica++)
        {
            for (int d = 0; d < dimension; d++)
            {
                one[d] = weights[d * stride + replica];
                slope[d] = slopes[d * stride + replica];
            }

            values[replica] = function(one, slope);
        }
    }
}
