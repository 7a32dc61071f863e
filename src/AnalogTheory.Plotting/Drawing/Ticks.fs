/// Positions and labels of ticks. A logarithmic axis shorter than two decades gets labels between the decades too.
namespace AnalogTheory.Plotting

open System
open System.Globalization

/// <summary>One tick, in the units of the data; without a label it is a minor one.</summary>
[<Struct>]
type internal Tick =
    {
        /// Where.
        Position: float
        /// <summary>Label in <c>Markup</c>; None for a minor tick.</summary>
        Label: string voption
    }

/// <summary>Chooses ticks.</summary>
[<RequireQualifiedAccess>]
module internal Ticks =

    let private major position label = { Position = position; Label = ValueSome label }
    let private minor position = { Position = position; Label = ValueNone }
    let private minus (text: string) = text.Replace('-', '−')

    let private power (exponent: int) = minus ("10^{" + exponent.ToString CultureInfo.InvariantCulture + "}")

    let private scientific (value: float) =
        let exponent = int (floor (log10 (abs value) + 1e-9))
        let mantissa = Math.Round(value / 10.0 ** float exponent, 6)
        let digits = mantissa.ToString("0.######", CultureInfo.InvariantCulture)

        if digits = "1" then power exponent else minus digits + "×" + power exponent

    /// Digits after the point that a multiple of the step needs.
    let private decimals (step: float) =
        [ 0..12 ]
        |> List.tryFind (fun digits ->
            let scaled = step * 10.0 ** float digits
            abs (scaled - Math.Round scaled) < 1e-6 * scaled)
        |> Option.defaultValue 12

    /// Plain digits for what a reader takes in at a glance, a power of ten for the rest.
    let private linearLabel (largest: float) (step: float) (value: float) =
        if abs value < step * 1e-6 then "0"
        elif largest >= 1e5 || largest < 1e-3 then scientific value
        else minus (value.ToString("F" + string (decimals step), CultureInfo.InvariantCulture))

    let private niceStep (atLeast: float) =
        let decade = 10.0 ** floor (log10 atLeast)

        [ 1.0; 2.0; 2.5; 5.0; 10.0 ]
        |> List.map (fun m -> m * decade)
        |> List.find (fun step -> step >= atLeast * 0.999999)

    let private multiples (step: float) (low: float) (high: float) =
        let slack = 1e-9 * (high - low)
        [ for k in int64 (ceil ((low - slack) / step)) .. int64 (floor ((high + slack) / step)) -> float k * step ]

    /// <summary>Ticks of a linear axis.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="count">How many labels there may be, at least 2.</param>
    let linear (low: float) (high: float) (count: int) : Tick list =
        let step = niceStep ((high - low) / float (max 1 count))
        let leading = step / 10.0 ** floor (log10 step + 1e-9)
        let largest = max (abs low) (abs high)
        let parts = if abs (leading - 2.0) < 1e-6 then 4.0 else 5.0
        let majors = multiples step low high

        let minors =
            multiples (step / parts) low high
            |> List.filter (fun x -> majors |> List.forall (fun m -> abs (x - m) > step * 1e-3))

        (majors |> List.map (fun x -> major x (linearLabel largest step x))) @ (minors |> List.map minor)

    let private withinDecades (mantissas: float list) (low: float) (high: float) =
        [ for exponent in int (floor (log10 low)) - 1 .. int (ceil (log10 high)) do
              for m in mantissas do
                  let value = m * 10.0 ** float exponent

                  if value >= low * (1.0 - 1e-9) && value <= high * (1.0 + 1e-9) then value ]

    /// One decade and a bit: 1, 2, 5; less: every digit; still less: as on a linear axis.
    let private shortLogarithmic low high count =
        let label value =
            if low >= 0.999e-2 && high < 1e4 then
                minus ((value: float).ToString("0.######", CultureInfo.InvariantCulture))
            else
                scientific value

        let candidates =
            [ [ 1.0; 2.0; 5.0 ]; [ 1.0; 2.0; 3.0; 5.0; 7.0 ]; [ 1.0 .. 9.0 ] ]
            |> List.map (fun mantissas -> withinDecades mantissas low high)

        let fitting = candidates |> List.filter (fun values -> values.Length >= 2 && values.Length <= max 2 count)

        match fitting |> List.tryFind (fun values -> values.Length >= 3) |> Option.orElse (List.tryLast fitting) with
        | Some labelled ->
            let minors =
                withinDecades [ 1.0 .. 9.0 ] low high
                |> List.filter (fun x -> labelled |> List.forall (fun m -> abs (x / m - 1.0) > 1e-6))

            (labelled |> List.map (fun x -> major x (label x))) @ (minors |> List.map minor)
        | None ->
            linear low high count
            |> List.map (fun tick ->
                { tick with
                    Label = tick.Label |> ValueOption.map (fun _ -> label tick.Position) })

    /// <summary>Ticks of a logarithmic axis.</summary>
    /// <param name="low">Lower end, positive.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="count">How many labels there may be, at least 2.</param>
    let logarithmic (low: float) (high: float) (count: int) : Tick list =
        let first = int (ceil (log10 low - 1e-9))
        let last = int (floor (log10 high + 1e-9))
        let decades = last - first + 1

        if decades < 2 then
            shortLogarithmic low high count
        else
            let stride = (decades + max 2 count - 1) / max 2 count
            let isLabelled exponent = exponent % stride = 0

            [ for exponent in first..last do
                  let value = 10.0 ** float exponent
                  if isLabelled exponent then major value (power exponent) else minor value

              if stride = 1 then
                  for value in withinDecades [ 2.0 .. 9.0 ] low high do
                      minor value ]

    /// <summary>Ticks of an axis between two ends.</summary>
    let ofAxis (axis: Axis) (low: float) (high: float) (count: int) : Tick list =
        match axis.Ticks, axis.Scale with
        | Some given, _ ->
            [ for position, label in given do
                  if position >= low && position <= high then major position label ]
        | None, Linear -> linear low high count
        | None, Logarithmic -> logarithmic low high count
