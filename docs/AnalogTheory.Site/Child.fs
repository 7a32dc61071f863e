namespace AnalogTheory.Site

open System
open System.Diagnostics
open System.Text

/// What a program printed, and how it ended.
type Ended =
    {
        /// 0 for success.
        Code: int
        /// Standard output.
        Output: string
        /// Standard error.
        Errors: string
    }

/// Other programs, run to their end.
[<RequireQualifiedAccess>]
module Child =

    let private longest = TimeSpan.FromMinutes 5.0

    /// <summary>Runs a program, without standard input and without a language of the machine.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="program">Name or path.</param>
    /// <param name="arguments">Arguments, unquoted.</param>
    /// <returns>What it printed; code 124 where it had not ended after five minutes.</returns>
    let run (folder: string) (program: string) (arguments: string list) : Ended =
        let info = ProcessStartInfo(program, arguments, WorkingDirectory = folder)
        info.RedirectStandardOutput <- true
        info.RedirectStandardError <- true
        info.RedirectStandardInput <- true
        info.StandardOutputEncoding <- UTF8Encoding false
        info.StandardErrorEncoding <- UTF8Encoding false

        for name, value in
            [ "DOTNET_NOLOGO", "1"
              "DOTNET_CLI_UI_LANGUAGE", "en"
              "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"
              "NO_COLOR", "1"
              "MSBUILDDISABLENODEREUSE", "1" ] do
            info.Environment[name] <- value

        use child = Process.Start info |> there program
        child.StandardInput.Close()
        let output = child.StandardOutput.ReadToEndAsync()
        let errors = child.StandardError.ReadToEndAsync()

        if child.WaitForExit longest then
            { Code = child.ExitCode; Output = output.Result; Errors = errors.Result }
        else
            child.Kill(entireProcessTree = true)
            child.WaitForExit()

            { Code = 124
              Output = output.Result
              Errors = $"{errors.Result}\nIt had not ended after {longest.TotalMinutes} minutes." }
