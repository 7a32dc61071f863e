namespace AnalogTheory

open AnalogTheory.Kernels.Algebra

/// Claim T5: at a critical point of f and from P = 0 Tiki-Taka's weights drift as those of Analog SGD do (S1), with αβ in the place of α.
[<RequireQualifiedAccess>]
module TikiTakaDrift =

    // W′ − W.
    let private change (step: TikiTakaStep) (d: int) =
        TikiTakaStep.ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T =
                    numbers.NextMain[d] - numbers.Main[d] }

    // −(αβ/τ)|ε|·W.
    let private pulled<'T when 'T: struct and 'T :> IAlgebra<'T>> (step: TikiTakaStep) (noise: Number<'T>) (w: Number<'T>) : Number<'T> =
        let number = Number<'T>.Of
        let rate = number step.TransferRate * number step.LearningRate
        -(AlgebraicStep.decay rate (number step.Radius) noise) * w

    let private pull (step: TikiTakaStep) (d: int) =
        TikiTakaStep.ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T =
                    (pulled step { Value = numbers.Noise[d] } { Value = numbers.Main[d] }).Value }

    /// <summary>E[W′ − W] against −(αβ/τ)E|ε| ⊙ W, every coordinate.</summary>
    /// <param name="step">One step of Tiki-Taka with the constants of its problem.</param>
    let drift (step: TikiTakaStep) : Comparison list =
        StepExpectation.equal (TikiTakaStep.noise step) step.State.Main (change step) (pull step)

    /// <summary>The same in fractions: the equality of two rational numbers.</summary>
    /// <param name="step">One step of Tiki-Taka with the constants of its problem.</param>
    let driftEnclosed (step: TikiTakaStep) : Enclosed list =
        StepExpectation.equalEnclosed (TikiTakaStep.noise step) step.State.Main (change step) (pull step)

    let private emptyAuxiliary = Claim.hypothesis "P = 0" (fun (step: TikiTakaStep) -> -Weights.largest step.State.Auxiliary)

    /// T5.
    let driftAtCriticalPoint: ITheorem =
        let hypotheses = [ TikiTakaStep.critical; emptyAuxiliary; TikiTakaStep.centred; TikiTakaStep.linear ]

        // P is free only when its hypothesis is dropped.
        let parameters =
            TikiTakaStep.scalarParameters false
            |> List.map (fun parameter -> if parameter.Name = "P" then Search.freed emptyAuxiliary.Name "P" -1.5 1.5 0.0 else parameter)

        Theorem.pack
            { Id = "T5"
              Source = Source.paper "eq. 12"
              Variant = "printed"
              Statement = "∇f(W) = 0, P = 0 ⇒ E[W′ − W] = −(αβ/τ)E|ε| ⊙ W"
              Hypotheses = hypotheses |> List.map Claim.onAll
              Instances =
                TikiTakaStep.criticalInstances
                |> List.map (fun (name, steps) ->
                    name,
                    steps
                    |> List.map (fun step ->
                        { step with
                            State = { step.State with Auxiliary = Weights.map (fun _ -> 0.0) step.State.Main } }))
              Evidence = StepExpectation.evidence driftEnclosed drift
              Necessity = Search.necessity hypotheses parameters TikiTakaStep.scalar (drift >> Claim.worst) }

    /// The claim of this file.
    let all: ITheorem list = [ driftAtCriticalPoint ]
