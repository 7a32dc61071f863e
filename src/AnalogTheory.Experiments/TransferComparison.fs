namespace AnalogTheory

open System
open System.Collections.Immutable
open AnalogTheory.Tiles.Algorithms
open AnalogTheory.Tiles.Arrays
open AnalogTheory.Tiles.Devices
open AnalogTheory.Tiles.Periphery
open AnalogTheory.Tiles.Problems

/// The training algorithms on one least-squares problem, against dynamic range, granularity and an offset of the symmetric point: which wins where.
[<RequireQualifiedAccess>]
module TransferComparison =

    /// Parameters of the comparison.
    type Parameters =
        {
            /// Problem; its noise is the read noise ρ‖x‖ times √N.
            Study: LeastSquaresStudy
            /// ρ of forward reads.
            ReadNoise: float
            /// Algorithms, by the names of ArrayAlgorithms.
            Algorithms: string list
            /// α to choose from: each algorithm is shown at its best.
            LearningRates: float list
            /// τ of the first panel.
            Radii: float list
            /// Offsets of the symmetric point, in units of τ.
            Offsets: float list
            /// Δw_min/τ.
            Granularities: float list
            /// τ, offset and Δw_min/τ where they are not varied.
            Middle: float * float * float
            /// Deviation of noise from pulse to pulse, in steps.
            CycleNoise: float
            /// Seeds of the budget for each run; at least two runs.
            SeedsPerRun: int
            /// Steps at the end over which a loss is averaged.
            Averaged: int64
        }

    /// Ten weights, so that a map of some hundred cells takes seconds.
    let defaults: Parameters =
        { Study =
            { Ablations.figure3Study with
                Samples = 20
                Dimension = 10
                MatrixScale = 1.0
                TargetScale = 0.3
                Deviation = 0.0
                Steps = 1200L
                SharesData = true }
          ReadNoise = 0.02
          Algorithms = [ "sgd"; "tiki-taka"; "residual"; "ttv2"; "c-ttv2"; "agad"; "rider"; "e-rider"; "mixed-precision" ]
          LearningRates = [ 0.02; 0.1; 0.5 ]
          Radii = [ 0.5; 1.0; 2.0; 4.0; 8.0 ]
          Offsets = [ 0.0; 0.05; 0.1; 0.2; 0.4 ]
          Granularities = [ 1e-4; 1e-3; 1e-2; 1e-1 ]
          Middle = 1.0, 0.1, 1e-3
          CycleNoise = 0.3
          SeedsPerRun = 12
          Averaged = 300L }

    /// <summary>The places that are measured: (τ, offset/τ, Δw_min/τ).</summary>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let places (parameters: Parameters) : (float * float * float) list =
        let radius, offset, granularity = parameters.Middle

        List.distinct
            [ for radius in parameters.Radii -> radius, offset, granularity
              for offset in parameters.Offsets do
                  for granularity in parameters.Granularities -> radius, offset, granularity ]

    let private training
        (parameters: Parameters)
        (matrix: float[,])
        (target: float[])
        algorithm
        rate
        (radius: float, offset: float, granularity: float)
        =
        let device =
            // The symmetric point of v is 0; that of the visible weight w = v − r is −r.
            SoftBoundsReferenceDevice(
                Granularity = granularity * radius,
                UpperBound = radius,
                LowerBound = -radius,
                ReferenceMean = -offset * radius,
                CycleNoise = parameters.CycleNoise,
                UpDownSpread = 0.0,
                GranularitySpread = 0.0,
                UpperBoundSpread = 0.0,
                LowerBoundSpread = 0.0
            )

        let model = ArrayModel(device, ForwardPeriphery = PeripherySettings.NoisyReads(parameters.ReadNoise))
        let dimension = parameters.Study.Dimension

        let create (key: uint64) =
            ArrayAlgorithms.Named(algorithm, fun n -> model.Create(1, dimension, (Key.fold (uint64 n) { Bits = key }).Bits))

        LeastSquaresTraining(
            matrix,
            ImmutableArray.CreateRange target,
            Func<uint64, IArrayAlgorithm> create,
            rate * TileTraining.multiple parameters.Study
        )

    /// <summary>Columns "algorithm", "τ", "offset", "granularity", "α" (the best of those tried), "mean", "lower", "upper": f/D over the last steps.</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table =
        let study = parameters.Study
        let struct (matrix, target) = LeastSquaresStudy.data study key
        let steps = Budget.steps 20L budget study.Steps
        let every = 10
        let runs = max 2 (budget.Seeds / parameters.SeedsPerRun)
        let last = max 1 (int (min parameters.Averaged steps) / every)
        let cells = List.allPairs parameters.Algorithms (places parameters)

        let curves =
            [ for algorithm, place in cells do
                  for rate in parameters.LearningRates do
                      let training = training parameters matrix target algorithm rate place

                      { TileTraining.Label = algorithm
                        TileTraining.Training = fun _ -> training
                        TileTraining.Key = Key.named "runs" key } ]

        // A run that diverged is worse than all others.
        let ends (series: Series) =
            series.Runs |> Array.map (fun run -> Array.average run[run.Length - last ..]) |> Estimate.ofArray

        let best =
            TileTraining.run budget runs steps every (TileTraining.multiple study / float study.Dimension) curves
            |> List.map ends
            |> List.chunkBySize parameters.LearningRates.Length
            |> List.map (
                List.zip parameters.LearningRates
                >> List.minBy (fun (_, e) -> if Double.IsFinite e.Mean then e.Mean else infinity)
            )

        let column f = Numbers(Array.ofList (List.map f cells))

        Table.create
            "algorithms"
            ([ "algorithm", Texts(Array.ofList (List.map fst cells))
               "τ", column (fun (_, (radius, _, _)) -> radius)
               "offset", column (fun (_, (_, offset, _)) -> offset)
               "granularity", column (fun (_, (_, _, granularity)) -> granularity)
               "α", Numbers [| for rate, _ in best -> rate |] ]
             @ Series.interval [| for _, estimate in best -> estimate |])
