namespace AnalogTheory

open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Laws

/// <summary>A device as the theory knows it: two response factors of the weight, and where they come from.</summary>
/// <remarks>
/// q₊ and q₋ say how far one pulse up or down moves the weight, relative to the granularity; everything else derives from them. The law is
/// held once, over an algebra, so the functions here, the fast engine, rigorous enclosures and solver queries evaluate the same text.
/// </remarks>
[<NoEquality; NoComparison>]
type Device =
    {
        /// Name, such as "asymmetric linear".
        Name: string
        /// Parameters by their symbols, for tables and manifests.
        Parameters: (string * float) list
        /// Lower end of the range that the device is described on, unit of weight; −∞ if it has none.
        Lower: float
        /// Upper end of the range that the device is described on, unit of weight; +∞ if it has none.
        Upper: float
        /// Where the response comes from.
        Source: Source
        /// The response, with its number system open.
        Law: DeviceLaw
    }

    /// <summary>Response factor q₊(w) of a pulse up, dimensionless.</summary>
    /// <param name="w">Weight w, unit of weight.</param>
    member device.Up(w: float) = device.Law.At(Scalar w).Up.Value

    /// <summary>Response factor q₋(w) of a pulse down, dimensionless.</summary>
    /// <param name="w">Weight w, unit of weight.</param>
    member device.Down(w: float) = device.Law.At(Scalar w).Down.Value

    /// <summary>Symmetric component F(w) = (q₋ + q₊)/2, dimensionless.</summary>
    /// <param name="w">Weight w, unit of weight.</param>
    member device.Symmetric(w: float) = device.Law.At(Scalar w).Symmetric.Value

    /// <summary>Asymmetric component G(w) = (q₋ − q₊)/2, dimensionless; zero at the symmetric point.</summary>
    /// <param name="w">Weight w, unit of weight.</param>
    member device.Asymmetric(w: float) = device.Law.At(Scalar w).Asymmetric.Value

    /// <summary>U(w, Δ) = w + Δ·F(w) − |Δ|·G(w) (v1 eq. 7): one element, desired change Δ in units of weight.</summary>
    /// <param name="w">Weight w, unit of weight.</param>
    /// <param name="increment">Desired change Δ of either sign, unit of weight.</param>
    member device.Update(w: float, increment: float) = device.Law.Update(Scalar w, Scalar increment).Value

    override device.ToString() =
        match device.Parameters with
        | [] -> device.Name
        | parameters ->
            let text = parameters |> List.map (fun (symbol, value) -> $"{symbol} = {string value}") |> String.concat ", "
            $"{device.Name} ({text})"

/// Functions of devices.
[<RequireQualifiedAccess>]
module Device =

    /// <summary>New weights after an analog update of every element; the inputs stay as they are.</summary>
    /// <param name="device">Device of every element.</param>
    /// <param name="increment">Desired changes Δ, unit of weight; same length as w.</param>
    /// <param name="w">Weights.</param>
    /// <exception cref="T:System.ArgumentException">Lengths differ.</exception>
    let update (device: Device) (increment: Weights) (w: Weights) : Weights =
        Require.length "increment" w.Length increment.Length
        let next = Array.zeroCreate w.Length
        ArrayUpdate.Apply(device.Law, w.Span, increment.Span, System.Span<float>(next))
        Weights.freeze w.Shape next
