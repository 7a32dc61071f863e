namespace AnalogTheory.Site

open System

/// Text as HTML that Markdown leaves alone.
[<RequireQualifiedAccess>]
module Html =

    // Signs that HTML or Markdown reads in the middle of a line, and the end of an F# comment.
    let private signs = "<>&\"'*_`|$[]\\#~"

    /// <summary>Text as it stands, on one line: line breaks become entities, so a blank line does not end the block.</summary>
    /// <param name="text">Any text.</param>
    let ofText (text: string) : string =
        text.Replace("\r", "")
        |> String.collect (fun sign -> if sign = '\n' || signs.Contains sign then $"&#{int sign};" else string sign)

    /// <summary>A block of preformatted text.</summary>
    /// <param name="kind">Class, such as output.</param>
    /// <param name="text">Any text.</param>
    let preformatted (kind: string) (text: string) : string =
        let lines = text.TrimEnd().Split '\n' |> Array.map _.TrimEnd() |> String.concat "\n"
        $"<pre class=\"{kind}\" tabindex=\"0\"><code>{ofText lines}</code></pre>"

    /// <summary>A table whose cells are HTML.</summary>
    /// <param name="heads">Heads of the columns.</param>
    /// <param name="rows">Rows of cells.</param>
    let table (heads: string list) (rows: string list list) : string =
        // On a phone a row is a card, on which each cell names its column.
        let cell (at: int) (content: string) =
            match List.tryItem at heads with
            | Some head when at > 0 -> $"<td data-head=\"{ofText head}\">{content}</td>"
            | _ -> $"<td>{content}</td>"

        let row (cells: string list) = "<tr>" + String.concat "" cells + "</tr>"
        let body = rows |> List.map (List.mapi cell >> row) |> String.concat ""

        let head =
            if heads.IsEmpty then
                ""
            else
                "<thead>" + row [ for head in heads -> $"<th>{head}</th>" ] + "</thead>"

        let kind = if heads.IsEmpty then "wide" else "wide cards"
        $"<div class=\"{kind}\" tabindex=\"0\"><table>{head}<tbody>{body}</tbody></table></div>"

    /// <summary>A name that serves as a file and as an address: letters, digits and hyphens.</summary>
    let slug (name: string) : string =
        let kept = name |> String.map (fun letter -> if Char.IsAsciiLetterOrDigit letter then letter else '-')
        kept.Trim('-')
