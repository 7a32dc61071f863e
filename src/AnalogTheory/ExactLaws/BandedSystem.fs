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

/// A banded matrix after elimination, ready for any right side.
[<NoEquality; NoComparison>]
type internal BandedFactors =
    {
        /// Row k starts at its diagonal element.
        Upper: float[][]
        /// The row that changed places with row k at step k.
        Pivots: int[]
        /// What multiples of row k were taken from the rows below it.
        Multipliers: float[][]
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

    /// Makes a row say that its unknown is what stands on its right side.
    let identityRow (matrix: BandedMatrix) (row: int) : unit =
        Array.Clear matrix.Rows[row]
        matrix.Rows[row][matrix.Lower] <- 1.0

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

    /// <summary>Eliminates with partial pivoting inside the band; the matrix is overwritten.</summary>
    /// <remarks>Cost n·lower·(lower + upper); row swaps widen the upper band by the lower one, which the rows have room for.</remarks>
    let factorise (matrix: BandedMatrix) : BandedFactors =
        let rows, lower = matrix.Rows, matrix.Lower
        let n = rows.Length
        let pivots, multipliers = Array.zeroCreate<int> n, Array.zeroCreate<float[]> n

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

            let row = rows[pivot]
            rows[pivot] <- rows[k]
            rows[k] <- row
            pivots[k] <- pivot

            multipliers[k] <-
                Array.init (bottom - k) (fun j ->
                    let target = rows[k + 1 + j]
                    let factor = target[0] / row[0]
                    eliminate factor row target
                    factor)

        { Upper = rows; Pivots = pivots; Multipliers = multipliers }

    /// Solves A·x = b; NaN where A is singular.
    let solve (factors: BandedFactors) (right: float[]) : float[] =
        let x = Array.copy right
        let n = x.Length

        for k in 0 .. n - 1 do
            let value = x[factors.Pivots[k]]
            x[factors.Pivots[k]] <- x[k]
            x[k] <- value
            let multipliers = factors.Multipliers[k]

            for j in 0 .. multipliers.Length - 1 do
                x[k + 1 + j] <- x[k + 1 + j] - multipliers[j] * value

        for k in n - 1 .. -1 .. 0 do
            let row = factors.Upper[k]
            let mutable sum = x[k]

            for j in 1 .. min (row.Length - 1) (n - 1 - k) do
                sum <- sum - row[j] * x[k + j]

            x[k] <- sum / row[0]

        x
