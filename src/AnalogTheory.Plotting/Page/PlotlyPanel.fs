/// The same panels as interactive charts, by XPlot.Plotly.
namespace AnalogTheory.Plotting

open XPlot.Plotly
// Again, so that Line, Marker and Heatmap are ours.
open AnalogTheory.Plotting

/// <summary>Turns panels into charts.</summary>
[<RequireQualifiedAccess>]
module internal PlotlyPanel =

    let private ink = PlotlyTraces.ink
    let private html = PlotlyTraces.html

    let private shapes (panel: Panel) =
        let line (rule: RuleLine) = PlotlyTraces.lineOf rule.Stroke

        [ for mark in panel.Marks do
              match mark with
              | HorizontalRule m ->
                  Shape(``type`` = "line", xref = "paper", x0 = 0, x1 = 1, yref = "y", y0 = m.At, y1 = m.At, line = line m)
              | VerticalRule m -> Shape(``type`` = "line", yref = "paper", y0 = 0, y1 = 1, xref = "x", x0 = m.At, x1 = m.At, line = line m)
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

                      note.xanchor <-
                          (match m.Anchor with
                           | LeftOf -> "right"
                           | RightOf -> "left"
                           | _ -> "center")

                  note
              | _ -> () ]

    let private dress (target: Xaxis) (axis: Axis) low high (gridded: bool) =
        target.title <- html axis.Label

        target.``type`` <-
            (match axis.Scale with
             | Linear -> "linear"
             | Logarithmic -> "log")

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

        if decadesOnly panel.X frame.Limits.Left frame.Limits.Right then x.dtick <- 1

        if decadesOnly panel.Y frame.Limits.Bottom frame.Limits.Top then yaxis.dtick <- 1

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
        layout.legend <-
            Legend(traceorder = "normal", orientation = "h", x = 0.5, xanchor = "center", y = 0.0, yanchor = "bottom", yref = "container")

        layout

    /// <summary>The chart of a panel.</summary>
    /// <param name="id">Identifier of its element, unique on its page.</param>
    /// <param name="frame">The panel with the limits that it has on its plate.</param>
    let chart (id: string) (frame: Frame) : PlotlyChart =
        let panel = frame.Panel

        let depth mark =
            (match mark with
             | Heatmap _ -> 0
             | Band _ -> 1
             | Steps _ -> 2
             | _ -> 3)

        let phase i = (float i + 0.5) / float panel.Marks.Length

        let drawn =
            panel.Marks
            |> List.indexed
            |> List.sortBy (snd >> depth)
            |> List.collect (fun (i, mark) -> PlotlyTraces.ofMark panel frame.Limits (phase i) mark)

        let named = Panel.legendEntries panel |> List.map PlotlyTraces.ofLegendEntry
        let chart = Chart.Plot(drawn @ named, layoutOf frame)
        chart.WithId id
        chart
