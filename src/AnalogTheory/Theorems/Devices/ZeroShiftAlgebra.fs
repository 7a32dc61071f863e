namespace AnalogTheory

/// <summary>Claim N6: what zero-shifting with independent signs costs, exactly on the asymmetric linear device and bounded on every device.</summary>
/// <remarks>λ = Δw_min/τ, q = (1−λ)², v = Δw_min·τ/(2−λ), x₀ = w₀ − w⋄; `power` is qᴺ. D8 has the law of one pulse.</remarks>
[<RequireQualifiedAccess>]
module ZeroShiftAlgebra =

    let private tau, private wd, private dw = Quantity.variable "tau", Quantity.variable "wd", Quantity.variable "dw"
    let private x0, private n, private power = Quantity.variable "x0", Quantity.variable "n", Quantity.variable "power"
    let private half = Quantity.Number 0.5
    let private linear = SymbolicDevice.asymmetricLinear tau wd
    let private ratio = dw / tau
    let private q = square (one - ratio)
    let private v = dw * tau / (2.0 - ratio)
    let private domain = [ positive tau; positive dw ]
    let private granular = "Δw_min < 2τ", dw .< 2.0 * tau

    // τ²·Σ_{n<N} E G².
    let private total (n: Quantity) (power: Quantity) = (square x0 - v) * (one - power) / (one - q) + n * v

    let private exactly =
        let a, b, share, sum = Quantity.variable "a", Quantity.variable "b", Quantity.variable "share", Quantity.variable "sum"
        let law (f: Quantity -> Quantity) = share * f a + (one - share) * f b
        let fair w f = half * f (linear.Update w dw) + half * f (linear.Update w (-dw))
        let second w = square (w - wd)
        let scaled w = square tau * square (linear.Asymmetric w)
        let isLaw = given (law second - v .= power * (square x0 - v))

        AlgebraicClaim.create
            "N6"
            (Source.derived "N6; RIDER (arXiv 2602.21321) Theorem 2.2 with its constants")
            "exact, any N"
            "avg_{n<N} E G² = [(x₀²−v)(1−qᴺ)/(N(1−q)) + v]/τ², q = (1−λ)², v = Δw_min·τ/(2−λ), λ = Δw_min/τ; E G(w_N)² = [v + qᴺ(x₀²−v)]/τ²"
            [ query "N6-base" "N6: before the first pulse." (domain @ [ given (dw .< 2.0 * tau) ]) (scaled (wd + x0) .= total one q) []
              query
                  "N6-last"
                  "N6: the second moment about w⋄, from n pulses to n + 1; the weight after n is a with probability share, else b (more atoms: by linearity)."
                  (domain @ [ given (dw .< 2.0 * tau); isLaw ])
                  (share * fair a second + (one - share) * fair b second - v .= q * power * (square x0 - v))
                  []
              query
                  "N6-step"
                  "N6: the sum over n < N and the pulse that follows are the sum over n < N + 1."
                  (domain @ [ given (dw .< 2.0 * tau); isLaw; given (sum .= total n power) ])
                  (sum + law scaled .= total (n + 1.0) (q * power))
                  [] ]

    let private rate =
        AlgebraicClaim.create
            "N6-rate"
            (Source.derived "N6; RIDER (arXiv 2602.21321) Theorem 2.2 with its constants")
            "explicit constants"
            "Δw_min < 2τ: avg_{n<N} E G² ≤ (x₀²/N + Δw_min²)/(Δw_min·τ(2−λ))"
            [ query
                  "N6-rate"
                  "N6: the average from the exact sum."
                  (domain @ [ given (zero .<= power); given (power .<= one); given (one .<= n); granular ])
                  (total n power / (n * square tau) .<= (square x0 / n + square dw) / (dw * tau * (2.0 - ratio)))
                  [ fst granular, Needed [ "tau", 1.0; "dw", 3.0; "n", 1.0; "power", 1.0; "x0", 1.0 ] ] ]

    // Any device: a potential with Φ′ = G, and G Lipschitz.
    let private anyDevice =
        let up, down = Quantity.variable "up", Quantity.variable "down"
        let device = SymbolicDevice.any up down
        let w, slope = Quantity.variable "w", Quantity.variable "slope"

        let start, higher, lower, largest =
            Quantity.variable "phi", Quantity.variable "phiUp", Quantity.variable "phiDown", Quantity.variable "largest"

        let g = device.Asymmetric w
        let smooth = "|G′| ≤ ℓ"

        let upperBound increment =
            let change = device.Update w increment - w
            start + g * change + slope / 2.0 * square change

        let responses = "F² + G² ≤ M²", square (device.Symmetric w) + square g .<= largest
        let sum, average, least = Quantity.variable "sum", Quantity.variable "average", Quantity.variable "least"

        AlgebraicClaim.create
            "N6-any"
            (Source.derived "N6 for every device; RIDER (arXiv 2602.21321) Theorem 2.2")
            "every device"
            "Φ′ = G, |G′| ≤ ℓ, F² + G² ≤ M²: avg_{n<N} E G² ≤ (Φ(w₀) − min Φ)/(NΔw_min) + (ℓ/2)M²Δw_min"
            [ query
                  "N6-any-pulse"
                  "N6 for any responses: Φ after a pulse of fair sign; phiUp and phiDown are Φ after a pulse up and down."
                  [ positive dw; given (zero .<= slope); smooth, higher .<= upperBound dw; smooth, lower .<= upperBound (-dw); responses ]
                  (half * higher + half * lower .<= start - dw * square g + slope / 2.0 * square dw * largest)
                  [ smooth,
                    Needed
                        [ "dw", 1.0
                          "slope", 0.0
                          "up", 1.0
                          "down", 1.0
                          "w", 0.0
                          "phi", 0.0
                          "phiUp", 1.0
                          "phiDown", 1.0
                          "largest", 1.0 ]
                    fst responses,
                    Needed
                        [ "dw", 1.0
                          "slope", 1.0
                          "up", 1.0
                          "down", 1.0
                          "w", 0.0
                          "phi", 0.0
                          "phiUp", 0.5
                          "phiDown", 0.5
                          "largest", 0.0 ] ]
              query
                  "N6-any-sum"
                  "N6 for any responses: N pulses; sum is Σ E G², and what Φ lost in mean is at least Δw_min·sum − N(ℓ/2)M²Δw_min²."
                  [ positive dw
                    given (one .<= n)
                    given (average .= sum / n)
                    given (dw * sum - n * slope / 2.0 * square dw * largest .<= start - least) ]
                  (average .<= (start - least) / (n * dw) + slope / 2.0 * largest * dw)
                  [] ]

    // Cycles of one pulse up and one down on the asymmetric linear device; the first direction is fair.
    let private cyclic =
        let limit = Quantity.variable "delta"
        // r = (1−λ)^{2N}: N cycles are 2N pulses.
        let r = Quantity.variable "r"
        let reach = dw / (2.0 - ratio)
        let s = Quantity.variable "s"
        let x = Quantity.variable "x"
        let enough = "N ≥ (τ/4Δw_min)·log(2x₀²/δ)", 2.0 * square (r * x0) .<= limit
        let coarse = "2Δw_min² ≤ (2−λ)²δ", 2.0 * square reach .<= limit
        let closed (power: Quantity) = power * x0 - s * (one - power) * reach

        AlgebraicClaim.create
            "N6-cyclic"
            (Source.derived "N6; RIDER (arXiv 2602.21321) Theorem C.4, N counted in cycles")
            "cycles, exact"
            "asymmetric linear device, cycles of ±Δw_min with fair first sign: E(w_N−w⋄)² = r²x₀² + (1−r)²(Δw_min/(2−λ))², r = (1−λ)^{2N}; at most δ for N ≥ (τ/4Δw_min)·log(2x₀²/δ) cycles while 2Δw_min² ≤ (2−λ)²δ"
            [ query
                  "N6-cycle"
                  "N6: one cycle more, the first pulse of sign s; x is the distance to w⋄ after some cycles, r its power."
                  (domain @ [ given (dw .< 2.0 * tau); isSign s; given (x .= closed r) ])
                  (linear.Update (linear.Update (wd + x) (s * dw)) (-s * dw) - wd .= closed (q * r))
                  []
              query
                  "N6-cycles"
                  "N6: both first signs; from the two closed forms to δ."
                  (domain @ [ given (dw .< 2.0 * tau); given (zero .<= r); given (r .<= one); isSign s; enough; coarse ])
                  (half * square (closed r) + half * square (r * x0 + s * (one - r) * reach) .<= limit)
                  [ fst enough, Needed [ "tau", 1.0; "dw", 0.25; "r", 1.0; "x0", 1.0; "s", 1.0; "delta", 0.5 ]
                    fst coarse, Needed [ "tau", 1.0; "dw", 1.0; "r", 0.0; "x0", 0.0; "s", 1.0; "delta", 0.0 ] ] ]

    /// The claims of this file.
    let claims: ITheorem list = [ exactly; rate; anyDevice; cyclic ]
