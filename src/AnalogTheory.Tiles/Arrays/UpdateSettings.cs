using System;
using System.Runtime.CompilerServices;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>How numbers become pulses.</summary>
public enum PulseType
{
    /// <summary>Random trains for rows and columns; an element receives a pulse in each slot in which both bits are set.</summary>
    StochasticCompressed,

    /// <summary>As <see cref="StochasticCompressed"/>, positive and negative inputs in two trains that are drawn apart.</summary>
    Stochastic,

    /// <summary>Numbers of bits rounded to integers; an element receives their product over the bit length, rounded.</summary>
    MeanCount,

    /// <summary>An element receives round(BL·p_x·p_d) pulses, ties to even; no trains.</summary>
    DeterministicImplicit,

    /// <summary>Exact outer product, then the device's bounds; no response, no granularity.</summary>
    ExactWithBounds,

    /// <summary>Exact outer product.</summary>
    Exact,
}

/// <summary>The update circuit: from (x, d, learning rate) to pulses. An array without pulses ignores it.</summary>
/// <remarks>Names of AIHWKIT's <c>UpdateParameters</c> in parentheses; the defaults are the kit's.</remarks>
public sealed record UpdateSettings
{
    /// <summary>Largest bit length; a train's probability resolves no more.</summary>
    public const int LargestBitLength = 1 << 14;

    /// <summary>The kit's defaults: stochastic trains of at most 31 slots, with both managements.</summary>
    public static UpdateSettings Default { get; } = new();

    /// <summary>How numbers become pulses (<c>pulse_type</c>).</summary>
    public PulseType Type { get; init; } = PulseType.StochasticCompressed;

    /// <summary>Most slots of a train, 1 … <see cref="LargestBitLength"/> (<c>desired_bl</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int BitLength
    {
        get;
        init => field = value is >= 1 and <= LargestBitLength ? value : throw Out(value, $"1 … {LargestBitLength}");
    } = 31;

    /// <summary>Whether all trains have <see cref="BitLength"/> slots when bit-length management is off (<c>fixed_bl</c>).</summary>
    /// <remarks>When both are off and the granularity is too fine for the learning rate, a train has as many slots as that needs.</remarks>
    public bool FixedBitLength { get; init; } = true;

    /// <summary>Balances the probabilities of rows and columns by the largest |x| and |d| (<c>update_management</c>).</summary>
    public bool UpdateManagement { get; init; } = true;

    /// <summary>Sends as few slots as the largest wanted number of pulses needs; implies update management (<c>update_bl_management</c>).</summary>
    public bool BitLengthManagement { get; init; } = true;

    /// <summary>Factor on the largest |d| in both managements, &gt; 0 (<c>um_grad_scale</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive or not finite.</exception>
    public double GradientScale
    {
        get;
        init => field = value > 0.0 && double.IsFinite(value) ? value : throw Out(value, "a finite number above 0");
    } = 1.0;

    /// <summary>Step to which trains' probabilities are rounded, 0 for none; above 1 it is a number of steps (<c>res</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Resolution
    {
        get;
        init => field = Step(value);
    }

    /// <summary>As <see cref="Resolution"/>, for inputs of <see cref="PulseType.DeterministicImplicit"/> (<c>x_res_implicit</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double InputResolution
    {
        get;
        init => field = Step(value);
    }

    /// <summary>As <see cref="Resolution"/>, for outputs of <see cref="PulseType.DeterministicImplicit"/> (<c>d_res_implicit</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double OutputResolution
    {
        get;
        init => field = Step(value);
    }

    /// <summary>Rounds up or down at random, so that the mean is kept; only where a resolution is given (<c>sto_round</c>).</summary>
    public bool StochasticRounding { get; init; }

    /// <summary>Draws noise pulse by pulse also where several pulses have a closed form together. Slow; the definition.</summary>
    public bool PulseByPulse { get; init; }

    // A number of steps is inverted: AIHWKIT documents that for its update parameters as well, and does not do it.
    private static double Step(double value, [CallerMemberName] string name = "") =>
        !(value >= 0.0) || !double.IsFinite(value) ? throw Out(value, "0 for none, a step, or a number of steps above 1", name)
        : value > 1.0 ? 1.0 / value
        : value;

    private static ArgumentOutOfRangeException Out<T>(T value, string expected, [CallerMemberName] string name = "") =>
        new(name, FormattableString.Invariant($"Expected {expected}, got {value}."));
}
