/// The same panels as interactive charts, by XPlot.Plotly.
namespace AnalogTheory.Figures

open System
open System.Globalization
open XPlot.Plotly
// Again, so that Line, Marker and Heatmap are ours.
open AnalogTheory.Figures

/// <summary>Turns panels into charts.</summary>
[<RequireQualifiedAccess>]
module PlotlyPanel =

    let private ink = Colour.toCss Palette.black

    /// Six digits are more than a screen shows; a gap is null, because NaN would become a word.
    let private cell (value: float) : Nullable<float> =
        if Double.IsFinite value then
            Nullable(Double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
        else
            Nullable()

    let private cells (scale: Scale) (units: float[]) = units |> Array.map (AxisUnits.toValue scale >> cell)

    /// Pieces one after another, a gap between two.
    let private joined (pieces: float[] list) =
        pieces |> List.map (fun piece -> Array.append piece [| nan |]) |> Array.concat

    let private html = Markup.toHtml

    let private symbol kind =
        match kind with
        | Disc
        | Ring -> "circle"
        | Square
        | OpenSquare -> "square"
        | Triangle
        | OpenTriangle -> "triangle-up"
        | Diamond
        | OpenDiamond -> "diamond"
        | Cross -> "x-thin-open"

    let private isOpen kind =
        match kind with
        | Ring
        | OpenSquare
        | OpenTriangle
        | OpenDiamond -> true
        | _ -> false

    let private dash stroke =
        match stroke.Dash with
        | Solid -> "solid"
        | Dashed -> "dash"
        | Dotted -> "dot"
        | DashDotted -> "dashdot"

    let private lineOf (stroke: Stroke) =
        XPlot.Plotly.Line(color = Colour.toCss stroke.Colour, width = stroke.Width, dash = dash stroke)

    let private markerOf (marker: Marker) =
        XPlot.Plotly.Marker(
            symbol = symbol marker.Kind,
            size = marker.Size,
            color = Colour.toCss (if isOpen marker.Kind then Palette.white else marker.Colour),
            line = XPlot.Plotly.Line(color = Colour.toCss marker.Colour, width = 1.4)
        )

    let private scatter (name: string option) mode (xs: Nullable<float>[]) (ys: Nullable<float>[]) =
        let trace = Scatter(x = xs, y = ys, mode = mode, showlegend = false)

        match name with
        | Some name ->
            trace.name <- html name
            trace.legendgroup <- name
        | None -> trace.hoverinfo <- "x+y"

        trace

    let private line (panel: Panel) (phase: float) (m: Line) : Trace list =
        let pieces = Curve.visible panel.X.Scale panel.Y.Scale m.Xs m.Ys
        let us, vs = joined (List.map fst pieces), joined (List.map snd pieces)
        let curve = scatter m.Name "lines" (cells panel.X.Scale us) (cells panel.Y.Scale vs)
        curve.line <- lineOf m.Stroke

        // A lone point between gaps stays visible as a dot.
        let lone =
            match pieces |> List.filter (fun (piece, _) -> piece.Length = 1) with
            | [] -> []
            | points ->
                let us, vs = points |> List.map fst |> Array.concat, points |> List.map snd |> Array.concat
                let trace = scatter m.Name "markers" (cells panel.X.Scale us) (cells panel.Y.Scale vs)
                trace.marker <- markerOf (Marker.make Disc m.Stroke.Colour)
                trace.marker.size <- 2.0 * m.Stroke.Width
                [ trace :> Trace ]

        let dots =
            match m.Marker with
            | None -> []
            | Some marker ->
                let kept = Curve.markerIndices m.Xs.Length m.MarkerCount phase |> List.toArray
                let at (values: float[]) = kept |> Array.map (fun i -> cell values[i])
                let trace = scatter m.Name "markers" (at m.Xs) (at m.Ys)
                trace.marker <- markerOf marker
                trace.hoverinfo <- "skip"
                [ trace :> Trace ]

        (curve :> Trace) :: lone @ dots

    let private band (panel: Panel) (bottom: float) (m: Band) : Trace list =
        let us = m.Xs |> Array.map (AxisUnits.ofValue panel.X.Scale)
        let units = Array.map (AxisUnits.ofValue panel.Y.Scale)
        let upper = units m.Upper
        let lower = Array.map2 (fun value u -> if panel.Y.Scale = Logarithmic && value <= 0.0 then bottom else u) m.Lower (units m.Lower)

        [ for first, count in
              Curve.pieces us.Length (fun i -> not (Double.IsNaN us[i] || Double.IsNaN lower[i] || Double.IsNaN upper[i])) do
              let part (values: float[]) = Array.sub values first count
              let xs, low, high = Curve.thinBand (part us) (part lower) (part upper)

              let trace =
                  scatter
                      m.Name
                      "lines"
                      (cells panel.X.Scale (Array.append xs (Array.rev xs)))
                      (cells panel.Y.Scale (Array.append high (Array.rev low)))

              trace.fill <- "toself"
              trace.fillcolor <- Colour.toCss m.Colour
              trace.line <- XPlot.Plotly.Line(color = "rgba(0,0,0,0)", width = 0)
              trace.hoverinfo <- "skip"
              trace :> Trace ]

    let private points (m: Points) : Trace list =
        let trace = scatter m.Name "markers" (Array.map cell m.Xs) (Array.map cell m.Ys)
        trace.marker <- markerOf m.Marker

        match m.Errors with
        | Some errors ->
            trace.error_y <-
                Error_y(
                    ``type`` = "data",
                    symmetric = false,
                    array = Array.map2 (fun high y -> cell (high - y)) errors.Upper m.Ys,
                    arrayminus = Array.map2 (fun y low -> cell (y - low)) m.Ys errors.Lower,
                    color = Colour.toCss m.Marker.Colour,
                    thickness = 1.2,
                    width = 3.5
                )
        | None -> ()

        [ trace ]

    let private steps (panel: Panel) (bottom: float) (m: Steps) : Trace list =
        let ground = if panel.Y.Scale = Linear then 0.0 else AxisUnits.toValue Logarithmic bottom
        let floor value = if panel.Y.Scale = Logarithmic && not (value > 0.0) then ground else value
        let xs = m.Edges |> Array.collect (fun edge -> [| cell edge; cell edge |])
        let ys = [| ground; yield! m.Heights |> Array.collect (fun h -> [| floor h; floor h |]); ground |]
        let trace = scatter m.Name "lines" xs (Array.map cell ys)
        trace.line <- lineOf m.Stroke

        match m.Fill with
        | Some colour ->
            trace.fill <- "toself"
            trace.fillcolor <- Colour.toCss colour
        | None -> ()

        [ trace ]

    let private heatmap (panel: Panel) (m: Heatmap) : Trace list =
        let scale = ColourScale.ofHeatmap m
        let rows = [| 0 .. Array2D.length1 m.Values - 1 |]
        let row i = m.Values[i, *]
        let labelled = HeatmapPainter.barTicks m |> List.filter _.Label.IsSome

        let map =
            XPlot.Plotly.Heatmap(
                x = Array.map cell m.XEdges,
                y = Array.map cell m.YEdges,
                z = (rows |> Array.map (row >> Array.map (AxisUnits.ofValue m.Scale >> cell))),
                text = (rows |> Array.map (row >> Array.map (fun value -> value.ToString("G4", CultureInfo.InvariantCulture)))),
                hoverinfo = "x+y+text",
                zmin = scale.Low,
                zmax = scale.High,
                showlegend = false,
                colorscale =
                    [| for i in 0..16 ->
                           [| box (float i / 16.0); box (Colour.toCss (ColourMap.at m.Map (float i / 16.0))) |] |],
                colorbar =
                    Colorbar(
                        title = html m.Label,
                        titleside = "right",
                        thickness = 14.0,
                        outlinecolor = ink,
                        outlinewidth = 1.0,
                        ticks = "outside",
                        tickmode = "array",
                        tickvals = (labelled |> List.map (fun tick -> AxisUnits.ofValue m.Scale tick.Position) |> List.toArray),
                        ticktext = (labelled |> List.map (fun tick -> html (ValueOption.defaultValue "" tick.Label)) |> List.toArray)
                    )
            )

        let contours =
            [ for us, vs in HeatmapPainter.contourLines panel m do
                  let trace = scatter None "lines" (cells panel.X.Scale us) (cells panel.Y.Scale vs)
                  trace.line <- lineOf (Option.get m.Contours).Stroke
                  trace.hoverinfo <- "skip"
                  trace :> Trace ]

        (map :> Trace) :: contours

    let private traces (panel: Panel) (limits: Limits) (phase: float) mark : Trace list =
        match mark with
        | Line m -> line panel phase m
        | Band m -> band panel limits.Bottom m
        | Points m -> points m
        | Steps m -> steps panel limits.Bottom m
        | Heatmap m -> heatmap panel m
        | HorizontalRule _
        | VerticalRule _
        | TextNote _ -> []

    /// One empty trace an entry: clicking it hides all traces of its group.
    let private legendTrace (entry: LegendEntry) =
        let mode =
            match entry.Stroke, entry.Marker with
            | None, Some _ -> "markers"
            | _, None -> "lines"
            | Some _, Some _ -> "lines+markers"

        let trace = Scatter(x = [| Nullable<float>() |], y = [| Nullable<float>() |], mode = mode, showlegend = true)
        trace.name <- html entry.Name
        trace.legendgroup <- entry.Name
        entry.Marker |> Option.iter (fun marker -> trace.marker <- markerOf marker)

        match entry.Stroke, entry.Fill with
        | Some stroke, _ -> trace.line <- lineOf { stroke with Width = max 1.5 stroke.Width }
        | None, Some fill -> trace.line <- XPlot.Plotly.Line(color = Colour.toCss fill, width = 9)
        | None, None -> ()

        trace :> Trace

    let private shapes (panel: Panel) =
        [ for mark in panel.Marks do
              match mark with
              | HorizontalRule m ->
                  Shape(``type`` = "line", xref = "paper", x0 = 0, x1 = 1, yref = "y", y0 = m.At, y1 = m.At, line = lineOf m.Stroke)
              | VerticalRule m ->
                  Shape(``type`` = "line", yref = "paper", y0 = 0, y1 = 1, xref = "x", x0 = m.At, x1 = m.At, line = lineOf m.Stroke)
              | _ -> () ]

    /// Annotations, unlike shapes, count decades on a logarithmic axis.
    let private annotations (panel: Panel) =
        let x value = AxisUnits.ofValue panel.X.Scale value
        let y value = AxisUnits.ofValue panel.Y.Scale value

        let label (text: string) colour =
            let note = Annotation(text = html text, showarrow = false, font = Font(size = 12.5, color = Colour.toCss colour))
            note.bgcolor <- "rgba(255,255,255,0.75)"
            note

        [ for mark in panel.Marks do
              match mark with
              | HorizontalRule m when m.Label <> "" ->
                  let note = label m.Label m.Stroke.Colour
                  note.xref <- "paper"
                  note.x <- 1
                  note.xanchor <- "right"
                  note.y <- y m.At
                  note.yanchor <- "bottom"
                  note
              | VerticalRule m when m.Label <> "" ->
                  let note = label m.Label m.Stroke.Colour
                  note.yref <- "paper"
                  note.y <- 0
                  note.yanchor <- "bottom"
                  note.x <- x m.At
                  note.xanchor <- "left"
                  note
              | TextNote m ->
                  let note = label m.Text m.Colour

                  match m.Target with
                  | Some(tx, ty) ->
                      note.showarrow <- true
                      note.arrowhead <- 2
                      note.arrowwidth <- 0.9
                      note.arrowcolor <- Colour.toCss Palette.grey
                      note.x <- x tx
                      note.y <- y ty
                      note.axref <- "x"
                      note.ax <- x m.X
                      note.ayref <- "y"
                      note.ay <- y m.Y
                  | None ->
                      note.x <- x m.X
                      note.y <- y m.Y
                      // A clear arrow is the way to keep words a few pixels off their point.
                      note.showarrow <- true
                      note.arrowcolor <- "rgba(0,0,0,0)"

                      let dx, dy =
                          match m.Anchor with
                          | Automatic
                          | Above -> 0.0, -17.0
                          | Below -> 0.0, 17.0
                          | LeftOf -> -14.0, 0.0
                          | RightOf -> 14.0, 0.0

                      note.ax <- dx
                      note.ay <- dy
                      note.xanchor <- (match m.Anchor with LeftOf -> "right" | RightOf -> "left" | _ -> "center")

                  note
              | _ -> () ]

    let private dress (target: Xaxis) (axis: Axis) low high (gridded: bool) =
        target.title <- html axis.Label
        target.``type`` <- (match axis.Scale with Linear -> "linear" | Logarithmic -> "log")
        target.range <- [| low; high |]
        target.ticks <- "inside"
        target.ticklen <- 5.0
        target.tickcolor <- ink
        target.showline <- true
        target.linecolor <- ink
        target.linewidth <- 1.0
        target.mirror <- true
        target.showgrid <- gridded
        target.gridcolor <- "#e2e2e2"
        target.zeroline <- false
        target.exponentformat <- "power"

        match axis.Ticks with
        | Some ticks ->
            target.tickmode <- "array"
            target.tickvals <- (ticks |> List.map fst |> List.toArray)
            target.ticktext <- (ticks |> List.map (snd >> html) |> List.toArray)
        | None -> ()

    /// From two decades on, labels at decades only; the digits between them would crowd.
    let private decadesOnly (axis: Axis) low high = axis.Ticks.IsNone && axis.Scale = Logarithmic && high - low >= 1.8 && high - low <= 9.0

    /// A vertical axis with the properties of a horizontal one.
    let private yaxisOf (hasTicks: bool) (x: Xaxis) =
        let y = Yaxis()
        y.title <- x.title
        y.``type`` <- x.``type``
        y.range <- x.range
        y.ticks <- x.ticks
        y.ticklen <- x.ticklen
        y.tickcolor <- x.tickcolor
        y.showline <- x.showline
        y.linecolor <- x.linecolor
        y.linewidth <- x.linewidth
        y.mirror <- x.mirror
        y.showgrid <- x.showgrid
        y.gridcolor <- x.gridcolor
        y.zeroline <- x.zeroline
        y.exponentformat <- x.exponentformat

        // Reading a property that was never set raises.
        if hasTicks then
            y.tickmode <- x.tickmode
            y.tickvals <- x.tickvals
            y.ticktext <- x.ticktext

        y

    let private layoutOf (frame: Frame) =
        let panel = frame.Panel
        let gridded = (PlateLayout.heatmapOf panel).IsNone
        let x, y = Xaxis(), Xaxis()
        dress x panel.X frame.Limits.Left frame.Limits.Right gridded
        dress y panel.Y frame.Limits.Bottom frame.Limits.Top gridded
        let yaxis = yaxisOf panel.Y.Ticks.IsSome y

        if decadesOnly panel.X frame.Limits.Left frame.Limits.Right then
            x.dtick <- 1

        if decadesOnly panel.Y frame.Limits.Bottom frame.Limits.Top then
            yaxis.dtick <- 1

        let rows = LegendPainter.wrap 430f (Panel.legendEntries panel) |> List.length
        let layout = Layout.Layout()
        layout.font <- Font(family = "Figures, serif", size = 13.0, color = ink)
        layout.margin <- Margin(l = 64.0, r = 16.0, t = 34.0, b = 58.0 + 20.0 * float rows)
        layout.paper_bgcolor <- "#ffffff"
        layout.plot_bgcolor <- "#ffffff"
        layout.hovermode <- "closest"
        layout.xaxis <- x
        layout.yaxis <- yaxis
        layout.annotations <- annotations panel
        layout.shapes <- shapes panel
        // Below the panel it hides nothing at any width of the window.
        layout.legend <- Legend(traceorder = "normal", orientation = "h", x = 0.5, xanchor = "center", y = 0.0, yanchor = "bottom", yref = "container")
        layout

    /// <summary>The chart of a panel.</summary>
    /// <param name="id">Identifier of its element, unique on its page.</param>
    /// <param name="frame">The panel with the limits that it has on its plate.</param>
    let chart (id: string) (frame: Frame) : PlotlyChart =
        let panel = frame.Panel
        let depth mark = (match mark with Heatmap _ -> 0 | Band _ -> 1 | Steps _ -> 2 | _ -> 3)
        let phase i = (float i + 0.5) / float panel.Marks.Length

        let drawn =
            panel.Marks
            |> List.indexed
            |> List.sortBy (snd >> depth)
            |> List.collect (fun (i, mark) -> traces panel frame.Limits (phase i) mark)

        let named = Panel.legendEntries panel |> List.map legendTrace
        let chart = Chart.Plot(drawn @ named, layoutOf frame)
        chart.WithId id
        chart
