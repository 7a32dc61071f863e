using System.Runtime.CompilerServices;

namespace AnalogTheory.Kernels.Sampling;

/// <summary>Room on the stack for the key schedule of <see cref="Philox"/>; converts to a span.</summary>
/// <typeparam name="T">Lanes.</typeparam>
[InlineArray(Philox.ScheduleLength + 1)]
internal struct RoundKeys<T>
{
    private T _first;
}
