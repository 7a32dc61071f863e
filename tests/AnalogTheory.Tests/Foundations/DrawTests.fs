/// No random word serves twice: what a run draws, recorded as (key, purpose, replicas, words), has no overlap.
module AnalogTheory.Tests.DrawTests

open System
open System.Collections.Immutable
open System.Reflection
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Kernels.Sampling
open AnalogTheory.Tiles.Algorithms
open AnalogTheory.Tiles.Arrays
open AnalogTheory.Tiles.Devices
open AnalogTheory.Tiles.Periphery
open AnalogTheory.Tiles.Problems

let private drawn (work: unit -> unit) : DrawnWords[] = DrawLog.Of(Action work) |> Seq.toArray

let private overlap (words: DrawnWords[]) : (DrawnWords * DrawnWords) option =
    words
    |> Array.groupBy (fun drawn -> drawn.Key, drawn.Purpose)
    |> Seq.collect (fun (_, words) ->
        seq {
            for i in 0 .. words.Length - 1 do
                for j in 0 .. i - 1 do
                    if words[i].Overlaps words[j] then words[j], words[i]
        })
    |> Seq.tryHead

let private isDisjoint (name: string) (work: unit -> unit) : Test =
    testCase name (fun () ->
        let words = drawn work
        Expect.isGreaterThan words.Length 1 "draws"

        match overlap words with
        | Some(first, second) -> failtest $"{first} and {second}"
        | None -> ())

let private single = { Execution.Default with Threads = 1 }

let private ensemble noise (measured: EnsembleSettings -> EnsembleSettings) () =
    let device = AsymmetricLinear.create 1.0
    let chain = Chain.create (Quadratic.isotropic 3 1.0 0.5) noise (TikiTaka.create 0.05 0.1 device) (Weights.zeros 3)

    Ensemble.runAll single [ Ensemble.plan (measured (Ensemble.settings 70 100L (Key.ofSeed 1UL))) chain ]
    |> ignore

/// Every source of randomness of an array: elements, pulses and their noise, write noise, drift, both reads, rounding.
let private imperfect: ArrayModel =
    let reads =
        PeripherySettings(
            InputNoise = 0.01,
            InputStochasticRounding = true,
            OutputStochasticRounding = true,
            WeightNoiseKind = WeightNoise.AdditiveConstant,
            WeightNoise = 0.01
        )

    ArrayModel(
        SoftBoundsReferenceDevice(
            Granularity = 0.01,
            WriteNoise = 1.0,
            Lifetime = 100.0,
            LifetimeSpread = 0.1,
            Diffusion = 0.001,
            DiffusionSpread = 0.1,
            ResetSpread = 0.01,
            CorruptProbability = 0.1
        ),
        ForwardPeriphery = reads,
        BackwardPeriphery = reads,
        TransferPeriphery = reads
    )

/// Seventy weights: more than a group of sixty-four numbers in single precision.
let private onArrays (algorithm: uint64 -> IArrayAlgorithm) () =
    let struct (a, b) = LeastSquaresTraining.RandomData(3, 70, 0.5, 0.3, 3UL)
    LeastSquaresTraining(a, b, Func<uint64, IArrayAlgorithm> algorithm, 0.3).Losses(17UL, 6) |> ignore

let private named (name: string) (update: UpdateSettings) (key: uint64) =
    ArrayAlgorithms.Named(name, (fun n -> imperfect.Create(1, 70, Keys.Fold(key, uint64 n))), update)

let private rounded =
    UpdateSettings(BitLength = 40, BitLengthManagement = false, Resolution = 0.01, StochasticRounding = true)

// Two runs of one chain in one margin: nothing but their randomness tells them apart.
let private twice: ReplicaMargin =
    let device = AsymmetricLinear.create 1.0

    let run: AveragedRun =
        { Problem = Quadratic.isotropic 1 1.0 0.5
          Noise = Noise.gaussian 0.3
          Rule = Rule.pack (AnalogSgd.create 0.1 device)
          Start = Weights.zeros 1
          BurnIn = 0L
          Steps = 64L }

    { Terms = [ 1.0, run; -1.0, run ]
      Constant = 0.0
      GradientRange = None
      AuxiliaryLimit = None
      Conditions = [] }

[<Tests>]
let tests =
    testList
        "random words"
        [ testCase "purposes are told apart by their tags" (fun () ->
              let tags =
                  typeof<Purpose>.GetFields(BindingFlags.Public ||| BindingFlags.Static)
                  |> Array.map (fun field -> unbox<uint32>(field.GetRawConstantValue()))

              Expect.isGreaterThan tags.Length 5 "tags"
              Expect.equal (Array.distinct tags) tags "distinct")

          testCase "the record sees a word that serves twice" (fun () ->
              let words =
                  drawn (fun () ->
                      Uniform.At(1UL, 2u, 3u, 7UL) |> ignore
                      Gaussian.At(1UL, 2u, 3u, 3UL) |> ignore)

              Expect.isSome (overlap words) "uniform 7 and normal 3 are of one word"

              let words =
                  drawn (fun () ->
                      Uniform.At(1UL, 2u, 3u, 7UL) |> ignore
                      Gaussian.At(1UL, 2u, 3u, 4UL) |> ignore)

              Expect.equal words.Length 2 "both"
              Expect.isNone (overlap words) "uniform 7 and normal 4 are not")

          isDisjoint "uniforms of an ensemble" (ensemble (Noise.twoPoint 0.3 0.2) id)
          isDisjoint "normals of an ensemble" (ensemble (Noise.gaussian 0.3) id)
          for struct (name, _) in ArrayAlgorithms.All do
              isDisjoint $"{name} on arrays" (onArrays (named name rounded))

          for kind in [ PulseType.Stochastic; PulseType.StochasticCompressed ] do
              isDisjoint
                  $"pulses one by one, {kind}"
                  (onArrays (named "sgd" (UpdateSettings(BitLength = 40, Type = kind, PulseByPulse = true))))

          isDisjoint "pairs of one-sided elements" (onArrays (fun key -> PulsedSgd(DevicePresets.Named("PCM").Pulsed(1, 70, key))))
          isDisjoint "two runs of one margin" (fun () -> (ReplicaMargin.sampler twice).Draw single (Key.ofSeed 1UL) 0u 20 |> ignore)

          isDisjoint "batches of a sampled check" (fun () ->
              let draw = (ReplicaMargin.sampler twice).Draw single (Key.ofSeed 1UL)
              draw 0u 16 |> ignore
              draw 16u 16 |> ignore)

          testCase "two runs of one margin are independent: their difference is not 0" (fun () ->
              let values = ((ReplicaMargin.sampler twice).Draw single (Key.ofSeed 1UL) 0u 20).Values
              Expect.isTrue (values |> Array.forall (fun value -> value <> 0.0)) $"{values}") ]

[<Tests>]
let peaks =
    let device = AsymmetricLinear.create 1.0

    // β|g| passes τ now and then, and P with it, in the middle of a run and not at its ends.
    let run: AveragedRun =
        { Problem = Quadratic.isotropic 1 1.0 0.6
          Noise = Noise.gaussian 0.3
          Rule = Rule.pack (TikiTaka.createWith 0.1 2.0 device device)
          Start = Weights.ofArray [| 0.6 |]
          BurnIn = 50L
          Steps = 50L }

    // Every step of every replica, by its trace.
    let traced count =
        let settings =
            { Ensemble.settings count 100L (Key.fold 0UL (Key.ofSeed 9UL)) with
                Measures = [ Measure MeasureKind.LargestAuxiliary ]
                TraceEvery = 1L }

        let result = (Ensemble.runAll single [ Ensemble.planOf settings run.Problem run.Noise run.Rule FullBatch run.Start ])[0]
        Array.init count (fun r -> Array.init result.Plan.TracePoints (fun t -> result.Trace(0, t)[r]))

    testList
        "peaks"
        [ testCase "a measure's peak is the largest of its trace at every step, at every lane width" (fun () ->
              for width in [ LaneWidth.Scalar; LaneWidth.Bits256; LaneWidth.Widest ] do
                  let settings = Ensemble.settings 70 100L (Key.fold 0UL (Key.ofSeed 9UL))
                  let plan = Ensemble.planOf settings run.Problem run.Noise run.Rule FullBatch run.Start
                  let watched = plan.Watching(ImmutableArray.Create(Measure MeasureKind.LargestAuxiliary, Measure MeasureKind.Excess))
                  let result = (Ensemble.runAll { single with Width = width } [ watched ])[0]
                  Expect.equal (result.Peak(0).ToArray()) (traced 70 |> Array.map Array.max) $"{width}"
                  Expect.isTrue (result.Peak(1).ToArray() |> Array.forall (fun excess -> excess > 0.0)) "a measure that needs the gradient")

          testCase "NaN anywhere is the peak" (fun () ->
              // |1 − αL| = 2: the weights grow beyond every number.
              let chain = Chain.create (Quadratic.isotropic 1 1.0 0.5) Noise.none (DigitalSgd.create 3.0) (Weights.zeros 1)

              let plan =
                  (Ensemble.plan (Ensemble.settings 9 3000L (Key.ofSeed 1UL)) chain)
                      .Watching(ImmutableArray.Create(Measure MeasureKind.LargestWeight))

              for width in [ LaneWidth.Scalar; LaneWidth.Widest ] do
                  let result = (Ensemble.runAll { single with Width = width } [ plan ])[0]
                  Expect.isTrue (result.Peak(0).ToArray() |> Array.forall Double.IsNaN) $"{width}")

          testCase "T3 is watched at every step: replicas that pass τ in the middle only are counted" (fun () ->
              let margin: ReplicaMargin =
                  { Terms = [ 1.0, run ]
                    Constant = 0.0
                    GradientRange = None
                    AuxiliaryLimit = Some 1.0
                    Conditions = [] }

              let traces = traced 70
              let beyond = traces |> Array.filter (Array.exists (fun p -> p > 1.0))
              let atTheEnds = traces |> Array.filter (fun path -> path[0] > 1.0 || path[100] > 1.0)
              Expect.isGreaterThan beyond.Length atTheEnds.Length "some pass τ in the middle only"
              let margins = (ReplicaMargin.sampler margin).Draw single (Key.ofSeed 9UL) 0u 70
              Expect.equal margins.Failures [ ReplicaMargin.auxiliaryName, int64 beyond.Length ] "replicas") ]
