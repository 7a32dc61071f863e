using System;
using System.Threading;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Sampling;

namespace AnalogTheory.Kernels.Crossbars;

/// <summary>One vector of replicas of a rank-1 training plan.</summary>
internal sealed class RankOneBlock<T, TLaw>(RankOnePlan plan, TLaw law, int firstReplica)
    where T : struct, ILanes<T>
    where TLaw : struct, IResponseLaw<T>
{
    private readonly int _dimension = plan.Dimension;
    private readonly int _samples = plan.Samples;
    private readonly T[] _weights = Filled(plan.Dimension, plan.Start);
    private readonly T[] _auxiliary = new T[plan.TransferRate is null ? 0 : plan.Dimension];
    private readonly T[] _visible = new T[plan.Dimension];
    private readonly T[] _residuals = new T[plan.Samples];
    private readonly T[] _normals = new T[plan.Samples];
    private readonly T[] _uniforms = new T[plan.Dimension + 1];
    private readonly double[] _norms = Norms(plan);
    private readonly double[] _largest = LargestOf(plan);
    private T _bias = T.Zero;

    internal void Run(double[] losses, CancellationToken cancellation)
    {
        for (int step = 0; step <= plan.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            Read();
            if (step % plan.TraceEvery == 0)
            {
                Record(losses, step / plan.TraceEvery);
            }

            if (step < plan.Steps)
            {
                AddReadNoise(step);
                Update(step);
                Transfer(step);
            }
        }
    }

    private static T[] Filled(int length, double value)
    {
        T[] filled = new T[length];
        Array.Fill(filled, T.Constant(value));
        return filled;
    }

    private ReadOnlySpan<double> Row(int n) => plan.Matrix.AsSpan().Slice(n * _dimension, _dimension);

    private static double[] Norms(RankOnePlan plan) =>
        PerRow(
            plan,
            static row =>
            {
                double sum = 0.0;
                foreach (double a in row)
                {
                    sum += a * a;
                }

                return Math.Sqrt(sum);
            }
        );

    private static double[] LargestOf(RankOnePlan plan) =>
        PerRow(
            plan,
            static row =>
            {
                double largest = 0.0;
                foreach (double a in row)
                {
                    largest = Math.Max(largest, Math.Abs(a));
                }

                return largest;
            }
        );

    private delegate double OfRow(ReadOnlySpan<double> row);

    private static double[] PerRow(RankOnePlan plan, OfRow value)
    {
        double[] values = new double[plan.Samples];
        for (int n = 0; n < values.Length; n++)
        {
            values[n] = value(plan.Matrix.AsSpan().Slice(n * plan.Dimension, plan.Dimension));
        }

        return values;
    }

    // Residuals of all samples before any of them is used.
    private void Read()
    {
        T mixing = T.Constant(plan.Mixing);
        for (int d = 0; d < _dimension; d++)
        {
            _visible[d] = _auxiliary.Length == 0 ? _weights[d] : T.FusedMultiplyAdd(mixing, _auxiliary[d], _weights[d]);
        }

        for (int n = 0; n < _samples; n++)
        {
            ReadOnlySpan<double> row = Row(n);
            T sum = _bias - T.Constant(plan.Target[n]);
            for (int d = 0; d < row.Length; d++)
            {
                sum = T.FusedMultiplyAdd(T.Constant(row[d]), _visible[d], sum);
            }

            _residuals[n] = sum;
        }
    }

    private void AddReadNoise(int step)
    {
        if (plan.ReadNoise == 0.0)
        {
            return;
        }

        ulong element = (ulong)step * (ulong)((_samples + 3) / 4 * 4);
        Gaussian.FillGaussian(plan.Key, Purpose.ReadNoise, (uint)firstReplica, element, _samples, 1, _normals.AsSpan());
        for (int n = 0; n < _samples; n++)
        {
            _residuals[n] = T.FusedMultiplyAdd(T.Constant(plan.ReadNoise * _norms[n]), _normals[n], _residuals[n]);
        }
    }

    private void Update(int step)
    {
        Span<T> target = _auxiliary.Length == 0 ? _weights : _auxiliary;
        T scale = T.Constant(-plan.LearningRate / _samples);
        for (int n = 0; n < _samples; n++)
        {
            ReadOnlySpan<double> row = Row(n);
            T factor = scale * _residuals[n];
            if (plan.Pulses == PulseMode.Continuous)
            {
                for (int d = 0; d < row.Length; d++)
                {
                    target[d] = AnalogUpdate.Apply(law, target[d], factor * T.Constant(row[d]));
                }
            }
            else if (_largest[n] > 0.0)
            {
                PulseTrainOf.Train train = new(
                    plan.Granularity,
                    plan.BitLength,
                    plan.Pulses == PulseMode.SharedRow,
                    plan.Key,
                    Purpose.Pulses,
                    (uint)firstReplica,
                    (ulong)step * (ulong)_samples + (ulong)n
                );
                PulseTrainOf.Send(law, target, row, _largest[n], factor, train, _uniforms);
            }

            if (plan.TrainsBias)
            {
                _bias += factor;
            }
        }
    }

    // W moves by +βP, element by element; one-hot reads make every element a train of its own.
    private void Transfer(int step)
    {
        if (plan.TransferRate is not double rate)
        {
            return;
        }

        if (plan.Pulses == PulseMode.Continuous)
        {
            T beta = T.Constant(rate);
            for (int d = 0; d < _dimension; d++)
            {
                _weights[d] = AnalogUpdate.Apply(law, _weights[d], beta * _auxiliary[d]);
            }
        }
        else
        {
            PulseTrainOf.Train train = new(
                plan.Granularity,
                plan.TransferBitLength,
                SharesRow: false,
                plan.Key,
                Purpose.TransferPulses,
                (uint)firstReplica,
                (ulong)step
            );
            PulseTrainOf.SendEach(law, _weights, _auxiliary, rate, train, _uniforms);
        }
    }

    private void Record(double[] losses, int point)
    {
        T sum = T.Zero;
        for (int n = 0; n < _samples; n++)
        {
            sum = T.FusedMultiplyAdd(_residuals[n], _residuals[n], sum);
        }

        T loss = sum * T.Constant(0.5 / _samples);
        int count = Math.Min(T.Count, plan.Replicas - firstReplica);
        Lanes.Doubles<T>(new ReadOnlySpan<T>(in loss))[..count].CopyTo(losses.AsSpan(point * plan.Replicas + firstReplica, count));
    }
}
