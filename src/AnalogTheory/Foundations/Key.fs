namespace AnalogTheory

open AnalogTheory.Kernels.Sampling

/// <summary>A random stream as a value: equal keys give equal numbers, on every machine, in every order, on any number of threads.</summary>
/// <remarks>
/// A key is 64 bits of Philox 4×32-10 key. Randomness is never consumed: a function that needs it takes a key, and two functions that need
/// independent randomness take two keys, split or folded from one.
/// </remarks>
[<Struct>]
type Key =
    {
        /// The 64 bits.
        Bits: uint64
    }

    override key.ToString() = invariant $"Key 0x{key.Bits:X16}"

/// Making keys from seeds and from other keys.
[<RequireQualifiedAccess>]
module Key =

    /// <summary>A key from another and an index, such as the number of a run; different indices give independent streams.</summary>
    /// <param name="index">Number of the stream, such as that of a run or an element.</param>
    /// <param name="key">The key to derive from; it stays usable.</param>
    let fold (index: uint64) (key: Key) : Key = { Bits = Keys.Fold(key.Bits, index) }

    /// <summary>The key of a seed. Seeds that differ in one bit give unrelated keys.</summary>
    /// <param name="seed">Any 64 bits.</param>
    let ofSeed (seed: uint64) : Key = fold seed { Bits = 0x416E616C6F675468UL }

    /// <summary>A key from another and a name, such as the id of a figure (FNV-1a of its UTF-8 bytes).</summary>
    /// <param name="name">Any text; equal names give equal keys.</param>
    /// <param name="key">The key to derive from; it stays usable.</param>
    let named (name: string) (key: Key) : Key =
        let hash =
            (14695981039346656037UL, System.Text.Encoding.UTF8.GetBytes name)
            ||> Array.fold (fun hash byte -> (hash ^^^ uint64 byte) * 1099511628211UL)

        fold hash key

    /// <summary>A key from another and a number, by the number's bits: its text would depend on who writes it. 0 and −0 are one number here.</summary>
    /// <param name="number">Any number; NaN is a number of its own here.</param>
    /// <param name="key">The key to derive from; it stays usable.</param>
    let ofNumber (number: float) (key: Key) : Key = fold (System.BitConverter.DoubleToUInt64Bits(number + 0.0)) key

    /// <summary>n independent keys.</summary>
    /// <param name="count">How many keys, at least 0.</param>
    /// <param name="key">The key to derive from; it stays usable.</param>
    let split (count: int) (key: Key) : Key[] = Array.init count (fun i -> fold (uint64 i) key)
