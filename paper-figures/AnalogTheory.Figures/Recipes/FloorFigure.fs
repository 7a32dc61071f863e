namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// The floor against the learning rate for three rules.
[<RequireQualifiedAccess>]
module FloorFigure =

    let private defaults = FloorAgainstStepSize.defaults

    let private draw (tables: Table list) =
        let floor = Curves.table "floor" tables

        let series i label =
            let rows = Table.where "series" label floor
            let x, mean = Table.numbers "rate" rows, Table.numbers "mean" rows

            [ Mark.line label (Stroke.solid (Palette.at i)) x mean
              Mark.pointsWithErrors label (Marker.at i) x mean (Table.numbers "lower" rows) (Table.numbers "upper" rows) ]

        let analog = Table.where "series" "Analog SGD" floor

        let marks =
            (Curves.labels "series" floor |> List.mapi series |> List.concat)
            @ [ Mark.line "measured σ²*S*_{*K*}" (Stroke.dashed Palette.purple) (Table.numbers "rate" analog) (Table.numbers "S" analog)
                HorizontalRule
                    { At = FloorAgainstStepSize.floor defaults
                      Label = ""
                      Name = Some "exact fixed point, α → 0"
                      Stroke = Stroke.dashed Palette.black } ]

        Drawn(
            Plate.single
                "Stationary squared gradient norm against the learning rate"
                760.0
                500.0
                (Panel.make "" (Axis.log "Learning rate (α of SGD, β of Tiki-Taka)") (Axis.log "Stationary E‖∇*f*(*W*)‖²") marks)
        )

    /// The recipe.
    let recipe: Recipe =
        { Id = "floor"
          Title = "The floor against the learning rate"
          Caption =
            fun _ ->
                "Stationary error of three rules on one weight under the same Gaussian noise: Digital SGD's and Tiki-Taka's fall in proportion to the learning rate, "
                + "Analog SGD's tends to the value at its exact fixed point, below the bound σ²*S*_{*K*}. Points: mean and 95 % interval over independent replicas."
          Parameters = fun () -> ParameterWords.ofRecord defaults
          Divergences = [ "Our own figure; the problem is a single quadratic weight." ]
          Notes =
            fun tables ->
                let floor = Curves.table "floor" tables

                let smallest label =
                    let rows = Table.where "series" label floor in
                    Array.last (Table.numbers "mean" rows), Array.last (Table.numbers "rate" rows)

                let analog, rate = smallest "Analog SGD"
                let tikiTaka, _ = smallest "Tiki-Taka"

                [ $"Analog SGD at α = {Words.number rate}: {Words.rounded 4 analog}; exact fixed point: {Words.rounded 5 (FloorAgainstStepSize.floor defaults)}"
                  $"Tiki-Taka at β = {Words.number rate}: {Words.rounded 4 tikiTaka}, that is {Words.rounded 4 (tikiTaka / rate)}·β" ]
          Compute = fun budget key -> [ FloorAgainstStepSize.run budget key defaults ]
          Draw = draw }
