/// A claim about one number, settings to check it, a sampler of fair values, and what a verdict has to say.
module AnalogTheory.Tests.CheckSamples

open Expecto
open AnalogTheory

let claim evidence : Theorem<float> =
    { Id = "X1"
      Source = Source.derived "test"
      Variant = ""
      Statement = "x ≥ 0"
      Hypotheses = [ { Name = "A1"; Margin = fun x -> 10.0 - x } ]
      Instances = [ "one", 1.0; "two", 2.0 ]
      Evidence = evidence
      Necessity = [] }

let settings: CheckSettings =
    { Key = Key.ofSeed 1UL
      Delta = 0.01
      Samples = 20_000L
      Solver = None
      Execution = Execution.Default }

/// Fair values in [mean − 1, mean + 1], from the key and the replica alone.
let sampler mean : Sampler =
    { Draw =
        fun _ key first count ->
            { Values = Array.init count (fun i -> mean + (if (Key.fold (uint64 first + uint64 i) key).Bits % 2UL = 0UL then 1.0 else -1.0))
              Failures = [] }
      Range = Some(mean - 1.0, mean + 1.0)
      Watch = None }

let verdicts settings theorem = Check.run settings (Theorem.pack theorem) |> List.map snd
let first theorem = (verdicts settings theorem).Head

let undecided (part: string) (verdict: Verdict) =
    match verdict with
    | Undecided reason -> Expect.stringContains reason part "reason"
    | other -> failtest $"Expected Undecided, got {other}"

let refuted (verdict: Verdict) =
    match verdict with
    | Refuted(text, _) -> Expect.stringContains text "X1 on one" "counterexample"
    | other -> failtest $"Expected Refuted, got {other}"
