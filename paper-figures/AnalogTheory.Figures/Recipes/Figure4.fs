namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// Figure 4: Analog SGD against the dynamic range, the noise, and the start.
[<RequireQualifiedAccess>]
module Figure4 =

    let private plate title x (y: Axis) (tables: Table list) =
        Drawn(Plate.single title 620.0 460.0 (Panel.make "" x y (Curves.all "k" (Curves.table "curves" tables))))

    let private k last = Axis.linear "Iteration *k*" |> Axis.withRange 0.0 last
    let private error = Axis.log "Error *f*(*W_{k}*)/*D*"

    /// Left: dynamic range.
    let left: Recipe =
        let defaults = Ablations.radiusDefaults

        { Id = "4-left"
          Title = "Figure 4, left. The floor grows as the dynamic range shrinks"
          Caption = fun _ -> "Analog SGD for several dynamic ranges τ, and digital SGD: mean and 95 % band over seeds, each with its own data."
          Parameters = fun () -> Words.ofStudy defaults.Study @ [ "α", Words.number defaults.LearningRate; "τ", Words.numbers defaults.Radii ]
          Divergences =
            [ "The text gives a noise variance of 0.1, the scripts a deviation of 0.1; the scripts' value is used."
              "The scripts run τ from 1 to 2.5, the printed figure 2 to 50; the printed values are used."
              "The paper's curves come from a pulse-level simulator; here they are the analog dynamic." ]
          Notes = fun _ -> []
          Compute = fun budget key -> [ Ablations.radius budget key defaults ]
          Draw = plate "Error against iteration for several dynamic ranges" (k 500.0) error }

    /// Middle: noise.
    let middle: Recipe =
        let defaults = Ablations.varianceDefaults

        { Id = "4-middle"
          Title = "Figure 4, middle. The floor grows with the noise"
          Caption = fun _ -> "Analog SGD for several noise variances per coordinate: mean and 95 % band over seeds, each with its own data."
          Parameters =
              fun () ->
                Words.ofStudy defaults.Study
                @ [ "α", Words.number defaults.LearningRate
                    "τ", Words.number defaults.Radius
                    "σ² per coordinate", Words.numbers defaults.Variances ]
          Divergences = [ "The paper's curves come from a pulse-level simulator (Δw_min = 1e-4, at most 5000 pulses); here they are the analog dynamic." ]
          Notes = fun _ -> []
          Compute = fun budget key -> [ Ablations.variance budget key defaults ]
          Draw = plate "Error against iteration for several noise variances" (k 200.0) error }

    /// Right: start.
    let right: Recipe =
        let defaults = Ablations.startDefaults

        { Id = "4-right"
          Title = "Figure 4, right. The floor does not depend on the start"
          Caption =
            fun _ ->
                "Analog SGD from constant weights, clipped by the device to [−τ, τ], and from where noise-free digital SGD stands after 10, 20 and 30 steps. "
                + "Starts that the device clips to the same weight are one curve."
          Parameters =
              fun () ->
                Words.ofStudy defaults.Study
                @ [ "α", Words.number defaults.LearningRate
                    "τ", Words.number defaults.Radius
                    "constant starts", Words.numbers defaults.Constants
                    "digital steps", defaults.DigitalSteps |> List.map string |> String.concat ", " ]
          Divergences =
            [ "The bias weight is an element of the analog array here; in the paper's simulator it is digital."
              "The paper's curves come from a pulse-level simulator (Δw_min = 1e-4, at most 400 pulses); here they are the analog dynamic." ]
          Notes = fun _ -> []
          Compute = fun budget key -> [ Ablations.start budget key defaults ]
          Draw = plate "Error against iteration from several starts" (k 50.0) error }
