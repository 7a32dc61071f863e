/// Checks of claims: every verdict and how it comes about, bad input, budgets, threads.
module AnalogTheory.Tests.CheckTests

open Expecto

[<Tests>]
let tests =
    testList
        "verification: checks"
        (ComputedChecks.tests @ HypothesisChecks.tests @ SampledChecks.tests @ WatchedChecks.tests @ BudgetChecks.tests)
