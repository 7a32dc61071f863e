/// Labels set in the vendored faces, on any canvas of Skia: text stays text in SVG and PDF.
/// No system font is ever asked, so a missing glyph would vanish without a word; here it raises an error that names the character.
namespace AnalogTheory.Plotting

open System
open System.IO
open System.Text
open SkiaSharp

/// <summary>The two faces of all figures: KaTeX Main and KaTeX Math Italic.</summary>
type internal Faces =
    {
        /// Upright letters, digits, operators.
        Roman: SKTypeface
        /// Slanted letters, small Greek.
        Italic: SKTypeface
    }

/// <summary>Which point of a label is put at the given position.</summary>
type internal Alignment =
    /// Its left end.
    | Left
    /// Its middle.
    | Centre
    /// Its right end.
    | Right

/// <summary>Size of a set label, in the units of its font size.</summary>
[<Struct>]
type internal TextExtent =
    {
        /// From left to right.
        Width: float32
        /// From the base line up.
        Ascent: float32
        /// From the base line down.
        Descent: float32
    }

/// <summary>Bytes of the vendored files, which travel inside the assembly.</summary>
[<RequireQualifiedAccess>]
module internal Vendored =

    /// <summary>Reads one embedded file.</summary>
    /// <exception cref="T:System.InvalidOperationException">The build did not embed it.</exception>
    let bytes (name: string) : byte[] =
        match typeof<Faces>.Assembly.GetManifestResourceStream name with
        | null -> raise (InvalidOperationException $"The embedded file '{name}' is missing.")
        | stream ->
            use stream = stream
            use memory = new MemoryStream()
            stream.CopyTo memory
            memory.ToArray()

    /// <summary>Name of the upright face's file.</summary>
    let roman = "KaTeX_Main-Regular.ttf"

    /// <summary>Name of the slanted face's file.</summary>
    let italic = "KaTeX_Math-Italic.ttf"

    /// <summary>Name of the script that draws the interactive page.</summary>
    let plotly = "plotly-cartesian.min.js"

/// <summary>Measures and draws labels written in <c>Markup</c>.</summary>
[<RequireQualifiedAccess>]
module internal RichText =

    let private scriptScale = 0.7f
    let private subscriptDrop = 0.2f
    let private superscriptRise = 0.38f

    let private load name =
        match SKTypeface.FromStream(new MemoryStream(Vendored.bytes name)) with
        | null -> raise (InvalidOperationException $"The face '{name}' cannot be read.")
        | face -> face

    let private loaded = lazy { Roman = load Vendored.roman; Italic = load Vendored.italic }

    /// <summary>The vendored faces, read once.</summary>
    let faces () = loaded.Force()

    // Raised and lowered digits, spelled out before they are drawn.
    let private spelled = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋‖"

    /// <summary>Whether one of the vendored faces holds a character, or the markup spells it with ones that they hold.</summary>
    let canDraw (rune: Rune) : bool =
        let faces = faces ()

        faces.Roman.ContainsGlyph rune.Value
        || faces.Italic.ContainsGlyph rune.Value
        || spelled.Contains(string rune, StringComparison.Ordinal)

    let private faceOf (label: string) (italic: bool) (rune: Rune) =
        let faces = faces ()
        let first, second = if italic then faces.Italic, faces.Roman else faces.Roman, faces.Italic

        if first.ContainsGlyph rune.Value then
            first
        elif second.ContainsGlyph rune.Value then
            second
        else
            invalidArg
                (nameof label)
                (FormattableString.Invariant
                    $"Expected characters that the vendored faces can draw, got '{rune}' (U+{rune.Value:X4}) in \"{label}\".")

    /// A piece of one face at one place of its line.
    [<Struct; NoEquality; NoComparison>]
    type private Piece = { Text: string; Face: SKTypeface; Size: float32; X: float32; Y: float32 }

    let private fontOf (face: SKTypeface) size =
        new SKFont(face, size, Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None, Edging = SKFontEdging.Antialias)

    let private byFace label (run: Run) =
        ([], run.Text.EnumerateRunes())
        ||> Seq.fold (fun pieces rune ->
            let face = faceOf label run.Italic rune

            match pieces with
            | (text, last) :: rest when obj.ReferenceEquals(last, face) -> (text + string rune, face) :: rest
            | _ -> (string rune, face) :: pieces)
        |> List.rev

    /// Two cursors, one for each script level, let a superscript stand above the subscript before it.
    let private set (size: float32) (label: string) : Piece list * float32 =
        let pieces = ResizeArray<Piece>()
        let mutable below = 0f
        let mutable above = 0f

        for run in Markup.parse label do
            let scale, y, start =
                match run.Level with
                | Baseline -> 1f, 0f, max below above
                | Subscript -> scriptScale, subscriptDrop * size, below
                | Superscript -> scriptScale, -superscriptRise * size, above

            let mutable x = start

            for text, face in byFace label run do
                use font = fontOf face (size * scale)
                let width = font.MeasureText text
                pieces.Add { Text = text; Face = face; Size = size * scale; X = x; Y = y }
                x <- x + width

            if run.Level <> Superscript then below <- x

            if run.Level <> Subscript then above <- x

        List.ofSeq pieces, max below above

    /// <summary>Size of a label.</summary>
    /// <param name="size">Font size in pixels.</param>
    /// <param name="label">Text in <c>Markup</c>.</param>
    /// <exception cref="T:System.ArgumentException">A character is in neither face.</exception>
    let measure (size: float32) (label: string) : TextExtent =
        let pieces, width = set size label
        let lowest = if pieces.IsEmpty then 0f else pieces |> List.map _.Y |> List.max
        let highest = if pieces.IsEmpty then 0f else pieces |> List.map _.Y |> List.min

        { Width = width
          Ascent = 0.72f * size + max 0f (-highest - 0.22f * size)
          Descent = 0.22f * size + max 0f (lowest - 0.1f * size) }

    /// <summary>The largest size, not above the wanted, at which a label fits a width.</summary>
    /// <param name="size">Wanted size; the result is at least 0.6 of it.</param>
    /// <param name="available">The width.</param>
    /// <param name="label">Text in <c>Markup</c>.</param>
    let fit (size: float32) (available: float32) (label: string) : float32 =
        let width = (measure size label).Width
        if width <= available then size else max (0.6f * size) (size * available / width)

    /// <summary>Colour of Skia.</summary>
    let internal ofColour (colour: Colour) = SKColor(colour.Red, colour.Green, colour.Blue, colour.Alpha)

    /// <summary>Draws a label with its base line at a point.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="x">Position that the alignment refers to.</param>
    /// <param name="y">Base line.</param>
    /// <param name="alignment">Which end is put at x.</param>
    /// <param name="degrees">Clockwise turn about the point; -90 reads upwards.</param>
    /// <param name="size">Font size in pixels.</param>
    /// <param name="colour">Ink.</param>
    /// <param name="label">Text in <c>Markup</c>.</param>
    let draw (canvas: SKCanvas) (x: float32) (y: float32) (alignment: Alignment) (degrees: float32) size colour (label: string) =
        let pieces, width = set size label

        let shift =
            match alignment with
            | Left -> 0f
            | Centre -> -width / 2f
            | Right -> -width

        use paint = new SKPaint(Color = ofColour colour, IsAntialias = true)
        canvas.Save() |> ignore
        canvas.Translate(x, y)

        if degrees <> 0f then canvas.RotateDegrees degrees

        for piece in pieces do
            use font = fontOf piece.Face piece.Size
            canvas.DrawText(piece.Text, shift + piece.X, piece.Y, SKTextAlign.Left, font, paint)

        canvas.Restore()
