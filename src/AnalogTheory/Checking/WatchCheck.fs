namespace AnalogTheory

open System
open System.Globalization
open System.Threading.Tasks

/// <summary>Holding what somebody vouches for against watched paths, before the claim is asked.</summary>
/// <remarks>
/// A hypothesis on every state or draw fails with the first path that breaks it. A hypothesis on an expectation is a game: gamblers bet against
/// it at every step of every path, at odds that are fair at best if it holds, so that the mean of their money is a non-negative supermartingale
/// from 1 and ever reaches 1/δ with probability at most δ (Ville's inequality). A quarter of the instance's δ goes to all such games together,
/// in equal parts, and three quarters to the claim.
/// </remarks>
[<RequireQualifiedAccess>]
module WatchCheck =

    /// Part of an instance's δ that the bets share; the claim has the rest.
    let share = 0.25

    let private text (value: float) = value.ToString("G4", CultureInfo.InvariantCulture)

    // log of the mean of exponentials.
    let private logMean (logs: float[]) : float =
        let largest = Array.max logs

        if Double.IsFinite largest then
            largest + Math.Log(logs |> Array.averageBy (fun value -> Math.Exp(value - largest)))
        else
            largest

    // A hypothesis on every state: the paths that break it, and how far.
    let private sureFailure (paths: WatchedPath[]) (name: string) : FailedHypothesis option =
        // A hypothesis may be looked at in several ways; the worst counts, and NaN is worst.
        let onPath (path: WatchedPath) =
            path.Margins
            |> List.fold (fun least (known, margin) -> if known = name then Math.Min(least, margin) else least) infinity

        let margins = paths |> Array.map onPath
        let failed = margins |> Array.filter (fun margin -> not (margin >= 0.0))

        if failed.Length = 0 then
            None
        else
            let worst = if Array.exists Double.IsNaN failed then nan else Array.min failed

            Some
                { Name = name
                  Margin = worst
                  Replicas = Some(int64 failed.Length, int64 margins.Length)
                  Note = $"by up to {text -worst} on the states visited" }

    // The quantity against which one gambler won most: what was drawn, beside what was stated.
    let private seen (games: MomentBet[][]) : string * float =
        let quantities = games |> Array.collect id |> Array.groupBy _.Quantity

        let money (bets: MomentBet[]) = bets |> Array.map _.LogFactors |> Array.reduce (Array.map2 (+)) |> Array.max

        let quantity, bets = quantities |> Array.maxBy (snd >> money)
        let draws = bets |> Array.sumBy _.Draws
        let mean = (bets |> Array.sumBy _.Sum) / float draws

        invariant $"{quantity} has mean {text mean} over {draws} draws on {games.Length} paths, {text bets[0].Stated} is stated",
        -abs(mean - bets[0].Stated)

    // The largest mean of all gamblers' money in a game, path after path.
    let private peak (games: MomentBet[][]) : float =
        let start = games[0] |> Array.map (fun bet -> Array.zeroCreate<float> bet.LogFactors.Length)

        games
        |> Array.scan (fun money bets -> Array.map2 (fun logs (bet: MomentBet) -> Array.map2 (+) logs bet.LogFactors) money bets) start
        |> Array.map (Array.concat >> logMean)
        |> Array.max

    /// <summary>The hypotheses that the paths make false.</summary>
    /// <param name="delta">Error probability of all bets together, in (0, 1).</param>
    /// <param name="paths">What the paths showed, at least one; each tells of the same hypotheses in the same order.</param>
    let failures (delta: float) (paths: WatchedPath[]) : FailedHypothesis list =
        let sure = paths[0].Margins |> List.map fst |> List.distinct |> List.choose (sureFailure paths)
        let names = paths[0].Bets |> List.map _.Hypothesis |> List.distinct
        let price = Math.Log(float (max 1 names.Length) / delta)

        let lost =
            names
            |> List.choose (fun name ->
                let games = paths |> Array.map (_.Bets >> List.filter (fun bet -> bet.Hypothesis = name) >> List.toArray)
                let money = peak games

                if money >= price then
                    let words, margin = seen games

                    Some(
                        { Name = name
                          Margin = margin
                          Replicas = None
                          Note =
                            $"{words}; bets against it multiplied money by 10^{text (money / Math.Log 10.0)}, 10^{text (price / Math.Log 10.0)} refutes it" },
                        games[0] |> Array.choose _.Given |> Array.toList
                    )
                else
                    None)

        // Odds that rest on a hypothesis which itself failed say nothing; what failed surely needs no bets.
        let failed = (sure @ List.map fst lost) |> List.map _.Name |> Set.ofList

        let told =
            lost
            |> List.filter (fun (hypothesis, given) ->
                not (List.exists failed.Contains given)
                && not (sure |> List.exists (fun known -> known.Name = hypothesis.Name)))

        sure @ List.map fst told

    /// <summary>Watches the first replicas of a key. The result is the same on any number of threads.</summary>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="key">Randomness of the instance.</param>
    /// <param name="budget">Most replicas.</param>
    /// <param name="watch">What to watch.</param>
    let paths (execution: Execution) (key: Key) (budget: int64) (watch: Watch) : WatchedPath[] =
        Require.atLeast "Paths" 1L (int64 watch.Paths)
        let count = int (min budget (int64 watch.Paths))
        let seen = Array.zeroCreate count
        let threads = if execution.Threads = 0 then Environment.ProcessorCount else execution.Threads
        let options = ParallelOptions(MaxDegreeOfParallelism = threads, CancellationToken = execution.Cancellation)
        Parallel.For(0, count, options, (fun r -> seen[r] <- watch.Path key (uint32 r))) |> ignore
        seen
