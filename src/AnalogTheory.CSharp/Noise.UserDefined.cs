using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using AnalogTheory.Kernels.Noises;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

public sealed partial class Noise
{
    /// <summary>A noise of your own: ε of a coordinate from one raw number and the coordinate's weight.</summary>
    /// <remarks>
    /// The function is called once per coordinate, replica and step, from several threads: it must be pure. Then the noise is a function of
    /// the seed: the same bits on any number of threads. What it throws ends the run.
    /// </remarks>
    /// <param name="sample">ε, loss/weight, from a raw number and the weight; E ε = 0 is yours to see to.</param>
    /// <param name="raw">What the raw number is.</param>
    /// <param name="moments">What you vouch for at a weight; null if nothing, and then no hypothesis about the noise holds.</param>
    /// <param name="shared">Whether all coordinates see the same raw number, as in ε = ξ·1.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentNullException">The function or the name is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The kind of raw numbers has no name.</exception>
    public static Noise UserDefined(
        Func<double, double, double> sample,
        RawNumbers raw = RawNumbers.Normal,
        Func<double, NoiseMoments>? moments = null,
        bool shared = false,
        string name = "user-defined"
    )
    {
        ArgumentNullException.ThrowIfNull(sample);
        return UserDefinedPerCoordinate((draws, w) => sample(draws[0], w), 1, raw, moments, shared, name);
    }

    /// <summary>A noise of your own: ε of a coordinate from n raw numbers and the coordinate's weight.</summary>
    /// <remarks>As <see cref="UserDefined"/>.</remarks>
    /// <param name="sample">ε, loss/weight, from n raw numbers and the weight; E ε = 0 is yours to see to.</param>
    /// <param name="count">n ≥ 1.</param>
    /// <param name="raw">What the raw numbers are.</param>
    /// <param name="moments">What you vouch for at a weight; null if nothing, and then no hypothesis about the noise holds.</param>
    /// <param name="shared">Whether all coordinates see the same raw numbers, as in ε = ξ·1.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentNullException">The function or the name is null.</exception>
    /// <exception cref="ArgumentException">n is below 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The kind of raw numbers has no name.</exception>
    public static Noise UserDefinedPerCoordinate(
        CoordinateNoise sample,
        int count,
        RawNumbers raw = RawNumbers.Normal,
        Func<double, NoiseMoments>? moments = null,
        bool shared = false,
        string name = "user-defined"
    )
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(name);
        FSharpFunc<double, Moments> known = FuncConvert.FromFunc<double, Moments>(w => Vouched(moments?.Invoke(w)));
        NoiseSample each = new((draws, w) => sample(draws, w));
        return new(
            shared
                ? UserDefinedNoise.shared(name, Kind(raw), count, known, each)
                : UserDefinedNoise.create(name, Kind(raw), count, known, each)
        );
    }

    /// <summary>A noise of your own: the whole vector ε from raw numbers and all weights, written into a span.</summary>
    /// <remarks>The function is called once per replica and step, from several threads: it must be pure. What it throws ends the run.</remarks>
    /// <param name="sample">Writes ε; E ε = 0 is yours to see to.</param>
    /// <param name="perStep">Raw numbers that a step gets once, at least 0; they come first.</param>
    /// <param name="perCoordinate">Raw numbers that every coordinate gets, at least 0; one raw number at least in all.</param>
    /// <param name="raw">What the raw numbers are.</param>
    /// <param name="moments">
    /// What you vouch for of a coordinate at all weights; null if nothing, and then no hypothesis about the noise holds.
    /// </param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentNullException">The function or the name is null.</exception>
    /// <exception cref="ArgumentException">A count is below 0, or both are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The kind of raw numbers has no name.</exception>
    public static Noise UserDefinedVector(
        VectorNoise sample,
        int perStep,
        int perCoordinate,
        RawNumbers raw = RawNumbers.Normal,
        Func<ImmutableArray<double>, int, NoiseMoments>? moments = null,
        string name = "user-defined"
    )
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(name);
        Require.atLeast(nameof(perStep), 0, perStep);
        Require.atLeast(nameof(perCoordinate), perStep > 0 ? 0 : 1, perCoordinate);
        FSharpFunc<Weights, FSharpFunc<int, Moments>> known = FuncConvert.FromFunc<Weights, int, Moments>(
            (w, d) => Vouched(moments?.Invoke(w.Values, d))
        );
        return new(UserDefinedNoise.ofVector(name, Kind(raw), perStep, perCoordinate, known, new NoiseFunction(sample)));
    }

    /// <summary>
    /// A noise of your own from the values that ε of a coordinate takes; all its moments are exact, so that claims can be settled exactly.
    /// </summary>
    /// <remarks>
    /// The function must be pure. A value comes from a 32-bit uniform, so the probability realised differs from the one given by at most
    /// 2⁻³². Later, in a run, a support that is none ends the run with an <see cref="ArgumentException"/>.
    /// </remarks>
    /// <param name="support">The values at a weight, with their probabilities.</param>
    /// <param name="shared">Whether all coordinates see the same uniform, which picks the values in their order.</param>
    /// <param name="centredAt">Weights at which E ε = 0 is checked now; null for none.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentNullException">The function or the name is null.</exception>
    /// <exception cref="ArgumentException">
    /// At a weight of centredAt: E ε is not 0, there are no values, a value is not finite, a probability is negative, or they sum to 1 only
    /// by more than 10⁻¹².
    /// </exception>
    public static Noise OfSupport(
        Func<double, ImmutableArray<NoiseValue>> support,
        bool shared = false,
        IEnumerable<double>? centredAt = null,
        string name = "user-defined"
    )
    {
        ArgumentNullException.ThrowIfNull(support);
        ArgumentNullException.ThrowIfNull(name);
        FSharpFunc<double, Atom[]> atoms = FuncConvert.FromFunc<double, Atom[]>(w =>
            [.. Edge.Initialised(support(w), "support(w)").Select(atom => new Atom(atom.Value, atom.Probability))]
        );
        FSharpList<double> states = ListModule.OfSeq(centredAt ?? []);
        return new(shared ? UserDefinedNoise.ofSharedSupport(name, states, atoms) : UserDefinedNoise.ofSupport(name, states, atoms));
    }

    /// <summary>
    /// A noise of your own from the vectors that ε takes, as random sampling has them; all its moments are exact.
    /// </summary>
    /// <remarks>As <see cref="OfSupport"/>.</remarks>
    /// <param name="support">The vectors at weights W, each of length D, with their probabilities.</param>
    /// <param name="centredAt">Weights at which E ε = 0 is checked now; null for none.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentNullException">The function or the name is null.</exception>
    /// <exception cref="ArgumentException">As for <see cref="OfSupport"/>; or a vector has another length than the weights.</exception>
    public static Noise OfJointSupport(
        Func<ImmutableArray<double>, ImmutableArray<NoiseVector>> support,
        IEnumerable<ImmutableArray<double>>? centredAt = null,
        string name = "user-defined"
    )
    {
        ArgumentNullException.ThrowIfNull(support);
        ArgumentNullException.ThrowIfNull(name);
        FSharpFunc<Weights, ValueTuple<double, Weights>[]> atoms = FuncConvert.FromFunc<Weights, ValueTuple<double, Weights>[]>(w =>
            [
                .. Edge.Initialised(support(w.Values), "support(w)")
                    .Select(atom => (atom.Probability, Edge.Vector(w.Length, atom.Elements, "support(w)"))),
            ]
        );
        return new(
            UserDefinedNoise.ofJointSupport(name, ListModule.OfSeq((centredAt ?? []).Select(w => Edge.Vector(w, "centredAt"))), atoms)
        );
    }

    /// <summary>
    /// A noise of your own whose coordinates take the same values at every weight: all moments are exact and its bound is known, so that claims
    /// derive ranges from it and verdicts need not be asymptotic.
    /// </summary>
    /// <remarks>As <see cref="OfSupport"/>; E ε is computed, and claims about a biased noise are vacuous.</remarks>
    /// <param name="values">The values with their probabilities.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">
    /// There are no values, a value is not finite, a probability is negative, or they sum to 1 only by more than 10⁻¹².
    /// </exception>
    public static Noise OfValues(ImmutableArray<NoiseValue> values, string name = "user-defined")
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(
            UserDefinedNoise.ofAtoms(
                name,
                [.. Edge.Initialised(values, nameof(values)).Select(atom => new Atom(atom.Value, atom.Probability))]
            )
        );
    }

    /// <summary>The noise with a bound that you vouch for, |ε_d| ≤ bound at every weight.</summary>
    /// <remarks>
    /// Claims derive ranges of weights and margins from it, so that verdicts need not be asymptotic. Every draw on a watched path is compared with the
    /// bound, and every margin against its range; what breaks them makes the verdict vacuous.
    /// </remarks>
    /// <param name="bound">Largest |ε_d| ≥ 0, loss/weight; +∞ for none.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentException">The bound is below 0 or NaN.</exception>
    public Noise WithBound(double bound) => new(UserDefinedNoise.boundedBy(bound, Inner), Problem);

    private static RawKind Kind(RawNumbers raw) =>
        raw switch
        {
            RawNumbers.Uniform => RawKind.Uniform,
            RawNumbers.Normal => RawKind.Gaussian,
            _ => throw Edge.Undefined(raw),
        };

    private static Moments Vouched(NoiseMoments? moments) => moments?.Core ?? MomentsModule.unknown;
}

/// <summary>What the raw numbers of a noise of your own are.</summary>
public enum RawNumbers
{
    /// <summary>Uniforms in (0, 1), on a lattice of 2⁻³².</summary>
    Uniform,

    /// <summary>Standard normals.</summary>
    Normal,
}

/// <summary>ε of one coordinate from its raw numbers and its weight; must be pure.</summary>
/// <param name="raw">Raw numbers, as many as were asked for.</param>
/// <param name="w">Weight where the gradient was taken.</param>
/// <returns>ε, loss/weight.</returns>
public delegate double CoordinateNoise(ReadOnlySpan<double> raw, double w);

/// <summary>Writes the vector ε of one step; must be pure.</summary>
/// <param name="raw">Raw numbers: those of the step, then those of coordinate 0, 1, …</param>
/// <param name="w">Weights where the gradient was taken; length D.</param>
/// <param name="noise">Receives ε, loss/weight; zeros on entry; length D.</param>
public delegate void VectorNoise(ReadOnlySpan<double> raw, ReadOnlySpan<double> w, Span<double> noise);

/// <summary>One value that the noise of a coordinate takes, and how often.</summary>
/// <param name="Value">Value, finite, loss/weight.</param>
/// <param name="Probability">Probability, at least 0.</param>
public readonly record struct NoiseValue(double Value, double Probability);

/// <summary>One vector that a noise takes, and how often.</summary>
/// <param name="Elements">ε, finite, loss/weight; length D.</param>
/// <param name="Probability">Probability, at least 0.</param>
public readonly record struct NoiseVector(ImmutableArray<double> Elements, double Probability);
