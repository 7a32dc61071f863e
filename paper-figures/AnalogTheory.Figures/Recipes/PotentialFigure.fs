namespace AnalogTheory.Figures

open System
open AnalogTheory
open AnalogTheory.Plotting

/// The potential of Analog SGD and where chains are found.
[<RequireQualifiedAccess>]
module PotentialFigure =

    let private defaults = PotentialLandscape.defaults
    let private weight = Axis.linear "Weight *w*" |> Axis.withRange -defaults.Shown defaults.Shown

    let private landscape (tables: Table list) =
        let rows = Curves.table "landscape" tables
        let ws = Table.numbers "w" rows

        Panel.make
            "One weight"
            weight
            (Axis.linear "Loss, from its least value" |> Axis.withRange 0.0 0.04)
            [ Mark.line "*f*" { Stroke.dashed Palette.grey with Width = 1.8 } ws (Table.numbers "f" rows)
              Mark.line "*V* = *f* + ∫ψ" { Stroke.solid Palette.blue with Width = 2.2 } ws (Table.numbers "V" rows)
              Mark.verticalRule "*w*⋄" Palette.grey defaults.SymmetricPoint ]

    let private density (tables: Table list) =
        let rows = Curves.table "density" tables

        let marks i label =
            let own = Table.where "series" label rows
            let ws = Table.numbers "w" own

            [ Mark.line label (Stroke.solid (Palette.at i)) ws (Table.numbers "predicted" own)
              Mark.points label { Marker.at i with Size = 5.0 } ws (Table.numbers "density" own) ]

        Panel.make
            "Density of *w*"
            weight
            (Axis.linear "Density" |> Axis.withRange 0.0 6.6)
            (Curves.labels "series" rows |> List.mapi marks |> List.concat)

    let private plane (tables: Table list) =
        let rows, minima = Curves.table "plane" tables, Curves.table "minima" tables
        let cells = defaults.PlaneCells
        let edges = Array.init (cells + 1) (fun i -> defaults.Shown * (2.0 * float i / float cells - 1.0))
        let centres = edges |> Array.pairwise |> Array.map (fun (a, b) -> 0.5 * (a + b))

        let matrix column =
            let values = Table.numbers column rows
            Array2D.init cells cells (fun row col -> values[row * cells + col])

        let potential = matrix "V"
        let bottom = Seq.cast<float> potential |> Seq.min
        let unit = 0.5 * defaults.PlaneRate * defaults.Deviation * defaults.Deviation

        // Lines of V in units of αs²/2, over which the density falls by about a factor e.
        let contours =
            [ for level in [ 0.5; 1.0; 2.0; 3.0; 5.0; 8.0 ] do
                  for xs, ys in Contours.lines centres centres potential (bottom + level * unit) do
                      Mark.line "" { Stroke.thin Palette.white with Width = 1.3 } xs ys ]

        let points label marker =
            let own = Table.where "series" label minima
            Mark.points label marker (Table.numbers "w1" own) (Table.numbers "w2" own)

        // Three decades of colour; what no chain visited has the darkest.
        let least, most = 0.05, 60.0

        let density =
            match Mark.heatmap "Simulated density" Logarithmic edges edges (matrix "density" |> Array2D.map (max least)) [] with
            | Heatmap map -> Heatmap { map with Range = Some(least, most) }
            | mark -> mark

        { Panel.make
              "Two weights"
              (Axis.linear "*w*₁" |> Axis.withRange -defaults.Shown defaults.Shown)
              (Axis.linear "*w*₂" |> Axis.withRange -defaults.Shown defaults.Shown)
              ([ density ]
               @ contours
               @ [ points "minimum of *f*" { Marker.make Cross Palette.orange with Size = 9.0 }
                   points "minimum of *V*" { Marker.make Disc Palette.vermilion with Size = 8.0 } ]) with
            Legend = Inside(1.0, 0.0) }

    let private draw (tables: Table list) =
        Drawn
            { Plate.row
                  "The potential of Analog SGD, and where chains are found"
                  1480.0
                  480.0
                  [ landscape tables; density tables; plane tables ] with
                ColumnWeights = [ 1.0; 1.0; 1.0 ] }

    // Half of the total absolute difference: the share of the mass that the prediction puts elsewhere.
    let private misplaced (rows: Table) =
        let simulated, predicted = Table.numbers "density" rows, Table.numbers "predicted" rows
        0.5 * (Array.map2 (fun a b -> abs (a - b)) simulated predicted |> Array.sum) / Array.sum predicted

    let private notes (tables: Table list) =
        let density = Curves.table "density" tables

        let ofOne label =
            let share = 100.0 * misplaced (Table.where "series" label density)
            $"one weight, {label}: the diffusion puts {Words.rounded 2 share} %% of the mass elsewhere than the chains"

        Curves.labels "series" density |> List.map ofOne

    /// The recipe.
    let recipe: Recipe =
        { Id = "potential"
          Title = "The potential of Analog SGD"
          Caption =
            fun _ ->
                "Analog SGD descends *V* = *f* + Σ∫ψ in the mean, ψ = ρE|ε − ψ|, not *f*; here ε = ±*s*, so ψ = *s*ρ. "
                + "(a) A double well with two equal minima of *f*: the device pulls both inwards and prefers the one beside its symmetric point. "
                + "(b) Where chains are found (points) against a diffusion with the drift −α*V*′ and the variance of the steps (lines), three learning rates. "
                + "(c) A double well coupled to a second weight: simulated density, lines of *V* in steps of α*s*²/2, minima of *f* and of *V*."
          Parameters = fun () -> ParameterWords.ofRecord defaults
          Divergences = [ "Our own figure." ]
          Notes = notes
          Compute = fun budget key -> PotentialLandscape.run budget key defaults
          Draw = draw }
