namespace AnalogTheory.Site

open System
open System.IO
open System.Text
open System.Text.Json
open System.Text.Json.Nodes
open System.Text.RegularExpressions

/// The last strokes on the HTML that fsdocs wrote: addresses that work from any folder and from a disk, what to take along, and the versions.
[<RequireQualifiedAccess>]
module Finish =

    // From a page to the site's first folder.
    let private up (output: string) (file: string) : string =
        let depth = Path.GetRelativePath(output, file).Split(Path.DirectorySeparatorChar).Length - 1
        String.replicate depth "../"

    // Buttons that need a script from elsewhere, and the marks of their place.
    let private link = Regex(@"<div class=""fsdocs-source-link"".*?</div>", RegexOptions.Singleline)
    let private row = Regex(@"<div class=""icon-button-row"">\s*</div>", RegexOptions.Singleline)
    let private icon = Regex(@"<iconify-icon[^>]*></iconify-icon>|<fsdocs-details-toggle></fsdocs-details-toggle>")

    let private codeTable =
        Regex(@"<table class=""pre""><tr><td[^>]*>(<pre.*?</pre>)</td></tr></table>", RegexOptions.Singleline)

    let private tip = Regex(@"<div popover class=""fsdocs-tip"".*?</div>", RegexOptions.Singleline)
    let private xmlTag = Regex(@"&lt;/?[a-z]+.*?&gt;")

    let private withoutButtons (html: string) = icon.Replace(row.Replace(link.Replace(html, ""), ""), "")

    // Code of other languages than F# comes in a table of one cell; a box that scrolls, by the keyboard too, serves the same.
    let private plainCode (html: string) =
        codeTable.Replace(html, "$1").Replace("<pre class=\"fssnip highlighted\">", "<pre class=\"fssnip highlighted\" tabindex=\"0\">")

    // Comments of names come with the tags of their XML.
    let private plainTips (html: string) =
        tip.Replace(html, fun found -> xmlTag.Replace(found.Value.Replace("&lt;summary&gt;<br />", "").Replace("&lt;summary&gt;", ""), ""))

    // The reference's tables scroll in a box of their own, so that a phone's page does not.
    let private boxed (html: string) =
        Regex.Replace(html, @"<table class=""table ", "<div class=\"wide\"><table class=\"table ")
        |> fun text ->
            if text.Contains "<div class=\"wide\"><table class=\"table " then
                Regex.Replace(text, @"</table>(?!</div>)", "</table></div>")
            else
                text

    let private referenceLink =
        Regex($"<a [^>]*?href=\"{Regex.Escape Navigation.root}(reference/[^\"#]+\\.html)[^\"]*\"[^>]*>(.*?)</a>", RegexOptions.Singleline)

    // fsdocs 22.2.0 refers to delegates and to nested types of C#, and makes no page for them: their names stay as text.
    let private withoutMissingTypes (output: string) (html: string) =
        referenceLink.Replace(
            html,
            fun (found: Match) ->
                if File.Exists(Path.Combine(output, found.Groups[1].Value)) then
                    found.Value
                else
                    found.Groups[2].Value
        )

    let private currentLink (page: string) (html: string) =
        html.Replace($"<a href=\"{Navigation.root}{page}\">", $"<a href=\"{Navigation.root}{page}\" aria-current=\"page\">")

    // What a page's programs wrote may be HTML as well, and stays as it is.
    let private pages (output: string) =
        Directory.GetFiles(output, "*.html", SearchOption.AllDirectories)
        |> Array.sort
        |> Array.filter (fun file -> File.ReadAllText(file).Contains "<main id=\"content\">")

    /// <summary>Finishes a site in place.</summary>
    /// <param name="assemblies">Folder of the assemblies, whose paths stand in pages where a reader has a package.</param>
    /// <param name="versions">The line of versions.</param>
    /// <param name="downloads">For a page's name, files to take along.</param>
    /// <param name="output">Folder of the site.</param>
    let run (assemblies: string) (versions: string) (downloads: Map<string, string list>) (output: string) =
        for file in pages output do
            let name = Path.GetRelativePath(output, file).Replace('\\', '/')

            let links =
                Map.tryFind (withoutEnding name) downloads
                |> Option.defaultValue []
                |> List.map (fun download -> $"<a download href=\"{download}\">{download}</a>")
                |> String.concat ", "

            let taken = if links = "" then "" else $"<p>Take this page along as a program: {links}.</p>"

            let html =
                File.ReadAllText file
                |> (if name = "reference/index.html" then ReferenceIndex.describe else id)
                |> withoutButtons
                |> withoutMissingTypes output
                |> boxed
                |> plainCode
                |> plainTips
                |> currentLink name
                |> fun html ->
                    html
                        .Replace($"{assemblies}/AnalogTheory.dll", "nuget: AnalogTheory")
                        .Replace("<!-- take along -->", taken)
                        .Replace("<!-- versions -->", toHtml versions)

            // The other two assemblies come with the package.
            let html =
                Regex.Replace(
                    html,
                    $"\\n<span class=\"pp\">#r</span> <span class=\"s\">&quot;{Regex.Escape assemblies}/[^&]*&quot;</span>",
                    ""
                )

            File.WriteAllText(file, html.Replace(Navigation.root, up output file))

    /// <summary>The search's index as a script, which a page that is opened from a disk may load too.</summary>
    /// <param name="output">Folder of the site.</param>
    let searchIndex (output: string) =
        let entries =
            [ for file in pages output do
                  let html = File.ReadAllText file
                  let title = Regex.Match(html, "<title>(.*?)</title>", RegexOptions.Singleline).Groups[1].Value
                  let content = Regex.Match(html, "<main.*?</main>", RegexOptions.Singleline).Value
                  let plain = Regex.Replace(Regex.Replace(content, "<div popover.*?</div>", " ", RegexOptions.Singleline), "<[^>]*>", " ")
                  let words = Regex.Replace(ofHtml plain, @"\s+", " ").Trim()
                  let short = if words.Length > 1500 then words.Substring(0, 1500) else words

                  JsonArray(
                      JsonValue.Create(Path.GetRelativePath(output, file).Replace('\\', '/')),
                      JsonValue.Create((ofHtml title).Replace(" | AnalogTheory", "").Trim()),
                      JsonValue.Create short
                  )
                  :> JsonNode ]

        let list = JsonArray(Array.ofList entries)

        File.WriteAllText(
            Path.Combine(output, "search-index.js"),
            "window.searchIndex = " + list.ToJsonString() + ";\n",
            UTF8Encoding false
        )

        File.Delete(Path.Combine(output, "index.json"))
