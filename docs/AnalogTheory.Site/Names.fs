namespace AnalogTheory.Site

open System.IO
open System.Net

/// What .NET may answer with nothing, where there has to be something.
[<AutoOpen>]
module Names =

    /// <summary>The value, where there has to be one.</summary>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="value">Value or nothing.</param>
    let there (what: string) (value: 'T | null) : 'T =
        match value with
        | null -> raise (SiteBroken [ { Where = what; What = "Expected it to be there." } ])
        | value -> value

    /// The folder of a file.
    let folderOf (path: string) : string = Path.GetDirectoryName path |> there path

    /// The file's name without its folder.
    let fileOf (path: string) : string = Path.GetFileName path |> there path

    /// A path without ending.
    let withoutEnding (path: string) : string = Path.ChangeExtension(path, null) |> there path

    /// HTML as text.
    let ofHtml (html: string) : string = WebUtility.HtmlDecode html |> there html

    /// Text as HTML.
    let toHtml (text: string) : string = WebUtility.HtmlEncode text |> there text
