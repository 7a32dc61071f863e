namespace AnalogTheory.Mutation

open System
open System.IO
open System.Xml.Linq

/// What a check said.
type Finding =
    /// Everything it checks is as it should be.
    | Green
    /// What it noticed.
    | Noticed of what: string
    /// It checked nothing.
    | Empty
    /// It took too long, and was stopped.
    | Unended

/// Running checks in the copy.
[<RequireQualifiedAccess>]
module Trial =

    // A test's name from the list that was asked for: what stands before it is said already.
    let private within (list: string) (name: string) =
        match if list = "" then -1 else name.IndexOf(list, StringComparison.Ordinal) with
        | -1 -> name
        | at -> name.Substring(at + list.Length).TrimStart '.'

    // Both frameworks write JUnit's form.
    let private readReport (list: string) (report: string) : Finding option =
        try
            let cases = XDocument.Load(report).Descendants(XName.Get "testcase") |> List.ofSeq

            let isBad (case: XElement) =
                case.Elements() |> Seq.exists (fun part -> part.Name.LocalName = "failure" || part.Name.LocalName = "error")

            let isSkipped (case: XElement) = case.Elements() |> Seq.exists (fun part -> part.Name.LocalName = "skipped")

            let nameOf (case: XElement) =
                case.Attribute(XName.Get "name")
                |> Option.ofObj
                |> Option.map (_.Value >> within list)
                |> Option.defaultValue "a test"

            match cases |> List.filter isBad, cases |> List.forall isSkipped with
            | first :: rest, _ -> Some(Noticed(if rest.IsEmpty then nameOf first else $"{nameOf first}, and {rest.Length} more"))
            | [], true -> Some Empty
            | [], false -> Some Green
        with _ -> // no report, or half of one
            None

    let private ledgerFinding (ended: Ended) : Finding option =
        match ended.Code with
        | Some 0 -> Some Green
        | Some 1 -> ended.Printed |> List.tryFind (fun line -> line.Contains " → ") |> Option.map Noticed
        | _ -> None

    /// Runs a check with a mutant active.
    /// <param name="patience">After this long it is stopped: the mutant may have made a loop endless.</param>
    /// <param name="check">Check.</param>
    /// <param name="number">The mutant's number; 0 for none.</param>
    let run (patience: TimeSpan) (check: Check) (number: int) : Finding =
        let report = Path.Combine(MutatedCopy.folder, $"report-{number}-{Environment.CurrentManagedThreadId}.xml")
        File.Delete report

        let start suite arguments =
            ChildProcess.run
                MutatedCopy.root
                [ Schemata.variable, string number ]
                patience
                "dotnet"
                (MutatedCopy.program suite :: arguments)

        let expecto = [ "--colours"; "0"; "--no-spinner"; "--junit-summary"; report ]

        let ended, finding =
            match check with
            | Ledger claims ->
                let ended = start "AnalogTheory.Proofs" ("--compare" :: claims)
                ended, ledgerFinding ended
            | Tests(suite, list) ->
                let ended = start suite (expecto @ (if list = "" then [] else [ "--filter-test-list"; list ]))
                ended, readReport list report
            | Classes(suite, testClass) ->
                let filter = if testClass = "" then [] else [ "-class"; "*" + testClass ]
                let ended = start suite ([ "-noColor"; "-noLogo"; "-result-junit"; report ] @ filter)
                ended, readReport "" report

        File.Delete report

        match finding, ended.Code with
        | _, None -> Unended
        | Some(Green | Empty as other), Some 0 -> other
        | Some(Noticed what), _ -> Noticed what
        | _, Some code ->
            // A program that did not even report: the last thing that it said, if it was an exception.
            let said = ended.Printed |> List.tryFind (fun line -> line.Contains "xception") |> Option.defaultValue ""
            Noticed $"the program ended with exit code {code}; {said.Trim()}"
