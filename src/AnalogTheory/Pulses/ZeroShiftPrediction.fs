namespace AnalogTheory

open System

/// <summary>What zero-shifting will do to an element: where it goes, how fast, and how much it keeps moving there.</summary>
/// <remarks>
/// A pulse of a fair random direction moves the mean by −Δw_min·G(w), exactly, for every device and any noise of mean 0. For the asymmetric linear
/// device that makes claim D8; for others the numbers about w⋄ are those of its tangent there.
/// </remarks>
type ZeroShiftPrediction =
    {
        /// w⋄, unit of weight.
        SymmetricPoint: float
        /// 1 − Δw_min·G′(w⋄): factor of the mean distance to w⋄ per pulse; 1 − Δw_min/τ for the asymmetric linear device.
        Contraction: float
        /// Variance that independent directions keep up, weight²; Δw_min·τ/(2 − Δw_min/τ) for the asymmetric linear device without noise.
        StationaryVariance: float
    }

/// Predicting zero-shifting.
[<RequireQualifiedAccess>]
module ZeroShiftPrediction =

    /// <summary>Prediction for an element whose symmetric point attracts; None if it has none, if G does not rise there, or if pulses are too coarse to settle.</summary>
    /// <param name="pulsed">Element; clipping is not taken into account.</param>
    let tryCreate (pulsed: PulsedDevice) : ZeroShiftPrediction option =
        let device, step = pulsed.Device, pulsed.Granularity

        SymmetricPoint.tryFind device
        |> Option.bind (fun point ->
            let reach =
                if Double.IsFinite device.Lower && Double.IsFinite device.Upper then
                    device.Upper - device.Lower
                else
                    1.0

            let h = 1e-5 * reach
            let slope f = (f (point + h) - f (point - h)) / (2.0 * h)
            let rise, tilt = slope device.Asymmetric, slope device.Symmetric
            let contraction = 1.0 - step * rise
            let size = device.Symmetric point

            // x′ = (1−Δw_min·G′)x + s·Δw_min(F + F′x), and the noise of the pulse.
            let multiplicative, additive =
                match pulsed.CycleNoise with
                | CycleNoise.Absent -> 0.0, 0.0
                | CycleNoise.Multiplicative deviation -> deviation * deviation, 0.0
                | CycleNoise.Additive deviation -> 0.0, deviation * deviation

            let square x = x * x
            let gained = square step * (size * size * (1.0 + multiplicative) + additive)
            let kept = square contraction + square (step * tilt) + multiplicative * square step * (square rise + square tilt)

            if rise > 0.0 && kept < 1.0 then
                Some
                    { SymmetricPoint = point
                      Contraction = contraction
                      StationaryVariance = gained / (1.0 - kept) }
            else
                None)

    /// <summary>The mean weight before the first pulse and after each of n pulses of random direction, by the mean drift w − Δw_min·G(w).</summary>
    /// <remarks>For linear G this is the exact mean; else it leaves out how the spread of the weight bends it.</remarks>
    /// <param name="pulsed">Element.</param>
    /// <param name="pulses">n, at least 0.</param>
    /// <param name="w">Weight before, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">n is below 0, or w is not finite.</exception>
    let mean (pulsed: PulsedDevice) (pulses: int) (w: float) : float[] =
        Require.atLeast "pulses" 0L (int64 pulses)
        Require.finite "w" w
        Seq.scan (fun w _ -> w - pulsed.Granularity * pulsed.Device.Asymmetric w) w (seq { 1..pulses }) |> Seq.toArray

    /// <summary>Pulses until the mean is within a distance of w⋄; None if that takes more than a million, or w⋄ does not attract.</summary>
    /// <param name="pulsed">Element.</param>
    /// <param name="distance">ε &gt; 0, unit of weight.</param>
    /// <param name="w">Weight before, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">ε is not a finite number above 0, or w is not finite.</exception>
    let pulsesToReach (pulsed: PulsedDevice) (distance: float) (w: float) : int option =
        Require.positive "distance" distance
        Require.finite "w" w

        tryCreate pulsed
        |> Option.bind (fun prediction ->
            let rec go n w =
                if abs (w - prediction.SymmetricPoint) <= distance then Some n
                elif n = 1000000 || not (Double.IsFinite w) then None
                else go (n + 1) (w - pulsed.Granularity * pulsed.Device.Asymmetric w)

            go 0 w)
