namespace AnalogTheory

open MathNet.Numerics.RootFinding

/// Where Analog SGD settles as α → 0: the weight at which the expected step vanishes (theory S5, S6).
[<RequireQualifiedAccess>]
module MeanField =

    /// <summary>Expected step of Analog SGD per unit of α, −[F(w)·∇f(w) + G(w)·E|∇f(w) + ε|], for one coordinate.</summary>
    /// <param name="device">Device.</param>
    /// <param name="derivative">∂f/∂w; loss/weight.</param>
    /// <param name="moments">Noise at a weight.</param>
    /// <param name="w">Weight.</param>
    let drift (device: Device) (derivative: float -> float) (moments: float -> Moments) (w: float) : float =
        let slope = derivative w
        -(device.Symmetric w * slope + device.Asymmetric w * (moments w).MeanAbsolute slope)

    /// <summary>The weight in [lower, upper] at which the expected step vanishes; unique there for convex f between w⋄ and w*.</summary>
    /// <param name="device">The device of the weight.</param>
    /// <param name="derivative">f′ at a weight, loss/weight.</param>
    /// <param name="moments">Moments of the noise at a weight.</param>
    /// <param name="lower">Lower end of the search, unit of weight.</param>
    /// <param name="upper">Upper end of the search, above the lower one; unit of weight.</param>
    /// <returns>None if the drift has the same sign at both ends.</returns>
    let tryFixedPoint
        (device: Device)
        (derivative: float -> float)
        (moments: float -> Moments)
        (lower: float)
        (upper: float)
        : float option =
        Require.finite "lower" lower
        Require.finite "upper" upper
        let drift = drift device derivative moments
        let atLower, atUpper = drift lower, drift upper

        if atLower = 0.0 then
            Some lower
        elif atUpper = 0.0 then
            Some upper
        elif atLower * atUpper > 0.0 then
            None
        else
            match Brent.TryFindRoot(System.Func<float, float>(drift), min lower upper, max lower upper, 1e-15, 200) with
            | true, root -> Some root
            | _ -> None

    /// <summary>‖∇f‖² at the fixed point of (L/2)(w − w*)² on a device under noise: the floor that no learning rate removes.</summary>
    /// <param name="device">Device; its symmetric point is taken as given.</param>
    /// <param name="symmetricPoint">w⋄, where G vanishes.</param>
    /// <param name="curvature">L; loss/weight².</param>
    /// <param name="minimizer">w*.</param>
    /// <param name="moments">Noise at a weight.</param>
    let quadraticFloor (device: Device) (symmetricPoint: float) (curvature: float) (minimizer: float) (moments: float -> Moments) : float =
        let derivative w = curvature * (w - minimizer)

        match tryFixedPoint device derivative moments symmetricPoint minimizer with
        | Some w -> derivative w * derivative w
        | None -> nan
