/// Assertions shared by the tests: bits, tolerances, messages of exceptions, and draws under fixed keys.
[<RequireQualifiedAccess>]
module AnalogTheory.Tests.Check

open System
open Expecto
open MathNet.Numerics.Distributions
open AnalogTheory
open AnalogTheory.Kernels.Sampling

// All NaN are one value: their payloads carry no information.
let private pattern (x: float) = if Double.IsNaN x then 0x7FF8_0000_0000_0000L else BitConverter.DoubleToInt64Bits x

/// Whether two sequences have the same bits, signed zeros included.
let sameBits (a: float[]) (b: float[]) : bool = a.Length = b.Length && Array.forall2 (fun x y -> pattern x = pattern y) a b

/// Fails unless the bits agree; the message gives the first difference.
let bits (what: string) (actual: float[]) (expected: float[]) : unit =
    if not (sameBits actual expected) then
        if actual.Length <> expected.Length then
            failtestf "%s: expected %d numbers, got %d" what expected.Length actual.Length

        let i = Seq.findIndex (fun i -> pattern actual[i] <> pattern expected[i]) (seq { 0 .. actual.Length - 1 })

        failtestf "%s: expected the bits of %.17g at %d, got %.17g" what expected[i] i actual[i]

/// Fails unless |actual − expected| ≤ tolerance; NaN fails.
let close (tolerance: float) (what: string) (actual: float) (expected: float) : unit =
    if not (abs (actual - expected) <= tolerance) then
        failtestf "%s: expected %.17g within %g, got %.17g" what expected tolerance actual

/// Fails unless actual ≤ bound; NaN fails.
let atMost (what: string) (actual: float) (bound: float) : unit =
    if not (actual <= bound) then failtestf "%s: expected at most %.17g, got %.17g" what bound actual

/// Fails unless an ArgumentException is raised whose message contains every part: the argument, the expectation, the value.
let refuses (parts: string list) (action: unit -> 'a) : unit =
    let message =
        try
            action () |> ignore
            None
        with :? ArgumentException as e ->
            Some e.Message

    match message with
    | None -> failtestf "expected an ArgumentException with %A, got none" parts
    | Some text ->
        for part in parts do
            Expect.stringContains text part "the message names argument, expectation and value"

/// Two-sided threshold of a z-score when `comparisons` of them share the error probability δ.
let threshold (delta: float) (comparisons: int) : float = -Normal.InvCDF(0.0, 1.0, 0.5 * delta / float comparisons)

/// Fails unless an estimate lies within `threshold` standard errors; rounding is allowed for where the error is 0.
let zScore (threshold: float) (what: string) (estimate: Estimate) (expected: float) : unit =
    let allowance = threshold * estimate.StandardError + 1e-12 * (1.0 + abs expected)

    if not (abs (estimate.Mean - expected) <= allowance) then
        let z = (estimate.Mean - expected) / estimate.StandardError

        failtestf
            "%s: expected %.9g, got %.9g ± %.2g (z = %.2f, threshold %.2f)"
            what
            expected
            estimate.Mean
            estimate.StandardError
            z
            threshold

/// Uniforms in (lower, upper) under a name; the same on every run.
let uniforms (name: string) (lower: float) (upper: float) (count: int) : float[] =
    let key = Key.ofSeed 20240618UL |> Key.named name
    Array.init count (fun i -> lower + (upper - lower) * Uniform.At(key.Bits, Purpose.General, 0u, uint64 i))

/// The same with standard normals.
let normals (name: string) (count: int) : float[] =
    let key = Key.ofSeed 20240618UL |> Key.named name
    Array.init count (fun i -> Gaussian.At(key.Bits, Purpose.General, 0u, uint64 i))

/// Σ p·f over a joint support, coordinate by coordinate.
let expectation (f: Weights -> float[]) (support: struct (float * Weights)[]) : float[] =
    support
    |> Array.map (fun (struct (probability, vector)) -> f vector |> Array.map ((*) probability))
    |> Array.reduce (Array.map2 (+))
