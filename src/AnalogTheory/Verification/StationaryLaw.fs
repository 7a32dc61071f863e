namespace AnalogTheory

open System

/// A stationary quantity by discretisation.
[<Struct>]
type Discretised =
    {
        /// Value on the finest grid.
        Value: float
        /// Estimated error: what halving the cells changed last, rounding, and what left the interval. Infinite where refinement does not converge.
        Error: float
    }

/// How a next weight between grid points is shared among them.
type Sharing =
    /// Between the two neighbours, so that the mean is kept: all shares are probabilities. Ulam's method; error O(h²) once cells are narrower than steps.
    | Linear
    /// Among four neighbours, so that three moments are kept; shares may be slightly negative. Error O(h⁴).
    | Cubic

/// Grid of a stationary law.
type Grid =
    {
        /// Cells of the coarsest of three grids, at least 8; the others have twice and four times as many.
        Cells: int
        /// Sharing.
        Sharing: Sharing
    }

/// <summary>Stationary laws of scalar chains by Ulam's method: the chain on the points of a grid.</summary>
/// <remarks>
/// Ulam 1960 replaces a chain by one on cells; here the image of a grid point is shared among the grid points around it, which is the same
/// projection taken of test functions instead of densities. What matters is then how smooth the expectations Kⁿf are, not how rough the stationary law
/// is, so cells may be far wider than a step of the chain. The stationary vector comes from one banded linear solve.
/// The error is estimated as in Richardson's extrapolation: three grids, and the value of the finest without extrapolating, whose own error the
/// last difference bounds wherever the differences shrink.
/// </remarks>
[<RequireQualifiedAccess>]
module StationaryLaw =

    /// 128, 256 and 512 cells, cubic.
    let grid: Grid = { Cells = 128; Sharing = Cubic }

    /// Shares of a point at a position in units of cells, n the number of points: first index and weights.
    let internal shares (sharing: Sharing) (n: int) (position: float) : struct (int * float[]) =
        match sharing with
        | Linear ->
            let first = Math.Clamp(int (floor position), 0, n - 2)
            let t = position - float first
            struct (first, [| 1.0 - t; t |])
        | Cubic ->
            let first = Math.Clamp(int (floor position) - 1, 0, n - 4)
            let t = position - float first
            let a, b, c, d = t, t - 1.0, t - 2.0, t - 3.0
            struct (first, [| -b * c * d / 6.0; a * c * d / 2.0; -a * b * d / 2.0; a * b * c / 6.0 |])

    /// Points of a grid, their stationary probabilities (slightly negative ones may occur), the probability per step of leaving the interval.
    [<NoComparison>]
    type private Law =
        { Points: float[]
          Probabilities: float[]
          Escape: float
          /// Whether a cell is no wider than a step of the chain, √E(w' − w)².
          ResolvesSteps: bool }

    let private law (chain: ScalarChain) (sharing: Sharing) (cells: int) : Law =
        let n = cells + 1
        let width = (chain.Upper - chain.Lower) / float cells
        let points = Array.init n (fun i -> if i = cells then chain.Upper else chain.Lower + width * float i)
        // From where, to where, and with what probability.
        let moves = ResizeArray<struct (int * int * float)>()
        let escape = Array.zeroCreate<float> n
        let drift = Array.zeroCreate<float> n
        let spread = Array.zeroCreate<float> n
        let mutable below = 0
        let mutable above = 0
        let tolerance = 1e-12 * (chain.Upper - chain.Lower)

        for i in 0 .. n - 1 do
            for struct (probability, next) in chain.Next points[i] do
                if not (next >= chain.Lower - tolerance && next <= chain.Upper + tolerance) then
                    escape[i] <- escape[i] + probability

                let inside = Math.Clamp(next, chain.Lower, chain.Upper)
                drift[i] <- drift[i] + probability * (inside - points[i])
                spread[i] <- spread[i] + probability * (inside - points[i]) * (inside - points[i])
                let struct (first, weights) = shares sharing n ((inside - chain.Lower) / width)

                for k in 0 .. weights.Length - 1 do
                    moves.Add(struct (i, first + k, probability * weights[k]))

                below <- max below (first + weights.Length - 1 - i)
                above <- max above (i - first)

        // One equation is redundant. It is replaced, where the drift attracts most mass, by a total of 1 around that point.
        let attracting =
            seq { 0 .. n - 2 }
            |> Seq.filter (fun i -> drift[i] >= 0.0 && drift[i + 1] <= 0.0)
            |> Seq.sortBy (fun i -> abs (float i - 0.5 * float n))
            |> Seq.tryHead

        let centre = Option.defaultValue (n / 2) attracting

        // Row j is the stationary equation of point j.
        let equations = BandedSystem.create n below above

        for struct (i, j, probability) in moves do
            BandedSystem.add equations j i probability

        for j in 0 .. n - 1 do
            BandedSystem.add equations j j -1.0

        BandedSystem.fillRow equations centre 1.0
        let right = Array.zeroCreate<float> n
        right[centre] <- 1.0
        let solution = BandedSystem.solve equations right
        let total = Array.sum solution
        let probabilities = solution |> Array.map (fun mass -> mass / total)

        { Points = points
          Probabilities = probabilities
          Escape = Array.map2 (*) probabilities escape |> Array.sum |> abs
          ResolvesSteps = width * width <= (Array.map2 (*) probabilities spread |> Array.sum) }

    let private expect (law: Law) (f: float -> float) : float =
        let struct (sum, _) = CompensatedSum.dot law.Probabilities (Array.map f law.Points)
        sum

    let internal estimate (coarse: float) (middle: float) (fine: float) (escape: float) : Discretised =
        let before, last = abs (middle - coarse), abs (fine - middle)
        let rounding = 1e-11 * abs fine

        { Value = fine
          Error =
            if not (Double.IsFinite fine) then infinity
            // Differences that do not shrink say that the grid is too coarse for its own error estimate.
            elif last <= max (0.5 * before) rounding then last + rounding + escape
            else infinity }

    // The laws on three grids; a chain that leaves its interval has no stationary law there.
    let private solve (grid: Grid) (chain: ScalarChain) : struct (Law[] * (float -> float)) =
        Require.atLeast "Cells" 8L (int64 grid.Cells)
        Require.finite "Lower" chain.Lower
        Require.finite "Upper" chain.Upper
        Require.positive "Upper - Lower" (chain.Upper - chain.Lower)
        let laws = [| 1; 2; 4 |] |> Array.map (fun factor -> law chain grid.Sharing (factor * grid.Cells))
        let escape = laws[2].Escape
        // Linear sharing blurs by about a cell per step: with cells wider than steps its differences say nothing about its error.
        let isResolved = grid.Sharing = Cubic || laws[2].ResolvesSteps
        struct (laws, (fun value -> if isResolved && escape <= 1e-9 then escape * abs value else infinity))

    /// <summary>A function of stationary expectations, with its error: combine [E f₀; E f₁; …].</summary>
    /// <param name="grid">Grid.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="functions">f₀, f₁, …, finite on the chain's interval.</param>
    /// <param name="combine">A smooth function of their expectations, such as a ratio.</param>
    /// <returns>Error is infinite where the grids do not converge, where linear sharing has cells wider than a step, or where the chain leaves the interval with probability above 10⁻⁹ per step.</returns>
    /// <exception cref="T:System.ArgumentException">Fewer than 8 cells, or an interval that is empty or not finite.</exception>
    let combined (grid: Grid) (chain: ScalarChain) (functions: (float -> float) list) (combine: float list -> float) : Discretised =
        let struct (laws, escape) = solve grid chain
        let values = laws |> Array.map (fun law -> functions |> List.map (expect law) |> combine)
        estimate values[0] values[1] values[2] (escape values[2])

    /// <summary>Stationary expectations of functions, with their errors.</summary>
    /// <exception cref="T:System.ArgumentException">Fewer than 8 cells, or an interval that is empty or not finite.</exception>
    let expectations (grid: Grid) (chain: ScalarChain) (functions: (float -> float) list) : Discretised list =
        let struct (laws, escape) = solve grid chain

        functions
        |> List.map (fun f ->
            let values = laws |> Array.map (fun law -> expect law f)
            estimate values[0] values[1] values[2] (escape values[2]))
