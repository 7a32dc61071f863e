using System;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>Buffers of a thread, kept between updates and reads so that neither allocates.</summary>
internal sealed class Workspace
{
    [ThreadStatic]
    private static Workspace? s_ofThread;

    internal AlignedBuffer<double> Uniforms;
    internal AlignedBuffer<ulong> Marks;
    internal AlignedBuffer<double> InputProbabilities;
    internal AlignedBuffer<double> OutputProbabilities;
    internal AlignedBuffer<float> Inputs;
    internal AlignedBuffer<uint> InputWords;
    internal AlignedBuffer<uint> OutputWords;
    internal AlignedBuffer<float> Counts;
    internal AlignedBuffer<PutOff> PutOff;
    internal AlignedBuffer<float> Noise;
    internal AlignedBuffer<float> WriteNormals;
    internal AlignedBuffer<float> ReadInputs;
    internal AlignedBuffer<float> ReadNoise;
    internal AlignedBuffer<float> ReadScales;
    internal AlignedBuffer<float> Padded;
    internal AlignedBuffer<float> Ordered;
    internal AlignedBuffer<float> Factors;
    internal AlignedBuffer<float> Line;

    /// <summary>Elements of a block of rows that are sent one by one.</summary>
    internal OpenElements Open { get; } = new();

    /// <summary>The update that is being sent; threads that help read it.</summary>
    internal PulsedUpdate Update { get; } = new();

    /// <summary>The buffers of the calling thread.</summary>
    internal static Workspace OfThread => s_ofThread ??= new();
}
