namespace AnalogTheory

open AnalogTheory.Kernels.Algebra

/// Values of a statement's variables, by name.
type Model = Map<string, float>

/// What a name in a query's text stands for.
[<NoComparison>]
type Binding =
    /// Any real number.
    | Free of name: string
    /// An abbreviation.
    | Short of name: string * Term
    /// The non-negative square root of a term.
    | Root of name: string * Term

/// <summary>A real number in a statement: the text that a solver reads, and the double that the engine computes for given variables.</summary>
/// <remarks>
/// A statement is written once and read twice. Arithmetic prints through `Term`; what devices and rules do prints through the same laws over
/// terms that the engine runs over doubles (`SymbolicDevice`), so a solver's counterexample is replayed in the engine itself.
/// </remarks>
[<Sealed; NoEquality; NoComparison>]
type Quantity
    /// <summary>A number from its two readings, which have to be of the same formula.</summary>
    /// <param name="term">SMT-LIB 2 text.</param>
    /// <param name="bindings">The names in the text, each after those that it is made of.</param>
    /// <param name="value">The engine's double for a value of every variable; NaN where there is none.</param>
    (term: Term, bindings: Binding list, value: Model -> float) =

    static let merge (a: Quantity) (b: Quantity) = List.distinct (a.Bindings @ b.Bindings)

    static let unary (print: Term -> Term) (compute: float -> float) (a: Quantity) =
        Quantity(print a.Term, a.Bindings, fun model -> compute (a.Value model))

    static let binary (print: Term -> Term -> Term) (compute: float -> float -> float) (a: Quantity) (b: Quantity) =
        Quantity(print a.Term b.Term, merge a b, fun model -> compute (a.Value model) (b.Value model))

    /// SMT-LIB 2 text.
    member _.Term = term
    /// The names in the text, each after those that it is made of.
    member _.Bindings = bindings
    /// <summary>The engine's double; NaN where a variable is missing or a device cannot exist.</summary>
    /// <param name="model">A value for every variable.</param>
    member _.Value(model: Model) : float = value model

    /// <summary>Sum.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand.</param>
    static member (+)(a: Quantity, b: Quantity) : Quantity = binary (fun x y -> x + y) (+) a b
    /// <summary>Difference.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand.</param>
    static member (-)(a: Quantity, b: Quantity) : Quantity = binary (fun x y -> x - y) (-) a b
    /// <summary>Product.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand.</param>
    static member (*)(a: Quantity, b: Quantity) : Quantity = binary (fun x y -> x * y) (*) a b
    /// <summary>Quotient.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand.</param>
    static member (/)(a: Quantity, b: Quantity) : Quantity = binary (fun x y -> x / y) (/) a b
    /// <summary>Sum.</summary>
    /// <param name="a">Left operand, a double taken exactly.</param>
    /// <param name="b">Right operand.</param>
    static member (+)(a: float, b: Quantity) : Quantity = Quantity.Number a + b
    /// <summary>Difference.</summary>
    /// <param name="a">Left operand, a double taken exactly.</param>
    /// <param name="b">Right operand.</param>
    static member (-)(a: float, b: Quantity) : Quantity = Quantity.Number a - b
    /// <summary>Product.</summary>
    /// <param name="a">Left operand, a double taken exactly.</param>
    /// <param name="b">Right operand.</param>
    static member (*)(a: float, b: Quantity) : Quantity = Quantity.Number a * b
    /// <summary>Quotient.</summary>
    /// <param name="a">Left operand, a double taken exactly.</param>
    /// <param name="b">Right operand.</param>
    static member (/)(a: float, b: Quantity) : Quantity = Quantity.Number a / b
    /// <summary>Sum.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand, a double taken exactly.</param>
    static member (+)(a: Quantity, b: float) : Quantity = a + Quantity.Number b
    /// <summary>Difference.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand, a double taken exactly.</param>
    static member (-)(a: Quantity, b: float) : Quantity = a - Quantity.Number b
    /// <summary>Quotient.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand, a double taken exactly.</param>
    static member (/)(a: Quantity, b: float) : Quantity = a / Quantity.Number b
    /// <summary>The opposite.</summary>
    /// <param name="a">Left operand.</param>
    static member (~-)(a: Quantity) : Quantity = unary (fun x -> -x) (fun x -> -x) a
    /// <summary>Absolute value.</summary>
    /// <param name="a">Left operand.</param>
    static member Abs(a: Quantity) : Quantity = unary Term.Abs abs a

    /// <summary>A double, exactly.</summary>
    /// <param name="x">The operand.</param>
    static member Number(x: float) : Quantity = Quantity(Term.Constant x, [], fun _ -> x)

/// Making quantities.
[<RequireQualifiedAccess>]
module Quantity =

    /// <summary>A free real variable.</summary>
    /// <param name="name">A letter, then letters and digits.</param>
    let variable (name: string) : Quantity =
        Quantity(Term.Symbol name, [ Free name ], fun model -> model |> Map.tryFind name |> Option.defaultValue nan)

    /// <summary>1, 0 or −1.</summary>
    /// <param name="x">The operand.</param>
    let sign (x: Quantity) : Quantity =
        let print (x: Term) =
            Term.SelectNonNegative(x, Term.SelectNonNegative(-x, Term.Constant 0.0, Term.Constant 1.0), Term.Constant -1.0)

        let compute x =
            if x > 0.0 then 1.0
            elif x < 0.0 then -1.0
            else x

        Quantity(print x.Term, x.Bindings, fun model -> compute (x.Value model))

    /// <summary>The smaller one.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand.</param>
    let smaller (a: Quantity) (b: Quantity) : Quantity =
        Quantity(Term.Min(a.Term, b.Term), List.distinct (a.Bindings @ b.Bindings), fun model -> min (a.Value model) (b.Value model))

    /// <summary>The larger one.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand.</param>
    let larger (a: Quantity) (b: Quantity) : Quantity =
        Quantity(Term.Max(a.Term, b.Term), List.distinct (a.Bindings @ b.Bindings), fun model -> max (a.Value model) (b.Value model))

    /// <summary>The same quantity under a name of its own: the text says it once.</summary>
    /// <param name="name">Name in the solver's text; letters, digits and hyphens.</param>
    /// <param name="x">The operand.</param>
    let named (name: string) (x: Quantity) : Quantity = Quantity(Term.Symbol name, x.Bindings @ [ Short(name, x.Term) ], x.Value)

    /// <summary>Square root under a name: to a solver, the non-negative number whose square is x.</summary>
    /// <param name="name">Name in the solver's text; letters, digits and hyphens.</param>
    /// <param name="x">The operand.</param>
    let root (name: string) (x: Quantity) : Quantity =
        Quantity(Term.Symbol name, x.Bindings @ [ Root(name, x.Term) ], fun model -> sqrt (x.Value model))

    /// <summary>x².</summary>
    /// <param name="x">The operand.</param>
    let square (x: Quantity) : Quantity = x * x
