namespace AnalogTheory

open System

/// A chain on finitely many points, ready to be asked for stationary expectations.
[<NoEquality; NoComparison>]
type internal PoissonEquation =
    private
        {
            Factors: BandedFactors
            Centre: int
            /// The centre's row of I − K: first column and elements.
            Leaving: struct (int * float[])
            /// Expected steps to the centre.
            Times: float[]
        }

/// <summary>Poisson's equation u − Ku = f − c of a chain with kernel K: c is the stationary expectation of f, u says how much of f is still to come from each
/// point.</summary>
/// <remarks>
/// Both come from counting what f sums up to until a point is reached: with t the expected time to the centre and s the expected sum of f on the way,
/// c is the sum over a whole tour from the centre divided by its expected length (Meyn and Tweedie, "Markov Chains and Stochastic Stability", theorem
/// 10.2.1), and u = s − c·t.
/// </remarks>
[<RequireQualifiedAccess>]
module internal PoissonEquation =

    // The value at the centre plus Ks there; s is 0 at the centre itself.
    let private tour (struct (first: int, leaving: float[])) (atCentre: float) (sum: float[]) =
        let mutable total = atCentre

        for j in 0 .. leaving.Length - 1 do
            if first + j >= 0 && first + j < sum.Length then total <- total - leaving[j] * sum[first + j]

        total

    /// <summary>Prepares a chain.</summary>
    /// <param name="equations">I − K, row by row; overwritten.</param>
    /// <param name="centre">Number of a point that the chain keeps coming back to.</param>
    let create (equations: BandedMatrix) (centre: int) : PoissonEquation =
        let leaving = struct (centre - equations.Lower, BandedSystem.row equations centre)
        BandedSystem.identityRow equations centre
        let factors = BandedSystem.factorise equations
        let ones = Array.create equations.Size 1.0
        ones[centre] <- 0.0

        { Factors = factors
          Centre = centre
          Leaving = leaving
          Times = BandedSystem.solve factors ones }

    /// c and u; NaN where the centre is not reached from everywhere.
    let solve (values: float[]) (chain: PoissonEquation) : struct (float * float[]) =
        let right = Array.copy values
        right[chain.Centre] <- 0.0
        let sums = BandedSystem.solve chain.Factors right
        let mean = tour chain.Leaving values[chain.Centre] sums / tour chain.Leaving 1.0 chain.Times
        mean, Array.map2 (fun sum time -> sum - mean * time) sums chain.Times

    /// <summary>Bound on |π(f) − c|, π the stationary law, from the residual r = f − c − u + Ku: π(f) − c = π(r), whose size is at most sup|r|, and at most
    /// π(φ) for any φ ≥ |r|. Where the residual is large only far from where the law lives, π(φ) is much smaller than the supremum; it is
    /// bounded in the same way, and so on while that helps.</summary>
    /// <param name="solve">c and u for values on the points.</param>
    /// <param name="residual">The residual at the places where it is read, from a function's values there, c and u.</param>
    /// <param name="majorant">A function above a residual: its values on the points, and where the residual is read.</param>
    /// <param name="first">Residual of the function in question.</param>
    let bound
        (solve: float[] -> struct (float * float[]))
        (residual: float[] -> float -> float[] -> float[])
        (majorant: float[] -> struct (float[] * float[]))
        (first: float[])
        : float =
        let largest (values: float[]) = values |> Array.fold (fun most value -> Math.Max(most, abs value)) 0.0

        let rec next rounds (total: float) (best: float) (before: float) (values: float[]) =
            let here = largest values
            let best = if Double.IsNaN best then total + here else Math.Min(best, total + here)

            // Where little is left to win, or the majorant is too rough for the grid, it ends.
            if rounds = 0 || not (here > 0.1 * total && here < 0.8 * before) then
                best
            else
                let struct (onPoints, whereRead) = majorant values
                let struct (mean, u) = solve onPoints
                next (rounds - 1) (total + Math.Max(0.0, mean)) best here (residual whereRead mean u)

        next 30 0.0 nan infinity first
