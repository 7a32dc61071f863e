namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// Figure 2: what pulses do to an ideal and to an asymmetric device.
[<RequireQualifiedAccess>]
module Figure2 =

    // The linear-step device has bounds of its own.
    let private parameters =
        {| Granularity = 0.01
           PulsesEachWay = 150
           Start = -0.75
           Radius = 1.0
           LinearStepUpper = 0.8
           LinearStepLower = -1.2 |}

    let private devices =
        [ "ideal", Ideal.create (), parameters.Start
          "asymmetric linear", AsymmetricLinear.create parameters.Radius, parameters.Start
          "linear step", LinearStep.create parameters.LinearStepUpper parameters.LinearStepLower, parameters.Start ]

    let private compute (_: Budget) (_: Key) =
        [ ResponseCurves.trains parameters.Granularity parameters.PulsesEachWay devices
          ResponseCurves.factors
              201
              0.0
              [ for label, device, _ in devices do
                    if System.Double.IsFinite device.Upper then label, device ] ]

    let private draw (tables: Table list) : Picture =
        let trains, factors = Curves.table "trains" tables, Curves.table "factors" tables

        let trainMarks =
            Curves.labels "series" trains
            |> List.mapi (fun i label ->
                let rows = Table.where "series" label trains

                Mark.lineWithMarkers
                    label
                    (Stroke.solid (Palette.at i))
                    (Marker.at i)
                    10
                    (Table.numbers "pulse" rows)
                    (Table.numbers "weight" rows))

        let factorMarks =
            let rows = Table.where "series" "asymmetric linear" factors
            let w = Table.numbers "w" rows

            [ Mark.lineWithMarkers "*q*_{+}" (Stroke.solid Palette.blue) (Marker.at 0) 7 w (Table.numbers "q₊" rows)
              Mark.lineWithMarkers "*q*_{−}" (Stroke.solid Palette.vermilion) (Marker.at 1) 7 w (Table.numbers "q₋" rows)
              Mark.line "*F*" (Stroke.dashed Palette.black) w (Table.numbers "F" rows)
              Mark.line "*G*" { Stroke.dashed Palette.green with Dash = DashDotted } w (Table.numbers "G" rows)
              Mark.verticalRule "*w*^{⋄}" Palette.grey 0.0 ]

        Drawn
            { Plate.row
                  "Response to pulses of an ideal and of asymmetric devices"
                  1000.0
                  400.0
                  [ Panel.make
                        ""
                        (Axis.linear "Pulse number")
                        (Axis.linear "Weight *w*")
                        (trainMarks @ [ Mark.verticalRule "up to down" Palette.grey (float parameters.PulsesEachWay) ])
                    Panel.make
                        "Asymmetric linear device"
                        (Axis.linear "Weight *w* / τ" |> Axis.withRange -1.0 1.0)
                        (Axis.linear "Response factor")
                        factorMarks ] with
                ColumnWeights = [ 1.25; 1.0 ] }

    /// The recipe.
    let recipe: Recipe =
        { Id = "2"
          Title = "Figure 2. The response of a device to pulses"
          Caption =
            fun _ ->
                "Left: up pulses, then as many down pulses. The ideal device retraces its way; an asymmetric one saturates, and is reset faster than it was set. "
                + "Right: response factors of the asymmetric linear device, the slopes of its curve, with their symmetric part *F* and asymmetric part *G*."
          Parameters = fun () -> ParameterWords.ofRecord parameters
          Divergences = [ "The paper's figure is a sketch without numbers; parameters are chosen to show the same shapes." ]
          Notes = fun _ -> []
          Compute = compute
          Draw = draw }
