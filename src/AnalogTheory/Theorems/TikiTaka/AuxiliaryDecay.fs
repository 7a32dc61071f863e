namespace AnalogTheory

open AnalogTheory.Kernels.Algebra

/// Claim T2: at a critical point of f the auxiliary array decays in expectation, its expected step summed over the noise's support.
[<RequireQualifiedAccess>]
module AuxiliaryDecay =

    // P′.
    let private nextAuxiliary (step: TikiTakaStep) (d: int) =
        TikiTakaStep.ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T = numbers.NextAuxiliary[d] }

    // (1 − (β/τ)|ε|)·P.
    let private kept<'T when 'T: struct and 'T :> IAlgebra<'T>> (step: TikiTakaStep) (noise: Number<'T>) (p: Number<'T>) : Number<'T> =
        let number = Number<'T>.Of
        (number 1.0 - AlgebraicStep.decay (number step.LearningRate) (number step.Radius) noise) * p

    let private decayed (step: TikiTakaStep) (d: int) =
        TikiTakaStep.ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T =
                    (kept step { Value = numbers.Noise[d] } { Value = numbers.Auxiliary[d] }).Value }

    /// <summary>E[P′|P] against (1 − (β/τ)E|ε|) ⊙ P, every coordinate.</summary>
    /// <param name="step">One step of Tiki-Taka with the constants of its problem.</param>
    let decay (step: TikiTakaStep) : Comparison list =
        StepExpectation.equal (TikiTakaStep.noise step) step.State.Auxiliary (nextAuxiliary step) (decayed step)

    /// <summary>The same in fractions: the equality of two rational numbers.</summary>
    /// <param name="step">One step of Tiki-Taka with the constants of its problem.</param>
    let decayEnclosed (step: TikiTakaStep) : Enclosed list =
        StepExpectation.equalEnclosed (TikiTakaStep.noise step) step.State.Auxiliary (nextAuxiliary step) (decayed step)

    /// T2.
    let decayInExpectation: ITheorem =
        let hypotheses = [ TikiTakaStep.critical; TikiTakaStep.centred; TikiTakaStep.linear ]

        Theorem.pack
            { Id = "T2"
              Source = Source.paper "eq. 13"
              Variant = "printed"
              Statement = "∇f(W) = 0 ⇒ E[P′|P] = (1 − (β/τ)E|ε|) ⊙ P"
              Hypotheses = hypotheses |> List.map Claim.onAll
              Instances = TikiTakaStep.criticalInstances
              Evidence = StepExpectation.evidence decayEnclosed decay
              Necessity = Search.necessity hypotheses (TikiTakaStep.scalarParameters false) TikiTakaStep.scalar (decay >> Claim.worst) }

    /// The claim of this file.
    let all: ITheorem list = [ decayInExpectation ]
