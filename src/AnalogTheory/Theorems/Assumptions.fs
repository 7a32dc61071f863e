namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// Which rule an instance is trained by, with its rates.
type TrainedBy =
    /// α.
    | AnalogSgdAt of learningRate: float
    /// α, rate of W, and β, rate of P.
    | TikiTakaAt of transferRate: float * learningRate: float

/// A concrete training setting, to be held against the assumptions of the theorems.
[<NoEquality; NoComparison>]
type TrainingSetting =
    {
        /// f.
        Problem: Problem
        /// τ of the asymmetric linear device, w⋄ = 0.
        Radius: float
        /// ε.
        Noise: Noise
        /// Rule.
        Rule: TrainedBy
        /// W₀.
        Start: Weights
        /// W_max, if it is known; else D2's τ or nothing.
        LargestWeight: float option
    }

/// One theorem's condition on a setting.
type AssumptionCheck =
    {
        /// Theorem of v1 or claim of the ledger (proofs-checks/README.md).
        Theorem: string
        /// Condition.
        Condition: string
        /// Signed margin in the condition's unit: at least 0 holds, NaN unknown.
        Margin: float
    }

/// What is known about a setting, and which theorems say something about it.
type AssumptionReport =
    {
        /// L; loss/weight².
        Smoothness: float
        /// μ; loss/weight².
        StrongConvexity: float
        /// f*; loss.
        Minimum: float
        /// Δ_f = f(W₀) − f*.
        Gap: float
        /// c: E|g + ε_d| ≥ cσ for every g; NaN if unknown.
        NoiseFloor: float
        /// σ, E‖ε‖² = σ² at W₀; loss/weight.
        Deviation: float
        /// W_max; ∞ if unknown.
        LargestWeight: float
        /// Largest α of Analog SGD that S2 and S3 admit, 1/(2L).
        LargestAnalogRate: float
        /// Largest β that T6 admits (repaired).
        LargestAuxiliaryRate: float
        /// Smallest and largest β that Theorem 4 admits at the rule's α; NaN for Analog SGD.
        AuxiliaryRateWindow: float * float
        /// σ that Theorem 4 needs, √(33·41)·Lτ√D/c ≥ 36.78·LτD.
        RequiredDeviation: float
        /// Every condition of every theorem that concerns the rule.
        Checks: AssumptionCheck list
    }

    /// Theorems all of whose conditions hold.
    member report.Applicable =
        report.Checks
        |> List.groupBy _.Theorem
        |> List.filter (fun (_, checks) -> checks |> List.forall (fun check -> check.Margin >= 0.0))
        |> List.map fst

    /// Theorems that say nothing here, with the conditions that fail.
    member report.Vacuous =
        report.Checks
        |> List.filter (fun check -> not (check.Margin >= 0.0))
        |> List.groupBy _.Theorem

/// The assumption checker: from a problem, a device, noise and a rule to the theorems that apply.
[<RequireQualifiedAccess>]
module Assumptions =

    /// inf over g of E|g + ε_d|/σ over the coordinates: at an atom for finite supports, at 0 for symmetric families; NaN where unknown.
    let noiseFloor (noise: Noise) (w: Weights) : float =
        try
            TikiTakaStep.noiseFloor noise w
        with :? NotSupportedException ->
            nan

    // W_max: as given, or τ where α‖g‖∞ ≤ τ surely (D2), with the known objective and the noise's bound.
    let private largestWeight (setting: TrainingSetting) (bound: float) =
        match setting.LargestWeight, setting.Rule with
        | Some weight, _ -> weight
        | None, AnalogSgdAt rate ->
            let distance = sqrt (float setting.Problem.Dimension) * (setting.Radius + Weights.largest setting.Problem.Minimizer)
            let gradient = setting.Problem.Smoothness * distance + bound
            if Weights.largest setting.Start <= setting.Radius && rate * gradient <= setting.Radius then setting.Radius else infinity
        | None, TikiTakaAt _ -> infinity

    /// Holds a setting against the assumptions.
    /// <exception cref="T:System.ArgumentException">τ or a rate is not positive, or W₀ has another length than D.</exception>
    let check (setting: TrainingSetting) : AssumptionReport =
        Require.positive "Radius" setting.Radius
        Require.length "Start" setting.Problem.Dimension setting.Start.Length
        let problem, tau = setting.Problem, setting.Radius
        let dimension = float problem.Dimension
        let smoothness = problem.Smoothness
        let sigma = sqrt (Noise.variance setting.Noise setting.Start)
        let moments = [ for d in 0 .. problem.Dimension - 1 -> setting.Noise.Moments setting.Start d ]
        // NaN, a moment that nobody knows, is the largest.
        let largest (f: Moments -> float) = moments |> List.fold (fun largest m -> Math.Max(largest, f m)) 0.0
        let bound = largest _.Bound
        let mean = largest (fun m -> abs m.Mean)
        let c = noiseFloor setting.Noise setting.Start
        let weight = largestWeight setting bound
        let minimizer = Weights.largest problem.Minimizer
        let repaired = BoundedAuxiliary.repairedRate smoothness tau sigma problem.Dimension c
        let required = TikiTakaFloor.requiredDeviation smoothness tau problem.Dimension c
        let add theorem condition margin = { Theorem = theorem; Condition = condition; Margin = margin }

        let smooth theorem =
            add theorem "A1: L holds up to W_max" (if Double.IsPositiveInfinity problem.Domain then 0.0 else problem.Domain - weight)

        let centred theorem = add theorem "A3′: E ε = 0" (1e-12 * sigma - mean)

        let window, checks =
            match setting.Rule with
            | AnalogSgdAt alpha ->
                Require.positive "learningRate" alpha
                let rate theorem = add theorem "α ≤ 1/(2L)" (0.5 / smoothness - alpha)
                let room = Math.BitDecrement tau - weight

                (nan, nan),
                [ smooth "Theorem 2 (S3)"
                  centred "Theorem 2 (S3)"
                  rate "Theorem 2 (S3)"
                  add "Theorem 2 (S3)" "A4: W_max < τ" room
                  smooth "S3-weighted"
                  centred "S3-weighted"
                  rate "S3-weighted"
                  add "Theorem 1 (D2)" "α|g_d| ≤ τ surely" (if Double.IsPositiveInfinity weight then nan else tau - weight)
                  add "Theorem 9 (S4)" "ε = 0" -sigma
                  add "Theorem 9 (S4)" "α ≤ 1/L" (1.0 / smoothness - alpha)
                  add "Theorem 9 (S4)" "A4: W_max < τ" room
                  add "Theorems 6, 8 (S8)" "D = 1" (1.0 - dimension)
                  add "Theorems 6, 8 (S8)" "f convex" (if problem.IsConvex then 0.0 else -1.0)
                  add "Theorems 6, 8 (S8)" "|w₀|, |w*| ≤ τ" (tau - Math.Max(Weights.largest setting.Start, minimizer))
                  rate "Theorems 6, 8 (S8)" ]
            | TikiTakaAt(alpha, beta) ->
                Require.positive "transferRate" alpha
                Require.positive "learningRate" beta
                let gradient = smoothness * sqrt dimension * (tau + minimizer) + bound
                let low = 8.0 * alpha * smoothness * tau * tau * dimension / (sigma * sigma)
                let high = c * c * pown sigma 4 / (64.0 * alpha * smoothness * pown tau 4 * dimension)
                let box theorem = add theorem "‖W*‖∞ ≤ τ" (tau - minimizer)

                (low, high),
                [ add "T3" "β|g_d| ≤ τ surely" (tau - beta * gradient)
                  centred "Lemma 7 (T6)"
                  box "Lemma 7 (T6)"
                  add "Lemma 7 (T6)" "A5: c known and above 0" c
                  add "Lemma 7 (T6)" "β ≤ min{cτσ/(2(4L²τ²+σ²)), 2τ/(3cσ), L²τ³D/(3cσ³)}" (repaired - beta)
                  smooth "Theorem 4 (T8)"
                  centred "Theorem 4 (T8)"
                  box "Theorem 4 (T8)"
                  add "Theorem 4 (T8)" "33·P_max² < τ²: σ > √(33·41)·Lτ√D/c" (Math.BitDecrement(sigma - required))
                  add "Theorem 4 (T8)" "α ≤ σ/(6Lτ√D)" (sigma / (6.0 * smoothness * tau * sqrt dimension) - alpha)
                  add "Theorem 4 (T8)" "β ≥ 8αLτ²D/σ²" (beta - low)
                  add "Theorem 4 (T8)" "β ≤ c²σ⁴/(64αLτ⁴D)" (high - beta) ]

        { Smoothness = smoothness
          StrongConvexity = problem.StrongConvexity
          Minimum = problem.Minimum
          Gap = problem.Excess setting.Start
          NoiseFloor = c
          Deviation = sigma
          LargestWeight = weight
          LargestAnalogRate = 0.5 / smoothness
          LargestAuxiliaryRate = repaired
          AuxiliaryRateWindow = window
          RequiredDeviation = required
          Checks = checks }

    /// W_max of a scalar quadratic under noise of a known range, by interval iteration; None if no bound below τ was found.
    let scalarRange (radius: float) (learningRate: float) (curvature: float) (minimizer: float) (noises: float list) (start: float) : Interval option =
        let ends = start :: [ for noise in noises -> minimizer - noise / curvature ]
        let map = InvariantInterval.quadratic (AsymmetricLinear.create radius) learningRate curvature minimizer (noises |> List.map Interval.Point)
        InvariantInterval.tryFind map radius (Interval(List.min ends, List.max ends))

    /// The conditions as a table: "theorem", "condition", "margin" and "verdict" ("holds", "fails" or "unknown").
    let table (report: AssumptionReport) : Table =
        let column f = Texts(report.Checks |> List.map f |> List.toArray)

        let verdict check =
            if check.Margin >= 0.0 then "holds"
            elif Double.IsNaN check.Margin then "unknown"
            else "fails"

        Table.create
            "assumptions"
            [ "theorem", column _.Theorem
              "condition", column _.Condition
              "margin", Numbers(report.Checks |> List.map _.Margin |> List.toArray)
              "verdict", column verdict ]
