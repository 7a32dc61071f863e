/// The data of the authors' script of Figure 3, drawn as PyTorch draws them, so that the figure trains on what the paper trained on.
namespace AnalogTheory.Figures

open MathNet.Numerics.Random

/// <summary>Normal numbers of PyTorch's CPU generator.</summary>
/// <remarks>
/// Mersenne Twister of a seed; a tensor of at least 16 numbers is filled with uniforms of 24 bits, which Box and Muller's transformation turns into normals, eight
/// pairs at a time. If its length is no multiple of 16, the last 16 numbers are drawn anew. Numbers agree with PyTorch's to rounding in its last bit.
/// </remarks>
type TorchNormals(seed: int) =

    let twister = MersenneTwister(seed)

    let uniform () : float =
        // A double of this generator is its next word over 2³².
        let word = uint64 (twister.NextDouble() * 4294967296.0)
        float (word &&& 0xFFFFFFUL) / 16777216.0

    let transform (numbers: float[]) first =
        for j in first .. first + 7 do
            let radius = sqrt (-2.0 * log (1.0 - numbers[j]))
            let angle = 2.0 * System.Math.PI * numbers[j + 8]
            numbers[j] <- float (float32 (radius * cos angle))
            numbers[j + 8] <- float (float32 (radius * sin angle))

    /// <summary>The next tensor of normal numbers.</summary>
    /// <param name="count">At least 16 numbers.</param>
    member _.Next(count: int) : float[] =
        if count < 16 then
            invalidArg (nameof count) (System.FormattableString.Invariant $"Expected at least 16 numbers, got {count}.")

        let numbers = Array.init count (fun _ -> uniform ())

        for first in 0..16 .. count - 16 do
            transform numbers first

        if count % 16 <> 0 then
            for j in count - 16 .. count - 1 do
                numbers[j] <- uniform ()

            transform numbers (count - 16)

        numbers

/// <summary>The data of the authors' script.</summary>
[<RequireQualifiedAccess>]
module ScriptData =

    /// <summary>A (100 × 40) and b = A·x* of Figure 3: <c>torch.manual_seed(42)</c>, then x* = 0.3·randn(40) and A = randn(100, 40)/2.</summary>
    let figure3 () : float[,] * float[] =
        let normals = TorchNormals 42
        let solution = normals.Next 40 |> Array.map ((*) 0.3)
        let entries = normals.Next 4000 |> Array.map ((*) 0.5)
        let matrix = Array2D.init 100 40 (fun n d -> entries[n * 40 + d])
        matrix, Array.init 100 (fun n -> Array.fold (fun sum d -> sum + matrix[n, d] * solution[d]) 0.0 [| 0..39 |])
