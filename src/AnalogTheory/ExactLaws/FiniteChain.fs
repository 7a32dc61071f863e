namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// A chain of a few steps whose noise has finitely many values in every state, written once for every number system.
type IFiniteChain =
    /// State before the first step.
    abstract Start<'T when 'T: struct and 'T :> IAlgebra<'T>> : unit -> 'T[]

    /// <summary>Noise vectors at a state with their probabilities.</summary>
    /// <param name="state">The state, as many numbers as <c>Start</c> has.</param>
    abstract Support<'T when 'T: struct and 'T :> IAlgebra<'T>> : state: 'T[] -> struct ('T * 'T[])[]

    /// <summary>State after a step.</summary>
    /// <param name="state">The state before it, as many numbers as <c>Start</c> has.</param>
    /// <param name="noise">One of the vectors of the state's support.</param>
    abstract Step<'T when 'T: struct and 'T :> IAlgebra<'T>> : state: 'T[] * noise: 'T[] -> 'T[]

/// Short chains as random vectors.
[<RequireQualifiedAccess>]
module FiniteChain =

    /// <summary>The state after some steps, paths kept apart.</summary>
    /// <param name="steps">Number of steps, at least 0.</param>
    /// <param name="chain">The chain.</param>
    /// <exception cref="T:System.ArgumentException">Negative steps; more than FiniteSupport.limit paths, when they are enumerated.</exception>
    let after (steps: int) (chain: IFiniteChain) : IOutcomes =
        Require.atLeast "steps" 0L (int64 steps)

        { new IOutcomes with
            member _.All<'T when 'T: struct and 'T :> IAlgebra<'T>>() =
                let advance (known: struct ('T * 'T[])[]) (step: int) =
                    let next = known |> Array.map (fun struct (_, state) -> chain.Support state)
                    let size = next |> Array.sumBy (fun atoms -> int64 atoms.Length)

                    if size > int64 FiniteSupport.limit then
                        raise (
                            ArgumentException(
                                invariant $"Expected at most {FiniteSupport.limit} paths, got {size} at step {step} of {steps}.",
                                nameof steps
                            )
                        )

                    [| for i in 0 .. known.Length - 1 do
                           let struct (probability, state) = known[i]

                           for struct (share, noise) in next[i] do
                               struct (probability * share, chain.Step(state, noise)) |]

                let start: struct ('T * 'T[])[] = [| struct ('T.Constant 1.0, chain.Start<'T>()) |]
                Seq.fold advance start (seq { 1..steps }) |> Seq.ofArray }
