namespace AnalogTheory.Figures

open System
open AnalogTheory
open AnalogTheory.Plotting

/// Figure 2 of the sequel: a symmetric point away from zero hurts Tiki-Taka.
[<RequireQualifiedAccess>]
module SequelFigure2 =

    let private defaults = DeviceAsymmetry.defaults

    let private draw (tables: Table list) =
        let curves = Curves.table "curves" tables

        let panel rule =
            let marks =
                Curves.labels "series" curves
                |> List.filter _.StartsWith(rule + ",", StringComparison.Ordinal)
                |> List.mapi (fun i label ->
                    Curves.banded "k" i (label.Substring(label.IndexOf 'c').Replace("c", "*c*")) (Table.where "series" label curves))
                |> List.concat

            Panel.make
                rule
                (Axis.linear "Iteration *k*" |> Axis.withRange 0.0 (float defaults.Study.Steps))
                (Axis.log "Loss *f*(*W_{k}*)")
                marks

        Drawn
            { Plate.row
                  "Analog SGD and Tiki-Taka on devices with a shifted symmetric point"
                  1000.0
                  420.0
                  [ panel "Analog SGD"; panel "Tiki-Taka" ] with
                ShareY = true }

    /// The recipe.
    let recipe: Recipe =
        { Id = "sequel-2"
          Title = "Sequel, Figure 2. Tiki-Taka needs its symmetric point at zero"
          Caption =
            fun _ ->
                "Generic linear devices with symmetric point *cτ*, trained with stochastic pulses, one rank-1 update per sample. "
                + "Mean and 95 % band over seeds of the pulses, on one set of data."
          Parameters = fun () -> ParameterWords.ofRecord defaults
          Divergences =
            [ "The scale of A is not printed; that of the paper's Figure 3 (0.5) is used."
              "The bit length of transfers is not printed; the simulator's default of 31 is used."
              "Reads are exact; the whole of P is transferred column by column after every pass over the samples." ]
          Notes = fun _ -> []
          Compute = fun budget key -> [ DeviceAsymmetry.run budget key defaults ]
          Draw = draw }
