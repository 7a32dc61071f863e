namespace AnalogTheory.Figures

open System
open AnalogTheory
open AnalogTheory.Plotting

/// The phase diagram of the floor over dynamic range and noise.
[<RequireQualifiedAccess>]
module PhaseFigure =

    let private defaults = PhaseDiagram.defaults

    let private draw (tables: Table list) =
        let floor = Curves.table "floor" tables
        let cells = defaults.Cells
        let xEdges = PhaseDiagram.edges defaults.Radius cells
        let yEdges = PhaseDiagram.edges defaults.Deviation cells |> Array.map (fun s -> s * s)

        // Rows of the table run over σ within τ.
        let matrix column =
            let values = Table.numbers column floor
            Array2D.init cells cells (fun row col -> values[col * cells + row])

        let decades = [ 1e-8; 1e-7; 1e-6; 1e-5; 1e-4; 1e-3; 1e-2; 1e-1 ]
        let tau = Axis.log "Dynamic range τ" |> Axis.withRange xEdges[0] xEdges[cells]
        let variance = Axis.log "Noise variance σ²" |> Axis.withRange yEdges[0] yEdges[cells]

        let heat label column =
            match Mark.heatmap label Logarithmic xEdges yEdges (matrix column) decades with
            | Heatmap map -> Heatmap { map with Range = Some(1e-8, 1.0) }
            | mark -> mark

        let label text x y =
            TextNote
                { X = x
                  Y = y
                  Text = text
                  Anchor = (if text = "floor" then LeftOf else RightOf)
                  Colour = Palette.black
                  Target = None }

        // Noise as strong as the restoring force: κσ = Lτ with κ = √(2/π).
        let crossover =
            let xs = xEdges |> Array.filter (fun radius -> (defaults.Curvature * radius) ** 2.0 * Math.PI / 2.0 <= yEdges[cells])

            Mark.line
                ""
                { Stroke.dashed Palette.vermilion with Width = 2.0 }
                xs
                (xs |> Array.map (fun radius -> (defaults.Curvature * radius) ** 2.0 * Math.PI / 2.0))

        // Where the exact floor equals digital SGD's noise ball at the simulated α.
        let hidden =
            let exact, ball = matrix "exact", matrix "noise ball"
            let radii = PhaseDiagram.centres defaults.Radius cells
            let variances = PhaseDiagram.centres defaults.Deviation cells |> Array.map (fun s -> s * s)

            let crossing row =
                seq { 0 .. cells - 2 }
                |> Seq.tryFind (fun col -> exact[row, col] >= ball[row, col] && exact[row, col + 1] < ball[row, col + 1])
                |> Option.map (fun col ->
                    let at c = log (exact[row, c] / ball[row, c])
                    let share = at col / (at col - at (col + 1))
                    exp (log radii[col] + share * (log radii[col + 1] - log radii[col])))

            let points =
                [| for row in 0 .. cells - 1 do
                       match crossing row with
                       | Some radius -> radius, variances[row]
                       | None -> () |]

            Mark.line "" { Stroke.solid Palette.white with Width = 2.2 } (Array.map fst points) (Array.map snd points)

        Drawn
            { Plate.row
                  "Floor of Analog SGD over dynamic range and noise"
                  1180.0
                  470.0
                  [ { Panel.make
                          "Exact, α → 0"
                          tau
                          variance
                          [ heat "‖∇*f*‖² at the fixed point" "exact"; crossover; label "κσ = *Lτ*" 2.3 4.2 ] with
                        Legend = Hidden }
                    { Panel.make
                          (FormattableString.Invariant $"Measured, α = {defaults.LearningRate}")
                          tau
                          variance
                          [ heat "Stationary E‖∇*f*‖²" "measured"; hidden; label "floor" 4.6 3e-3; label "noise ball of α" 7.2 3e-3 ] with
                        Legend = Hidden } ] with
                Legend = EachPanel }

    /// The recipe.
    let recipe: Recipe =
        { Id = "phase"
          Title = "Phase diagram of the floor"
          Caption =
            fun _ ->
                "Analog SGD on one quadratic weight, one colour scale. Left: the exact floor; it grows like σ²/τ² until the noise is as strong as the restoring force (dashed) and "
                + "saturates above. Right: what a simulation at a finite learning rate sees; right of the white line the noise ball of the learning rate hides the floor. Contours: decades."
          Parameters = fun () -> ParameterWords.ofRecord defaults
          Divergences = [ "Our own figure; the problem is a single quadratic weight." ]
          Notes = fun _ -> []
          Compute = fun budget key -> [ PhaseDiagram.run budget key defaults ]
          Draw = draw }
