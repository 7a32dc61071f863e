module AnalogTheory.Proofs.Main

open Expecto

/// All claims, by the group of theory that they belong to; a new group is one line here.
let claims = testList "claims" [ DeviceChecks.tests; LinearDeviceChecks.tests; SolverChecks.tests; LedgerChecks.tests; NumbersByHand.tests; NumbersByHandDevices.tests ]

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
    // Settles the claims whose identifiers begin as told, all if none is, and writes the ledger.
    | _ when arguments.Length > 0 && arguments[0] = "--verify" ->
        Verify.run Verify.defaultSamples (List.ofArray arguments[1..])
    // Settles the claims told, all if none is, and says what differs from the committed ledger.
    | _ when arguments.Length > 0 && arguments[0] = "--compare" -> Verify.compare (List.ofArray arguments[1..])
    | _ -> runTestsWithCLIArgs [] arguments claims
