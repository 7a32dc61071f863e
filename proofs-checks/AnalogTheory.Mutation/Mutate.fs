namespace AnalogTheory.Mutation

open System
open System.Collections.Concurrent
open System.Diagnostics
open System.IO
open System.Threading.Tasks

/// The command `mutate`: builds one copy that holds every mutant, and tries them one at a time.
[<RequireQualifiedAccess>]
module Mutate =

    /// What a run is asked for.
    type Request =
        {
            /// Beginnings of names, claims or file names; empty for all.
            Only: string list
            /// Mutants tried at the same time.
            Jobs: int
        }

    // A mutant that its own checks let pass meets all of them before it survives; the suite of the claims settles every row of the ledger.
    let private everything =
        [ Tests("AnalogTheory.Tests", "")
          Tests("AnalogTheory.Proofs", "")
          Classes("AnalogTheory.Kernels.Tests", "")
          Classes("AnalogTheory.Tiles.Tests", "") ]

    let private isWanted (only: string list) (mutant: Mutant) =
        let begins (text: string) (part: string) = text.StartsWith(part, StringComparison.OrdinalIgnoreCase)
        let names = mutant.Id :: string (Path.GetFileName mutant.File) :: mutant.Breaks
        only.IsEmpty || only |> List.exists (fun part -> names |> List.exists (fun name -> begins name part))

    let private build () : string option =
        let options = [ "-c"; "Release"; "-nologo"; "-verbosity:quiet"; "-clp:ErrorsOnly;NoSummary"; "-tl:off"; "-nodeReuse:false" ]
        // What is wrong with a mutant's style is not of interest.
        let lenient =
            [ "-p:TreatWarningsAsErrors=false"
              "-p:RunAnalyzers=false"
              "-p:UseSharedCompilation=false"
              "-p:GenerateDocumentationFile=false" ]

        MutatedCopy.suites
        |> List.tryPick (fun (name, folder) ->
            let ended =
                ChildProcess.run
                    MutatedCopy.root
                    []
                    (TimeSpan.FromMinutes 30.0)
                    "dotnet"
                    ("build" :: $"{folder}/{name}" :: options @ lenient)

            if ended.Code = Some 0 then None else Some(String.Join("\n", List.truncate 30 ended.Printed)))

    let private line (outcome: Outcome) : string =
        let breaks =
            Mutants.all
            |> List.tryFind (fun mutant -> mutant.Id = outcome.Mutant)
            |> Option.map _.Breaks
            |> Option.defaultValue []

        let broken = String.Join(", ", breaks)
        let where = if outcome.Check = "" then "SURVIVED" else $"{outcome.Check}: {outcome.Noticed}"
        FormattableString.Invariant $"{outcome.Mutant, -26} {broken, -30} {outcome.Seconds, 5:F1} s  {where}"

    exception private NotGreen of string

    /// Tries mutants; the last line counts.
    /// <returns>The exit code: 0 if every one is caught, 1 if one survives or the copy is not sound, 2 for a request that names none.</returns>
    let run (request: Request) : int =
        let all = Mutants.all
        let wanted = all |> List.filter (isWanted request.Only)

        if wanted.IsEmpty then
            let asked = String.Join(", ", request.Only)
            eprintfn $"Expected the beginning of a mutant's name, a claim or a file name, got {asked}."
            2
        elif (AnalogTheory.Z3Process.tryFind ()).IsNone then
            eprintfn "Expected to find z3 on the path: most algebraic mutants are noticed by a solver."
            1
        else
            Directory.CreateDirectory MutatedCopy.folder |> ignore
            let clock = Stopwatch.StartNew()
            let files = MutatedCopy.files ()
            let sources = MutatedCopy.fingerprint files
            MutatedCopy.update files all

            match build () with
            | Some complaint ->
                eprintfn $"{complaint}\nthe copy with the mutants does not build"
                1
            | None ->
                printfn $"{all.Length} mutants built in after {clock.Elapsed.TotalSeconds:F0} s; {wanted.Length} to try"
                let before = Journal.load sources all
                let earlier = before |> List.filter (fun outcome -> wanted |> List.exists (fun mutant -> mutant.Id = outcome.Mutant))
                let isTried (mutant: Mutant) = earlier |> List.exists (fun outcome -> outcome.Mutant = mutant.Id)
                if not earlier.IsEmpty then printfn $"{earlier.Length} were tried before on the same sources:"
                earlier |> List.iter (line >> Console.WriteLine)
                let mutable outcomes = before
                let mutable untried = []
                let gate = obj ()
                let green = ConcurrentDictionary<Check, Lazy<Finding * TimeSpan>>()

                let without check =
                    lazy
                        (let clock = Stopwatch.StartNew()
                         Trial.run (TimeSpan.FromHours 1.0) check 0, clock.Elapsed)

                // A check counts only if it passes without a mutant; with one it may take ten times as long.
                let patience check =
                    match green.GetOrAdd(check, without).Value with
                    | Green, elapsed -> max (TimeSpan.FromMinutes 2.0) (10.0 * elapsed)
                    | Empty, _ -> raise (NotGreen $"{check}: checks nothing")
                    | Unended, elapsed -> raise (NotGreen $"{check}: does not end without a mutant, after {elapsed.TotalMinutes:F0} min")
                    | Noticed what, _ -> raise (NotGreen $"{check}: fails without a mutant: {what}")

                let tryOut (mutant: Mutant) =
                    let number = 1 + List.findIndex (fun (other: Mutant) -> other.Id = mutant.Id) all
                    let clock = Stopwatch()

                    let ask check =
                        let patience = patience check
                        clock.Start()
                        let finding = Trial.run patience check number
                        clock.Stop()
                        finding, patience

                    // A check that does not end says little: those after it are asked before it counts.
                    let rec askAll (unended: (string * string) option) (checks: Check list) =
                        match checks with
                        | [] -> unended
                        | check :: rest ->
                            match ask check with
                            | Noticed what, _ -> Some(string check, what)
                            | Unended, patience -> askAll (Some(string check, $"not ended after {patience.TotalMinutes:F0} min")) rest
                            | (Green | Empty), _ -> askAll unended rest

                    let caught = askAll None mutant.Checks |> Option.orElseWith (fun () -> askAll None everything)

                    let check, noticed = Option.defaultValue ("", "") caught

                    let outcome =
                        { Mutant = mutant.Id
                          Definition = Journal.definition mutant
                          Check = check
                          Noticed = noticed
                          Seconds = clock.Elapsed.TotalSeconds }

                    lock gate (fun () ->
                        outcomes <- outcomes @ [ outcome ]
                        Journal.save { Sources = sources; Outcomes = outcomes }
                        Console.WriteLine(line outcome))

                // What cannot be judged is said, and fails the run; the others are tried.
                let attempt (mutant: Mutant) =
                    try
                        tryOut mutant
                    with NotGreen reason ->
                        lock gate (fun () ->
                            untried <- mutant :: untried
                            printfn $"{mutant.Id, -26} not tried: {reason}")

                try
                    let left = wanted |> List.filter (isTried >> not)

                    Parallel.ForEach(
                        Partitioner.Create(left, EnumerablePartitionerOptions.NoBuffering),
                        ParallelOptions(MaxDegreeOfParallelism = request.Jobs),
                        attempt
                    )
                    |> ignore

                    let results = outcomes |> List.filter (fun outcome -> wanted |> List.exists (fun mutant -> mutant.Id = outcome.Mutant))
                    let survivors = results |> List.filter (fun outcome -> outcome.Check = "")

                    if not Mutants.equivalents.IsEmpty then
                        printfn "Not tried, since they change nothing that is said:"

                        for equivalent in Mutants.equivalents do
                            printfn $"    {Site.expression equivalent.Site} as {equivalent.Becomes}: {equivalent.Because}"

                    for survivor in survivors do
                        let mutant = all |> List.find (fun mutant -> mutant.Id = survivor.Mutant)
                        printfn $"SURVIVED {mutant.Id}: in {mutant.File}, {mutant.Site} with {mutant.Becomes}"

                    if not untried.IsEmpty then printfn $"{untried.Length} not tried, since a check fails without them"

                    printfn $"Time   {clock.Elapsed.TotalSeconds:F0} s"
                    printfn $"{results.Length - survivors.Length} caught, {survivors.Length} survived"
                    if survivors.IsEmpty && untried.IsEmpty then 0 else 1
                with :? AggregateException as errors ->
                    for error in errors.Flatten().InnerExceptions do
                        eprintfn $"{error.GetType().Name}: {error.Message}"

                    1
