namespace AnalogTheory

/// Claim N8: one step of Analog SGD whose update is sent as pulses, rounded at random, α|g| ≤ Δw_min: one pulse with probability α|g|/Δw_min.
[<RequireQualifiedAccess>]
module PulseFloorAlgebra =

    let private dw, private rate, private w = Quantity.variable "dw", Quantity.variable "alpha", Quantity.variable "w"
    let private minimizer, private smoothness = Quantity.variable "wstar", Quantity.variable "L"
    let private e1, private e2, private chance = Quantity.variable "e1", Quantity.variable "e2", Quantity.variable "chance"
    let private mean (f: Quantity -> Quantity) = chance * f e1 + (one - chance) * f e2
    let private isChance = [ given (zero .<= chance); given (chance .<= one) ]
    let private centred = "A3′: E ε = 0", mean id .= zero

    // E of a function of the next weight, over rounding: a pulse against the sign of g with probability α|g|/Δw_min.
    let private rounded (device: SymbolicDevice) (f: Quantity -> Quantity) (g: Quantity) =
        let fires = rate * abs g / dw
        fires * f (device.Update w (-(Quantity.sign g) * dw)) + (one - fires) * f w

    let private identity =
        let gradient = smoothness * (w - minimizer)
        let second w = square (w - minimizer)
        let next = mean (fun e -> rounded SymbolicDevice.ideal second (gradient + e))
        let absolute = mean (fun e -> abs (gradient + e))

        let gap, norm, kept, meanAbsolute =
            Quantity.variable "gap", Quantity.variable "norm", Quantity.variable "kept", Quantity.variable "meanAbs"

        let stationary = "stationary", kept .= gap

        AlgebraicClaim.create
            "N8"
            (Source.derived "N8")
            "exact, any α"
            "ideal device, stochastic rounding, α|g| ≤ Δw_min, f = (L/2)(w−w*)²: stationary E‖∇f‖² = (L/2)Δw_min·E|g|, exactly and whatever α"
            [ query
                  "N8-step"
                  "N8: the second moment about w* after one step, for noise with the values e1 and e2."
                  (isChance @ [ positive dw; positive rate; positive smoothness; centred ])
                  (next .= second w - 2.0 * rate / smoothness * square gradient + rate * dw * absolute)
                  [ fst centred, Needed [ "dw", 1.0; "alpha", 0.5; "L", 1.0; "w", 1.0; "wstar", 0.0; "e1", 1.0; "e2", 1.0; "chance", 0.5 ] ]
              query
                  "N8-balance"
                  "N8: means over the stationary law; gap is E(w−w*)², kept the same after a step, norm E‖∇f‖², meanAbs E|g|."
                  [ positive dw
                    positive rate
                    positive smoothness
                    given (kept .= gap - 2.0 * rate / smoothness * norm + rate * dw * meanAbsolute)
                    stationary ]
                  (norm .= smoothness / 2.0 * dw * meanAbsolute)
                  [ fst stationary, Needed [ "dw", 1.0; "alpha", 0.5; "L", 1.0; "gap", 1.0; "kept", 0.0; "norm", 1.0; "meanAbs", 0.0 ] ] ]

    // Rounding between whole numbers of pulses, whatever α|g|/Δw_min: t = α|g|/Δw_min = whole + part.
    let private anyRate =
        let whole, part, x, sign = Quantity.variable "whole", Quantity.variable "part", Quantity.variable "x", Quantity.variable "s"
        let t = whole + part
        let from count = square (x - sign * count * dw)

        AlgebraicClaim.create
            "N8-any-rate"
            (Source.derived "N8 beyond α|g| ≤ Δw_min")
            "exact, every step size"
            "stochastic rounding, t = α|g|/Δw_min: E x′² = x² − 2αxg + α²g² + Δw_min²{t}(1−{t}), hence stationary E‖∇f‖² = (L/2)(αE g² + (Δw_min²/α)E{t}(1−{t})) on (L/2)x²"
            [ query
                  "N8-any-rate"
                  "N8: one step from x = w − w*; s is the sign of g, sα|g| = s·t·Δw_min."
                  [ positive dw; isSign sign; given (zero .<= part); given (part .<= one) ]
                  (part * from (whole + one) + (one - part) * from whole
                   .= square x - 2.0 * sign * t * dw * x + square (t * dw) + square dw * part * (one - part))
                  [] ]

    // The descent of S2 where the update is sent as single pulses: what the pulses add is (L/2)αΔw_min·E|g|q².
    let private descent =
        let tau, sigma, e = Quantity.variable "tau", Quantity.variable "sigma", Quantity.variable "e"
        let gradient = Quantity.variable "g"
        let device = SymbolicDevice.asymmetricLinear tau zero
        let after f = 0.5 * rounded device f (gradient + e) + 0.5 * rounded device f (gradient - e)
        let response g = one + Quantity.sign g * w / tau
        let sent g = abs g * square (response g)
        let a = square (w / tau)
        let small = "A3′: E ε² ≤ σ²", square e .<= square sigma
        let rates = [ positive tau; positive dw; positive rate ]

        let f0, f1, cross, change =
            Quantity.variable "f0", Quantity.variable "f1", Quantity.variable "cross", Quantity.variable "change"

        let smooth = "A1", f1 .<= f0 + cross + smoothness / 2.0 * change
        let bound = Quantity.variable "bound"

        AlgebraicClaim.create
            "N8-descent"
            (Source.derived "N8 with S2")
            "asymmetric linear device"
            "stochastic rounding, α|g| ≤ Δw_min: E f(W′) ≤ f − (α/2)(1−a)‖∇f‖² + (α/2)aσ² + (L/2)αΔw_min·E|g|q_s²; no term αLσ², so the floor of pulses does not fall with α"
            [ query
                  "N8-drift"
                  "N8: ∂f·E ΔW for noise ±e, through the asymmetric linear device."
                  (rates @ [ small ])
                  (gradient * (after id - w) .<= rate / 2.0 * a * square sigma - rate / 2.0 * (one - a) * square gradient)
                  [ fst small, Needed [ "tau", 1.0; "dw", 1.0; "alpha", 0.25; "w", 0.5; "g", -1.0; "e", 2.0; "sigma", 0.0 ] ]
              query
                  "N8-square"
                  "N8: E ΔW² = αΔw_min·E|g|q_s²."
                  rates
                  (after (fun next -> square (next - w)) .= rate * dw * (0.5 * sent (gradient + e) + 0.5 * sent (gradient - e)))
                  []
              query
                  "N8-descent"
                  "N8: with A1 the two are the descent; cross is Σ∂f·E ΔW, at most bound, and change is E‖ΔW‖²."
                  [ positive smoothness; given (cross .<= bound); smooth ]
                  (f1 .<= f0 + bound + smoothness / 2.0 * change)
                  [ fst smooth, Needed [ "L", 1.0; "f0", 0.0; "f1", 1.0; "cross", 0.0; "bound", 0.0; "change", 0.0 ] ] ]

    /// The claims of this file.
    let claims: ITheorem list = [ identity; anyRate; descent ]
