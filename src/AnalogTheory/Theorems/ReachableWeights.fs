namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Noises
open AnalogTheory.Kernels.Objectives

/// What is sure of all paths of a training, from both sides.
type Reach =
    {
        /// No path leaves ‖W‖∞ ≤ this; weight; ∞ where no bound is known.
        LargestWeight: float
        /// No |g_d| on any path is larger; loss/weight; ∞ where noise has no bound, NaN where nothing is known.
        LargestGradient: float
        /// Some path has such a weight.
        VisitedWeight: float
        /// Some path has such a |g_d|, or comes as close to it as one likes; NaN where nothing is known.
        VisitedGradient: float
    }

    /// <summary>The largest weight as far as a limit asks for it: a bound that keeps the limit, a visited weight that breaks it, else NaN.</summary>
    /// <param name="limit">The limit that a theorem asks for.</param>
    member reach.WeightAgainst(limit: float) : float = Reach.Decide(limit, reach.LargestWeight, reach.VisitedWeight)

    /// <summary>The same of |g_d|.</summary>
    /// <param name="limit">The limit that a theorem asks for.</param>
    member reach.GradientAgainst(limit: float) : float = Reach.Decide(limit, reach.LargestGradient, reach.VisitedGradient)

    static member private Decide(limit: float, bound: float, visited: float) : float =
        if bound <= limit then bound
        elif visited > limit then visited
        else nan

/// <summary>Bounds on what training can reach, with noise bounded over the weights that are reached and not at W₀ alone.</summary>
/// <remarks>
/// One coordinate that moves for itself has an invariant interval, found by interval arithmetic. Where there is none within the device's range, Theorem 1
/// (D2) keeps |w| ≤ τ if no step exceeds τ anywhere on it. Weights that are reached for certain come from paths that the engine takes.
/// </remarks>
[<RequireQualifiedAccess>]
module ReachableWeights =

    let private withCoordinate (d: int) (value: float) (w: Weights) : Weights = Weights.ofArray (Array.updateAt d value (Weights.toArray w))

    // The values that coordinate d's noise can take over intervals of its weight; None where nobody knows them.
    let private noises (noise: Noise) (start: Weights) (d: int) : (Interval -> Interval) list option =
        match noise.Model with
        | :? StateDependentTwoPointNoise ->
            let parameter symbol = noise.Parameters |> List.find (fst >> (=) symbol) |> snd
            Some(LowerBoundInstance.noises (parameter "s") (parameter "τ"))
        | _ when noise.DependsOnState ->
            if Double.IsFinite noise.LargestNoise then
                Some [ fun _ -> Interval(-noise.LargestNoise, noise.LargestNoise) ]
            else
                None
        | _ ->
            let moments = noise.Moments start d

            match moments.Support with
            | Some atoms -> Some [ for atom in atoms -> fun _ -> Interval.Point atom.Value ]
            | None when Double.IsNaN moments.Bound -> None
            | None -> Some [ fun _ -> Interval(-moments.Bound, moments.Bound) ]

    /// <summary>
    /// Whether the noise's moments at W₀ and at the ends of a reach tell those between: they do not depend on the weight, or grow with |w| as the lower
    /// bound's do.
    /// </summary>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    let areMomentsKnown (noise: Noise) : bool = not noise.DependsOnState || noise.Model :? StateDependentTwoPointNoise

    /// ∂_d f over intervals of w_d, where it depends on w_d alone: curvature·(w_d − w*_d); None elsewhere.
    let internal slope (problem: Problem) (d: int) : (Interval -> Interval) option =
        let line curvature = Some(fun (w: Interval) -> curvature * (w - Interval.Point problem.Minimizer[d]))

        match problem.Objective with
        | :? Separable<QuadraticTerm> ->
            let away = problem.Minimizer |> withCoordinate d (problem.Minimizer[d] + 1.0)
            let curvature = (problem.Gradient away)[d]
            // The unit distance is rounded.
            line (Interval(curvature * (1.0 - 1e-12), curvature * (1.0 + 1e-12)))
        | _ when problem.Dimension = 1 && problem.IsConvex && Double.IsPositiveInfinity problem.Domain ->
            line (Interval(problem.StrongConvexity, problem.Smoothness))
        | _ -> None

    // Weights at which g vanishes for an end of one of the noises: with small steps the chain cannot pass the outermost of them.
    let private turning (map: ScalarMap) (limit: float) : float list =
        let edge = limit * (1.0 - 1e-12)

        [ for noise in map.Noises do
              for pick in [ (fun (x: Interval) -> x.Lower); (fun (x: Interval) -> x.Upper) ] do
                  let balance w = pick (map.Slope(Interval.Point w) + noise (Interval.Point w))

                  match MathNet.Numerics.RootFinding.Brent.TryFindRoot(Func<float, float>(balance), -edge, edge, 1e-12, 500) with
                  | true, root -> root
                  | _ -> () ]

    // The interval that a coordinate never leaves, below the limit.
    let private coordinate
        (device: Device)
        rate
        (problem: Problem)
        noise
        (start: Weights)
        (limit: float)
        d
        : (ScalarMap * Interval) option =
        match slope problem d, noises noise start d with
        | Some slope, Some noises when abs start[d] < limit ->
            let map = { Device = device; LearningRate = rate; Slope = slope; Noises = noises }
            let ends = start[d] :: turning map limit
            let low, high = List.min ends, List.max ends
            let margin = 1e-3 * (high - low)
            let within x = Math.Max(-limit, Math.Min(limit, x))

            InvariantInterval.tryFind map (Math.BitDecrement limit) (Interval(within (low - margin), within (high + margin)))
            |> Option.map (fun weights -> map, weights)
        | _ -> None

    /// <summary>What every coordinate can reach on any device, with its map, by interval iteration.</summary>
    /// <remarks>None where a coordinate does not move for itself, where nobody knows what values the noise takes, and where no interval closes within the limit.</remarks>
    /// <param name="device">Device; None too where its law does not enclose itself.</param>
    /// <param name="rate">α.</param>
    /// <param name="problem">f.</param>
    /// <param name="noise">ε.</param>
    /// <param name="start">W₀.</param>
    /// <param name="limit">Largest |w| that is looked at.</param>
    let internal intervals
        (device: Device)
        rate
        (problem: Problem)
        noise
        (start: Weights)
        (limit: float)
        : (ScalarMap * Interval) list option =
        try
            let found = [ for d in 0 .. problem.Dimension - 1 -> coordinate device rate problem noise start limit d ]
            if List.forall Option.isSome found then Some(List.map Option.get found) else None
        with :? NotSupportedException ->
            None

    /// <summary>No |g_d| is larger on ‖W‖∞ ≤ r: |∂_d f| ≤ L√D(r + ‖W*‖∞), or less where coordinates move for themselves, and the noise's bound there; NaN if unknown.</summary>
    /// <param name="problem">The objective.</param>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="start">Start W₀, finite, of the problem's dimension; unit of weight.</param>
    /// <param name="r">r &gt; 0: the box is ‖W‖∞ ≤ r; unit of weight.</param>
    let gradientOnBox (problem: Problem) (noise: Noise) (start: Weights) (r: float) : float =
        let box = Interval(-r, r)

        let largest d =
            let slope =
                match slope problem d with
                | Some slope -> InvariantInterval.largest (slope box)
                | None -> problem.Smoothness * sqrt (float problem.Dimension) * (r + Weights.largest problem.Minimizer)

            match noises noise start d with
            | Some noises -> slope + (noises |> List.map (fun noise -> InvariantInterval.largest (noise box)) |> List.max)
            | None -> nan

        Seq.fold (fun most d -> Math.Max(most, largest d)) 0.0 (seq { 0 .. problem.Dimension - 1 })

    // The largest |w_d| and |g_d| on the paths of a coordinate on which the noise always takes one side, and the like from the outermost weights so far.
    let private pushed (device: Device) rate (problem: Problem) (noise: Noise) (start: Weights) d : struct (float * float) =
        let gradients w =
            let w = withCoordinate d w start
            let slope = (problem.Gradient w)[d]

            match (noise.Moments w d).Support with
            | Some atoms -> [ for atom in atoms -> slope + atom.Value ]
            | None -> []

        let rec walk steps (low: float) (high: float) (weight: float) (gradient: float) =
            let here =
                [ for w in List.distinct [ low; high ] do
                      for g in gradients w -> w, g ]

            if steps = 0 || here.IsEmpty then
                struct (weight, gradient)
            else
                let next = here |> List.map (fun (w, g) -> device.Update(w, -rate * g)) |> List.filter Double.IsFinite
                let gradient = here |> List.fold (fun most (_, g) -> Math.Max(most, abs g)) gradient

                if next.IsEmpty then
                    struct (weight, gradient)
                else
                    let lower, higher = Math.Min(low, List.min next), Math.Max(high, List.max next)
                    let weight = Math.Max(weight, Math.Max(abs lower, abs higher))
                    // Where a path hardly goes further it has come to what it can reach.
                    let isSettled = (low - lower) + (higher - high) <= 1e-9 * (higher - lower)
                    walk (if isSettled then 0 else steps - 1) lower higher weight gradient

        // Towards ±τ a path creeps: the way takes thousands of steps.
        walk (Math.Max(64, 20000 / problem.Dimension)) start[d] start[d] (abs start[d]) 0.0

    // |g_d| at W₀, which with noise of a known variance is at least √E g_d² on some path.
    let private first (problem: Problem) (noise: Noise) (start: Weights) : float =
        let gradient = problem.Gradient start

        let least d =
            let moments = noise.Moments start d

            match moments.Support with
            | Some atoms -> atoms |> Array.fold (fun most atom -> Math.Max(most, abs (gradient[d] + atom.Value))) 0.0
            | None when Double.IsPositiveInfinity moments.Bound -> infinity
            | None -> sqrt (gradient[d] * gradient[d] + moments.SecondMoment)

        Seq.fold (fun most d -> Math.Max(most, least d)) 0.0 (seq { 0 .. problem.Dimension - 1 })

    // What a path reaches for certain. Coordinates are walked one by one where they move for themselves and are few.
    let private visited (device: Device) rate (problem: Problem) noise (start: Weights) : struct (float * float) =
        let walked =
            if problem.Dimension <= 64 && (slope problem 0).IsSome then
                [ for d in 0 .. problem.Dimension - 1 -> pushed device rate problem noise start d ]
            else
                []

        walked
        |> List.fold
            (fun (struct (w, g)) (struct (weight, gradient)) -> struct (Math.Max(w, weight), Math.Max(g, gradient)))
            (struct (Weights.largest start, first problem noise start))

    // Without a bound on W only the noise can tell.
    let private unbounded (noise: Noise) (start: Weights) : float =
        let isUnbounded d = Double.IsPositiveInfinity (noise.Moments start d).Bound
        if Seq.exists isUnbounded (seq { 0 .. start.Length - 1 }) then infinity else nan

    /// <summary>Bounds on ‖W‖∞ and on |g_d| of all paths of Analog SGD on a device whose range is [−τ, τ]: ∞ and ∞ or NaN where there is none.</summary>
    /// <param name="device">Device; its law has to be known as a formula.</param>
    /// <param name="radius">τ.</param>
    /// <param name="rate">α.</param>
    /// <param name="problem">f.</param>
    /// <param name="noise">ε.</param>
    /// <param name="start">W₀.</param>
    let boundsOfAnalogSgd
        (device: Device)
        (radius: float)
        (rate: float)
        (problem: Problem)
        (noise: Noise)
        (start: Weights)
        : struct (float * float) =
        let found = [ for d in 0 .. problem.Dimension - 1 -> coordinate device rate problem noise start radius d ]

        if List.forall Option.isSome found then
            let found = found |> List.map Option.get

            struct (found |> List.map (snd >> InvariantInterval.largest) |> List.max,
                    found
                    |> List.map (fun (map, weights) -> InvariantInterval.largest (InvariantInterval.gradients map weights))
                    |> List.max)
        else
            let onRange = gradientOnBox problem noise start radius

            if Weights.largest start <= radius && rate * onRange <= radius then
                struct (radius, onRange)
            else
                struct (infinity, unbounded noise start)

    /// <summary>Of Analog SGD on a device whose range is [−τ, τ].</summary>
    /// <param name="vouched">‖W‖∞ of all paths, if somebody vouches for it.</param>
    /// <param name="device">Device; its law has to be known as a formula.</param>
    /// <param name="radius">τ.</param>
    /// <param name="rate">α.</param>
    /// <param name="problem">f.</param>
    /// <param name="noise">ε.</param>
    /// <param name="start">W₀.</param>
    let ofAnalogSgd
        (vouched: float option)
        (device: Device)
        (radius: float)
        (rate: float)
        (problem: Problem)
        (noise: Noise)
        (start: Weights)
        : Reach =
        let struct (weight, gradient) = visited device rate problem noise start

        let struct (largest, largestGradient) =
            match vouched with
            | Some vouched ->
                // A path that goes further shows what the word is worth.
                let largest = Math.Max(vouched, weight)
                struct (largest, gradientOnBox problem noise start largest)
            | None -> boundsOfAnalogSgd device radius rate problem noise start

        { LargestWeight = largest
          LargestGradient = largestGradient
          VisitedWeight = weight
          VisitedGradient = gradient }

    /// <summary>Of Tiki-Taka with both arrays on such a device: T3 keeps |P| ≤ τ where β|g_d| ≤ τ for all |w| ≤ τ, and D2 then |W| ≤ τ for α ≤ 1.</summary>
    /// <param name="vouched">‖W‖∞ of all paths, if somebody vouches for it.</param>
    /// <param name="radius">τ.</param>
    /// <param name="transferRate">α.</param>
    /// <param name="learningRate">β.</param>
    /// <param name="problem">f.</param>
    /// <param name="noise">ε.</param>
    /// <param name="start">W₀; P₀ = 0.</param>
    let ofTikiTaka
        (vouched: float option)
        (radius: float)
        transferRate
        learningRate
        (problem: Problem)
        (noise: Noise)
        (start: Weights)
        : Reach =
        let reach largest gradientBound =
            { LargestWeight = largest
              LargestGradient = gradientBound
              VisitedWeight = Weights.largest start
              VisitedGradient = first problem noise start }

        match vouched with
        | Some vouched ->
            let largest = Math.Max(vouched, Weights.largest start)
            reach largest (gradientOnBox problem noise start largest)
        | None ->
            let onRange = gradientOnBox problem noise start radius

            if Weights.largest start <= radius && learningRate * onRange <= radius && transferRate <= 1.0 then
                reach radius onRange
            else
                reach infinity (unbounded noise start)
