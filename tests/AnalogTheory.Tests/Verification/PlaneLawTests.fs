/// Stationary laws of (W, P) against moments in closed form and against replicas.
module AnalogTheory.Tests.PlaneLawTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Kernels.Rules

// p' = p/2 ± 1/10, w' = .9w + .1p': second moments in closed form.
let private linear: PlaneChain =
    { Name = "linear"
      Main = struct (-0.25, 0.25)
      Auxiliary = struct (-0.25, 0.25)
      Centre = struct (0.0, 0.0)
      Next =
        fun w p ->
            [| for noise in [ 0.1; -0.1 ] ->
                   let next = 0.5 * p + noise
                   struct (0.5, 0.9 * w + 0.1 * next, next) |] }

// p' = λp ± (1 − λ), w' = μw + (1 − μ)p': both are sums of the noises, P with shares (1 − λ)λʲ and W with the shares below, so that
// E cos(tW + sP) is a product of cosines.
let private convolution (lambda: float) (mu: float) : PlaneChain * (float -> float -> float) =
    let chain =
        { Name = $"convolution, λ = {lambda}, μ = {mu}"
          Main = struct (-1.01, 1.01)
          Auxiliary = struct (-1.01, 1.01)
          Centre = struct (0.0, 0.0)
          Next =
            fun w p ->
                [| for side in [ 1.0; -1.0 ] ->
                       let next = lambda * p + side * (1.0 - lambda)
                       struct (0.5, mu * w + (1.0 - mu) * next, next) |] }

    let share j = (1.0 - lambda) * (1.0 - mu) * (pown mu (j + 1) - pown lambda (j + 1)) / (mu - lambda)

    chain, fun t s -> Seq.init 2000 (fun j -> cos (t * share j + s * (1.0 - lambda) * pown lambda j)) |> Seq.fold (*) 1.0

let private device = AsymmetricLinear.create 1.0
let private noise = Noise.rademacher 0.3

let private tikiTaka beta : PlaneChain =
    let atoms = NoiseAtoms.finite (fun w -> noise.Moments (Weights.ofArray [| w |]) 0)

    PlaneChain.ofRule
        (TwoArrays.TikiTaka(device.Law, device.Law, beta, 0.125 * beta))
        (fun w -> w - 0.6)
        atoms
        (struct (0.1, 1.1))
        (struct (-1.6, 1.6))
        (struct (0.6, 0.0))

[<Tests>]
let tests =
    testList
        "stationary laws of (W, P)"
        [ testCase "values and errors keep their bits, which elimination step by step gave"
          <| fun () ->
              // Chains of sums and products only, so that no library's function is in the bits; numbers of equations with every remainder by four.
              let bits main auxiliary chain =
                  PlaneLaw.expectations { Main = main; Auxiliary = auxiliary } chain [ (fun w _ -> w * w); (fun _ p -> p * p) ]
                  |> List.collect (fun value -> [ value.Value; value.Error ])
                  |> List.map BitConverter.DoubleToInt64Bits

              Expect.equal
                  (bits 10 12 linear)
                  [ 0x3F5E4FCBFFEF46C6L; 0x3CC1143E5C9E1DEFL; 0x3F8B4E81B4E81B52L; 0x3CAF5AEDABB43736L ]
                  "143 equations"

              Expect.equal
                  (bits 4 33 linear)
                  [ 0x3F5E4FCBFFEF46C0L; 0x3CC289C4DD7CCBD0L; 0x3F8B4E81B4E81B54L; 0x3CB9139E355A9E3EL ]
                  "170 equations"

              Expect.equal
                  (bits 12 40 (tikiTaka 0.2))
                  [ 0x3FD52D4C9B4EAE7AL; 0x7FF0000000000000L; 0x3FA3D1634C7AE84DL; 0x7FF0000000000000L ]
                  "533 equations"

              Expect.equal
                  (bits 31 30 (tikiTaka 0.2))
                  [ 0x3FD52DBC14558E36L; 0x3F6CEFA632BB58C0L; 0x3FA38366E8E0FEE3L; 0x3F6438DFAA5E674CL ]
                  "992 equations"

          testCase "second moments of a linear chain are exact: cubic sharing keeps them"
          <| fun () ->
              let second = 0.01 / 0.75
              let mixed = 0.1 * second / 0.55
              let main = (0.01 * second + 0.09 * mixed) / 0.19

              let found =
                  PlaneLaw.expectations { Main = 32; Auxiliary = 48 } linear [ (fun _ p -> p * p); (fun w p -> w * p); (fun w _ -> w * w) ]

              List.iter2
                  (fun (value: Discretised) expected ->
                      Check.close 1e-11 "moment" value.Value expected
                      Check.atMost "its error" value.Error 1e-10)
                  found
                  [ second; mixed; main ]

          testCase "on 60 chains of known law no error is smaller than the true one"
          <| fun () ->
              // A bound above the range of what is averaged says nothing; it must be rare, and never too small.
              let mutable idle = 0

              for i in 1..60 do
                  let lambda = 0.05 + 0.85 * (float i * 0.6180339887498949 % 1.0)
                  let mu = 0.3 + 0.65 * (float i * 0.7548776662466927 % 1.0)
                  let chain, cosine = convolution lambda mu

                  let found =
                      PlaneLaw.expectations
                          { Main = 14; Auxiliary = 14 }
                          chain
                          [ (fun w p -> cos (2.0 * w + 3.0 * p)); (fun w _ -> cos (4.0 * w)) ]

                  List.iter2
                      (fun (value: Discretised) expected ->
                          Check.atMost $"the true error, λ = {lambda}, μ = {mu}" (abs (value.Value - expected)) value.Error

                          if value.Error > 0.2 then idle <- idle + 1)
                      found
                      [ cosine 2.0 3.0; cosine 4.0 0.0 ]

              Check.atMost "bounds above .2, of 120" (float idle) 42.0

          testCase "Tiki-Taka's E‖∇f‖² agrees with replicas, and the error is small"
          <| fun () ->
              let beta = 0.2

              let chain =
                  Chain.create
                      (Quadratic.isotropic 1 1.0 0.6)
                      noise
                      (TikiTaka.create (0.125 * beta) beta device)
                      (Weights.ofArray [| 0.6 |])

              let settings =
                  { Ensemble.settings 2048 2000L (Key.ofSeed 9UL) with
                      Measures = [ Measure MeasureKind.GradientNormSquared ]
                      AverageFrom = Some 400L }

              let measured = Ensemble.run settings chain |> Ensemble.average 0

              let value =
                  PlaneLaw.expectations { Main = 36; Auxiliary = 160 } (tikiTaka beta) [ fun w _ -> pown (w - 0.6) 2 ]
                  |> List.head

              Check.zScore 5.0 "E‖∇f‖²" measured value.Value
              Check.atMost "error" value.Error (0.02 * value.Value)

          testCase "a chain that leaves its rectangle has no error that a verdict could use"
          <| fun () ->
              let narrow = { linear with Auxiliary = struct (-0.1, 0.1) }
              let value = PlaneLaw.expectations { Main = 16; Auxiliary = 16 } narrow [ fun _ p -> p ] |> List.head
              Expect.equal value.Error infinity "error"

          testCase "rules without an auxiliary array and empty rectangles are refused"
          <| fun () ->
              let make rule main =
                  PlaneChain.ofRule rule id (NoiseAtoms.gaussian 0.1) main (struct (-1.0, 1.0)) (struct (0.0, 0.0))

              Check.refuses [ "auxiliary array" ] (fun () -> make (AnalogSgd(device.Law, 0.1)) (struct (-1.0, 1.0)))
              Check.refuses [ "upper - lower" ] (fun () -> make (TwoArrays.TikiTaka(device.Law, device.Law, 0.1, 0.1)) (struct (1.0, 1.0)))
              Check.refuses [ "Main" ] (fun () -> PlaneLaw.expectations { Main = 3; Auxiliary = 8 } linear []) ]
