using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Sampling;

namespace AnalogTheory.Kernels.Pulses;

/// <summary>What every pulse of a train has in common.</summary>
/// <param name="Granularity">Δw_min &gt; 0, unit of weight: what one pulse moves at q = 1.</param>
/// <param name="Multiplicative">σ_c2c ≥ 0: the whole step is scaled by 1 + σ_c2c·ξ, ξ standard normal, independent from pulse to pulse.</param>
/// <param name="Additive">σ_add ≥ 0: σ_add·ξ·Δw_min is added to the step, whatever the weight.</param>
/// <param name="Lower">w_min, the weight is clipped to it after every pulse; −∞ for none.</param>
/// <param name="Upper">w_max, the weight is clipped to it after every pulse; +∞ for none.</param>
public readonly record struct PulseSettings(double Granularity, double Multiplicative, double Additive, double Lower, double Upper);

/// <summary>Pulses sent to one element, one after the other, each through the device's law.</summary>
/// <remarks>
/// Without noise, a train is the fold of w ± Δw_min·q±(w) over its pulses, bit for bit (<see cref="Pulse"/>). Pulse n of replica r reads element n of the
/// streams (key, <see cref="Purpose.CycleNoise"/>, r) and (key, <see cref="Purpose.Pulses"/>, r) and nothing else. A noise that turns a step round
/// still acts through the response of the pulse's own direction. Nothing is allocated.
/// </remarks>
public static class PulseTrains
{
    private const int Chunk = 64;

    /// <summary>The weight after a train.</summary>
    /// <typeparam name="TSigns">Directions of the pulses.</typeparam>
    /// <param name="device">Device.</param>
    /// <param name="settings">Granularity, noise and bounds.</param>
    /// <param name="signs">Directions of the pulses.</param>
    /// <param name="w">Weight before the first pulse.</param>
    /// <param name="pulses">Number of pulses, at least 0.</param>
    /// <param name="key">64-bit key of the random streams; unused where nothing is random.</param>
    /// <param name="replica">Replica, so that elements can share a key.</param>
    public static double Send<TSigns>(
        DeviceLaw device,
        PulseSettings settings,
        TSigns signs,
        double w,
        long pulses,
        ulong key,
        uint replica
    )
        where TSigns : struct, IPulseSigns
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Accept<Scalar, Loop<TSigns>, double>(new Loop<TSigns>(settings, signs, w, pulses, key, replica, []));
    }

    /// <summary>The weights after each pulse of a train.</summary>
    /// <typeparam name="TSigns">Directions of the pulses.</typeparam>
    /// <param name="device">Device.</param>
    /// <param name="settings">Granularity, noise and bounds.</param>
    /// <param name="signs">Directions of the pulses.</param>
    /// <param name="w">Weight before the first pulse.</param>
    /// <param name="key">64-bit key of the random streams; unused where nothing is random.</param>
    /// <param name="replica">Replica, so that elements can share a key.</param>
    /// <param name="weights">Receives the weight after pulse 1, 2, …; its length is the number of pulses.</param>
    public static void Trace<TSigns>(
        DeviceLaw device,
        PulseSettings settings,
        TSigns signs,
        double w,
        ulong key,
        uint replica,
        Span<double> weights
    )
        where TSigns : struct, IPulseSigns
    {
        ArgumentNullException.ThrowIfNull(device);
        device.Accept<Scalar, Loop<TSigns>, double>(new Loop<TSigns>(settings, signs, w, weights.Length, key, replica, weights));
    }

    private readonly ref struct Loop<TSigns> : ILawVisitor<Scalar, double>
        where TSigns : struct, IPulseSigns
    {
        private readonly PulseSettings _settings;
        private readonly TSigns _signs;
        private readonly double _w;
        private readonly long _pulses;
        private readonly ulong _key;
        private readonly uint _replica;
        private readonly Span<double> _weights;

        internal Loop(PulseSettings settings, TSigns signs, double w, long pulses, ulong key, uint replica, Span<double> weights)
        {
            _settings = settings;
            _signs = signs;
            _w = w;
            _pulses = pulses;
            _key = key;
            _replica = replica;
            _weights = weights;
        }

        public double Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<Scalar>
        {
            Span<Scalar> noise = stackalloc Scalar[Chunk];
            Span<Scalar> uniforms = stackalloc Scalar[Chunk];
            bool noisy = _settings.Multiplicative != 0.0 || _settings.Additive != 0.0;
            Scalar granularity = new(_settings.Granularity);
            Scalar multiplicative = new(_settings.Multiplicative);
            Scalar additive = new(_settings.Additive);
            Scalar lower = new(_settings.Lower);
            Scalar upper = new(_settings.Upper);
            Stepped<TLaw, Scalar> stepped = new(law, granularity, granularity);
            Scalar w = new(_w);
            for (long first = 0; first < _pulses; first += Chunk)
            {
                int size = (int)Math.Min(Chunk, _pulses - first);
                if (noisy)
                {
                    Gaussian.FillGaussian(_key, Purpose.CycleNoise, _replica, (ulong)first, size, 1, noise);
                }

                if (TSigns.AreRandom)
                {
                    Uniform.FillUniform(_key, Purpose.Pulses, _replica, (ulong)first, size, 1, uniforms);
                }

                for (int i = 0; i < size; i++)
                {
                    // A positive ξ makes the step larger, up or down.
                    Scalar direction = new(_signs.At(first + i, uniforms[i].Value));
                    Scalar step = Pulse.Step(stepped, w, direction);
                    if (noisy)
                    {
                        Scalar deviation = Pulse.NoiseOfStep(multiplicative, step) + Pulse.NoiseOfUnitStep(additive, granularity);
                        w = Pulse.Land(w, step, deviation, direction * noise[i], lower, upper);
                    }
                    else
                    {
                        w = Pulse.Land(w, step, lower, upper);
                    }

                    if (!_weights.IsEmpty)
                    {
                        _weights[(int)first + i] = w.Value;
                    }
                }
            }

            return w.Value;
        }
    }
}
