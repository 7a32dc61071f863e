/// Marks as traces of XPlot.Plotly.
namespace AnalogTheory.Plotting

open System
open System.Globalization
open XPlot.Plotly
// Again, so that Line, Marker and Heatmap are ours.
open AnalogTheory.Plotting

/// <summary>Turns marks and legend entries into traces.</summary>
[<RequireQualifiedAccess>]
module internal PlotlyTraces =

    /// Colour of axes and words.
    let ink = Colour.toCss Palette.black

    /// Six digits are more than a screen shows; a gap is null, because NaN would become a word.
    let private cell (value: float) : Nullable<float> =
        if Double.IsFinite value then
            Nullable(Double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
        else
            Nullable()

    let private cells (scale: Scale) (units: float[]) = units |> Array.map (AxisUnits.toValue scale >> cell)

    /// Pieces one after another, a gap between two.
    let private joined (pieces: float[] list) = pieces |> List.map (fun piece -> Array.append piece [| nan |]) |> Array.concat

    /// A label of ours in the language of labels of Plotly.
    let html = Markup.toHtml

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

    /// How a line is drawn.
    let lineOf (stroke: Stroke) =
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

        let lower =
            Array.map2 (fun value u -> if panel.Y.Scale = Logarithmic && value <= 0.0 then bottom else u) m.Lower (units m.Lower)

        [ for first, count in Curve.pieces us.Length (fun i -> not (Double.IsNaN us[i] || Double.IsNaN lower[i] || Double.IsNaN upper[i])) do
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
                colorscale = [| for i in 0..16 -> [| box (float i / 16.0); box (Colour.toCss (ColourMap.at m.Map (float i / 16.0))) |] |],
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

    /// The traces of one mark.
    let ofMark (panel: Panel) (limits: Limits) (phase: float) mark : Trace list =
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
    let ofLegendEntry (entry: LegendEntry) =
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
