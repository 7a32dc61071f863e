using System;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Ensembles;

/// <summary>The arrays of a block of replicas, as views that are made once per run; coordinate-major, <c>x[d·vectors + v]</c>.</summary>
/// <typeparam name="T">Lanes.</typeparam>
internal readonly ref struct BlockState<T>
    where T : struct, ILanes<T>
{
    internal BlockState(BlockLayout layout, AlignedArena<T> arena)
    {
        Vectors = layout.Vectors;
        Weights = arena[layout.Weights];
        Auxiliary = arena[layout.Auxiliary];
        Probe = layout.IsMixed ? arena[layout.Probe] : Weights;
        Gradient = arena[layout.Gradient];
        GradientAtWeights = layout.SeparatesGradient ? arena[layout.CleanGradient] : Gradient;
        Magnitude = arena[layout.Magnitude];
        Raw = arena[layout.Raw];
        Value = arena[layout.Value];
        Scratch = arena[layout.Scratch];
        PartialSums = arena[layout.PartialSums];
        Sums = arena[layout.Sums];
        Peaks = arena[layout.Peaks];
    }

    /// <summary>Vectors of lanes per coordinate.</summary>
    internal readonly int Vectors;

    /// <summary>W.</summary>
    internal readonly Span<T> Weights;

    /// <summary>P, or empty.</summary>
    internal readonly Span<T> Auxiliary;

    /// <summary>Where the gradient is taken: W + γP, the same memory as W where γ = 0.</summary>
    internal readonly Span<T> Probe;

    /// <summary>g; before the noise is added, ∇f at the probe.</summary>
    internal readonly Span<T> Gradient;

    /// <summary>∇f(W) without noise, valid when measures are taken.</summary>
    internal readonly Span<T> GradientAtWeights;

    /// <summary>Total of |gₙ|, or empty.</summary>
    internal readonly Span<T> Magnitude;

    /// <summary>Raw randomness of a chunk of steps.</summary>
    internal readonly Span<T> Raw;

    /// <summary>One value per replica.</summary>
    internal readonly Span<T> Value;

    /// <summary>Another value per replica.</summary>
    internal readonly Span<T> Scratch;

    /// <summary>Sums of the measures over the current chunk.</summary>
    internal readonly Span<T> PartialSums;

    /// <summary>Sums of the measures over the chunks before.</summary>
    internal readonly Span<T> Sums;

    /// <summary>Largest values of the watched measures so far.</summary>
    internal readonly Span<T> Peaks;
}

/// <summary>Where the arrays of a block lie in its arena.</summary>
internal sealed class BlockLayout
{
    internal BlockLayout(EnsemblePlan plan, int vectors, int chunk, Func<int, Range> reserve)
    {
        int state = plan.Objective.Dimension * vectors;
        int measures = plan.Measures.Length * vectors;
        Vectors = vectors;
        IsMixed = plan.Rule.HasAuxiliary && plan.Rule.Mixing != 0.0;
        SeparatesGradient = IsMixed || plan.Batch == BatchMode.PerSample;
        Weights = reserve(state);
        Gradient = reserve(state);
        Raw = reserve(chunk * plan.Noise.RawPerStep(plan.Objective.Dimension) * vectors);
        Auxiliary = reserve(plan.Rule.HasAuxiliary ? state : 0);
        Probe = reserve(IsMixed ? state : 0);
        CleanGradient = reserve(SeparatesGradient ? state : 0);
        Magnitude = reserve(plan.Batch == BatchMode.PerSample ? state : 0);
        Value = reserve(vectors);
        Scratch = reserve(vectors);
        PartialSums = reserve(measures);
        Sums = reserve(measures);
        Peaks = reserve(plan.Peaks.Length * vectors);
    }

    internal int Vectors { get; }

    internal bool IsMixed { get; }

    /// <summary>Whether measures need a gradient of their own: the rule's is taken elsewhere, or summed sample by sample with other rounding.</summary>
    internal bool SeparatesGradient { get; }

    internal Range Weights { get; }

    internal Range Auxiliary { get; }

    internal Range Probe { get; }

    internal Range Gradient { get; }

    internal Range CleanGradient { get; }

    internal Range Magnitude { get; }

    internal Range Raw { get; }

    internal Range Value { get; }

    internal Range Scratch { get; }

    internal Range PartialSums { get; }

    internal Range Sums { get; }

    internal Range Peaks { get; }
}
