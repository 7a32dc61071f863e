namespace AnalogTheory

open System
open System.Collections.Immutable
open System.Runtime.InteropServices

/// <summary>An immutable array of weights with its shape; every function that changes weights returns new ones.</summary>
/// <remarks>Elements are in row-major order. Equality is element by element, with NaN equal to NaN.</remarks>
[<Sealed; AllowNullLiteral(false)>]
type Weights private (values: ImmutableArray<float>, shape: ImmutableArray<int>) =

    /// Elements in row-major order; unit of weight.
    member _.Values = values

    /// Lengths of the dimensions; [D] for a vector.
    member _.Shape = shape

    /// Number of elements.
    member _.Length = values.Length

    /// <summary>Element i in row-major order.</summary>
    /// <param name="i">Index from 0 to length − 1.</param>
    member _.Item
        with get (i: int) = values[i]

    /// The elements as a span; no copy.
    member _.Span = values.AsSpan()

    override weights.Equals(other: objnull) =
        match other with
        | :? Weights as other -> weights.Shape.AsSpan().SequenceEqual(other.Shape.AsSpan()) && weights.Span.SequenceEqual(other.Span)
        | _ -> false

    override _.GetHashCode() =
        let mutable hash = HashCode()

        for value in values do
            hash.Add value

        hash.ToHashCode()

    override weights.ToString() =
        let text =
            String.Join(
                ", ",
                weights.Values
                |> Seq.truncate 8
                |> Seq.map (fun v -> v.ToString("R", Globalization.CultureInfo.InvariantCulture))
            )

        if weights.Length > 8 then (invariant $"[{text}, … {weights.Length} elements]") else $"[{text}]"

    /// <summary>Weights of a given shape.</summary>
    /// <param name="values">The elements in row-major order, unit of weight.</param>
    /// <param name="shape">Lengths of the dimensions, each at least 1; their product is the number of elements.</param>
    /// <exception cref="T:System.ArgumentException">The shape is empty, has a length below 1, or does not match the number of values.</exception>
    static member Create(values: ImmutableArray<float>, shape: ImmutableArray<int>) : Weights =
        if values.IsDefault then
            raise (ArgumentException("Expected an initialised array of values, got the default.", nameof values))

        // A loop: rules with a state of their own come here twice a step, and sequences cost more than all else there.
        let mutable size = if shape.IsDefaultOrEmpty then 0L else 1L

        if size > 0L then
            for i in 0 .. shape.Length - 1 do
                size <- if shape[i] < 1 then 0L else size * int64 shape[i]

        if size = 0L then
            raise (ArgumentException("Expected a shape of lengths of at least 1.", nameof shape))

        if size <> int64 values.Length then
            raise (ArgumentException(invariant $"Expected {size} values for this shape, got {values.Length}.", nameof values))

        Weights(values, shape)

/// Making, mapping and measuring weights.
[<RequireQualifiedAccess>]
module Weights =

    let private shapes = Array.init 65 (fun length -> ImmutableArray.Create length)

    /// <summary>The shape of a vector; those of short ones are made once.</summary>
    /// <param name="length">Number of elements, at least 1.</param>
    let vectorShape (length: int) : ImmutableArray<int> = if length < shapes.Length then shapes[length] else ImmutableArray.Create length

    /// Takes ownership of a fresh array without copying it. The caller must not keep the array.
    let internal freeze (shape: ImmutableArray<int>) (values: float[]) : Weights =
        Weights.Create(ImmutableCollectionsMarshal.AsImmutableArray values, shape)

    /// <summary>A vector with these elements.</summary>
    /// <param name="values">The elements, unit of weight; at least one.</param>
    let ofArray (values: float[]) : Weights =
        Require.nonEmpty "values" values.Length
        freeze (vectorShape values.Length) (Array.copy values)

    /// <summary>A vector with these elements.</summary>
    /// <param name="values">The elements, unit of weight; at least one.</param>
    let ofSeq (values: float seq) : Weights = values |> Seq.toArray |> ofArray

    /// <summary>A vector of D equal elements.</summary>
    /// <param name="dimension">Number of elements D ≥ 1.</param>
    /// <param name="value">The value of every element, unit of weight.</param>
    let constant (dimension: int) (value: float) : Weights =
        Require.atLeast "dimension" 1L (int64 dimension)
        freeze (ImmutableArray.Create dimension) (Array.create dimension value)

    /// <summary>A vector of D zeros.</summary>
    /// <param name="dimension">Number of elements D ≥ 1.</param>
    let zeros (dimension: int) : Weights = constant dimension 0.0

    /// <summary>The elements as a fresh array.</summary>
    /// <param name="weights">The weights; they stay as they are.</param>
    let toArray (weights: Weights) : float[] = weights.Span.ToArray()

    /// <summary>New weights of the same shape, element by element.</summary>
    /// <param name="f">Function of one element, or of one element of each.</param>
    /// <param name="weights">The weights; they stay as they are.</param>
    let map (f: float -> float) (weights: Weights) : Weights = freeze weights.Shape (Array.init weights.Length (fun i -> f weights[i]))

    /// <summary>New weights of the same shape from two, element by element.</summary>
    /// <param name="f">Function of one element, or of one element of each.</param>
    /// <param name="a">First weights.</param>
    /// <param name="b">Second weights, of as many elements.</param>
    /// <exception cref="T:System.ArgumentException">Lengths differ.</exception>
    let map2 (f: float -> float -> float) (a: Weights) (b: Weights) : Weights =
        Require.length "b" a.Length b.Length
        freeze a.Shape (Array.init a.Length (fun i -> f a[i] b[i]))

    /// <summary>Sum in index order of a function of the elements.</summary>
    /// <param name="f">Function of one element, or of one element of each.</param>
    /// <param name="weights">The weights; they stay as they are.</param>
    let sumBy (f: float -> float) (weights: Weights) : float =
        let mutable sum = 0.0

        for value in weights.Values do
            sum <- sum + f value

        sum

    /// <summary>‖w‖², summed in index order.</summary>
    /// <param name="weights">The weights; they stay as they are.</param>
    let normSquared (weights: Weights) : float = sumBy (fun w -> w * w) weights

    /// <summary>‖w‖∞; NaN if an element is NaN.</summary>
    /// <param name="weights">The weights; they stay as they are.</param>
    let largest (weights: Weights) : float = Seq.fold (fun largest w -> Math.Max(largest, abs w)) 0.0 weights.Values
