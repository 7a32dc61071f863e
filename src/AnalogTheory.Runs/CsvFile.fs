/// Tables read back from CSV files.
namespace AnalogTheory.Runs

open System
open System.IO
open System.Text

/// <summary>Reads RFC 4180 files.</summary>
[<RequireQualifiedAccess>]
module CsvFile =

    /// Records of fields; quoted fields may hold commas, doubled quotes and line breaks.
    let private records (text: string) : string list list =
        let fields, rows = ResizeArray<string>(), ResizeArray<string list>()
        let field = StringBuilder()
        let mutable quoted = false

        let endField () =
            fields.Add(field.ToString())
            field.Clear() |> ignore

        let endRow () =
            endField ()
            rows.Add(List.ofSeq fields)
            fields.Clear()

        let mutable i = 0

        while i < text.Length do
            match text[i] with
            | '"' when quoted && i + 1 < text.Length && text[i + 1] = '"' ->
                field.Append '"' |> ignore
                i <- i + 1
            | '"' -> quoted <- not quoted
            | ',' when not quoted -> endField ()
            | '\r' when not quoted -> ()
            | '\n' when not quoted -> endRow ()
            | character -> field.Append character |> ignore

            i <- i + 1

        if quoted then raise (InvalidDataException "Expected a closing quote, got the end of the file.")

        // The last record may lack its line break.
        if field.Length > 0 || fields.Count > 0 then endRow ()

        List.ofSeq rows

    /// <summary>The columns of a text, in order; a column is numbers if every cell is one.</summary>
    /// <param name="file">Name of the file that the text is of, for complaints.</param>
    /// <param name="text">RFC 4180 text: a header, then records of as many fields.</param>
    /// <returns>Names and cells; <c>Csv.render</c> gives the same text again.</returns>
    /// <exception cref="T:System.IO.InvalidDataException">The text is empty, a quote stays open, or a row has another number of fields.</exception>
    let ofText (file: string) (text: string) : (string * CsvCells) list =
        match records text with
        | [] -> raise (InvalidDataException $"Expected a header in {file}, got an empty file.")
        | head :: rows ->
            rows
            |> List.iteri (fun i row ->
                if row.Length <> head.Length then
                    raise (
                        InvalidDataException(
                            FormattableString.Invariant $"Expected {head.Length} fields in {file}, record {i + 2}, got {row.Length}."
                        )
                    ))

            let cells = rows |> List.map Array.ofList |> Array.ofList

            head |> List.mapi (fun i name -> name, CsvCells.OfWords(cells |> Array.map (fun row -> row[i])))

    /// <summary>The columns of a file, in order; a column is numbers if every cell is one.</summary>
    /// <param name="path">Path of the file: a header, then records of as many fields; UTF-8.</param>
    /// <returns>Names and cells; <c>Csv.render</c> gives the same file again.</returns>
    /// <exception cref="T:System.IO.InvalidDataException">The file is empty, a quote stays open, or a row has another number of fields.</exception>
    let read (path: string) : (string * CsvCells) list = ofText (Path.GetFileName path |> string) (File.ReadAllText path)
