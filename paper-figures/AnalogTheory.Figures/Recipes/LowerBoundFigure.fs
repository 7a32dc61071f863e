namespace AnalogTheory.Figures

open System
open AnalogTheory
open AnalogTheory.Plotting

/// The lower bound's instance measured.
[<RequireQualifiedAccess>]
module LowerBoundFigure =

    let private defaults = LowerBoundLaboratory.defaults

    let private indices (keep: int -> bool) (rows: Table) =
        [| for i in 0 .. rows.Rows - 1 do
               if keep i then i |]

    let private pick (name: string) (rows: Table) (at: int[]) = let values = Table.numbers name rows in at |> Array.map (fun i -> values[i])

    let private ladder (tables: Table list) =
        let ratios = Curves.table "ratios" tables

        let series i label =
            let rows = Table.where "series" label ratios
            let reached, error = Table.numbers "reached" rows, Table.numbers "error" rows
            let settled = indices (fun k -> reached[k] = 0.0) rows
            let converged = indices (fun k -> error[k] < 1e-3) rows

            [ Mark.line label (Stroke.thin (Palette.at i)) (pick "α" rows converged) (pick "computed" rows converged)
              Mark.pointsWithErrors
                  label
                  (Marker.at i)
                  (pick "α" rows settled)
                  (pick "mean" rows settled)
                  (pick "lower" rows settled)
                  (pick "upper" rows settled) ]

        // What is vacuous has no ratio to show; it is named where it would stand.
        let vacuous =
            [ for i in indices (fun i -> (Table.numbers "reached" ratios)[i] > 0.0) ratios do
                  let label = (Table.texts "series" ratios)[i]
                  let at name = (Table.numbers name ratios)[i]
                  $"""{label}, α = {Words.number (at "α")}: vacuous, {Words.number (at "reached")} of {Words.number (at "replicas")} reached τ""" ]
            |> List.mapi (fun i text ->
                TextNote
                    { X = 0.23
                      Y = 0.4 * 1.13 ** float i
                      Text = text
                      Anchor = LeftOf
                      Colour = Palette.grey
                      Target = None })

        let marks = Curves.labels "series" ratios |> List.mapi series |> List.concat

        Panel.make
            ""
            (Axis.log "Learning rate α" |> Axis.withRange 8e-4 0.25)
            (Axis.log "E‖∇*f*‖² / (σ²*S*_{*K*})"
             |> Axis.withRange 0.35 7.0
             |> Axis.withTicks [ 0.5, "0.5"; 1.0, "1"; 2.0, "2"; 4.0, "4" ])
            (marks
             @ vacuous
             @ [ Mark.horizontalRule "constant 4, as printed" Palette.black 4.0
                 Mark.horizontalRule "sharp constant 1" Palette.black 1.0 ])

    // The straight lines of the extrapolation, and their ends at α = 0, side by side so that none hides another.
    let private limits (tables: Table list) =
        let ratios, fits = Curves.table "ratios" tables, Curves.table "extrapolation" tables
        let at name i = (Table.numbers name fits)[i]
        let spacing = 0.035 * defaults.FitBelow

        let series i label =
            let rows = Table.where "series" label ratios
            let rates = Table.numbers "α" rows
            let fitted = indices (fun k -> rates[k] <= defaults.FitBelow) rows
            let ends = [| 0.0; 1.04 * defaults.FitBelow |]
            let shift = -(float i + 1.0) * spacing

            [ Mark.line label (Stroke.thin (Palette.at i)) ends (ends |> Array.map (fun rate -> at "limit" i + at "slope" i * rate))
              Mark.pointsWithErrors
                  label
                  (Marker.at i)
                  (pick "α" rows fitted)
                  (pick "mean" rows fitted)
                  (pick "lower" rows fitted)
                  (pick "upper" rows fitted)
              Mark.pointsWithErrors label (Marker.at i) [| shift |] [| at "limit" i |] [| at "lower" i |] [| at "upper" i |] ]

        let count = float fits.Rows
        let low = -(count + 1.0) * spacing

        { Panel.make
              ""
              (Axis.linear "Learning rate α"
               |> Axis.withRange low (1.08 * defaults.FitBelow)
               |> Axis.withTicks [ 0.0, "0"; 0.0025, "0.0025"; 0.005, "0.005"; 0.0075, "0.0075"; 0.01, "0.01" ])
              (Axis.linear "E‖∇*f*‖² / (σ²*S*_{*K*})" |> Axis.withRange 0.975 1.105)
              ((Curves.labels "series" ratios |> List.mapi series |> List.concat)
               @ [ HorizontalRule
                       { At = 1.0
                         Label = ""
                         Name = None
                         Stroke = { Stroke.dashed Palette.black with Width = 1.2 } }
                   VerticalRule
                       { At = 0.0
                         Label = ""
                         Name = None
                         Stroke = { Stroke.solid Palette.grey with Width = 0.8 } }
                   TextNote
                       { X = 0.0004
                         Y = 1.098
                         Text = "left of 0: the limits α → 0"
                         Anchor = RightOf
                         Colour = Palette.grey
                         Target = None } ]) with
            Legend = Hidden }

    let private rules (tables: Table list) =
        let rows = Curves.table "rules" tables

        let series i label =
            let rows = Table.where "series" label rows
            let x, mean = Table.numbers "rate" rows, Table.numbers "mean" rows

            [ Mark.line label (Stroke.solid (Palette.at i)) x mean
              Mark.pointsWithErrors label (Marker.at i) x mean (Table.numbers "lower" rows) (Table.numbers "upper" rows) ]

        Panel.make
            ""
            (Axis.log "Learning rate (α of SGD, β of Tiki-Taka)")
            (Axis.log "Stationary E‖∇*f*‖²" |> Axis.withRange 2e-5 0.2)
            ((Curves.labels "series" rows |> List.mapi series |> List.concat)
             @ [ HorizontalRule
                     { At = defaults.Compared.Floor
                       Label = ""
                       Name = Some "σ²*r*²/(1 − *r*²)"
                       Stroke = Stroke.dashed Palette.black } ])

    let private draw (tables: Table list) =
        Drawn
            { Plate.row
                  "The lower bound's instance: measured ratio, its limit, and three rules"
                  1480.0
                  470.0
                  [ ladder tables; limits tables; rules tables ] with
                ColumnWeights = [ 1.15; 1.0; 1.0 ] }

    let private interval digits (rows: Table) i name =
        let at column = (Table.numbers column rows)[i]
        $"""{Words.rounded digits (at name)} [{Words.rounded digits (at "lower")}, {Words.rounded digits (at "upper")}]"""

    // What two other programs measured (claim L4 of the ledger).
    let private expected = [ 0.5, 0.01, 1.0015; 0.5, 0.001, 1.0001; 0.2, 0.01, 1.0788; 0.2, 0.001, 1.0078 ]

    let private notes (tables: Table list) =
        let ratios, fits, rules = Curves.table "ratios" tables, Curves.table "extrapolation" tables, Curves.table "rules" tables
        let labels, rates = Table.texts "series" ratios, Table.numbers "α" ratios
        let series, computed = Table.texts "series" fits, Table.numbers "computed" fits
        let number name i = (Table.numbers name ratios)[i]

        let find label rate =
            Seq.tryFind (fun i -> labels[i] = label && rates[i] = rate) (seq { 0 .. ratios.Rows - 1 })

        [ for i in 0 .. fits.Rows - 1 do
              let label = Markup.toPlain series[i]
              let place = if (Table.numbers "inside v1" fits)[i] = 1.0 then "inside" else "outside"

              $"""{label} ({place} v1's parameter region): α → 0 gives {interval 5 fits i "limit"}; a parabola through the computed values gives {Words.rounded 6 computed[i]}"""

          for r, rate, value in expected do
              match find $"*r* = {Words.number r}" rate with
              | Some i ->
                  $"""r = {Words.number r}, α = {Words.number rate}: measured {interval 5 ratios i "mean"}, computed {Words.rounded 6 (number "computed" i)}; two independent programs, about 10⁹ steps each, gave {Words.number value} with standard error 0.0003"""
              | None -> ()

          for label, instance in defaults.Instances do
              match find label (List.min defaults.LearningRates) with
              | Some i when Double.IsFinite(number "W_max" i) ->
                  $"""{Markup.toPlain label}: no path leaves |w| ≤ {Words.rounded 5 (number "W_max" i)} < τ at the smallest α (w* = {Words.rounded 4 instance.Minimizer})"""
              | _ -> ()

          for i in 0 .. ratios.Rows - 1 do
              if number "reached" i > 0.0 then
                  $"""{Markup.toPlain labels[i]}, α = {Words.number rates[i]}: vacuous, {Words.number (number "reached" i)} of {Words.number (number "replicas" i)} replicas reached |w| ≥ τ within {Words.number (number "steps" i)} steps; A4 and D2's hypothesis fail there, and the ratio is shown without a claim"""
              elif Double.IsNaN(number "W_max" i) then
                  $"""{Markup.toPlain labels[i]}, α = {Words.number rates[i]}: interval iteration finds no W_max < τ; no replica reached τ within {Words.number (number "steps" i)} steps"""

          let last label = let rows = Table.where "series" label rules in Array.last (Table.numbers "mean" rows)
          $"""r = 0.5, smallest rate: Analog SGD {Words.rounded 5 (last "Analog SGD")} (predicted floor {Words.rounded 5 defaults.Compared.Floor}), Digital SGD {Words.rounded 3 (last "Digital SGD")}, Tiki-Taka {Words.rounded 3 (last "Tiki-Taka")}""" ]

    /// The recipe.
    let recipe: Recipe =
        { Id = "lower-bound"
          Title = "The lower bound's instance, measured"
          Caption =
            fun _ ->
                "Theorem 3's instance: noise that leans against the weight. (a) E‖∇*f*‖² of Analog SGD over σ²*S*_{*K*}, both measured in the same runs (points, 95 % intervals), and from the stationary law "
                + "by Ulam's method (lines). It tends to the sharp constant 1, inside v1's parameter region and outside it; the printed constant is 4, since eq. 98 drops a factor ½ of Lemma 4. "
                + "(b) The straight lines through α ≤ 0.01 and their limits. (c) Three rules on the instance with *r* = 0.5: only Analog SGD keeps the predicted floor."
          Parameters = fun () -> ParameterWords.ofRecord defaults @ [ "curvature, radius", "1, 1" ]
          Divergences = [ "Our own figure; v1 states the bound without a simulation." ]
          Notes = notes
          Compute = fun budget key -> LowerBoundLaboratory.run budget key defaults
          Draw = draw }
