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

    /// A key from another and an index, such as the number of a run; different indices give independent streams.
    let fold (index: uint64) (key: Key) : Key =
        { Bits = Keys.Fold(key.Bits, index) }

    /// The key of a seed. Seeds that differ in one bit give unrelated keys.
    let ofSeed (seed: uint64) : Key = fold seed { Bits = 0x416E616C6F675468UL }

    /// A key from another and a name, such as the id of a figure (FNV-1a of its UTF-8 bytes).
    let named (name: string) (key: Key) : Key =
        let hash =
            (14695981039346656037UL, System.Text.Encoding.UTF8.GetBytes name)
            ||> Array.fold (fun hash byte -> (hash ^^^ uint64 byte) * 1099511628211UL)

        fold hash key

    /// A key from another and a number, by the number's bits: its text would depend on who writes it. 0 and −0 are one number here.
    let ofNumber (number: float) (key: Key) : Key =
        fold (System.BitConverter.DoubleToUInt64Bits(number + 0.0)) key

    /// n independent keys.
    let split (count: int) (key: Key) : Key[] =
        Array.init count (fun i -> fold (uint64 i) key)
