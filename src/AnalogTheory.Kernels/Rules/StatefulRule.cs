using System;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Rules;

/// <summary>A rule whose state is more than W and P, such as momentum or a history: one replica at a time, as pure functions.</summary>
/// <typeparam name="TState">State; a value that no step changes in place.</typeparam>
public interface IStateMachine<TState>
{
    /// <summary>The state before the first step.</summary>
    /// <param name="w">W₀; length D.</param>
    TState Init(ReadOnlySpan<double> w);

    /// <summary>Key of a replica, asked for once in a run.</summary>
    /// <param name="key">Key of the run.</param>
    /// <param name="replica">Number of the replica.</param>
    ulong KeyOf(ulong key, uint replica);

    /// <summary>The state after a step; a pure function of its arguments.</summary>
    /// <param name="key">Key of the replica.</param>
    /// <param name="step">Number of the step.</param>
    /// <param name="gradient">g at the state's W, loss/weight; length D.</param>
    /// <param name="magnitude">Total of |gₙ|; length D, or empty for |g|.</param>
    /// <param name="state">The state before.</param>
    TState Step(ulong key, ulong step, ReadOnlySpan<double> gradient, ReadOnlySpan<double> magnitude, TState state);

    /// <summary>Writes W of a state, and P where the rule has it.</summary>
    /// <param name="state">State.</param>
    /// <param name="w">Receives W; length D.</param>
    /// <param name="p">Receives P; length D, or empty.</param>
    void Write(TState state, Span<double> w, Span<double> p);
}

/// <summary>A rule with any state in an ensemble: objective, noise and measures run over lanes, the rule replica by replica.</summary>
/// <typeparam name="TState">State of one replica.</typeparam>
/// <param name="machine">The rule.</param>
/// <param name="hasAuxiliary">Whether a state has a P to show.</param>
/// <param name="mixing">γ ≥ 0: the gradient is taken at W + γP.</param>
public sealed class StatefulRule<TState>(IStateMachine<TState> machine, bool hasAuxiliary, double mixing = 0.0) : UpdateRule
{
    /// <inheritdoc/>
    public override bool HasAuxiliary => hasAuxiliary;

    /// <inheritdoc/>
    public override double Mixing => mixing;

    /// <inheritdoc/>
    public override RuleKernel<T> In<T>() => new Kernel<T>(machine);

    private sealed class Kernel<T>(IStateMachine<TState> machine) : RuleKernel<T>
        where T : struct, ILanes<T>
    {
        private TState[] _states = [];
        private ulong[] _keys = [];
        private ulong _step;
        private double[] _w = [];
        private double[] _p = [];
        private double[] _gradient = [];
        private double[] _magnitude = [];

        public override void Begin(ulong key, uint firstReplica, Span<T> w, Span<T> p, int vectors)
        {
            int stride = vectors * T.Count;
            Span<double> main = Lanes.Doubles(w);
            _step = 0;
            _keys = new ulong[stride];
            _states = new TState[stride];
            _w = new double[main.Length / stride];
            _p = new double[p.IsEmpty ? 0 : _w.Length];
            _gradient = new double[_w.Length];
            for (int replica = 0; replica < stride; replica++)
            {
                Gather(main, replica, _w);
                _keys[replica] = machine.KeyOf(key, unchecked(firstReplica + (uint)replica));
                _states[replica] = machine.Init(_w);
                Show(replica, main, Lanes.Doubles(p));
            }
        }

        public override void Advance(Span<T> w, Span<T> p, ReadOnlySpan<T> gradient, ReadOnlySpan<T> magnitude)
        {
            if (_states.Length == 0)
            {
                throw new InvalidOperationException(
                    "Expected a run that was begun, got a lone step of a rule that keeps its state in the run."
                );
            }

            Array.Resize(ref _magnitude, magnitude.IsEmpty ? 0 : _w.Length);
            for (int replica = 0; replica < _states.Length; replica++)
            {
                Gather(Lanes.Doubles(gradient), replica, _gradient);
                Gather(Lanes.Doubles(magnitude), replica, _magnitude);
                _states[replica] = machine.Step(_keys[replica], _step, _gradient, _magnitude, _states[replica]);
                Show(replica, Lanes.Doubles(w), Lanes.Doubles(p));
            }

            _step++;
        }

        private void Show(int replica, Span<double> w, Span<double> p)
        {
            machine.Write(_states[replica], _w, _p);
            for (int d = 0; d < _w.Length; d++)
            {
                w[d * _states.Length + replica] = _w[d];
                if (_p.Length > 0)
                {
                    p[d * _states.Length + replica] = _p[d];
                }
            }
        }

        private void Gather(ReadOnlySpan<double> values, int replica, double[] gathered)
        {
            for (int d = 0; d < gathered.Length; d++)
            {
                gathered[d] = values[d * _states.Length + replica];
            }
        }
    }
}
