namespace AnalogTheory

open System

/// A stationary quantity by discretisation.
[<Struct>]
type Discretised =
    {
        /// The quantity.
        Value: float
        /// Bound on its distance from the chain's own: by the residual of Poisson's equation where it was read, rounding, and what left the interval.
        /// Infinite where nothing is known.
        Error: float
    }

/// <summary>Stationary laws of scalar chains by Ulam's method: the chain on the points of a grid.</summary>
/// <remarks>
/// Ulam 1960 replaces a chain by one on cells; here the image of a grid point is shared among the four points around it, which is the same
/// projection taken of test functions instead of densities. What matters is then how smooth the expectations Kⁿf are, not how rough the stationary law
/// is, so cells may be far wider than a step of the chain.
///
/// The error is not estimated by refining. Any function u and number c bound the truth: for every stationary law π of the chain on the interval
/// π(u) = π(Ku), hence |π(f) − c| ≤ sup |f − c − u + Ku|. Poisson's equation is solved on the grid, u is the cubic through its values, and the
/// residual is read at six points of every cell where a stationary law can have mass. Residuals far from where the law lives count by how much of it
/// is there, which is bounded in the same way. Where f jumps, where the chain cannot mix, or where the grid is too coarse the residual is as large as
/// the error; a chain of several closed classes is refused by name.
/// </remarks>
[<RequireQualifiedAccess>]
module StationaryLaw =

    /// Cells unless more are asked for.
    let cells = 512

    // Places in a cell, in parts of its width, at which the residual is read: the point itself tells what the elimination left.
    let private places = [| 0.0; 0.13; 0.31; 0.5; 0.68; 0.87 |]

    // Below this probability per step a chain counts as living in its interval.
    let private negligible = 1e-9

    // By what a majorant falls from a point to the next: slowly enough for cubics to follow.
    let private decay = 0.7

    /// Shares of a point at a position in units of cells, n the number of points, so that three moments are kept: first index and weights. Some
    /// are negative.
    let internal shares (n: int) (position: float) : struct (int * float[]) =
        let first = Math.Clamp(int (floor position) - 1, 0, n - 4)
        let t = position - float first
        let a, b, c, d = t, t - 1.0, t - 2.0, t - 3.0
        struct (first, [| -b * c * d / 6.0; a * c * d / 2.0; -a * b * d / 2.0; a * b * c / 6.0 |])

    /// A mean with its error: the bound by residuals, rounding in units of the largest |u|, and the share of it that leaving the interval moves.
    let internal bounded (escape: float) (mean: float) (size: float) (residual: float) : Discretised =
        let error = residual + 1e-15 * (size + abs mean) + escape * 2.0 * size

        { Value = mean
          Error = if escape <= negligible && Double.IsFinite error then error else infinity }

    /// Largest absolute value; NaN is passed on.
    let internal size (values: float[]) : float = values |> Array.fold (fun largest value -> Math.Max(largest, abs value)) 0.0

    /// Raises values along a line of points until none is below 0.7 times its neighbour.
    let internal spread (get: int -> float) (set: int -> float -> unit) (count: int) : unit =
        for i in 1 .. count - 1 do
            set i (Math.Max(get i, decay * get (i - 1)))

        for i in count - 2 .. -1 .. 0 do
            set i (Math.Max(get i, decay * get (i + 1)))

    // The point that a path of some length is near most often: its noise is not random but spread evenly, by the golden ratio.
    let private visited (chain: ScalarChain) (points: float[]) (region: int[]) : int =
        let width = points[1] - points[0]
        let visits = Array.zeroCreate<int> points.Length
        let mutable weight = 0.5 * (points[region[0]] + points[region[region.Length - 1] + 1])

        for step in 1..4096 do
            let moves = chain.Next weight
            let mutable left = 0.6180339887498949 * float step % 1.0
            let mutable k = 0

            while k < moves.Length - 1 && (let struct (probability, _) = moves[k] in left >= probability) do
                let struct (probability, _) = moves[k]
                left <- left - probability
                k <- k + 1

            let struct (_, next) = moves[k]
            weight <- Math.Clamp(next, chain.Lower, chain.Upper)
            let nearest = int (round ((weight - chain.Lower) / width))
            visits[nearest] <- visits[nearest] + 1

        visits |> Array.indexed |> Array.maxBy snd |> fst

    let private dot (u: float[]) (struct (first: int, weights: float[])) =
        weights[0] * u[first] + weights[1] * u[first + 1] + weights[2] * u[first + 2] + weights[3] * u[first + 3]

    // A chain on a grid: what its equations say, and where its residuals are read.
    [<NoEquality; NoComparison>]
    type private Discrete =
        { Points: float[]
          Poisson: PoissonEquation
          // Cells that can carry a stationary law.
          Region: int[]
          // Weights in those cells, six of each.
          Read: float[]
          // u at those weights less Ku there.
          Defect: float[] -> float[]
          Escape: float }

    let private discretise (cells: int) (chain: ScalarChain) (region: int[]) : Discrete =
        let n = cells + 1
        let width = (chain.Upper - chain.Lower) / float cells
        let points = Array.init n (fun i -> if i = cells then chain.Upper else chain.Lower + width * float i)
        let share weight = shares n ((Math.Clamp(weight, chain.Lower, chain.Upper) - chain.Lower) / width)
        let next = points |> Array.map chain.Next
        let mutable below, above = 3, 3

        for i in 0 .. n - 1 do
            for struct (_, weight) in next[i] do
                let struct (first, _) = share weight
                below <- max below (i - first)
                above <- max above (first + 3 - i)

        let equations = BandedSystem.create n below above

        for i in 0 .. n - 1 do
            BandedSystem.add equations i i 1.0

            for struct (probability, weight) in next[i] do
                let struct (first, weights) = share weight

                for k in 0..3 do
                    BandedSystem.add equations i (first + k) (-probability * weights[k])

        let poisson = PoissonEquation.create equations (visited chain points region)
        let tolerance = 1e-12 * (chain.Upper - chain.Lower)
        let isOutside weight = not (weight >= chain.Lower - tolerance && weight <= chain.Upper + tolerance)

        let leaving =
            next
            |> Array.map (Array.sumBy (fun struct (probability, weight) -> if isOutside weight then probability else 0.0))

        let struct (escape, _) = PoissonEquation.solve leaving poisson

        let read =
            region
            |> Array.collect (fun i -> places |> Array.map (fun place -> if place = 0.0 then points[i] else points[i] + place * width))

        let moves =
            read
            |> Array.map (fun weight ->
                share weight, chain.Next weight |> Array.map (fun struct (probability, next) -> struct (probability, share next)))

        { Points = points
          Poisson = poisson
          Region = region
          Read = read
          Defect =
            fun u ->
                moves
                |> Array.map (fun (here, next) -> dot u here - (next |> Array.sumBy (fun struct (p, there) -> p * dot u there)))
          Escape = abs escape }

    let private residual (discrete: Discrete) (values: float[]) (mean: float) (u: float[]) : float[] =
        Array.map2 (fun value defect -> value - mean - defect) values (discrete.Defect u)

    // Linear between points: above the residual, since both ends of a cell are above all that was read in it.
    let private majorant (discrete: Discrete) (values: float[]) : struct (float[] * float[]) =
        let onPoints = Array.zeroCreate<float> discrete.Points.Length

        discrete.Region
        |> Array.iteri (fun index i ->
            for place in 0 .. places.Length - 1 do
                let value = abs values[index * places.Length + place]
                onPoints[i] <- Math.Max(onPoints[i], value)
                onPoints[i + 1] <- Math.Max(onPoints[i + 1], value))

        spread (fun i -> onPoints[i]) (fun i value -> onPoints[i] <- value) onPoints.Length

        struct (onPoints,
                discrete.Region
                |> Array.collect (fun i -> places |> Array.map (fun place -> (1.0 - place) * onPoints[i] + place * onPoints[i + 1])))

    // c, largest |u| and residual of a function.
    let private solved (discrete: Discrete) (f: float -> float) : struct (float * float * float[]) =
        let struct (mean, u) = PoissonEquation.solve (Array.map f discrete.Points) discrete.Poisson
        struct (mean, size u, residual discrete (Array.map f discrete.Read) mean u)

    let private bound (discrete: Discrete) (residuals: float[]) : float =
        PoissonEquation.bound
            (fun values -> PoissonEquation.solve values discrete.Poisson)
            (residual discrete)
            (majorant discrete)
            residuals

    let private validate (cells: int) (chain: ScalarChain) =
        Require.atLeast "cells" 8L (int64 cells)
        Require.finite "Lower" chain.Lower
        Require.finite "Upper" chain.Upper
        Require.positive "Upper - Lower" (chain.Upper - chain.Lower)

    let private hull (chain: ScalarChain) (cells: int) (closed: int[]) : struct (float * float) =
        let width = (chain.Upper - chain.Lower) / float cells
        let last = closed[closed.Length - 1]
        chain.Lower + width * float closed[0], (if last = cells - 1 then chain.Upper else chain.Lower + width * float (last + 1))

    /// <summary>Intervals that the chain does not leave and that hold no smaller one: in each of them lives a stationary law.</summary>
    /// <param name="cells">Cells that tell them apart, at least 8.</param>
    /// <param name="chain">The chain.</param>
    /// <exception cref="T:System.ArgumentException">Fewer than 8 cells, or an interval that is empty or not finite.</exception>
    let classes (cells: int) (chain: ScalarChain) : struct (float * float) list =
        validate cells chain
        ClosedClasses.images chain cells |> ClosedClasses.find |> List.map (hull chain cells)

    // Cells that can carry a stationary law: the one closed class, or all of them where it is not certain that there is one only.
    let private region (cells: int) (chain: ScalarChain) : int[] =
        validate cells chain
        let images = ClosedClasses.images chain cells

        match ClosedClasses.find images with
        | [ closed ] when ClosedClasses.isOnly images closed -> closed
        | [ _ ] -> [| 0 .. cells - 1 |]
        | several ->
            let text (struct (lower: float, upper: float)) = FormattableString.Invariant $"[{lower:G4}, {upper:G4}]"
            let places = several |> List.map (hull chain cells >> text) |> String.concat " and "

            raise (
                ArgumentException(
                    invariant
                        $"Expected a chain with one stationary law, got {several.Length} that do not meet, in {places}; ask for each of them.",
                    nameof chain
                )
            )

    // The same on three grids where the first says little: every bound holds, so the smallest is taken.
    let private best (cells: int) (on: int -> Discretised) : Discretised =
        let isEnough (value: Discretised) = value.Error <= 1e-6 * abs value.Value
        let others = [ cells; max 8 (cells / 2); 2 * cells ] |> Seq.map on |> Seq.cache

        match others |> Seq.tryFind isEnough with
        | Some value -> value
        // NaN counts as the largest.
        | None -> others |> Seq.minBy (fun value -> if Double.IsNaN value.Error then infinity else value.Error)

    /// <summary>Stationary expectations of functions, with their errors.</summary>
    /// <param name="cells">Cells, at least 8; where they say little, half and twice as many are tried too.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="functions">Finite on the chain's interval; the smoother, the smaller the error.</param>
    /// <exception cref="T:System.ArgumentException">Fewer than 8 cells, an interval that is empty or not finite, or a chain of several closed classes.</exception>
    let expectations (cells: int) (chain: ScalarChain) (functions: (float -> float) list) : Discretised list =
        let first = discretise cells chain (region cells chain)

        functions
        |> List.map (fun f ->
            best cells (fun count ->
                let discrete = if count = cells then first else discretise count chain (region count chain)
                let struct (mean, size, residuals) = solved discrete f
                bounded discrete.Escape mean size (bound discrete residuals)))

    /// <summary>E f/E g of the stationary law.</summary>
    /// <remarks>The residual of f − ρg is what counts, where the errors of both cancel.</remarks>
    /// <param name="cells">Cells, at least 8; where they say little, half and twice as many are tried too.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="f">Finite on the chain's interval.</param>
    /// <param name="g">The same, of an expectation other than 0.</param>
    /// <exception cref="T:System.ArgumentException">Fewer than 8 cells, an interval that is empty or not finite, or a chain of several closed classes.</exception>
    let ratio (cells: int) (chain: ScalarChain) (f: float -> float) (g: float -> float) : Discretised =
        best cells (fun count ->
            let discrete = discretise count chain (region count chain)
            let struct (above, sizeAbove, residualsAbove) = solved discrete f
            let struct (below, sizeBelow, residualsBelow) = solved discrete g
            let value = above / below
            let difference = Array.map2 (fun a b -> a - value * b) residualsAbove residualsBelow
            let error = (bounded discrete.Escape 0.0 (sizeAbove + abs value * sizeBelow) (bound discrete difference)).Error
            let least = abs below - (bounded discrete.Escape below sizeBelow (bound discrete residualsBelow)).Error
            { Value = value; Error = if least > 0.0 then error / least else infinity })

    /// <summary>Stationary expectations of functions in every closed class: what a chain that cannot leave some parts of its interval settles to in each of them.</summary>
    /// <param name="cells">Cells, at least 8, for the interval and again for every class.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="functions">Finite on the chain's interval.</param>
    /// <returns>For every class its ends and the expectations.</returns>
    let byClass (cells: int) (chain: ScalarChain) (functions: (float -> float) list) : (struct (float * float) * Discretised list) list =
        classes cells chain
        |> List.map (fun (struct (lower, upper)) ->
            struct (lower, upper), expectations cells { chain with Lower = lower; Upper = upper } functions)
