namespace AnalogTheory

open System
open AnalogTheory.Kernels.Ensembles

/// The whole story in one picture: stationary error against the learning rate for Digital SGD, Analog SGD and Tiki-Taka.
[<RequireQualifiedAccess>]
module FloorAgainstStepSize =

    /// Parameters: f = (L/2)(w − w*)² with Gaussian noise, one weight.
    type Parameters =
        {
            /// L.
            Curvature: float
            /// w*.
            Minimizer: float
            /// τ.
            Radius: float
            /// σ.
            Deviation: float
            /// Learning rates: α of Digital and Analog SGD, β of Tiki-Taka.
            LearningRates: float list
            /// Tiki-Taka's α over β.
            TransferRatio: float
            /// Steps averaged, in units of 1/rate.
            Horizon: float
            /// Replicas per seed of the budget.
            ReplicasPerSeed: int
        }

    /// The problem of theory T9.
    let defaults: Parameters =
        { Curvature = 1.0
          Minimizer = 0.6
          Radius = 1.0
          Deviation = 0.3
          LearningRates = [ for i in 0..9 -> 0.5 / pown 2.0 i ]
          TransferRatio = 0.125
          Horizon = 400.0
          ReplicasPerSeed = 16 }

    /// The chains of one learning rate.
    let private rules parameters rate : (string * IRule) list =
        let device = AsymmetricLinear.create parameters.Radius

        [ "Digital SGD", Rule.pack (DigitalSgd.create rate)
          "Analog SGD", Rule.pack (AnalogSgd.create rate device)
          "Tiki-Taka", Rule.pack (TikiTaka.create (parameters.TransferRatio * rate) rate device) ]

    /// <summary>‖∇f‖² at the exact fixed point of Analog SGD.</summary>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let floor (parameters: Parameters) : float =
        let moments = Moments.gaussian parameters.Deviation

        MeanField.quadraticFloor (AsymmetricLinear.create parameters.Radius) 0.0 parameters.Curvature parameters.Minimizer (fun _ ->
            moments)

    /// <summary>Columns "series", "rate", "mean", "lower", "upper" and "S" (measured σ²S_K): stationary E‖∇f‖², averaged after a burn-in of half the horizon.</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table =
        let problem = Quadratic.isotropic 1 parameters.Curvature parameters.Minimizer
        let noise = Noise.gaussian parameters.Deviation
        let replicas = budget.Seeds * parameters.ReplicasPerSeed

        let jobs =
            [ for rate in parameters.LearningRates do
                  for label, rule in rules parameters rate do
                      let horizon = Budget.steps 50L budget (int64 (parameters.Horizon / rate))
                      let burnIn = horizon / 2L

                      let settings =
                          { Ensemble.settings
                                replicas
                                (horizon + burnIn)
                                (Key.named (FormattableString.Invariant $"{label}, {string rate}") key) with
                              Measures = [ Measure MeasureKind.GradientNormSquared; Measure(MeasureKind.Amplification, parameters.Radius) ]
                              AverageFrom = Some burnIn }

                      label, rate, Ensemble.planOf settings problem noise rule FullBatch (Weights.ofArray [| parameters.Minimizer |]) ]

        let results = Ensemble.runAll budget.Execution (jobs |> List.map (fun (_, _, plan) -> plan))
        let estimates = results |> Array.map (Ensemble.average 0)
        let squared = parameters.Deviation * parameters.Deviation

        Table.create
            "floor"
            ([ "series", Texts [| for label, _, _ in jobs -> label |]; "rate", Numbers [| for _, rate, _ in jobs -> rate |] ]
             @ Series.interval estimates
             @ [ "S", Numbers(results |> Array.map (fun result -> squared * (Ensemble.average 1 result).Mean)) ])
