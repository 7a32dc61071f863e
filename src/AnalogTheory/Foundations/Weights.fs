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

    /// Element i in row-major order.
    member _.Item
        with get (i: int) = values[i]

    /// The elements as a span; no copy.
    member _.Span = values.AsSpan()

    override weights.Equals(other: objnull) =
        match other with
        | :? Weights as other ->
            weights.Shape.AsSpan().SequenceEqual(other.Shape.AsSpan())
            && weights.Span.SequenceEqual(other.Span)
        | _ -> false

    override _.GetHashCode() =
        let mutable hash = HashCode()

        for value in values do
            hash.Add value

        hash.ToHashCode()

    override weights.ToString() =
        let text = String.Join(", ", weights.Values |> Seq.truncate 8 |> Seq.map (fun v -> v.ToString("R", Globalization.CultureInfo.InvariantCulture)))
        if weights.Length > 8 then (invariant $"[{text}, … {weights.Length} elements]") else $"[{text}]"

    /// <summary>Weights of a given shape.</summary>
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

    /// The shape of a vector; those of short ones are made once.
    let vectorShape (length: int) : ImmutableArray<int> =
        if length < shapes.Length then shapes[length] else ImmutableArray.Create length

    /// Takes ownership of a fresh array without copying it. The caller must not keep the array.
    let internal freeze (shape: ImmutableArray<int>) (values: float[]) : Weights =
        Weights.Create(ImmutableCollectionsMarshal.AsImmutableArray values, shape)

    /// A vector with these elements.
    let ofArray (values: float[]) : Weights =
        Require.nonEmpty "values" values.Length
        freeze (vectorShape values.Length) (Array.copy values)

    /// A vector with these elements.
    let ofSeq (values: float seq) : Weights = values |> Seq.toArray |> ofArray

    /// A vector of D equal elements.
    let constant (dimension: int) (value: float) : Weights =
        Require.atLeast "dimension" 1L (int64 dimension)
        freeze (ImmutableArray.Create dimension) (Array.create dimension value)

    /// A vector of D zeros.
    let zeros (dimension: int) : Weights = constant dimension 0.0

    /// The elements as a fresh array.
    let toArray (weights: Weights) : float[] = Seq.toArray weights.Values

    /// New weights of the same shape, element by element.
    let map (f: float -> float) (weights: Weights) : Weights =
        freeze weights.Shape (Array.init weights.Length (fun i -> f weights[i]))

    /// <summary>New weights of the same shape from two, element by element.</summary>
    /// <exception cref="T:System.ArgumentException">Lengths differ.</exception>
    let map2 (f: float -> float -> float) (a: Weights) (b: Weights) : Weights =
        Require.length "b" a.Length b.Length
        freeze a.Shape (Array.init a.Length (fun i -> f a[i] b[i]))

    /// Sum in index order of a function of the elements.
    let sumBy (f: float -> float) (weights: Weights) : float =
        let mutable sum = 0.0

        for value in weights.Values do
            sum <- sum + f value

        sum

    /// ‖w‖², summed in index order.
    let normSquared (weights: Weights) : float = sumBy (fun w -> w * w) weights

    /// ‖w‖∞; NaN if an element is NaN.
    let largest (weights: Weights) : float =
        Seq.fold (fun largest w -> Math.Max(largest, abs w)) 0.0 weights.Values
