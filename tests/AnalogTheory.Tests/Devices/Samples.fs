/// What several test files need: errors by their messages, tolerances that say what was compared, and statistics with a stated level.
module AnalogTheory.Tests.Samples

open System
open Expecto
open AnalogTheory

/// Raises 'E with a message that contains every part.
let raises<'E when 'E :> exn> (name: string) (parts: string list) (action: unit -> unit) : Test =
    testCase name
    <| fun () ->
        let raised =
            try
                action ()
                None
            with error ->
                Some error

        match raised with
        | Some(:? 'E as error) ->
            for part in parts do
                Expect.stringContains error.Message part "message"
        | Some error -> failtest $"Expected {typeof<'E>.Name}, got {error.GetType().Name}: {error.Message}"
        | None -> failtest $"Expected {typeof<'E>.Name}, nothing was raised."

/// actual is within tolerance of expected; NaN fails.
let near (tolerance: float) (expected: float) (actual: float) (what: string) =
    if not (abs (actual - expected) <= tolerance) then
        failtest $"{what}: expected {expected:R} within {tolerance:g3}, got {actual:R}"

/// Two-sided normal quantile for δ = 10⁻⁶. Keys are fixed, so that a test that passes keeps passing.
let quantile = 4.9

/// Mean and variance with their standard errors, from independent samples.
type Moments = { Mean: float; MeanError: float; Variance: float; VarianceError: float }

let moments (samples: float[]) : Moments =
    let n = float samples.Length
    let mean = Array.average samples
    let second = samples |> Array.averageBy (fun x -> (x - mean) ** 2.0)
    let fourth = samples |> Array.averageBy (fun x -> (x - mean) ** 4.0)

    { Mean = mean
      MeanError = sqrt (second / n)
      Variance = second * n / (n - 1.0)
      VarianceError = sqrt ((fourth - second * second) / n) }

/// Mean and variance agree with expected ones at the level of `quantile` each.
let agrees (expectedMean: float) (expectedVariance: float) (samples: float[]) (what: string) =
    let m = moments samples
    near (quantile * m.MeanError) expectedMean m.Mean $"mean of {what}"
    near (quantile * m.VarianceError) expectedVariance m.Variance $"variance of {what}"

/// One device of each kind.
let devices: Device list =
    [ Ideal.create ()
      AsymmetricLinear.create 0.6
      AsymmetricLinear.createAt 0.6 0.1
      GenericLinear.create 0.6 0.3
      LinearStep.createAt 0.7 -0.4 0.05
      PowerStep.create 0.6 -0.5 1.5 1.2
      SymmetricPower.create 0.6 0.7
      ExponentialStep.create 0.6 -0.5 2.0 1.5
      SymmetricExponential.create 0.6 1.5
      UserDefined.create "tanh" -1.0 1.0 (fun w -> 1.2 - tanh w) (fun w -> 1.1 + tanh w)
      Tabulated.create "table" [| -0.6, 1.8; 0.0, 1.1; 0.6, 0.2 |] [| -0.6, 0.1; 0.1, 1.0; 0.6, 1.6 |] ]
