// The test command: the form of the sources, then every suite.

open System
open System.Collections
open System.IO
open System.Threading.Tasks
open System.Xml.Linq
open Programs

/// A program of tests, and the arguments that make it write a report to a file.
type Suite = { Name: string; Project: string; ReportTo: string list }

/// What a suite found: for each test that failed or was skipped, its name and what it said.
type Outcome =
    { Passed: int; Failed: (string * string) list; Skipped: (string * string) list }

let private outcome passed failed skipped = { Passed = passed; Failed = failed; Skipped = skipped }

/// Suites are the programs under tests/ and proofs-checks/, benchmarks aside.
let suites (solution: string) (benchmarks: string) : Suite list =
    let listed = File.ReadAllText(inRoot solution).Replace('\\', '/')

    let xunit = [ "-noColor"; "-noLogo"; "-result-junit" ]
    let expecto = [ "--colours"; "0"; "--no-spinner"; "--fail-on-focused-tests"; "--junit-summary" ]

    [ for folder in [ "proofs-checks"; "tests" ] do
          for path in Directory.GetFiles(inRoot folder, "*.?sproj", SearchOption.AllDirectories) |> Array.sort do
              let project, text = (anywhere path).Replace('\\', '/'), File.ReadAllText path

              if project <> benchmarks && text.Contains "<OutputType>Exe</OutputType>" then
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

let private show (suite: Suite) (outcome: Outcome, seconds: float) : Outcome =
    printfn $"{suite.Name, -34} {seconds, 6:F1} s   {outcome.Passed} passed, {outcome.Failed.Length} failed"

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
    let scripts = [ "build"; "build.fsx" ]

    [ { Name = "fantomas"
        Write = "fantomas" :: sources @ scripts
        Check = [ "fantomas"; "--check" ] @ sources @ scripts }
      { Name = "csharpier"
        Write = [ "csharpier"; "format" ] @ sources
        Check = [ "csharpier"; "check" ] @ sources } ]

/// Restores the tools of the repository; why not, if they could not be had.
let restoreTools () : string option =
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
            | (0, _), seconds -> printfn $"{formatter.Name, -34} {seconds, 6:F1} s"
            | (_, printed), _ -> raise (Stop(1, $"{tail printed}\n{formatter.Name} failed"))

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

// Suites that take longest, in that order: they are begun first, so that no processor waits at the end.
let private longest =
    [ "Cli.Tests"; "Proofs"; "Packages.Tests"; "Tests"; "Site.Tests"; "Figures.Tests"; "CSharp.Tests"; "Tiles.Tests" ]

let private rank (suite: Suite) : int =
    longest
    |> List.tryFindIndex (fun name -> suite.Name = "AnalogTheory." + name)
    |> Option.defaultValue longest.Length

/// Runs every suite, as many at a time as there are processors, up to four: most of a suite's time is one thread's, or a wait for another program.
/// The last line counts. Returns the exit code.
let test (suites: Suite list) (_: Built) : int =
    Directory.CreateDirectory(inRoot "artifacts/tests") |> ignore

    let form: Suite = { Name = "form of the sources"; Project = ""; ReportTo = [] }
    let formed = timed form.Name checkFormat |> show form
    let waiting = Concurrent.ConcurrentQueue(suites |> List.sortBy rank)

    let rec lane (outcomes: Outcome list) : Outcome list =
        match waiting.TryDequeue() with
        | true, suite ->
            let told = timed suite.Name (fun () -> runSuite suite)
            lane (lock waiting (fun () -> show suite told) :: outcomes)
        | _ -> outcomes

    let lanes = Array.init (min 4 Environment.ProcessorCount) (fun _ -> Task.Run(fun () -> lane []))
    let outcomes = formed :: (Task.WhenAll(lanes).GetAwaiter().GetResult() |> List.concat)
    let passed, failed = outcomes |> List.sumBy _.Passed, outcomes |> List.sumBy _.Failed.Length
    printfn $"{durations ()}\n{passed} passed, {failed} failed"
    if failed = 0 && passed > 0 then 0 else 1
