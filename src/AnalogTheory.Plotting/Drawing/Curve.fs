/// From the units of the data to the units of the axes, where a logarithmic axis counts decades; gaps, thinning, limits.
namespace AnalogTheory.Plotting

open System

/// <summary>Units of an axis: the value itself, or its decimal logarithm.</summary>
[<RequireQualifiedAccess>]
module internal AxisUnits =

    /// <summary>To axis units; NaN where the axis cannot show the value.</summary>
    let ofValue (scale: Scale) (value: float) : float =
        match scale with
        | Linear -> if Double.IsFinite value then value else nan
        | Logarithmic -> if value > 0.0 && Double.IsFinite value then log10 value else nan

    /// <summary>Back to the units of the data.</summary>
    let toValue (scale: Scale) (position: float) : float =
        match scale with
        | Linear -> position
        | Logarithmic -> 10.0 ** position

/// <summary>Prepares curves for drawing.</summary>
[<RequireQualifiedAccess>]
module internal Curve =

    /// <summary>Curves with more points than this are thinned for drawing.</summary>
    let thinAbove = 4000

    let private bins = 1000

    /// <summary>The unbroken pieces of a curve, as index ranges (first, count).</summary>
    /// <param name="length">How many points there are.</param>
    /// <param name="visible">Whether the i-th point can be shown.</param>
    let pieces (length: int) (visible: int -> bool) : (int * int) list =
        let rec walk start i found =
            if i = length then (if i > start then (start, i - start) :: found else found)
            elif visible i then walk start (i + 1) found
            else walk (i + 1) (i + 1) (if i > start then (start, i - start) :: found else found)

        List.rev (walk 0 0 [])

    /// Bins of equal width where the abscissae ascend, of equal count elsewhere.
    let private binOf (xs: float[]) =
        let n = xs.Length
        let ascends = Seq.forall (fun i -> xs[i] <= xs[i + 1]) (seq { 0 .. n - 2 })
        let width = xs[n - 1] - xs[0]

        if ascends && width > 0.0 then
            fun i -> min (bins - 1) (int (float bins * (xs[i] - xs[0]) / width))
        else
            fun i -> int (int64 i * int64 bins / int64 n)

    let private groups (xs: float[]) =
        let bin = binOf xs
        [| 0 .. xs.Length - 1 |] |> Array.groupBy bin |> Array.map snd

    /// <summary>Thins a long curve: of every bin the first, lowest, highest and last point stay, so no excursion is lost.</summary>
    let thin (xs: float[]) (ys: float[]) : float[] * float[] =
        if xs.Length <= thinAbove then
            xs, ys
        else
            let kept =
                groups xs
                |> Array.collect (fun group ->
                    [| group[0]; Array.minBy (fun i -> ys[i]) group; Array.maxBy (fun i -> ys[i]) group; group[group.Length - 1] |]
                    |> Array.distinct
                    |> Array.sort)

            Array.map (fun i -> xs[i]) kept, Array.map (fun i -> ys[i]) kept

    /// <summary>Thins a long band to the envelope of every bin.</summary>
    let thinBand (xs: float[]) (lower: float[]) (upper: float[]) : float[] * float[] * float[] =
        if xs.Length <= thinAbove then
            xs, lower, upper
        else
            groups xs
            |> Array.map (fun group ->
                xs[group[group.Length / 2]],
                group |> Array.map (fun i -> lower[i]) |> Array.min,
                group |> Array.map (fun i -> upper[i]) |> Array.max)
            |> Array.unzip3

    /// <summary>The points of a curve that its axes can show, in axis units, as unbroken thinned pieces.</summary>
    let visible (x: Scale) (y: Scale) (xs: float[]) (ys: float[]) : (float[] * float[]) list =
        let us = xs |> Array.map (AxisUnits.ofValue x)
        let vs = ys |> Array.map (AxisUnits.ofValue y)

        pieces us.Length (fun i -> not (Double.IsNaN us[i] || Double.IsNaN vs[i]))
        |> List.map (fun (first, count) -> thin (Array.sub us first count) (Array.sub vs first count))

    /// <summary>About evenly spaced points for markers; of short curves every point.</summary>
    /// <param name="length">How many points there are.</param>
    /// <param name="count">How many; 0 for all.</param>
    /// <param name="phase">Share of the spacing by which the first is moved in, so that markers of neighbours do not coincide.</param>
    let markerIndices (length: int) (count: int) (phase: float) : int list =
        if count <= 0 || count >= length then
            [ 0 .. length - 1 ]
        else
            let spacing = float length / float count
            [ for k in 0 .. count - 1 -> min (length - 1) (int (spacing * (float k + phase))) ]

/// <summary>Ends of a panel's axes, in axis units.</summary>
[<Struct>]
type internal Limits =
    {
        /// Left end.
        Left: float
        /// Right end.
        Right: float
        /// Lower end.
        Bottom: float
        /// Upper end.
        Top: float
    }

/// <summary>Finds the ends of axes from marks.</summary>
[<RequireQualifiedAccess>]
module internal Limits =

    let private xsOf mark : float[] =
        match mark with
        | Line m -> m.Xs
        | Band m -> m.Xs
        | Points m -> m.Xs
        | Steps m -> m.Edges
        | VerticalRule m -> [| m.At |]
        | HorizontalRule _ -> [||]
        | TextNote m -> Array.append [| m.X |] (m.Target |> Option.map fst |> Option.toArray)
        | Heatmap m -> m.XEdges

    let private ysOf mark : float[] =
        match mark with
        | Line m -> m.Ys
        | Band m -> Array.append m.Lower m.Upper
        | Points m ->
            match m.Errors with
            | Some errors -> Array.concat [ m.Ys; errors.Lower; errors.Upper ]
            | None -> m.Ys
        | Steps m -> Array.append [| 0.0 |] m.Heights
        | VerticalRule _ -> [||]
        | HorizontalRule m -> [| m.At |]
        | TextNote m -> Array.append [| m.Y |] (m.Target |> Option.map snd |> Option.toArray)
        | Heatmap m -> m.YEdges

    let private isHeatmap mark =
        match mark with
        | Heatmap _ -> true
        | _ -> false

    let private isSteps mark =
        match mark with
        | Steps _ -> true
        | _ -> false

    let private ends (axis: Axis) (margin: float) (values: seq<float>) =
        match axis.Range with
        | Some(low, high) -> AxisUnits.ofValue axis.Scale low, AxisUnits.ofValue axis.Scale high
        | None ->
            let shown = values |> Seq.map (AxisUnits.ofValue axis.Scale) |> Seq.filter (Double.IsNaN >> not) |> Seq.toArray

            if shown.Length = 0 then
                0.0, 1.0
            else
                let low, high = Array.min shown, Array.max shown
                // A constant curve still needs a span.
                let span = if high > low then (high - low) * margin else max 0.5 (abs high * 0.1)
                low - span, high + span

    /// <summary>The limits of a panel: given ranges, else the data and a margin; none about a heat map, none under a histogram.</summary>
    let ofPanel (panel: Panel) : Limits =
        let bare = panel.Marks |> List.exists isHeatmap
        let left, right = ends panel.X (if bare then 0.0 else 0.03) (panel.Marks |> Seq.collect xsOf)
        let bottom, top = ends panel.Y (if bare then 0.0 else 0.06) (panel.Marks |> Seq.collect ysOf)
        let standing = panel.Y.Range.IsNone && panel.Y.Scale = Linear && panel.Marks |> List.exists isSteps

        { Left = left
          Right = right
          Bottom = (if standing && bottom < 0.0 && bottom > -0.07 * top then 0.0 else bottom)
          Top = top }
