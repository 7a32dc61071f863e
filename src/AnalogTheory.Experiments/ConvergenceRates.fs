namespace AnalogTheory

open System
open AnalogTheory.Kernels.Ensembles
open MathNet.Numerics

/// Table 1 of the paper with measured columns beside the printed ones: the rate in K and the asymptotic error of every rule.
[<RequireQualifiedAccess>]
module ConvergenceRates =

    /// Parameters: f = (L/2)(w − w*)², one weight; α = c/√K as the theorems choose it.
    type Parameters =
        {
            /// The problem.
            Problem: FloorAgainstStepSize.Parameters
            /// Horizons K.
            Horizons: int64 list
            /// α = β = Rate/√K.
            Rate: float
            /// Replicas per seed of the budget.
            ReplicasPerSeed: int
        }

    /// The problem of theory T9, K from 2⁸ to 2¹⁸.
    let defaults: Parameters =
        { Problem = { FloorAgainstStepSize.defaults with TransferRatio = 0.5 }
          Horizons = [ for i in 8..2..18 -> 1L <<< i ]
          Rate = 4.0
          ReplicasPerSeed = 8 }

    /// <summary>Columns "series", "K", "mean", "lower", "upper": (1/K)Σ E‖∇f(W_k)‖² from W₀ = 0, and "S": measured σ²S_K.</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table =
        let setting = parameters.Problem
        let problem = Quadratic.isotropic 1 setting.Curvature setting.Minimizer
        let device = AsymmetricLinear.create setting.Radius
        let gaussian = Noise.gaussian setting.Deviation

        // The lower bound's instance with the same saturation: W₀ = w*, noise that follows the state.
        let saturation = 0.5
        let bound = setting.Deviation / setting.Curvature * saturation / sqrt (1.0 - saturation * saturation)
        let boundProblem = Quadratic.isotropic 1 setting.Curvature (saturation * setting.Radius + bound)
        let boundNoise = Noise.stateDependentTwoPoint setting.Deviation setting.Radius

        let contenders rate =
            [ "Digital SGD", problem, gaussian, Rule.pack (DigitalSgd.create rate), Weights.zeros 1
              "Analog SGD", problem, gaussian, Rule.pack (AnalogSgd.create rate device), Weights.zeros 1
              "Tiki-Taka", problem, gaussian, Rule.pack (TikiTaka.create (setting.TransferRatio * rate) rate device), Weights.zeros 1
              "Lower bound (Analog SGD)", boundProblem, boundNoise, Rule.pack (AnalogSgd.create rate device), boundProblem.Minimizer ]

        let jobs =
            [ for horizon in parameters.Horizons do
                  let steps = Budget.steps 16L budget horizon

                  for label, problem, noise, rule, start in contenders (parameters.Rate / sqrt (float horizon)) do
                      let settings =
                          { Ensemble.settings
                                (budget.Seeds * parameters.ReplicasPerSeed)
                                steps
                                (Key.named (FormattableString.Invariant $"{label}, {horizon}") key) with
                              Measures = [ Measure MeasureKind.GradientNormSquared; Measure(MeasureKind.Amplification, setting.Radius) ]
                              AverageFrom = Some 0L }

                      label, float horizon, Ensemble.planOf settings problem noise rule FullBatch start ]

        let results = Ensemble.runAll budget.Execution (jobs |> List.map (fun (_, _, plan) -> plan))
        let estimates = results |> Array.map (Ensemble.average 0)

        Table.create
            "rates"
            ([ "series", Texts [| for label, _, _ in jobs -> label |]; "K", Numbers [| for _, horizon, _ in jobs -> horizon |] ]
             @ Series.interval estimates
             @ [ "S", Numbers(results |> Array.map (fun result -> setting.Deviation * setting.Deviation * (Ensemble.average 1 result).Mean)) ])

    /// <summary>Asymptotic error: a of the least-squares fit a + b/√K + c/K to the five largest horizons, relative errors weighted alike.</summary>
    /// <param name="series">Name of the series in the table.</param>
    /// <param name="rates">The table that <c>run</c> gives.</param>
    let asymptote (series: string) (rates: Table) : float =
        let rows = Table.where "series" series rates
        let horizons, means = Table.numbers "K" rows, Table.numbers "mean" rows
        let last = min 5 horizons.Length
        let tail (values: float[]) = Array.skip (values.Length - last) values
        let x = tail horizons |> Array.map (fun k -> 1.0 / sqrt k)
        let y = tail means
        Fit.PolynomialWeighted(x, y, y |> Array.map (fun value -> 1.0 / (value * value)), min 2 (last - 1))[0]
