/// The largest floor of a device, and the potential of Analog SGD on it.
module AnalogTheory.Tests.WorstFloorTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Tests

// Every device of the samples that has |G| < F on this interval; the ideal one has no floor.
let private samples =
    [ AsymmetricLinear.createAt 0.6 0.1
      GenericLinear.create 0.6 0.3
      LinearStep.createAt 0.7 -0.4 0.05
      PowerStep.create 0.6 -0.5 1.5 1.2
      SymmetricPower.create 0.6 0.7
      ExponentialStep.create 0.6 -0.5 2.0 1.5
      SymmetricExponential.create 0.6 1.5 ]

let private scaled factor (device: Device) =
    UserDefined.create "scaled" device.Lower device.Upper (fun w -> factor * device.Up w) (fun w -> factor * device.Down w)

[<Tests>]
let tests =
    testList
        "largest floors"
        [ test "the floor at a weight is ρ²/(1 − ρ²), whatever the normalisation of the responses" {
              for device in samples do
                  for w in [ -0.3; -0.05; 0.12; 0.3 ] do
                      let rho = WorstFloor.ratio device w
                      Check.close 1e-12 (string device) (WorstFloor.at device w) (rho * rho / (1.0 - rho * rho))
                      Check.close 1e-12 "scaled" (WorstFloor.at (scaled 7.5 device) w) (WorstFloor.at device w)
          }

          test "the largest is above every floor of the range and within its enclosure" {
              for device in samples do
                  let largest = WorstFloor.largest device -0.3 0.3
                  let enclosure = WorstFloor.enclose device -0.3 0.3
                  Expect.isTrue (enclosure.Contains largest.PerVariance) $"{device}: {largest.PerVariance:R} in {enclosure}"
                  Expect.isLessThan enclosure.Width (1e-6 * (1.0 + largest.PerVariance)) "width"

                  for i in 0..100 do
                      let w = -0.3 + 0.006 * float i
                      Expect.isTrue (WorstFloor.at device w <= largest.PerVariance * (1.0 + 1e-12)) $"{device} at {w}"
          }

          test "a largest floor inside the range is found between the points that are looked at" {
              // q₋/q₊ is 2 at its top: (2 − 1)²/(4·2).
              let bump = UserDefined.create "bump" -1.0 1.0 (fun _ -> 1.0) (fun w -> 1.0 + exp (-5000.0 * (w - 0.12345) ** 2.0))
              let largest = WorstFloor.largest bump -1.0 1.0
              Check.close 1e-6 "where" largest.Weight 0.12345
              Check.close 1e-9 "floor" largest.PerVariance 0.125
          }

          test "where a response is not positive, or not known, nothing bounds the floor" {
              let device = AsymmetricLinear.create 0.5
              Expect.equal (WorstFloor.at device 0.5) infinity "at τ"
              Expect.equal (WorstFloor.largest device -0.2 0.7).PerVariance infinity "beyond τ"
              Expect.equal (WorstFloor.enclose device -0.2 0.7).Upper infinity "enclosed"
              let hole = UserDefined.create "hole" -1.0 1.0 (fun w -> if w > 0.6 && w < 0.7 then nan else 1.0) (fun _ -> 1.0)
              Expect.isTrue (Double.IsNaN (WorstFloor.largest hole -1.0 1.0).PerVariance) "NaN"
              Check.refuses [ "upper"; "0.3" ] (fun () -> WorstFloor.largest device 0.5 0.3)
              Check.refuses [ "lower" ] (fun () -> WorstFloor.largest device nan 0.3)
          }

          test "∇V is the slope of V" {
              let noise = Moments.gaussian 0.2
              let problem = Quadratic.diagonal [| 1.0; 2.0 |] [| 0.3; -0.2 |]

              for device in samples do
                  let w = Weights.ofArray [| 0.12; -0.21 |]
                  let gradient = Potential.gradient device problem noise w

                  for d in 0..1 do
                      let moved h = Weights.ofArray [| for i in 0..1 -> if i = d then w[i] + h else w[i] |]

                      let slope =
                          (Potential.value device problem noise (moved 1e-5) - Potential.value device problem noise (moved -1e-5))
                          / 2e-5

                      Check.close 1e-8 (string device) slope gradient[d]
          }

          test "ψ solves its equation, and is not a number where |G| reaches F" {
              for device in samples do
                  for noise in [ Moments.gaussian 0.3; Moments.uniform 0.4; Moments.twoPoint 0.2 0.8 -0.2 ] do
                      for w in [ -0.3; -0.1; 0.2; 0.3 ] do
                          let psi = Potential.slope device noise w
                          Check.close 1e-13 (string device) psi (WorstFloor.ratio device w * noise.MeanAbsolute -psi)

              Expect.isTrue (Double.IsNaN(Potential.slope (AsymmetricLinear.create 0.5) (Moments.gaussian 0.1) 0.5)) "at τ"
          } ]
