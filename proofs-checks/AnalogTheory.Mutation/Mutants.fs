namespace AnalogTheory.Mutation

/// The whole list. Adding a law or a bound means adding what breaks it here.
[<RequireQualifiedAccess>]
module Mutants =

    /// Every mutant, in the order of the theory.
    let all: Mutant list =
        List.concat
            [ Laws.mutants
              Dynamics.mutants
              DeviceClaims.mutants
              AnalogSgdClaims.mutants
              LowerBoundClaims.mutants
              TikiTakaClaims.mutants
              Gates.mutants
              EveryDeviceClaims.mutants
              ResidualAndPulseClaims.mutants
              Tiles.mutants
              Circuits.mutants ]

    /// Changes that nothing can notice, each with its argument.
    let equivalents: Equivalent list =
        [ { File = "src/AnalogTheory.Kernels/Laws/AnalogUpdate.cs"
            Site = "⟦T.SelectNonNegative(increment, law.Up(w), law.Down(w))⟧"
            Becomes = "T.SelectNonNegative(-increment, law.Down(w), law.Up(w))"
            Because = "the two differ at Δ = 0 only, where the response is multiplied by 0" }
          { File = "src/AnalogTheory.Kernels/Pulses/Pulse.cs"
            Site = "=> ⟦T.Max(lower, T.Min(upper, w))⟧;"
            Becomes = "T.Min(upper, T.Max(lower, w))"
            Because = "w_min < w_max is required, so the order of clipping does not matter" } ]
