namespace AnalogTheory.Figures

open System
open AnalogTheory
open AnalogTheory.Plotting

/// Which algorithm wins where: range, granularity, offset of the symmetric point.
[<RequireQualifiedAccess>]
module TransferFigure =

    let private defaults = TransferComparison.defaults
    let private radius, offset, granularity = defaults.Middle

    let private near (a: float) (b: float) = abs (a - b) <= 1e-12 * max 1.0 (abs b)

    let private where (conditions: (string * float) list) (table: Table) =
        (table, conditions)
        ||> List.fold (fun table (column, value) -> Table.filter (Table.numbers column table |> Array.map (near value)) table)

    let private names =
        Map.ofList
            [ "sgd", "Analog SGD"
              "tiki-taka", "Tiki-Taka"
              "residual", "residual learning"
              "ttv2", "TTv2"
              "c-ttv2", "c-TTv2"
              "agad", "AGAD"
              "rider", "RIDER"
              "e-rider", "E-RIDER"
              "mixed-precision", "mixed precision" ]

    /// What an algorithm is called in figures.
    let nameOf algorithm = names |> Map.tryFind algorithm |> Option.defaultValue algorithm

    let private strokeOf i =
        { Stroke.solid (Palette.at i) with
            Width = 1.4
            Dash = (if i < 7 then Solid else Dashed) }

    let private lines x label isLog ticks conditions (tables: Table list) =
        let table = Curves.table "algorithms" tables |> where conditions

        Panel.make
            ""
            (Axis.withTicks ticks (if isLog then Axis.log label else Axis.linear label))
            (Axis.log "Late error *f*/*D*")
            [ for i, algorithm in List.indexed defaults.Algorithms do
                  let rows = Table.where "algorithm" algorithm table
                  let xs = Table.numbers x rows
                  let order = [| 0 .. rows.Rows - 1 |] |> Array.sortBy (fun n -> xs[n])

                  let pick column =
                      let values = Table.numbers column rows
                      order |> Array.map (fun n -> values[n])

                  Mark.lineWithPoints (nameOf algorithm) (strokeOf i) (Marker.at i) (pick x) (pick "mean") ]

    let private draw (tables: Table list) =
        let table = Curves.table "algorithms" tables

        let tau =
            lines
                "τ"
                "Dynamic range τ"
                true
                [ for r in defaults.Radii -> r, Words.number r ]
                [ "offset", offset; "granularity", granularity ]
                tables

        let steps =
            lines
                "granularity"
                "Granularity Δ*w*_{min}/τ"
                true
                [ for g in defaults.Granularities -> g, (FormattableString.Invariant $"10^{{{int (round (log10 g))}}}").Replace("-", "−") ]
                [ "τ", radius; "offset", offset ]
                tables

        let shift =
            lines
                "offset"
                "Offset of the symmetric point /τ"
                false
                [ for o in defaults.Offsets -> o, Words.number o ]
                [ "τ", radius; "granularity", granularity ]
                tables

        // Mixed precision adds gradients up digitally: the map is of those that do it on the array.
        let table = table |> Table.filter (Table.texts "algorithm" table |> Array.map ((<>) "mixed-precision"))

        // The winners of the map, a name a cell.
        let winners =
            [ for g in defaults.Granularities do
                  for o in defaults.Offsets do
                      let cell = table |> where [ "τ", radius; "offset", o; "granularity", g ]
                      let means = Table.numbers "mean" cell |> Array.map (fun mean -> if Double.IsFinite mean then mean else infinity)
                      let least = Array.min means
                      let best = Array.findIndex ((=) least) means
                      let winner = (Table.texts "algorithm" cell)[best]
                      o, g, List.findIndex ((=) winner) defaults.Algorithms, means[best] ]

        let cells =
            Array2D.init defaults.Granularities.Length defaults.Offsets.Length (fun row col ->
                let _, _, _, mean = winners[row * defaults.Offsets.Length + col] in mean)

        let position = List.mapi (fun i o -> o, float i) defaults.Offsets |> Map.ofList
        let height = List.mapi (fun i g -> g, float i) defaults.Granularities |> Map.ofList
        let edges count = [| for i in 0..count -> float i - 0.5 |]

        let map =
            Panel.make
                ""
                (Axis.linear "Offset of the symmetric point /τ"
                 |> Axis.withTicks [ for o in defaults.Offsets -> position[o], Words.number o ])
                (Axis.linear "Granularity Δ*w*_{min}/τ"
                 |> Axis.withTicks
                     [ for g in defaults.Granularities ->
                           height[g], (FormattableString.Invariant $"10^{{{int (round (log10 g))}}}").Replace("-", "−") ])
                [ yield
                      Mark.heatmap
                          "Late error of the best"
                          Scale.Logarithmic
                          (edges defaults.Offsets.Length)
                          (edges defaults.Granularities.Length)
                          cells
                          []
                  for o, g, i, _ in winners do
                      yield
                          TextNote
                              { X = position[o]
                                Y = height[g]
                                Text = nameOf defaults.Algorithms[i]
                                Anchor = Above
                                Colour = Palette.black
                                Target = None } ]

        Drawn
            { Plate.grid
                  "Training algorithms against range, granularity and offset"
                  1180.0
                  900.0
                  [ [ tau; steps ]; [ shift; { map with Legend = Hidden } ] ] with
                Legend = AboveAll }

    let private notes (tables: Table list) =
        let table = Curves.table "algorithms" tables |> where [ "τ", radius; "granularity", granularity ]

        [ for algorithm in defaults.Algorithms do
              let at o =
                  let rows = Table.where "algorithm" algorithm (where [ "offset", o ] table)
                  let mean, rate = (Table.numbers "mean" rows)[0], (Table.numbers "α" rows)[0]
                  $"{Words.rounded 3 mean} (α = {Words.number rate})"

              $"{nameOf algorithm}: {at (List.head defaults.Offsets)} without offset, {at (List.last defaults.Offsets)} at {Words.number (List.last defaults.Offsets)} τ" ]

    /// The recipe.
    let recipe: Recipe =
        { Id = "algorithms"
          Title = "Which algorithm wins where"
          Caption =
            fun _ ->
                $"Training algorithms on one least-squares problem with pulses, noise from pulse to pulse and noisy reads; mean loss of the last {Words.number (float defaults.Averaged)} of {Words.number (float defaults.Study.Steps)} iterations, each algorithm at the best of three learning rates. "
                + $"(a) Against the dynamic range τ, at an offset of {Words.number offset} τ and Δ*w*_{{min}} = {Words.number granularity} τ. (b) Against the granularity. (c) Against the offset of the symmetric point of all arrays. (d) The winner at τ = {Words.number radius}, coloured by its error, without mixed precision, which adds gradients up digitally."
          Parameters = fun () -> ParameterWords.ofRecord defaults
          Divergences =
            [ "Our own figure. Settings of the algorithms are those of the library, not tuned beyond the learning rate; RIDER and E-RIDER subtract their reference digitally."
              "Default budgets give two runs a point: differences of a few per cent are noise." ]
          Notes = notes
          Compute = fun budget key -> [ TransferComparison.run budget key defaults ]
          Draw = draw }
