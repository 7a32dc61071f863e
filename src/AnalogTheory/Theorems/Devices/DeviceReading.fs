namespace AnalogTheory

open System
open System.Globalization
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Sampling

/// A device on a range, read at many points.
[<NoEquality; NoComparison>]
type internal DeviceReading =
    {
        /// The device.
        Device: Device
        /// Lower end of the range.
        Lower: float
        /// Upper end.
        Upper: float
        /// Weights in rising order, the ends among them.
        Points: float[]
        /// q₊ there.
        Up: float[]
        /// q₋ there.
        Down: float[]
        /// Whether the law encloses itself over intervals.
        IsEnclosed: bool
        /// Whether it encloses its slope as well.
        HasSlopes: bool
        /// M: largest |q₊| or |q₋|, enclosed where the law encloses itself.
        Largest: float
        /// ℓ: largest |q₊′| or |q₋′|, enclosed where the law encloses its slope, else between neighbouring points.
        Steepest: float
    }

    /// What the rounding of a response is granted.
    member reading.Allowance = 64.0 * 2.220446049250313e-16 * Math.Max(reading.Largest, 1e-300)

    /// What the rounding of a response's slope is granted: 10⁻¹² of M per range.
    member reading.SlopeAllowance = 1e-12 * Math.Max(reading.Largest, 1e-300) / (reading.Upper - reading.Lower)

/// Reading devices at points and over intervals.
[<RequireQualifiedAccess>]
module internal DeviceReading =

    /// Strata of the range, each read at a place of its own, so that nothing periodic hides between the points.
    let strata = 32768

    // Cells over which M and ℓ are enclosed.
    let private cells = 4096

    // Boxes that a proof over the range may look at.
    let private mostBoxes = 40000

    /// A number for people.
    let text (value: float) : string = value.ToString("G4", CultureInfo.InvariantCulture)

    /// A number that replays.
    let precise (value: float) : string = value.ToString("R", CultureInfo.InvariantCulture)

    /// The device's range, cut to two units where it has no end.
    let range (device: Device) : struct (float * float) =
        match Double.IsFinite device.Lower, Double.IsFinite device.Upper with
        | true, true -> device.Lower, device.Upper
        | true, false -> device.Lower, device.Lower + 2.0
        | false, true -> device.Upper - 2.0, device.Upper
        | false, false -> -1.0, 1.0

    // Places inside of the strata are random under one key: a report is a function of the device.
    let private places (lower: float) (upper: float) : float[] =
        let key = Key.ofSeed 0UL |> Key.named "device report"

        let inside i =
            let share = Uniform.At(key.Bits, Purpose.General, 0u, uint64 i)
            Math.Clamp(lower + (upper - lower) * ((float i + share) / float strata), lower, upper)

        Array.concat [ [| lower |]; Array.init strata inside; [| upper |] ] |> Array.distinct

    let private refusing (otherwise: 'T) (enclose: unit -> 'T) : 'T =
        try
            enclose ()
        with :? NotSupportedException ->
            otherwise

    /// q₊ and q₋ with their slopes over an interval of weights.
    let slopes (device: Device) (weights: Interval) : struct (Slope * Slope) =
        let at = device.Law.At(Slope.Variable weights)
        at.Up, at.Down

    /// Reads a device; a weight at which a response is no finite number if there is one.
    let create (device: Device) : Result<DeviceReading, float> =
        let struct (lower, upper) = range device
        let points = places lower upper
        let up, down = Array.map device.Up points, Array.map device.Down points
        let wrong = Array.zip3 points up down |> Array.tryFind (fun (_, u, d) -> not (Double.IsFinite u && Double.IsFinite d))

        match wrong with
        | Some(w, _, _) -> Error w
        | None ->
            let boxes =
                Array.init cells (fun i ->
                    let edge k = if k = cells then upper else lower + (upper - lower) * float k / float cells
                    Interval(edge i, edge (i + 1)))

            let farthest (interval: Interval) = Math.Max(abs interval.Lower, abs interval.Upper)

            let over (of': Interval -> Interval list) =
                refusing nan (fun () -> boxes |> Seq.collect of' |> Seq.fold (fun most interval -> Math.Max(most, farthest interval)) 0.0)

            let largest = over (fun box -> let at = device.Law.At box in [ at.Up; at.Down ])
            let steepest = over (fun box -> let struct (u, d) = slopes device box in [ u.Derivative; d.Derivative ])
            let seen = Array.append up down |> Array.fold (fun most q -> Math.Max(most, abs q)) 0.0

            let between =
                [ up; down ]
                |> List.map (fun q ->
                    Array.map2 (fun (a, b) (x, y) -> abs ((b - a) / (y - x))) (Array.pairwise q) (Array.pairwise points)
                    |> Array.max)
                |> List.max

            Ok
                { Device = device
                  Lower = lower
                  Upper = upper
                  Points = points
                  Up = up
                  Down = down
                  IsEnclosed = Double.IsFinite largest
                  HasSlopes = Double.IsFinite steepest
                  Largest = if Double.IsFinite largest then largest else seen
                  Steepest = if Double.IsFinite steepest then steepest else between }

    /// <summary>Whether a quantity stays at or above a level on the whole range.</summary>
    /// <remarks>The range is halved until every box's lower bound is high enough, a box's middle is too low, or the boxes run out.</remarks>
    /// <param name="level">The level.</param>
    /// <param name="enclose">A lower bound over a box.</param>
    /// <param name="value">The quantity at a weight.</param>
    /// <param name="reading">The device's range.</param>
    /// <returns>The smallest lower bound, a weight that fails, or a box that stayed open.</returns>
    let overRange
        (level: float)
        (enclose: Interval -> float)
        (value: float -> float)
        (reading: DeviceReading)
        : Choice<float, float, Interval> =
        let rec go (boxes: Interval list) looked worst =
            match boxes with
            | [] -> Choice1Of3 worst
            | _ when looked > mostBoxes -> Choice3Of3 boxes.Head
            | box :: rest ->
                let least = enclose box

                if least >= level then
                    go rest (looked + 1) (Math.Min(worst, least))
                else
                    let middle = 0.5 * box.Lower + 0.5 * box.Upper

                    if not (value middle >= level) then Choice2Of3 middle
                    elif middle <= box.Lower || middle >= box.Upper then Choice3Of3 box
                    else go (Interval(box.Lower, middle) :: Interval(middle, box.Upper) :: rest) (looked + 1) worst

        go [ Interval(reading.Lower, reading.Upper) ] 0 infinity

    /// The simplest weight of the range, by its digits, at which something still fails.
    let simplest (reading: DeviceReading) (fails: float -> bool) (w: float) : float =
        Search.simpler w
        |> Seq.tryFind (fun x -> x >= reading.Lower && x <= reading.Upper && fails x)
        |> Option.defaultValue w

    // Valleys that are looked into, and thirds taken of each.
    let private valleys, private steps = 64, 40

    /// <summary>Where a quantity is least: at the points, and in the valleys between them, looked into one by one.</summary>
    /// <param name="values">The quantity at the reading's points.</param>
    /// <param name="value">The quantity.</param>
    /// <param name="reading">The points.</param>
    /// <returns>The weight, the quantity there, and how often it was evaluated beside the points.</returns>
    let least (values: float[]) (value: float -> float) (reading: DeviceReading) : struct (float * float * int) =
        let points, last = reading.Points, values.Length - 1

        let lowest =
            seq { 0..last }
            |> Seq.filter (fun i -> values[i] <= values[Math.Max(i - 1, 0)] && values[i] <= values[Math.Min(i + 1, last)])
            |> Seq.sortBy (fun i -> values[i])
            |> Seq.truncate valleys
            |> Seq.toArray

        // Thirds of a bracket: two new places at each step, the half that is lower is kept.
        let rec descend k (a: float) (b: float) (best: struct (float * float)) : struct (float * float) =
            if k = 0 then
                best
            else
                let x, y = a + (b - a) / 3.0, b - (b - a) / 3.0
                let atX, atY = value x, value y
                let struct (_, lowestYet) = best

                let best: struct (float * float) =
                    if not (atX >= lowestYet) && not (atX > atY) then x, atX
                    elif not (atY >= lowestYet) then y, atY
                    else best

                if atX <= atY then descend (k - 1) a y best else descend (k - 1) x b best

        let found =
            lowest
            |> Array.map (fun i -> descend steps points[Math.Max(i - 1, 0)] points[Math.Min(i + 1, last)] (points[i], values[i]))

        let struct (w, lowestValue) =
            found |> Array.minBy (fun struct (_, value) -> if Double.IsNaN value then -infinity else value)

        w, lowestValue, 2 * steps * lowest.Length
