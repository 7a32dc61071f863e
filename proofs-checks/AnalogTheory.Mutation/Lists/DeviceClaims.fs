namespace AnalogTheory.Mutation

/// Mutants of the device claims D1 to D9.
[<RequireQualifiedAccess>]
module DeviceClaims =

    let private claim = Mutant.claim
    let private devices ids = claim "Theorems/Devices/DeviceAlgebra.fs" ids
    let private pulses ids = claim "Theorems/Devices/PulseAlgebra.fs" ids

    /// The mutants of this file.
    let mutants: Mutant list =
        List.concat
            [ devices
                  [ "D1" ]
                  [ "D1-forms",
                    "Goal = Proposition.And [ agree any; any.Update w d .= w + d * any.Symmetric w - ⟦abs d⟧ * any.Asymmetric w ]",
                    "d"
                    "D1-generic-F", "(⟦one - c * w / tau⟧) (w / tau - c)", "one + c * w / tau"
                    "D1-generic-G", "(one - c * w / tau) (⟦w / tau - c⟧)", "w / tau + c"
                    "D1-linear-G", "one (⟦(w - wd) / tau⟧)", "w / tau"
                    "D1-step-F", "(one - (w - wd) / ⟦2.0⟧ * (one / upper + one / lower))", "1.8"
                    "D1-step-G", "(w - wd) / 2.0 * ⟦(one / upper - one / lower)⟧", "(one / upper + one / lower)" ]
              devices
                  [ "D2" ]
                  [ "D2-bound", "(⟦abs (next - wd) .<= tau⟧)", "abs (next - wd) .<= 0.9 * tau"
                    "D2-bound-up", "(⟦abs (next - wd) .<= tau⟧)", "abs (next - wd) .<= 1.1 * tau"
                    "D2-increment", "\"|Δ| ≤ τ\", ⟦abs d .<= tau⟧", "abs d .<= 1.1 * tau"
                    "D2-increment-down", "\"|Δ| ≤ τ\", ⟦abs d .<= tau⟧", "abs d .<= 0.9 * tau"
                    "D2-range", "let private inRange = \"|w−w⋄| ≤ τ\", ⟦abs (w - wd) .<= tau⟧", "abs w .<= tau"
                    "D2-convex-share", "let share = ⟦abs d / tau⟧", "d / tau" ]
              devices
                  [ "D2-sharp" ]
                  [ "D2-sharp-bound", "(tau .< ⟦abs (next - wd)⟧)", "0.9 * abs (next - wd)"
                    "D2-sharp-least", "\"τ < |Δ|\", ⟦tau⟧ .< abs d", "0.9 * tau"
                    "D2-sharp-side", "\"s(w−w⋄) < τ\", ⟦Quantity.sign d⟧ * (w - wd) .< tau", "-Quantity.sign d"
                    "D2-landing", "(one + ⟦2.0⟧ * delta) * tau", "1.8" ]
              devices
                  [ "D3"; "D3-printed"; "D3-printed-zero" ]
                  [ "D3-sign",
                    "= ⟦d * (one - Quantity.sign d * Quantity.sign side * abs (w - wd) / tau)⟧",
                    "d * (one + Quantity.sign d * Quantity.sign side * abs (w - wd) / tau)" ]
              devices [ "D3"; "D3-printed-zero" ] [ "D3-radius", "abs (w - wd) / ⟦tau⟧)\n        let atZero", "(1.1 * tau)" ]
              devices
                  [ "D3-printed"; "D3-printed-zero" ]
                  [ "D3-printed-side",
                    "[ query \"D3-printed\" \"D3 as printed, with the sign of w: fails where w⋄ is not 0.\" [ positive tau ] (scaled ⟦w⟧) [] ]",
                    "(w - wd)"
                    "D3-zero", "\"w⋄ = 0\", wd .= ⟦zero⟧", "Quantity.Number 0.1" ]
              devices
                  [ "D6" ]
                  [ "D6-sign", "abs a * abs b * ⟦(Quantity.sign b - Quantity.sign a)⟧ / tau", "(Quantity.sign a - Quantity.sign b)"
                    "D6-radius", "(Quantity.sign b - Quantity.sign a) / ⟦tau⟧", "(1.1 * tau)"
                    "D6-commute", "\"ab ≥ 0\", zero .<= ⟦a * b⟧", "-a * b" ]
              devices
                  [ "D9" ]
                  [ "D9-constant", "(moved .<= ⟦(f + abs g)⟧ * abs (a - b))", "(f + 0.9 * abs g)"
                    "D9-constant-up", "(moved .<= ⟦(f + abs g)⟧ * abs (a - b))", "(f + 1.1 * abs g)"
                    "D9-F", "(moved .<= ⟦(f + abs g)⟧ * abs (a - b))", "f"
                    "D9-largest", "⟦Quantity.larger up down⟧", "Quantity.smaller up down"
                    "D9-any", "(moved .<= ⟦(abs f + abs g)⟧ * abs (a - b))", "(f + abs g)"
                    "D9-any-up", "(moved .<= ⟦(abs f + abs g)⟧ * abs (a - b))", "(1.1 * (abs f + abs g))"
                    "D9-hypothesis", "\"q₊ ≥ 0\", ⟦zero .<= up⟧; \"q₋ ≥ 0\", zero .<= down", "Quantity.Number -1.0 .<= up" ]
              pulses
                  [ "D4" ]
                  [ "D4-limit", "let limit = ⟦wd + s * tau⟧", "wd - s * tau"
                    "D4-power", "(linear.Update w (s * dw) .= closed (⟦one - ratio⟧))", "one + ratio"
                    "D4-ratio", "let private ratio = ⟦dw / tau⟧", "dw / (1.1 * tau)"
                    "D4-step", "closed (power * ⟦(one - ratio)⟧)", "(one - 0.9 * ratio)" ]
              pulses
                  [ "D5" ]
                  [ "D5-half", "(tau - s * (w - wd)) * n * (n - 1.0) / ⟦2.0⟧ * square (dw / tau)", "2.2"
                    "D5-half-up", "(tau - s * (w - wd)) * n * (n - 1.0) / ⟦2.0⟧ * square (dw / tau)", "1.8"
                    "D5-count", "* n * ⟦(n - 1.0)⟧ / 2.0 * square (dw / tau)", "n"
                    "D5-square", "n * (n - 1.0) / 2.0 * ⟦square (dw / tau)⟧", "(dw / tau)"
                    "D5-side", "⟦(tau - s * (w - wd))⟧ * n * (n - 1.0)", "(tau + s * (w - wd))"
                    "D5-granularity", "let private granular = \"Δw_min ≤ τ\", ⟦dw .<= tau⟧", "dw .<= 0.9 * tau"
                    "D5-step", "(holds (⟦n + 1.0⟧) (unit.Update wn (s * dw)))", "n + 1.1"
                    "D5-similarity", "unit.Update ((w - wd) / tau) (⟦d / tau⟧)", "d" ]
              pulses
                  [ "D5-any" ]
                  [ "D5-any-half", "square dw * n * (n - 1.0) / ⟦2.0⟧", "2.2"
                    "D5-any-half-up", "square dw * n * (n - 1.0) / ⟦2.0⟧", "1.8"
                    "D5-any-largest", ".<= slope * ⟦largest⟧ * square dw", "one"
                    "D5-any-reach", "abs (wn - w) .<= ⟦n * dw * largest⟧", "0.9 * n * dw * largest" ]
              pulses
                  [ "D5-rounding" ]
                  [ "D5-rounding-one", ".<= ⟦dw⟧ * abs response)", "0.9 * dw"
                    "D5-rounding-up", ".<= ⟦dw⟧ * abs response)", "1.1 * dw"
                    "D5-rounding-side",
                    "⟦any.Symmetric w - Quantity.sign d * any.Asymmetric w⟧",
                    "any.Symmetric w + Quantity.sign d * any.Asymmetric w"
                    "D5-rounding-room", "sent .< abs d + ⟦dw⟧", "2.0 * dw" ]
              pulses
                  [ "D7" ]
                  [ "D7-square", "⟦square (one - d / tau) * (w - wd)⟧ - square d / tau", "(one - d / tau) * (w - wd)"
                    "D7-shift", "square (one - d / tau) * (w - wd) - ⟦square d⟧ / tau", "0.9 * square d"
                    "D7-limit", "let limit = wd - d / (⟦2.0⟧ - d / tau)", "1.8"
                    "D7-limit-sign", "let limit = ⟦wd - d / (2.0 - d / tau)⟧", "wd + d / (2.0 - d / tau)"
                    "D7-small", "(\"Δ ≤ τ\", ⟦d .<= tau⟧)", "d .<= 2.5 * tau" ]
              pulses
                  [ "D8" ]
                  [ "D8-fair", "chance .= ⟦half⟧", "Quantity.Number 0.45"
                    "D8-base", "(shrunk (⟦one - ratio⟧) (afterOne chance w))", "one - 0.9 * ratio"
                    "D8-variance", "let variance = ⟦dw * tau⟧ / (2.0 - ratio)", "0.9 * dw * tau"
                    "D8-variance-two", "let variance = dw * tau / (⟦2.0⟧ - ratio)", "2.2"
                    "D8-reach", "let reach = dw / (⟦2.0⟧ - ratio)", "1.8"
                    "D8-limit", ".= ⟦wd + s * reach⟧)", "wd - s * reach" ] ]
