using System;
using System.Runtime.CompilerServices;

namespace AnalogTheory.Tiles.Periphery;

/// <summary>How an input is scaled before it is converted.</summary>
public enum NoiseManagement
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By its largest magnitude.</summary>
    LargestMagnitude,

    /// <summary>By its largest value.</summary>
    LargestValue,

    /// <summary>By a constant, <see cref="PeripherySettings.NoiseManagementThreshold"/>.</summary>
    Constant,

    /// <summary>By its largest magnitude, or by more where the sum of its positive or of its negative numbers would exceed the output's bound.</summary>
    LargestMagnitudeOrSum,
}

/// <summary>Noise that the weights add to a read.</summary>
public enum WeightNoise
{
    /// <summary>None.</summary>
    None,

    /// <summary>The same deviation for every weight: σ·‖x‖₂ on an output.</summary>
    AdditiveConstant,

    /// <summary>A deviation that grows with the weight's root, as phase-change memory has: σ·√(Σ|w|·x²) on an output.</summary>
    RootOfWeight,
}

/// <summary>The periphery of a read: converters, noise, bounds, and how they are managed.</summary>
/// <remarks>
/// Names of AIHWKIT's <c>IOParameters</c> in parentheses; <see cref="Default"/> is the kit's. A read scales x by noise management and bound management, converts it
/// to digital steps, clips, multiplies, adds noise, converts and clips the outputs, and scales back. So the noise of a default read is
/// relative to max|x|.
/// </remarks>
public sealed record PeripherySettings
{
    /// <summary>No converters, no noise, no bounds.</summary>
    public static PeripherySettings Perfect { get; } = new() { IsPerfect = true };

    /// <summary>The kit's defaults: 7-bit inputs, 9-bit outputs, noise 0.06 at the output, both managements.</summary>
    public static PeripherySettings Default { get; } = new();

    /// <summary>Reads without converters whose outputs have noise of deviation ρ‖x‖, as the kit's constant weight noise; bounded at ±10, as in the script of arXiv 2406.12774's authors.</summary>
    /// <param name="deviation">ρ: standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    /// <returns>The settings.</returns>
    public static PeripherySettings NoisyReads(double deviation) =>
        new()
        {
            InputBound = 10.0,
            InputResolution = 0.0,
            OutputBound = 10.0,
            OutputResolution = 0.0,
            OutputNoise = 0.0,
            NoiseManagement = NoiseManagement.None,
            BoundManagement = false,
            WeightNoiseKind = Periphery.WeightNoise.AdditiveConstant,
            WeightNoise = deviation,
        };

    /// <summary>Whether a read is the exact product; nothing else counts then (<c>is_perfect</c>).</summary>
    public bool IsPerfect { get; init; }

    /// <summary>Largest |x| after scaling, 0 for no bound (<c>inp_bound</c>).</summary>
    public double InputBound
    {
        get;
        init => field = NotNegative(value);
    } = 1.0;

    /// <summary>Step of the inputs relative to twice their bound; a number above 1 is a number of steps, 0 means no steps (<c>inp_res</c>).</summary>
    public double InputResolution
    {
        get;
        init => field = NotNegative(value);
    } = 1.0 / 126.0;

    /// <summary>Deviation of the noise on inputs, after scaling (<c>inp_noise</c>).</summary>
    public double InputNoise
    {
        get;
        init => field = NotNegative(value);
    }

    /// <summary>Whether inputs are rounded up or down at random (<c>inp_sto_round</c>).</summary>
    public bool InputStochasticRounding { get; init; }

    /// <summary>Largest |y| before scaling back, 0 for no bound (<c>out_bound</c>).</summary>
    public double OutputBound
    {
        get;
        init => field = NotNegative(value);
    } = 12.0;

    /// <summary>Step of the outputs relative to twice their bound, as <see cref="InputResolution"/> (<c>out_res</c>).</summary>
    public double OutputResolution
    {
        get;
        init => field = NotNegative(value);
    } = 1.0 / 510.0;

    /// <summary>Deviation of the noise on outputs, before scaling back (<c>out_noise</c>).</summary>
    public double OutputNoise
    {
        get;
        init => field = NotNegative(value);
    } = 0.06;

    /// <summary>Whether outputs are rounded up or down at random (<c>out_sto_round</c>).</summary>
    public bool OutputStochasticRounding { get; init; }

    /// <summary>Factor on the result (<c>out_scale</c>).</summary>
    public double OutputScale
    {
        get;
        init =>
            field = double.IsFinite(value)
                ? value
                : throw new ArgumentOutOfRangeException(
                    nameof(OutputScale),
                    FormattableString.Invariant($"Expected a finite number, got {value}.")
                );
    } = 1.0;

    /// <summary>Noise of the weights (<c>w_noise_type</c>).</summary>
    public WeightNoise WeightNoiseKind { get; init; }

    /// <summary>σ of the weights' noise (<c>w_noise</c>).</summary>
    public double WeightNoise
    {
        get;
        init => field = NotNegative(value);
    }

    /// <summary>How inputs are scaled (<c>noise_management</c>).</summary>
    public NoiseManagement NoiseManagement { get; init; } = NoiseManagement.LargestMagnitude;

    /// <summary>Largest scale, 0 for none; the scale itself for <see cref="NoiseManagement.Constant"/> (<c>nm_thres</c>).</summary>
    public double NoiseManagementThreshold
    {
        get;
        init => field = NotNegative(value);
    }

    /// <summary>Largest weight that <see cref="NoiseManagement.LargestMagnitudeOrSum"/> reckons with (<c>nm_assumed_wmax</c>).</summary>
    public double AssumedLargestWeight
    {
        get;
        init => field = NotNegative(value);
    } = 0.6;

    /// <summary>Whether a read is repeated with half the input as long as an output exceeds its bound (<c>bound_management</c>). Only forward.</summary>
    public bool BoundManagement { get; init; } = true;

    /// <summary>No more halving from this factor on (<c>max_bm_factor</c>).</summary>
    public double LargestBoundFactor
    {
        get;
        init => field = NotNegative(value);
    } = 1000.0;

    /// <summary>No more halving when the input's steps would be coarser than this share of its bound (<c>max_bm_res</c>).</summary>
    public double LargestBoundResolution
    {
        get;
        init => field = NotNegative(value);
    } = 0.25;

    /// <summary>Whether an output below the negative bound counts as exceeding it (<c>bm_test_negative_bound</c>).</summary>
    public bool TestsNegativeBound { get; init; } = true;

    /// <summary>Distance of two inputs; 0 for none.</summary>
    internal float InputStep => Step(InputBound, InputResolution);

    /// <summary>Distance of two outputs; 0 for none.</summary>
    internal float OutputStep => Step(OutputBound, OutputResolution);

    /// <summary>The same periphery for one-hot reads between arrays: both managements are off.</summary>
    internal PeripherySettings Unmanaged => this with { NoiseManagement = NoiseManagement.None, BoundManagement = false };

    private static float Step(double bound, double resolution) => (float)(2.0 * bound * (resolution > 1.0 ? 1.0 / resolution : resolution));

    private static double NotNegative(double value, [CallerMemberName] string name = "") =>
        value >= 0.0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                FormattableString.Invariant($"Expected a finite number at or above 0, got {value}.")
            );
}
