namespace AnalogTheory

/// <summary>Claim N7: where the hypothesis of RIDER's Theorem 3.7 can hold at all.</summary>
/// <remarks>
/// RIDER (arXiv 2602.21321) asks of every W and d that E|∂_d f(W;ξ)| ≥ (4√2σ/μ)(q_max/q_min)^{3/2}. At W* that is a bound on first absolute moments of a noise
/// whose second moments add up to σ². `response` stands for (q_max/q_min)^{3/2}.
/// </remarks>
[<RequireQualifiedAccess>]
module RiderAlgebra =

    let private mu, private sigma, private size = Quantity.variable "mu", Quantity.variable "sigma", Quantity.variable "D"
    let private response, private least = Quantity.variable "response", Quantity.variable "least"
    let private rootTwo = Quantity.root "rootTwo" (Quantity.Number 2.0)
    let private rootD = Quantity.root "rootD" size
    let private threshold (mu: Quantity) (sigma: Quantity) = 4.0 * rootTwo * sigma / mu * response
    let private domain = [ positive sigma; positive mu; positive response ]

    let private vacuity =
        let e1, e2, chance = Quantity.variable "e1", Quantity.variable "e2", Quantity.variable "chance"
        let mean (a: Quantity) (b: Quantity) = chance * a + (one - chance) * b
        let sum, next = Quantity.variable "sum", Quantity.variable "next"
        let asked = "E|∂_d f| ≥ (4√2σ/μ)(q_max/q_min)^{3/2}", threshold mu sigma .<= least
        let bounded = "E‖ε‖² ≤ σ²", size * square least .<= square sigma
        let at values = Needed(values @ [ "sigma", 1.0; "D", 1.0; "response", 1.0; "rootTwo", sqrt 2.0 ])

        AlgebraicClaim.create
            "N7"
            (Source.derived "N7; RIDER (arXiv 2602.21321) Theorem 3.7, its hypothesis at W*")
            "where it can hold"
            "E‖ε‖² ≤ σ² and E|∂_d f(W*;ξ)| ≥ (4√2σ/μ)(q_max/q_min)^{3/2} for every d ⇒ μ ≥ 4√2·√D·(q_max/q_min)^{3/2}"
            [ query
                  "N7-jensen"
                  "N7: (E|ε_d|)² ≤ E ε_d², for noise with the values e1 and e2 (more: by convexity)."
                  [ given (zero .<= chance); given (chance .<= one) ]
                  (square (mean (abs e1) (abs e2)) .<= mean (square e1) (square e2))
                  []
              query
                  "N7-sum"
                  "N7: coordinates add up; sum is Σ E ε_d² over D of them, next that of one more, each at least least²."
                  [ given (size * square least .<= sum); given (square least .<= next) ]
                  ((size + 1.0) * square least .<= sum + next)
                  []
              query
                  "N7-vacuous"
                  "N7: least is the smallest E|∂_d f(W*;ξ)|."
                  (domain @ [ given (one .<= size); given (zero .<= least); asked; bounded ])
                  (4.0 * rootTwo * rootD * response .<= mu)
                  [ fst asked, at [ "mu", 1.0; "least", 0.0 ]; fst bounded, at [ "mu", 1.0; "least", 6.0 ] ] ]

    let private unitOfLoss =
        let kappa, rate, tau, w =
            Quantity.variable "kappa", Quantity.variable "alpha", Quantity.variable "tau", Quantity.variable "w"

        let gradient = Quantity.variable "g"
        let linear = SymbolicDevice.asymmetricLinear tau zero
        let limit = threshold mu sigma / least
        let holds (kappa: Quantity) = threshold (kappa * mu) (kappa * sigma) .<= kappa * least
        let large, small = ("κ ≥ κ₀", limit .<= kappa), ("κ < κ₀", kappa .< limit)

        let at kappa =
            Needed [ "mu", 1.0; "sigma", 1.0; "response", 1.0; "least", 1.0; "kappa", kappa; "rootTwo", sqrt 2.0 ]

        let positives = domain @ [ given (zero .< least); given (zero .< kappa) ]

        AlgebraicClaim.create
            "N7-unit"
            (Source.derived "N7; RIDER (arXiv 2602.21321) Theorem 3.7 under f → κf")
            "unit of the loss"
            "f → κf: the hypothesis of Theorem 3.7 holds exactly for κ ≥ κ₀ = 4√2σ(q_max/q_min)^{3/2}/(μ·min E|∂_d f|), while with rates α/κ every iterate is the same"
            [ query
                  "N7-unit-holds"
                  "N7: E|∂_d f|, σ and μ scale by κ; σ/μ does not."
                  (positives @ [ large ])
                  (holds kappa)
                  [ fst large, at 0.5 ]
              query
                  "N7-unit-fails"
                  "N7: below κ₀ the hypothesis fails."
                  (positives @ [ small ])
                  (Proposition.Not(holds kappa))
                  [ fst small, at 8.0 ]
              query
                  "N7-unit-same"
                  "N7: the engine's step with κg and α/κ is the step with g and α; auxiliary arrays likewise."
                  [ positive tau; positive rate; given (zero .< kappa) ]
                  (SymbolicRule.analogSgd linear (rate / kappa) w (kappa * gradient)
                   .= SymbolicRule.analogSgd linear rate w gradient)
                  [] ]

    /// The claims of this file.
    let claims: ITheorem list = [ vacuity; unitOfLoss ]
