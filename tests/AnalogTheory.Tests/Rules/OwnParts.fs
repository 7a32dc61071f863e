/// Noises, rules and problems as a user makes them, and their combinations.
module AnalogTheory.Tests.OwnParts

open System
open AnalogTheory
open AnalogTheory.Kernels.Noises
open AnalogTheory.Kernels.Objectives
open AnalogTheory.Kernels.Rules
open AnalogTheory.Tests.Entries

let key = Key.ofSeed 31UL
let dimension = 4

let unknown (_: 'A) = Moments.unknown

// Three values whose probabilities depend on the weight, of mean 0 in every state.
let centred (w: float) : Atom[] =
    let p = 0.2 + 0.3 / (1.0 + w * w)

    [| { Value = 0.3; Probability = 0.5 * p }
       { Value = 0.0; Probability = 1.0 - p }
       { Value = -0.3; Probability = 0.5 * p } |]

// Uneven atoms, to see that each coordinate's mass sits where it should.
let private skewed (w: float) : Atom[] =
    let p = if w < 0.0 then 0.25 else 0.5

    [| { Value = 0.4 * (1.0 - p); Probability = p }; { Value = -0.4 * p; Probability = 1.0 - p } |]

let private joint (w: Weights) =
    [| struct (0.25, Weights.map (fun w -> 0.3 + w) w)
       struct (0.25, Weights.map (fun w -> -0.3 - w) w)
       struct (0.5, Weights.map (fun _ -> 0.0) w) |]

let finite =
    [ UserDefinedNoise.ofSupport "atoms" [ -1.0; 0.0; 1.0 ] centred
      UserDefinedNoise.ofSupport "uneven atoms" [ -1.0; 0.0; 1.0 ] skewed
      UserDefinedNoise.ofSharedSupport "shared atoms" [ 0.0 ] skewed
      UserDefinedNoise.ofJointSupport "joint atoms" [ Weights.zeros 2 ] joint ]

let private noises =
    finite
    @ [ UserDefinedNoise.create "scaled normal" RawKind.Gaussian 1 unknown (NoiseSample(fun raw w -> 0.3 * raw[0] / (1.0 + w * w)))
        UserDefinedNoise.create "sum of uniforms" RawKind.Uniform 3 unknown (NoiseSample(fun raw _ -> raw[0] + raw[1] + raw[2] - 1.5))
        UserDefinedNoise.shared "shared normals" RawKind.Gaussian 2 unknown (NoiseSample(fun raw w -> 0.2 * (raw[0] + w * raw[1])))
        UserDefinedNoise.ofVector
            "common and own"
            RawKind.Gaussian
            1
            2
            (fun _ _ -> Moments.unknown)
            (NoiseFunction(fun raw w noise ->
                for d in 0 .. w.Length - 1 do
                    noise[d] <- 0.1 * raw[0] + 0.2 * raw[1 + 2 * d] * raw[2 + 2 * d])) ]

/// Momentum by hand, so that nothing of the library's rules is in it.
[<NoComparison>]
type private Momentum = { Weights: Weights; Velocity: Weights; Count: int }

let private momentum =
    UserDefinedRule.ofState
        "momentum"
        [ "μ", 0.8 ]
        (fun w -> { Weights = w; Velocity = Weights.map (fun _ -> 0.0) w; Count = 0 })
        (fun key gradient state ->
            // A draw of its own: which coordinates move.
            let kept = Kernels.Sampling.Uniform.At(key.Bits, Kernels.Sampling.Purpose.General, 0u, 0UL)

            let size = gradient.Magnitude |> Option.map (Weights.sumBy id) |> Option.defaultValue 1.0

            let velocity = Weights.map2 (fun v g -> 0.8 * v - 0.05 * kept * g / (1.0 + size)) state.Velocity gradient.Mean

            { Weights = Weights.map2 (+) state.Weights velocity
              Velocity = velocity
              Count = state.Count + 1 })
        _.Weights
        (Some _.Velocity)

let history =
    UserDefinedRule.ofState
        "average of the last gradients"
        []
        (fun w -> w, [])
        (fun _ gradient (w, past) ->
            let past = gradient.Mean :: List.truncate 2 past
            List.fold (Weights.map2 (fun w g -> w - 0.03 * g)) w past, past)
        fst
        None

// A kernel of the library, handed in as a user's.
let twoArrayKernel =
    let law = (AsymmetricLinear.create 1.3).Law
    TwoArrays(law, law, 0.2, -0.05, 0.7)

let signScalar rate w p g m =
    let p = Math.FusedMultiplyAdd(0.9, p, g)
    struct (w - rate * p / (1.0 + m), p)

let private rules =
    [ "own step", Rule.pack (UserDefinedRule.create "own step" [ "α", 0.1 ] (fun w g m -> w - 0.1 * g / (1.0 + m)))
      "own two arrays", Rule.pack (UserDefinedRule.twoArrays "own two arrays" [] 0.5 (signScalar 0.1))
      "own kernel", Rule.pack (UserDefinedRule.twoArraysOfKernel "own kernel" [] twoArrayKernel)
      "momentum", Rule.pack momentum
      "history", Rule.pack history ]

let problems =
    let struct (a, b) = ProblemTests.data dimension

    [ Quadratic.diagonal [| 1.0; 2.0; 0.5; 1.5 |] [| 0.3; -0.2; 0.1; 0.4 |], FullBatch
      LeastSquares.create LeastSquaresLoss.HalfMean a b, FullBatch
      LeastSquares.create LeastSquaresLoss.HalfMean a b, PerSample ]

// Σ_n (w − c_n)⁴/4 over three samples, by functions that write into spans.
let sampled =
    let centre n d = 0.2 * float n - 0.1 * float d

    let sample =
        SampleGradientFunction(fun n w gradient ->
            for d in 0 .. w.Length - 1 do
                gradient[d] <- pown (w[d] - centre n d) 3)

    let minimizer = Array.init dimension (fun d -> centre 1 d)

    let gradient =
        GradientFunction(fun w gradient ->
            for n in 0..2 do
                for d in 0 .. w.Length - 1 do
                    gradient[d] <- gradient[d] + pown (w[d] - centre n d) 3 / 3.0)

    let value =
        LossFunction(fun w ->
            let mutable sum = 0.0

            for n in 0..2 do
                for d in 0 .. w.Length - 1 do
                    sum <- sum + pown (w[d] - centre n d) 4 / 12.0

            sum)

    UserDefinedProblem.ofSpans
        "own samples"
        { UserDefinedProblem.constants 8.0 with IsConvex = true; Domain = 1.5 }
        minimizer
        value
        gradient
        (Some { Count = 3; Gradient = sample })

let entries =
    [ for batch in [ FullBatch; PerSample ] do
          for noise in [ Noise.none; Noise.gaussian 0.2; Noise.miniBatch 2 sampled ] do
              for name, rule in ConformanceTable.onDevice (AsymmetricLinear.create 1.3) do
                  entry name rule sampled noise batch

      for problem, batch in problems do
          for noise in noises do
              for name, rule in ConformanceTable.onDevice (AsymmetricLinear.create 1.3) do
                  entry name rule problem noise batch

          for name, rule in rules do
              entry name rule problem (Noise.gaussian 0.3) batch
              entry name rule problem noises[0] batch ]
