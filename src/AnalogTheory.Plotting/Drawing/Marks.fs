/// Short ways to write what stands in a panel.
namespace AnalogTheory.Plotting

/// <summary>Makes marks; lengths are checked here, once.</summary>
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Mark =

    let private sameLength (what: string) (expected: 'a[]) (actual: 'b[]) =
        if expected.Length <> actual.Length then
            invalidArg
                what
                (System.FormattableString.Invariant $"Expected {expected.Length} values, as many as abscissae, got {actual.Length}.")

    let private named (name: string) = if name = "" then None else Some name

    let private curve name stroke marker markerCount (xs: float[]) (ys: float[]) : Mark =
        sameLength (nameof ys) xs ys

        Line
            { Name = named name
              Xs = xs
              Ys = ys
              Stroke = stroke
              Marker = marker
              MarkerCount = markerCount }

    let private scatter name marker (xs: float[]) (ys: float[]) (errors: ErrorBars option) : Mark =
        sameLength (nameof ys) xs ys

        match errors with
        | Some bars ->
            sameLength "lower" xs bars.Lower
            sameLength "upper" xs bars.Upper
        | None -> ()

        Points { Name = named name; Xs = xs; Ys = ys; Marker = marker; Errors = errors }

    let private dashed label colour at : RuleLine =
        { At = at
          Label = label
          Name = None
          Stroke = { Stroke.dashed colour with Width = 1.2 } }

    let private words text (x, y) target : Mark =
        TextNote
            { X = x
              Y = y
              Text = text
              Anchor = Automatic
              Colour = Palette.black
              Target = target }

    /// <summary>A curve.</summary>
    /// <param name="name">Name in the legend; empty for none.</param>
    /// <param name="stroke">How to draw it.</param>
    /// <param name="xs">Abscissae.</param>
    /// <param name="ys">Ordinates.</param>
    /// <exception cref="T:System.ArgumentException">Lengths differ.</exception>
    let line (name: string) (stroke: Stroke) (xs: float[]) (ys: float[]) : Mark = curve name stroke None 0 xs ys

    /// <summary>A curve with a marker at every point.</summary>
    /// <param name="name">Name in the legend, in <c>Markup</c>; empty for none.</param>
    /// <param name="stroke">How to draw the line.</param>
    /// <param name="marker">How to draw the points.</param>
    /// <param name="xs">Abscissae, in the unit of the axis.</param>
    /// <param name="ys">Ordinates, as many as abscissae; NaN is a gap.</param>
    let lineWithPoints (name: string) (stroke: Stroke) (marker: Marker) (xs: float[]) (ys: float[]) : Mark =
        curve name stroke (Some marker) 0 xs ys

    /// <summary>A long curve with a few markers along it.</summary>
    /// <param name="name">Name in the legend, in <c>Markup</c>; empty for none.</param>
    /// <param name="stroke">How to draw the line.</param>
    /// <param name="marker">How to draw the points.</param>
    /// <param name="count">How many markers stand along the curve, about evenly.</param>
    /// <param name="xs">Abscissae, in the unit of the axis.</param>
    /// <param name="ys">Ordinates, as many as abscissae; NaN is a gap.</param>
    let lineWithMarkers (name: string) (stroke: Stroke) (marker: Marker) (count: int) (xs: float[]) (ys: float[]) : Mark =
        curve name stroke (Some marker) count xs ys

    /// <summary>A confidence band in a light tint of its series' colour.</summary>
    /// <param name="name">Name in the legend, in <c>Markup</c>; empty for none.</param>
    /// <param name="colour">Ink.</param>
    /// <param name="xs">Abscissae, in the unit of the axis.</param>
    /// <param name="lower">Lower curve, as many values as abscissae.</param>
    /// <param name="upper">Upper curve, as many values as abscissae.</param>
    let band (name: string) (colour: Colour) (xs: float[]) (lower: float[]) (upper: float[]) : Mark =
        sameLength (nameof lower) xs lower
        sameLength (nameof upper) xs upper

        Band
            { Name = named name
              Xs = xs
              Lower = lower
              Upper = upper
              Colour = Colour.withOpacity 0.2 colour }

    /// <summary>Separate points.</summary>
    /// <param name="name">Name in the legend, in <c>Markup</c>; empty for none.</param>
    /// <param name="marker">How to draw the points.</param>
    /// <param name="xs">Abscissae, in the unit of the axis.</param>
    /// <param name="ys">Ordinates, as many as abscissae; NaN is a gap.</param>
    let points (name: string) (marker: Marker) (xs: float[]) (ys: float[]) : Mark = scatter name marker xs ys None

    /// <summary>Separate points with vertical error bars.</summary>
    /// <param name="name">Name in the legend; empty for none.</param>
    /// <param name="marker">How to draw them.</param>
    /// <param name="xs">Abscissae.</param>
    /// <param name="ys">Ordinates.</param>
    /// <param name="lower">Lower ends, in the units of the data.</param>
    /// <param name="upper">Upper ends, in the units of the data.</param>
    let pointsWithErrors (name: string) (marker: Marker) (xs: float[]) (ys: float[]) (lower: float[]) (upper: float[]) : Mark =
        scatter name marker xs ys (Some { Lower = lower; Upper = upper })

    /// <summary>A histogram with a tinted inside.</summary>
    /// <param name="name">Name in the legend, in <c>Markup</c>; empty for none.</param>
    /// <param name="colour">Ink.</param>
    /// <param name="edges">Edges of the bins, ascending; one more than heights.</param>
    /// <param name="heights">Heights of the bins.</param>
    /// <exception cref="T:System.ArgumentException">Edges are not one more than heights.</exception>
    let histogram (name: string) (colour: Colour) (edges: float[]) (heights: float[]) : Mark =
        if edges.Length <> heights.Length + 1 then
            invalidArg
                (nameof edges)
                (System.FormattableString.Invariant $"Expected {heights.Length + 1} edges for {heights.Length} heights, got {edges.Length}.")

        Steps
            { Name = named name
              Edges = edges
              Heights = heights
              Stroke = Stroke.solid colour
              Fill = Some(Colour.withOpacity 0.25 colour) }

    /// <summary>A horizontal dashed rule with a label beside it.</summary>
    /// <param name="label">Label in <c>Markup</c>.</param>
    /// <param name="colour">Ink.</param>
    /// <param name="y">Where it crosses the vertical axis.</param>
    let horizontalRule (label: string) (colour: Colour) (y: float) : Mark = HorizontalRule(dashed label colour y)

    /// <summary>A vertical dashed rule with a label beside it.</summary>
    /// <param name="label">Label in <c>Markup</c>.</param>
    /// <param name="colour">Ink.</param>
    /// <param name="x">Where it crosses the horizontal axis.</param>
    let verticalRule (label: string) (colour: Colour) (x: float) : Mark = VerticalRule(dashed label colour x)

    /// <summary>Words near a point, on the side where they hide least.</summary>
    /// <param name="text">Words in <c>Markup</c>.</param>
    /// <param name="x">Abscissa of the point.</param>
    /// <param name="y">Ordinate of the point.</param>
    let note (text: string) (x: float) (y: float) : Mark = words text (x, y) None

    /// <summary>Words at one point with a leader to another.</summary>
    /// <param name="text">Words in <c>Markup</c>.</param>
    /// <param name="x">Abscissa of the words, in the units of the data.</param>
    /// <param name="y">Ordinate of the words.</param>
    /// <param name="targetX">Abscissa of the leader's end.</param>
    /// <param name="targetY">Ordinate of the leader's end.</param>
    let callout (text: string) (x: float, y: float) (targetX: float, targetY: float) : Mark = words text (x, y) (Some(targetX, targetY))

    /// <summary>A heat map.</summary>
    /// <param name="label">Label of the colour bar.</param>
    /// <param name="scale">Scale of the colours.</param>
    /// <param name="xEdges">Edges of the columns.</param>
    /// <param name="yEdges">Edges of the rows, from the bottom.</param>
    /// <param name="values">Cells by row and column.</param>
    /// <param name="contours">Values of contour lines; may be empty.</param>
    /// <exception cref="T:System.ArgumentException">Edges do not fit the matrix.</exception>
    let heatmap (label: string) (scale: Scale) (xEdges: float[]) (yEdges: float[]) (values: float[,]) (contours: float list) : Mark =
        let rows, columns = Array2D.length1 values, Array2D.length2 values

        if xEdges.Length <> columns + 1 || yEdges.Length <> rows + 1 then
            invalidArg
                (nameof values)
                (System.FormattableString.Invariant
                    $"Expected {yEdges.Length - 1} rows and {xEdges.Length - 1} columns between the edges, got {rows} and {columns}.")

        Heatmap
            { XEdges = xEdges
              YEdges = yEdges
              Values = values
              Scale = scale
              Range = None
              Map = Viridis
              Label = label
              Contours =
                (if contours.IsEmpty then
                     None
                 else
                     Some
                         { Levels = contours
                           Stroke = { Colour = Palette.white; Width = 1.3; Dash = Solid }
                           Name = None }) }
