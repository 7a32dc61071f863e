/// Every noise family's moments: against sums over its support, numeric integrals, and its own sampler.
module AnalogTheory.Tests.NoiseTests

open System
open Expecto
open MathNet.Numerics.Distributions
open MathNet.Numerics.Integration
open AnalogTheory

/// One noise of every family that needs no problem, of about the same size.
let all: Noise list =
    [ Noise.none
      Noise.gaussian 0.3
      Noise.clippedGaussian 0.3 1.5
      Noise.rademacher 0.3
      Noise.uniform 0.3
      Noise.twoPoint 0.3 0.2
      Noise.stateDependentTwoPoint 0.3 1.2
      Noise.leaningTwoPoint 0.3 (GenericLinear.create 1.2 0.2)
      Noise.leaningTwoPoint 0.3 (PowerStep.create 1.2 -1.0 2.0 1.5) ]

// Weights at which the state-dependent family has different p; −1.2 and 1.2 are its ends.
let private states = Weights.ofArray [| 0.4; -0.7; 0.0 |]
let private gradients = [ 0.0; 0.05; -0.2; 0.44; -0.6; 1.7; -3.0 ]

/// ε of `count` steps at W, by the sampler: one array a step.
let draw (noise: Noise) (w: Weights) (count: int) : float[][] =
    let key = Key.ofSeed 11UL |> Key.named (string noise)

    Array.init count (fun step ->
        let gradient = Array.zeroCreate w.Length
        noise.Model.Add(key.Bits, 0u, uint64 step, w.Span, Span<float>(gradient), Span<float>.Empty)
        gradient)

let private sampleSize = 40_000
let private comparisons = List.length all * 3 * (2 + 2 * List.length gradients) * 2
let private z = Check.threshold 1e-6 comparisons

// ∫ f(x) p(x) dx between cuts, by Gauss–Legendre on each smooth piece.
let private integrate (cuts: float list) (f: float -> float) =
    List.sort cuts
    |> List.pairwise
    |> List.sumBy (fun (a, b) -> if b > a then GaussLegendreRule.Integrate(Func<_, _> f, a, b, 64) else 0.0)

// E h(ε) for a density on [−range, range] and atoms, with kinks of h at −g.
let private expectation density range atoms g (h: float -> float) =
    let kink = max -range (min range -g)
    let grid = [ for i in -8 .. 8 -> range * float i / 8.0 ]

    integrate (kink :: grid) (fun x -> density x * h x)
    + List.sumBy (fun (value, probability) -> probability * h value) atoms

let private continuous =
    let s, c = 0.3, 1.5
    let h = s * sqrt 3.0
    let tail = Normal.CDF(0.0, 1.0, -c)
    let normal x = Normal.PDF(0.0, s, x)

    [ Noise.gaussian s, expectation normal (12.0 * s) []
      Noise.clippedGaussian s c, expectation normal (c * s) [ c * s, tail; -c * s, tail ]
      Noise.uniform s, expectation (fun _ -> 0.5 / h) h [] ]

[<Tests>]
let tests =
    testList
        "noises"
        [ for noise, expect in continuous do
              test $"closed forms are the integrals: {noise}" {
                  let moments = noise.Moments states 0
                  Check.close 1e-13 "total" (expect 0.0 (fun _ -> 1.0)) 1.0
                  Check.close 1e-13 "E ε" moments.Mean (expect 0.0 id)
                  Check.close 1e-13 "E ε²" moments.SecondMoment (expect 0.0 (fun x -> x * x))

                  for g in gradients @ [ 0.45; -0.45; 0.3 * sqrt 3.0; 1e-9 ] do
                      Check.close 1e-12 $"E|g + ε| at {g}" (moments.MeanAbsolute g) (expect g (fun x -> abs (g + x)))
                      Check.close 1e-12 $"E(g + ε)|g + ε| at {g}" (moments.MeanSignedSquare g) (expect g (fun x -> (g + x) * abs (g + x)))
              }

          for noise in all do
              test $"moments of a finite support are its sums, and the probabilities sum to 1: {noise}" {
                  for d in 0..2 do
                      let moments = noise.Moments states d

                      match moments.Support with
                      | None -> Expect.contains [ "Gaussian"; "clipped Gaussian"; "uniform" ] noise.Name "families without atoms"
                      | Some atoms ->
                          let expect f = atoms |> Array.sumBy (fun atom -> atom.Probability * f atom.Value)

                          Check.close 1e-15 "total" (expect (fun _ -> 1.0)) 1.0
                          Check.close 1e-15 "E ε" moments.Mean (expect id)
                          Check.close 1e-15 "E ε = 0" moments.Mean 0.0
                          Check.close 1e-15 "E ε²" moments.SecondMoment (expect (fun x -> x * x))
                          Check.close 1e-15 "s²" moments.SecondMoment (if noise.Name = "none" then 0.0 else 0.09)
                          Expect.equal moments.Bound (atoms |> Array.map (fun a -> abs a.Value) |> Array.max) "bound"

                          for g in gradients do
                              Check.close 1e-15 "E|g + ε|" (moments.MeanAbsolute g) (expect (fun x -> abs (g + x)))
                              Check.close 1e-15 "E(g + ε)|g + ε|" (moments.MeanSignedSquare g) (expect (fun x -> (g + x) * abs (g + x)))
              }

              test $"the sampler has the stated moments, bound and support: {noise}" {
                  let draws = draw noise states sampleSize

                  for d in 0..2 do
                      let moments, values = noise.Moments states d, draws |> Array.map (fun vector -> vector[d])

                      let compare what f expected =
                          Check.zScore z $"{what}, coordinate {d}" (Estimate.ofArray (Array.map f values)) expected

                      compare "E ε" id moments.Mean
                      compare "E ε²" (fun x -> x * x) moments.SecondMoment

                      for g in gradients do
                          compare $"E|g + ε| at {g}" (fun x -> abs (g + x)) (moments.MeanAbsolute g)
                          compare $"E(g + ε)|g + ε| at {g}" (fun x -> (g + x) * abs (g + x)) (moments.MeanSignedSquare g)

                      Check.atMost "|ε|" (values |> Array.map abs |> Array.max) (moments.Bound * (1.0 + 1e-15))

                      match moments.Support with
                      | None -> Expect.isGreaterThan (Array.length (Array.distinct values)) (sampleSize / 2) "a continuum"
                      | Some atoms ->
                          let near (atom: Atom) x = abs (x - atom.Value) <= 4e-16

                          Expect.isTrue
                              (values |> Array.forall (fun x -> Array.exists (fun atom -> near atom x) atoms))
                              "values of the support"

                          for atom in atoms do
                              compare $"P({atom.Value})" (fun x -> if near atom x then 1.0 else 0.0) atom.Probability
              }

              test $"the joint support reproduces the coordinates' moments: {noise}" {
                  match noise.JointSupport states with
                  | None -> Expect.isNone (noise.Moments states 0).Support "no joint support without supports"
                  | Some joint ->
                      Check.close 1e-15 "total" (joint |> Array.sumBy (fun (struct (p, _)) -> p)) 1.0
                      let mean = Check.expectation Weights.toArray joint

                      let second = Check.expectation (Weights.map (fun x -> x * x) >> Weights.toArray) joint

                      for d in 0..2 do
                          let moments = noise.Moments states d
                          Check.close 1e-15 "E ε" mean[d] moments.Mean
                          Check.close 1e-15 "E ε²" second[d] moments.SecondMoment

                      Check.close 1e-15 "E‖ε‖²" (Array.sum second) (Noise.variance noise states)
              }

          test "independent coordinates are uncorrelated, shared ones have one sign" {
              for noise in all do
                  let draws = draw noise states sampleSize
                  let product = Estimate.ofArray (draws |> Array.map (fun e -> e[0] * e[1]))

                  match noise.Structure with
                  | Independent -> Check.zScore z $"E ε₀ε₁ of {noise}" product 0.0
                  | _ ->
                      let expected = noise.JointSupport states |> Option.get |> Check.expectation (fun e -> [| e[0] * e[1] |])

                      Check.zScore z $"E ε₀ε₁ of {noise}" product expected[0]
          }

          test "the joint support of independent noise is the product, up to 4,096 vectors" {
              let count (noise: Noise) d = noise.JointSupport(Weights.zeros d) |> Option.map Array.length

              Expect.equal (count (Noise.rademacher 1.0) 4) (Some 16) "2⁴"
              Expect.equal (count (Noise.rademacher 1.0) 12) (Some 4096) "2¹²"
              Expect.equal (count (Noise.rademacher 1.0) 13) None "2¹³"
              Expect.equal (count Noise.none 40) (Some 1) "no noise"
              Expect.equal (count (Noise.gaussian 1.0) 1) None "no atoms"
          }

          test "the state-dependent family keeps its variance inside, and is silent at the ends and beyond" {
              let noise = Noise.stateDependentTwoPoint 0.3 1.2

              for w in [ -1.1999; -0.6; 0.3; 1.1 ] do
                  Check.close 1e-13 $"variance at {w}" (noise.Moments (Weights.ofArray [| w |]) 0).SecondMoment 0.09

              for w in [ -1.2; 1.2; -5.0; 5.0 ] do
                  Check.close 0.0 $"bound at {w}" (noise.Moments (Weights.ofArray [| w |]) 0).Bound 0.0
                  Expect.isTrue (draw noise (Weights.ofArray [| w |]) 100 |> Array.forall (fun e -> e[0] = 0.0)) "draws"
          }

          test "leaning against the asymmetric linear device is the lower bound's noise, and no draw is anywhere else" {
              let general, special = Noise.leaningTwoPoint 0.3 (AsymmetricLinear.create 1.2), Noise.stateDependentTwoPoint 0.3 1.2
              let states = Weights.ofArray [| 0.5; -1.1; 0.02; 1.2; -1.2; 1.3 |]

              for d in 0 .. states.Length - 1 do
                  let a, b = general.Moments states d, special.Moments states d
                  Check.close 1e-12 "E|ε|" (a.MeanAbsolute 0.0) (b.MeanAbsolute 0.0)
                  Check.close 1e-12 "E|.1 + ε|" (a.MeanAbsolute 0.1) (b.MeanAbsolute 0.1)

              // The same raw numbers for both.
              let drawn (noise: Noise) step =
                  let gradient = Array.zeroCreate states.Length
                  noise.Model.Add(7UL, 0u, step, states.Span, Span<float>(gradient), Span<float>.Empty)
                  gradient

              for step in 0UL .. 199UL do
                  Array.iter2 (Check.close 1e-12 "ε") (drawn general step) (drawn special step)
          }

          test "the magnitude of a noisy batch grows by |ε|" {
              for noise in all do
                  let gradient, magnitude = [| 1.0; -2.0; 0.5 |], [| 1.5; 2.5; 0.5 |]
                  noise.Model.Add(7UL, 0u, 5UL, states.Span, Span<float>(gradient), Span<float>(magnitude))
                  let e = Array.map2 (-) gradient [| 1.0; -2.0; 0.5 |]

                  Array.iteri2
                      (fun d m before -> Check.close 2e-15 $"{noise}, coordinate {d}" m (before + abs e[d]))
                      magnitude
                      [| 1.5; 2.5; 0.5 |]
          }

          test "noises of deviation 0 are silent, with exact moments" {
              for noise in
                  [ Noise.gaussian 0.0; Noise.clippedGaussian 0.0 1.0; Noise.rademacher 0.0; Noise.uniform 0.0; Noise.twoPoint 0.0 0.2 ] do
                  let moments = noise.Moments states 0
                  Check.close 0.0 $"E|g + ε| of {noise}" (moments.MeanAbsolute -0.7) 0.7
                  Check.close 0.0 $"E(g + ε)|g + ε| of {noise}" (moments.MeanSignedSquare -0.5) -0.25
                  Check.close 0.0 $"bound of {noise}" moments.Bound 0.0
                  Expect.isTrue (draw noise states 10 |> Array.forall (Array.forall (fun e -> e = 0.0))) "draws"
          }

          test "parameters outside their range are refused with their numbers" {
              Check.refuses [ "deviation"; "at least 0"; "-1" ] (fun () -> Noise.gaussian -1.0)
              Check.refuses [ "deviation"; "NaN" ] (fun () -> Noise.uniform nan)
              Check.refuses [ "clip"; "above 0"; "0" ] (fun () -> Noise.clippedGaussian 1.0 0.0)
              Check.refuses [ "probability"; "between 0 and 1"; "1" ] (fun () -> Noise.twoPoint 1.0 1.0)
              Check.refuses [ "radius"; "above 0"; "0" ] (fun () -> Noise.stateDependentTwoPoint 1.0 0.0)
          } ]
