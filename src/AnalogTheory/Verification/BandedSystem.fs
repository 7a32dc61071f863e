namespace AnalogTheory

open System

/// Linear equations whose matrix vanishes away from its diagonal.
[<RequireQualifiedAccess>]
module internal BandedSystem =

    /// Solves A·x = b by elimination with partial pivoting inside the band; NaN where A is singular.
    /// <remarks>The rows are overwritten. Cost n·lower·(lower + upper); row swaps widen the upper band by the lower one.</remarks>
    /// <param name="lower">Number of diagonals below the main one that may be other than zero.</param>
    /// <param name="upper">Number of diagonals above it.</param>
    /// <param name="rows">A, n rows of n numbers, zero outside the band.</param>
    /// <param name="right">b, length n; overwritten.</param>
    let solve (lower: int) (upper: int) (rows: float[][]) (right: float[]) : float[] =
        let n = rows.Length
        let last k = min (n - 1) (k + lower + upper)

        for k in 0 .. n - 1 do
            let bottom = min (n - 1) (k + lower)
            let mutable pivot = k

            for i in k + 1 .. bottom do
                if abs (rows[i][k]) > abs (rows[pivot][k]) then
                    pivot <- i

            let row, value = rows[pivot], right[pivot]
            rows[pivot] <- rows[k]
            right[pivot] <- right[k]
            rows[k] <- row
            right[k] <- value

            for i in k + 1 .. bottom do
                let factor = rows[i][k] / row[k]

                if factor <> 0.0 then
                    let target = rows[i]

                    for j in k .. last k do
                        target[j] <- target[j] - factor * row[j]

                    right[i] <- right[i] - factor * value

        for k in n - 1 .. -1 .. 0 do
            let row = rows[k]
            let mutable sum = right[k]

            for j in k + 1 .. last k do
                sum <- sum - row[j] * right[j]

            right[k] <- sum / row[k]

        right
