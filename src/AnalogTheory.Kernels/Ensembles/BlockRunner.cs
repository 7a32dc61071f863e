using System;
using System.Threading;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Noises;
using AnalogTheory.Kernels.Objectives;
using AnalogTheory.Kernels.Rules;
using AnalogTheory.Kernels.Sampling;

namespace AnalogTheory.Kernels.Ensembles;

/// <summary>Runs one block of replicas of a plan from its first step to its last; all memory is taken at construction.</summary>
/// <typeparam name="T">Lanes.</typeparam>
internal sealed class BlockRunner<T>
    where T : struct, ILanes<T>
{
    private readonly EnsemblePlan _plan;
    private readonly int _firstReplica;
    private readonly int _vectors;
    private readonly int _rawPerStep;
    private readonly int _chunk;
    private readonly ObjectiveKernel<T> _objective;
    private readonly NoiseKernel<T> _noise;
    private readonly RuleKernel<T> _rule;
    private readonly bool _needsGradient;
    private readonly BlockLayout _layout;
    private readonly AlignedArena<T> _arena = new();

    /// <summary>Prepares a block.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="firstReplica">Index of the block's first replica within the plan.</param>
    /// <param name="vectors">Vectors of lanes per coordinate.</param>
    internal BlockRunner(EnsemblePlan plan, int firstReplica, int vectors)
    {
        _plan = plan;
        _firstReplica = firstReplica;
        _vectors = vectors;
        _rawPerStep = plan.Noise.RawPerStep(plan.Objective.Dimension);
        _chunk = ChunkOf(_rawPerStep);
        _objective = plan.Objective.In<T>();
        _noise = plan.Noise.In<T>();
        _rule = plan.Rule.In<T>();
        foreach (Measure measure in plan.Measures)
        {
            _needsGradient |= measure.NeedsGradient;
        }

        foreach (Measure measure in plan.Peaks)
        {
            _needsGradient |= measure.NeedsGradient;
        }

        _layout = new BlockLayout(plan, vectors, _chunk, _arena.Reserve);
        _arena.Allocate();
    }

    private uint FirstNumber => unchecked(_plan.FirstReplica + (uint)_firstReplica);

    // A multiple of four steps, so that a chunk starts on a whole block of random words; it depends on the chain only, never on the lanes,
    // because partial sums are flushed once a chunk.
    private static int ChunkOf(int rawPerStep) =>
        rawPerStep switch
        {
            0 => 64,
            1 => 32,
            2 => 16,
            <= 4 => 8,
            _ => 4,
        };

    /// <summary>Runs all steps and writes this block's part of the result.</summary>
    /// <param name="result">Receives traces, averages and final states.</param>
    /// <param name="cancellation">Checked between chunks.</param>
    internal void Run(EnsembleResult result, CancellationToken cancellation)
    {
        _objective.Begin(Math.Min(_vectors * T.Count, _plan.Replicas - _firstReplica), cancellation);
        BlockState<T> state = new(_layout, _arena);
        state.Peaks.Fill(T.Constant(double.NegativeInfinity));
        Broadcast(_plan.Start.AsSpan(), state.Weights);
        Broadcast(_plan.AuxiliaryStart.AsSpan(), state.Auxiliary);
        _rule.Begin(_plan.Key, FirstNumber, state.Weights, state.Auxiliary, _vectors);
        for (long start = 0; start < _plan.Steps; start += _chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            int steps = (int)Math.Min(_chunk, _plan.Steps - start);
            Fill(state.Raw, start, steps);
            for (int i = 0; i < steps; i++)
            {
                Step(state, result, start + i, i);
            }

            Flush(state);
        }

        if (IsTraced(_plan.Steps) || _plan.Peaks.Length > 0)
        {
            Gradient(state, measured: true);
            Watch(state);
        }

        if (IsTraced(_plan.Steps))
        {
            Trace(state, result, _plan.Steps);
        }

        Finish(state, result);
    }

    private void Broadcast(ReadOnlySpan<double> start, Span<T> target)
    {
        for (int i = 0; i < target.Length && !start.IsEmpty; i++)
        {
            target[i] = T.Constant(start[i / _vectors]);
        }
    }

    private void Fill(Span<T> raw, long start, int steps)
    {
        uint replica = FirstNumber;
        ulong element = (ulong)start * (ulong)_rawPerStep;
        int elements = steps * _rawPerStep;
        switch (_plan.Noise.Raw)
        {
            case RawKind.Uniform:
                Uniform.FillUniform(_plan.Key, Purpose.GradientNoise, replica, element, elements, _vectors, raw);
                break;
            case RawKind.Gaussian:
                Gaussian.FillGaussian(_plan.Key, Purpose.GradientNoise, replica, element, elements, _vectors, raw);
                break;
            default:
                break;
        }
    }

    private bool IsTraced(long step) => _plan.TraceEvery > 0 && step % _plan.TraceEvery == 0;

    private void Step(in BlockState<T> state, EnsembleResult result, long step, int indexInChunk)
    {
        bool traced = IsTraced(step);
        bool averaged = step >= _plan.AverageFrom;
        bool watched = _plan.Peaks.Length > 0;
        Gradient(state, traced || averaged || watched);
        if (watched)
        {
            Watch(state);
        }

        if (traced)
        {
            Trace(state, result, step);
        }

        if (averaged)
        {
            Accumulate(state);
        }

        int raw = _rawPerStep * _vectors;
        if (raw > 0)
        {
            _noise.Add(state.Raw.Slice(indexInChunk * raw, raw), state.Probe, state.Gradient, state.Magnitude, _vectors);
        }

        _rule.Advance(state.Weights, state.Auxiliary, state.Gradient, state.Magnitude);
    }

    // The gradient that the rule will use, at W + γP; and the one at W where a measure will look at it.
    private void Gradient(in BlockState<T> state, bool measured)
    {
        if (_layout.IsMixed)
        {
            T mixing = T.Constant(_plan.Rule.Mixing);
            for (int i = 0; i < state.Probe.Length; i++)
            {
                state.Probe[i] = T.FusedMultiplyAdd(mixing, state.Auxiliary[i], state.Weights[i]);
            }
        }

        if (_layout.SeparatesGradient && _needsGradient && measured)
        {
            _objective.Gradient(state.Weights, state.GradientAtWeights, _vectors);
        }

        if (state.Magnitude.IsEmpty)
        {
            _objective.Gradient(state.Probe, state.Gradient, _vectors);
        }
        else
        {
            _objective.GradientBySample(state.Probe, state.Gradient, state.Magnitude, _vectors);
        }
    }

    private void Trace(in BlockState<T> state, EnsembleResult result, long step)
    {
        int point = (int)(step / _plan.TraceEvery);
        for (int m = 0; m < _plan.Measures.Length; m++)
        {
            MeasureKernel.Evaluate(_plan.Measures[m], _objective, state);
            CopyOut(state.Value, result.Traces, (m * _plan.TracePoints + point) * _plan.Replicas);
        }
    }

    private void Watch(in BlockState<T> state)
    {
        for (int m = 0; m < _plan.Peaks.Length; m++)
        {
            MeasureKernel.Evaluate(_plan.Peaks[m], _objective, state);
            Span<T> peaks = state.Peaks.Slice(m * _vectors, _vectors);
            for (int v = 0; v < peaks.Length; v++)
            {
                peaks[v] = T.Max(peaks[v], state.Value[v]);
            }
        }
    }

    private void Accumulate(in BlockState<T> state)
    {
        for (int m = 0; m < _plan.Measures.Length; m++)
        {
            MeasureKernel.Evaluate(_plan.Measures[m], _objective, state);
            Span<T> sums = state.PartialSums.Slice(m * _vectors, _vectors);
            for (int v = 0; v < sums.Length; v++)
            {
                sums[v] += state.Value[v];
            }
        }
    }

    // Sums of sums: a partial sum a chunk keeps the error of long averages small.
    private static void Flush(in BlockState<T> state)
    {
        for (int i = 0; i < state.Sums.Length; i++)
        {
            state.Sums[i] += state.PartialSums[i];
        }

        state.PartialSums.Clear();
    }

    private void Finish(in BlockState<T> state, EnsembleResult result)
    {
        if (result.Averages.Length > 0)
        {
            T count = T.Constant(_plan.Steps - _plan.AverageFrom);
            for (int m = 0; m < _plan.Measures.Length; m++)
            {
                Span<T> mean = state.Sums.Slice(m * _vectors, _vectors);
                for (int v = 0; v < mean.Length; v++)
                {
                    mean[v] /= count;
                }

                CopyOut(mean, result.Averages, m * _plan.Replicas);
            }
        }

        for (int m = 0; m < _plan.Peaks.Length; m++)
        {
            CopyOut(state.Peaks.Slice(m * _vectors, _vectors), result.Peaks, m * _plan.Replicas);
        }

        CopyStates(state.Weights, result.Weights);
        CopyStates(state.Auxiliary, result.Auxiliaries);
    }

    private void CopyStates(ReadOnlySpan<T> source, double[] target)
    {
        for (int d = 0; d * _vectors < source.Length; d++)
        {
            CopyOut(source.Slice(d * _vectors, _vectors), target, d * _plan.Replicas);
        }
    }

    // The last block may have more lanes than the plan has replicas; the surplus is dropped.
    private void CopyOut(ReadOnlySpan<T> value, double[] target, int offset)
    {
        int count = Math.Min(_vectors * T.Count, _plan.Replicas - _firstReplica);
        Lanes.Doubles(value)[..count].CopyTo(target.AsSpan(offset + _firstReplica, count));
    }
}
