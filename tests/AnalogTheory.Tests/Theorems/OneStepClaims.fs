/// Claims about one step, summed exactly over finite supports: S1, T1, T2, T3, T5.
module AnalogTheory.Tests.OneStepClaims

open System
open Expecto
open AnalogTheory

let private key = Key.ofSeed 0UL

let private leastSquares =
    let struct (a, b) = ProblemTests.data 3
    LeastSquares.create HalfMean a b

// Noises whose support is enumerated, each with a problem whose minimiser is not 0.
let private cases: (Problem * Noise) list =
    [ for d in 1..4 do
          Quadratic.isotropic d 1.3 0.4, Noise.rademacher 0.3
          Quadratic.diagonal (Check.uniforms "curvatures" 0.5 2.0 d) (Check.uniforms "targets" -0.6 0.6 d), Noise.twoPoint 0.3 0.2

          Quadratic.diagonal (Check.uniforms "curvatures" 0.5 2.0 d) (Check.uniforms "targets" -0.6 0.6 d),
          Noise.stateDependentTwoPoint 0.2 1.5
      NonConvex.doubleWell 2 0.5 0.05 1.0, Noise.twoPoint 0.3 0.7
      leastSquares, Noise.miniBatch 1 leastSquares
      leastSquares, Noise.miniBatch 2 leastSquares ]

let private support (problem: Problem) (noise: Noise) (w: Weights) =
    let full = problem.Gradient w

    match noise.JointSupport w with
    | Some atoms -> atoms |> Array.map (fun (struct (p, e)) -> struct (p, Weights.map2 (+) full e))
    | None -> failtestf "expected %O to have a support" noise

let private after (rule: Rule<'State>) (state: 'State) (g: Weights) =
    let struct (next, _) = rule.Step key { Mean = g; Magnitude = None } state
    next

let private meanAbsolute (noise: Noise) (w: Weights) = Array.init w.Length (fun d -> (noise.Moments w d).MeanAbsolute 0.0)

let private closeAll tolerance what (actual: float[]) (expected: float[]) =
    Array.iteri2 (fun d a e -> Check.close tolerance $"{what}, coordinate {d}" a e) actual expected

[<Tests>]
let tests =
    testList
        "one step, exactly"
        [ for problem, noise in cases do
              let w = problem.Minimizer
              let name = $"{problem.Name}, D = {problem.Dimension}, {noise}"

              test $"S1: at a critical point the expected step is −(α/τ)E|ε| ⊙ (W − w⋄): {name}" {
                  for rate, radius, centre in [ 0.1, 1.0, 0.0; 0.7, 2.5, 0.0; 0.3, 1.2, -0.35 ] do
                      let rule = AnalogSgd.create rate (AsymmetricLinear.createAt radius centre)

                      let drift =
                          support problem noise w |> Check.expectation (fun g -> Weights.toArray (Weights.map2 (-) (after rule w g) w))

                      let expected = meanAbsolute noise w |> Array.mapi (fun d m -> -(rate / radius) * m * (w[d] - centre))

                      closeAll 1e-15 $"α = {rate}, τ = {radius}, w⋄ = {centre}" drift expected
              }

              test $"T5: from P = 0 Tiki-Taka's expected step is −(αβ/τ)E|ε| ⊙ W: {name}" {
                  for transfer, rate, radius in [ 0.1, 0.2, 1.0; 0.02, 0.9, 2.5 ] do
                      let rule = TikiTaka.create transfer rate (AsymmetricLinear.create radius)

                      let drift =
                          support problem noise w
                          |> Check.expectation (fun g -> Weights.toArray (Weights.map2 (-) (after rule (rule.Init w) g).Main w))

                      let expected = meanAbsolute noise w |> Array.mapi (fun d m -> -(transfer * rate / radius) * m * w[d])

                      closeAll 1e-15 $"α = {transfer}, β = {rate}, τ = {radius}" drift expected
              }

              test $"T2: at a critical point E P′ = (1 − (β/τ)E|ε|) ⊙ P: {name}" {
                  for rate, radius in [ 0.2, 1.0; 0.9, 2.5; 8.0, 1.0 ] do
                      let rule = TikiTaka.create 0.05 rate (AsymmetricLinear.create radius)
                      let p = Weights.ofArray (Check.uniforms "P" -1.0 1.0 problem.Dimension)
                      let state = { rule.Init w with Auxiliary = p }

                      let mean = support problem noise w |> Check.expectation (fun g -> Weights.toArray (after rule state g).Auxiliary)

                      let expected = meanAbsolute noise w |> Array.mapi (fun d m -> (1.0 - rate / radius * m) * p[d])

                      closeAll 4e-15 $"β = {rate}, τ = {radius}" mean expected
              }

          test "away from a critical point S1 fails, as it should" {
              let problem, noise = Quadratic.isotropic 1 1.0 0.4, Noise.rademacher 0.3
              let w = Weights.ofArray [| 0.5 |]
              let rule = AnalogSgd.create 0.1 (AsymmetricLinear.create 1.0)

              let drift = support problem noise w |> Check.expectation (fun g -> Weights.toArray (Weights.map2 (-) (after rule w g) w))

              Expect.isGreaterThan (abs (drift[0] + 0.1 * 0.3 * 0.5)) 0.005 "the gradient moves it too"
          }

          test "T1: two P under the same g: |P′ − Q′| = |1 − (β/τ)|g||·|P − Q|" {
              for case in Check.uniforms "T1" -1.0 1.0 8_000 |> Array.chunkBySize 4 do
                  let p, q, g, size = 2.0 * case[0], 2.0 * case[1], 3.0 * case[2], exp (2.0 * case[3])
                  let radius, rate = 1.2, size
                  let rule = TikiTaka.create 0.05 rate (AsymmetricLinear.create radius)

                  let next x =
                      (after rule { rule.Init(Weights.zeros 1) with Auxiliary = Weights.ofArray [| x |] } (Weights.ofArray [| g |]))
                          .Auxiliary[0]

                  let factor = 1.0 - rate / radius * abs g
                  // Rounding grows with the increment, which may be 20 times the range here.
                  let rounding = 1e-15 * (1.0 + rate * abs g) * 4.0
                  Check.close rounding "gap" (next p - next q) (factor * (p - q))

                  if rate * abs g <= 2.0 * radius then
                      Check.atMost "non-expansive" (abs (next p - next q)) (abs (p - q) + rounding)

                  if rate * abs g <= radius && p >= q then Check.atMost "order" (next q) (next p + rounding)
          }

          test "T1 is sharp: beyond β|g| = 2τ the gap grows, beyond β|g| = τ the order turns" {
              let rule = TikiTaka.create 0.05 1.0 (AsymmetricLinear.create 1.0)

              let gap g =
                  let next x =
                      (after rule { rule.Init(Weights.zeros 1) with Auxiliary = Weights.ofArray [| x |] } (Weights.ofArray [| g |]))
                          .Auxiliary[0] in

                  next 0.5 - next 0.25

              Check.bits "gaps at β|g| = 1, 2, 3, 1.5 of τ" (Array.map gap [| 1.0; -2.0; 3.0; 1.5 |]) [| 0.0; -0.25; -0.5; -0.125 |]
          }

          test "T3: |P₀| ≤ τ and β|g| ≤ τ keep |P| ≤ τ on all 4⁸ paths of ±τ/β, ±τ/4β" {
              let radius, rate = 0.9, 0.3
              let rule = AnalogSgd.create rate (AsymmetricLinear.create radius)

              let values = [ radius / rate; -radius / rate; 0.25 * radius / rate; -0.25 * radius / rate ]

              // P's own recursion: Analog SGD at gradient −g is U(P, βg).
              let rec largest k (p: Weights) =
                  if k = 0 then
                      abs p[0]
                  else
                      values
                      |> List.map (fun g -> largest (k - 1) (after rule p (Weights.ofArray [| -g |])))
                      |> List.fold max (abs p[0])

              for start in [ radius; -radius; 0.0; 0.7 * radius ] do
                  // U is a convex combination of P and ±τ: beyond τ only by rounding.
                  Check.atMost $"from {start}" (largest 8 (Weights.ofArray [| start |])) (radius * (1.0 + 4e-16))
          }

          test "T3 needs β|g| ≤ τ: at 1.5τ a step from −τ lands on 2τ" {
              let rule = TikiTaka.create 0.05 1.0 (AsymmetricLinear.create 1.0)

              let next = after rule { rule.Init(Weights.zeros 1) with Auxiliary = Weights.ofArray [| -1.0 |] } (Weights.ofArray [| 1.5 |])

              Check.bits "P′" (Weights.toArray next.Auxiliary) [| 2.0 |]
          } ]
