namespace AnalogTheory.Site

open System
open System.IO
open System.Security.Cryptography
open System.Text
open System.Threading.Tasks

/// What the programs of a page printed, a text for each place that shows output, in the order of the places.
type Outputs = Map<Language, string list>

/// <summary>Runs the programs of pages.</summary>
/// <remarks>
/// A program that throws ends with another exit code than 0, and the page is broken. fsdocs 22.2.0 is not asked to evaluate: with --eval --strict it ends
/// with 0 although a snippet has thrown, and writes "No value returned by any evaluator" into the page.
/// </remarks>
[<RequireQualifiedAccess>]
module Execution =

    let private ending language =
        match language with
        | FSharp -> "fsx"
        | CSharp -> "cs"
        | Shell -> "sh"

    let private hash (parts: string list) : string =
        String.concat "\n\000" parts |> Encoding.UTF8.GetBytes |> SHA256.HashData |> Convert.ToHexString

    /// Equal for equal assemblies: a page whose program and assemblies are unchanged is not run again.
    let private assembliesKey (assemblies: string) : string =
        Directory.GetFiles(assemblies, "AnalogTheory*.dll")
        |> Array.sortWith (fun a b -> String.CompareOrdinal(a, b))
        |> Array.map (File.ReadAllBytes >> SHA256.HashData >> Convert.ToHexString)
        |> List.ofArray
        |> hash

    /// A folder in which a page's programs run, and which holds what they write.
    let filesOf (work: string) (page: Page) : string = Path.Combine(work, Html.slug page.Name, "files")

    let private writeGiven (folder: string) (page: Page) =
        for segment in page.Segments do
            match segment with
            | Given(name, content) -> File.WriteAllText(Path.Combine(folder, name), content + "\n")
            | _ -> ()

    let private lastLines (text: string) =
        text.Split('\n') |> Array.filter (fun line -> line.Trim() <> "") |> Array.truncate 30 |> String.concat "\n"

    let private broken (page: Page) (language: Language) (ended: Ended) =
        let said = lastLines (ended.Errors + "\n" + ended.Output.Replace(Listing.cut, ""))

        { Where = page.Name
          What = $"its {language} program ended with exit code {ended.Code}:\n{said}" }

    // ---- The three kinds of programs ----

    let private project (assemblies: string) =
        // The core stays out of sight, as in the package.
        let reference isHidden name =
            let alias = if isHidden then "<Aliases>hidden</Aliases>" else ""
            $"<Reference Include=\"{name}\"><HintPath>{assemblies}/{name}.dll</HintPath>{alias}</Reference>"

        let references =
            [ for name in [ "AnalogTheory.CSharp"; "AnalogTheory.Kernels"; "AnalogTheory.Tiles"; "AnalogTheory.Training" ] ->
                  reference false name
              for name in [ "AnalogTheory"; "FSharp.Core"; "MathNet.Numerics" ] -> reference true name ]

        "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>"
        + "<Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings><InvariantGlobalization>true</InvariantGlobalization><UseAppHost>false</UseAppHost>"
        + "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><SatelliteResourceLanguages>en</SatelliteResourceLanguages></PropertyGroup><ItemGroup>"
        + String.concat "" references
        + "</ItemGroup></Project>"

    let private runCSharp (assemblies: string) (folder: string) (files: string) (code: string) : Ended =
        let source = Path.Combine(folder, "program")
        Directory.CreateDirectory source |> ignore
        File.WriteAllText(Path.Combine(source, "program.cs"), code)
        File.WriteAllText(Path.Combine(source, "program.csproj"), project assemblies)
        // The repository's own settings stay out.
        for stop in [ "Directory.Build.props"; "Directory.Build.targets"; "Directory.Packages.props" ] do
            File.WriteAllText(Path.Combine(source, stop), "<Project/>")

        let built =
            Child.run
                source
                "dotnet"
                [ "build"; "-c"; "Release"; "-nologo"; "-v"; "q"; "-clp:ErrorsOnly;NoSummary"; "-tl:off"; "-o"; "out" ]

        if built.Code <> 0 then
            built
        else
            Child.run files "dotnet" [ Path.Combine(source, "out", "program.dll") ]

    let private runFSharp (folder: string) (files: string) (code: string) : Ended =
        let script = Path.Combine(folder, "program.fsx")
        File.WriteAllText(script, code)
        Child.run files "dotnet" [ "fsi"; "--nologo"; "--warnaserror+"; "--exec"; script ]

    // Words of a command line, with double quotes for words that hold blanks.
    let private words (line: string) : string list =
        RegularExpressions.Regex.Matches(line, "\"([^\"]*)\"|(\\S+)")
        |> Seq.map (fun found -> if found.Groups[1].Success then found.Groups[1].Value else found.Value)
        |> List.ofSeq

    let private runShell (assemblies: string) (files: string) (segments: Segment list) : Ended =
        let tool = Path.Combine(assemblies, "AnalogTheory.Cli.dll")

        let run (sofar: Ended) (line: string) =
            match words line with
            | _ when sofar.Code <> 0 -> sofar
            | [] -> sofar
            | "analog-theory" :: arguments ->
                let ended = Child.run files "dotnet" (tool :: arguments)

                { Code = ended.Code
                  Output = sofar.Output + ended.Output
                  Errors = ended.Errors }
            | _ ->
                { sofar with
                    Code = 127
                    Errors = $"Expected a command that begins with analog-theory, or a block with not-run behind shell; got '{line}'." }

        ({ Code = 0; Output = ""; Errors = "" }, segments)
        ||> List.fold (fun sofar segment ->
            match segment with
            | Code(_, code, _) -> code.Split '\n' |> Array.fold run sofar
            | _ -> { sofar with Output = sofar.Output + Listing.cut })

    let private places (language: Language) (page: Page) =
        page.Segments |> List.filter (fun segment -> segment = OutputOf language) |> List.length

    let private runLanguage
        (assemblies: string)
        (key: string)
        (work: string)
        (page: Page)
        (language: Language)
        : Result<string list, Problem> =
        let folder = Path.Combine(work, Html.slug page.Name)
        let files = filesOf work page
        Directory.CreateDirectory files |> ignore
        writeGiven files page

        let program =
            match language with
            | FSharp -> Listing.fsharp assemblies page
            | CSharp -> Listing.csharp page
            | Shell -> string (Listing.shell page)

        let keyFile, outputFile = Path.Combine(folder, $"{ending language}.key"), Path.Combine(folder, $"{ending language}.output")

        let given =
            page.Segments
            |> List.filter (function
                | Given _ -> true
                | _ -> false)

        let key = hash [ key; program; string given ]

        if not (File.Exists keyFile && File.ReadAllText keyFile = key && File.Exists outputFile) then
            let ended =
                match language with
                | FSharp -> runFSharp folder files program
                | CSharp -> runCSharp assemblies folder files program
                | Shell -> runShell assemblies files (Listing.shell page)

            if ended.Code = 0 then
                File.WriteAllText(outputFile, ended.Output)
                File.WriteAllText(keyFile, key)
            else
                File.Delete keyFile
                raise (SiteBroken [ broken page language ended ])

        let parts = File.ReadAllText(outputFile).Replace("\r", "").Split Listing.cut |> List.ofArray
        let shown = List.truncate (places language page) parts

        match shown |> List.tryFindIndex (fun part -> part.Trim() = "") with
        | _ when parts.Length < places language page + 1 && places language page > 0 ->
            Error
                { Where = page.Name
                  What =
                    $"its {language} program ended before all of its output was shown: {parts.Length - 1} of {places language page} places." }
        | Some place ->
            Error
                { Where = page.Name
                  What = $"its {language} program prints nothing at place {place + 1} where output is to be shown." }
        | None -> Ok shown

    /// <summary>Runs every program of every page, as many at a time as there are processors.</summary>
    /// <param name="assemblies">Folder of the assemblies that the programs use.</param>
    /// <param name="work">Folder for programs, files and outputs; what is unchanged there is not run again.</param>
    /// <param name="pages">Pages.</param>
    /// <returns>For each page what its places of output show.</returns>
    /// <exception cref="T:AnalogTheory.Site.SiteBroken">Programs failed: all of them, each with what it said.</exception>
    let runAll (assemblies: string) (work: string) (pages: Page list) : Map<string, Outputs> =
        let key = assembliesKey assemblies

        let programs =
            [ for page in pages do
                  for language in Page.languages page -> page, language ]
            |> Array.ofList

        let results = Array.zeroCreate programs.Length
        let options = ParallelOptions(MaxDegreeOfParallelism = Environment.ProcessorCount)

        Parallel.For(
            0,
            programs.Length,
            options,
            fun at ->
                let page, language = programs[at]

                results[at] <-
                    try
                        runLanguage assemblies key work page language
                    with SiteBroken problems ->
                        Error problems.Head
        )
        |> ignore

        let problems =
            results
            |> Array.choose (function
                | Error problem -> Some problem
                | Ok _ -> None)

        if problems.Length > 0 then raise (SiteBroken(List.ofArray problems))

        Array.zip programs results
        |> Array.groupBy (fun ((page, _), _) -> page.Name)
        |> Array.map (fun (name, found) ->
            name,
            found
            |> Array.choose (fun ((_, language), result) ->
                match result with
                | Ok outputs -> Some(language, outputs)
                | Error _ -> None)
            |> Map.ofArray)
        |> Map.ofArray
