namespace AnalogTheory

open System
open AnalogTheory.Kernels.Ensembles

/// The largest floor that a noise can force on Analog SGD, over the weight, for every device family; and chains under that noise.
[<RequireQualifiedAccess>]
module DeviceFloors =

    /// Parameters: f = ½(w − w*)² in one coordinate, w* such that the mean step vanishes at the wanted weight.
    type Parameters =
        {
            /// σ of the noise that leans against the device.
            Deviation: float
            /// α of the chains that are shown over the weight.
            LearningRate: float
            /// α of the ladder.
            Ladder: float list
            /// Wanted weights, as shares of the way through a device's range.
            Shares: float list
            /// Floor, in units of σ², below which no chain is run: there the noise ball of α is of its size.
            Least: float
            /// Floor of the ladder's weight, in units of σ².
            LadderFloor: float
            /// Points of an exact curve.
            Points: int
            /// Averaged steps in relaxation times; a quarter of it is left out before.
            Horizon: float
            /// Replicas per seed.
            ReplicasPerSeed: int
        }

    /// All families at α = .004, and a ladder of six learning rates.
    let defaults: Parameters =
        { Deviation = 0.1
          LearningRate = 0.004
          Ladder = [ 0.064; 0.032; 0.016; 0.008; 0.004; 0.002 ]
          Shares = [ 0.0; 0.1; 0.22; 0.36; 0.64; 0.78; 0.9; 1.0 ]
          Least = 0.02
          LadderFloor = 1.0 / 3.0
          Points = 401
          Horizon = 20.0
          ReplicasPerSeed = 32 }

    let private instance parameters (device: Device) w : WorstNoiseInstance =
        { Device = device
          Curvature = 1.0
          Deviation = parameters.Deviation
          Dimension = 1
          FixedPoint = w }

    // Whether the chain provably stays where both responses are positive.
    let private stays rate instance = (WorstNoiseInstance.reachable rate instance).IsSome

    let private plan (budget: Budget) (key: Key) parameters rate (instance: WorstNoiseInstance) : EnsemblePlan =
        let time = WorstNoiseInstance.relaxation rate instance
        let steps = Budget.steps 40L budget (int64 (parameters.Horizon * time))
        let burnIn = steps / 4L

        let settings =
            { Ensemble.settings (budget.Seeds * parameters.ReplicasPerSeed) (steps + burnIn) key with
                Measures = [ Measure MeasureKind.GradientNormSquared; Measure MeasureKind.Weight ]
                AverageFrom = Some burnIn }

        let rule = Rule.pack (AnalogSgd.create rate instance.Device)

        Ensemble.planOf
            settings
            (WorstNoiseInstance.problem instance)
            (WorstNoiseInstance.noise instance)
            rule
            FullBatch
            (Weights.ofArray [| instance.FixedPoint |])

    // Towards the end with the larger floor, the first weight with the ladder's floor, or that end.
    let private ladderWeight parameters (sample: DeviceSample) =
        let floor share = WorstFloor.at sample.Device (sample.At share)
        let towards = if floor 1.0 >= floor 0.0 then 1.0 else 0.0

        [ for i in 1..200 -> 0.5 + (towards - 0.5) * float i / 200.0 ]
        |> List.tryFind (fun share -> floor share >= parameters.LadderFloor)
        |> Option.defaultValue towards
        |> sample.At

    let private table name x (rows: (string * float * EnsembleResult * WorstNoiseInstance)[]) variance : Table =
        let estimates = rows |> Array.map (fun (_, _, result, _) -> Ensemble.average 0 result)

        let scaled =
            Series.interval estimates
            |> List.map (fun (column, values) ->
                column,
                match values with
                | Numbers numbers -> Numbers(numbers |> Array.map (fun value -> value / variance))
                | other -> other)

        Table.create
            name
            ([ "series", Texts(rows |> Array.map (fun (label, _, _, _) -> label))
               x, Numbers(rows |> Array.map (fun (_, at, _, _) -> at)) ]
             @ scaled
             @ [ "weight", Numbers(rows |> Array.map (fun (_, _, result, _) -> (Ensemble.average 1 result).Mean))
                 "floor", Numbers(rows |> Array.map (fun (_, _, _, instance) -> instance.Floor / variance)) ])

    /// <summary>
    /// The tables
    /// "exact": "series", "w", "floor" (in units of σ²);
    /// "measured": "series", "w", "mean", "lower", "upper" (E‖∇f‖²/σ²), "weight" (its mean), "floor" (exact, at w);
    /// "ladder": "series", "α" and the same, at one weight per device.
    /// </summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table list =
        let variance = parameters.Deviation * parameters.Deviation

        let exact =
            [ for sample in DeviceFamilies.all do
                  let ws = Array.init parameters.Points (fun i -> sample.At(float i / float (parameters.Points - 1)))

                  Table.create
                      "exact"
                      [ "series", Texts(ws |> Array.map (fun _ -> sample.Name))
                        "w", Numbers ws
                        "floor", Numbers(ws |> Array.map (WorstFloor.at sample.Device)) ] ]
            |> Table.concat "exact"

        let run name x (jobs: (string * float * float * WorstNoiseInstance)[]) =
            let plans =
                jobs
                |> Array.map (fun (label, at, rate, instance) ->
                    plan budget (Key.named $"{name}, {label}, {string at}" key) parameters rate instance)

            let results = Ensemble.runAll budget.Execution plans
            table name x (Array.map2 (fun (label, at, _, instance) result -> label, at, result, instance) jobs results) variance

        let measured =
            [| for sample in DeviceFamilies.all do
                   for share in parameters.Shares do
                       let w = sample.At share
                       let instance = instance parameters sample.Device w

                       if WorstFloor.at sample.Device w >= parameters.Least && stays parameters.LearningRate instance then
                           sample.Name, w, parameters.LearningRate, instance |]

        let ladder =
            [| for sample in DeviceFamilies.all do
                   let instance = instance parameters sample.Device (ladderWeight parameters sample)

                   for rate in parameters.Ladder do
                       if stays rate instance then sample.Name, rate, rate, instance |]

        [ exact; run "measured" "w" measured; run "ladder" "α" ladder ]
