namespace AnalogTheory

open System.Collections.Immutable
open AnalogTheory.Kernels.Crossbars
open AnalogTheory.Kernels.Ensembles
open MathNet.Numerics.LinearAlgebra

/// Figure 3 of the paper: which dynamic do pulses on a crossbar follow? One set of data, one panel per τ, four models and the crossbar itself.
[<RequireQualifiedAccess>]
module DynamicComparison =

    /// Parameters of the figure.
    type Parameters =
        {
            /// Problem; its noise is per coordinate for the full-batch models.
            Study: LeastSquaresStudy
            /// α.
            LearningRate: float
            /// τ of the panels.
            Radii: float list
            /// Δw_min = τ/States.
            States: float
            /// Longest pulse train.
            BitLength: int
            /// Replicas per seed of the budget: independent runs on the same data.
            ReplicasPerSeed: int
            /// Record every so many steps.
            TraceEvery: int
        }

    /// As in v1's appendix I and the authors' script: a digital bias is trained beside the array.
    let defaults: Parameters =
        { Study =
            { Ablations.figure3Study with
                HasBiasWeight = true
                Steps = 2500L
                Smoothing = 0.0
                SharesData = true }
          LearningRate = 0.03
          Radii = [ 1.0; 1.5; 2.0; 2.5 ]
          States = 300.0
          BitLength = 5000
          ReplicasPerSeed = 4
          TraceEvery = 10 }

    /// Labels of the models, in the order of the table.
    [<RequireQualifiedAccess>]
    module Model =
        /// W′ = W − αg.
        [<Literal>]
        let Digital = "digital dynamic"

        /// U with |ΣΔₙ|, noise on the full gradient: the paper's curve.
        [<Literal>]
        let FullBatch = "analog dynamic, full batch"

        /// U sample by sample, read noise, no pulses.
        [<Literal>]
        let PerSample = "analog dynamic, per sample"

        /// As per sample, with stochastic pulses drawn for every element.
        [<Literal>]
        let Pulses = "pulses per element"

        /// As pulses, with the row bit that all columns of a crossbar share.
        [<Literal>]
        let SharedRow = "pulses, shared row bit"

    /// The read noise of the script: the gradient's noise over the mean singular value of A.
    let readNoise (study: LeastSquaresStudy) (matrix: float[,]) : float =
        let singular = Matrix<float>.Build.DenseOfArray(matrix).Svd(false).S
        study.Deviation / (singular.Sum() / float singular.Count)

    let private crossbar budget (key: Key) parameters (matrix: float[,]) (target: float[]) mode radius =
        RankOnePlan(
            Matrix = ImmutableArray.CreateRange(matrix |> Seq.cast<float>),
            Target = ImmutableArray.CreateRange target,
            Device = (AsymmetricLinear.create radius).Law,
            LearningRate = parameters.LearningRate,
            Pulses = mode,
            Granularity = radius / parameters.States,
            BitLength = parameters.BitLength,
            ReadNoise = readNoise parameters.Study matrix,
            TrainsBias = parameters.Study.HasBiasWeight,
            Steps = int (Budget.steps 20L budget parameters.Study.Steps),
            Replicas = budget.Seeds * parameters.ReplicasPerSeed,
            Key = key.Bits,
            TraceEvery = parameters.TraceEvery
        )

    /// Columns "series", "k", "mean", "lower", "upper", "error" (standard error) and "τ" (0 for the digital dynamic, which has none).
    let run (budget: Budget) (key: Key) (parameters: Parameters) (matrix: float[,]) (target: float[]) : Table =
        let study = parameters.Study
        let problem = LeastSquaresStudy.problemOf study matrix target
        let dimension = float study.Dimension

        let ensemble (rule: IRule) =
            let settings =
                { Ensemble.settings (budget.Seeds * parameters.ReplicasPerSeed) (Budget.steps 20L budget study.Steps) key with
                    Measures = [ Measure MeasureKind.Excess ]
                    TraceEvery = int64 parameters.TraceEvery }

            Ensemble.planOf settings problem (Noise.gaussian study.Deviation) rule FullBatch (Weights.zeros problem.Dimension)

        let devices = parameters.Radii |> List.map AsymmetricLinear.create
        let digital = Rule.pack (DigitalSgd.create parameters.LearningRate)
        let analog = devices |> List.map (AnalogSgd.create parameters.LearningRate >> Rule.pack)

        let meanField =
            Ensemble.runAll budget.Execution (List.map ensemble (digital :: analog))
            |> Array.map (fun result ->
                let excess = Series.ofResults "" (1.0 / dimension) 0 [| result |]
                { excess with Runs = excess.Runs |> Array.map (Array.map (fun loss -> loss + problem.Minimum / dimension)) })

        let modes =
            [ Model.PerSample, PulseMode.Continuous
              Model.Pulses, PulseMode.PerElement
              Model.SharedRow, PulseMode.SharedRow ]

        let jobs = List.allPairs modes parameters.Radii

        let losses =
            RankOneTraining.Run(
                jobs
                |> List.map (fun ((label, mode), radius) ->
                    crossbar budget (Key.named $"{label}, τ = {string radius}" key) parameters matrix target mode radius)
                |> List.toArray,
                budget.Execution.Threads,
                budget.Execution.Cancellation
            )

        let replicas = budget.Seeds * parameters.ReplicasPerSeed

        let pulsed = Series.ofLosses "" (1.0 / dimension) replicas parameters.TraceEvery

        let labelled =
            (Model.Digital, 0.0, meanField[0])
            :: (List.mapi (fun i radius -> Model.FullBatch, radius, meanField[i + 1]) parameters.Radii
                @ List.mapi (fun i ((label, _), radius) -> label, radius, pulsed losses[i]) jobs)

        let tables =
            labelled
            |> List.map (fun (label, radius, series) ->
                let table = Series.toTable "curves" "k" [ { series with Label = label } ]

                { table with
                    Columns =
                        table.Columns
                        @ [ "error", Numbers(Series.estimates series |> Array.map _.StandardError)
                            "τ", Numbers(Array.create series.X.Length radius) ] })

        Table.concat "curves" tables

    /// How far a curve lies from a reference along k, in standard errors of the difference.
    [<Struct>]
    type Distance =
        {
            /// Root mean square of z over the compared steps.
            RootMeanSquare: float
            /// Largest |z|.
            Largest: float
            /// Number of compared steps; neighbours are correlated.
            Points: int
        }

    /// <summary>Distance of means with standard errors, at the steps k > 0 that both have.</summary>
    /// <param name="ours">(k, mean, standard error).</param>
    /// <param name="reference">(k, mean, standard error).</param>
    let distance (ours: (float * float * float)[]) (reference: (float * float * float)[]) : Distance =
        let byStep = dict [ for k, mean, error in reference -> k, (mean, error) ]

        let z =
            ours
            |> Array.choose (fun (k, mean, error) ->
                match byStep.TryGetValue k with
                | true, (other, otherError) when k > 0.0 -> Some((mean - other) / sqrt (error * error + otherError * otherError))
                | _ -> None)

        if z.Length = 0 then
            { RootMeanSquare = nan; Largest = nan; Points = 0 }
        else
            { RootMeanSquare = sqrt (Array.averageBy (fun z -> z * z) z)
              Largest = z |> Array.map abs |> Array.max
              Points = z.Length }
