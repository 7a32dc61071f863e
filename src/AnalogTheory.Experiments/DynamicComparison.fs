namespace AnalogTheory

open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Tiles.Arrays
open AnalogTheory.Tiles.Periphery
open MathNet.Numerics.LinearAlgebra

/// Figure 3 of the paper: which dynamic do pulses on a crossbar follow? One set of data, one panel per τ, three dynamics and an array of pulsed elements.
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
          ReplicasPerSeed = 1
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

        /// As per sample, with the pulses of an array: random trains of rows and columns, whose coincidences move the elements.
        [<Literal>]
        let Pulses = "pulses on an array"

    /// <summary>The read noise of the script: the gradient's noise over the mean singular value of A.</summary>
    /// <param name="study">Sizes, scales, noise and horizon of the study.</param>
    /// <param name="matrix">A, samples by dimension.</param>
    let readNoise (study: LeastSquaresStudy) (matrix: float[,]) : float =
        let singular = Matrix<float>.Build.DenseOfArray(matrix).Svd(false).S
        study.Deviation / (singular.Sum() / float singular.Count)

    let private model (parameters: Parameters) (matrix: float[,]) kept radius =
        ArrayModel(
            TileTraining.asymmetricLinear radius (radius / parameters.States),
            Kept = kept,
            ForwardPeriphery = PeripherySettings.NoisyReads(readNoise parameters.Study matrix)
        )

    /// <summary>Columns "series", "k", "mean", "lower", "upper", "error" (standard error) and "τ" (0 for the digital dynamic, which has none).</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    /// <param name="matrix">A, samples by dimension.</param>
    /// <param name="target">b, one number a sample.</param>
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

                { excess with
                    Runs = excess.Runs |> Array.map (Array.map (fun loss -> loss + problem.Minimum / dimension)) })

        let kept = [ Model.PerSample, Imperfections.All &&& ~~~Imperfections.Granularity; Model.Pulses, Imperfections.All ]

        let jobs = List.allPairs kept parameters.Radii

        let arrays =
            [ for (label, kept), radius in jobs do
                  let model = model parameters matrix kept radius
                  let training = TileTraining.analogSgd study matrix target model parameters.BitLength parameters.LearningRate

                  { TileTraining.Label = label
                    TileTraining.Training = fun _ -> training
                    TileTraining.Key = key |> Key.named label |> Key.ofNumber radius } ]
            |> TileTraining.run
                budget
                (budget.Seeds * parameters.ReplicasPerSeed)
                (Budget.steps 20L budget study.Steps)
                parameters.TraceEvery
                (1.0 / dimension)

        let labelled =
            (Model.Digital, 0.0, meanField[0])
            :: (List.mapi (fun i radius -> Model.FullBatch, radius, meanField[i + 1]) parameters.Radii
                @ List.map2 (fun ((label, _), radius) series -> label, radius, series) jobs arrays)

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

    /// <summary>Distance of two curves along k in standard errors of the difference: (k, z) at the steps k > 0 that both have.</summary>
    /// <param name="ours">(k, mean, standard error).</param>
    /// <param name="reference">(k, mean, standard error).</param>
    let standardised (ours: (float * float * float)[]) (reference: (float * float * float)[]) : (float * float)[] =
        let byStep = dict [ for k, mean, error in reference -> k, (mean, error) ]

        ours
        |> Array.choose (fun (k, mean, error) ->
            match byStep.TryGetValue k with
            | true, (other, otherError) when k > 0.0 -> Some(k, (mean - other) / sqrt (error * error + otherError * otherError))
            | _ -> None)

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
        let z = standardised ours reference |> Array.map snd

        if z.Length = 0 then
            { RootMeanSquare = nan; Largest = nan; Points = 0 }
        else
            { RootMeanSquare = sqrt (Array.averageBy (fun z -> z * z) z)
              Largest = z |> Array.map abs |> Array.max
              Points = z.Length }
