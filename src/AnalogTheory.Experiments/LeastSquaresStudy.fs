namespace AnalogTheory

open System
open AnalogTheory.Kernels.Ensembles

/// The synthetic problem of the paper's appendix I.
type LeastSquaresStudy =
    {
        /// N.
        Samples: int
        /// D.
        Dimension: int
        /// Standard deviation of A's entries.
        MatrixScale: float
        /// Standard deviation of x*'s entries.
        TargetScale: float
        /// Added to b.
        Bias: float
        /// Whether the model has a bias weight, as a column of ones in A.
        HasBiasWeight: bool
        /// Loss.
        Loss: LeastSquaresLoss
        /// Standard deviation of the gradient noise per coordinate.
        Deviation: float
        /// K.
        Steps: int64
        /// Factor of the exponential average of plotted curves.
        Smoothing: float
        /// Whether all seeds train on one set of data; otherwise every seed draws its own.
        SharesData: bool
    }

/// One curve of a study: a rule from a start.
[<NoEquality; NoComparison>]
type Contender =
    {
        /// Label of the curve.
        Label: string
        /// Rule.
        Rule: IRule
        /// Noise; None takes the study's Gaussian.
        Noise: Noise option
        /// Start.
        Start: Problem -> Weights
    }

/// Rules compared on random least-squares problems: every seed has its own noise, and its own data unless they are shared, the same for all contenders.
[<RequireQualifiedAccess>]
module LeastSquaresStudy =

    let private withOnes (matrix: float[,]) =
        let samples, dimension = Array2D.length1 matrix, Array2D.length2 matrix
        Array2D.init samples (dimension + 1) (fun n d -> if d < dimension then matrix[n, d] else 1.0)

    /// <summary>The problem on given data.</summary>
    /// <param name="study">Sizes, scales, noise and horizon of the study.</param>
    /// <param name="matrix">A, samples by dimension.</param>
    /// <param name="target">b, one number a sample.</param>
    let problemOf (study: LeastSquaresStudy) (matrix: float[,]) (target: float[]) : Problem =
        LeastSquares.create study.Loss (if study.HasBiasWeight then withOnes matrix else matrix) target

    /// <summary>A and b of one seed.</summary>
    /// <param name="study">Sizes, scales, noise and horizon of the study.</param>
    /// <param name="seedKey">Randomness of the seed's data.</param>
    let data (study: LeastSquaresStudy) (seedKey: Key) : struct (float[,] * float[]) =
        let struct (matrix, _, target) =
            LeastSquares.randomData study.Samples study.Dimension study.MatrixScale study.TargetScale study.Bias (Key.named "data" seedKey)

        struct (matrix, target)

    /// <summary>The problem of one seed.</summary>
    /// <param name="study">Sizes, scales, noise and horizon of the study.</param>
    /// <param name="seedKey">Randomness of the seed's data.</param>
    let problem (study: LeastSquaresStudy) (seedKey: Key) : Problem =
        let struct (matrix, target) = data study seedKey
        problemOf study matrix target

    /// <summary>A contender that starts at W = 0 under the study's noise.</summary>
    /// <param name="label">Name of the curve in the table.</param>
    /// <param name="rule">The training rule.</param>
    let contender (label: string) (rule: Rule<'State>) : Contender =
        { Label = label
          Rule = Rule.pack rule
          Noise = None
          Start = fun problem -> Weights.zeros problem.Dimension }

    /// <summary>Curves of loss/D against k, one run per seed, smoothed and thinned to at most about 500 points.</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="study">Sizes, scales, noise and horizon of the study.</param>
    /// <param name="contenders">The rules to compare, each with its name.</param>
    /// <returns>The curves, and per contender the unsmoothed losses of every seed for what else is read off them.</returns>
    let run (budget: Budget) (key: Key) (study: LeastSquaresStudy) (contenders: Contender list) : (Series * Series) list =
        let steps = Budget.steps 20L budget study.Steps
        let seedKeys = if study.SharesData then [| key |] else Key.split budget.Seeds key
        let problems = seedKeys |> Array.map (problem study)

        let plan (contender: Contender) i =
            let settings =
                { Ensemble.settings (budget.Seeds / seedKeys.Length) steps (Key.named "noise" seedKeys[i]) with
                    Measures = [ Measure MeasureKind.Excess ]
                    TraceEvery = 1L }

            let noise = contender.Noise |> Option.defaultWith (fun () -> Noise.gaussian study.Deviation)
            Ensemble.planOf settings problems[i] noise contender.Rule FullBatch (contender.Start problems[i])

        let results =
            contenders
            |> Seq.collect (fun contender -> Seq.init seedKeys.Length (plan contender))
            |> Ensemble.runAll budget.Execution
            |> Array.chunkBySize seedKeys.Length
            |> List.ofArray

        let every = max 1 (int (steps / 500L))

        List.map2
            (fun (contender: Contender) results ->
                // The plotted error is the loss itself: excess and minimum, over D.
                let excess = Series.ofResults contender.Label 1.0 0 results

                let losses =
                    { excess with
                        Runs =
                            excess.Runs
                            |> Array.mapi (fun i run ->
                                run |> Array.map (fun value -> (value + problems[i % problems.Length].Minimum) / float study.Dimension)) }

                losses |> Series.smooth study.Smoothing |> Series.thin every, losses)
            contenders
            results
