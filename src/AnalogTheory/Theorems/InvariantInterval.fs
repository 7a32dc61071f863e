namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// A scalar chain of Analog SGD as a set-valued map: what an interval of weights can become in one step, enclosed with outward rounding.
[<NoEquality; NoComparison>]
type ScalarMap =
    {
        /// Device.
        Device: Device
        /// α.
        LearningRate: float
        /// ∂f over intervals.
        Slope: Interval -> Interval
        /// The values that ε can take, over intervals of weights; an interval stands for noise of any distribution in it.
        Noises: (Interval -> Interval) list
    }

/// Intervals that a scalar chain never leaves, whatever its noise does: the exact form of assumption A4.
[<RequireQualifiedAccess>]
module InvariantInterval =

    let private cells = 2048

    let private hull (a: Interval) (b: Interval) = Interval(min a.Lower b.Lower, max a.Upper b.Upper)

    // The union of a function's values on small cells, under each of the noises.
    let private overCells (map: ScalarMap) (weights: Interval) (f: Interval -> Interval -> Interval) : Interval =
        let width = (weights.Upper - weights.Lower) / float cells

        let edge i =
            if i = 0 then weights.Lower
            elif i = cells then weights.Upper
            else weights.Lower + float i * width

        seq {
            for i in 0 .. (if width = 0.0 then 0 else cells - 1) do
                let cell = if width = 0.0 then weights else Interval(edge i, edge (i + 1))

                for noise in map.Noises do
                    f cell (map.Slope cell + noise cell)
        }
        |> Seq.reduce hull

    /// <summary>Encloses the image of an interval under one step: the union of the images of small cells.</summary>
    /// <param name="map">One step of a chain of one weight, as a set-valued map.</param>
    /// <param name="weights">The weights before the step, unit of weight.</param>
    let image (map: ScalarMap) (weights: Interval) : Interval =
        let rate = Interval.Point -map.LearningRate
        overCells map weights (fun cell gradient -> map.Device.Law.Update(cell, rate * gradient))

    /// <summary>Encloses every gradient, noise included, that an interval of weights can meet.</summary>
    /// <param name="map">One step of a chain of one weight, as a set-valued map.</param>
    /// <param name="weights">The weights before the step, unit of weight.</param>
    let gradients (map: ScalarMap) (weights: Interval) : Interval = overCells map weights (fun _ gradient -> gradient)

    /// <summary>An interval that contains the start and its own image, hence every weight that the chain can reach.</summary>
    /// <param name="map">The chain.</param>
    /// <param name="limit">Gives up once the interval leaves [−limit, limit].</param>
    /// <param name="seed">Contains W₀; the closer to the answer, the tighter the answer.</param>
    /// <returns>None if no such interval was found within the limit, which does not prove that there is none.</returns>
    let tryFind (map: ScalarMap) (limit: float) (seed: Interval) : Interval option =
        let rec widen rounds (candidate: Interval) =
            if rounds = 0 || not (Math.Max(-candidate.Lower, candidate.Upper) <= limit) then
                None
            else
                let image = image map candidate

                if image.Lower >= candidate.Lower && image.Upper <= candidate.Upper then
                    Some candidate
                else
                    // A little beyond the image, or the enclosure's own width would never let it close.
                    let margin = Math.Max(1e-3 * (candidate.Upper - candidate.Lower), 1e-9)
                    let lower = if image.Lower < candidate.Lower then image.Lower - margin else candidate.Lower
                    let upper = if image.Upper > candidate.Upper then image.Upper + margin else candidate.Upper
                    widen (rounds - 1) (Interval(lower, upper))

        widen 400 seed

    /// <summary>The map of (L/2)(w − w*)² under noises that do not depend on the weight.</summary>
    /// <param name="device">The device whose response is asked for.</param>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    /// <param name="curvature">L &gt; 0, the curvature of the quadratic; loss/weight².</param>
    /// <param name="minimizer">w*, unit of weight.</param>
    /// <param name="noises">An enclosure of each value of the noise; loss/weight.</param>
    let quadratic (device: Device) (learningRate: float) (curvature: float) (minimizer: float) (noises: Interval list) : ScalarMap =
        { Device = device
          LearningRate = learningRate
          Slope = fun w -> Interval.Point curvature * (w - Interval.Point minimizer)
          Noises = noises |> List.map (fun noise _ -> noise) }

    /// Where a quadratic's weight is drawn to: between its start and the weights at which g vanishes for one of the noise's values.
    let internal quadraticSeed (curvature: float) (minimizer: float) (start: float) (noises: float list) : Interval =
        let ends = start :: [ for noise in noises -> minimizer - noise / curvature ]
        Interval(List.min ends, List.max ends)

    /// <summary>The map of a tilted double well in one dimension (`NonConvex.doubleWell`) under noises that do not depend on the weight.</summary>
    /// <param name="device">The device whose response is asked for.</param>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    /// <param name="well">The wells lie near ±well; unit of weight.</param>
    /// <param name="tilt">Slope of the tilt; loss/weight.</param>
    /// <param name="noises">An enclosure of each value of the noise; loss/weight.</param>
    let doubleWell (device: Device) (learningRate: float) (well: float) (tilt: float) (noises: Interval list) : ScalarMap =
        let point = Interval.Point

        { quadratic device learningRate 1.0 0.0 noises with
            Slope = fun w -> point 4.0 * w * (w * w - point (well * well)) + point tilt }

    /// <summary>Largest |w| in an interval.</summary>
    /// <param name="interval">The interval.</param>
    let largest (interval: Interval) : float = Math.Max(abs interval.Lower, abs interval.Upper)

    /// <summary>Range of x² over an interval.</summary>
    /// <param name="interval">The interval.</param>
    let square (interval: Interval) : struct (float * float) =
        let low, high = interval.Lower * interval.Lower, interval.Upper * interval.Upper
        struct ((if interval.Contains 0.0 then 0.0 else min low high), max low high)
