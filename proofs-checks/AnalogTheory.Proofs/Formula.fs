namespace AnalogTheory.Proofs

open System
open System.Numerics
open AnalogTheory
open AnalogTheory.Kernels.Algebra

/// A term of SMT-LIB 2 as a tree: what a solver would read.
type Formula =
    | Number of Rational
    | Variable of string
    | Application of head: string * arguments: Formula list

/// A number system in which a formula can be evaluated.
type Evaluation<'T> =
    {
        Constant: Rational -> 'T
        Add: 'T -> 'T -> 'T
        Subtract: 'T -> 'T -> 'T
        Multiply: 'T -> 'T -> 'T
        Divide: 'T -> 'T -> 'T
        Negate: 'T -> 'T
        AtLeast: 'T -> 'T -> bool
        /// Functions outside QF_NRA, by name.
        Function: string -> 'T -> 'T
    }

/// Reading and evaluating the text that `Term` prints, without any code in common with it.
[<RequireQualifiedAccess>]
module Formula =

    let private tokens (text: string) : string list =
        text.Replace("(", " ( ").Replace(")", " ) ").Split(' ', StringSplitOptions.RemoveEmptyEntries) |> Array.toList

    let private number (token: string) : Rational =
        let point = token.IndexOf '.'
        let digits = token.Remove(point, 1)
        Rational.Create(BigInteger.Parse digits, BigInteger.Pow(BigInteger 10, token.Length - point - 1))

    /// The tree of a term.
    let parse (text: string) : Formula =
        let rec term tokens =
            match tokens with
            | "(" :: head :: rest ->
                let arguments, rest = terms [] rest
                Application(head, arguments), rest
            | token :: rest when Char.IsDigit token[0] -> Number(number token), rest
            | token :: rest when token <> ")" -> Variable token, rest
            | _ -> failwith $"Expected a term in '{text}'."

        and terms read tokens =
            match tokens with
            | ")" :: rest -> List.rev read, rest
            | _ ->
                let next, rest = term tokens
                terms (next :: read) rest

        match term (tokens text) with
        | formula, [] -> formula
        | _, rest -> failwith $"Expected the end of '{text}', got {rest}."

    /// The value of a formula with its variables bound.
    let rec evaluate (system: Evaluation<'T>) (bindings: Map<string, 'T>) (formula: Formula) : 'T =
        let value = evaluate system bindings

        match formula with
        | Number x -> system.Constant x
        | Variable name -> bindings[name]
        | Application("+", [ a; b ]) -> system.Add (value a) (value b)
        | Application("-", [ a; b ]) -> system.Subtract (value a) (value b)
        | Application("*", [ a; b ]) -> system.Multiply (value a) (value b)
        | Application("/", [ a; b ]) -> system.Divide (value a) (value b)
        | Application("-", [ a ]) -> system.Negate(value a)
        | Application("ite", [ Application(relation, [ a; b ]); yes; no ]) ->
            let a, b = value a, value b

            let holds =
                match relation with
                | ">=" -> system.AtLeast a b
                | "<=" -> system.AtLeast b a
                | _ -> failwith $"Expected >= or <=, got {relation}."

            if holds then value yes else value no
        | Application(name, [ a ]) -> system.Function name (value a)
        | Application(head, arguments) -> failwith $"Expected a known operation, got {head} of {arguments.Length} arguments."

    /// Without rounding; functions outside QF_NRA are refused.
    let exact: Evaluation<Rational> =
        { Constant = id
          Add = (+)
          Subtract = (-)
          Multiply = (*)
          Divide = (/)
          Negate = (~-)
          AtLeast = fun a b -> a >= b
          Function = fun name _ -> failwith $"Expected a rational formula, got the function {name}." }

    /// In doubles, with the platform's exp and log and with named functions.
    let approximate (functions: Map<string, float -> float>) : Evaluation<float> =
        { Constant = _.Approximate
          Add = (+)
          Subtract = (-)
          Multiply = (*)
          Divide = (/)
          Negate = (~-)
          AtLeast = fun a b -> a >= b
          Function =
            fun name ->
                match name with
                | "exp" -> Math.Exp
                | "log" -> Math.Log
                | other -> functions[other] }

/// Formulas that a device prints.
[<NoEquality; NoComparison>]
type DeviceFormulas = { Up: Formula; Down: Formula; Update: Formula; UpdateByCases: Formula }

[<RequireQualifiedAccess>]
module DeviceFormulas =

    /// The text of a device's law, in the variables w and d.
    let ofDevice (device: Device) : DeviceFormulas =
        let w, d = Term.Symbol "w", Term.Symbol "d"
        let response = device.Law.At w

        { Up = Formula.parse response.Up.Text
          Down = Formula.parse response.Down.Text
          Update = Formula.parse (device.Law.Update(w, d)).Text
          UpdateByCases = Formula.parse (device.Law.UpdateByCases(w, d)).Text }

    /// U(w, Δ) without rounding, for devices whose law is rational.
    let update (device: Device) : Rational -> Rational -> Rational =
        let formulas = ofDevice device
        fun w increment -> Formula.evaluate Formula.exact (Map [ "w", w; "d", increment ]) formulas.Update
