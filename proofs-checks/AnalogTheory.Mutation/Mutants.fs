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
              TikiTakaClaims.mutants ]

    /// Changes that nothing can notice, each with its argument.
    let equivalents: Equivalent list = []
