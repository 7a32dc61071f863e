namespace AnalogTheory.Figures

open System
open AnalogTheory
open AnalogTheory.Plotting

/// Figure 1: digital and analog SGD at several learning rates.
[<RequireQualifiedAccess>]
module Figure1 =

    let private defaults = StepSizeAblation.defaults

    let private curvesPanel rule kind index0 (tables: Table list) : Mark list =
        let curves = Curves.table "curves" tables

        Curves.labels "series" curves
        |> List.filter _.StartsWith(rule + ",", StringComparison.Ordinal)
        |> List.mapi (fun i label ->
            let rows = Table.where "series" label curves
            let name = label.Substring(label.IndexOf 'α')
            let colour = Palette.at i
            let xs = Table.numbers "k" rows

            [ Mark.band name colour xs (Table.numbers "lower" rows) (Table.numbers "upper" rows)
              Mark.lineWithMarkers name (Stroke.thin colour) (Marker.make (kind (i + index0)) colour) 8 xs (Table.numbers "mean" rows) ])
        |> List.concat

    let private kinds i = Marker.kinds[i % Marker.kinds.Length]

    let private draw (tables: Table list) : Picture =
        let final = Curves.table "final" tables

        let finalMarks =
            [ StepSizeAblation.Rule.Digital, 0; StepSizeAblation.Rule.Pulses, 1; StepSizeAblation.Rule.Dynamic, 2 ]
            |> List.collect (fun (rule, i) ->
                let rows = Table.where "series" rule final
                let x, mean = Table.numbers "α" rows, Table.numbers "mean" rows

                [ Mark.line rule (Stroke.solid (Palette.at i)) x mean
                  Mark.pointsWithErrors rule (Marker.at i) x mean (Table.numbers "lower" rows) (Table.numbers "upper" rows) ])

        let error = Axis.log "Error *f*(*W_{k}*)/*D*" |> Axis.withRange 1e-10 1.0
        let k = Axis.linear "Iteration *k*" |> Axis.withRange 0.0 2500.0

        let alpha =
            Axis.log "Learning rate α"
            |> Axis.withRange 0.025 0.25
            |> Axis.withTicks [ for a in [ 0.03; 0.05; 0.1; 0.2 ] -> a, Words.number a ]

        Drawn
            { Plate.row
                  "Digital and analog SGD at several learning rates"
                  1180.0
                  400.0
                  [ Panel.make StepSizeAblation.Rule.Digital k error (curvesPanel StepSizeAblation.Rule.Digital kinds 0 tables)
                    Panel.make StepSizeAblation.Rule.Pulses k error (curvesPanel StepSizeAblation.Rule.Pulses kinds 0 tables)
                    { Panel.make "Final error" alpha (Axis.log "Final error *f*/*D*") finalMarks with
                        Legend = Inside(0.5, 0.62) } ] with
                ColumnWeights = [ 1.0; 1.0; 0.9 ] }

    /// The recipe.
    let recipe: Recipe =
        { Id = "1"
          Title = "Figure 1. A floor that no learning rate removes"
          Caption =
            fun _ ->
                "Digital SGD's error falls with the learning rate; Analog SGD's levels off at a floor that the learning rate does not move. "
                + "(a), (b): error against iteration, exponentially averaged, mean and 95 % band over seeds of noise and pulses, on one set of data. "
                + "(c): mean of the last 20 losses; beside the pulses of the paper's experiment, which arrive sample by sample, the full-batch dynamic of the theory, whose floor under this noise lies lower."
          Parameters = fun () -> ParameterWords.ofRecord defaults
          Divergences =
            [ "The text gives the noise deviation as 0.01/40, the scripts as 0.01/√40; the text's value fits the printed range of errors and is used." ]
          Notes = fun _ -> []
          Compute = fun budget key -> StepSizeAblation.run budget key defaults
          Draw = draw }
