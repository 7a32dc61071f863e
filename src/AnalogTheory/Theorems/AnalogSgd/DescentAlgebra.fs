namespace AnalogTheory

/// <summary>Claim N1 for one step on one weight of any device: its responses at the weight are two free numbers, of which only F > 0 is asked.</summary>
/// <remarks>
/// With g = ∂f + ε, m = E|g| and v = Var|g|, what the bound leaves is ½F(∂f + ρm)² + ½(G²/F)v, less (Lα/2)E(gF + |g|G)². The covariance of g and |g| is
/// at most σ√v, so E(gF + |g|G)² − F²(∂f + ρm)² ≤ (1 + 1/t)F²σ² + (1 + t)G²v for every t > 0. Theory takes t = 1, which asks for α ≤ 1/(2LF); with
/// 1 + t = 1/(αLF) the remainder is (L/2)α²F²σ²/(1 − αLF) for every α below 1/(LF), and no smaller one holds. Coordinates add up, so D = 1 is the claim.
/// </remarks>
[<RequireQualifiedAccess>]
module DescentAlgebra =

    let private up, private down, private w = Quantity.variable "up", Quantity.variable "down", Quantity.variable "w"
    let private rate, private smoothness = Quantity.variable "alpha", Quantity.variable "L"
    let private gradient, private sigma = Quantity.variable "g", Quantity.variable "sigma"
    let private device = SymbolicDevice.any up down
    let private symmetric = Quantity.named "F" (device.Symmetric w)
    let private asymmetric = Quantity.named "G" (device.Asymmetric w)
    let private step noise = SymbolicRule.analogSgd device rate w (gradient + noise)
    let private f0, private f1 = Quantity.variable "f0", Quantity.variable "f1"

    let private responsive = "F > 0", zero .< symmetric
    let private load = smoothness * rate * symmetric
    let private sharpRate = "α < 1/(LF)", load .< one
    let private domain = [ positive rate; positive smoothness ]

    // −(α/2)(M/F)(∂f)² + (α/2)(G²/F)σ², the part of order α.
    let private ofFirstOrder (variance: Quantity) =
        rate / 2.0 * (square asymmetric / symmetric) * variance
        - rate / 2.0 * ((square symmetric - square asymmetric) / symmetric) * square gradient

    let private ofSecondOrder (variance: Quantity) = smoothness / 2.0 * square rate * square symmetric * variance

    // A1 between W and W′.
    let private smooth after next = "A1", after .<= f0 + gradient * (next - w) + smoothness / 2.0 * square (next - w)

    let private flat = [ "up", 1.0; "down", 1.0 ]

    // Two-point noise (1 − p)h with probability p, −ph otherwise: mean 0, variance p(1 − p)h².
    let private chance, private gap = Quantity.variable "chance", Quantity.variable "h"
    let private above, private below = (one - chance) * gap, -chance * gap
    let private mean (a: Quantity) (b: Quantity) = chance * a + (one - chance) * b

    let private twoPoint =
        let up, down = gradient + above, gradient + below
        let first, second = Quantity.named "w1" (step above), Quantity.named "w2" (step below)
        let variance, absolute = mean (square above) (square below), Quantity.named "m" (mean (abs up) (abs down))
        let spread = Quantity.named "v" (mean (square up) (square down) - square absolute)
        let shared = Quantity.named "c" (mean (up * abs up) (down * abs down) - gradient * absolute)
        let moved = symmetric * gradient + asymmetric * absolute
        let probability = [ given (zero .<= chance); given (chance .<= one) ]
        let half = Quantity.Number 0.5
        let evenRate = "α ≤ 1/(2LF)", 2.0 * load .<= one
        let even = Quantity.variable "e"
        let forth, back = Quantity.named "w1" (step even), Quantity.named "w2" (step -even)
        let change next = gradient * (next - w) + smoothness / 2.0 * square (next - w)

        AlgebraicClaim.create
            "N1-two-point"
            (Source.derived "N1 through the rule's own step")
            "one weight, any two-point noise"
            "the mean step is −α(F∂f + Gm), its mean square α²[(F∂f + Gm)² + F²σ² + 2FGc + G²v] with c² ≤ σ²v: the moments of N1-any-noise; ε = ±e, F > 0, α ≤ 1/(2LF): N1"
            [ query
                  "N1-mean-step"
                  "N1: the mean step of the rule on any device, D = 1, any noise of mean 0 with two values; m = E|g|."
                  (positive rate :: probability)
                  (mean first second - w .= -rate * moved)
                  []
              query
                  "N1-mean-square"
                  "N1: the mean square of that step; v = Var|g|, c = Cov(g, |g|)."
                  (positive rate :: probability)
                  (mean (square (first - w)) (square (second - w))
                   .= square rate
                      * (square moved
                         + square symmetric * variance
                         + 2.0 * symmetric * asymmetric * shared
                         + square asymmetric * spread))
                  []
              query
                  "N1-moments"
                  "N1: what is asked of these moments holds for them."
                  probability
                  (Proposition.And [ square shared .<= variance * spread; square absolute + spread .= square gradient + variance ])
                  []
              query
                  "N1-even"
                  "N1: descent of one step on any device for ε = ±e, with theory's remainder; L-smoothness is in the second-order term."
                  (domain @ [ responsive; evenRate ])
                  (half * (change forth + change back) .<= ofFirstOrder (square even) + 2.0 * ofSecondOrder (square even))
                  [ fst responsive, Needed [ "w", 0.0; "L", 1.0; "up", -1.0; "down", -1.0; "e", 0.0; "g", 1.0; "alpha", 1.0 ]
                    fst evenRate, Needed(flat @ [ "w", 0.0; "L", 1.0; "e", 0.0; "g", 1.0; "alpha", 2.0 ]) ] ]

    let private remainders =
        let variance = mean (square above) (square below)
        let absolute = mean (abs (gradient + above)) (abs (gradient + below))
        let spread = mean (square (gradient + above)) (square (gradient + below)) - square absolute
        let lean = gradient + asymmetric / symmetric * absolute
        let moved noise = (gradient + noise) * symmetric + abs (gradient + noise) * asymmetric
        let domain = [ given (zero .<= chance); given (chance .<= one); given (zero .< symmetric) ]

        AlgebraicClaim.create
            "N1-remainders"
            (Source.derived "N1, its proof")
            "one weight, any two-point noise"
            "½(G²/F)σ² − ½(M/F)(∂f)² + ∂f(F∂f + Gm) = ½F(∂f + ρm)² + ½(G²/F)v; E(gF + |g|G)² ≤ F²(∂f + ρm)² + 2F²σ² + 2G²v, m = E|g|, v = Var|g|"
            [ query
                  "N1-first-remainder"
                  "N1: what the bound leaves in order α."
                  domain
                  (square asymmetric / symmetric * variance / 2.0
                   - (square symmetric - square asymmetric) / symmetric * square gradient / 2.0
                   + gradient * (symmetric * gradient + asymmetric * absolute)
                   .= symmetric * square lean / 2.0 + square asymmetric / symmetric * spread / 2.0)
                  []
              query
                  "N1-second-remainder"
                  "N1: what it has to cover in order α²."
                  domain
                  (mean (square (moved above)) (square (moved below))
                   .<= square (symmetric * lean) + 2.0 * square symmetric * variance + 2.0 * square asymmetric * spread)
                  [] ]

    let private anyNoise =
        // m = E|g|, v = Var|g|, c = Cov(g, |g|) and E ε²: what the expected step and its square are made of, whatever the distribution.
        let m, v, c = Quantity.variable "m", Quantity.variable "v", Quantity.variable "c"
        let variance = Quantity.variable "variance"
        let moved = symmetric * gradient + asymmetric * m

        let squared = square moved + square symmetric * variance + 2.0 * symmetric * asymmetric * c + square asymmetric * v

        let moments = "E g² = m² + v = (∂f)² + E ε²", square m + v .= square gradient + variance
        let cauchy = "Cov(g, |g|)² ≤ E ε²·v", square c .<= variance * v
        let spread = "A3′: E ε² ≤ σ²", variance .<= square sigma
        let lopsided = [ "up", 0.5; "down", 1.5 ]
        let quiet = [ "w", 0.0; "L", 1.0; "variance", 0.0; "v", 0.0; "c", 0.0 ]
        let x, y = Quantity.variable "x", Quantity.variable "y"
        let bound variance = ofFirstOrder variance + ofSecondOrder variance / (one - load)

        AlgebraicClaim.create
            "N1-any-noise"
            (Source.derived "N1, with the smallest remainder")
            "one weight, every noise"
            "F > 0, α < 1/(LF): E f(W′) ≤ f(W) − (α/2)(M/F)(∂f)² + (α/2)(G²/F)σ² + (L/2)α²F²σ²/(1 − αLF) for every noise; at α ≤ 1/(2LF) the last term is at most theory's Lα²F²σ²"
            [ query
                  "N1-any-noise"
                  "N1: descent of one step on any device, D = 1, by the moments of any noise; L-smoothness is in the second-order term."
                  (domain @ [ given (zero .<= v); given (zero .<= variance); moments; cauchy; responsive; sharpRate ])
                  (smoothness / 2.0 * square rate * squared - rate * gradient * moved .<= bound variance)
                  [ fst moments, Needed(lopsided @ quiet @ [ "g", 0.0; "m", 4.0; "alpha", 0.5 ])
                    fst cauchy,
                    Needed(lopsided @ [ "w", 0.0; "L", 1.0; "variance", 0.0; "v", 0.0; "c", 4.0; "g", 0.0; "m", 0.0; "alpha", 0.5 ])
                    fst responsive, Needed(quiet @ [ "up", -1.0; "down", -1.0; "g", 1.0; "m", 1.0; "alpha", 1.0 ])
                    fst sharpRate, Needed(quiet @ flat @ [ "g", 1.0; "m", 1.0; "alpha", 2.0 ]) ]
              query
                  "N1-spread"
                  "N1: the bound grows with the variance, so σ² may be larger than it."
                  (domain @ [ given (zero .<= variance); spread; responsive; sharpRate ])
                  (bound variance .<= bound (square sigma))
                  [ fst spread, Needed(flat @ [ "w", 0.0; "L", 1.0; "variance", 1.0; "sigma", 0.0; "g", 0.0; "alpha", 0.5 ])
                    fst responsive,
                    Needed [ "up", -0.5; "down", -1.5; "w", 0.0; "L", 1.0; "variance", 0.0; "sigma", 1.0; "g", 0.0; "alpha", 0.1 ]
                    fst sharpRate, Needed(flat @ [ "w", 0.0; "L", 1.0; "variance", 0.0; "sigma", 1.0; "g", 0.0; "alpha", 2.0 ]) ]
              query
                  "N1-theory-remainder"
                  "N1: the remainder at αLF = x ≤ ½ against theory's, y = Lα²F²σ²."
                  [ given (zero .<= x); given (x .< one); given (zero .<= y); "α ≤ 1/(2LF)", 2.0 * x .<= one ]
                  (y / 2.0 / (one - x) .<= y)
                  [ "α ≤ 1/(2LF)", Needed [ "x", 0.75; "y", 1.0 ] ] ]

    let private noiseless =
        let at (values: (string * float) list) = Needed([ "w", 0.0; "L", 1.0; "f0", 0.0 ] @ values)
        let f1, next = Quantity.variable "f1", Quantity.named "w1" (step zero)
        let gentle = "α ≤ 1/(LF)", load .<= one

        AlgebraicClaim.create
            "N1-noiseless"
            (Source.derived "N1 without noise")
            "one weight"
            "ε = 0, F > 0, α ≤ 1/(LF): f(W′) ≤ f(W) − (α/2)(M/F)(∂f)²"
            [ query
                  "N1-noiseless"
                  "N1: descent of one step of Analog GD on any device, D = 1."
                  (domain @ [ smooth f1 next; responsive; gentle ])
                  (f1 .<= f0 + ofFirstOrder zero)
                  [ "A1", at (flat @ [ "g", 0.0; "alpha", 0.5; "f1", 1.0 ])
                    fst responsive, at [ "up", -1.0; "down", -1.0; "g", 1.0; "alpha", 1.0; "f1", 1.5 ]
                    fst gentle, at (flat @ [ "g", 1.0; "alpha", 2.0; "f1", 0.0 ]) ] ]

    let private linear =
        let tau = Quantity.variable "tau"
        let linear = SymbolicDevice.asymmetricLinear tau zero
        let f, g = linear.Symmetric w, linear.Asymmetric w

        AlgebraicClaim.create
            "N1-linear"
            (Source.derived "N1 on the asymmetric linear device")
            "one weight"
            "F = 1, M/F = 1 − (w/τ)² and G²/F = (w/τ)²: N1 is S2, coordinate by coordinate"
            [ query
                  "N1-linear"
                  "N1: its coefficients on the asymmetric linear device are those of S2."
                  [ positive tau ]
                  (Proposition.And [ f .= one; (square f - square g) / f .= one - square (w / tau); square g / f .= square (w / tau) ])
                  [] ]

    /// The claims of this file.
    let claims: ITheorem list = [ twoPoint; remainders; anyNoise; noiseless; linear ]
