namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// Figure 7: weights and their saturation after training with the three rules.
[<RequireQualifiedAccess>]
module Figure7 =

    let private radius = 0.7

    let private rules = [ "digital-sgd"; "analog-sgd"; "tiki-taka" ]

    let private compute (_: Budget) (_: Key) : Table list =
        let rows =
            [| match Trainings.tryTable "fcn" "weights", Trainings.tryTable "fcn" "epochs" with
               | Some weights, Some epochs ->
                   for rule in rules do
                       let cell = Trainings.rowsOf rule radius 1.0 weights
                       let reached = Table.numbers "epoch" (Trainings.rowsOf rule radius 1.0 epochs) |> Array.fold max 0.0
                       let values, counts = Table.numbers "weight" cell, Table.numbers "count" cell
                       let total = Array.sum counts

                       for i in 0 .. cell.Rows - 1 do
                           rule, reached, values[i], counts[i] / total
               | _ -> () |]

        [ Table.create
              "weights"
              [ "rule", Texts(rows |> Array.map (fun (rule, _, _, _) -> rule))
                "epochs", Numbers(rows |> Array.map (fun (_, epochs, _, _) -> epochs))
                "weight", Numbers(rows |> Array.map (fun (_, _, weight, _) -> weight))
                "share", Numbers(rows |> Array.map (fun (_, _, _, share) -> share)) ] ]

    // Edges around centres that are equally far apart.
    let private edges (centres: float[]) =
        let half = (centres[1] - centres[0]) / 2.0
        Array.append (centres |> Array.map (fun centre -> centre - half)) [| centres[centres.Length - 1] + half |]

    // Shares by |w|/τ: both halves of a histogram that is symmetric about 0.
    let private saturation (weights: float[]) (shares: float[]) =
        let half = weights.Length / 2
        let up = [| for i in half .. weights.Length - 1 -> weights[i] / radius |]
        up, [| for i in 0 .. up.Length - 1 -> shares[half + i] + shares[half - 1 - i] |]

    // What is below a millionth of the weights is no bar on a logarithmic axis.
    let private shown (shares: float[]) = shares |> Array.map (fun share -> max share 1e-6)

    let private draw (tables: Table list) : Picture =
        let weights = Curves.table "weights" tables
        let there = Curves.labels "rule" weights

        if there.IsEmpty then
            Set { Heads = [ "Training" ]; Rows = [ [ "none has begun: run `train --plan`" ] ] }
        else
            let panel (title: string) (axis: Axis) (of': float[] -> float[] -> float[] * float[]) =
                [ for rule in there do
                      let rows = Table.where "rule" rule weights
                      let x, share = of' (Table.numbers "weight" rows) (Table.numbers "share" rows)
                      let epochs = (Table.numbers "epochs" rows)[0]
                      let name = $"{Trainings.ruleName rule}, {Words.number epochs} epochs"
                      Mark.histogram name (Trainings.colour rule) (edges x) (shown share) ]
                |> Panel.make title axis (Axis.log "Share of the weights" |> Axis.withRange 1e-6 1.0)

            Drawn(
                Plate.row
                    "Weights and their saturation after training"
                    1100.0
                    430.0
                    [ panel "" (Axis.linear "Weight *w*" |> Axis.withRange -1.05 1.05) (fun x share -> x, share)
                      panel "" (Axis.linear "Saturation |*w*|/τ" |> Axis.withRange 0.0 1.5) saturation ]
            )

    let private notes (tables: Table list) =
        let weights = Curves.table "weights" tables

        [ for rule in Curves.labels "rule" weights do
              let rows = Table.where "rule" rule weights
              let x, share = saturation (Table.numbers "weight" rows) (Table.numbers "share" rows)
              let total = Array.sum share
              let epochs = (Table.numbers "epochs" rows)[0]
              let mean = (Array.map2 (*) x share |> Array.sum) / total
              let beyond bound = (Array.zip x share |> Array.filter (fun (x, _) -> x >= bound) |> Array.sumBy snd) / total

              $"{Trainings.ruleName rule} after {Words.number epochs} of 80 epochs: mean |w|/τ {Words.rounded 3 mean}, share above 0.5: {Words.rounded 3 (beyond 0.5)}, above 0.9: {Words.rounded 3 (beyond 0.9)}." ]

    /// The recipe.
    let recipe: Recipe =
        { Id = "7"
          Title = "Figure 7. Weights and saturation after training"
          Caption =
            fun _ ->
                "Visible weights of all arrays of the fully connected network of Figure 5 at τ = 0.7, after as many epochs as the legend tells: (a) by weight, (b) by saturation |*w*|/τ, τ = 0.7 for all. "
                + "Digital weights have no bound; elements have bounds of their own about ±τ."
          Parameters = fun () -> ("τ", Words.number radius) :: Trainings.hashes [ "fcn", "weights"; "fcn", "epochs" ]
          Divergences = [ "One seed; where a training has not come to 80 epochs, its weights so far." ]
          Notes = notes
          Compute = compute
          Draw = draw }
