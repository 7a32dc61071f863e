namespace AnalogTheory

/// <summary>Claims T1, T2, T3, T5 and the descent of T7 (Lemma 8) for one step of Tiki-Taka, w⋄ = 0.</summary>
/// <remarks>Departure: Lemma 8's last term is repaired so that its units agree; as printed it needs σ ≤ τ√D.</remarks>
[<RequireQualifiedAccess>]
module TikiTakaAlgebra =

    let private tau, private w, private p = Quantity.variable "tau", Quantity.variable "w", Quantity.variable "p"
    let private alpha, private beta = Quantity.variable "alpha", Quantity.variable "beta"
    let private gradient = Quantity.variable "g"
    let private linear = SymbolicDevice.asymmetricLinear tau zero
    let private step w p g = SymbolicRule.tikiTaka linear alpha beta w p g
    let private auxiliary p g = snd (step w p g)
    let private rates = [ positive tau; positive alpha; positive beta ]

    let private contraction =
        let q = Quantity.variable "q"
        let nextP, nextQ = auxiliary p gradient, auxiliary q gradient
        let reach = beta * abs gradient
        let twice, once = ("β|g| ≤ 2τ", reach .<= 2.0 * tau), ("β|g| ≤ τ", reach .<= tau)
        let moving, inside = ("0 < β|g|", zero .< reach), ("β|g| < 2τ", reach .< 2.0 * tau)
        let at g p q = Needed [ "tau", 1.0; "w", 0.0; "alpha", 1.0; "beta", 1.0; "g", g; "p", p; "q", q ]

        AlgebraicClaim.create
            "T1"
            (Source.derived "one step of TT-P")
            "derived"
            "|P'−Q'| = |1−(β/τ)|g||·|P−Q|; β|g| ≤ 2τ does not expand, 0 < β|g| < 2τ contracts, β|g| ≤ τ preserves order"
            [ query
                  "T1"
                  "T1: two trajectories of P under the same gradient."
                  rates
                  (abs (nextP - nextQ) .= abs (one - reach / tau) * abs (p - q))
                  []
              query
                  "T1-nonexpansive"
                  "T1: no step expands."
                  (rates @ [ twice ])
                  (abs (nextP - nextQ) .<= abs (p - q))
                  [ fst twice, at 3.0 1.0 0.0 ]
              query
                  "T1-strict"
                  "T1: steps contract strictly."
                  (rates @ [ given (Proposition.Not(p .= q)); moving; inside ])
                  (abs (nextP - nextQ) .< abs (p - q))
                  [ fst moving, at 0.0 1.0 0.0; fst inside, at 3.0 1.0 0.0 ]
              query "T1-order" "T1: order is preserved." (rates @ [ given (q .<= p); once ]) (nextQ .<= nextP) [ fst once, at 1.5 1.0 0.0 ] ]

    let private chance = Quantity.variable "chance"
    let private e1, private e2 = Quantity.variable "e1", Quantity.variable "e2"
    let private mean (a: Quantity) (b: Quantity) = chance * a + (one - chance) * b
    let private isChance = [ given (zero .<= chance); given (chance .<= one) ]
    let private critical = "∇f(W) = 0", gradient .= zero
    let private centred = "A3′", mean e1 e2 .= zero

    let private decay =
        let start = [ "tau", 1.0; "w", 0.0; "alpha", 1.0; "beta", 1.0; "p", 0.0; "chance", 0.5 ]

        AlgebraicClaim.create
            "T2-two-point"
            (Source.paper "eq. 13")
            "printed"
            "∇f = 0: E[P'|P] = (1−(β/τ)E|ε|)·P"
            [ query
                  "T2"
                  "T2: decay of P at a critical point, for noise with the values e1 and e2."
                  (rates @ isChance @ [ critical; centred ])
                  (mean (auxiliary p (gradient + e1)) (auxiliary p (gradient + e2))
                   .= (one - beta / tau * mean (abs e1) (abs e2)) * p)
                  [ fst critical, Needed(start @ [ "g", 1.0; "e1", 1.0; "e2", -1.0 ])
                    fst centred, Needed(start @ [ "g", 0.0; "e1", 1.0; "e2", 1.0 ]) ] ]

    let private bounded =
        let inRange, small = ("|P| ≤ τ", abs p .<= tau), ("β|g| ≤ τ", beta * abs gradient .<= tau)
        let at p g = Needed [ "tau", 1.0; "w", 0.0; "alpha", 1.0; "beta", 1.0; "p", p; "g", g ]

        AlgebraicClaim.create
            "T3"
            (Source.derived "Theorem 1 for TT-P")
            "derived"
            "|P| ≤ τ and β|g| ≤ τ imply |P'| ≤ τ"
            [ query
                  "T3"
                  "T3: one step keeps P in its range."
                  (rates @ [ inRange; small ])
                  (abs (auxiliary p gradient) .<= tau)
                  [ fst inRange, at 2.0 0.5; fst small, at -1.0 1.25 ] ]

    let private drift =
        let empty = "P = 0", p .= zero
        let main noise = fst (step w p (gradient + noise))

        let at g p e2 =
            Needed [ "tau", 1.0; "w", 0.5; "alpha", 0.5; "beta", 0.5; "g", g; "p", p; "e1", 1.0; "e2", e2; "chance", 0.5 ]

        AlgebraicClaim.create
            "T5-two-point"
            (Source.paper "eq. 12")
            "printed"
            "∇f(W) = 0, P = 0: E[W'−W] = −(αβ/τ)E|ε|·W"
            [ query
                  "T5"
                  "T5: the drift of Tiki-Taka at a critical point, for noise with the values e1 and e2."
                  (rates @ isChance @ [ critical; empty; centred ])
                  (mean (main e1) (main e2) - w .= -alpha * beta / tau * mean (abs e1) (abs e2) * w)
                  [ fst critical, at 1.0 0.0 -1.0; fst empty, at 0.0 0.5 -1.0; fst centred, at 0.0 0.0 1.0 ] ]

    /// Lemma 8 in a dimension, with a last term and hypotheses of its own; the weights, gradients and P' of each coordinate are numbered.
    /// `a` is any number that (W_d/τ)² does not exceed, which says no less than the largest of them and asks less of a solver.
    let private descent (name: string) (dimension: int) lastTerm extra controls =
        let f0, f1 = Quantity.variable "f0", Quantity.variable "f1"
        let sigma, smoothness = Quantity.variable "sigma", Quantity.variable "L"
        let each symbol = [ for i in 1..dimension -> Quantity.variable (invariant $"{symbol}{i}") ]
        let w, g, p = each "w", each "g", each "p"

        let change =
            List.map2 (fun w p -> linear.Update w (-alpha * p) - w) w p
            |> List.mapi (fun i x -> Quantity.named (invariant $"change{i + 1}") x)

        let sum = List.reduce (+)
        let norm x = x |> List.map square |> sum
        let rootD = if dimension = 1 then one else Quantity.root "rootD" (Quantity.Number(float dimension))
        let scale = tau * rootD / sigma
        let saturation = Quantity.variable "a"
        let tracking = List.map2 (fun p g -> p - scale * g) p g

        let bound =
            f0 - alpha * scale / 2.0 * norm g - (one / (2.0 * alpha * scale) - smoothness / 2.0) * norm change
            + alpha / scale * norm tracking
            + lastTerm alpha scale saturation * norm p

        query
            name
            (invariant $"T7, Lemma 8: descent of one step of Tiki-Taka, D = {dimension}.")
            [ positive tau
              positive alpha
              positive sigma
              positive smoothness
              for w in w do
                  given (square (w / tau) .<= saturation)
              "A1", f1 .<= f0 + sum (List.map2 (*) g change) + smoothness / 2.0 * norm change
              for w in w do
                  "‖W‖∞ ≤ τ", abs w .<= tau
              yield! extra sigma rootD ]
            (f1 .<= bound)
            (controls dimension)

    let private at sigma w p g f1 dimension =
        let each =
            [ for i in 1..dimension do
                  invariant $"w{i}", w
                  invariant $"p{i}", p
                  invariant $"g{i}", g ]

        Needed([ "tau", 1.0; "alpha", 1.0; "L", 1.0; "f0", 0.0; "sigma", sigma; "f1", f1; "a", w * w ] @ each)

    /// One coordinate's share of the repaired lemma: both sides are sums over coordinates, and D enters through scale = τ√D/σ only.
    let private coordinate =
        let scale, saturation = Quantity.variable "scale", Quantity.variable "a"
        let change = Quantity.named "change" (linear.Update w (-alpha * p) - w)

        query
            "T7-descent-coordinate"
            "T7, Lemma 8: one coordinate's share, whatever D; scale is τ√D/σ. Summed, with A1, it is the descent."
            [ positive tau; positive alpha; positive scale; given (square (w / tau) .<= saturation) ]
            (gradient * change
             .<= alpha / scale * square (p - scale * gradient) + alpha * saturation / scale * square p
                 - alpha * scale / 2.0 * square gradient
                 - square change / (2.0 * alpha * scale))
            []

    // Sums over coordinates, each a number of its own: Σ∂f·ΔW, ‖P' − scale·∇f‖², ‖P'‖², ‖∇f‖², ‖ΔW‖².
    [<NoEquality; NoComparison>]
    type private Sums =
        { Cross: Quantity
          Tracking: Quantity
          Auxiliary: Quantity
          Gradient: Quantity
          Change: Quantity }

    let private sums suffix =
        let variable name = Quantity.variable (invariant $"{name}{suffix}")

        { Cross = variable "cross"
          Tracking = variable "tracking"
          Auxiliary = variable "auxiliary"
          Gradient = variable "gradient"
          Change = variable "change" }

    /// From one coordinate to any number of them: what `coordinate` says of each holds of their sums, by induction from 0 ≤ 0, and with A1 it is the lemma.
    /// A solver does not reach three coordinates written out within its limit; this settles them all.
    let private anyDimension =
        let scale, saturation, smoothness = Quantity.variable "scale", Quantity.variable "a", Quantity.variable "L"
        let f0, f1 = Quantity.variable "f0", Quantity.variable "f1"

        let bound (s: Sums) =
            alpha / scale * s.Tracking + alpha * saturation / scale * s.Auxiliary
            - alpha * scale / 2.0 * s.Gradient
            - s.Change / (2.0 * alpha * scale)

        let share (s: Sums) = given (s.Cross .<= bound s)
        let half = smoothness / 2.0
        let first, next = sums "", sums "Next"

        let both =
            { Cross = first.Cross + next.Cross
              Tracking = first.Tracking + next.Tracking
              Auxiliary = first.Auxiliary + next.Auxiliary
              Gradient = first.Gradient + next.Gradient
              Change = first.Change + next.Change }

        let zeros = [ for name in [ "cross"; "tracking"; "auxiliary"; "gradient"; "change" ] -> name, 0.0 ]

        [ query
              "T7-descent-step"
              "T7, Lemma 8: the shares of some coordinates and of one more add up; with none of them it is 0 ≤ 0."
              [ positive alpha; positive scale; share first; share next ]
              (both.Cross .<= bound both)
              []
          query
              "T7-descent-sum"
              "T7, Lemma 8: with A1 the sum of the shares is the descent, in any dimension; scale is τ√D/σ."
              [ positive alpha; positive scale; share first; "A1", f1 .<= f0 + first.Cross + half * first.Change ]
              (f1
               .<= f0 - alpha * scale / 2.0 * first.Gradient - (one / (2.0 * alpha * scale) - half) * first.Change
                   + alpha / scale * first.Tracking
                   + alpha * saturation / scale * first.Auxiliary)
              [ "A1", Needed([ "alpha", 1.0; "scale", 1.0; "a", 0.0; "L", 1.0; "f0", 0.0; "f1", 1.0 ] @ zeros) ] ]

    let private repaired =
        let lastTerm (alpha: Quantity) (scale: Quantity) (saturation: Quantity) = alpha * saturation / scale
        let controls dimension = [ "A1", at 1.0 0.0 0.0 0.0 1.0 dimension; "‖W‖∞ ≤ τ", Unneeded ]
        let case name dimension = descent name dimension lastTerm (fun _ _ -> []) controls

        AlgebraicClaim.create
            "T7-descent"
            (Source.derived "Lemma 8 with units that agree")
            "repaired"
            "f(W') ≤ f(W) − (ατ√D/2σ)‖∇f‖² − (σ/(2ατ√D) − L/2)‖W'−W‖² + (ασ/(τ√D))‖P' − (τ√D/σ)∇f‖² + (ασa/(τ√D))‖P'‖²"
            [ coordinate; yield! anyDimension; case "T7-descent" 1; case "T7-descent-2" 2 ]

    let private printed =
        let lastTerm (alpha: Quantity) (_: Quantity) (_: Quantity) = alpha
        let quiet sigma rootD = [ "σ ≤ τ√D", sigma .<= tau * rootD ]

        let controls dimension =
            [ "A1", at 1.0 0.0 0.0 0.0 1.0 dimension
              "‖W‖∞ ≤ τ", at 1.0 3.0 1.0 -2.0 16.0 dimension
              "σ ≤ τ√D", at 2.0 1.0 1.0 0.0 2.0 dimension ]

        let statement = "f(W') ≤ f(W) − (ατ√D/2σ)‖∇f‖² − (σ/(2ατ√D) − L/2)‖W'−W‖² + (ασ/(τ√D))‖P' − (τ√D/σ)∇f‖² + α‖P'‖²"

        [ AlgebraicClaim.create
              "T7-descent-printed"
              (Source.paper "Lemma 8")
              "printed"
              statement
              [ descent "T7-descent-printed" 1 lastTerm (fun _ _ -> []) (controls >> List.take 2) ]
          AlgebraicClaim.create
              "T7-descent-printed-quiet"
              (Source.paper "Lemma 8")
              "printed, σ ≤ τ√D"
              statement
              [ descent "T7-descent-printed-quiet" 1 lastTerm quiet controls ] ]

    /// The claims of this file.
    let claims: ITheorem list = [ contraction; decay; bounded; drift; repaired; yield! printed ]
