namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// A device on which claims about every device are checked, and where its weights are taken.
[<NoEquality; NoComparison>]
type DeviceSample =
    {
        /// Family, and what is special about it.
        Name: string
        /// Device.
        Device: Device
        /// Lower end of the weights that are looked at; F > 0 and |G| < F from here to the upper end.
        Lower: float
        /// Upper end.
        Upper: float
    }

    /// <summary>The weight at a share of the way from the lower to the upper end.</summary>
    /// <param name="share">0 at the lower end, 1 at the upper.</param>
    member sample.At(share: float) : float = sample.Lower + share * (sample.Upper - sample.Lower)

/// <summary>Devices of every family of the papers, one read from measurements and one made by a user.</summary>
/// <remarks>The ideal device is left out: without asymmetry there is nothing to claim beyond Digital SGD.</remarks>
[<RequireQualifiedAccess>]
module DeviceFamilies =

    let private sample name device lower upper = { Name = name; Device = device; Lower = lower; Upper = upper }

    // A decreasing function encloses an interval by its values at the ends; what libraries round is far below 10⁻¹⁴ of them.
    let private decreasing (f: float -> float) : (float -> float) * (Interval -> Interval) =
        f, fun w -> Interval(f w.Upper - 1e-14 * abs (f w.Upper), f w.Lower + 1e-14 * abs (f w.Lower))

    let private increasing (f: float -> float) : (float -> float) * (Interval -> Interval) =
        f, fun w -> Interval(f w.Lower - 1e-14 * abs (f w.Lower), f w.Upper + 1e-14 * abs (f w.Upper))

    /// A user's device from two functions, neither linear nor symmetric: q₊ = 1.2 − tanh(1.5w), q₋ = 0.9 + tanh w.
    let userMade: Device =
        UserDefined.createEnclosed
            "tanh"
            -0.7
            0.7
            (decreasing (fun w -> 1.2 - Math.Tanh(1.5 * w)))
            (increasing (fun w -> 0.9 + Math.Tanh w))

    /// A device read from the weights after 300 noisy pulses up and 300 down, as a table of mean steps.
    let measured: MeasuredDevice =
        let element =
            PulsedDevice.create 0.01 (LinearStep.create 1.1 -0.8)
            |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.3)

        let weights = UpDownResponse.weights element (Key.ofSeed 1UL |> Key.named "measured device") 1 300 300 -0.75

        Tabulated.ofPulses
            12
            { Origin = "measured pulses"
              Pulses = Array.init weights.Length int64
              Weights = weights
              Directions = Some(Array.init weights.Length (fun i -> if i <= 300 then 1 else -1)) }

    /// All of them; each with a range of weights in which both responses are positive.
    let all: DeviceSample list =
        [ sample "asymmetric linear" (AsymmetricLinear.create 1.0) -0.9 0.9
          sample "asymmetric linear, w⋄ = .2" (AsymmetricLinear.createAt 1.0 0.2) -0.7 1.0
          sample "generic linear, c = .3" (GenericLinear.create 1.0 0.3) -0.8 0.9
          sample "linear step, τ_max = .8, τ_min = −1.2" (LinearStep.create 0.8 -1.2) -1.0 0.7
          sample "power step, γ = 2, 1.5" (PowerStep.create 1.0 -1.0 2.0 1.5) -0.7 0.7
          sample "symmetric power, γ = 2" (SymmetricPower.create 1.0 2.0) -0.7 0.7
          sample "exponential step, γ = 3, 2" (ExponentialStep.create 1.0 -1.0 3.0 2.0) -0.8 0.8
          sample "symmetric exponential, γ = 1.5" (SymmetricExponential.create 1.0 1.5) -0.7 0.7
          sample "measured, table of steps" measured.Device -0.6 0.9
          sample "user-made, tanh" userMade -0.6 0.6 ]
