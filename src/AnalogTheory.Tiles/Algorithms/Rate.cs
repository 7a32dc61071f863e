using System;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>A rate beside the learning rate α: a multiple of it, or a number of its own.</summary>
/// <remarks>AIHWKIT has both for <c>fast_lr</c>: absolute up to 0.9.0, a multiple since (<c>scale_fast_lr</c>); the paper's figures are made with the absolute one.</remarks>
public readonly record struct Rate
{
    private readonly double _value;
    private readonly bool _isAbsolute;

    private Rate(double value, bool isAbsolute)
    {
        if (!(value > 0.0) || !double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(
                nameof(value),
                FormattableString.Invariant($"Expected a finite rate above 0, got {value}.")
            );
        }

        _value = value;
        _isAbsolute = isAbsolute;
    }

    /// <summary>A multiple of the learning rate: it follows a schedule.</summary>
    /// <param name="factor">Factor, finite and above 0.</param>
    /// <returns>factor·α.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not finite or not positive.</exception>
    public static Rate Relative(double factor) => new(factor, false);

    /// <summary>A rate that does not follow the learning rate.</summary>
    /// <param name="value">Rate, finite and above 0.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not finite or not positive.</exception>
    public static Rate Absolute(double value) => new(value, true);

    /// <summary>The rate at a learning rate.</summary>
    /// <param name="learningRate">α.</param>
    /// <returns>The rate; 0 at α = 0 unless absolute.</returns>
    public double At(double learningRate) => _isAbsolute ? _value : _value * learningRate;
}
