namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// Figure 4: Analog SGD against the dynamic range, the noise, and the start.
[<RequireQualifiedAccess>]
module Figure4 =

    /// Pulses in the colour of the dynamic with the same label.
    let private pulses (tables: Table list) =
        let labels = Curves.labels "series" (Curves.table "curves" tables)
        let table = Curves.table "pulses" tables

        [ for label in Curves.labels "series" table do
              let i = List.findIndex ((=) label) labels
              let rows = Table.where "series" label table
              let xs = Table.numbers "k" rows
              Mark.band label (Palette.at i) xs (Table.numbers "lower" rows) (Table.numbers "upper" rows)
              Mark.lineWithMarkers label (Stroke.thin (Palette.at i)) (Marker.at i) 9 xs (Table.numbers "mean" rows) ]

    let private plate title x (y: Axis) (tables: Table list) =
        Drawn
            { Plate.row
                  title
                  1080.0
                  460.0
                  [ Panel.make "Analog dynamic, full batch" x y (Curves.all "k" (Curves.table "curves" tables))
                    Panel.make "Pulses on an array" x y (pulses tables) ] with
                ShareY = true }

    let private k last = Axis.linear "Iteration *k*" |> Axis.withRange 0.0 last
    let private error = Axis.log "Error *f*(*W_{k}*)/*D*"

    // Curves with pulses have parameters of their own.
    let private pulsed (parameters: PulseAblations.Pulses) =
        ("runs with pulses", "half of the seeds")
        :: [ for name, words in ParameterWords.ofRecord parameters -> $"pulses: {name}", words ]

    /// Left: dynamic range.
    let left: Recipe =
        let defaults = Ablations.radiusDefaults

        { Id = "4-left"
          Title = "Figure 4, left. The floor grows as the dynamic range shrinks"
          Caption =
            fun _ ->
                "Analog SGD for several dynamic ranges τ, and digital SGD: mean and 95 % band over seeds, each with its own data. (a) The dynamic of the theory, noise on the full gradient. (b) Pulses on an array, sample by sample, noise on the reads, as in the paper's experiment."
          Parameters = fun () -> ParameterWords.ofRecord defaults @ pulsed PulseAblations.radiusPulses
          Divergences =
            [ "The text gives a noise variance of 0.1, the scripts a deviation of 0.1; the scripts' value is used."
              "The scripts run τ from 1 to 2.5, the printed figure 2 to 50; the printed values are used."
              "The scripts' Δw_min = τ/300 gives pulses whose own noise grows with τ, against the printed curves; the Δw_min of the other figures is used."
              "No digital bias is trained: the truth has none." ]
          Notes = fun _ -> []
          Compute = fun budget key -> [ Ablations.radius budget key defaults; PulseAblations.radius budget key defaults ]
          Draw = plate "Error against iteration for several dynamic ranges" (k 500.0) error }

    /// Middle: noise.
    let middle: Recipe =
        let defaults = Ablations.varianceDefaults

        { Id = "4-middle"
          Title = "Figure 4, middle. The floor grows with the noise"
          Caption =
            fun _ ->
                "Analog SGD for several noise variances: mean and 95 % band over seeds, each with its own data. (a) The dynamic of the theory, noise of variance σ² on each coordinate of the full gradient. (b) Pulses on an array, sample by sample; as in the paper's simulator the noise enters with the reads, with deviation σ‖a‖ over the mean singular value of A. What a noisy read adds to the gradient is much smaller than σ, while every sample of a mini-batch adds its own |Δ_{n}|: at small σ the floor of (b) is not the noise's."
          Parameters = fun () -> ParameterWords.ofRecord defaults @ pulsed PulseAblations.variancePulses
          Divergences = [ "No digital bias is trained: the truth has none." ]
          Notes = fun _ -> []
          Compute = fun budget key -> [ Ablations.variance budget key defaults; PulseAblations.variance budget key defaults ]
          Draw = plate "Error against iteration for several noise variances" (k 200.0) error }

    /// Right: start.
    let right: Recipe =
        let defaults = Ablations.startDefaults

        { Id = "4-right"
          Title = "Figure 4, right. The floor does not depend on the start"
          Caption =
            fun _ ->
                "Analog SGD from constant weights, clipped by the device to [−τ, τ], and from where noise-free digital SGD stands after 10, 20 and 30 steps. "
                + "Starts that the device clips to the same weight are one curve. (a) The dynamic of the theory, with the bias weight on the device. (b) Pulses on an array, sample by sample, with a digital bias; every sample of a mini-batch adds its own |Δ_{n}|, so that the floor lies higher."
          Parameters = fun () -> ParameterWords.ofRecord defaults @ pulsed PulseAblations.startPulses
          Divergences =
            [ "The bias weight is an element of the device in the dynamic; with pulses it is digital, as in the paper's simulator." ]
          Notes = fun _ -> []
          Compute = fun budget key -> [ Ablations.start budget key defaults; PulseAblations.start budget key defaults ]
          Draw = plate "Error against iteration from several starts" (k 50.0) error }
