namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// Figure 5: test accuracy of networks on analog arrays, epoch by epoch, as far as the trainings have come.
[<RequireQualifiedAccess>]
module Figure5 =

    // Plan, title, and published test accuracies in percent with their spread (2406.12774v1, section 5).
    let private networks =
        [ "fcn",
          "MNIST, fully connected",
          [ "digital-sgd", 0.7, 98.15, 0.04
            "analog-sgd", 0.7, 11.35, 0.0
            "analog-sgd", 0.78, 97.71, 0.63
            "analog-sgd", 0.8, 97.78, 0.36
            "tiki-taka", 0.7, 97.64, 0.17
            "tiki-taka", 0.78, 97.62, 0.05
            "tiki-taka", 0.8, 97.50, 0.11 ]
          "cnn",
          "MNIST, convolutional",
          [ "digital-sgd", 0.6, 99.16, 0.08
            "analog-sgd", 0.6, 88.99, 0.89
            "analog-sgd", 0.7, 92.15, 0.48
            "analog-sgd", 0.8, 93.45, 0.46
            "tiki-taka", 0.6, 98.84, 0.07
            "tiki-taka", 0.7, 98.87, 0.04
            "tiki-taka", 0.8, 98.86, 0.07 ] ]

    let private named (rule: string) (radius: float) =
        if rule = "digital-sgd" then
            Trainings.ruleName rule
        else
            $"{Trainings.ruleName rule}, τ = {Words.number radius}"

    let private compute (_: Budget) (_: Key) : Table list =
        let rows =
            [| for network, _, published in networks do
                   match Trainings.tryTable network "epochs" with
                   | None -> ()
                   | Some epochs ->
                       for rule, radius, mean, spread in published do
                           let cell = Trainings.rowsOf rule radius 1.0 epochs
                           let numbers name = Table.numbers name cell

                           for i in 0 .. cell.Rows - 1 ->
                               (network, rule, radius, mean, spread),
                               (numbers "epoch")[i],
                               (numbers "test_accuracy")[i],
                               (numbers "ideal_accuracy")[i] |]

        let column (pick: (string * string * float * float * float) -> 'a) = rows |> Array.map (fun (cell, _, _, _) -> pick cell)

        [ Table.create
              "accuracy"
              [ "network", Texts(column (fun (network, _, _, _, _) -> network))
                "rule", Texts(column (fun (_, rule, _, _, _) -> rule))
                "τ", Numbers(column (fun (_, _, radius, _, _) -> radius))
                "epoch", Numbers(rows |> Array.map (fun (_, epoch, _, _) -> epoch))
                "accuracy", Numbers(rows |> Array.map (fun (_, _, accuracy, _) -> 100.0 * accuracy))
                "read exactly", Numbers(rows |> Array.map (fun (_, _, _, ideal) -> 100.0 * ideal))
                "published", Numbers(column (fun (_, _, _, mean, _) -> mean))
                "spread", Numbers(column (fun (_, _, _, _, spread) -> spread)) ] ]

    // The cells of a network that have begun: their rows, and what was published.
    let private cells (network: string) (accuracy: Table) =
        let ofNetwork = Table.where "network" network accuracy

        [ for _, _, published in networks |> List.filter (fun (name, _, _) -> name = network) do
              for rule, radius, mean, spread in published do
                  let rules, radii = Table.texts "rule" ofNetwork, Table.numbers "τ" ofNetwork
                  let rows = Table.filter (Array.init ofNetwork.Rows (fun i -> rules[i] = rule && radii[i] = radius)) ofNetwork
                  if rows.Rows > 0 then (rule, radius, rows, mean, spread) ]

    let private dash (index: int) = [ Solid; Dashed; Dotted ][index % 3]

    let private panels (network: string) (title: string) (accuracy: Table) : Panel list =
        let cells = cells network accuracy

        if cells.IsEmpty then
            []
        else
            let radii =
                cells
                |> List.filter (fun (rule, _, _, _, _) -> rule <> "digital-sgd")
                |> List.map (fun (_, radius, _, _, _) -> radius)
                |> List.distinct
                |> List.sort

            let index radius = max 0 (List.tryFindIndex ((=) radius) radii |> Option.defaultValue 0)

            let curves =
                [ for rule, radius, rows, _, _ in cells do
                      let stroke =
                          { Stroke.solid (Trainings.colour rule) with
                              Dash = (if rule = "digital-sgd" then Solid else dash (index radius)) }

                      Mark.line (named rule radius) stroke (Table.numbers "epoch" rows) (Table.numbers "accuracy" rows) ]

            let wide = Panel.make title (Axis.linear "Epoch") (Axis.linear "Test accuracy (%)" |> Axis.withRange 0.0 100.0) curves

            let near =
                { Panel.make
                      "the same, above 90 %"
                      (Axis.linear "Epoch")
                      (Axis.linear "Test accuracy (%)" |> Axis.withRange 90.0 100.0)
                      curves with
                    Legend = Hidden }

            [ wide; near ]

    let private draw (tables: Table list) : Picture =
        let accuracy = Curves.table "accuracy" tables

        let rows =
            networks
            |> List.map (fun (network, title, _) -> panels network title accuracy)
            |> List.filter (List.isEmpty >> not)

        match rows with
        | [] -> Set { Heads = [ "Training" ]; Rows = [ [ "none has begun: run `train --plan`" ] ] }
        | rows -> Drawn(Plate.grid "Test accuracy of networks on analog arrays" 1100.0 (60.0 + 370.0 * float rows.Length) rows)

    let private notes (tables: Table list) =
        let accuracy = Curves.table "accuracy" tables

        [ for network, title, _ in networks do
              match cells network accuracy with
              | [] -> $"{title}: no training has begun."
              | cells ->
                  for rule, radius, rows, mean, spread in cells do
                      let last = rows.Rows - 1
                      let at name = (Table.numbers name rows)[last]
                      let difference = at "accuracy" - mean
                      let two (value: float) = value.ToString("F2", System.Globalization.CultureInfo.InvariantCulture)
                      let judged = if abs difference <= 2.0 * spread + 0.2 then "within its spread" else $"differs by {two difference}"

                      $"""{title}, {named rule radius}: {two (at "accuracy")} %% after {Words.number (at "epoch")} of 80 epochs (read exactly {two (at "read exactly")} %%), published {two mean} ± {two spread} %%: {judged}.""" ]

    /// The recipe.
    let recipe: Recipe =
        { Id = "5"
          Title = "Figure 5. Test accuracy of networks whose layers are analog arrays"
          Caption =
            fun _ ->
                "Networks trained pulse by pulse on arrays of soft-bounds devices with bounds ±τ, device and cycle variation 0.3, converters and noise of AIHWKIT's defaults, which are there in the evaluation too. "
                + "Each curve is one seed, and ends where its training has come to; the notes tell the epochs and the published numbers."
          Parameters = fun () -> Trainings.hashes [ for network, _, _ in networks -> network, "epochs" ]
          Divergences =
            [ "One seed a curve instead of three, and for what has not come to 80 epochs the last epoch so far."
              "Devices differ from array to array; in the authors' settings arrays of one size share their devices." ]
          Notes = notes
          Compute = compute
          Draw = draw }
