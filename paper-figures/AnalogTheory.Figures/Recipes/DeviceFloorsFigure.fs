namespace AnalogTheory.Figures

open System
open AnalogTheory
open AnalogTheory.Plotting

/// The exact worst floor of every device family, with chains on it.
[<RequireQualifiedAccess>]
module DeviceFloorsFigure =

    let private defaults = DeviceFloors.defaults

    // Families with responses linear in the weight, or in pieces, to the left; the others to the right.
    let private isLinear (label: string) = label.Contains "linear" || label.Contains "measured"

    let private words (label: string) =
        label.Replace("w⋄", "*w*⋄").Replace("c =", "*c* =").Replace("τ_max", "τ_{max}").Replace("τ_min", "τ_{min}")

    // A device's label, its colour within its own panel, and a marker that no other device has.
    let private series (tables: Table list) : (string * Colour * Marker) list =
        let labels = Curves.labels "series" (Curves.table "exact" tables)

        let own keep first =
            labels
            |> List.filter keep
            |> List.mapi (fun i label -> label, Palette.at i, Marker.make Marker.kinds[(first + i) % Marker.kinds.Length] (Palette.at i))

        own isLinear 0 @ own (isLinear >> not) 5

    let private floors (tables: Table list) title keep =
        let exact, measured = Curves.table "exact" tables, Curves.table "measured" tables

        let marks (label, colour, marker) =
            let rows, points = Table.where "series" label exact, Table.where "series" label measured

            [ Mark.line (words label) (Stroke.solid colour) (Table.numbers "w" rows) (Table.numbers "floor" rows)
              Mark.pointsWithErrors
                  (words label)
                  marker
                  (Table.numbers "w" points)
                  (Table.numbers "mean" points)
                  (Table.numbers "lower" points)
                  (Table.numbers "upper" points) ]

        Panel.make
            title
            (Axis.linear "Weight *w*" |> Axis.withRange -1.05 1.05)
            (Axis.log "Largest floor / σ²" |> Axis.withRange 3e-3 40.0)
            (series tables |> List.filter (fun (label, _, _) -> keep label) |> List.map marks |> List.concat)

    let private ladder (tables: Table list) =
        let rows = Curves.table "ladder" tables

        let marks (label, colour, marker) =
            let own = Table.where "series" label rows
            let floor = Table.numbers "floor" own
            let ratio column = Array.map2 (/) (Table.numbers column own) floor

            [ Mark.line (words label) (Stroke.thin colour) (Table.numbers "α" own) (ratio "mean")
              Mark.pointsWithErrors (words label) marker (Table.numbers "α" own) (ratio "mean") (ratio "lower") (ratio "upper") ]

        { Panel.make
              "Measured / exact, as α → 0"
              (Axis.log "Learning rate α" |> Axis.withRange 1.6e-3 8e-2)
              (Axis.linear "E‖∇*f*‖² / largest floor")
              ((series tables |> List.map marks |> List.concat) @ [ Mark.horizontalRule "" Palette.black 1.0 ]) with
            Legend = Hidden }

    let private draw (tables: Table list) =
        Drawn
            { Plate.row
                  "The largest floor that a noise can force on Analog SGD, device by device"
                  1560.0
                  520.0
                  [ floors tables "Linear responses" isLinear
                    floors tables "Power, exponential, user-made" (isLinear >> not)
                    ladder tables ] with
                ColumnWeights = [ 1.1; 1.1; 0.9 ] }

    let private notes (tables: Table list) =
        let measured, ladder = Curves.table "measured" tables, Curves.table "ladder" tables
        let ratios (rows: Table) = Array.map2 (/) (Table.numbers "mean" rows) (Table.numbers "floor" rows)
        let at = ratios measured
        let smallest = List.min defaults.Ladder

        let settled =
            Array.zip (Table.numbers "α" ladder) (ratios ladder)
            |> Array.filter (fun (rate, _) -> rate = smallest)
            |> Array.map snd

        [ $"{measured.Rows} chains at α = {Words.number defaults.LearningRate}: E‖∇f‖² over the exact largest floor between {Words.rounded 4 (Array.min at)} and {Words.rounded 4 (Array.max at)}; what is above 1 is the noise ball of α where the floor is small"
          $"at α = {Words.number smallest}, one weight per device: between {Words.rounded 4 (Array.min settled)} and {Words.rounded 4 (Array.max settled)}" ]

    /// The recipe.
    let recipe: Recipe =
        { Id = "device-floors"
          Title = "The largest floor of every device"
          Caption =
            fun _ ->
                "Largest stationary E‖∇*f*‖² of Analog SGD over all noises of variance σ², as the learning rate goes to 0: ρ²/(1 − ρ²) = (*q*₋ − *q*₊)²/(4*q*₊*q*₋) (lines), which depends on nothing but the device. "
                + "Markers: chains under the noise that reaches it, two points with *p* = *q*₊/(*q*₊ + *q*₋), at a small learning rate, wherever they provably stay within the device's range; 95 % intervals over replicas. "
                + "Right: the same at one weight per device against the learning rate; colours and markers as in the other panels."
          Parameters = fun () -> ParameterWords.ofRecord defaults @ [ "curvature", "1" ]
          Divergences = [ "Our own figure." ]
          Notes = notes
          Compute = fun budget key -> DeviceFloors.run budget key defaults
          Draw = draw }
