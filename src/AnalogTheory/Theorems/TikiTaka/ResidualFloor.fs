namespace AnalogTheory

open AnalogTheory.Kernels.Rules

/// Residual learning of (L/2)(w − w*)² with L = τ = 1 in one dimension, γ = 0 being Tiki-Taka.
[<NoEquality; NoComparison>]
type ResidualRun =
    {
        /// w*.
        Minimizer: float
        /// ε, the same law in every state.
        Noise: Moments
        /// Device of P.
        Auxiliary: Device
        /// Device of W.
        Main: Device
        /// α, rate of P; weight²/loss.
        LearningRate: float
        /// β/α, β the rate of W.
        TransferRatio: float
        /// γ: the gradient is taken at W + γP.
        Mixing: float
    }

/// <summary>Claims N3, and Theorem 3 and Corollary 1 of the sequel: what residual learning leaves as its rates go to 0.</summary>
/// <remarks>
/// Stationary laws of (W, P) by Ulam's method. To leading order the distance from the limit is proportional to √α: W stands still where
/// E P = ρ_W·E|P|, and P spreads like √α; extrapolations in √α follow from it.
/// </remarks>
[<RequireQualifiedAccess>]
module ResidualFloor =

    let private deviation = 0.3

    /// <summary>ρ₀ = G(0)/F(0) of a device of P.</summary>
    /// <param name="auxiliary">Device of the auxiliary array P.</param>
    let asymmetry (auxiliary: Device) : float = auxiliary.Asymmetric 0.0 / auxiliary.Symmetric 0.0

    /// <summary>σ²ρ₀²/(1 − ρ₀²).</summary>
    /// <param name="variance">σ² = E‖ε‖² &gt; 0; (loss/weight)².</param>
    /// <param name="rho">ρ₀ = G(0)/F(0), strictly between −1 and 1.</param>
    let ceiling (variance: float) (rho: float) : float = variance * rho * rho / (1.0 - rho * rho)

    /// <summary>The noise that attains it: +σ√((1+ρ₀)/(1−ρ₀)) with probability ½(1−ρ₀), else −σ√((1−ρ₀)/(1+ρ₀)).</summary>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    /// <param name="rho">ρ₀ = G(0)/F(0), strictly between −1 and 1.</param>
    let worstNoise (deviation: float) (rho: float) : Moments =
        Moments.twoPoint (0.5 * (1.0 - rho)) (deviation * sqrt ((1.0 + rho) / (1.0 - rho))) (-deviation * sqrt ((1.0 - rho) / (1.0 + rho)))

    let private slope (run: ResidualRun) w = w - run.Minimizer

    // Stationary expectations of functions of W and P, on a number of cells of W.
    let private expectations (cells: int) (run: ResidualRun) (functions: (float -> float -> float) list) : Discretised list =
        let rule =
            TwoArrays.ResidualLearning(run.Auxiliary.Law, run.Main.Law, run.LearningRate, run.TransferRatio * run.LearningRate, run.Mixing)

        let root = sqrt run.LearningRate
        // P spreads by √(ατE|g|/2) = .4√α for σ = .3, W by less; W stands near w* − E ε − ρ₀E|g|.
        let centre = run.Minimizer - run.Noise.Mean - asymmetry run.Auxiliary * run.Noise.MeanAbsolute -run.Noise.Mean
        let halfW, halfP = 1.3 * root, 3.8 * root

        let chain =
            PlaneChain.ofRule
                rule
                (slope run)
                (NoiseAtoms.finite (fun _ -> run.Noise))
                (struct (centre - halfW, centre + halfW))
                (struct (-halfP, halfP))
                (struct (centre, 0.0))

        // Cells of P at most two of its steps wide on the finest grid.
        let grid = { Main = 4 * cells; Auxiliary = 4 * int (12.0 + 4.0 / root) }

        PlaneLaw.expectations grid chain functions

    let private gradient (run: ResidualRun) w p = pown (slope run (w + run.Mixing * p)) 2
    let private saturation (run: ResidualRun) (_: float) p = pown (run.Auxiliary.Asymmetric p) 2 / run.Auxiliary.Symmetric p

    // Stationary E‖∇f(W̄)‖².
    let private stationaryGradient (cells: int) (run: ResidualRun) : Discretised = expectations cells run [ gradient run ] |> List.head

    // Cells of W where nothing asks for more.
    let private cells = 12

    /// <summary>Stationary E‖∇f(W̄)‖² and E‖G(P)/√F(P)‖².</summary>
    /// <param name="run">A run of residual learning with its constants.</param>
    let stationary (run: ResidualRun) : Discretised * Discretised =
        let values = expectations cells run [ gradient run; saturation run ]
        values[0], values[1]

    // √α falls by 2 from one rate to the next: both the √α and the α term of what is left are taken out.
    let private rates = [ 0.02; 0.005; 0.00125 ]
    let private weights = [ 1.0 / 3.0; -2.0; 8.0 / 3.0 ]

    // Stationary E‖∇f(W̄)‖² at the three rates.
    let private series (cells: int) (run: ResidualRun) : Discretised list =
        rates |> List.map (fun rate -> stationaryGradient cells { run with LearningRate = rate })

    let private toZero (values: Discretised list) : Discretised =
        { Value = List.map2 (fun weight (value: Discretised) -> weight * value.Value) weights values |> List.sum
          Error = List.map2 (fun weight (value: Discretised) -> abs weight * value.Error) weights values |> List.sum }

    /// <summary>Stationary E‖∇f(W̄)‖² extrapolated in √α to 0.</summary>
    /// <param name="run">A run of residual learning with its constants.</param>
    let extrapolated (run: ResidualRun) : Discretised = toZero (series cells run)

    let private create noise auxiliary mixing : ResidualRun =
        { Minimizer = 0.5
          Noise = noise
          Auxiliary = auxiliary
          Main = AsymmetricLinear.create 1.0
          LearningRate = 0.02
          TransferRatio = 0.125
          Mixing = mixing }

    let private generic c = GenericLinear.create 1.0 c
    let private c = 0.3
    let private worst = worstNoise deviation -c
    let private rademacher = Moments.twoPoint 0.5 deviation -deviation
    let private variance = deviation * deviation

    let private ratio run =
        let limit = extrapolated run
        limit.Value / ceiling variance -c, limit.Error / ceiling variance -c

    // Hypotheses ----------------------------------------------------------------------------------------------------------------------

    let private meanName = "A3: E ε = 0"
    let private varianceName = "A3: E ε² ≤ σ², σ = .3"
    let private mean = Claim.hypothesis meanName (fun run -> 1e-12 - abs run.Noise.Mean)
    let private small = Claim.hypothesis varianceName (fun run -> variance * (1.0 + 1e-12) - run.Noise.SecondMoment)
    let private among name compare candidates = Search.among name (compare >> List.head >> fst) candidates
    let private biased = Moments.twoPoint 0.5 (deviation - 0.1) (-deviation - 0.1)
    let private louder = worstNoise 0.4 -c

    // N3 -------------------------------------------------------------------------------------------------------------------------------

    let private toCeiling run =
        let value, error = ratio run
        [ Comparison.atMost value 1.02, error ]

    let private ofCeiling run =
        let value, error = ratio run
        [ Comparison.equal 0.02 value 1.0, error ]

    let private noiseName = "two-point noise, p = ½(1 − ρ₀)"

    let private limit: ITheorem list =
        let instance words noise mixing = invariant $"c = .3, {words}, γ = {mixing}", create noise (generic c) mixing

        [ Theorem.pack
              { Id = "N3-limit"
                Source = Source.derived "N3; sequel Theorem 3 in the limit"
                Variant = "any noise, computed"
                Statement =
                  "generic linear P with c = .3: stationary E‖∇f(W̄)‖², extrapolated in √α from α = .02, .005, .00125 to 0, is at most 1.02·σ²ρ₀²/(1−ρ₀²)"
                Hypotheses = [ mean; small ]
                Instances = [ instance "Rademacher" rademacher 0.0; instance "Rademacher" rademacher 0.5 ]
                Evidence = ByDiscretisation toCeiling
                Necessity =
                  [ among meanName toCeiling [ "two-point ±.3 about −.1, γ = 0", create biased (generic c) 0.0 ]
                    among varianceName toCeiling [ "two-point of N3-attained with σ = .4, γ = 0", create louder (generic c) 0.0 ] ] }
          Theorem.pack
              { Id = "N3-limit-attained"
                Source = Source.derived "N3"
                Variant = "attained, computed"
                Statement =
                  "generic linear P with c = .3, i.i.d. two-point noise with p = ½(1 − ρ₀): the same limit is (1 ± .02)·σ²ρ₀²/(1−ρ₀²)"
                Hypotheses = [ Claim.hypothesis noiseName (fun run -> 1e-12 - abs (run.Noise.MeanAbsolute 0.0 - worst.MeanAbsolute 0.0)) ]
                Instances = [ instance "α → 0" worst 0.0; instance "α → 0" worst 0.5 ]
                Evidence = ByDiscretisation ofCeiling
                Necessity = [ among noiseName ofCeiling [ "Rademacher σ = .3, γ = 0", create rademacher (generic c) 0.0 ] ] } ]

    // The table of claim N3, its digits and four of their standard errors.
    let private table: ITheorem =
        let quoted =
            [ 0.0, [ 0.02, 0.850; 0.005, 0.911; 0.00125, 0.953; 0.0003125, 0.974 ]
              0.5, [ 0.02, 0.930; 0.005, 0.951; 0.00125, 0.971; 0.0003125, 0.986 ] ]

        let compare (expected: float, run) =
            let value = stationaryGradient cells run
            [ Comparison.equal 0.003 (value.Value / ceiling variance -c) expected, value.Error / ceiling variance -c ]

        let run mixing rate = { create worst (generic c) mixing with LearningRate = rate }
        let minimizerName, ratioName = "w* = .5", "β = α/8"

        Theorem.pack
            { Id = "N3-table"
              Source = Source.derived "N3"
              Variant = "numbers, computed"
              Statement =
                "E‖∇f(W̄)‖²/(σ²ρ₀²/(1−ρ₀²)) = .850, .911, .953, .974 (γ = 0) and .930, .951, .971, .986 (γ = .5) at α = .02, .005, .00125, .0003125, within .003 (w* = .5, β = α/8, W asymmetric linear)"
              Hypotheses =
                [ Claim.hypothesis minimizerName (fun (_, run) -> 1e-12 - abs (run.Minimizer - 0.5))
                  Claim.hypothesis ratioName (fun (_, run) -> 1e-12 - abs (run.TransferRatio - 0.125)) ]
              Instances =
                [ for mixing, values in quoted do
                      for rate, expected in values -> invariant $"γ = {mixing}, α = {rate}", (expected, run mixing rate) ]
              Evidence = ByDiscretisation compare
              Necessity =
                [ among minimizerName compare [ "w* = .6", (0.850, { run 0.0 0.02 with Minimizer = 0.6 }) ]
                  among ratioName compare [ "β = α/2", (0.850, { run 0.0 0.02 with TransferRatio = 0.5 }) ] ] }

    // How fast --------------------------------------------------------------------------------------------------------------------------

    /// <summary>z with z = ρ·E|z + N|, N standard normal: E P in units of its spread, where W on a device of ratio ρ stands still.</summary>
    /// <param name="rho">ρ₀ = G(0)/F(0), strictly between −1 and 1.</param>
    let offset (rho: float) : float =
        let absolute z = (Moments.gaussian 1.0).MeanAbsolute z
        Seq.fold (fun z _ -> rho * absolute z) 0.0 (seq { 1..200 })

    /// <summary>Coefficient of √α in 1 − E‖∇f(W̄)‖²/ceiling, for β ≪ α: (2z/|ρ₀|)·√(M²/(2τ(M + γLτ))), M = σ/√(1−ρ₀²), L = τ = 1.</summary>
    /// <param name="deviation">Standard deviation of the noise of one coordinate, at least 0; loss/weight.</param>
    /// <param name="rho">ρ₀ = G(0)/F(0), strictly between −1 and 1.</param>
    /// <param name="mainRatio">ρ = G/F of the device of W where it stands.</param>
    /// <param name="mixing">γ ≥ 0: the gradient is taken at W + γP.</param>
    let rate (deviation: float) (rho: float) (mainRatio: float) (mixing: float) : float =
        let m = deviation / sqrt (1.0 - rho * rho)
        2.0 * offset mainRatio / abs rho * sqrt (m * m / (2.0 * (m + mixing)))

    let private rateClaim: ITheorem =
        let slow = "β ≪ α"

        // (1 − ratio)/√α at two rates, extrapolated in √α to 0.
        let compare run =
            let coefficient rate =
                let value = stationaryGradient cells { run with LearningRate = rate }
                (1.0 - value.Value / ceiling variance -c) / sqrt rate, value.Error / ceiling variance -c / sqrt rate

            let (coarse, coarseError), (fine, fineError) = coefficient 0.005, coefficient 0.00125
            let standing = run.Minimizer + sqrt (ceiling variance -c)
            let expected = rate deviation -c (run.Main.Asymmetric standing / run.Main.Symmetric standing) run.Mixing
            [ Comparison.equal 0.1 ((2.0 * fine - coarse) / expected) 1.0, (2.0 * fineError + coarseError) / expected ]

        Theorem.pack
            { Id = "N3-rate"
              Source = Source.derived "N3, distance from the limit"
              Variant = "computed"
              Statement =
                "β ≪ α: E‖∇f(W̄)‖² = σ²ρ₀²/(1−ρ₀²)·(1 − k√α + O(α)), k = (2z/|ρ₀|)√(M²/(2τ(M+γLτ))), M = σ/√(1−ρ₀²), z = ρ_W·E|z+N| at W's standing weight; within 10 % by two rates"
              Hypotheses = [ Claim.hypothesis slow (fun run -> 0.0625 - run.TransferRatio) ]
              Instances =
                [ for mixing in [ 0.0; 0.5 ] ->
                      invariant $"c = .3, w* = .5, γ = {mixing}, β = α/32", { create worst (generic c) mixing with TransferRatio = 0.03125 } ]
              Evidence = ByDiscretisation compare
              Necessity =
                [ among
                      slow
                      compare
                      [ for ratio in [ 0.5; 1.0 ] ->
                            invariant $"β = {ratio}α, γ = 0", { create worst (generic c) 0.0 with TransferRatio = ratio } ] ] }

    // Theorem 3 and Corollary 1 ----------------------------------------------------------------------------------------------------------

    let private theorem3 constant (run: ResidualRun) =
        let gradient, saturation = stationary run
        let largest = Seq.init 201 (fun i -> run.Auxiliary.Symmetric(-1.0 + 0.01 * float i)) |> Seq.max
        let factor = constant * largest * run.Noise.SecondMoment
        [ Comparison.atMost gradient.Value (factor * saturation.Value), gradient.Error + factor * saturation.Error ]

    let private theorem3Claims: ITheorem list =
        let instances =
            [ for mixing, rate in [ 0.0, 0.02; 0.0, 0.00125; 0.5, 0.02 ] do
                  invariant $"c = .3, γ = {mixing}, α = {rate}", { create worst (generic c) mixing with LearningRate = rate } ]

        let sharp run = theorem3 (1.0 / (1.0 - c * c)) run

        [ Theorem.pack
              { Id = "N3-theorem3"
                Source = Source.sequel "Theorem 3"
                Variant = "printed constant, K → ∞"
                Statement = "stationary E‖∇f(W̄)‖² ≤ 24F_maxσ²S, S = E‖G(P)/√F(P)‖² in the form of Theorem 2's S_K"
                Hypotheses = [ mean ]
                Instances = instances
                Evidence = ByDiscretisation(theorem3 24.0)
                Necessity = [ among meanName (theorem3 24.0) [ "two-point ±.3 about −.1, γ = 0", create biased (generic c) 0.0 ] ] }
          Theorem.pack
              { Id = "N3-theorem3-sharp"
                Source = Source.derived "N3; sequel Theorem 3 with the sharp constant"
                Variant = "1/(1−ρ₀²) for 24, K → ∞"
                Statement = "stationary E‖∇f(W̄)‖² ≤ F_maxσ²S/(1−ρ₀²); as α → 0 the factor F_max is not needed either (N3-ceiling)"
                Hypotheses = [ mean; small ]
                Instances = instances
                Evidence = ByDiscretisation sharp
                Necessity =
                  [ among meanName sharp [ "two-point ±.3 about −.1, γ = 0", create biased (generic c) 0.0 ]
                    among varianceName sharp [ "two-point of N3-attained with σ = .4, γ = 0", create louder (generic c) 0.0 ] ] } ]

    let private centredName = "G(0) = 0 for P's device"

    let private corollary run =
        // Where the floor itself vanishes, twelve cells do not agree at every rate.
        let values = series 14 run
        let limit = toZero values

        [ Comparison.equal (0.002 * variance) limit.Value 0.0, limit.Error
          for coarse, fine in List.pairwise values do
              // At least like α^.66 from one rate to a quarter of it.
              Comparison.atMost fine.Value (0.4 * coarse.Value), fine.Error + 0.4 * coarse.Error ]

    let private corollary1: ITheorem =
        Theorem.pack
            { Id = "N3-corollary1"
              Source = Source.sequel "Corollary 1"
              Variant = "in the limit, every γ"
              Statement =
                "G(0) = 0: stationary E‖∇f(W̄)‖² → 0 with the rates, for γ = 0 as for γ = .05 and .5: the printed γ = Ω(q_min^{−2/5}) is not needed for the limit"
              Hypotheses = [ Claim.hypothesis centredName (fun run -> 1e-12 - abs (run.Auxiliary.Asymmetric 0.0)) ]
              Instances =
                [ for mixing in [ 0.0; 0.05; 0.5 ] ->
                      invariant $"asymmetric linear, Rademacher, γ = {mixing}", create rademacher (AsymmetricLinear.create 1.0) mixing ]
              Evidence = ByDiscretisation corollary
              Necessity = [ among centredName corollary [ "c = .3, γ = .5", create rademacher (generic c) 0.5 ] ] }

    /// The claims of this file.
    let all: ITheorem list = limit @ [ table; rateClaim ] @ theorem3Claims @ [ corollary1 ]
