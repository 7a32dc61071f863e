namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// A function of a random vector, written once for every number system, so that one text is summed fast, enclosed and computed exactly.
type IRandomQuantity =
    /// <summary>Its value at one value of the vector.</summary>
    /// <param name="noise">A value of the random vector.</param>
    abstract At<'T when 'T: struct and 'T :> IAlgebra<'T>> : noise: 'T[] -> 'T

/// <summary>Expectations over finite supports, summed exactly.</summary>
/// <remarks>
/// Two answers of rising cost: an interval that contains the expectation, and an exact fraction. Comparisons take the interval if it settles them
/// and the fraction if not; where the formula is irrational as well, the margin keeps both signs and the verdict is undecided. Probabilities are divided by their sum, so that three times the double nearest to 1/3 is uniform.
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

    /// <summary>E q in any number system.</summary>
    /// <param name="outcomes">All outcomes with their probabilities.</param>
    /// <param name="quantity">A function of the outcome.</param>
    /// <exception cref="T:System.ArgumentException">Too many values.</exception>
    let over<'T when 'T: struct and 'T :> IAlgebra<'T>> (outcomes: IOutcomes) (quantity: IRandomQuantity) : 'T =
        outcomes.All<'T>()
        |> Seq.map (fun struct (probability, values) -> struct (probability, quantity.At values))
        |> mean

    /// <summary>a − b, term by term.</summary>
    /// <param name="a">The quantity to subtract from.</param>
    /// <param name="b">The quantity to subtract.</param>
    let difference (a: IRandomQuantity) (b: IRandomQuantity) : IRandomQuantity =
        { new IRandomQuantity with
            member _.At values = a.At values - b.At values }

    /// <summary>A quantity that is not random.</summary>
    /// <param name="value">Its value.</param>
    let constant (value: float) : IRandomQuantity =
        { new IRandomQuantity with
            member _.At<'T when 'T: struct and 'T :> IAlgebra<'T>>(_: 'T[]) = number<'T> value }

    // The interval where it settles the sign, the fraction where that does not and the formula is rational.
    let private settled (enclosed: Enclosed) (exact: unit -> Fraction) : Enclosed =
        if Enclosed.isSettled enclosed then
            enclosed
        else
            try
                { enclosed with Enclosed.Margin = Enclosed.ofFraction (exact ()) }
            with
            // Irrational, or a number that is none: the interval is all that is known.
            | :? NotSupportedException
            | :? DivideByZeroException
            | :? ArgumentException -> enclosed

    /// <summary>E measured ≤ E bound.</summary>
    /// <param name="outcomes">All outcomes with their probabilities.</param>
    /// <param name="measured">The measured side, a function of the outcome.</param>
    /// <param name="bound">The other side, a function of the outcome.</param>
    let atMost (outcomes: IOutcomes) (measured: IRandomQuantity) (bound: IRandomQuantity) : Enclosed =
        let margin = difference bound measured

        settled
            { Enclosed.Measured = over<Interval> outcomes measured
              Bound = over<Interval> outcomes bound
              Margin = over<Interval> outcomes margin }
            (fun () -> over<Fraction> outcomes margin)

    /// <summary>E measured ≥ E bound.</summary>
    /// <param name="outcomes">All outcomes with their probabilities.</param>
    /// <param name="measured">The measured side, a function of the outcome.</param>
    /// <param name="bound">The other side, a function of the outcome.</param>
    let atLeast (outcomes: IOutcomes) (measured: IRandomQuantity) (bound: IRandomQuantity) : Enclosed =
        let turned = atMost outcomes bound measured

        { turned with
            Enclosed.Measured = turned.Bound
            Enclosed.Bound = turned.Measured }

    /// <summary>|E measured − E expected| ≤ allowance. With an allowance of 0 the equality has to hold in fractions.</summary>
    /// <param name="allowance">Largest distance that the claim allows, at least 0.</param>
    /// <param name="outcomes">Values and probabilities.</param>
    /// <param name="measured">Left side.</param>
    /// <param name="expected">Right side.</param>
    let equal (allowance: float) (outcomes: IOutcomes) (measured: IRandomQuantity) (expected: IRandomQuantity) : Enclosed =
        Require.nonNegative "allowance" allowance
        let gap = difference measured expected

        settled
            { Enclosed.Measured = over<Interval> outcomes measured
              Bound = over<Interval> outcomes expected
              Margin = Interval.Point allowance - Interval.Abs(over<Interval> outcomes gap) }
            (fun () -> Fraction.Constant allowance - Fraction.Abs(over<Fraction> outcomes gap))
