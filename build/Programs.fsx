// How the build's script runs programs and phases, and how it ends.

open System
open System.Collections.Generic
open System.Diagnostics
open System.IO
open System.Runtime.InteropServices
open System.Text.RegularExpressions
open System.Threading

/// The repository's folder.
let root = Path.GetDirectoryName __SOURCE_DIRECTORY__

let isTerminal = not Console.IsOutputRedirected

// Children inherit these: no banner, messages in the language that `complaints` reads, and symbols such as τ on Windows too.
Environment.SetEnvironmentVariable("DOTNET_NOLOGO", "1")
Environment.SetEnvironmentVariable("DOTNET_CLI_UI_LANGUAGE", "en")
// A compiler lives for a minute: counting for a better optimisation later costs a seventh of it. The repository's own programs say the same.
Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0")
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

let private children = List<Process>()
let mutable private stopping = false

// A script that is stopped takes its children along, and all that they started.
let private onStop (context: PosixSignalContext) =
    context.Cancel <- true

    lock children (fun () ->
        stopping <- true

        for child in children do
            if not child.HasExited then child.Kill(entireProcessTree = true))

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
        lock children (fun () ->
            // Nothing is started behind the back of a signal.
            if stopping then Thread.Sleep Timeout.Infinite
            let child = Process.Start info
            children.Add child
            child)
    with :? ComponentModel.Win32Exception as missing ->
        raise (Stop(1, $"Expected to find the program '{program}': {missing.Message}"))

// While the script is being stopped, its child's end means nothing; an interrupt may reach the child first.
let private exitCode (ended: Process) =
    if ended.ExitCode <> 0 then Thread.Sleep 200
    if stopping then Thread.Sleep Timeout.Infinite
    lock children (fun () -> children.Remove ended |> ignore)
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

let private whole = Stopwatch.StartNew()
let private laps = List<string * float>()

/// Does a phase of the work; its result, and the seconds that it took.
let timed (phase: string) (work: unit -> 'T) : 'T * float =
    let clock = Stopwatch.StartNew()
    let result = work ()
    let seconds = clock.Elapsed.TotalSeconds
    lock laps (fun () -> laps.Add(phase, seconds))
    result, seconds

/// Seconds of every phase, in the order in which they ended, and of all.
let durations () =
    let phases = laps |> Seq.map (fun (phase, seconds) -> $"{phase} {seconds:F1} s") |> String.concat ", "
    $"Time   {phases}; {whole.Elapsed.TotalSeconds:F1} s in all"

// ---- Restore and build: a target asks for its predecessors' evidence, so the compiler orders the build ----

type Restored = private Restored of project: string
type Built = private Built of project: string

/// Only what the compiler complains of, once: a project that many refer to complains many times.
let complaints (printed: string list) : string =
    let tidy line = Regex.Replace(anywhere line, @" \[[^\[\]]*(proj|sln)\]$", "").Trim()
    let all = printed |> List.map tidy |> List.distinct
    let errors = all |> List.filter (fun line -> line.Contains ": error ")
    if errors.IsEmpty then tail all else String.concat "\n" (List.truncate 30 errors)

/// A phase of MSBuild on a project, in silence but for its errors.
let msbuild (phase: string) (project: string) (arguments: string list) : unit =
    // The terminal logger is for eyes; nodes that stay behind keep files open on Windows, and memory everywhere.
    let quiet = [ "-nologo"; "-verbosity:quiet"; "-clp:ErrorsOnly;NoSummary"; "-tl:off"; "-nodeReuse:false" ]

    match timed phase (fun () -> captured phase "dotnet" (phase :: project :: arguments @ quiet)) with
    | (0, _), seconds -> printfn $"{phase, -34} {seconds, 6:F1} s"
    | (_, printed), _ -> raise (Stop(1, $"{complaints printed}\n{phase} of {project} failed"))

let restore (project: string) : Restored =
    // In CI the lock files are law; elsewhere a changed reference may write them anew.
    msbuild "restore" project (if Environment.GetEnvironmentVariable "CI" = "true" then [ "--locked-mode" ] else [])
    Restored project

let build (Restored project) : Built =
    msbuild "build" project [ "--configuration"; "Release"; "--no-restore" ]
    Built project

/// The project of a build.
let projectOf (Built project) : string = project

/// The project of a restore.
let restoredOf (Restored project) : string = project

/// What makes `dotnet` run a program that is built.
let run (project: string) (arguments: string list) : string list =
    [ "run"; "--project"; project; "--configuration"; "Release"; "--no-build"; "--" ] @ arguments
