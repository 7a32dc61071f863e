/// Pictures of what a command line computes, from arrays.
namespace AnalogTheory.Plotting

open System
open System.Collections.Generic
open System.Text.RegularExpressions
open AnalogTheory.Runs

/// <summary>A curve of means with a band of confidence.</summary>
type PictureCurve =
    {
        /// Name in the legend, plain text; may be empty.
        Name: string
        /// Abscissae.
        X: float[]
        /// Means.
        Y: float[]
        /// Lower ends of the intervals.
        Lower: float[]
        /// Upper ends of the intervals.
        Upper: float[]
    }

/// <summary>Curves of one quantity.</summary>
type PicturePanel =
    {
        /// The quantity, plain text.
        Label: string
        /// Its curves.
        Curves: IReadOnlyList<PictureCurve>
        /// A level to compare with; NaN for none.
        Level: float
        /// Name of the level.
        LevelName: string
    }

/// <summary>The response of a device on a grid of weights.</summary>
type PictureResponse =
    {
        /// The device, plain text.
        Title: string
        /// Weights, ascending.
        Weights: float[]
        /// q₊ at these.
        Up: float[]
        /// q₋ at these.
        Down: float[]
        /// Symmetric point, unit of weight; NaN for none.
        SymmetricPoint: float
        /// Name of what the lines show, such as a fitted law; empty if there are no measurements.
        LineName: string
        /// Weights before measured pulses up.
        MeasuredUpWeights: float[]
        /// Their steps in units of the granularity.
        MeasuredUp: float[]
        /// Weights before measured pulses down.
        MeasuredDownWeights: float[]
        /// Their steps in units of the granularity, positive.
        MeasuredDown: float[]
    }

/// <summary>The lower bound's instance: its drift, and its measured floor.</summary>
type PictureFloor =
    {
        /// Title in plain text.
        Title: string
        /// Weights, ascending.
        Weights: float[]
        /// Expected step of Analog SGD per learning rate at these.
        Drift: float[]
        /// Expected step of Digital SGD per learning rate at these.
        DigitalDrift: float[]
        /// Weight at which the drift vanishes.
        FixedPoint: float
        /// w*.
        Minimizer: float
        /// Learning rates of the measurements.
        LearningRates: float[]
        /// Measured E‖∇f‖²/(σ²S_K).
        Ratio: float[]
        /// Lower ends of its intervals.
        Lower: float[]
        /// Upper ends of its intervals.
        Upper: float[]
        /// The stationary ratio; NaN where it is not known.
        Computed: float[]
    }

/// <summary>Draws; each picture is an SVG and a PNG.</summary>
[<AbstractClass; Sealed>]
type Pictures =

    // Words of a user are no markup, and may hold characters that the faces lack.
    static member private Plain(text: string) : string = PlainText.toMarkup text

    // Single letters are quantities, as in f(W) − f*; longer words are names.
    static member private Symbols(text: string) : string = Regex.Replace(Pictures.Plain text, @"(?<![\p{L}])[A-Za-z](?![\p{L}])", "*$0*")

    // Ratios matter where values are positive and span most of a decade.
    static member private Axis(label: string, values: seq<float>) : Axis =
        let shown = values |> Seq.filter Double.IsFinite |> Array.ofSeq

        if shown.Length > 1 && Array.min shown > 0.0 && Array.max shown > 8.0 * Array.min shown then
            Axis.log label
        else
            Axis.linear label

    // What no axis can show is a gap: the ends of the doubles overflow in every formula of a scale.
    static member private Shown(values: float[]) : float[] =
        values
        |> Array.map (fun value ->
            if abs value > 1e100 then nan
            elif abs value < 1e-100 then 0.0
            else value)

    static member private Shown(curve: PictureCurve) : PictureCurve =
        { curve with
            X = Pictures.Shown curve.X
            Y = Pictures.Shown curve.Y
            Lower = Pictures.Shown curve.Lower
            Upper = Pictures.Shown curve.Upper }

    static member private Shown(panel: PicturePanel) : PicturePanel =
        { panel with Curves = [| for curve in panel.Curves -> Pictures.Shown curve |] }

    static member private Files(name: string, plate: Plate) : IReadOnlyList<ResultFile> =
        [| for file, content in PlateRenderer.files name plate do
               if not (file.EndsWith(".pdf", StringComparison.Ordinal)) then { Name = file; Content = content } |]
        :> IReadOnlyList<ResultFile>

    static member private Row(title: string, panels: Panel list) : Plate =
        let title = PlainText.printable title

        match panels with
        | [ panel ] -> Plate.single title 760.0 480.0 panel
        | _ ->
            let perRow = if panels.Length = 4 then 2 else min 3 panels.Length
            let rows = List.chunkBySize perRow panels
            Plate.grid title (460.0 * float perRow) (400.0 * float rows.Length) rows

    /// <summary>Traces of a simulation: measures against the step.</summary>
    /// <param name="name">File name without extension.</param>
    /// <param name="title">Title in plain text.</param>
    /// <param name="panels">One for every measure; at least one.</param>
    static member OfTraces(name: string, title: string, panels: IReadOnlyList<PicturePanel>) : IReadOnlyList<ResultFile> =
        let panel (panel: PicturePanel) =
            let marks =
                panel.Curves
                |> Seq.mapi (fun i curve ->
                    let colour = Palette.at i

                    [ Mark.band (Pictures.Plain curve.Name) colour curve.X curve.Lower curve.Upper
                      Mark.lineWithMarkers (Pictures.Plain curve.Name) (Stroke.thin colour) (Marker.at i) 8 curve.X curve.Y ])
                |> List.concat

            let y = Pictures.Axis(Pictures.Symbols panel.Label, panel.Curves |> Seq.collect _.Y)
            Panel.make "" (Axis.linear "Step *k*") y marks

        Pictures.Files(name, Pictures.Row(title, [ for p in panels -> panel (Pictures.Shown p) ]))

    /// <summary>Measures against a parameter of a grid, with intervals.</summary>
    /// <param name="name">File name without extension.</param>
    /// <param name="title">Title in plain text.</param>
    /// <param name="parameter">The parameter, plain text.</param>
    /// <param name="panels">One for every measure; at least one.</param>
    static member OfGrid(name: string, title: string, parameter: string, panels: IReadOnlyList<PicturePanel>) : IReadOnlyList<ResultFile> =
        let panel (panel: PicturePanel) =
            let curves =
                panel.Curves
                |> Seq.mapi (fun i curve ->
                    [ Mark.line (Pictures.Plain curve.Name) (Stroke.thin (Palette.at i)) curve.X curve.Y
                      Mark.pointsWithErrors (Pictures.Plain curve.Name) (Marker.at i) curve.X curve.Y curve.Lower curve.Upper ])
                |> List.concat

            let level =
                if Double.IsNaN panel.Level then
                    []
                else
                    [ HorizontalRule
                          { At = panel.Level
                            Label = ""
                            Name = Some(Pictures.Plain panel.LevelName)
                            Stroke = Stroke.dashed Palette.black } ]

            let x = Pictures.Axis(Pictures.Plain parameter, panel.Curves |> Seq.collect _.X)
            let y = Pictures.Axis(Pictures.Symbols panel.Label, panel.Curves |> Seq.collect _.Y)
            Panel.make "" x y (curves @ level)

        Pictures.Files(name, Pictures.Row(title, [ for p in panels -> panel (Pictures.Shown p) ]))

    /// <summary>The response of a device: q₊ and q₋ with measured steps, and F and G with the symmetric point.</summary>
    /// <param name="name">File name without extension.</param>
    /// <param name="response">The curves.</param>
    static member OfResponse(name: string, response: PictureResponse) : IReadOnlyList<ResultFile> =
        let response =
            { response with
                Up = Pictures.Shown response.Up
                Down = Pictures.Shown response.Down
                MeasuredUp = Pictures.Shown response.MeasuredUp
                MeasuredDown = Pictures.Shown response.MeasuredDown }

        let w = response.Weights
        let half combine = Array.map2 (fun down up -> 0.5 * combine down up) response.Down response.Up

        let rule =
            if Double.IsNaN response.SymmetricPoint then
                []
            else
                [ Mark.verticalRule "*w*^{⋄}" Palette.grey response.SymmetricPoint ]

        let measured label kind colour (xs: float[]) ys =
            if xs.Length = 0 then
                []
            else
                [ Mark.points
                      label
                      { Marker.make kind colour with
                          Size = 3.5
                          Colour = Colour.withOpacity 0.45 colour }
                      xs
                      ys ]

        let suffix = if response.LineName = "" then "" else ", " + Pictures.Plain response.LineName

        let factors =
            measured "*q*_{+}, measured" Disc Palette.sky response.MeasuredUpWeights response.MeasuredUp
            @ measured "*q*_{−}, measured" Disc Palette.orange response.MeasuredDownWeights response.MeasuredDown
            @ [ Mark.lineWithMarkers ("*q*_{+}" + suffix) (Stroke.solid Palette.blue) (Marker.at 0) 7 w response.Up
                Mark.lineWithMarkers ("*q*_{−}" + suffix) (Stroke.solid Palette.vermilion) (Marker.at 1) 7 w response.Down ]

        let parts =
            [ Mark.lineWithMarkers
                  "*F* = (*q*_{−} + *q*_{+})/2"
                  (Stroke.solid Palette.black)
                  (Marker.make Disc Palette.black)
                  7
                  w
                  (half (+))
              Mark.lineWithMarkers
                  "*G* = (*q*_{−} − *q*_{+})/2"
                  (Stroke.solid Palette.green)
                  (Marker.make Triangle Palette.green)
                  7
                  w
                  (half (-)) ]

        let x = Axis.linear "Weight *w*" |> Axis.withRange (Array.head w) (Array.last w)

        Pictures.Files(
            name,
            Plate.row
                (PlainText.printable response.Title)
                1080.0
                440.0
                [ Panel.make (Pictures.Plain response.Title) x (Axis.linear "Response factor") (factors @ rule)
                  Panel.make "Symmetric and asymmetric part" x (Axis.linear "Component") (parts @ rule) ]
        )

    /// <summary>The lower bound's instance: expected steps with their zeros, and the measured ratio along the learning rates.</summary>
    /// <param name="name">File name without extension.</param>
    /// <param name="floor">The curves.</param>
    static member OfFloor(name: string, floor: PictureFloor) : IReadOnlyList<ResultFile> =
        let floor =
            { floor with
                Drift = Pictures.Shown floor.Drift
                DigitalDrift = Pictures.Shown floor.DigitalDrift
                Ratio = Pictures.Shown floor.Ratio
                Lower = Pictures.Shown floor.Lower
                Upper = Pictures.Shown floor.Upper
                Computed = Pictures.Shown floor.Computed }

        let w = floor.Weights

        let drift =
            [ Mark.line "Analog SGD" (Stroke.solid Palette.blue) w floor.Drift
              Mark.line "Digital SGD" (Stroke.dashed Palette.vermilion) w floor.DigitalDrift
              HorizontalRule
                  { At = 0.0
                    Label = ""
                    Name = None
                    Stroke = { Stroke.solid Palette.grey with Width = 0.8 } }
              Mark.verticalRule "*r*τ" Palette.blue floor.FixedPoint ]
            @ (if floor.Minimizer > Array.head w && floor.Minimizer < Array.last w then
                   [ Mark.verticalRule "*w*^{*}" Palette.vermilion floor.Minimizer ]
               else
                   [])

        let known = floor.Computed |> Array.map Double.IsFinite
        let pick (values: float[]) = Array.zip known values |> Array.filter fst |> Array.map snd

        let ratio =
            [ if Array.exists id known then
                  Mark.line "computed" (Stroke.thin Palette.blue) (pick floor.LearningRates) (pick floor.Computed)
              Mark.pointsWithErrors "measured" (Marker.at 0) floor.LearningRates floor.Ratio floor.Lower floor.Upper
              Mark.horizontalRule "sharp constant 1" Palette.black 1.0 ]

        let rates = if floor.LearningRates.Length > 1 then Axis.log "Learning rate α" else Axis.linear "Learning rate α"

        Pictures.Files(
            name,
            Plate.row
                (PlainText.printable floor.Title)
                1080.0
                440.0
                [ Panel.make
                      "Expected step"
                      (Axis.linear "Weight *w*" |> Axis.withRange (Array.head w) (Array.last w))
                      (Axis.linear "Expected step / α")
                      drift
                  Panel.make "Floor" rates (Axis.linear "E‖∇*f*‖² / (σ²*S*_{*K*})") ratio ]
        )
