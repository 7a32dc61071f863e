namespace AnalogTheory

open AnalogTheory.Kernels.Laws

/// The device without asymmetry: q₊ = q₋ = 1.
[<RequireQualifiedAccess>]
module Ideal =

    /// The ideal device; every analog rule on it is its digital one, bit for bit while the increments are finite.
    let create () : Device =
        { Name = "ideal"
          Parameters = []
          Lower = -infinity
          Upper = infinity
          Source = Source.paper "section 2"
          Law = IdealLaw() }
