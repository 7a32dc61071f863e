using System;
using AnalogTheory.Kernels.Sampling;

namespace AnalogTheory.Tiles.Periphery;

/// <summary>Names the random streams of a read of one sample: round r of it takes numbers from r·2³² on.</summary>
/// <param name="Key">64-bit key.</param>
/// <param name="Purpose">Forward or backward.</param>
/// <param name="Sample">Number of the sample in its mini-batch, or the column or row of a one-hot read.</param>
internal readonly record struct ReadDraws(ulong Key, uint Purpose, uint Sample)
{
    // One-hot reads stay apart from mini-batches under one key.
    private const uint OneHot = 0x8000_0000;

    // Inputs stand behind outputs in a round's stretch.
    private const ulong Inputs = 1UL << 31;

    internal static ReadDraws Forward(ulong key, int sample) => new(key, Kernels.Sampling.Purpose.ReadNoise, (uint)sample);

    internal static ReadDraws Backward(ulong key, int sample) => new(key, Kernels.Sampling.Purpose.BackwardNoise, (uint)sample);

    internal ReadDraws AsOneHot => this with { Sample = Sample | OneHot };

    /// <summary>A normal number for each output.</summary>
    internal void OutputNormals(int round, Span<float> normals) => Gaussian.Fill(Key, Purpose, Sample, (ulong)round << 32, normals);

    /// <summary>A normal number for each input.</summary>
    internal void InputNormals(int round, Span<float> normals) =>
        Gaussian.Fill(Key, Purpose, Sample, ((ulong)round << 32) + Inputs, normals);

    /// <summary>A uniform number for each output.</summary>
    internal void OutputUniforms(int round, Span<double> uniforms) =>
        Uniform.Fill(Keys.Fold(Key, Purpose), Kernels.Sampling.Purpose.Rounding, Sample, (ulong)round << 32, uniforms);

    /// <summary>A uniform number for each input.</summary>
    internal void InputUniforms(int round, Span<double> uniforms) =>
        Uniform.Fill(Keys.Fold(Key, Purpose), Kernels.Sampling.Purpose.Rounding, Sample, ((ulong)round << 32) + Inputs, uniforms);
}
