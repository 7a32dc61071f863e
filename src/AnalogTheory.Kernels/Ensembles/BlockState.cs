using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Objectives;

namespace AnalogTheory.Kernels.Ensembles;

/// <summary>Views of a block of replicas before a step, for the measures; coordinate-major, <c>x[d·Vectors + v]</c>.</summary>
internal readonly ref struct BlockState<T>
    where T : struct, ILanes<T>
{
    public required ObjectiveKernel<T> Objective { get; init; }

    public required int Vectors { get; init; }

    public required ReadOnlySpan<T> Weights { get; init; }

    public required ReadOnlySpan<T> Auxiliary { get; init; }

    /// <summary>∇f(W) without noise.</summary>
    public required ReadOnlySpan<T> GradientAtWeights { get; init; }

    /// <summary>Room for one value per replica.</summary>
    public required Span<T> Scratch { get; init; }
}
