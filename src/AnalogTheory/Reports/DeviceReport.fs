namespace AnalogTheory

open System

/// <summary>A device held against the demands on a response and against claims D1 to D9.</summary>
/// <remarks>
/// `Exact` is settled on the whole range, by intervals. `SeenAtPoints` holds at the points that were looked at, in strata of the range at places of their own
/// and in the lowest valleys between; it says nothing certain about what lies between them.
/// </remarks>
[<NoEquality; NoComparison>]
type DeviceReport =
    {
        /// The device.
        Device: Device
        /// Smallest weight examined: the device's lower end, or where a range without end was cut.
        Lower: float
        /// Largest weight examined.
        Upper: float
        /// Whether the law encloses itself, so that findings by intervals hold on the whole range.
        IsEnclosed: bool
        /// w⋄, if there is one.
        SymmetricPoint: float option
        /// τ of the asymmetric linear device that has the same change of G over the range; NaN if G does not rise.
        Radius: float
        /// Largest |F − 1| + |G − (w−w⋄)/τ| at the points: 0 for the asymmetric linear device.
        DistanceFromLinear: float
        /// Largest |Δ| that keeps every weight of the range in it, by the points; 0 where a response does not vanish at its end, ∞ for a range without ends.
        LargestStep: float
        /// M: largest |q₊| or |q₋|, enclosed where the law encloses itself.
        LargestResponse: float
        /// ℓ: largest slope of a response, enclosed where the law encloses its slope, else between neighbouring points.
        LargestSlope: float
        /// Demands on a response: finite, not negative, saturating, one symmetric point that attracts.
        Demands: DeviceFinding list
        /// D1 to D9.
        Claims: DeviceFinding list
    }

    /// Findings that speak against the device.
    member report.Refuted = report.Demands @ report.Claims |> List.filter (fun finding -> finding.Verdict.IsAgainst)

/// Holding devices against the demands and against claims D1 to D9.
[<RequireQualifiedAccess>]
module DeviceReport =

    // Nothing can be said about a response that is no number somewhere.
    let private notNumbers (device: Device) (w: float) : DeviceReport =
        let struct (lower, upper) = DeviceReading.range device
        let fails w = not (Double.IsFinite(device.Up w) && Double.IsFinite(device.Down w))
        let isInside x = x >= lower && x <= upper
        let w = Search.simpler w |> Seq.tryFind (fun x -> isInside x && fails x) |> Option.defaultValue w
        let place = $"w = {DeviceReading.precise w}"
        let reason = $"q₊ = {DeviceReading.text (device.Up w)} and q₋ = {DeviceReading.text (device.Down w)} at {place}"

        { Device = device
          Lower = lower
          Upper = upper
          IsEnclosed = false
          SymmetricPoint = None
          Radius = nan
          DistanceFromLinear = infinity
          LargestStep = nan
          LargestResponse = nan
          LargestSlope = nan
          Demands =
            [ { Id = "finite"
                Statement = DeviceDemands.finiteness
                Verdict = Refuted(place, Comparison.atMost nan Double.MaxValue)
                Remark = reason } ]
          Claims =
            [ for k in 1..9 ->
                  { Id = invariant $"D{k}"
                    Statement = "needs responses that are numbers"
                    Verdict = Undecided reason
                    Remark = "" } ] }

    // Of a range with ends: where a response is not 0 the step that just reaches the end.
    let private largestStep (reading: DeviceReading) : float =
        let device = reading.Device

        if not (Double.IsFinite device.Lower && Double.IsFinite device.Upper) then
            infinity
        else
            let step room q = if q > reading.Allowance then room / q else infinity

            Seq.map2
                (fun w (up, down) -> Math.Min(step (reading.Upper - w) up, step (w - reading.Lower) down))
                reading.Points
                (Array.zip reading.Up reading.Down)
            |> Seq.min

    let private ofReading (reading: DeviceReading) : DeviceReport =
        let device = reading.Device
        let symmetric = SymmetricPoint.tryFind device
        let rise = device.Asymmetric reading.Upper - device.Asymmetric reading.Lower
        let tau = if rise > 0.0 then (reading.Upper - reading.Lower) / rise else nan

        let distance =
            match symmetric with
            | Some point when Double.IsFinite tau ->
                Seq.map3
                    (fun w up down -> abs (0.5 * (up + down) - 1.0) + abs (0.5 * (down - up) - (w - point) / tau))
                    reading.Points
                    reading.Up
                    reading.Down
                |> Seq.max
            | _ -> infinity

        let step = largestStep reading

        { Device = device
          Lower = reading.Lower
          Upper = reading.Upper
          IsEnclosed = reading.IsEnclosed
          SymmetricPoint = symmetric
          Radius = tau
          DistanceFromLinear = distance
          LargestStep = step
          LargestResponse = reading.Largest
          LargestSlope = reading.Steepest
          Demands = DeviceDemands.check reading symmetric
          Claims = DeviceClaims.check reading symmetric tau distance step }

    /// <summary>Holds a device against the demands on a response and against D1 to D9.</summary>
    /// <param name="device">The device whose response is asked for.</param>
    let check (device: Device) : DeviceReport =
        match DeviceReading.create device with
        | Ok reading -> ofReading reading
        | Error w -> notNumbers device w
