module AnalogTheory.Tests.DeviceTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Tests.Samples

/// A constructor of one argument, refused for these values with a message that names argument, expectation and value.
let private refuses (argument: string) (expectation: string) (values: float list) (create: float -> Device) : Test =
    testList
        argument
        [ for value in values do
              raises<ArgumentException> $"{value}" [ argument; expectation; $"{value}" ] (fun () -> create value |> ignore) ]

let private notPositive = [ 0.0; -1.0; nan; infinity ]
let private notFinite = [ nan; infinity; -infinity ]
let private positive = "a finite number above 0"

let private badInputs =
    testList
        "constructors refuse, naming argument, expectation and value"
        [ testList
              "asymmetric linear"
              [ refuses "radius" positive notPositive AsymmetricLinear.create
                refuses "symmetricPoint" "a finite number" notFinite (AsymmetricLinear.createAt 1.0) ]
          testList
              "generic linear"
              [ refuses "radius" positive notPositive (fun radius -> GenericLinear.create radius 0.1)
                refuses "asymmetry" "strictly between -1 and 1" [ -1.0; 1.0; nan; infinity ] (GenericLinear.create 1.0) ]
          testList
              "linear step"
              [ refuses "upper" positive notPositive (fun upper -> LinearStep.create upper -1.0)
                refuses "lower" "a finite number below 0" [ 0.0; 1.0; nan; -infinity ] (LinearStep.create 1.0)
                refuses "symmetricPoint" "a finite number" notFinite (LinearStep.createAt 1.0 -1.0)
                refuses "upStep" positive notPositive (fun step -> (LinearStep.ofSteps step 1.0 1.0 -1.0).ToTuple() |> fst)
                refuses "downStep" positive notPositive (fun step -> (LinearStep.ofSteps 1.0 step 1.0 -1.0).ToTuple() |> fst) ]
          testList
              "power step"
              [ refuses "upper" "a finite number" notFinite (fun upper -> PowerStep.create upper -1.0 1.0 1.0)
                refuses "lower" "strictly between" [ 1.0; 2.0; nan; -infinity ] (fun lower -> PowerStep.create 1.0 lower 1.0 1.0)
                refuses "upExponent" positive notPositive (fun exponent -> PowerStep.create 1.0 -1.0 exponent 1.0)
                refuses "downExponent" positive notPositive (PowerStep.create 1.0 -1.0 1.0) ]
          testList
              "symmetric power"
              [ refuses "radius" positive notPositive (fun radius -> SymmetricPower.create radius 1.0)
                refuses "exponent" positive notPositive (SymmetricPower.create 1.0) ]
          testList
              "exponential step"
              [ refuses "upper" "a finite number" notFinite (fun upper -> ExponentialStep.create upper -1.0 1.0 1.0)
                refuses "lower" "strictly between" [ 1.0; 2.0; nan; -infinity ] (fun lower -> ExponentialStep.create 1.0 lower 1.0 1.0)
                refuses "upExponent" positive notPositive (fun exponent -> ExponentialStep.create 1.0 -1.0 exponent 1.0)
                refuses "downExponent" positive notPositive (ExponentialStep.create 1.0 -1.0 1.0) ]
          testList
              "symmetric exponential"
              [ refuses "radius" positive notPositive (fun radius -> SymmetricExponential.create radius 1.0)
                refuses "exponent" positive notPositive (SymmetricExponential.create 1.0)
                refuses "exponent" "[0, 350]" [ 351.0 ] (SymmetricExponential.create 1.0) ]
          testList
              "user-defined"
              [ raises<ArgumentException> "lower at upper" [ "lower"; "below upper"; "1" ] (fun () ->
                    UserDefined.create "flat" 1.0 1.0 (fun _ -> 1.0) (fun _ -> 1.0) |> ignore)
                raises<ArgumentException> "a response that is NaN at an end" [ "up"; "a number on"; "NaN at -1" ] (fun () ->
                    UserDefined.create "root" -1.0 1.0 sqrt (fun _ -> 1.0) |> ignore)
                raises<ArgumentNullException> "no function" [ "up" ] (fun () ->
                    UserDefined.ofDelegates "none" -1.0 1.0 (Unchecked.defaultof<_>) (Func<_, _>(fun _ -> 1.0)) |> ignore) ]
          testList
              "update of an array"
              [ raises<ArgumentException> "other lengths" [ "increment"; "length 3"; "length 2" ] (fun () ->
                    Device.update (Ideal.create ()) (Weights.zeros 2) (Weights.zeros 3) |> ignore) ] ]

let private responses =
    testList
        "responses in numbers"
        [ testCase "the two power normalisations differ by the factor 2^γ at γ₊ = γ₋"
          <| fun () ->
              let paper, sequel = PowerStep.create 0.6 -0.6 1.5 1.5, SymmetricPower.create 0.6 1.5

              for w in [ -0.5; 0.0; 0.2; 0.6 ] do
                  near 1e-15 (sequel.Up w) (2.0 ** 1.5 * paper.Up w) $"q₊({w})"
                  near 1e-15 (sequel.Down w) (2.0 ** 1.5 * paper.Down w) $"q₋({w})"

          testCase "beyond its bound a power device does not respond, and an exponential one pulls back"
          <| fun () ->
              for device, beyond in [ PowerStep.create 0.6 -0.4 1.5 2.0, 0.25; SymmetricPower.create 0.5 2.0, 0.25 ] do
                  Expect.equal (device.Up(device.Upper + beyond)) 0.0 $"q₊ of {device}"
                  Expect.equal (device.Down(device.Lower - beyond)) 0.0 $"q₋ of {device}"

              Expect.isLessThan ((ExponentialStep.create 0.6 -0.4 1.5 2.0).Up 0.8) 0.0 "q₊ of the exponential step"

          testCase "F(w⋄) = 1 in the sequel's normalisation, ½ for the paper's power step at γ = 1"
          <| fun () ->
              Expect.equal ((SymmetricExponential.create 0.6 2.0).Symmetric 0.0) 1.0 "exponential"
              Expect.equal ((SymmetricPower.create 0.6 2.0).Symmetric 0.0) 1.0 "power"
              near 1e-15 0.5 ((PowerStep.create 0.6 -0.6 1.0 1.0).Symmetric 0.0) "power step"

          testCase "a linear step at ±τ is the asymmetric linear device, bit for bit"
          <| fun () ->
              let linear, step = AsymmetricLinear.createAt 0.6 0.1, LinearStep.createAt 0.6 -0.6 0.1

              for w in [ -0.5; -0.1; 0.0; 0.1; 0.37; 0.7 ] do
                  Expect.equal (step.Update(w, 0.2)) (linear.Update(w, 0.2)) $"up at {w}"
                  Expect.equal (step.Update(w, -0.2)) (linear.Update(w, -0.2)) $"down at {w}"

          testCase "biased steps s₊(1 − w/b₊), s₋(1 − w/b₋) are a linear step with another symmetric point"
          <| fun () ->
              let struct (device, granularity) = LinearStep.ofSteps 0.001 0.00085 0.7 -0.4

              for w in [ -0.4; -0.1; 0.0; 0.3; 0.7 ] do
                  near 1e-18 (0.001 * (1.0 - w / 0.7)) (granularity * device.Up w) $"step up at {w}"
                  near 1e-18 (0.00085 * (1.0 + w / 0.4)) (granularity * device.Down w) $"step down at {w}"

          testCase "functions and delegates make the same device"
          <| fun () ->
              let up w = 1.0 - w
              let down w = 1.0 + w
              let functions = UserDefined.create "line" -1.0 1.0 up down
              let delegates = UserDefined.ofDelegates "line" -1.0 1.0 (Func<_, _> up) (Func<_, _> down)
              Expect.equal (delegates.Update(0.3, 0.1)) (functions.Update(0.3, 0.1)) "update"

          raises<NotSupportedException> "a user-defined device without an enclosure says so" [ "q_up"; "no interval enclosure" ] (fun () ->
              let device = UserDefined.create "line" -1.0 1.0 (fun w -> 1.0 - w) (fun w -> 1.0 + w)
              device.Law.At(Interval.Point 0.0) |> ignore)

          raises<ArgumentException> "a response that is no number is refused where the range has no ends" [ "up"; "NaN at 0" ] (fun () ->
              UserDefined.create "none" -infinity infinity (fun _ -> nan) (fun _ -> 1.0) |> ignore)

          raises<ArgumentException> "and where it has one end" [ "down"; "NaN at 3" ] (fun () ->
              UserDefined.create "none" 3.0 infinity (fun _ -> 1.0) (fun _ -> nan) |> ignore)

          testCase "a device prints its name and parameters"
          <| fun () -> Expect.equal (string (GenericLinear.create 0.6 0.3)) "generic linear (τ = 0.6, c = 0.3)" "text" ]

[<Tests>]
let tests = testList "devices" [ badInputs; responses ]
