using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>Residual learning (2502.06309): the network computes with W + γ·P, P follows the residual of W, and W moves by P.</summary>
/// <remarks>Both versions are recipes: v1 is <see cref="TikiTaka"/> and v2 is <see cref="TikiTakaV2"/> with the sequel's numbers, the whole array transferred after every mini-batch.</remarks>
public static class ResidualLearning
{
    /// <summary>v1: P' = U(P, −α·∇f(W + γP)), W' = U(W, β·P').</summary>
    /// <param name="residual">P.</param>
    /// <param name="main">W.</param>
    /// <param name="mixing">γ ≥ 0.</param>
    /// <param name="transferRate">β &gt; 0, dimensionless; it does not follow α.</param>
    /// <returns>The algorithm.</returns>
    public static TikiTaka V1(IWeightArray residual, IWeightArray main, double mixing, double transferRate) =>
        new(
            residual,
            main,
            new TikiTakaSettings
            {
                Mixing = mixing,
                TransferRate = Rate.Absolute(transferRate),
                Schedule = TransferSchedule.WholeArray(main.Inputs),
            }
        );

    /// <summary>v2: H' = (1 − β)·H + β·(P' + read noise); where |H'| ≥ Δw_min, W receives one pulse of its sign, which is taken off H'.</summary>
    /// <param name="residual">P.</param>
    /// <param name="main">W.</param>
    /// <param name="mixing">γ ≥ 0.</param>
    /// <param name="transferRate">β in (0, 1), dimensionless; it does not follow α.</param>
    /// <returns>The algorithm.</returns>
    public static TikiTakaV2 V2(IWeightArray residual, IWeightArray main, double mixing, double transferRate) =>
        new(
            residual,
            main,
            new TikiTakaV2Settings
            {
                Mixing = mixing,
                TransferRate = Rate.Absolute(transferRate),
                Decay = transferRate,
                Momentum = 0.0,
                Forgets = false,
                Schedule = TransferSchedule.WholeArray(main.Inputs),
            }
        );
}
