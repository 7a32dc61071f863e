using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>What all algorithms with a fast array A and a slow array W have in common: A collects the gradient, and is read and transferred to W.</summary>
/// <remarks>Names of AIHWKIT's <c>TransferCompound</c> in parentheses; the defaults are the kit's, but for <see cref="FastRate"/>, which follows the papers.</remarks>
public record TransferSettings
{
    /// <summary>When and what is transferred (<c>transfer_every</c>, <c>n_reads_per_transfer</c>, …).</summary>
    public TransferSchedule Schedule { get; init; } = TransferSchedule.EveryBatch;

    /// <summary>Rate at which A collects the gradient, weight per unit of d·x (<c>fast_lr</c>; <c>scale_fast_lr</c> false is an absolute rate).</summary>
    public Rate FastRate { get; init; } = Rate.Relative(1.0);

    /// <summary>Rate at which W moves by what is read from A, dimensionless (<c>transfer_lr</c>, <c>scale_transfer_lr</c>).</summary>
    public Rate TransferRate { get; init; } = Rate.Relative(1.0);

    /// <summary>γ ≥ 0: the network computes with W + γ·A (<c>gamma</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Mixing
    {
        get;
        init =>
            field =
                value >= 0.0 && double.IsFinite(value)
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(Mixing),
                        FormattableString.Invariant($"Expected a finite γ of at least 0, got {value}.")
                    );
    }

    /// <summary>Circuit that sends gradients to A (<c>update</c>).</summary>
    public UpdateSettings GradientUpdate { get; init; } = UpdateSettings.Default;

    /// <summary>Circuit that sends transfers to W (<c>transfer_update</c>).</summary>
    public UpdateSettings TransferUpdate { get; init; } = UpdateSettings.Default;

    /// <summary>The circuit of thresholded transfers: one slot, so that each element gets one pulse or none.</summary>
    public static UpdateSettings OnePulse { get; } =
        new()
        {
            BitLength = 1,
            UpdateManagement = false,
            BitLengthManagement = false,
        };
}
