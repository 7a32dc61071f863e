namespace AnalogTheory

open System
open System.ComponentModel
open System.Diagnostics
open System.Globalization
open System.IO
open System.Text
open System.Text.RegularExpressions
open System.Threading

/// <summary>The `z3` program as a solver, one process per question, spoken to over its standard input.</summary>
/// <remarks>
/// What is asked is the text of the query, unchanged: kept in a file and given to `z3` by hand it is the same question. A process that takes longer
/// than its `:rlimit` should allow is ended after a long time. Whatever goes wrong, a death, an error message, an answer that cannot be read, is an
/// `Unknown` with its reason.
/// </remarks>
[<RequireQualifiedAccess>]
module Z3Process =

    /// How long a process may take before it is ended: far above what any query's resource limit allows.
    let patience = TimeSpan.FromMinutes 2.0

    // Longest answer that is read; a model takes a few thousand characters.
    let private longest = 1 <<< 20

    // Characters up to the line's end or the output's; None at its end, or where a line has none.
    let private readLine (reader: StreamReader) : string option =
        let line = StringBuilder()

        let rec next () =
            match reader.Read() with
            | -1 -> if line.Length > 0 then Some(line.ToString()) else None
            | c when char c = '\n' -> Some(line.ToString())
            | _ when line.Length >= longest -> None
            | c ->
                line.Append(char c) |> ignore
                next ()

        next ()

    // Lines until their parentheses match: one expression.
    let private readTree (reader: StreamReader) : SolverOutput.Tree option =
        let rec next (text: string) =
            match readLine reader with
            | None -> None
            | Some line ->
                let text = text + line + "\n"

                match SolverOutput.parse text with
                | Some [ tree ] -> Some tree
                | Some [] -> next text
                | Some _ -> None
                | None -> if text.Length > longest then None else next text

        next ""

    let private shown (text: string) : string =
        let line = text.Trim()
        if line.Length > 200 then line[..199] + "…" else line

    let private resources (input: StreamWriter) (output: StreamReader) : int64 =
        input.Write "(get-info :rlimit)\n"
        input.Flush()

        match readTree output with
        | Some(SolverOutput.Tree.Group [ SolverOutput.Tree.Symbol ":rlimit"; SolverOutput.Tree.Symbol count ]) ->
            match Int64.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture) with
            | true, used -> used
            | _ -> 0L
        | _ -> 0L

    // The limit that a text sets itself.
    let private limitOf (text: string) : int64 =
        let found = Regex.Match(text, @"\(set-option :rlimit (\d+)\)")

        if found.Success then
            Int64.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
        else
            Int64.MaxValue

    let private converse (input: StreamWriter) (output: StreamReader) (text: string) : Reply =
        input.Write text
        input.Flush()
        let unknown reason = { Answer = Unknown reason; Resources = 0L }

        match readLine output |> Option.map _.Trim() with
        | Some "unsat" -> { Answer = Unsatisfiable; Resources = resources input output }
        | Some "sat" ->
            let used = resources input output
            let names = SolverOutput.declared text
            input.Write $"""(get-value ({String.concat " " names}))\n"""
            input.Flush()

            match readTree output |> Option.bind SolverOutput.values with
            | Some model when model.Count = names.Length -> { Answer = Satisfiable model; Resources = used }
            | _ ->
                { Answer = Unknown "the solver found a counterexample that cannot be read"
                  Resources = used }
        | Some "unknown" ->
            let used = resources input output
            input.Write "(get-info :reason-unknown)\n"
            input.Flush()

            let reason =
                match readTree output with
                | _ when used >= limitOf text -> invariant $", resource limit {limitOf text} reached"
                | Some(SolverOutput.Tree.Group [ _; SolverOutput.Tree.Symbol reason ]) -> ": " + reason.Trim '"'
                | _ -> ""

            { Answer = Unknown("the solver says unknown" + reason); Resources = used }
        | Some line -> unknown $"expected sat, unsat or unknown from the solver, got '{shown line}'"
        | None -> unknown "the solver ended without an answer"

    let private start (path: string) (arguments: string list) : Process =
        let info =
            ProcessStartInfo(
                path,
                arguments,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false
            )

        match Process.Start info with
        | null -> raise (InvalidOperationException $"Expected '{path}' to start.")
        | started -> started

    // A process that has ended already has nothing to end.
    let private finish (started: Process) : unit =
        try
            if not started.HasExited then started.Kill true
        with
        | :? InvalidOperationException
        | :? Win32Exception -> ()

    /// <summary>Asks a program that speaks SMT-LIB 2 on its standard input, and ends it afterwards or when it is stopped.</summary>
    /// <param name="cancellation">Ends it at once.</param>
    /// <param name="path">Program.</param>
    /// <param name="arguments">Its arguments; `-in` makes z3 read its input.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="text">Query, up to and including its `(check-sat…)`.</param>
    /// <exception cref="T:System.OperationCanceledException">Cancelled.</exception>
    let askUntil (cancellation: CancellationToken) (path: string) (arguments: string list) (patience: TimeSpan) (text: string) : Reply =
        try
            cancellation.ThrowIfCancellationRequested()
            use started = start path arguments
            use limit = CancellationTokenSource.CreateLinkedTokenSource cancellation
            limit.CancelAfter patience
            use _ = limit.Token.Register(fun () -> finish started)
            // What it says on its error stream is dropped, so that a full pipe cannot stop it.
            started.ErrorDataReceived.Add(fun (_: DataReceivedEventArgs) -> ())
            started.BeginErrorReadLine()

            try
                let reply =
                    try
                        converse started.StandardInput started.StandardOutput text
                    with :? IOException as broken ->
                        { Answer = Unknown $"the solver died: {broken.Message}"; Resources = 0L }

                cancellation.ThrowIfCancellationRequested()

                match reply.Answer with
                | Unknown _ when limit.IsCancellationRequested ->
                    { reply with
                        Answer = Unknown(invariant $"the solver was ended after {patience.TotalSeconds:G3} s") }
                | _ -> reply
            finally
                finish started
        with
        | :? Win32Exception as refused ->
            { Answer = Unknown $"the solver did not start: {refused.Message}"
              Resources = 0L }
        | :? InvalidOperationException as refused ->
            { Answer = Unknown $"the solver did not start: {refused.Message}"
              Resources = 0L }

    /// <summary>Asks a program that speaks SMT-LIB 2 on its standard input, and ends it afterwards; see `askUntil`.</summary>
    /// <param name="path">Path of the program.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="text">The text.</param>
    let ask (path: string) (arguments: string list) (patience: TimeSpan) (text: string) : Reply =
        askUntil CancellationToken.None path arguments patience text

    /// <summary>A solver that runs a given program, which must behave like `z3`.</summary>
    /// <param name="name">Name and version.</param>
    /// <param name="path">Program.</param>
    /// <param name="arguments">Its arguments.</param>
    let ofProgram (name: string) (path: string) (arguments: string list) : ISolver =
        { new IStoppableSolver with
            member _.AskUntil(text, cancellation) = askUntil cancellation path arguments patience text
          interface ISolver with
              member _.Name = name
              member _.Ask text = ask path arguments patience text }
        :> ISolver

    let private version (path: string) : string option =
        try
            use started = start path [ "--version" ]
            use limit = new CancellationTokenSource(TimeSpan.FromSeconds 10.0)
            use _ = limit.Token.Register(fun () -> finish started)
            started.StandardInput.Close()
            // What it says on its error stream is dropped, so that a full pipe cannot stop it.
            started.ErrorDataReceived.Add(fun (_: DataReceivedEventArgs) -> ())
            started.BeginErrorReadLine()
            let line = readLine started.StandardOutput
            finish started
            if limit.IsCancellationRequested then None else line
        with
        | :? Win32Exception
        | :? InvalidOperationException -> None

    /// <summary>The `z3` at a path; None if there is no program that says its version.</summary>
    /// <param name="path">Path of the program.</param>
    let tryProgram (path: string) : ISolver option =
        version path
        |> Option.filter (fun line -> line.Trim() <> "")
        |> Option.map (fun line -> ofProgram (line.Trim()) path [ "-in" ])

    /// The `z3` found on the PATH; None if there is none that says its version.
    let tryFind () : ISolver option =
        let folders =
            match Environment.GetEnvironmentVariable "PATH" with
            | null -> [||]
            | path -> path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)

        let program = if OperatingSystem.IsWindows() then "z3.exe" else "z3"

        folders
        |> Seq.map (fun folder -> Path.Combine(folder, program))
        |> Seq.tryFind File.Exists
        |> Option.bind tryProgram
