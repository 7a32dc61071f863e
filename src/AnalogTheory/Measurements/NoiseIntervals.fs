namespace AnalogTheory

open System
open MathNet.Numerics.Interpolation
open AnalogTheory.Kernels.Pulses

/// <summary>Intervals of both noises by profile likelihood: what each noise can be while the other one is whatever suits it best.</summary>
/// <remarks>
/// A noise that hardly shows still takes its share from the other one, so an interval from the curvature at the best pair misses more often than it
/// says. Along the ratio ρ of both noises the likelihood is n·log s + L(ρ) + S(ρ)/s with one scale s; L and S are computed once on a grid, and the
/// profile of either noise is a minimum over ρ of smooth functions.
/// </remarks>
module internal NoiseIntervals =

    // n·log s + L(ρ) + S(ρ)/s, from splines of L and log S.
    [<NoEquality; NoComparison>]
    type private Surface =
        { Count: float
          Logarithms: CubicSpline
          Squares: CubicSpline }

        member surface.At(ratio: float, logScale: float) =
            surface.Count * logScale
            + surface.Logarithms.Interpolate ratio
            + exp (surface.Squares.Interpolate ratio - logScale)

        // The best scale at a ratio is S/n.
        member surface.Best(ratio: float) = surface.At(ratio, surface.Squares.Interpolate ratio - log surface.Count)

    let private spacing = 0.25
    let private ratios = [| PulseLikelihood.smallestRatio .. spacing .. PulseLikelihood.largestRatio |]

    let private surface (data: PulseData) (device: Device) (granularity: float) kind : Surface =
        let sums =
            ratios
            |> Array.map (fun ratio ->
                let struct (_, innovations, spreads) =
                    PulseLikelihood.filter data device granularity (PulseLikelihood.variances data device granularity kind ratio 1.0)

                let logarithms = data.Steps |> Array.sumBy (fun i -> log (2.0 * Math.PI * spreads[i]))
                let squares = data.Steps |> Array.sumBy (fun i -> innovations[i] * innovations[i] / spreads[i])
                struct (logarithms, log (Math.Max(squares, 1e-300))))

        { Count = float data.Steps.Length
          Logarithms = CubicSpline.InterpolateNatural(ratios, sums |> Array.map (fun struct (l, _) -> l))
          Squares = CubicSpline.InterpolateNatural(ratios, sums |> Array.map (fun struct (_, s) -> s)) }

    // The least of a smooth function on the grid, then on ever finer ones about it.
    let private least (f: float -> float) : float =
        let closer (best: float, value: float) reach =
            [ best - reach; best + reach ]
            |> List.map (fun ratio -> Math.Clamp(ratio, ratios[0], ratios[ratios.Length - 1]))
            |> List.map (fun ratio -> ratio, f ratio)
            |> List.fold (fun (best, value) (ratio, other) -> if other < value then ratio, other else best, value) (best, value)

        let start = ratios |> Array.map (fun ratio -> ratio, f ratio) |> Array.minBy snd
        List.init 8 (fun k -> Math.ScaleB(0.5 * spacing, -k)) |> List.fold closer start |> snd

    // Where a function that rises on the way out passes a level: doubling steps, then halves.
    let private crossing (f: float -> float) (level: float) (start: float) (direction: float) : float =
        let rec bracket inside reach =
            let outside = start + direction * reach
            if f outside > level || reach > 60.0 then inside, outside else bracket outside (2.0 * reach)

        let rec halve (inside: float) (outside: float) =
            let middle = 0.5 * (inside + outside)

            if abs (outside - inside) < 1e-5 then middle
            elif f middle > level then halve inside middle
            else halve middle outside

        bracket start 0.01 ||> halve

    /// <summary>σ_r and σ_c2c with their intervals; one-sided where a noise does not show.</summary>
    /// <param name="data">Readings.</param>
    /// <param name="device">Fitted device, F(w⋄) = 1.</param>
    /// <param name="granularity">Δw_min of that device.</param>
    /// <param name="granularityError">Its relative standard error: additive noise is known in units of weight, and relative to Δw_min as well as that.</param>
    /// <param name="parameters">Number of parameters of the law that were fitted, which the variances are corrected for.</param>
    /// <param name="estimate">Noise of the best fit.</param>
    /// <param name="quantile">Quantile of the level, two-sided: the deviance may rise by its square.</param>
    let both
        (data: PulseData)
        (device: Device)
        (granularity: float)
        (granularityError: float)
        (parameters: int)
        (estimate: NoiseEstimate)
        (quantile: float)
        : struct (FittedQuantity * FittedQuantity) =
        let surface = surface data device granularity estimate.Kind
        let best = PulseLikelihood.variances data device granularity estimate.Kind estimate.LogRatio estimate.Scale
        let level = least surface.Best + quantile * quantile
        // As a variance is divided by degrees of freedom and not by the number of readings.
        let correction = sqrt (surface.Count / Math.Max(surface.Count - float parameters, 1.0))

        let quantity symbol variance (share: float -> float) absent further =
            let value = sqrt variance
            // At a variance e²ˣ times the best one and a ratio, the scale is this; the share of the noise in it follows from the ratio.
            let scaleAt x ratio = log (share estimate.LogRatio) - log (share ratio) + log estimate.Scale + 2.0 * x
            let profile x = least (fun ratio -> surface.At(ratio, scaleAt x ratio))
            let widened x = float (sign x) * sqrt (x * x + further * further)
            let upper = value * correction * exp (widened (crossing profile level 0.0 1.0))

            if surface.Best absent <= level then
                FittedQuantity.undetermined symbol (value * correction) 0.0 upper
            else
                let lower = value * correction * exp (widened (crossing profile level 0.0 -1.0))

                { Symbol = symbol
                  Value = value * correction
                  StandardError = value * correction * log (upper / lower) / (2.0 * quantile)
                  Lower = lower
                  Upper = upper }

        let further =
            match estimate.Kind with
            | CycleNoiseKind.Multiplicative -> 0.0
            | CycleNoiseKind.Additive -> quantile * granularityError

        let cycle =
            match estimate.Kind with
            | CycleNoiseKind.Multiplicative -> best.Multiplicative
            | CycleNoiseKind.Additive -> best.Additive

        struct (quantity "σ_r" best.Reading (fun ratio -> 1.0 / (1.0 + exp -ratio)) PulseLikelihood.smallestRatio 0.0,
                quantity "σ_c2c" cycle (fun ratio -> 1.0 / (1.0 + exp ratio)) PulseLikelihood.largestRatio further)
