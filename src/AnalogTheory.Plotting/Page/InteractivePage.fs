/// One page with all figures that works from a file, without a network, years from now.
namespace AnalogTheory.Plotting

open System
open System.Globalization
open System.Text
open AnalogTheory.Runs

/// <summary>A table of words.</summary>
type TextTable =
    {
        /// <summary>Column heads in <c>Markup</c>.</summary>
        Heads: string list
        /// <summary>Cells in <c>Markup</c>, by row.</summary>
        Rows: string list list
    }

/// <summary>One figure or table of the page.</summary>
type PageEntry =
    {
        /// Identifier; letters, digits and hyphens.
        Id: string
        /// <summary>Title in <c>Markup</c>, such as "Figure 1. Digital and analog SGD".</summary>
        Title: string
        /// <summary>Caption in <c>Markup</c>.</summary>
        Caption: string
        /// What is drawn, if it is a figure.
        Plate: Plate option
        /// What is set, if it is a table.
        Table: TextTable option
        /// Files beside the page: words of the link, and its path relative to the page.
        Links: (string * string) list
        /// The record of the computation; its divergences stand under the title.
        Manifest: Manifest option
    }

/// <summary>The page.</summary>
type Page =
    {
        /// Title in plain text.
        Title: string
        /// <summary>Line below the title, in <c>Markup</c>; may be empty.</summary>
        Subtitle: string
        /// <summary>Paragraphs before the figures, in <c>Markup</c>.</summary>
        Introduction: string list
        /// Figures and tables in their order.
        Entries: PageEntry list
    }

/// <summary>Renders the page.</summary>
[<RequireQualifiedAccess>]
module InteractivePage =

    let private html = Markup.toHtml

    let private escape = PageShell.escape

    let private style =
        """
main,header,footer{max-width:1180px;margin:0 auto;padding:0 22px}
header{padding-top:52px}
nav{border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);margin:1.8em 0 0;padding:.9em 0}
nav ol{columns:24em;column-gap:2.4em;list-style:none;margin:0;padding:0}
nav li{break-inside:avoid;padding:.1em 0}
section{padding:2.2em 0 1.6em;border-bottom:1px solid var(--rule)}
h2{font-size:1.35em;line-height:1.3;margin:0 0 .2em}
.divergence{color:var(--soft);font-size:.92em;margin:.1em 0 .9em}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:10px 18px;margin:14px 0 6px}
.panel{min-width:0;height:450px;position:relative}
.panel>h3{position:absolute;left:64px;right:4px;top:5px;margin:0;font:16px/1.4 Figures,serif;z-index:1}
.panel>div{width:100%!important;height:100%!important}
.single .panel{height:520px}
figure{margin:0}figcaption{max-width:52em;margin:.5em 0 .6em}
.links{font-size:.92em;margin:.4em 0}.links a{margin-right:1.2em;white-space:nowrap;display:inline-block}
details{font-size:.88em;color:var(--soft);margin:.5em 0}summary{cursor:pointer}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15em 1.2em;margin:.6em 0}dt{color:var(--soft)}dd{margin:0;color:var(--ink);overflow-wrap:anywhere}
.scroll{overflow-x:auto;margin:14px 0}
table{border-collapse:collapse;border-top:2px solid var(--ink);border-bottom:2px solid var(--ink);font-size:.96em}
th{border-bottom:1px solid var(--ink);text-align:left;font-weight:600}
th,td{padding:.42em 1.3em .42em .3em;vertical-align:baseline}tbody tr+tr td{border-top:1px solid #eceff2}
footer{color:var(--soft);font-size:.88em;padding-top:1.6em;padding-bottom:3em}
@media(max-width:640px){body{font-size:16px}main,header,footer{padding-left:14px;padding-right:14px}header{padding-top:28px}nav ol{columns:auto}dl{grid-template-columns:minmax(0,1fr)}dt{margin-top:.3em}.links a{white-space:normal}.modebar{display:none!important}.panel,.single .panel{height:400px}}
@media print{section{break-inside:avoid}nav{display:none}}
"""

    /// Charts are drawn when they come near the window, and all before printing. How many rows a legend takes is known once it is drawn: the space below the
    /// axis is then made for it, the tick labels and the axis' title.
    let private drawLater =
        """
Plotly.setPlotConfig({responsive:true,displaylogo:false,showLink:false,plotlyServerURL:'',modeBarButtonsToRemove:['select2d','lasso2d','autoScale2d']});
var faces=Promise.all(['13px Figures','italic 13px Figures'].map(function(face){return document.fonts.load(face,'a\u03b1')}));
var waiting=new Map(),watch=new IntersectionObserver(function(seen){seen.forEach(function(e){if(e.isIntersecting)drawNow(e.target)})},{rootMargin:'700px'});
function drawNow(place){var draw=waiting.get(place);if(draw){waiting.delete(place);watch.unobserve(place);var both=function(){draw();place.on('plotly_afterplot',function(){fit(place)});fit(place)};faces.then(both,both)}}
function fit(place){var legend=place.querySelector('g.legend'),below=legend?legend.getBoundingClientRect().height:0,room=58+below,margin=place._fullLayout.margin;if(below>0&&Math.abs(margin.b-room)>1)Plotly.relayout(place,{'margin.b':room})}
function later(id,draw){var place=document.getElementById(id);waiting.set(place,draw);watch.observe(place)}
addEventListener('beforeprint',function(){Array.from(waiting.keys()).forEach(drawNow)});
"""

    let private panelHtml (id: string) (frame: Frame) =
        let inline' = (PlotlyPanel.chart id frame).GetInlineHtml()

        // Drawing waits for the reader; the size is that of the page's grid.
        let script =
            inline'
                .Replace("<script>", $"<script>later('{id}',function(){{")
                .Replace("</script>", "});</script>")
                .Replace(" style=\"width: 900px; height: 500px;\"", "")

        let title = [ frame.Letter; html frame.Panel.Title ] |> List.filter ((<>) "") |> String.concat "&ensp;"
        let head = if title = "" then "" else $"<h3>{title}</h3>"
        $"<div class=\"panel\">{head}{script}</div>\n"

    let private plateHtml (entry: PageEntry) (plate: Plate) =
        let frames = PlateLayout.arrange plate
        let kind = if frames.Length = 1 then "panels single" else "panels"

        let panels =
            frames
            |> List.mapi (fun i frame -> panelHtml (FormattableString.Invariant $"{entry.Id}-panel-{i + 1}") frame)
            |> String.concat ""

        $"<div class=\"{kind}\" role=\"img\" aria-label=\"{escape plate.Title}\">\n{panels}</div>\n"

    let private tableHtml (table: TextTable) =
        let row tag cells =
            cells |> List.map (fun cell -> $"<{tag}>{html cell}</{tag}>") |> String.concat "" |> sprintf "<tr>%s</tr>\n"

        let body = table.Rows |> List.map (row "td") |> String.concat ""
        let head = row "th" table.Heads
        $"<div class=\"scroll\"><table>\n<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table></div>\n"

    let private factsOf (manifest: Manifest) =
        [ yield! manifest.Parameters
          "seed", string manifest.Seed
          "number of seeds", string manifest.Seeds
          "version", manifest.Version
          "commit", manifest.Commit
          "machine",
          FormattableString.Invariant
              $"{manifest.Machine.Processor}, {manifest.Machine.Cores} cores, {manifest.Machine.System}, {manifest.Machine.Runtime}"
          "duration", manifest.DurationSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
          for note in manifest.Notes do
              "note", note ]

    let private manifestHtml (manifest: Manifest) =
        let facts =
            factsOf manifest
            |> List.map (fun (name, value) -> $"<dt>{escape name}</dt><dd>{escape value}</dd>\n")
            |> String.concat ""

        $"<details><summary>How it was computed</summary>\n<dl>\n{facts}</dl>\n</details>\n"

    let private divergenceHtml (manifest: Manifest) =
        match manifest.Divergences with
        | [] -> ""
        | [ one ] -> $"<p class=\"divergence\">Differs from the paper: {escape one}</p>\n"
        | several ->
            let items = several |> List.map (fun text -> $"<li>{escape text}</li>") |> String.concat ""
            $"<div class=\"divergence\">Differs from the paper:<ul>{items}</ul></div>\n"

    let private entryHtml (entry: PageEntry) =
        let links =
            entry.Links
            |> List.map (fun (words, path) -> $"<a href=\"{escape path}\">{escape words}</a>")
            |> String.concat ""

        String.concat
            ""
            [ $"<section id=\"{escape entry.Id}\">\n<h2>{html entry.Title}</h2>\n"
              entry.Manifest |> Option.map divergenceHtml |> Option.defaultValue ""
              "<figure>\n"
              entry.Plate |> Option.map (plateHtml entry) |> Option.defaultValue ""
              entry.Table |> Option.map tableHtml |> Option.defaultValue ""
              $"<figcaption>{html entry.Caption}</figcaption>\n</figure>\n"
              (if links = "" then "" else $"<p class=\"links\">{links}</p>\n")
              entry.Manifest |> Option.map manifestHtml |> Option.defaultValue ""
              "</section>\n" ]

    /// <summary>The whole page as HTML.</summary>
    /// <param name="page">Its content.</param>
    /// <exception cref="T:System.ArgumentException">Two entries have one identifier, or text holds a network address.</exception>
    let render (page: Page) : string =
        match page.Entries |> List.countBy _.Id |> List.tryFind (fun (_, count) -> count > 1) with
        | Some(id, _) -> invalidArg (nameof page) $"Expected distinct identifiers, got '{id}' more than once."
        | None -> ()

        let text = StringBuilder()
        let add (part: string) = text.Append part |> ignore
        add $"<header>\n<h1>{escape page.Title}</h1>\n"

        if page.Subtitle <> "" then add $"<p class=\"subtitle\">{html page.Subtitle}</p>\n"

        for paragraph in page.Introduction do
            add $"<p>{html paragraph}</p>\n"

        add "<nav aria-label=\"Contents\">\n<ol>\n"

        for entry in page.Entries do
            add $"<li><a href=\"#{escape entry.Id}\">{html entry.Title}</a></li>\n"

        add "</ol>\n</nav>\n</header>\n<main>\n"
        add $"<script>{drawLater}</script>\n"

        for entry in page.Entries do
            add (entryHtml entry)

        add "</main>\n<footer>Drag to zoom, double-click to reset, click a legend entry to hide its curve.</footer>\n"
        PageShell.document (nameof page) page.Title style (text.ToString())

    /// <summary>Writes the page in one step.</summary>
    /// <param name="path">Path of the file; its folder is made when absent.</param>
    /// <param name="page">What the page holds.</param>
    let write (path: string) (page: Page) = AtomicFile.writeText path (render page)
