using System.Collections.Immutable;
using AnalogTheory.Kernels.Noises;
using AnalogTheory.Kernels.Objectives;
using AnalogTheory.Kernels.Rules;

namespace AnalogTheory.Kernels.Ensembles;

/// <summary>How a mini-batch reaches an analog device; digital rules do not notice.</summary>
public enum BatchMode
{
    /// <summary>One update per step: the device sees |ΣΔₙ|. The paper's dynamic.</summary>
    FullBatch,

    /// <summary>One update per sample: the device sees Σ|Δₙ|. What a crossbar with rank-1 pulses does, to first order in Δ/τ.</summary>
    PerSample,
}

/// <summary>R independent replicas of one chain for K steps, as data; running it twice gives the same bits.</summary>
public sealed record EnsemblePlan
{
    /// <summary>f.</summary>
    public required Objective Objective { get; init; }

    /// <summary>ε.</summary>
    public required NoiseModel Noise { get; init; }

    /// <summary>The rule.</summary>
    public required UpdateRule Rule { get; init; }

    /// <summary>How a batch is sent.</summary>
    public BatchMode Batch { get; init; }

    /// <summary>W₀, length D, the same for all replicas.</summary>
    public required ImmutableArray<double> Start { get; init; }

    /// <summary>P₀, length D, or empty for zero.</summary>
    public ImmutableArray<double> AuxiliaryStart { get; init; } = [];

    /// <summary>K ≥ 0.</summary>
    public required long Steps { get; init; }

    /// <summary>R ≥ 1.</summary>
    public required int Replicas { get; init; }

    /// <summary>Key of the random stream.</summary>
    public required ulong Key { get; init; }

    /// <summary>Number of the first replica, so that an ensemble can be computed in parts.</summary>
    public uint FirstReplica { get; init; }

    /// <summary>What to measure.</summary>
    public ImmutableArray<Measure> Measures { get; init; } = [];

    /// <summary>Record the measures at steps 0, t, 2t, … ≤ K; 0 records no trace.</summary>
    public long TraceEvery { get; init; }

    /// <summary>Average the measures over steps k in [AverageFrom, K); K or more averages nothing.</summary>
    public long AverageFrom { get; init; } = long.MaxValue;

    /// <summary>Measures whose largest value over all steps 0 … K is wanted; NaN anywhere makes it NaN.</summary>
    public ImmutableArray<Measure> Peaks { get; init; } = [];

    /// <summary>The plan with the largest values of measures wanted.</summary>
    /// <param name="peaks">Measures.</param>
    /// <returns>A plan that is otherwise the same.</returns>
    public EnsemblePlan Watching(ImmutableArray<Measure> peaks) => this with { Peaks = peaks };

    /// <summary>Number of recorded points per replica.</summary>
    public int TracePoints => TraceEvery <= 0 ? 0 : checked((int)(Steps / TraceEvery + 1));
}

/// <summary>What an ensemble run leaves; arrays are indexed as said, and never change after the run.</summary>
public sealed class EnsembleResult
{
    internal EnsembleResult(EnsemblePlan plan)
    {
        Plan = plan;
        int replicas = plan.Replicas;
        int measures = plan.Measures.Length;
        Traces = new double[(long)measures * plan.TracePoints * replicas];
        Averages = new double[plan.AverageFrom < plan.Steps ? measures * replicas : 0];
        Peaks = new double[plan.Peaks.Length * replicas];
        Weights = new double[(long)plan.Objective.Dimension * replicas];
        Auxiliaries = new double[plan.Rule.HasAuxiliary ? (long)plan.Objective.Dimension * replicas : 0];
    }

    /// <summary>The plan that was run.</summary>
    public EnsemblePlan Plan { get; }

    /// <summary>Measure m of replica r at trace point t: <c>[(m·TracePoints + t)·R + r]</c>.</summary>
    internal double[] Traces { get; }

    /// <summary>Time average of measure m over replica r: <c>[m·R + r]</c>.</summary>
    internal double[] Averages { get; }

    /// <summary>Largest value of peak m over replica r: <c>[m·R + r]</c>.</summary>
    internal double[] Peaks { get; }

    /// <summary>Final weight d of replica r: <c>[d·R + r]</c>.</summary>
    internal double[] Weights { get; }

    /// <summary>Final auxiliary weight d of replica r: <c>[d·R + r]</c>.</summary>
    internal double[] Auxiliaries { get; }

    /// <summary>Measure m at trace point t, all replicas; length R.</summary>
    /// <param name="measure">Index into the plan's measures.</param>
    /// <param name="point">Index of the recorded step, 0 … TracePoints − 1.</param>
    public System.ReadOnlySpan<double> Trace(int measure, int point) =>
        System.MemoryExtensions.AsSpan(Traces, (measure * Plan.TracePoints + point) * Plan.Replicas, Plan.Replicas);

    /// <summary>Time averages of measure m, all replicas; length R.</summary>
    /// <param name="measure">Index into the plan's measures.</param>
    public System.ReadOnlySpan<double> Average(int measure) =>
        System.MemoryExtensions.AsSpan(Averages, measure * Plan.Replicas, Plan.Replicas);

    /// <summary>Largest value over steps 0 … K of a measure whose peak was wanted, all replicas; length R.</summary>
    /// <param name="peak">Index into the plan's peaks.</param>
    public System.ReadOnlySpan<double> Peak(int peak) => System.MemoryExtensions.AsSpan(Peaks, peak * Plan.Replicas, Plan.Replicas);

    /// <summary>Final weight d, all replicas; length R.</summary>
    /// <param name="coordinate">d.</param>
    public System.ReadOnlySpan<double> FinalWeight(int coordinate) =>
        System.MemoryExtensions.AsSpan(Weights, coordinate * Plan.Replicas, Plan.Replicas);

    /// <summary>Final auxiliary weight d, all replicas; length R, empty for rules without P.</summary>
    /// <param name="coordinate">d.</param>
    public System.ReadOnlySpan<double> FinalAuxiliary(int coordinate) =>
        Auxiliaries.Length == 0 ? default : System.MemoryExtensions.AsSpan(Auxiliaries, coordinate * Plan.Replicas, Plan.Replicas);
}
