namespace AnalogTheory.Site

open System
open System.Diagnostics
open System.IO
open System.Reflection
open System.Text.RegularExpressions

/// What a site is made of.
type SiteParts =
    {
        /// The repository.
        Repository: string
        /// Folder of the pages.
        Pages: string
        /// Folder of the site.
        Output: string
        /// Folder of programs and their outputs; what is unchanged there is not run again.
        Work: string
        /// Only pages whose names begin so; empty for all.
        Only: string list
        /// Whether the reference and the claims' pages are made.
        IsWhole: bool
    }

/// The site, from pages to HTML.
[<RequireQualifiedAccess>]
module Site =

    /// Folder of the assemblies: they lie beside this program.
    let assemblies = AppContext.BaseDirectory.TrimEnd('/', '\\').Replace('\\', '/')

    // The explorer of the atlas, a page of its own.
    let private atlas = "theory/explorer.html"

    let private commit (repository: string) : string =
        let described = Child.run repository "git" [ "describe"; "--always"; "--dirty"; "--exclude=*" ]
        if described.Code = 0 then $" (commit {described.Output.Trim()})" else ""

    /// The versions that make the site, in a line.
    let versions (repository: string) : string =
        let version = (Assembly.GetExecutingAssembly().GetName().Version |> there "the version").ToString 3
        let manifest = File.ReadAllText(Path.Combine(repository, ".config", "dotnet-tools.json"))

        let fsdocs =
            Regex.Match(manifest, "\"fsdocs-tool\"[^}]*?\"version\": \"([^\"]+)\"", RegexOptions.Singleline).Groups[1].Value

        let sdk = (Child.run repository "dotnet" [ "--version" ]).Output.Trim()

        let core =
            match typeof<list<int>>.Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>() with
            | null -> ""
            | version -> version.Version

        $"Made with AnalogTheory {version}{commit repository}, .NET SDK {sdk}, runtime {Environment.Version}, FSharp.Core {core}, fsdocs-tool {fsdocs}."

    let private copyFolder (from: string) (into: string) =
        for path in Directory.GetFiles(from, "*", SearchOption.AllDirectories) do
            let copy = Path.Combine(into, Path.GetRelativePath(from, path))
            Directory.CreateDirectory(folderOf copy) |> ignore
            File.Copy(path, copy, overwrite = true)

    let private writeTo (folder: string) (name: string) (content: string) =
        let path = Path.Combine(folder, name)
        Directory.CreateDirectory(folderOf path) |> ignore
        File.WriteAllText(path, content)

    // What a page's programs wrote, and what was given to them, lies beside the page; of the folders that they wrote, the pictures.
    let private takeFiles (parts: SiteParts) (page: Page) =
        let files = Execution.filesOf parts.Work page

        if Directory.Exists files then
            let beside = folderOf (Path.Combine(parts.Output, page.Name))

            for path in
                Array.append (Directory.GetFiles files) (Directory.GetFiles(files, "*.png", SearchOption.AllDirectories))
                |> Array.distinct do
                let copy = Path.Combine(beside, Path.GetRelativePath(files, path))
                Directory.CreateDirectory(folderOf copy) |> ignore
                File.Copy(path, copy, overwrite = true)

    // The atlas to explore, from the tables that are checked in.
    let private writeAtlas (parts: SiteParts) =
        let tool = Path.Combine(assemblies, "AnalogTheory.Cli.dll")
        let page = Path.Combine(parts.Output, atlas)

        let made =
            Child.run parts.Repository "dotnet" [ tool; "explore"; Path.Combine("paper-figures", "atlas", "explorer.json"); "--out"; page ]

        if made.Code <> 0 then raise (SiteBroken [ { Where = atlas; What = made.Output + made.Errors } ])

    // Pages that a part of the site leaves out; its links lead to them all the same.
    let private isLeftOut (parts: SiteParts) : string -> bool =
        if parts.Only.IsEmpty then
            fun _ -> false
        else
            let known = PageFile.readAll parts.Pages |> List.map (fun page -> page.Name + ".html") |> Set.ofList

            let begins (path: string) (folder: string) = path.StartsWith(folder, StringComparison.Ordinal)

            fun path -> Set.contains path known || path = atlas || begins path "claims/" || begins path "reference/"

    let private chosen (only: string list) (pages: Page list) =
        let begins (page: Page) =
            only |> List.exists (fun (name: string) -> page.Name.StartsWith(name, StringComparison.Ordinal))

        if only.IsEmpty then pages else List.filter begins pages

    let private writeInput (parts: SiteParts) (pages: Page list) (outputs: Map<string, Outputs>) (input: string) =
        let docs = Path.Combine(parts.Repository, "docs")
        if Directory.Exists input then Directory.Delete(input, recursive = true)
        let reference = if parts.IsWhole then [ "Reference", "Types and functions", "reference/index.html" ] else []

        let template =
            File.ReadAllText(Path.Combine(docs, "theme", "page.html")).Replace("<!-- navigation -->", Navigation.html reference pages)

        writeTo input "_template.html" template

        for page in pages do
            let ending, content = Literate.write assemblies page (Map.tryFind page.Name outputs |> Option.defaultValue Map.empty)
            writeTo input $"{page.Name}.{ending}" content

    let private writeDownloads (parts: SiteParts) (pages: Page list) : Map<string, string list> =
        [ for page in pages do
              let files = Listing.takeAlong page.Name page
              let name = fileOf page.Name

              for ending, content in files do
                  writeTo parts.Output $"{page.Name}.{ending}" content

              page.Name, [ for ending, _ in files -> $"{name}.{ending}" ] ]
        |> Map.ofList

    /// <summary>Makes the site.</summary>
    /// <exception cref="T:AnalogTheory.Site.SiteBroken">A page is no page, a program failed, fsdocs complained, or an address leads nowhere.</exception>
    let build (parts: SiteParts) : unit =
        let clock = Stopwatch.StartNew()
        let mutable before = 0.0

        let lap (name: string) =
            let now = clock.Elapsed.TotalSeconds
            printfn "%s" (String.Format(Globalization.CultureInfo.InvariantCulture, "{0,-34} {1,6:F1} s", name, now - before))
            before <- now

        let pages = PageFile.readAll parts.Pages |> chosen parts.Only
        if pages.IsEmpty then raise (SiteBroken [ { Where = parts.Pages; What = "Expected pages there." } ])
        let outputs = Execution.runAll assemblies parts.Work pages
        lap $"run {pages.Length} pages"

        let claims =
            if parts.IsWhole then
                ClaimPages.all (Path.Combine(parts.Repository, "proofs-checks", "ledger.json"))
            else
                []

        let input = Path.Combine(parts.Work, "input")
        writeInput parts (pages @ claims) outputs input

        let projects =
            if parts.IsWhole then
                Reference.prepare (Path.Combine(parts.Repository, "src")) assemblies (Path.Combine(parts.Work, "reference"))
            else
                []

        lap "prepare"
        Formatter.run parts.Repository input parts.Output projects
        lap "fsdocs"
        let docs = Path.Combine(parts.Repository, "docs")
        copyFolder (Path.Combine(docs, "theme")) (Path.Combine(parts.Output, "theme"))
        copyFolder (Path.Combine(docs, "vendor")) (Path.Combine(parts.Output, "vendor"))
        File.Delete(Path.Combine(parts.Output, "theme", "page.html"))

        for page in pages do
            takeFiles parts page

        if parts.IsWhole then writeAtlas parts
        Finish.run assemblies (versions parts.Repository) (writeDownloads parts pages) parts.Output
        Finish.searchIndex parts.Output
        let problems = Links.check (isLeftOut parts) parts.Output
        lap "finish and look at every link"
        if not problems.IsEmpty then raise (SiteBroken problems)
