namespace AnalogTheory

open System

/// Claim S4: without noise there is no floor (Analog GD).
[<RequireQualifiedAccess>]
module NoiseFree =

    // Averages of ‖∇f‖² over every path; one path where there is no noise.
    let private average (run: AnalogRun) =
        (FinitePaths.expectAverage run.Steps run.Chain (fun w -> [| Weights.normSquared (run.Chain.Problem.Gradient w) |]))[0]

    /// <summary>avg‖∇f‖² against 2Δ_f/(αK(1−m)).</summary>
    /// <param name="run">A noise-free run of Analog SGD.</param>
    let derived (run: AnalogRun) : Comparison =
        let m = pown (run.LargestWeight / run.Radius) 2
        let measured = average run
        let bound = 2.0 * run.Gap / (run.LearningRate * float run.Steps * (1.0 - m))
        Claim.atMost (measured + abs bound) measured bound

    /// <summary>avg‖∇f‖² against 2LΔ_f/(K(1−m)), L in the place of 1/α.</summary>
    /// <param name="run">A noise-free run of Analog SGD.</param>
    let printed (run: AnalogRun) : Comparison =
        let m = pown (run.LargestWeight / run.Radius) 2
        let measured = average run
        let bound = 2.0 * run.Smoothness * run.Gap / (float run.Steps * (1.0 - m))
        Claim.atMost (measured + abs bound) measured bound

    let private noiseName = "ε = 0"

    // The smallest margin along the one path that there is without noise.
    let private along (checks: PathCheck list) (run: AnalogRun) : float = PathWatch.onlyPath run.Chain (int64 run.Steps) checks

    let private hypotheses: Hypothesis<AnalogRun> list =
        [ Claim.hypothesis Claim.smoothName (fun run ->
              let problem = run.Chain.Problem
              // A domain without end has room for any W_max, known or not.
              let room = if Double.IsPositiveInfinity problem.Domain then infinity else problem.Domain - run.LargestWeight
              let stated = Math.Min(run.Smoothness - problem.Smoothness, room)
              let visited = PathWatch.smooth Claim.smoothName run.Smoothness problem :: PathWatch.minimum problem
              if stated >= 0.0 then Math.Min(stated, along visited run) else stated)
          Claim.hypothesis noiseName (fun run ->
              run
              |> along
                  [ Surely(noiseName, (fun _ visit -> -sqrt(Noise.variance run.Chain.Noise visit.Weights)))
                    Surely(noiseName, (fun _ visit -> -sqrt(Weights.normSquared visit.Noise))) ])
          Claim.hypothesis "A4: ‖W_k‖∞ ≤ W_max < τ" (fun run -> Math.BitDecrement run.Radius - run.LargestWeight)
          Claim.hypothesis "α ≤ 1/L" (fun run -> 1.0 / run.Smoothness - run.LearningRate)
          Claim.hypothesis Claim.linearName (fun run -> along [ PathWatch.linear Claim.linearName run.Radius run.Device ] run) ]

    // τ = 1; W_max is the largest weight of the path.
    let private run problem (start: float[]) rate steps : AnalogRun =
        let device = AsymmetricLinear.create 1.0
        let chain = Chain.create problem Noise.none (AnalogSgd.create rate device) (Weights.ofArray start)
        let path = Chain.trajectory (Key.ofSeed 0UL) 0u chain |> Seq.truncate steps

        { Chain = chain
          Device = device
          Radius = 1.0
          LearningRate = rate
          Steps = steps
          Smoothness = problem.Smoothness
          Variance = 0.0
          LargestWeight = path |> Seq.map (fun moment -> Weights.largest moment.State) |> Seq.max
          LargestGradient = infinity }

    let private scalar = Quadratic.isotropic 1 1.0 0.5
    let private well = NonConvex.doubleWell 1 0.5 0.05 1.0
    let private plane = Quadratic.dense (array2D [ [ 2.0; 0.5 ]; [ 0.5; 1.0 ] ]) [| 0.4; -0.3 |]

    let private fullRate =
        [ "D = 1, α = 1/L, K = 20", run scalar [| 0.1 |] 1.0 20
          // Met up to 1 %: the path hardly leaves its saturation.
          "D = 1, α = 1/L, tight", run (Quadratic.isotropic 1 1.0 0.499) [| 0.5 |] 1.0 2
          "D = 2, dense, α = 1/L, K = 50", run plane [| -0.5; 0.5 |] (1.0 / plane.Smoothness) 50
          "double well, α = 1/L, K = 100", run well [| 0.9 |] (1.0 / well.Smoothness) 100 ]

    let private smallRate =
        [ "D = 1, α = .1/L, K = 200", run scalar [| -0.5 |] 0.1 200; "D = 1, α = .01/L, K = 50", run scalar [| 0.0 |] 0.01 50 ]

    let private necessity compare =
        let build (point: float[]) =
            let run = AnalogSgdConvergence.short Uniform (Array.append point [| 1.0; 1.0 |])

            if point[5] = 0.0 then { run with Chain = { run.Chain with Noise = Noise.none } } else run

        Search.necessity
            hypotheses
            [ Search.free "L" 0.25 4.0
              Search.free "τ" 0.5 8.0
              Search.free "W*" -1.0 1.0
              Search.free "W₀" -1.0 1.0
              Search.free "αL" 0.05 3.0
              Search.freed noiseName "s" 0.0 1.0 0.0
              Search.freed noiseName "p" 0.02 0.98 0.5
              Search.freed noiseName "E ε" 0.0 0.0 0.0
              Search.freed Claim.linearName "c" -0.9 0.9 0.0
              Search.free "K" 1.0 6.0
              Search.freed Claim.smoothName "L claimed / L" 0.05 1.0 1.0 ]
            build
            compare

    let private theorem id source variant statement compare instances : ITheorem =
        Theorem.pack
            { Id = id
              Source = source
              Variant = variant
              Statement = statement
              Hypotheses = hypotheses
              Instances = instances
              Evidence = ByComputation(fun run -> [ compare run ])
              Necessity = necessity compare }

    /// Both forms.
    let all: ITheorem list =
        [ theorem
              "S4-derived"
              (Source.derived "S4; v1 Theorem 9 with 1/α in the place of L")
              "derived"
              "ε = 0, α ≤ 1/L ⇒ avg‖∇f‖² ≤ 2Δ_f/(αK(1−m))"
              derived
              (fullRate @ smallRate)
          theorem
              "S4-printed"
              (Source.paper "Theorem 9")
              "printed"
              "ε = 0, α ≤ 1/L ⇒ avg‖∇f‖² ≤ 2LΔ_f/(K(1−m)); holds at α = 1/L"
              printed
              (fullRate @ smallRate) ]
