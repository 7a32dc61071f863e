namespace AnalogTheory

open System

/// Figure 4 of the paper: Analog SGD against the dynamic range τ, the noise σ², and the start.
[<RequireQualifiedAccess>]
module Ablations =

    /// The problem of figures 3 and 4 left.
    let figure3Study: LeastSquaresStudy =
        { Samples = 100
          Dimension = 40
          MatrixScale = 0.5
          TargetScale = 0.3
          Bias = 0.0
          HasBiasWeight = false
          Loss = HalfMean
          Deviation = 0.1
          Steps = 500L
          Smoothing = 0.8
          SharesData = false }

    /// Parameters of figure 4 left.
    type RadiusParameters =
        {
            /// Problem and noise.
            Study: LeastSquaresStudy
            /// α.
            LearningRate: float
            /// τ of the curves.
            Radii: float list
        }

    /// As in v1's appendix I.
    let radiusDefaults: RadiusParameters =
        { Study = figure3Study
          LearningRate = 0.03
          Radii = [ 2.0; 3.0; 5.0; 10.0; 20.0; 50.0 ] }

    let private curves name budget key study contenders =
        LeastSquaresStudy.run budget key study contenders |> List.map fst |> Series.toTable name "k"

    /// <summary>Error against k for every τ, and for digital SGD.</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>radiusDefaults</c> are those of the figure.</param>
    let radius (budget: Budget) (key: Key) (parameters: RadiusParameters) : Table =
        let analog radius =
            LeastSquaresStudy.contender $"τ = {string radius}" (AnalogSgd.create parameters.LearningRate (AsymmetricLinear.create radius))

        curves
            "curves"
            budget
            key
            parameters.Study
            (List.map analog parameters.Radii
             @ [ LeastSquaresStudy.contender "Digital SGD" (DigitalSgd.create parameters.LearningRate) ])

    /// Parameters of figure 4 middle.
    type VarianceParameters =
        {
            /// Problem; its deviation is replaced.
            Study: LeastSquaresStudy
            /// α.
            LearningRate: float
            /// τ.
            Radius: float
            /// Variances per coordinate of the curves.
            Variances: float list
        }

    /// As in v1's appendix I.
    let varianceDefaults: VarianceParameters =
        { Study =
            { figure3Study with
                Dimension = 50
                MatrixScale = 1.0
                TargetScale = 0.5
                Steps = 200L }
          LearningRate = 0.1
          Radius = 2.0
          Variances = [ 1e-3; 1e-2; 1e-1; 1.0 ] }

    /// <summary>Error against k for every σ².</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>varianceDefaults</c> are those of the figure.</param>
    let variance (budget: Budget) (key: Key) (parameters: VarianceParameters) : Table =
        let rule = AnalogSgd.create parameters.LearningRate (AsymmetricLinear.create parameters.Radius)

        let contender variance =
            { LeastSquaresStudy.contender $"σ² = {string variance}" rule with
                Noise = Some(Noise.gaussian (sqrt variance)) }

        curves "curves" budget key parameters.Study (List.map contender parameters.Variances)

    /// Parameters of figure 4 right.
    type StartParameters =
        {
            /// Problem and noise.
            Study: LeastSquaresStudy
            /// α.
            LearningRate: float
            /// τ.
            Radius: float
            /// Constant starts, before the device clips them.
            Constants: float list
            /// Numbers of noise-free digital steps from 0 that make the other starts.
            DigitalSteps: int64 list
        }

    /// As in v1's appendix I.
    let startDefaults: StartParameters =
        { Study =
            { figure3Study with
                Dimension = 50
                MatrixScale = 1.0
                TargetScale = 0.5
                Bias = 0.1
                HasBiasWeight = true
                Loss = Mean
                Deviation = 0.01 / sqrt 50.0
                Steps = 50L
                Smoothing = 0.0 }
          LearningRate = 0.1
          Radius = 1.0
          Constants = [ 1e3; 1e2; 1e1; 1.0; 1e-2 ]
          DigitalSteps = [ 10L; 20L; 30L ] }

    /// <summary>The starts that differ on the device, with their labels: those that it clips to the same weight are one.</summary>
    /// <param name="parameters">The experiment's parameters; <c>startDefaults</c> are those of the figure.</param>
    let starts (parameters: StartParameters) : (string * (Problem -> Weights)) list =
        let clip = Weights.map (fun w -> max -parameters.Radius (min parameters.Radius w))

        let digital steps (problem: Problem) =
            // Without noise the key makes no difference.
            let chain = Chain.create problem Noise.none (DigitalSgd.create parameters.LearningRate) (Weights.zeros problem.Dimension)
            (Chain.run (Key.ofSeed 0UL) 0u steps chain).State

        let constants =
            parameters.Constants
            |> List.groupBy (fun value -> max -parameters.Radius (min parameters.Radius value))
            |> List.map (fun (clipped, values) ->
                let names = values |> List.sort |> List.map string |> String.concat ", "
                let note = if values |> List.exists ((<>) clipped) then " (clipped)" else ""
                $"W₀ = {names}{note}", (fun (problem: Problem) -> Weights.constant problem.Dimension clipped))

        constants
        @ [ for steps in parameters.DigitalSteps -> FormattableString.Invariant $"{steps} digital steps", digital steps >> clip ]

    /// <summary>Error against k from every start.</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>startDefaults</c> are those of the figure.</param>
    let start (budget: Budget) (key: Key) (parameters: StartParameters) : Table =
        let rule = AnalogSgd.create parameters.LearningRate (AsymmetricLinear.create parameters.Radius)

        [ for label, start in starts parameters -> { LeastSquaresStudy.contender label rule with Start = start } ]
        |> curves "curves" budget key parameters.Study
