module AnalogTheory.Tests.TabulatedTests

open System
open System.IO
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Sampling
open AnalogTheory.Tests.Samples

let private key = Key.ofSeed 11UL

/// Readings of five rounds of 1000 pulses up and 1000 down from w = −0.4, with noise of reading of standard deviation `reading`.
let private measure (pulsed: PulsedDevice) (reading: float) (directionsKnown: bool) : PulseReadings =
    let weights = UpDownResponse.weights pulsed key 5 1000 1000 -0.4
    let readNoise i = reading * Gaussian.At(key.Bits, Purpose.ReadNoise, 0u, uint64 i)

    { Origin = "simulated"
      Pulses = Array.init weights.Length int64
      Weights = weights |> Array.mapi (fun i w -> w + readNoise i)
      Directions =
        if directionsKnown then
            Some(Array.init weights.Length (fun i -> if (i + 1999) % 2000 < 1000 then 1 else -1))
        else
            None }

// τ as the measured table has it: G rises by 0.6/τ between w⋄ − 0.3 and w⋄ + 0.3.
let private radius (measured: MeasuredDevice) =
    let at offset = measured.Device.Asymmetric(measured.SymmetricPoint + offset)
    0.6 / (at 0.3 - at -0.3)

let private pulsed = AsymmetricLinear.createAt 0.6 0.05 |> PulsedDevice.create 0.001

let private recovered (name: string) (noise: CycleNoise) (reading: float) (directionsKnown: bool) (relative: float) (absolute: float) =
    testCase name
    <| fun () ->
        let measured =
            measure (PulsedDevice.withCycleNoise noise pulsed) reading directionsKnown
            |> Tabulated.ofPulses Tabulated.defaultBins

        near (relative * 0.6) 0.6 (radius measured) "τ"
        near absolute 0.05 measured.SymmetricPoint "w⋄"
        near (relative * 0.001) 0.001 measured.Granularity "Δw_min"
        near 1e-12 1.0 (measured.Device.Symmetric measured.SymmetricPoint) "F(w⋄)"

let private roundTrips =
    testList
        "a known device is recovered from its pulses"
        [ recovered "noiseless: τ, Δw_min and w⋄ to rounding" CycleNoise.Absent 0.0 true 1e-9 1e-9
          recovered "noiseless, turns found in the weights" CycleNoise.Absent 0.0 false 1e-9 1e-9
          // A bin holds about 250 steps of each direction: 0.3/√250 = 2 % of a step, hence 0.008 in w⋄ and 2 % in τ at one standard error.
          recovered "cycle noise 0.3: τ and Δw_min to 8 %, w⋄ to 0.03" (CycleNoise.Multiplicative 0.3) 0.0 true 0.08 0.03
          recovered "cycle noise 0.3, turns found in the weights" (CycleNoise.Multiplicative 0.3) 0.0 false 0.08 0.03
          recovered "reading noise of one pulse: τ and Δw_min to 8 %, w⋄ to 0.03" CycleNoise.Absent 0.001 true 0.08 0.03
          recovered "reading and cycle noise together" (CycleNoise.Additive 0.3) 0.001 true 0.1 0.04

          testCase "a curved response is recovered to 1 % of q inside the range, without noise"
          <| fun () ->
              let device = SymmetricExponential.create 0.6 1.5
              let measured = measure (PulsedDevice.create 0.001 device) 0.0 true |> Tabulated.ofPulses 40

              for w in [ -0.3; -0.1; 0.0; 0.1; 0.3 ] do
                  near 0.01 (device.Up w) (measured.Device.Up w) $"q₊({w})"
                  near 0.01 (device.Down w) (measured.Device.Down w) $"q₋({w})"

          testCase "readings every tenth pulse give the step of one pulse"
          <| fun () ->
              let all = measure pulsed 0.0 true
              let every n values = values |> Array.indexed |> Array.filter (fun (i, _) -> i % n = 0) |> Array.map snd

              let sparse =
                  { all with
                      Pulses = every 10 all.Pulses
                      Weights = every 10 all.Weights
                      Directions = Option.map (every 10) all.Directions }

              // Ten pulses in one step blur the response over 10·Δw_min/τ = 1.7 %.
              near 0.00002 0.001 (Tabulated.ofPulses 20 sparse).Granularity "Δw_min" ]

let private lines (pulsed: PulsedDevice) =
    UpDownResponse.weights pulsed key 1 300 300 -0.2 |> Array.mapi (fun i w -> $"{i},{w:R}") |> Array.toList

let private parsing =
    testList
        "files"
        [ testCase "header, comments, blank lines and spaces are no data"
          <| fun () ->
              let readings = Tabulated.parse "a.csv" ([ "# device 7"; ""; "pulse, weight" ] @ [ " 0 , 0.25 "; "# pause"; "3,-1e-3" ])
              Expect.equal readings.Pulses [| 0L; 3L |] "pulses"
              Expect.equal readings.Weights [| 0.25; -0.001 |] "weights"
              Expect.isNone readings.Directions "directions"

          testCase "a third column gives directions"
          <| fun () ->
              let readings = Tabulated.parse "a.csv" [ "pulse,weight,direction"; "0,0,1"; "1,0.1,up"; "2,0.0,down"; "3,-0.1,-1" ]
              Expect.equal readings.Directions (Some [| 1; 1; -1; -1 |]) "directions"

          testCase "a file on disk loads into a device named after it"
          <| fun () ->
              let path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.csv")

              try
                  File.WriteAllLines(path, lines pulsed)
                  let measured = Tabulated.load path
                  Expect.stringEnds path measured.Device.Name "name"
                  near 1e-9 0.05 measured.SymmetricPoint "w⋄"
              finally
                  File.Delete path

          raises<FileNotFoundException> "a missing file is named" [ "no-such-file.csv" ] (fun () ->
              Tabulated.load "no-such-file.csv" |> ignore)
          raises<FormatException> "a word for a weight" [ "a.csv, line 3"; "a finite weight"; "high" ] (fun () ->
              Tabulated.parse "a.csv" [ "pulse,weight"; "0,0.1"; "1,high" ] |> ignore)
          raises<FormatException> "NaN for a weight" [ "a.csv, line 2"; "a finite weight"; "NaN" ] (fun () ->
              Tabulated.parse "a.csv" [ "0,0.1"; "1,NaN" ] |> ignore)
          raises<FormatException> "a fraction of a pulse" [ "a.csv, line 2"; "an integer pulse number"; "1.5" ] (fun () ->
              Tabulated.parse "a.csv" [ "0,0.1"; "1.5,0.2" ] |> ignore)
          raises<FormatException> "a missing column" [ "a.csv, line 2"; "2 columns"; "1" ] (fun () ->
              Tabulated.parse "a.csv" [ "0,0.1"; "1" ] |> ignore)
          raises<FormatException> "one column throughout" [ "a.csv, line 1"; "pulse number, weight" ] (fun () ->
              Tabulated.parse "a.csv" [ "0.1"; "0.2" ] |> ignore)
          raises<FormatException> "an unknown direction" [ "a.csv, line 1"; "direction"; "left" ] (fun () ->
              Tabulated.parse "a.csv" [ "0,0.1,left" ] |> ignore) ]

let private refused name parts (change: PulseReadings -> PulseReadings) =
    raises<ArgumentException> name ("simulated" :: parts) (fun () -> measure pulsed 0.0 true |> change |> Tabulated.ofPulses 20 |> ignore)

let private first n (r: PulseReadings) =
    { r with
        Pulses = Array.truncate n r.Pulses
        Weights = Array.truncate n r.Weights
        Directions = Option.map (Array.truncate n) r.Directions }

let private badReadings =
    testList
        "readings that determine no device are refused"
        [ refused "no readings" [ "at least 21 readings"; "got 0" ] (first 0)
          refused "too few readings" [ "at least 21 readings"; "got 20" ] (first 20)
          refused "no pulses down" [ "at least 10 steps down"; "got 0" ] (first 900)
          refused "no pulses up" [ "at least 10 steps up"; "got 0" ] (fun r ->
              { r with Directions = Some(Array.create r.Weights.Length -1) })
          refused "NaN" [ "weights[7]"; "finite"; "NaN" ] (fun r -> { r with Weights = Array.updateAt 7 nan r.Weights })
          refused "∞" [ "weights[7]"; "finite"; "Infinity" ] (fun r -> { r with Weights = Array.updateAt 7 infinity r.Weights })
          refused "pulse numbers that stand still" [ "strictly increasing pulse numbers"; "got 6 after 6" ] (fun r ->
              { r with Pulses = Array.updateAt 7 6L r.Pulses })
          refused "a dead element" [ "weights that change"; "0.1 throughout" ] (fun r ->
              { r with Weights = Array.create r.Weights.Length 0.1 })
          refused "responses that do not cross" [ "cross between" ] (fun r ->
              { r with
                  Weights = r.Directions.Value[1..] |> Array.scan (fun w direction -> if direction > 0 then w + 1.0 else w - 0.5) 0.0 })
          raises<ArgumentException> "one bin" [ "bins"; "at least 2"; "1" ] (fun () ->
              measure pulsed 0.0 true |> Tabulated.ofPulses 1 |> ignore)
          raises<ArgumentException> "other lengths" [ "readings.Pulses"; "10001"; "10000" ] (fun () ->
              let r = measure pulsed 0.0 true
              { r with Pulses = Array.truncate 10000 r.Pulses } |> Tabulated.ofPulses 20 |> ignore)
          raises<ArgumentException> "nodes that do not increase" [ "strictly increasing"; "0.5 after 0.5" ] (fun () ->
              Tabulated.create "x" [| 0.5, 1.0; 0.5, 2.0 |] [| 0.0, 1.0 |] |> ignore)
          raises<ArgumentException> "no nodes" [ "at least one"; "0 nodes" ] (fun () -> Tabulated.create "x" [||] [| 0.0, 1.0 |] |> ignore) ]

[<Tests>]
let tests = testList "measured devices" [ roundTrips; parsing; badReadings ]
