/// T4: exact moments of the auxiliary array at fixed W, against enumeration and against ensembles.
module AnalogTheory.Tests.MomentsOfTikiTaka

open System
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles

let private key = Key.ofSeed 44UL

/// q₊ = q₋ = 0: whatever Tiki-Taka transfers, W stays where it is.
let private frozen = UserDefined.create "frozen" -infinity infinity (fun _ -> 0.0) (fun _ -> 0.0)

let private tikiTaka radius rate = TikiTaka.createWith 0.1 rate (AsymmetricLinear.create radius) frozen

// W = 0.3 with w* = 0.3 − ∂f: the gradient at the frozen W is ∂f.
let private chain radius rate gradient noise =
    Chain.create (Quadratic.isotropic 1 1.0 (0.3 - gradient)) noise (tikiTaka radius rate) (Weights.ofArray [| 0.3 |])

let private gradientMoments (noise: Noise) gradient = AuxiliaryMoments.gradient (noise.Moments (Weights.ofArray [| 0.3 |]) 0) gradient

let private moments radius rate noise gradient steps =
    Seq.fold (fun p _ -> AuxiliaryMoments.next radius rate (gradientMoments noise gradient) p) AuxiliaryMoments.zero (seq { 1..steps })

// E P and E P² after k steps, every path of the noise replayed through the rule.
let private enumerated radius rate (noise: Noise) gradient steps =
    let rule = tikiTaka radius rate
    let w = Weights.ofArray [| 0.3 |]
    let atoms = noise.JointSupport w |> Option.get

    let rec paths k (state: TwoArrayState) =
        if k = 0 then
            struct (state.Auxiliary[0], state.Auxiliary[0] * state.Auxiliary[0])
        else
            atoms
            |> Array.map (fun (struct (probability, e)) ->
                let struct (next, _) = rule.Step key { Mean = Weights.map (fun e -> gradient + e) e; Magnitude = None } state

                let struct (mean, second) = paths (k - 1) next
                struct (probability * mean, probability * second))
            |> Array.reduce (fun (struct (a, b)) (struct (c, d)) -> struct (a + c, b + d))

    paths steps (rule.Init w)

let private cases = [ 1.0, 0.2, 0.0; 1.0, 0.2, 0.15; 1.5, 0.6, -0.4; 0.8, 0.1, 0.9 ]

let private supported =
    [ Noise.rademacher 0.3; Noise.twoPoint 0.3 0.2; Noise.twoPoint 0.5 0.7; Noise.stateDependentTwoPoint 0.3 1.2 ]

[<Tests>]
let tests =
    testList
        "T4: moments of Tiki-Taka's auxiliary array"
        [ for noise in supported do
              test $"the recursion is the sum over all paths of twelve steps: {noise}" {
                  for radius, rate, gradient in cases do
                      for steps in [ 0; 1; 2; 5; 12 ] do
                          let struct (mean, second) = enumerated radius rate noise gradient steps
                          let exact = moments radius rate noise gradient steps
                          Check.close 1e-14 $"E P, β = {rate}, ∂f = {gradient}, k = {steps}" exact.Mean mean
                          Check.close 1e-14 $"E P², β = {rate}, ∂f = {gradient}, k = {steps}" exact.SecondMoment second
              }

          for noise in supported @ [ Noise.gaussian 0.3; Noise.uniform 0.3; Noise.clippedGaussian 0.3 1.5 ] do
              test $"the stationary moments are the recursion's fixed point and its limit: {noise}" {
                  for radius, rate, gradient in cases do
                      let g = gradientMoments noise gradient
                      let stationary = AuxiliaryMoments.stationary radius rate g
                      let next = AuxiliaryMoments.next radius rate g stationary
                      let limit = moments radius rate noise gradient 2_000

                      for what, p in [ "fixed point", next; "limit", limit ] do
                          Check.close 1e-13 $"E P, {what}" p.Mean stationary.Mean
                          Check.close 1e-13 $"E P², {what}" p.SecondMoment stationary.SecondMoment

                      Check.close 1e-15 "E P = τ∂f/E|g|" stationary.Mean (radius * gradient / g.MeanAbsolute)
                      Check.atMost "variance" -1e-15 stationary.Variance
              }

          test "at a critical point the stationary variance is βτE ε²/(2E|ε| − βE ε²/τ)" {
              for noise in supported @ [ Noise.gaussian 0.3; Noise.uniform 0.3 ] do
                  for radius, rate in [ 1.0, 0.2; 1.7, 0.9 ] do
                      let g = gradientMoments noise 0.0

                      let variance = rate * radius * g.SecondMoment / (2.0 * g.MeanAbsolute - rate * g.SecondMoment / radius)

                      let stationary = AuxiliaryMoments.stationary radius rate g
                      Check.close 1e-15 $"mean, {noise}" stationary.Mean 0.0
                      // E ε|ε| ≠ 0 for lopsided noise, but it multiplies the mean, which is 0.
                      Check.close 1e-14 $"variance, {noise}" stationary.Variance variance
          }

          test "ensembles of Tiki-Taka at a frozen W agree at every traced step, for seven noises (δ = 1e-6)" {
              let replicas, steps, every = 4_000, 120L, 20L

              let noises = [ Noise.gaussian 0.3; Noise.uniform 0.3; Noise.clippedGaussian 0.3 1.5 ] @ supported

              let z = Check.threshold 1e-6 (noises.Length * cases.Length * 2 * int (steps / every))

              for noise in noises do
                  for radius, rate, gradient in cases do
                      let settings =
                          { Ensemble.settings replicas steps (Key.named $"{noise} {rate} {gradient}" key) with
                              Measures = [ Measure MeasureKind.Auxiliary; Measure MeasureKind.AuxiliarySquared; Measure MeasureKind.Weight ]
                              TraceEvery = every }

                      let result = Ensemble.run settings (chain radius rate gradient noise)

                      let mean, second, w = Ensemble.trace 0 result, Ensemble.trace 1 result, Ensemble.trace 2 result

                      for t in 1 .. int (steps / every) do
                          let exact = moments radius rate noise gradient (t * int every)
                          Check.zScore z $"E P after {t * int every} steps, {noise}, ∂f = {gradient}" mean[t] exact.Mean
                          Check.zScore z $"E P² after {t * int every} steps, {noise}, ∂f = {gradient}" second[t] exact.SecondMoment
                          Expect.equal struct (w[t].Mean, w[t].StandardError) struct (w[0].Mean, w[0].StandardError) "W stays fixed"
          }

          test "the same recursion as Analog SGD on a linear loss, with g for −g" {
              let slope = -0.15

              let linear = UserDefinedProblem.create "linear" 1.0 [| 0.0 |] (fun w -> slope * w[0]) (fun _ -> [| slope |])

              let chain =
                  Chain.create linear (Noise.rademacher 0.3) (AnalogSgd.create 0.2 (AsymmetricLinear.create 1.0)) (Weights.zeros 1)

              let settings =
                  { Ensemble.settings 4_000 60L key with
                      Measures = [ Measure MeasureKind.Weight; Measure MeasureKind.WeightSquared ]
                      TraceEvery = 60L }

              let result = Ensemble.run settings chain
              let exact = moments 1.0 0.2 (Noise.rademacher 0.3) -slope 60
              let z = Check.threshold 1e-6 2
              let mean, second = Ensemble.trace 0 result, Ensemble.trace 1 result
              Check.zScore z "E W" mean[1] exact.Mean
              Check.zScore z "E W²" second[1] exact.SecondMoment
          }

          test "with w⋄ ≠ 0 the moments are those of P − w⋄" {
              let radius, rate, centre, gradient, noise = 1.0, 0.2, 0.25, 0.15, Noise.twoPoint 0.3 0.2

              let rule = TikiTaka.createWith 0.1 rate (AsymmetricLinear.createAt radius centre) frozen

              let g = gradientMoments noise gradient
              // From P₀ = 0, that is P₀ − w⋄ = −w⋄.
              let exact =
                  Seq.fold
                      (fun p _ -> AuxiliaryMoments.next radius rate g p)
                      { Mean = -centre; SecondMoment = centre * centre }
                      (seq { 1..6 })

              let atoms = noise.JointSupport(Weights.zeros 1) |> Option.get

              let rec mean k (state: TwoArrayState) =
                  if k = 0 then
                      state.Auxiliary[0] - centre
                  else
                      atoms
                      |> Array.sumBy (fun (struct (p, e)) ->
                          let struct (next, _) = rule.Step key { Mean = Weights.map (fun e -> gradient + e) e; Magnitude = None } state

                          p * mean (k - 1) next)

              Check.close 1e-15 "E P − w⋄" exact.Mean (mean 6 (rule.Init(Weights.zeros 1)))
          }

          test "stationary moments exist exactly while βE g² < 2τE|g|: on either side of it E P² settles or grows" {
              // Rademacher at ∂f = 0: E g² = s², E|g| = s, so the condition is β < 2τ/s = 4.
              let g = gradientMoments (Noise.rademacher 0.5) 0.0
              Expect.isSome (AuxiliaryMoments.tryStationary 1.0 3.99 g) "below"
              Expect.isNone (AuxiliaryMoments.tryStationary 1.0 4.0 g) "at"
              Expect.isNone (AuxiliaryMoments.tryStationary 1.0 4.01 g) "above"

              let second rate steps = (moments 1.0 rate (Noise.rademacher 0.5) 0.0 steps).SecondMoment

              Check.close 1e-9 "below, it settles" (second 3.9 2_000) (AuxiliaryMoments.stationary 1.0 3.9 g).SecondMoment
              Expect.isGreaterThan (second 4.1 400) (1e3 * second 4.1 40) "above, it grows"
              Check.close 1e-9 "at, it grows linearly" (second 4.0 200) (2.0 * second 4.0 100)
          }

          test "no gradient at all has no stationary moments of its own" {
              Expect.isNone (AuxiliaryMoments.tryStationary 1.0 0.1 (gradientMoments Noise.none 0.0)) "0 < 0 fails"
          }

          test "without noise P settles where the device's decay balances the gradient: ±τ" {
              let stationary = AuxiliaryMoments.stationary 0.9 0.2 (gradientMoments Noise.none -0.4)

              Check.close 1e-15 "E P" stationary.Mean -0.9
              Check.close 1e-15 "variance" stationary.Variance 0.0
          }

          test "rates and radii that are not positive are refused, and a failing condition with its two sides" {
              let g = gradientMoments (Noise.rademacher 0.5) 0.0
              Check.refuses [ "radius"; "above 0"; "0" ] (fun () -> AuxiliaryMoments.next 0.0 0.1 g AuxiliaryMoments.zero)
              Check.refuses [ "learningRate"; "above 0"; "NaN" ] (fun () -> AuxiliaryMoments.tryStationary 1.0 nan g)
              Check.refuses [ "learningRate"; "βE g² < 2τE|g|"; "1.25"; "1" ] (fun () -> AuxiliaryMoments.stationary 1.0 5.0 g)
          } ]
