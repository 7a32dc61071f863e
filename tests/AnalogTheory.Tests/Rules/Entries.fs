/// A chain with its rule's state type hidden, and the two ways to run it: by pure steps and by the driver.
module AnalogTheory.Tests.Entries

open System
open System.Collections.Immutable
open AnalogTheory
open AnalogTheory.Kernels.Ensembles

/// Everything a run leaves, in one layout for both ways: replicas slowest.
type Run =
    {
        /// Final W, then P where there is one, per replica.
        Final: float[][]
        /// Every measure at every recorded step, per replica.
        Traces: float[][]
        /// Time averages per replica; empty for pure runs, which do not promise their order of summation.
        Averages: float[][]
    }

/// One entry: a chain whose rule's state type is hidden behind functions.
[<NoEquality; NoComparison>]
type Entry =
    {
        Name: string
        Problem: Problem
        Noise: Noise
        Batch: Batch
        HasAuxiliary: bool
        /// The ensemble's plan.
        Plan: EnsembleSettings -> EnsemblePlan
        /// The same by pure steps.
        Pure: EnsembleSettings -> Run
        /// Shapes of W, g and P after three steps, and the shape of the start.
        Shapes: unit -> int list list * int list
        /// Elements of the starting weights, the first gradient and the states along a trajectory, before and after using them.
        Untouched: unit -> (float[] * float[]) list
    }

// Every coordinate of W and ∇f counts, each differently.
let private supplied =
    StateFunction(fun w gradient ->
        let mutable sum = 0.0

        for d in 0 .. w.Length - 1 do
            sum <- sum + float (d + 1) * w[d] * gradient[d]

        sum)

/// Measures that every rule offers, with constants off their defaults; those of P for rules with two arrays.
let measures (dimension: int) (hasAuxiliary: bool) : Measure list =
    let at kind = Measure(kind, 1.7, 0.1, dimension - 1)

    [ MeasureKind.Excess
      MeasureKind.GradientNormSquared
      MeasureKind.Saturation
      MeasureKind.Amplification
      MeasureKind.UnsaturatedGradient
      MeasureKind.LargestWeight
      MeasureKind.Weight
      MeasureKind.WeightSquared ]
    @ (if hasAuxiliary then
           [ MeasureKind.Auxiliary; MeasureKind.AuxiliarySquared; MeasureKind.LargestAuxiliary ]
       else
           [])
    |> List.map at
    |> fun named -> named @ [ Measure(MeasureKind.Supplied, 1.7, 0.1, dimension - 1, supplied) ]

// A measure by its definition, on one replica's state.
let private measured (problem: Problem) (w: Weights) (p: Weights option) (measure: Measure) : float =
    let fusedNorm (x: Weights) = x.Values |> Seq.fold (fun sum x -> Math.FusedMultiplyAdd(x, x, sum)) 0.0

    let saturation () =
        let x = Weights.largest (Weights.map (fun w -> w - measure.SymmetricPoint) w) * (1.0 / measure.Radius) in

        x * x

    match measure.Kind with
    | MeasureKind.Excess -> problem.Excess w
    | MeasureKind.GradientNormSquared -> fusedNorm (problem.Gradient w)
    | MeasureKind.Saturation -> saturation ()
    | MeasureKind.Amplification -> saturation () / (1.0 - saturation ())
    | MeasureKind.UnsaturatedGradient -> (1.0 - saturation ()) * fusedNorm (problem.Gradient w)
    | MeasureKind.LargestWeight -> Weights.largest w
    | MeasureKind.Weight -> w[measure.Coordinate]
    | MeasureKind.WeightSquared -> w[measure.Coordinate] * w[measure.Coordinate]
    | MeasureKind.Supplied -> (nonNull measure.Function).Invoke(w.Span, (problem.Gradient w).Span)
    | MeasureKind.Auxiliary -> p.Value[measure.Coordinate]
    | MeasureKind.AuxiliarySquared -> p.Value[measure.Coordinate] * p.Value[measure.Coordinate]
    | _ -> Weights.largest p.Value

let private pureRun (chain: Chain<'State>) (settings: EnsembleSettings) : Run =
    let replica r =
        let number = settings.FirstReplica + uint32 r

        let moments = Chain.trajectory settings.Key number chain |> Seq.take (int settings.Steps + 1) |> Seq.toArray

        let last = moments[moments.Length - 1].State

        let recorded = moments |> Array.filter (fun m -> settings.TraceEvery > 0L && m.Step % settings.TraceEvery = 0L)

        let traces =
            [| for measure in settings.Measures do
                   for m in recorded do
                       measured chain.Problem (chain.Rule.Weights m.State) (chain.Rule.Auxiliary m.State) measure |]

        let auxiliary = chain.Rule.Auxiliary last |> Option.map Weights.toArray |> Option.defaultValue [||]

        Array.append (Weights.toArray (chain.Rule.Weights last)) auxiliary, traces

    let final, traces = Array.unzip (Array.init settings.Replicas replica)

    { Final = final; Traces = traces; Averages = [||] }

/// A driver's result in the same layout.
let ofResult (result: EnsembleResult) : Run =
    let plan = result.Plan
    let coordinates = [ 0 .. plan.Objective.Dimension - 1 ]

    { Final =
        Array.init plan.Replicas (fun r ->
            [| for d in coordinates do
                   result.FinalWeight(d)[r]
               if plan.Rule.HasAuxiliary then
                   for d in coordinates do
                       result.FinalAuxiliary(d)[r] |])
      Traces =
        Array.init plan.Replicas (fun r ->
            [| for m in 0 .. plan.Measures.Length - 1 do
                   for t in 0 .. plan.TracePoints - 1 do
                       result.Trace(m, t)[r] |])
      Averages =
        Array.init plan.Replicas (fun r ->
            [| if plan.AverageFrom < plan.Steps then
                   for m in 0 .. plan.Measures.Length - 1 do
                       result.Average(m)[r] |]) }

let private start (dimension: int) : Weights =
    let shape = if dimension % 2 = 0 then [ 2; dimension / 2 ] else [ dimension ]

    Weights.Create(ImmutableArray.CreateRange(Check.uniforms "start" -0.6 0.6 dimension), ImmutableArray.CreateRange shape)

let private entryOf (name: string) (problem: Problem) (noise: Noise) (batch: Batch) (start: Weights) (rule: Rule<'State>) : Entry =
    let chain = { Chain.create problem noise rule start with Batch = batch }

    let key = Key.ofSeed 3UL

    let shapes () =
        let moment = Chain.run key 0u 3L chain
        let shape (w: Weights) = List.ofSeq w.Shape
        let gradient = Chain.gradient key 0u 3L chain moment.State

        [ yield shape (rule.Weights moment.State)
          yield shape gradient.Mean
          yield! gradient.Magnitude |> Option.toList |> List.map shape
          yield! rule.Auxiliary moment.State |> Option.toList |> List.map shape ],
        shape start

    let untouched () =
        let before = Weights.toArray start
        let moments = Chain.trajectory key 1u chain |> Seq.take 4 |> Seq.toArray
        let gradient = Chain.gradient key 1u 0L chain moments[0].State

        let states = moments |> Array.map (fun m -> rule.Weights m.State :: Option.toList (rule.Auxiliary m.State))

        let copies = states |> Array.map (List.map Weights.toArray)
        let copy = Weights.toArray gradient.Mean
        rule.Step key gradient moments[0].State |> ignore
        moments |> Array.iter (fun m -> Chain.step key 1u chain m |> ignore)
        Ensemble.run (Ensemble.settings 3 4L key) chain |> ignore

        [ yield before, Weights.toArray chain.Start
          yield copy, Weights.toArray gradient.Mean
          for state, copies in Array.zip states copies do
              yield! List.zip copies (List.map Weights.toArray state) ]

    { Name = $"{name}, {problem.Name}, {noise}, {batch}"
      Problem = problem
      Noise = noise
      Batch = batch
      HasAuxiliary = rule.Kernel.HasAuxiliary
      Plan = fun settings -> Ensemble.plan settings chain
      Pure = pureRun chain
      Shapes = shapes
      Untouched = untouched }

/// A rule on a problem, its state type hidden.
let entry (name: string) (rule: IRule) (problem: Problem) (noise: Noise) (batch: Batch) : Entry =
    rule.Accept
        { new IRuleVisitor<Entry> with
            member _.Visit rule = entryOf name problem noise batch (start problem.Dimension) rule }

/// One run by the driver.
let run (threads: int) (width: LaneWidth) (settings: EnsembleSettings) (entry: Entry) : Run =
    Ensemble.runAll { Execution.Default with Threads = threads; Width = width } [ entry.Plan settings ]
    |> Array.exactlyOne
    |> ofResult

/// Fails unless two runs have the same bits.
let same (what: string) (actual: Run) (expected: Run) : unit =
    Check.bits $"{what}: final state" (Array.concat actual.Final) (Array.concat expected.Final)
    Check.bits $"{what}: traces" (Array.concat actual.Traces) (Array.concat expected.Traces)

    if actual.Averages.Length > 0 && expected.Averages.Length > 0 then
        Check.bits $"{what}: averages" (Array.concat actual.Averages) (Array.concat expected.Averages)
