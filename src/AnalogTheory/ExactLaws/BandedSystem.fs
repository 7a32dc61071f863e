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
        /// Row after row, Lower + 1 + Upper elements each: row i holds columns i − Lower … i + Upper; those outside the matrix stay 0.
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

    let private width (matrix: BandedMatrix) = matrix.Lower + 1 + matrix.Upper

    /// Zero.
    let create (size: int) (lower: int) (upper: int) : BandedMatrix =
        { Size = size
          Lower = lower
          Upper = upper
          Elements = Array.zeroCreate<float>(size * (lower + 1 + upper)) }

    /// Adds to an element inside the band.
    let add (matrix: BandedMatrix) (row: int) (column: int) (value: float) : unit =
        let at = row * width matrix + column - row + matrix.Lower
        matrix.Elements[at] <- matrix.Elements[at] + value

    /// A row's elements, those of columns row − Lower … row + Upper.
    let row (matrix: BandedMatrix) (row: int) : float[] = Array.sub matrix.Elements (row * width matrix) (width matrix)

    /// Makes a row say that its unknown is what stands on its right side.
    let identityRow (matrix: BandedMatrix) (row: int) : unit =
        Array.Clear(matrix.Elements, row * width matrix, width matrix)
        matrix.Elements[row * width matrix + matrix.Lower] <- 1.0

    // What elimination fills in far from where the chain lives decays beyond the smallest double, and subnormal numbers are slow.
    let private negligible = 1e-100

    // target ← target − factor·row, then one place to the left: the next step works one column further right. Both begin in the same column.
    let private eliminate (factor: float) (elements: float[]) (row: int) (rowExtent: int) (target: int) (targetExtent: int) =
        let factors, least = Vector<float>(factor), Vector<float>(negligible)
        let extent = max rowExtent targetExtent
        let mutable j = 1

        if factor <> 0.0 then
            while j + Vector<float>.Count <= rowExtent do
                let next = Vector<float>(elements, target + j) - factors * Vector<float>(elements, row + j)
                Vector.ConditionalSelect(Vector.LessThan(Vector.Abs next, least), Vector<float>.Zero, next).CopyTo(elements, target + j - 1)
                j <- j + Vector<float>.Count

            while j < rowExtent do
                let next = elements[target + j] - factor * elements[row + j]
                elements[target + j - 1] <- if abs next < negligible then 0.0 else next
                j <- j + 1

        Array.Copy(elements, target + j, elements, target + j - 1, extent - j)
        elements[target + extent - 1] <- 0.0
        extent - 1

    /// <summary>Eliminates with partial pivoting inside the band; the matrix is overwritten.</summary>
    /// <remarks>Cost at most n·lower·(lower + upper); row swaps widen the upper band by the lower one, which the rows have room for.</remarks>
    let factorise (matrix: BandedMatrix) : BandedFactors =
        let n, lower, width, elements = matrix.Size, matrix.Lower, width matrix, matrix.Elements
        let starts = Array.init n (fun i -> i * width)
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

        let swap (values: int[]) i j =
            let value = values[i]
            values[i] <- values[j]
            values[j] <- value

        for k in 0 .. n - 1 do
            let bottom = min (n - 1) (k + lower)
            let mutable pivot = k

            for i in k + 1 .. bottom do
                if abs elements[starts[i]] > abs elements[starts[pivot]] then pivot <- i

            swap starts pivot k
            swap extents pivot k
            pivots[k] <- pivot

            for i in k + 1 .. bottom do
                let factor = elements[starts[i]] / elements[starts[k]]
                extents[i] <- eliminate factor elements starts[k] extents[k] starts[i] extents[i]
                multipliers[k * lower + i - k - 1] <- factor

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
