namespace AnalogTheory

open System
open System.Numerics
open System.Runtime.Intrinsics

/// Linear equations whose matrix vanishes away from its diagonal; each row keeps its band only.
[<NoEquality; NoComparison>]
type internal BandedMatrix =
    {
        /// Number of equations.
        Size: int
        /// Number of diagonals below the main one that may be other than zero.
        Lower: int
        /// Number of diagonals above it.
        Upper: int
        /// Row after row, each with columns i − Lower … i + Upper of row i and some room behind them; those outside the matrix stay 0.
        Elements: float[]
    }

/// A banded matrix after elimination, ready for any right side.
[<NoEquality; NoComparison>]
type internal BandedFactors =
    {
        /// Elements of the rows; the row of step k starts at its diagonal element.
        Elements: float[]
        /// Where the row of step k starts among them.
        Starts: int[]
        /// Elements of the row of step k that may be other than zero.
        Extents: int[]
        /// The row that changed places with row k at step k.
        Pivots: int[]
        /// What multiples of row k were taken from the rows below it, Lower for every step.
        Multipliers: float[]
    }

/// Building and solving banded equations.
[<RequireQualifiedAccess>]
module internal BandedSystem =

    // Steps of the elimination that are done together: a row is fetched from memory once for all of them.
    let private block = 4

    let private width (matrix: BandedMatrix) = matrix.Lower + 1 + matrix.Upper

    // A row keeps room for the columns by which the last step of a block reaches further than its first.
    let private stride (matrix: BandedMatrix) = width matrix + block - 1

    /// Zero.
    let create (size: int) (lower: int) (upper: int) : BandedMatrix =
        let empty = { Size = size; Lower = lower; Upper = upper; Elements = [||] }

        { empty with Elements = Array.zeroCreate<float>(size * stride empty) }

    /// Adds to an element inside the band.
    let add (matrix: BandedMatrix) (row: int) (column: int) (value: float) : unit =
        let at = row * stride matrix + column - row + matrix.Lower
        matrix.Elements[at] <- matrix.Elements[at] + value

    /// A row's elements, those of columns row − Lower … row + Upper.
    let row (matrix: BandedMatrix) (row: int) : float[] = Array.sub matrix.Elements (row * stride matrix) (width matrix)

    /// Makes a row say that its unknown is what stands on its right side.
    let identityRow (matrix: BandedMatrix) (row: int) : unit =
        Array.Clear(matrix.Elements, row * stride matrix, stride matrix)
        matrix.Elements[row * stride matrix + matrix.Lower] <- 1.0

    // What elimination fills in far from where the chain lives decays beyond the smallest double, and subnormal numbers are slow.
    let private negligible = 1e-100

    let inline private reduced (next: float) = if abs next < negligible then 0.0 else next

    let inline private reducedAll (next: Vector<float>) =
        Vector.ConditionalSelect(Vector.LessThan(Vector.Abs next, Vector<float> negligible), Vector<float>.Zero, next)

    // target ← target − factor·row in the elements first … last − 1 of both.
    let private take (factor: float) (elements: float[]) (row: int) (target: int) (first: int) (last: int) : unit =
        if factor <> 0.0 then
            let factors = Vector<float>(factor)
            let mutable j = first

            while j + Vector<float>.Count <= last do
                let next = Vector<float>(elements, target + j) - factors * Vector<float>(elements, row + j)
                (reducedAll next).CopyTo(elements, target + j)
                j <- j + Vector<float>.Count

            while j < last do
                elements[target + j] <- reduced (elements[target + j] - factor * elements[row + j])
                j <- j + 1

    // The same with four rows, one after the other, while the target is at hand, which goes some places to the left; where it ended.
    let private takeFour
        (factors: Span<float>)
        (elements: float[])
        (rows: Span<int>)
        (target: int)
        (left: int)
        (first: int)
        (last: int)
        : int =
        let a, b = Vector<float>(factors[0]), Vector<float>(factors[1])
        let c, d = Vector<float>(factors[2]), Vector<float>(factors[3])
        let rowA, rowB, rowC, rowD = rows[0], rows[1], rows[2], rows[3]
        let mutable j = first

        while j + Vector<float>.Count <= last do
            let next = reducedAll (Vector<float>(elements, target + j) - a * Vector<float>(elements, rowA + j))
            let next = reducedAll (next - b * Vector<float>(elements, rowB + j))
            let next = reducedAll (next - c * Vector<float>(elements, rowC + j))
            (reducedAll (next - d * Vector<float>(elements, rowD + j))).CopyTo(elements, target + j - left)
            j <- j + Vector<float>.Count

        j

    /// <summary>Eliminates with partial pivoting inside the band; the matrix is overwritten.</summary>
    /// <remarks>
    /// Cost at most n·lower·(lower + upper); row swaps widen the upper band by the lower one, which the rows have room for. The steps of a block choose their
    /// pivots on its own columns; then every row takes the block's pivots one after the other, as if it had been done step by step.
    /// </remarks>
    let factorise (matrix: BandedMatrix) : BandedFactors =
        let n, lower, width, elements = matrix.Size, matrix.Lower, width matrix, matrix.Elements
        let starts = Array.init n (fun i -> i * stride matrix)
        let pivots, multipliers = Array.zeroCreate<int> n, Array.zeroCreate<float>(n * lower)

        // At step k the rows k … k + lower start at column k: so they do when they come in, but for the first ones.
        for i in 0 .. min lower n - 1 do
            let missing = lower - i
            Array.Copy(elements, starts[i] + missing, elements, starts[i], width - missing)
            Array.Clear(elements, starts[i] + width - missing, missing)

        let extents =
            Array.init n (fun i ->
                let mutable extent = width

                while extent > 1 && elements[starts[i] + extent - 1] = 0.0 do
                    extent <- extent - 1

                extent)

        // What a row of the block's window has to take of each of the block's pivots.
        let pending = Array.zeroCreate<float>((lower + block) * block)

        let swap (values: 'T[]) i j =
            let value = values[i]
            values[i] <- values[j]
            values[j] <- value

        let mutable k = 0

        while k < n do
            let steps = min block (n - k)
            let bottom = min (n - 1) (k + steps - 1 + lower)
            Array.Clear pending

            // Rows that come in during the block start at its first column too.
            for i in k + lower + 1 .. bottom do
                let missing = i - k - lower
                Array.Copy(elements, starts[i], elements, starts[i] + missing, extents[i])
                Array.Clear(elements, starts[i], missing)
                extents[i] <- extents[i] + missing

            for s in 0 .. steps - 1 do
                let top, last = k + s, min (n - 1) (k + s + lower)
                let mutable pivot = top

                for i in top + 1 .. last do
                    if abs elements[starts[i] + s] > abs elements[starts[pivot] + s] then pivot <- i

                swap starts pivot top
                swap extents pivot top

                for earlier in 0 .. s - 1 do
                    swap pending ((pivot - k) * block + earlier) (s * block + earlier)

                pivots[top] <- pivot

                for i in top + 1 .. last do
                    let factor = elements[starts[i] + s] / elements[starts[top] + s]
                    multipliers[top * lower + i - top - 1] <- factor
                    pending[(i - k) * block + s] <- factor
                    take factor elements starts[top] starts[i] (s + 1) (min steps extents[top])
                    extents[i] <- max extents[top] extents[i]

            // A pivot takes those before it, every other row takes all.
            let rows = Span<int>(starts, k, steps)

            for i in k + 1 .. bottom do
                let own = Span<float>(pending, (i - k) * block, min steps (i - k))
                let left = if i < k + steps then 0 else steps
                let mutable first = steps

                if own.Length = block && own.IndexOf 0.0 < 0 then
                    let common = min (min extents[k] extents[k + 1]) (min extents[k + 2] extents[k + 3])
                    first <- takeFour own elements rows starts[i] left steps common

                for s in 0 .. own.Length - 1 do
                    take own[s] elements starts[k + s] starts[i] first extents[k + s]

                if left > 0 then
                    Array.Copy(elements, starts[i] + first, elements, starts[i] + first - left, extents[i] - first)
                    extents[i] <- extents[i] - left
                    Array.Clear(elements, starts[i] + extents[i], left)

            for s in 1 .. steps - 1 do
                starts[k + s] <- starts[k + s] + s
                extents[k + s] <- extents[k + s] - s

            k <- k + steps

        { Elements = elements
          Starts = starts
          Extents = extents
          Pivots = pivots
          Multipliers = multipliers }

    // x ← x − value·row, on a part of both.
    let private subtract (value: float) (row: ReadOnlySpan<float>) (x: Span<float>) =
        let mutable j = 0

        while j + Vector<float>.Count <= row.Length do
            (Vector<float>(Span.op_Implicit (x.Slice j): ReadOnlySpan<float>)
             - Vector<float>(value) * Vector<float>(row.Slice j))
                .CopyTo(x.Slice j)

            j <- j + Vector<float>.Count

        while j < row.Length do
            x[j] <- x[j] - value * row[j]
            j <- j + 1

    // The sum of products, in eight parts on every machine: its bits do not depend on how wide the machine's vectors are.
    let private dot (a: ReadOnlySpan<float>) (b: ReadOnlySpan<float>) : float =
        let mutable even, odd = Vector256<float>.Zero, Vector256<float>.Zero
        let mutable j = 0

        while j + 8 <= a.Length do
            even <- even + Vector256.Create<float>(a.Slice j) * Vector256.Create<float>(b.Slice j)
            odd <- odd + Vector256.Create<float>(a.Slice(j + 4)) * Vector256.Create<float>(b.Slice(j + 4))
            j <- j + 8

        let mutable sum = Vector256.Sum(even + odd)

        while j < a.Length do
            sum <- sum + a[j] * b[j]
            j <- j + 1

        sum

    /// Solves A·x = b; NaN where A is singular.
    let solve (factors: BandedFactors) (right: float[]) : float[] =
        let x = Array.copy right
        let n = x.Length
        let lower = if n = 0 then 0 else factors.Multipliers.Length / n

        for k in 0 .. n - 1 do
            let value = x[factors.Pivots[k]]
            x[factors.Pivots[k]] <- x[k]
            x[k] <- value
            let count = min lower (n - 1 - k)
            subtract value (ReadOnlySpan<float>(factors.Multipliers, k * lower, count)) (Span<float>(x, k + 1, count))

        for k in n - 1 .. -1 .. 0 do
            let count = min factors.Extents[k] (n - k) - 1
            let start = factors.Starts[k]

            let known = dot (ReadOnlySpan<float>(factors.Elements, start + 1, count)) (ReadOnlySpan<float>(x, k + 1, count))
            x[k] <- (x[k] - known) / factors.Elements[start]

        x
