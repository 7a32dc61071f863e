namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open MathNet.Numerics

/// The largest floor of Analog SGD on a range of weights, and where it lies.
[<Struct>]
type LargestFloor =
    {
        /// ρ²/(1 − ρ²) = (q₋ − q₊)²/(4q₊q₋), the floor in units of σ² = E‖ε‖²; ∞ where a response is not positive.
        PerVariance: float
        /// The weight where it is largest.
        Weight: float
    }

/// <summary>How much error a noise can force on Analog SGD at a weight, whatever the learning rate: σ²ρ²/(1 − ρ²), ρ = G/F (theory N1, N10).</summary>
/// <remarks>
/// Where the mean step vanishes, ∂f = −ρE|∂f + ε|, and (E|∂f + ε|)² ≤ (∂f)² + σ² bounds (∂f)² by σ²ρ²/(1 − ρ²). Two-point noise with p = q₊/(q₊ + q₋)
/// reaches it (`Noise.leaningTwoPoint`). In D coordinates the floors add up to at most σ² times the largest one. With the step sizes u up and d down
/// that were measured at a weight it is (d − u)²/(4ud): no normalisation of the responses enters.
/// </remarks>
[<RequireQualifiedAccess>]
module WorstFloor =

    /// <summary>ρ = G/F at a weight, dimensionless.</summary>
    /// <param name="device">The device; F is positive at w.</param>
    /// <param name="w">Weight w, unit of weight.</param>
    let ratio (device: Device) (w: float) : float =
        let response = device.Law.At(Scalar w)
        response.Asymmetric.Value / response.Symmetric.Value

    /// <summary>The largest floor over all noises at a weight, in units of σ²; ∞ where a response is not positive.</summary>
    /// <param name="device">Device.</param>
    /// <param name="w">Weight.</param>
    let at (device: Device) (w: float) : float =
        let up, down = device.Up w, device.Down w

        if Double.IsNaN(up + down) then nan
        elif not (up > 0.0 && down > 0.0) then infinity
        else (down - up) * (down - up) / (4.0 * up * down)

    let private cells = 512

    /// <summary>The largest of `at` over an interval of weights: 513 equidistant weights, and a search around the best of them.</summary>
    /// <remarks>Where ρ is monotone, as on every device of the papers, it lies at an end and the value is exact to rounding.</remarks>
    /// <param name="device">Device.</param>
    /// <param name="lower">Lower end, unit of weight.</param>
    /// <param name="upper">Upper end, not below the lower.</param>
    /// <exception cref="T:System.ArgumentException">An end is not finite, or the upper is below the lower.</exception>
    let largest (device: Device) (lower: float) (upper: float) : LargestFloor =
        Require.finite "lower" lower
        Require.finite "upper" upper
        Require.within "upper" lower Double.MaxValue upper
        let weight i = if i = cells then upper else lower + (upper - lower) * float i / float cells

        let best =
            Seq.init (cells + 1) id
            |> Seq.maxBy (fun i -> let value = at device (weight i) in if Double.IsNaN value then infinity else value)

        let found = at device (weight best)

        if best = 0 || best = cells || not (Double.IsFinite found) then
            { PerVariance = found; Weight = weight best }
        else
            let search =
                FindMinimum.OfScalarFunctionConstrained(
                    (fun w -> -(at device w)),
                    weight (best - 1),
                    weight (best + 1),
                    1e-9 * (upper - lower),
                    200
                )

            let refined = at device search

            if refined > found then
                { PerVariance = refined; Weight = search }
            else
                { PerVariance = found; Weight = weight best }

    /// <summary>Encloses the largest of `at` over an interval of weights, rigorously; up to ∞ where the law has no enclosure or a response may vanish.</summary>
    /// <param name="device">Device.</param>
    /// <param name="lower">Lower end, unit of weight.</param>
    /// <param name="upper">Upper end, not below the lower.</param>
    /// <exception cref="T:System.ArgumentException">An end is not finite, or the upper is below the lower.</exception>
    let enclose (device: Device) (lower: float) (upper: float) : Interval =
        let known = largest device lower upper
        let half = Interval.Point 0.5

        // ¼(t + 1/t) − ½ with t = q₋/q₊ grows away from t = 1, so its largest value over a cell is that at an end.
        let value (t: float) =
            let t = Interval.Point t
            half * half * (t + Interval.Point 1.0 / t) - half

        let quotient (w: Interval) =
            let response = device.Law.At w

            if response.Up.Lower > 0.0 && response.Down.Lower > 0.0 then
                Some(response.Down / response.Up)
            else
                None

        let above (w: Interval) =
            match quotient w with
            | Some t -> Math.Max((value t.Lower).Upper, (value t.Upper).Upper)
            | None -> infinity

        // What is certainly reached at the best weight known.
        let reached =
            match quotient (Interval.Point known.Weight) with
            | Some t when not (t.Contains 1.0) -> Math.Max(0.0, Math.Min((value t.Lower).Lower, (value t.Upper).Lower))
            | _ -> 0.0

        // Bisects the cell with the highest ceiling until it is as good as the best value known.
        let target = known.PerVariance * (1.0 + 1e-9) + 1e-12
        let queue = Collections.Generic.PriorityQueue<struct (float * float), float>()
        queue.Enqueue(struct (lower, upper), -(above (Interval(lower, upper))))
        let mutable budget = 4096
        let mutable ceiling = infinity

        while queue.Count > 0 do
            let mutable cell = struct (0.0, 0.0)
            let mutable priority = 0.0
            queue.TryDequeue(&cell, &priority) |> ignore
            let struct (a, b) = cell
            let middle = a + 0.5 * (b - a)

            if -priority <= target || budget = 0 || middle <= a || middle >= b then
                ceiling <- -priority
                queue.Clear()
            else
                budget <- budget - 1
                queue.Enqueue(struct (a, middle), -(above (Interval(a, middle))))
                queue.Enqueue(struct (middle, b), -(above (Interval(middle, b))))

        Interval(Math.Min(reached, ceiling), ceiling)
