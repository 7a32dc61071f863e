namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// Tiki-Taka's own floor on an asymmetric auxiliary device, and zero-shifting.
[<RequireQualifiedAccess>]
module DeviceVersionFigure =

    let private defaults = DeviceVersion.defaults

    let private rowsOf (series: string) (asymmetry: float) (table: Table) : Table =
        let rows = Table.where "series" series table
        let keep = Table.numbers "c" rows |> Array.map ((=) asymmetry)
        let filter values = Array.zip keep values |> Array.filter fst |> Array.map snd

        { rows with
            Columns =
                rows.Columns
                |> List.map (fun (name, column) ->
                    match column with
                    | Numbers values -> name, Numbers(filter values)
                    | Texts values -> name, Texts(filter values)) }

    let private errors name marker x (rows: Table) =
        Mark.pointsWithErrors
            name
            marker
            (Table.numbers x rows)
            (Table.numbers "mean" rows)
            (Table.numbers "lower" rows)
            (Table.numbers "upper" rows)

    let private floors (tables: Table list) =
        let table = Curves.table "floors" tables

        let name asymmetry = $"*c* = {Words.number asymmetry}"
        let curves = defaults.Asymmetries |> List.mapi (fun i asymmetry -> i, asymmetry, rowsOf "plain" asymmetry table)

        let lines =
            [ for i, asymmetry, rows in curves do
                  Mark.line (name asymmetry) (Stroke.solid (Palette.at i)) (Table.numbers "β" rows) (Table.numbers "mean" rows) ]

        let predicted =
            [ for i, asymmetry, _ in curves do
                  if asymmetry <> 0.0 then
                      HorizontalRule
                          { At = DeviceVersion.floor asymmetry defaults
                            Label = ""
                            Name = None
                            Stroke = Stroke.dashed (Palette.at i) } ]

        // The larger rings lie beneath the markers of c = 0, which they encircle.
        let shifted =
            let i, _, _ = curves |> List.find (fun (_, asymmetry, _) -> asymmetry = defaults.Shifted)
            let marker = { Marker.make Ring (Palette.at i) with Size = 11.0 }
            [ errors $"{name defaults.Shifted}, zero-shifted" marker "β" (rowsOf "zero-shifted" defaults.Shifted table) ]

        let points = [ for i, asymmetry, rows in curves -> errors (name asymmetry) (Marker.at i) "β" rows ]

        Panel.make
            ""
            (Axis.log "Learning rate β")
            (Axis.log "Tiki-Taka's stationary E‖∇*f*‖²" |> Axis.withRange 4e-5 0.4)
            (lines
             @ shifted
             @ points
             @ predicted
             @ [ Mark.line "*c*²(E|ε|)², β → 0" (Stroke.dashed Palette.grey) [||] [||] ])

    let private afterPulses (tables: Table list) =
        let rows = Curves.table "after-pulses" tables
        let x = Table.numbers "pulses" rows
        let complete = rowsOf "zero-shifted" defaults.Shifted (Curves.table "floors" tables)

        let best =
            Array.zip (Table.numbers "β" complete) (Table.numbers "mean" complete)
            |> Array.filter (fst >> (=) defaults.ShiftedRate)
            |> Array.map snd

        Panel.make
            ""
            (Axis.linear "Zero-shifting pulses *n*" |> Axis.withRange -15.0 415.0)
            (Axis.log "Tiki-Taka's stationary E‖∇*f*‖²" |> Axis.withRange 1.5e-6 0.04)
            [ Mark.line "measured" (Stroke.solid Palette.blue) x (Table.numbers "mean" rows)
              errors "measured" (Marker.at 0) "pulses" rows
              Mark.line "β → 0: (*c*(1 − Δ*w*_{min}/τ)^{*n*} E|ε|)²" (Stroke.dashed Palette.black) x (Table.numbers "predicted" rows)
              for value in best do
                  HorizontalRule
                      { At = value
                        Label = ""
                        Name = Some "complete zero-shifting, same β"
                        Stroke = { Stroke.dashed Palette.vermilion with Dash = Dotted } } ]

    let private needed (tables: Table list) =
        let table = Curves.table "pulses-needed" tables

        let series i label =
            let rows = Table.where "series" label table
            let x = Table.numbers "Δw_min" rows

            [ if i % 2 = 0 then
                  Mark.line
                      "(τ/Δ*w*_{min}) log(|*w*_{0} − *w*^{⋄}|/tolerance)"
                      (Stroke.dashed Palette.black)
                      x
                      (Table.numbers "predicted" rows)
              let marker = Marker.at i
              // Independent signs stand out as open markers around the alternating ones.
              errors label (if i % 2 = 1 then { marker with Size = 11.0 } else marker) "Δw_min" rows ]

        let labels = Curves.labels "series" table
        // Open, larger markers first, so that the filled ones are seen inside.
        let order = List.indexed labels |> List.sortByDescending (fun (i, _) -> i % 2)

        Panel.make
            ""
            (Axis.log "Response granularity Δ*w*_{min}/τ")
            (Axis.log "Pulses until |E *w*_{*n*} − *w*^{⋄}| ≤ 0.03τ" |> Axis.withRange 25.0 30000.0)
            (order |> List.map (fun (i, label) -> series i label) |> List.concat)

    let private draw (tables: Table list) =
        Drawn
            { Plate.row
                  "Tiki-Taka on an asymmetric auxiliary device, and what zero-shifting does"
                  1480.0
                  470.0
                  [ floors tables; afterPulses tables; needed tables ] with
                ColumnWeights = [ 1.0; 1.0; 1.0 ] }

    let private notes (tables: Table list) =
        let limits, floors = Curves.table "limits" tables, Curves.table "floors" tables
        let after, needed = Curves.table "after-pulses" tables, Curves.table "pulses-needed" tables
        let series = Table.texts "series" needed
        let number name (table: Table) i = (Table.numbers name table)[i]

        let shown digits table i name =
            $"""{Words.rounded digits (number name table i)} [{Words.rounded digits (number "lower" table i)}, {Words.rounded digits (number "upper" table i)}]"""

        [ for i in 0 .. limits.Rows - 1 do
              let series = (Table.texts "series" limits)[i]
              $"""c = {Words.number (number "c" limits i)}, {series}: β → 0 gives {shown 3 limits i "limit"}, predicted {Words.rounded 3 (number "predicted" limits i)}"""

          let rows = rowsOf "plain" defaults.Shifted floors
          let last = rows.Rows - 1
          $"""c = {Words.number defaults.Shifted} at β = {Words.number (number "β" rows last)}: {shown 4 rows last "mean"}. The approach to c²(E|ε|)² is as √β: W's own device adds E|P|·w/τ to the balance, and E|P| shrinks like √β."""

          let last = after.Rows - 1
          $"""zero-shifting with Δw_min = {Words.number defaults.ShiftedGranularity}: from {Words.rounded 3 (number "mean" after 0)} without pulses to {Words.rounded 3 (number "mean" after last)} after {Words.number (number "pulses" after last)}"""

          for i in 0 .. needed.Rows - 1 do
              if number "Δw_min" needed i = List.min defaults.Granularities then
                  $"""{Markup.toPlain series[i]}, Δw_min = {Words.number (number "Δw_min" needed i)}: {shown 5 needed i "mean"} pulses, predicted {Words.rounded 5 (number "predicted" needed i)}"""

          "Alternating pulses arrive earlier by the same few pulses at every Δw_min: D8 is exact for them on the symmetric device, and for c ≠ 0 their mean ends on w⋄ + c(1−c²)Δw_min/2. Independent signs follow D8 on every linear device." ]

    /// The recipe.
    let recipe: Recipe =
        { Id = "lower-bound-device"
          Title = "A floor for Tiki-Taka, and zero-shifting that removes it"
          Caption =
            fun _ ->
                "*P* on a generic linear device, *q*_{+} = (1+*c*)(1 − *w*/τ), *q*_{−} = (1−*c*)(1 + *w*/τ), whose symmetric point is *c*τ; ε = ±σ. (a) With *c* ≠ 0 Tiki-Taka's error stops at *c*²(E|ε|)² (dashed); "
                + "subtracting *P*^{⋄} from *P* brings it back to the error of *c* = 0. (b) The same error at β = 1/256 when zero-shifting stops after *n* alternating pulses. "
                + "(c) Pulses that zero-shifting needs against the granularity, measured over an array, and predicted by the decay (1 − Δ*w*_{min}/τ)^{*n*}."
          Parameters = fun () -> ParameterWords.ofRecord defaults
          Divergences =
            [ "Our own figure on one quadratic weight; the sequel's Figure 2 shows the effect on least squares, and is reproduced above." ]
          Notes = notes
          Compute = fun budget key -> DeviceVersion.run budget key defaults
          Draw = draw }
