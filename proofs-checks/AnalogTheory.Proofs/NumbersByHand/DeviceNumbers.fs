/// The claims D2 to D9 about a device's updates and pulses, at numbers that were worked out by hand.
module AnalogTheory.Proofs.DeviceNumbers

open Expecto
open AnalogTheory.Proofs.Questions

let private device =
    [ // next = 2 − 1·(1 + ½).
      goal "D2" [ "tau", 2.0; "wd", 1.0; "w", 2.0; "d", -1.0 ] [ 0.5, 2.0 ] [ "|w−w⋄| ≤ τ", [ 1.0, 2.0 ]; "|Δ| ≤ τ", [ 1.0, 2.0 ] ]
      // next = ¾ + 1.5·¾.
      goal
          "D2-sharp"
          [ "tau", 1.0; "wd", 0.5; "w", 0.75; "d", 1.5 ]
          [ 1.0, 1.375 ]
          [ "τ < |Δ|", [ 1.0, 1.5 ]; "|Δ| ≤ 2τ", [ 1.5, 2.0 ]; "s(w−w⋄) < τ", [ 0.25, 1.0 ] ]
      // One update lands on −.875; pulses go 1 → .375 → −.09375 → −.4453125. The bound is 2.5·3·(1/16).
      goal
          "D5-n3"
          [ "tau", 2.0; "wd", 0.5; "w", 1.0; "s", -1.0; "dw", 0.5 ]
          [ 0.4296875, 0.46875 ]
          [ "|w−w⋄| ≤ τ", [ 0.5, 2.0 ]; "Δw_min ≤ τ", [ 0.5, 2.0 ] ]
      // Two pulses from 0 reach .4375, one update ½.
      goal
          "D5-step"
          [ "w", 0.0; "wn", 0.25; "n", 1.0; "s", 1.0; "dw", 0.25 ]
          [ 0.0, 0.0625; 0.0625, 0.0625 ]
          [ "Δw_min ≤ τ", [ 0.25, 1.0 ] ]
      // The update reaches 1, the pulses ½ and ¾.
      goal
          "D5-any-step"
          [ "s", 1.0
            "w", 0.0
            "wn", 0.5
            "n", 1.0
            "dw", 0.5
            "slope", 2.0
            "largest", 1.5
            "up0", 1.0
            "down0", 1.0
            "up1", 0.5
            "down1", 0.5 ]
          [ 0.25, 0.75; 0.75, 1.5 ]
          [ "q Lipschitz (ℓ)", [ 0.5, 1.0; 0.5, 1.0 ]; "|q| ≤ M", [ 1.0, 1.5; 1.0, 1.5; 0.5, 1.5; 0.5, 1.5 ] ]
      goal
          "D5-rounding"
          [ "w", 0.0; "d", 1.0; "sent", 1.25; "dw", 0.5; "up", 0.8; "down", 0.5 ]
          [ 0.2, 0.4 ]
          [ "n = ⌈|Δ|/Δw_min⌉", [ 1.0, 1.25; 1.25, 1.5 ] ]
      goal "D6-commute" [ "tau", 1.0; "wd", 0.0; "w", 0.0; "a", 0.5; "b", 0.25 ] [ 0.0, 0.0 ] [ "ab ≥ 0", [ 0.0, 0.125 ] ]
      goal "D7-pair" [ "tau", 1.0; "wd", 0.0; "w", 0.5; "d", 0.5 ] [ -0.125, -0.125 ] [ "0 < Δ", [ 0.0, 0.5 ]; "Δ ≤ τ", [ 0.5, 1.0 ] ]
      // ½ → ¾ → −1/8, and the limit is −1/3.
      goal
          "D7-contraction"
          [ "tau", 1.0; "wd", 0.0; "w", 0.5; "d", 0.5 ]
          [ 5.0 / 24.0, 5.0 / 6.0 ]
          [ "0 < Δ", [ 0.0, 0.5 ]; "Δ ≤ τ", [ 0.5, 1.0 ] ]
      // F = 3/2, G = −1/2.
      goal "D9" [ "up", 2.0; "down", 1.0; "w", 0.0; "a", 1.0; "b", -1.0 ] [ 3.0, 4.0 ] [ "q₊ ≥ 0", [ 0.0, 2.0 ]; "q₋ ≥ 0", [ 0.0, 1.0 ] ]
      // F = 1/2, G = −3/2.
      goal "D9-any" [ "up", 2.0; "down", -1.0; "w", 0.0; "a", 1.0; "b", -1.0 ] [ 1.0, 4.0 ] [] ]

let tests = testList "devices" device
