using System;
using Microsoft.FSharp.Core;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>What you vouch for of one coordinate's noise at a weight; what the theory's hypotheses read. Immutable, changed by <c>with</c>.</summary>
/// <remarks>
/// Claims about a run check it with what is drawn on watched paths, by bets that a true statement loses with probability δ at most; a run by itself
/// does not. What is left out is unknown, and a hypothesis that asks for it does not hold.
/// </remarks>
public sealed record NoiseMoments
{
    /// <summary>A noise of mean 0 and this variance.</summary>
    /// <param name="variance">s² = E ε² − (E ε)² ≥ 0, (loss/weight)².</param>
    /// <exception cref="ArgumentException">s² is not a finite number of at least 0.</exception>
    public NoiseMoments(double variance) => Variance = variance;

    /// <summary>s² ≥ 0, (loss/weight)².</summary>
    /// <exception cref="ArgumentException">s² is not a finite number of at least 0.</exception>
    public double Variance
    {
        get;
        init
        {
            Require.nonNegative("variance", value);
            field = value;
        }
    }

    /// <summary>E ε, loss/weight; 0 unless you say otherwise, and then the claims say nothing (A3′).</summary>
    /// <exception cref="ArgumentException">The mean is not finite.</exception>
    public double Mean
    {
        get;
        init
        {
            Require.finite("mean", value);
            field = value;
        }
    }

    /// <summary>Largest |ε| ≥ 0 at the weight, loss/weight; +∞, the default, if there is none.</summary>
    /// <remarks>Ranges of margins need a bound at every weight at once: <see cref="Noise.WithBound"/>.</remarks>
    /// <exception cref="ArgumentException">The bound is below 0 or NaN.</exception>
    public double Bound
    {
        get;
        init
        {
            Require.within("bound", 0.0, double.PositiveInfinity, value);
            field = value;
        }
    } = double.PositiveInfinity;

    /// <summary>E|g + ε| as a function of g, loss/weight; null, the default, if unknown.</summary>
    public Func<double, double>? MeanAbsolute { get; init; }

    /// <summary>E (g + ε)·|g + ε| as a function of g, (loss/weight)²; null, the default, if unknown.</summary>
    public Func<double, double>? MeanSignedSquare { get; init; }

    internal Moments Core
    {
        get
        {
            AbsoluteMoments? absolute =
                MeanAbsolute is null && MeanSignedSquare is null ? null : new(Function(MeanAbsolute), Function(MeanSignedSquare));
            return new(
                Mean,
                Variance + Mean * Mean,
                absolute is null ? FSharpOption<AbsoluteMoments>.None : FSharpOption<AbsoluteMoments>.Some(absolute),
                FSharpOption<Atom[]>.None,
                Bound
            );
        }
    }

    private static FSharpFunc<double, double> Function(Func<double, double>? known) =>
        FuncConvert.FromFunc(known ?? (static _ => double.NaN));
}
