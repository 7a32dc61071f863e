/// The command line of the figures; `dotnet fsi build.fsx` calls it.
module AnalogTheory.Figures.Program

open System
open System.Diagnostics
open System.Globalization
open System.IO
open System.Reflection
open AnalogTheory
open AnalogTheory.Plotting
open AnalogTheory.Runs

type private Arguments = { Only: string list; Seeds: int; Seed: uint64; Output: string; Commit: string }

exception private Usage of string

let private known = Recipes.all |> List.map _.Id

/// "4" stands for all of its parts.
let private selected (wanted: string) =
    match List.ofSeq (Gallery.Select wanted) with
    | [] ->
        let names = String.concat ", " known
        raise (Usage $"Expected one of the figures {names}, got '{wanted}'.")
    | ids -> ids

let private parse (argv: string list) =
    let number name (text: string) =
        match Int32.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture) with
        | true, value when value >= 2 && value <= Gallery.MostSeeds -> value
        | _ -> raise (Usage(FormattableString.Invariant $"Expected an integer from 2 to {Gallery.MostSeeds} after {name}, got '{text}'."))

    let rec go (arguments: Arguments) rest =
        match rest with
        | [] -> arguments
        | "--only" :: list :: rest ->
            go
                { arguments with
                    Only = list.Split ',' |> List.ofArray |> List.collect selected }
                rest
        | "--seeds" :: text :: rest -> go { arguments with Seeds = number "--seeds" text } rest
        | "--seed" :: text :: rest ->
            match UInt64.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture) with
            | true, seed -> go { arguments with Seed = seed } rest
            | _ -> raise (Usage $"Expected a non-negative integer after --seed, got '{text}'.")
        | "--out" :: folder :: rest -> go { arguments with Output = folder } rest
        | "--commit" :: commit :: rest -> go { arguments with Commit = commit } rest
        | [ "--only" | "--seeds" | "--seed" | "--out" | "--commit" as option ] ->
            raise (Usage $"Expected a value after {option}, got none.")
        | option :: _ -> raise (Usage $"Expected --only LIST, --seeds N, --seed N, --out FOLDER or --commit HASH, got '{option}'.")

    go
        { Only = known
          Seeds = 24
          Seed = 20240618UL
          Output = Path.Combine("paper-figures", "out")
          Commit = "unknown" }
        argv

let private version =
    match Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>() with
    | null -> "unknown"
    | attribute -> attribute.InformationalVersion.Split('+')[0]

let private introduction =
    [ "Every figure is computed by AnalogTheory from the parameters beside it; the same seed gives the same numbers on every machine. "
      + "Curves are means over independent seeds with 95 % confidence bands. Where a figure departs from the paper, the departure stands under its title." ]

let private writePage settings =
    let page =
        { Title = "AnalogTheory: the figures"
          Subtitle = "Gradient-based training on analog in-memory computing hardware (arXiv 2406.12774v1 and 2502.06309)"
          Introduction = introduction
          Entries = Recipes.all |> List.choose (Production.entry settings) }

    InteractivePage.write (Path.Combine(settings.Output, "index.html")) page

let private run (arguments: Arguments) =
    let settings =
        { Output = arguments.Output
          Budget = Budget.full arguments.Seeds
          Seed = arguments.Seed
          Version = version
          Commit = arguments.Commit
          Code = Gallery.Code }

    use _ = FolderLock.Take arguments.Output
    let recipes = Recipes.all |> List.filter (fun recipe -> List.contains recipe.Id arguments.Only)

    recipes
    |> List.iteri (fun i recipe ->
        let clock = Stopwatch.StartNew()
        Console.Write(FormattableString.Invariant $"[{i + 1}/{recipes.Length}] {recipe.Id, -10} ")

        if Production.isCurrent settings recipe then
            Console.WriteLine "unchanged"
        else
            Production.produce settings recipe
            Console.WriteLine(FormattableString.Invariant $"{clock.Elapsed.TotalSeconds:F1} s"))

    writePage settings

[<EntryPoint>]
let main argv =
    try
        match List.ofArray argv with
        | [ "--atlas"; sweeps; output; "--commit"; commit ] -> Atlas.write sweeps output commit
        | [ "--atlas"; sweeps; output ] -> Atlas.write sweeps output "unknown"
        | arguments -> run (parse arguments)

        0
    with
    | Usage message ->
        eprintfn "%s" message
        2
    | :? FolderInUseException as inUse ->
        eprintfn "%s" inUse.Message
        2
    | :? UnauthorizedAccessException as error ->
        eprintfn "%s" error.Message
        1
    | :? InvalidDataException as error ->
        eprintfn "%s" error.Message
        1
    | :? IOException as error ->
        eprintfn "%s" error.Message
        1
