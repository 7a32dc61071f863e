namespace AnalogTheory.Site

open System
open System.IO
open System.Text.RegularExpressions

/// <summary>Pages as files.</summary>
/// <remarks>
/// Markdown: blocks ```fsharp, ```csharp and ```shell are run, each language of a page as one program; ```json NAME gives the programs a file;
/// `&lt;!-- output --&gt;` stands where the output of the block before it goes; `not-run` behind the language shows a block without running it.
/// Literate F#: text in (** … *), code between; (*** include-output ***) and (*** hide ***) mean what they mean to fsdocs.
/// Both begin with front matter between lines of ---: title, category and index.
/// </remarks>
[<RequireQualifiedAccess>]
module PageFile =

    let private lines (text: string) = text.Replace("\r", "").Split '\n' |> List.ofArray

    // Front matter, and what follows it.
    let private front (name: string) (text: string) : Map<string, string> * string =
        match lines (text.TrimStart()) with
        | "---" :: rest ->
            let inside = rest |> List.takeWhile (fun line -> line <> "---")
            let after = rest |> List.skip (min rest.Length (inside.Length + 1))

            let entries =
                inside
                |> List.choose (fun line ->
                    match line.Split(':', 2) with
                    | [| key; value |] -> Some(key.Trim(), value.Trim())
                    | _ -> None)

            Map.ofList entries, String.concat "\n" after
        | _ ->
            raise (
                SiteBroken
                    [ { Where = name
                        What = "Expected front matter: a line ---, title: …, a line ---." } ]
            )

    let private page (name: string) (entries: Map<string, string>) (segments: Segment list) : Page =
        match Map.tryFind "title" entries with
        | None -> raise (SiteBroken [ { Where = name; What = "Expected a title in the front matter." } ])
        | Some title ->
            { Name = name
              Title = title
              Group = Map.tryFind "category" entries
              Place = Map.tryFind "index" entries |> Option.map int |> Option.defaultValue 99
              Segments = segments }

    // A fence's first line, read: ```language rest.
    let private fence (name: string) (info: string) (code: string) : Segment =
        match info.Split(' ', StringSplitOptions.RemoveEmptyEntries) |> List.ofArray with
        | [ "fsharp" ] -> Code(FSharp, code, false)
        | [ "csharp" ] -> Code(CSharp, code, false)
        | [ "shell" ] -> Code(Shell, code, false)
        | [ language; "not-run" ] -> Shown(language, code)
        | [ "json"; file ] -> Given(file, code)
        | [ "text" ]
        | [ "json" ] -> Shown(info.Trim(), code)
        | _ ->
            let what =
                $"Expected a block of fsharp, csharp or shell (run, or with not-run behind it), json NAME, json or text; got '{info}'."

            raise (SiteBroken [ { Where = name; What = what } ])

    let private languageBefore (name: string) (segments: Segment list) : Language =
        segments
        |> List.tryPick (function
            | Code(language, _, _) -> Some language
            | _ -> None)
        |> Option.defaultWith (fun () -> raise (SiteBroken [ { Where = name; What = "Expected code before the place of its output." } ]))

    let private readMarkdown (name: string) (text: string) : Page =
        let entries, body = front name text

        // The segments so far, latest first, and the lines of text since.
        let rec read (segments: Segment list) (text: string list) (rest: string list) =
            let flushed () =
                match String.concat "\n" (List.rev text) with
                | blank when blank.Trim() = "" -> segments
                | written -> Text written :: segments

            match rest with
            | [] -> List.rev (flushed ())
            | line :: rest when line.StartsWith("```", StringComparison.Ordinal) ->
                let code = rest |> List.takeWhile (fun line -> line <> "```")

                if code.Length = rest.Length then
                    raise (SiteBroken [ { Where = name; What = $"Expected a line ``` after '{line}'." } ])

                read (fence name (line.Substring 3) (String.concat "\n" code) :: flushed ()) [] (List.skip (code.Length + 1) rest)
            | line :: rest when line.Trim() = "<!-- output -->" ->
                let before = flushed ()
                read (OutputOf(languageBefore name before) :: before) [] rest
            | line :: rest -> read segments (line :: text) rest

        page name entries (read [] [] (lines body))

    let private command = Regex(@"^\(\*\*\*\s*(.+?)\s*\*\*\*\)$")

    let private readScript (name: string) (text: string) : Page =
        let mutable entries = Map.empty

        let rec read (segments: Segment list) (code: string list) (isHidden: bool) (rest: string list) =
            let flushed () =
                match String.concat "\n" (List.rev code) with
                | blank when blank.Trim() = "" -> segments
                | written -> Code(FSharp, written.Trim('\n'), isHidden) :: segments

            match rest with
            | [] -> List.rev (flushed ())
            | line :: rest when command.IsMatch(line.Trim()) ->
                match command.Match(line.Trim()).Groups[1].Value with
                | "include-output" -> read (OutputOf FSharp :: flushed ()) [] false rest
                | "hide" -> read (flushed ()) [] true rest
                | other -> raise (SiteBroken [ { Where = name; What = $"Expected include-output or hide, got '{other}'." } ])
            | line :: rest when line.StartsWith("(**", StringComparison.Ordinal) ->
                let isEnd (line: string) = line.TrimEnd().EndsWith("*)", StringComparison.Ordinal)
                let opened = line.Substring 3
                let inside = if isEnd line then [] else rest |> List.takeWhile (isEnd >> not)
                let rest = if isEnd line then rest else List.skip inside.Length rest
                let last, rest = if isEnd line then opened, rest else List.head rest, List.tail rest
                let closed = last.TrimEnd().Substring(0, last.TrimEnd().Length - 2)
                let written = String.concat "\n" (if isEnd line then [ closed ] else opened :: inside @ [ closed ])

                if entries.IsEmpty then
                    let found, body = front name written
                    entries <- found
                    read (if body.Trim() = "" then [] else [ Text body ]) [] false rest
                else
                    read (Text written :: flushed ()) [] false rest
            | line :: rest -> read segments (line :: code) isHidden rest

        let segments = read [] [] false (lines text)
        page name entries segments

    /// <summary>Reads a page.</summary>
    /// <param name="root">Folder of the pages.</param>
    /// <param name="path">File of the page, .md or .fsx.</param>
    /// <exception cref="T:AnalogTheory.Site.SiteBroken">The file is no page.</exception>
    let read (root: string) (path: string) : Page =
        let name = (Path.GetRelativePath(root, path) |> withoutEnding).Replace('\\', '/')
        let text = File.ReadAllText path
        if Path.GetExtension path = ".fsx" then readScript name text else readMarkdown name text

    /// <summary>Every page of a folder and its folders.</summary>
    /// <param name="root">Folder of the pages.</param>
    let readAll (root: string) : Page list =
        Directory.GetFiles(root, "*", SearchOption.AllDirectories)
        |> Array.filter (fun path -> List.contains (Path.GetExtension path) [ ".md"; ".fsx" ])
        |> Array.sortWith (fun a b -> String.CompareOrdinal(a, b))
        |> Array.map (read root)
        |> List.ofArray
