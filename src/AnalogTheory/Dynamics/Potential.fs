namespace AnalogTheory

open System
open MathNet.Numerics.Integration
open MathNet.Numerics.RootFinding

/// <summary>The potential that Analog SGD descends in the mean, V(W) = f(W) + Σ_d ∫ψ_d, for noise that does not depend on the weights (theory N2).</summary>
/// <remarks>
/// ψ(w) solves ψ = ρ(w)·E|ε − ψ|, ρ = G/F, and the mean step of coordinate d is −αF_dκ_d·∂_d V with 1 − |ρ_d| ≤ κ_d ≤ 1 + |ρ_d|. So the mean steps have
/// no cycles, and the weights where they vanish are exactly the critical points of V. For ε = ±s, ψ = sρ; on the asymmetric linear device then
/// V = f + sΣw²/(2τ).
/// </remarks>
[<RequireQualifiedAccess>]
module Potential =

    /// <summary>ψ(w), the slope that device and noise add to ∂f; loss/weight.</summary>
    /// <param name="device">Device, |G| &lt; F at the weight.</param>
    /// <param name="noise">ε, with known moments of |g + ε|.</param>
    /// <param name="w">Weight.</param>
    /// <returns>NaN where |G| is not below F.</returns>
    let slope (device: Device) (noise: Moments) (w: float) : float =
        let rho = WorstFloor.ratio device w

        if not (abs rho < 1.0) then
            nan
        elif rho = 0.0 then
            0.0
        else
            // ψ − ρE|ε − ψ| increases with ψ, and E|ε − ψ| ≤ E|ε| + |ψ|: beyond reach it has the sign of ψ.
            let reach = (1.0 + 1e-9) * abs rho * noise.MeanAbsolute 0.0 / (1.0 - abs rho)
            let balance psi = psi - rho * noise.MeanAbsolute -psi

            if reach = 0.0 then
                0.0
            else
                match Brent.TryFindRoot(Func<float, float>(balance), -reach, reach, 1e-15 * (1.0 + reach), 200) with
                | true, psi -> psi
                | _ -> nan

    // Panels short enough that 16 nodes leave nothing but rounding where the device is smooth.
    let private panels = 8
    let private rule = GaussLegendreRule(-1.0, 1.0, 16)

    /// <summary>∫ψ from one weight to another; loss. To rounding for a smooth device, and to about 10⁻⁶ of its size across the nodes of a table.</summary>
    /// <param name="device">Device, |G| &lt; F in between.</param>
    /// <param name="noise">ε, with known moments of |g + ε|.</param>
    /// <param name="start">Where the integral starts, such as w⋄.</param>
    /// <param name="w">Weight.</param>
    let penalty (device: Device) (noise: Moments) (start: float) (w: float) : float =
        let half = 0.5 * (w - start) / float panels

        Seq.sum (
            seq {
                for panel in 0 .. panels - 1 do
                    let middle = start + half * float (2 * panel + 1)

                    for i in 0 .. rule.Order - 1 do
                        half * rule.GetWeight i * slope device noise (middle + half * rule.GetAbscissa i)
            }
        )

    /// <summary>V(W) − f*: f and the penalties of all coordinates, each from w⋄.</summary>
    /// <param name="device">Device of every coordinate.</param>
    /// <param name="problem">f.</param>
    /// <param name="noise">ε_d, the same in every coordinate.</param>
    /// <param name="w">W.</param>
    let value (device: Device) (problem: Problem) (noise: Moments) (w: Weights) : float =
        let start = SymmetricPoint.tryFind device |> Option.defaultValue 0.0
        problem.Excess w + (w.Values |> Seq.sumBy (penalty device noise start))

    /// <summary>∇V(W).</summary>
    /// <param name="device">Device of every coordinate.</param>
    /// <param name="problem">f.</param>
    /// <param name="noise">ε_d, the same in every coordinate.</param>
    /// <param name="w">W.</param>
    let gradient (device: Device) (problem: Problem) (noise: Moments) (w: Weights) : Weights =
        Weights.map2 (fun slope w -> slope + w) (problem.Gradient w) (Weights.map (slope device noise) w)
