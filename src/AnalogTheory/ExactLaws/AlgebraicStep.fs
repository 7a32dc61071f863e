namespace AnalogTheory

open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Objectives
open AnalogTheory.Kernels.Rules

/// A number of some system as formulas are written: its operators give the same type again, which F# does not infer of an interface's.
[<Struct>]
type Number<'T when 'T: struct and 'T: (new: unit -> 'T) and 'T :> System.ValueType and 'T :> IAlgebra<'T>> =
    {
        /// The number.
        Value: 'T
    }

    /// <summary>A double as a number of the system.</summary>
    /// <param name="x">A finite double, taken exactly.</param>
    static member Of(x: float) : Number<'T> = { Value = 'T.Constant x }

    /// <summary>Sum.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand.</param>
    static member (+)(a: Number<'T>, b: Number<'T>) : Number<'T> = { Value = a.Value + b.Value }

    /// <summary>Difference.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand.</param>
    static member (-)(a: Number<'T>, b: Number<'T>) : Number<'T> = { Value = a.Value - b.Value }

    /// <summary>Product.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand.</param>
    static member (*)(a: Number<'T>, b: Number<'T>) : Number<'T> = { Value = a.Value * b.Value }

    /// <summary>Quotient.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand.</param>
    static member (/)(a: Number<'T>, b: Number<'T>) : Number<'T> = { Value = a.Value / b.Value }

    /// <summary>Negation.</summary>
    /// <param name="a">Left operand.</param>
    static member (~-)(a: Number<'T>) : Number<'T> = { Value = -a.Value }

    /// |x|.
    member x.Size: Number<'T> = { Value = 'T.Abs x.Value }

    /// √x.
    member x.Root: Number<'T> = { Value = 'T.Sqrt x.Value }

/// <summary>One step of a rule from a fixed state as a function of the noise, in every number system: what claims about one step are made of.</summary>
/// <remarks>Laws and rules are the engine's own text; only the number system differs.</remarks>
[<RequireQualifiedAccess>]
module internal AlgebraicStep =

    /// The doubles as numbers of a system.
    let numbers<'T when 'T: struct and 'T :> IAlgebra<'T>> (values: Weights) : 'T[] = values |> Weights.toArray |> Array.map 'T.Constant

    /// ‖x‖².
    let normSquared<'T when 'T: struct and 'T :> IAlgebra<'T>> (x: 'T[]) : 'T =
        x |> Array.fold (fun (sum: 'T) (value: 'T) -> sum + value * value) ('T.Constant 0.0)

    /// ‖x‖∞.
    let largest<'T when 'T: struct and 'T :> IAlgebra<'T>> (x: 'T[]) : 'T =
        x |> Array.fold (fun (largest: 'T) (value: 'T) -> 'T.Max(largest, 'T.Abs value)) ('T.Constant 0.0)

    /// a − b.
    let difference<'T when 'T: struct and 'T :> IAlgebra<'T>> (a: 'T[]) (b: 'T[]) : 'T[] = Array.map2 (fun (x: 'T) (y: 'T) -> x - y) a b

    /// (α/τ)|ε|: the share of a weight that noise alone takes away in one step on the asymmetric linear device.
    let decay<'T when 'T: struct and 'T :> IAlgebra<'T>> (rate: Number<'T>) (radius: Number<'T>) (noise: Number<'T>) : Number<'T> =
        rate / radius * noise.Size

    // A user's own objective: doubles only.
    [<Sealed>]
    type private InDoubles(problem: Problem) =
        let refused () =
            raise (
                System.NotSupportedException $"Expected an objective over an algebra, got {problem.Name}, which is known in doubles only."
            )

        let doubles (w: 'T[]) =
            match box w with
            | :? (Scalar[]) as scalars -> scalars |> Array.map _.Value |> Weights.ofArray
            | _ -> refused ()

        interface IAlgebraicObjective with
            member _.GradientIn<'T when 'T: struct and 'T :> IAlgebra<'T>>(w: 'T[]) = doubles w |> problem.Gradient |> numbers<'T>
            member _.ValueIn<'T when 'T: struct and 'T :> IAlgebra<'T>>(w: 'T[]) = doubles w |> problem.Excess |> 'T.Constant

    /// The objective of a problem, over every number system or, a user's own, over doubles.
    let objective (problem: Problem) : IAlgebraicObjective =
        match box problem.Objective with
        | :? IAlgebraicObjective as objective -> objective
        | _ -> InDoubles problem

    /// Comparisons over intervals and fractions; None where an objective or a device is known in doubles only.
    let enclosed (compare: unit -> Enclosed list) : Enclosed list option =
        try
            Some(compare ())
        with :? System.NotSupportedException ->
            None

    /// E q in doubles.
    let value (outcomes: IOutcomes) (quantity: IRandomQuantity) : float = (ExactExpectation.over<Scalar> outcomes quantity).Value

    /// W′ of Analog SGD at ∇f(W) + ε.
    let analogSgd<'T when 'T: struct and 'T :> IAlgebra<'T>> (device: Device) (rate: 'T) (w: 'T[]) (gradient: 'T[]) (noise: 'T[]) : 'T[] =
        Array.init w.Length (fun d -> ElementStep.AnalogSgd(device.Law, rate, w[d], gradient[d] + noise[d]))

    /// P′ and W′ of Tiki-Taka at ∇f(W) + ε.
    let tikiTaka<'T when 'T: struct and 'T :> IAlgebra<'T>>
        (auxiliary: Device)
        (main: Device)
        (learningRate: 'T)
        (transferRate: 'T)
        (p: 'T[])
        (w: 'T[])
        (gradient: 'T[])
        (noise: 'T[])
        : struct ('T[] * 'T[]) =
        let next =
            Array.init w.Length (fun d ->
                ElementStep.TikiTaka(auxiliary.Law, main.Law, learningRate, transferRate, p[d], w[d], gradient[d] + noise[d]))

        next |> Array.map (fun struct (p, _) -> p), next |> Array.map (fun struct (_, w) -> w)

    /// A noise moved by its mean, so that E ε = 0 holds in every number system and not up to the rounding of its doubles only.
    let centred (outcomes: IOutcomes) : IOutcomes =
        { new IOutcomes with
            member _.All<'T when 'T: struct and 'T :> IAlgebra<'T>>() =
                let atoms: struct ('T * 'T[])[] = outcomes.All<'T>() |> Seq.toArray
                let struct (_, first) = atoms[0]
                let mutable total: 'T = 'T.Constant 0.0
                let sums: 'T[] = Array.create first.Length ('T.Constant 0.0)

                for struct (probability: 'T, values: 'T[]) in atoms do
                    total <- total + probability

                    for d in 0 .. values.Length - 1 do
                        sums[d] <- sums[d] + probability * values[d]

                let total = total

                atoms
                |> Seq.ofArray
                |> Seq.map (fun (struct (probability: 'T, values: 'T[])) ->
                    struct (probability, Array.map2 (fun (value: 'T) (sum: 'T) -> value - sum / total) values sums)) }

    /// <summary>The noise of a step at W.</summary>
    /// <exception cref="T:System.NotSupportedException">The noise has no small finite support there.</exception>
    let noise (noise: Noise) (w: Weights) : IOutcomes =
        match noise.JointSupport w with
        | Some _ -> FiniteSupport.ofNoise noise w :> IOutcomes
        | None -> raise (System.NotSupportedException $"Expected a noise of small finite support, got {noise}.")
