namespace AnalogTheory

open System

/// How clearly the best law stands out.
[<RequireQualifiedAccess>]
type Distinction =
    /// The best law's criterion is lower than every other's by 10 or more.
    | Decisive
    /// Lower by 2 to 10: the data lean towards it.
    | Favoured
    /// Another law is within 2: these data do not tell them apart, and the one with the fewest parameters stands for them.
    | Indistinguishable

/// <summary>Laws fitted to the same readings, best first.</summary>
/// <remarks>
/// The best law is the one with the fewest parameters among those within 2 of the lowest criterion, and among equals the one that comes first in
/// `ResponseFamily.all`, where the field's usual laws stand first: a law with more parameters can imitate a straight line, and its parameters
/// then mean nothing.
/// </remarks>
[<NoEquality; NoComparison>]
type FitComparison =
    {
        /// The best fit, then the others by their corrected Akaike criterion, lowest first; at least one.
        Fits: DeviceFit list
        /// Laws that could not be fitted, with the reason.
        Failed: (string * string) list
        /// Mean steps in bins, without a law; None where they never cross.
        Tabulated: MeasuredDevice option
    }

    /// The fit that stands for the readings.
    member comparison.Best = List.head comparison.Fits

    /// Criterion of each fit less the lowest; the best fit's is below 2, and not 0 where a law with more parameters has the lowest.
    member comparison.Differences =
        let lowest = comparison.Fits |> List.map _.Aicc |> List.min
        comparison.Fits |> List.map (fun fit -> fit.Aicc - lowest)

    /// Akaike weights: how the evidence is shared among the laws tried.
    member comparison.Weights =
        let shares = comparison.Differences |> List.map (fun difference -> exp (-0.5 * difference))
        shares |> List.map (fun share -> share / List.sum shares)

    /// Laws other than the best within 2 of the lowest criterion: the runners-up, which these data do not tell from the best.
    member comparison.Rivals =
        List.zip comparison.Fits comparison.Differences
        |> List.skip 1
        |> List.filter (fun (_, difference) -> difference < FitComparison.Apart)
        |> List.map fst

    // Differences of the criterion below this do not tell laws apart.
    static member internal Apart = 2.0

    // How far the next law is behind the best.
    member private comparison.Lead =
        comparison.Fits |> List.skip 1 |> List.map (fun fit -> fit.Aicc - comparison.Best.Aicc) |> List.min

    /// How clearly the best law stands out.
    member comparison.Distinction =
        if comparison.Fits.Length = 1 then Distinction.Decisive
        elif not comparison.Rivals.IsEmpty then Distinction.Indistinguishable
        elif comparison.Lead < 10.0 then Distinction.Favoured
        else Distinction.Decisive

    /// Whether even the best law leaves mean steps unexplained: at one in a hundred, by a thousandth of a step or more.
    member comparison.IsLacking =
        let lack = comparison.Best.LackOfFit
        lack.PValue < 0.01 && lack.LargestMisfit > 1e-3

    /// The outcome in a sentence or two.
    member comparison.Conclusion =
        let shown (value: float) = value.ToString("G3", Globalization.CultureInfo.InvariantCulture)
        let best = comparison.Best

        let ranking =
            match comparison.Distinction with
            | Distinction.Indistinguishable ->
                let names = best.Law :: (comparison.Rivals |> List.map _.Law) |> String.concat ", "
                let fewer = comparison.Rivals |> List.forall (fun fit -> fit.Parameters.Length > best.Parameters.Length)
                let reason = if fewer then "has the fewest parameters" else "is the usual one with so few parameters"
                $"These data do not tell apart: {names}; {best.Law} {reason}."
            | Distinction.Favoured ->
                $"The data lean towards {best.Law}, by {shown comparison.Lead} in the criterion; 10 would be decisive."
            | Distinction.Decisive when comparison.Fits.Length = 1 -> $"Only {best.Law} was fitted."
            | Distinction.Decisive ->
                $"{best.Law} fits best, decisively: the next law, {comparison.Fits[1].Law}, is {shown comparison.Lead} behind in the criterion."

        if comparison.IsLacking then
            $"{ranking} Yet it leaves mean steps unexplained (p = {shown best.LackOfFit.PValue}, by up to {shown best.LackOfFit.LargestMisfit} of a step): consider the tabulated device."
        else
            ranking

    /// The outcome, then the best fit.
    override comparison.ToString() = $"{comparison.Conclusion}\n{comparison.Best}"

/// Comparing laws on the same readings.
[<RequireQualifiedAccess>]
module FitComparison =

    /// <summary>Fits laws and ranks them.</summary>
    /// <param name="level">Confidence level of the intervals, in (0, 1).</param>
    /// <param name="families">Laws; at least one.</param>
    /// <param name="series">Readings; all traces are taken for one device.</param>
    /// <exception cref="T:System.ArgumentException">The level is not in (0, 1), no law is given or none can be fitted, or the readings do not meet `PulseSeries.requireSteps`.</exception>
    let ofFamilies (level: float) (families: ResponseFamily list) (series: PulseSeries) : FitComparison =
        Require.nonEmpty (nameof families) families.Length
        Require.between "level" 0.0 1.0 level
        PulseSeries.requireSteps series

        let attempt (family: ResponseFamily) =
            try
                let fit = DeviceFit.fitWith level [ CycleNoiseKind.Multiplicative; CycleNoiseKind.Additive ] family series

                if Double.IsFinite fit.Aicc then
                    Choice1Of2 fit
                else
                    Choice2Of2(family.Name, "its likelihood is no number")
            with
            | :? ArgumentException as e -> Choice2Of2(family.Name, e.Message)
            | :? MathNet.Numerics.Optimization.OptimizationException as e -> Choice2Of2(family.Name, e.Message)

        let attempts = families |> List.map attempt

        let fits =
            attempts
            |> List.choose (function
                | Choice1Of2 fit -> Some fit
                | Choice2Of2 _ -> None)

        let failed =
            attempts
            |> List.choose (function
                | Choice2Of2 failure -> Some failure
                | Choice1Of2 _ -> None)

        if fits.IsEmpty then
            let reasons = failed |> List.map (fun (name, reason) -> $"{name}: {reason}") |> String.concat "; "
            raise (ArgumentException($"Expected readings that some law can be fitted to in {series.Origin}, got {reasons}.", nameof series))

        let tabulated =
            try
                Some(DeviceFit.tabulated Tabulated.defaultBins series)
            with :? ArgumentException ->
                None

        let lowest = fits |> List.map _.Aicc |> List.min
        // Sorting is stable: equals keep the order of the laws.
        let best = fits |> List.filter (fun fit -> fit.Aicc - lowest < FitComparison.Apart) |> List.minBy _.Parameters.Length

        let others =
            fits
            |> List.filter (fun fit -> not (obj.ReferenceEquals(fit, best)))
            |> List.sortBy (fun fit -> Math.Round(fit.Aicc, 2))

        { Fits = best :: others; Failed = failed; Tabulated = tabulated }

    /// <summary>Fits all laws at 95 % and ranks them.</summary>
    /// <param name="series">Readings; all traces are taken for one device.</param>
    /// <exception cref="T:System.ArgumentException">The readings do not meet `PulseSeries.requireSteps`, or no law can be fitted.</exception>
    let ofSeries (series: PulseSeries) : FitComparison = ofFamilies 0.95 ResponseFamily.all series

    /// <summary>The ranking as a table: "law", "parameters", "aicc", "difference", "weight", "bic", "residual", "r squared", "lack of fit p".</summary>
    /// <param name="comparison">Fits of several laws to the same readings, ranked.</param>
    let table (comparison: FitComparison) : Table =
        let numbers f = Numbers(comparison.Fits |> List.map f |> List.toArray)

        Table.create
            "laws"
            [ "law", Texts(comparison.Fits |> List.map _.Law |> List.toArray)
              "parameters", numbers (fun fit -> float fit.Parameters.Length)
              "aicc", numbers _.Aicc
              "difference", Numbers(List.toArray comparison.Differences)
              "weight", Numbers(List.toArray comparison.Weights)
              "bic", numbers _.Bic
              "residual", numbers _.ResidualDeviation
              "r squared", numbers _.RSquared
              "lack of fit p", numbers _.LackOfFit.PValue ]
