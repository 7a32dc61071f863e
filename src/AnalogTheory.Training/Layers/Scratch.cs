using System;

namespace AnalogTheory.Training.Layers;

/// <summary>Memory that is kept between mini-batches and grows when needed.</summary>
internal sealed class Scratch
{
    private float[] _memory = [];

    /// <summary>Room for some numbers, until it is asked for the next time; what is in it is left over from earlier.</summary>
    internal Span<float> Room(int length)
    {
        if (_memory.Length < length)
        {
            _memory = new float[length];
        }

        return _memory.AsSpan(0, length);
    }
}
