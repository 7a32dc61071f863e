/// Tables as comma-separated values after RFC 4180: lines end in CR LF, a field is quoted when it must be, numbers are culture-free.
namespace AnalogTheory.Runs

open System
open System.Globalization
open System.Text

/// <summary>The cells of one column.</summary>
[<RequireQualifiedAccess>]
type CsvCells =
    /// Numbers, written so that reading them back gives the same bits.
    | Numbers of float[]
    /// Words.
    | Texts of string[]

    /// <summary>A column of numbers if every word is one, else of words.</summary>
    /// <param name="words">One word a row.</param>
    static member OfWords(words: string[]) : CsvCells =
        let parsed = words |> Array.map (fun word -> Double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture))
        if Array.forall fst parsed then Numbers(Array.map snd parsed) else Texts words

    /// <summary>How many rows the column has.</summary>
    member this.Count =
        match this with
        | Numbers cells -> cells.Length
        | Texts cells -> cells.Length

/// <summary>Named columns to RFC 4180 text.</summary>
[<RequireQualifiedAccess>]
module Csv =

    /// <summary>A number in its shortest form that reads back to the same value; NaN, Infinity and -Infinity as words.</summary>
    /// <param name="value">Any double.</param>
    let number (value: float) = value.ToString("R", CultureInfo.InvariantCulture)

    /// <summary>A field, quoted when it holds a comma, a quote, a line break, or space at an end.</summary>
    /// <param name="text">Any text.</param>
    let field (text: string) =
        let mustQuote =
            text.AsSpan().IndexOfAny(",\"\r\n") >= 0
            || (text.Length > 0 && (Char.IsWhiteSpace text[0] || Char.IsWhiteSpace text[text.Length - 1]))

        if mustQuote then "\"" + text.Replace("\"", "\"\"") + "\"" else text

    /// <summary>Refuses columns that are no table, in whatever form it is to be written.</summary>
    /// <param name="columns">Names and cells; all columns equally long.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="T:System.ArgumentException">There is no column, a name occurs twice, or lengths differ.</exception>
    let requireTable (columns: (string * CsvCells) list) : int =
        match columns with
        | [] -> invalidArg (nameof columns) "Expected at least one column, got none."
        | (_, first) :: _ ->
            let rows = first.Count

            for name, cells in columns do
                if cells.Count <> rows then
                    invalidArg
                        (nameof columns)
                        (FormattableString.Invariant $"Expected {rows} rows in every column, got {cells.Count} in '{name}'.")

            match columns |> List.countBy fst |> List.tryFind (fun (_, count) -> count > 1) with
            | Some(name, _) -> invalidArg (nameof columns) $"Expected distinct column names, got '{name}' more than once."
            | None -> rows

    /// <summary>The table as text, header first.</summary>
    /// <param name="columns">Names and cells; all columns equally long.</param>
    /// <exception cref="T:System.ArgumentException">There is no column, a name occurs twice, or lengths differ.</exception>
    let render (columns: (string * CsvCells) list) : string =
        let rows = requireTable columns
        let text = StringBuilder()

        let line (fields: seq<string>) = text.AppendJoin(',', fields).Append("\r\n") |> ignore

        line (columns |> Seq.map (fst >> field))

        for row in 0 .. rows - 1 do
            columns
            |> Seq.map (fun (_, cells) ->
                match cells with
                | CsvCells.Numbers values -> number values[row]
                | CsvCells.Texts words -> field words[row])
            |> line

        text.ToString()

    /// <summary>Writes the table to a file in one step.</summary>
    /// <param name="path">Path of the file; its folder is made when absent.</param>
    /// <param name="columns">Names and cells; all columns equally long.</param>
    let write (path: string) (columns: (string * CsvCells) list) = AtomicFile.writeText path (render columns)
