using System;
using System.Globalization;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>A table as a function: linear between nodes, constant beyond the first and the last.</summary>
/// <remarks>Its interval enclosure visits every segment that the argument touches, so it is exact up to outward rounding.</remarks>
public sealed class PiecewiseLinear : ScalarFunction
{
    private readonly double[] _nodes;
    private readonly double[] _values;

    /// <summary>The function through (nodes[i], values[i]).</summary>
    /// <param name="name">Symbol of the function in SMT-LIB text.</param>
    /// <param name="nodes">Arguments, finite and strictly increasing; at least one.</param>
    /// <param name="values">Finite values; as many as nodes.</param>
    /// <exception cref="ArgumentException">Lengths differ or are 0, a number is not finite, or the nodes do not increase.</exception>
    public PiecewiseLinear(string name, ReadOnlySpan<double> nodes, ReadOnlySpan<double> values)
    {
        if (nodes.IsEmpty || nodes.Length != values.Length)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected as many values as nodes and at least one, got {nodes.Length} nodes and {values.Length} values."
                ),
                nameof(nodes)
            );
        }

        for (int i = 0; i < nodes.Length; i++)
        {
            if (!double.IsFinite(nodes[i]) || !double.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Expected finite nodes and values, got ({nodes[i]:R}, {values[i]:R}) at index {i}."
                    ),
                    nameof(nodes)
                );
            }

            if (i > 0 && nodes[i] <= nodes[i - 1])
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Expected strictly increasing nodes, got {nodes[i]:R} after {nodes[i - 1]:R} at index {i}."
                    ),
                    nameof(nodes)
                );
            }
        }

        Name = name;
        _nodes = nodes.ToArray();
        _values = values.ToArray();
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Arguments of the table, increasing.</summary>
    public ReadOnlySpan<double> Nodes => _nodes;

    /// <summary>Values of the table, at the nodes.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <inheritdoc/>
    public override double At(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        int i = Array.BinarySearch(_nodes, x);
        if (i >= 0)
        {
            return _values[i];
        }

        int right = ~i;
        return right == 0 ? _values[0]
            : right == _nodes.Length ? _values[^1]
            : Between(right - 1, new Scalar(x)).Value;
    }

    /// <inheritdoc/>
    public override Interval Enclose(Interval x)
    {
        if (double.IsNaN(x.Lower) || double.IsNaN(x.Upper))
        {
            return Interval.Entire;
        }

        double lower = double.PositiveInfinity;
        double upper = double.NegativeInfinity;
        void Include(Interval y)
        {
            lower = Math.Min(lower, y.Lower);
            upper = Math.Max(upper, y.Upper);
        }

        if (x.Lower <= _nodes[0])
        {
            Include(Interval.Point(_values[0]));
        }

        if (x.Upper >= _nodes[^1])
        {
            Include(Interval.Point(_values[^1]));
        }

        // Both ends of each segment's part, through the segment's own formula: rounding near a node may differ on its two sides.
        for (int i = 0; i + 1 < _nodes.Length; i++)
        {
            double from = Math.Max(x.Lower, _nodes[i]);
            double to = Math.Min(x.Upper, _nodes[i + 1]);
            if (from <= to)
            {
                Include(Between(i, Interval.Point(from)));
                Include(Between(i, Interval.Point(to)));
            }
        }

        return new(lower, upper);
    }

    private T Between<T>(int i, T x)
        where T : struct, IAlgebra<T>
    {
        T left = T.Constant(_nodes[i]),
            bottom = T.Constant(_values[i]);
        T slope = (T.Constant(_values[i + 1]) - bottom) / (T.Constant(_nodes[i + 1]) - left);
        return bottom + (x - left) * slope;
    }
}
