namespace AnalogTheory

/// One curve of an experiment: its value in every independent run.
type Series =
    {
        /// What the curve is, such as "Analog SGD, α = 0.1".
        Label: string
        /// Abscissae.
        X: float[]
        /// Values by run and abscissa.
        Runs: float[][]
    }

/// Curves from runs, and tables from curves.
[<RequireQualifiedAccess>]
module Series =

    /// Level of all confidence bands.
    let level = 0.95

    /// <summary>Exponential average y_t = λ·y_{t−1} + (1−λ)·x_t of every run, as the paper smooths its curves; λ = 0 leaves them.</summary>
    /// <param name="factor">λ, from 0 (no smoothing) to below 1.</param>
    /// <param name="series">Values of every run at common abscissae.</param>
    let smooth (factor: float) (series: Series) : Series =
        Require.within "factor" 0.0 1.0 factor

        let average (run: float[]) =
            (run[0], run) ||> Array.scan (fun before value -> factor * before + (1.0 - factor) * value) |> Array.tail

        { series with Runs = Array.map average series.Runs }

    /// <summary>Every n-th point.</summary>
    /// <param name="every">n ≥ 1.</param>
    /// <param name="series">Values of every run at common abscissae.</param>
    let thin (every: int) (series: Series) : Series =
        let pick values = values |> Array.indexed |> Array.filter (fun (i, _) -> i % every = 0) |> Array.map snd

        { series with X = pick series.X; Runs = Array.map pick series.Runs }

    /// <summary>Runs from one traced measure of ensembles: one run per replica of each.</summary>
    /// <param name="label">Name of the series in a table.</param>
    /// <param name="scale">Factor of every value.</param>
    /// <param name="measure">Index of the measure in the ensemble's list, from 0.</param>
    /// <param name="results">What the driver returned, traced.</param>
    let ofResults (label: string) (scale: float) (measure: int) (results: Kernels.Ensembles.EnsembleResult[]) : Series =
        let run (result: Kernels.Ensembles.EnsembleResult) replica =
            Array.init result.Plan.TracePoints (fun t -> scale * result.Trace(measure, t)[replica])

        { Label = label
          X = Ensemble.tracedSteps results[0]
          Runs =
            [| for result in results do
                   for replica in 0 .. result.Plan.Replicas - 1 -> run result replica |] }

    /// <summary>Runs from the losses of a rank-1 training plan.</summary>
    /// <param name="label">Label of the curve.</param>
    /// <param name="scale">Factor of the losses.</param>
    /// <param name="replicas">Replicas of the plan.</param>
    /// <param name="every">Steps between recorded points.</param>
    /// <param name="losses">Loss of replica r at point t, at t·R + r.</param>
    let ofLosses (label: string) (scale: float) (replicas: int) (every: int) (losses: float[]) : Series =
        let points = losses.Length / replicas

        { Label = label
          X = Array.init points (fun t -> float (t * every))
          Runs = Array.init replicas (fun r -> Array.init points (fun t -> scale * losses[t * replicas + r])) }

    /// <summary>Mean over runs at every abscissa.</summary>
    /// <param name="series">Values of every run at common abscissae.</param>
    let estimates (series: Series) : Estimate[] =
        Array.init series.X.Length (fun t -> Estimate.ofArray (series.Runs |> Array.map (fun run -> run[t])))

    /// <summary>Columns "mean", "lower", "upper": means and the ends of their 95 % confidence intervals (Student's t over replicas).</summary>
    /// <param name="estimates">One estimate an abscissa.</param>
    let interval (estimates: Estimate[]) : (string * Column) list =
        let half = estimates |> Array.map (Estimate.halfWidth level)

        [ "mean", Numbers(estimates |> Array.map _.Mean)
          "lower", Numbers(Array.map2 (fun (e: Estimate) h -> e.Mean - h) estimates half)
          "upper", Numbers(Array.map2 (fun (e: Estimate) h -> e.Mean + h) estimates half) ]

    /// <summary>Columns "series", x, "mean", "lower", "upper": the mean and the ends of its 95 % confidence interval (Student's t over runs).</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="x">Name of the column of abscissae.</param>
    /// <param name="series">The series, one under the other.</param>
    let toTable (name: string) (x: string) (series: Series list) : Table =
        let table (curve: Series) =
            Table.create
                name
                ([ "series", Texts(Array.create curve.X.Length curve.Label); x, Numbers curve.X ] @ interval (estimates curve))

        series |> List.map table |> Table.concat name
