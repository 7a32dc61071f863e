module AnalogTheory.Tests.PulseTrainTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Sampling
open AnalogTheory.Tests.Samples

let private key = Key.ofSeed 3UL

// The definition of a noiseless train.
let private fold (pulsed: PulsedDevice) (pulses: int) (w: float) : float[] =
    let device = pulsed.Device

    let next w =
        if pulses < 0 then w - pulsed.Granularity * device.Down w else w + pulsed.Granularity * device.Up w

    Array.scan (fun w _ -> next w) w [| 1 .. abs pulses |]

let private noiseless =
    testList
        "without cycle noise"
        [ for device in devices do
              testCase $"a train is the fold of w ± Δw_min·q±(w), bit for bit: {device}"
              <| fun () ->
                  let pulsed = PulsedDevice.create 0.003 device

                  for pulses in [ 0; 1; 63; 64; 65; 300; -1; -64; -300 ] do
                      let expected = fold pulsed pulses 0.05
                      Expect.equal (PulseTrain.trajectory pulsed key pulses 0.05) expected $"trajectory of {pulses}"
                      Expect.equal (PulseTrain.send pulsed key pulses 0.05) (Array.last expected) $"end of {pulses}"

          for device in devices do
              testCase $"a pulse is the update by Δw_min: {device}"
              <| fun () ->
                  let pulsed = PulsedDevice.create 0.003 device

                  for pulses in [ 1; -1 ] do
                      // U rounds two products and two sums, each by half a last place.
                      near 1e-16 (device.Update(0.05, 0.003 * float pulses)) (PulseTrain.send pulsed key pulses 0.05) $"pulse {pulses}"

          testCase "an update sends ⌈|Δ|/Δw_min⌉ pulses of the sign of Δ"
          <| fun () ->
              let pulsed = AsymmetricLinear.create 0.6 |> PulsedDevice.create 0.01
              Expect.equal (PulseTrain.update pulsed PulseRounding.Up key -0.035 0.1) (PulseTrain.send pulsed key -4 0.1) "down"
              Expect.equal (PulseTrain.update pulsed PulseRounding.Nearest key 0.034 0.1) (PulseTrain.send pulsed key 3 0.1) "up"

          testCase "a clipped element stays on its bound and leaves it"
          <| fun () ->
              let pulsed = Ideal.create () |> PulsedDevice.create 0.25 |> PulsedDevice.clippedTo -0.5 0.625
              Expect.equal (PulseTrain.trajectory pulsed key 4 0.0) [| 0.0; 0.25; 0.5; 0.625; 0.625 |] "up"
              Expect.equal (PulseTrain.trajectory pulsed key -3 0.625) [| 0.625; 0.375; 0.125; -0.125 |] "down"
              Expect.equal (PulseTrain.send pulsed key -9 0.625) -0.5 "floor"

          testCase "the response curve goes up, then down, and is a table"
          <| fun () ->
              let pulsed = AsymmetricLinear.create 0.6 |> PulsedDevice.create 0.01
              let table = UpDownResponse.table pulsed key 20 30 0.1
              let up = PulseTrain.trajectory pulsed key 20 0.1
              let down = PulseTrain.trajectory pulsed key -30 up[20]
              Expect.equal (Table.numbers "weight" table) (Array.append up down[1..]) "weights"
              Expect.equal (Table.numbers "pulse" table) (Array.init 51 float) "pulses" ]

// Independent trains of one element: the keys of a family.
let private ensemble (count: int) (run: Key -> float) : float[] = Array.init count (fun i -> run (Key.fold (uint64 i) (Key.ofSeed 5UL)))

let private noise =
    testList
        "with cycle noise"
        [ testCase "a train is a function of its key, and a longer train begins with the shorter one"
          <| fun () ->
              let pulsed =
                  AsymmetricLinear.create 0.6
                  |> PulsedDevice.create 0.003
                  |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.3)

              let long = PulseTrain.trajectory pulsed key 500 0.05
              Expect.equal (PulseTrain.trajectory pulsed key 500 0.05) long "again"
              Expect.notEqual (PulseTrain.trajectory pulsed (Key.ofSeed 4UL) 500 0.05) long "another key"

              for pulses in [ 1; 63; 64; 65; 130 ] do
                  Expect.equal (PulseTrain.trajectory pulsed key pulses 0.05) long[..pulses] $"first {pulses}"
                  Expect.equal (PulseTrain.send pulsed key pulses 0.05) long[pulses] $"end of {pulses}"

          testCase "pulse n is scaled by 1 + σ·ξ with element n of the key's stream, through the response of its own direction"
          <| fun () ->
              let device = LinearStep.create 0.7 -0.4
              // σ = 2 turns many steps round: the response must stay that of the pulse's direction.
              for noise in [ CycleNoise.Multiplicative 2.0; CycleNoise.Additive 2.0 ] do
                  let pulsed = PulsedDevice.create 0.003 device |> PulsedDevice.withCycleNoise noise

                  for pulses in [ 150; -150 ] do
                      let path = PulseTrain.trajectory pulsed key pulses 0.05
                      let sign = float (sign pulses)

                      for n in 0..149 do
                          let xi = Gaussian.At(key.Bits, Purpose.CycleNoise, 0u, uint64 n)
                          let q = if pulses > 0 then device.Up path[n] else device.Down path[n]

                          let step =
                              match noise with
                              | CycleNoise.Additive deviation -> q + deviation * xi
                              | CycleNoise.Multiplicative deviation -> q * (1.0 + deviation * xi)
                              | CycleNoise.Absent -> q

                          near 1e-16 (path[n] + sign * 0.003 * step) path[n + 1] $"pulse {n} of {pulses} with {noise}"

          testCase "multiplicative noise on the asymmetric linear device: mean and variance of 100 pulses (20,000 trains, δ = 10⁻⁶ each)"
          <| fun () ->
              let tau, granularity, deviation, start = 0.6, 0.01, 0.5, -0.2

              let pulsed =
                  AsymmetricLinear.create tau
                  |> PulsedDevice.create granularity
                  |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative deviation)
              // x = w − τ is multiplied by 1 − (Δw/τ)(1 + σξ).
              let ratio = granularity / tau
              let x = start - tau
              let mean = x * (1.0 - ratio) ** 100.0
              let second = x * x * ((1.0 - ratio) ** 2.0 + (ratio * deviation) ** 2.0) ** 100.0
              let samples = ensemble 20000 (fun key -> PulseTrain.send pulsed key 100 start)
              agrees (tau + mean) (second - mean * mean) samples "w after 100 pulses up"

          testCase "additive noise on the asymmetric linear device: mean and variance of 100 pulses (20,000 trains, δ = 10⁻⁶ each)"
          <| fun () ->
              let tau, granularity, deviation, start = 0.6, 0.01, 0.5, 0.3

              let pulsed =
                  AsymmetricLinear.create tau
                  |> PulsedDevice.create granularity
                  |> PulsedDevice.withCycleNoise (CycleNoise.Additive deviation)

              let rest = 1.0 - granularity / tau
              let variance = (granularity * deviation) ** 2.0 * (1.0 - rest ** 200.0) / (1.0 - rest * rest)
              let samples = ensemble 20000 (fun key -> PulseTrain.send pulsed key -100 start)
              agrees (-tau + (start + tau) * rest ** 100.0) variance samples "w after 100 pulses down"

          testCase "no deviation is no noise, bit for bit"
          <| fun () ->
              let pulsed = AsymmetricLinear.create 0.6 |> PulsedDevice.create 0.003
              let silent = PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.0) pulsed
              Expect.equal (PulseTrain.trajectory silent key 200 0.0) (PulseTrain.trajectory pulsed key 200 0.0) "trajectory" ]

let private refused =
    testList
        "refuses"
        [ for value in [ 0.0; -1.0; nan; infinity ] do
              raises<ArgumentException> $"granularity {value}" [ "granularity"; "above 0"; $"{value}" ] (fun () ->
                  PulsedDevice.create value (Ideal.create ()) |> ignore)
          for value in [ -1.0; nan; infinity ] do
              raises<ArgumentException> $"deviation {value}" [ "deviation"; "at least 0"; $"{value}" ] (fun () ->
                  PulsedDevice.create 1.0 (Ideal.create ())
                  |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative value)
                  |> ignore)
          for floor, ceiling in [ 1.0, 1.0; 2.0, 1.0; nan, 1.0; 0.0, nan ] do
              raises<ArgumentException> $"clipping to [{floor}, {ceiling}]" [ "floor below ceiling"; $"{floor}"; $"{ceiling}" ] (fun () ->
                  PulsedDevice.create 1.0 (Ideal.create ()) |> PulsedDevice.clippedTo floor ceiling |> ignore)
          raises<ArgumentException> "no pulses in a response curve" [ "up + down"; "at least 1" ] (fun () ->
              UpDownResponse.table (PulsedDevice.create 1.0 (Ideal.create ())) key 0 0 0.0 |> ignore)
          raises<ArgumentException> "a response curve from NaN" [ "start"; "finite"; "NaN" ] (fun () ->
              UpDownResponse.table (PulsedDevice.create 1.0 (Ideal.create ())) key 1 1 nan |> ignore) ]

[<Tests>]
let tests = testList "pulse trains" [ noiseless; noise; refused ]
