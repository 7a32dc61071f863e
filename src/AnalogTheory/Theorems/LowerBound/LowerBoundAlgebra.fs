namespace AnalogTheory

/// <summary>Claims L1, L2 and L3: the two-point noise of the lower bound (Theorem 3), one step.</summary>
/// <remarks>
/// ξ is (σ/√D)√((1−p)/p) with probability p, else −(σ/√D)√(p/(1−p)), with p = ½(1 − w/τ) and |w| &lt; τ, where both roots exist; the text is that of the
/// law which the sampler runs. Every square root is a variable with its square given, so the statements stay in QF_NRA.
/// </remarks>
[<RequireQualifiedAccess>]
module LowerBoundAlgebra =

    let private tau, private w, private sigma = Quantity.variable "tau", Quantity.variable "w", Quantity.variable "sigma"
    let private size, private gradient = Quantity.variable "D", Quantity.variable "g"
    let private linear = SymbolicDevice.asymmetricLinear tau zero

    /// σ/√D, the deviation per coordinate.
    let private deviation = sigma / Quantity.root "rootD" size

    // p and both values, from the law that the sampler runs.
    let private chance, private above, private below = SymbolicNoise.stateDependentTwoPoint deviation tau w
    let private mean (up: Quantity) (down: Quantity) = chance * up + (one - chance) * down
    let private domain = [ positive tau; positive sigma; given (one .<= size); given (abs w .< tau) ]

    let private moments =
        AlgebraicClaim.create
            "L1"
            (Source.paper "Theorem 3, noise")
            "printed"
            "E ε = 0 and E‖ε‖² = σ² at every weight inside (−τ, τ)"
            [ query "L1-mean" "L1: the noise has mean 0." domain (mean above below .= zero) []
              query
                  "L1-variance"
                  "L1: its D equal coordinates have E‖ε‖² = σ²."
                  domain
                  (size * mean (square above) (square below) .= square sigma)
                  [] ]

    let private absoluteMean =
        let lower, upper = "ξ₋ ≤ −∇f", "−∇f ≤ ξ₊"
        let centre = [ "tau", 1.0; "w", 0.0; "sigma", 1.0; "D", 1.0; "rootD", 1.0; "rootUp", 1.0; "rootDown", 1.0; "rootPQ", 0.5 ]

        AlgebraicClaim.create
            "L2"
            (Source.paper "Lemma 4")
            "printed"
            "E|∇f_d+ξ| = (2σ/√D)√(p(1−p)) + (2p−1)∇f_d where ξ₋ ≤ −∇f_d ≤ ξ₊"
            [ query
                  "L2"
                  "L2: the mean absolute gradient."
                  (domain @ [ lower, below .<= -gradient; upper, -gradient .<= above ])
                  (mean (abs (gradient + above)) (abs (gradient + below))
                   .= 2.0 * deviation * Quantity.root "rootPQ" (chance * (one - chance)) + (2.0 * chance - 1.0) * gradient)
                  [ lower, Needed(("g", 3.0) :: centre); upper, Needed(("g", -3.0) :: centre) ] ]

    let private fixedPoint =
        let rate, smoothness, target = Quantity.variable "alpha", Quantity.variable "L", Quantity.variable "target"
        let r = w / tau
        let q = Quantity.root "q" (one - square r)
        let still = -deviation * r / q
        let step noise = SymbolicRule.analogSgd linear rate w (gradient + noise)
        let drift = mean (step above) (step below) - w
        let moving = "0 < α", zero .< rate

        AlgebraicClaim.create
            "L3"
            (Source.derived "fixed point of the lower-bound instance")
            "derived"
            "the expected step vanishes, for every α, exactly where ∇f_d = −(σ/√D)·r/√(1−r²), r = w/τ; there ‖∇f‖² = σ²r²/(1−r²)"
            [ query
                  "L3-vanishes"
                  "L3: at that gradient the expected step of Analog SGD is 0."
                  (domain @ [ moving; given (gradient .= still) ])
                  (drift .= zero)
                  [ fst moving, Needed [ "tau", 1.0; "w", 0.6; "sigma", 1.0; "D", 1.0; "alpha", -1.0; "g", -0.75 ] ]
              query
                  "L3-only-there"
                  "L3: at every other gradient it is not."
                  (domain @ [ moving; given (drift .= zero) ])
                  (gradient .= still)
                  [ fst moving, Needed [ "tau", 1.0; "w", 0.5; "sigma", 1.0; "D", 1.0; "alpha", 0.0; "g", 5.0 ] ]
              query
                  "L3-floor"
                  "L3: the squared gradient there."
                  domain
                  (size * square still .= square sigma * square r / (one - square r))
                  []
              query
                  "L3-inverse"
                  "L3: the minimiser that puts the fixed point at w."
                  (domain @ [ positive smoothness; given (target .= r * tau + deviation / smoothness * r / q) ])
                  (smoothness * (w - target) .= still)
                  [] ]

    /// The claims of this file.
    let claims: ITheorem list = [ moments; absoluteMean; fixedPoint ]
