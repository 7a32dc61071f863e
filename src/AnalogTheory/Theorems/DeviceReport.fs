namespace AnalogTheory

open System
open System.Globalization
open AnalogTheory.Kernels.Algebra

/// One demand or claim held against a device.
type DeviceFinding =
    {
        /// Identifier: a claim of the ledger (proofs-checks/README.md), or the name of a demand.
        Id: string
        /// The statement in one line.
        Statement: string
        /// The answer.
        Verdict: Verdict
        /// What the answer covers, and what else there is to say.
        Remark: string
    }

/// <summary>A device held against the demands on a response and against claims D1 to D9.</summary>
/// <remarks>
/// `Exact` settles what the remark says it covers: the whole range, where the device's law encloses itself over intervals and the finding is made
/// by them, or the points that were looked at. Points that hold say nothing about what lies between them.
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
        /// ℓ: largest slope of a response between neighbouring points.
        LargestSlope: float
        /// Demands on a response: finite, not negative, saturating, one symmetric point that attracts.
        Demands: DeviceFinding list
        /// D1 to D9.
        Claims: DeviceFinding list
    }

    /// Findings that speak against the device.
    member report.Refuted = report.Demands @ report.Claims |> List.filter (fun finding -> finding.Verdict.IsAgainst)

/// Holding devices against claims D1 to D9.
[<RequireQualifiedAccess>]
module DeviceReport =

    /// Points at which a response is read.
    let points = 4097

    // Boxes that a proof over the range may look at.
    let private mostBoxes = 40000

    let private ulps = 4.0 * 2.220446049250313e-16
    let private text (value: float) = value.ToString("G4", CultureInfo.InvariantCulture)
    let private precise (value: float) = value.ToString("R", CultureInfo.InvariantCulture)

    let private finding id statement verdict remark = { Id = id; Statement = statement; Verdict = verdict; Remark = remark }

    let private finiteness = "q₊ and q₋ are finite numbers on the range"

    let private range (device: Device) : struct (float * float) =
        match Double.IsFinite device.Lower, Double.IsFinite device.Upper with
        | true, true -> device.Lower, device.Upper
        | true, false -> device.Lower, device.Lower + 2.0
        | false, true -> device.Upper - 2.0, device.Upper
        | false, false -> -1.0, 1.0

    let private encloses (device: Device) (w: float) : bool =
        try
            let at = device.Law.At(Interval.Point w)
            Double.IsFinite at.Up.Lower && Double.IsFinite at.Down.Upper
        with :? NotSupportedException ->
            false

    // The box with the smallest lower bound first, halved until every bound is above −allowance, a midpoint is below it, or the boxes run out.
    let private overRange (lower: float) (upper: float) (allowance: float) (enclose: Interval -> float) (value: float -> float) =
        let rec go (boxes: Interval list) looked worst =
            match boxes with
            | [] -> Choice1Of3 worst
            | _ when looked > mostBoxes -> Choice3Of3 boxes.Head
            | box :: rest ->
                let least = enclose box

                if least >= -allowance then
                    go rest (looked + 1) (Math.Min(worst, least))
                else
                    let middle = 0.5 * box.Lower + 0.5 * box.Upper

                    if not (value middle >= -allowance) then Choice2Of3 middle
                    elif middle <= box.Lower || middle >= box.Upper then Choice3Of3 box
                    else go (Interval(box.Lower, middle) :: Interval(middle, box.Upper) :: rest) (looked + 1) worst

        go [ Interval(lower, upper) ] 0 infinity

    // The simplest weight of the range, by its digits, at which a margin still fails.
    let private simplest (lower: float) (upper: float) (fails: float -> bool) (w: float) : float =
        Search.simpler w |> Seq.tryFind (fun x -> x >= lower && x <= upper && fails x) |> Option.defaultValue w

    // Worst of margins over points; the inputs in words.
    let private worstOf (margins: (string * Comparison) seq) : string * Comparison =
        margins
        |> Seq.reduce (fun (a, x) (b, y) -> if Double.IsNaN x.Margin || x.Margin <= y.Margin then a, x else b, y)

    let private atPoints (margins: (string * Comparison) seq) : Verdict * string =
        let inputs, worst = worstOf margins
        (if Comparison.holds worst then Exact worst else Refuted(inputs, worst)), inputs

    let private demands (device: Device) enclosed lower upper (nodes: float[]) (up: float[]) (down: float[]) (largest: float) =
        let allowance = 16.0 * ulps * largest

        let covered =
            if enclosed && Double.IsFinite largest then
                "on the whole range, by intervals"
            else
                (invariant $"at {nodes.Length} points")

        let finite = Exact(Comparison.atMost largest Double.MaxValue), covered

        let nonNegative =
            let least w = Math.Min(device.Up w, device.Down w)

            let refuted w =
                let w = simplest lower upper (fun x -> least x < -allowance) w
                Refuted($"w = {precise w}", Comparison.atLeast (least w) 0.0), $"q₊ = {text (device.Up w)}, q₋ = {text (device.Down w)}"

            match nodes |> Array.tryFind (fun w -> not (least w >= -allowance)) with
            | Some w -> refuted w
            | None when enclosed ->
                let box (b: Interval) = let at = device.Law.At b in Math.Min(at.Up.Lower, at.Down.Lower)

                match overRange lower upper allowance box least with
                | Choice1Of3 worst -> Exact(Comparison.atLeast (Math.Max(worst, Math.Min(0.0, worst))) -allowance), covered
                | Choice2Of3 w -> refuted w
                | Choice3Of3 box -> Undecided $"intervals do not settle w in [{precise box.Lower}, {precise box.Upper}]", covered
            | None -> Exact(Comparison.atLeast (Array.min (Array.append up down)) -allowance), covered

        let saturating =
            seq {
                for i in 1 .. nodes.Length - 1 do
                    let place = $"between w = {precise nodes[i - 1]} and {precise nodes[i]}"

                    $"q₊ rises {place}",
                    { Comparison.atMost up[i] up[i - 1] with
                        Margin = up[i - 1] - up[i] + allowance }

                    $"q₋ falls {place}",
                    { Comparison.atLeast down[i] down[i - 1] with
                        Margin = down[i] - down[i - 1] + allowance }
            }
            |> atPoints
            |> fun (verdict, place) -> verdict, (if verdict.IsAgainst then place else (invariant $"at {nodes.Length} points"))

        let crossings =
            [ for i in 1 .. nodes.Length - 1 do
                  let before, after = sign (down[i - 1] - up[i - 1]), sign (down[i] - up[i])
                  if before <> after && before <> 0 then nodes[i], before, after ]

        let point = SymmetricPoint.tryFind device

        let exists =
            match point with
            | Some w -> Exact(Comparison.equal (64.0 * ulps * largest + 1e-9 * largest) (device.Asymmetric w) 0.0), $"w⋄ = {text w}"
            | None ->
                Refuted("the whole range", Comparison.atMost (abs (device.Asymmetric lower)) 0.0),
                (invariant $"G has one sign at {nodes.Length} points")

        let vacuous name = Vacuous [ FailedHypothesis.onInstance name nan ]
        let everywhere = Array.forall2 (fun a b -> abs (a - b) <= allowance) up down

        let unique =
            match point with
            | None -> vacuous "a symmetric point exists", ""
            | Some _ when everywhere -> vacuous "q₊ and q₋ differ", "every weight is a symmetric point"
            | Some _ ->
                let places = crossings |> List.map (fun (w, _, _) -> text w) |> String.concat ", "
                let count = float (Math.Max(crossings.Length, 1))

                (if count <= 1.0 then
                     Exact(Comparison.atMost count 1.0)
                 else
                     Refuted($"near w = {places}", Comparison.atMost count 1.0)),
                (invariant $"crossings seen at {nodes.Length} points")

        let attracting =
            match point with
            | None -> vacuous "a symmetric point exists", ""
            | Some _ when everywhere -> vacuous "q₊ and q₋ differ", "no pair of pulses moves the weight"
            | Some w ->
                let h = 1e-4 * (upper - lower)
                let right, left = Math.Min(w + h, upper), Math.Max(w - h, lower)
                let rise = device.Asymmetric right - device.Asymmetric left

                (if rise > 0.0 then
                     Exact(Comparison.atLeast rise 0.0)
                 else
                     Refuted($"w⋄ = {precise w}", Comparison.atLeast rise (Double.Epsilon))),
                "pairs of pulses draw the weight to it where G rises"

        [ "finite", finiteness, finite
          "non-negative", "q₊, q₋ ≥ 0 on the range", nonNegative
          "saturating", "q₊ never rises and q₋ never falls with the weight", saturating
          "symmetric point", "q₊ = q₋ somewhere on the range", exists
          "unique", "there is one symmetric point", unique
          "attracting", "G rises through the symmetric point", attracting ]
        |> List.map (fun (id, statement, (verdict, remark)) -> finding id statement verdict remark)

    // Weights and signed increments that claims of one or two updates are tried on.
    let private trials (lower: float) (upper: float) (tau: float) =
        [| for i in 0..32 do
               for j in 1..8 do
                   for s in [ 1.0; -1.0 ] -> struct (lower + (upper - lower) * float i / 32.0, s * tau * float j / 8.0) |]

    let private inputs (w: float) (d: float) = $"w = {precise w}, Δ = {precise d}"

    // The mean over all 2ⁿ directions of n pulses.
    let rec private meanAfter (device: Device) step n w =
        if n = 0 then
            w
        else
            0.5 * meanAfter device step (n - 1) (device.Update(w, step))
            + 0.5 * meanAfter device step (n - 1) (device.Update(w, -step))

    // What each claim about the asymmetric linear device says, on any device that plays its part.
    let private linearClaims (device: Device) (lower: float) (upper: float) (symmetric: float) (tau: float) (scale: float) =
        let u w d = device.Update(w, d)
        let allowance = 3.0 * 2.220446049250313e-16 * scale
        let equal measured expected = Comparison.equal (64.0 * allowance) measured expected
        let trials = trials lower upper tau
        let step = tau / 16.0

        [ "D2",
          "|w−w⋄| ≤ τ and |Δ| ≤ τ imply |U(w,Δ)−w⋄| ≤ τ",
          trials
          |> Seq.map (fun (struct (w, d)) ->
              let after = u w d
              let room = Math.Min(upper - after, after - lower)

              inputs w d,
              { Measured = after
                Bound = (if d > 0.0 then upper else lower)
                Margin = room + allowance })
          "D3",
          "a step away from w⋄ is scaled by 1−|w−w⋄|/τ, a step towards it by 1+|w−w⋄|/τ",
          trials
          |> Seq.map (fun (struct (w, d)) -> inputs w d, equal (u w d - w) (d * (1.0 - float (sign d) * (w - symmetric) / tau)))
          "D4",
          "n pulses of one sign: w_n = w⋄ + sτ + (w−w⋄−sτ)(1−Δw_min/τ)ⁿ",
          seq {
              for struct (w, d) in trials do
                  for n in [ 2; 5; 12 ] do
                      let s = float (sign d)
                      let trained = Seq.fold (fun w _ -> u w (s * step)) w (seq { 1..n })

                      $"w = {precise w}, s = {s}, n = {n}, Δw_min = {precise step}",
                      equal trained (symmetric + s * tau + (w - symmetric - s * tau) * Math.Pow(1.0 - step / tau, float n))
          }
          "D6",
          "U(U(w,a),b) − U(U(w,b),a) = |a||b|(sgn b − sgn a)/τ",
          seq {
              for struct (w, a) in trials do
                  for b in [ 0.3 * tau; -0.3 * tau ] do
                      $"w = {precise w}, a = {precise a}, b = {precise b}",
                      equal (u (u w a) b - u (u w b) a) (abs a * abs b * float (sign b - sign a) / tau)
          }
          "D7",
          "U(U(w,Δ),−Δ) − w⋄ = (1−Δ/τ)²(w−w⋄) − Δ²/τ for 0 < Δ ≤ τ",
          trials
          |> Seq.filter (fun (struct (_, d)) -> d > 0.0)
          |> Seq.map (fun (struct (w, d)) ->
              inputs w d, equal (u (u w d) -d - symmetric) (pown (1.0 - d / tau) 2 * (w - symmetric) - d * d / tau))
          "D8",
          "independent ±Δw_min pulses: E[w_n − w⋄] = (1−Δw_min/τ)ⁿ(w₀−w⋄), stationary variance Δw_min·τ/(2−Δw_min/τ)",
          seq {
              for w in [ lower; 0.5 * (lower + symmetric); 0.5 * (symmetric + upper); upper ] do
                  for n in [ 1; 4; 8 ] do
                      $"w₀ = {precise w}, n = {n}, Δw_min = {precise step}",
                      equal (meanAfter device step n w - symmetric) (Math.Pow(1.0 - step / tau, float n) * (w - symmetric))

              let variance = step * tau / (2.0 - step / tau)
              let square x = x * x

              let after =
                  List.average
                      [ for x in [ sqrt variance; -(sqrt variance) ] do
                            for s in [ step; -step ] -> square (u (symmetric + x) s - symmetric) ]

              $"Δw_min = {precise step}", equal (after / tau) (variance / tau)
          } ]

    // Nothing can be said about a response that is no number somewhere.
    let private notNumbers (device: Device) (lower: float) (upper: float) (w: float) : DeviceReport =
        let fails w = not (Double.IsFinite(device.Up w) && Double.IsFinite(device.Down w))
        let w = simplest lower upper fails w
        let reason = $"q₊ = {text (device.Up w)} and q₋ = {text (device.Down w)} at w = {precise w}"

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
          Demands = [ finding "finite" finiteness (Refuted($"w = {precise w}", Comparison.atMost nan Double.MaxValue)) reason ]
          Claims = [ for k in 1..9 -> finding (invariant $"D{k}") "needs responses that are numbers" (Undecided reason) "" ] }

    let private checkNumbers (device: Device) (lower: float) (upper: float) (nodes: float[]) : DeviceReport =
        let up, down = Array.map device.Up nodes, Array.map device.Down nodes
        let enclosed = encloses device (0.5 * lower + 0.5 * upper)
        let seen = Array.append up down |> Array.fold (fun largest q -> Math.Max(largest, abs q)) 0.0

        let largest =
            if not enclosed then
                seen
            else
                Array.pairwise nodes
                |> Array.fold
                    (fun largest (a, b) ->
                        let at = device.Law.At(Interval(a, b))
                        Seq.fold (fun m (q: Interval) -> Math.Max(m, Math.Max(abs q.Lower, abs q.Upper))) largest [ at.Up; at.Down ])
                    0.0

        let slope =
            Seq.concat [ Array.pairwise up; Array.pairwise down ]
            |> Seq.fold (fun steepest (a, b) -> Math.Max(steepest, abs (b - a))) 0.0
            |> fun rise -> rise * float (points - 1) / (upper - lower)

        let symmetric = SymmetricPoint.tryFind device
        let rise = device.Asymmetric upper - device.Asymmetric lower
        let tau = if rise > 0.0 then (upper - lower) / rise else nan

        let distance =
            match symmetric with
            | Some point when Double.IsFinite tau ->
                nodes
                |> Array.fold
                    (fun largest w -> Math.Max(largest, abs (device.Symmetric w - 1.0) + abs (device.Asymmetric w - (w - point) / tau)))
                    0.0
            | _ -> infinity

        let isBounded = Double.IsFinite device.Lower && Double.IsFinite device.Upper

        let largestStep =
            if not isBounded then
                infinity
            else
                Seq.fold2
                    (fun least w (qUp, qDown) ->
                        let upwards = if qUp > 16.0 * ulps * seen then (upper - w) / qUp else infinity
                        let downwards = if qDown > 16.0 * ulps * seen then (w - lower) / qDown else infinity
                        Math.Min(least, Math.Min(upwards, downwards)))
                    infinity
                    nodes
                    (Array.zip up down)

        let covered = invariant $"at {33 * 16} weights and increments"
        let half = 0.5 * (upper - lower)
        let all = trials lower upper half
        let scale = Math.Max(abs lower, abs upper) + half * seen
        let room = 8.0 * ulps * scale
        // In the products below a rounding error is as large as the numbers multiplied.
        let isLinear = distance <= 1e-12 * (1.0 + scale / half)

        let decomposition =
            all
            |> Seq.map (fun (struct (w, d)) ->
                let byCases = device.Law.UpdateByCases(Scalar w, Scalar d).Value
                inputs w d, Comparison.equal room (device.Update(w, d)) byCases)
            |> atPoints

        let lipschitz =
            seq {
                for struct (w, a) in all do
                    for b in [ -0.7 * half; 0.2 * half ] do
                        let moved = abs (device.Update(w, a) - device.Update(w, b))
                        let bound = largest * abs (a - b)

                        $"w = {precise w}, Δ = {precise a}, Δ′ = {precise b}",
                        { Comparison.atMost moved bound with Margin = bound - moved + room }
            }
            |> atPoints

        let pulses =
            let step = half / 256.0

            let trains =
                seq {
                    for struct (w, d) in all do
                        for n in [ 2; 5; 12 ] do
                            let s = float (sign d)
                            let path = Seq.scan (fun w _ -> device.Update(w, s * step)) w (seq { 1..n }) |> Seq.toArray

                            // ℓ and M are those of the range.
                            if path |> Array.forall (fun x -> x >= lower && x <= upper) then
                                let error = abs (device.Update(w, s * float n * step) - path[n])
                                let bound = slope * largest * step * step * float (n * (n - 1)) / 2.0

                                $"w = {precise w}, s = {s}, n = {n}, Δw_min = {precise step}",
                                { Comparison.atMost error bound with Margin = bound - error + 16.0 * room }
                }
                |> Seq.toArray

            if trains.Length = 0 then
                Undecided "no train of pulses stays in the range", ""
            else
                match atPoints trains with
                // ℓ between points is at most the true one, so a miss may be ℓ's fault.
                | Refuted(inputs, comparison), _ ->
                    Undecided
                        $"ℓ as seen at {points} points is too small for {inputs}: {text comparison.Measured} against {text comparison.Bound}",
                    ""
                | verdict, _ -> verdict, $"ℓ = {text slope}, M = {text largest}; at {trains.Length} trains"

        let negative = Array.exists (fun q -> q < -16.0 * ulps * largest) (Array.append up down)

        let linear =
            match symmetric with
            | Some point when Double.IsFinite tau ->
                // The claims' range is τ about w⋄ for the linear device; elsewhere the device's own range and half of it play their parts.
                let lower, upper, tau = if isLinear then point - tau, point + tau, tau else lower, upper, half
                let scale = Math.Max(abs lower, abs upper) + tau

                linearClaims device lower upper point tau scale
                |> List.map (fun (id, statement, margins) ->
                    let verdict, inputs = atPoints margins

                    let holds =
                        match verdict with
                        | Exact _ -> true
                        | _ -> false

                    if isLinear then
                        finding id statement verdict covered
                    else
                        let step = if id = "D2" then $"; |Δ| up to {text largestStep} keeps every weight in the range" else ""

                        let happens =
                            if holds then
                                "what it concludes holds all the same at the points tried"
                            else
                                $"what it concludes fails, at {inputs} for one"

                        finding
                            id
                            statement
                            (Vacuous [ FailedHypothesis.onInstance "asymmetric linear device" -distance ])
                            (invariant $"{happens}{step}"))
            | _ ->
                linearClaims (AsymmetricLinear.create 1.0) -1.0 1.0 0.0 1.0 2.0
                |> List.map (fun (id, statement, _) ->
                    finding
                        id
                        statement
                        (Vacuous [ FailedHypothesis.onInstance "asymmetric linear device" -distance ])
                        "no symmetric point, or G does not rise over the range")

        let general =
            [ finding "D1" "both forms of U agree" (fst decomposition) $"{covered}; for all reals by query D1-any"
              finding "D5" "|U(w, s·nΔw_min) − w_n| ≤ ℓM·Δw_min²·n(n−1)/2" (fst pulses) (snd pulses)
              finding
                  "D9"
                  $"""|U(w,Δ) − U(w,Δ′)| ≤ sup({if negative then "|F|" else "F"}+|G|)·|Δ−Δ′|"""
                  (fst lipschitz)
                  $"constant {text largest}; {covered}; for all reals by query D9" ]

        { Device = device
          Lower = lower
          Upper = upper
          IsEnclosed = enclosed
          SymmetricPoint = symmetric
          Radius = tau
          DistanceFromLinear = distance
          LargestStep = largestStep
          LargestResponse = largest
          LargestSlope = slope
          Demands = demands device enclosed lower upper nodes up down (Math.Max(largest, 1e-300))
          Claims = general @ linear |> List.sortBy _.Id }

    /// <summary>Holds a device against the demands on a response and against D1 to D9.</summary>
    /// <remarks>
    /// D1, D5 in its general form and D9 are about every device. D2, D3, D4, D6, D7 and D8 are about the asymmetric linear one: for another device they
    /// are vacuous, by its distance from that one, and the remark says whether what they conclude happens to hold all the same.
    /// </remarks>
    let check (device: Device) : DeviceReport =
        let struct (lower, upper) = range device

        let nodes =
            Array.init points (fun i -> if i = points - 1 then upper else lower + (upper - lower) * float i / float (points - 1))

        match nodes |> Array.tryFind (fun w -> not (Double.IsFinite(device.Up w) && Double.IsFinite(device.Down w))) with
        | Some w -> notNumbers device lower upper w
        | None -> checkNumbers device lower upper nodes
