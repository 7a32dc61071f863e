namespace AnalogTheory

open System
open MathNet.Numerics.Distributions

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

/// Residuals of a fit, and what their means in bins say about the law.
module internal FitResiduals =

    let private bins = 8

    /// The F test of mean residuals in bins of weight and direction.
    let lackOfFit (data: PulseData) (parameters: int) (step: float) (residuals: FitResidual[]) : LackOfFit =
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

    /// The residual of every step, with the reading that it belongs to.
    let ofSteps (series: PulseSeries) (data: PulseData) (estimate: NoiseEstimate) (standardised: float[]) : FitResidual[] =
        let deviation = sqrt estimate.Scale

        let details =
            [| for trace in series.Traces do
                   for i in 1 .. trace.Weights.Length - 1 -> trace, i |]

        Array.init data.Steps.Length (fun k ->
            let trace, i = details[k]
            let spread = sqrt estimate.Spreads[data.Steps[k]]

            { Device = trace.Device
              Trace = trace.Name
              Pulse = trace.Pulses[i]
              Direction = trace.Directions[i]
              Weight = trace.Weights[i - 1]
              Residual = standardised[k] * spread
              Standardised = standardised[k] / deviation })

    /// Sum of the squares of all steps about the mean step of their direction.
    let variation (series: PulseSeries) : float =
        [| for trace in series.Traces do
               for i in 1 .. trace.Weights.Length - 1 -> struct (trace.Directions[i], trace.Weights[i] - trace.Weights[i - 1]) |]
        |> Array.groupBy (fun struct (direction, _) -> direction)
        |> Array.sumBy (fun (_, group) ->
            let mean = group |> Array.averageBy (fun struct (_, d) -> d)
            group |> Array.sumBy (fun struct (_, d) -> pown (d - mean) 2))

    /// −2·log-likelihood of the residuals under the fitted noise.
    let deviance (data: PulseData) (estimate: NoiseEstimate) (residuals: FitResidual[]) : float =
        let rounding = pown (resolution * Math.Max(abs data.Outline.Lower, abs data.Outline.Upper)) 2

        Array.mapi
            (fun k (r: FitResidual) ->
                let variance = estimate.Scale * estimate.Spreads[data.Steps[k]] + rounding
                log (2.0 * Math.PI * variance) + r.Residual * r.Residual / variance)
            residuals
        |> Array.sum
