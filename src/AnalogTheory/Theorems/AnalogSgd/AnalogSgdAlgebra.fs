namespace AnalogTheory

/// <summary>Claims S1, S2, S4 and S8 for one step of Analog SGD on one weight, w⋄ = 0.</summary>
/// <remarks>
/// Noise has two values; L-smoothness enters as f(W') ≤ f(W) + f'(W)ΔW + (L/2)ΔW². S2 for any noise and D follows by the same algebra per
/// coordinate; what a solver settles here is the case that is written down.
/// </remarks>
[<RequireQualifiedAccess>]
module AnalogSgdAlgebra =

    let private tau, private w, private rate = Quantity.variable "tau", Quantity.variable "w", Quantity.variable "alpha"
    let private gradient, private smoothness = Quantity.variable "g", Quantity.variable "L"
    let private e1, private e2, private sigma = Quantity.variable "e1", Quantity.variable "e2", Quantity.variable "sigma"
    let private f0, private f1, private f2 = Quantity.variable "f0", Quantity.variable "f1", Quantity.variable "f2"
    let private linear = SymbolicDevice.asymmetricLinear tau zero
    let private step noise = SymbolicRule.analogSgd linear rate w (gradient + noise)
    let private saturation = square (w / tau)
    let private inRange = "A4", abs w .<= tau

    /// A1 between W and W'.
    let private smooth before after next = "A1", after .<= before + gradient * (next - w) + smoothness / 2.0 * square (next - w)

    let private drift =
        let chance = Quantity.variable "chance"
        let mean (a: Quantity) (b: Quantity) = chance * a + (one - chance) * b
        let critical, centred = ("∇f(W) = 0", gradient .= zero), ("A3′", mean e1 e2 .= zero)
        let start = [ "tau", 1.0; "alpha", 1.0; "w", 0.0; "chance", 0.5 ]

        AlgebraicClaim.create
            "S1-two-point"
            (Source.paper "eq. 11")
            "printed"
            "∇f(W) = 0: E[W'−W] = −(α/τ)E|ε|·W"
            [ query
                  "S1"
                  "S1: the drift at a critical point, for noise with the values e1 and e2."
                  [ positive tau; positive rate; given (zero .<= chance); given (chance .<= one); critical; centred ]
                  (mean (step e1) (step e2) - w .= -rate / tau * mean (abs e1) (abs e2) * w)
                  [ fst critical, Needed(start @ [ "g", 1.0; "e1", 1.0; "e2", -1.0 ])
                    fst centred, Needed(start @ [ "g", 0.0; "e1", 1.0; "e2", 1.0 ]) ] ]

    let private descent =
        let first, second = Quantity.named "w1" (step e1), Quantity.named "w2" (step e2)
        let half = Quantity.Number 0.5
        let centred, spread = "A3′: E ε = 0", "A3′: E ε² ≤ σ²"
        let small = "α ≤ 1/(2L)", 2.0 * smoothness * rate .<= one

        let bound =
            f0 - rate / 2.0 * (one - saturation) * square gradient
            + rate / 2.0 * saturation * square sigma
            + smoothness * square rate * square sigma

        let at g e1 e2 sigma alpha f1 f2 =
            Needed
                [ "tau", 1.0
                  "w", 0.0
                  "L", 1.0
                  "f0", 0.0
                  "g", g
                  "e1", e1
                  "e2", e2
                  "sigma", sigma
                  "alpha", alpha
                  "f1", f1
                  "f2", f2 ]

        AlgebraicClaim.create
            "S2-two-point"
            (Source.derived "v1 eqs. 59–64 with tightened constants")
            "derived"
            "α ≤ 1/(2L): E f(W') ≤ f(W) − (α/2)(1−a)‖∇f‖² + (α/2)aσ² + Lα²σ²  (D = 1, ε = ±e)"
            [ query
                  "S2"
                  "S2: descent of one step of Analog SGD, D = 1, noise e1 or e2 with probability 1/2 each."
                  [ positive tau
                    positive rate
                    positive smoothness
                    given (zero .<= sigma)
                    smooth f0 f1 first
                    smooth f0 f2 second
                    centred, e1 + e2 .= zero
                    spread, half * (square e1 + square e2) .<= square sigma
                    inRange
                    small ]
                  (half * (f1 + f2) .<= bound)
                  [ "A1", at 0.0 0.0 0.0 0.0 0.5 1.0 1.0
                    centred, at 1.0 -1.0 -1.0 1.0 0.25 0.0 0.0
                    spread, at 0.0 1.0 -1.0 0.0 0.5 0.125 0.125
                    fst inRange, Unneeded
                    fst small, at 1.0 0.0 0.0 0.0 2.0 0.0 0.0 ] ]

    let private noiseless =
        let next = Quantity.named "w1" (step zero)
        let small = "α ≤ 1/L", smoothness * rate .<= one
        let at alpha f1 = Needed [ "tau", 1.0; "w", 0.0; "L", 1.0; "g", 1.0; "f0", 0.0; "alpha", alpha; "f1", f1 ]

        AlgebraicClaim.create
            "S4-step"
            (Source.paper "Theorem 9, one step")
            "derived"
            "Analog GD, α ≤ 1/L: f(W') ≤ f(W) − (α/2)(1−a)‖∇f‖²  (D = 1)"
            [ query
                  "S4-step"
                  "S4: descent of one step of Analog GD, D = 1; summed over k it is Theorem 9."
                  [ positive tau; positive rate; positive smoothness; smooth f0 f1 next; inRange; small ]
                  (f1 .<= f0 - rate / 2.0 * (one - saturation) * square gradient)
                  [ "A1", at 0.5 1.0; fst inRange, Unneeded; fst small, at 2.0 0.0 ] ]

    let private boundedSaturation =
        let target, largest = Quantity.variable "target", Quantity.variable "M"
        let next = Quantity.named "w1" (step zero)
        let between = Proposition.And [ Quantity.smaller w target .<= next; next .<= Quantity.larger w target ]

        let convex =
            [ "convex, A1", zero .<= gradient * (w - target); "convex, A1", abs gradient .<= smoothness * abs (w - target) ]

        let domain = [ positive tau; positive rate; positive smoothness ]
        let attainable = "|w*| ≤ τ", abs target .<= tau
        let small = "α ≤ 1/(2L)", 2.0 * smoothness * rate .<= one
        let within, bounded = "|w|, |w*| ≤ M", ("M ≤ τ", largest .<= tau)
        let sharp = "α ≤ 1/(L(1+M/τ))", rate * smoothness * (one + largest / tau) .<= one
        let at w target g alpha = [ "tau", 1.0; "L", 1.0; "w", w; "target", target; "g", g; "alpha", alpha ]

        AlgebraicClaim.create
            "S8-step"
            (Source.paper "Theorem 6, one step")
            "derived"
            "D = 1, convex, |w|, |w*| ≤ τ, α ≤ 1/(2L), or α ≤ 1/(L(1+M/τ)): w' lies between w and w*"
            [ query
                  "S8-step"
                  "S8: one noiseless step stays between w and the minimiser, so inside the range, where the next one starts."
                  (domain @ [ inRange; attainable; yield! convex; small ])
                  (Proposition.And [ between; abs next .<= tau ])
                  [ fst inRange, Needed(at 3.0 0.0 3.0 0.5)
                    fst attainable, Needed(at 0.0 3.0 -3.0 0.5)
                    "convex, A1", Needed(at 0.5 0.0 -1.0 0.5)
                    fst small, Needed(at 0.5 0.0 0.5 2.0) ]
              query
                  "S8-sharp"
                  "S8: the same with the sharp rate; M bounds both moduli."
                  (domain @ [ within, abs w .<= largest; within, abs target .<= largest; bounded; yield! convex; sharp ])
                  between
                  [ within, Needed(("M", 0.0) :: at 3.0 0.0 3.0 1.0)
                    fst bounded, Needed(("M", 3.0) :: at 1.5 3.0 -1.5 0.25)
                    "convex, A1", Needed(("M", 1.0) :: at 0.5 0.0 -1.0 0.5)
                    fst sharp, Needed(("M", 1.0) :: at 1.0 0.0 1.0 1.0) ] ]

    /// The claims of this file.
    let claims: ITheorem list = [ drift; descent; noiseless; boundedSaturation ]
