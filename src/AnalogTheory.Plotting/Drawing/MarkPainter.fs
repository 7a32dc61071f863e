/// Marks on a canvas of Skia, given where axis units fall.
namespace AnalogTheory.Plotting

open System
open SkiaSharp

/// <summary>From axis units to pixels.</summary>
[<NoEquality; NoComparison>]
type internal Placement =
    {
        /// Pixel of an abscissa.
        ToX: float -> float32
        /// Pixel of an ordinate.
        ToY: float -> float32
    }

/// <summary>Draws marks.</summary>
[<RequireQualifiedAccess>]
module internal MarkPainter =

    let private sk = RichText.ofColour

    let private dashPattern (stroke: Stroke) =
        let w = float32 (max 1.0 stroke.Width)

        match stroke.Dash with
        | Solid -> None
        | Dashed -> Some [| 4.5f * w; 2.8f * w |]
        | Dotted -> Some [| 1.1f * w; 2.0f * w |]
        | DashDotted -> Some [| 5f * w; 2.2f * w; 1.1f * w; 2.2f * w |]

    let private withPen (stroke: Stroke) (draw: SKPaint -> unit) =
        use pen =
            new SKPaint(
                Color = sk stroke.Colour,
                StrokeWidth = float32 stroke.Width,
                IsStroke = true,
                IsAntialias = true,
                StrokeJoin = SKStrokeJoin.Round,
                StrokeCap = (if stroke.Dash = Solid then SKStrokeCap.Round else SKStrokeCap.Butt)
            )

        match dashPattern stroke with
        | None -> draw pen
        | Some pattern ->
            use effect = SKPathEffect.CreateDash(pattern, 0f)
            pen.PathEffect <- effect
            draw pen

    let private withFill (colour: Colour) (draw: SKPaint -> unit) =
        use fill = new SKPaint(Color = sk colour, IsAntialias = true)
        draw fill

    /// <summary>Draws a polyline given in pixels.</summary>
    let polyline (canvas: SKCanvas) (stroke: Stroke) (points: SKPoint[]) =
        if points.Length = 1 then
            // A lone point between gaps stays visible as a dot.
            withFill stroke.Colour (fun fill -> canvas.DrawCircle(points[0], float32 stroke.Width, fill))
        elif points.Length > 1 then
            withPen stroke (fun pen ->
                use path = new SKPath()
                path.MoveTo points[0]

                for i in 1 .. points.Length - 1 do
                    path.LineTo points[i]

                canvas.DrawPath(path, pen))

    let private polygon (canvas: SKCanvas) (colour: Colour) (points: SKPoint[]) =
        withFill colour (fun fill ->
            use path = new SKPath()
            path.AddPoly(points, true)
            canvas.DrawPath(path, fill))

    /// <summary>Draws one marker with its centre at a pixel.</summary>
    let marker (canvas: SKCanvas) (marker: Marker) (x: float32) (y: float32) =
        let r = float32 marker.Size / 2f
        let stroke = { Colour = marker.Colour; Width = 1.4; Dash = Solid }
        let square = [| SKPoint(x - r, y - r); SKPoint(x + r, y - r); SKPoint(x + r, y + r); SKPoint(x - r, y + r) |]
        let triangle = [| SKPoint(x, y - r * 1.1f); SKPoint(x + r, y + r * 0.8f); SKPoint(x - r, y + r * 0.8f) |]
        let diamond = [| SKPoint(x, y - r); SKPoint(x + r, y); SKPoint(x, y + r); SKPoint(x - r, y) |]

        let outlined (shape: SKPoint[]) =
            polygon canvas Palette.white shape
            polyline canvas stroke (Array.append shape [| shape[0]; shape[1] |])

        match marker.Kind with
        | Disc -> withFill marker.Colour (fun fill -> canvas.DrawCircle(x, y, r, fill))
        | Ring ->
            withFill Palette.white (fun fill -> canvas.DrawCircle(x, y, r, fill))
            withPen stroke (fun pen -> canvas.DrawCircle(x, y, r, pen))
        | Square -> polygon canvas marker.Colour square
        | OpenSquare -> outlined square
        | Triangle -> polygon canvas marker.Colour triangle
        | OpenTriangle -> outlined triangle
        | Diamond -> polygon canvas marker.Colour diamond
        | OpenDiamond -> outlined diamond
        | Cross ->
            let d = r * 0.8f
            polyline canvas { stroke with Width = 1.6 } [| SKPoint(x - d, y - d); SKPoint(x + d, y + d) |]
            polyline canvas { stroke with Width = 1.6 } [| SKPoint(x - d, y + d); SKPoint(x + d, y - d) |]

    let private toPoints (place: Placement) (us: float[]) (vs: float[]) = Array.map2 (fun u v -> SKPoint(place.ToX u, place.ToY v)) us vs

    let private line canvas place (panel: Panel) (phase: float) (m: Line) =
        for us, vs in Curve.visible panel.X.Scale panel.Y.Scale m.Xs m.Ys do
            polyline canvas m.Stroke (toPoints place us vs)

        match m.Marker with
        | None -> ()
        | Some shape ->
            for i in Curve.markerIndices m.Xs.Length m.MarkerCount phase do
                let u, v = AxisUnits.ofValue panel.X.Scale m.Xs[i], AxisUnits.ofValue panel.Y.Scale m.Ys[i]

                if not (Double.IsNaN u || Double.IsNaN v) then marker canvas shape (place.ToX u) (place.ToY v)

    let private band canvas place (panel: Panel) (bottom: float) (m: Band) =
        let us = m.Xs |> Array.map (AxisUnits.ofValue panel.X.Scale)
        let upper = m.Upper |> Array.map (AxisUnits.ofValue panel.Y.Scale)

        // A band that reaches down to zero reaches the lower end of a logarithmic panel.
        let lower =
            m.Lower
            |> Array.map (fun value ->
                if panel.Y.Scale = Logarithmic && value <= 0.0 then
                    bottom
                else
                    AxisUnits.ofValue panel.Y.Scale value)

        let visible i = not (Double.IsNaN us[i] || Double.IsNaN lower[i] || Double.IsNaN upper[i])

        for first, count in Curve.pieces us.Length visible do
            let part (values: float[]) = Array.sub values first count
            let xs, low, high = Curve.thinBand (part us) (part lower) (part upper)
            polygon canvas m.Colour (Array.append (toPoints place xs high) (Array.rev (toPoints place xs low)))

    let private points canvas place (panel: Panel) (m: Points) =
        let at i (values: float[]) = AxisUnits.ofValue panel.Y.Scale values[i]

        for i in 0 .. m.Xs.Length - 1 do
            let u, v = AxisUnits.ofValue panel.X.Scale m.Xs[i], at i m.Ys

            if not (Double.IsNaN u || Double.IsNaN v) then
                let x, y = place.ToX u, place.ToY v

                match m.Errors with
                | Some errors ->
                    let stroke = { Colour = m.Marker.Colour; Width = 1.2; Dash = Solid }

                    for value in [ at i errors.Lower; at i errors.Upper ] do
                        // An end that a logarithmic axis cannot show lies below the panel.
                        let far = if Double.IsNaN value then 1e5f else place.ToY value
                        polyline canvas stroke [| SKPoint(x, y); SKPoint(x, far) |]
                        polyline canvas stroke [| SKPoint(x - 3.5f, far); SKPoint(x + 3.5f, far) |]
                | None -> ()

                marker canvas m.Marker x y

    let private steps canvas place (panel: Panel) (bottom: float) (m: Steps) =
        let height value =
            let v = AxisUnits.ofValue panel.Y.Scale value
            place.ToY(if Double.IsNaN v then bottom else v)

        let x i = place.ToX(AxisUnits.ofValue panel.X.Scale m.Edges[i])
        let ground = height (if panel.Y.Scale = Linear then 0.0 else nan)

        let outline =
            [| SKPoint(x 0, ground)
               for i in 0 .. m.Heights.Length - 1 do
                   SKPoint(x i, height m.Heights[i])
                   SKPoint(x (i + 1), height m.Heights[i])
               SKPoint(x m.Heights.Length, ground) |]

        m.Fill |> Option.iter (fun colour -> polygon canvas colour outline)
        polyline canvas { m.Stroke with Width = min 1.2 m.Stroke.Width } outline

    /// <summary>Draws one mark; words are left to those who know where there is room.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="place">Where axis units fall.</param>
    /// <param name="limits">Ends of the axes.</param>
    /// <param name="panel">The panel of the mark.</param>
    /// <param name="phase">Share of the markers' spacing by which this curve's are moved in.</param>
    /// <param name="mark">The mark.</param>
    let draw (canvas: SKCanvas) (place: Placement) (limits: Limits) (panel: Panel) (phase: float) (mark: Mark) =
        match mark with
        | Line m -> line canvas place panel phase m
        | Band m -> band canvas place panel limits.Bottom m
        | Points m -> points canvas place panel m
        | Steps m -> steps canvas place panel limits.Bottom m
        | HorizontalRule m ->
            let y = place.ToY(AxisUnits.ofValue panel.Y.Scale m.At)
            polyline canvas m.Stroke [| SKPoint(place.ToX limits.Left, y); SKPoint(place.ToX limits.Right, y) |]
        | VerticalRule m ->
            let x = place.ToX(AxisUnits.ofValue panel.X.Scale m.At)
            polyline canvas m.Stroke [| SKPoint(x, place.ToY limits.Bottom); SKPoint(x, place.ToY limits.Top) |]
        | TextNote _
        | Heatmap _ -> ()
