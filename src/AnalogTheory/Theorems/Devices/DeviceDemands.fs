namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// One demand or claim held against a device.
type DeviceFinding =
    {
        /// Identifier: a claim of the ledger, or the name of a demand.
        Id: string
        /// The statement in one line.
        Statement: string
        /// The answer.
        Verdict: Verdict
        /// What the answer covers, and what else there is to say.
        Remark: string
    }

/// <summary>What a response has to be: finite, not negative, saturating, with one symmetric point that attracts.</summary>
/// <remarks>
/// A law that encloses itself is settled on its whole range, `Exact`. What only points could tell is `SeenAtPoints`, with their number: it refutes, but
/// it does not settle what lies between them.
/// </remarks>
[<RequireQualifiedAccess>]
module internal DeviceDemands =

    let private text, private precise = DeviceReading.text, DeviceReading.precise
    let private wholeRange = "on the whole range, by intervals"
    let private vacuous name = Vacuous [ FailedHypothesis.onInstance name nan ]

    /// The statement of the first demand.
    let finiteness = "q₊ and q₋ are finite numbers on the range"

    let private finite (reading: DeviceReading) =
        let comparison = Comparison.atMost reading.Largest Double.MaxValue

        if reading.IsEnclosed then
            (Exact comparison, wholeRange)
        else
            (SeenAtPoints(comparison, reading.Points.Length), "")

    let private nonNegative (reading: DeviceReading) =
        let device, allowance = reading.Device, reading.Allowance
        let least w = Math.Min(device.Up w, device.Down w)

        let refuted w =
            let w = DeviceReading.simplest reading (fun x -> least x < -allowance) w
            Refuted($"w = {precise w}", Comparison.atLeast (least w) 0.0), $"q₊ = {text (device.Up w)}, q₋ = {text (device.Down w)}"

        let struct (w, lowest, more) = DeviceReading.least (Array.map2 min reading.Up reading.Down) least reading
        let seen remark = SeenAtPoints(Comparison.atLeast lowest -allowance, reading.Points.Length + more), remark

        if not (lowest >= -allowance) then
            refuted w
        elif not reading.IsEnclosed then
            seen "lowest places looked into"
        else
            let box (weights: Interval) = let at = device.Law.At weights in Math.Min(at.Up.Lower, at.Down.Lower)

            match DeviceReading.overRange -allowance box least reading with
            | Choice1Of3 worst -> Exact(Comparison.atLeast worst -allowance), wholeRange
            | Choice2Of3 w -> refuted w
            | Choice3Of3 box -> seen $"intervals do not settle w in [{precise box.Lower}, {precise box.Upper}]"

    // Steepest rise of q₊ or fall of q₋ at the points: the quantity is its negative.
    let private saturating (reading: DeviceReading) =
        let points = reading.Points

        let margins =
            Array.init (points.Length - 1) (fun i -> Math.Min(reading.Up[i] - reading.Up[i + 1], reading.Down[i + 1] - reading.Down[i]))

        let i = margins |> Array.indexed |> Array.minBy snd |> fst

        if margins[i] < -reading.Allowance then
            let rises = reading.Up[i + 1] - reading.Up[i] >= reading.Down[i] - reading.Down[i + 1]
            let place = $"""{if rises then "q₊ rises" else "q₋ falls"} between w = {precise points[i]} and {precise points[i + 1]}"""
            Refuted(place, Comparison.atLeast margins[i] -reading.Allowance), place
        else
            let seen remark = SeenAtPoints(Comparison.atLeast margins[i] -reading.Allowance, points.Length), remark

            if not reading.HasSlopes then
                seen ""
            else
                let box (weights: Interval) =
                    let struct (up, down) = DeviceReading.slopes reading.Device weights in
                    Math.Min(-up.Derivative.Upper, down.Derivative.Lower)

                match DeviceReading.overRange -reading.SlopeAllowance box (Interval.Point >> box) reading with
                | Choice1Of3 worst -> Exact(Comparison.atLeast worst -reading.SlopeAllowance), wholeRange
                | Choice2Of3 w -> seen $"intervals do not settle the slopes at w = {text w}"
                | Choice3Of3 box -> seen $"intervals do not settle the slopes near w = {text box.Lower}"

    // G over an interval, with its slope.
    let private asymmetric (reading: DeviceReading) (weights: Interval) : Slope = (reading.Device.Law.At(Slope.Variable weights)).Asymmetric

    // Weights about w⋄ at which the sign of G is certain, a negative one below and a positive one above or the other way round: between them G, which is
    // continuous, vanishes.
    let private certainCrossing (reading: DeviceReading) (point: float) : float option =
        seq { -45 .. -1 }
        |> Seq.tryPick (fun k ->
            let reach = Math.ScaleB(reading.Upper - reading.Lower, k)
            let below, above = Math.Max(point - reach, reading.Lower), Math.Min(point + reach, reading.Upper)
            let at w = (reading.Device.Law.At(Interval.Point w)).Asymmetric
            let first, last = at below, at above
            let rising, falling = Math.Min(-first.Upper, last.Lower), Math.Min(first.Lower, -last.Upper)
            let margin = Math.Max(rising, falling)
            if margin > 0.0 then Some margin else None)

    let private exists (reading: DeviceReading) (point: float option) =
        match point with
        | None ->
            Refuted("the whole range", Comparison.atMost (abs (reading.Device.Asymmetric reading.Lower)) 0.0),
            invariant $"G has one sign at {reading.Points.Length} points"
        | Some w ->
            match (if reading.IsEnclosed then certainCrossing reading w else None) with
            | Some margin -> Exact(Comparison.atLeast margin 0.0), $"w⋄ = {text w}, by intervals"
            | None ->
                let allowance = 1e-9 * Math.Max(reading.Largest, 1e-300)
                SeenAtPoints(Comparison.equal allowance (reading.Device.Asymmetric w) 0.0, reading.Points.Length), $"w⋄ = {text w}"

    // G has one slope only, with certainty.
    let private isMonotone (reading: DeviceReading) =
        let beyond sign =
            let enclose box =
                let slope = asymmetric reading box in if sign > 0 then slope.Derivative.Lower else -slope.Derivative.Upper

            DeviceReading.overRange reading.SlopeAllowance enclose (Interval.Point >> enclose) reading

        match beyond 1, beyond -1 with
        | Choice1Of3 _, _
        | _, Choice1Of3 _ -> reading.HasSlopes
        | _ -> false

    let private unique (reading: DeviceReading) (point: float option) isSymmetric =
        let signs = Array.map2 (fun up down -> sign (down - up)) reading.Up reading.Down

        let crossings =
            [ for i in 1 .. signs.Length - 1 do
                  if signs[i] <> signs[i - 1] && signs[i - 1] <> 0 then reading.Points[i] ]

        let count = float (Math.Max(crossings.Length, 1))

        match point with
        | None -> vacuous "a symmetric point exists", ""
        | Some _ when isSymmetric -> vacuous "q₊ and q₋ differ", "every weight is a symmetric point"
        | Some _ when count > 1.0 ->
            let places = crossings |> List.truncate 8 |> List.map text |> String.concat ", "
            Refuted($"near w = {places}", Comparison.atMost count 1.0), invariant $"{crossings.Length} crossings"
        | Some _ when reading.HasSlopes && isMonotone reading ->
            Exact(Comparison.atMost count 1.0), "G is monotone on the whole range, by intervals"
        | Some _ -> SeenAtPoints(Comparison.atMost count 1.0, reading.Points.Length), ""

    let private attracting (reading: DeviceReading) (point: float option) isSymmetric =
        let remark = "pairs of pulses draw the weight to it where G rises"

        match point with
        | None -> vacuous "a symmetric point exists", ""
        | Some _ when isSymmetric -> vacuous "q₊ and q₋ differ", "no pair of pulses moves the weight"
        | Some w ->
            let near reach = Math.Max(w - reach, reading.Lower), Math.Min(w + reach, reading.Upper)
            let left, right = near (1e-4 * (reading.Upper - reading.Lower))
            let rise = reading.Device.Asymmetric right - reading.Device.Asymmetric left

            if not (rise > 0.0) then
                Refuted($"w⋄ = {precise w}", Comparison.atLeast rise Double.Epsilon), remark
            else
                let close = near (1e-9 * (reading.Upper - reading.Lower))

                let slope =
                    if reading.HasSlopes then
                        (asymmetric reading (Interval(fst close, snd close))).Derivative.Lower
                    else
                        nan

                if slope > 0.0 then
                    Exact(Comparison.atLeast slope 0.0), $"G′(w⋄) ≥ {text slope}, by intervals; {remark}"
                else
                    SeenAtPoints(Comparison.atLeast rise 0.0, 2), remark

    /// All demands.
    let check (reading: DeviceReading) (point: float option) : DeviceFinding list =
        let isSymmetric = Array.forall2 (fun a b -> abs (a - b) <= reading.Allowance) reading.Up reading.Down

        [ "finite", finiteness, finite reading
          "non-negative", "q₊, q₋ ≥ 0 on the range", nonNegative reading
          "saturating", "q₊ never rises and q₋ never falls with the weight", saturating reading
          "symmetric point", "q₊ = q₋ somewhere on the range", exists reading point
          "unique", "there is one symmetric point", unique reading point isSymmetric
          "attracting", "G rises through the symmetric point", attracting reading point isSymmetric ]
        |> List.map (fun (id, statement, (verdict, remark)) -> { Id = id; Statement = statement; Verdict = verdict; Remark = remark })
