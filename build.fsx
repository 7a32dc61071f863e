// The one script of the repository; `dotnet fsi build.fsx help` says what it does.
// It shells `dotnet` and `git` and references no package: that would cost seconds at every start and escape the central versions.

#load "build/Programs.fsx" "build/Tests.fsx" "build/Packages.fsx"

open System
open System.IO
open Programs
open Tests
open Packages

let solution = "AnalogTheory.sln"
let figuresProject = "paper-figures/AnalogTheory.Figures/AnalogTheory.Figures.fsproj"
let proofsProject = "proofs-checks/AnalogTheory.Proofs/AnalogTheory.Proofs.fsproj"
let mutationProject = "proofs-checks/AnalogTheory.Mutation/AnalogTheory.Mutation.fsproj"
let packages = "src/AnalogTheory.slnf"
let benchmarksProject = "tests/AnalogTheory.Benchmarks/AnalogTheory.Benchmarks.csproj"
let facadeProject = "src/AnalogTheory.CSharp/AnalogTheory.CSharp.csproj"
let toolProject = "src/AnalogTheory.Cli/AnalogTheory.Cli.csproj"
let siteProject = "docs/AnalogTheory.Site/AnalogTheory.Site.fsproj"

// ---- Figures ----

type Drawn = private Drawn of page: string

// Known in a clone; a downloaded archive has no commit to tell.
let private commit () =
    try
        let code, printed = captured "git" "git" [ "describe"; "--always"; "--abbrev=40"; "--dirty"; "--exclude=*" ]
        if code = 0 then "--commit" :: printed else []
    with Stop _ ->
        []

let figures (options: string list) (_: Built) : Drawn =
    match timed "figures" (fun () -> attached "dotnet" (run figuresProject (options @ commit ()))) with
    | 0, _ -> Drawn "paper-figures/out/index.html"
    | code, _ -> raise (Stop(code, $"drawing ended with exit code {code}"))

let private tell (Drawn page) =
    printfn $"\nPages  {page}\n       {Uri(inRoot page).AbsoluteUri}\n{durations ()}"
    0

// ---- Other targets ----

/// Settles every claim and writes the ledger, or holds other seeds against it; the claims' program knows how.
let verify (options: string list) (_: Built) : int =
    let told = options |> List.chunkBySize 2 |> List.map (fun pair -> pair[0], pair[1]) |> Map.ofList

    match Map.tryFind "--holdout" told with
    | Some count when told.Count = 1 -> attached "dotnet" (run proofsProject [ "--holdout"; count ])
    | Some _ -> raise (Stop(2, "Expected --holdout alone: it chooses its seeds itself and takes all claims that have one."))
    | None ->
        let passed = [ "--seed"; "--out" ] |> List.filter told.ContainsKey |> List.collect (fun name -> [ name; told[name] ])

        let claims =
            Map.tryFind "--claims" told
            |> Option.map (fun list -> List.ofArray (list.Split ','))
            |> Option.defaultValue []

        attached "dotnet" (run proofsProject ("--verify" :: passed @ claims))

/// Breaks one constant after the other in a copy of the sources; the mutants' program knows which, and which checks have to notice.
let mutate (options: string list) (_: Built) : int = attached "dotnet" (run mutationProject ("--mutate" :: options))

/// Trains networks on arrays; the tool knows how.
let train (options: string list) (_: Built) : int = attached "dotnet" (run toolProject ("train" :: options))

/// Runs the sweeps of the atlas that are missing or were stopped, and makes its tables. Days on one machine would be a cluster's: `analog-theory sweep … --slurm`.
let atlas (options: string list) (_: Built) : int =
    let folder = "paper-figures/atlas"
    let wanted = options |> List.tryItem 1 |> Option.map (fun list -> List.ofArray (list.Split ','))

    let sweeps =
        Directory.GetFiles(inRoot folder, "*.json")
        |> Array.map (fun path -> Path.GetFileNameWithoutExtension path |> string)
        |> Array.filter (fun name -> name <> "explorer" && (wanted |> Option.forall (List.contains name)))
        |> Array.sort

    for name in sweeps do
        match attached "dotnet" (run toolProject [ "sweep"; $"{folder}/{name}.json"; "--out"; $"paper-figures/out/atlas/{name}" ]) with
        | 0 -> ()
        | code -> raise (Stop(code, $"the sweep {name} ended with exit code {code}"))

    attached "dotnet" (run figuresProject ([ "--atlas"; "paper-figures/out/atlas"; "paper-figures/results/atlas" ] @ commit ()))

/// Makes the page on which the atlas is explored.
let explorer (_: Built) : int =
    attached "dotnet" (run toolProject [ "explore"; "paper-figures/atlas/explorer.json"; "--out"; "paper-figures/out/explorer.html" ])

let bench (options: string list) (_: Built) : int =
    attached "dotnet" (run benchmarksProject (if options.IsEmpty then [ "--filter"; "*" ] else options))

/// Makes the site of the documentation: runs the programs of its pages, formats them with fsdocs, and looks at every link.
let docs (options: string list) (_: Built) : int =
    match restoreTools () with
    | None -> attached "dotnet" (run siteProject (root :: options))
    | Some printed -> raise (Stop(1, $"{printed}\nExpected the tools of .config/dotnet-tools.json."))

let clean () : int =
    // What git ignores in these folders is generated, except a developer's own project settings.
    let folders =
        [ "src"; "tests"; "docs"; "proofs-checks"; "paper-figures"; "artifacts"; ".fsdocs"; "BenchmarkDotNet.Artifacts" ]

    attached "git" ([ "clean"; "-fdXq"; "-e"; "!*.user"; "--" ] @ folders)

// ---- The command line ----

/// An option has a name, something that follows it (N for a whole number), and a meaning.
type Target =
    { Name: string
      Means: string
      Options: (string * string * string) list
      Run: string list -> int }

let targets: Target list =
    [ { Name = "figures"
        Means = "computes and draws what is missing or changed and writes the pages; the default"
        Options =
          [ "--only", "LIST", "these figures, such as 3,4-left"
            "--seeds", "N", "independent seeds per curve"
            "--seed", "N", "what all randomness comes from" ]
        Run = fun options -> restore figuresProject |> build |> figures options |> tell }
      { Name = "test"
        Means = "builds everything, benchmarks too, and runs every suite; the last line counts"
        Options = []
        Run =
          fun _ ->
              try
                  let suites = suites solution benchmarksProject
                  restore solution |> build |> test suites
              with Stop(_, message) -> // a tree that does not build has failed its tests
                  printfn $"{message}\n0 passed, 1 failed"
                  1 }
      { Name = "verify"
        Means = "settles every claim and writes the ledger, proofs-checks/README.md; proofs need z3 on the path; a rerun continues"
        Options =
          [ "--claims", "LIST", "only those that begin so, such as S3,T9; the ledger stays"
            "--seed", "N", "another seed than the ledger's, which stays; prints which verdicts differ from it"
            "--out", "FOLDER", "writes the ledger of these claims and this seed there"
            "--holdout", "N", "the sampled claims on N fresh seeds, into proofs-checks/holdout.csv; a rerun continues" ]
        Run = fun options -> restore proofsProject |> build |> verify options }
      { Name = "mutate"
        Means = "breaks one constant after the other, in a copy, and prints which check notices; a rerun continues"
        Options =
          [ "--only", "LIST", "those whose name, claim or file begins so, such as T6,Power"
            "--jobs", "N", "mutants tried at the same time; all processors if not told" ]
        Run = fun options -> restore mutationProject |> build |> mutate options }
      { Name = "train"
        Means = "trains a network on arrays, pulse by pulse; a rerun continues"
        Options =
          [ "--model", "WORD", "fcn, cnn or lenet-5"
            "--rule", "WORD", "digital-sgd, analog-sgd, tiki-taka, residual-learning, ttv2, agad or e-rider"
            "--element", "WORD", "device, such as soft-bounds-reference or power"
            "--tau", "NUMBER", "bounds of the weights are ±τ"
            "--seed", "N", "what all randomness comes from"
            "--epochs", "N", "epochs in all"
            "--data", "NAME", "mnist, fashion-mnist, cifar-10, digits, or a folder"
            "--learning-rate", "NUMBER", "α of the first epoch"
            "--samples", "N", "images to train on; all if not told"
            "--patience", "N", "epochs without a better accuracy that end it"
            "--plan", "FILE", "many trainings, such as paper-figures/plans/fcn.json; runs what is missing"
            "--resume", "", "go on with what the folder of --out holds"
            "--out", "FOLDER", "folder of the run"
            "--threads", "N", "threads; all processors if not told" ]
        Run = fun options -> restore toolProject |> build |> train options }
      { Name = "atlas"
        Means = "runs the sweeps behind the maps that are missing, and makes their tables, paper-figures/results/atlas"
        Options = [ ("--only", "LIST", "these sweeps, such as asymmetry,transfer") ]
        Run = fun options -> restore toolProject |> build |> atlas options }
      { Name = "explorer"
        Means = "makes the page on which the atlas is explored, paper-figures/out/explorer.html"
        Options = []
        Run = fun _ -> restore toolProject |> build |> explorer }
      { Name = "pack"
        Means = "packs the libraries and the tool into artifacts/packages, a folder that NuGet takes as a source"
        Options = []
        Run = fun _ -> restore packages |> build |> pack }
      { Name = "docs"
        Means = "makes the site of the documentation in artifacts/docs: every program of its pages runs, and one that fails breaks it"
        Options = [ ("--only", "LIST", "only pages whose names begin so, such as how-to/own; no reference and no claims") ]
        Run = fun options -> restore siteProject |> build |> docs options }
      { Name = "bench"
        Means = "runs the benchmarks"
        Options = [ ("--filter", "GLOB", "those with such a name, as *Sampling*") ]
        Run = fun options -> restore benchmarksProject |> build |> bench options }
      { Name = "api"
        Means = "writes the façade's public symbols to its baseline, PublicAPI.Unshipped.txt; the build fails where they differ"
        Options = []
        Run = fun _ -> restore facadeProject |> writeApi }
      { Name = "format"
        Means = "gives every source file its form, by Fantomas and CSharpier; the test command checks it"
        Options = []
        Run = fun _ -> format () }
      { Name = "clean"
        Means = "removes what builds, tests, benchmarks and figures have written"
        Options = []
        Run = fun _ -> clean () } ]

let private help () =
    printfn "dotnet fsi build.fsx [target] [options]\n"

    for target in targets do
        printfn $"  {target.Name, -20}{target.Means}"
        target.Options |> List.iter (fun (option, value, means) -> printfn $"    {option, -16}{value, -8}{means}")

    0

/// Letters to insert, remove or replace on the way from one word to another.
let rec distance (a: char list) (b: char list) : int =
    match a, b with
    | [], rest
    | rest, [] -> rest.Length
    | x :: a, y :: b when x = y -> distance a b
    | _ :: shorter, _ :: other -> 1 + List.min [ distance shorter b; distance a other; distance shorter other ]

let private refuse (kind: string) (names: string list) (got: string) =
    // Twelve letters, since the distance of long words takes long.
    let far (name: string) = distance (List.ofSeq name) (List.ofSeq got |> List.truncate 12)
    let guess = if names.IsEmpty then "there is none." else $"did you mean '{List.minBy far names}'?"
    raise (Stop(2, $"Expected {kind}, got '{got}': {guess} `dotnet fsi build.fsx help` lists all."))

let rec private optionsOf (target: Target) (words: string list) : string list =
    match words with
    | [] -> []
    | word :: rest ->
        match target.Options |> List.tryFind (fun (option, _, _) -> option = word), rest with
        | None, _ -> refuse $"an option of '{target.Name}'" [ for option, _, _ in target.Options -> option ] word
        | Some(_, "", _), _ -> word :: optionsOf target rest
        | Some(_, kind, _), value :: rest when kind <> "N" || fst (UInt64.TryParse value) -> word :: value :: optionsOf target rest
        | Some(_, kind, means), _ -> raise (Stop(2, $"Expected {kind} after {word}, {means}; got '{List.tryHead rest |> Option.toObj}'."))

let main (words: string list) : int =
    match words with
    | ("help" | "--help" | "-h") :: _ -> help ()
    | name :: rest when not (name.StartsWith '-') ->
        match targets |> List.tryFind (fun target -> target.Name = name) with
        | Some target -> target.Run(optionsOf target rest)
        | None -> refuse "a target" ("help" :: List.map _.Name targets) name
    | rest -> targets.Head.Run(optionsOf targets.Head rest)

exit (
    try
        main (List.ofArray fsi.CommandLineArgs).Tail
    with Stop(code, message) ->
        eprintfn $"{message}"
        code
)
