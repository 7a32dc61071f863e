namespace AnalogTheory

open System

/// The auxiliary array along a given path of gradients, with the constants of v1's Lemma 7.
[<NoEquality; NoComparison>]
type BoundedAuxiliaryRun =
    {
        /// L.
        Smoothness: float
        /// τ.
        Radius: float
        /// σ.
        Deviation: float
        /// D; coordinates are alike.
        Dimension: int
        /// c: E|g + ε_d| ≥ cσ.
        NoiseFloor: float
        /// β.
        LearningRate: float
        /// One coordinate's noise.
        Noise: Moments
        /// One coordinate's ∂f along the path, each value kept for a number of steps.
        Path: (float * int) list
    }

/// Claim T6: the auxiliary array stays small, E‖P_k‖∞² ≤ 41L²τ⁴D/(c²σ²), under the printed and the repaired condition on β.
[<RequireQualifiedAccess>]
module BoundedAuxiliary =

    /// <summary>P_max² = 41L²τ⁴D/(c²σ²).</summary>
    /// <param name="run">The auxiliary array along a path of gradients.</param>
    let bound (run: BoundedAuxiliaryRun) : float =
        41.0 * pown run.Smoothness 2 * pown run.Radius 4 * float run.Dimension
        / pown (run.NoiseFloor * run.Deviation) 2

    /// <summary>Largest β of the printed condition.</summary>
    /// <param name="smoothness">L &gt; 0; loss/weight².</param>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    /// <param name="dimension">Number of coordinates D ≥ 1.</param>
    /// <param name="c">c with E|g + ε_d| ≥ cσ for every g, dimensionless.</param>
    let printedRate (smoothness: float) (radius: float) (deviation: float) (dimension: int) (c: float) : float =
        let quadratic = 2.0 * (4.0 * pown (smoothness * radius) 2 + deviation * deviation)

        Math.Min(
            Math.Min(c * radius / quadratic, 2.0 / (3.0 * c * deviation)),
            pown smoothness 2 * pown radius 3 * float dimension / (3.0 * c * pown deviation 3)
        )

    /// <summary>Largest β of the repaired condition, whose units agree.</summary>
    /// <param name="smoothness">L &gt; 0; loss/weight².</param>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    /// <param name="dimension">Number of coordinates D ≥ 1.</param>
    /// <param name="c">c with E|g + ε_d| ≥ cσ for every g, dimensionless.</param>
    let repairedRate (smoothness: float) (radius: float) (deviation: float) (dimension: int) (c: float) : float =
        let quadratic = 2.0 * (4.0 * pown (smoothness * radius) 2 + deviation * deviation)

        Math.Min(
            Math.Min(c * radius * deviation / quadratic, 2.0 * radius / (3.0 * c * deviation)),
            pown smoothness 2 * pown radius 3 * float dimension / (3.0 * c * pown deviation 3)
        )

    /// <summary>Largest E‖P_k‖∞² along the path by T4's exact recursion; the sum over coordinates bounds the maximum where D &gt; 1.</summary>
    /// <param name="run">The auxiliary array along a path of gradients.</param>
    let largest (run: BoundedAuxiliaryRun) : float =
        let advance (law: AuxiliaryMoments, largest: float) (gradient, steps) =
            let g = AuxiliaryMoments.gradient run.Noise gradient
            let mutable law = law
            let mutable largest = largest

            for _ in 1..steps do
                law <- AuxiliaryMoments.next run.Radius run.LearningRate g law
                largest <- Math.Max(largest, law.SecondMoment)

            law, largest

        float run.Dimension * (run.Path |> List.fold advance (AuxiliaryMoments.zero, 0.0) |> snd)

    /// <summary>E‖P_k‖∞² against P_max².</summary>
    /// <param name="run">The auxiliary array along a path of gradients.</param>
    let compare (run: BoundedAuxiliaryRun) : Comparison =
        let measured = largest run
        Claim.atMost (measured + bound run) measured (bound run)

    let private meanName = "A5: E ε = 0"
    let private varianceName = "A5: E ε_d² ≤ σ²/D"
    let private floorName = "A5: E|g + ε_d| ≥ cσ"
    let private boxName = "‖W_k‖∞, ‖W*‖∞ ≤ τ, hence |∂f| ≤ 2Lτ"
    let private rateName = "β small"

    let private leastMeanAbsolute (noise: Moments) =
        match noise.Support with
        | Some atoms -> atoms |> Array.map (fun atom -> noise.MeanAbsolute -atom.Value) |> Array.min
        | None -> noise.MeanAbsolute 0.0

    let private hypotheses rate =
        [ Claim.hypothesis meanName (fun run -> 1e-14 * run.Deviation - abs run.Noise.Mean)
          Claim.hypothesis varianceName (fun run ->
              run.Deviation * run.Deviation / float run.Dimension * (1.0 + 1e-12) - run.Noise.SecondMoment)
          Claim.hypothesis floorName (fun run -> leastMeanAbsolute run.Noise * (1.0 + 1e-12) - run.NoiseFloor * run.Deviation)
          Claim.hypothesis boxName (fun run ->
              2.0 * run.Smoothness * run.Radius * (1.0 + 1e-12)
              - (run.Path |> List.map (fun (gradient, _) -> abs gradient) |> List.max))
          Claim.hypothesis rateName (fun run ->
              rate run.Smoothness run.Radius run.Deviation run.Dimension run.NoiseFloor * (1.0 + 1e-12) - run.LearningRate) ]

    /// <summary>A run with Rademacher noise, for which c = 1/√D.</summary>
    /// <param name="smoothness">L &gt; 0; loss/weight².</param>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    /// <param name="dimension">Number of coordinates D ≥ 1.</param>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    /// <param name="path">The gradients of the path, loss/weight, each with the steps that it lasts.</param>
    let create
        (smoothness: float)
        (deviation: float)
        (dimension: int)
        (learningRate: float)
        (path: (float * int) list)
        : BoundedAuxiliaryRun =
        let root = sqrt (float dimension)

        { Smoothness = smoothness
          Radius = 1.0
          Deviation = deviation
          Dimension = dimension
          NoiseFloor = 1.0 / root
          LearningRate = learningRate
          Noise = Moments.twoPoint 0.5 (deviation / root) (-deviation / root)
          Path = path }

    let private grid rate =
        [ for smoothness in [ 0.01; 0.1; 1.0; 10.0 ] do
              for deviation in [ 0.001; 0.03; 0.3; 3.0 ] do
                  for fraction in [ 0.0; 0.01; 0.25; 1.0 ] do
                      for dimension in [ 1; 2; 3 ] do
                          for rateFraction in [ 0.1; 1.0 ] do
                              let c = 1.0 / sqrt (float dimension)
                              let beta = rateFraction * rate smoothness 1.0 deviation dimension c
                              create smoothness deviation dimension beta [ 2.0 * smoothness * fraction, 400 ] ]

    // W jumps between the ends of the box every few steps.
    let private switching rate =
        [ for deviation in [ 0.03; 0.3; 3.0 ] do
              for period in [ 1; 5; 50 ] do
                  let beta = rate 1.0 1.0 deviation 1 1.0
                  create 1.0 deviation 1 beta [ for i in 1..40 -> (if i % 2 = 0 then 2.0 else -2.0), period ] ]

    let private necessity hypotheses rate compare =
        let build (point: float[]) =
            let smoothness, deviation, probability = point[0], point[1], point[2]
            let noise = (Claim.biased deviation probability point[5]).Moments (Weights.zeros 1) 0
            let c = leastMeanAbsolute noise / sqrt noise.SecondMoment * point[6]
            let sigma = sqrt (noise.SecondMoment * point[7])

            { create smoothness sigma 1 (point[4] * rate smoothness 1.0 sigma 1 c) [ 2.0 * smoothness * point[3], 300 ] with
                NoiseFloor = c
                Noise = noise }

        Search.necessity
            hypotheses
            [ Search.free "L" 0.01 2.0
              Search.free "s" 0.01 2.0
              Search.free "p" 0.05 0.95
              Search.free "∂f/(2Lτ)" -20.0 20.0
              Search.free "β / limit" 0.01 20.0
              Search.freed meanName "E ε" -2.0 2.0 0.0
              Search.freed floorName "c claimed / c" 1.0 30.0 1.0
              Search.freed varianceName "σ² claimed / σ²" 0.001 1.0 1.0 ]
            build
            compare

    let private theoremOf id source variant statement rate instances compare : ITheorem =
        let hypotheses = hypotheses rate

        Theorem.pack
            { Id = id
              Source = source
              Variant = variant
              Statement = statement
              Hypotheses = hypotheses |> List.map Claim.onAll
              Instances = instances
              Evidence = ByComputation(List.map compare)
              Necessity = necessity hypotheses rate compare }

    let private theorem id source variant condition rate instances : ITheorem =
        theoremOf id source variant $"β ≤ min{{{condition}}} ⇒ E‖P_k‖∞² ≤ 41L²τ⁴D/(c²σ²)" rate instances compare

    let private repairedInstances =
        [ "W fixed, grid of 384 runs", grid repairedRate; "W jumps across the box", switching repairedRate ]

    /// A claim on the instances of T6 under the repaired condition.
    let internal repaired (id: string) (variant: string) (statement: string) (compare: BoundedAuxiliaryRun -> Comparison) : ITheorem =
        theoremOf id (Source.derived "N5; v1 Lemma 7, condition on β repaired") variant statement repairedRate repairedInstances compare

    /// Both conditions.
    let all: ITheorem list =
        [ theorem
              "T6-printed"
              (Source.paper "Lemma 7")
              "printed"
              "cτ/(2(4L²τ²+σ²)), 2/(3cσ), L²τ³D/(3cσ³)"
              printedRate
              // For σ ≥ 1 and τ = 1 the printed condition implies the repaired one.
              [ "σ = 3, W jumps across the box", switching printedRate |> List.filter (fun run -> run.Deviation >= 1.0)
                // |1 − βg| = 3 or 5/3 here: E P² grows without bound, and has passed P_max² after five steps.
                "L = .01, τ = 1, σ = .001, D = 1, β = 666.7, ∂f = .005",
                [ create 0.01 0.001 1 (printedRate 0.01 1.0 0.001 1 1.0) [ 0.005, 5 ] ] ]
          theorem "T6-repaired" (Source.derived "T6") "repaired" "cτσ/(2(4L²τ²+σ²)), 2τ/(3cσ), L²τ³D/(3cσ³)" repairedRate repairedInstances ]
