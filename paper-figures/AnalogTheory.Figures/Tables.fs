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

    /// <summary>The table of a file, named as the file; a column is numbers if every cell is one.</summary>
    /// <exception cref="T:System.IO.InvalidDataException">The file is empty, a quote stays open, or a row has another number of fields.</exception>
    let read (path: string) : Table =
        CsvFile.read path
        |> List.map (fun (name, cells) ->
            match cells with
            | CsvCells.Numbers values -> name, Numbers values
            | CsvCells.Texts values -> name, Texts values)
        |> Table.create (Path.GetFileNameWithoutExtension path |> string)
