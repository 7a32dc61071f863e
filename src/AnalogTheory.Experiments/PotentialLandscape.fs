namespace AnalogTheory

open System
open AnalogTheory.Kernels.Ensembles

/// The potential V of Analog SGD beside f, and where chains of small learning rates are found: a double well on one weight, and on two.
[<RequireQualifiedAccess>]
module PotentialLandscape =

    /// Parameters: ε = ±s in every coordinate, one asymmetric linear device.
    type Parameters =
        {
            /// τ.
            Radius: float
            /// w⋄.
            SymmetricPoint: float
            /// s.
            Deviation: float
            /// a of the wells (w² − a²)².
            Well: float
            /// k of the second problem, (w₁² − a²)² + (k/2)(w₂ − w₁)².
            Coupling: float
            /// Learning rates on one weight.
            LearningRates: float list
            /// Learning rate on two weights.
            PlaneRate: float
            /// Half of the interval, or square, that is shown.
            Shown: float
            /// Cells along it on one weight.
            Cells: int
            /// Cells along each side on two weights.
            PlaneCells: int
            /// Steps before the first look, in units of 1/α.
            BurnIn: float
            /// Looks at every replica, 4/α steps apart.
            Looks: int
            /// Replicas per seed.
            ReplicasPerSeed: int
        }

    /// w⋄ = .02, so that V prefers one of two equal wells.
    let defaults: Parameters =
        { Radius = 1.0
          SymmetricPoint = 0.02
          Deviation = 0.3
          Well = 0.4
          Coupling = 0.3
          LearningRates = [ 0.2; 0.1; 0.05 ]
          PlaneRate = 0.03
          Shown = 0.6
          Cells = 60
          PlaneCells = 48
          BurnIn = 1500.0
          Looks = 100
          ReplicasPerSeed = 256 }

    /// <summary>The device.</summary>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let device (parameters: Parameters) : Device = AsymmetricLinear.createAt parameters.Radius parameters.SymmetricPoint

    let private noise parameters = Moments.twoPoint 0.5 parameters.Deviation -parameters.Deviation

    /// <summary>(w² − a²)².</summary>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let scalar (parameters: Parameters) : Problem = NonConvex.doubleWell 1 parameters.Well 0.0 1.0

    /// <summary>(w₁² − a²)² + (k/2)(w₂ − w₁)².</summary>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let plane (parameters: Parameters) : Problem =
        let a, k = parameters.Well, parameters.Coupling

        UserDefinedProblem.ofSpans
            "coupled double well"
            { UserDefinedProblem.constants (12.0 + 2.0 * k) with Domain = 1.0 }
            [| a; a |]
            (Kernels.Objectives.LossFunction(fun w -> pown (w[0] * w[0] - a * a) 2 + 0.5 * k * pown (w[1] - w[0]) 2))
            (Kernels.Objectives.GradientFunction(fun w gradient ->
                gradient[0] <- 4.0 * w[0] * (w[0] * w[0] - a * a) - k * (w[1] - w[0])
                gradient[1] <- k * (w[1] - w[0])))
            None

    // All looks at all replicas: one array per coordinate.
    let private sample (budget: Budget) (key: Key) parameters rate (problem: Problem) : float[][] =
        let steps = Budget.steps 10L budget (int64 (parameters.BurnIn / rate))
        let every = max 1L (int64 (4.0 / rate))
        let looks = int64 parameters.Looks

        let settings =
            { Ensemble.settings (budget.Seeds * parameters.ReplicasPerSeed) (steps + looks * every) key with
                Measures = [ for d in 0 .. problem.Dimension - 1 -> Measure(MeasureKind.Weight, 1.0, 0.0, d) ]
                TraceEvery = every }

        let start = Weights.constant problem.Dimension parameters.SymmetricPoint
        let rule = Rule.pack (AnalogSgd.create rate (device parameters))
        let plan = Ensemble.planOf settings problem (Noise.rademacher parameters.Deviation) rule FullBatch start
        let result = (Ensemble.runAll budget.Execution [ plan ])[0]
        let first = result.Plan.TracePoints - parameters.Looks

        [| for d in 0 .. problem.Dimension - 1 ->
               [| for t in first .. result.Plan.TracePoints - 1 do
                      yield! result.Trace(d, t).ToArray() |] |]

    let private edges parameters cells = Array.init (cells + 1) (fun i -> parameters.Shown * (2.0 * float i / float cells - 1.0))

    let private centres parameters cells = edges parameters cells |> Array.pairwise |> Array.map (fun (a, b) -> 0.5 * (a + b))

    let private cellOf parameters cells (w: float) = int (floor ((w / parameters.Shown + 1.0) / 2.0 * float cells))

    // What a diffusion with the mean and the variance of the steps settles to: e^{−(2/α)∫FκV′/a}/a, a the variance over α², normalised over the cells.
    let private diffusion parameters rate (slope: float -> float) (cells: int) : float[] =
        let device, noise = device parameters, noise parameters
        let fine = 40
        let count = cells * fine
        let h = 2.0 * parameters.Shown / float count

        let at w =
            let response = device.Law.At(Kernels.Algebra.Scalar w)
            let f, g, slope = response.Symmetric.Value, response.Asymmetric.Value, slope w
            let mean = f * slope + g * noise.MeanAbsolute slope
            let square = (f * f + g * g) * (slope * slope + noise.SecondMoment) + 2.0 * f * g * noise.MeanSignedSquare slope
            struct (mean, square - mean * mean)

        // Trapezoids from the left end.
        let points = Array.init (count + 1) (fun i -> at (-parameters.Shown + h * float i))
        let pull = points |> Array.map (fun struct (mean, variance) -> mean / variance)
        let exponent = Array.scan (fun sum i -> sum + 0.5 * h * (pull[i] + pull[i + 1])) 0.0 [| 0 .. count - 1 |]
        let least = Array.min exponent

        let weights = Array.map2 (fun (struct (_, variance)) sum -> exp (-2.0 / rate * (sum - least)) / variance) points exponent

        let total = h * Array.sum weights
        Array.init cells (fun cell -> (Array.average weights[cell * fine .. (cell + 1) * fine]) / total)

    // Where V is least near a start, by its own descent.
    let private descend (gradient: Weights -> Weights) (start: float[]) : Weights =
        Seq.fold (fun w _ -> Weights.map2 (fun w g -> w - 0.5 * g) w (gradient w)) (Weights.ofArray start) (seq { 1..400 })

    /// <summary>
    /// The tables
    /// "landscape": "w", "f", "V" (both from their least value);
    /// "density": "series", "w", "density" (simulated), "predicted" (a diffusion with the steps' mean −αFκV′ and their variance);
    /// "plane": "w1", "w2", "density", "f", "V";
    /// "minima": "series", "w1", "w2", "V" of the minima of f and of V on two weights.
    /// </summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table list =
        let device, noise = device parameters, noise parameters
        let one, two = scalar parameters, plane parameters
        let value (problem: Problem) (w: float[]) = Potential.value device problem noise (Weights.ofArray w)

        let landscape =
            let ws = Array.init 241 (fun i -> parameters.Shown * (float i / 120.0 - 1.0))
            let f, v = ws |> Array.map (fun w -> one.Excess(Weights.ofArray [| w |])), ws |> Array.map (fun w -> value one [| w |])
            let fromLeast values = let least = Array.min values in values |> Array.map (fun value -> value - least)
            Table.create "landscape" [ "w", Numbers ws; "f", Numbers(fromLeast f); "V", Numbers(fromLeast v) ]

        let density =
            [ for rate in parameters.LearningRates do
                  let ws = (sample budget (Key.named $"one weight, α = {string rate}" key) parameters rate one)[0]
                  let cells = parameters.Cells
                  let width = 2.0 * parameters.Shown / float cells
                  let counts = Array.zeroCreate<float> cells

                  for w in ws do
                      let cell = cellOf parameters cells w
                      if cell >= 0 && cell < cells then counts[cell] <- counts[cell] + 1.0

                  let centres = centres parameters cells

                  Table.create
                      "density"
                      [ "series", Texts(centres |> Array.map (fun _ -> (FormattableString.Invariant $"α = {string rate}")))
                        "w", Numbers centres
                        "density", Numbers(counts |> Array.map (fun count -> count / (float ws.Length * width)))
                        "predicted", Numbers(diffusion parameters rate (fun w -> (one.Gradient(Weights.ofArray [| w |]))[0]) cells) ] ]
            |> Table.concat "density"

        let plane =
            let samples = sample budget (Key.named "two weights" key) parameters parameters.PlaneRate two
            let cells = parameters.PlaneCells
            let area = pown (2.0 * parameters.Shown / float cells) 2
            let counts = Array.zeroCreate<float>(cells * cells)

            for i in 0 .. samples[0].Length - 1 do
                let a, b = cellOf parameters cells (samples[0][i]), cellOf parameters cells (samples[1][i])

                if a >= 0 && a < cells && b >= 0 && b < cells then
                    counts[b * cells + a] <- counts[b * cells + a] + 1.0

            let centres = centres parameters cells

            let at f =
                [| for b in 0 .. cells - 1 do
                       for a in 0 .. cells - 1 -> f [| centres[a]; centres[b] |] |]

            let potential = at (value two)

            Table.create
                "plane"
                [ "w1", Numbers(at Array.head)
                  "w2", Numbers(at Array.last)
                  "density", Numbers(counts |> Array.map (fun count -> count / (float samples[0].Length * area)))
                  "f", Numbers(at (fun w -> two.Excess(Weights.ofArray w)))
                  "V", Numbers potential ]

        let minima =
            let a = parameters.Well

            let found =
                [ for start in [ [| a; a |]; [| -a; -a |] ] do
                      "minimum of *f*", Weights.ofArray start
                      "minimum of *V*", descend (Potential.gradient device two noise) start ]

            Table.create
                "minima"
                [ "series", Texts [| for name, _ in found -> name |]
                  "w1", Numbers [| for _, w in found -> w[0] |]
                  "w2", Numbers [| for _, w in found -> w[1] |]
                  "V", Numbers [| for _, w in found -> value two (Weights.toArray w) |] ]

        [ landscape; density; plane; minima ]
