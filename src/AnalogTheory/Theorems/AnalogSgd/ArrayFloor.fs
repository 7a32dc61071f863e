namespace AnalogTheory

open System

/// Analog SGD on a problem in any number of dimensions, one device for all elements.
[<NoEquality; NoComparison>]
type ArrayFloorSetting =
    {
        /// Convex problem; its Hessian may couple the coordinates.
        Problem: Problem
        /// Device of every element; symmetric point 0.
        Device: Device
        /// ε; the claims need moments per coordinate only, so coordinates may depend on each other.
        Noise: Noise
    }

/// <summary>Claims S6 and S7 in D dimensions: the floor at the fixed point of the expected step, and the penalised problem that stands for it.</summary>
/// <remarks>
/// S6: at the fixed point ∇f_d = −ρ_d·E|∇f_d + ε_d|, ρ = G/F, so that ‖∇f‖² ≤ max ρ²·(‖∇f‖² + σ²). S7: there the residual r_d = ∇f_d + ρ_d·E|ε_d| of the
/// penalised problem is at most ρ_d²E|ε_d|/(1−|ρ_d|) as in one dimension, and ∇f + ρE|ε| is μ-strongly monotone where no ρ decreases, so that the
/// distance is at most ‖r‖/μ, whether or not the Hessian couples coordinates.
/// </remarks>
[<RequireQualifiedAccess>]
module ArrayFloor =

    let private convexName = "μ > 0"
    let private rangeName = "|G| < F at the fixed point"
    let private ratio setting w = setting.Device.Asymmetric w / setting.Device.Symmetric w

    // Follows −velocity until it no longer moves; NaN where it does not settle.
    let private settle (setting: ArrayFloorSetting) (velocity: Weights -> Weights) : Weights =
        let rate = 0.5 / setting.Problem.Smoothness

        let rec follow steps (w: Weights) =
            let v = velocity w
            let size = Weights.largest v

            if size <= 1e-14 * setting.Problem.Smoothness then w
            elif steps = 0 || not (Double.IsFinite size) then Weights.map (fun _ -> nan) w
            else follow (steps - 1) (Weights.map2 (fun w v -> w - rate * v) w v)

        follow 20000 (Weights.map (fun w -> Math.Clamp(w, -0.5, 0.5)) setting.Problem.Minimizer)

    let private meanAbsolute setting w d slope = (setting.Noise.Moments w d).MeanAbsolute slope

    /// <summary>Where the expected step of Analog SGD vanishes in every coordinate.</summary>
    /// <param name="setting">Objective, device and noise of an array.</param>
    let fixedPoint (setting: ArrayFloorSetting) : Weights =
        settle setting (fun w ->
            let gradient = setting.Problem.Gradient w

            Weights.ofSeq (
                seq {
                    for d in 0 .. w.Length - 1 ->
                        setting.Device.Symmetric w[d] * gradient[d]
                        + setting.Device.Asymmetric w[d] * meanAbsolute setting w d gradient[d]
                }
            ))

    /// <summary>Where f(W) + Σ_d E|ε_d|·R(w_d), R′ = G/F, is least.</summary>
    /// <param name="setting">Objective, device and noise of an array.</param>
    let penalised (setting: ArrayFloorSetting) : Weights =
        settle setting (fun w ->
            let gradient = setting.Problem.Gradient w
            Weights.ofSeq (seq { for d in 0 .. w.Length - 1 -> gradient[d] + ratio setting w[d] * meanAbsolute setting w d 0.0 }))

    let private floor setting w = Weights.normSquared (setting.Problem.Gradient w)

    let private formula setting : Comparison =
        let w = fixedPoint setting
        let gradient = setting.Problem.Gradient w

        let expected =
            Seq.sum (seq { for d in 0 .. w.Length - 1 -> pown (ratio setting w[d] * meanAbsolute setting w d gradient[d]) 2 })

        Comparison.equal (1e-10 * (1.0 + expected)) (floor setting w) expected

    let private ceiling setting : Comparison =
        let w = fixedPoint setting
        let a = Seq.fold (fun largest d -> Math.Max(largest, pown (ratio setting w[d]) 2)) 0.0 (seq { 0 .. w.Length - 1 })
        let bound = Noise.variance setting.Noise w * a / (1.0 - a)
        // The fixed point is good to 10⁻¹⁴.
        { Claim.atMost 0.0 (floor setting w) bound with
            Margin = bound - floor setting w + 1e-12 }

    let private penalty setting : Comparison =
        let w, minimum = fixedPoint setting, penalised setting
        let rho d = abs (ratio setting w[d])
        let residual d = pown (rho d) 2 * meanAbsolute setting w d 0.0 / (1.0 - rho d)
        let bound = sqrt (Seq.sumBy (residual >> fun r -> r * r) (seq { 0 .. w.Length - 1 })) / setting.Problem.StrongConvexity
        let distance = sqrt (Weights.normSquared (Weights.map2 (-) w minimum))
        { Comparison.atMost distance bound with Margin = bound - distance + 1e-12 }

    let private hypotheses: Hypothesis<ArrayFloorSetting> list =
        [ Claim.hypothesis convexName (fun setting -> Math.BitDecrement setting.Problem.StrongConvexity)
          Claim.hypothesis rangeName (fun setting ->
              let w = fixedPoint setting

              Seq.fold
                  (fun least d -> Math.Min(least, setting.Device.Symmetric w[d] - abs (setting.Device.Asymmetric w[d])))
                  infinity
                  (seq { 0 .. w.Length - 1 })) ]

    // Problems -----------------------------------------------------------------------------------------------------------------------

    let private separable =
        [ Quadratic.diagonal [| 1.0; 0.25 |] [| 0.6; -0.4 |]
          Quadratic.diagonal [| 1.0; 2.0; 0.5 |] [| 0.6; -0.3; 0.1 |]
          Quadratic.diagonal [| 1.0; 0.8; 0.6; 0.4; 0.2 |] [| 0.5; -0.5; 0.4; 0.0; -0.2 |] ]

    let private coupled =
        [ Quadratic.dense (array2D [ [ 1.0; 0.6 ]; [ 0.6; 0.8 ] ]) [| 0.6; -0.4 |]
          Quadratic.dense (array2D [ [ 1.0; -0.4; 0.2 ]; [ -0.4; 0.7; 0.3 ]; [ 0.2; 0.3; 0.9 ] ]) [| 0.6; 0.3; -0.2 |]
          LeastSquares.create
              LeastSquaresLoss.HalfSum
              (array2D
                  [ [ 0.8; 0.3; -0.2; 0.1 ]
                    [ 0.1; 0.7; 0.4; 0.0 ]
                    [ -0.3; 0.2; 0.9; 0.3 ]
                    [ 0.2; 0.0; 0.1; 0.6 ]
                    [ 0.4; 0.1; -0.2; 0.5 ] ])
              [| 0.5; -0.2; 0.3; 0.1; 0.2 |] ]

    let private noises = [ Noise.gaussian 0.1; Noise.gaussian 0.6; Noise.rademacher 0.3; Noise.twoPoint 0.3 0.2 ]

    let private settings device noises problems =
        [ for problem in problems do
              for noise in noises -> { Problem = problem; Device = device; Noise = noise } ]

    let private linear = AsymmetricLinear.create 1.0

    let private instances =
        [ "separable quadratics, D = 2, 3, 5", settings linear noises separable
          "coupled quadratics and least squares, D = 2, 3, 4", settings linear noises coupled
          "coupled, noise that depends on the weights", settings linear [ Noise.stateDependentTwoPoint 0.3 1.0 ] coupled
          "the lower bound's instance, D = 4, where ceiling and floor meet",
          [ for r in [ 0.2; 0.5; 0.7 ] do
                let instance = LowerBoundInstance.ofSaturation 1.0 1.0 0.6 4 r

                { Problem = LowerBoundInstance.problem instance
                  Device = linear
                  Noise = LowerBoundInstance.noise instance } ] ]

    // A coupled quadratic in two dimensions, its smaller eigenvalue of either sign, on the linear device.
    let private indefinite (point: float[]) : ArrayFloorSetting =
        let least, largest, angle = point[0], point[1], point[2]
        let c, s = cos angle, sin angle

        let hessian =
            array2D
                [ [ least * c * c + largest * s * s; (largest - least) * c * s ]
                  [ (largest - least) * c * s; least * s * s + largest * c * c ] ]

        let minimizer = [| point[3]; point[4] |]

        let problem =
            if least > 0.0 then
                Quadratic.dense hessian minimizer
            else
                // The same objective with its constants as they are: a saddle.
                { Quadratic.dense (array2D [ [ largest; 0.0 ]; [ 0.0; largest ] ]) minimizer with
                    Objective =
                        Kernels.Objectives.DenseQuadratic([| hessian[0, 0]; hessian[0, 1]; hessian[1, 0]; hessian[1, 1] |], minimizer)
                    StrongConvexity = least
                    IsConvex = false }

        { Problem = problem; Device = linear; Noise = Noise.twoPoint point[5] point[6] }

    let private necessity compare =
        Search.necessityWithin
            300
            hypotheses
            [ Search.freed convexName "μ" -0.5 0.5 0.2
              Search.free "L" 0.5 2.0
              Search.free "angle" 0.0 1.5
              Search.free "w*₁" -1.5 1.5
              Search.free "w*₂" -1.5 1.5
              Search.free "s" 0.05 1.0
              Search.free "p" 0.1 0.9 ]
            indefinite
            compare

    let private theorem id source statement instances compare : ITheorem =
        Theorem.pack
            { Id = id
              Source = source
              Variant = "D dimensions"
              Statement = statement
              Hypotheses = hypotheses |> List.map Claim.onAll
              Instances = instances
              Evidence = ByComputation(List.map compare)
              Necessity = necessity compare }

    /// The claims of this file.
    let all: ITheorem list =
        [ theorem
              "S6-formula-array"
              (Source.derived "S6")
              "fixed point in D dimensions ⇒ ‖∇f‖² = Σ_d (w_d²/τ²)(E|∇f_d + ε_d|)²"
              instances
              formula
          theorem
              "S6-ceiling-array"
              (Source.derived "S6")
              "fixed point in D dimensions, a = ‖W‖∞²/τ² < 1 ⇒ ‖∇f‖² ≤ σ²a/(1−a), σ² of the whole vector"
              instances
              ceiling
          theorem
              "S7-array"
              (Source.sequel "Theorem 1")
              "D dimensions: ‖fixed point − argmin(f + Σ_d E|ε_d|·R(w_d))‖ ≤ ‖(ρ_d²E|ε_d|/(1−|ρ_d|))_d‖/μ, ρ = G/F = R′"
              (instances[..1]
               @ [ "power device τ = 1, γ = 2; separable and coupled", settings (SymmetricPower.create 1.0 2.0) noises (separable @ coupled) ])
              penalty ]
