/// Words inside a panel: labels of rules, and notes. Each goes where it hides least and then counts as data for the next.
namespace AnalogTheory.Plotting

open System
open SkiaSharp

/// <summary>Words with their place, in pixels from the top left of the panel's data.</summary>
[<NoEquality; NoComparison>]
type internal PlacedText =
    {
        /// <summary>Words in <c>Markup</c>.</summary>
        Text: string
        /// Box about them.
        Area: SKRect
        /// Ink.
        Colour: Colour
        /// End of a leader, if there is one.
        Target: SKPoint option
    }

/// <summary>Places and draws words.</summary>
[<RequireQualifiedAccess>]
module internal NotePainter =

    let private textSize = 12.5f
    let private padding = 2.5f

    let private boxOf (text: string) =
        let extent = RichText.measure textSize text
        extent.Width + 2f * padding, extent.Ascent + extent.Descent + 2f * padding

    let private besideHorizontal (occupancy: Occupancy) (y: float32) (w, h) =
        [ for above in [ true; false ] do
              for share in [ 1f; 0f; 0.5f; 0.75f; 0.25f ] do
                  let left = 5f + share * (float32 occupancy.Width - w - 10f)
                  SKRect.Create(left, (if above then y - h - 1f else y + 2f), w, h) ]

    let private besideVertical (occupancy: Occupancy) (x: float32) (w, h) =
        [ for share in [ 0f; 1f; 0.5f; 0.25f; 0.75f; 0.125f; 0.875f ] do
              for right in [ true; false ] do
                  let top = 5f + share * (float32 occupancy.Height - h - 10f)
                  SKRect.Create((if right then x + 3f else x - w - 3f), top, w, h) ]

    let private about (x: float32) (y: float32) (isCallout: bool) (anchor: Anchor) (w: float32, h: float32) =
        let at gap side =
            match side with
            | Above -> SKRect.Create(x - w / 2f, y - h - gap, w, h)
            | Below -> SKRect.Create(x - w / 2f, y + gap, w, h)
            | LeftOf -> SKRect.Create(x - w - gap, y - h / 2f, w, h)
            | RightOf
            | Automatic -> SKRect.Create(x + gap, y - h / 2f, w, h)

        match anchor with
        | Automatic ->
            [ if isCallout then SKRect.Create(x - w / 2f, y - h / 2f, w, h)
              for gap in [ 5f; 10f; 18f ] do
                  for side in [ Above; RightOf; LeftOf; Below ] do
                      at gap side

                  for dx, dy in [ 1f, -1f; -1f, -1f; 1f, 1f; -1f, 1f ] do
                      let left = if dx > 0f then x + 0.7f * gap else x - 0.7f * gap - w
                      let top = if dy > 0f then y + 0.7f * gap else y - 0.7f * gap - h
                      SKRect.Create(left, top, w, h) ]
        | side -> [ at 5f side ]

    /// <summary>Places all words of a panel.</summary>
    /// <param name="place">Where axis units fall, from the top left of the data.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="occupancy">What is taken already.</param>
    /// <returns>The words, and what is taken then.</returns>
    let arrange (place: Placement) (panel: Panel) (occupancy: Occupancy) : PlacedText list * Occupancy =
        let x value = place.ToX(AxisUnits.ofValue panel.X.Scale value)
        let y value = place.ToY(AxisUnits.ofValue panel.Y.Scale value)

        let put text colour target candidates (placed, occupancy) =
            let area = Occupancy.emptiest candidates occupancy
            { Text = text; Area = area; Colour = colour; Target = target } :: placed, Occupancy.reserve area occupancy

        let placed, occupancy =
            (([], occupancy), panel.Marks)
            ||> List.fold (fun state mark ->
                let occupancy = snd state

                match mark with
                | HorizontalRule m when m.Label <> "" ->
                    put m.Label m.Stroke.Colour None (besideHorizontal occupancy (y m.At) (boxOf m.Label)) state
                | VerticalRule m when m.Label <> "" ->
                    put m.Label m.Stroke.Colour None (besideVertical occupancy (x m.At) (boxOf m.Label)) state
                | TextNote m ->
                    let target = m.Target |> Option.map (fun (tx, ty) -> SKPoint(x tx, y ty))
                    put m.Text m.Colour target (about (x m.X) (y m.Y) target.IsSome m.Anchor (boxOf m.Text)) state
                | _ -> state)

        List.rev placed, occupancy

    let private leader (canvas: SKCanvas) (note: PlacedText) (target: SKPoint) =
        // From the point of the box nearest to the target.
        let from =
            SKPoint(Math.Clamp(target.X, note.Area.Left, note.Area.Right), Math.Clamp(target.Y, note.Area.Top, note.Area.Bottom))

        let dx, dy = target.X - from.X, target.Y - from.Y
        let length = sqrt (dx * dx + dy * dy)

        if length > 8f then
            let ux, uy = dx / length, dy / length
            let tip = SKPoint(target.X - 2f * ux, target.Y - 2f * uy)
            let stroke = { Colour = Palette.grey; Width = 0.9; Dash = Solid }
            MarkPainter.polyline canvas stroke [| from; tip |]

            for side in [ -1f; 1f ] do
                let back = SKPoint(tip.X - 6f * ux - side * 2.6f * uy, tip.Y - 6f * uy + side * 2.6f * ux)
                MarkPainter.polyline canvas stroke [| back; tip |]

    /// <summary>Draws placed words on a translucent ground.</summary>
    let draw (canvas: SKCanvas) (note: PlacedText) =
        note.Target |> Option.iter (leader canvas note)
        use ground = new SKPaint(Color = RichText.ofColour (Colour.withOpacity 0.75 Palette.white), IsAntialias = true)
        canvas.DrawRect(note.Area, ground)
        let extent = RichText.measure textSize note.Text
        let baseline = note.Area.Bottom - padding - extent.Descent
        RichText.draw canvas note.Area.MidX baseline Centre 0f textSize note.Colour note.Text
