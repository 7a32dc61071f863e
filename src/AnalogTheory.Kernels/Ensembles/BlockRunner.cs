using System;
using System.Runtime.InteropServices;
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
    private readonly int _dimension;
    private readonly int _rawPerStep;
    private readonly int _chunk;
    private readonly ObjectiveKernel<T> _objective;
    private readonly NoiseKernel<T> _noise;
    private readonly RuleKernel<T> _rule;
    private readonly RawKind _rawKind;
    private readonly T _mixing;
    private readonly bool _mixed;
    private readonly bool _bySample;
    private readonly bool _needsGradient;

    private readonly AlignedArena<T> _arena = new();
    private readonly Range _weights;
    private readonly Range _auxiliary;
    private readonly Range _probe;
    private readonly Range _gradient;
    private readonly Range _magnitude;
    private readonly Range _cleanGradient;
    private readonly Range _raw;
    private readonly Range _value;
    private readonly Range _scratch;
    private readonly Range _partialSums;
    private readonly Range _sums;

    /// <summary>Prepares a block.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="firstReplica">Index of the block's first replica within the plan.</param>
    /// <param name="vectors">Vectors of lanes per coordinate.</param>
    internal BlockRunner(EnsemblePlan plan, int firstReplica, int vectors)
    {
        _plan = plan;
        _firstReplica = firstReplica;
        _vectors = vectors;
        _dimension = plan.Objective.Dimension;
        _rawKind = plan.Noise.Raw;
        _rawPerStep = plan.Noise.RawPerStep(_dimension);
        _chunk = ChunkOf(_rawPerStep);
        _objective = plan.Objective.In<T>();
        _noise = plan.Noise.In<T>();
        _rule = plan.Rule.In<T>();
        _mixing = T.Constant(plan.Rule.Mixing);
        _mixed = plan.Rule.HasAuxiliary && plan.Rule.Mixing != 0.0;
        _bySample = plan.Batch == BatchMode.PerSample;
        foreach (Measure measure in plan.Measures)
        {
            _needsGradient |= measure.NeedsGradient;
        }

        int state = _dimension * vectors;
        int measures = plan.Measures.Length * vectors;
        _weights = _arena.Reserve(state);
        _gradient = _arena.Reserve(state);
        _raw = _arena.Reserve(_chunk * _rawPerStep * vectors);
        _auxiliary = _arena.Reserve(plan.Rule.HasAuxiliary ? state : 0);
        _probe = _arena.Reserve(_mixed ? state : 0);
        _cleanGradient = _arena.Reserve(_mixed ? state : 0);
        _magnitude = _arena.Reserve(_bySample ? state : 0);
        _value = _arena.Reserve(vectors);
        _scratch = _arena.Reserve(vectors);
        _partialSums = _arena.Reserve(measures);
        _sums = _arena.Reserve(measures);
        _arena.Allocate();
    }

    // A multiple of four steps, so that a chunk starts on a whole block of random words; it depends on the chain only, never on the lanes,
    // because partial sums are flushed once a chunk.
    private static int ChunkOf(int rawPerStep) => rawPerStep switch { 0 => 64, 1 => 32, 2 => 16, <= 4 => 8, _ => 4 };

    /// <summary>Runs all steps and writes this block's part of the result.</summary>
    /// <param name="result">Receives traces, averages and final states.</param>
    /// <param name="cancellation">Checked between chunks.</param>
    internal void Run(EnsembleResult result, CancellationToken cancellation)
    {
        Initialise();
        ulong key = _plan.Key;
        uint replica = unchecked(_plan.FirstReplica + (uint)_firstReplica);
        for (long start = 0; start < _plan.Steps; start += _chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            int steps = (int)Math.Min(_chunk, _plan.Steps - start);
            Fill(key, replica, start, steps);
            for (int i = 0; i < steps; i++)
            {
                Step(result, start + i, i);
            }

            Flush();
        }

        if (IsTraced(_plan.Steps))
        {
            Gradient(_plan.Steps);
            Trace(result, _plan.Steps);
        }

        Finish(result);
    }

    private void Initialise()
    {
        Broadcast(_plan.Start.AsSpan(), _arena[_weights]);
        Broadcast(_plan.AuxiliaryStart.AsSpan(), _arena[_auxiliary]);
        _arena[_sums].Clear();
        _arena[_partialSums].Clear();
    }

    private void Broadcast(ReadOnlySpan<double> start, Span<T> state)
    {
        state.Clear();
        for (int i = 0; i < state.Length && !start.IsEmpty; i++)
        {
            state[i] = T.Constant(start[i / _vectors]);
        }
    }

    private void Fill(ulong key, uint replica, long start, int steps)
    {
        if (_rawKind == RawKind.None)
        {
            return;
        }

        ulong element = (ulong)start * (ulong)_rawPerStep;
        int elements = steps * _rawPerStep;
        if (_rawKind == RawKind.Uniform)
        {
            Uniform.FillUniform(key, Purpose.GradientNoise, replica, element, elements, _vectors, _arena[_raw]);
        }
        else
        {
            Gaussian.FillGaussian(key, Purpose.GradientNoise, replica, element, elements, _vectors, _arena[_raw]);
        }
    }

    private void Step(EnsembleResult result, long step, int indexInChunk)
    {
        Gradient(step);
        if (IsTraced(step))
        {
            Trace(result, step);
        }

        if (step >= _plan.AverageFrom)
        {
            Accumulate();
        }

        int raw = _rawPerStep * _vectors;
        Span<T> where = _arena[_mixed ? _probe : _weights];
        Span<T> gradient = _arena[_gradient];
        Span<T> magnitude = _arena[_magnitude];
        if (raw > 0)
        {
            _noise.Add(_arena[_raw].Slice(indexInChunk * raw, raw), where, gradient, magnitude, _vectors);
        }

        _rule.Advance(_arena[_weights], _arena[_auxiliary], gradient, magnitude);
    }

    // The gradient that the rule will use, at W + γP; and the one at W where a measure will look at it.
    private void Gradient(long step)
    {
        Span<T> where = _arena[_weights];
        if (_mixed)
        {
            Span<T> weights = where;
            Span<T> auxiliary = _arena[_auxiliary];
            where = _arena[_probe];
            for (int i = 0; i < where.Length; i++)
            {
                where[i] = T.FusedMultiplyAdd(_mixing, auxiliary[i], weights[i]);
            }

            if (_needsGradient && (IsTraced(step) || step >= _plan.AverageFrom))
            {
                _objective.Gradient(weights, _arena[_cleanGradient], _vectors);
            }
        }

        if (_bySample)
        {
            _objective.GradientBySample(where, _arena[_gradient], _arena[_magnitude], _vectors);
        }
        else
        {
            _objective.Gradient(where, _arena[_gradient], _vectors);
        }
    }

    private bool IsTraced(long step) => _plan.TraceEvery > 0 && step % _plan.TraceEvery == 0;

    private BlockState<T> State() => new()
    {
        Objective = _objective,
        Vectors = _vectors,
        Weights = _arena[_weights],
        Auxiliary = _arena[_auxiliary],
        GradientAtWeights = _arena[_mixed ? _cleanGradient : _gradient],
        Scratch = _arena[_scratch],
    };

    private void Trace(EnsembleResult result, long step)
    {
        BlockState<T> state = State();
        Span<T> value = _arena[_value];
        int point = (int)(step / _plan.TraceEvery);
        for (int m = 0; m < _plan.Measures.Length; m++)
        {
            MeasureKernel.Evaluate(_plan.Measures[m], state, value);
            CopyOut(value, result.Traces, (m * _plan.TracePoints + point) * _plan.Replicas);
        }
    }

    private void Accumulate()
    {
        BlockState<T> state = State();
        Span<T> value = _arena[_value];
        Span<T> sums = _arena[_partialSums];
        for (int m = 0; m < _plan.Measures.Length; m++)
        {
            MeasureKernel.Evaluate(_plan.Measures[m], state, value);
            for (int v = 0; v < _vectors; v++)
            {
                sums[m * _vectors + v] += value[v];
            }
        }
    }

    // Sums of sums: a partial sum a chunk keeps the error of long averages small.
    private void Flush()
    {
        Span<T> partial = _arena[_partialSums];
        Span<T> sums = _arena[_sums];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += partial[i];
        }

        partial.Clear();
    }

    private void Finish(EnsembleResult result)
    {
        if (result.Averages.Length > 0)
        {
            Span<T> sums = _arena[_sums];
            T count = T.Constant(_plan.Steps - _plan.AverageFrom);
            for (int m = 0; m < _plan.Measures.Length; m++)
            {
                Span<T> value = sums.Slice(m * _vectors, _vectors);
                for (int v = 0; v < _vectors; v++)
                {
                    value[v] /= count;
                }

                CopyOut(value, result.Averages, m * _plan.Replicas);
            }
        }

        CopyStates(_arena[_weights], result.Weights);
        CopyStates(_arena[_auxiliary], result.Auxiliaries);
    }

    private void CopyStates(ReadOnlySpan<T> state, double[] target)
    {
        for (int d = 0; d * _vectors < state.Length; d++)
        {
            CopyOut(state.Slice(d * _vectors, _vectors), target, d * _plan.Replicas);
        }
    }

    // The last block may have more lanes than the plan has replicas; the surplus is dropped.
    private void CopyOut(ReadOnlySpan<T> value, double[] target, int offset)
    {
        int count = Math.Min(_vectors * T.Count, _plan.Replicas - _firstReplica);
        Lanes.Doubles(value)[..count].CopyTo(target.AsSpan(offset + _firstReplica, count));
    }
}
