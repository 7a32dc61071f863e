namespace AnalogTheory

/// <summary>Claim N2 for one weight of any device: with ψ = ρE|ε − ψ|, the mean step is −αFκ(∂f + ψ), 1 − |ρ| ≤ κ ≤ 1 + |ρ|.</summary>
/// <remarks>
/// ∂f + ρE|∂f + ε| vanishes at ∂f = −ψ, and E|x + ε| changes by at most |x − y| from x to y; beyond E ε = 0 nothing else is
/// needed. Noise that does not depend on the weights makes ψ_d a function of w_d alone, hence ∂_d f + ψ_d a derivative of V = f + Σ_d ∫ψ_d.
/// </remarks>
[<RequireQualifiedAccess>]
module PotentialAlgebra =

    let private up, private down, private w = Quantity.variable "up", Quantity.variable "down", Quantity.variable "w"
    let private rate, private gradient = Quantity.variable "alpha", Quantity.variable "g"
    let private sigma, private psi = Quantity.variable "sigma", Quantity.variable "psi"
    let private e1, private e2, private chance = Quantity.variable "e1", Quantity.variable "e2", Quantity.variable "chance"
    let private device = SymbolicDevice.any up down
    let private symmetric = Quantity.named "F" (device.Symmetric w)
    let private asymmetric = Quantity.named "G" (device.Asymmetric w)
    let private rho = Quantity.named "rho" (asymmetric / symmetric)
    let private mean (a: Quantity) (b: Quantity) = chance * a + (one - chance) * b
    let private absolute (x: Quantity) = mean (abs (x + e1)) (abs (x + e2))
    let private bounded = "|G| < F", abs asymmetric .< symmetric
    let private balanced = "ψ = ρE|ε − ψ|", psi .= rho * absolute -psi
    let private probability = [ given (zero .<= chance); given (chance .<= one) ]
    let private flat = [ "w", 0.0; "alpha", 1.0; "chance", 0.5 ]

    // Mean step over −αF, and the slope of V: what κ compares.
    let private compared (pull: Quantity) (slope: Quantity) =
        Proposition.And [ (one - abs rho) * abs slope .<= abs pull; abs pull .<= (one + abs rho) * abs slope; zero .<= pull * slope ]

    let private twoPoint =
        let step noise = SymbolicRule.analogSgd device rate w (gradient + noise)
        let pull = (w - mean (step e1) (step e2)) / (rate * symmetric)
        let values g e1 e2 psi = [ "g", g; "e1", e1; "e2", e2; "psi", psi ]
        let centred = "A3′: E ε = 0", mean e1 e2 .= zero

        AlgebraicClaim.create
            "N2-two-point"
            (Source.derived "N2")
            "one weight, any two-point noise"
            "E ε = 0, |G| < F, ψ = ρE|ε − ψ|: the mean step is −αFκ(∂f + ψ) with 1 − |ρ| ≤ κ ≤ 1 + |ρ|"
            [ query
                  "N2-two-point"
                  "N2: the mean step of Analog SGD on any device, D = 1, noise with the values e1 and e2."
                  (positive rate :: probability @ [ centred; bounded; balanced ])
                  (compared pull (gradient + psi))
                  [ // ρ = 0: the mean step follows ∂f + E ε = 0, V does not.
                    fst centred, Needed(flat @ [ "up", 1.0; "down", 1.0 ] @ values 1.0 -1.0 -1.0 0.0)
                    // ρ = −2 and no noise: ψ = 0, but ∂f − 2|∂f| is below 0.
                    fst bounded, Needed(flat @ [ "up", 3.0; "down", -1.0 ] @ values 1.0 0.0 0.0 0.0)
                    fst balanced, Needed(flat @ [ "up", 1.0; "down", 1.0 ] @ values 1.0 0.0 0.0 3.0) ]
              query
                  "N2-rademacher"
                  "N2: for ε = ±s the solution is ψ = sρ, whatever ∂f."
                  [ given (zero .<= sigma); bounded ]
                  (let half = Quantity.Number 0.5 in
                   sigma * rho .= rho * (half * abs (sigma - sigma * rho) + half * abs (-sigma - sigma * rho)))
                  [ fst bounded, Needed [ "w", 0.0; "sigma", 1.0; "up", 3.0; "down", -1.0 ] ] ]

    let private anyNoise =
        // E|∂f + ε| and E|ε − ψ| for noise of any distribution.
        let here, still = Quantity.variable "here", Quantity.variable "still"
        let lipschitz = "|E|∂f + ε| − E|ε − ψ|| ≤ |∂f + ψ|", abs (here - still) .<= abs (gradient + psi)
        let jensen = "E|ε − ψ|² ≤ ψ² + σ²", square still .<= square psi + square sigma
        let balanced = "ψ = ρE|ε − ψ|", psi .= rho * still
        let tilted = [ "w", 0.0; "up", 0.5; "down", 1.5 ]

        AlgebraicClaim.create
            "N2-any-noise"
            (Source.derived "N2")
            "one weight, every noise"
            "every noise: the same κ; and at a critical point of V, where ∂f = −ψ, (∂f)² ≤ σ²ρ²/(1 − ρ²)"
            [ query
                  "N2-any-noise"
                  "N2: κ by the two mean absolute values, which is all of the noise that it knows."
                  [ bounded; lipschitz; balanced ]
                  (compared (gradient + rho * here) (gradient + psi))
                  [ fst bounded, Needed [ "w", 0.0; "up", 3.0; "down", -1.0; "g", 1.0; "here", 1.0; "still", 0.0; "psi", 0.0 ]
                    fst lipschitz, Needed(tilted @ [ "g", 0.0; "here", 2.0; "still", 0.0; "psi", 0.0 ])
                    fst balanced, Needed(tilted @ [ "g", 1.0; "here", 0.0; "still", 0.0; "psi", 3.0 ]) ]
              query
                  "N2-floor"
                  "N2: the floor at a critical point of V."
                  [ bounded; jensen; balanced ]
                  (square psi * (one - square rho) .<= square sigma * square rho)
                  [ fst bounded, Unneeded
                    fst jensen, Needed(tilted @ [ "sigma", 0.0; "still", 1.0; "psi", 0.5 ])
                    fst balanced, Needed(tilted @ [ "sigma", 1.0; "still", 1.0; "psi", 2.0 ]) ] ]

    /// The claims of this file.
    let claims: ITheorem list = [ twoPoint; anyNoise ]
