namespace AnalogTheory.Figures

open System
open AnalogTheory
open AnalogTheory.Plotting

/// What each imperfection of an array costs a network in accuracy: alone, and all but one.
[<RequireQualifiedAccess>]
module NetworkCostsFigure =

    let private plan = "imperfections"

    // Imperfections in the order of the legend, and the word of a training's name where it is taken away.
    let private imperfections =
        [ "asymmetry", "constant-step"
          "pulses", "continuous"
          "noise of pulses", "cycle0"
          "spread of elements", "alike"
          "noise of reads", "exact-reads" ]

    // Without pulses there is no noise of pulses: that one needs the other.
    let private withPulses (names: string list) =
        match names with
        | [ "pulses"; "noise of pulses" ] -> [ "pulses and their noise" ]
        | names -> names

    /// The case of a training by the words of its name.
    let caseOf (name: string) : string =
        let words = "-" + name + "-"
        let isAway (_, word: string) = words.Contains("-" + word + "-", StringComparison.Ordinal)

        match imperfections |> List.partition isAway |> fun (away, there) -> List.map fst away, List.map fst there with
        | [], _ -> "all"
        | _, [] -> "none"
        | away, there ->
            match withPulses away, withPulses there with
            | _, [ alone ] -> $"{alone} alone"
            | [ missing ], _ -> $"all but {missing}"
            | away, _ -> "all but " + String.concat ", " away

    let private rules = [ "analog-sgd"; "tiki-taka" ]

    let private compute (_: Budget) (_: Key) : Table list =
        let groups =
            match Trainings.tryTable plan "epochs" with
            | None -> [||]
            | Some epochs ->
                let rule, cell = Table.texts "rule" epochs, Table.texts "cell" epochs
                let epoch, accuracy = Table.numbers "epoch" epochs, Table.numbers "test_accuracy" epochs

                Array.init epochs.Rows (fun i -> (rule[i], caseOf cell[i], epoch[i]), 100.0 * (1.0 - accuracy[i]))
                |> Array.groupBy fst
                |> Array.map (fun (key, group) -> key, Array.map snd group)
                // Epochs that all seeds of a case have come to: a mean of others would jump.
                |> Array.groupBy (fun ((rule, case, _), _) -> rule, case)
                |> Array.collect (fun (_, epochs) ->
                    let seeds = epochs |> Array.map (fun (_, errors) -> errors.Length) |> Array.max
                    epochs |> Array.filter (fun (_, errors) -> errors.Length = seeds))

        let numbers (pick: float[] -> float) = Numbers(groups |> Array.map (snd >> pick))

        [ Table.create
              "errors"
              [ "rule", Texts(groups |> Array.map (fun ((rule, _, _), _) -> rule))
                "case", Texts(groups |> Array.map (fun ((_, case, _), _) -> case))
                "epoch", Numbers(groups |> Array.map (fun ((_, _, epoch), _) -> epoch))
                "seeds", numbers (fun errors -> float errors.Length)
                "mean", numbers Array.average
                "lowest", numbers Array.min
                "highest", numbers Array.max ] ]

    let private alone =
        "none"
        :: [ for name, _ in imperfections -> (if name = "noise of pulses" then "pulses and their noise alone" else $"{name} alone") ]

    let private allBut =
        [ "all"
          "all but asymmetry"
          "all but pulses and their noise"
          "all but noise of pulses"
          "all but spread of elements"
          "all but noise of reads" ]

    let private panel (errors: Table) (rule: string) (cases: string list) : Panel =
        let ofRule = Table.where "rule" rule errors
        let last = Table.numbers "epoch" errors |> Array.max

        [ for index, case in List.indexed cases do
              let rows = Table.where "case" case ofRule

              if rows.Rows > 0 then
                  let stroke =
                      { Stroke.solid (Palette.at index) with
                          Dash = (if index = 0 then Dashed else Solid) }

                  let column name = Table.numbers name rows
                  Mark.pointsWithErrors "" (Marker.at index) (column "epoch") (column "mean") (column "lowest") (column "highest")
                  Mark.lineWithPoints case stroke (Marker.at index) (column "epoch") (column "mean") ]
        |> Panel.make
            (Trainings.ruleName rule)
            (Axis.linear "Epoch" |> Axis.withRange 0.5 (last + 0.5))
            (Axis.log "Test error (%)" |> Axis.withRange 1.0 100.0)

    let private draw (tables: Table list) : Picture =
        let errors = Curves.table "errors" tables

        if errors.Rows = 0 then
            Set { Heads = [ "Training" ]; Rows = [ [ "none has begun: run `train --plan`" ] ] }
        else
            Drawn(
                Plate.grid
                    "What each imperfection costs a network"
                    1100.0
                    860.0
                    [ for cases in [ alone; allBut ] -> [ for rule in rules -> panel errors rule cases ] ]
            )

    let private notes (tables: Table list) =
        let errors = Curves.table "errors" tables

        [ for rule in rules do
              for case in alone @ allBut do
                  let rows = errors |> Table.where "rule" rule |> Table.where "case" case

                  if rows.Rows > 0 then
                      let last = Table.numbers "epoch" rows |> Array.indexed |> Array.maxBy snd |> fst
                      let at name = (Table.numbers name rows)[last]
                      let accuracy name = FormattableString.Invariant $"{100.0 - at name:F2}"

                      $"""{Trainings.ruleName rule}, {case}: {accuracy "mean"} %% after {Words.number (at "epoch")} epochs, {accuracy "highest"} to {accuracy "lowest"} over {Words.number (at "seeds")} seeds.""" ]

    /// The recipe.
    let recipe: Recipe =
        { Id = "network-costs"
          Title = "What each imperfection of an array costs a network in accuracy"
          Caption =
            fun _ ->
                "Test error on MNIST of the fully connected network of Figure 5 on soft-bounds devices with bounds ±0.7, by epoch, mean over seeds with bars from the lowest to the highest; evaluated with the reads that it was trained with. Above, arrays without any imperfection and with one alone; below, with all and with all but one. "
                + "Without asymmetry steps are the same at every weight; without pulses elements move by the mean of what pulses would do, and there is no noise of pulses."
          Parameters = fun () -> Trainings.hashes [ plan, "epochs" ]
          Divergences = [ "Our own figure." ]
          Notes = notes
          Compute = compute
          Draw = draw }
