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
        let rows = [| for curve in curves do for k, mean, error in curve.Points -> curve, k, mean, error |]

        Table.create
            "reference"
            [ "series", Texts(rows |> Array.map (fun (curve, _, _, _) -> curve.Label))
              "file", Texts(rows |> Array.map (fun (curve, _, _, _) -> curve.File))
              "τ", Numbers(rows |> Array.map (fun (curve, _, _, _) -> curve.Radius))
              "k", Numbers(rows |> Array.map (fun (_, k, _, _) -> k))
              "mean", Numbers(rows |> Array.map (fun (_, _, mean, _) -> mean))
              "error", Numbers(rows |> Array.map (fun (_, _, _, error) -> error)) ]

    /// Distances of our curves from the kit, and from the kit's dynamics without pulses that model the same thing.
    let private distanceTable (curves: Table) (references: ReferenceCurve list) : Table =
        let compared =
            [ for reference in references do
                  let ours =
                      if reference.Label = Reference.kit then
                          models @ [ DynamicComparison.Model.SharedRow ]
                      else
                          [ reference.Label ]

                  for model in ours ->
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

    let private compute (budget: Budget) (key: Key) : Table list =
        let folder = Reference.folder ()

        let matrix, target =
            match folder |> Option.bind Reference.figure3Data with
            | Some data -> data
            | None ->
                let study = defaults.Study

                let struct (matrix, _, target) =
                    LeastSquares.randomData study.Samples study.Dimension study.MatrixScale study.TargetScale study.Bias (Key.named "data" key)

                matrix, target

        let curves = DynamicComparison.run budget key defaults matrix target

        match folder |> Option.map (Reference.figure3Curves defaults.Radii) with
        | None
        | Some [] -> [ curves ]
        | Some references -> [ curves; referenceTable references; distanceTable curves references ]

    let private draw (tables: Table list) : Picture =
        let curves = Curves.table "curves" tables
        let reference = tables |> List.tryFind (fun table -> table.Name = "reference")

        let kit radius =
            match reference with
            | None -> []
            | Some reference ->
                let rows = rowsOf radius Reference.kit reference
                let every values = values |> Array.indexed |> Array.filter (fun (i, _) -> i % 12 = 3) |> Array.map snd

                if rows.Rows = 0 then
                    []
                else
                    let x, mean, error = every (Table.numbers "k" rows), every (Table.numbers "mean" rows), every (Table.numbers "error" rows)
                    let marker = { Marker.make Ring Palette.black with Size = 6.0 }
                    [ Mark.pointsWithErrors Reference.kit marker x mean (Array.map2 (fun m e -> m - 1.96 * e) mean error) (Array.map2 (fun m e -> m + 1.96 * e) mean error) ]

        let panel radius =
            let lines = models |> List.mapi (fun i model -> Curves.banded "k" i model (rowsOf radius model curves)) |> List.concat

            Panel.make
                $"τ = {Words.number radius}"
                (Axis.linear "Iteration *k*" |> Axis.withRange 0.0 2500.0 |> Axis.withTicks [ for k in [ 0.0; 1000.0; 2000.0 ] -> k, Words.number k ])
                (Axis.log "Error *f*(*W_{k}*)/*D*" |> Axis.withRange 4e-5 2e-2)
                (lines @ kit radius)

        Drawn
            { Plate.row "Digital and analog dynamics against pulses on a crossbar" 1280.0 430.0 (List.map panel defaults.Radii) with
                ShareY = true
                Legend = AboveAll }

    let private hasKit (tables: Table list) =
        tables |> List.exists (fun table -> table.Name = "reference")

    let private notes (tables: Table list) =
        match tables |> List.tryFind (fun table -> table.Name = "distances") with
        | None -> [ $"{Reference.variable} names no folder: the figure draws its own A, and AIHWKIT's trajectories are not shown." ]
        | Some distances ->
            "A and b are those of the reference folder; a digital bias is trained, in AIHWKIT and in every curve here."
            :: [ for i in 0 .. distances.Rows - 1 ->
                     let text name = (Table.texts name distances)[i]
                     let number name = (Table.numbers name distances)[i]
                     $"""{text "series"}, τ = {Words.number (number "τ")}, against {text "reference"}: rms z {Words.rounded 3 (number "rms z")}, largest |z| {Words.rounded 3 (number "largest |z|")} over {Words.number (number "points")} steps""" ]

    /// The recipe.
    let recipe: Recipe =
        { Id = "3"
          Title = "Figure 3. Which dynamic do pulses follow?"
          Caption =
            fun tables ->
                "Least squares trained by the digital dynamic; by the analog dynamic on the full batch, |ΣΔ_{n}|, with noise on the gradient; by the analog dynamic sample by sample, Σ|Δ_{n}|, with read noise; "
                + "and by stochastic pulses drawn for every element. Mean and 95 % band over replicas on one set of data. "
                + (if hasKit tables then
                       "Circles: AIHWKIT, mean of 100 seeds with 95 % intervals. It updates sample by sample with pulses, and the pulse-level curve follows it; without pulses the per-sample dynamic is its mean at small τ, and the pulses' own noise is missing at large τ. The full-batch curve lies far away, below it at τ = 1 and above it at τ = 2. A digital bias is trained throughout."
                   else
                       "No reference folder was given: the data are our own, and AIHWKIT's trajectories are not shown. A digital bias is trained throughout.")
          Parameters =
              fun () ->
                Words.ofStudy defaults.Study
                @ [ "α", Words.number defaults.LearningRate
                    "τ", Words.numbers defaults.Radii
                    "Δw_min", $"τ/{Words.number defaults.States}"
                    "bit length", string defaults.BitLength
                    "read noise per ‖a‖", "noise deviation over the mean singular value of A"
                    "replicas per seed", string defaults.ReplicasPerSeed
                    "reference", Reference.fingerprint () ]
          Divergences =
            [ "The text gives a noise variance of 0.1 and 300 pulses at most; the scripts a deviation of 0.1 and 5000. The scripts' values are used; trains are one pulse long in practically every update either way."
              "The text takes 2τ/Δw_min = 300, the scripts Δw_min = τ/300; the scripts' value is used."
              "The per-sample curve is not in the paper; it is what rank-1 updates on a crossbar do." ]
          Notes = notes
          Compute = compute
          Draw = draw }
