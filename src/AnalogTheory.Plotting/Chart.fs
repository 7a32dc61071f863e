/// Own results in the look of the figures, in a few lines of C# or F#.
namespace AnalogTheory.Plotting

open System
open System.Collections.Generic
open System.IO
open AnalogTheory.Runs

/// <summary>Writes a plate to files.</summary>
[<RequireQualifiedAccess>]
module PlateFile =

    /// <summary>Writes a plate in the form that the file's extension names, in one step: a reader sees the old bytes or the new.</summary>
    /// <param name="path">The file; its folder is made when absent. The extension is <c>.svg</c>, <c>.pdf</c>, <c>.png</c>, or <c>.html</c> for an interactive page that works without a network.</param>
    /// <param name="plate">The plate.</param>
    /// <exception cref="T:System.ArgumentException">The extension is another one, a character is in none of the faces, or the plate is too small for its panels.</exception>
    /// <exception cref="T:System.IO.IOException">The file cannot be written.</exception>
    [<CompiledName("Save")>]
    let save (path: string) (plate: Plate) : unit =
        match (Path.GetExtension path |> string).ToLowerInvariant() with
        | ".svg" -> AtomicFile.writeText path (PlateRenderer.toSvg plate)
        | ".pdf" -> AtomicFile.writeBytes path (PlateRenderer.toPdf plate)
        | ".png" -> AtomicFile.writeBytes path (PlateRenderer.toPng plate)
        | ".html" ->
            InteractivePage.write
                path
                { Title = plate.Title
                  Subtitle = ""
                  Introduction = []
                  Entries =
                    [ { Id = "figure"
                        Title = PlainText.toMarkup plate.Title
                        Caption = ""
                        Plate = Some plate
                        Table = None
                        Links = []
                        Manifest = None } ] }
        | other -> invalidArg (nameof path) $"Expected a file that ends with .svg, .pdf, .png or .html, got '{other}' in {path}."

/// <summary>A panel that grows series by series; every step gives a new chart, and colours and markers follow from the order of the names.</summary>
/// <remarks>Series of one name share a colour and an entry of the legend: a band and the line inside it, say. Labels and names are <c>Markup</c>: <c>*w*_{k}</c> is an italic w with the index k.</remarks>
[<Sealed>]
type Chart private (title: string, x: Axis, y: Axis, marks: Mark list, names: string list) =

    let add (name: string) (make: int -> Mark) =
        let names = if List.contains name names then names else names @ [ name ]
        Chart(title, x, y, marks @ [ make (List.findIndex ((=) name) names) ], names)

    let array (values: IReadOnlyList<float>) = Array.ofSeq values

    /// <summary>An empty chart with linear axes whose ranges follow from the data.</summary>
    /// <param name="title">What it shows, in plain text: the name of the picture for readers who cannot see it.</param>
    /// <param name="xLabel">Label of the horizontal axis, in <c>Markup</c>.</param>
    /// <param name="yLabel">Label of the vertical axis, in <c>Markup</c>.</param>
    new(title: string, xLabel: string, yLabel: string) = Chart(title, Axis.linear xLabel, Axis.linear yLabel, [], [])

    /// <summary>The same chart with a logarithmic horizontal axis; values that are not positive are gaps.</summary>
    /// <returns>A new chart.</returns>
    member _.WithLogX() : Chart = Chart(title, { x with Scale = Logarithmic }, y, marks, names)

    /// <summary>The same chart with a logarithmic vertical axis; values that are not positive are gaps.</summary>
    /// <returns>A new chart.</returns>
    member _.WithLogY() : Chart = Chart(title, x, { y with Scale = Logarithmic }, marks, names)

    /// <summary>Adds a curve with a few markers along it.</summary>
    /// <param name="name">Its name in the legend, in <c>Markup</c>.</param>
    /// <param name="xs">Abscissae.</param>
    /// <param name="ys">Ordinates, as many; NaN breaks the curve.</param>
    /// <returns>A new chart.</returns>
    /// <exception cref="T:System.ArgumentException">Lengths differ.</exception>
    member _.Line(name: string, xs: IReadOnlyList<float>, ys: IReadOnlyList<float>) : Chart =
        add name (fun i -> Mark.lineWithMarkers name (Stroke.thin (Palette.at i)) (Marker.at i) 8 (array xs) (array ys))

    /// <summary>Adds the area between two curves, such as a confidence band.</summary>
    /// <param name="name">Its name in the legend, in <c>Markup</c>; that of its line, if it has one.</param>
    /// <param name="xs">Abscissae.</param>
    /// <param name="lower">Lower ends, as many.</param>
    /// <param name="upper">Upper ends, as many.</param>
    /// <returns>A new chart.</returns>
    /// <exception cref="T:System.ArgumentException">Lengths differ.</exception>
    member _.Band(name: string, xs: IReadOnlyList<float>, lower: IReadOnlyList<float>, upper: IReadOnlyList<float>) : Chart =
        add name (fun i -> Mark.band name (Palette.at i) (array xs) (array lower) (array upper))

    /// <summary>Adds separate points.</summary>
    /// <param name="name">Their name in the legend, in <c>Markup</c>.</param>
    /// <param name="xs">Abscissae.</param>
    /// <param name="ys">Ordinates, as many.</param>
    /// <returns>A new chart.</returns>
    /// <exception cref="T:System.ArgumentException">Lengths differ.</exception>
    member _.Points(name: string, xs: IReadOnlyList<float>, ys: IReadOnlyList<float>) : Chart =
        add name (fun i -> Mark.points name (Marker.at i) (array xs) (array ys))

    /// <summary>Adds points with vertical error bars.</summary>
    /// <param name="name">Their name in the legend, in <c>Markup</c>.</param>
    /// <param name="xs">Abscissae.</param>
    /// <param name="ys">Ordinates, as many.</param>
    /// <param name="lower">Lower ends of the bars, in the unit of the ordinates.</param>
    /// <param name="upper">Upper ends of the bars, in the unit of the ordinates.</param>
    /// <returns>A new chart.</returns>
    /// <exception cref="T:System.ArgumentException">Lengths differ.</exception>
    member _.PointsWithErrors
        (name: string, xs: IReadOnlyList<float>, ys: IReadOnlyList<float>, lower: IReadOnlyList<float>, upper: IReadOnlyList<float>)
        : Chart =
        add name (fun i -> Mark.pointsWithErrors name (Marker.at i) (array xs) (array ys) (array lower) (array upper))

    /// <summary>Adds a dashed horizontal rule, such as a predicted floor.</summary>
    /// <param name="label">Label beside the rule, in <c>Markup</c>.</param>
    /// <param name="at">Where it crosses the vertical axis.</param>
    /// <returns>A new chart.</returns>
    member _.Level(label: string, at: float) : Chart = Chart(title, x, y, marks @ [ Mark.horizontalRule label Palette.black at ], names)

    /// <summary>Adds any mark, such as a heat map or a note.</summary>
    /// <param name="mark">The mark; it has no colour of the series unless it is given one.</param>
    /// <returns>A new chart.</returns>
    member _.With(mark: Mark) : Chart = Chart(title, x, y, marks @ [ mark ], names)

    /// <summary>The chart as a panel, without a title of its own.</summary>
    member _.Panel: Panel = Panel.make "" x y marks

    /// <summary>The chart alone on a plate of 760 by 480 pixels.</summary>
    member this.Plate: Plate = Plate.single title 760.0 480.0 this.Panel

    /// <summary>Charts beside one another, lettered (a), (b) and so on.</summary>
    /// <param name="title">What the plate shows, in plain text.</param>
    /// <param name="charts">The charts, from left to right; at least one.</param>
    /// <returns>A plate of 460 by 400 pixels a chart.</returns>
    /// <exception cref="T:System.ArgumentException">There is no chart.</exception>
    static member Row(title: string, [<ParamArray>] charts: Chart[]) : Plate =
        Plate.row title (460.0 * float charts.Length) 400.0 [ for chart in charts -> chart.Panel ]

    /// <summary>Writes the chart in the form that the file's extension names.</summary>
    /// <param name="path">The file; its folder is made when absent. The extension is <c>.svg</c>, <c>.pdf</c>, <c>.png</c>, or <c>.html</c> for an interactive page that works without a network.</param>
    /// <exception cref="T:System.ArgumentException">The extension is another one, or a character is in none of the faces.</exception>
    /// <exception cref="T:System.IO.IOException">The file cannot be written.</exception>
    member this.Save(path: string) : unit = PlateFile.save path this.Plate
