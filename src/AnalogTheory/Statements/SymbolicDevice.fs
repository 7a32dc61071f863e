namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Laws
open AnalogTheory.Kernels.Noises
open AnalogTheory.Kernels.Rules

/// A device whose parameters are quantities: its text is the engine's law over terms, its values are those of `Device`.
[<NoEquality; NoComparison>]
type SymbolicDevice =
    {
        /// Name of the device.
        Name: string
        /// U(w, Δ) (v1 eq. 7).
        Update: Quantity -> Quantity -> Quantity
        /// U(w, Δ) by cases (v1 eq. 6).
        UpdateByCases: Quantity -> Quantity -> Quantity
        /// F(w).
        Symmetric: Quantity -> Quantity
        /// G(w).
        Asymmetric: Quantity -> Quantity
        /// W′ of a step of Analog SGD from W and g, as text.
        AnalogSgd: AnalogSgdStep<Term> -> Term -> Term -> Term
        /// P′ of a step with two arrays from P and g, as text.
        NextAuxiliary: TwoArraysStep<Term> -> Term -> Term -> Term
        /// W′ of a step with two arrays from W and P′, as text.
        NextMain: TwoArraysStep<Term> -> Term -> Term -> Term
        /// The engine's device for given variables; None where its parameters describe none.
        At: Model -> Device option
    }

/// A law whose responses are two numbers: the values at one weight of any device whatever.
[<Struct; NoEquality; NoComparison>]
type private AnyLaw(up: Term, down: Term) =
    interface IResponseLaw<Term> with
        member _.Up _ = up
        member _.Down _ = down

/// Devices with quantities as parameters.
[<RequireQualifiedAccess>]
module SymbolicDevice =

    // The text comes from the law over terms, the double from the device: neither is written here.
    let private create name (parameters: Quantity list) law (at: float list -> Device) : SymbolicDevice =
        let at model =
            try
                Some(at (parameters |> List.map (fun parameter -> parameter.Value model)))
            with :? ArgumentException ->
                None

        let bindings = parameters |> List.collect _.Bindings

        let response (print: 'Law -> Term -> Term) (compute: Device -> float -> float) (w: Quantity) =
            let value model =
                at model |> Option.map (fun device -> compute device (w.Value model)) |> Option.defaultValue nan

            Quantity(print law w.Term, List.distinct (bindings @ w.Bindings), value)

        let update (print: 'Law -> Term -> Term -> Term) (compute: Device -> float -> float -> float) (w: Quantity) (increment: Quantity) =
            let value model =
                at model
                |> Option.map (fun device -> compute device (w.Value model) (increment.Value model))
                |> Option.defaultValue nan

            Quantity(print law w.Term increment.Term, List.distinct (bindings @ w.Bindings @ increment.Bindings), value)

        { Name = name
          Update = update (fun law w d -> AnalogUpdate.Apply(law, w, d)) (fun device w d -> device.Update(w, d))
          UpdateByCases =
            update (fun law w d -> AnalogUpdate.ApplyByCases(law, w, d)) (fun device w d ->
                device.Law.UpdateByCases(Scalar w, Scalar d).Value)
          Symmetric = response (fun law w -> AnalogUpdate.Symmetric(law, w)) (fun device w -> device.Symmetric w)
          Asymmetric = response (fun law w -> AnalogUpdate.Asymmetric(law, w)) (fun device w -> device.Asymmetric w)
          AnalogSgd = fun step w g -> step.Next(law, w, g)
          NextAuxiliary = fun step p g -> step.NextAuxiliary(law, p, g)
          NextMain = fun step w p -> step.NextMain(law, w, p)
          At = at }

    let private unreadable name = invalidOp $"Expected the parameters of the device '{name}'."

    /// The ideal device.
    let ideal: SymbolicDevice = create "ideal" [] (Ideal<Term>()) (fun _ -> Ideal.create ())

    /// <summary>The asymmetric linear device with radius τ and symmetric point w⋄.</summary>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <param name="symmetricPoint">w⋄ with |w⋄| &lt; τ, or between the bounds; unit of weight.</param>
    let asymmetricLinear (radius: Quantity) (symmetricPoint: Quantity) : SymbolicDevice =
        let name = "asymmetric linear"

        create name [ radius; symmetricPoint ] (AsymmetricLinear<Term>(radius.Term, symmetricPoint.Term)) (function
            | [ radius; point ] -> AsymmetricLinear.createAt radius point
            | _ -> unreadable name)

    /// <summary>The generic linear device with radius τ and asymmetry c.</summary>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <param name="asymmetry">c, dimensionless.</param>
    let genericLinear (radius: Quantity) (asymmetry: Quantity) : SymbolicDevice =
        let name = "generic linear"

        create name [ radius; asymmetry ] (GenericLinear<Term>(radius.Term, asymmetry.Term)) (function
            | [ radius; asymmetry ] -> GenericLinear.create radius asymmetry
            | _ -> unreadable name)

    /// <summary>The linear-step device with offsets τ_max, τ_min and symmetric point w⋄.</summary>
    /// <param name="upper">τ_max above w⋄, unit of weight.</param>
    /// <param name="lower">τ_min below w⋄, unit of weight.</param>
    /// <param name="symmetricPoint">w⋄ with |w⋄| &lt; τ, or between the bounds; unit of weight.</param>
    let linearStep (upper: Quantity) (lower: Quantity) (symmetricPoint: Quantity) : SymbolicDevice =
        let name = "linear step"

        create name [ upper; lower; symmetricPoint ] (LinearStep<Term>(upper.Term, lower.Term, symmetricPoint.Term)) (function
            | [ upper; lower; point ] -> LinearStep.createAt upper lower point
            | _ -> unreadable name)

    /// <summary>Any device, at one weight: its responses there are two free numbers, so what holds of it holds of every device.</summary>
    /// <param name="up">q₊ at the weight, positive.</param>
    /// <param name="down">q₋ at the weight, positive.</param>
    let any (up: Quantity) (down: Quantity) : SymbolicDevice =
        let name = "any"

        create name [ up; down ] (AnyLaw(up.Term, down.Term)) (function
            | [ up; down ] -> UserDefined.create name -infinity infinity (fun _ -> up) (fun _ -> down)
            | _ -> unreadable name)

/// One coordinate of a training rule with quantities as rates: text and doubles both come from the rule's own step.
[<RequireQualifiedAccess>]
module SymbolicRule =

    let private quantity (term: Term) (device: SymbolicDevice) (parts: Quantity list) (value: Model -> float) =
        // What the device's parameters are made of, by way of any of its quantities.
        let bindings = (device.Symmetric(Quantity.Number 0.0)).Bindings @ List.collect (fun (part: Quantity) -> part.Bindings) parts
        Quantity(term, List.distinct bindings, value)

    /// <summary>Analog SGD, W′ = U(W, −αg).</summary>
    /// <param name="device">The device as formulas.</param>
    /// <param name="rate">Learning rate α &gt; 0.</param>
    /// <param name="w">Weight w, unit of weight.</param>
    /// <param name="gradient">Stochastic gradient g, loss/weight.</param>
    let analogSgd (device: SymbolicDevice) (rate: Quantity) (w: Quantity) (gradient: Quantity) : Quantity =
        let step (model: Model) =
            match device.At model with
            | None -> nan
            | Some engine ->
                let w = [| w.Value model |]

                AnalogSgd(engine.Law, rate.Value model)
                    .Step(Span<float>(w), Span<float>.Empty, ReadOnlySpan<float>([| gradient.Value model |]), ReadOnlySpan<float>.Empty)

                w[0]

        quantity (device.AnalogSgd (AnalogSgdStep<Term>(rate.Term)) w.Term gradient.Term) device [ w; rate; gradient ] step

    // Both arrays on one device: W′ and P′ from the text of the step and from the engine's kernel at its rates.
    let private twoArrays
        (text: Term -> Term -> TwoArraysStep<Term>)
        (kernel: Device -> float -> float -> TwoArrays)
        (device: SymbolicDevice)
        (toAuxiliary: Quantity)
        (toMain: Quantity)
        (w: Quantity)
        (p: Quantity)
        (gradient: Quantity)
        : Quantity * Quantity =
        let step = text toAuxiliary.Term toMain.Term
        let nextP = device.NextAuxiliary step p.Term gradient.Term
        let nextW = device.NextMain step w.Term nextP

        let compute (model: Model) =
            match device.At model with
            | None -> nan, nan
            | Some engine ->
                let w, p = [| w.Value model |], [| p.Value model |]
                let kernel = kernel engine (toAuxiliary.Value model) (toMain.Value model)
                kernel.Step(Span<float>(w), Span<float>(p), ReadOnlySpan<float>([| gradient.Value model |]), ReadOnlySpan<float>.Empty)
                w[0], p[0]

        quantity nextW device [ w; toMain; p; toAuxiliary; gradient ] (compute >> fst),
        quantity nextP device [ p; toAuxiliary; gradient ] (compute >> snd)

    /// <summary>Tiki-Taka, P′ = U(P, +βg), W′ = U(W, −αP′); returns W′ and P′.</summary>
    /// <param name="device">The device as formulas.</param>
    /// <param name="transferRate">Rate of the array P.</param>
    /// <param name="learningRate">Rate of the array W.</param>
    let tikiTaka (device: SymbolicDevice) (transferRate: Quantity) (learningRate: Quantity) =
        twoArrays
            (fun learning transfer -> TwoArraysStep<Term>.TikiTaka(learning, transfer))
            (fun engine learning transfer -> TwoArrays.TikiTaka(engine.Law, engine.Law, learning, transfer))
            device
            learningRate
            transferRate

    /// <summary>Residual learning, P′ = U(P, −αg), W′ = U(W, +βP′), the gradient taken wherever its user takes it; returns W′ and P′.</summary>
    /// <param name="device">The device as formulas.</param>
    /// <param name="transferRate">Rate of the array P.</param>
    /// <param name="learningRate">Rate of the array W.</param>
    let residualLearning (device: SymbolicDevice) (transferRate: Quantity) (learningRate: Quantity) =
        twoArrays
            (fun learning transfer -> TwoArraysStep<Term>.ResidualLearning(learning, transfer))
            (fun engine learning transfer -> TwoArrays.ResidualLearning(engine.Law, engine.Law, learning, transfer, 0.0))
            device
            learningRate
            transferRate

/// Noise whose values and probabilities are quantities.
[<RequireQualifiedAccess>]
module SymbolicNoise =

    /// <summary>The lower bound's two points at a weight: p, the first and the second, through the sampler's own law; `radius` is τ.</summary>
    /// <param name="deviation">σ/√D.</param>
    /// <param name="radius">τ.</param>
    /// <param name="w">Weight; the roots exist inside (−τ, τ).</param>
    let stateDependentTwoPoint (deviation: Quantity) (radius: Quantity) (w: Quantity) : Quantity * Quantity * Quantity =
        let halfSlope = 0.5 / radius
        let law = StateDependentTwoPoint<Term>(deviation.Term, halfSlope.Term)

        let scalar model =
            StateDependentTwoPoint<Scalar>(Scalar(deviation.Value model), Scalar(halfSlope.Value model))

        let bindings = List.distinct (deviation.Bindings @ halfSlope.Bindings @ w.Bindings)

        let chance =
            Quantity(law.Probability w.Term, bindings, fun model -> (scalar model).Probability(Scalar(w.Value model)).Value)

        let chance = Quantity.named "chance" chance

        let point name (side: float) =
            let square =
                Quantity(
                    law.Square(Term.Constant side, chance.Term),
                    chance.Bindings,
                    fun model -> (scalar model).Square(Scalar side, Scalar(chance.Value model)).Value
                )

            let root = Quantity.root name square

            Quantity(
                law.Value(Term.Constant side, root.Term),
                List.distinct (deviation.Bindings @ root.Bindings),
                fun model -> (scalar model).Value(Scalar side, Scalar(root.Value model)).Value
            )

        chance, point "rootUp" -1.0, point "rootDown" 1.0
