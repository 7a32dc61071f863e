namespace AnalogTheory

open AnalogTheory.Tiles.Arrays
open AnalogTheory.Tiles.Periphery

/// Figure 1 of the paper: digital and analog SGD at several learning rates; error against k, and final error against α.
/// Analog SGD is run as in the paper, with pulses and one rank-1 update per sample, and as the full-batch analog dynamic of the theory.
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
            /// Δw_min of the pulses.
            Granularity: float
            /// Longest pulse train.
            BitLength: int
            /// Seeds of the budget for each run with pulses, which are dear; at least two runs.
            SeedsPerPulsedRun: int
        }

    /// Labels of the rules.
    [<RequireQualifiedAccess>]
    module Rule =
        /// W′ = W − αg.
        [<Literal>]
        let Digital = "Digital SGD"

        /// Pulses on an array, sample by sample.
        [<Literal>]
        let Pulses = "Analog SGD, pulses"

        /// U(W, −αg) with the full-batch gradient.
        [<Literal>]
        let Dynamic = "Analog SGD, full-batch dynamic"

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
              Deviation = 0.01 / 40.0
              Steps = 2500L
              Smoothing = 0.9
              SharesData = true }
          LearningRates = [ 0.2; 0.1; 0.05; 0.03 ]
          MoreLearningRates = [ 0.14; 0.07 ]
          Radius = 3.0
          Granularity = 1e-4
          BitLength = 800
          SeedsPerPulsedRun = 4 }

    /// Mean of the last 20 recorded losses of every run.
    let private finalError (losses: Series) : Estimate =
        losses.Runs
        |> Array.map (fun run -> Array.average (Array.skip (max 0 (run.Length - 20)) run))
        |> Estimate.ofArray

    /// Analog SGD with pulses on the shared data.
    let private pulsed (budget: Budget) (key: Key) (parameters: Parameters) (rates: float list) : Series list =
        let study = parameters.Study
        let struct (matrix, target) = LeastSquaresStudy.data study key

        let model =
            ArrayModel(
                TileTraining.asymmetricLinear parameters.Radius parameters.Granularity,
                ForwardPeriphery = PeripherySettings.NoisyReads(DynamicComparison.readNoise study matrix)
            )

        [ for rate in rates do
              let training = TileTraining.analogSgd study matrix target model parameters.BitLength rate

              { TileTraining.Label = $"{Rule.Pulses}, α = {string rate}"
                TileTraining.Training = fun _ -> training
                TileTraining.Key = key |> Key.named "pulses" |> Key.ofNumber rate } ]
        |> TileTraining.run
            budget
            (max 2 (budget.Seeds / parameters.SeedsPerPulsedRun))
            (Budget.steps 20L budget study.Steps)
            1
            (TileTraining.multiple study / float study.Dimension)

    /// <summary>Tables "curves" (error against k) and "final" (final error against α).</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table list =
        let device = AsymmetricLinear.create parameters.Radius
        let rates = parameters.LearningRates @ parameters.MoreLearningRates

        let contenders =
            [ for rate in rates -> LeastSquaresStudy.contender $"{Rule.Digital}, α = {string rate}" (DigitalSgd.create rate)
              for rate in rates -> LeastSquaresStudy.contender $"{Rule.Dynamic}, α = {string rate}" (AnalogSgd.create rate device) ]

        let meanField = LeastSquaresStudy.run budget key parameters.Study contenders |> List.map snd
        let all = meanField @ pulsed budget key parameters rates

        let named =
            List.zip
                [ for rule in [ Rule.Digital; Rule.Dynamic; Rule.Pulses ] do
                      for rate in rates -> rule, rate ]
                all

        let curves =
            named
            |> List.filter (fun ((_, rate), _) -> List.contains rate parameters.LearningRates)
            |> List.map (fun (_, losses) -> losses |> Series.smooth parameters.Study.Smoothing |> Series.thin 5)

        let final =
            named
            |> List.map (fun ((rule, rate), losses) -> rule, rate, finalError losses)
            |> List.sortBy (fun (rule, rate, _) -> rule, rate)

        let column f = final |> List.map f |> Array.ofList

        [ Series.toTable "curves" "k" curves
          Table.create
              "final"
              ([ "series", Texts(column (fun (rule, _, _) -> rule)); "α", Numbers(column (fun (_, rate, _) -> rate)) ]
               @ Series.interval (column (fun (_, _, e) -> e))) ]
