namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// A function of a random vector, written once for every number system, so that one text is summed fast, enclosed and computed exactly.
type IRandomQuantity =
    /// Its value at one value of the vector.
    abstract At<'T when 'T: struct and 'T :> IAlgebra<'T>> : noise: 'T[] -> 'T

/// Expectations over finite supports, summed exactly.
/// <remarks>
/// Three answers of rising cost: compensated doubles, an interval that contains the expectation, and an exact fraction. Comparisons take the
/// interval if it settles them and the fraction if not; where the formula is irrational, the comparison raises `UnsettledComparison` and is
/// undecided. Probabilities are divided by their sum, so that three times the double nearest to 1/3 is uniform.
/// </remarks>
[<RequireQualifiedAccess>]
module ExactExpectation =

    let private number<'T when 'T: struct and 'T :> IAlgebra<'T>> (value: float) : 'T = 'T.Constant value

    let private mean<'T when 'T: struct and 'T :> IAlgebra<'T>> (weighted: struct ('T * 'T) seq) : 'T =
        let mutable total = number<'T> 0.0
        let mutable sum = number<'T> 0.0

        for struct (probability, value) in weighted do
            total <- total + probability
            sum <- sum + probability * value

        sum / total

    /// E q in any number system.
    /// <exception cref="T:System.ArgumentException">Too many values.</exception>
    let over<'T when 'T: struct and 'T :> IAlgebra<'T>> (outcomes: IOutcomes) (quantity: IRandomQuantity) : 'T =
        outcomes.All<'T>()
        |> Seq.map (fun struct (probability, values) -> struct (probability, quantity.At values))
        |> mean

    /// E q in compensated doubles, and the rigorous bound on what the summation lost; rounding inside q and of joint probabilities is not in it.
    let value (outcomes: IOutcomes) (quantity: IRandomQuantity) : struct (float * float) =
        let atoms =
            outcomes.All<Scalar>()
            |> Seq.map (fun struct (probability, values) -> struct (probability.Value, (quantity.At values).Value))
            |> Seq.toArray

        let probabilities = atoms |> Array.map (fun struct (probability, _) -> probability)
        let struct (sum, error) = CompensatedSum.dot probabilities (atoms |> Array.map (fun struct (_, value) -> value))
        let struct (total, totalError) = CompensatedSum.sum probabilities
        let result = sum / total
        struct (result, (error + abs result * (totalError + 2.3e-16 * total)) / total)

    /// a − b, term by term.
    let difference (a: IRandomQuantity) (b: IRandomQuantity) : IRandomQuantity =
        { new IRandomQuantity with
            member _.At values = a.At values - b.At values }

    /// A quantity that is not random.
    let constant (value: float) : IRandomQuantity =
        { new IRandomQuantity with
            member _.At<'T when 'T: struct and 'T :> IAlgebra<'T>>(_: 'T[]) = number<'T> value }

    // A number on the right side of zero: an interval's inner end if it does not contain zero, an exact fraction otherwise.
    let private signed (enclosure: Interval) (exact: unit -> Fraction) : float =
        if enclosure.Lower >= 0.0 then
            enclosure.Lower
        elif enclosure.Upper < 0.0 then
            enclosure.Upper
        else
            try
                exact().ToDouble()
            with :? NotSupportedException as refusal ->
                raise (UnsettledComparison (invariant $"the expected margin lies in [{enclosure.Lower:R}, {enclosure.Upper:R}]: {refusal.Message}"))

    let private compare (outcomes: IOutcomes) (measured: IRandomQuantity) (bound: IRandomQuantity) (margin: IRandomQuantity) : Comparison =
        let struct (left, _) = value outcomes measured
        let struct (right, _) = value outcomes bound

        { Measured = left
          Bound = right
          // A claim that is not a number in doubles is against itself, whatever an enclosure would say.
          Margin =
            if Double.IsFinite(left - right) then
                signed (over<Interval> outcomes margin) (fun () -> over<Fraction> outcomes margin)
            else
                nan }

    /// E measured ≤ E bound; the margin's sign is rigorous.
    let atMost (outcomes: IOutcomes) (measured: IRandomQuantity) (bound: IRandomQuantity) : Comparison =
        compare outcomes measured bound (difference bound measured)

    /// E measured ≥ E bound; the margin's sign is rigorous.
    let atLeast (outcomes: IOutcomes) (measured: IRandomQuantity) (bound: IRandomQuantity) : Comparison =
        compare outcomes measured bound (difference measured bound)

    /// |E measured − E expected| ≤ allowance; the margin's sign is rigorous. With an allowance of 0 the equality has to hold in fractions.
    /// <param name="allowance">What rounding of the support's own numbers may cost, at least 0.</param>
    /// <param name="outcomes">Values and probabilities.</param>
    /// <param name="measured">Left side.</param>
    /// <param name="expected">Right side.</param>
    let equal (allowance: float) (outcomes: IOutcomes) (measured: IRandomQuantity) (expected: IRandomQuantity) : Comparison =
        Require.nonNegative "allowance" allowance
        let gap = difference measured expected
        let struct (left, _) = value outcomes measured
        let struct (right, _) = value outcomes expected

        { Measured = left
          Bound = right
          Margin =
            if Double.IsFinite(left - right) then
                signed (Interval.Point allowance - Interval.Abs(over<Interval> outcomes gap)) (fun () ->
                    Fraction.Constant allowance - Fraction.Abs(over<Fraction> outcomes gap))
            else
                nan }
