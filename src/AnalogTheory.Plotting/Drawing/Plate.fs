/// A figure as data: panels in a grid.
namespace AnalogTheory.Plotting

/// <summary>Who carries the legend.</summary>
type PlateLegend =
    /// Every panel its own.
    | EachPanel
    /// One above all panels, in rows.
    | AboveAll

/// <summary>Panels in a grid, with the size of the page in pixels (one pixel is 1/72 inch in PDF).</summary>
type Plate =
    {
        /// Name for readers who cannot see it, and for the PDF's properties; plain text.
        Title: string
        /// Panels by row.
        Rows: Panel list list
        /// Relative widths of the data areas, one a column.
        ColumnWeights: float list
        /// Relative heights of the data areas, one a row.
        RowWeights: float list
        /// Width.
        Width: float
        /// Height.
        Height: float
        /// Whether the panels of a row have one vertical axis, labelled at the left.
        ShareY: bool
        /// Whether the panels of a column have one horizontal axis, labelled at the bottom.
        ShareX: bool
        /// Whether panels are lettered (a), (b) and so on.
        Letters: bool
        /// Who carries the legend.
        Legend: PlateLegend
    }

/// <summary>Makes plates.</summary>
[<RequireQualifiedAccess>]
module Plate =

    /// <summary>A plate of rows of equal cells.</summary>
    /// <param name="title">Plain text.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="rows">Panels by row.</param>
    /// <exception cref="T:System.ArgumentException">There is no panel.</exception>
    let grid (title: string) (width: float) (height: float) (rows: Panel list list) : Plate =
        if rows.IsEmpty || rows |> List.exists List.isEmpty then
            invalidArg (nameof rows) "Expected at least one panel in every row, got none."

        { Title = title
          Rows = rows
          ColumnWeights = List.replicate (rows |> List.map List.length |> List.max) 1.0
          RowWeights = List.replicate rows.Length 1.0
          Width = width
          Height = height
          ShareY = false
          ShareX = false
          Letters = (rows |> List.sumBy List.length) > 1
          Legend = EachPanel }

    /// <summary>A plate of one row.</summary>
    /// <param name="title">What it shows, in plain text, for readers who cannot see it.</param>
    /// <param name="width">Width in pixels, 1/72 inch in PDF.</param>
    /// <param name="height">Height in pixels, 1/72 inch in PDF.</param>
    /// <param name="panels">Panels from left to right; at least one.</param>
    let row (title: string) (width: float) (height: float) (panels: Panel list) : Plate = grid title width height [ panels ]

    /// <summary>A plate of one panel.</summary>
    /// <param name="title">What it shows, in plain text, for readers who cannot see it.</param>
    /// <param name="width">Width in pixels, 1/72 inch in PDF.</param>
    /// <param name="height">Height in pixels, 1/72 inch in PDF.</param>
    /// <param name="panel">The panel.</param>
    let single (title: string) (width: float) (height: float) (panel: Panel) : Plate = grid title width height [ [ panel ] ]

    /// <summary>All panels, row by row.</summary>
    /// <param name="plate">The plate.</param>
    let panels (plate: Plate) : Panel list = List.concat plate.Rows

    /// <summary>The letter of the i-th panel, as it is printed.</summary>
    /// <param name="i">Number of the panel, from 0; at most 25.</param>
    let letter (i: int) : string = $"({char (int 'a' + i)})"
