namespace AnalogTheory

open System
open MathNet.Numerics.Distributions
open MathNet.Numerics.LinearAlgebra
open MathNet.Numerics.LinearAlgebra.Factorization
open AnalogTheory.Kernels.Pulses

/// A number that a fit estimates.
type FittedQuantity =
    {
        /// Symbol, such as "τ".
        Symbol: string
        /// Best value.
        Value: float
        /// Standard error; ∞ where the data do not determine the quantity.
        StandardError: float
        /// Lower end of the confidence interval.
        Lower: float
        /// Upper end.
        Upper: float
    }

    /// Whether the data determine the quantity.
    member quantity.IsIdentified = Double.IsFinite quantity.StandardError

    /// Symbol, value and interval in one line.
    override quantity.ToString() =
        let shown (value: float) = value.ToString("G5", Globalization.CultureInfo.InvariantCulture)
        $"{quantity.Symbol} = {shown quantity.Value} [{shown quantity.Lower}, {shown quantity.Upper}]"

/// One reading against its prediction from those before.
[<Struct>]
type FitResidual =
    {
        /// Device of the trace.
        Device: string
        /// Name of the trace.
        Trace: string
        /// Pulses before the reading.
        Pulse: int64
        /// Direction of the pulses that led to it.
        Direction: int
        /// The reading before it.
        Weight: float
        /// Reading less prediction, unit of the measurement.
        Residual: float
        /// The same by its standard deviation under the fitted noise.
        Standardised: float
    }

/// Whether a law describes the mean steps: their residuals in bins of weight and direction, against those within bins.
type LackOfFit =
    {
        /// Ratio of mean squares between and within bins.
        Ratio: float
        /// Degrees of freedom between bins, parameters taken off.
        Between: int
        /// Degrees of freedom within bins.
        Within: int
        /// Probability of a ratio at least as large if the law holds; below 0.01 the law does not describe the steps.
        PValue: float
        /// Largest mean residual of a bin, in steps at the symmetric point (or at the middle of the readings where there is none).
        LargestMisfit: float
    }

/// <summary>A law fitted to measured pulses.</summary>
/// <remarks>
/// What is identifiable. Data determine the step sizes Δw_min·q₊(w) and Δw_min·q₋(w) where there are readings; how they split into granularity and
/// response is a convention, and here it is each law's own: linear laws have q = 1 at the symmetric point, power and exponential steps have their
/// appendix C form, where F(w⋄) is not 1. `StepAtSymmetricPoint` does not depend on the convention.
/// </remarks>
[<NoEquality; NoComparison>]
type DeviceFit =
    {
        /// Name of the law.
        Law: string
        /// Where the readings come from.
        Origin: string
        /// The fitted device, for every use that devices have.
        Device: Device
        /// The same with its granularity and cycle noise; not clipped.
        Pulsed: PulsedDevice
        /// Δw_min, then the law's parameters.
        Parameters: FittedQuantity list
        /// w⋄; None where the responses do not cross.
        SymmetricPoint: FittedQuantity option
        /// Δw_min·F(w⋄), unit of the measurement: the step that both directions share.
        StepAtSymmetricPoint: FittedQuantity option
        /// Where the device's range begins; None if it has no end.
        LowerBound: FittedQuantity option
        /// Where it ends.
        UpperBound: FittedQuantity option
        /// Half the range; the law's τ where it has one.
        Radius: FittedQuantity option
        /// The largest floor of Analog SGD that any noise of deviation σ (second argument, loss/weight) can force on |w| ≤ r (first argument), (loss/weight)²:
        /// σ²·sup ρ²/(1 − ρ²), with the interval of the fit; see `WorstFloor`.
        LargestFloor: float -> float -> FittedQuantity
        /// How pulses differ.
        NoiseKind: CycleNoiseKind
        /// σ_c2c, dimensionless, relative to the step (multiplicative) or to Δw_min (additive).
        CycleDeviation: FittedQuantity
        /// σ_r, unit of the measurement: standard deviation of a reading about the weight.
        ReadingDeviation: FittedQuantity
        /// Readings against predictions.
        Residuals: FitResidual[]
        /// Root of the mean square of the residuals over degrees of freedom, unit of the measurement.
        ResidualDeviation: float
        /// Share of the variation of step sizes, about the mean of each direction, that the law explains; noise of single steps counts against it.
        RSquared: float
        /// −2·log-likelihood, differences of readings by 2⁻²² of their size being taken for rounding.
        Deviance: float
        /// Akaike's criterion, corrected for small samples.
        Aicc: float
        /// Bayesian criterion.
        Bic: float
        /// Whether the law describes the mean steps.
        LackOfFit: LackOfFit
        /// Number of steps.
        Steps: int
        /// Confidence level of the intervals.
        Level: float
        /// Whether the iteration settled.
        IsConverged: bool
        /// What a reader should know besides, such as a parameter at the end of what was searched.
        Remarks: string list
    }

/// Fitting devices to measured pulses.
[<RequireQualifiedAccess>]
module DeviceFit =

    let private bins = 8

    // Intervals of quantities that have one side only, such as bounds, are made on the logarithm of their distance from an origin; where that
    // is uncertain by a factor of e² the data do not determine them.
    let private interval (quantile: float) (origin: float option) (symbol: string) (value: float) (error: float) : FittedQuantity =
        let error, lower, upper =
            match origin with
            | None when Double.IsFinite error -> error, value - quantile * error, value + quantile * error
            | None -> infinity, -infinity, infinity
            | Some origin ->
                let distance = value - origin
                let relative = error / abs distance
                let at factor = origin + distance * factor

                if relative <= 2.0 then
                    let near, far = at (exp (-quantile * relative)), at (exp (quantile * relative))
                    error, Math.Min(near, far), Math.Max(near, far)
                else
                    infinity, (if distance > 0.0 then origin else -infinity), (if distance > 0.0 then infinity else origin)

        { Symbol = symbol
          Value = value
          StandardError = error
          Lower = lower
          Upper = upper }

    // Where the distance of a parameter is measured from: signs and sizes from 0, bounds from the middle of the readings.
    let private origin (law: string) (middle: float) (symbol: string) : float option =
        match symbol with
        | "w⋄"
        | "c" -> None
        | "τ_max"
        | "τ_min" when law <> ResponseFamily.linearStep.Name -> Some middle
        | "lower bound"
        | "upper bound" -> Some middle
        | _ -> Some 0.0

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

    // Curvature of the deviance in the logarithms of both deviations, for their errors; one-sided limits where a noise does not show.
    let private noises
        (data: PulseData)
        (device: Device)
        (granularity: float)
        (granularityError: float)
        (estimate: NoiseEstimate)
        (normal: float)
        =
        let variances ratio scale = PulseLikelihood.variances data device granularity estimate.Kind ratio scale

        let cycleOf (v: PulseVariances) =
            match estimate.Kind with
            | CycleNoiseKind.Multiplicative -> v.Multiplicative
            | CycleNoiseKind.Additive -> v.Additive

        let best = variances estimate.LogRatio estimate.Scale

        let deviance (logReading: float) (logCycle: float) =
            let reading, cycle = best.Reading * exp (2.0 * logReading), cycleOf best * exp (2.0 * logCycle)

            let noise =
                match estimate.Kind with
                | CycleNoiseKind.Multiplicative -> PulseVariances(reading, cycle, 0.0)
                | CycleNoiseKind.Additive -> PulseVariances(reading, 0.0, cycle)

            let struct (_, innovations, spreads) = PulseLikelihood.filter data device granularity noise
            PulseLikelihood.deviance data 1.0 innovations spreads

        let h = 0.05
        let centre = deviance 0.0 0.0
        let second f = (f h - 2.0 * centre + f -h) / (h * h)
        let a, c = second (fun x -> deviance x 0.0), second (fun x -> deviance 0.0 x)
        let b = (deviance h h - deviance h -h - deviance -h h + deviance -h -h) / (4.0 * h * h)
        let determinant = a * c - b * b

        // Half the deviance is minus the log-likelihood; a curvature of 2 is an error of 1. A noise that does not show leaves the other's error.
        let alone curvature = if curvature > 0.0 then sqrt (2.0 / curvature) else infinity

        let errors =
            if a > 0.0 && c > 0.0 && determinant > 0.0 && alone a < 1.0 && alone c < 1.0 then
                struct (sqrt (2.0 * c / determinant), sqrt (2.0 * a / determinant))
            else
                struct (alone a, alone c)

        // The largest deviation that the likelihood does not rule out, going towards more of it from the best ratio.
        let limit (sign: float) (deviation: PulseVariances -> float) =
            let allowed = estimate.Deviance + normal * normal

            let at ratio =
                let struct (_, innovations, spreads) = PulseLikelihood.filter data device granularity (variances ratio 1.0)
                let scale = data.Steps |> Array.averageBy (fun i -> innovations[i] * innovations[i] / spreads[i])
                struct (PulseLikelihood.deviance data scale innovations spreads, deviation (variances ratio scale))

            Seq.initInfinite (fun k -> estimate.LogRatio + sign * 0.25 * float k)
            |> Seq.takeWhile (fun ratio -> ratio >= PulseLikelihood.smallestRatio - 0.1 && ratio <= PulseLikelihood.largestRatio + 0.1)
            |> Seq.map at
            |> Seq.takeWhile (fun (struct (deviance, _)) -> deviance <= allowed)
            |> Seq.fold (fun largest (struct (_, deviation)) -> Math.Max(largest, sqrt deviation)) 0.0

        // Whether readings are so much likelier with a noise than without it.
        let shows edge =
            let struct (_, innovations, spreads) = PulseLikelihood.filter data device granularity (variances edge 1.0)
            let scale = data.Steps |> Array.averageBy (fun i -> innovations[i] * innovations[i] / spreads[i])
            PulseLikelihood.deviance data scale innovations spreads > estimate.Deviance + normal * normal

        let quantity symbol variance error sign deviation =
            let value = sqrt variance

            if error < 1.0 && shows (if sign > 0.0 then PulseLikelihood.smallestRatio else PulseLikelihood.largestRatio) then
                interval normal (Some 0.0) symbol value (value * error)
            else
                { Symbol = symbol
                  Value = value
                  StandardError = infinity
                  Lower = 0.0
                  Upper = Math.Max(value, limit sign deviation) }

        let struct (readingError, cycleError) = errors

        // Additive noise is known in units of weight; relative to Δw_min it is as uncertain as that.
        let cycleError =
            match estimate.Kind with
            | CycleNoiseKind.Multiplicative -> cycleError
            | CycleNoiseKind.Additive -> sqrt (cycleError * cycleError + granularityError * granularityError)

        quantity "σ_r" best.Reading readingError 1.0 _.Reading, quantity "σ_c2c" (cycleOf best) cycleError -1.0 cycleOf

    let private lackOfFit (data: PulseData) (parameters: int) (step: float) (residuals: FitResidual[]) : LackOfFit =
        let outline = data.Outline
        let bin (r: FitResidual) = Math.Min(bins - 1, int (float bins * (r.Weight - outline.Lower) / outline.Size))

        let groups =
            residuals
            |> Array.groupBy (fun r -> r.Direction, bin r)
            |> Array.map snd
            |> Array.filter (fun g -> g.Length > 1)

        let mean (f: FitResidual -> float) group = Array.averageBy f group
        let betweenSquares = groups |> Array.sumBy (fun g -> float g.Length * pown (mean _.Standardised g) 2)

        let within =
            groups
            |> Array.sumBy (fun g -> let m = mean _.Standardised g in g |> Array.sumBy (fun r -> pown (r.Standardised - m) 2))

        let freeBetween = Math.Max(groups.Length - parameters, 1)
        let freeWithin = Math.Max((groups |> Array.sumBy _.Length) - groups.Length, 1)
        let ratio = (betweenSquares / float freeBetween) / Math.Max(within / float freeWithin, 1e-300)

        { Ratio = ratio
          Between = freeBetween
          Within = freeWithin
          PValue = 1.0 - FisherSnedecor.CDF(float freeBetween, float freeWithin, ratio)
          LargestMisfit = groups |> Array.map (fun g -> abs (mean _.Residual g) / step) |> Array.max }

    // Differences of readings below this part of their size are taken for rounding when laws are compared.
    let private resolution = Math.ScaleB(1.0, -22)

    /// <summary>Fits one law to the traces of one device, pooled.</summary>
    /// <param name="level">Confidence level of the intervals, in (0, 1).</param>
    /// <param name="kinds">Kinds of cycle noise to choose from by likelihood; at least one.</param>
    /// <param name="family">Law.</param>
    /// <param name="series">Readings; all traces are taken for one device.</param>
    /// <exception cref="T:System.ArgumentException">The level is not in (0, 1), no kind is given, or the readings do not meet `PulseSeries.requireSteps`.</exception>
    let fitWith (level: float) (kinds: CycleNoiseKind list) (family: ResponseFamily) (series: PulseSeries) : DeviceFit =
        Require.between "level" 0.0 1.0 level
        Require.nonEmpty "kinds" kinds.Length
        let data = PulseLikelihood.ofSeries series
        let bounds = PulseLikelihood.bounds family data
        let struct (u, estimate, _, isConverged) = PulseLikelihood.maximise family kinds data
        let struct (device, granularity) = PulseLikelihood.build family data u
        let raw = PulseLikelihood.residuals family data estimate.Gains estimate.Spreads
        let standardised = raw u
        let count, size = data.Steps.Length, u.Length
        let free = count - size
        let student = StudentT.InvCDF(0.0, 1.0, float (Math.Max(free, 1)), 0.5 + 0.5 * level)
        let normal = Normal.InvCDF(0.0, 1.0, 0.5 + 0.5 * level)

        let jacobian = PulseLikelihood.jacobian bounds raw u

        let inner =
            [| for j in 0 .. size - 1 do
                   if jacobian.Column(j).L2Norm() > 0.0 then j |]

        let covariance =
            if inner.Length = 0 then
                None
            else
                covariance (Matrix<float>.Build.DenseOfColumnVectors(inner |> Array.map jacobian.Column)) standardised

        let quantity symbol (f: float[] -> float) =
            let slopes = gradient bounds f u
            let moves = slopes.PointwiseAbs().Sum() > 0.0
            let outer = seq { 0 .. size - 1 } |> Seq.exists (fun j -> slopes[j] <> 0.0 && not (Array.contains j inner))

            let error =
                match covariance with
                | _ when not moves -> 0.0
                | _ when outer -> infinity
                | None -> infinity
                | Some covariance ->
                    let g = Vector<float>.Build.Dense(inner |> Array.map (fun j -> slopes[j]))
                    sqrt (Math.Max(g * (covariance * g), 0.0))

            interval student (origin family.Name data.Outline.Middle symbol) symbol (f u) error

        let atDevice f v =
            let struct (device, granularity) = PulseLikelihood.build family data v in f device granularity

        let parameters =
            quantity "Δw_min" (atDevice (fun _ granularity -> granularity))
            :: (device.Parameters
                |> List.mapi (fun k (symbol, _) -> quantity symbol (atDevice (fun device _ -> snd device.Parameters[k]))))

        let symmetricPoint = SymmetricPoint.tryFind device
        // A device that is symmetric everywhere has no point that data could tell.
        let isSymmetric = family.Name = "ideal"
        let crossing (device: Device) = SymmetricPoint.tryFind device |> Option.defaultValue nan

        let finite symbol (f: Device -> float) =
            if Double.IsFinite(f device) then Some(quantity symbol (atDevice (fun d _ -> f d))) else None

        let pulsedNoise =
            let v = PulseLikelihood.variances data device granularity estimate.Kind estimate.LogRatio estimate.Scale

            match estimate.Kind with
            | CycleNoiseKind.Multiplicative -> CycleNoise.Multiplicative(sqrt v.Multiplicative)
            | CycleNoiseKind.Additive -> CycleNoise.Additive(sqrt v.Additive)

        let reading, cycle = noises data device granularity (parameters.Head.StandardError / granularity) estimate normal
        let deviation = sqrt estimate.Scale

        let details =
            [| for trace in series.Traces do
                   for i in 1 .. trace.Weights.Length - 1 -> trace, i |]

        let residuals =
            Array.init count (fun k ->
                let trace, i = details[k]
                let spread = sqrt estimate.Spreads[data.Steps[k]]

                { Device = trace.Device
                  Trace = trace.Name
                  Pulse = trace.Pulses[i]
                  Direction = trace.Directions[i]
                  Weight = trace.Weights[i - 1]
                  Residual = standardised[k] * spread
                  Standardised = standardised[k] / deviation })

        let increments =
            residuals
            |> Array.mapi (fun k r -> let trace, i = details[k] in struct (r.Direction, trace.Weights[i] - trace.Weights[i - 1]))

        let total =
            increments
            |> Array.groupBy (fun struct (direction, _) -> direction)
            |> Array.sumBy (fun (_, group) ->
                let mean = group |> Array.averageBy (fun struct (_, d) -> d)
                group |> Array.sumBy (fun struct (_, d) -> pown (d - mean) 2))

        let squares = residuals |> Array.sumBy (fun r -> r.Residual * r.Residual)
        let rounding = pown (resolution * Math.Max(abs data.Outline.Lower, abs data.Outline.Upper)) 2

        let deviance =
            Array.mapi
                (fun k (r: FitResidual) ->
                    let variance = estimate.Scale * estimate.Spreads[data.Steps[k]] + rounding
                    log (2.0 * Math.PI * variance) + r.Residual * r.Residual / variance)
                residuals
            |> Array.sum

        let k, n = float (size + 2), float count
        let aicc = deviance + 2.0 * k + (if n > k + 1.0 then 2.0 * k * (k + 1.0) / (n - k - 1.0) else infinity)

        let step =
            match symmetricPoint with
            | Some point when not isSymmetric -> granularity * device.Symmetric point
            | _ -> PulseLikelihood.typicalStep data

        let remarks =
            [ if not isConverged then "the iteration did not settle"
              for parameter in parameters do
                  if not parameter.IsIdentified then $"the data do not determine {parameter.Symbol}" ]

        { Law = family.Name
          Origin = series.Origin
          Device = device
          Pulsed = PulsedDevice.create granularity device |> PulsedDevice.withCycleNoise pulsedNoise
          Parameters = parameters
          SymmetricPoint =
            if isSymmetric then
                None
            else
                symmetricPoint |> Option.map (fun _ -> quantity "w⋄" (atDevice (fun d _ -> crossing d)))
          StepAtSymmetricPoint =
            if isSymmetric then
                None
            else
                symmetricPoint
                |> Option.map (fun _ -> quantity "Δw_min·F(w⋄)" (atDevice (fun d granularity -> granularity * d.Symmetric(crossing d))))
          LowerBound = finite "lower bound" _.Lower
          UpperBound = finite "upper bound" _.Upper
          Radius = finite "τ" (fun d -> 0.5 * (d.Upper - d.Lower))
          LargestFloor =
            fun radius deviation ->
                Require.nonNegative "radius" radius
                Require.nonNegative "deviation" deviation
                let floor (d: Device) = deviation * deviation * (WorstFloor.largest d -radius radius).PerVariance

                if Double.IsFinite(floor device) then
                    quantity "largest floor" (atDevice (fun d _ -> floor d))
                else
                    { Symbol = "largest floor"; Value = infinity; StandardError = infinity; Lower = 0.0; Upper = infinity }
          NoiseKind = estimate.Kind
          CycleDeviation = cycle
          ReadingDeviation = reading
          Residuals = residuals
          ResidualDeviation = sqrt (squares / float (Math.Max(free, 1)))
          RSquared = if total > 0.0 then 1.0 - squares / total else nan
          Deviance = deviance
          Aicc = aicc
          Bic = deviance + k * log n
          LackOfFit = lackOfFit data size step residuals
          Steps = count
          Level = level
          IsConverged = isConverged
          Remarks = remarks }

    /// <summary>Fits one law at 95 %, the kind of cycle noise chosen by likelihood.</summary>
    /// <param name="family">Law.</param>
    /// <param name="series">Readings; all traces are taken for one device.</param>
    /// <exception cref="T:System.ArgumentException">The readings do not meet `PulseSeries.requireSteps`.</exception>
    let fit (family: ResponseFamily) (series: PulseSeries) : DeviceFit =
        fitWith 0.95 [ CycleNoiseKind.Multiplicative; CycleNoiseKind.Additive ] family series

    /// <summary>The device without a law: tables of the mean steps in bins, whatever their shape.</summary>
    /// <param name="bins">Number of bins over the range of weights, at least 2.</param>
    /// <param name="series">Readings; all traces are taken for one device.</param>
    /// <exception cref="T:System.ArgumentException">The readings do not meet `PulseSeries.requireSteps`, or mean steps up and down never cross.</exception>
    let tabulated (bins: int) (series: PulseSeries) : MeasuredDevice =
        PulseSeries.requireSteps series

        let steps direction =
            [| for trace in series.Traces do
                   for i in 1 .. trace.Weights.Length - 1 do
                       if trace.Directions[i] = direction then
                           let before, after = trace.Weights[i - 1], trace.Weights[i]
                           let size = float direction * (after - before) / float (trace.Pulses[i] - trace.Pulses[i - 1])
                           struct (0.5 * (before + after), before, size) |]

        Tabulated.ofSteps bins series.Origin (steps 1) (steps -1)
