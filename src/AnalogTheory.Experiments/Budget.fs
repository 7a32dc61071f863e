namespace AnalogTheory

open System
open System.Threading.Tasks

/// How much an experiment may spend; its results depend on this, on its parameters and on the key, and on nothing else.
[<NoEquality; NoComparison>]
type Budget =
    {
        /// Independent runs per curve.
        Seeds: int
        /// Share of the full number of steps, in (0, 1]; below 1 only for smoke tests.
        Share: float
        /// How to use the machine.
        Execution: Execution
    }

/// Making budgets.
[<RequireQualifiedAccess>]
module Budget =

    /// <summary>The full experiment with a number of seeds.</summary>
    /// <param name="seeds">Independent seeds a curve, at least 2.</param>
    let full (seeds: int) : Budget =
        Require.atLeast "seeds" 1L (int64 seeds)
        { Seeds = seeds; Share = 1.0; Execution = Execution.Default }

    /// Few seeds, few steps: does everything once, shows nothing.
    let smoke: Budget = { Seeds = 2; Share = 0.01; Execution = Execution.Default }

    /// <summary>A number of steps under this budget, at least `least`.</summary>
    /// <param name="least">Fewest steps that still show what the experiment is about.</param>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="steps">Steps of the whole experiment.</param>
    let steps (least: int64) (budget: Budget) (steps: int64) : int64 = max least (int64 (float steps * budget.Share))

    /// <summary>A function of every element, on as many threads as the budget allows; results in order, the same on any number of threads.</summary>
    /// <param name="f">Function of one element, called from several threads.</param>
    /// <param name="values">The elements.</param>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    let map (f: 'a -> 'b) (values: 'a[]) (budget: Budget) : 'b[] =
        let results = Array.zeroCreate values.Length

        let options =
            ParallelOptions(
                MaxDegreeOfParallelism = (if budget.Execution.Threads = 0 then Environment.ProcessorCount else budget.Execution.Threads),
                CancellationToken = budget.Execution.Cancellation
            )

        Parallel.For(0, values.Length, options, (fun i -> results[i] <- f values[i])) |> ignore
        results
