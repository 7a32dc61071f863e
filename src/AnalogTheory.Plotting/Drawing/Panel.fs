/// A panel as data: axes, marks, legend. Nothing here knows how it will be drawn.
namespace AnalogTheory.Plotting

/// <summary>One entry of a legend.</summary>
type LegendEntry =
    {
        /// <summary>Name in <c>Markup</c>.</summary>
        Name: string
        /// The line of the sample, if any.
        Stroke: Stroke option
        /// The marker of the sample, if any.
        Marker: Marker option
        /// The area of the sample, if any.
        Fill: Colour option
    }

/// <summary>Where a legend stands.</summary>
type LegendPlace =
    /// In the emptiest corner if one is free of data, else outside.
    | Auto
    /// Inside: its centre at these shares of the free way, (0, 0) bottom left, (1, 1) top right.
    | Inside of x: float * y: float
    /// Outside, right of the panel.
    | OutsideRight
    /// Nowhere.
    | Hidden

/// <summary>A panel.</summary>
type Panel =
    {
        /// <summary>Title in <c>Markup</c>; may be empty.</summary>
        Title: string
        /// Horizontal axis.
        X: Axis
        /// Vertical axis.
        Y: Axis
        /// What it shows; later marks of one kind lie on top.
        Marks: Mark list
        /// Where the legend stands.
        Legend: LegendPlace
        /// Entries of the legend; from the marks' names when absent.
        Entries: LegendEntry list option
    }

/// <summary>Makes panels.</summary>
[<RequireQualifiedAccess>]
module Panel =

    /// <summary>A panel with its legend put automatically.</summary>
    /// <param name="title">Title in <c>Markup</c>; may be empty.</param>
    /// <param name="x">Horizontal axis.</param>
    /// <param name="y">Vertical axis.</param>
    /// <param name="marks">What it shows; later marks of one kind lie on top.</param>
    let make (title: string) (x: Axis) (y: Axis) (marks: Mark list) : Panel =
        { Title = title; X = x; Y = y; Marks = marks; Legend = Auto; Entries = None }

    /// <summary>The entries of a panel's legend: given ones, or one for every name, marks of one name together.</summary>
    /// <param name="panel">The panel.</param>
    let legendEntries (panel: Panel) : LegendEntry list =
        let bare name = { Name = name; Stroke = None; Marker = None; Fill = None }

        let ofMark mark =
            match mark with
            | Line { Name = Some name; Stroke = stroke; Marker = marker } -> Some { bare name with Stroke = Some stroke; Marker = marker }
            | Band { Name = Some name; Colour = colour } -> Some { bare name with Fill = Some colour }
            | Points { Name = Some name; Marker = marker } -> Some { bare name with Marker = Some marker }
            | Steps { Name = Some name; Stroke = stroke; Fill = fill } -> Some { bare name with Stroke = Some stroke; Fill = fill }
            | HorizontalRule { Name = Some name; Stroke = stroke }
            | VerticalRule { Name = Some name; Stroke = stroke } -> Some { bare name with Stroke = Some stroke }
            | Heatmap { Contours = Some { Name = Some name; Stroke = stroke } } -> Some { bare name with Stroke = Some stroke }
            | _ -> None

        let join (a: LegendEntry) (b: LegendEntry) =
            { a with
                Stroke = Option.orElse b.Stroke a.Stroke
                Marker = Option.orElse b.Marker a.Marker
                Fill = Option.orElse b.Fill a.Fill }

        match panel.Entries with
        | Some entries -> entries
        | None ->
            panel.Marks
            |> List.choose ofMark
            |> List.groupBy _.Name
            |> List.map (fun (_, entries) -> List.reduce join entries)
