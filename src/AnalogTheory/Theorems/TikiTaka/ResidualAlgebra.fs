namespace AnalogTheory

/// <summary>Claim N3: the floor of residual learning as its rates go to 0, for every device of P.</summary>
/// <remarks>
/// As the rates go to 0 the spread of P goes to 0 and W stands still only where E P → 0, so what is left is the balance of P at P = 0:
/// ∇f = −ρ₀E|∇f + ε|, ρ₀ = G(0)/F(0) of P's device.
/// </remarks>
[<RequireQualifiedAccess>]
module ResidualAlgebra =

    let private up, private down = Quantity.variable "up", Quantity.variable "down"
    let private device = SymbolicDevice.any up down
    let private f, private g0 = device.Symmetric zero, device.Asymmetric zero

    let private sigma, private gradient, private rate =
        Quantity.variable "sigma", Quantity.variable "g", Quantity.variable "alpha"

    let private auxiliary g = SymbolicRule.residualLearning device one rate zero zero g |> snd
    let private e1, private e2, private chance = Quantity.variable "e1", Quantity.variable "e2", Quantity.variable "chance"
    let private mean (chance: Quantity) (a: Quantity) (b: Quantity) = chance * a + (one - chance) * b
    let private settled chance a b = mean chance (auxiliary (gradient + a)) (auxiliary (gradient + b)) .= zero

    let private ceiling =
        let chances = [ given (zero .<= chance); given (chance .<= one); positive rate ]
        let centred = "A3: E ε = 0", mean chance e1 e2 .= zero
        let small = "A3: E ε² ≤ σ²", mean chance (square e1) (square e2) .<= square sigma
        let still = "E P′ = P = 0", settled chance e1 e2
        let responses = "q₊, q₋ > 0", Proposition.And [ zero .< up; zero .< down ]
        let at values = Needed(values @ [ "alpha", 1.0; "chance", 0.5 ])

        AlgebraicClaim.create
            "N3-ceiling"
            (Source.derived "N3")
            "every device"
            "E P′ = P = 0 ⇒ ‖∇f‖² ≤ σ²ρ₀²/(1−ρ₀²), ρ₀ = G(0)/F(0) of P's device"
            [ query
                  "N3-ceiling"
                  "N3: where P stands still at 0, for noise with the values e1 and e2 and any responses q₊, q₋ > 0 at 0; (F² − G²)·∇f² ≤ G²σ²."
                  (chances @ [ responses; centred; small; still ])
                  (up * down * square gradient .<= square (g0 * sigma))
                  [ fst responses, Unneeded
                    fst centred, at [ "up", 1.0; "down", 1.0; "g", -1.0; "e1", 1.0; "e2", 1.0; "sigma", 1.0 ]
                    fst small, at [ "up", 3.0; "down", 1.0; "g", 1.0; "e1", 2.0; "e2", -2.0; "sigma", 1.0 ]
                    fst still, at [ "up", 1.0; "down", 1.0; "g", 1.0; "e1", 1.0; "e2", -1.0; "sigma", 1.0 ] ] ]

    let private attained =
        // ρ = G/F and r = √(1 − ρ²): ε = σ(1+ρ)/r with probability ½(1−ρ), else −σ(1−ρ)/r, whatever the state: all of A3.
        let rho = Quantity.named "rho" (g0 / f)
        let r = Quantity.root "r" (one - square rho)
        let chance = (one - rho) / 2.0
        let high, low = sigma * (one + rho) / r, -sigma * (one - rho) / r
        let domain = [ given (zero .< up); given (zero .< down); positive sigma; positive rate ]
        let balanced = "∇f = −σρ₀/√(1−ρ₀²)", gradient .= -sigma * rho / r

        AlgebraicClaim.create
            "N3-attained"
            (Source.derived "N3")
            "every device"
            "i.i.d. two-point noise, +σ√((1+ρ₀)/(1−ρ₀)) with probability ½(1−ρ₀): mean 0, variance σ², and P stands still at 0 with ‖∇f‖² = σ²ρ₀²/(1−ρ₀²)"
            [ query "N3-attained-mean" "N3: the noise has mean 0." domain (mean chance high low .= zero) []
              query "N3-attained-variance" "N3: its variance is σ²." domain (mean chance (square high) (square low) .= square sigma) []
              query
                  "N3-attained"
                  "N3: P stands still at 0."
                  (domain @ [ balanced ])
                  (settled chance high low)
                  [ fst balanced, Needed [ "up", 1.0; "down", 1.0; "g", 1.0; "sigma", 1.0; "alpha", 1.0 ] ]
              query
                  "N3-attained-value"
                  "N3: there ‖∇f‖² is the ceiling."
                  (domain @ [ balanced ])
                  (square gradient .= square (sigma * rho) / (one - square rho))
                  [ fst balanced, Needed [ "up", 1.0; "down", 1.0; "g", 1.0; "sigma", 1.0; "alpha", 1.0 ] ] ]

    /// The claims of this file.
    let claims: ITheorem list = [ ceiling; attained ]
