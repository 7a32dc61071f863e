module AnalogTheory.Proofs.Main

open Expecto

/// All claims, by the group of theory that they belong to; a new group is one line here.
let claims = testList "claims" [ DeviceChecks.tests; LinearDeviceChecks.tests ]

[<EntryPoint>]
let main arguments = runTestsWithCLIArgs [] arguments claims
