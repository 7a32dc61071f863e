using System;
using System.Threading;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Problems;

/// <summary>One run of <see cref="LeastSquaresTraining"/>, in place.</summary>
internal sealed class LeastSquaresRun
{
    private readonly LeastSquaresData _data;
    private readonly IArrayAlgorithm _algorithm;
    private readonly AlgorithmState _state;
    private readonly ulong _steps;
    private readonly double _learningRate;
    private readonly bool _trainsBias;
    private readonly float[] _d;
    private readonly float[] _weights;
    private float _bias;
    private bool _hasDiverged;
    private int _step;
    private long _pulses;

    internal LeastSquaresRun(LeastSquaresData data, LeastSquaresTraining training, ulong key)
    {
        _data = data;
        _algorithm = training.Algorithm(Keys.Fold(key, 0));
        if (_algorithm.Outputs != 1 || _algorithm.Inputs != data.Dimension)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Expected an algorithm of 1 output and {data.Dimension} inputs, got one of {_algorithm.Outputs} and {_algorithm.Inputs}."
                ),
                nameof(training)
            );
        }

        _state = _algorithm.Init();
        if (!training.Start.IsDefaultOrEmpty)
        {
            _algorithm.Set(_state, Keys.Fold(key, 1), training.Start.AsSpan());
        }

        _steps = Keys.Fold(key, 2);
        _learningRate = training.LearningRate;
        _trainsBias = training.TrainsBias;
        _bias = (float)training.StartBias;
        _d = new float[data.Samples];
        _weights = new float[data.Dimension];
    }

    /// <summary>Goes on until before step k.</summary>
    internal void Advance(int step, CancellationToken cancellation)
    {
        for (; _step < step; _step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_hasDiverged)
            {
                Step(Keys.Fold(_steps, (ulong)_step));
            }
        }
    }

    /// <summary>The loss where the run stands.</summary>
    internal double Loss()
    {
        if (_hasDiverged)
        {
            return double.NaN;
        }

        _algorithm.Get(_state, _weights);
        return _data.Loss(_weights, _bias);
    }

    /// <summary>All that is told about where the run stands.</summary>
    internal TrainingPoint Point()
    {
        double loss = Loss();
        return new(_step, loss, [.. _weights], _bias, _pulses);
    }

    private void Step(ulong key)
    {
        _algorithm.Forward(_state, Keys.Fold(key, 0), _data.Rows, _d);
        float mean = 0.0f;
        float share = 1.0f / _data.Samples;
        bool isFinite = true;
        for (int n = 0; n < _d.Length; n++)
        {
            _d[n] = share * (_d[n] + _bias - _data.Target[n]);
            mean += _d[n];
            isFinite &= float.IsFinite(_d[n]);
        }

        // What diverges is data: the run ends here, and its losses are none.
        if (!isFinite)
        {
            _hasDiverged = true;
            return;
        }

        if (_trainsBias)
        {
            _bias -= (float)_learningRate * mean;
        }

        UpdateInfo info = _algorithm.Update(_state, Keys.Fold(key, 1), _data.Rows, _d, _learningRate);
        _pulses += info.Pulses;
    }
}
