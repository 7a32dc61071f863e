/// One panel on a canvas: ScottPlot draws the axes, the grid and the frame, our marks lie inside it as one plottable.
namespace AnalogTheory.Plotting

open System
open ScottPlot
open SkiaSharp

/// Marks as a plottable of ScottPlot, which clips them to the data area.
type internal MarksPlottable(draw: SKCanvas -> Placement -> unit) =
    let mutable axes: IAxes = Axes()

    interface IPlottable with
        member val IsVisible = true with get, set

        member _.Axes
            with get () = axes
            and set value = axes <- value

        member _.LegendItems = Seq.empty
        member _.GetAxisLimits() = AxisLimits.NoLimits
        member _.Render(pack: RenderPack) = draw pack.Canvas { ToX = axes.GetPixelX; ToY = axes.GetPixelY }

/// <summary>Draws panels where the layout has put them.</summary>
[<RequireQualifiedAccess>]
module internal PanelPainter =

    let private ink = ScottPlot.Color.FromHex(Colour.toCss Palette.black)

    /// Areas below lines, lines below points.
    let private depth mark =
        match mark with
        | Heatmap _ -> 0
        | Band _ -> 1
        | Steps _ -> 2
        | HorizontalRule _
        | VerticalRule _ -> 3
        | Line _ -> 4
        | Points _ -> 5
        | TextNote _ -> 6

    let private drawMarks (frame: Frame) (canvas: SKCanvas) (place: Placement) =
        let panel = frame.Panel
        let count = panel.Marks |> List.length |> float

        for i, mark in panel.Marks |> List.indexed |> List.sortBy (snd >> depth) do
            match mark with
            | Heatmap m ->
                HeatmapPainter.cells canvas frame.Data frame.Limits panel m

                for us, vs in HeatmapPainter.contourLines panel m do
                    Array.map2 (fun u v -> SKPoint(place.ToX u, place.ToY v)) us vs
                    |> MarkPainter.polyline canvas (Option.get m.Contours).Stroke
            | _ -> MarkPainter.draw canvas place frame.Limits panel ((float i + 0.5) / count) mark

    let private scottTicks (scale: Scale) (ticks: AnalogTheory.Plotting.Tick list) =
        let generator = TickGenerators.NumericManual()

        for tick in ticks do
            let position = AxisUnits.ofValue scale tick.Position

            match tick.Label with
            | ValueSome _ -> generator.AddMajor(position, "")
            | ValueNone -> generator.AddMinor position

        generator

    let private plotOf (frame: Frame) =
        let plot = new Plot()
        // Panels share one canvas: none may clear it or paint over its neighbours.
        plot.RenderManager.ClearCanvasBeforeEachRender <- false
        plot.FigureBackground.Color <- ScottPlot.Colors.Transparent
        plot.DataBackground.Color <- ScottPlot.Colors.Transparent
        plot.Axes.Bottom.TickGenerator <- scottTicks frame.Panel.X.Scale frame.XTicks
        plot.Axes.Left.TickGenerator <- scottTicks frame.Panel.Y.Scale frame.YTicks

        for axis in [ plot.Axes.Bottom :> IAxis; plot.Axes.Left :> IAxis ] do
            axis.TickLabelStyle.IsVisible <- false
            axis.MajorTickStyle.Length <- -5f
            axis.MinorTickStyle.Length <- -3f
            axis.MajorTickStyle.Width <- 1f
            axis.MinorTickStyle.Width <- 0.8f
            axis.MajorTickStyle.Color <- ink
            axis.MinorTickStyle.Color <- ink

        for axis in [ plot.Axes.Bottom :> IAxis; plot.Axes.Left :> IAxis; plot.Axes.Top :> IAxis; plot.Axes.Right :> IAxis ] do
            axis.FrameLineStyle.Color <- ink
            axis.FrameLineStyle.Width <- 1f

        plot.Grid.MajorLineColor <- ScottPlot.Color.FromHex "#e2e2e2"
        plot.Grid.MinorLineColor <- ScottPlot.Color.FromHex "#f3f3f3"
        plot.Grid.MajorLineWidth <- 1f
        plot.Grid.MinorLineWidth <- 1f

        if (PlateLayout.heatmapOf frame.Panel).IsSome then plot.HideGrid()

        plot.Add.Plottable(MarksPlottable(drawMarks frame)) |> ignore
        plot.Axes.SetLimits(frame.Limits.Left, frame.Limits.Right, frame.Limits.Bottom, frame.Limits.Top)
        plot.Layout.Fixed(PixelRect(frame.Data.Left, frame.Data.Right, frame.Data.Bottom, frame.Data.Top))
        plot

    let private text (canvas: SKCanvas) x y alignment degrees size label =
        RichText.draw canvas x y alignment degrees size Palette.black label

    let private drawTickLabels (canvas: SKCanvas) (frame: Frame) =
        let place = PlateLayout.placement frame.Data frame.Limits
        let size = PlateLayout.tickSize

        if frame.ShowsX then
            for tick in frame.XTicks do
                match tick.Label with
                | ValueSome label ->
                    let x = place.ToX(AxisUnits.ofValue frame.Panel.X.Scale tick.Position)
                    text canvas x (frame.Data.Bottom + PlateLayout.xTickDrop) Centre 0f size label
                | ValueNone -> ()

        if frame.ShowsY then
            for tick in frame.YTicks do
                match tick.Label with
                | ValueSome label ->
                    let y = place.ToY(AxisUnits.ofValue frame.Panel.Y.Scale tick.Position)
                    text canvas (frame.Data.Left - 5f) (y + 0.33f * size) Right 0f size label
                | ValueNone -> ()

    let private drawLabels (canvas: SKCanvas) (frame: Frame) =
        let panel, data, size = frame.Panel, frame.Data, PlateLayout.labelSize

        if frame.ShowsX && panel.X.Label <> "" then
            let fitted = RichText.fit size (data.Width + 20f) panel.X.Label
            text canvas data.MidX (data.Bottom + PlateLayout.xLabelDrop) Centre 0f fitted panel.X.Label

        if frame.ShowsY && panel.Y.Label <> "" then
            let fitted = RichText.fit size (data.Height + 20f) panel.Y.Label
            text canvas (frame.CellLeft + 17f) data.MidY Centre -90f fitted panel.Y.Label

        let letterWidth = if frame.Letter = "" then 0f else (RichText.measure size frame.Letter).Width + 8f

        if frame.Letter <> "" then text canvas data.Left (data.Top - 9f) Left 0f size frame.Letter

        if panel.Title <> "" then
            let fitted = RichText.fit size (data.Width - letterWidth) panel.Title
            // Centred over the data unless the letter stands in the way.
            let half = (RichText.measure fitted panel.Title).Width / 2f
            text canvas (max data.MidX (data.Left + letterWidth + half)) (data.Top - 9f) Centre 0f fitted panel.Title

    let private drawColourBar (canvas: SKCanvas) (frame: Frame) (m: Heatmap) =
        let left = frame.Data.Right + PlateLayout.barGap
        let area = SKRect(left, frame.Data.Top, left + PlateLayout.barWidth, frame.Data.Bottom)
        HeatmapPainter.bar canvas area m
        let stroke = { Colour = Palette.black; Width = 0.9; Dash = Solid }

        for level in m.Contours |> Option.map _.Levels |> Option.defaultValue [] do
            let y = HeatmapPainter.barY area m level

            if y > area.Top && y < area.Bottom then
                let contour = { (Option.get m.Contours).Stroke with Dash = Solid }
                MarkPainter.polyline canvas contour [| SKPoint(area.Left + 1f, y); SKPoint(area.Right - 1f, y) |]

        for tick in HeatmapPainter.barTicks m do
            let y = HeatmapPainter.barY area m tick.Position
            let length = if tick.Label.IsSome then 4f else 2.5f
            MarkPainter.polyline canvas stroke [| SKPoint(area.Right, y); SKPoint(area.Right + length, y) |]

            match tick.Label with
            | ValueSome label -> text canvas (area.Right + 6f) (y + 0.33f * PlateLayout.tickSize) Left 0f PlateLayout.tickSize label
            | ValueNone -> ()

        if m.Label <> "" then
            let size = RichText.fit PlateLayout.labelSize (area.Height + 20f) m.Label
            text canvas (frame.Data.Right + PlateLayout.barExtent m - 6f) area.MidY Centre -90f size m.Label

    let private drawLegend (canvas: SKCanvas) (frame: Frame) =
        let entries = Panel.legendEntries frame.Panel

        match frame.Legend with
        | Nowhere -> ()
        | Within area ->
            let mutable box = area
            box.Offset(frame.Data.Left, frame.Data.Top)
            LegendPainter.draw canvas box true entries
        | Beside ->
            let width, height = LegendPainter.size entries
            let bar = PlateLayout.heatmapOf frame.Panel |> Option.map PlateLayout.barExtent |> Option.defaultValue 0f
            LegendPainter.draw canvas (SKRect.Create(frame.Data.Right + bar + 4f, frame.Data.Top - 4f, width, height)) false entries

    /// <summary>Draws a panel with its axes, words and legend.</summary>
    /// <param name="canvas">Canvas of the whole plate.</param>
    /// <param name="page">Area of the whole plate.</param>
    /// <param name="frame">The panel and its place.</param>
    let draw (canvas: SKCanvas) (page: SKRect) (frame: Frame) =
        do
            use plot = plotOf frame
            // The first rendering of a plot runs twice, to settle its layout; ours is fixed, and twice would darken what is translucent.
            use nowhere = new SKNoDrawCanvas(int page.Width, int page.Height)
            plot.Render(nowhere, PixelRect(page.Left, page.Right, page.Bottom, page.Top))
            plot.Render(canvas, PixelRect(page.Left, page.Right, page.Bottom, page.Top))

        drawTickLabels canvas frame
        drawLabels canvas frame
        PlateLayout.heatmapOf frame.Panel |> Option.iter (drawColourBar canvas frame)
        let notes, _ = PlateLayout.words frame
        canvas.Save() |> ignore
        canvas.Translate(frame.Data.Left, frame.Data.Top)
        notes |> List.iter (NotePainter.draw canvas)
        canvas.Restore()
        drawLegend canvas frame
