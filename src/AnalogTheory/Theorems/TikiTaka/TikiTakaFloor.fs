namespace AnalogTheory

open System
open System.Collections.Concurrent

/// Claim T9: how Tiki-Taka's floor falls with its rates.
[<RequireQualifiedAccess>]
module TikiTakaFloor =

    let private proportionalName = "α ∝ β"
    let private symmetricName = "P's symmetric point is 0"
    let private proportionalNames = [ TikiTakaRun.smallRateName; TikiTakaRun.transferName; proportionalName; symmetricName ]

    /// Conditions of T9-proportional for α ∝ β on the asymmetric linear device, given the margins of T3's and D2's.
    let internal proportionalConditions (smallRate: float) (transfer: float) : (string * float) list =
        [ TikiTakaRun.smallRateName, smallRate; TikiTakaRun.transferName, transfer; proportionalName, 0.0; symmetricName, 0.0 ]

    // Relaxation takes about .3/α: after seven times that nothing is left of the start.
    let private burnIn = 2.0

    /// The problem of T9 at β, with α = ratio·β and P on a generic linear device of asymmetry c.
    let private onTable noise asymmetry ratio beta : TikiTakaRun =
        let run = TikiTakaRun.create 0.6 noise beta ratio
        if asymmetry = 0.0 then run else { run with Auxiliary = GenericLinear.create 1.0 asymmetry }

    // E(β₁) ≤ (β₁/β₂)^.85·E(β₂) or ≥ (β₁/β₂)^1.15·E(β₂), β₁ < β₂: an exponent of at least .85, or at most 1.15.
    let private exponent isAtLeast (small: TikiTakaRun) (large: TikiTakaRun) : ReplicaMargin =
        let sign, power = if isAtLeast then 1.0, 0.85 else -1.0, 1.15
        let time = burnIn + 2.0

        let worst =
            List.map2
                (fun (name, a: float) (_, b) -> name, Math.Min(a, b))
                (TikiTakaRun.conditions time small)
                (TikiTakaRun.conditions time large)

        let ratio (run: TikiTakaRun) = run.TransferRate / run.AuxiliaryRate

        { Terms =
            [ sign * Math.Pow(small.AuxiliaryRate / large.AuxiliaryRate, power), TikiTakaRun.averaged burnIn 2.0 large
              -sign, TikiTakaRun.averaged burnIn 2.0 small ]
          Constant = 0.0
          GradientRange = Some(TikiTakaRun.gradientRange small)
          AuxiliaryLimit = None
          Conditions =
            worst
            @ [ proportionalName, 1e-9 - abs (ratio small / ratio large - 1.0)
                symmetricName, -(abs (small.Auxiliary.Asymmetric 0.0)) ] }

    let private bounds = [ true, "at least .85"; false, "at most 1.15" ]

    let private proportional =
        [ for noise, name in [ Noise.rademacher 0.3, "Rademacher"; Noise.clippedGaussian 0.3 4.0, "Gaussian clipped at 4σ" ] do
              for isAtLeast, words in bounds do
                  $"{name}: exponent between β = .025 and .2 {words}",
                  exponent isAtLeast (onTable noise 0.0 0.125 0.025) (onTable noise 0.0 0.125 0.2) ]

    let private proportionalNecessity =
        let noise = Noise.rademacher 0.3

        let candidates =
            [ for isAtLeast, words in bounds do
                  for small, large in [ 0.025, 0.2; 0.025, 2.0; 0.025, 4.0; 0.025, 7.0 ] do
                      for ratioSmall, ratioLarge in [ 0.125, 0.125; 2.0, 0.125; 0.125, 2.0; 8.0, 8.0; 16.0, 16.0 ] do
                          for asymmetry in [ 0.0; 0.3 ] do
                              invariant
                                  $"L = τ = 1, w* = 0.6, Rademacher σ = 0.3, c = {asymmetry}, β = {small} and {large}, α/β = {ratioSmall} and {ratioLarge}, exponent {words}",
                              exponent isAtLeast (onTable noise asymmetry ratioSmall small) (onTable noise asymmetry ratioLarge large) ]

        ReplicaMargin.necessity 1024 proportionalNames candidates

    // Values that the claim T9 of the ledger (proofs-checks/README.md) quotes, ‖∇f‖²/β with a standard error of about .00005.
    let private quoted = [ 0.8, 0.0194; 0.2, 0.0197; 0.05, 0.0208; 0.0125, 0.02145; 0.003125, 0.02184 ]
    let private standardErrors = 4.0 * 0.00005
    let private gaussian = Noise.gaussian 0.3
    let private deviationName = "Gaussian noise, σ = .3"
    let private minimizerName = "w* = .6"
    let private transferRatioName = "α = β/8"

    let private sampledTable =
        // Replicas of the smallest β would take as long as all the others together.
        [ for beta, expected in quoted |> List.filter (fun (beta, _) -> beta > 0.01) do
              for sign, words in [ -1.0, (invariant $"at most {expected} + .0002"); 1.0, (invariant $"at least {expected} − .0002") ] do
                  // Long averages: their interval has to be much narrower than the allowance.
                  let run = TikiTakaRun.averaged burnIn 20.0 (onTable gaussian 0.0 0.125 beta)

                  invariant $"β = {beta}: {words}",
                  { Terms = [ sign / beta, run ]
                    Constant = standardErrors - sign * expected
                    GradientRange = None
                    AuxiliaryLimit = Some 1.0
                    Conditions = [] } ]

    let private atoms (run: TikiTakaRun) =
        if run.Noise.Name = gaussian.Name then
            NoiseAtoms.gaussian (sqrt (Noise.variance run.Noise (Weights.zeros 1)))
        else
            TikiTakaRun.atoms run

    // Stationary E‖∇f‖²/β, computed once for each setting: the table and its limit share three of them.
    let private perRate: TikiTakaRun -> Discretised =
        let known = ConcurrentDictionary<string, Lazy<Discretised>>()

        let compute (run: TikiTakaRun) =
            let value = TikiTakaRun.stationary 10 (atoms run) run.Minimizer run

            { Value = value.Value / run.AuxiliaryRate
              Error = value.Error / run.AuxiliaryRate }

        fun run ->
            let parts = [ run.Minimizer; run.AuxiliaryRate; run.TransferRate ] |> List.map string |> String.concat " "
            known.GetOrAdd($"{run.Noise} {run.Auxiliary} {parts}", fun _ -> lazy (compute run)).Value

    let private standardAt beta = onTable gaussian 0.0 0.125 beta

    // A run whose stationary value is compared with the table's at the same β.
    let private table: Theorem<float * TikiTakaRun> =
        let compare (expected, run: TikiTakaRun) =
            let value = perRate run
            [ Comparison.equal standardErrors value.Value expected, value.Error ]

        let hypotheses =
            [ Claim.hypothesis deviationName (fun (_, run: TikiTakaRun) ->
                  if run.Noise.Name <> gaussian.Name then
                      -1.0
                  else
                      1e-12 - abs (Noise.variance run.Noise (Weights.zeros 1) - 0.09))
              Claim.hypothesis minimizerName (fun (_, run: TikiTakaRun) -> 1e-12 - abs (run.Minimizer - 0.6))
              Claim.hypothesis transferRatioName (fun (_, run: TikiTakaRun) -> 1e-12 - abs (run.TransferRate / run.AuxiliaryRate - 0.125)) ]

        let beta, expected = 0.2, 0.0197

        let among name words run =
            Search.among name (compare >> List.head >> fst) [ invariant $"β = {beta}, {words}", (expected, run) ]

        { Id = "T9-table"
          Source = Source.derived "T9"
          Variant = "numbers, computed"
          Statement =
            "E‖∇f‖²/β = .0194, .0197, .0208, .02145, .02184 at β = .8, .2, .05, .0125, .003125, within 4 s.e. of .00005 (|P| passes τ at β = .8)"
          Hypotheses = hypotheses
          Instances = [ for beta, expected in quoted -> invariant $"β = {beta}", (expected, standardAt beta) ]
          Evidence = ByDiscretisation compare
          Necessity =
            [ among deviationName "Rademacher σ = 0.3 in its place" (onTable (Noise.rademacher 0.3) 0.0 0.125 beta)
              among minimizerName "w* = 0.3" { standardAt beta with Minimizer = 0.3 }
              among transferRatioName "α = β/4" (onTable gaussian 0.0 0.25 beta) ] }

    // The value for β → 0, from β, β/4 and β/16: what is left of it falls like √β, then like β.
    let private extrapolated (run: TikiTakaRun) : Discretised =
        let at factor =
            perRate
                { run with
                    AuxiliaryRate = factor * run.AuxiliaryRate
                    TransferRate = factor * run.TransferRate }

        let values = [ 1.0; 1.0 / 4.0; 1.0 / 16.0 ] |> List.map at
        let coefficients = [ 1.0 / 3.0; -2.0; 8.0 / 3.0 ]

        { Value = List.map2 (fun c (v: Discretised) -> c * v.Value) coefficients values |> List.sum
          Error = List.map2 (fun c (v: Discretised) -> abs c * v.Error) coefficients values |> List.sum }

    let private limit: ITheorem =
        let compare run =
            // The three errors together are .00023; the value itself is .02222.
            let value = extrapolated run
            [ Comparison.equal 0.0003 value.Value 0.0222, value.Error ]

        Theorem.pack
            { Id = "T9-limit"
              Source = Source.derived "T9"
              Variant = "extrapolated"
              Statement = "E‖∇f‖²/β, extrapolated in √β from β, β/4, β/16 to β = 0, is .0222 ± .0003"
              Hypotheses =
                table.Hypotheses
                |> List.map (fun hypothesis -> Claim.hypothesis hypothesis.Name (fun run -> hypothesis.Margin(0.0, run)))
              Instances = [ "from β = .2", standardAt 0.2 ]
              Evidence = ByDiscretisation compare
              Necessity = [] }

    /// The claims of this file.
    let all: ITheorem list =
        [ ReplicaMargin.theorem
              "T9-proportional"
              (Source.derived "T9")
              "bounded noise"
              "α = β/8: stationary E‖∇f‖² ∝ β, exponent 1 ± .15 (L = τ = 1, w* = .6, σ = .3)"
              proportionalNames
              proportional
              proportionalNecessity
          Theorem.pack table
          limit
          ReplicaMargin.theorem
              "T9-sampled"
              (Source.derived "T9")
              "numbers, asymptotic interval"
              "T9-table on replicas, β = .8, .2, .05, .0125: within .0002, four of its standard errors; Gaussian noise has no range, and the sure range of bounded noise needs millions of replicas for that"
              []
              sampledTable
              [] ]
