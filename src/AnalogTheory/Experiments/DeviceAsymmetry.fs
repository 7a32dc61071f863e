namespace AnalogTheory

open System.Collections.Immutable
open AnalogTheory.Kernels.Crossbars

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
          Start = 1.0 }

    let private plan (budget: Budget) (parameters: Parameters) (key: Key) (matrix: float[,]) (target: float[]) (label: string) asymmetry isTikiTaka =
        RankOnePlan(
            Matrix = ImmutableArray.CreateRange(matrix |> Seq.cast<float>),
            Target = ImmutableArray.CreateRange target,
            Device = (GenericLinear.create parameters.Radius asymmetry).Law,
            LearningRate = (if isTikiTaka then parameters.FastLearningRate else parameters.LearningRate),
            Pulses = PulseMode.PerElement,
            Granularity = parameters.Granularity,
            BitLength = parameters.BitLength,
            TransferRate = (if isTikiTaka then System.Nullable parameters.LearningRate else System.Nullable()),
            TransferBitLength = parameters.TransferBitLength,
            Mixing = (if isTikiTaka then parameters.Mixing else 0.0),
            Start = parameters.Start,
            Steps = int (Budget.steps 20L budget parameters.Study.Steps),
            Replicas = budget.Seeds,
            Key = (Key.named label key).Bits,
            TraceEvery = 2
        )

    /// <summary>Columns "series" ("Analog SGD, c = 0.1", …), "k", "mean", "lower", "upper": loss against k, runs on one set of data.</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table =
        let study = parameters.Study

        let struct (matrix, _, target) =
            LeastSquares.randomData study.Samples study.Dimension study.MatrixScale study.TargetScale study.Bias (Key.named "data" key)

        let curves =
            [ for name, isTikiTaka in [ "Analog SGD", false; "Tiki-Taka", true ] do
                  for asymmetry in parameters.Asymmetries -> $"{name}, c = {string asymmetry}", isTikiTaka, asymmetry ]

        let losses =
            RankOneTraining.Run(
                [| for label, isTikiTaka, asymmetry in curves -> plan budget parameters key matrix target label asymmetry isTikiTaka |],
                budget.Execution.Threads,
                budget.Execution.Cancellation
            )

        Seq.zip curves losses
        |> Seq.map (fun ((label, _, _), loss) -> Series.ofLosses label 1.0 budget.Seeds 2 loss)
        |> List.ofSeq
        |> Series.toTable "curves" "k"
