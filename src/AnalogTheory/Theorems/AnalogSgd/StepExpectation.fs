namespace AnalogTheory

/// <summary>Claims about an expectation over the noise of one step, both sides written once as functions of the noise.</summary>
/// <remarks>
/// The sides are taken over intervals and fractions for the verdict, where the noise is moved by its mean so that E ε = 0 holds exactly, and over doubles
/// for the search.
/// </remarks>
[<RequireQualifiedAccess>]
module internal StepExpectation =

    /// Both sides of an equation for every coordinate d of weights x, in doubles: equal up to the rounding of numbers of size 1 + |x_d|.
    let equal (noise: IOutcomes) (x: Weights) (measured: int -> IRandomQuantity) (expected: int -> IRandomQuantity) : Comparison list =
        [ for d in 0 .. x.Length - 1 ->
              Claim.equal (1.0 + abs x[d]) (AlgebraicStep.value noise (measured d)) (AlgebraicStep.value noise (expected d)) ]

    /// The same in fractions: the equality of two rational numbers.
    let equalEnclosed
        (noise: IOutcomes)
        (x: Weights)
        (measured: int -> IRandomQuantity)
        (expected: int -> IRandomQuantity)
        : Enclosed list =
        let centred = AlgebraicStep.centred noise
        [ for d in 0 .. x.Length - 1 -> ExactExpectation.equal 0.0 centred (measured d) (expected d) ]

    /// E measured ≤ E bound in doubles, up to the rounding of numbers of a size that the two values tell.
    let atMost (noise: IOutcomes) (size: float -> float -> float) (measured: IRandomQuantity) (bound: IRandomQuantity) : Comparison =
        let measured, bound = AlgebraicStep.value noise measured, AlgebraicStep.value noise bound
        Claim.atMost (size measured bound) measured bound

    /// The same, enclosed.
    let atMostEnclosed (noise: IOutcomes) (measured: IRandomQuantity) (bound: IRandomQuantity) : Enclosed =
        ExactExpectation.atMost (AlgebraicStep.centred noise) measured bound

    /// What settles a claim about steps: the comparisons of every step, enclosed and in doubles.
    let evidence (enclosed: 'Step -> Enclosed list) (evaluated: 'Step -> Comparison list) : Evidence<'Step list> =
        ByEnclosure((fun steps -> AlgebraicStep.enclosed (fun () -> List.collect enclosed steps)), List.collect evaluated)
