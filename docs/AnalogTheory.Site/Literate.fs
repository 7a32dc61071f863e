namespace AnalogTheory.Site

open System

/// Pages as fsdocs takes them: outputs in their places, nothing left to run.
[<RequireQualifiedAccess>]
module Literate =

    // Outputs are taken from the front, place by place.
    let private placed (outputs: Outputs) (page: Page) : (Segment * string) list =
        let take (left: Outputs, placed) segment =
            match segment with
            | OutputOf language ->
                let parts = left[language]
                Map.add language parts.Tail left, (segment, parts.Head) :: placed
            | _ -> left, (segment, "") :: placed

        page.Segments |> List.fold take (outputs, []) |> snd |> List.rev

    let private name language =
        match language with
        | FSharp -> "fsharp"
        | CSharp -> "csharp"
        | Shell -> "shell"

    let private fenced (language: string) (code: string) : string =
        match language with
        | "csharp" -> $"```csharp\n{code}\n```"
        | "json" -> $"```javascript\n{code}\n```"
        | other -> Html.preformatted other code

    let private front (page: Page) = $"---\ntitle: {page.Title}\n---\n"

    let private segment (asMarkdown: Language -> string -> string) (segment: Segment, output: string) : string =
        match segment with
        | Text text -> text
        | Code(_, _, true) -> ""
        | Code(language, code, false) -> asMarkdown language code
        | Shown(language, code) -> fenced language code
        | Given(name, content) -> $"<p class=\"file\">{Html.ofText name}</p>\n\n" + fenced "json" content
        | OutputOf _ -> Html.preformatted "output" output

    let private markdown (page: Page) (outputs: Outputs) : string =
        let bodies = placed outputs page |> List.map (segment (fun language code -> fenced (name language) code))
        front page + String.concat "\n\n" bodies

    let private script (assemblies: string) (page: Page) (outputs: Outputs) : string =
        let comment (text: string) =
            if text.Contains "*)" || text.Contains "(*)" then
                raise (SiteBroken [ { Where = page.Name; What = "Text beside F# cannot hold the signs *)." } ])

            $"(**\n{text}\n*)"

        let piece (of', output) =
            match of' with
            | Code(FSharp, code, isHidden) -> (if isHidden then "(*** hide ***)\n" else "") + Listing.againstAssemblies assemblies code
            | _ -> segment (fun language code -> fenced (name language) code) (of', output) |> comment

        comment ("\n" + front page) + "\n" + (placed outputs page |> List.map piece |> String.concat "\n")

    /// <summary>A page as fsdocs takes it.</summary>
    /// <param name="assemblies">Folder of the assemblies, for the types in tooltips.</param>
    /// <param name="page">The page.</param>
    /// <param name="outputs">What its programs printed.</param>
    /// <returns>Ending of the file, and its content: a script where the page holds F#, else Markdown.</returns>
    let write (assemblies: string) (page: Page) (outputs: Outputs) : string * string =
        if List.contains FSharp (Page.languages page) then
            "fsx", script assemblies page outputs
        else
            "md", markdown page outputs
