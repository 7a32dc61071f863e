/// A figure as a recipe: what to compute, how to draw it, and how it differs from the paper.
namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// <summary>What a recipe shows.</summary>
type Picture =
    /// Panels.
    | Drawn of Plate
    /// A table of words.
    | Set of TextTable

/// <summary>A figure of the paper, or one of our own. Computing makes tables, drawing reads them; drawing never computes.</summary>
type Recipe =
    {
        /// Identifier for the command line and for file names, such as "4-left".
        Id: string
        /// Title in <c>Markup</c>.
        Title: string
        /// Caption in <c>Markup</c>, which may quote numbers of the tables.
        Caption: Table list -> string
        /// Parameters by name, with hashes of the files that are read; asked for at every run, since files may change.
        Parameters: unit -> (string * string) list
        /// Where the figure departs from the paper.
        Divergences: string list
        /// Remarks with measured numbers.
        Notes: Table list -> string list
        /// The tables.
        Compute: Budget -> Key -> Table list
        /// The picture of the tables.
        Draw: Table list -> Picture
    }

/// <summary>Parameters and numbers as words.</summary>
[<RequireQualifiedAccess>]
module Words =

    /// <summary>A number in its shortest form.</summary>
    let number (value: float) : string = value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)

    /// <summary>A number with a few significant digits.</summary>
    let rounded (digits: int) (value: float) : string =
        value.ToString("G" + string digits, System.Globalization.CultureInfo.InvariantCulture)

    /// <summary>Numbers in a row.</summary>
    let numbers (values: float list) : string = values |> List.map number |> String.concat ", "

/// <summary>Marks that several recipes use.</summary>
[<RequireQualifiedAccess>]
module Curves =

    /// <summary>Table by its name.</summary>
    let table (name: string) (tables: Table list) : Table = tables |> List.find (fun table -> table.Name = name)

    /// <summary>The distinct values of a column of words, in order of appearance.</summary>
    let labels (column: string) (table: Table) : string list = Table.texts column table |> Array.distinct |> List.ofArray

    /// <summary>A confidence band and a line with a few markers, for one series of a table.</summary>
    let banded (x: string) (index: int) (name: string) (rows: Table) : Mark list =
        let xs = Table.numbers x rows
        let colour = Palette.at index

        [ Mark.band name colour xs (Table.numbers "lower" rows) (Table.numbers "upper" rows)
          Mark.lineWithMarkers name (Stroke.thin colour) (Marker.at index) 9 xs (Table.numbers "mean" rows) ]

    /// <summary>Every series of a table, in order, with its band.</summary>
    let all (x: string) (table: Table) : Mark list =
        labels "series" table
        |> List.mapi (fun i label -> banded x i label (Table.where "series" label table))
        |> List.concat
