namespace AnalogTheory

open System
open MathNet.Numerics
open MathNet.Numerics.LinearAlgebra
open MathNet.Numerics.Optimization
open AnalogTheory.Kernels.Pulses

/// How pulses of one kind differ, as a fit distinguishes it.
[<RequireQualifiedAccess>]
type CycleNoiseKind =
    /// The step is scaled by 1 + σ_c2c·ξ.
    | Multiplicative
    /// σ_c2c·ξ·Δw_min is added to the step.
    | Additive

/// Readings of a series in one row, traces one after the other, and what a fit starts from.
type internal PulseData =
    { Readings: float[]
      // Signed number of pulses before a reading; 0 begins a trace.
      Pulses: int[]
      // Places of the readings that follow pulses.
      Steps: int[]
      Outline: StepOutline }

/// Noise as a fit estimates it: the share of the readings, and one scale.
[<NoEquality; NoComparison>]
type internal NoiseEstimate =
    { Kind: CycleNoiseKind
      // log of the ratio of reading noise to cycle noise, both as variances at the middle of the readings.
      LogRatio: float
      // s²: factor of both variances.
      Scale: float
      Gains: float[]
      // Variances of the innovations, without the scale.
      Spreads: float[]
      // −2·log-likelihood.
      Deviance: float }

/// Residuals as functions of coordinates within bounds.
[<NoEquality; NoComparison>]
type internal LeastSquaresOfPulses = { Bounds: struct (float * float)[]; Residuals: float[] -> float[] }

/// <summary>The likelihood of readings under a law and two noises, and its maximum.</summary>
/// <remarks>
/// See decision page 11 for why innovations are fitted rather than increments or whole curves. A round estimates the noises by likelihood at given
/// parameters, then the parameters by least squares of the innovations weighted by their variances, gains and variances held fixed; the rounds end
/// when parameters move by less than a thousandth of their standard errors.
/// </remarks>
module internal PulseLikelihood =

    // Log ratios of reading to cycle variance at which the smaller one no longer shows.
    let smallestRatio, largestRatio = -16.0, 14.0

    let private mostRounds = 15

    let ofSeries (series: PulseSeries) : PulseData =
        PulseSeries.requireSteps series
        let traces = series.Traces |> List.toArray
        let readings = traces |> Array.collect _.Weights

        let pulses =
            traces
            |> Array.collect (fun trace ->
                Array.init trace.Weights.Length (fun i ->
                    if i = 0 then 0 else trace.Directions[i] * int (trace.Pulses[i] - trace.Pulses[i - 1])))

        let steps =
            [| for i in 0 .. pulses.Length - 1 do
                   if pulses[i] <> 0 then i |]

        let lower, upper = Array.min readings, Array.max readings
        let middle = 0.5 * lower + 0.5 * upper

        // Steps against the middle of their ends, where noise of the readings does not favour any slope.
        let line direction =
            let own = steps |> Array.filter (fun i -> sign pulses[i] = direction)
            let places = own |> Array.map (fun i -> 0.5 * (readings[i] + readings[i - 1]) - middle)
            let sizes = own |> Array.map (fun i -> (readings[i] - readings[i - 1]) / float pulses[i])

            if Array.max places > Array.min places then
                let design = places |> Array.map (fun x -> [| x |])
                let coefficients = LinearRegression.MultipleRegression.QR(design, sizes, intercept = true)
                struct (coefficients[0], coefficients[1])
            else
                struct (Array.average sizes, 0.0)

        { Readings = readings
          Pulses = pulses
          Steps = steps
          Outline = { Lower = lower; Upper = upper; Up = line 1; Down = line -1 } }

    /// Typical size of a step.
    let typicalStep (data: PulseData) =
        let struct (up, _), struct (down, _) = data.Outline.Up, data.Outline.Down
        let mean = 0.5 * (abs up + abs down)
        if mean > 0.0 then mean else 1e-6 * data.Outline.Size

    /// The device and its granularity at given coordinates; the first is the logarithm of the step at the middle in typical steps.
    let build (family: ResponseFamily) (data: PulseData) (u: float[]) : struct (Device * float) =
        let device = family.Device data.Outline u[1..]
        let middle = data.Outline.Middle
        device, typicalStep data * exp u[0] / sqrt (device.Up middle * device.Down middle)

    let private spacing (data: PulseData) = 1e-5 * data.Outline.Size

    /// Variances of readings and pulses: together s² steps² at the middle of the readings, divided by their ratio.
    let variances (data: PulseData) (device: Device) (granularity: float) kind (logRatio: float) (scale: float) : PulseVariances =
        let reading = scale / (1.0 + exp -logRatio)
        let cycle = scale / (1.0 + exp logRatio)
        let middle = data.Outline.Middle
        let relative = sqrt (device.Up middle * device.Down middle)
        let step = granularity * relative

        match kind with
        | CycleNoiseKind.Multiplicative -> PulseVariances(reading * step * step, cycle, 0.0)
        | CycleNoiseKind.Additive -> PulseVariances(reading * step * step, 0.0, cycle * relative * relative)

    /// The filter under given variances: gains, innovations, spreads.
    let filter (data: PulseData) (device: Device) (granularity: float) (noise: PulseVariances) =
        let n = data.Readings.Length
        let gains, innovations, spreads = Array.zeroCreate n, Array.zeroCreate n, Array.zeroCreate n

        PulseFilter.Run(
            device.Law,
            granularity,
            noise,
            1e-5 * data.Outline.Size,
            ReadOnlySpan data.Readings,
            ReadOnlySpan data.Pulses,
            Span gains,
            Span innovations,
            Span spreads
        )

        struct (gains, innovations, spreads)

    /// −2·log-likelihood of innovations.
    let deviance (data: PulseData) (scale: float) (innovations: float[]) (spreads: float[]) : float =
        data.Steps
        |> Array.sumBy (fun i ->
            let variance = scale * spreads[i]
            log (2.0 * Math.PI * variance) + innovations[i] * innovations[i] / variance)

    // At a given ratio the best scale is the mean square of the standardised innovations.
    let private atRatio data device granularity kind logRatio : NoiseEstimate =
        let struct (gains, innovations, spreads) =
            filter data device granularity (variances data device granularity kind logRatio 1.0)

        let square i = innovations[i] * innovations[i] / spreads[i]
        let scale = Math.Max(data.Steps |> Array.averageBy square, 1e-30)

        { Kind = kind
          LogRatio = logRatio
          Scale = scale
          Gains = gains
          Spreads = spreads
          Deviance = deviance data scale innovations spreads }

    let private devianceAt data device granularity kind logRatio =
        let deviance = (atRatio data device granularity kind logRatio).Deviance
        if Double.IsFinite deviance then deviance else Double.MaxValue

    /// The likeliest noise of a kind: the best of a grid of ratios, then of ever closer ones.
    let noise (data: PulseData) (device: Device) (granularity: float) (near: float option) kind : NoiseEstimate =
        let candidates =
            match near with
            | Some ratio -> [ Math.Clamp(ratio, smallestRatio, largestRatio) ]
            | None -> [ smallestRatio .. 3.0 .. largestRatio ]

        let at ratio = ratio, devianceAt data device granularity kind ratio
        let reach = if near.IsSome then 0.8 else 1.6

        // A golden section refuses a minimum on the edge, where a noise that does not show has its own.
        let closer (best: float, least: float) reach =
            [ best - reach; best + reach ]
            |> List.map (fun ratio -> at (Math.Clamp(ratio, smallestRatio, largestRatio)))
            |> List.fold (fun (best, least) (ratio, deviance) -> if deviance < least then ratio, deviance else best, least) (best, least)

        let found =
            List.init 7 (fun k -> Math.ScaleB(reach, -k))
            |> List.fold closer (candidates |> List.map at |> List.minBy snd)
            |> fst

        atRatio data device granularity kind found

    /// Standardised innovations at coordinates under fixed gains and spreads; too large to be of use where the law has no numbers.
    let residuals (family: ResponseFamily) (data: PulseData) (gains: float[]) (spreads: float[]) (u: float[]) : float[] =
        let struct (device, granularity) = build family data u
        let innovations = Array.zeroCreate data.Readings.Length

        PulseFilter.Innovations(
            device.Law,
            granularity,
            ReadOnlySpan data.Readings,
            ReadOnlySpan data.Pulses,
            ReadOnlySpan gains,
            Span innovations
        )

        data.Steps
        |> Array.map (fun i ->
            let residual = innovations[i] / sqrt spreads[i]
            if Double.IsFinite residual then Math.Clamp(residual, -1e8, 1e8) else 1e8)

    /// Derivatives of a vector by coordinates, by central differences inside the bounds.
    let jacobian (bounds: struct (float * float)[]) (f: float[] -> float[]) (u: float[]) : Matrix<float> =
        u
        |> Array.mapi (fun j value ->
            let struct (lower, upper) = bounds[j]
            let h = 1e-5 * Math.Max(1.0, abs value)
            let right, left = Math.Min(value + h, upper), Math.Max(value - h, lower)
            Array.map2 (fun a b -> (a - b) / (right - left)) (f (Array.updateAt j right u)) (f (Array.updateAt j left u)))
        |> Matrix<float>.Build.DenseOfColumnArrays

    /// Bounds of all coordinates of a family.
    let bounds (family: ResponseFamily) (data: PulseData) : struct (float * float)[] =
        Array.append [| struct (-20.0, 20.0) |] (family.Bounds data.Outline)

    /// Standardised innovations under fixed gains and spreads, as what a minimiser works on.
    let leastSquares (family: ResponseFamily) (data: PulseData) (gains: float[]) (spreads: float[]) : LeastSquaresOfPulses =
        { Bounds = bounds family data; Residuals = residuals family data gains spreads }

    let private minimise (tolerance: float) (problem: LeastSquaresOfPulses) (start: float[]) : float[] =
        let dense (values: float[]) = Vector<float>.Build.Dense values
        let f, bounds = problem.Residuals, problem.Bounds
        let zeros = dense (Array.zeroCreate (f start).Length)

        let model =
            ObjectiveFunction.NonlinearModel(
                Func<_, _, _>(fun (u: Vector<float>) (_: Vector<float>) -> dense (f (u.ToArray()))),
                Func<_, _, _>(fun (u: Vector<float>) (_: Vector<float>) -> jacobian bounds f (u.ToArray())),
                zeros,
                zeros
            )

        // Coordinates on a bound have no derivative inside the minimiser's bounds.
        let inside =
            Array.map2
                (fun (struct (lower, upper)) u -> Math.Clamp(u, lower + 1e-4 * (upper - lower), upper - 1e-4 * (upper - lower)))
                bounds
                start

        let minimiser = LevenbergMarquardtMinimizer(1e-3, 1e-14, tolerance, 0.0, 12)

        let result =
            minimiser.FindMinimum(
                model,
                dense inside,
                dense (bounds |> Array.map (fun (struct (lower, _)) -> lower)),
                dense (bounds |> Array.map (fun (struct (_, upper)) -> upper))
            )

        result.MinimizingPoint.ToArray()

    let private sumOfSquares (values: float[]) = values |> Array.sumBy (fun x -> x * x)

    /// <summary>The least squares with one coordinate held at a value: what the others are then.</summary>
    /// <remarks>
    /// Where a law is barely identified the least squares lie in a long narrow valley, and a minimiser that limits its steps stops on its slope, so that
    /// every profile seems too steep. The first step follows the valley's direction at the start; damped Gauss–Newton steps do the rest.
    /// </remarks>
    /// <param name="problem">Residuals and bounds.</param>
    /// <param name="held">Number of the coordinate that is held.</param>
    /// <param name="value">Its value.</param>
    /// <param name="start">A point of the valley, such as the best fit, or the one for a value nearby.</param>
    let minimiseHeld (problem: LeastSquaresOfPulses) (held: int) (value: float) (start: float[]) : float[] =
        let free = [| 0 .. start.Length - 1 |] |> Array.filter ((<>) held)

        let moved (u: float[]) (step: Vector<float>) =
            let next = Array.copy u
            free |> Array.iteri (fun k j -> next[j] <- next[j] - step[k])
            Array.map2 (fun (struct (lower: float, upper: float)) (x: float) -> Math.Clamp(x, lower, upper)) problem.Bounds next

        let columns u =
            let all = jacobian problem.Bounds problem.Residuals u
            all, Matrix<float>.Build.DenseOfColumnVectors(free |> Array.map all.Column)

        // The shortest way down a linear model, short of what the damping allows; coordinates in units of their own effect.
        let solve (jacobian: Matrix<float>) (residuals: Vector<float>) (damping: float) =
            let scales = jacobian.ColumnNorms(2.0).Map(fun norm -> Math.Max(norm, 1e-300))
            let scaled = jacobian * Matrix<float>.Build.DiagonalOfDiagonalVector(scales.Map(fun scale -> 1.0 / scale))
            let below = Matrix<float>.Build.Diagonal(free.Length, free.Length, sqrt damping)
            let target = Vector<float>.Build.DenseOfEnumerable(Seq.append residuals (Seq.replicate free.Length 0.0))
            (scaled.Stack below).QR(Factorization.QRMethod.Thin).Solve(target).PointwiseDivide scales

        let rec go (u: float[]) (residuals: float[]) squares damping rounds =
            let _, jacobian = columns u

            let rec attempt damping tries =
                let next = moved u (solve jacobian (Vector<float>.Build.Dense residuals) damping)
                let residuals = problem.Residuals next
                let least = sumOfSquares residuals

                if least < squares then Some(next, residuals, least, damping)
                elif tries = 0 then None
                else attempt (30.0 * damping) (tries - 1)

            match attempt damping 7 with
            | Some(next, residuals, least, damping) when rounds > 1 && least < squares * (1.0 - 1e-6) ->
                go next residuals least (Math.Max(0.03 * damping, 1e-10)) (rounds - 1)
            | Some(next, _, _, _) -> next
            | None -> u

        if free.Length = 0 then
            [| value |]
        else
            let all, jacobian = columns start
            let along = solve jacobian ((value - start[held]) * all.Column held) 1e-10
            let u = moved (Array.updateAt held value start) along
            let residuals = problem.Residuals u
            go u residuals (sumOfSquares residuals) 1e-9 15

    /// Coordinates and noise of the best fit, the rounds it took, and whether it settled.
    let maximise (family: ResponseFamily) (kinds: CycleNoiseKind list) (data: PulseData) : struct (float[] * NoiseEstimate * int * bool) =
        let ones = Array.create data.Readings.Length 1.0
        let step = typicalStep data
        let even = Array.create data.Readings.Length (step * step)

        let begun =
            family.Starts data.Outline
            |> List.map (fun start -> minimise 1e-4 (leastSquares family data ones even) (Array.append [| 0.0 |] start))
            |> List.minBy (fun u -> sumOfSquares (residuals family data ones even u))

        let likeliest (u: float[]) near kinds =
            let struct (device, granularity) = build family data u
            kinds |> List.map (noise data device granularity near) |> List.minBy _.Deviance

        let rec next (u: float[]) (estimate: NoiseEstimate) round =
            let moved = minimise 1e-9 (leastSquares family data estimate.Gains estimate.Spreads) u
            // Both kinds stand for election in the first rounds; then the rounds must end.
            let kinds = if round <= 3 then kinds else [ estimate.Kind ]
            let estimate' = likeliest moved (if round = 1 then None else Some estimate.LogRatio) kinds
            let r v = residuals family data estimate'.Gains estimate'.Spreads v
            let shift = Array.map2 (-) (r moved) (r u)
            let settled = sumOfSquares shift <= 1e-8 * estimate'.Scale || sumOfSquares shift <= 1e-20

            if settled then struct (moved, estimate', round, true)
            elif round >= mostRounds then struct (moved, estimate', round, false)
            else next moved estimate' (round + 1)

        next begun (likeliest begun None kinds) 1
