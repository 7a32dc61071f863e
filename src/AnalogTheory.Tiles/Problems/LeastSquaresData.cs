using System;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Problems;

/// <summary>A and b, once as an array gets them and once for the loss.</summary>
internal sealed class LeastSquaresData
{
    // Samples are lanes, so that the loss has the same bits at every vector width.
    private readonly double[] _columns;
    private readonly double[] _target;
    private readonly int _padded;

    internal LeastSquaresData(double[,] matrix, ImmutableArray<double> target)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        (Samples, Dimension) = (matrix.GetLength(0), matrix.GetLength(1));
        if (matrix.Length == 0)
        {
            throw new ArgumentException("Expected at least one sample and one weight, got none.", nameof(matrix));
        }

        if (target.IsDefault)
        {
            throw new ArgumentException("Expected an initialised array, got default.", nameof(target));
        }

        Shapes.RequireLength(target.Length, Samples, nameof(target));
        int lanes = Vector512<double>.Count;
        _padded = (Samples + lanes - 1) / lanes * lanes;
        _columns = new double[Dimension * _padded];
        _target = new double[_padded];
        Rows = new float[Samples * Dimension];
        Target = new float[Samples];
        for (int n = 0; n < Samples; n++)
        {
            Shapes.RequireFinite(target[n], nameof(target));
            _target[n] = target[n];
            Target[n] = (float)target[n];
            for (int d = 0; d < Dimension; d++)
            {
                Shapes.RequireFinite(matrix[n, d], nameof(matrix));
                _columns[(d * _padded) + n] = matrix[n, d];
                Rows[(n * Dimension) + d] = (float)matrix[n, d];
            }
        }
    }

    internal int Samples { get; }

    internal int Dimension { get; }

    /// <summary>A, row after row.</summary>
    internal float[] Rows { get; }

    /// <summary>b.</summary>
    internal float[] Target { get; }

    /// <summary>‖AW + bias − b‖²/(2N).</summary>
    internal double Loss(ReadOnlySpan<float> weights, double bias)
    {
        int lanes = Vector512<double>.Count;
        ref double columns = ref MemoryMarshal.GetArrayDataReference(_columns);
        double sum = 0.0;
        for (int first = 0; first < _padded; first += lanes)
        {
            Vector512<double> residual = Vector512.Create(bias) - Vector512.LoadUnsafe(ref _target[0], (nuint)first);
            for (int d = 0; d < weights.Length; d++)
            {
                Vector512<double> column = Vector512.LoadUnsafe(ref columns, (nuint)((d * _padded) + first));
                residual = Vector512.FusedMultiplyAdd(Vector512.Create((double)weights[d]), column, residual);
            }

            Vector512<double> square = residual * residual;
            for (int lane = 0; lane < Math.Min(lanes, Samples - first); lane++)
            {
                sum += square[lane];
            }
        }

        return sum / (2.0 * Samples);
    }
}
