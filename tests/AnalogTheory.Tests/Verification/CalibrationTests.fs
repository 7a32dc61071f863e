/// Calibration: on claims exactly at the boundary, verdicts of either kind are false alarms, and there may be at most δ of them, however one stops.
module AnalogTheory.Tests.CalibrationTests

open System
open Expecto
open MathNet.Numerics.Distributions
open AnalogTheory

let private seeds = 2000
let private delta = 0.05
let private horizon = 2048

/// Values with mean 0 and their range; the law of a value may depend on its number.
type private Boundary = { Name: string; Range: (float * float) option; Draw: int -> Random -> float }

let private twoPoint name probability high range =
    let low = -high * probability / (1.0 - probability)

    { Name = name
      Range = Some(range low high)
      Draw = fun _ random -> if random.NextDouble() < probability then high else low }

let private tight low high = low, high

let private boundaries =
    [ twoPoint "fair signs" 0.5 1.0 tight
      twoPoint "rare gain, mean next to the lower end" 0.01 1.0 tight
      twoPoint "rarer gain" 0.001 1.0 tight
      twoPoint "rare loss, mean next to the upper end" 0.99 0.01 (fun low high -> low, high)
      twoPoint "near-degenerate: range a thousand deviations wide" 0.5 1e-3 (fun _ _ -> -1.0, 1.0)
      twoPoint "skewed, range wider than the values" 0.1 0.9 (fun _ _ -> -3.0, 2.0)
      { Name = "rarely not zero"
        Range = Some(-1.0, 1.0)
        Draw =
          fun _ random ->
              let u = random.NextDouble()

              if u < 0.01 then 1.0
              elif u < 0.02 then -1.0
              else 0.0 }
      { Name = "uniform"
        Range = Some(-1.0, 1.0)
        Draw = fun _ random -> 2.0 * random.NextDouble() - 1.0 }
      twoPoint "rarer loss, mean next to the upper end" 0.999 0.001 tight
      { Name = "skewed: a square of a uniform"
        Range = Some(-2.0 / 3.0, 1.0 / 3.0)
        Draw = fun _ random -> 1.0 / 3.0 - pown (random.NextDouble()) 2 }
      { Name = "heavy-tailed: a root of a uniform, cut"
        // u^(−1/2) of a uniform above 1/2500 has mean 1.96/.9996.
        Range = Some(1.96 / 0.9996 - 50.0, 1.96 / 0.9996)
        Draw = fun _ random -> 1.96 / 0.9996 - 1.0 / sqrt (0.0004 + 0.9996 * random.NextDouble()) }
      { Name = "not identical: signs, rare losses and uniforms in turn"
        Range = Some(-1.0, 1.0)
        Draw =
          fun i random ->
              match i % 3 with
              | 0 -> if random.NextDouble() < 0.5 then 1.0 else -1.0
              | 1 -> if random.NextDouble() < 0.02 then -0.98 else 0.02
              | _ -> 0.1 * (2.0 * random.NextDouble() - 1.0) } ]

/// Times at which a verdict is asked for: every sample at first, then every twentieth part; the bets remember their best moment in between.
let private times =
    1 |> Seq.unfold (fun t -> if t > horizon then None else Some(t, max (t + 1) (t + t / 20))) |> Seq.toArray

/// Whether a test that is fed the values batch by batch ever raises an alarm.
let private everAlarms
    (start: 'State)
    (update: 'State -> float[] -> 'State)
    (alarm: 'State -> bool)
    (draw: int -> Random -> float)
    (seed: int)
    : bool =
    let random = Random(seed)

    let rec next state seen (left: int list) =
        match left with
        | [] -> false
        | time :: later ->
            let state = update state (Array.init (time - seen) (fun i -> draw (seen + i) random))
            alarm state || next state time later

    next start 0 (Array.toList times)

let private alarms start update alarm draw =
    seq { 1..seeds } |> Seq.sumBy (fun seed -> if everAlarms start update alarm draw seed then 1 else 0)

/// False verdicts of the whole: an interval and two bets.
let private verdicts (boundary: Boundary) =
    alarms
        (ConfidenceSequence.ofRange boundary.Range)
        ConfidenceSequence.updateAll
        (ConfidenceSequence.decide delta >> Option.isSome)
        boundary.Draw

/// Intervals that miss the mean, at the full δ.
let private misses (boundary: Boundary) =
    let lower, upper = Option.get boundary.Range
    let update state (values: float[]) = EmpiricalBernstein.updateAll (ReadOnlySpan<float>(values)) state

    alarms
        (EmpiricalBernstein.create lower upper)
        update
        (fun state -> EmpiricalBernstein.evidence 0.0 state > log (2.0 / delta))
        boundary.Draw

/// Bets that reach 1/δ, at the full δ.
let private windfalls (sign: float) (boundary: Boundary) =
    let lower, upper = Option.get boundary.Range
    let update capital (values: float[]) = Capital.updateAll sign (ReadOnlySpan<float>(values)) capital

    alarms
        (Capital.create (if sign > 0.0 then lower else -upper))
        update
        (fun (capital: Capital) -> capital.Peak >= 1.0 / delta)
        boundary.Draw

/// Chance that at least this many of the seeds err if each errs with probability δ.
let private chance (errors: int) : float = if errors = 0 then 1.0 else 1.0 - Binomial.CDF(delta, seeds, float errors - 1.0)

/// A binomial test at level 10⁻⁴; the seeds are fixed, so that a test that passes keeps passing.
let private atMostDelta (errors: int) =
    if not (chance errors > 1e-4) then
        failtest $"{errors} false alarms of {seeds}: chance {chance errors:g2} if each came with probability {delta}"

let private normal (random: Random) = sqrt (-2.0 * log (1.0 - random.NextDouble())) * cos (2.0 * Math.PI * random.NextDouble())

let private exponential (random: Random) = -log(1.0 - random.NextDouble())

// A loss of 1 with probability p, spread over a width so that the values are many.
let private spreadLoss p width (random: Random) = (if random.NextDouble() < p then p - 1.0 else p) + width * (random.NextDouble() - 0.5)

/// Margins of mean 0 without a range, and whether some seeds get an interval at all within the horizon.
let private unranged: (string * bool * (int -> Random -> float)) list =
    [ "normal", true, (fun _ random -> normal random)
      "skewed to the left: 1 − an exponential", true, (fun _ random -> 1.0 - exponential random)
      "skewed to the right: an exponential − 1", true, (fun _ random -> exponential random - 1.0)
      "heavy-tailed to the left: a log-normal", true, (fun _ random -> sqrt Math.E - exp (normal random))
      "heavy-tailed: Student with three degrees of freedom",
      true,
      (fun _ random -> normal random / sqrt (Seq.sum (Seq.init 3 (fun _ -> pown (normal random) 2)) / 3.0))
      "without a third moment: a power of a uniform", false, (fun _ random -> 2.5 / 1.5 - Math.Pow(1.0 - random.NextDouble(), -0.4))
      "two points p = .001, spread", true, (fun _ random -> spreadLoss 0.001 0.2 random)
      "two points p = .05, spread", true, (fun _ random -> spreadLoss 0.05 0.01 random)
      "not identical: exponentials, every eighth four times as large",
      true,
      (fun i random -> (if i % 8 = 7 then 4.0 else 1.0) * (1.0 - exponential random)) ]

/// Samples after which nine tenths of 100 seeds have settled on Supported, for a mean of a tenth of a deviation.
let private power (delta: float) (boundary: Boundary) (deviation: float) : int =
    let shift = 0.1 * deviation
    let range = boundary.Range |> Option.map (fun (lower, upper) -> lower + shift, upper + shift)

    let settled seed =
        let random = Random(seed: int)

        let rec next state (seen: int) =
            match ConfidenceSequence.decide delta state with
            | Some(Supported _) -> seen
            | _ when seen >= 200_000 -> Int32.MaxValue
            | _ ->
                let batch = max 64 (seen / 20)

                next
                    (ConfidenceSequence.updateAll state (Array.init batch (fun i -> boundary.Draw (seen + i) random + shift)))
                    (seen + batch)

        next (ConfidenceSequence.ofRange range) 0

    (Array.init 100 (fun seed -> settled (seed + 1)) |> Array.sort)[89]

let private settlesWithin (delta: float) (most: int) (name: string) (deviation: float) =
    testCase $"power: a mean of a tenth of a deviation is supported within {most} samples at δ = {delta}, {name}"
    <| fun () ->
        let boundary = boundaries |> List.find (fun boundary -> boundary.Name = name)
        let samples = power delta boundary deviation
        if samples > most then failtest $"nine tenths of the seeds needed {samples} samples"

[<Tests>]
let tests =
    testList
        "verification: calibration"
        [ for boundary in boundaries do
              testCase $"at most one false verdict in twenty at the worst time: {boundary.Name}"
              <| fun () -> atMostDelta (verdicts boundary)

              testCase $"at most one interval in twenty ever misses the mean: {boundary.Name}"
              <| fun () -> atMostDelta (misses boundary)

          for boundary in boundaries do
              for sign, side in [ 1.0, "above"; -1.0, "below" ] do
                  testCase $"at most one bet in twenty on a mean {side} zero ever multiplies by twenty: {boundary.Name}"
                  <| fun () -> atMostDelta (windfalls sign boundary)

          for name, isReached, draw in unranged do
              testCase $"at most one asymptotic verdict in twenty is false at the worst time: {name}"
              <| fun () ->
                  alarms ConfidenceSequence.asymptotic ConfidenceSequence.updateAll (ConfidenceSequence.decide delta >> Option.isSome) draw
                  |> atMostDelta

                  // A test of intervals that are never given would say nothing.
                  let given seed =
                      let random = Random(seed: int)
                      let state = ConfidenceSequence.updateAll ConfidenceSequence.asymptotic (Array.init horizon (fun i -> draw i random))
                      (ConfidenceSequence.obstacle delta state).IsNone

                  Expect.equal (Seq.exists given (seq { 1..200 })) isReached "some seed gets an interval"

          testCase "what no asymptotic interval can see: a loss of which nothing was drawn; a range can"
          <| fun () ->
              // A loss of 200 times the width of the other values, one in a thousand. The label says asymptotic, and the ledger says what that is worth.
              let draw _ random = spreadLoss 0.001 0.005 random
              let settled state = (ConfidenceSequence.decide delta state).IsSome
              let fooled = alarms ConfidenceSequence.asymptotic ConfidenceSequence.updateAll settled draw
              Expect.isGreaterThan fooled (seeds / 2) "without a range"
              alarms (ConfidenceSequence.bounded -1.002 0.0035) ConfidenceSequence.updateAll settled draw |> atMostDelta

          testCase "two-point margins p = .001 of mean −.0005 are never supported without a range, and at most one in twenty with one"
          <| fun () ->
              // Zero sample variance once gave a radius of 0: 1,487 of 2,000 seeds were supported.
              let draw _ (random: Random) = if random.NextDouble() < 0.001 then -1.0 else 0.0005

              let isSupported state =
                  match ConfidenceSequence.decide delta state with
                  | Some(Supported _) -> true
                  | _ -> false

              Expect.equal (alarms ConfidenceSequence.asymptotic ConfidenceSequence.updateAll isSupported draw) 0 "without a range"
              alarms (ConfidenceSequence.bounded -1.0 0.0005) ConfidenceSequence.updateAll isSupported draw |> atMostDelta

          settlesWithin 0.05 2_500 "fair signs" 1.0
          settlesWithin 1e-8 7_000 "fair signs" 1.0
          settlesWithin 0.05 2_500 "uniform" (1.0 / sqrt 3.0)
          settlesWithin 0.05 500 "rare gain, mean next to the lower end" (sqrt (0.01 / 0.99))
          settlesWithin 0.05 4_000 "rare loss, mean next to the upper end" (0.01 * sqrt (0.99 / 0.01))
          settlesWithin 0.05 80_000 "near-degenerate: range a thousand deviations wide" 1e-3 ]
