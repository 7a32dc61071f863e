/// Bounds and margins of hypotheses at numbers that were worked out by hand from the ledger's statements.
/// A published bound is rarely tight, so a claim may stay true when a constant of it is changed; here every constant shows, in both directions.
module AnalogTheory.Proofs.NumbersByHand

open Expecto

let tests =
    testList
        "numbers by hand"
        [ DeviceNumbers.tests
          AnalogSgdNumbers.tests
          LowerBoundNumbers.tests
          TikiTakaNumbers.tests
          FloorNumbers.tests
          AssumptionNumbers.tests ]
