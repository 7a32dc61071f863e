namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// Figure 3: the digital and analog dynamics against pulses on a crossbar, one panel per τ.
[<RequireQualifiedAccess>]
module Figure3 =

    let private defaults = DynamicComparison.defaults

    let private models =
        [ DynamicComparison.Model.Digital
          DynamicComparison.Model.FullBatch
          DynamicComparison.Model.PerSample
          DynamicComparison.Model.Pulses ]

    /// A curve of a table as (k, mean, standard error).
    let private points (rows: Table) =
        Array.zip3 (Table.numbers "k" rows) (Table.numbers "mean" rows) (Table.numbers "error" rows)

    /// The rows of a model at a τ; the digital dynamic has none and serves every panel.
    let private rowsOf (radius: float) (model: string) (curves: Table) : Table =
        let rows = Table.where "series" model curves

        if model = DynamicComparison.Model.Digital then
            rows
        else
            Table.filter (Table.numbers "τ" rows |> Array.map ((=) radius)) rows

    let private referenceTable (curves: ReferenceCurve list) : Table =
        let rows =
            [| for curve in curves do
                   for k, mean, error in curve.Points -> curve, k, mean, error |]

        Table.create
            "reference"
            [ "series", Texts(rows |> Array.map (fun (curve, _, _, _) -> curve.Label))
              "file", Texts(rows |> Array.map (fun (curve, _, _, _) -> curve.File))
              "τ", Numbers(rows |> Array.map (fun (curve, _, _, _) -> curve.Radius))
              "k", Numbers(rows |> Array.map (fun (_, k, _, _) -> k))
              "mean", Numbers(rows |> Array.map (fun (_, _, mean, _) -> mean))
              "error", Numbers(rows |> Array.map (fun (_, _, _, error) -> error)) ]

    /// Distances of our curves from the kit, and from dynamics without pulses that were measured apart.
    let private distanceTable (curves: Table) (references: ReferenceCurve list) : Table =
        let compared =
            [ for reference in references do
                  for model in (if reference.Label = Reference.kit then models else [ reference.Label ]) ->
                      model, reference, DynamicComparison.distance (points (rowsOf reference.Radius model curves)) reference.Points ]
            |> List.toArray

        Table.create
            "distances"
            [ "series", Texts(compared |> Array.map (fun (model, _, _) -> model))
              "τ", Numbers(compared |> Array.map (fun (_, reference, _) -> reference.Radius))
              "reference", Texts(compared |> Array.map (fun (_, reference, _) -> reference.File))
              "rms z", Numbers(compared |> Array.map (fun (_, _, d) -> d.RootMeanSquare))
              "largest |z|", Numbers(compared |> Array.map (fun (_, _, d) -> d.Largest))
              "points", Numbers(compared |> Array.map (fun (_, _, d) -> float d.Points)) ]

    /// Distances along k from the pulses on an array: of the other curves, and of the kit where it was measured.
    let private alongTable (curves: Table) : Table =
        let compared =
            [| for radius in defaults.Radii do
                   let pulses = points (rowsOf radius DynamicComparison.Model.Pulses curves)

                   for label, others in
                       [ for model in models do
                             if model <> DynamicComparison.Model.Pulses then model, points (rowsOf radius model curves)
                         for kit in Reference.kitCurves () do
                             if kit.Radius = radius then kit.Label, kit.Points ] do
                       for k, z in DynamicComparison.standardised others pulses -> label, radius, k, z |]

        Table.create
            "distances-along"
            [ "series", Texts(compared |> Array.map (fun (label, _, _, _) -> label))
              "τ", Numbers(compared |> Array.map (fun (_, radius, _, _) -> radius))
              "k", Numbers(compared |> Array.map (fun (_, _, k, _) -> k))
              "z", Numbers(compared |> Array.map (fun (_, _, _, z) -> z)) ]

    let private compute (budget: Budget) (key: Key) : Table list =
        let matrix, target = ScriptData.figure3 ()
        let curves = DynamicComparison.run budget key defaults matrix target
        let more = Reference.folder () |> Option.map (Reference.figure3Curves defaults.Radii) |> Option.defaultValue []
        let references = Reference.kitCurves () @ more
        [ curves; referenceTable references; distanceTable curves references; alongTable curves ]

    let private k =
        Axis.linear "Iteration *k*"
        |> Axis.withRange 0.0 2500.0
        |> Axis.withTicks [ for k in [ 0.0; 1000.0; 2000.0 ] -> k, Words.number k ]

    let private rows (label: string) (radius: float) (table: Table) =
        let rows = Table.where "series" label table
        Table.filter (Table.numbers "τ" rows |> Array.map ((=) radius)) rows

    let private errors (tables: Table list) radius =
        let curves = Curves.table "curves" tables

        let kit =
            let rows = rows Reference.kit radius (Curves.table "reference" tables)
            let every values = values |> Array.indexed |> Array.filter (fun (i, _) -> i % 12 = 3) |> Array.map snd

            if rows.Rows = 0 then
                []
            else
                let x, mean, error = every (Table.numbers "k" rows), every (Table.numbers "mean" rows), every (Table.numbers "error" rows)
                let marker = { Marker.make Ring Palette.black with Size = 6.0 }

                [ Mark.pointsWithErrors
                      Reference.kit
                      marker
                      x
                      mean
                      (Array.map2 (fun m e -> m - 1.96 * e) mean error)
                      (Array.map2 (fun m e -> m + 1.96 * e) mean error) ]

        let lines = models |> List.mapi (fun i model -> Curves.banded "k" i model (rowsOf radius model curves)) |> List.concat

        Panel.make $"τ = {Words.number radius}" k (Axis.log "Error *f*(*W_{k}*)/*D*" |> Axis.withRange 4e-5 2e-2) (lines @ kit)

    let private distances (tables: Table list) radius =
        let along = Curves.table "distances-along" tables

        let line label mark =
            let rows = rows label radius along
            if rows.Rows = 0 then [] else [ mark (Table.numbers "k" rows) (Table.numbers "z" rows) ]

        let rule at =
            HorizontalRule
                { At = at
                  Label = ""
                  Name = None
                  Stroke = { Stroke.dashed Palette.grey with Width = 0.9 } }

        Panel.make
            ""
            k
            (Axis.linear "Distance from pulses (s.e.)"
             |> Axis.withRange -14.0 14.0
             |> Axis.withTicks [ for z in [ -12.0; -8.0; -4.0; 0.0; 4.0; 8.0; 12.0 ] -> z, Words.number z ])
            ([ rule -4.0; rule 4.0 ]
             @ (models |> List.mapi (fun i model -> line model (Mark.line model (Stroke.thin (Palette.at i)))) |> List.concat)
             @ line Reference.kit (Mark.line Reference.kit { Stroke.solid Palette.black with Width = 1.4 }))

    let private draw (tables: Table list) : Picture =
        Drawn
            { Plate.grid
                  "Digital and analog dynamics against pulses on an array"
                  1280.0
                  700.0
                  [ List.map (errors tables) defaults.Radii; List.map (distances tables) defaults.Radii ] with
                RowWeights = [ 1.0; 0.7 ]
                ShareY = true
                ShareX = true
                Legend = AboveAll }

    let private notes (tables: Table list) =
        let distances = Curves.table "distances" tables

        "A and b are those of the authors' script, drawn as PyTorch draws them from its seed 42; a digital bias is trained, in AIHWKIT and in every curve here."
        :: [ for i in 0 .. distances.Rows - 1 ->
                 let text name = (Table.texts name distances)[i]
                 let number name = (Table.numbers name distances)[i]
                 $"""{text "series"}, τ = {Words.number (number "τ")}, against {text "reference"}: rms z {Words.rounded 3 (number "rms z")}, largest |z| {Words.rounded 3 (number "largest |z|")} over {Words.number (number "points")} steps""" ]

    /// The distance of a model from the kit in words.
    let private fromKit (tables: Table list) (model: string) (radius: float) =
        let distances = Curves.table "distances" tables

        let series, radii = Table.texts "series" distances, Table.numbers "τ" distances
        let files, rms = Table.texts "reference" distances, Table.numbers "rms z" distances

        [ for i in 0 .. distances.Rows - 1 do
              if series[i] = model && radii[i] = radius && files[i].StartsWith("aihwkit", System.StringComparison.Ordinal) then
                  Words.rounded 2 rms[i] ]
        |> List.tryHead
        |> Option.defaultValue "—"

    /// The recipe.
    let recipe: Recipe =
        { Id = "3"
          Title = "Figure 3. Which dynamic do pulses follow?"
          Caption =
            fun tables ->
                let z = fromKit tables

                "Top: least squares trained by the digital dynamic; by the analog dynamic on the full batch, |ΣΔ_{n}|, with noise on the gradient; by the analog dynamic sample by sample, Σ|Δ_{n}|, with read noise; "
                + "and by random pulse trains on an array. Mean and 95 % band over replicas on the data of the authors' script. "
                + "Circles: AIHWKIT at τ = 1 and 2, mean of 100 seeds with 95 % intervals. "
                + "Bottom: distances from the pulses on an array along *k*, in standard errors of the difference; dashed at ±4. AIHWKIT updates sample by sample with pulses, and the array's pulses follow it; "
                + "without pulses the per-sample dynamic is its mean at small τ, and the pulses' own noise is missing at large τ. The full-batch curve lies far away, below it at τ = 1 and above it at τ = 2. "
                + $"Root mean square distance from AIHWKIT in standard errors at τ = 1 and 2: pulses {z DynamicComparison.Model.Pulses 1.0} and {z DynamicComparison.Model.Pulses 2.0}, "
                + $"per sample {z DynamicComparison.Model.PerSample 1.0} and {z DynamicComparison.Model.PerSample 2.0}, full batch {z DynamicComparison.Model.FullBatch 1.0} and {z DynamicComparison.Model.FullBatch 2.0}. "
                + "A digital bias is trained throughout."
          Parameters = fun () -> ParameterWords.ofRecord defaults @ [ "reference", Reference.fingerprint () ]
          Divergences =
            [ "The text gives a noise variance of 0.1 and 300 pulses at most; the scripts a deviation of 0.1 and 5000. The scripts' values are used; trains are one pulse long in practically every update either way."
              "The text takes 2τ/Δw_min = 300, the scripts Δw_min = τ/300; the scripts' value is used."
              "The per-sample curve is not in the paper; it is what rank-1 updates on a crossbar do." ]
          Notes = notes
          Compute = compute
          Draw = draw }
