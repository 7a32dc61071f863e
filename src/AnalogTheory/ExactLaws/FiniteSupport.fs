namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// A random vector with finitely many values, in any number system.
type IOutcomes =
    /// Every value with its probability, in a fixed order.
    abstract All<'T when 'T: struct and 'T :> IAlgebra<'T>> : unit -> struct ('T * 'T[]) seq

/// <summary>A random vector with finitely many values, as independent blocks of coordinates: the noise of every coordinate, or of every step.</summary>
/// <remarks>
/// Probabilities and values are the doubles given. Blocks are kept apart so that a joint probability is a product in the number system of whoever
/// sums, not a rounded double.
/// </remarks>
[<NoEquality; NoComparison>]
type FiniteSupport =
    private
        { Blocks: struct (float * float[])[] list }

    /// Number of values of the whole vector; as a float, since products grow fast.
    member support.Size = support.Blocks |> List.fold (fun size block -> size * float block.Length) 1.0

    /// D.
    member support.Dimension =
        support.Blocks
        |> List.sumBy (fun block ->
            let struct (_, values) = block[0]
            values.Length)

    /// Most joint values that are enumerated.
    static member internal Limit = 65536

    interface IOutcomes with
        /// Block 0 varies slowest.
        member support.All<'T when 'T: struct and 'T :> IAlgebra<'T>>() =
            if support.Size > float FiniteSupport.Limit then
                raise (
                    ArgumentException(invariant $"Expected at most {FiniteSupport.Limit} joint values, got {support.Size}.", nameof support)
                )

            let number (value: float) : 'T = 'T.Constant value

            let rec extend (probability: 'T) (values: 'T list list) (blocks: struct (float * float[])[] list) : struct ('T * 'T[]) seq =
                match blocks with
                | [] -> Seq.singleton (struct (probability, values |> List.rev |> List.toArray |> Array.collect List.toArray))
                | block :: rest ->
                    seq {
                        for struct (share, atom) in block do
                            yield! extend (probability * number share) ((atom |> Array.map number |> Array.toList) :: values) rest
                    }

            extend (number 1.0) [] support.Blocks

/// Making finite supports.
[<RequireQualifiedAccess>]
module FiniteSupport =

    /// Most joint values that are enumerated, so that a claim on too many coordinates fails at once instead of never ending.
    let limit = FiniteSupport.Limit

    /// <summary>A vector with these values and probabilities.</summary>
    /// <param name="atoms">Probabilities, which sum to 1, with the vectors that they belong to.</param>
    /// <exception cref="T:System.ArgumentException">No atoms, different lengths, values that are not finite, negative probabilities, or a sum away from 1 by more than 10⁻⁹.</exception>
    let ofAtoms (atoms: struct (float * float[])[]) : FiniteSupport =
        Require.nonEmpty "atoms" atoms.Length
        let struct (_, first) = atoms[0]

        for struct (probability, values) in atoms do
            Require.nonNegative "probability" probability
            Require.length "values" first.Length values.Length
            Require.allFinite "values" (ReadOnlySpan<float>(values))

        Require.within "sum of probabilities" (1.0 - 1e-9) (1.0 + 1e-9) (atoms |> Array.sumBy (fun struct (probability, _) -> probability))
        { Blocks = [ atoms |> Array.map (fun struct (probability, values) -> struct (probability, Array.copy values)) ] }

    /// <summary>One coordinate with finitely many values.</summary>
    /// <param name="atoms">The values, loss/weight, with their probabilities, which are positive and sum to 1.</param>
    let ofScalar (atoms: Atom[]) : FiniteSupport = ofAtoms (atoms |> Array.map (fun atom -> struct (atom.Probability, [| atom.Value |])))

    /// <summary>Independent vectors one after the other: coordinates, or steps.</summary>
    /// <param name="parts">The vectors, independent of one another.</param>
    /// <exception cref="T:System.ArgumentException">No parts.</exception>
    let product (parts: FiniteSupport list) : FiniteSupport =
        Require.nonEmpty "parts" parts.Length
        { Blocks = parts |> List.collect _.Blocks }

    /// <summary>n independent copies one after the other: the noise of n steps, or of n equal coordinates.</summary>
    /// <param name="count">n ≥ 1.</param>
    /// <param name="support">A vector with finitely many values.</param>
    let repeat (count: int) (support: FiniteSupport) : FiniteSupport =
        Require.atLeast "count" 1L (int64 count)
        product (List.replicate count support)

    /// <summary>The noise vector at a state.</summary>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="w">State W at which to look, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">The noise does not have finitely many values there.</exception>
    let ofNoise (noise: Noise) (w: Weights) : FiniteSupport =
        let supports = List.init w.Length (fun d -> (noise.Moments w d).Support)

        match noise.Structure with
        | Independent when supports |> List.forall Option.isSome -> product (supports |> List.map (Option.get >> ofScalar))
        | _ ->
            match noise.JointSupport w with
            | Some atoms -> ofAtoms (atoms |> Array.map (fun struct (probability, values) -> struct (probability, Weights.toArray values)))
            | None -> raise (ArgumentException($"Expected a noise with finitely many values, got {noise}.", nameof noise))
