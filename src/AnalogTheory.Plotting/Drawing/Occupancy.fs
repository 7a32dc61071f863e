/// Which pixels of a panel carry data: the map by which words and legends find free room.
namespace AnalogTheory.Plotting

open SkiaSharp

/// <summary>Counts of data pixels, summed so that a rectangle's count takes four look-ups.</summary>
[<NoEquality; NoComparison>]
type internal Occupancy =
    {
        /// Width in pixels.
        Width: int
        /// Height in pixels.
        Height: int
        /// Counts over all pixels above and left; one longer than the panel each way.
        Sums: int[,]
    }

/// <summary>Asks for free room.</summary>
[<RequireQualifiedAccess>]
module internal Occupancy =

    let private ofPixels width height (isOccupied: int -> int -> bool) : Occupancy =
        let sums = Array2D.zeroCreate (height + 1) (width + 1)

        for y in 0 .. height - 1 do
            for x in 0 .. width - 1 do
                let here = if isOccupied x y then 1 else 0
                sums[y + 1, x + 1] <- here + sums[y, x + 1] + sums[y + 1, x] - sums[y, x]

        { Width = width; Height = height; Sums = sums }

    /// <summary>Draws on a white sheet aside and notes every pixel that is no longer white.</summary>
    let ofDrawing (width: int) (height: int) (draw: SKCanvas -> unit) : Occupancy =
        use bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque)

        do
            use canvas = new SKCanvas(bitmap)
            canvas.Clear SKColors.White
            draw canvas

        let pixels = bitmap.Pixels
        ofPixels width height (fun x y -> pixels[y * width + x] <> SKColors.White)

    /// <summary>How many pixels of a rectangle carry data; what lies outside the panel counts as free.</summary>
    let count (area: SKRect) (occupancy: Occupancy) : int =
        let clamp top (value: float32) = max 0 (min top (int value))
        let x0, x1 = clamp occupancy.Width (floor area.Left), clamp occupancy.Width (ceil area.Right)
        let y0, y1 = clamp occupancy.Height (floor area.Top), clamp occupancy.Height (ceil area.Bottom)

        if x1 <= x0 || y1 <= y0 then
            0
        else
            occupancy.Sums[y1, x1] - occupancy.Sums[y0, x1] - occupancy.Sums[y1, x0] + occupancy.Sums[y0, x0]

    /// <summary>The same map with a rectangle taken.</summary>
    let reserve (area: SKRect) (occupancy: Occupancy) : Occupancy =
        let sums = occupancy.Sums

        ofPixels occupancy.Width occupancy.Height (fun x y ->
            area.Contains(float32 x + 0.5f, float32 y + 0.5f)
            || sums[y + 1, x + 1] - sums[y, x + 1] - sums[y + 1, x] + sums[y, x] > 0)

    /// <summary>Whether a rectangle lies inside the panel.</summary>
    let contains (area: SKRect) (occupancy: Occupancy) : bool =
        area.Left >= 1f
        && area.Top >= 1f
        && area.Right <= float32 occupancy.Width - 1f
        && area.Bottom <= float32 occupancy.Height - 1f

    /// <summary>The rectangle that hides least, the earlier of two equals; one inside the panel before any other.</summary>
    let emptiest (candidates: SKRect list) (occupancy: Occupancy) : SKRect =
        candidates |> List.minBy (fun area -> (if contains area occupancy then 0 else 1), count area occupancy)
