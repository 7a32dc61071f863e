namespace AnalogTheory

/// <summary>Claims D4, D5, D7 and D8: trains of pulses, by induction where they may be of any length.</summary>
/// <remarks>A step query takes the weight after n pulses as a variable and the claim for n as an assumption; `power` is (1 − Δw_min/τ)ⁿ.</remarks>
[<RequireQualifiedAccess>]
module PulseAlgebra =

    let private tau, private wd = Quantity.variable "tau", Quantity.variable "wd"
    let private w, private wn, private n = Quantity.variable "w", Quantity.variable "wn", Quantity.variable "n"
    let private dw, private s, private power = Quantity.variable "dw", Quantity.variable "s", Quantity.variable "power"
    let private linear = SymbolicDevice.asymmetricLinear tau wd
    let private ratio = dw / tau
    let private pulses = [ positive tau; given (zero .<= dw); isSign s ]

    let private composition =
        let limit = wd + s * tau
        let closed power = limit + (w - limit) * power

        AlgebraicClaim.create
            "D4"
            (Source.derived "induction on the pulses")
            "derived"
            "asymmetric linear device: w_n = w⋄ + sτ + (w−w⋄−sτ)(1−Δw_min/τ)ⁿ"
            [ query "D4-base" "D4: one pulse." pulses (linear.Update w (s * dw) .= closed (one - ratio)) []
              query
                  "D4-step"
                  "D4: from n pulses to n + 1."
                  (pulses @ [ given (wn .= closed power) ])
                  (linear.Update wn (s * dw) .= closed (power * (one - ratio)))
                  [] ]

    let private inRange = "|w−w⋄| ≤ τ", abs (w - wd) .<= tau
    let private granular = "Δw_min ≤ τ", dw .<= tau
    let private outside = [ "tau", 1.0; "wd", 0.0; "s", 1.0; "w", 2.0; "dw", 0.5 ]
    let private coarse dw = [ "tau", 1.0; "wd", 0.0; "s", 1.0; "w", 0.0; "dw", dw ]

    /// (τ − s(w−w⋄))·n(n−1)/2·(Δw_min/τ)².
    let private bound (tau: Quantity) (wd: Quantity) (n: Quantity) = (tau - s * (w - wd)) * n * (n - 1.0) / 2.0 * square (dw / tau)

    /// How far n pulses, which end on wn, stay behind the update that they stand for.
    let private lag (device: SymbolicDevice) (n: Quantity) (wn: Quantity) = s * (device.Update w (s * n * dw) - wn)

    /// The weight after a train, each stage under a name of its own.
    let private train length =
        Seq.fold (fun w i -> Quantity.named (invariant $"w{i}") (linear.Update w (s * dw))) w (seq { 1..length })

    let private shortTrain length range granularity =
        let count = Quantity.Number(float length)

        query
            (invariant $"D5-n{length}")
            (invariant $"D5: {length} pulses against one update.")
            (pulses @ [ inRange; granular ])
            (abs (linear.Update w (s * count * dw) - train length) .<= bound tau wd count)
            [ fst inRange, range; fst granular, granularity ]

    /// The induction in units of τ from w⋄, which the similarity of the devices allows: with τ free, the step is too hard for a solver.
    let private anyTrain =
        let unit = SymbolicDevice.asymmetricLinear one zero
        let d = Quantity.variable "d"
        let holds n wn = Proposition.And [ zero .<= lag unit n wn; lag unit n wn .<= bound one zero n ]
        let unitRange, unitGranular = (fst inRange, abs w .<= one), (fst granular, dw .<= one)
        let domain = [ given (zero .<= dw); isSign s; unitRange; unitGranular ]
        let without names witness = witness |> List.filter (fun (name, _) -> not (List.contains name names))

        [ query
              "D5-similarity"
              "D5: weights and increments in units of τ, weights counted from w⋄, follow the device with τ = 1 and w⋄ = 0."
              [ positive tau ]
              (linear.Update w d .= wd + tau * unit.Update ((w - wd) / tau) (d / tau))
              []
          query
              "D5-base"
              "D5: one pulse is one update (τ = 1, w⋄ = 0)."
              domain
              (holds one (unit.Update w (s * dw)))
              [ fst inRange, Unneeded; fst granular, Unneeded ]
          query
              "D5-step"
              "D5: from n pulses to n + 1, with the sign of the error (τ = 1, w⋄ = 0)."
              (domain @ [ given (one .<= n); given (holds n wn) ])
              (holds (n + 1.0) (unit.Update wn (s * dw)))
              [ fst inRange, Needed(without [ "tau"; "wd" ] outside @ [ "n", 1.0; "wn", 1.5 ])
                fst granular, Needed(without [ "tau"; "wd" ] (coarse 3.0) @ [ "n", 3.0; "wn", -18.0 ]) ] ]

    let private againstDynamic =
        let two = Quantity.Number 2.0

        AlgebraicClaim.create
            "D5"
            (Source.paper "eq. 20, sharpened")
            "derived"
            "|w−w⋄| ≤ τ, Δw_min ≤ τ: |U(w,s·nΔw_min) − w_n| ≤ (τ−s(w−w⋄))·n(n−1)/2·(Δw_min/τ)², equality at n = 2"
            [ shortTrain 1 Unneeded Unneeded
              shortTrain 2 (Needed outside) Unneeded
              shortTrain 3 (Needed outside) (Needed(coarse 7.0))
              shortTrain 4 (Needed outside) (Needed(coarse 5.0))
              query "D5-equality" "D5: two pulses reach the bound." pulses (lag linear two (train 2) .= bound tau wd two) []
              yield! anyTrain ]

    let private anyAgainstDynamic =
        let responseAt suffix =
            let up, down = Quantity.variable $"up{suffix}", Quantity.variable $"down{suffix}"
            up, down, SymbolicDevice.any up down

        let up0, down0, before = responseAt 0
        let up1, down1, after = responseAt 1
        let slope, largest = Quantity.variable "slope", Quantity.variable "largest"

        let holds (n: Quantity) (wn: Quantity) =
            Proposition.And
                [ abs (before.Update w (s * n * dw) - wn) .<= slope * largest * square dw * n * (n - 1.0) / 2.0
                  abs (wn - w) .<= n * dw * largest ]

        let smooth =
            [ "q Lipschitz (ℓ)", abs (up1 - up0) .<= slope * abs (wn - w)
              "q Lipschitz (ℓ)", abs (down1 - down0) .<= slope * abs (wn - w) ]

        let small = [ up0; down0; up1; down1 ] |> List.map (fun q -> "|q| ≤ M", abs q .<= largest)
        let domain = [ given (zero .<= dw); given (zero .<= slope); isSign s ]
        let responses before after = [ "up0", before; "down0", before; "up1", after; "down1", after ]

        AlgebraicClaim.create
            "D5-any"
            (Source.derived "induction on the pulses")
            "derived"
            "every device with q_s Lipschitz (ℓ), |q_s| ≤ M: |U(w,s·nΔw_min) − w_n| ≤ ℓM·Δw_min²·n(n−1)/2"
            [ query
                  "D5-any-base"
                  "D5 for any responses: one pulse is one update."
                  (domain @ small)
                  (holds one (before.Update w (s * dw)))
                  [ "|q| ≤ M", Needed([ "s", 1.0; "w", 0.0; "dw", 1.0; "slope", 0.0; "largest", 1.0 ] @ responses 2.0 2.0) ]
              query
                  "D5-any-step"
                  "D5 for any responses: from n pulses to n + 1; up0, down0 are the responses at w, up1, down1 those at wn."
                  (domain @ smooth @ small @ [ given (one .<= n); given (holds n wn) ])
                  (holds (n + 1.0) (after.Update wn (s * dw)))
                  [ "q Lipschitz (ℓ)",
                    Needed([ "s", 1.0; "w", 0.0; "wn", 1.0; "n", 1.0; "dw", 1.0; "slope", 0.0; "largest", 1.0 ] @ responses 1.0 0.0)
                    "|q| ≤ M",
                    Needed([ "s", 1.0; "w", 0.0; "wn", 2.0; "n", 2.0; "dw", 1.0; "slope", 1.0; "largest", 1.0 ] @ responses 1.5 3.5) ] ]

    let private rounding =
        let d, sent = Quantity.variable "d", Quantity.variable "sent"
        let any = SymbolicDevice.any (Quantity.variable "up") (Quantity.variable "down")
        let response = any.Symmetric w - Quantity.sign d * any.Asymmetric w

        AlgebraicClaim.create
            "D5-rounding"
            (Source.paper "appendix B")
            "derived"
            "every device: rounding |Δ| up to nΔw_min moves the update by at most Δw_min·|q_s(w)|"
            [ query
                  "D5-rounding"
                  "D5: what rounding up to whole pulses adds; sent is nΔw_min."
                  [ positive dw; "n = ⌈|Δ|/Δw_min⌉", abs d .<= sent; "n = ⌈|Δ|/Δw_min⌉", sent .< abs d + dw ]
                  (abs (any.Update w d - any.Update w (Quantity.sign d * sent)) .<= dw * abs response)
                  [ "n = ⌈|Δ|/Δw_min⌉", Needed [ "w", 0.0; "d", 1.0; "sent", 3.0; "dw", 0.5; "up", 1.0; "down", 1.0 ] ] ]

    let private pairs =
        let d = Quantity.variable "d"
        let pair = linear.Update (linear.Update w d) (-d)
        let limit = wd - d / (2.0 - d / tau)
        let up, small = ("0 < Δ", zero .< d), ("Δ ≤ τ", d .<= tau)

        AlgebraicClaim.create
            "D7"
            (Source.derived "an up–down pair")
            "derived"
            "0 < Δ ≤ τ: U(U(w,Δ),−Δ)−w⋄ = (1−Δ/τ)²(w−w⋄) − Δ²/τ, and pairs contract to w⋄ − Δ/(2−Δ/τ)"
            [ query
                  "D7-pair"
                  "D7: one pair."
                  [ positive tau; up; small ]
                  (pair - wd .= square (one - d / tau) * (w - wd) - square d / tau)
                  [ fst up, Needed [ "tau", 1.0; "wd", 0.0; "w", 0.0; "d", -0.5 ]; fst small, Unneeded ]
              query
                  "D7-contraction"
                  "D7: a pair brings every other weight closer to the limit."
                  [ positive tau; given (Proposition.Not(d .= 2.0 * tau)); given (Proposition.Not(w .= limit)); up; small ]
                  (abs (pair - limit) .< abs (w - limit))
                  [ fst up, Needed [ "tau", 1.0; "wd", 0.0; "w", 0.21; "d", -0.5 ]
                    fst small, Needed [ "tau", 1.0; "wd", 0.0; "w", 0.0; "d", 3.0 ] ] ]

    let private zeroShifting =
        let a, b = Quantity.variable "a", Quantity.variable "b"
        let chance, share = Quantity.variable "chance", Quantity.variable "share"
        let half = Quantity.Number 0.5
        let mean (chance: Quantity) (a: Quantity) (b: Quantity) = chance * a + (one - chance) * b
        let afterOne chance w = mean chance (linear.Update w dw) (linear.Update w (-dw))
        let domain = [ positive tau; given (zero .<= dw) ]
        let fair = "zero-mean signs", chance .= half
        let shrunk (power: Quantity) (mean: Quantity) = mean - wd .= power * (w - wd)
        let variance = dw * tau / (2.0 - ratio)
        let reach = dw / (2.0 - ratio)
        let granular = given (dw .< 2.0 * tau)

        AlgebraicClaim.create
            "D8"
            (Source.derived "means over independent or alternating signs")
            "derived"
            "asymmetric linear device: E[w_n − w⋄] = (1−Δw_min/τ)ⁿ(w₀−w⋄); variance Δw_min·τ/(2−Δw_min/τ) stays; alternation ends on w⋄ ± Δw_min/(2−Δw_min/τ)"
            [ query
                  "D8-base"
                  "D8: one pulse of random sign; chance is the probability of a pulse up."
                  (domain @ [ fair ])
                  (shrunk (one - ratio) (afterOne chance w))
                  [ fst fair, Needed [ "tau", 1.0; "wd", 0.0; "w", 0.0; "dw", 0.5; "chance", 1.0 ] ]
              query
                  "D8-step"
                  "D8: from n pulses to n + 1; the weight after n is a with probability share, else b (more atoms: by linearity)."
                  (domain @ [ fair; given (shrunk power (mean share a b)) ])
                  (shrunk (power * (one - ratio)) (mean share (afterOne chance a) (afterOne chance b)))
                  [ fst fair,
                    Needed [ "tau", 1.0; "wd", 0.0; "w", 0.0; "dw", 0.5; "chance", 1.0; "power", 1.0; "share", 0.5; "a", 0.0; "b", 0.0 ] ]
              query
                  "D8-alternation"
                  "D8: alternating signs, the first one fair; a and b are the weights of the two trains after n pulses."
                  (domain @ [ isSign s; given (shrunk power (mean half a b)) ])
                  (shrunk (power * (one - ratio)) (mean half (linear.Update a (s * dw)) (linear.Update b (-s * dw))))
                  []
              query
                  "D8-variance"
                  "D8: the second moment about w⋄ contracts to the stationary variance."
                  (domain @ [ granular ])
                  (mean half (square (linear.Update w dw - wd)) (square (linear.Update w (-dw) - wd)) - variance
                   .= square (one - ratio) * (square (w - wd) - variance))
                  []
              query
                  "D8-limit"
                  "D8: alternation goes back and forth between two weights."
                  (domain @ [ granular; isSign s ])
                  (linear.Update (wd - s * reach) (s * dw) .= wd + s * reach)
                  [] ]

    /// The claims of this file.
    let claims: ITheorem list = [ composition; againstDynamic; anyAgainstDynamic; rounding; pairs; zeroShifting ]
