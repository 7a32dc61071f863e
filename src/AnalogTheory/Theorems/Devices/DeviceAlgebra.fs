namespace AnalogTheory

/// <summary>Claims D1, D2, D3, D6 and D9: one or two updates of one weight.</summary>
/// <remarks>
/// Departures: D3 as printed takes the sign of w, which is the claim at w⋄ = 0 only; the sharpness of D2 is ours. D2 is proved over the reals; the
/// engine's doubles can pass τ by up to 3 units in its last place.
/// </remarks>
[<RequireQualifiedAccess>]
module DeviceAlgebra =

    let private tau, private wd = Quantity.variable "tau", Quantity.variable "wd"
    let private w, private d = Quantity.variable "w", Quantity.variable "d"
    let private a, private b = Quantity.variable "a", Quantity.variable "b"
    let private linear = SymbolicDevice.asymmetricLinear tau wd
    let private any = SymbolicDevice.any (Quantity.variable "up") (Quantity.variable "down")

    let private decomposition =
        let agree (device: SymbolicDevice) = device.Update w d .= device.UpdateByCases w d
        let c, upper, lower = Quantity.variable "c", Quantity.variable "upper", Quantity.variable "lower"

        let general, step = SymbolicDevice.genericLinear tau c, SymbolicDevice.linearStep upper lower wd

        let components suffix (device: SymbolicDevice) domain f g =
            query
                $"D1-components-{suffix}"
                $"D1: F and G of the {device.Name} device, as the text gives them."
                domain
                (Proposition.And [ device.Symmetric w .= f; device.Asymmetric w .= g ])
                []

        let query suffix (device: SymbolicDevice) domain =
            query $"D1-{suffix}" $"D1: both forms of U agree, for the {device.Name} device." domain (agree device) []

        AlgebraicClaim.create
            "D1"
            (Source.paper "eqs. 6 and 7")
            "printed"
            "w + Δ·q±(w) by the sign of Δ equals w + Δ·F(w) − |Δ|·G(w), for every device; F and G of the linear ones"
            [ { query "any" any [] with
                  Comment = "D1: both forms of U agree for any responses up and down at w, hence for every device; F and G are as defined."
                  Goal = Proposition.And [ agree any; any.Update w d .= w + d * any.Symmetric w - abs d * any.Asymmetric w ] }
              query "ideal" SymbolicDevice.ideal []
              query "asymmetric-linear" linear [ positive tau ]
              query "generic-linear" general [ positive tau; given (abs c .< one) ]
              query "linear-step" step [ positive upper; given (lower .< zero) ]
              components "ideal" SymbolicDevice.ideal [] one zero
              components "asymmetric-linear" linear [ positive tau ] one ((w - wd) / tau)
              components "generic-linear" general [ positive tau; given (abs c .< one) ] (one - c * w / tau) (w / tau - c)
              components
                  "linear-step"
                  step
                  [ positive upper; given (lower .< zero) ]
                  (one - (w - wd) / 2.0 * (one / upper + one / lower))
                  ((w - wd) / 2.0 * (one / upper - one / lower)) ]

    let private next = linear.Update w d
    let private inRange = "|w−w⋄| ≤ τ", abs (w - wd) .<= tau

    let private boundedWeight =
        AlgebraicClaim.create
            "D2"
            (Source.paper "Theorem 1")
            "printed"
            "asymmetric linear device: |w−w⋄| ≤ τ and |Δ| ≤ τ imply |U(w,Δ)−w⋄| ≤ τ, over the reals (in doubles up to 3 ulp of τ more)"
            [ query
                  "D2"
                  "D2, Theorem 1: the weight stays in the dynamic range."
                  [ positive tau; inRange; "|Δ| ≤ τ", abs d .<= tau ]
                  (abs (next - wd) .<= tau)
                  [ "|w−w⋄| ≤ τ", Needed [ "tau", 1.0; "wd", 0.0; "w", 2.0; "d", 0.5 ]
                    "|Δ| ≤ τ", Needed [ "tau", 1.0; "wd", 0.0; "w", -1.0; "d", 1.25 ] ]
              query
                  "D2-convex"
                  "D2: U is the convex combination (1−λ)w + λ(w⋄ + sgn(Δ)τ), λ = |Δ|/τ."
                  [ positive tau ]
                  (let share = abs d / tau in next .= (one - share) * w + share * (wd + Quantity.sign d * tau))
                  [] ]

    let private boundedWeightIsSharp =
        let delta = Quantity.variable "delta"

        AlgebraicClaim.create
            "D2-sharp"
            (Source.derived "sharpness of Theorem 1")
            "sharp"
            "for τ < |Δ| ≤ 2τ every w with s(w−w⋄) < τ leaves the range; w = w⋄−τ, Δ = (1+δ)τ lands on w⋄+(1+2δ)τ"
            [ query
                  "D2-sharp"
                  "D2: with |Δ| above τ the range is left from everywhere but its far end; any |Δ| above τ will do."
                  [ positive tau
                    "τ < |Δ|", tau .< abs d
                    "|Δ| ≤ 2τ", abs d .<= 2.0 * tau
                    "s(w−w⋄) < τ", Quantity.sign d * (w - wd) .< tau ]
                  (tau .< abs (next - wd))
                  [ "τ < |Δ|", Needed [ "tau", 1.0; "wd", 0.0; "w", 0.0; "d", 0.5 ]
                    "|Δ| ≤ 2τ", Unneeded
                    "s(w−w⋄) < τ", Needed [ "tau", 1.0; "wd", 0.0; "w", 1.5; "d", 1.5 ] ]
              query
                  "D2-landing"
                  "D2: where the worst weight lands."
                  [ positive tau; positive delta ]
                  (linear.Update (wd - tau) ((one + delta) * tau) .= wd + (one + 2.0 * delta) * tau)
                  [] ]

    let private saturation =
        let scaled (side: Quantity) = next - w .= d * (one - Quantity.sign d * Quantity.sign side * abs (w - wd) / tau)
        let atZero = [ "tau", 1.0; "wd", 0.5; "w", 0.25; "d", 0.1 ]

        [ AlgebraicClaim.create
              "D3"
              (Source.derived "Lemma 1 with sgn(w−w⋄)")
              "repaired"
              "U(w,Δ)−w = Δ(1 − sgn(Δ)sgn(w−w⋄)|w−w⋄|/τ)"
              [ query "D3" "D3: a step away from w⋄ is damped, a step towards it is amplified." [ positive tau ] (scaled (w - wd)) [] ]
          AlgebraicClaim.create
              "D3-printed"
              (Source.paper "Lemma 1")
              "printed"
              "U(w,Δ)−w = Δ(1 − sgn(Δ)sgn(w)|w−w⋄|/τ), for any w⋄"
              [ query "D3-printed" "D3 as printed, with the sign of w: fails where w⋄ is not 0." [ positive tau ] (scaled w) [] ]
          AlgebraicClaim.create
              "D3-printed-zero"
              (Source.paper "Lemma 1")
              "printed, w⋄ = 0"
              "U(w,Δ)−w = Δ(1 − sgn(Δ)sgn(w)|w−w⋄|/τ), for w⋄ = 0"
              [ query
                    "D3-printed-zero"
                    "D3 as printed, at w⋄ = 0."
                    [ positive tau; "w⋄ = 0", wd .= zero ]
                    (scaled w)
                    [ "w⋄ = 0", Needed atZero ] ] ]

    let private order =
        let difference = linear.Update (linear.Update w a) b - linear.Update (linear.Update w b) a

        AlgebraicClaim.create
            "D6"
            (Source.derived "order of two updates")
            "derived"
            "U(U(w,a),b) − U(U(w,b),a) = |a||b|(sgn b − sgn a)/τ; updates of one sign commute"
            [ query
                  "D6"
                  "D6: what the order of two updates matters."
                  [ positive tau ]
                  (difference .= abs a * abs b * (Quantity.sign b - Quantity.sign a) / tau)
                  []
              query
                  "D6-commute"
                  "D6: updates of one sign commute."
                  [ positive tau; "ab ≥ 0", zero .<= a * b ]
                  (difference .= zero)
                  [ "ab ≥ 0", Needed [ "tau", 1.0; "wd", 0.0; "w", 0.0; "a", 0.5; "b", -0.5 ] ] ]

    let private lipschitz =
        let moved = abs (any.Update w a - any.Update w b)
        let f, g = any.Symmetric w, any.Asymmetric w
        let up, down = Quantity.variable "up", Quantity.variable "down"

        AlgebraicClaim.create
            "D9"
            (Source.derived "Lipschitz constant of the update")
            "derived"
            "every device: |U(w,Δ)−U(w,Δ')| ≤ (F+|G|)|Δ−Δ'| where q₊, q₋ ≥ 0, and ≤ (|F|+|G|)|Δ−Δ'| everywhere"
            [ query
                  "D9"
                  "D9: for responses that are not negative the constant is F + |G|."
                  [ "q₊ ≥ 0", zero .<= up; "q₋ ≥ 0", zero .<= down ]
                  (moved .<= (f + abs g) * abs (a - b))
                  [ "q₊ ≥ 0", Needed [ "up", -2.0; "down", 1.0; "w", 0.0; "a", 1.0; "b", 0.0 ]
                    "q₋ ≥ 0", Needed [ "up", 1.0; "down", -2.0; "w", 0.0; "a", -1.0; "b", 0.0 ] ]
              query "D9-largest" "D9: the constant is the larger response." [] (f + abs g .= Quantity.larger up down) []
              query "D9-any" "D9: for any responses the constant is |F| + |G|." [] (moved .<= (abs f + abs g) * abs (a - b)) [] ]

    /// The claims of this file.
    let claims: ITheorem list = [ decomposition; boundedWeight; boundedWeightIsSharp; yield! saturation; order; lipschitz ]
