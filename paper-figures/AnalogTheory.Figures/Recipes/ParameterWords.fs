namespace AnalogTheory.Figures

open System
open System.Collections
open System.Globalization
open System.Reflection
open System.Text.RegularExpressions
open Microsoft.FSharp.Reflection

/// <summary>The parameters of an experiment as words, derived from the value that it runs with: a manifest leaves out none.</summary>
[<RequireQualifiedAccess>]
module ParameterWords =

    // "LearningRate" → "learning rate".
    let private spaced (name: string) : string = Regex.Replace(name, "(?<=[a-z])(?=[A-Z])", " ").ToLowerInvariant()

    // What is told in one word or a row of words; None for what has parts of its own.
    let rec private leaf (value: objnull) : string option =
        let row (separator: string) (parts: objnull seq) =
            let words = parts |> Seq.map leaf |> List.ofSeq

            if List.forall Option.isSome words then
                Some(words |> List.choose id |> String.concat separator)
            else
                None

        match value with
        | null -> Some "none"
        | :? string as text -> Some text
        | :? bool as isSo -> Some(if isSo then "yes" else "no")
        | :? float as number -> Some(Words.number number)
        | :? IConvertible as number when number.GetType().IsPrimitive -> Some(number.ToString CultureInfo.InvariantCulture)
        | :? Enum as word -> Some(spaced (string word))
        | value when FSharpType.IsTuple(value.GetType()) -> row "; " (FSharpValue.GetTupleFields value)
        | :? IEnumerable as values -> row ", " (Seq.cast<objnull> values)
        | value when FSharpType.IsUnion(value.GetType(), true) ->
            match FSharpValue.GetUnionFields(value, value.GetType(), true) with
            | case, [||] -> Some(spaced case.Name)
            | case, fields -> fields |> row "; " |> Option.map (fun words -> $"{spaced case.Name} {words}")
        | _ -> None

    let private isRead (property: PropertyInfo) = property.CanRead && property.GetIndexParameters().Length = 0

    // Fields of a record of F#; what can be set of an object of C#.
    let private parts (value: obj) : (string * objnull) list =
        let kind = value.GetType()

        if FSharpType.IsRecord(kind, true) then
            [ for field in FSharpType.GetRecordFields(kind, true) -> field.Name, field.GetValue value ]
        else
            [ for property in kind.GetProperties() |> Array.filter (fun property -> isRead property && property.CanWrite) ->
                  property.Name, property.GetValue value ]

    let rec private told (name: string) (value: objnull) : (string * string) list =
        match leaf value, Unchecked.nonNull value with
        | Some words, _ -> [ name, words ]
        | None, (:? IEnumerable as values) ->
            values
            |> Seq.cast<objnull>
            |> Seq.mapi (fun i item -> told (FormattableString.Invariant $"{name} {i + 1}") item)
            |> List.concat
        | None, value when FSharpType.IsTuple(value.GetType()) -> FSharpValue.GetTupleFields value |> Seq.map (told name) |> List.concat
        | None, value ->
            match parts value with
            | [] -> invalidOp $"Expected parameters of numbers, words and records of them, got {value.GetType()} as {name}."
            | parts -> parts |> List.collect (fun (part, inner) -> told $"{name}: {spaced part}" inner)

    /// <summary>Every parameter by its name, in the order of the record; those of a record inside after its name.</summary>
    /// <param name="parameters">A record of numbers, words, lists and records.</param>
    /// <exception cref="T:System.InvalidOperationException">A part has no words, such as a function.</exception>
    let ofRecord (parameters: 'Parameters when 'Parameters: not null) : (string * string) list =
        parts (Unchecked.nonNull (box parameters)) |> List.collect (fun (name, value) -> told (spaced name) value)
