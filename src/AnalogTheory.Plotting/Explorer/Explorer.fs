/// A page on which a reader explores tables of results: a map, a cut through it, and their values, all chosen on the page and kept in its address.
namespace AnalogTheory.Plotting

open System
open System.Collections.Generic
open System.IO
open System.Text
open System.Text.Encodings.Web
open System.Text.Json
open System.Text.Unicode
open AnalogTheory.Runs

/// <summary>Makes the explorer: one file that works without a network.</summary>
[<AbstractClass; Sealed>]
type Explorer =

    static member private Resource(name: string) : string = Encoding.UTF8.GetString(Vendored.bytes name)

    // Files of the folder Script, in an order in which each finds what it uses at once; one function keeps their names to themselves.
    static member private Script() : string =
        [ "numbers"; "tables"; "quantities"; "view"; "address"; "axes"; "map"; "cut"; "values"; "controls"; "page" ]
        |> List.map (fun name -> Explorer.Resource $"{name}.js")
        |> String.concat "\n"
        |> fun parts -> $"(() => {{\n'use strict';\n{parts}}})();\n"

    // Letters as they are; what could end a script element is written otherwise.
    static member private Data(tables: IReadOnlyList<ExplorerTable>) : string =
        use stream = new MemoryStream()

        do
            let options = JsonWriterOptions(Encoder = JavaScriptEncoder.Create UnicodeRanges.All)
            use json = new Utf8JsonWriter(stream, options)

            let colours (key: string) (list: seq<Colour>) =
                json.WriteStartArray key
                list |> Seq.iter (Colour.toCss >> json.WriteStringValue)
                json.WriteEndArray()

            json.WriteStartObject()
            json.WriteString("ink", Colour.toCss Palette.black)
            // Black is the theory's.
            colours "series" (Palette.series |> List.filter ((<>) Palette.black))
            colours "viridis" [ for i in 0..16 -> ColourMap.at Viridis (float i / 16.0) ]
            colours "diverging" [ for i in 0..16 -> ColourMap.at Diverging (float i / 16.0) ]
            json.WriteStartArray "tables"
            tables |> Seq.iteri (fun i table -> table.Write(json, FormattableString.Invariant $"{i + 1}"))
            json.WriteEndArray()
            json.WriteEndObject()

        Encoding.UTF8.GetString(stream.ToArray())

    static member private Control(id: string, words: string) = $"<label><span>{words}</span><select id=\"{id}\"></select></label>\n"

    static member private Check(id: string, words: string) =
        $"<label class=\"check\"><input type=\"checkbox\" id=\"{id}\"><span>{words}</span></label>\n"

    static member private Group(title: string, parts: string list) =
        let content = String.concat "" parts
        $"<fieldset><legend>{title}</legend>\n{content}</fieldset>\n"

    static member private Controls() : string =
        [ "<form id=\"controls\" aria-label=\"What is shown\">\n"
          Explorer.Group(
              "Case",
              [ Explorer.Control("table", "Table")
                Explorer.Control("measure", "Measure")
                "<div id=\"held\"></div>\n<p class=\"hint\" id=\"cut-note\"></p>\n" ]
          )
          Explorer.Group(
              "Map",
              [ Explorer.Control("x", "Horizontal axis")
                Explorer.Control("y", "Vertical axis")
                Explorer.Control("show", "Colour and curves show") ]
          )
          Explorer.Group("Cut", [ Explorer.Control("along", "Along"); Explorer.Control("by", "A curve for each") ])
          Explorer.Group(
              "Logarithmic",
              [ Explorer.Check("log-x", "horizontal axis of the map")
                Explorer.Check("log-y", "vertical axis of the map")
                Explorer.Check("log-value", "colours and curves") ]
          )
          Explorer.Group(
              "View",
              [ "<button type=\"button\" id=\"copy\">Copy the address of this view</button>\n"
                "<input id=\"address\" aria-label=\"Address of this view\" readonly hidden>\n"
                "<button type=\"button\" id=\"reset\">First view of this table</button>\n" ]
          )
          "</form>\n" ]
        |> String.concat ""

    static member private Part(id: string, opened: string) : string =
        String.concat
            ""
            [ $"<section id=\"{id}-part\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\"></h2>\n<p class=\"held\" id=\"{id}-held\"></p>\n"
              $"<div class=\"picture\" id=\"{id}\" role=\"img\" aria-label=\"\"></div>\n"
              $"<details{opened}><summary>Values of the {id} as a table</summary>\n"
              $"<div class=\"scroll\" id=\"{id}-values\" role=\"region\" aria-label=\"Values of the {id}\" tabindex=\"0\"></div>\n</details>\n</section>\n" ]

    /// <summary>The whole page as HTML.</summary>
    /// <param name="title">Title in plain text.</param>
    /// <param name="introduction">Paragraph below the title, in <c>Markup</c>; empty for none.</param>
    /// <param name="tables">Tables, at least one; the reader chooses among them.</param>
    /// <param name="note">Last line, in plain text, such as the versions that made the tables; empty for none.</param>
    /// <returns>One document, in which script, faces and tables lie.</returns>
    /// <exception cref="T:System.ArgumentException">There is no table, or words hold a network address.</exception>
    /// <exception cref="T:System.IO.InvalidDataException">A cell of a result is no number.</exception>
    static member Render(title: string, introduction: string, tables: IReadOnlyList<ExplorerTable>, note: string) : string =
        if tables.Count = 0 then invalidArg (nameof tables) "Expected at least one table, got none."

        let paragraph = if introduction = "" then "" else $"<p>{Markup.toHtml introduction}</p>\n"
        let end' = if note = "" then "" else PageShell.escape note + " "

        let body =
            [ "<a class=\"skip\" href=\"#results\">To the map and the cut</a>\n"
              $"<header>\n<h1>{PageShell.escape title}</h1>\n{paragraph}"
              "<p id=\"about\" hidden></p>\n<p id=\"facts\"></p>\n<p id=\"status\" role=\"status\" aria-live=\"polite\"></p>\n"
              "<noscript><p>The map needs JavaScript, which this browser has switched off.</p></noscript>\n</header>\n"
              "<main class=\"parts\">\n"
              Explorer.Controls()
              "<div id=\"results\" tabindex=\"-1\">\n"
              Explorer.Part("map", "")
              Explorer.Part("cut", " open")
              "</div>\n</main>\n"
              $"<footer>{end'}<span id=\"interval-note\"></span> Drag in a picture to zoom, double-click to reset.</footer>\n"
              $"<script type=\"application/json\" id=\"tables\">{Explorer.Data tables}</script>\n"
              $"<script>{Explorer.Script()}</script>\n" ]
            |> String.concat ""

        PageShell.document (nameof tables) title (Explorer.Resource "explorer.css") body

    /// <summary>Writes the page in one step: a reader sees the old bytes or the new.</summary>
    /// <param name="path">Path of the file; its folder is made when absent.</param>
    /// <param name="title">Title in plain text.</param>
    /// <param name="introduction">Paragraph below the title, in <c>Markup</c>; empty for none.</param>
    /// <param name="tables">Tables, at least one; the reader chooses among them.</param>
    /// <param name="note">Last line, in plain text; empty for none.</param>
    /// <exception cref="T:System.ArgumentException">There is no table, or words hold a network address.</exception>
    /// <exception cref="T:System.IO.InvalidDataException">A cell of a result is no number.</exception>
    /// <exception cref="T:System.IO.IOException">The file cannot be written.</exception>
    static member Write(path: string, title: string, introduction: string, tables: IReadOnlyList<ExplorerTable>, note: string) : unit =
        AtomicFile.writeText path (Explorer.Render(title, introduction, tables, note))
