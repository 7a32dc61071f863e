/// Rank-1 training on a crossbar column against a loop written from its definition, and its pulses against what they should be on average.
module AnalogTheory.Tests.RankOneTests

open System
open System.Collections.Immutable
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Crossbars

let private samples, dimension = 7, 5

let private data =
    let struct (a, _, b) = LeastSquares.randomData samples dimension 0.5 0.3 0.1 (Key.ofSeed 3UL)
    a, b

let private device = GenericLinear.create 1.5 0.2

let private plan =
    let a, b = data

    RankOnePlan(
        Matrix = ImmutableArray.CreateRange(a |> Seq.cast<float>),
        Target = ImmutableArray.CreateRange b,
        Device = device.Law,
        LearningRate = 0.3,
        Pulses = PulseMode.Continuous,
        TrainsBias = true,
        TransferRate = Nullable 0.2,
        Mixing = 0.4,
        Start = 0.25,
        Steps = 40,
        Replicas = 3,
        Key = 17UL
    )

let private run (plan: RankOnePlan) = RankOneTraining.Run([| plan |], 1)[0]

/// A copy of the plan with the parts that the tests vary.
let private varyRate rate mode granularity bits transfer steps replicas key =
    RankOnePlan(
        Matrix = plan.Matrix,
        Target = plan.Target,
        Device = plan.Device,
        LearningRate = rate,
        Pulses = mode,
        Granularity = granularity,
        BitLength = bits,
        TransferRate = transfer,
        TransferBitLength = bits,
        Mixing = plan.Mixing,
        Start = plan.Start,
        Steps = steps,
        Replicas = replicas,
        Key = key
    )

let private vary = varyRate plan.LearningRate

/// The definition, one replica, in plain doubles.
let private byDefinitionAt (learningRate: float) (transfer: float option) (trainsBias: bool) (steps: int) : float[] =
    let a, b = data
    let w, p = Array.create dimension plan.Start, Array.zeroCreate dimension
    let mutable bias = 0.0

    let residuals () =
        Array.init samples (fun n ->
            let visible d = if transfer.IsSome then Math.FusedMultiplyAdd(plan.Mixing, p[d], w[d]) else w[d]
            Seq.fold (fun sum d -> Math.FusedMultiplyAdd(a[n, d], visible d, sum)) (bias - b[n]) (seq { 0 .. dimension - 1 }))

    let loss () =
        (residuals () |> Array.fold (fun sum r -> Math.FusedMultiplyAdd(r, r, sum)) 0.0) * (0.5 / float samples)

    [| loss ()

       for _ in 1..steps do
           let factors = residuals () |> Array.map (fun r -> -learningRate / float samples * r)
           let target = if transfer.IsSome then p else w

           for n in 0 .. samples - 1 do
               for d in 0 .. dimension - 1 do
                   target[d] <- device.Update(target[d], factors[n] * a[n, d])

               if trainsBias then bias <- bias + factors[n]

           match transfer with
           | Some rate ->
               for d in 0 .. dimension - 1 do
                   w[d] <- device.Update(w[d], rate * p[d])
           | None -> ()

           loss () |]

let private byDefinition = byDefinitionAt plan.LearningRate

/// Mean over replicas of the loss after one step, with its standard error.
let private afterOneStep rate mode granularity =
    let replicas = 16384
    let losses = run (varyRate rate mode granularity 4000 (Nullable()) 1 replicas 5UL)
    Estimate.ofArray losses[replicas..]

let private refuses (part: string) (plan: RankOnePlan) =
    let message = (Expect.throwsC (fun () -> RankOneTraining.Run [| plan |] |> ignore) id).Message
    Expect.stringContains message part "the message names the part that does not fit"

[<Tests>]
let tests =
    testList
        "rank-1 training"
        [ test "without pulses it is the definition, bit for bit, in every replica" {
              let losses, expected = run plan, byDefinition (Some 0.2) true plan.Steps

              for point in 0 .. plan.Steps do
                  for replica in 0..2 do
                      Expect.equal losses[point * 3 + replica] expected[point] $"loss before step {point}, replica {replica}"
          }

          test "without transfer and bias it trains W alone" {
              let losses = run (vary PulseMode.Continuous 1.0 1 (Nullable()) 30 1 17UL)
              Expect.equal losses (byDefinition None false 30) "loss along the run"
          }

          test "many plans on several threads give the bits of one plan on one thread" {
              let plans =
                  [| for mode in [ PulseMode.PerElement; PulseMode.SharedRow ] do
                         for replicas in [ 1; 8; 21 ] -> vary mode 0.01 9 (Nullable 0.2) 25 replicas 11UL |]

              let together = RankOneTraining.Run(plans, 3)
              Seq.iter2 (fun plan losses -> Expect.equal losses (run plan) "losses") plans together
          }

          test "replica r is the same run however many replicas there are" {
              let few, many =
                  run (vary PulseMode.PerElement 0.01 9 (Nullable()) 25 2 11UL),
                  run (vary PulseMode.PerElement 0.01 9 (Nullable()) 25 19 11UL)

              for point in 0..25 do
                  for replica in 0..1 do
                      Expect.equal many[point * 19 + replica] few[point * 2 + replica] $"point {point}, replica {replica}"
          }

          // Pulses compose to first order in Δ (D5), so a small rate and fine pulses give the dynamic's change of the loss on average.
          for mode in [ PulseMode.PerElement; PulseMode.SharedRow ] do
              test $"{mode}: the mean change of the loss in a small step is the dynamic's" {
                  let rate = 0.003
                  let dynamic = byDefinitionAt rate None false 1
                  let pulses = afterOneStep rate mode 1e-5
                  let change = dynamic[1] - dynamic[0]
                  Expect.isLessThan change 0.0 "the step descends"
                  let allowance = 5.0 * pulses.StandardError + 0.01 * abs change
                  Expect.isLessThan (abs (pulses.Mean - dynamic[1])) allowance "difference; five standard errors and 1 % for second order"
              }

          test "pulses that share their row's bit move together: the loss after a step spreads more than with independent ones" {
              let spread mode = (afterOneStep 0.3 mode 5e-2).StandardError
              Expect.isGreaterThan (spread PulseMode.SharedRow / spread PulseMode.PerElement) 1.1 "ratio of deviations over 16,384 replicas"
          }

          test "a bit length too short clips the update: W moves by at most BL·N·Δw_min·max q" {
              let start = (byDefinition None false 0)[0]
              let losses = run (vary PulseMode.PerElement 1e-6 2 (Nullable()) 1 8 5UL)

              for replica in 0..7 do
                  Expect.isLessThan (abs (losses[8 + replica] - start)) (1e-3 * start) "loss after one clipped step"
          }

          test "another key gives other pulses" {
              Expect.notEqual
                  (run (vary PulseMode.PerElement 0.01 9 (Nullable()) 5 2 1UL))
                  (run (vary PulseMode.PerElement 0.01 9 (Nullable()) 5 2 2UL))
                  "losses"
          }

          test "parts that do not fit are named" {
              refuses
                  "LearningRate"
                  (RankOnePlan(
                      Matrix = plan.Matrix,
                      Target = plan.Target,
                      Device = plan.Device,
                      LearningRate = nan,
                      Pulses = PulseMode.Continuous,
                      Steps = 1,
                      Replicas = 1,
                      Key = 0UL
                  ))

              refuses "Granularity" (vary PulseMode.PerElement 0.0 9 (Nullable()) 1 1 0UL)
              refuses "BitLength" (vary PulseMode.PerElement 0.1 0 (Nullable()) 1 1 0UL)
              refuses "Replicas" (vary PulseMode.PerElement 0.1 9 (Nullable()) 1 0 0UL)
              refuses "steps" (vary PulseMode.PerElement 0.1 9 (Nullable()) -1 1 0UL)

              refuses
                  "matrix"
                  (RankOnePlan(
                      Matrix = plan.Matrix.RemoveAt 0,
                      Target = plan.Target,
                      Device = plan.Device,
                      LearningRate = 0.1,
                      Pulses = PulseMode.Continuous,
                      Steps = 1,
                      Replicas = 1,
                      Key = 0UL
                  ))
          } ]
