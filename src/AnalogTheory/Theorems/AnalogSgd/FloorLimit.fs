namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// A scalar stationary law of Analog SGD on the asymmetric linear device.
[<NoEquality; NoComparison>]
type FloorLimitRun =
    {
        /// Problem without its α.
        Floor: ScalarFloor
        /// α.
        LearningRate: float
        /// The noise as atoms.
        Atoms: NoiseAtoms
    }

/// Claim S5: the floor that no learning rate removes.
[<RequireQualifiedAccess>]
module FloorLimit =

    let private slope (setting: ScalarFloor) w = setting.Curvature * (w - setting.Minimizer)

    /// <summary>Stationary E‖∇f‖² by Ulam's method on [−τ, τ].</summary>
    /// <param name="run">The setting with its learning rate.</param>
    let stationary (run: FloorLimitRun) : Discretised =
        let setting = run.Floor
        let device = AsymmetricLinear.create setting.Radius
        let chain = ScalarChain.analogSgd device run.LearningRate (slope setting) run.Atoms -setting.Radius setting.Radius
        StationaryLaw.expectations StationaryLaw.cells chain [ fun w -> pown (slope setting w) 2 ] |> List.head

    /// <summary>|E‖∇f‖² − floor| against αLσ².</summary>
    /// <param name="run">The setting with its learning rate.</param>
    let limit (run: FloorLimitRun) : (Comparison * float) list =
        let value = stationary run
        let allowance = run.LearningRate * run.Floor.Curvature * run.Floor.Noise.SecondMoment
        [ Comparison.equal allowance value.Value (AnalogFloor.floor run.Floor), value.Error ]

    let private deviceRange =
        Claim.hypothesis "D2: α|g| ≤ τ" (fun run ->
            let setting = run.Floor
            // Twelve deviations stand for unbounded noise: beyond lies less than 10⁻³².
            let bound = Math.Min(setting.Noise.Bound, 12.0 * sqrt setting.Noise.SecondMoment)
            setting.Radius - run.LearningRate * (setting.Curvature * (setting.Radius + abs setting.Minimizer) + bound))

    let private inside = Claim.hypothesis "|w*| ≤ τ" (fun run -> run.Floor.Radius - abs run.Floor.Minimizer)
    let private rate = Claim.hypothesis "α ≤ 1/(2L)" (fun run -> 0.5 / run.Floor.Curvature - run.LearningRate)

    let private gaussian rate : FloorLimitRun =
        { Floor = AnalogFloor.standard 0.3
          LearningRate = rate
          Atoms = NoiseAtoms.gaussian 0.3 }

    let private rademacher minimizer deviation rate : FloorLimitRun =
        let noise = Moments.twoPoint 0.5 deviation -deviation

        { Floor = { Curvature = 1.0; Minimizer = minimizer; Radius = 1.0; Noise = noise }
          LearningRate = rate
          Atoms = NoiseAtoms.finite (fun _ -> noise) }

    // ‖∇f‖² at the fixed point of f' = 4w(w² − ¼) + .05 in a bracket, ε = ±.1, τ = 1.
    let private wellFloor low high =
        let derivative w = 4.0 * w * (w * w - 0.25) + 0.05
        let noise = Moments.twoPoint 0.5 0.1 -0.1

        match MeanField.tryFixedPoint (AsymmetricLinear.create 1.0) derivative (fun _ -> noise) low high with
        | Some w -> pown (derivative w) 2
        | None -> nan

    // An interval of a well that the chain never leaves at α = .05: its floor stays its own for ever.
    let private trapped low high deviation =
        let point = Interval.Point

        let map =
            { InvariantInterval.quadratic (AsymmetricLinear.create 1.0) 0.05 1.0 0.0 [ point deviation; point -deviation ] with
                Slope = fun w -> point 4.0 * w * (w * w - point 0.25) + point 0.05 }

        match InvariantInterval.tryFind map 1.0 (Interval(low, high)) with
        | Some interval -> Comparison.atMost (if low > 0.0 then -interval.Lower else interval.Upper) 0.0
        | None -> Comparison.atMost nan 0.0

    // Where the noise path that pushes most towards the other well ends after 400 steps at α = .05: its sign tells the well.
    let private pushed (low, high, deviation) =
        let device = AsymmetricLinear.create 1.0
        let start = 0.5 * (low + high)
        let noise = if start > 0.0 then deviation else -deviation

        let last = Seq.fold (fun w _ -> device.Update(w, -0.05 * (4.0 * w * (w * w - 0.25) + 0.05 + noise))) start (seq { 1..400 })

        Comparison.atMost (if start > 0.0 then -last else last) 0.0

    let private quietName = "|ε| < .14, the least slope between the wells"

    // |f'| at w = ±1/√12, where it is largest between the wells; the smaller of both.
    let private quiet = Claim.hypothesis quietName (fun (_, _, deviation, _) -> 8.0 / (12.0 * sqrt 12.0) - 0.05 - deviation)

    // The setting of S5-table, and what the table has at its smallest α.
    let private tableSetting = Map [ 0.1, 0.0189; 0.025, 0.0161; 0.00625, 0.0155; 0.0015625, 0.0153; 0.000390625, 0.0153 ]

    let private tableNames =
        [ Claim.hypothesis "L = τ = 1" (fun run -> -(abs (run.Floor.Curvature - 1.0) + abs (run.Floor.Radius - 1.0)))
          Claim.hypothesis "w* = .6" (fun run -> -(abs (run.Floor.Minimizer - 0.6)))
          Claim.hypothesis "Gaussian noise, σ = .3" (fun run ->
              if Double.IsPositiveInfinity run.Floor.Noise.Bound then
                  1e-12 - abs (run.Floor.Noise.SecondMoment - 0.09)
              else
                  -1.0) ]

    // Half of the last digit given, and a measured table's four standard errors.
    let private againstTable run =
        let value = stationary run

        [ Comparison.equal 0.00025 value.Value (Map.find run.LearningRate tableSetting), value.Error ]

    // The exact floor of the fixed point, which is what the table tends to, in the last digit that is quoted.
    let private limitOfTable run = [ Comparison.equal 0.000005 (AnalogFloor.floor run.Floor) 0.01527 ]

    let private tableNecessity compare =
        let standard = gaussian 0.1
        let among (hypothesis: Hypothesis<FloorLimitRun>) words run = Search.among hypothesis.Name compare [ $"α = 0.1, {words}", run ]

        [ among tableNames[0] "τ = 2" { standard with Floor = { standard.Floor with Radius = 2.0 } }
          among tableNames[1] "w* = 0.3" { standard with Floor = { standard.Floor with Minimizer = 0.3 } }
          among tableNames[2] "Rademacher σ = 0.3" (rademacher 0.6 0.3 0.1) ]

    // avg E‖∇f‖² of Digital SGD after K steps from W₀ on (L/2)(w − w*)²: x′ = (1 − αL)x − αLε exactly.
    let private digital (curvature, gap, variance, rate, steps) =
        let keep, gain = pown (1.0 - rate * curvature) 2, pown (rate * curvature) 2 * variance
        let mutable second = 2.0 * curvature * gap
        let mutable sum = 0.0

        for _ in 1..steps do
            sum <- sum + second
            second <- keep * second + gain

        sum / float steps

    let private digitalBound (curvature, gap, variance, rate, steps) = 2.0 * gap / (rate * float steps) + rate * variance * curvature

    // The recursion against every noise path of the engine.
    let private digitalPaths (curvature, gap, variance, rate, _) =
        let start = sqrt (2.0 * gap / curvature)
        let problem = Quadratic.isotropic 1 curvature 0.0
        let chain = Chain.create problem (Noise.rademacher (sqrt variance)) (DigitalSgd.create rate) (Weights.ofArray [| start |])
        let exact = FinitePaths.expectAverage 10 chain (fun w -> [| Weights.normSquared (problem.Gradient w) |])
        Claim.equal 10.0 exact[0] (digital (curvature, gap, variance, rate, 10))

    let private digitalRate = Claim.hypothesis "α ≤ 1/L" (fun (curvature, _, _, rate, _) -> 1.0 / curvature - rate)

    let private digitalInstances =
        [ for rate in [ 1.0; 0.1; 0.01; 0.001 ] ->
              invariant $"L = 1, Δ_f = .5, σ² = .09, α = {rate}, K = 20/α", (1.0, 0.5, 0.09, rate, int (20.0 / rate)) ]

    /// The claims of this file.
    let all: ITheorem list =
        [ Theorem.pack
              { Id = "S5-limit"
                Source = Source.derived "S5"
                Variant = "stationary"
                Statement = "stationary |E‖∇f‖² − floor| ≤ αLσ²: the limit for α → 0 is the fixed point's, whatever α and W₀"
                Hypotheses = [ inside; rate; deviceRange ]
                Instances =
                  [ for rate in [ 0.1; 0.025; 0.00625; 0.0015625 ] -> invariant $"problem of T9, Gaussian σ = .3, α = {rate}", gaussian rate ]
                  @ [ for rate in [ 0.1; 0.01; 0.001 ] -> invariant $"w* = .6, Rademacher σ = .3, α = {rate}", rademacher 0.6 0.3 rate ]
                Evidence = ByDiscretisation limit
                Necessity =
                  [ Search.among
                        rate.Name
                        (limit >> List.head >> fst)
                        [ for alpha in [ 0.55; 0.7; 0.9 ] do
                              for minimizer in [ 0.2; 0.6; 0.0 ] do
                                  let run = rademacher minimizer 0.05 alpha

                                  if rate.Margin run < 0.0 then
                                      invariant $"L = τ = 1, Rademacher σ = 0.05, w* = {minimizer}, α = {alpha}", run ]
                    Search.among
                        deviceRange.Name
                        (limit >> List.head >> fst)
                        [ for deviation in [ 3.0; 5.0; 10.0 ] do
                              for alpha in [ 0.3; 0.5 ] do
                                  let run = rademacher 0.6 deviation alpha

                                  if deviceRange.Margin run < 0.0 then
                                      invariant $"L = τ = 1, w* = 0.6, Rademacher σ = {deviation}, α = {alpha}", run ]
                    Search.among
                        inside.Name
                        (limit >> List.head >> fst)
                        [ for minimizer in [ 1.5; 2.0; 4.0 ] do
                              let run = rademacher minimizer 0.3 0.05

                              if inside.Margin run < 0.0 then
                                  invariant $"L = τ = 1, Rademacher σ = 0.3, w* = {minimizer}, α = 0.05", run ] ] }
          Theorem.pack
              { Id = "S5-table"
                Source = Source.derived "S5, T9"
                Variant = "numbers"
                Statement =
                  "problem of T9: stationary E‖∇f‖² of Analog SGD is .0189, .0161, .0155, .0153, .0153 at α = .1 and four times less each"
                Hypotheses = tableNames
                Instances = [ for alpha in Map.keys tableSetting |> Seq.rev -> invariant $"α = {alpha}", gaussian alpha ]
                Evidence = ByDiscretisation againstTable
                Necessity = tableNecessity (againstTable >> List.head >> fst) }
          Theorem.pack
              { Id = "S5-table-limit"
                Source = Source.derived "S5, T9"
                Variant = "numbers"
                Statement = "problem of T9: the floor of Analog SGD, ‖∇f‖² at the fixed point, is .01527"
                Hypotheses = tableNames
                Instances = [ "α → 0", gaussian 0.1 ]
                Evidence = ByComputation limitOfTable
                Necessity = tableNecessity (limitOfTable >> List.head) }
          Theorem.pack
              { Id = "S5-wells"
                Source = Source.derived "S5"
                Variant = "not convex"
                Statement =
                  "f′ = 4w(w²−¼) + .05, ε = ±.1, τ = 1: one floor per well, .0020 and .0025, and no path between the wells at α = .05"
                Hypotheses = [ quiet ]
                Instances = [ "left well", (-0.6, -0.4, 0.1, 0.0025); "right well", (0.35, 0.55, 0.1, 0.0020) ]
                Evidence =
                  ByComputation(fun (low, high, deviation, expected) ->
                      [ Comparison.equal 0.00005 (wellFloor low high) expected; trapped low high deviation; pushed (low, high, deviation) ])
                Necessity =
                  [ Search.among
                        quietName
                        pushed
                        [ for deviation in [ 0.15; 0.2 ] ->
                              invariant $"right well, ε = {deviation} in 400 steps, α = 0.05", (0.35, 0.55, deviation) ] ] }
          Theorem.pack
              { Id = "S5-digital"
                Source = Source.paper "eq. 5"
                Variant = "printed"
                Statement = "Digital SGD, α ≤ 1/L ⇒ avg E‖∇f‖² ≤ 2Δ_f/(αK) + ασ²L, which → 0 with α"
                Hypotheses = [ digitalRate ]
                Instances = digitalInstances
                Evidence = ByComputation(fun run -> [ Claim.atMost 1.0 (digital run) (digitalBound run); digitalPaths run ])
                Necessity =
                  [ Search.among
                        digitalRate.Name
                        (fun run -> Comparison.atMost (digital run) (digitalBound run))
                        [ for alpha in [ 1.25; 1.5; 1.75; 2.0 ] do
                              for steps in [ 1; 2; 10; 100 ] ->
                                  invariant $"L = 1, Δ_f = 0.5, σ² = 0.09, α = {alpha}, K = {steps}", (1.0, 0.5, 0.09, alpha, steps) ] ] } ]
