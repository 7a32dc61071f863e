namespace AnalogTheory

open System
open System.Collections.Immutable
open AnalogTheory.Tiles.Algorithms
open AnalogTheory.Tiles.Arrays
open AnalogTheory.Tiles.Devices
open AnalogTheory.Tiles.Problems

/// Figure 2 of the sequel: Analog SGD and Tiki-Taka on a device whose symmetric point is not at zero, at pulse level.
[<RequireQualifiedAccess>]
module DeviceAsymmetry =

    /// Parameters of the figure.
    type Parameters =
        {
            /// Problem; no noise is added, the pulses are the noise.
            Study: LeastSquaresStudy
            /// Rate of W: of its gradient for Analog SGD, of its transfer for Tiki-Taka.
            LearningRate: float
            /// Rate of P.
            FastLearningRate: float
            /// γ: the network sees W + γP.
            Mixing: float
            /// τ.
            Radius: float
            /// c of the curves.
            Asymmetries: float list
            /// Δw_min.
            Granularity: float
            /// Longest pulse train of a gradient update.
            BitLength: int
            /// Longest pulse train of a transfer.
            TransferBitLength: int
            /// W₀.
            Start: float
            /// Seeds of the budget for each run, which is dear; at least two runs.
            SeedsPerRun: int
        }

    /// As in the sequel's appendix.
    let defaults: Parameters =
        { Study =
            { Ablations.figure3Study with
                Dimension = 50
                TargetScale = 0.5
                Deviation = 0.0
                Steps = 1000L
                Smoothing = 0.0
                SharesData = true }
          LearningRate = 0.8
          FastLearningRate = 8.0
          Mixing = 0.4
          Radius = 3.5
          Asymmetries = [ 0.0; 0.1; 0.2; 0.3 ]
          Granularity = 1e-4
          BitLength = 8
          TransferBitLength = 31
          Start = 1.0
          SeedsPerRun = 4 }

    /// <summary>The generic linear device in pulses: q₊ = (1+c)(1 − w/τ), q₋ = (1−c)(1 + w/τ), but for the factor 1 + c.</summary>
    /// <remarks>A device's pulses are counted in its step up at 0, so that q₊(0) = 1: rates are multiplied by 1 + c instead.</remarks>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    /// <param name="asymmetry">c of the generic linear device, 0 for a symmetric one.</param>
    let device (parameters: Parameters) (asymmetry: float) : DeviceSettings =
        SoftBoundsDevice(
            Granularity = parameters.Granularity * (1.0 + asymmetry),
            UpDown = 2.0 * asymmetry / (1.0 + asymmetry),
            UpperBound = parameters.Radius,
            LowerBound = -parameters.Radius
        )
            .WithoutSpread()
            .WithoutNoise()

    let private training (parameters: Parameters) (matrix: float[,]) (target: float[]) asymmetry isTikiTaka =
        let model = ArrayModel(device parameters asymmetry)
        let factor = 1.0 + asymmetry
        let dimension = parameters.Study.Dimension
        let gradientUpdate = UpdateSettings(BitLength = parameters.BitLength)

        let algorithm (key: uint64) : IArrayAlgorithm =
            // Elements are all alike: the key makes no difference.
            let array () = model.Create(1, dimension, key)

            if isTikiTaka then
                TikiTaka(
                    array (),
                    array (),
                    TikiTakaSettings(
                        Schedule = TransferSchedule.WholeArray dimension,
                        FastRate = Rate.Absolute(parameters.FastLearningRate * factor),
                        TransferRate = Rate.Absolute(parameters.LearningRate * factor),
                        Mixing = parameters.Mixing,
                        GradientUpdate = gradientUpdate,
                        TransferUpdate = UpdateSettings(BitLength = parameters.TransferBitLength)
                    )
                )
            else
                PulsedSgd(array (), gradientUpdate)

        LeastSquaresTraining(
            matrix,
            ImmutableArray.CreateRange target,
            Func<uint64, IArrayAlgorithm> algorithm,
            parameters.LearningRate * factor,
            Start = ImmutableArray.CreateRange(Seq.replicate dimension (float32 parameters.Start))
        )

    /// <summary>Columns "series" ("Analog SGD, c = 0.1", …), "k", "mean", "lower", "upper": loss against k, runs on one set of data.</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table =
        let study = parameters.Study

        let struct (matrix, _, target) =
            LeastSquares.randomData study.Samples study.Dimension study.MatrixScale study.TargetScale study.Bias (Key.named "data" key)

        [ for name, isTikiTaka in [ "Analog SGD", false; "Tiki-Taka", true ] do
              for asymmetry in parameters.Asymmetries do
                  let training = training parameters matrix target asymmetry isTikiTaka

                  { TileTraining.Label = $"{name}, c = {string asymmetry}"
                    TileTraining.Training = fun _ -> training
                    TileTraining.Key = key |> Key.named name |> Key.ofNumber asymmetry } ]
        |> TileTraining.run budget (max 2 (budget.Seeds / parameters.SeedsPerRun)) (Budget.steps 20L budget study.Steps) 2 1.0
        |> Series.toTable "curves" "k"
