namespace AnalogTheory

open System

/// A training by Tiki-Taka with the constants of v1's Theorem 4.
[<NoEquality; NoComparison>]
type TikiTakaTraining =
    {
        /// f.
        Problem: Problem
        /// ε.
        Noise: Noise
        /// τ of both asymmetric linear devices, w⋄ = 0.
        Radius: float
        /// W₀; P₀ = 0.
        Start: Weights
        /// α.
        TransferRate: float
        /// β.
        LearningRate: float
        /// K.
        Steps: int
        /// σ of the claim.
        Deviation: float
        /// c of the claim: E|g + ε_d| ≥ cσ; NaN if unknown.
        NoiseFloor: float
        /// W_max: no path leaves ‖W‖∞ ≤ W_max; NaN where no bound is known.
        LargestWeight: float
    }

/// <summary>Claim T8, Theorem 4 of v1: the rate at which Tiki-Taka converges, as printed and with the conditions that its proof uses.</summary>
/// <remarks>
/// The theorem's O(·) hides its constant, so only the slope in K can be tested: learning rates fall like 1/√K, and so should the average of ‖∇f‖².
/// v1 prints β = 8αL; its proof uses β ≥ 8αLτ²D/σ², and Lemma 7's bound on P, which has a condition on β of its own.
/// </remarks>
[<RequireQualifiedAccess>]
module TikiTakaRate =

    /// <summary>What σ has to exceed for Theorem 4 to say anything: √(33·41)·Lτ√D/c, E|g + ε_d| ≥ cσ; 36.78·LτD for c = 1/√D.</summary>
    /// <param name="smoothness">L &gt; 0; loss/weight².</param>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="dimension">Number of coordinates D ≥ 1.</param>
    /// <param name="c">c with E|g + ε_d| ≥ cσ for every g, dimensionless.</param>
    let requiredDeviation (smoothness: float) (radius: float) (dimension: int) (c: float) : float =
        sqrt (33.0 * 41.0) * smoothness * radius * sqrt (float dimension) / c

    /// <summary>Smallest and largest β between which the proof of Theorem 4 works at a rate α of W: 8αLτ²D/σ² and c²σ⁴/(64αLτ⁴D).</summary>
    /// <param name="smoothness">L &gt; 0; loss/weight².</param>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    /// <param name="dimension">Number of coordinates D ≥ 1.</param>
    /// <param name="c">c with E|g + ε_d| ≥ cσ for every g, dimensionless.</param>
    /// <param name="transferRate">Rate α &gt; 0 of W.</param>
    let window (smoothness: float) (radius: float) (deviation: float) (dimension: int) (c: float) (transferRate: float) : float * float =
        let d = float dimension

        8.0 * transferRate * smoothness * radius * radius * d / (deviation * deviation),
        c * c * pown deviation 4 / (64.0 * transferRate * smoothness * pown radius 4 * d)

    /// <summary>With the true constants; W_max by T3 and D2.</summary>
    /// <param name="problem">The objective.</param>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="start">Start W₀, finite, of the problem's dimension; unit of weight.</param>
    /// <param name="transferRate">Rate α &gt; 0 of W.</param>
    /// <param name="learningRate">Rate β &gt; 0 of P.</param>
    /// <param name="steps">K ≥ 1.</param>
    let create (problem: Problem) (noise: Noise) (radius: float) (start: Weights) transferRate learningRate steps : TikiTakaTraining =
        let reach = ReachableWeights.ofTikiTaka None radius transferRate learningRate problem noise start

        { Problem = problem
          Noise = noise
          Radius = radius
          Start = start
          TransferRate = transferRate
          LearningRate = learningRate
          Steps = steps
          Deviation = sqrt (Noise.variance noise start)
          NoiseFloor = TikiTakaStep.noiseFloor noise start
          LargestWeight = reach.WeightAgainst radius }

    let private dimension (training: TikiTakaTraining) = training.Problem.Dimension

    let private windowOf training =
        window training.Problem.Smoothness training.Radius training.Deviation (dimension training) training.NoiseFloor training.TransferRate

    let private largeNoise =
        Claim.hypothesis "33·P_max² < τ², that is σ > √(33·41)·Lτ√D/c" (fun training ->
            let required = requiredDeviation training.Problem.Smoothness training.Radius (dimension training) training.NoiseFloor
            Math.BitDecrement(training.Deviation - required))

    let private common: Hypothesis<TikiTakaTraining> list =
        [ Claim.hypothesis "A1: f is L-smooth up to W_max" (fun training ->
              if Double.IsPositiveInfinity training.Problem.Domain then
                  0.0
              else
                  training.Problem.Domain - training.LargestWeight)
          Claim.hypothesis "A3: E ε = 0" (fun training -> 1e-14 * training.Deviation - Claim.largestMean training.Noise training.Start)
          Claim.hypothesis "‖W_k‖∞, ‖W*‖∞ ≤ τ" (fun training ->
              training.Radius - Math.Max(training.LargestWeight, Weights.largest training.Problem.Minimizer))
          largeNoise ]

    let private printedRate =
        Claim.hypothesis "β = 8αL" (fun training ->
            let rate = 8.0 * training.TransferRate * training.Problem.Smoothness
            1e-9 * rate - abs (training.LearningRate - rate))

    let private printed = common @ [ printedRate ]

    let private repaired =
        common
        @ [ Claim.hypothesis "α ≤ σ/(6Lτ√D)" (fun training ->
                let limit = training.Deviation / (6.0 * training.Problem.Smoothness * training.Radius * sqrt (float (dimension training)))
                limit - training.TransferRate)
            Claim.hypothesis "β ≥ 8αLτ²D/σ²" (fun training -> training.LearningRate * (1.0 + 1e-12) - fst (windowOf training))
            Claim.hypothesis "β ≤ c²σ⁴/(64αLτ⁴D)" (fun training -> snd (windowOf training) - training.LearningRate)
            Claim.hypothesis "Lemma 7: β ≤ min{cτσ/(2(4L²τ²+σ²)), 2τ/(3cσ), L²τ³D/(3cσ³)}" (fun training ->
                let limit =
                    BoundedAuxiliary.repairedRate
                        training.Problem.Smoothness
                        training.Radius
                        training.Deviation
                        (dimension training)
                        training.NoiseFloor

                limit * (1.0 + 1e-12) - training.LearningRate) ]

    /// <summary>The margin of a pair of trainings, K and 4K steps: the average of ‖∇f‖² at 4K is at most 4^(−.35) of that at K, an exponent of at most −1/2 + .15.</summary>
    /// <param name="pair">The same training at K and at 4K steps.</param>
    let slope (pair: TikiTakaTraining list) : ReplicaMargin =
        let averaged (training: TikiTakaTraining) : AveragedRun =
            let device = AsymmetricLinear.create training.Radius

            { Problem = training.Problem
              Noise = training.Noise
              Rule = Rule.pack (TikiTaka.create training.TransferRate training.LearningRate device)
              Start = training.Start
              BurnIn = 0L
              Steps = int64 training.Steps }

        let low, high =
            ReplicaMargin.quadraticRange pair.Head.Problem.Smoothness (Weights.largest pair.Head.Problem.Minimizer) pair.Head.Radius

        { Terms = List.map2 (fun coefficient training -> coefficient, averaged training) [ Math.Pow(0.25, 0.35); -1.0 ] pair
          Constant = 0.0
          // ‖W‖∞ ≤ τ is a hypothesis, and every coordinate's ∂f is below L(τ + ‖W*‖∞).
          GradientRange = Some(low, high * float (dimension pair.Head))
          AuxiliaryLimit = None
          Conditions = [] }

    // L = τ = D = 1, Rademacher noise (c = 1), α = a/√K, K and 4K steps.
    let private pair sigma minimizer start a (beta: float -> float) steps : TikiTakaTraining list =
        [ for steps in [ steps; 4 * steps ] ->
              let alpha = a / sqrt (float steps)

              create
                  (Quadratic.isotropic 1 1.0 minimizer)
                  (Noise.rademacher sigma)
                  1.0
                  (Weights.ofArray [| start |])
                  alpha
                  (beta alpha)
                  steps ]

    let private printedPair steps = pair 40.0 0.6 0.0 0.5 (fun alpha -> 8.0 * alpha) steps

    // β as the proof has it; K so large that Lemma 7 admits it.
    let private repairedPair sigma steps = pair sigma 0.9 -0.9 0.25 (fun alpha -> 8.0 * alpha / (sigma * sigma)) steps

    // E P² at W = W* by T4's exact law, against P_max² of Lemma 7, on which the theorem rests.
    let private auxiliary (training: TikiTakaTraining) : Comparison =
        let moments = training.Noise.Moments training.Start 0
        let g = AuxiliaryMoments.gradient moments 0.0

        let largest =
            // Below the limit of T4 the second moment grows to its stationary value.
            match AuxiliaryMoments.tryStationary training.Radius training.LearningRate g with
            | Some law -> law.SecondMoment
            | None -> infinity

        let bound =
            BoundedAuxiliary.bound
                { Smoothness = training.Problem.Smoothness
                  Radius = training.Radius
                  Deviation = training.Deviation
                  Dimension = dimension training
                  NoiseFloor = training.NoiseFloor
                  LearningRate = training.LearningRate
                  Noise = moments
                  Path = [ 0.0, 1 ] }

        Claim.atMost (largest + bound) (float (dimension training) * largest) bound

    let private measured pair = ReplicaMargin.measured 512 (slope pair)

    // The same slope outside the region, or with rates beyond their limits; the printed β among them.
    let private necessity (hypotheses: Hypothesis<TikiTakaTraining> list) : Necessity list =
        let candidates =
            ("L = τ = D = 1, w* = 0.6, W₀ = 0, Rademacher σ = 40, K = 32768 and 131072, α = .5/√K, β = 8α", printedPair 32768)
            :: [ for sigma, steps in [ 20.0, 4096; 3.0, 1024; 1.0, 1024; 0.3, 1024; 40.0, 64 ] ->
                     invariant
                         $"L = τ = D = 1, w* = 0.9, W₀ = −0.9, Rademacher σ = {sigma}, K = {steps} and {4 * steps}, α = .25/√K, β = 8α/σ²",
                     repairedPair sigma steps ]

        [ for hypothesis in hypotheses do
              let onlyFails (_, pair) =
                  hypotheses
                  |> List.forall (fun other -> ((Claim.onAll other).Margin pair >= 0.0) = (other.Name <> hypothesis.Name))

              Search.among hypothesis.Name measured (candidates |> List.filter onlyFails) ]

    let private theorem id source variant statement hypotheses instances : ITheorem =
        Theorem.pack
            { Id = id
              Source = source
              Variant = variant
              Statement = statement
              Hypotheses = hypotheses |> List.map Claim.onAll
              Instances = instances
              Evidence = BySampling(slope >> ReplicaMargin.sampler)
              Necessity = necessity hypotheses }

    /// The claims of this file.
    let all: ITheorem list =
        [ theorem
              "T8-printed"
              (Source.paper "Theorem 4")
              "printed, slope only"
              "33·P_max² < τ², β = 8αL ⇒ avg E‖∇f‖² falls at least like K^(−1/2 + .15), α ∝ 1/√K"
              printed
              [ "D = 1, Rademacher σ = 40, K = 2¹⁵ and 2¹⁷", printedPair 32768
                "σ = .3: vacuous", pair 0.3 0.6 0.0 0.5 (fun alpha -> 8.0 * alpha) 4096 ]
          Theorem.pack
              { Id = "T8-printed-auxiliary"
                Source = Source.paper "Theorem 4, Lemma 7"
                Variant = "printed"
                Statement = "33·P_max² < τ², β = 8αL ⇒ E P_k² ≤ P_max² = 41L²τ⁴D/(c²σ²), which Theorem 4 uses; at W = W*, by T4"
                Hypotheses = printed
                Instances =
                  [ for steps in [ 32768; 131072; 524288 ] ->
                        invariant $"D = 1, Rademacher σ = 40, α = .5/√K, K = {steps}", (printedPair steps).Head ]
                Evidence = ByComputation(fun training -> [ auxiliary training ])
                Necessity = [] }
          theorem
              "T8-repaired"
              (Source.derived "T8; v1 Theorem 4 with the conditions of its proof and of Lemma 7")
              "repaired, slope only"
              "33·P_max² < τ², α ≤ σ/(6Lτ√D), 8αLτ²D/σ² ≤ β ≤ c²σ⁴/(64αLτ⁴D), β within Lemma 7 ⇒ avg E‖∇f‖² falls at least like K^(−1/2 + .15), α ∝ 1/√K"
              repaired
              [ "D = 1, Rademacher σ = 40, K = 2¹⁶ and 2¹⁸", repairedPair 40.0 65536
                "problem of T9 with σ = .3: vacuous", pair 0.3 0.6 0.0 0.5 (fun alpha -> 8.0 * alpha / 0.09) 4096
                "σ = 30: vacuous", repairedPair 30.0 65536 ] ]
