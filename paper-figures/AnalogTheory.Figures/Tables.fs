/// Tables of the experiments as CSV files, and back.
namespace AnalogTheory.Figures

open System.IO
open AnalogTheory
open AnalogTheory.Runs

/// <summary>Writes and reads the tables that experiments return.</summary>
[<RequireQualifiedAccess>]
module TableFile =

    /// <summary>The columns of a table, as a CSV file holds them.</summary>
    let columns (table: Table) : (string * CsvCells) list =
        table.Columns
        |> List.map (fun (name, column) ->
            match column with
            | Numbers values -> name, CsvCells.Numbers values
            | Texts values -> name, CsvCells.Texts values)

    /// <summary>The table of a text; a column is numbers if every cell is one.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="file">Name of the file that the text is of, for complaints.</param>
    /// <param name="text">RFC 4180 text.</param>
    /// <exception cref="T:System.IO.InvalidDataException">The text is empty, a quote stays open, or a row has another number of fields.</exception>
    let ofText (name: string) (file: string) (text: string) : Table =
        CsvFile.ofText file text
        |> List.map (fun (name, cells) ->
            match cells with
            | CsvCells.Numbers values -> name, Numbers values
            | CsvCells.Texts values -> name, Texts values)
        |> Table.create name

    /// <summary>The table of a file, named as the file; a column is numbers if every cell is one.</summary>
    /// <exception cref="T:System.IO.InvalidDataException">The file is empty, a quote stays open, or a row has another number of fields.</exception>
    let read (path: string) : Table =
        ofText (Path.GetFileNameWithoutExtension path |> string) (Path.GetFileName path |> string) (File.ReadAllText path)
