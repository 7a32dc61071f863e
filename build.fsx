// The one script of the repository; `dotnet fsi build.fsx help` says what it does.
// It shells `dotnet` and `git` and references no package: that would cost seconds at every start and escape the central versions.

open System
open System.Collections.Generic
open System.Diagnostics
open System.IO
open System.Runtime.InteropServices
open System.Text.RegularExpressions
open System.Threading
open System.Xml.Linq

let root = __SOURCE_DIRECTORY__
let solution = "AnalogTheory.sln"
let figuresProject = "paper-figures/AnalogTheory.Figures/AnalogTheory.Figures.fsproj"
let proofsProject = "proofs-checks/AnalogTheory.Proofs/AnalogTheory.Proofs.fsproj"
let mutationProject = "proofs-checks/AnalogTheory.Mutation/AnalogTheory.Mutation.fsproj"
let packages = "src/AnalogTheory.slnf"
let benchmarksProject = "tests/AnalogTheory.Benchmarks/AnalogTheory.Benchmarks.csproj"
let facadeProject = "src/AnalogTheory.CSharp/AnalogTheory.CSharp.csproj"
let toolProject = "src/AnalogTheory.Cli/AnalogTheory.Cli.csproj"
let siteProject = "docs/AnalogTheory.Site/AnalogTheory.Site.fsproj"
let isTerminal = not Console.IsOutputRedirected

// Children inherit these: no banner, messages in the language that `complaints` reads, and symbols such as τ on Windows too.
Environment.SetEnvironmentVariable("DOTNET_NOLOGO", "1")
Environment.SetEnvironmentVariable("DOTNET_CLI_UI_LANGUAGE", "en")
Console.OutputEncoding <- Text.UTF8Encoding false

/// Ends the script: code 2 for a command line that makes no sense, 1 for work that failed.
exception Stop of code: int * message: string

let inRoot (path: string) = Path.Combine(root, path)

/// Text without the machine's own path.
let anywhere (text: string) = text.Replace(root + string Path.DirectorySeparatorChar, "")

/// Whether a line is more than a stack frame of a framework.
let tells (line: string) = not (Regex.IsMatch(line, @"\bat (System|Xunit|Expecto|Microsoft\.FSharp)\."))

/// The last lines of what a program printed.
let tail = List.filter tells >> List.rev >> List.truncate 25 >> List.rev >> String.concat "\n"

// ---- Programs ----

let mutable private child: Process = null
let mutable private stopping = false

// A script that is stopped takes its child along, and all that the child started.
let private onStop (context: PosixSignalContext) =
    context.Cancel <- true
    stopping <- true
    if not (isNull child || child.HasExited) then child.Kill(entireProcessTree = true)
    eprintfn "\nstopped"
    exit 130

let private signals =
    [ PosixSignal.SIGINT; PosixSignal.SIGTERM; PosixSignal.SIGHUP ]
    |> List.map (fun signal -> PosixSignalRegistration.Create(signal, onStop))

let private start (program: string) (arguments: string list) (captured: bool) : Process =
    let info = ProcessStartInfo(program, arguments, WorkingDirectory = root)
    info.RedirectStandardOutput <- captured
    info.RedirectStandardError <- captured

    try
        child <- Process.Start info
        child
    with :? ComponentModel.Win32Exception as missing ->
        raise (Stop(1, $"Expected to find the program '{program}': {missing.Message}"))

// While the script is being stopped, its child's end means nothing; an interrupt may reach the child first.
let private exitCode (ended: Process) =
    if ended.ExitCode <> 0 then Thread.Sleep 200
    if stopping then Thread.Sleep Timeout.Infinite
    ended.ExitCode

/// Runs a program on this console; its exit code.
let attached (program: string) (arguments: string list) : int =
    let running = start program arguments false
    running.WaitForExit()
    exitCode running

/// Runs a program in silence; its exit code and what it printed. On a terminal, seconds count up behind the label.
let captured (label: string) (program: string) (arguments: string list) : int * string list =
    let clock = Stopwatch.StartNew()
    let running = start program arguments true
    let printed = List<string>()
    use ended = new CountdownEvent(2)

    let keep (event: DataReceivedEventArgs) =
        match event.Data with
        | null -> ended.Signal() |> ignore
        | line -> lock printed (fun () -> printed.Add(Regex.Replace(line, @"\x1b\[[0-9;?]*[A-Za-z]", ""))) // no colours

    running.OutputDataReceived.Add keep
    running.ErrorDataReceived.Add keep
    running.BeginOutputReadLine()
    running.BeginErrorReadLine()

    while not (running.WaitForExit 500) do
        if isTerminal then printf "\r%-34s %6.0f s" label clock.Elapsed.TotalSeconds

    // A build server that outlives its build may hold the pipes open: the wait for the last lines has an end.
    ended.Wait 2000 |> ignore
    if isTerminal then printf "\r%s\r" (String.replicate 43 " ")
    exitCode running, lock printed (fun () -> List.ofSeq printed)

let private laps = List<string * float>()

/// Does a phase of the work and keeps the seconds that it took.
let timed (phase: string) (work: unit -> 'T) : 'T =
    let clock = Stopwatch.StartNew()
    let result = work ()
    laps.Add(phase, clock.Elapsed.TotalSeconds)
    result

let durations () =
    let phases = laps |> Seq.map (fun (phase, seconds) -> $"{phase} {seconds:F1} s") |> String.concat ", "
    $"Time   {phases}; {Seq.sumBy snd laps:F1} s in all"

// ---- Restore and build: a target asks for its predecessors' evidence, so the compiler orders the build ----

type Restored = private Restored of project: string
type Built = private Built of project: string

// Only what the compiler complains of, once: a project that many refer to complains many times.
let private complaints (printed: string list) : string =
    let tidy line = Regex.Replace(anywhere line, @" \[[^\[\]]*(proj|sln)\]$", "").Trim()
    let all = printed |> List.map tidy |> List.distinct
    let errors = all |> List.filter (fun line -> line.Contains ": error ")
    if errors.IsEmpty then tail all else String.concat "\n" (List.truncate 30 errors)

let private msbuild (phase: string) (project: string) (arguments: string list) =
    // The terminal logger is for eyes; nodes that stay behind keep files open on Windows, and memory everywhere.
    let quiet = [ "-nologo"; "-verbosity:quiet"; "-clp:ErrorsOnly;NoSummary"; "-tl:off"; "-nodeReuse:false" ]

    match timed phase (fun () -> captured phase "dotnet" (phase :: project :: arguments @ quiet)) with
    | 0, _ -> printfn $"{phase, -34} {snd laps[laps.Count - 1], 6:F1} s"
    | _, printed -> raise (Stop(1, $"{complaints printed}\n{phase} of {project} failed"))

let restore (project: string) : Restored =
    // In CI the lock files are law; elsewhere a changed reference may write them anew.
    msbuild "restore" project (if Environment.GetEnvironmentVariable "CI" = "true" then [ "--locked-mode" ] else [])
    Restored project

let build (Restored project) : Built =
    msbuild "build" project [ "--configuration"; "Release"; "--no-restore" ]
    Built project

let private run project arguments =
    [ "run"; "--project"; project; "--configuration"; "Release"; "--no-build"; "--" ] @ arguments

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
    | 0 -> Drawn "paper-figures/out/index.html"
    | code -> raise (Stop(code, $"drawing ended with exit code {code}"))

let private tell (Drawn page) =
    printfn $"\nPages  {page}\n       {Uri(inRoot page).AbsoluteUri}\n{durations ()}"
    0

// ---- Tests ----

/// A program of tests, and the arguments that make it write a report to a file.
type Suite = { Name: string; Project: string; ReportTo: string list }

/// What a suite found: for each test that failed or was skipped, its name and what it said.
type Outcome =
    { Passed: int; Failed: (string * string) list; Skipped: (string * string) list }

let private outcome passed failed skipped = { Passed = passed; Failed = failed; Skipped = skipped }

/// Suites are the programs under tests/ and proofs-checks/, benchmarks aside.
let suites () : Suite list =
    let listed = File.ReadAllText(inRoot solution).Replace('\\', '/')

    let xunit = [ "-noColor"; "-noLogo"; "-result-junit" ]
    let expecto = [ "--colours"; "0"; "--no-spinner"; "--fail-on-focused-tests"; "--junit-summary" ]

    [ for folder in [ "proofs-checks"; "tests" ] do
          for path in Directory.GetFiles(inRoot folder, "*.?sproj", SearchOption.AllDirectories) |> Array.sort do
              let project, text = (anywhere path).Replace('\\', '/'), File.ReadAllText path

              if project <> benchmarksProject && text.Contains "<OutputType>Exe</OutputType>" then
                  if not (listed.Contains $"\"{project}\"") then
                      raise (Stop(1, $"{project} would not be built. Add it: dotnet sln {solution} add {project}"))

                  { Name = Path.GetFileNameWithoutExtension path
                    Project = project
                    ReportTo = if text.Contains "\"xunit.v3\"" then xunit else expecto } ]

// Both frameworks write JUnit's form: it holds names, counts and reasons; of their console lines, Expecto's hold no reasons.
let private readReport (report: string) : Outcome =
    let cases = XDocument.Load(report).Descendants(XName.Get "testcase") |> List.ofSeq

    let told (kind: string) =
        [ for case in cases do
              for said in case.Elements(XName.Get kind) do
                  let words = [ for message in said.Attributes(XName.Get "message") -> message.Value ] @ [ said.Value ]
                  yield case.Attribute(XName.Get "name").Value, (String.concat "\n" words).Trim() ]

    let failed, skipped = told "failure" @ told "error", told "skipped"
    outcome (cases.Length - failed.Length - skipped.Length) failed skipped

/// Runs a suite. One that crashed, or tested nothing, has a failure that says so.
let runSuite (suite: Suite) : Outcome =
    let report = inRoot $"artifacts/tests/{suite.Name}.xml"
    File.Delete report
    let code, printed = captured suite.Name "dotnet" (run suite.Project (suite.ReportTo @ [ report ]))
    File.WriteAllLines(Path.ChangeExtension(report, "log"), printed)

    let outcome =
        try
            readReport report
        with _ -> // no report, or half of one
            outcome 0 [] []

    let failure what = { outcome with Failed = [ (what, tail printed) ] }

    match outcome with
    | { Failed = [] } when code <> 0 -> failure $"{suite.Name} ended with exit code {code}"
    | { Failed = []; Skipped = []; Passed = 0 } -> failure $"{suite.Name} ran no test"
    | _ -> outcome

let private show (suite: Suite) (outcome: Outcome) : Outcome =
    printfn $"{suite.Name, -34} {snd laps[laps.Count - 1], 6:F1} s   {outcome.Passed} passed, {outcome.Failed.Length} failed"

    for reason, tests in outcome.Skipped |> List.groupBy snd do
        let others = if tests.Length > 1 then $" and {tests.Length - 1} more" else ""
        printfn $"    {tests.Length} skipped: {reason} ({fst tests.Head}{others})"

    for name, message in outcome.Failed do
        printfn $"    failed: {name}"
        let told = (anywhere message).Split '\n' |> Array.filter tells |> Array.truncate 30
        told |> Array.iter (fun line -> printfn $"        {line.TrimEnd()}")

    outcome

/// The formatters are tools of the repository: Fantomas for F#, CSharpier for C#; .editorconfig tells both what to do.
type private Formatter = { Name: string; Write: string list; Check: string list }

// Sources that people write; samples are shaped to be read on a page.
let private formatters =
    let sources = [ "src"; "tests"; "proofs-checks"; "paper-figures" ]

    [ { Name = "fantomas"
        Write = "fantomas" :: sources @ [ "build.fsx" ]
        Check = [ "fantomas"; "--check" ] @ sources @ [ "build.fsx" ] }
      { Name = "csharpier"
        Write = [ "csharpier"; "format" ] @ sources
        Check = [ "csharpier"; "check" ] @ sources } ]

let private restoreTools () =
    match captured "tools" "dotnet" [ "tool"; "restore" ] with
    | 0, _ -> None
    | _, printed -> Some(tail printed)

/// Rewrites every source file in its form.
let format () : int =
    match restoreTools () with
    | Some reason -> raise (Stop(1, $"{reason}\nThe formatters could not be restored."))
    | None ->
        for formatter in formatters do
            match timed formatter.Name (fun () -> captured formatter.Name "dotnet" formatter.Write) with
            | 0, _ -> printfn $"{formatter.Name, -34} {snd laps[laps.Count - 1], 6:F1} s"
            | _, printed -> raise (Stop(1, $"{tail printed}\n{formatter.Name} failed"))

        0

/// A test for each formatter: whether it would change anything.
let checkFormat () : Outcome =
    match restoreTools () with
    | Some _ ->
        { outcome 0 [] [] with
            Skipped = [ ("form of the sources", "the formatters could not be restored") ] }
    | None ->
        let failed =
            [ for formatter in formatters do
                  match captured formatter.Name "dotnet" formatter.Check with
                  | 0, _ -> ()
                  | _, printed -> formatter.Name, $"{tail printed}\n`dotnet fsi build.fsx format` gives every file its form." ]

        outcome (formatters.Length - failed.Length) failed []

/// Runs every suite, one after the other since each uses all processors; the last line counts. Returns the exit code.
let test (suites: Suite list) (_: Built) : int =
    Directory.CreateDirectory(inRoot "artifacts/tests") |> ignore

    let form: Suite = { Name = "form of the sources"; Project = ""; ReportTo = [] }
    let formed = timed form.Name checkFormat |> show form
    let outcomes = formed :: (suites |> List.map (fun suite -> timed suite.Name (fun () -> runSuite suite) |> show suite))
    let passed, failed = outcomes |> List.sumBy _.Passed, outcomes |> List.sumBy _.Failed.Length
    printfn $"{durations ()}\n{passed} passed, {failed} failed"
    if failed = 0 && passed > 0 then 0 else 1

// ---- Packages ----

/// Where NuGet keeps the packages that it has unpacked.
let private cache () =
    match captured "nuget" "dotnet" [ "nuget"; "locals"; "global-packages"; "--list" ] with
    | 0, line :: _ -> line.Replace("global-packages:", "").Trim()
    | _, printed -> raise (Stop(1, $"{tail printed}\nExpected NuGet's folder of unpacked packages."))

/// Packs what the list of packages names. Files in a package bear the commit's date, so a commit packed twice gives equal bytes;
/// what is not committed bears today's.
let pack (Built project) : int =
    match captured "git" "git" [ "status"; "--porcelain" ], captured "git" "git" [ "log"; "-1"; "--format=%ct" ] with
    | (0, []), (0, [ seconds ]) -> Environment.SetEnvironmentVariable("SOURCE_DATE_EPOCH", seconds)
    | _ -> ()

    let folder = inRoot "artifacts/packages"
    if Directory.Exists folder then Directory.Delete(folder, recursive = true)
    msbuild "pack" project [ "--configuration"; "Release"; "--no-build"; "--output"; folder ]
    let cache = cache ()

    for path in Directory.GetFiles(folder, "*.nupkg") |> Array.sort do
        let name = Regex.Match(Path.GetFileName path, @"^(.+?)\.(\d+\..+)\.nupkg$")
        printfn $"{anywhere path, -60} {FileInfo(path).Length / 1024L, 6} kB"
        // NuGet unpacks a version once and keeps it: an older package of the same name would be used on.
        let unpacked = Path.Combine(cache, name.Groups[1].Value.ToLowerInvariant(), name.Groups[2].Value)
        if Directory.Exists unpacked then Directory.Delete(unpacked, recursive = true)

    printfn $"{durations ()}\nOnce   dotnet nuget add source \"{folder}\" --name analog-theory"
    0

// ---- Other targets ----

/// Settles every claim and writes the ledger, or holds other seeds against it; the claims' program knows how.
let verify (options: string list) (_: Built) : int =
    let told = options |> List.chunkBySize 2 |> List.map (fun pair -> pair[0], pair[1]) |> Map.ofList

    match Map.tryFind "--holdout" told, Map.tryFind "--claims" told, Map.tryFind "--seed" told with
    | Some count, None, None -> attached "dotnet" (run proofsProject [ "--holdout"; count ])
    | Some _, _, _ -> raise (Stop(2, "Expected --holdout alone: it chooses its seeds itself and takes all claims that have one."))
    | None, claims, seed ->
        let claims = claims |> Option.map (fun list -> List.ofArray (list.Split ',')) |> Option.defaultValue []
        let seed = seed |> Option.map (fun seed -> [ "--seed"; seed ]) |> Option.defaultValue []
        attached "dotnet" (run proofsProject ("--verify" :: seed @ claims))

/// Breaks one constant after the other in a copy of the sources; the mutants' program knows which, and which checks have to notice.
let mutate (options: string list) (_: Built) : int = attached "dotnet" (run mutationProject ("--mutate" :: options))

/// Trains networks on arrays; the tool knows how.
let train (options: string list) (_: Built) : int = attached "dotnet" (run toolProject ("train" :: options))

let bench (options: string list) (_: Built) : int =
    attached "dotnet" (run benchmarksProject (if options.IsEmpty then [ "--filter"; "*" ] else options))

/// Writes the façade's public symbols to its baseline: without one the analyser names every symbol that has not been shipped.
let writeApi (Restored project) : int =
    let baseline = Path.Combine(Path.GetDirectoryName(inRoot project), "PublicAPI.Unshipped.txt")
    let header = "#nullable enable"
    File.WriteAllText(baseline, header + "\n")
    let build = [ "build"; project; "--configuration"; "Release"; "--no-restore" ]

    let code, printed =
        captured "api" "dotnet" (build @ [ "-nologo"; "-tl:off"; "-nodeReuse:false"; "-p:TreatWarningsAsErrors=false" ])

    let symbols =
        printed
        |> List.choose (fun line ->
            match Regex.Match(line, "RS0016: Symbol '(.+)' is not part of") with
            | found when found.Success -> Some found.Groups[1].Value
            | _ -> None)
        |> List.distinct
        |> List.sortWith (fun a b -> String.CompareOrdinal(a, b))

    File.WriteAllText(baseline, String.concat "\n" (header :: symbols) + "\n")
    if code <> 0 then raise (Stop(1, complaints printed))
    printfn $"{symbols.Length} symbols that were not shipped yet: {anywhere baseline}"
    0

/// Makes the site of the documentation: runs the programs of its pages, formats them with fsdocs, and looks at every link.
let docs (options: string list) (_: Built) : int =
    match captured "tools" "dotnet" [ "tool"; "restore" ] with
    | 0, _ -> attached "dotnet" (run siteProject (root :: options))
    | _, printed -> raise (Stop(1, $"{tail printed}\nExpected the tools of .config/dotnet-tools.json."))

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
                  let suites = suites ()
                  restore solution |> build |> test suites
              with Stop(_, message) -> // a tree that does not build has failed its tests
                  printfn $"{message}\n0 passed, 1 failed"
                  1 }
      { Name = "verify"
        Means = "settles every claim and writes the ledger, proofs-checks/README.md; proofs need z3 on the path"
        Options =
          [ "--claims", "LIST", "only those that begin so, such as S3,T9; the ledger stays"
            "--seed", "N", "another seed than the ledger's, which stays; prints which verdicts differ from it"
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
