module AnalogTheory.Proofs.Main

open System
open Expecto

/// All claims, by the group of theory that they belong to; a new group is one line here.
let claims =
    testList
        "claims"
        [ DeviceChecks.tests
          LinearDeviceChecks.tests
          SolverChecks.tests
          LedgerChecks.tests
          ClaimChecks.tests
          InterruptionChecks.tests
          NumbersByHand.tests
          EveryDeviceNumbers.tests
          PulseNumbers.tests ]

let private (|Seed|_|) (text: string) =
    match UInt64.TryParse text with
    | true, seed -> Some seed
    | _ -> None

let private (|Count|_|) (text: string) =
    match Int32.TryParse text with
    | true, count when count >= 1 -> Some count
    | _ -> None

// A disk that is full or a folder that is closed is one line, not a trace.
let private orOneLine (work: unit -> int) : int =
    try
        work ()
    with :? System.IO.IOException as refused ->
        eprintfn $"{refused.Message}"
        1

// The options of `--verify` stand before the claims.
let rec private verify (seed: uint64) (folder: string option) (words: string list) : int =
    match words with
    | "--seed" :: Seed seed :: others -> verify seed folder others
    | "--seed" :: others ->
        let got = others |> List.tryHead |> Option.defaultValue "nothing"
        eprintfn $"Expected a seed, a whole number below 2^64, got {got}."
        2
    | "--out" :: folder :: others when folder <> "" -> verify seed (Some folder) others
    | "--out" :: _ ->
        eprintfn "Expected a folder after --out, got nothing."
        2
    | claims -> Verify.run seed folder claims

[<EntryPoint>]
let main arguments =
    match arguments with
    // Writes proofs-checks/smt from the claims.
    | [| "--write-queries" |] ->
        SolverChecks.writeQueries ()
        0
    // Prints what every query and control costs the solver.
    | [| "--solver-report" |] ->
        SolverChecks.report ()
        0
    // Settles all sampled claims on as many fresh seeds as told, and writes the table of what changed.
    | [| "--holdout"; Count count |] -> orOneLine (fun () -> Verify.holdout count)
    // Settles the claims whose identifiers begin as told, all if none is, with the seed told: the ledger's own writes the ledger, and a folder gets one of its own.
    | _ when arguments.Length > 0 && arguments[0] = "--verify" ->
        orOneLine (fun () -> verify Verify.seed None (List.ofArray arguments[1..]))
    // Settles the claims told, all if none is, and says what differs from the committed ledger.
    | _ when arguments.Length > 0 && arguments[0] = "--compare" -> Verify.compare (List.ofArray arguments[1..])
    | _ -> runTestsWithCLIArgs [] arguments claims
