namespace AnalogTheory

open System
open System.Collections.Immutable

/// <summary>Wealth of a gambler who bets that the mean of independent values is above zero, in a game that is fair at best if it is not.</summary>
/// <remarks>
/// A stake λ multiplies wealth by 1 + λx at every value x ≥ −1/λ. If every value has mean ≤ 0 given the ones before it, wealth is a
/// non-negative supermartingale for each λ, and so is the average over sixteen stakes 2⁻ʲ/(−least), j = 0 … 15, which needs no tuning and does
/// not know δ. By Ville's inequality it ever reaches 1/δ with probability at most δ, whenever one looks. Source: Waudby-Smith and Ramdas,
/// "Estimating means of bounded random variables by betting", JRSS B 2023, section 4 and appendix (mixed capital).
/// </remarks>
type Capital =
    private
        {
            /// Lower bound of the values.
            Least: float
            /// Wealth of each stake.
            Wealth: ImmutableArray<float>
            /// Largest average wealth so far.
            Highest: float
        }

    /// The largest wealth so far, from 1: at least 1/δ with probability at most δ if the mean is not positive.
    member capital.Peak = capital.Highest

/// Betting against a mean of zero or less.
[<RequireQualifiedAccess>]
module Capital =

    let private stakes = 16

    /// <summary>Wealth 1 before the first value.</summary>
    /// <param name="least">A number below or at which no value lies. At 0 or above the mean is surely not negative and nothing is bet.</param>
    let create (least: float) : Capital =
        Require.finite "least" least

        { Least = least
          Wealth = ImmutableArray.CreateRange(Seq.replicate stakes 1.0)
          Highest = 1.0 }

    /// <summary>The wealth after more values, each multiplied by a sign first: −1 bets on a mean below zero.</summary>
    /// <remarks>Values below the least are taken as the least. Wealth is cut at 10³⁰⁰ and forgotten below 10⁻²⁸⁰, both to the gambler's disadvantage.</remarks>
    /// <param name="sign">1 to bet on a mean above zero, −1 below.</param>
    /// <param name="values">The values, in order.</param>
    /// <param name="capital">The wealth so far.</param>
    let updateAll (sign: float) (values: ReadOnlySpan<float>) (capital: Capital) : Capital =
        if not (capital.Least < 0.0) then
            capital
        else
            let wealth = Array.init stakes (fun j -> capital.Wealth[j])
            let mutable highest = capital.Highest

            for value in values do
                let mutable gain = Math.Max(sign * value, capital.Least) / -capital.Least
                let mutable total = 0.0

                for j in 0 .. wealth.Length - 1 do
                    let next = wealth[j] * (1.0 + gain)
                    let next = if next < 1e-280 then 0.0 else Math.Min(next, 1e300)
                    wealth[j] <- next
                    total <- total + next
                    gain <- 0.5 * gain

                highest <- Math.Max(highest, total / float stakes)

            { capital with Wealth = ImmutableArray.CreateRange wealth; Highest = highest }
