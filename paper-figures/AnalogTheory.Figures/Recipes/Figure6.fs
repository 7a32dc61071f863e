namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// Figure 6 (appendix): response factors of the devices of appendix C.
[<RequireQualifiedAccess>]
module Figure6 =

    // Exponents are those of both directions.
    let private parameters = {| Upper = 0.8; Lower = -1.2; PowerExponent = 2.0; ExponentialExponent = 2.5 |}

    let private devices =
        let upper, lower = parameters.Upper, parameters.Lower
        let power, exponential = parameters.PowerExponent, parameters.ExponentialExponent

        [ "linear step", LinearStep.create upper lower
          "power step", PowerStep.create upper lower power power
          "exponential step", ExponentialStep.create upper lower exponential exponential ]

    let private panel (factors: Table) (label, device: Device) =
        let rows = Table.where "series" label factors
        let w = Table.numbers "w" rows
        let line name i = Mark.lineWithMarkers name (Stroke.solid (Palette.at i)) (Marker.at i) 6

        Panel.make
            (label.Substring(0, 1).ToUpperInvariant() + label.Substring 1)
            (Axis.linear "Weight *w*" |> Axis.withRange -1.45 1.05)
            (Axis.linear "Response" |> Axis.withRange -1.5 2.95)
            [ line "*q*_{+}" 0 w (Table.numbers "q₊" rows)
              line "*q*_{−}" 1 w (Table.numbers "q₋" rows)
              Mark.line "*F*" (Stroke.dashed Palette.black) w (Table.numbers "F" rows)
              Mark.line "*G*" { Stroke.dashed Palette.green with Dash = DashDotted } w (Table.numbers "G" rows)
              Mark.verticalRule "τ_{max}" Palette.grey parameters.Upper
              Mark.verticalRule "τ_{min}" Palette.grey parameters.Lower
              match SymmetricPoint.tryFind device with
              | Some point -> Mark.verticalRule "*w*^{⋄}" Palette.purple point
              | None -> () ]

    let private draw (tables: Table list) =
        let factors = Curves.table "factors" tables

        Drawn
            { Plate.row
                  "Response factors of linear-step, power-step and exponential-step devices"
                  1180.0
                  400.0
                  (List.map (panel factors) devices) with
                ShareY = true
                Legend = AboveAll }

    /// The recipe.
    let recipe: Recipe =
        { Id = "6"
          Title = "Figure 6. Response factors of the devices of appendix C"
          Caption =
            fun _ ->
                "Response factors *q*_{+}, *q*_{−} and their components *F* and *G* for linear-step, power-step and exponential-step devices, with the ends "
                + "τ_{max}, τ_{min} of the dynamic range and the symmetric point *w*^{⋄}, where *G* vanishes."
          Parameters = fun () -> ParameterWords.ofRecord parameters
          Divergences =
            [ "F and G are computed from q₊ and q₋; eq. 23 of the paper prints one sign differently."
              "The paper gives no numbers for this figure; parameters are chosen to show the same shapes." ]
          Notes =
            fun _ -> [ for label, device in devices -> $"symmetric point of the {label}: {SymmetricPoint.find device |> Words.rounded 4}" ]
          Compute = fun _ _ -> [ ResponseCurves.factors 301 0.12 devices ]
          Draw = draw }
