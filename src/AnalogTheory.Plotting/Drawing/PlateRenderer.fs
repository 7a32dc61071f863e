/// A plate as SVG, PDF and PNG: the same drawing on three canvases, the same bytes on every run.
namespace AnalogTheory.Plotting

open System
open System.Globalization
open System.IO
open System.Net
open System.Text
open System.Text.RegularExpressions
open SkiaSharp

/// <summary>Renders plates.</summary>
[<RequireQualifiedAccess>]
module PlateRenderer =

    let private drawOn (plate: Plate) (frames: Frame list) (canvas: SKCanvas) =
        let page = SKRect(0f, 0f, float32 plate.Width, float32 plate.Height)
        canvas.DrawColor SKColors.White

        for frame in frames do
            PanelPainter.draw canvas page frame

        LegendPainter.drawWrapped canvas page.MidX 4f (LegendPainter.wrap (page.Width - 40f) (PlateLayout.sharedEntries plate))

    /// <summary>Style rules that carry both faces, so that text looks the same without any font installed.</summary>
    /// <param name="roman">Family name of the upright face.</param>
    /// <param name="italic">Family name of the slanted face.</param>
    /// <param name="slant">CSS style under which the slanted face is asked for.</param>
    let internal fontFaces (roman: string) (italic: string) (slant: string) : string =
        let face (family: string) (style: string) (file: string) =
            let data = Convert.ToBase64String(Vendored.bytes file)
            $"@font-face{{font-family:'{family}';font-style:{style};src:url(data:font/ttf;base64,{data}) format('truetype')}}"

        face roman "normal" Vendored.roman + face italic slant Vendored.italic

    /// Paths and glyph positions to a hundredth of a pixel: half the bytes, no visible difference.
    let private shorten (svg: string) : string =
        Regex.Replace(
            svg,
            @" (d|x|y)=""[^""]*""",
            fun (attribute: Match) ->
                Regex.Replace(
                    attribute.Value,
                    @"\d+\.\d{3,}(?!\d*e)",
                    fun (number: Match) ->
                        Double.Parse(number.Value, CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture)
                )
        )

    /// Skia numbers clips and gradients through the life of the process; here they are numbered through the file, in order of appearance.
    let private renumber (svg: string) : string =
        let numbers =
            Regex.Matches(svg, @"\bid=""([^""]+)""")
            |> Seq.map _.Groups[1].Value
            |> Seq.distinct
            |> Seq.mapi (fun i id -> id, (FormattableString.Invariant $"part-{i + 1}"))
            |> dict

        Regex.Replace(
            svg,
            @"(?<before>\bid=""|url\(#|href=""#)(?<id>[^"")]+)",
            fun (found: Match) ->
                match numbers.TryGetValue found.Groups["id"].Value with
                | true, number -> found.Groups["before"].Value + number
                | _ -> found.Value
        )

    let private svgOf (plate: Plate) (frames: Frame list) : string =
        use memory = new MemoryStream()

        do
            use canvas = SKSvgCanvas.Create(SKRect(0f, 0f, float32 plate.Width, float32 plate.Height), memory)
            drawOn plate frames canvas

        let svg = memory.ToArray() |> Encoding.UTF8.GetString |> renumber |> shorten
        let opening = svg.IndexOf("<svg", StringComparison.Ordinal)
        let inside = svg.IndexOf('>', opening) + 1
        let faces = RichText.faces ()
        let style = "<style>" + fontFaces faces.Roman.FamilyName faces.Italic.FamilyName "italic" + "</style>"

        svg
            .Insert(inside, (FormattableString.Invariant $"\n<title>{WebUtility.HtmlEncode plate.Title}</title>\n{style}"))
            .Insert(opening + 4, (FormattableString.Invariant $" viewBox=\"0 0 {plate.Width} {plate.Height}\" role=\"img\""))

    let private pdfOf (plate: Plate) (frames: Frame list) : byte[] =
        use memory = new MemoryStream()

        do
            // No times among the properties: they would differ between runs.
            let properties = SKDocumentPdfMetadata(Title = plate.Title, RasterDpi = 300f, EncodingQuality = 101)
            use document = SKDocument.CreatePdf(memory, properties)
            let canvas = document.BeginPage(float32 plate.Width, float32 plate.Height)
            drawOn plate frames canvas
            document.EndPage()
            document.Close()

        memory.ToArray()

    let private pngOf (plate: Plate) (frames: Frame list) : byte[] =
        let scale = 2
        use surface = SKSurface.Create(SKImageInfo(scale * int plate.Width, scale * int plate.Height))
        surface.Canvas.Scale(float32 scale)
        drawOn plate frames surface.Canvas
        use image = surface.Snapshot()
        use data = image.Encode(SKEncodedImageFormat.Png, 100)
        data.ToArray()

    /// <summary>The plate as SVG; text is text, the faces are inside.</summary>
    /// <param name="plate">The plate.</param>
    let toSvg (plate: Plate) : string = svgOf plate (PlateLayout.arrange plate)

    /// <summary>The plate as a PDF of one page.</summary>
    /// <param name="plate">The plate.</param>
    let toPdf (plate: Plate) : byte[] = pdfOf plate (PlateLayout.arrange plate)

    /// <summary>The plate as PNG at two pixels a pixel.</summary>
    /// <param name="plate">The plate.</param>
    let toPng (plate: Plate) : byte[] = pngOf plate (PlateLayout.arrange plate)

    /// <summary>The plate as <c>name.svg</c>, <c>name.pdf</c> and <c>name.png</c>.</summary>
    /// <param name="name">File name without extension.</param>
    /// <param name="plate">The plate.</param>
    /// <returns>Names and contents.</returns>
    /// <exception cref="T:System.ArgumentException">A character is in neither face, or the plate is too small.</exception>
    let files (name: string) (plate: Plate) : (string * byte[]) list =
        let frames = PlateLayout.arrange plate

        [ name + ".svg", Encoding.UTF8.GetBytes(svgOf plate frames)
          name + ".pdf", pdfOf plate frames
          name + ".png", pngOf plate frames ]
