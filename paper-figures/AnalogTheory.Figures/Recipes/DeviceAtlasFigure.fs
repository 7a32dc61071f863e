namespace AnalogTheory.Figures

open System
open AnalogTheory
open AnalogTheory.Plotting

/// The published devices side by side.
[<RequireQualifiedAccess>]
module DeviceAtlasFigure =

    let private defaults = DeviceAtlas.defaults

    /// Panels of a row of the plate.
    let private perRow = 5

    let private rowsOf (name: string) table (tables: Table list) = Table.where "device" name (Curves.table table tables)

    let private response (tables: Table list) name =
        let rows = rowsOf name "responses" tables
        let pulse = Table.numbers "pulse" rows
        let last = Array.last pulse
        // Thousands of pulses are read more easily in thousands.
        let unit, label = if last > 4000.0 then 1000.0, "Pulses (10^{3})" else 1.0, "Pulses"
        let x = pulse |> Array.map (fun n -> n / unit)

        Panel.make
            name
            (Axis.linear label |> Axis.withRange 0.0 (Array.last x))
            (Axis.linear "Weight *w*")
            [ Mark.band "response, middle 80 % of elements" Palette.black x (Table.numbers "lower" rows) (Table.numbers "upper" rows)
              Mark.line "response, middle 80 % of elements" (Stroke.solid Palette.black) x (Table.numbers "w" rows) ]

    let private factors (tables: Table list) name =
        let rows = rowsOf name "factors" tables
        let devices = rowsOf name "devices" tables
        let w = Table.numbers "w" rows
        let value column = (Table.numbers column devices)[0]
        let line label stroke column = Mark.line label stroke w (Table.numbers column rows)
        // A few elements of large steps would hide all else.
        let top =
            Array.append (Table.numbers "q₊" rows) (Table.numbers "q₋" rows)
            |> Array.filter Double.IsFinite
            |> Array.max
            |> max 1.0

        let bottom = Table.numbers "G" rows |> Array.filter Double.IsFinite |> Array.min |> min 0.0

        Panel.make
            ""
            (Axis.linear "Weight *w*" |> Axis.withRange (Array.head w) (Array.last w))
            (Axis.linear "Step / Δ*w*_{min}" |> Axis.withRange (1.1 * bottom - 0.15 * top) (1.7 * top))
            [ Mark.band "*q*_{+}" Palette.blue w (Table.numbers "q₊ lower" rows) (Table.numbers "q₊ upper" rows)
              Mark.band "*q*_{−}" Palette.vermilion w (Table.numbers "q₋ lower" rows) (Table.numbers "q₋ upper" rows)
              line "*q*_{+}" (Stroke.solid Palette.blue) "q₊"
              line "*q*_{−}" (Stroke.solid Palette.vermilion) "q₋"
              line "*F*" (Stroke.dashed Palette.black) "F"
              line "*G*" { Stroke.dashed Palette.green with Dash = DashDotted } "G"
              if Double.IsFinite(value "w⋄") then
                  VerticalRule
                      { At = value "w⋄"
                        Label = ""
                        Name = Some "*w*^{⋄}, and its middle 80 %"
                        Stroke = { Stroke.solid Palette.purple with Width = 1.2 } }
              for end' in [ "w⋄ 10 %"; "w⋄ 90 %" ] do
                  if value end' > Array.head w && value end' < Array.last w then
                      VerticalRule
                          { At = value end'
                            Label = ""
                            Name = None
                            Stroke = { Stroke.dashed Palette.purple with Width = 0.9; Dash = Dotted } } ]

    let private draw (tables: Table list) =
        let pairs =
            defaults.Devices
            |> List.chunkBySize perRow
            |> List.collect (fun names -> [ List.map (response tables) names; List.map (factors tables) names ])

        Drawn
            { Plate.grid "Responses of published devices" 1480.0 (270.0 * float pairs.Length + 60.0) pairs with
                Letters = false
                Legend = AboveAll }

    let private notes (tables: Table list) =
        let devices = Curves.table "devices" tables
        let number column i = (Table.numbers column devices)[i]
        let shown digits column i = Words.rounded digits (number column i)

        [ for i in 0 .. devices.Rows - 1 ->
              let name = (Table.texts "device" devices)[i]

              let point =
                  if Double.IsNaN(number "w⋄ median" i) then
                      "no symmetric point"
                  else
                      let low, high = shown 3 "w⋄ 10 %" i, shown 3 "w⋄ 90 %" i
                      let without = Words.rounded 2 (100.0 * number "without w⋄" i)

                      shown 3 "w⋄ median" i
                      |> fun middle ->
                          "symmetric point "
                          + middle
                          + ", middle 80 % "
                          + low
                          + " to "
                          + high
                          + ", none for "
                          + without
                          + " % of elements"

              $"""{name}: Δw_min {shown 4 "Δw_min" i}, {shown 3 "states" i} states, noise of a pulse {shown 3 "cycle noise" i} steps, of writing {shown 3 "write noise" i} steps; {point} ({(Table.texts "source" devices)[i]})""" ]

    /// The recipe.
    let recipe: Recipe =
        { Id = "devices"
          Title = "An atlas of published devices"
          Caption =
            fun _ ->
                "AIHWKIT's presets, without the noise of single pulses. For each device, above: the weight while pulses arrive, first up, then down, "
                + "from the lower bound; the mean element, and a band that holds the middle 80 % of elements. Below: *q*_{+}, *q*_{−}, *F* and *G* of the mean element in units of its granularity, bands of *q*_{±} over elements, "
                + "and the symmetric point, solid for the mean element, dotted around the middle 80 %."
          Parameters = fun () -> ParameterWords.ofRecord defaults
          Divergences = [ "Our own figure." ]
          Notes = notes
          Compute = fun _ key -> DeviceAtlas.run key defaults
          Draw = draw }
