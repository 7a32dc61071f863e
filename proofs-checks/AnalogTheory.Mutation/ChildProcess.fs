namespace AnalogTheory.Mutation

open System
open System.Collections.Generic
open System.Diagnostics
open System.Runtime.InteropServices
open System.Threading

/// How a program ended.
type Ended =
    {
        /// Its exit code; None where it was stopped because it took too long.
        Code: int option
        /// The lines that it printed.
        Printed: string list
    }

/// Programs that this one starts; none outlives it.
[<RequireQualifiedAccess>]
module ChildProcess =

    let private running = HashSet<Process>()
    let mutable private stopping = false

    let private kill (child: Process) =
        try
            child.Kill(entireProcessTree = true)
        with :? InvalidOperationException -> // it has ended already
            ()

    let private onStop (context: PosixSignalContext) =
        context.Cancel <- true

        lock running (fun () ->
            stopping <- true
            Seq.iter kill running)

        eprintfn "stopped; what was tried is kept, and the same command continues"
        exit 130

    let private signals =
        lazy
            [ for signal in [ PosixSignal.SIGINT; PosixSignal.SIGTERM; PosixSignal.SIGHUP ] ->
                  PosixSignalRegistration.Create(signal, System.Action<PosixSignalContext> onStop) ]

    /// Runs a program in silence.
    /// <param name="folder">Folder to run in.</param>
    /// <param name="variables">Environment variables to add.</param>
    /// <param name="patience">After this long it is stopped, with all that it started.</param>
    /// <param name="program">Program.</param>
    /// <param name="arguments">Its arguments.</param>
    let run (folder: string) (variables: (string * string) list) (patience: TimeSpan) (program: string) (arguments: string list) : Ended =
        signals.Force() |> ignore

        let info =
            ProcessStartInfo(program, arguments, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true)

        for name, value in variables do
            info.Environment[name] <- value

        let printed = List<string>()
        use child = new Process(StartInfo = info)

        let keep (event: DataReceivedEventArgs) =
            match event.Data with
            | null -> ()
            | line -> lock printed (fun () -> printed.Add line)

        child.OutputDataReceived.Add keep
        child.ErrorDataReceived.Add keep

        lock running (fun () ->
            if stopping then Thread.Sleep Timeout.Infinite
            child.Start() |> ignore
            running.Add child |> ignore)

        child.BeginOutputReadLine()
        child.BeginErrorReadLine()
        let ended = child.WaitForExit patience
        if not ended then kill child
        child.WaitForExit()

        lock running (fun () ->
            // A child that was killed because this program is being stopped says nothing.
            if stopping then Thread.Sleep Timeout.Infinite
            running.Remove child |> ignore)

        { Code = (if ended then Some child.ExitCode else None)
          Printed = lock printed (fun () -> List.ofSeq printed) }
