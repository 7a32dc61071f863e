namespace AnalogTheory

open System

/// Grid of a stationary law of (W, P).
type PlaneGrid =
    {
        /// Cells of W on the coarsest of three grids, at least 4; the others have twice and four times as many.
        Main: int
        /// Cells of P, likewise. They want to be no wider than a few steps of P, which are what makes |P| smooth.
        Auxiliary: int
    }

/// <summary>Stationary laws of chains of (W, P) by Ulam's method on a rectangle: `StationaryLaw` with two weights.</summary>
/// <remarks>
/// Shares are cubic in both directions. The equations form a band, as wide as a step along the one array times the points of the other; of the two
/// ways to number the points the narrower is taken. Cells of W may be far wider than its steps, since what is expected depends on W smoothly.
/// </remarks>
[<RequireQualifiedAccess>]
module PlaneLaw =

    [<NoComparison>]
    type private Law = { Points: struct (float * float)[]; Probabilities: float[]; Escape: float }

    // Points of one array, and the first of the four that share a value, with their shares.
    let private axis (struct (lower: float, upper: float)) (cells: int) =
        let width = (upper - lower) / float cells
        let points = Array.init (cells + 1) (fun i -> if i = cells then upper else lower + width * float i)

        let share (value: float) =
            StationaryLaw.shares Cubic (cells + 1) ((Math.Clamp(value, lower, upper) - lower) / width)

        let isInside (value: float) = value >= lower && value <= upper
        points, share, isInside

    let private law (chain: PlaneChain) (cellsW: int) (cellsP: int) : Law =
        let w, shareW, insideW = axis chain.Main cellsW
        let p, shareP, insideP = axis chain.Auxiliary cellsP
        let count = w.Length * p.Length
        // Points are numbered along P first.
        let next = Array.init count (fun from -> chain.Next w[from / p.Length] p[from % p.Length])
        let mutable reachW, reachP = 0, 0

        let escape =
            next
            |> Array.mapi (fun from moves ->
                let i, j = from / p.Length, from % p.Length
                let mutable lost = 0.0

                for struct (probability, nextW, nextP) in moves do
                    let struct (firstW, _), struct (firstP, _) = shareW nextW, shareP nextP
                    reachW <- max reachW (max (firstW + 3 - i) (i - firstW))
                    reachP <- max reachP (max (firstP + 3 - j) (j - firstP))
                    if not (insideW nextW && insideP nextP) then lost <- lost + probability

                lost)

        // The number of a point in the equations: along the array that makes the band narrower.
        let alongP, alongW = reachW * p.Length + reachP, reachP * w.Length + reachW
        let number index = if alongP <= alongW then index else index % p.Length * w.Length + index / p.Length
        let band = min (min alongP alongW) (count - 1)
        let equations = BandedSystem.create count band band

        for from in 0 .. count - 1 do
            let column = number from
            BandedSystem.add equations column column -1.0

            for struct (probability, nextW, nextP) in next[from] do
                let struct (firstW, weightsW), struct (firstP, weightsP) = shareW nextW, shareP nextP

                for a in 0..3 do
                    for b in 0..3 do
                        let row = number ((firstW + a) * p.Length + firstP + b)
                        BandedSystem.add equations row column (probability * weightsW[a] * weightsP[b])

        // One equation is redundant; it is replaced by a total of 1 near the centre.
        let nearest (value: float) (points: float[]) = seq { 0 .. points.Length - 1 } |> Seq.minBy (fun i -> abs (points[i] - value))

        let struct (centreW, centreP) = chain.Centre
        let centre = number (nearest centreW w * p.Length + nearest centreP p)
        BandedSystem.fillRow equations centre 1.0
        let right = Array.zeroCreate<float> count
        right[centre] <- 1.0
        let solution = BandedSystem.solve equations right
        let total = Array.sum solution
        let probabilities = Array.init count (fun index -> solution[number index] / total)

        { Points = Array.init count (fun index -> struct (w[index / p.Length], p[index % p.Length]))
          Probabilities = probabilities
          Escape = Array.map2 (*) probabilities escape |> Array.sum |> abs }

    /// <summary>Stationary expectations of functions of W and P, with their errors.</summary>
    /// <param name="grid">Grid.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="functions">Finite on the chain's rectangle.</param>
    /// <returns>Error is infinite where the grids do not converge, or where the chain leaves the rectangle with probability above 10⁻⁹ per step.</returns>
    /// <exception cref="T:System.ArgumentException">Fewer than 4 cells.</exception>
    let expectations (grid: PlaneGrid) (chain: PlaneChain) (functions: (float -> float -> float) list) : Discretised list =
        Require.atLeast "Main" 4L (int64 grid.Main)
        Require.atLeast "Auxiliary" 4L (int64 grid.Auxiliary)
        let laws = [| 1; 2; 4 |] |> Array.map (fun factor -> law chain (factor * grid.Main) (factor * grid.Auxiliary))
        let escape = laws[2].Escape

        functions
        |> List.map (fun f ->
            let expect (law: Law) =
                let struct (sum, _) = CompensatedSum.dot law.Probabilities (law.Points |> Array.map (fun struct (w, p) -> f w p))
                sum

            let values = laws |> Array.map expect
            let lost = if escape <= 1e-9 then escape * abs values[2] else infinity
            StationaryLaw.estimate values[0] values[1] values[2] lost)
