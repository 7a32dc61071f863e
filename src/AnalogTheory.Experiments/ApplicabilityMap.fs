namespace AnalogTheory

/// Where in the plane of σ and β the bounds on Tiki-Taka say something (theory T6, T8), and how far T6 is from the exact second moment (T4).
[<RequireQualifiedAccess>]
module ApplicabilityMap =

    /// Parameters.
    type Parameters =
        {
            /// L.
            Curvature: float
            /// τ.
            Radius: float
            /// D of the conditions; the exact check is for D = 1.
            Dimension: int
            /// Smallest and largest σ.
            Deviation: float * float
            /// Smallest and largest β.
            LearningRate: float * float
            /// Points of the curves.
            Points: int
            /// Cells per axis of the exact check.
            Cells: int
            /// Gradients of the exact check, from 0 to 2Lτ.
            Gradients: int
        }

    /// L = τ = D = 1.
    let defaults: Parameters =
        { Curvature = 1.0
          Radius = 1.0
          Dimension = 1
          Deviation = 0.03, 1000.0
          LearningRate = 1e-10, 10.0
          Points = 241
          Cells = 48
          Gradients = 33 }

    /// Noise families with c of A5 in one coordinate of deviation 1, E|g + ε| ≥ cσ in D = 1.
    let families: (string * float * (float -> Moments)) list =
        [ "Rademacher", 1.0, (fun deviation -> Moments.twoPoint 0.5 deviation -deviation)
          "Gaussian", sqrt (2.0 / System.Math.PI), Moments.gaussian ]

    let private largestSquare (parameters: Parameters) (noiseFloor: float) (deviation: float) : float =
        41.0 * pown parameters.Curvature 2 * pown parameters.Radius 4 * float parameters.Dimension
        / pown (noiseFloor * deviation) 2

    let private rate limit (parameters: Parameters) (noiseFloor: float) (deviation: float) : float =
        limit parameters.Curvature parameters.Radius deviation parameters.Dimension noiseFloor

    /// <summary>σ above which P_max &amp;lt; τ, so that T6 says more than |P| ≤ τ: √41·Lτ√D/c.</summary>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    /// <param name="noiseFloor">c with E|g + ε_d| ≥ cσ for every g, dimensionless.</param>
    let informativeDeviation (parameters: Parameters) (noiseFloor: float) : float =
        sqrt (41.0 * float parameters.Dimension) * parameters.Curvature * parameters.Radius / noiseFloor

    /// <summary>σ above which Theorem 4's hypothesis 33P_max² &amp;lt; τ² holds: √(33·41)·Lτ√D/c.</summary>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    /// <param name="noiseFloor">c with E|g + ε_d| ≥ cσ for every g, dimensionless.</param>
    let theorem4Deviation (parameters: Parameters) (noiseFloor: float) : float = sqrt 33.0 * informativeDeviation parameters noiseFloor

    /// <summary>The largest exact stationary E P² over |∇f| ≤ 2Lτ, which is where ∇f lies while W and W* are in the box; ∞ where there is no stationary second moment.</summary>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    /// <param name="moments">Moments of the noise, which do not depend on the weight.</param>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    let exactSquare (parameters: Parameters) (moments: Moments) (learningRate: float) : float =
        let reach = 2.0 * parameters.Curvature * parameters.Radius

        Seq.init parameters.Gradients (fun i -> reach * float i / float (parameters.Gradients - 1))
        |> Seq.map (fun gradient ->
            match AuxiliaryMoments.tryStationary parameters.Radius learningRate (AuxiliaryMoments.gradient moments gradient) with
            | Some p -> p.SecondMoment
            | None -> infinity)
        |> Seq.max

    /// What the printed condition allows at L = .01, τ = 1, σ = .001, D = c = 1, ∇f = .005: its β, the repaired limit, P_max², the first k at which the
    /// exact E P_k² exceeds it, and E P_k² there.
    let counterexample () : struct (float * float * float * int * float) =
        let deviation, gradient, smoothness = 0.001, 0.005, 0.01
        let printed = BoundedAuxiliary.printedRate smoothness 1.0 deviation 1 1.0
        let bound = largestSquare { defaults with Curvature = smoothness } 1.0 deviation
        let g = AuxiliaryMoments.gradient (Moments.twoPoint 0.5 deviation -deviation) gradient

        let rec go k (p: AuxiliaryMoments) =
            if p.SecondMoment > bound then
                k, p.SecondMoment
            else
                go (k + 1) (AuxiliaryMoments.next 1.0 printed g p)

        let k, square = go 0 AuxiliaryMoments.zero
        struct (printed, BoundedAuxiliary.repairedRate smoothness 1.0 deviation 1 1.0, bound, k, square)

    /// <summary>
    /// The tables
    /// "limits": "series", "σ", "printed", "repaired" (largest β of T6), "P_max²";
    /// "thresholds": "series", "c", "informative", "theorem 4" (values of σ);
    /// "exact": "series", "σ", "β", "share" (exact E P² over P_max²; NaN where it is infinite).
    /// </summary>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (parameters: Parameters) : Table list =
        let low, high = log (fst parameters.Deviation), log (snd parameters.Deviation)
        let deviations = Array.init parameters.Points (fun i -> exp (low + (high - low) * float i / float (parameters.Points - 1)))

        let limits =
            [ for name, c, _ in families ->
                  Table.create
                      "limits"
                      [ "series", Texts(deviations |> Array.map (fun _ -> name))
                        "σ", Numbers deviations
                        "printed", Numbers(deviations |> Array.map (rate BoundedAuxiliary.printedRate parameters c))
                        "repaired", Numbers(deviations |> Array.map (rate BoundedAuxiliary.repairedRate parameters c))
                        "P_max²", Numbers(deviations |> Array.map (largestSquare parameters c)) ] ]
            |> Table.concat "limits"

        let thresholds =
            Table.create
                "thresholds"
                [ "series", Texts [| for name, _, _ in families -> name |]
                  "c", Numbers [| for _, c, _ in families -> c |]
                  "informative", Numbers [| for _, c, _ in families -> informativeDeviation parameters c |]
                  "theorem 4", Numbers [| for _, c, _ in families -> theorem4Deviation parameters c |] ]

        let cells =
            Array.allPairs
                (PhaseDiagram.centres parameters.Deviation parameters.Cells)
                (PhaseDiagram.centres parameters.LearningRate parameters.Cells)

        let exact =
            [ for name, c, moments in families ->
                  let share (deviation, rate) =
                      let square = exactSquare parameters (moments deviation) rate
                      if square = infinity then nan else square / largestSquare parameters c deviation

                  Table.create
                      "exact"
                      [ "series", Texts(cells |> Array.map (fun _ -> name))
                        "σ", Numbers(Array.map fst cells)
                        "β", Numbers(Array.map snd cells)
                        "share", Numbers(Array.map share cells) ] ]
            |> Table.concat "exact"

        [ limits; thresholds; exact ]
