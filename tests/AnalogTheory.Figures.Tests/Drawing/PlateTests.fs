module AnalogTheory.Figures.Tests.PlateTests

open System
open System.Text
open System.Text.RegularExpressions
open System.Xml.Linq
open Expecto
open AnalogTheory.Runs
open AnalogTheory.Plotting
open AnalogTheory.Figures
open AnalogTheory.Figures.Tests.Samples

[<Tests>]
let plates =
    testList
        "plate"
        [ testCase "the same plate gives the same SVG, PDF and PNG"
          <| fun () ->
              let first, second = PlateRenderer.files "figure" plate, PlateRenderer.files "figure" plate
              Expect.equal (List.map fst first) [ "figure.svg"; "figure.pdf"; "figure.png" ] "names"

              for (name, a), (_, b) in List.zip first second do
                  Expect.isTrue (a = b) $"bytes of {name}"

          testCase "each file begins as its format does"
          <| fun () ->
              let starts = dict [ ".svg", "<?xml"B; ".pdf", "%PDF-"B; ".png", [| 0x89uy; 0x50uy; 0x4Euy; 0x47uy |] ]

              for name, bytes in PlateRenderer.files "figure" plate do
                  let start = starts[name.Substring 6]
                  Expect.equal bytes[.. start.Length - 1] start name

          testCase "SVG: well-formed, text is text, in the faces that travel inside"
          <| fun () ->
              let svg = PlateRenderer.toSvg plate
              let families = [ for found in Regex.Matches(svg, "font-family=\"([^\"]*)\"") -> found.Groups[1].Value ] |> List.distinct
              let root = (XDocument.Parse svg).Root
              Expect.isNotNull root "root"
              Expect.isNonEmpty families "families"

              for family in families do
                  Expect.stringContains svg $"@font-face{{font-family:'{family.Trim('\'')}'" "face"

              Expect.stringContains svg "Step size" "text"
              Expect.isEmpty (Offline.findNetworkAddresses svg) "addresses"

          testCase "SVG: no number that is none"
          <| fun () ->
              Expect.isFalse
                  (Regex.IsMatch(PlateRenderer.toSvg plate, "(?i) (d|x|y|cx|cy|r|width|height|points|transform)=\"[^\"]*(nan|inf)"))
                  "nan or inf"

          testCase "PDF: faces are embedded as outlines, and no time is written"
          <| fun () ->
              let pdf = Encoding.Latin1.GetString(PlateRenderer.toPdf plate)
              Expect.stringContains pdf "/FontFile2" "TrueType"
              Expect.isFalse (pdf.Contains "/Type3") "Type 3"
              Expect.isFalse (pdf.Contains "/CreationDate") "time"

          testCase "PNG: two pixels a pixel"
          <| fun () ->
              use bitmap = SkiaSharp.SKBitmap.Decode(PlateRenderer.toPng plate)
              Expect.equal (bitmap.Width, bitmap.Height) (2 * int plate.Width, 2 * int plate.Height) "size"

          raises<ArgumentException> "a label that cannot be set stops the drawing" [ "日" ] (fun () ->
              Plate.single "x" 400.0 300.0 (Panel.make "日" (Axis.linear "x") (Axis.linear "y") [])
              |> PlateRenderer.toSvg
              |> ignore)
          raises<ArgumentException> "no panel" [ "at least one panel" ] (fun () -> Plate.grid "x" 400.0 300.0 [ [] ] |> ignore)
          raises<ArgumentException> "a plate without room" [ "plate" ] (fun () ->
              PlateRenderer.toSvg { plate with Width = 120.0; Height = 90.0 } |> ignore) ]
