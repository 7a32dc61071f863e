module AnalogTheory.Mutation.Main

open System
open Expecto

let private words (list: string) =
    list.Split(',', StringSplitOptions.RemoveEmptyEntries ||| StringSplitOptions.TrimEntries) |> List.ofArray

let rec private request (arguments: string list) (asked: Mutate.Request) : Mutate.Request option =
    match arguments with
    | [] -> Some asked
    | "--only" :: list :: rest -> request rest { asked with Only = words list }
    | "--jobs" :: count :: rest ->
        match Int32.TryParse count with
        | true, jobs when jobs >= 1 -> request rest { asked with Jobs = jobs }
        | _ -> None
    | _ -> None

[<EntryPoint>]
let main arguments =
    match List.ofArray arguments with
    // Tries the mutants.
    | "--mutate" :: rest ->
        match request rest { Only = []; Jobs = Environment.ProcessorCount } with
        | Some asked -> Mutate.run asked
        | None ->
            eprintfn "Expected --only LIST or --jobs N (at least 1)."
            2
    // Checks the list of mutants itself.
    | _ -> runTestsWithCLIArgs [] arguments ListChecks.tests
