using System;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using BenchmarkDotNet.Attributes;

namespace AnalogTheory.Benchmarks;

/// <summary>Updates of a 512 × 512 array of soft bounds with reference, device and cycle variation on; time a crosspoint, on one thread unless said.</summary>
/// <remarks>The baseline is one float normal number; bars: 1.6 times that at 7.8 pulses, 1.0 at 1 pulse, 0.25 at 0.125 pulses. Updates up and down alternate.
/// What is met, and what remains: decision 24.</remarks>
public class TileUpdateBenchmarks
{
    internal const int Side = 512;
    private const int Crosspoints = Side * Side;

    private readonly PulsedArray _array = new(new SoftBoundsReferenceDevice(), Side, Side, deviceKey: 1);
    private readonly PulsedArray _twoThreads = new(new SoftBoundsReferenceDevice(), Side, Side, deviceKey: 1) { Threads = 2 };
    private readonly float[] _normals = new float[Crosspoints];
    private readonly float[] _x = Uniforms(1);
    private readonly float[] _d = Uniforms(2);
    private readonly UpdateSettings _managed = UpdateSettings.Default;
    private readonly UpdateSettings _long = new() { BitLengthManagement = false };
    private readonly PulseAfterPulse _kit = new(new SoftBoundsReferenceDevice(), Side);
    private readonly ArrayState _state;
    private double _sign = 1.0;
    private ulong _key;

    public TileUpdateBenchmarks() => _state = _array.Init();

    private double Granularity => _array.Granularity;

    [Benchmark(Baseline = true, OperationsPerInvoke = Crosspoints)]
    public float OneNormal()
    {
        Gaussian.Fill(++_key, 1, 2, _normals);
        return _normals[^1];
    }

    [Benchmark(OperationsPerInvoke = Crosspoints)]
    public long Pulses7_8() => Send(_array, _managed, 31.0);

    [Benchmark(OperationsPerInvoke = Crosspoints)]
    public long Pulses1() => Send(_array, _long, 4.0);

    [Benchmark(OperationsPerInvoke = Crosspoints)]
    public long Pulses1Managed() => Send(_array, _managed, 4.0);

    [Benchmark(OperationsPerInvoke = Crosspoints)]
    public long Pulses0_125() => Send(_array, _managed, 0.5);

    [Benchmark(OperationsPerInvoke = Crosspoints)]
    public long Pulses7_8TwoThreads() => Send(_twoThreads, _managed, 31.0);

    [Benchmark(OperationsPerInvoke = Crosspoints)]
    public long PulseAfterPulse7_8() => _kit.Send(_x, _d, 31, 1.0, Turn());

    [Benchmark(OperationsPerInvoke = Crosspoints)]
    public long PulseAfterPulse0_125() => _kit.Send(_x, _d, 1, Math.Sqrt(0.5), Turn());

    internal static float[] Uniforms(uint replica)
    {
        double[] uniforms = new double[Side];
        Uniform.Fill(1, Purpose.General, replica, uniforms);
        uniforms[0] = 1.0;
        return Array.ConvertAll(uniforms, u => (float)((2.0 * u) - 1.0));
    }

    // A longest train of k pulses: then the mean over uniform x and d is k/4.
    private long Send(PulsedArray array, UpdateSettings settings, double longest) =>
        array.Update(_state, ++_key, settings, _x, _d, Turn() * longest * Granularity).Pulses;

    private double Turn() => _sign = -_sign;
}
