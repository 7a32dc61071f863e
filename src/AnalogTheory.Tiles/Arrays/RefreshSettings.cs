using System;
using System.Runtime.CompilerServices;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>When the pairs of a <see cref="OneSidedArray"/> are refreshed, which of them, and by which circuit.</summary>
/// <remarks>Names of AIHWKIT's <c>OneSidedUnitCell</c> in parentheses; the defaults are those of its <c>PCMPresetUnitCell</c>, but for <see cref="Update"/>.</remarks>
public sealed record RefreshSettings
{
    /// <summary>A look at all pairs after every mini-batch.</summary>
    public static RefreshSettings EveryBatch { get; } = new();

    /// <summary>Pairs that are never refreshed.</summary>
    public static RefreshSettings Never { get; } = new() { Every = 0.0 };

    /// <summary>Updates between two looks at all pairs, counted in <see cref="CountsBatches"/>' unit; 0 for never (<c>refresh_every</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Every
    {
        get;
        init => field = value >= 0.0 && double.IsFinite(value) ? value : throw Out(value, "a finite number at or above 0");
    } = 1.0;

    /// <summary>Whether <see cref="Every"/> counts mini-batches; else samples (<c>units_in_mbatch</c>).</summary>
    public bool CountsBatches { get; init; } = true;

    /// <summary>A pair is refreshed where its larger element reads above this share of the mean upper bound … (<c>refresh_upper_thres</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double UpperThreshold
    {
        get;
        init => field = value >= 0.0 && double.IsFinite(value) ? value : throw Out(value, "a finite number at or above 0");
    } = 0.75;

    /// <summary>… and its smaller one above this (<c>refresh_lower_thres</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double LowerThreshold
    {
        get;
        init => field = value >= 0.0 && double.IsFinite(value) ? value : throw Out(value, "a finite number at or above 0");
    } = 0.25;

    /// <summary>Circuit that writes the difference back; null for one with as many slots as the way from bound to bound needs (<c>refresh_update</c>, of 31 slots there).</summary>
    public UpdateSettings? Update { get; init; }

    /// <summary>Samples between two looks; 0 for never.</summary>
    internal long Period(int batch) =>
        Every == 0.0 ? 0 : Math.Max(1, (long)(CountsBatches ? Math.Ceiling(Every * batch) : Math.Round(Every)));

    private static ArgumentOutOfRangeException Out(double value, string expected, [CallerMemberName] string name = "") =>
        new(name, FormattableString.Invariant($"Expected {expected}, got {value}."));
}
