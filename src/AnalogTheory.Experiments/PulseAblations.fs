namespace AnalogTheory

open AnalogTheory.Tiles.Arrays
open AnalogTheory.Tiles.Periphery

/// Figure 4 of the paper as it was printed: with pulses on an array, sample by sample. The same data and labels as the dynamics of Ablations.
[<RequireQualifiedAccess>]
module PulseAblations =

    /// What pulses add to the parameters of a dynamic.
    type Pulses =
        {
            /// Δw_min.
            Granularity: float
            /// Longest pulse train.
            BitLength: int
        }

    /// The Δw_min of the other figures. The script of figure 4 left takes τ/300, whose own noise would grow with τ, against the printed curves.
    let radiusPulses: Pulses = { Granularity = 1e-4; BitLength = 5000 }

    /// As in the authors' script of figure 4 middle.
    let variancePulses: Pulses = { Granularity = 1e-4; BitLength = 5000 }

    /// As in the authors' script of figure 4 right.
    let startPulses: Pulses = { Granularity = 1e-4; BitLength = 400 }

    /// One curve: the dynamic range, the problem with its noise, and the start.
    type private Case =
        { Label: string
          Radius: float
          Study: LeastSquaresStudy
          Start: Problem -> float[] }

    let private run budget key (pulses: Pulses) (study: LeastSquaresStudy) rate (cases: Case list) : Table =
        // Runs with pulses are dear: every other seed, on the dynamics' data.
        let runs = max 2 (budget.Seeds / 2)
        let seeds = Key.split runs key |> Array.map (fun key -> LeastSquaresStudy.data study key)
        let steps = Budget.steps 20L budget study.Steps

        let training (case: Case) =
            seeds
            |> Array.map (fun struct (matrix, target) ->
                let model =
                    ArrayModel(
                        TileTraining.asymmetricLinear case.Radius pulses.Granularity,
                        ForwardPeriphery = PeripherySettings.NoisyReads(DynamicComparison.readNoise case.Study matrix)
                    )

                let start = case.Start(LeastSquaresStudy.problemOf study matrix target)
                TileTraining.analogSgdFrom start case.Study matrix target model pulses.BitLength rate)

        [ for case in cases do
              let trainings = training case

              { TileTraining.Label = case.Label
                TileTraining.Training = fun i -> trainings[i]
                TileTraining.Key = Key.named $"pulses, {case.Label}" key } ]
        |> TileTraining.run budget runs steps 1 (TileTraining.multiple study / float study.Dimension)
        |> List.map (Series.smooth study.Smoothing >> Series.thin (max 1 (int (steps / 500L))))
        |> Series.toTable "pulses" "k"

    let private atZero (_: Problem) : float[] = [||]

    /// <summary>Error against k for every τ.</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">Problem, rate and the τ of the curves.</param>
    let radius (budget: Budget) (key: Key) (parameters: Ablations.RadiusParameters) : Table =
        [ for radius in parameters.Radii ->
              { Label = $"τ = {string radius}"
                Radius = radius
                Study = parameters.Study
                Start = atZero } ]
        |> run budget key radiusPulses parameters.Study parameters.LearningRate

    /// <summary>Error against k for every σ².</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">Problem, rate, τ and the σ² of the curves.</param>
    let variance (budget: Budget) (key: Key) (parameters: Ablations.VarianceParameters) : Table =
        [ for variance in parameters.Variances ->
              { Label = $"σ² = {string variance}"
                Radius = parameters.Radius
                Study = { parameters.Study with Deviation = sqrt variance }
                Start = atZero } ]
        |> run budget key variancePulses parameters.Study parameters.LearningRate

    /// <summary>Error against k from every start; a bias weight is digital here.</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">Problem, rate, τ and the starts of the curves.</param>
    let start (budget: Budget) (key: Key) (parameters: Ablations.StartParameters) : Table =
        [ for label, start in Ablations.starts parameters ->
              { Label = label
                Radius = parameters.Radius
                Study = parameters.Study
                Start = start >> Weights.toArray } ]
        |> run budget key startPulses parameters.Study parameters.LearningRate
