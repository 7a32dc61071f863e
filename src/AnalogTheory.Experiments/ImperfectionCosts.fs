namespace AnalogTheory

open System
open System.Collections.Immutable
open AnalogTheory.Tiles.Algorithms
open AnalogTheory.Tiles.Arrays
open AnalogTheory.Tiles.Devices
open AnalogTheory.Tiles.Periphery
open AnalogTheory.Tiles.Problems

/// What each imperfection of an array costs: least squares with all of them, with all but one, with none, and with one alone.
[<RequireQualifiedAccess>]
module ImperfectionCosts =

    /// Parameters of the table.
    type Parameters =
        {
            /// Problem.
            Study: LeastSquaresStudy
            /// α.
            LearningRate: float
            /// Algorithms, by the names of ArrayAlgorithms.
            Algorithms: string list
            /// Device and its name.
            Device: string * DeviceSettings
            /// Periphery of forward reads.
            Forward: PeripherySettings
            /// Periphery of reads between arrays.
            Transfer: PeripherySettings
            /// Steps at the end over which a loss is averaged.
            Averaged: int64
        }

    /// A smaller problem like that of figure 3 on the device of the papers' networks: soft bounds with AIHWKIT's default spreads and noise, τ = 1, and its default reads.
    let defaults: Parameters =
        { Study =
            { Ablations.figure3Study with
                Samples = 50
                Dimension = 20
                Deviation = 0.0
                Steps = 1500L
                SharesData = true }
          LearningRate = 0.05
          Algorithms = [ "sgd"; "tiki-taka"; "residual"; "mixed-precision" ]
          Device = "soft bounds, τ = 1", SoftBoundsReferenceDevice(UpperBound = 1.0, LowerBound = -1.0)
          Forward = PeripherySettings.Default
          Transfer = PeripherySettings.Default
          Averaged = 200L }

    let private model (parameters: Parameters) kept =
        ArrayModel(
            snd parameters.Device,
            Kept = kept,
            ForwardPeriphery = parameters.Forward,
            BackwardPeriphery = parameters.Forward,
            TransferPeriphery = parameters.Transfer
        )

    /// <summary>Columns "algorithm", "case", "mean", "lower", "upper": f over the last steps, one run a seed, each with elements of its own.</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table =
        let study = parameters.Study
        let struct (matrix, target) = LeastSquaresStudy.data study key
        let cases = (model parameters Imperfections.All).Cases
        let steps = Budget.steps 20L budget study.Steps
        let every = 10
        let last = max 1 (int (min parameters.Averaged steps) / every)

        let curves =
            [ for algorithm in parameters.Algorithms do
                  for case in cases do
                      let model = model parameters case.Kept

                      let create (deviceKey: uint64) =
                          ArrayAlgorithms.Named(
                              algorithm,
                              fun n -> model.Create(1, study.Dimension, (Key.fold (uint64 n) { Bits = deviceKey }).Bits)
                          )

                      let training =
                          LeastSquaresTraining(
                              matrix,
                              ImmutableArray.CreateRange target,
                              Func<uint64, IArrayAlgorithm> create,
                              parameters.LearningRate * TileTraining.multiple study
                          )

                      (algorithm, case.Name),
                      // Cases share their keys: the same elements and the same noise where both have them.
                      { TileTraining.Label = case.Name
                        TileTraining.Training = fun _ -> training
                        TileTraining.Key = Key.named "runs" key } ]

        let ends =
            TileTraining.run budget budget.Seeds steps every (TileTraining.multiple study) (List.map snd curves)
            |> List.map (fun series -> series.Runs |> Array.map (fun run -> Array.average run[run.Length - last ..]) |> Estimate.ofArray)

        Table.create
            "costs"
            ([ "algorithm", Texts [| for (algorithm, _), _ in curves -> algorithm |]
               "case", Texts [| for (_, case), _ in curves -> case |] ]
             @ Series.interval (Array.ofList ends))
