/// Heat maps as one image of three pixels a pixel: no seams between cells in any viewer, any edges, small files.
namespace AnalogTheory.Plotting

open System
open SkiaSharp

/// <summary>Scale of a heat map's colours, in the units of a colour axis.</summary>
type internal ColourScale =
    {
        /// Lower end, in axis units.
        Low: float
        /// Upper end, in axis units.
        High: float
        /// Linear or logarithmic.
        Scale: Scale
        /// Colours.
        Map: ColourMap
    }

/// <summary>Reads colour scales.</summary>
[<RequireQualifiedAccess>]
module internal ColourScale =

    /// <summary>The scale of a heat map: its range, or the span of the values that it can show.</summary>
    let ofHeatmap (m: Heatmap) : ColourScale =
        let low, high =
            match m.Range with
            | Some(low, high) -> AxisUnits.ofValue m.Scale low, AxisUnits.ofValue m.Scale high
            | None ->
                let shown =
                    [| for value in Seq.cast<float> m.Values do
                           let v = AxisUnits.ofValue m.Scale value
                           if not (Double.IsNaN v) then v |]

                if shown.Length = 0 then 0.0, 1.0
                elif Array.min shown < Array.max shown then Array.min shown, Array.max shown
                else shown[0] - 0.5, shown[0] + 0.5

        { Low = low; High = high; Scale = m.Scale; Map = m.Map }

    /// <summary>Colour of a value in the units of the data, if it can be shown.</summary>
    let tryColour (scale: ColourScale) (value: float) : Colour option =
        let v = AxisUnits.ofValue scale.Scale value

        if Double.IsNaN v then
            None
        else
            Some(ColourMap.at scale.Map ((v - scale.Low) / (scale.High - scale.Low)))

/// <summary>Draws heat maps and their colour bars.</summary>
[<RequireQualifiedAccess>]
module internal HeatmapPainter =

    let private oversampling = 3f

    /// The cell that holds each pixel; -1 outside all.
    let private cellsAt (edges: float[]) (positionOf: int -> float) (pixels: int) =
        Array.init pixels (fun i ->
            let at = positionOf i
            let found = Array.BinarySearch(edges, at)
            let cell = if found >= 0 then found else ~~~found - 1
            if cell >= 0 && cell < edges.Length - 1 then cell else -1)

    /// <summary>Draws the cells into a rectangle that spans the limits.</summary>
    let cells (canvas: SKCanvas) (data: SKRect) (limits: Limits) (panel: Panel) (m: Heatmap) =
        let width, height = int (data.Width * oversampling), int (data.Height * oversampling)
        let scale = ColourScale.ofHeatmap m
        let us = m.XEdges |> Array.map (AxisUnits.ofValue panel.X.Scale)
        let vs = m.YEdges |> Array.map (AxisUnits.ofValue panel.Y.Scale)
        let share i n = (float i + 0.5) / float n
        let columns = cellsAt us (fun i -> limits.Left + share i width * (limits.Right - limits.Left)) width
        let rows = cellsAt vs (fun i -> limits.Top - share i height * (limits.Top - limits.Bottom)) height

        let ink =
            m.Values
            |> Array2D.map (fun value ->
                match ColourScale.tryColour scale value with
                | Some colour -> RichText.ofColour colour
                | None -> SKColors.White)

        let pixels = Array.create (width * height) SKColors.White

        for y in 0 .. height - 1 do
            for x in 0 .. width - 1 do
                if rows[y] >= 0 && columns[x] >= 0 then pixels[y * width + x] <- ink[rows[y], columns[x]]

        use bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque)
        bitmap.Pixels <- pixels
        use image = SKImage.FromBitmap bitmap
        canvas.DrawImage(image, data, SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))

    /// <summary>The lines of equal value of a heat map, in axis units.</summary>
    let contourLines (panel: Panel) (m: Heatmap) : (float[] * float[]) list =
        match m.Contours with
        | None -> []
        | Some contours ->
            // Centres of the cells, and the two outer edges, to which the outer cells are continued.
            let grid scale (edges: float[]) =
                let us = edges |> Array.map (AxisUnits.ofValue scale)
                let centres = us |> Array.pairwise |> Array.map (fun (a, b) -> (a + b) / 2.0)
                Array.concat [ [| us[0] |]; centres; [| us[us.Length - 1] |] ]

            let rows, columns = Array2D.length1 m.Values, Array2D.length2 m.Values
            let value row column = AxisUnits.ofValue m.Scale m.Values[row, column]

            // Half a cell beyond the outer centre, by the slope between it and the next.
            let continued count (at: int -> float) i =
                if count < 2 then at 0
                elif i = 0 then 1.5 * at 0 - 0.5 * at 1
                elif i = count + 1 then 1.5 * at (count - 1) - 0.5 * at (count - 2)
                else at (i - 1)

            let values =
                Array2D.init (rows + 2) (columns + 2) (fun row column -> continued rows (fun r -> continued columns (value r) column) row)

            contours.Levels
            |> List.collect (fun level ->
                Contours.lines (grid panel.X.Scale m.XEdges) (grid panel.Y.Scale m.YEdges) values (AxisUnits.ofValue m.Scale level))

    /// <summary>Ticks of the colour bar.</summary>
    let barTicks (m: Heatmap) : Tick list =
        let scale = ColourScale.ofHeatmap m
        let axis = { Label = m.Label; Scale = m.Scale; Range = None; Ticks = None }
        Ticks.ofAxis axis (AxisUnits.toValue m.Scale scale.Low) (AxisUnits.toValue m.Scale scale.High) 8

    /// <summary>Draws the colour bar without its words.</summary>
    let bar (canvas: SKCanvas) (area: SKRect) (m: Heatmap) =
        let steps = 256
        use bitmap = new SKBitmap(1, steps, SKColorType.Rgba8888, SKAlphaType.Opaque)
        bitmap.Pixels <- Array.init steps (fun i -> RichText.ofColour (ColourMap.at m.Map (1.0 - (float i + 0.5) / float steps)))
        use image = SKImage.FromBitmap bitmap
        canvas.DrawImage(image, area, SKSamplingOptions(SKFilterMode.Linear))
        use frame = new SKPaint(Color = RichText.ofColour Palette.black, IsStroke = true, StrokeWidth = 1f, IsAntialias = true)
        canvas.DrawRect(area, frame)

    /// <summary>Pixel of a value on the colour bar.</summary>
    let barY (area: SKRect) (m: Heatmap) (value: float) : float32 =
        let scale = ColourScale.ofHeatmap m
        area.Bottom - float32 ((AxisUnits.ofValue m.Scale value - scale.Low) / (scale.High - scale.Low)) * area.Height
