namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// <summary>Claims D1 to D9 on a device: what the registry proves for all reals, seen on this device's own numbers.</summary>
/// <remarks>
/// D1, D5 in its general form and D9 are about every device. D2, D3, D4, D6, D7 and D8 are about the asymmetric linear one: for another device they
/// are vacuous, by its distance from that one, and the remark says whether what they conclude happens to hold all the same. Everything here is seen
/// at weights and increments, in the engine's own floating point; the proofs are the registry's.
/// </remarks>
[<RequireQualifiedAccess>]
module internal DeviceClaims =

    let private text, private precise = DeviceReading.text, DeviceReading.precise
    let private ulps = 4.0 * 2.220446049250313e-16

    // Worst of margins over points, with its inputs in words, and their number.
    let private atPoints (margins: (string * Comparison) seq) : Verdict * string =
        let all = Seq.toArray margins

        let inputs, worst =
            all
            |> Array.reduce (fun (a, x) (b, y) -> if Double.IsNaN x.Margin || x.Margin <= y.Margin then a, x else b, y)

        (if Comparison.holds worst then SeenAtPoints(worst, all.Length) else Refuted(inputs, worst)), inputs

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

                      invariant $"w = {precise w}, s = {s}, n = {n}, Δw_min = {precise step}",
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
                      invariant $"w₀ = {precise w}, n = {n}, Δw_min = {precise step}",
                      equal (meanAfter device step n w - symmetric) (Math.Pow(1.0 - step / tau, float n) * (w - symmetric))

              let variance = step * tau / (2.0 - step / tau)
              let square x = x * x

              let after =
                  List.average
                      [ for x in [ sqrt variance; -(sqrt variance) ] do
                            for s in [ step; -step ] -> square (u (symmetric + x) s - symmetric) ]

              $"Δw_min = {precise step}", equal (after / tau) (variance / tau)
          } ]

    let private finding id statement (verdict, remark) : DeviceFinding =
        { Id = id; Statement = statement; Verdict = verdict; Remark = remark }

    // D1: both forms of U.
    let private decomposition (device: Device) (trials: struct (float * float)[]) room =
        let verdict, _ =
            trials
            |> Seq.map (fun (struct (w, d)) ->
                let byCases = device.Law.UpdateByCases(Scalar w, Scalar d).Value
                inputs w d, Comparison.equal room (device.Update(w, d)) byCases)
            |> atPoints

        verdict, "for all reals by query D1-any"

    // D9: how far two updates of one weight can differ.
    let private lipschitz (device: Device) (trials: struct (float * float)[]) half largest room =
        let verdict, _ =
            seq {
                for struct (w, a) in trials do
                    for b in [ -0.7 * half; 0.2 * half ] do
                        let moved = abs (device.Update(w, a) - device.Update(w, b))
                        let bound = largest * abs (a - b)

                        $"w = {precise w}, Δ = {precise a}, Δ′ = {precise b}",
                        { Comparison.atMost moved bound with Margin = bound - moved + room }
            }
            |> atPoints

        verdict, $"constant {text largest}; for all reals by query D9"

    // D5 in its general form: n pulses against one update.
    let private pulses (reading: DeviceReading) (trials: struct (float * float)[]) half room =
        let device, step = reading.Device, half / 256.0

        let trains =
            [| for struct (w, d) in trials do
                   for n in [ 2; 5; 12 ] do
                       let s = float (sign d)
                       let path = Seq.scan (fun w _ -> device.Update(w, s * step)) w (seq { 1..n }) |> Seq.toArray

                       // ℓ and M are those of the range.
                       if path |> Array.forall (fun x -> x >= reading.Lower && x <= reading.Upper) then
                           let error = abs (device.Update(w, s * float n * step) - path[n])
                           let bound = reading.Steepest * reading.Largest * step * step * float (n * (n - 1)) / 2.0

                           invariant $"w = {precise w}, s = {s}, n = {n}, Δw_min = {precise step}",
                           { Comparison.atMost error bound with Margin = bound - error + 16.0 * room } |]

        if trains.Length = 0 then
            Undecided "no train of pulses stays in the range", ""
        else
            match atPoints trains with
            // ℓ between points is at most the true one, so a miss may be ℓ's fault.
            | Refuted(inputs, comparison), _ when not reading.HasSlopes ->
                Undecided(
                    invariant
                        $"ℓ as seen at {reading.Points.Length} points is too small for {inputs}: {text comparison.Measured} against {text comparison.Bound}"
                ),
                ""
            | verdict, _ -> verdict, $"ℓ = {text reading.Steepest}, M = {text reading.Largest}"

    // The claims about the asymmetric linear device on any other: vacuous, with what happens to be true of it.
    let private onAnother distance largestStep (id, statement, margins) =
        let verdict, inputs = atPoints margins
        let step = if id = "D2" then $"; |Δ| up to {text largestStep} keeps every weight in the range" else ""

        let happens =
            if verdict.IsAgainst then
                $"what it concludes fails, at {inputs} for one"
            else
                "what it concludes holds all the same at the points tried"

        finding id statement (Vacuous [ FailedHypothesis.onInstance "asymmetric linear device" -distance ], $"{happens}{step}")

    /// <summary>All claims.</summary>
    /// <param name="reading">The device.</param>
    /// <param name="symmetric">w⋄.</param>
    /// <param name="tau">τ of the asymmetric linear device with the same change of G over the range; NaN if G does not rise.</param>
    /// <param name="distance">Its distance from that one.</param>
    /// <param name="largestStep">Largest |Δ| that keeps every weight in the range.</param>
    let check (reading: DeviceReading) (symmetric: float option) (tau: float) (distance: float) (largestStep: float) : DeviceFinding list =
        let device, lower, upper = reading.Device, reading.Lower, reading.Upper
        let half = 0.5 * (upper - lower)
        let all = trials lower upper half
        let scale = Math.Max(abs lower, abs upper) + half * reading.Largest
        let room = 8.0 * ulps * scale
        // In the products below a rounding error is as large as the numbers multiplied.
        let isLinear = distance <= 1e-12 * (1.0 + scale / half)
        let isNegative = Array.exists (fun q -> q < -reading.Allowance) (Array.append reading.Up reading.Down)

        let linear =
            match symmetric with
            | Some point when Double.IsFinite tau ->
                // The claims' range is τ about w⋄ for the linear device; elsewhere the device's own range and half of it play their parts.
                let lower, upper, tau = if isLinear then point - tau, point + tau, tau else lower, upper, half
                let claims = linearClaims device lower upper point tau (Math.Max(abs lower, abs upper) + tau)

                if isLinear then
                    claims
                    |> List.map (fun (id, statement, margins) ->
                        finding id statement (fst (atPoints margins), "for all reals by the registry's proof"))
                else
                    claims |> List.map (onAnother distance largestStep)
            | _ ->
                linearClaims (AsymmetricLinear.create 1.0) -1.0 1.0 0.0 1.0 2.0
                |> List.map (fun (id, statement, _) ->
                    let vacuous = Vacuous [ FailedHypothesis.onInstance "asymmetric linear device" -distance ]
                    finding id statement (vacuous, "no symmetric point, or G does not rise over the range"))

        let sum = if isNegative then "|F|" else "F"

        [ finding "D1" "both forms of U agree" (decomposition device all room)
          finding "D5" "|U(w, s·nΔw_min) − w_n| ≤ ℓM·Δw_min²·n(n−1)/2" (pulses reading all half room)
          finding "D9" $"|U(w,Δ) − U(w,Δ′)| ≤ sup({sum}+|G|)·|Δ−Δ′|" (lipschitz device all half reading.Largest room) ]
        @ linear
        |> List.sortBy _.Id
