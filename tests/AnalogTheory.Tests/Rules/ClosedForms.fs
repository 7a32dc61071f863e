/// Runs whose result is known: scalar loops written here, monotone runs, and rules that are one rule in two notations.
module AnalogTheory.Tests.ClosedForms

open System
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Tests.Entries
open AnalogTheory.Tests.ConformanceTable

let private key = Key.ofSeed 4UL

let private finalOf rule problem noise start steps =
    let chain = Chain.create problem noise rule (Weights.ofArray [| start |])
    (rule.Weights (Chain.run key 0u steps chain).State)[0]

// The device as the library has it, and as a user writes it: loops over devices given by functions have steps of their own.
let private twice radius =
    [ AsymmetricLinear.create radius
      UserDefined.create "own" -radius radius (fun w -> 1.0 - w / radius) (fun w -> 1.0 + w / radius) ]

let private trajectory rate device problem start steps =
    Chain.create problem Noise.none (AnalogGd.create rate device) (Weights.ofArray [| start |])
    |> Chain.trajectory key 0u
    |> Seq.take (steps + 1)
    |> Seq.map (fun moment -> moment.State[0])
    |> Seq.toArray

[<Tests>]
let tests =
    testList
        "closed forms"
        [ test "digital gradient descent on a quadratic: w* + (1 − αL)ᵏ(w₀ − w*)" {
              for rate, curvature in [ 0.1, 1.0; 0.5, 2.0; 0.9, 1.5 ] do
                  let problem = Quadratic.isotropic 1 curvature 0.7
                  let final = finalOf (DigitalSgd.create rate) problem Noise.none -0.4 30L
                  Check.close 1e-14 $"α = {rate}, L = {curvature}" final (0.7 - 1.1 * (1.0 - rate * curvature) ** 30.0)
          }

          test "analog gradient descent on a scalar quadratic is this loop" {
              for rate, curvature, target, radius, centre, start in
                  [ 0.1, 1.0, 0.6, 1.0, 0.0, -0.3; 0.3, 1.5, -0.4, 0.8, 0.25, 0.5; 0.05, 4.0, 0.2, 3.0, -0.5, 0.9 ] do
                  let mutable w = start

                  for _ in 1..200 do
                      let change = -rate * curvature * (w - target)
                      let up, down = 1.0 - (w - centre) / radius, 1.0 + (w - centre) / radius
                      w <- if change >= 0.0 then w + change * up else w + change * down

                  let rule = AnalogGd.create rate (AsymmetricLinear.createAt radius centre)

                  Check.close
                      1e-14
                      $"τ = {radius}, w⋄ = {centre}"
                      (finalOf rule (Quadratic.isotropic 1 curvature target) Noise.none start 200L)
                      w
          }

          test "Analog SGD under a known sequence of noise is this loop, and sent by sample it decays by the magnitude" {
              let problem = Quadratic.isotropic 1 1.0 0.6
              let noise = Check.uniforms "sequence" -0.5 0.5 100

              for device, extra in List.allPairs (twice 1.5) [ 0.0; 0.3 ] do
                  let rule = AnalogSgd.create 0.2 device
                  let mutable w, state = 0.1, Weights.ofArray [| 0.1 |]

                  for e in noise do
                      let g = w - 0.6 + e
                      w <- w - 0.2 * g - 0.2 * (abs g + extra) * w / 1.5
                      let mean = Weights.map (fun g -> g + e) (problem.Gradient state)

                      let magnitude = if extra = 0.0 then None else Some(Weights.map (fun g -> abs g + extra) mean)

                      let struct (next, _) = rule.Step key { Mean = mean; Magnitude = magnitude } state
                      state <- next

                  Check.close 1e-14 $"{device.Name}, excess magnitude {extra}" state[0] w
          }

          test "Tiki-Taka and residual learning under a known sequence of noise are these loops, by sample with P's magnitude" {
              let radius, toP, toW = 1.5, 0.3, 0.1
              let noise = Check.uniforms "sequence" -0.5 0.5 100
              // Sent by sample, P decays by the total magnitude; W sees one update, |toW·P′|.
              let update w change magnitude = w + change - magnitude * w / radius

              for device, extra in List.allPairs (twice radius) [ 0.0; 0.3 ] do
                  for mixing, sign, rule in
                      [ 0.0, 1.0, TikiTaka.create toW toP device
                        0.0, -1.0, ResidualLearning.create toP toW 0.0 device
                        0.6, -1.0, ResidualLearning.create toP toW 0.6 device ] do
                      let mutable w, p, state = 0.1, 0.0, rule.Init(Weights.ofArray [| 0.1 |])

                      for e in noise do
                          let g = w + mixing * p - 0.6 + e
                          p <- update p (sign * toP * g) (toP * (abs g + extra))
                          w <- update w (-sign * toW * p) (toW * abs p)
                          let mean = Weights.map (fun w -> w - 0.6 + e) (rule.Probe state)

                          let magnitude = if extra = 0.0 then None else Some(Weights.map (fun g -> abs g + extra) mean)

                          let struct (next, _) = rule.Step key { Mean = mean; Magnitude = magnitude } state
                          state <- next

                      Check.close 1e-14 $"W of {rule.Name}, {device.Name}, γ = {mixing}, excess magnitude {extra}" state.Main[0] w
                      Check.close 1e-14 $"P of {rule.Name}, {device.Name}, γ = {mixing}, excess magnitude {extra}" state.Auxiliary[0] p
          }

          test "Tiki-Taka is residual learning at γ = 0 with P → −P and the rates' names exchanged, bit for bit on an ALD at w⋄ = 0" {
              let device = AsymmetricLinear.create 1.3

              for problem, noise, batch in settings 3 do
                  let entry name rule = entry name (Rule.pack rule) problem noise batch

                  let settings = Ensemble.settings 9 50L key

                  let tikiTaka = run 0 LaneWidth.Widest settings (entry "TT" (TikiTaka.create 0.05 0.2 device))

                  let residual = run 0 LaneWidth.Widest settings (entry "RL" (ResidualLearning.create 0.2 0.05 0.0 device))

                  let mirrored = tikiTaka.Final |> Array.map (Array.mapi (fun i x -> if i < 3 then x else -x))
                  // −0 and 0 are one number; adding 0 makes them one pattern.
                  let plain = Array.concat >> Array.map (fun x -> x + 0.0)
                  Check.bits $"{problem.Name}, {noise}, {batch}" (plain mirrored) (plain residual.Final)
          }

          test "off w⋄ = 0 the two rules differ, unless P's device is mirrored" {
              let problem, noise = Quadratic.isotropic 2 1.0 0.5, Noise.rademacher 0.3

              let final rule =
                  (run 1 LaneWidth.Scalar (Ensemble.settings 5 50L key) (entry "" (Rule.pack rule) problem noise FullBatch)).Final

              let at centre = AsymmetricLinear.createAt 1.3 centre
              let weights final = final |> Array.collect (Array.take 2)
              let tikiTaka = final (TikiTaka.createWith 0.05 0.2 (at 0.2) (at 0.2)) |> weights

              Expect.isFalse
                  (Check.sameBits tikiTaka (final (ResidualLearning.createWith 0.2 0.05 0.0 (at 0.2) (at 0.2)) |> weights))
                  "same device"

              Check.bits "mirrored device" (final (ResidualLearning.createWith 0.2 0.05 0.0 (at -0.2) (at 0.2)) |> weights) tikiTaka
          }

          test "S8: noiseless scalar runs move monotonically from w₀ to w* while α ≤ 1/(L(1 + M/τ))" {
              let radius = 1.0

              for case in Check.uniforms "S8" -1.0 1.0 900 |> Array.chunkBySize 3 do
                  let start, target, curvature = case[0], case[1], 1.5 + case[2]
                  let largest = max (abs start) (abs target)

                  for rate in [ 0.5 / curvature; 1.0 / (curvature * (1.0 + largest / radius)) ] do
                      let path = trajectory rate (AsymmetricLinear.create radius) (Quadratic.isotropic 1 curvature target) start 60

                      let gaps = path |> Array.map (fun w -> (w - target) * float (sign (start - target)))

                      for a, b in Array.pairwise gaps do
                          Check.atMost "gap" b (a + 1e-15)
                          Check.atMost "overshoot" -b 1e-15

                      Check.atMost "|w|" (path |> Array.map abs |> Array.max) (largest * (1.0 + 1e-15))
          }

          test "S8 breaks when w* lies outside: τ = L = 1, α = ½, w* = 3 goes 0 → 1.5 → 1.125" {
              let path = trajectory 0.5 (AsymmetricLinear.create 1.0) (Quadratic.isotropic 1 1.0 3.0) 0.0 2

              Check.bits "path" path [| 0.0; 1.5; 1.125 |]
          }

          test "S8 breaks just above its rate: from τ towards 0 the first step overshoots" {
              // M = τ: the bound is 1/(2L). A step away from saturation is scaled by 1 + w/τ = 2.
              let path rate = trajectory rate (AsymmetricLinear.create 1.0) (Quadratic.isotropic 1 1.0 0.0) 1.0 1

              Check.bits "at the bound" (path 0.5) [| 1.0; 0.0 |]
              let overshoot = (path 0.51)[1]
              Check.atMost "above the bound" overshoot -0.01
          }

          test "noiseless analog descent has no floor: it ends on w* (S4)" {
              for _, device in devices do
                  let final = finalOf (AnalogGd.create 0.2 device) (Quadratic.isotropic 1 1.0 0.6) Noise.none -0.3 2_000L

                  Check.close 1e-14 $"{device}" final 0.6
          }

          test "under Rademacher noise the mean of Analog SGD on a linear loss is known at every step" {
              // g = ±s, so |g| = s: E W′ = (1 − αs/τ)E W, and every path is enumerated by 2¹⁰ replays.
              let radius, rate, s, start = 1.5, 0.4, 0.5, 0.8
              let rule = AnalogSgd.create rate (AsymmetricLinear.create radius)

              let rec mean k (w: Weights) =
                  if k = 0 then
                      w[0]
                  else
                      let after g =
                          let struct (next, _) = rule.Step key { Mean = Weights.ofArray [| g |]; Magnitude = None } w in

                          mean (k - 1) next

                      0.5 * (after s + after -s)

              for k in 0..10 do
                  Check.close 1e-15 $"step {k}" (mean k (Weights.ofArray [| start |])) (start * (1.0 - rate * s / radius) ** float k)
          } ]
