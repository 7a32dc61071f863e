namespace AnalogTheory

/// The claims that a solver settles for all reals.
[<RequireQualifiedAccess>]
module Algebraic =

    /// In the order of the text.
    let all: ITheorem list =
        List.concat
            [ DeviceAlgebra.claims
              PulseAlgebra.claims
              AnalogSgdAlgebra.claims
              DescentAlgebra.claims
              PotentialAlgebra.claims
              LowerBoundAlgebra.claims
              TikiTakaAlgebra.claims
              ResidualAlgebra.claims
              AuxiliaryBoundAlgebra.claims
              ZeroShiftAlgebra.claims
              RiderAlgebra.claims
              PulseFloorAlgebra.claims
              PulseNoiseAlgebra.claims ]
