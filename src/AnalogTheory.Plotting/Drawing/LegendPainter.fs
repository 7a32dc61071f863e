/// Legends: size, free corner, drawing.
namespace AnalogTheory.Plotting

open SkiaSharp

/// <summary>Measures, places and draws legends.</summary>
[<RequireQualifiedAccess>]
module internal LegendPainter =

    let private textSize = 12.5f
    let private rowHeight = 18.5f
    let private sampleWidth = 26f
    let private sampleGap = 7f
    let private padding = 7f
    let private columnGap = 18f
    let private inset = 8f

    let private entryWidth (entry: LegendEntry) = sampleWidth + sampleGap + (RichText.measure textSize entry.Name).Width

    /// <summary>Width and height of a legend in one column.</summary>
    let size (entries: LegendEntry list) : float32 * float32 =
        (entries |> List.map entryWidth |> List.max) + 2f * padding, rowHeight * float32 entries.Length + 2f * padding - 2f

    /// <summary>The rows of a legend as wide as it may be; columns are equally wide.</summary>
    let wrap (width: float32) (entries: LegendEntry list) : LegendEntry list list =
        if entries.IsEmpty then
            []
        else
            let column = (entries |> List.map entryWidth |> List.max) + columnGap
            let columns = max 1 (min entries.Length (int ((width + columnGap) / column)))
            let rows = (entries.Length + columns - 1) / columns
            // As even as can be: 5 in two rows are 3 and 2, not 4 and 1.
            List.chunkBySize ((entries.Length + rows - 1) / rows) entries

    /// <summary>Height of a wrapped legend.</summary>
    let wrappedHeight (rows: LegendEntry list list) : float32 = if rows.IsEmpty then 0f else float32 rows.Length * rowHeight + 8f

    let private sample (canvas: SKCanvas) (x: float32) (y: float32) (entry: LegendEntry) =
        let isLineless = entry.Stroke.IsNone && entry.Marker.IsNone

        match entry.Fill with
        | Some colour ->
            use fill = new SKPaint(Color = RichText.ofColour colour, IsAntialias = true)
            let half = if isLineless then 6f else 5f
            canvas.DrawRect(SKRect(x, y - half, x + sampleWidth, y + half), fill)
        | None -> ()

        match entry.Stroke with
        | Some stroke ->
            let visible = { stroke with Width = max 1.4 stroke.Width }
            MarkPainter.polyline canvas visible [| SKPoint(x + 1f, y); SKPoint(x + sampleWidth - 1f, y) |]
        | None -> ()

        match entry.Marker with
        | Some marker -> MarkPainter.marker canvas marker (x + sampleWidth / 2f) y
        | None -> ()

    let private entry canvas x y (item: LegendEntry) =
        sample canvas x y item
        RichText.draw canvas (x + sampleWidth + sampleGap) (y + 0.34f * textSize) Left 0f textSize Palette.black item.Name

    /// <summary>Draws a legend in one column.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="area">Its box.</param>
    /// <param name="boxed">Whether it needs a white ground to stand on.</param>
    /// <param name="entries">Its entries.</param>
    let draw (canvas: SKCanvas) (area: SKRect) (boxed: bool) (entries: LegendEntry list) =
        if boxed then
            use ground = new SKPaint(Color = RichText.ofColour (Colour.withOpacity 0.88 Palette.white), IsAntialias = true)
            use edge = new SKPaint(Color = SKColor(0xd4uy, 0xd4uy, 0xd4uy), IsStroke = true, StrokeWidth = 0.8f, IsAntialias = true)
            canvas.DrawRoundRect(area, 2.5f, 2.5f, ground)
            canvas.DrawRoundRect(area, 2.5f, 2.5f, edge)

        entries
        |> List.iteri (fun i item -> entry canvas (area.Left + padding) (area.Top + padding - 1f + (float32 i + 0.5f) * rowHeight) item)

    /// <summary>Draws a legend in rows, centred about an abscissa.</summary>
    let drawWrapped (canvas: SKCanvas) (centre: float32) (top: float32) (rows: LegendEntry list list) =
        if not rows.IsEmpty then
            let column = (rows |> List.concat |> List.map entryWidth |> List.max) + columnGap
            let width = column * float32 (rows |> List.map List.length |> List.max) - columnGap

            rows
            |> List.iteri (fun row items ->
                items
                |> List.iteri (fun i item ->
                    entry canvas (centre - width / 2f + float32 i * column) (top + (float32 row + 0.5f) * rowHeight) item))

    /// <summary>The box at given shares of the free way inside a panel.</summary>
    let inside (width: float32) (height: float32) (share: float * float) (entries: LegendEntry list) : SKRect =
        let w, h = size entries
        let left = inset + float32 (fst share) * (width - w - 2f * inset)
        let top = inset + float32 (1.0 - snd share) * (height - h - 2f * inset)
        SKRect.Create(left, top, w, h)

    let private spots =
        [ yield! [ 1.0, 1.0; 0.0, 1.0; 0.0, 0.0; 1.0, 0.0 ]
          for share in [ 0.1; 0.2; 0.3; 0.4; 0.5 ] do
              for x, y in [ share, 1.0; share, 0.0; 1.0, share; 0.0, share ] do
                  x, y

                  if share < 0.5 then (if y = share then x, 1.0 - y else 1.0 - x, y) ]

    /// <summary>A box inside the panel that hides nothing, corners first, then along the edges; None when every place hides data.</summary>
    let tryFree (occupancy: Occupancy) (entries: LegendEntry list) : SKRect option =
        spots
        |> List.map (fun share -> inside (float32 occupancy.Width) (float32 occupancy.Height) share entries)
        |> List.tryFind (fun area -> Occupancy.contains area occupancy && Occupancy.count (SKRect.Inflate(area, 4f, 4f)) occupancy = 0)
