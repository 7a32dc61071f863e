/// The laws that every rule keeps on every device, problem, noise and batch mode.
module AnalogTheory.Tests.Conformance

open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Tests.Entries
open AnalogTheory.Tests.ConformanceTable

let private key = Key.ofSeed 2024UL
let private dimension = 4

// 11 replicas: one lane more than a vector of eight and some; 9 steps: odd, two chunks of most noises.
let private settingsOf (entry: Entry) : EnsembleSettings =
    { Ensemble.settings 11 9L key with
        Measures = measures entry.Problem.Dimension entry.HasAuxiliary
        TraceEvery = 3L
        AverageFrom = Some 2L }

let private reference entry = run 1 LaneWidth.Scalar (settingsOf entry) entry

let private law claim (check: Entry -> unit) =
    testList
        claim
        [ for name, rule in rules do
              test name {
                  for entry in entries dimension name rule do
                      check entry
              }

          test "Analog GD" {
              for entry in gradientDescent dimension do
                  check entry
          } ]

[<Tests>]
let tests =
    testList
        "conformance"
        [ law "pure steps and the ensemble have the same bits" (fun entry ->
              same entry.Name (reference entry) (entry.Pure(settingsOf entry)))

          law "the lanes' width and the threads leave no trace" (fun entry ->
              let expected = reference entry

              for threads, width in [ 1, LaneWidth.Bits256; 2, LaneWidth.Bits512; 3, LaneWidth.Scalar; 0, LaneWidth.Widest ] do
                  same $"{entry.Name}, {threads} threads, {width}" (run threads width (settingsOf entry) entry) expected)

          law "the same key gives the same run, another key another one" (fun entry ->
              let expected, settings = reference entry, settingsOf entry
              same $"{entry.Name}, again" (run 1 LaneWidth.Scalar settings entry) expected
              let other = run 1 LaneWidth.Scalar { settings with Key = Key.fold 1UL key } entry

              for r in 0..10 do
                  Expect.equal
                      (Check.sameBits other.Final[r] expected.Final[r])
                      (entry.Noise.Name = "none")
                      $"{entry.Name}, replica {r} under another key")

          law "replicas differ from one another under noise, and only then" (fun entry ->
              let final = (reference entry).Final

              let distinct = final |> Array.distinctBy (Array.map System.BitConverter.DoubleToInt64Bits) |> Array.length

              match entry.Noise.Structure with
              | _ when entry.Noise.Name = "none" -> Expect.equal distinct 1 entry.Name
              // Nine draws of one bit each: two replicas in 512 may agree.
              | Shared -> Expect.isGreaterThanOrEqual distinct 9 entry.Name
              | _ -> Expect.equal distinct 11 entry.Name)

          law "an ensemble in two parts is the whole" (fun entry ->
              let settings = settingsOf entry

              for width in [ LaneWidth.Scalar; LaneWidth.Widest ] do
                  let part first count = run 1 width { settings with FirstReplica = first; Replicas = count } entry

                  let a, b = part 0u 3, part 3u 8

                  same
                      $"{entry.Name}, 3 + 8 replicas"
                      { Final = Array.append a.Final b.Final
                        Traces = Array.append a.Traces b.Traces
                        Averages = Array.append a.Averages b.Averages }
                      (reference entry))

          law "steps keep the shape and leave their inputs untouched" (fun entry ->
              let shapes, start = entry.Shapes()
              Expect.all shapes ((=) start) $"{entry.Name}: shapes"

              for before, after in entry.Untouched() do
                  Check.bits $"{entry.Name}: inputs" after before)

          testList
              "on the ideal device, Analog SGD and Analog GD are Digital SGD bit for bit"
              [ for problem, noise, batch in settings dimension do
                    test $"{problem.Name}, {noise}, {batch}" {
                        let digital = entry "Digital SGD" (Rule.pack (DigitalSgd.create 0.1)) problem noise batch

                        for rule in [ AnalogSgd.create; AnalogGd.create ] do
                            let analog = entry "analog" (Rule.pack (rule 0.1 (Ideal.create ()))) problem noise batch

                            same "ideal device" (reference analog) (reference digital)
                    } ]

          test "on the ideal device, Tiki-Taka and residual learning are their digital recursions bit for bit" {
              for problem, noise, _ in settings dimension do
                  for toAuxiliary, toMain, mixing, rule in
                      [ 0.2, -0.05, 0.0, TikiTaka.create 0.05 0.2 (Ideal.create ())
                        -0.2, 0.05, 0.7, ResidualLearning.create 0.2 0.05 0.7 (Ideal.create ()) ] do
                      let chain = Chain.create problem noise rule (Weights.ofArray (Check.uniforms "digital" -0.5 0.5 dimension))

                      let mutable w, p = Weights.toArray chain.Start, Array.zeroCreate dimension

                      for moment in Chain.trajectory key 0u chain |> Seq.take 8 do
                          Check.bits $"{rule.Name}: W" (Weights.toArray moment.State.Main) w
                          Check.bits $"{rule.Name}: P" (Weights.toArray moment.State.Auxiliary) p

                          let probe = Array.map2 (fun w p -> if mixing = 0.0 then w else System.Math.FusedMultiplyAdd(mixing, p, w)) w p

                          let g =
                              (Chain.gradient
                                  key
                                  0u
                                  moment.Step
                                  { chain with Rule = { chain.Rule with Probe = fun _ -> Weights.ofArray probe } }
                                  moment.State)
                                  .Mean

                          p <- Array.mapi (fun d p -> p + toAuxiliary * g[d]) p
                          w <- Array.map2 (fun w p -> w + toMain * p) w p
          } ]
