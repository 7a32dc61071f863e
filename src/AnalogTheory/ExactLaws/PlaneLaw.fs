namespace AnalogTheory

open System

/// Grid of a stationary law of (W, P).
type PlaneGrid =
    {
        /// Cells of W, at least 4.
        Main: int
        /// Cells of P, at least 4. They want to be no wider than a few steps of P, which are what makes |P| smooth.
        Auxiliary: int
    }

/// u less Ku at one place, in the values of u on a rectangle of points.
[<NoEquality; NoComparison>]
type private Balance =
    {
        FirstMain: int
        FirstAuxiliary: int
        /// Points of P in the rectangle.
        Width: int
        /// Factors, along P first.
        Factors: float[]
    }

[<RequireQualifiedAccess>]
module private Balance =

    /// <summary>Of a place, by where it goes.</summary>
    /// <param name="shareW">First of the four points of W that share a weight, and their shares.</param>
    /// <param name="shareP">The same along P.</param>
    /// <param name="moves">Where it goes: probabilities, W and P.</param>
    /// <param name="here">W.</param>
    /// <param name="there">P.</param>
    let create
        (shareW: float -> struct (int * float[]))
        (shareP: float -> struct (int * float[]))
        (moves: struct (float * float * float)[])
        (here: float)
        (there: float)
        : Balance =
        // The place itself, then where it goes: factor, and shares along both arrays.
        let parts =
            Array.init (moves.Length + 1) (fun k ->
                let struct (factor, nextW, nextP) =
                    if k = 0 then
                        struct (1.0, here, there)
                    else
                        let struct (probability, nextW, nextP) = moves[k - 1]
                        struct (-probability, nextW, nextP)

                struct (factor, shareW nextW, shareP nextP))

        let ends (first: struct (float * struct (int * float[]) * struct (int * float[])) -> int) =
            struct (parts |> Array.fold (fun least part -> min least (first part)) Int32.MaxValue,
                    parts |> Array.fold (fun most part -> max most (first part + 3)) 0)

        let struct (firstMain, lastMain) = ends (fun (struct (_, struct (first, _), _)) -> first)
        let struct (firstAuxiliary, lastAuxiliary) = ends (fun (struct (_, _, struct (first, _))) -> first)
        let width = lastAuxiliary - firstAuxiliary + 1
        let factors = Array.zeroCreate<float>((lastMain - firstMain + 1) * width)

        for struct (factor, struct (startW, weightsW), struct (startP, weightsP)) in parts do
            for a in 0..3 do
                let from = (startW + a - firstMain) * width + startP - firstAuxiliary
                let share = factor * weightsW[a]

                for b in 0..3 do
                    factors[from + b] <- factors[from + b] + share * weightsP[b]

        { FirstMain = firstMain
          FirstAuxiliary = firstAuxiliary
          Width = width
          Factors = factors }

    let lastMain (balance: Balance) = balance.FirstMain + balance.Factors.Length / balance.Width - 1
    let lastAuxiliary (balance: Balance) = balance.FirstAuxiliary + balance.Width - 1

    /// Tells every point of the rectangle and its factor.
    let inline iterate ([<InlineIfLambda>] tell: int -> int -> float -> unit) (balance: Balance) : unit =
        for a in 0 .. balance.Factors.Length / balance.Width - 1 do
            for b in 0 .. balance.Width - 1 do
                tell (balance.FirstMain + a) (balance.FirstAuxiliary + b) balance.Factors[a * balance.Width + b]

/// <summary>Stationary laws of chains of (W, P) by Ulam's method on a rectangle: `StationaryLaw` with two weights, and with the same bound on the error.</summary>
/// <remarks>
/// Shares are cubic in both directions. The equations form a band, as wide as a step along the one array times the points of the other; of the two
/// ways to number the points the narrower is taken. Cells of W may be far wider than its steps, since what is expected depends on W smoothly.
/// The residual is read at four places of every cell.
/// </remarks>
[<RequireQualifiedAccess>]
module PlaneLaw =

    // Points of one array, and the first of the four that share a value, with their shares.
    let private axis (struct (lower: float, upper: float)) (cells: int) =
        let width = (upper - lower) / float cells
        let points = Array.init (cells + 1) (fun i -> if i = cells then upper else lower + width * float i)

        let share (value: float) = StationaryLaw.shares (cells + 1) ((Math.Clamp(value, lower, upper) - lower) / width)

        let isInside (value: float) = value >= lower && value <= upper
        points, share, isInside

    // Places in a cell at which the residual is read, in parts of its sides.
    let private places = [| struct (0.0, 0.0); struct (0.5, 0.31); struct (0.23, 0.68); struct (0.77, 0.87) |]

    /// <summary>Stationary expectations of functions of W and P, with their errors.</summary>
    /// <param name="grid">Grid.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="functions">Finite on the chain's rectangle; the smoother, the smaller the error.</param>
    /// <returns>Error is infinite where the chain leaves the rectangle with probability above 10⁻⁹ per step.</returns>
    /// <exception cref="T:System.ArgumentException">Fewer than 4 cells.</exception>
    let expectations (grid: PlaneGrid) (chain: PlaneChain) (functions: (float -> float -> float) list) : Discretised list =
        Require.atLeast "Main" 4L (int64 grid.Main)
        Require.atLeast "Auxiliary" 4L (int64 grid.Auxiliary)
        let w, shareW, insideW = axis chain.Main grid.Main
        let p, shareP, insideP = axis chain.Auxiliary grid.Auxiliary
        let count = w.Length * p.Length
        // Points are numbered along P first.
        let escape = Array.zeroCreate<float> count

        let own =
            Array.init count (fun from ->
                let here, there = w[from / p.Length], p[from % p.Length]
                let moves = chain.Next here there

                escape[from] <-
                    moves
                    |> Array.sumBy (fun struct (probability, nextW, nextP) -> if insideW nextW && insideP nextP then 0.0 else probability)

                Balance.create shareW shareP moves here there)

        let reach (distance: int -> Balance -> int) =
            seq { 0 .. count - 1 } |> Seq.fold (fun most from -> max most (distance from own[from])) 3

        let reachW =
            reach (fun from balance -> max (from / p.Length - balance.FirstMain) (Balance.lastMain balance - from / p.Length))

        let reachP =
            reach (fun from balance -> max (from % p.Length - balance.FirstAuxiliary) (Balance.lastAuxiliary balance - from % p.Length))

        // The number of a point in the equations: along the array that makes the band narrower.
        let alongP, alongW = reachW * p.Length + reachP, reachP * w.Length + reachW
        let struct (strideW, strideP) = if alongP <= alongW then struct (p.Length, 1) else struct (1, w.Length)
        let number index = index / p.Length * strideW + index % p.Length * strideP
        let band = min (min alongP alongW) (count - 1)
        let equations = BandedSystem.create count band band

        for from in 0 .. count - 1 do
            own[from]
            |> Balance.iterate (fun i j factor -> BandedSystem.add equations (number from) (i * strideW + j * strideP) factor)

        let nearest (value: float) (points: float[]) = seq { 0 .. points.Length - 1 } |> Seq.minBy (fun i -> abs (points[i] - value))
        let struct (centreW, centreP) = chain.Centre
        let poisson = PoissonEquation.create equations (number (nearest centreW w * p.Length + nearest centreP p))

        // Values at the points in the order of the equations.
        let ordered (value: int -> float) =
            let values = Array.zeroCreate<float> count

            for index in 0 .. count - 1 do
                values[number index] <- value index

            values

        // The cells, each with the places where its residual is read.
        let read (value: int -> int -> struct (float * float) -> 'T) : 'T[] =
            [| for i in 0 .. grid.Main - 1 do
                   for j in 0 .. grid.Auxiliary - 1 do
                       for place in places -> value i j place |]

        let place i j (struct (shareOfW, shareOfP)) = struct (w[i] + shareOfW * (w[i + 1] - w[i]), p[j] + shareOfP * (p[j + 1] - p[j]))

        let balances =
            read (fun i j inside ->
                if inside = struct (0.0, 0.0) then
                    own[i * p.Length + j]
                else
                    let struct (here, there) = place i j inside
                    Balance.create shareW shareP (chain.Next here there) here there)

        let residual (values: float[]) (mean: float) (u: float[]) =
            let defect balance =
                let mutable sum = 0.0
                balance |> Balance.iterate (fun i j factor -> sum <- sum + factor * u[i * strideW + j * strideP])
                sum

            Array.map2 (fun value balance -> value - mean - defect balance) values balances

        // Bilinear between points, above what was read in the cells around each.
        let majorant (values: float[]) : struct (float[] * float[]) =
            let onPoints = Array2D.zeroCreate<float> w.Length p.Length

            for i in 0 .. grid.Main - 1 do
                for j in 0 .. grid.Auxiliary - 1 do
                    let first = (i * grid.Auxiliary + j) * places.Length
                    let most = StationaryLaw.size values[first .. first + places.Length - 1]

                    for a in 0..1 do
                        for b in 0..1 do
                            onPoints[i + a, j + b] <- Math.Max(onPoints[i + a, j + b], most)

            for i in 0 .. w.Length - 1 do
                StationaryLaw.spread (fun j -> onPoints[i, j]) (fun j value -> onPoints[i, j] <- value) p.Length

            for j in 0 .. p.Length - 1 do
                StationaryLaw.spread (fun i -> onPoints[i, j]) (fun i value -> onPoints[i, j] <- value) w.Length

            let between i j (struct (a: float, b: float)) =
                (1.0 - a) * ((1.0 - b) * onPoints[i, j] + b * onPoints[i, j + 1])
                + a * ((1.0 - b) * onPoints[i + 1, j] + b * onPoints[i + 1, j + 1])

            struct (ordered (fun index -> onPoints[index / p.Length, index % p.Length]), read between)

        let solve values = PoissonEquation.solve values poisson
        let struct (escaping, _) = solve (ordered (fun index -> escape[index]))

        functions
        |> List.map (fun f ->
            let struct (mean, u) = solve (ordered (fun index -> f w[index / p.Length] p[index % p.Length]))
            let values = read (fun i j inside -> let struct (here, there) = place i j inside in f here there)
            let bound = PoissonEquation.bound solve residual majorant (residual values mean u)
            StationaryLaw.bounded (abs escaping) mean (StationaryLaw.size u) bound)
