/// Where everything on a plate stands, in pixels. Data areas of one row, and of one column, are flush.
namespace AnalogTheory.Plotting

open System
open SkiaSharp

/// <summary>Where a legend went.</summary>
type internal LegendSpot =
    /// None is drawn.
    | Nowhere
    /// Over the data area, in pixels from its top left.
    | Within of SKRect
    /// Right of the panel.
    | Beside

/// <summary>A panel with its place.</summary>
[<NoEquality; NoComparison>]
type internal Frame =
    {
        /// The panel.
        Panel: Panel
        /// Its letter; empty for none.
        Letter: string
        /// Its row.
        Row: int
        /// Its column.
        Column: int
        /// Ends of its axes, in axis units.
        Limits: Limits
        /// Ticks below.
        XTicks: Tick list
        /// Ticks at the left.
        YTicks: Tick list
        /// Whether the labels below are drawn.
        ShowsX: bool
        /// Whether the labels at the left are drawn.
        ShowsY: bool
        /// Where its data lie.
        Data: SKRect
        /// Left end of its cell, where the label of the vertical axis stands.
        CellLeft: float32
        /// Its legend's place.
        Legend: LegendSpot
    }

/// <summary>Lays out plates.</summary>
[<RequireQualifiedAccess>]
module internal PlateLayout =

    /// <summary>Font size of tick labels.</summary>
    let tickSize = 12f
    /// <summary>Font size of axis labels and titles.</summary>
    let labelSize = 14f
    /// <summary>Distance from the data to the base line of tick labels below.</summary>
    let xTickDrop = 17f
    /// <summary>Distance from the data to the base line of the label below.</summary>
    let xLabelDrop = 38f
    /// <summary>Width of a colour bar.</summary>
    let barWidth = 14f
    /// <summary>Distance from the data to the colour bar.</summary>
    let barGap = 12f

    let private widest (ticks: Tick list) =
        ticks
        |> List.map (fun tick ->
            match tick.Label with
            | ValueSome label -> (RichText.measure tickSize label).Width
            | ValueNone -> 0f)
        |> List.fold max 0f

    /// <summary>The heat map of a panel, if it has one.</summary>
    let heatmapOf (panel: Panel) : Heatmap option =
        panel.Marks
        |> List.tryPick (fun mark ->
            match mark with
            | Heatmap m -> Some m
            | _ -> None)

    /// <summary>Width of the colour bar with its ticks and label, from the data on.</summary>
    let barExtent (m: Heatmap) : float32 =
        barGap + barWidth + 5f + widest (HeatmapPainter.barTicks m) + (if m.Label = "" then 0f else 24f)

    /// <summary>Pixels from axis units, in a data area.</summary>
    let placement (data: SKRect) (limits: Limits) : Placement =
        { ToX = fun u -> data.Left + float32 ((u - limits.Left) / (limits.Right - limits.Left)) * data.Width
          ToY = fun v -> data.Bottom - float32 ((v - limits.Bottom) / (limits.Top - limits.Bottom)) * data.Height }

    let private values (axis: Axis) low high = AxisUnits.toValue axis.Scale low, AxisUnits.toValue axis.Scale high

    /// As many labels as stand side by side with room between them.
    let private xTicks (panel: Panel) (limits: Limits) (width: float32) =
        let low, high = values panel.X limits.Left limits.Right
        let place = placement (SKRect(0f, 0f, width, 1f)) limits

        let isLegible ticks =
            ticks
            |> List.choose (fun tick ->
                match tick.Label with
                | ValueSome label ->
                    let centre = place.ToX(AxisUnits.ofValue panel.X.Scale tick.Position)
                    let half = (RichText.measure tickSize label).Width / 2f
                    Some(centre - half, centre + half)
                | ValueNone -> None)
            |> List.sortBy fst
            |> List.pairwise
            |> List.forall (fun ((_, right), (left, _)) -> left - right >= 9f)

        seq { 10..-1..1 }
        |> Seq.map (Ticks.ofAxis panel.X low high)
        |> Seq.tryFind isLegible
        |> Option.defaultWith (fun () -> Ticks.ofAxis panel.X low high 1)

    let private yTicks (panel: Panel) (limits: Limits) (height: float32) =
        let low, high = values panel.Y limits.Bottom limits.Top
        Ticks.ofAxis panel.Y low high (Math.Clamp(int (height / 30f), 2, 10))

    let private unite (limits: Limits list) =
        { Left = limits |> List.map _.Left |> List.min
          Right = limits |> List.map _.Right |> List.max
          Bottom = limits |> List.map _.Bottom |> List.min
          Top = limits |> List.map _.Top |> List.max }

    let private sharedLimits (plate: Plate) : Limits list list =
        let own = plate.Rows |> List.map (List.map Limits.ofPanel)

        let inRow =
            if not plate.ShareY then
                own
            else
                own
                |> List.map (fun row ->
                    let all = unite row
                    row |> List.map (fun l -> { l with Bottom = all.Bottom; Top = all.Top }))

        if not plate.ShareX then
            inRow
        else
            inRow
            |> List.map (
                List.mapi (fun column l ->
                    let all = unite (inRow |> List.choose (List.tryItem column))
                    { l with Left = all.Left; Right = all.Right })
            )

    /// Room that a panel needs around its data: left, right, top, bottom.
    let private margins (frame: Frame) =
        let panel = frame.Panel

        let half tick =
            match tick with
            | Some { Label = ValueSome label } when frame.ShowsX -> (RichText.measure tickSize label).Width / 2f
            | _ -> 0f

        let labelled = frame.XTicks |> List.filter _.Label.IsSome |> List.sortBy _.Position
        let left = if frame.ShowsY then 5f + widest frame.YTicks + (if panel.Y.Label = "" then 4f else 28f) else 6f
        let bar = heatmapOf panel |> Option.map barExtent |> Option.defaultValue 0f

        let legend =
            match frame.Legend with
            | Beside -> 6f + fst (LegendPainter.size (Panel.legendEntries panel))
            | _ -> 0f

        let right = max (8f + bar + legend) (half (List.tryLast labelled) + 3f)
        let top = if panel.Title <> "" || frame.Letter <> "" then 27f else 10f

        let bottom =
            if not frame.ShowsX then 8f
            elif panel.X.Label = "" then 25f
            else 46f

        max left (half (List.tryHead labelled) + 3f), right, top, bottom

    let private spread (total: float32) (weights: float list) (before: float32 list) (after: float32 list) =
        let free = total - List.sum before - List.sum after
        let unit' = free / float32 (List.sum weights)

        (0f, List.zip3 weights before after)
        ||> List.mapFold (fun start (weight, b, a) ->
            let size = float32 weight * unit'
            (start, start + b, start + b + size), start + b + size + a)
        |> fst

    /// Gives every frame its data area and the ticks that fit it.
    let private fitFrames (plate: Plate) (top: float32) (frames: Frame list) =
        let needs = frames |> List.map (fun frame -> frame, margins frame)
        let most pick keep = needs |> List.filter (fst >> keep) |> List.map (snd >> pick) |> List.fold max 0f
        let columns = [ 0 .. plate.ColumnWeights.Length - 1 ]
        let rows = [ 0 .. plate.RowWeights.Length - 1 ]

        let xs =
            spread
                (float32 plate.Width)
                plate.ColumnWeights
                (columns |> List.map (fun c -> most (fun (l, _, _, _) -> l) (fun f -> f.Column = c)))
                (columns |> List.map (fun c -> most (fun (_, r, _, _) -> r) (fun f -> f.Column = c)))

        let ys =
            spread
                (float32 plate.Height - top)
                plate.RowWeights
                (rows |> List.map (fun r -> most (fun (_, _, t, _) -> t) (fun f -> f.Row = r)))
                (rows |> List.map (fun r -> most (fun (_, _, _, b) -> b) (fun f -> f.Row = r)))

        frames
        |> List.map (fun frame ->
            let cell, left, right = xs[frame.Column]
            let _, above, below = ys[frame.Row]

            if right - left < 40f || below - above < 40f then
                invalidArg
                    (nameof plate)
                    (FormattableString.Invariant $"Expected a plate with room for its panels, got {plate.Width} by {plate.Height} pixels.")

            // Whole pixels keep frames sharp.
            let data = SKRect(round left, round (top + above), round right, round (top + below))

            { frame with
                Data = data
                CellLeft = cell
                XTicks = xTicks frame.Panel frame.Limits data.Width
                YTicks = yTicks frame.Panel frame.Limits data.Height })

    /// <summary>Data pixels of a panel of the given size; the cells of a heat map do not count, its contours do.</summary>
    let occupancy (frame: Frame) : Occupancy =
        let width, height = int frame.Data.Width, int frame.Data.Height
        let place = placement (SKRect(0f, 0f, frame.Data.Width, frame.Data.Height)) frame.Limits

        Occupancy.ofDrawing width height (fun canvas ->
            for mark in frame.Panel.Marks do
                MarkPainter.draw canvas place frame.Limits frame.Panel 0.5 mark)

    /// <summary>The words of a panel at their places, and the pixels that are taken then.</summary>
    let words (frame: Frame) : PlacedText list * Occupancy =
        let data = SKRect(0f, 0f, frame.Data.Width, frame.Data.Height)

        let taken =
            match frame.Panel.Legend, Panel.legendEntries frame.Panel with
            | Inside(x, y), (_ :: _ as entries) ->
                Occupancy.reserve (LegendPainter.inside data.Width data.Height (x, y) entries) (occupancy frame)
            | _ -> occupancy frame

        NotePainter.arrange (placement data frame.Limits) frame.Panel taken

    let private placeLegend (plate: Plate) (frame: Frame) =
        let entries = Panel.legendEntries frame.Panel

        let spot =
            match frame.Panel.Legend with
            | _ when entries.IsEmpty || plate.Legend = AboveAll -> Nowhere
            | Hidden -> Nowhere
            | OutsideRight -> Beside
            | Inside(x, y) -> Within(LegendPainter.inside frame.Data.Width frame.Data.Height (x, y) entries)
            | Auto when (heatmapOf frame.Panel).IsSome -> Beside
            | Auto ->
                let _, taken = words frame

                match LegendPainter.tryFree taken entries with
                | Some area -> Within area
                | None -> Beside

        { frame with Legend = spot }

    /// <summary>The entries of a legend above all panels: every name once.</summary>
    let sharedEntries (plate: Plate) : LegendEntry list =
        match plate.Legend with
        | EachPanel -> []
        | AboveAll -> Plate.panels plate |> List.collect Panel.legendEntries |> List.distinctBy _.Name

    /// <summary>Lays out a plate.</summary>
    /// <exception cref="T:System.ArgumentException">The plate is too small for its panels.</exception>
    let arrange (plate: Plate) : Frame list =
        let limits = sharedLimits plate
        let top = LegendPainter.wrappedHeight (LegendPainter.wrap (float32 plate.Width - 40f) (sharedEntries plate))

        let isLowest row column = plate.Rows |> List.skip (row + 1) |> List.forall (fun below -> below.Length <= column)

        let first =
            [ for row, panels in List.indexed plate.Rows do
                  for column, panel in List.indexed panels do
                      let l = limits[row][column]
                      let before = plate.Rows |> List.take row |> List.sumBy List.length

                      { Panel = panel
                        Letter = (if plate.Letters then Plate.letter (before + column) else "")
                        Row = row
                        Column = column
                        Limits = l
                        XTicks = xTicks panel l (float32 plate.Width / float32 panels.Length - 60f)
                        YTicks = yTicks panel l (float32 plate.Height / float32 plate.Rows.Length - 70f)
                        ShowsX = not plate.ShareX || isLowest row column
                        ShowsY = not plate.ShareY || column = 0
                        Data = SKRect.Empty
                        CellLeft = 0f
                        Legend = Nowhere } ]

        // A legend beside narrows the data, so the others look for their corner again; a legend once beside stays there.
        let rec settle frames =
            let fitted = frames |> fitFrames plate top |> fitFrames plate top
            let placed = fitted |> List.map (fun frame -> if frame.Legend = Beside then frame else placeLegend plate frame)
            let beside frames = frames |> List.filter (fun frame -> frame.Legend = Beside) |> List.length
            if beside placed = beside fitted then placed else settle placed

        settle first
