namespace AnalogTheory

open System

/// One weight under losses f(w; ξ) = (L_ξ/2)(w − w*_ξ)², one of which is drawn each step; a single one means no noise.
[<NoComparison>]
type MonotoneRun =
    {
        /// L_ξ and w*_ξ.
        Losses: (float * float) list
        /// L of the claim.
        Smoothness: float
        /// τ.
        Radius: float
        /// W₀.
        Start: float
        /// α.
        LearningRate: float
        /// K; every sequence of draws is followed.
        Steps: int
    }

/// Claim S8: bounded saturation of one weight.
[<RequireQualifiedAccess>]
module MonotoneWeights =

    let private step (run: MonotoneRun) (w: float) (curvature: float, minimizer: float) =
        (AsymmetricLinear.create run.Radius).Update(w, -run.LearningRate * (curvature * (w - minimizer)))

    // All weights that K steps can visit, with the loss that led there.
    let rec private visits run k w : (float * (float * float) * float) list =
        if k = 0 then
            []
        else
            [ for loss in run.Losses do
                  let next = step run w loss
                  w, loss, next
                  yield! visits run (k - 1) next ]

    let private room = 1e-14

    /// <summary>No step passes the minimiser that it goes for, and none goes away from it.</summary>
    /// <param name="run">A path of one weight that goes for one of several minimisers at each step.</param>
    let monotone (run: MonotoneRun) : Comparison list =
        [ for w, (_, minimizer), next in visits run run.Steps run.Start do
              let low, high = Math.Min(w, minimizer), Math.Max(w, minimizer)
              Comparison.atLeast next (low - room * run.Radius)
              Comparison.atMost next (high + room * run.Radius) ]

    /// <summary>|w_k| ≤ max(|w₀|, |w*|), or min as printed.</summary>
    /// <param name="pick">The larger or the smaller of two.</param>
    /// <param name="run">A path of one weight that goes for one of several minimisers at each step.</param>
    let bounded (pick: float -> float -> float) (run: MonotoneRun) : Comparison list =
        let limit = run.Losses |> List.map (fun (_, minimizer) -> abs minimizer) |> List.max |> pick (abs run.Start)

        Comparison.atMost (abs run.Start) (limit + room)
        :: [ for _, _, next in visits run run.Steps run.Start -> Comparison.atMost (abs next) (limit + room * run.Radius) ]

    /// <summary>min(w₀, inf w*_ξ) ≤ w_k ≤ max(w₀, sup w*_ξ).</summary>
    /// <param name="run">A path of one weight that goes for one of several minimisers at each step.</param>
    let enclosed (run: MonotoneRun) : Comparison list =
        let minimizers = run.Losses |> List.map snd
        let low, high = Math.Min(run.Start, List.min minimizers), Math.Max(run.Start, List.max minimizers)

        [ for _, _, next in visits run run.Steps run.Start do
              Comparison.atLeast next (low - room * run.Radius)
              Comparison.atMost next (high + room * run.Radius) ]

    let private largest run =
        run.Losses |> List.fold (fun largest (_, minimizer) -> Math.Max(largest, abs minimizer)) (abs run.Start)

    let private startName = "|w₀| ≤ τ"
    let private minimizerName = "|w*_ξ| ≤ τ"
    let private convexName = "f(·; ξ) convex"
    let private smoothName = "A1: f(·; ξ) is L-smooth"

    let private common =
        [ Claim.hypothesis smoothName (fun run -> run.Smoothness - (run.Losses |> List.map (fst >> abs) |> List.max))
          Claim.hypothesis convexName (fun run -> run.Losses |> List.map fst |> List.min)
          Claim.hypothesis startName (fun run -> run.Radius - abs run.Start)
          Claim.hypothesis minimizerName (fun run -> run.Radius - (run.Losses |> List.map (snd >> abs) |> List.max)) ]

    let private half = Claim.hypothesis "α ≤ 1/(2L)" (fun run -> 0.5 / run.Smoothness - run.LearningRate)

    let private sharp =
        Claim.hypothesis "α ≤ 1/(L(1+M/τ))" (fun run -> 1.0 / (run.Smoothness * (1.0 + largest run / run.Radius)) - run.LearningRate)

    let private necessity hypotheses compare =
        Search.necessity
            hypotheses
            [ Search.freed convexName "L" -1.0 1.0 1.0
              Search.free "τ" 0.5 2.0
              Search.free "w*" -3.0 3.0
              Search.free "w₀" -3.0 3.0
              Search.free "αL" 0.05 2.0
              Search.freed smoothName "L claimed / |L|" 0.1 1.0 1.0 ]
            (fun point ->
                { Losses = [ point[0], point[2] ]
                  Smoothness = abs point[0] * point[5]
                  Radius = point[1]
                  Start = point[3]
                  LearningRate = point[4] / (abs point[0] * point[5])
                  Steps = 6 })
            (compare >> Claim.worst)

    let private single w0 minimizer rate =
        { Losses = [ 1.0, minimizer ]
          Smoothness = 1.0
          Radius = 1.0
          Start = w0
          LearningRate = rate
          Steps = 40 }

    let private instances =
        [ "L = τ = 1, w₀ = −.9, w* = .8, α = 1/2", single -0.9 0.8 0.5
          "L = τ = 1, w₀ = 0, w* = 1, α = 1/2", single 0.0 1.0 0.5
          "L = τ = 1, w₀ = .2, w* = .8, α = .1", single 0.2 0.8 0.1 ]

    let private mixture =
        { Losses = [ 1.0, -0.9; 0.3, 0.7; 0.5, 0.1 ]
          Smoothness = 1.0
          Radius = 1.0
          Start = 0.2
          LearningRate = 0.5
          Steps = 7 }

    let private outside = "L = τ = 1, w* = 3, α = 1/2: 0 → 1.5 → 1.125", { single 0.0 3.0 0.5 with Steps = 2 }

    // Toward w* = 3 past τ, and back with a step that is too long.
    let private farMinimizer =
        Search.among
            minimizerName
            (enclosed >> Claim.worst)
            [ for low in [ 0.0; 0.25; 0.5 ] do
                  for high in [ 2.0; 3.0 ] do
                      let run = { single low 0.0 0.5 with Losses = [ 1.0, low; 1.0, high ]; Steps = 4 }
                      invariant $"L = τ = 1, α = 1/2, w₀ = {low}, w* = {low} or {high}", run ]

    let private theorem id source variant statement hypotheses instances compare : ITheorem =
        Theorem.pack
            { Id = id
              Source = source
              Variant = variant
              Statement = statement
              Hypotheses = hypotheses
              Instances = instances
              Evidence = ByComputation compare
              Necessity =
                necessity hypotheses compare
                |> List.map (fun search -> if id = "S8-sampling" && search.Hypothesis = minimizerName then farMinimizer else search) }

    let private monotoneAndBounded run = monotone run @ bounded max run

    /// The claims of this file.
    let all: ITheorem list =
        [ theorem
              "S8-noiseless"
              (Source.paper "Theorem 6")
              "max in the place of min"
              "D = 1, ε = 0, |w₀|, |w*| ≤ τ, α ≤ 1/(2L) ⇒ monotone, |w_k| ≤ max(|w₀|, |w*|)"
              (common @ [ half ])
              (instances @ [ outside ])
              monotoneAndBounded
          theorem
              "S8-sharp"
              (Source.derived "S8")
              "sharp rate"
              "as S8-noiseless with α ≤ 1/(L(1+M/τ)), M = max(|w₀|, |w*|)"
              (common @ [ sharp ])
              (instances @ [ "L = τ = 1, w₀ = 0, w* = .25, α = .8", single 0.0 0.25 0.8 ])
              monotoneAndBounded
          theorem
              "S8-printed"
              (Source.paper "Theorem 6")
              "printed"
              "D = 1, ε = 0, |w₀|, |w*| ≤ τ, α ≤ 1/(2L) ⇒ |w_k| ≤ min(|w₀|, |w*|) (printed min; holds with max)"
              (common @ [ half ])
              [ "L = τ = 1, w₀ = .8, w* = .2, α = 1/2", single 0.8 0.2 0.5 ]
              (bounded min)
          theorem
              "S8-sampling"
              (Source.paper "Theorem 8")
              "printed"
              "D = 1, A7, every f(·; ξ) convex and L-smooth, |w*_ξ| ≤ τ, α ≤ 1/(2L) ⇒ min(w₀, inf w*_ξ) ≤ w_k ≤ max(w₀, sup w*_ξ)"
              (common @ [ half ])
              [ "three losses, every path of 7 draws", mixture
                "two losses at ±τ, every path of 10 draws", { mixture with Losses = [ 1.0, -1.0; 1.0, 1.0 ]; Steps = 10 } ]
              enclosed ]
