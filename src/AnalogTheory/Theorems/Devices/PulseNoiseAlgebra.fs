namespace AnalogTheory

/// <summary>Claim N9: trains of noisy pulses of one sign on the asymmetric linear device, and how close they come to the update that they stand for.</summary>
/// <remarks>
/// y = τ − s(w−w⋄) is the distance to the end that the pulses go to: a pulse scaled by 1 + σ_c·ξ multiplies it by 1 − λ(1 + σ_c·ξ), λ = Δw_min/τ.
/// `mean` and `square` stand for (1−λ)ⁿ and [(1−λ)² + λ²σ_c²]ⁿ.
/// </remarks>
[<RequireQualifiedAccess>]
module PulseNoiseAlgebra =

    let private tau, private wd, private w = Quantity.variable "tau", Quantity.variable "wd", Quantity.variable "w"
    let private dw, private s, private sc = Quantity.variable "dw", Quantity.variable "s", Quantity.variable "sc"
    let private linear = SymbolicDevice.asymmetricLinear tau wd
    let private ratio = dw / tau
    let private distance (w: Quantity) = tau - s * (w - wd)
    let private kept = square (one - ratio) + square (ratio * sc)
    let private xi1, private xi2, private chance = Quantity.variable "xi1", Quantity.variable "xi2", Quantity.variable "chance"
    let private noise (f: Quantity -> Quantity) = chance * f xi1 + (one - chance) * f xi2

    // A pulse of sign s from w, the whole step scaled; a noise that turns it round still acts through q_s.
    let private pulse w xi = w + (linear.Update w (s * dw) - w) * (one + sc * xi)

    let private centred = "E ξ = 0", noise id .= zero
    let private unit = "E ξ² = 1", noise square .= one
    let private domain = [ positive tau; positive dw; isSign s; given (zero .<= chance); given (chance .<= one) ]

    let private variance =
        let a, b, share = Quantity.variable "a", Quantity.variable "b", Quantity.variable "share"
        let law (f: Quantity -> Quantity) = share * f a + (one - share) * f b
        let meanPower, squarePower = Quantity.variable "meanPower", Quantity.variable "squarePower"
        let after (f: Quantity -> Quantity) = law (fun w -> noise (fun xi -> f (distance (pulse w xi))))

        let at values =
            Needed(
                values
                @ [ "tau", 1.0; "wd", 0.0; "w", 0.0; "dw", 0.5; "s", 1.0; "sc", 1.0; "chance", 0.5; "share", 0.5; "a", 0.0; "b", 0.0 ]
            )

        AlgebraicClaim.create
            "N9"
            (Source.derived "N9; pulse trains with multiplicative cycle noise")
            "exact, any n"
            "y = τ − s(w−w⋄): E y_n = (1−λ)ⁿy₀, E y_n² = [(1−λ)² + λ²σ_c²]ⁿy₀², hence Var w_n = y₀²{[(1−λ)² + λ²σ_c²]ⁿ − (1−λ)²ⁿ}"
            [ query
                  "N9-mean"
                  "N9: the mean, from n pulses to n + 1; the weight after n is a with probability share, else b (more atoms: by linearity), and no pulse is 1."
                  (domain @ [ given (law distance .= meanPower * distance w); centred ])
                  (after id .= meanPower * (one - ratio) * distance w)
                  [ fst centred, at [ "meanPower", 1.0; "xi1", 1.0; "xi2", 1.0 ] ]
              query
                  "N9-square"
                  "N9: the second moment, from n pulses to n + 1."
                  (domain @ [ given (law (distance >> square) .= squarePower * square (distance w)); centred; unit ])
                  (after square .= squarePower * kept * square (distance w))
                  [ fst centred, at [ "squarePower", 1.0; "xi1", 1.0; "xi2", 1.0 ]
                    fst unit, at [ "squarePower", 1.0; "xi1", 2.0; "xi2", -2.0 ] ] ]

    let private rate =
        let n, meanSquare, squarePower = Quantity.variable "n", Quantity.variable "meanSquare", Quantity.variable "squarePower"
        let below = square (one - ratio)
        let settles = "(1−λ)² + λ²σ_c² ≤ 1", kept .<= one
        // In units of y₀ and τ from here: λ, |Δ|/τ, 1 − (1−λ)ⁿ and the variance.
        let lam, delta, moved, spread =
            Quantity.variable "lambda", Quantity.variable "delta", Quantity.variable "moved", Quantity.variable "spread"

        let rounding = "n = ⌈|Δ|/Δw_min⌉"

        AlgebraicClaim.create
            "N9-rate"
            (Source.derived "N9; sequel Theorem 4 with constants")
            "explicit constants"
            "n = ⌈|Δ|/Δw_min⌉ pulses, (1−λ)² + λ²σ_c² ≤ 1: E(w_n − U(w,Δ))² ≤ (y₀/τ)²[max(Δw_min, |Δ|(|Δ|+Δw_min)/2τ)² + σ_c²Δw_min(|Δ|+Δw_min)]"
            [ query
                  "N9-spread"
                  "N9: the variance grows by at most λ²σ_c² a pulse; from n pulses to n + 1, meanSquare is (1−λ)²ⁿ."
                  [ positive tau
                    positive dw
                    given (zero .<= n)
                    given (zero .<= meanSquare)
                    given (meanSquare .<= one)
                    given (squarePower - meanSquare .<= n * (kept - below))
                    settles ]
                  (kept * squarePower - below * meanSquare .<= (n + 1.0) * (kept - below))
                  [ fst settles, Needed [ "tau", 1.0; "dw", 1.0; "sc", 2.0; "n", 1.0; "meanSquare", 0.0; "squarePower", 4.0 ] ]
              query
                  "N9-error"
                  "N9: mean square error of a train against the update, in units of (y₀, τ); D5 bounds moved = 1 − (1−λ)ⁿ, N9-spread the variance."
                  [ given (zero .< lam)
                    given (zero .<= delta)
                    given (moved .<= n * lam)
                    given (n * lam - n * (n - 1.0) / 2.0 * square lam .<= moved)
                    given (zero .<= spread)
                    given (spread .<= n * square (lam * sc))
                    given (one .<= n)
                    rounding, delta .<= n * lam
                    rounding, n * lam .< delta + lam ]
                  (square (moved - delta) + spread
                   .<= square (Quantity.larger lam (delta * (delta + lam) / 2.0)) + square sc * lam * (delta + lam))
                  [ rounding, Needed [ "lambda", 0.5; "delta", 0.0; "n", 2.0; "moved", 0.75; "spread", 0.0; "sc", 0.0 ] ] ]

    /// The claims of this file.
    let claims: ITheorem list = [ variance; rate ]
