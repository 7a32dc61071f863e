module AnalogTheory.Tests.SymmetricPointTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Tests.Samples

let private found (name: string) (expected: float) (device: Device) : Test =
    testCase name <| fun () -> near 1e-15 expected (SymmetricPoint.find device) "w⋄"

[<Tests>]
let tests =
    testList
        "symmetric point"
        [ found "asymmetric linear: w⋄" 0.1 (AsymmetricLinear.createAt 0.6 0.1)
          found "generic linear: cτ" 0.18 (GenericLinear.create 0.6 0.3)
          found "linear step: w⋄ wherever the bounds are" -0.25 (LinearStep.createAt 0.7 -0.1 -0.25)
          found "power step with equal exponents: the middle" 0.05 (PowerStep.create 0.6 -0.5 1.7 1.7)
          found "symmetric exponential: 0" 0.0 (SymmetricExponential.create 0.6 2.0)
          found "table: where the lines cross" 0.25 (Tabulated.create "x" [| 0.0, 2.0; 1.0, 0.0 |] [| 0.0, 1.0; 1.0, 3.0 |])
          found "ideal: 0, since G is zero everywhere" 0.0 (Ideal.create ())
          found
              "zero everywhere on a range without 0: the nearest end"
              2.0
              (UserDefined.create "flat" 2.0 3.0 (fun _ -> 1.0) (fun _ -> 1.0))

          testCase "a range without bounds is widened until a crossing appears"
          <| fun () ->
              let up w = 1.0 / (1.0 + exp (0.01 * (w - 1000.0)))
              let device = UserDefined.create "logistic" -infinity infinity up (fun w -> 1.0 - up w)
              near 1e-12 1000.0 (SymmetricPoint.find device) "w⋄"
              let half = UserDefined.create "half line" 10.0 infinity up (fun w -> 1.0 - up w)
              near 1e-12 1000.0 (SymmetricPoint.find half) "w⋄ from a finite lower end"

          testCase "of several crossings, the lowest at which pairs of pulses attract the weight"
          <| fun () ->
              // G = (w + ½)(w − 0.2)(w − 0.7): from negative to positive at −½ and 0.7.
              let g w = (w + 0.5) * (w - 0.2) * (w - 0.7)
              let device = UserDefined.create "cubic" -1.0 1.0 (fun w -> 1.0 - g w) (fun w -> 1.0 + g w)
              near 1e-15 -0.5 (SymmetricPoint.find device) "w⋄"

          testCase "a crossing that repels is taken where there is no other"
          <| fun () ->
              let device = UserDefined.create "repelling" -1.0 1.0 (fun w -> 1.3 + w) (fun w -> 1.0 - w)
              near 1e-15 -0.15 (SymmetricPoint.find device) "w⋄"

          testCase "what is 0 up to rounding is 0"
          <| fun () ->
              // The bisection ends on a neighbour of 0 where the responses differ by rounding there.
              for device in
                  [ PowerStep.create 0.6 -0.6 1.7 1.7
                    ExponentialStep.create 0.9 -0.9 0.3 0.3
                    UserDefined.create "shifted" -0.7 0.9 (fun w -> 1.0 - (w - 1e-17)) (fun w -> 1.0 + (w - 1e-17)) ] do
                  Expect.equal (SymmetricPoint.find device) 0.0 (string device)

          testCase "normalised, a device has F(w⋄) = 1, the same symmetric point and the same ratio of responses"
          <| fun () ->
              let device = PowerStep.create 1.0 -0.8 2.0 1.5
              let struct (normal, size) = SymmetricPoint.normalise device
              near 1e-15 (device.Symmetric(SymmetricPoint.find device)) size "F(w⋄)"
              near 1e-12 1.0 (normal.Symmetric(SymmetricPoint.find normal)) "F(w⋄) after"

              for w in [ -0.7; 0.0; 0.3; 0.9 ] do
                  near 1e-15 (device.Up w / size) (normal.Up w) $"up at {w}"
                  near 1e-15 (device.Down w / size) (normal.Down w) $"down at {w}"

              let linear = AsymmetricLinear.createAt 0.8 0.1
              let struct (same, _) = SymmetricPoint.normalise linear
              Expect.isTrue (obj.ReferenceEquals(same, linear)) "a device that has F(w⋄) = 1 stays as it is"

          testCase "none is found where the responses do not cross"
          <| fun () ->
              let device = UserDefined.create "one-sided" -1.0 1.0 (fun _ -> 1.0) (fun _ -> 0.5)
              Expect.isNone (SymmetricPoint.tryFind device) "w⋄"

          raises<ArgumentException> "find names device and range" [ "one-sided"; "between -1 and 1"; "cross" ] (fun () ->
              UserDefined.create "one-sided" -1.0 1.0 (fun _ -> 1.0) (fun _ -> 0.5) |> SymmetricPoint.find |> ignore) ]
