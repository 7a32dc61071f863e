namespace AnalogTheory

open System

/// <summary>The symmetric point w⋄ of a device, where a pulse up and a pulse down move the weight equally far: G(w⋄) = 0.</summary>
/// <remarks>
/// Which root. G is read at the ends of 64 equal cells of the device's range, and the lowest cell in which G goes from negative to positive is
/// bisected: there pairs of pulses attract the weight. Where there is none, the lowest cell in which G goes from positive to negative is taken.
/// A range without bounds is cut at ±1 from 0 or from its finite end, then at ±2, ±4, … up to 2⁶⁰, until a crossing appears. Two crossings
/// inside one cell are not seen. A device whose G is zero wherever it is read, such as the ideal one, is symmetric everywhere; its symmetric
/// point is defined as 0, or as the point of its range nearest to 0. A crossing nearer to 0 than the resolution is 0.
/// </remarks>
[<RequireQualifiedAccess>]
module SymmetricPoint =

    let private cells = 64

    // Halves a bracket [a, b] with G(a)·G(b) < 0 until its ends are a rounding error of the range apart.
    let rec private bisect (g: float -> float) (resolution: float) (a: float) (b: float) : float =
        let middle = a + 0.5 * (b - a)

        if not (b - a > resolution) || middle = a || middle = b then
            if abs (g a) <= abs (g b) then a else b
        else
            match g middle with
            | 0.0 -> middle
            | value when (value < 0.0) = (g a < 0.0) -> bisect g resolution middle b
            | _ -> bisect g resolution a middle

    let private lowestCrossing (g: float -> float) (lower: float) (upper: float) : float option =
        let nodes = Array.init (cells + 1) (fun i -> if i = cells then upper else lower + float i * ((upper - lower) / float cells))

        let values = Array.map g nodes
        let resolution = Math.ScaleB(max (abs lower) (abs upper), -52)

        let crossing sign =
            Seq.init cells id
            |> Seq.tryPick (fun i ->
                let a, b = sign * values[i], sign * values[i + 1]

                if a < 0.0 && b > 0.0 then Some(bisect g resolution nodes[i] nodes[i + 1])
                elif a < 0.0 && b = 0.0 then Some nodes[i + 1]
                elif a = 0.0 && b > 0.0 then Some nodes[i]
                else None)

        if Array.forall ((=) 0.0) values then
            Some(Math.Clamp(0.0, lower, upper))
        else
            crossing 1.0
            |> Option.orElseWith (fun () -> crossing -1.0)
            // What is 0 up to the resolution is 0, and not a rounding error that looks like a number.
            |> Option.map (fun point -> if abs point <= 2.0 * resolution then Math.Clamp(0.0, lower, upper) else point)

    // Bounded ranges to look at in turn.
    let private ranges (device: Device) : (float * float) seq =
        match Double.IsFinite device.Lower, Double.IsFinite device.Upper with
        | true, true -> Seq.singleton (device.Lower, device.Upper)
        | hasLower, hasUpper ->
            seq { 0..60 }
            |> Seq.map (fun k ->
                let reach = Math.ScaleB(1.0, k)

                (if hasLower then device.Lower
                 elif hasUpper then device.Upper - reach
                 else -reach),
                (if hasUpper then device.Upper
                 elif hasLower then device.Lower + reach
                 else reach))

    /// <summary>The symmetric point, or None if G has no crossing on the device's range; see the module for which one.</summary>
    /// <param name="device">The device; its responses are finite on its range.</param>
    /// <returns>w⋄, unit of weight, to about 2⁻⁵² of the range.</returns>
    let tryFind (device: Device) : float option =
        ranges device |> Seq.tryPick (fun (lower, upper) -> lowestCrossing device.Asymmetric lower upper)

    /// <summary>The symmetric point; see the module for which one.</summary>
    /// <param name="device">The device; its responses are finite on its range.</param>
    /// <returns>w⋄, unit of weight, to about 2⁻⁵² of the range.</returns>
    /// <exception cref="T:System.ArgumentException">G has no crossing on the device's range.</exception>
    let find (device: Device) : float =
        match tryFind device with
        | Some point -> point
        | None ->
            raise (
                ArgumentException(
                    invariant
                        $"Expected a device whose up and down responses cross between {device.Lower} and {device.Upper}, got {device} with G({device.Lower}) = {device.Asymmetric device.Lower} and G({device.Upper}) = {device.Asymmetric device.Upper}.",
                    nameof device
                )
            )

    /// <summary>The device with its responses divided by F(w⋄), so that a pulse of either direction moves the weight by Δw_min at the symmetric point.</summary>
    /// <remarks>Laws differ in what q = 1 means; after this they mean the same, and granularities of different laws can be compared.</remarks>
    /// <param name="device">A device; one that has F(w⋄) = 1 stays as it is.</param>
    /// <returns>The device and F(w⋄), by which its granularity is to be multiplied; 1 where there is no symmetric point, or F(w⋄) is not a positive number.</returns>
    let normalise (device: Device) : struct (Device * float) =
        match tryFind device |> Option.map device.Symmetric with
        | Some size when size > 0.0 && Double.IsFinite size && abs (size - 1.0) > 1e-12 ->
            struct ({ device with
                        Name = $"{device.Name}, F(w⋄) = 1"
                        Law = Kernels.Laws.ScaledLaw(device.Law, 1.0 / size) },
                    size)
        | _ -> struct (device, 1.0)
