namespace AnalogTheory.Site

open System.IO

/// fsdocs, which turns pages and XML comments into HTML.
[<RequireQualifiedAccess>]
module Formatter =

    /// <summary>Runs fsdocs in its strict way.</summary>
    /// <param name="tools">Folder below the tool manifest that has fsdocs.</param>
    /// <param name="input">Folder of the pages, as Literate wrote them, and of the template.</param>
    /// <param name="output">Folder of the site; emptied first.</param>
    /// <param name="projects">Projects of the reference; none for a site without one.</param>
    /// <exception cref="T:AnalogTheory.Site.SiteBroken">It ended with another code than 0, or complained of a page.</exception>
    let run (tools: string) (input: string) (output: string) (projects: string list) =
        if Directory.Exists output then Directory.Delete(output, recursive = true)
        let reference = if projects.IsEmpty then [ "--ignoreprojects"; "--noapidocs" ] else "--projects" :: projects

        let parameters = [ "--parameters"; "root"; Navigation.root; "fsdocs-collection-name"; "AnalogTheory" ]

        let ended =
            Child.run
                tools
                "dotnet"
                ([ "tool"; "run"; "fsdocs"; "build"; "--input"; input; "--output"; output; "--strict"; "--nodefaultcontent" ]
                 @ reference
                 @ parameters)

        let complaints =
            (ended.Output + "\n" + ended.Errors).Split '\n'
            |> Array.filter (fun line -> line.Contains "error FS" || line.Contains "): error" || line.Contains "Couldn't map markdown")
            |> Array.distinct
            |> Array.truncate 20
            |> List.ofArray

        if ended.Code <> 0 || not complaints.IsEmpty then
            let said = if complaints.IsEmpty then [ ended.Errors; ended.Output ] else complaints

            raise (
                SiteBroken
                    [ { Where = "fsdocs"
                        What = $"it ended with exit code {ended.Code}:\n" + String.concat "\n" said } ]
            )

        // Each page comes as Markdown besides, with lists of them; a reader takes the programs along.
        for file in Array.append (Directory.GetFiles(output, "*.md", SearchOption.AllDirectories)) (Directory.GetFiles(output, "llms*.txt")) do
            File.Delete file
