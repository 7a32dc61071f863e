namespace AnalogTheory

/// Figure 1 of the paper: digital and analog SGD at several learning rates; error against k, and final error against α.
[<RequireQualifiedAccess>]
module StepSizeAblation =

    /// Parameters of the figure.
    type Parameters =
        {
            /// Problem and noise.
            Study: LeastSquaresStudy
            /// α of the curves.
            LearningRates: float list
            /// Further α at which only the final error is measured.
            MoreLearningRates: float list
            /// τ.
            Radius: float
        }

    /// As in v1's appendix I.
    let defaults: Parameters =
        { Study =
            { Samples = 100
              Dimension = 40
              MatrixScale = 1.0
              TargetScale = 0.45
              Bias = 0.0
              HasBiasWeight = false
              Loss = Mean
              Deviation = 0.01 / sqrt 40.0
              Steps = 2500L
              Smoothing = 0.9 }
          LearningRates = [ 0.2; 0.1; 0.05; 0.03 ]
          MoreLearningRates = [ 0.14; 0.07 ]
          Radius = 3.0 }

    /// Mean of the last 20 recorded losses of every run.
    let private finalError (losses: Series) : Estimate =
        losses.Runs |> Array.map (fun run -> Array.average (Array.skip (max 0 (run.Length - 20)) run)) |> Estimate.ofArray

    /// Tables "curves" (error against k) and "final" (final error against α).
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table list =
        let device = AsymmetricLinear.create parameters.Radius
        let rates = parameters.LearningRates @ parameters.MoreLearningRates

        let contenders =
            [ for rate in rates -> "Digital SGD", rate, LeastSquaresStudy.contender $"Digital SGD, α = {rate}" (DigitalSgd.create rate)
              for rate in rates -> "Analog SGD", rate, LeastSquaresStudy.contender $"Analog SGD, α = {rate}" (AnalogSgd.create rate device) ]

        let results = LeastSquaresStudy.run budget key parameters.Study (contenders |> List.map (fun (_, _, c) -> c))
        let labelled = List.zip contenders results

        let curves =
            labelled
            |> List.filter (fun ((_, rate, _), _) -> List.contains rate parameters.LearningRates)
            |> List.map (fun (_, (smoothed, _)) -> smoothed)

        let final = labelled |> List.map (fun ((rule, rate, _), (_, losses)) -> rule, rate, finalError losses) |> List.sortBy (fun (rule, rate, _) -> rule, rate)
        let half (e: Estimate) = Estimate.halfWidth Series.level e
        let column f = final |> List.map f |> Array.ofList

        [ Series.toTable "curves" "k" curves
          Table.create
              "final"
              [ "series", Texts(column (fun (rule, _, _) -> rule))
                "α", Numbers(column (fun (_, rate, _) -> rate))
                "mean", Numbers(column (fun (_, _, e) -> e.Mean))
                "lower", Numbers(column (fun (_, _, e) -> e.Mean - half e))
                "upper", Numbers(column (fun (_, _, e) -> e.Mean + half e)) ] ]
