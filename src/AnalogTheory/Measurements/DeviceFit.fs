namespace AnalogTheory

open System
open MathNet.Numerics.Distributions

/// <summary>A law fitted to measured pulses.</summary>
/// <remarks>
/// What is identifiable. Data determine the step sizes Δw_min·q₊(w) and Δw_min·q₋(w) where there are readings; how they split into granularity and
/// response is a convention, and here it is one for all laws: Δw_min is the step that both directions share at the symmetric point, so F(w⋄) = 1.
/// Linear laws have it anyway; the responses of power and exponential steps (v1 appendix C) are divided by their F(w⋄).
/// </remarks>
[<NoEquality; NoComparison>]
type DeviceFit =
    {
        /// Name of the law.
        Law: string
        /// Where the readings come from.
        Origin: string
        /// The fitted device, F(w⋄) = 1, for every use that devices have.
        Device: Device
        /// The same with its granularity and cycle noise; not clipped.
        Pulsed: PulsedDevice
        /// Δw_min, the step at the symmetric point, unit of the measurement; then the law's parameters.
        Parameters: FittedQuantity list
        /// w⋄; None where the responses do not cross.
        SymmetricPoint: FittedQuantity option
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

    /// Law and parameters with their intervals, a line each, in the invariant culture.
    override fit.ToString() =
        let known (point: FittedQuantity) = fit.Parameters |> List.exists (fun quantity -> quantity.Symbol = point.Symbol)

        let quantities =
            fit.Parameters
            @ (fit.SymmetricPoint |> Option.filter (known >> not) |> Option.toList)
            @ [ fit.CycleDeviation; fit.ReadingDeviation ]

        [ yield invariant $"{fit.Law}, {fit.Steps} steps, intervals at {100.0 * fit.Level:G3} %%"
          for quantity in quantities do
              yield $"  {quantity}"
          yield
              invariant
                  $"  residual {fit.ResidualDeviation:G3}, R² {fit.RSquared:G3}, AICc {fit.Aicc:F1}, lack of fit p = {fit.LackOfFit.PValue:G2}"
          for remark in fit.Remarks do
              yield $"  {remark}" ]
        |> String.concat "\n"

/// Fitting devices to measured pulses.
[<RequireQualifiedAccess>]
module DeviceFit =

    // The largest floor of the fitted device over |w| ≤ radius, with its interval; infinite where the response reaches zero.
    let private largestFloor quantity atDevice (device: Device) (radius: float) (deviation: float) : FittedQuantity =
        Require.nonNegative "radius" radius
        Require.nonNegative "deviation" deviation
        let floor (d: Device) = deviation * deviation * (WorstFloor.largest d -radius radius).PerVariance

        if Double.IsFinite(floor device) then
            quantity "largest floor" (atDevice (fun (d: Device) (_: float) -> floor d))
        else
            { Symbol = "largest floor"
              Value = infinity
              StandardError = infinity
              Lower = 0.0
              Upper = infinity }

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
        let struct (u, estimate, _, isConverged) = PulseLikelihood.maximise family kinds data
        // Laws differ in what q = 1 means; a device of a fit has F(w⋄) = 1, so that granularities of all laws mean the same.
        let built v =
            let struct (device, granularity) = PulseLikelihood.build family data v
            let struct (device, size) = SymmetricPoint.normalise device
            struct (device, granularity * size)

        let struct (device, granularity) = built u
        let problem = PulseLikelihood.leastSquares family data estimate.Gains estimate.Spreads
        let standardised = problem.Residuals u
        let count, size = data.Steps.Length, u.Length
        let free = count - size
        let student = StudentT.InvCDF(0.0, 1.0, float (Math.Max(free, 1)), 0.5 + 0.5 * level)
        let quantity = ParameterIntervals.around problem (FittedQuantity.origin family.Name data.Outline.Middle) student u
        let atDevice f v = let struct (device, granularity) = built v in f device granularity

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

        let struct (reading, cycle) =
            NoiseIntervals.both data device granularity (parameters.Head.StandardError / granularity) size estimate student

        let pulsedNoise =
            match estimate.Kind with
            | CycleNoiseKind.Multiplicative -> CycleNoise.Multiplicative cycle.Value
            | CycleNoiseKind.Additive -> CycleNoise.Additive cycle.Value

        let residuals = FitResiduals.ofSteps series data estimate standardised
        let total = FitResiduals.variation series
        let squares = residuals |> Array.sumBy (fun r -> r.Residual * r.Residual)
        let deviance = FitResiduals.deviance data estimate residuals
        let k, n = float (size + 2), float count
        let aicc = deviance + 2.0 * k + (if n > k + 1.0 then 2.0 * k * (k + 1.0) / (n - k - 1.0) else infinity)

        let step =
            match symmetricPoint with
            | Some _ when not isSymmetric -> granularity
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
          LowerBound = finite "lower bound" _.Lower
          UpperBound = finite "upper bound" _.Upper
          Radius = finite "τ" (fun d -> 0.5 * (d.Upper - d.Lower))
          LargestFloor = largestFloor quantity atDevice device
          NoiseKind = estimate.Kind
          CycleDeviation = cycle
          ReadingDeviation = reading
          Residuals = residuals
          ResidualDeviation = sqrt (squares / float (Math.Max(free, 1)))
          RSquared = if total > 0.0 then 1.0 - squares / total else nan
          Deviance = deviance
          Aicc = aicc
          Bic = deviance + k * log n
          LackOfFit = FitResiduals.lackOfFit data size step residuals
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
