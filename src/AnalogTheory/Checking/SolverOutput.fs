namespace AnalogTheory

open System
open System.Globalization
open System.Numerics

/// Reading what an SMT solver prints: answers and models, as trees of symbols.
module internal SolverOutput =

    /// An S-expression.
    [<RequireQualifiedAccess>]
    type Tree =
        | Symbol of string
        | Group of Tree list

    // Parentheses and the words between them; quoted strings stay whole.
    let private tokens (text: string) : string list =
        let rec from i tokens =
            if i >= text.Length then
                List.rev tokens
            else
                match text[i] with
                | '('
                | ')' -> from (i + 1) (string text[i] :: tokens)
                | c when Char.IsWhiteSpace c -> from (i + 1) tokens
                | '"' ->
                    let close = text.IndexOf('"', i + 1)
                    let last = if close < 0 then text.Length - 1 else close
                    from (last + 1) (text[i..last] :: tokens)
                | _ ->
                    let isInside c = not (Char.IsWhiteSpace c) && c <> '(' && c <> ')' && c <> '"'
                    let rec last j = if j + 1 < text.Length && isInside text[j + 1] then last (j + 1) else j
                    let last = last i
                    from (last + 1) (text[i..last] :: tokens)

        from 0 []

    /// <summary>The expressions of a text; None where parentheses do not match.</summary>
    /// <param name="text">The text.</param>
    let parse (text: string) : Tree list option =
        // A stack of unfinished groups, each with its parts in reverse.
        let push part stack =
            match stack with
            | parts :: outer -> (part :: parts) :: outer
            | [] -> [ [ part ] ]

        let step stack token =
            match stack, token with
            | None, _ -> None
            | Some stack, "(" -> Some([] :: stack)
            | Some(parts :: outer :: rest), ")" -> Some(push (Tree.Group(List.rev parts)) (outer :: rest))
            | Some _, ")" -> None
            | Some stack, symbol -> Some(push (Tree.Symbol symbol) stack)

        match tokens text |> List.fold step (Some [ [] ]) with
        | Some [ parts ] -> Some(List.rev parts)
        | _ -> None

    /// A fraction as the nearest double or one beside it, whatever the size of its parts.
    let private quotient (numerator: BigInteger) (denominator: BigInteger) : float =
        if denominator.IsZero then
            nan
        else
            // Enough bits that truncation is below an eighth of the last place.
            let shift = 60 + int (denominator.GetBitLength()) - int (numerator.GetBitLength())
            let scaled = if shift >= 0 then (numerator <<< shift) / denominator else numerator / (denominator <<< -shift)
            Math.ScaleB(float scaled, -shift)

    let private literal (text: string) : float option =
        // Some solvers mark a truncated decimal with a question mark.
        let text = text.TrimEnd '?'
        let point = text.IndexOf '.'
        let digits = if point < 0 then text else text.Remove(point, 1)

        if digits <> "" && Seq.forall Char.IsAsciiDigit digits then
            let places = if point < 0 then 0 else text.Length - point - 1
            Some(quotient (BigInteger.Parse(digits, CultureInfo.InvariantCulture)) (BigInteger.Pow(BigInteger 10, places)))
        else
            None

    let private horner (coefficients: float list) (x: float) : float = List.foldBack (fun c value -> c + x * value) coefficients 0.0

    let private derivative (coefficients: float list) : float list = coefficients |> List.mapi (fun i c -> float i * c) |> List.tail

    // Where a polynomial, monotone on (a, b), changes sign; a double root is found as a root of the derivative that is a root here.
    let private bisect (f: float -> float) (a: float) (b: float) : float =
        let rising = f b > 0.0

        let rec halve n a b =
            let middle = 0.5 * a + 0.5 * b

            if n = 0 then middle
            elif (f middle > 0.0) = rising then halve (n - 1) a middle
            else halve (n - 1) middle b

        halve 200 a b

    /// Real roots of a polynomial, ascending, coefficients by rising power; its derivative's roots cut the line into monotone pieces.
    let rec private realRoots (coefficients: float list) : float list =
        match List.rev coefficients |> List.skipWhile ((=) 0.0) |> List.rev with
        | []
        | [ _ ] -> []
        | [ constant; slope ] -> [ -constant / slope ]
        | trimmed ->
            let leading = List.last trimmed
            let reach = 1.0 + (trimmed |> List.map (fun c -> abs (c / leading)) |> List.max)
            let f = horner trimmed
            let turning = realRoots (derivative trimmed)

            [ yield! turning |> List.filter (fun x -> f x = 0.0)
              for a, b in List.pairwise (-reach :: turning @ [ reach ]) do
                  if f a * f b < 0.0 then bisect f a b ]
            |> List.sort

    // A polynomial in the symbol x, by rising power.
    let rec private polynomial (tree: Tree) : float list option =
        let add a b =
            let length = max (List.length a) (List.length b)
            let padded p = p @ List.replicate (length - List.length p) 0.0
            List.map2 (+) (padded a) (padded b)

        let times a b =
            a |> List.mapi (fun i x -> List.replicate i 0.0 @ (b |> List.map ((*) x))) |> List.fold add []

        let all parts =
            parts |> List.map polynomial |> List.fold (Option.map2 (fun ps p -> p :: ps)) (Some []) |> Option.map List.rev

        match tree with
        | Tree.Symbol "x" -> Some [ 0.0; 1.0 ]
        | Tree.Symbol text -> literal text |> Option.map List.singleton
        | Tree.Group(Tree.Symbol "+" :: parts) -> all parts |> Option.map (List.fold add [])
        | Tree.Group(Tree.Symbol "*" :: parts) -> all parts |> Option.map (List.fold times [ 1.0 ])
        | Tree.Group [ Tree.Symbol "-"; part ] -> polynomial part |> Option.map (List.map (~-))
        | Tree.Group [ Tree.Symbol "-"; a; b ] -> Option.map2 (fun a b -> add a (List.map (~-) b)) (polynomial a) (polynomial b)
        | Tree.Group [ Tree.Symbol "^"; part; Tree.Symbol power ] ->
            match Int32.TryParse(power, NumberStyles.None, CultureInfo.InvariantCulture) with
            | true, n -> polynomial part |> Option.map (fun p -> List.fold times [ 1.0 ] (List.replicate n p))
            | _ -> None
        | _ -> None

    /// <summary>The double near a number: decimals, fractions, negatives, and `(root-obj p k)`, the k-th real root of p.</summary>
    /// <param name="tree">One expression.</param>
    let rec number (tree: Tree) : float option =
        match tree with
        | Tree.Symbol text -> literal text
        | Tree.Group [ Tree.Symbol "-"; part ] -> number part |> Option.map (~-)
        | Tree.Group [ Tree.Symbol "/"; a; b ] -> Option.map2 (/) (number a) (number b)
        | Tree.Group [ Tree.Symbol "root-obj"; p; Tree.Symbol index ] ->
            match polynomial p, Int32.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture) with
            | Some coefficients, (true, k) -> realRoots coefficients |> List.tryItem (k - 1)
            | _ -> None
        | _ -> None

    /// <summary>The pairs of `(get-value …)`; None if there are others, or a number cannot be read.</summary>
    /// <param name="tree">One expression.</param>
    let values (tree: Tree) : Model option =
        let entry (model: Model option) pair =
            match model, pair with
            | Some model, Tree.Group [ Tree.Symbol name; value ] ->
                number value |> Option.filter Double.IsFinite |> Option.map (fun x -> Map.add name x model)
            | _ -> None

        match tree with
        | Tree.Group pairs -> pairs |> List.fold entry (Some Map.empty)
        | Tree.Symbol _ -> None

    /// <summary>The constants that a query declares; its comments take whole lines.</summary>
    /// <param name="text">The text.</param>
    let declared (text: string) : string list =
        let code = text.Split '\n' |> Array.filter (fun line -> not (line.StartsWith(';'))) |> String.concat "\n"

        parse code
        |> Option.defaultValue []
        |> List.choose (function
            | Tree.Group [ Tree.Symbol "declare-const"; Tree.Symbol name; _ ] -> Some name
            | _ -> None)
