namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// Table 1: rates and asymptotic errors, printed and measured.
[<RequireQualifiedAccess>]
module Table1 =

    let private defaults = ConvergenceRates.defaults

    let private printed =
        [ "Digital SGD", "*O*(√(σ²*L*Δ_{*f*}/*K*))", "0"
          "Analog SGD", "*O*(√(σ²*L*Δ_{*f*}/*K*)/(1 − *m*))", "4σ²*S*_{*K*}"
          "Tiki-Taka", "*O*(√(σ²*L*Δ_{*f*}/*K*)/(1 − 33*P*_{max}²/τ²))", "0"
          "Lower bound (Analog SGD)", "—", "4σ²*S*_{*K*} as printed; sharp constant 1" ]

    let private last (values: float[]) = values[values.Length - 1]

    let private draw (tables: Table list) =
        let rates = Curves.table "rates" tables

        let row (rule, rate, error) =
            let rows = Table.where "series" rule rates
            let means = Table.numbers "mean" rows
            let asymptote = ConvergenceRates.asymptote rule rates
            let bound = last (Table.numbers "S" rows)

            [ rule
              rate
              error
              Words.rounded 3 (last means)
              Words.rounded 2 asymptote
              (if rule.Contains "Analog" then
                   $"{Words.rounded 3 bound} (ratio {Words.rounded 3 (last means / bound)})"
               else
                   "—") ]

        let longest = last (Table.numbers "K" rates)

        Set
            { Heads =
                [ "Rule"
                  "Rate, printed"
                  "Asymptotic error, printed"
                  $"Measured average E‖∇*f*‖² at *K* = {Words.number longest}"
                  "Extrapolated to *K* → ∞"
                  "Measured σ²*S*_{*K*}" ]
              Rows = List.map row printed }

    /// The recipe.
    let recipe: Recipe =
        { Id = "table-1"
          Title = "Table 1. Rates and asymptotic errors, printed and measured"
          Caption =
            fun _ ->
                "Printed columns as in v1, with 1/(1 − *m*) spelled out. Measured columns: one quadratic weight, learning rates proportional to 1/√*K*, mean over replicas of the time average; "
                + "the extrapolation is a straight line in 1/√*K* through the four longest horizons. The lower bound's instance has saturation 0.5 and noise that follows the state."
          Parameters = fun () -> ParameterWords.ofRecord defaults
          Divergences = [ "The paper's table has printed columns only; the measured ones are ours." ]
          Notes = fun _ -> []
          Compute = fun budget key -> [ ConvergenceRates.run budget key defaults ]
          Draw = draw }
