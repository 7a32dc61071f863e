namespace AnalogTheory

open System
open System.Numerics

/// Linear equations whose matrix vanishes away from its diagonal; each row keeps its band only.
[<NoEquality; NoComparison>]
type internal BandedMatrix =
    {
        /// Number of diagonals below the main one that may be other than zero.
        Lower: int
        /// Number of diagonals above it.
        Upper: int
        /// Row i holds columns i − Lower … i + Upper; those outside the matrix stay 0.
        Rows: float[][]
    }

/// Building and solving banded equations.
[<RequireQualifiedAccess>]
module internal BandedSystem =

    /// Zero.
    let create (size: int) (lower: int) (upper: int) : BandedMatrix =
        { Lower = lower
          Upper = upper
          Rows = Array.init size (fun _ -> Array.zeroCreate<float>(lower + upper + 1)) }

    /// Adds to an element inside the band.
    let add (matrix: BandedMatrix) (row: int) (column: int) (value: float) : unit =
        let at = column - row + matrix.Lower
        matrix.Rows[row][at] <- matrix.Rows[row][at] + value

    /// Gives every element of a row inside the band one value.
    let fillRow (matrix: BandedMatrix) (row: int) (value: float) : unit =
        for column in max 0 (row - matrix.Lower) .. min (matrix.Rows.Length - 1) (row + matrix.Upper) do
            matrix.Rows[row][column - row + matrix.Lower] <- value

    // What elimination fills in far from where the chain lives decays beyond the smallest double, and subnormal numbers are slow.
    let private negligible = 1e-100

    // target ← target − factor·row, then one place to the left: the next step works one column further right.
    let private eliminate (factor: float) (row: float[]) (target: float[]) =
        let factors, least = Vector<float>(factor), Vector<float>(negligible)
        let mutable j = 1

        while j + Vector<float>.Count <= target.Length do
            let next = Vector<float>(target, j) - factors * Vector<float>(row, j)
            Vector.ConditionalSelect(Vector.LessThan(Vector.Abs next, least), Vector<float>.Zero, next).CopyTo(target, j - 1)
            j <- j + Vector<float>.Count

        while j < target.Length do
            let next = target[j] - factor * row[j]
            target[j - 1] <- if abs next < negligible then 0.0 else next
            j <- j + 1

        target[target.Length - 1] <- 0.0

    /// <summary>Solves A·x = b by elimination with partial pivoting inside the band; NaN where A is singular.</summary>
    /// <remarks>The matrix is overwritten. Cost n·lower·(lower + upper); row swaps widen the upper band by the lower one, which the rows have room for.</remarks>
    /// <param name="matrix">A.</param>
    /// <param name="right">b; overwritten.</param>
    let solve (matrix: BandedMatrix) (right: float[]) : float[] =
        let rows, lower = matrix.Rows, matrix.Lower
        let n = rows.Length

        // At step k the rows k … k + lower start at column k: so they do when they come in, but for the first ones.
        for i in 0 .. min lower n - 1 do
            let row = rows[i]
            Array.Copy(row, lower - i, row, 0, row.Length - (lower - i))
            Array.Clear(row, row.Length - (lower - i), lower - i)

        for k in 0 .. n - 1 do
            let bottom = min (n - 1) (k + lower)
            let mutable pivot = k

            for i in k + 1 .. bottom do
                if abs (rows[i][0]) > abs (rows[pivot][0]) then pivot <- i

            let row, value = rows[pivot], right[pivot]
            rows[pivot] <- rows[k]
            right[pivot] <- right[k]
            rows[k] <- row
            right[k] <- value

            for i in k + 1 .. bottom do
                let factor = rows[i][0] / row[0]
                eliminate factor row rows[i]
                right[i] <- right[i] - factor * value

        for k in n - 1 .. -1 .. 0 do
            let row = rows[k]
            let mutable sum = right[k]

            for j in 1 .. min (row.Length - 1) (n - 1 - k) do
                sum <- sum - row[j] * right[k + j]

            right[k] <- sum / row[0]

        right
