namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// The search for a noise with a higher floor than the lower bound's.
[<RequireQualifiedAccess>]
module WorstNoiseFigure =

    let private defaults = WorstNoise.defaults
    let private shown = Words.number defaults.Shown

    let private twoPoint (tables: Table list) =
        let table = Curves.table "two-point" tables

        let series i label =
            let rows = Table.where "series" label table
            let r = defaults.Saturations[i]

            [ Mark.line label (Stroke.solid (Palette.at i)) (Table.numbers "p" rows) (Table.numbers "ratio" rows)
              Mark.points label (Marker.at i) [| 0.5 * (1.0 - r) |] [| 1.0 |] ]

        Panel.make
            "Two points"
            (Axis.linear "Probability *p* of the upper point" |> Axis.withRange 0.0 1.0)
            (Axis.linear "‖∇*f*‖²(1 − *r*²)/(σ²*r*²)" |> Axis.withRange 0.0 1.12)
            (Curves.labels "series" table |> List.mapi series |> List.concat)

    let private search (tables: Table list) =
        let table = Curves.table "search" tables

        let series i label =
            let rows = Table.where "series" label table
            let line = Mark.lineWithMarkers label (Stroke.solid (Palette.at i)) (Marker.at i) 7 (Table.numbers "evaluation" rows)

            [ line (Table.numbers "gap" rows)
              Mark.line
                  ""
                  { Stroke.dashed (Palette.at i) with Width = 1.1 }
                  (Table.numbers "evaluation" rows)
                  (Table.numbers "median gap" rows) ]

        Panel.make
            $"Search at *r* = {shown}"
            (Axis.log "Evaluations of a restart")
            (Axis.log "1 − best ratio" |> Axis.withRange 1e-13 3.0)
            ((Curves.labels "series" table |> List.mapi series |> List.concat)
             @ [ Mark.line "median restart" { Stroke.dashed Palette.grey with Width = 1.1 } [||] [||] ])

    let private maximiser (tables: Table list) =
        let table = Curves.table "maximiser" tables
        let labels = Curves.labels "series" table
        let height i = float (labels.Length - 1 - i)

        // One row per number of atoms; a stem per atom, as high as its probability.
        let series i label =
            let rows = Table.where "series" label table
            let values, probabilities = Table.numbers "value" rows, Table.numbers "probability" rows
            let colour = if i = 0 then Palette.black else Palette.at (i - 1)

            [ yield Mark.line "" { Stroke.thin Palette.grey with Width = 0.7 } [| -2.2; 3.2 |] [| height i; height i |]
              for value, probability in Array.zip values probabilities do
                  yield
                      Mark.line "" { Stroke.solid colour with Width = 2.4 } [| value; value |] [| height i; height i + 0.85 * probability |]
              yield
                  Mark.points
                      ""
                      (if i = 0 then Marker.make Diamond colour else Marker.at (i - 1))
                      values
                      (probabilities |> Array.map (fun p -> height i + 0.85 * p)) ]

        { Panel.make
              $"Best noise at *r* = {shown}"
              (Axis.linear "ε/σ" |> Axis.withRange -2.2 3.2)
              (Axis.linear ""
               |> Axis.withRange -0.12 (float labels.Length - 0.05)
               |> Axis.withTicks (labels |> List.mapi (fun i label -> height i, label)))
              (labels |> List.mapi series |> List.concat) with
            Legend = Hidden }

    let private draw (tables: Table list) =
        Drawn(Plate.row "Search for the noise with the highest floor" 1400.0 440.0 [ twoPoint tables; search tables; maximiser tables ])

    let private notes (tables: Table list) =
        let worst = Curves.table "worst" tables
        let number name i = (Table.numbers name worst)[i]
        let rows = [ 0 .. worst.Rows - 1 ]
        let least, farthest = rows |> List.map (number "gap") |> List.min, rows |> List.map (number "distance") |> List.max

        [ $"""over {rows.Length} searches of {Words.number (number "evaluations" 0)} evaluations, the smallest 1 − ratio, in exact rational arithmetic, is {Words.rounded 2 least}: none exceeds 1"""
          $"the maximisers lie within {Words.rounded 2 farthest}·σ (root mean square) of v1's two points, whatever the number of atoms allowed"
          for atoms in defaults.Atoms do
              let own = rows |> List.filter (fun i -> number "atoms" i = float atoms)
              let extreme pick name = own |> List.map (number name) |> pick
              $"""{atoms} atoms, all r: 1 − best between {Words.rounded 2 (extreme List.min "gap")} and {Words.rounded 2 (extreme List.max "gap")}; median random start between {Words.rounded 2 (extreme List.min "median")} and {Words.rounded 2 (extreme List.max "median")}""" ]

    /// The recipe.
    let recipe: Recipe =
        { Id = "worst-noise"
          Title = "No noise has a higher floor"
          Caption =
            fun _ ->
                "Analog SGD's fixed point *g* = −*r* E|*g* + ε| under noise of variance σ²: the floor as a share of σ²*r*²/(1 − *r*²). (a) Two points with probability *p*: the maximum is v1's *p* = (1 − *r*)/2 (markers). "
                + "(b) Random restarts and local search over two to five atoms, any positions and probabilities: best restart (lines with markers) and median restart (dashed). "
                + "(c) The best noises, as stems of their probabilities: further atoms merge into v1's two. Cauchy–Schwarz explains it: (E|*g* + ε|)² ≤ *g*² + σ², with equality only where |*g* + ε| is constant."
          Parameters = fun () -> ParameterWords.ofRecord defaults
          Divergences = [ "Our own figure." ]
          Notes = notes
          Compute = fun budget key -> WorstNoise.run budget key defaults
          Draw = draw }
