namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// Where the bounds on Tiki-Taka say something.
[<RequireQualifiedAccess>]
module ApplicabilityFigure =

    let private defaults = ApplicabilityMap.defaults

    let private threshold (tables: Table list) family name =
        let rows = Table.where "series" family (Curves.table "thresholds" tables) in (Table.numbers name rows)[0]

    let private sigma =
        Axis.log "Noise deviation σ / (*L*τ)" |> Axis.withRange (fst defaults.Deviation) (snd defaults.Deviation)

    let private beta = Axis.log "Learning rate β *L*" |> Axis.withRange (fst defaults.LearningRate) (snd defaults.LearningRate)
    let private bottom = fst defaults.LearningRate

    // The curve between two abscissae, its ends interpolated so that areas meet at the thresholds.
    let private between low high (xs: float[]) (ys: float[]) =
        let at x =
            let i = xs |> Array.tryFindIndex (fun value -> value >= x) |> Option.defaultValue (xs.Length - 1) |> max 1
            let share = (log x - log xs[i - 1]) / (log xs[i] - log xs[i - 1])
            exp (log ys[i - 1] + share * (log ys[i] - log ys[i - 1]))

        let inner =
            [| for i in 0 .. xs.Length - 1 do
                   if xs[i] > low && xs[i] < high then i |]

        Array.concat [ [| low |]; inner |> Array.map (fun i -> xs[i]); [| high |] ],
        Array.concat [ [| at low |]; inner |> Array.map (fun i -> ys[i]); [| at high |] ]

    let private area name colour opacity (xs, ys: float[]) =
        match Mark.band name colour xs (Array.map (fun _ -> bottom) ys) ys with
        | Band band -> Band { band with Colour = Colour.withOpacity opacity colour }
        | mark -> mark

    let private limits (tables: Table list) (family: string) =
        let rows = Table.where "series" family (Curves.table "limits" tables)
        Table.numbers "σ" rows, Table.numbers "printed" rows, Table.numbers "repaired" rows

    let private regions (tables: Table list) (family: string) =
        let sigmas, printed, repaired = limits tables family
        let informative, rate = threshold tables family "informative", threshold tables family "theorem 4"
        let part low high = between low high sigmas repaired

        let marks =
            [ area "T6 holds, but *P*_{max} > τ" Palette.sky 0.28 (part sigmas[0] informative)
              area "T6 says more than |*P*| ≤ τ" Palette.green 0.40 (part informative rate)
              area "Theorem 4 applies too" Palette.vermilion 0.60 (part rate (Array.last sigmas))
              Mark.line "T6's condition on β, repaired" (Stroke.solid Palette.black) sigmas repaired
              Mark.line "T6's condition on β, printed" (Stroke.dashed Palette.purple) sigmas printed
              Mark.verticalRule $"σ = {Words.rounded 3 informative} *L*τ" Palette.grey informative
              Mark.verticalRule $"σ = {Words.rounded 4 rate} *L*τ*D*" Palette.vermilion rate ]

        Panel.make $"""{family}, *c* = {Words.rounded 3 (threshold tables family "c")}""" sigma beta marks

    let private exact (tables: Table list) (family: string) =
        let rows = Table.where "series" family (Curves.table "exact" tables)
        let cells, values = defaults.Cells, Table.numbers "share" rows
        let sigmas, _, repaired = limits tables family
        // Rows of the table run over β within σ.
        let matrix = Array2D.init cells cells (fun row col -> values[col * cells + row])

        let map =
            match
                Mark.heatmap
                    "Largest exact E *P*² / *P*_{max}²"
                    Logarithmic
                    (PhaseDiagram.edges defaults.Deviation cells)
                    (PhaseDiagram.edges defaults.LearningRate cells)
                    matrix
                    [ 1e-4; 1e-3; 1e-2; 1e-1; 1.0 ]
            with
            | Heatmap map -> Heatmap { map with Range = Some(1e-5, 10.0) }
            | mark -> mark

        { Panel.make
              $"Exact second moment, {family}"
              sigma
              beta
              [ map; Mark.line "" { Stroke.solid Palette.black with Width = 2.0 } sigmas repaired ] with
            Legend = Hidden }

    let private draw (tables: Table list) =
        Drawn
            { Plate.row
                  "Where the bounds on Tiki-Taka's auxiliary array say something"
                  1480.0
                  500.0
                  [ regions tables "Rademacher"; regions tables "Gaussian"; exact tables "Rademacher" ] with
                Legend = AboveAll }

    let private notes (tables: Table list) =
        let struct (printed, repaired, bound, k, square) = ApplicabilityMap.counterexample ()

        [ for family, c, _ in ApplicabilityMap.families do
              let sigmas, _, limit = limits tables family
              let at = threshold tables family "theorem 4"
              let _, ends = between at (Array.last sigmas) sigmas limit

              $"""{family} noise, c = {Words.rounded 4 c}: P_max < τ needs σ > {Words.rounded 4 (threshold tables family "informative")}·Lτ, Theorem 4 needs σ > {Words.rounded 4 at}·LτD, and β ≤ {Words.rounded 2 ends[0]}/L there"""

          let shares = Table.numbers "share" (Table.where "series" "Rademacher" (Curves.table "exact" tables))

          let sigma, beta =
              (let rows = Table.where "series" "Rademacher" (Curves.table "exact" tables) in Table.numbers "σ" rows, Table.numbers "β" rows)

          let inside =
              [ for i in 0 .. shares.Length - 1 do
                    if beta[i] <= BoundedAuxiliary.repairedRate defaults.Curvature defaults.Radius sigma[i] defaults.Dimension 1.0 then
                        shares[i] ]

          $"Rademacher noise, inside the repaired condition: the largest exact E P² over |∇f| ≤ 2Lτ is {Words.rounded 2 (List.max inside)} of P_max², so 41 could be about {Words.rounded 2 (41.0 * List.max inside)}"

          (System.FormattableString.Invariant
              $"The printed condition's first two terms lack σ and τ. At L = 0.01, τ = 1, σ = 0.001, D = c = 1, ∇f = 0.005 it allows β = {Words.rounded 4 printed}, where the exact E P_k² is {Words.rounded 4 square} > P_max² = {Words.rounded 4 bound} at k = {k} and grows without limit; the repaired condition stops at β = {Words.rounded 4 repaired}") ]

    /// The recipe.
    let recipe: Recipe =
        { Id = "applicability"
          Title = "Where the bounds on Tiki-Taka apply"
          Caption =
            fun _ ->
                "The plane of noise and learning rate for *L* = τ = *D* = 1. (a, b) Below the black line Lemma 7 (T6) bounds E *P*² by *P*_{max}² = 41*L*²τ⁴*D*/(*c*²σ²). Left of the first rule that is more than τ², which bounded weights give anyway; "
                + "Theorem 4 (T8) asks for 33*P*_{max}² < τ², right of the second rule: σ > 36.78 *L*τ*D* for Rademacher noise, 46.1 for Gaussian. Dashed: the condition on β as printed, whose units differ. "
                + "(c) How far the bound is from the exact stationary second moment, the largest over |∇*f*| ≤ 2*L*τ, with T6's condition (black) and contours at decades (white); no colour: no stationary second moment."
          Parameters = fun () -> ParameterWords.ofRecord defaults
          Divergences = [ "Our own figure; v1 prints the conditions without a map." ]
          Notes = notes
          Compute = fun _ _ -> ApplicabilityMap.run defaults
          Draw = draw }
