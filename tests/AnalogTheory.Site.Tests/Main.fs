module AnalogTheory.Site.Tests.Main

open Expecto

/// Runs every test of the assembly; 0 if all pass.
[<EntryPoint>]
let main arguments = runTestsInAssemblyWithCLIArgs [ CLIArguments.Summary ] arguments
