namespace AnalogTheory

open AnalogTheory.Kernels.Ensembles

/// The floor of Analog SGD over dynamic range and noise: where it exists exactly, and where a finite learning rate hides it.
[<RequireQualifiedAccess>]
module PhaseDiagram =

    /// Parameters: f = (L/2)(w − w*)² with Gaussian noise, one weight.
    type Parameters =
        {
            /// L.
            Curvature: float
            /// w*, inside the smallest dynamic range.
            Minimizer: float
            /// α of the simulation.
            LearningRate: float
            /// Smallest and largest τ.
            Radius: float * float
            /// Smallest and largest σ.
            Deviation: float * float
            /// Cells per axis.
            Cells: int
            /// Averaged steps, in units of 1/(αL).
            Horizon: float
            /// Replicas per seed of the budget.
            ReplicasPerSeed: int
        }

    /// Two decades of τ against two and a half of σ.
    let defaults: Parameters =
        { Curvature = 1.0
          Minimizer = 0.5
          LearningRate = 0.01
          Radius = 0.6, 60.0
          Deviation = 0.01, 3.0
          Cells = 32
          Horizon = 100.0
          ReplicasPerSeed = 2 }

    /// <summary>Centres of n logarithmic cells between two ends.</summary>
    /// <param name="lower">Lower end, above 0.</param>
    /// <param name="upper">Upper end, above the lower one.</param>
    /// <param name="cells">Number of cells n ≥ 1.</param>
    let centres (lower: float, upper: float) (cells: int) : float[] =
        let low, high = log lower, log upper
        Array.init cells (fun i -> exp (low + (high - low) * (float i + 0.5) / float cells))

    /// <summary>Edges of n logarithmic cells between two ends.</summary>
    /// <param name="lower">Lower end, above 0.</param>
    /// <param name="upper">Upper end, above the lower one.</param>
    /// <param name="cells">Number of cells n ≥ 1.</param>
    let edges (lower: float, upper: float) (cells: int) : float[] =
        let low, high = log lower, log upper
        Array.init (cells + 1) (fun i -> exp (low + (high - low) * float i / float cells))

    /// <summary>
    /// Columns "τ", "σ²", "exact" (‖∇f‖² at the fixed point, α → 0), "measured" (stationary E‖∇f‖² at α), "error" (standard error),
    /// and "noise ball" (digital SGD's stationary E‖∇f‖² at the same α, αL²σ²·L⁻¹/(2 − αL)).
    /// </summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table =
        let problem = Quadratic.isotropic 1 parameters.Curvature parameters.Minimizer
        let grid = Array.allPairs (centres parameters.Radius parameters.Cells) (centres parameters.Deviation parameters.Cells)
        let horizon = Budget.steps 50L budget (int64 (parameters.Horizon / (parameters.LearningRate * parameters.Curvature)))
        let burnIn = horizon / 5L

        let plan i (radius, deviation) =
            let settings =
                { Ensemble.settings (budget.Seeds * parameters.ReplicasPerSeed) (horizon + burnIn) (Key.fold (uint64 i) key) with
                    Measures = [ Measure MeasureKind.GradientNormSquared ]
                    AverageFrom = Some burnIn }

            let rule = Rule.pack (AnalogSgd.create parameters.LearningRate (AsymmetricLinear.create radius))
            Ensemble.planOf settings problem (Noise.gaussian deviation) rule FullBatch (Weights.ofArray [| parameters.Minimizer |])

        let exact (radius, deviation) =
            let moments = Moments.gaussian deviation
            MeanField.quadraticFloor (AsymmetricLinear.create radius) 0.0 parameters.Curvature parameters.Minimizer (fun _ -> moments)

        let noiseBall (_, deviation) =
            let product = parameters.LearningRate * parameters.Curvature
            product * deviation * deviation / (2.0 - product)

        let measured = grid |> Array.mapi plan |> Ensemble.runAll budget.Execution |> Array.map (Ensemble.average 0)

        Table.create
            "floor"
            [ "τ", Numbers(Array.map fst grid)
              "σ²", Numbers(grid |> Array.map (fun (_, deviation) -> deviation * deviation))
              "exact", Numbers(Array.map exact grid)
              "measured", Numbers(measured |> Array.map _.Mean)
              "error", Numbers(measured |> Array.map _.StandardError)
              "noise ball", Numbers(Array.map noiseBall grid) ]
