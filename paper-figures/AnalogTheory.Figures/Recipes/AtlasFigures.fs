namespace AnalogTheory.Figures

open System
open AnalogTheory
open AnalogTheory.Plotting

/// <summary>Maps of the atlas, drawn from the tables that its sweeps left; <c>dotnet fsi build.fsx atlas</c> makes them anew.</summary>
[<RequireQualifiedAccess>]
module AtlasFigures =

    let private file name = $"atlas/{name}", name

    let private read name =
        let folder, file = file name

        match Trainings.tryTable folder file with
        | Some table -> table
        | None -> raise (IO.InvalidDataException $"Expected the atlas's table {folder}/{file}.csv, got none.")

    let private squared (table: Table) = Table.where "measure" "gradient_norm_squared" table

    let private distinct column (table: Table) = Table.numbers column table |> Array.distinct |> Array.sort

    // Edges half way between values, on the scale that spaces them evenly.
    let private edges isLog (values: float[]) =
        let forth, back = if isLog then log, exp else id, id
        let at = values |> Array.map forth
        let half i = 0.5 * (at[i + 1] - at[i])
        let inner = [| for i in 0 .. at.Length - 2 -> at[i] + half i |]
        Array.concat [ [| at[0] - half 0 |]; inner; [| at[at.Length - 1] + half (at.Length - 2) |] ] |> Array.map back

    // Rows by y, columns by x; NaN where the table has no cell.
    let private matrix x y (values: Table -> float[]) (table: Table) =
        let xs, ys = distinct x table, distinct y table
        let ofX, ofY = Table.numbers x table, Table.numbers y table
        let cells = Array2D.create ys.Length xs.Length nan

        values table
        |> Array.iteri (fun row value -> cells[Array.BinarySearch(ys, ofY[row]), Array.BinarySearch(xs, ofX[row])] <- value)

        cells

    let private map label range x y isLogX isLogY contours values (table: Table) =
        match
            Mark.heatmap
                label
                Logarithmic
                (edges isLogX (distinct x table))
                (edges isLogY (distinct y table))
                (matrix x y values table)
                contours
        with
        | Heatmap map -> Heatmap { map with Range = Some range }
        | mark -> mark

    let private axis label isLog (values: float[]) =
        let ends = edges isLog values
        (if isLog then Axis.log label else Axis.linear label) |> Axis.withRange ends[0] (Array.last ends)

    let private perVariance (table: Table) =
        Array.map2
            (fun mean deviation -> mean / (deviation * deviation))
            (Table.numbers "mean" table)
            (Table.numbers "noise.deviation" table)

    let private legendless (panel: Panel) : Panel = { panel with Legend = Hidden }

    let private rules (table: Table) = Table.texts "rule" table |> Array.distinct |> List.ofArray

    // ---- Floors over τ and σ ----

    let private floorPanels title (table: Table) =
        [ for rule in rules table do
              let rows = Table.where "rule" rule (squared table)

              Panel.make
                  $"{rule}, {title}"
                  (axis "Dynamic range τ" true (distinct "device.radius" rows))
                  (axis "Noise σ" true (distinct "noise.deviation" rows))
                  [ map "E‖∇*f*‖²/σ²" (3e-3, 1.0) "device.radius" "noise.deviation" true true [ 3e-2; 1e-1; 3e-1 ] perVariance rows ]
              |> legendless ]

    let private floorNames = [ "scalar-floor"; "least-squares-floor" ]

    // The largest distance of a measured mean from its law, in standard errors beyond the law's own error.
    let private agreement (table: Table) =
        let rows = squared table
        let law, error = Table.numbers "computed" rows, Table.numbers "computed_error" rows
        let mean, standardError = Table.numbers "mean" rows, Table.numbers "standard_error" rows

        let there =
            [ for i in 0 .. rows.Rows - 1 do
                  if Double.IsFinite law[i] then i ]

        let apart i = (abs (mean[i] - law[i]) - error[i] |> max 0.0) / standardError[i]

        if there.IsEmpty then
            []
        else
            let within = there |> List.filter (fun i -> apart i <= 2.0) |> List.length
            let worst = there |> List.maxBy apart

            [ FormattableString.Invariant
                  $"{table.Name}: a stationary law settles {there.Length} of {rows.Rows} cells; {within} lie within two standard errors of it, the farthest {apart worst:F1} standard errors off ({100.0 * (mean[worst] / law[worst] - 1.0):F2} %%)." ]

    let private bounded (table: Table) =
        let rows = squared table
        let bound, mean = Table.numbers "bound" rows, Table.numbers "mean" rows

        let there =
            [ for i in 0 .. rows.Rows - 1 do
                  if Double.IsFinite bound[i] then bound[i] / mean[i] ]

        if there.IsEmpty then
            []
        else
            let sorted = List.sort there

            [ FormattableString.Invariant
                  $"{table.Name}: N1's bound is at least {sorted.Head:G3} times Analog SGD's floor where it says something ({there.Length} cells), {sorted[there.Length / 2]:G3} times in the median." ]

    let private notes names (tables: Table list) =
        [ for name in names do
              let table = Curves.table name tables
              yield! agreement table
              yield! bounded table ]

    let private recipe id title caption names draw : Recipe =
        { Id = id
          Title = title
          Caption = fun _ -> caption
          Parameters = fun () -> Trainings.hashes [ for name in names -> file name ]
          Divergences = [ "Our own map; its tables come from sweeps that ran before, with their manifests beside them." ]
          Notes = notes names
          Compute = fun _ _ -> [ for name in names -> read name ]
          Draw = draw }

    /// Floors of four rules over dynamic range and noise.
    let floors: Recipe =
        recipe
            "atlas-floors"
            "Atlas. Floors over dynamic range and noise"
            "Late E‖∇*f*‖² in units of the noise's variance σ², one scale of colours. Top: one quadratic weight; below: least squares in three weights. Noise ±σ, α = .05 (Digital and Analog SGD); rates .1 and .02 (two arrays), γ = .4. Contours at .03, .1 and .3."
            floorNames
            (fun tables ->
                Drawn(
                    Plate.grid
                        "Floors over dynamic range and noise"
                        1500.0
                        760.0
                        [ floorPanels "one weight" (Curves.table floorNames[0] tables)
                          floorPanels "three weights" (Curves.table floorNames[1] tables) ]
                ))

    // ---- Tiki-Taka's rates ----

    /// Tiki-Taka's floor over its two rates.
    let rates: Recipe =
        let name = "tiki-taka-rates"

        let panel (table: Table) (radius: float) (deviation: float) =
            let ofRadius = table |> Table.filter (Table.numbers "device.radius" table |> Array.map ((=) radius))
            let rows = ofRadius |> Table.filter (Table.numbers "noise.deviation" ofRadius |> Array.map ((=) deviation))

            Panel.make
                (FormattableString.Invariant $"τ = {radius}, σ = {deviation}")
                (axis "Rate of P, β" true (distinct "rule.learningRate" rows))
                (axis "Rate of W, α" true (distinct "rule.transferRate" rows))
                [ map "E‖∇*f*‖²/σ²" (3e-4, 10.0) "rule.learningRate" "rule.transferRate" true true [ 1e-2; 1e-1; 1.0 ] perVariance rows ]
            |> legendless

        recipe
            "atlas-rates"
            "Atlas. Tiki-Taka's floor over its rates"
            "Late E‖∇*f*‖² of Tiki-Taka on one quadratic weight in units of σ², over the rate β of the fast array P and the rate α of the transfer to W. Small rates have not arrived after 20,000 steps: the left and lower edges show the start, not the floor."
            [ name ]
            (fun tables ->
                let table = squared (Curves.table name tables)

                Drawn(
                    Plate.row
                        "Tiki-Taka's floor over its rates"
                        1500.0
                        400.0
                        [ for radius in distinct "device.radius" table do
                              for deviation in distinct "noise.deviation" table -> panel table radius deviation ]
                ))

    // ---- Asymmetry ----

    /// Floors over the device's asymmetry.
    let asymmetry: Recipe =
        let name = "asymmetry"

        let panel (table: Table) (deviation: float) =
            let rows = table |> Table.filter (Table.numbers "noise.deviation" table |> Array.map ((=) deviation))

            Panel.make
                (FormattableString.Invariant $"σ = {deviation}")
                (Axis.linear "Asymmetry *c*" |> Axis.withRange -0.85 0.85)
                (Axis.log "E‖∇*f*‖²/σ²")
                [ for i, rule in List.indexed (rules rows) do
                      let own = Table.where "rule" rule rows
                      let x = Table.numbers "device.asymmetry" own
                      let variance = deviation * deviation
                      Mark.lineWithPoints rule (Stroke.solid (Palette.at i)) (Marker.at i) x (perVariance own)

                      if rule = "Analog SGD" then
                          Mark.line
                              "bound of N1"
                              (Stroke.dashed Palette.black)
                              x
                              (Table.numbers "bound" own |> Array.map (fun b -> b / variance)) ]

        recipe
            "atlas-asymmetry"
            "Atlas. Floors over the asymmetry of the device"
            "Late E‖∇*f*‖² in units of σ² on the generic linear device, whose symmetric point is *c*τ; τ = 1, *w** = .3, noise ±σ. Analog SGD is best where the symmetric point is the minimiser, *c* = .3; the dashed line is what N1 allows it on the weights that it does not leave."
            [ name ]
            (fun tables ->
                let table = squared (Curves.table name tables)

                Drawn
                    { Plate.row
                          "Floors over the asymmetry of the device"
                          1500.0
                          420.0
                          [ for deviation in distinct "noise.deviation" table -> panel table deviation ] with
                        Legend = AboveAll })

    // ---- Transfer algorithms ----

    /// Transfer algorithms over step size and offset.
    let transfer: Recipe =
        let name = "transfer"

        // The least loss of the learning rates, cell by cell; a run that diverged is none.
        let best (rows: Table) =
            let x, y = Table.numbers "granularity" rows, Table.numbers "offset" rows
            let mean = Table.numbers "mean" rows |> Array.map (fun value -> if Double.IsFinite value then value else infinity)

            let groups =
                [| 0 .. rows.Rows - 1 |]
                |> Array.groupBy (fun i -> x[i], y[i])
                |> Array.map (fun (_, own) -> own |> Array.minBy (fun i -> mean[i]))

            let keep = Array.create rows.Rows false
            groups |> Array.iter (fun i -> keep[i] <- true)
            Table.filter keep rows

        let panel (table: Table) (algorithm: string) =
            let rows = best (Table.where "algorithm" algorithm table)

            Panel.make
                (TransferFigure.nameOf algorithm)
                (axis "Δ*w*_{min}/τ" true (distinct "granularity" rows))
                (axis "Offset/τ" false (distinct "offset" rows))
                [ map "*f*" (1e-5, 1.0) "granularity" "offset" true false [ 1e-4; 1e-3; 1e-2 ] (Table.numbers "mean") rows ]
            |> legendless

        recipe
            "atlas-transfer"
            "Atlas. Transfer algorithms over step size and offset"
            "Mean loss over the last tenth of 2,000 mini-batches, least squares in ten weights on pulsed soft-bounds elements, τ = 1; each algorithm at the best of three learning rates, cell by cell. Contours at 10^{−4}, 10^{−3}, 10^{−2}."
            [ name ]
            (fun tables ->
                let table = Curves.table name tables
                let algorithms = Table.texts "algorithm" table |> Array.distinct |> List.ofArray

                Drawn(
                    Plate.grid
                        "Transfer algorithms over step size and offset"
                        1300.0
                        1050.0
                        (algorithms |> List.map (panel table) |> List.chunkBySize 3)
                ))

    /// All of them.
    let all = [ floors; rates; asymmetry; transfer ]
