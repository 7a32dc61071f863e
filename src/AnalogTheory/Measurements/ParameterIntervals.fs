namespace AnalogTheory

open System
open MathNet.Numerics.LinearAlgebra
open MathNet.Numerics.LinearAlgebra.Factorization

/// <summary>Intervals of a law's parameters: by the sandwich where the data determine them well, by profile likelihood where they hardly do.</summary>
/// <remarks>
/// Near the best fit a coordinate is as uncertain as the curvature there says. Where it is uncertain by more than a tenth (of the readings' range, or as
/// a factor) the curvature changes within the interval, and the interval is found instead where the sum of squares, all other coordinates being
/// free to follow, rises by the quantile's square.
/// </remarks>
module internal ParameterIntervals =

    // Standard error of a coordinate above which its interval comes from the profile.
    let private hardly = 0.1

    // Covariance of the free coordinates, robust against a wrong variance (HC3: residuals by one less their leverage).
    let private covariance (jacobian: Matrix<float>) (residuals: float[]) : Matrix<float> option =
        let scales = jacobian.ColumnNorms 2.0

        if scales.Exists(fun norm -> not (norm > 0.0)) then
            None
        else
            let scaled = jacobian * Matrix<float>.Build.DiagonalOfDiagonalVector(scales.Map(fun norm -> 1.0 / norm))
            let qr = scaled.QR QRMethod.Thin
            let diagonal = qr.R.Diagonal().PointwiseAbs()

            if diagonal.Minimum() < 1e-7 * diagonal.Maximum() then
                None
            else
                let weighted =
                    qr.Q.MapIndexed(fun i _ q ->
                        let leverage = qr.Q.Row(i) * qr.Q.Row(i)
                        q * residuals[i] / Math.Max(1.0 - leverage, 0.05))

                let inverse = qr.R.Inverse()
                let half = weighted * inverse.Transpose()
                let unscaled = Matrix<float>.Build.DiagonalOfDiagonalVector(scales.Map(fun norm -> 1.0 / norm))
                Some(unscaled * (half.TransposeThisAndMultiply half) * unscaled)

    let private gradient (bounds: struct (float * float)[]) (f: float[] -> float) (u: float[]) =
        (PulseLikelihood.jacobian bounds (fun v -> [| f v |]) u).Row 0

    let private sumOfSquares (values: float[]) = values |> Array.sumBy (fun x -> x * x)

    // Where the profile passes the level on one side of the best value; None if it does not before the end of what is searched.
    let private ending
        (problem: LeastSquaresOfPulses)
        (best: float[])
        (level: float)
        (j: int)
        (reach: float)
        (direction: float)
        : float option =
        let struct (lower, upper) = problem.Bounds[j]
        let edge = if direction > 0.0 then upper else lower

        let least = sumOfSquares (problem.Residuals best)

        // Distance to the level on a scale on which a profile is nearly straight: below 0 inside, above it outside.
        let beyond squares = sqrt (Math.Max(squares - least, 0.0)) - sqrt (level - least)

        let at (start: float[]) value =
            let u = PulseLikelihood.minimiseHeld problem j value start
            u, beyond (sumOfSquares (problem.Residuals u))

        let rec bracket (inside: float[]) (depth: float) reach =
            let value = best[j] + direction * reach

            if direction * (edge - value) <= 0.0 then
                let _, height = at inside edge
                if height <= 0.0 then None else Some(inside, depth, edge, height)
            else
                let u, height = at inside value
                if height > 0.0 then Some(inside, depth, value, height) else bracket u height (2.0 * reach)

        // Where a straight line through both ends passes the level; at least a tenth of the way from either.
        let rec narrow (inside: float[]) (depth: float) (outside: float) (height: float) rounds =
            let share = Math.Clamp(-depth / (height - depth), 0.1, 0.9)
            let between = inside[j] + share * (outside - inside[j])

            if rounds = 0 || abs (outside - inside[j]) < 0.02 * hardly then
                between
            else
                let u, here = at inside between

                if here > 0.0 then
                    narrow inside depth between here (rounds - 1)
                else
                    narrow u here outside height (rounds - 1)

        bracket best -(sqrt (level - least)) reach
        |> Option.map (fun (inside, depth, outside, height) -> narrow inside depth outside height 3)

    /// <summary>What gives a function of the coordinates its interval.</summary>
    /// <param name="problem">Innovations under the noise of the best fit.</param>
    /// <param name="origin">Where the distance of a quantity is measured from, by its symbol; None if it has two sides.</param>
    /// <param name="quantile">Student's quantile of the level, two-sided.</param>
    /// <param name="u">Coordinates of the best fit.</param>
    let around
        (problem: LeastSquaresOfPulses)
        (origin: string -> float option)
        (quantile: float)
        (u: float[])
        : string -> (float[] -> float) -> FittedQuantity =
        let standardised = problem.Residuals u
        let jacobian = PulseLikelihood.jacobian problem.Bounds problem.Residuals u
        let free = Math.Max(standardised.Length - u.Length, 1)
        let squares = sumOfSquares standardised
        let level = squares * (1.0 + quantile * quantile / float free)

        let inner =
            [| for j in 0 .. u.Length - 1 do
                   if jacobian.Column(j).L2Norm() > 0.0 then j |]

        let covariance =
            if inner.Length = 0 then
                None
            else
                covariance (Matrix<float>.Build.DenseOfColumnVectors(inner |> Array.map jacobian.Column)) standardised

        let errorOf (slopes: Vector<float>) =
            let outer = seq { 0 .. u.Length - 1 } |> Seq.exists (fun j -> slopes[j] <> 0.0 && not (Array.contains j inner))

            match covariance with
            | Some covariance when not outer ->
                let g = Vector<float>.Build.Dense(inner |> Array.map (fun j -> slopes[j]))
                sqrt (Math.Max(g * (covariance * g), 0.0))
            | _ -> infinity

        // The profile of a coordinate, for whoever asks.
        let profile =
            Array.init u.Length (fun j ->
                lazy
                    (let single = Vector<float>.Build.Dense(u.Length, fun i -> if i = j then 1.0 else 0.0)
                     let error = errorOf single

                     if squares > 0.0 && (error > hardly) then
                         let reach = Math.Clamp(quantile * error, hardly, 0.5)
                         Some(ending problem u level j reach -1.0, ending problem u level j reach 1.0)
                     else
                         None))

        fun symbol f ->
            let slopes = gradient problem.Bounds f u
            let value = f u

            let byError error = FittedQuantity.ofError quantile (origin symbol) symbol value error

            match
                [ for j in 0 .. u.Length - 1 do
                      if slopes[j] <> 0.0 then j ]
            with
            | [] -> byError 0.0
            | [ j ] when profile[j].Value.IsSome ->
                let lower, upper = profile[j].Value.Value
                let at missing = Option.map (fun end' -> f (Array.updateAt j end' u)) >> Option.defaultValue missing
                let rises = slopes[j] > 0.0
                // An end beyond what is searched is as far as the quantity goes.
                let least, most =
                    match origin symbol with
                    | None -> -infinity, infinity
                    | Some origin -> (if value > origin then origin else -infinity), (if value > origin then infinity else origin)

                let lower, upper = if rises then at least lower, at most upper else at least upper, at most lower

                if Double.IsFinite lower && Double.IsFinite upper && lower > least && upper < most then
                    { Symbol = symbol
                      Value = value
                      StandardError = (upper - lower) / (2.0 * quantile)
                      Lower = lower
                      Upper = upper }
                else
                    FittedQuantity.undetermined symbol value lower upper
            | _ -> byError (errorOf slopes)
