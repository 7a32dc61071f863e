namespace AnalogTheory

open System
open AnalogTheory.Kernels.Noises
open AnalogTheory.Kernels.Objectives
open MathNet.Numerics

/// How a noise vector's coordinates hang together.
type NoiseStructure =
    /// Coordinates are independent, each with its own moments.
    | Independent
    /// One draw serves all coordinates: ε = ξ·1.
    | Shared
    /// The whole vector is one draw from finitely many vectors, as in random sampling.
    | Joint

/// <summary>Gradient noise: how it is sampled, and the moments that the theory needs.</summary>
/// <remarks>
/// Every family has E ε = 0 in every state, and a user's own noise should: claims whose A3′ fails say nothing. A3 of v1 (independent of the state)
/// holds unless the noise says that it depends on the state.
/// </remarks>
[<NoEquality; NoComparison>]
type Noise =
    {
        /// Name, such as "Gaussian".
        Name: string
        /// Parameters by their symbols.
        Parameters: (string * float) list
        /// How coordinates hang together.
        Structure: NoiseStructure
        /// Whether the distribution depends on the weight (then only A3′ holds).
        DependsOnState: bool
        /// Moments of coordinate d at weights W.
        Moments: Weights -> int -> Moments
        /// The vectors that ε takes at W with their probabilities, where they are finitely many and few.
        JointSupport: Weights -> struct (float * Weights)[] option
        /// Largest |ε_d| at any weight; loss/weight; ∞ where it is unbounded or nobody knows.
        LargestNoise: float
        /// The sampler, with its lane width open.
        Model: NoiseModel
    }

    override noise.ToString() =
        let text = noise.Parameters |> List.map (fun (symbol, value) -> $"{symbol} = {string value}") |> String.concat ", "
        if text = "" then noise.Name else $"{noise.Name} ({text})"

/// Noise families. Deviations are per coordinate: the theory's σ² = E‖ε‖² is D·s².
[<RequireQualifiedAccess>]
module Noise =

    /// Largest number of vectors that a joint support is enumerated to.
    let private enumerable = 4096

    // Products of the coordinates' supports, coordinate 0 varying slowest.
    let internal product (moments: int -> Moments) (dimension: int) : struct (float * Weights)[] option =
        let supports = Array.init dimension (fun d -> (moments d).Support)

        let size =
            supports
            |> Array.fold
                (fun size support ->
                    size
                    * (match support with
                       | Some atoms -> float atoms.Length
                       | None -> infinity))
                1.0

        if size > float enumerable then
            None
        else
            let atoms = supports |> Array.map Option.get

            let rec extend d (probability: float) (values: float list) =
                if d = dimension then
                    [ struct (probability, Weights.ofSeq (List.rev values)) ]
                else
                    [ for atom in atoms[d] do
                          yield! extend (d + 1) (probability * atom.Probability) (atom.Value :: values) ]

            Some(List.toArray (extend 0 1.0 []))

    /// The atom that a uniform u picks: the first whose cumulated probability exceeds u.
    let internal pick (u: float) (atoms: Atom[]) : float =
        let mutable chosen = 0
        let mutable cumulated = atoms[0].Probability

        while u >= cumulated && chosen < atoms.Length - 1 do
            chosen <- chosen + 1
            cumulated <- cumulated + atoms[chosen].Probability

        atoms[chosen].Value

    // The vectors that one uniform picks in all coordinates at once: between two neighbouring cuts no coordinate changes its atom.
    let internal common (support: int -> Atom[]) (dimension: int) : struct (float * Weights)[] =
        let supports = Array.init dimension support

        let cuts =
            [| 0.0
               for atoms in supports do
                   for sum in atoms |> Array.scan (fun sum atom -> sum + atom.Probability) 0.0 do
                       min 1.0 sum
               1.0 |]
            |> Array.distinct
            |> Array.sort

        cuts
        |> Array.pairwise
        |> Array.map (fun (a, b) -> struct (b - a, Weights.ofArray (supports |> Array.map (pick (0.5 * (a + b))))))

    // The distribution is the same at every weight.
    let private independent name parameters (moments: Moments) model : Noise =
        let at (_: Weights) (_: int) = moments

        { Name = name
          Parameters = parameters
          Structure = Independent
          DependsOnState = false
          Moments = at
          JointSupport = fun w -> product (at w) w.Length
          LargestNoise = moments.Bound
          Model = model }

    // One draw for all coordinates, each with two points of its own.
    let private leaning name deviation parameters (moments: float -> Moments) model : Noise =
        let at (w: Weights) d = moments w[d]

        { Name = name
          Parameters = parameters
          Structure = Shared
          DependsOnState = true
          Moments = at
          JointSupport = fun w -> Some(common (fun d -> (at w d).Support |> Option.get) w.Length)
          // p goes to 0 where a response does.
          LargestNoise = (if deviation = 0.0 then 0.0 else infinity)
          Model = model }

    /// ε = 0.
    let none: Noise =
        let still = Moments.ofSupport [| { Value = 0.0; Probability = 1.0 } |]

        { independent "none" [] still (NoNoise()) with
            JointSupport = fun w -> Some [| struct (1.0, Weights.zeros w.Length) |] }

    /// <summary>Independent normals.</summary>
    /// <param name="deviation">s ≥ 0 per coordinate; loss/weight.</param>
    let gaussian (deviation: float) : Noise =
        Require.nonNegative "deviation" deviation
        let moments = Moments.gaussian deviation
        independent "Gaussian" [ "s", deviation ] moments (GaussianNoise deviation)

    /// <summary>Independent normals clipped to ±c deviations, so that their range is known.</summary>
    /// <param name="deviation">s ≥ 0 per coordinate, before clipping; loss/weight.</param>
    /// <param name="clip">c &gt; 0, in deviations.</param>
    let clippedGaussian (deviation: float) (clip: float) : Noise =
        Require.nonNegative "deviation" deviation
        Require.positive "clip" clip
        let moments = Moments.clippedGaussian deviation clip
        independent "clipped Gaussian" [ "s", deviation; "c", clip ] moments (ClippedGaussianNoise(deviation, clip))

    /// <summary>Independent ±s with probability one half each.</summary>
    /// <param name="deviation">s ≥ 0 per coordinate; loss/weight.</param>
    let rademacher (deviation: float) : Noise =
        Require.nonNegative "deviation" deviation
        let moments = Moments.twoPoint 0.5 deviation -deviation
        independent "Rademacher" [ "s", deviation ] moments (TwoPointNoise(0.5, deviation, -deviation))

    /// <summary>Independent uniforms on [−s√3, s√3].</summary>
    /// <param name="deviation">s ≥ 0 per coordinate; loss/weight.</param>
    let uniform (deviation: float) : Noise =
        Require.nonNegative "deviation" deviation
        let halfWidth = deviation * sqrt 3.0
        let moments = Moments.uniform halfWidth
        independent "uniform" [ "s", deviation ] moments (UniformNoise halfWidth)

    /// <summary>Independent two-point noise of mean 0 and variance s²: +s√((1−p)/p) with probability p, −s√(p/(1−p)) otherwise.</summary>
    /// <param name="deviation">s ≥ 0 per coordinate; loss/weight.</param>
    /// <param name="probability">p in (0, 1).</param>
    let twoPoint (deviation: float) (probability: float) : Noise =
        Require.nonNegative "deviation" deviation
        Require.between "probability" 0.0 1.0 probability
        let first = deviation * sqrt ((1.0 - probability) / probability)
        let second = -deviation * sqrt (probability / (1.0 - probability))
        let moments = Moments.twoPoint probability first second
        independent "two-point" [ "s", deviation; "p", probability ] moments (TwoPointNoise(probability, first, second))

    /// <summary>The lower bound's noise ε = ξ·1, two-point with p = ½(1 − w/τ) at the current weight (v1 Theorem 3).</summary>
    /// <remarks>Made for chains whose coordinates are all equal; elsewhere each coordinate uses its own p with the common draw.</remarks>
    /// <param name="deviation">s = σ/√D ≥ 0 per coordinate; loss/weight.</param>
    /// <param name="radius">τ &gt; 0; weight.</param>
    let stateDependentTwoPoint (deviation: float) (radius: float) : Noise =
        Require.nonNegative "deviation" deviation
        Require.positive "radius" radius

        leaning
            "state-dependent two-point"
            deviation
            [ "s", deviation; "τ", radius ]
            (Moments.stateDependentTwoPoint deviation radius)
            (StateDependentTwoPointNoise(deviation, radius))

    /// <summary>The noise with the highest floor on a device: two points with p = ½(1 − G/F) = q₊/(q₊ + q₋) at the current weight, ε = ξ·1.</summary>
    /// <remarks>
    /// On the asymmetric linear device with w⋄ = 0 it is the lower bound's noise. The sampler forms p as q₊/(q₊ + q₋), so F has to be positive where the
    /// chain goes; outside [0, 1] p is clamped and the noise is 0.
    /// </remarks>
    /// <param name="deviation">s = σ/√D ≥ 0 per coordinate; loss/weight.</param>
    /// <param name="device">Device that the noise leans against.</param>
    let leaningTwoPoint (deviation: float) (device: Device) : Noise =
        Require.nonNegative "deviation" deviation

        leaning
            $"two-point leaning against {device}"
            deviation
            [ "s", deviation ]
            (Moments.leaningTwoPoint deviation device)
            (LeaningTwoPointNoise(deviation, device.Law))

    /// <summary>Random sampling (v1's A7): the gradient of rows drawn with replacement instead of all rows.</summary>
    /// <remarks>
    /// The support is enumerated up to 4,096 distinct batches; beyond, mean, variance and bound remain exact, and moments of |g + ε| are not known.
    /// </remarks>
    /// <param name="batch">Rows per step, at least 1.</param>
    /// <param name="problem">A problem that is a mean over samples: least squares, or a user's own with samples.</param>
    /// <exception cref="T:System.ArgumentException">The problem is not a mean over samples, or the batch is below 1.</exception>
    let miniBatch (batch: int) (problem: Problem) : Noise =
        Require.atLeast "batch" 1L (int64 batch)

        match box problem.Objective with
        | :? ISampledObjective as objective when problem.Objective.HasSamples ->
            // One row's ε, for every row, at W.
            let rows (w: Weights) =
                let full = problem.Gradient w

                Array.init objective.Samples (fun n ->
                    let gradient = Array.zeroCreate w.Length
                    objective.SampleGradient(n, w.Span, Span<float>(gradient))
                    Weights.map2 (-) (Weights.ofArray gradient) full)

            // Batches differ by how often each row is drawn, not by the order: C(N + B − 1, B) of them.
            let batches = Seq.fold (fun count i -> count * float (objective.Samples - 1 + i) / float i) 1.0 (seq { 1..batch })

            // Every batch's ε with its multinomial probability, row 0's count varying slowest.
            let joint (w: Weights) =
                if batches > float enumerable then
                    None
                else
                    let rows = rows w
                    let share = 1.0 / float rows.Length

                    let rec extend n left (probability: float) (sum: Weights) =
                        let take count (ways: float) =
                            struct (ways * pown share count, Weights.map2 (fun s e -> s + float count * e / float batch) sum rows[n])

                        if n = rows.Length - 1 then
                            let struct (factor, sum) = take left 1.0
                            [ struct (probability * factor, sum) ]
                        else
                            [ for count in 0..left do
                                  let struct (factor, sum) = take count (SpecialFunctions.Binomial(left, count))
                                  yield! extend (n + 1) (left - count) (probability * factor) sum ]

                    Some(List.toArray (extend 0 batch 1.0 (Weights.map (fun _ -> 0.0) w)))

            let moments w d =
                match joint w with
                | Some atoms ->
                    atoms
                    |> Array.map (fun (struct (probability, vector)) -> { Value = vector[d]; Probability = probability })
                    |> Moments.ofSupport
                | None ->
                    // A batch's mean has the rows' mean and 1/B of their second moment; its distribution is not enumerated.
                    let values = rows w |> Array.map (fun row -> row[d])

                    { Mean = Array.average values
                      SecondMoment = Array.averageBy (fun value -> value * value) values / float batch
                      Absolute = None
                      Support = None
                      Bound = values |> Array.fold (fun bound value -> max bound (abs value)) 0.0 }

            { Name = "mini-batch"
              Parameters = [ "B", float batch ]
              Structure = Joint
              DependsOnState = true
              Moments = moments
              JointSupport = joint
              LargestNoise = infinity
              Model = MiniBatchNoise(objective, batch) }
        | _ -> raise (ArgumentException($"Expected a problem that is a mean over samples, got problem = {problem.Name}.", nameof problem))

    /// <summary>σ² = E‖ε‖² at W; (loss/weight)².</summary>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="w">State W at which to look, unit of weight.</param>
    let variance (noise: Noise) (w: Weights) : float = Seq.sum (Seq.init w.Length (fun d -> (noise.Moments w d).SecondMoment))
