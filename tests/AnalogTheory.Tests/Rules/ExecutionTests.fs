/// What a run costs and how it ends: memory, cancellation, exceptions, progress, plans that make no sense.
module AnalogTheory.Tests.ExecutionTests

open System
open System.Threading
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Tests.Entries
open AnalogTheory.Tests.ConformanceTable

let private key = Key.ofSeed 77UL

let private someRules = ("Digital SGD", Rule.pack (DigitalSgd.create 0.1)) :: onDevice (AsymmetricLinear.createAt 1.3 0.2)

let private chainOf problem noise rule = Chain.create problem noise rule (Weights.constant problem.Dimension 0.3)

[<Tests>]
let tests =
    testList
        "execution"
        [ testSequenced
          <| testList
              "a step in the steady state allocates nothing"
              [ for name, rule in someRules do
                    test name {
                        // A user's own functions may allocate; everything of ours may not.
                        for problem, noise, batch in settings 3 |> List.filter (fun (p, _, _) -> p.Name <> "quartic") do
                            let entry = entry name rule problem noise batch

                            let allocated steps =
                                let plan =
                                    entry.Plan
                                        { Ensemble.settings 17 steps key with
                                            Measures = measures 3 entry.HasAuxiliary
                                            TraceEvery = steps / 4L
                                            AverageFrom = Some 10L }

                                let before = GC.GetAllocatedBytesForCurrentThread()

                                EnsembleDriver.Run([| plan |], 1, LaneWidth.Widest, null, CancellationToken.None) |> ignore

                                GC.GetAllocatedBytesForCurrentThread() - before

                            allocated 200L |> ignore

                            // A collection in between counts the rest of the thread's allocation buffer as allocated; then measure again.
                            let pairs = Seq.initInfinite (fun _ -> struct (allocated 2_000L, allocated 20_000L))
                            let equal (struct (few, many)) = few = many

                            let struct (few, many) =
                                pairs |> Seq.truncate 9 |> Seq.tryFind equal |> Option.defaultWith (fun () -> Seq.head pairs)

                            Expect.isGreaterThan few 1000L "the run happens on this thread"
                            Expect.equal many few entry.Name
                    } ]

          test "a cancelled run leaves with OperationCanceledException, before it starts and on its way" {
              let chain = chainOf (Quadratic.isotropic 2 1.0 0.5) (Noise.gaussian 0.3) (DigitalSgd.create 0.1)

              let plan = Ensemble.plan (Ensemble.settings 500 10_000_000L key) chain
              let short = Ensemble.plan (Ensemble.settings 500 10L key) chain

              for threads in [ 1; 2; 3 ] do
                  use before = new CancellationTokenSource()
                  before.Cancel()

                  let run token progress plans =
                      Ensemble.runAll
                          { Execution.Default with
                              Threads = threads
                              Cancellation = token
                              Progress = progress }
                          plans
                      |> ignore

                  Expect.throwsT<OperationCanceledException> (fun () -> run before.Token None [ short ]) $"before, {threads} threads"
                  use during = new CancellationTokenSource()

                  let stop =
                      { new IProgress<float> with
                          member _.Report _ = during.Cancel() }

                  Expect.throwsT<OperationCanceledException>
                      (fun () -> run during.Token (Some stop) [ short; plan ])
                      $"during, {threads} threads"
          }

          test "cancelling in the middle of a block stops within a few steps, not at the block's end" {
              for threads in [ 1; 3 ] do
                  use source = new CancellationTokenSource()
                  let mutable calls = 0

                  let gradient (w: float[]) =
                      if Interlocked.Increment &calls = 1_000 then source.Cancel()

                      w

                  let problem = UserDefinedProblem.create "counting" 1.0 [| 0.0 |] Array.sum gradient
                  let chain = chainOf problem (Noise.gaussian 0.3) (DigitalSgd.create 0.1)
                  let plan = Ensemble.plan (Ensemble.settings 8 200_000L key) chain

                  let run () =
                      Ensemble.runAll { Execution.Default with Threads = threads; Cancellation = source.Token } [ plan ] |> ignore

                  Expect.throwsT<OperationCanceledException> run $"{threads} threads"
                  // A chunk has at most 64 steps of at most 64 replicas.
                  Expect.isLessThan calls (1_000 + 64 * 64) "gradients taken"
          }

          test "what a user's gradient throws leaves the run as itself, on any number of threads" {
              let throwing =
                  UserDefinedProblem.create "fragile" 1.0 [| 0.0 |] Array.sum (fun w ->
                      if w[0] = 0.0 then w else raise (InvalidTimeZoneException "mine"))

              let short = UserDefinedProblem.create "short" 1.0 [| 0.0 |] Array.sum (fun w -> if w[0] = 0.0 then w else [||])

              for threads in [ 1; 3 ] do
                  let run problem =
                      let plan =
                          Ensemble.plan (Ensemble.settings 300 10L key) (chainOf problem (Noise.gaussian 0.3) (DigitalSgd.create 0.1))

                      Ensemble.runAll { Execution.Default with Threads = threads } [ plan ]

                  Expect.throwsT<InvalidTimeZoneException> (fun () -> run throwing |> ignore) "its own exception"
                  Check.refuses [ "gradient"; "length 1"; "length 0" ] (fun () -> run short)
          }

          test "progress ends at 1 and never exceeds it" {
              let chain = chainOf (Quadratic.isotropic 2 1.0 0.5) (Noise.gaussian 0.3) (DigitalSgd.create 0.1)

              let seen = Collections.Concurrent.ConcurrentBag<float>()

              let progress =
                  { new IProgress<float> with
                      member _.Report fraction = seen.Add fraction }

              Ensemble.runAll { Execution.Default with Progress = Some progress } [ Ensemble.plan (Ensemble.settings 300 10L key) chain ]
              |> ignore

              Expect.equal (Seq.max seen) 1.0 "largest"
              Expect.isGreaterThan (Seq.min seen) 0.0 "smallest"
              Expect.equal (Seq.length (Seq.distinct seen)) seen.Count "one report a block"
          }

          test "settings that make no sense are refused with their numbers" {
              let chain = chainOf (Quadratic.isotropic 2 1.0 0.5) Noise.none (DigitalSgd.create 0.1)

              let settings = Ensemble.settings 1 1L key
              Check.refuses [ "Replicas"; "at least 1"; "0" ] (fun () -> Ensemble.run { settings with Replicas = 0 } chain)
              Check.refuses [ "Steps"; "at least 0"; "-1" ] (fun () -> Ensemble.run { settings with Steps = -1L } chain)
              Check.refuses [ "TraceEvery"; "at least 0"; "-1" ] (fun () -> Ensemble.run { settings with TraceEvery = -1L } chain)
              Check.refuses [ "AverageFrom"; "at least 0"; "-1" ] (fun () -> Ensemble.run { settings with AverageFrom = Some -1L } chain)

              Check.refuses [ "threads"; "-1" ] (fun () ->
                  Ensemble.runAll { Execution.Default with Threads = -1 } [ Ensemble.plan settings chain ])

              Check.refuses [ "auxiliary"; "Auxiliary" ] (fun () ->
                  Ensemble.run { settings with Measures = [ Measure MeasureKind.Auxiliary ] } chain)

              Check.refuses [ "coordinate"; "2" ] (fun () ->
                  Ensemble.run { settings with Measures = [ Measure(MeasureKind.Weight, 1.0, 0.0, 2) ] } chain)

              let rows = LeastSquares.create Mean (array2D [ [ 1.0; 2.0 ] ]) [| 1.0 |]

              Check.refuses [ "mini-batch"; "objective" ] (fun () -> Ensemble.run settings { chain with Noise = Noise.miniBatch 1 rows })

              Check.refuses [ "samples" ] (fun () -> Ensemble.run settings { chain with Batch = PerSample })

              Check.refuses [ "start"; "length 2"; "length 1" ] (fun () ->
                  Chain.create chain.Problem Noise.none chain.Rule (Weights.zeros 1))

              Check.refuses [ "start[0]"; "NaN" ] (fun () -> Chain.create chain.Problem Noise.none chain.Rule (Weights.constant 2 nan))
              Check.refuses [ "steps"; "at least 0" ] (fun () -> Chain.run key 0u -1L chain)
          }

          test "a measure or an average that the run has not is told" {
              let chain = chainOf (Quadratic.isotropic 2 1.0 0.5) Noise.none (DigitalSgd.create 0.1)
              let settings = { Ensemble.settings 2 4L key with Measures = [ Measure MeasureKind.Excess ] }
              let without = Ensemble.run settings chain
              Check.refuses [ "AverageFrom"; "below its 4 steps" ] (fun () -> Ensemble.average 0 without)
              Check.refuses [ "0 to 0 of 1"; "1" ] (fun () -> Ensemble.trace 1 without)
              let averaged = Ensemble.run { settings with AverageFrom = Some 2L } chain
              Check.refuses [ "0 to 0 of 1"; "-1" ] (fun () -> Ensemble.average -1 averaged)
              Expect.isTrue (Double.IsFinite (Ensemble.average 0 averaged).Mean) "its own average"
          } ]
