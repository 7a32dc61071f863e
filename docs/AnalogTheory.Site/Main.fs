namespace AnalogTheory.Site

open System
open System.IO

/// <summary>Makes the site of the documentation.</summary>
/// <remarks>Arguments: the repository; then --pages FOLDER, --out FOLDER, --work FOLDER, --only LIST, --part (no reference, no claims).</remarks>
module Main =

    let rec private read (parts: SiteParts) (words: string list) : SiteParts =
        match words with
        | [] -> parts
        | "--pages" :: folder :: rest -> read { parts with Pages = Path.GetFullPath folder } rest
        | "--out" :: folder :: rest -> read { parts with Output = Path.GetFullPath folder } rest
        | "--work" :: folder :: rest -> read { parts with Work = Path.GetFullPath folder } rest
        | "--only" :: list :: rest -> read { parts with Only = List.ofArray (list.Split ','); IsWhole = false } rest
        | "--part" :: rest -> read { parts with IsWhole = false } rest
        | word :: _ ->
            raise (
                SiteBroken
                    [ { Where = "command line"
                        What = $"Expected --pages, --out, --work, --only or --part with what follows it, got '{word}'." } ]
            )

    [<EntryPoint>]
    let main arguments =
        Console.OutputEncoding <- Text.UTF8Encoding false

        try
            match List.ofArray arguments with
            | repository :: rest ->
                let repository = Path.GetFullPath repository

                let parts =
                    read
                        { Repository = repository
                          Pages = Path.Combine(repository, "docs", "pages")
                          Output = Path.Combine(repository, "artifacts", "docs")
                          Work = Path.Combine(repository, "artifacts", "docs-work")
                          Only = []
                          IsWhole = true }
                        rest

                Site.build parts
                let page = Uri(Path.Combine(parts.Output, "index.html"))
                printfn $"Site   {page.AbsoluteUri}"
                0
            | [] -> raise (SiteBroken [ { Where = "command line"; What = "Expected the folder of the repository." } ])
        with SiteBroken problems ->
            for problem in problems do
                eprintfn $"{problem.Where}: {problem.What}"

            eprintfn $"The site is broken: {problems.Length} problem(s)."
            1
