namespace AnalogTheory

/// <summary>Claim N5: one step of the auxiliary array under any noise, and what it makes of Lemma 7's constant.</summary>
/// <remarks>
/// The noise enters one step of a coordinate by three moments of g = ∂f + ε: m = E|g|, s = E g², u = E|g|g. What Jensen and Lemma 7's hypotheses say of them is
/// m ≥ |∂f|, m ≥ cσ, (m ± ∂f)² ≤ 2(s ± u), s = ∂f² + v, c²σ² ≤ v ≤ σ²/D, and βs ≤ ½τ·max(cσ, |∂f|) for the repaired rate.
/// Divided by βcστ the step is a statement without units in x = P/τ, d = ∂f/(cσ), m/(cσ), h = β∂f²/(cστ), w = βv/(cστ), k = βu/(cστ).
/// </remarks>
[<RequireQualifiedAccess>]
module AuxiliaryBoundAlgebra =

    let private tau, private beta = Quantity.variable "tau", Quantity.variable "beta"
    let private p, private gradient = Quantity.variable "p", Quantity.variable "g"
    /// cσ, the least E|g + ε|.
    let private least = Quantity.variable "least"
    let private m, private variance, private u = Quantity.variable "m", Quantity.variable "v", Quantity.variable "u"

    /// E P′² from the moments.
    let private nextSquare (m: Quantity) (s: Quantity) (u: Quantity) =
        square p * (one - 2.0 * beta * m / tau + square (beta / tau) * s)
        + 2.0 * beta * (gradient - beta * u / tau) * p
        + square beta * s

    let private momentsQuery =
        let e1, e2, chance = Quantity.variable "e1", Quantity.variable "e2", Quantity.variable "chance"
        let mean (f: Quantity -> Quantity) = chance * f (gradient + e1) + (one - chance) * f (gradient + e2)
        let linear = SymbolicDevice.asymmetricLinear tau zero
        let auxiliary g = SymbolicRule.tikiTaka linear one beta zero p g |> snd
        let centred = "A3′", chance * e1 + (one - chance) * e2 .= zero

        query
            "N5-moments"
            "N5: E P′² of the engine's step, for noise with the values e1 and e2; both sides are linear in the noise's law, so it holds of any."
            [ positive tau; positive beta; given (zero .<= chance); given (chance .<= one); centred ]
            (mean (auxiliary >> square) .= nextSquare (mean abs) (mean square) (mean (fun g -> abs g * g)))
            [ fst centred, Needed [ "tau", 1.0; "beta", 0.5; "p", 1.0; "g", 0.0; "e1", 1.0; "e2", 1.0; "chance", 0.5 ] ]

    // Both halves of g: Jensen on g⁺ and on g⁻.
    let private halvesQuery =
        let a, b, chance = Quantity.variable "a", Quantity.variable "b", Quantity.variable "chance"
        let mean (f: Quantity -> Quantity) = chance * f a + (one - chance) * f b
        let m, s, u, g = mean abs, mean square, mean (fun x -> abs x * x), mean id

        query
            "N5-halves"
            "N5: (m ± ∂f)² ≤ 2(s ± u), for g with the values a and b; Jensen on the positive and on the negative part of g."
            [ given (zero .<= chance); given (chance .<= one) ]
            (Proposition.And [ square (m + g) .<= 2.0 * (s + u); square (m - g) .<= 2.0 * (s - u) ])
            []

    let private x, private d = Quantity.variable "x", Quantity.variable "d"
    let private h, private w, private k = Quantity.variable "h", Quantity.variable "w", Quantity.variable "k"

    /// E P′² − [(1 − λb)P² + A(βτ/cσ)∂f² + Eβ²v], b = βcσ/τ, in units of βcστ.
    let private excess (k: Quantity) (d: Quantity) (m: Quantity) (decay: float) (track: float) (noise: float) =
        -2.0 * m * square x + 2.0 * x * d - 2.0 * k * x + (h + w) * (one + square x) + decay * square x
        - track * square d
        - noise * w

    /// The step minus its bound is what `excess` says, times βcστ.
    let private unitsQuery id (decay: float) (track: float) (noise: float) =
        let s = square gradient + variance

        let bound =
            (one - decay * beta * least / tau) * square p
            + track * (beta * tau / least) * square gradient
            + noise * square beta * variance

        query
            $"{id}-units"
            $"{id}: one coordinate's step in units of βcστ."
            [ positive tau
              positive beta
              positive least
              given (x .= p / tau)
              given (d .= gradient / least)
              given (h .= beta * square gradient / (least * tau))
              given (w .= beta * variance / (least * tau))
              given (k .= beta * u / (least * tau)) ]
            (nextSquare m s u - bound .= beta * least * tau * excess k d (m / least) decay track noise)
            []

    let private floorName, private rateName = "A5: E|g + ε_d| ≥ cσ", "β ≤ cτσ/(2(4L²τ²+σ²))"

    /// What the least k leaves of the step for x ≥ 0, ∂f of size d pulling P away from 0 (k = h − w) or back (k = −(h + w)).
    let private worst (isAway: bool) (decay: float) (track: float) (noise: float) =
        let sign = if isAway then 1.0 else -1.0

        -2.0 * m * square x
        + 2.0 * sign * x * d
        + h * square (1.0 - sign * x)
        + w * square (one + x)
        + decay * square x
        - track * square d
        - noise * w

    // From the halves of g to the least k, in the moments' own units.
    let private leastQuery =
        let s = square gradient + variance

        query
            "N5-least"
            "N5: the moments leave u ≥ ∂f² − v where ∂f ≥ 0, and u ≥ −(∂f² + v) in any case."
            [ given (abs gradient .<= m)
              given (square (m + gradient) .<= 2.0 * (s + u))
              given (square (m - gradient) .<= 2.0 * (s - u)) ]
            (Proposition.And
                [ Proposition.Or [ gradient .< zero; square gradient - variance .<= u ]; zero .<= u + square gradient + variance ])
            []

    let private worstQuery =
        let side isAway sign =
            Proposition.Or
                [ (if isAway then k .< h - w else k .< -(h + w)); excess k (sign * d) m 1.0 1.0 8.0 .<= worst isAway 1.0 1.0 8.0 ]

        query
            "N5-worst"
            "N5: for x ≥ 0 the least k decides (for x < 0 mirror the noise); d is |∂f|/(cσ), the factors of the bound are those of N5-sharper and cancel."
            [ given (zero .<= x) ]
            (Proposition.And [ side true one; side false (Quantity.Number -1.0) ])
            []

    // What the limit on β makes of the moments: β(∂f² + v) ≤ ½τ·max(cσ, |∂f|) in every dimension, though one coordinate's |∂f| may reach 2Lτ√D.
    let private rateQuery =
        let a, sigma, c, dimension = Quantity.variable "a", Quantity.variable "sigma", Quantity.variable "c", Quantity.variable "D"
        let s = square gradient + variance
        let reach = square a + square sigma

        query
            "N5-rate"
            "N5: β ≤ cτσ/(2(4L²τ²+σ²)) gives β(∂f²+v) ≤ ½τ·max(cσ, ∂f); a is 2Lτ, ‖∇f‖ ≤ a√D, c√D ≤ 1 by A5, and ∂f ≥ 0 without loss."
            [ positive sigma
              given (zero .< c)
              given (zero .<= a)
              given (zero .<= gradient)
              given (zero .<= variance)
              given (Proposition.Or [ dimension .= one; Quantity.Number 2.0 .<= dimension ])
              given (square c * dimension .<= one)
              given (dimension * variance .<= square sigma)
              given (square gradient .<= dimension * square a) ]
            (Proposition.And
                [ Proposition.Or [ c * sigma .< gradient; s .<= reach ]
                  Proposition.Or [ gradient .< c * sigma; c * sigma * s .<= gradient * reach ] ])
            []

    /// The step for every x, d, m, h, w: d is at most 1 or at least 1, which a solver settles far sooner than both at once.
    let private stepQuery id decay track noise isAway isSmall =
        let side, size = (if isAway then "away" else "back"), (if isSmall then "small" else "large")
        let at values = Needed(List.zip [ "x"; "d"; "h"; "w"; "m" ] values)
        let rate = rateName, h + w .<= (if isSmall then Quantity.Number 0.5 else 0.5 * d)
        let overshoots = rateName, at [ 4.0; 1.0; 4.0; 4.0; 1.0 ]

        query
            $"{id}-{side}-{size}"
            $"""{id}: one coordinate's step in units of βcστ, ∂f pulls P {side}, |∂f| {if isSmall then "≤" else "≥"} cσ."""
            ([ given (zero .<= x); given (zero .<= d); given (zero .<= h); given (zero .<= w); given (d .<= m) ]
             @ (if isSmall then
                    // v ≥ c²σ², by Jensen at g = 0.
                    [ given (d .<= one); floorName, one .<= m; floorName, h .<= w * square d ]
                else
                    [ given (one .<= d) ])
             @ [ rate ])
            (worst isAway decay track noise .<= zero)
            (if isSmall then [ floorName, at [ 1.0; 0.0; 0.25; 0.0; 0.0 ]; overshoots ] else [ overshoots ])

    /// From the step of all coordinates to the bound: what y = E‖P‖² satisfies at one step it satisfies at the next, from P₀ = 0.
    let private iterateQuery id (constant: Quantity) (decay: float) (track: float) (noise: float) =
        let smoothness, dimension, sigma = Quantity.variable "L", Quantity.variable "D", Quantity.variable "sigma"
        let y, next, slope, c = Quantity.variable "y", Quantity.variable "next", Quantity.variable "slope", Quantity.variable "c"
        let least = c * sigma
        let bound = constant * square (smoothness * square tau) * dimension / square least
        let box, second, third = "‖W_k‖∞, ‖W*‖∞ ≤ τ", "β ≤ 2τ/(3cσ)", "β ≤ L²τ³D/(3cσ³)"
        let at values = Needed(values @ [ "tau", 1.0; "D", 1.0; "c", 1.0; "sigma", 1.0; "y", 0.0 ])

        query
            $"{id}-iterate"
            $"{id}: from E‖P‖² ≤ bound to E‖P′‖² ≤ bound; slope is E‖∇f(W_k)‖², and P₀ = 0."
            [ positive tau
              positive sigma
              positive smoothness
              positive dimension
              positive beta
              given (zero .< c)
              given (zero .<= y)
              given (y .<= bound)
              given (
                  next
                  .<= (one - decay * beta * least / tau) * y
                      + track * (beta * tau / least) * slope
                      + noise * square beta * square sigma
              )
              box, slope .<= 4.0 * square (smoothness * tau) * dimension
              second, beta .<= 2.0 * tau / (3.0 * least)
              third, beta .<= square (smoothness * tau) * tau * dimension / (3.0 * least * square sigma) ]
            (next .<= bound)
            [ box, at [ "L", 1.0; "beta", 0.25; "slope", 1000.0; "next", 250.0 ]
              second, at [ "L", 10.0; "beta", 30.0; "slope", 400.0; "next", 10000.0 ]
              third, at [ "L", 0.01; "beta", 0.5; "slope", 0.0; "next", 0.5 ] ]

    let private claim id variant statement constant decay track noise =
        AlgebraicClaim.create
            id
            (Source.derived "N5; v1 Lemma 7, condition on β repaired")
            variant
            statement
            [ unitsQuery id decay track noise
              for isAway in [ true; false ] do
                  for isSmall in [ true; false ] do
                      stepQuery id decay track noise isAway isSmall
              iterateQuery id constant decay track noise ]

    /// The claims of this file.
    let claims: ITheorem list =
        [ AlgebraicClaim.create
              "N5-moments"
              (Source.derived "N5, moments of one step")
              "any noise"
              "E P′² = P²(1 − 2βm/τ + β²s/τ²) + 2β(∂f − βu/τ)P + β²s with m = E|g|, s = E g², u = E|g|g, and (m ± ∂f)² ≤ 2(s ± u)"
              [ momentsQuery; halvesQuery; leastQuery; worstQuery; rateQuery ]
          claim
              "N5-18"
              "18 for 41, every noise"
              "E‖P′‖² ≤ (1−βcσ/2τ)‖P‖² + (2βτ/cσ)‖∇f‖² + 3β²σ² coordinate by coordinate ⇒ E‖P_k‖² ≤ 18L²τ⁴D/(c²σ²)"
              (Quantity.Number 18.0)
              0.5
              2.0
              3.0
          claim
              "N5-sharper"
              "20/3 for 41, every noise"
              "E‖P′‖² ≤ (1−βcσ/τ)‖P‖² + (βτ/cσ)‖∇f‖² + 8β²σ² coordinate by coordinate ⇒ E‖P_k‖² ≤ (20/3)L²τ⁴D/(c²σ²), 4 for 20/3 as β → 0"
              (Quantity.Number 20.0 / Quantity.Number 3.0)
              1.0
              1.0
              8.0 ]
