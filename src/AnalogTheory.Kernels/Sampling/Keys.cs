namespace AnalogTheory.Kernels.Sampling;

/// <summary>Keys from keys: what needs randomness for several things folds one key, and nothing is ever consumed.</summary>
public static class Keys
{
    /// <summary>A key from another and an index, such as the number of a step; different indices give independent streams.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="index">Any number.</param>
    /// <returns>The first two words of the block that (key, <see cref="Purpose.KeyDerivation"/>, index) name.</returns>
    public static ulong Fold(ulong key, ulong index)
    {
        (uint w0, uint w1, _, _) = Philox.Block((uint)index, (uint)(index >> 32), 0, Purpose.KeyDerivation, (uint)key, (uint)(key >> 32));
        return ((ulong)w1 << 32) | w0;
    }
}
