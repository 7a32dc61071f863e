namespace AnalogTheory

open System

/// One step of a watched path.
[<NoEquality; NoComparison>]
type Visit =
    {
        /// k.
        Step: int64
        /// W_k, where the gradient is taken.
        Weights: Weights
        /// f(W_k) − f*.
        Excess: float
        /// ∇f(W_k).
        Gradient: Weights
        /// ε_k as it was drawn.
        Noise: Weights
    }

/// What is looked at on a path.
[<NoEquality; NoComparison>]
type PathCheck =
    /// A hypothesis on every visit, and on every two in a row: its margin.
    | Surely of hypothesis: string * margin: (Visit voption -> Visit -> float)
    /// A conditional mean is 0: what it is the mean of, and a bound of its conditional second moment, stated by the hypothesis that is given.
    | MeanIsZero of hypothesis: string * quantity: string * value: (Visit -> float) * secondMoment: float * given: string
    /// The conditional mean of something that is never negative is at most as stated, above 0.
    | MeanAtMost of hypothesis: string * quantity: string * value: (Visit -> float) * stated: float

/// Watching the paths of a chain, step by step, on the bits that an ensemble runs.
[<RequireQualifiedAccess>]
module PathWatch =

    // Steps that all watched paths of an instance may take together, and the fewest and most paths.
    let private steps = 262_144L
    let private fewest = 16L
    let private most = 256L

    // A step in many dimensions counts as one for every eight.
    let private wide = 8L

    /// <summary>Paths that are watched where each has K steps in D dimensions: 256, or as many as 2¹⁸ steps allow, at least 16.</summary>
    /// <param name="length">Steps K of a path.</param>
    /// <param name="dimension">Number of coordinates D ≥ 1.</param>
    let paths (length: int64) (dimension: int) : int =
        int (max fewest (min most (steps / (max 1L length * max 1L (int64 dimension / wide)))))

    // A gambler of stake λ on a mean above zero is paid 1 + y + y²/2 for y = λx at the price 1 + λ²s²/2: never negative, and fair at best if
    // E x ≤ 0 and E x² ≤ s². The signs of λ bet on either side.
    let private zeroStakes =
        [| for sign in [ 1.0; -1.0 ] do
               for j in 0..11 -> sign * pown 0.5 j |]

    // One of stake λ on E x > m is paid 1 + λ(x/m − 1), never negative for x ≥ 0 and λ ≤ 1.
    let private mostStakes = [| for j in 1..12 -> pown 0.5 j |]

    // The money of one path's gamblers; products are put aside as logarithms before they leave the range of doubles.
    [<Sealed>]
    type private Game(stakes: float[], gain: float -> float -> float) =
        let money = Array.create stakes.Length 1.0
        let aside = Array.zeroCreate<float> stakes.Length
        let mutable sum = 0.0
        let mutable draws = 0L

        member _.Play(value: float) =
            sum <- sum + value
            draws <- draws + 1L

            for j in 0 .. stakes.Length - 1 do
                let next = money[j] * gain stakes[j] value

                if next > 1e100 || next < 1e-100 then
                    aside[j] <- aside[j] + Math.Log next
                    money[j] <- 1.0
                else
                    money[j] <- next

        member _.Result(hypothesis, quantity, stated, given) : MomentBet =
            { Hypothesis = hypothesis
              Quantity = quantity
              Stated = stated
              Sum = sum
              Draws = draws
              // What is not a number is worth nothing to the gambler.
              LogFactors = Array.map2 (fun a m -> let log = a + Math.Log m in if Double.IsNaN log then -infinity else log) aside money
              Given = given }

    let private gameOf (check: PathCheck) : (Game * (Visit -> float)) option =
        match check with
        | Surely _ -> None
        | MeanIsZero(_, _, value, secondMoment, _) ->
            let deviation = sqrt secondMoment

            let gain stake x =
                let y = stake * x / deviation
                (1.0 + y + 0.5 * y * y) / (1.0 + 0.5 * stake * stake)

            Some(Game(zeroStakes, gain), value)
        | MeanAtMost(_, _, value, stated) -> Some(Game(mostStakes, (fun stake x -> 1.0 + stake * (x / stated - 1.0))), value)

    let private result (check: PathCheck) (game: (Game * (Visit -> float)) option) : MomentBet option =
        match check, game with
        | MeanIsZero(hypothesis, quantity, _, _, given), Some(game, _) -> Some(game.Result(hypothesis, quantity, 0.0, Some given))
        | MeanAtMost(hypothesis, quantity, _, stated), Some(game, _) -> Some(game.Result(hypothesis, quantity, stated, None))
        | _ -> None

    // The visits of a replica: the same steps as `Chain.trajectory`, with ε told apart from ∇f.
    let private visits (chain: Chain<'State>) (length: int64) (key: Key) (replica: uint32) : Visit seq =
        seq {
            let mutable state = chain.Rule.Init chain.Start

            for k in 0L .. length - 1L do
                let w = chain.Rule.Probe state
                let gradient = chain.Problem.Gradient w
                let noisy = Chain.gradient key replica k chain state
                let noise = Array.zeroCreate w.Length
                chain.Noise.Model.Add(key.Bits, replica, uint64 k, w.Span, Span<float>(noise), Span<float>.Empty)

                { Step = k
                  Weights = w
                  Excess = chain.Problem.Excess w
                  Gradient = gradient
                  Noise = Weights.freeze w.Shape noise }

                let stepKey = key |> Key.fold (uint64 replica) |> Key.fold (uint64 k)
                let struct (next, _) = chain.Rule.Step stepKey noisy state
                state <- next
        }

    /// <summary>What one replica shows.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="length">K, steps watched.</param>
    /// <param name="checks">What is looked at.</param>
    /// <param name="key">Randomness of the instance.</param>
    /// <param name="replica">Number of the replica.</param>
    let path (chain: Chain<'State>) (length: int64) (checks: PathCheck list) (key: Key) (replica: uint32) : WatchedPath =
        let checks = List.toArray checks
        let games = checks |> Array.map gameOf
        let margins = Array.create checks.Length infinity
        let mutable before = ValueNone

        for visit in visits chain length key replica do
            for i in 0 .. checks.Length - 1 do
                match checks[i], games[i] with
                // Math.Min keeps a NaN, which fails.
                | Surely(_, margin), _ -> margins[i] <- Math.Min(margins[i], margin before visit)
                | _, Some(game, value) -> game.Play(value visit)
                | _, None -> ()

            before <- ValueSome visit

        { Margins =
            [ for check, margin in Array.zip checks margins do
                  match check with
                  | Surely(name, _) -> name, margin
                  | _ -> () ]
          Bets =
            [ for check, game in Array.zip checks games do
                  yield! Option.toList (result check game) ] }

    /// <summary>The smallest margin of hypotheses on every state along the one path of a chain without noise; ∞ without hypotheses.</summary>
    /// <param name="chain">The chain: problem, noise, rule and start.</param>
    /// <param name="length">K ≥ 0, steps watched.</param>
    /// <param name="checks">What is looked at.</param>
    let onlyPath (chain: Chain<'State>) (length: int64) (checks: PathCheck list) : float =
        (path chain length checks (Key.ofSeed 0UL) 0u).Margins
        |> List.fold (fun least (_, margin) -> Math.Min(least, margin)) infinity

    /// <summary>A watch on the first K steps of a chain, on as many paths as <c>paths</c> says.</summary>
    /// <param name="chain">The chain: problem, noise, rule and start.</param>
    /// <param name="length">K ≥ 0, steps watched.</param>
    /// <param name="checks">What is looked at.</param>
    let create (chain: Chain<'State>) (length: int64) (checks: PathCheck list) : Watch =
        { Paths = paths length chain.Problem.Dimension
          Path = path chain length checks }

    // Checks -------------------------------------------------------------------------------------------------------------------------

    let private tolerance = 1e-10

    let private dot (a: Weights) (b: Weights) : float =
        let mutable sum = 0.0

        for d in 0 .. a.Length - 1 do
            sum <- sum + a[d] * b[d]

        sum

    let private distance (a: Weights) (b: Weights) : float = sqrt (Weights.normSquared (Weights.map2 (-) a b))

    // The size of f near a state, f* included, in which its rounding is measured.
    let private size (problem: Problem) (w: Weights) : float =
        abs problem.Minimum + problem.Smoothness * (Weights.normSquared problem.Minimizer + Weights.normSquared w)

    // Looking at the moments of a joint noise enumerates its vectors, so not every step is looked at.
    let private looks = 32L

    // The least margin over what the noise states of itself where the path goes.
    let private stated (name: string) (noise: Noise) (length: int64) (margin: Weights -> float) : PathCheck =
        let every = if noise.Structure = Joint then max 1L (length / looks) else 1L
        Surely(name, (fun _ visit -> if visit.Step % every = 0L then margin visit.Weights else infinity))

    // L‖W − W′‖ − ‖∇f(W) − ∇f(W′)‖, with room for rounding.
    let private slope (smoothness: float) (w: Weights) (gradient: Weights) (w': Weights) (gradient': Weights) : float =
        let room = tolerance * (sqrt (Weights.normSquared gradient) + sqrt (Weights.normSquared gradient'))
        smoothness * distance w w' * (1.0 + tolerance) + room - distance gradient gradient'

    /// <summary>What is left of ‖∇f(W) − ∇f(W′)‖ ≤ L‖W − W′‖ and of |f(W′) − f(W) − ∇f(W)·(W′ − W)| ≤ (L/2)‖W′ − W‖²; below 0 or NaN where one fails.</summary>
    /// <param name="smoothness">L &gt; 0, loss/weight².</param>
    /// <param name="problem">The objective.</param>
    /// <param name="first">Visit to W.</param>
    /// <param name="second">Visit to W′.</param>
    let smoothBetween (smoothness: float) (problem: Problem) (first: Visit) (second: Visit) : float =
        let change = Weights.map2 (-) second.Weights first.Weights
        let linear = dot first.Gradient change

        let room =
            100.0 * tolerance * (abs second.Excess + abs first.Excess + abs linear)
            + Claim.rounding * size problem second.Weights

        let bend = 0.5 * smoothness * Weights.normSquared change + room - abs (second.Excess - first.Excess - linear)
        Math.Min(slope smoothness first.Weights first.Gradient second.Weights second.Gradient, bend)

    /// <summary>A visit to weights where nothing is drawn: step 0, ε = 0.</summary>
    /// <param name="problem">The objective.</param>
    /// <param name="w">W, of length D; unit of weight.</param>
    let still (problem: Problem) (w: Weights) : Visit =
        { Step = 0L
          Weights = w
          Excess = problem.Excess w
          Gradient = problem.Gradient w
          Noise = Weights.map (fun _ -> 0.0) w }

    /// <summary>f is L-smooth on every two states in a row, and ‖∇f(W) − ∇f(W*)‖ ≤ L‖W − W*‖.</summary>
    /// <param name="name">Name of the hypothesis, as the claim has it.</param>
    /// <param name="smoothness">L &gt; 0 of the claim, loss/weight².</param>
    /// <param name="problem">The objective.</param>
    let smooth (name: string) (smoothness: float) (problem: Problem) : PathCheck =
        let atMinimizer = problem.Gradient problem.Minimizer

        Surely(
            name,
            fun before visit ->
                let alone = slope smoothness visit.Weights visit.Gradient problem.Minimizer atMinimizer

                match before with
                | ValueNone -> alone
                | ValueSome before -> Math.Min(alone, smoothBetween smoothness problem before visit)
        )

    /// <summary>f(W) ≥ f*, and (∇f(W) − ∇f(W′))·(W − W′) ≥ μ‖W − W′‖² for two states in a row where f is said to be convex.</summary>
    /// <param name="problem">The objective, with the f* and μ that it states.</param>
    let minimum (problem: Problem) : PathCheck list =
        [ Surely("f ≥ f*", (fun _ visit -> visit.Excess + 100.0 * tolerance * size problem visit.Weights))
          if problem.IsConvex then
              Surely(
                  "f is convex, with modulus μ",
                  fun before visit ->
                      match before with
                      | ValueNone -> infinity
                      | ValueSome before ->
                          let change = Weights.map2 (-) visit.Weights before.Weights
                          let turn = Weights.map2 (-) visit.Gradient before.Gradient
                          let room = (Weights.normSquared visit.Gradient + Weights.normSquared before.Gradient) / problem.Smoothness
                          dot turn change - problem.StrongConvexity * (1.0 - tolerance) * Weights.normSquared change + tolerance * room
              ) ]

    /// <summary>The device is asymmetric linear of radius τ with w⋄ = 0, in every coordinate of every state.</summary>
    /// <param name="name">Name of the hypothesis, as the claim has it.</param>
    /// <param name="radius">τ &gt; 0 of the claim, unit of weight.</param>
    /// <param name="device">The device that is trained on.</param>
    let linear (name: string) (radius: float) (device: Device) : PathCheck =
        Surely(name, (fun _ visit -> 1e-12 - Claim.distanceFromLinear radius device visit.Weights.Values))

    /// <summary>‖W_k‖∞ ≤ W_max.</summary>
    /// <param name="name">Name of the hypothesis, as the claim has it.</param>
    /// <param name="largest">W_max of the claim, unit of weight.</param>
    let within (name: string) (largest: float) : PathCheck =
        Surely(name, (fun _ visit -> largest * (1.0 + tolerance) - Weights.largest visit.Weights))

    // Coordinates that are watched one by one.
    let private coordinates = 32

    /// <summary>E ε = 0 in every state: as the noise states it, and as it is drawn, along ∇f and in up to 32 coordinates.</summary>
    /// <param name="name">Name of the hypothesis.</param>
    /// <param name="variance">σ² of the claim.</param>
    /// <param name="varianceName">Name of E‖ε‖² ≤ σ², which makes the odds fair.</param>
    /// <param name="length">K.</param>
    /// <param name="noise">The noise.</param>
    /// <param name="dimension">D.</param>
    let centred (name: string) (variance: float) (varianceName: string) (length: int64) (noise: Noise) (dimension: int) : PathCheck list =
        let along (visit: Visit) =
            let norm = sqrt (Weights.normSquared visit.Gradient)
            if norm > 0.0 then dot visit.Noise visit.Gradient / norm else 0.0

        let every = (dimension + coordinates - 1) / coordinates

        [ stated name noise length (fun w -> tolerance * sqrt variance - Claim.largestMean noise w)
          // Without variance nothing is drawn but 0.
          if variance > 0.0 then
              MeanIsZero(name, "ε along ∇f", along, variance, varianceName)

              for d in 0..every .. dimension - 1 do
                  MeanIsZero(name, invariant $"ε_{d}", (fun visit -> visit.Noise[d]), variance, varianceName) ]

    /// <summary>E‖ε‖² ≤ σ² in every state: as the noise states it, and as it is drawn.</summary>
    /// <param name="name">Name of the hypothesis, as the claim has it.</param>
    /// <param name="variance">σ² ≥ 0 of the claim, (loss/weight)².</param>
    /// <param name="length">K ≥ 0, steps watched.</param>
    /// <param name="noise">The noise of the gradient.</param>
    let spread (name: string) (variance: float) (length: int64) (noise: Noise) : PathCheck list =
        [ stated name noise length (fun w -> let here = Noise.variance noise w in variance - here + tolerance * here)
          if variance > 0.0 then
              MeanAtMost(name, "‖ε‖²", (fun visit -> Weights.normSquared visit.Noise), variance)
          else
              Surely(name, (fun _ visit -> -(Weights.normSquared visit.Noise))) ]

    /// <summary>|ε_d| ≤ the bound that the noise states, at the state and for all states; a bound that it does not state is not asked for.</summary>
    /// <param name="noise">The noise of the gradient.</param>
    let bounded (noise: Noise) : PathCheck list =
        let room (bound: float) (visit: Visit) = bound * (1.0 + tolerance) - Weights.largest visit.Noise

        let name = "|ε_d| ≤ its stated bound"

        [ Surely(name, (fun _ visit -> room noise.LargestNoise visit))
          // A bound that nobody states, NaN, is not broken.
          if noise.Structure <> Joint then
              Surely(
                  name,
                  fun _ visit ->
                      let largest d =
                          let bound = (noise.Moments visit.Weights d).Bound
                          if Double.IsNaN bound then infinity else bound * (1.0 + tolerance) - abs visit.Noise[d]

                      Seq.fold (fun least d -> Math.Min(least, largest d)) infinity (seq { 0 .. visit.Weights.Length - 1 })
              ) ]
