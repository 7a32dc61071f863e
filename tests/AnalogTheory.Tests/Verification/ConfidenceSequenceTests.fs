/// Confidence sequences: their formulas against direct evaluation, values outside the range, means that are not normal, and degenerate ranges.
module AnalogTheory.Tests.ConfidenceSequenceTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Tests.Samples

let private draws seed count =
    let random = Random(seed: int)
    Array.init count (fun _ -> random.NextDouble() - 0.4)

let private feed (range: float * float) (values: float[]) = ConfidenceSequence.updateAll (ConfidenceSequence.ofRange (Some range)) values

let private bernstein lower upper (values: float[]) =
    EmpiricalBernstein.updateAll (ReadOnlySpan<float>(values)) (EmpiricalBernstein.create lower upper)

let private wealth least sign (values: float[]) = (Capital.updateAll sign (ReadOnlySpan<float>(values)) (Capital.create least)).Peak

/// The supermartingale of EmpiricalBernstein's remarks, term by term from its definition.
let private evidenceByDefinition (lower: float) (upper: float) (mean: float) (values: float[]) =
    let y = values |> Array.map (fun x -> (x - lower) / (upper - lower))
    let m = (mean - lower) / (upper - lower)
    let predicted i = (0.5 + Array.sum y[0 .. i - 1]) / float (i + 1)

    let term stake =
        let psi = -log(1.0 - stake) - stake
        let excess = y |> Array.sumBy (fun value -> value - m)
        let variation = y |> Array.mapi (fun i value -> (value - predicted i) ** 2.0) |> Array.sum
        exp (stake * abs excess - psi * variation)

    log (Array.average (Array.init 16 (fun j -> term (0.75 / 2.0 ** float j))))

let private formulas =
    [ testCase "wealth is the average over stakes of the products of gains, at its best time"
      <| fun () ->
          let values = [| 0.5; -0.3; 1.0; -1.9; 0.7 |]
          let stake j = 1.0 / 2.0 / 2.0 ** float j

          let after t =
              Array.average (Array.init 16 (fun j -> values[0 .. t - 1] |> Array.fold (fun money x -> money * (1.0 + stake j * x)) 1.0))

          near 1e-14 (Seq.max (Seq.map after (seq { 0..5 }))) (wealth -2.0 1.0 values) "peak"
          near 1e-14 (Seq.max (Seq.map after (seq { 0..5 }))) (wealth -2.0 -1.0 (values |> Array.map (~-))) "peak of the mirror"

      testCase "a bet decides the sign exactly when it has multiplied by 4/δ"
      <| fun () ->
          // Gains of the whole range's lower half: wealth after n is the average of (1 + 2⁻ʲ)ⁿ.
          let money n = Array.average (Array.init 16 (fun j -> (1.0 + 2.0 ** -(float j)) ** float n))

          for n in 1..40 do
              let up = feed (-0.001, 1.0) (Array.create n 0.001) |> ConfidenceSequence.decide 0.01
              let down = feed (-1.0, 0.001) (Array.create n -0.001) |> ConfidenceSequence.decide 0.01
              Expect.equal up.IsSome (money n >= 400.0) $"up after {n}"
              Expect.equal down.IsSome (money n >= 400.0) $"down after {n}"

              Expect.equal
                  (match up with
                   | Some(Supported _) -> true
                   | _ -> false)
                  up.IsSome
                  "supported"

              Expect.equal
                  (match down with
                   | Some(RefutedAtConfidence _) -> true
                   | _ -> false)
                  down.IsSome
                  "refuted"

      testCase "evidence against a mean is the averaged supermartingale of the remarks"
      <| fun () ->
          let values = draws 1 300
          let state = bernstein -0.5 0.7 values

          for mean in [ -0.4; 0.0; 0.1; 0.6 ] do
              near 1e-9 (evidenceByDefinition -0.5 0.7 mean values) (EmpiricalBernstein.evidence mean state) $"evidence against {mean}"

      testCase "the interval's ends are where the evidence reaches log(2/δ)"
      <| fun () ->
          for count in [ 50; 1000 ] do
              let state = bernstein -0.5 0.7 (draws 2 count)

              for delta in [ 0.05; 1e-9 ] do
                  let struct (lower, upper) = EmpiricalBernstein.interval delta state
                  // Where the interval was cut at the range, its end has less evidence against it.
                  if lower > -0.5 then
                      near 1e-9 (log (2.0 / delta)) (EmpiricalBernstein.evidence lower state) "at the lower end"

                  if upper < 0.7 then
                      near 1e-9 (log (2.0 / delta)) (EmpiricalBernstein.evidence upper state) "at the upper end"

      testCase "half of δ goes to the interval"
      <| fun () ->
          let values = draws 3 50
          let struct (lower, upper) = ConfidenceSequence.interval 0.02 (feed (-0.5, 0.7) values)
          let struct (expectedLower, expectedUpper) = EmpiricalBernstein.interval 0.01 (bernstein -0.5 0.7 values)
          Expect.equal (lower, upper) (expectedLower, expectedUpper) "interval"

      testCase "the asymptotic interval is the published formula"
      <| fun () ->
          let values = draws 4 1000
          let m = moments values
          let t, delta = 1000.0, 0.05
          let rho2 = (-2.0 * log delta + log (1.0 - 2.0 * log delta)) / 1024.0
          let radius = sqrt m.Variance * sqrt (2.0 * (t * rho2 + 1.0) / (t * t * rho2) * log (sqrt (t * rho2 + 1.0) / delta))

          let struct (lower, upper) =
              ConfidenceSequence.interval delta (ConfidenceSequence.updateAll ConfidenceSequence.asymptotic values)

          near 1e-12 (m.Mean - radius) lower "lower"
          near 1e-12 (m.Mean + radius) upper "upper"

      testCase "below 256 values there is no asymptotic interval"
      <| fun () ->
          let after count =
              ConfidenceSequence.interval 0.05 (ConfidenceSequence.updateAll ConfidenceSequence.asymptotic (draws 5 count))

          Expect.equal (after 255) (struct (-infinity, infinity)) "255"
          let struct (lower, _) = after 256
          Expect.isTrue (Double.IsFinite lower) "256"

      testCase "one value at a time gives the same bits as a batch"
      <| fun () ->
          for start in [ ConfidenceSequence.bounded -0.5 0.7; ConfidenceSequence.asymptotic ] do
              let values = draws 6 400
              let batch = ConfidenceSequence.updateAll start values
              let single = Array.fold ConfidenceSequence.update start values
              let parts = Array.fold ConfidenceSequence.updateAll start (Array.splitInto 7 values)
              Expect.equal (ConfidenceSequence.evidence 0.05 single) (ConfidenceSequence.evidence 0.05 batch) "single"
              Expect.equal (ConfidenceSequence.evidence 0.05 parts) (ConfidenceSequence.evidence 0.05 batch) "parts" ]

let private vacuous (count: int64) (all: int64) (verdict: Verdict option) =
    match verdict with
    | Some(Vacuous [ failed ]) -> Expect.equal (failed.Name, failed.Replicas) ("range", Some(count, all)) "hypothesis and counts"
    | other -> failtest $"got {other}"

let private outside =
    [ for value in [ nan; infinity; -infinity; 0.8; -0.6 ] do
          testCase $"in a known range {value} decides nothing, whatever else was seen"
          <| fun () ->
              for others in [ draws 7 100; Array.create 5000 0.6; Array.create 5000 -0.4 ] do
                  let state = feed (-0.5, 0.7) (Array.concat [ others; [| value; value |]; others ])
                  Expect.equal (state.Outside, state.Count) (2L, 2L + 2L * int64 others.Length) "counts"
                  vacuous 2L state.Count (ConfidenceSequence.decide 0.1 state)
                  Expect.equal (ConfidenceSequence.interval 0.1 state) (struct (-infinity, infinity)) "interval"

      for value in [ nan; infinity; -infinity ] do
          testCase $"without a range one {value} decides nothing"
          <| fun () ->
              let state = ConfidenceSequence.updateAll ConfidenceSequence.asymptotic (Array.append (draws 8 1000) [| value |])
              vacuous 1L 1001L (ConfidenceSequence.decide 0.05 state)

      testCase "the value furthest outside is told with its distance"
      <| fun () ->
          match ConfidenceSequence.decide 0.05 (feed (-1.0, 1.0) [| 0.5; 1.25; -3.0; 2.0 |]) with
          | Some(Vacuous [ failed ]) ->
              near 1e-15 -2.0 failed.Margin "distance"
              Expect.equal failed.Replicas (Some(3L, 4L)) "all three are counted, also the one that is not the furthest so far"
              Expect.stringContains failed.Note "[-1, 1] is declared, the furthest outside is -3" "words"
          | other -> failtest $"got {other}"

      testCase "rounding outside the range is inside"
      <| fun () ->
          let state = feed (-0.5, 0.7) [| 0.7 + 1e-13; -0.5 - 1e-13 |]
          Expect.equal state.Outside 0L "outside"
          near 1e-12 0.1 state.Mean "mean"
          // A narrow range of large numbers: rounding goes with the numbers.
          Expect.equal (feed (1e6, 1e6 + 1e-3) [| 1e6 - 1e-10 |]).Outside 0L "large numbers"

      testCase "rare losses beyond a declared range are vacuous and not supported, values all beyond it are vacuous and not refuted"
      <| fun () ->
          // Mean −.0005, the losses of −1 outside ±.01: 200 of 200 seeds were supported at δ = 10⁻⁶ when such values were moved to the end.
          for seed in 1..200 do
              let random = Random(seed)
              let values = Array.init 20_000 (fun _ -> if random.NextDouble() < 0.001 then -1.0 else 0.0005)
              let state = feed (-0.01, 0.01) values

              vacuous
                  (values |> Array.filter (fun value -> value < 0.0) |> Array.length |> int64)
                  20_000L
                  (ConfidenceSequence.decide 1e-6 state)

          vacuous 1000L 1000L (ConfidenceSequence.decide 0.05 (feed (-1.0, 1.0) (Array.create 1000 2.0))) ]

let private obstacles =
    let after (values: float[]) = ConfidenceSequence.updateAll ConfidenceSequence.asymptotic values

    let refuses (part: string) (values: float[]) =
        Expect.stringContains (ConfidenceSequence.obstacle 0.05 (after values) |> Option.defaultValue "none") part "reason"
        Expect.isNone (ConfidenceSequence.decide 0.05 (after values)) "decision"

    [ testCase "margins without a spread have no asymptotic interval"
      <| fun () ->
          refuses "all 100000 margins are 0.0005" (Array.create 100_000 0.0005)
          refuses "all 300 margins are -2" (Array.create 300 -2.0)

      testCase "margins of few values have no asymptotic interval"
      <| fun () -> refuses "took 2 values only" (Array.init 5000 (fun i -> if i % 2 = 0 then 1.0 else 0.5))

      testCase "thirty-two values may do"
      <| fun () ->
          let values count = Array.init 2048 (fun i -> 1.0 + float (i % count))
          refuses "took 31 values" (values 31)
          Expect.isSome (ConfidenceSequence.decide 0.05 (after (values 32))) "32"

      testCase "skewed and heavy-tailed margins wait until their mean can be normal: n ≥ 32 log(1/δ)·kurtosis"
      <| fun () ->
          // One value in a hundred is large: kurtosis about 98, which asks for 9,400.
          let values count = Array.init count (fun i -> if i % 100 = 99 then 50.0 else 1.0 + 1e-3 * float (i % 97))
          refuses "kurtosis 98 the mean of 9000 margins" (values 9_000)
          Expect.isSome (ConfidenceSequence.decide 0.05 (after (values 9_600))) "later"
          // The smaller δ, the longer.
          Expect.isNone (ConfidenceSequence.decide 1e-6 (after (values 9_600))) "later, δ = 10⁻⁶"

      testCase "skewness and kurtosis are those of the definition"
      <| fun () ->
          let values = draws 9 500 |> Array.map (fun x -> x * x)
          let state = AsymptoticInterval.updateAll (ReadOnlySpan<float>(values)) AsymptoticInterval.empty
          let mean = Array.average values
          let central (power: int) = values |> Array.averageBy (fun x -> pown (x - mean) power)
          near 1e-10 (central 3 / Math.Pow(central 2, 1.5)) state.Skewness "skewness"
          near 1e-10 (central 4 / pown (central 2) 2) state.Kurtosis "kurtosis" ]

let private degenerate =
    [ testCase "without values the interval is the range"
      <| fun () ->
          Expect.equal (ConfidenceSequence.interval 0.05 (ConfidenceSequence.bounded -1.0 2.0)) (struct (-1.0, 2.0)) "interval"
          Expect.isNone (ConfidenceSequence.decide 0.05 (ConfidenceSequence.bounded -1.0 2.0)) "decision"

      testCase "a range on one side of zero decides by itself"
      <| fun () ->
          match ConfidenceSequence.decide 1e-9 (feed (0.0, 2.0) [| 0.0 |]) with
          | Some(Supported _) -> ()
          | other -> failtest $"got {other}"

          match ConfidenceSequence.decide 1e-9 (feed (-2.0, -1e-9) [| -1.0 |]) with
          | Some(RefutedAtConfidence _) -> ()
          | other -> failtest $"got {other}"

      testCase "a range of one number is that number"
      <| fun () -> Expect.equal (ConfidenceSequence.interval 0.05 (feed (0.25, 0.25) [| 0.25; 0.25 |])) (struct (0.25, 0.25)) "interval"

      testCase "a bankrupt gambler is not revived, a rich one stays finite"
      <| fun () ->
          Expect.equal (wealth -1.0 1.0 (Array.create 100 -1.0)) 1.0 "peak"
          Expect.isTrue (Double.IsFinite(wealth -1.0 1.0 (Array.create 5000 1.0))) "peak"

      testCase "contradicting parts say nothing"
      <| fun () ->
          // A long loss after a long gain on a wide range: both bets won.
          let state = feed (-1.0, 1.0) (Array.append (Array.create 60 1.0) (Array.create 3000 -1.0))
          Expect.isNone (ConfidenceSequence.decide 0.05 state) "decision"

      raises<ArgumentException> "a range the wrong way round is refused" [ "upper" ] (fun () ->
          ConfidenceSequence.bounded 1.0 0.0 |> ignore)
      raises<ArgumentException> "an infinite range is refused" [ "finite" ] (fun () -> ConfidenceSequence.bounded 0.0 infinity |> ignore)
      raises<ArgumentException> "a range of NaN is refused" [ "finite" ] (fun () -> ConfidenceSequence.bounded nan 1.0 |> ignore)
      for delta in [ 0.0; 1.0; nan ] do
          raises<ArgumentException> $"δ = {delta} is refused" [ "delta" ] (fun () ->
              ConfidenceSequence.interval delta (feed (0.0, 1.0) [| 0.5 |]) |> ignore) ]

[<Tests>]
let tests = testList "verification: confidence sequences" (formulas @ outside @ obstacles @ degenerate)
