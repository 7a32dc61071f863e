using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>Chopped Tiki-Taka (c-TTv2): TTv2 whose gradients reach A with flipping signs, so that an offset of A's symmetric point averages out.</summary>
/// <remarks>
/// H' = H + c·transfer·a/unit, c the sign under which a was collected (Nat. Commun. 15:7133, 2024); AIHWKIT calls it <c>ChoppedTransferCompound</c>. With a chop
/// probability of 0 it is the TTv2 of AIHWKIT's <c>build_config</c>.
/// </remarks>
/// <param name="fast">A, which collects the gradient.</param>
/// <param name="slow">W.</param>
/// <param name="settings">Settings; null for the defaults.</param>
/// <exception cref="System.ArgumentException">The shapes differ, or a number is out of its range.</exception>
public sealed class ChoppedTikiTaka(IWeightArray fast, IWeightArray slow, ChoppedSettings? settings = null)
    : ChoppedAlgorithm(fast, slow, settings ?? new ChoppedSettings(), [])
{
    /// <inheritdoc/>
    public override string Name => ChopPeriod > 0 ? "c-TTv2" : "TTv2";
}
