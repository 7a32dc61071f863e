namespace AnalogTheory

open System

/// A number that a fit estimates.
type FittedQuantity =
    {
        /// Symbol, such as "τ".
        Symbol: string
        /// Best value.
        Value: float
        /// Standard error; ∞ where the data do not determine the quantity.
        StandardError: float
        /// Lower end of the confidence interval.
        Lower: float
        /// Upper end.
        Upper: float
    }

    /// Whether the data determine the quantity.
    member quantity.IsIdentified = Double.IsFinite quantity.StandardError

    /// Symbol, value and interval in one line.
    override quantity.ToString() =
        let shown (value: float) = value.ToString("G5", Globalization.CultureInfo.InvariantCulture)
        $"{quantity.Symbol} = {shown quantity.Value} [{shown quantity.Lower}, {shown quantity.Upper}]"

/// Intervals of fitted quantities.
module internal FittedQuantity =

    // Beyond this relative error, a factor of e², the data do not determine a quantity that has one side only.
    let private largestError = 2.0

    /// A value with the interval of its standard error; on the logarithm of its distance from an origin where it has one side only.
    let ofError (quantile: float) (origin: float option) (symbol: string) (value: float) (error: float) : FittedQuantity =
        let error, lower, upper =
            match origin with
            | None when Double.IsFinite error -> error, value - quantile * error, value + quantile * error
            | None -> infinity, -infinity, infinity
            | Some origin ->
                let distance = value - origin
                let relative = error / abs distance
                let at factor = origin + distance * factor

                if relative <= largestError then
                    let near, far = at (exp (-quantile * relative)), at (exp (quantile * relative))
                    error, Math.Min(near, far), Math.Max(near, far)
                else
                    infinity, (if distance > 0.0 then origin else -infinity), (if distance > 0.0 then infinity else origin)

        { Symbol = symbol
          Value = value
          StandardError = error
          Lower = lower
          Upper = upper }

    // Where the distance of a parameter is measured from: signs and sizes from 0, bounds from the middle of the readings.
    let origin (law: string) (middle: float) (symbol: string) : float option =
        match symbol with
        | "w⋄"
        | "c" -> None
        | "τ_max"
        | "τ_min" when law <> ResponseFamily.linearStep.Name -> Some middle
        | "lower bound"
        | "upper bound" -> Some middle
        | _ -> Some 0.0

    /// A quantity that the data do not determine, with what they say of it.
    let undetermined (symbol: string) (value: float) (lower: float) (upper: float) : FittedQuantity =
        { Symbol = symbol
          Value = value
          StandardError = infinity
          Lower = lower
          Upper = upper }
