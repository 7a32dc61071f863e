namespace AnalogTheory

open System
open AnalogTheory.Kernels.Rules

/// <summary>The papers' analog rules with every update sent as pulses: whole numbers of steps of Δw_min, each with its own cycle noise.</summary>
/// <remarks>
/// `AnalogSgd`, `TikiTaka` and `ResidualLearning` move a weight by U(w, Δ), as if pulses could be as small as one likes; here Δ becomes |Δ|/Δw_min pulses
/// (v1 appendix B), so that granularity and cycle noise of a device, such as a fitted one, show in a training. Each pulse sees the weight that the last
/// one left: without noise and for Δw_min → 0 an update is U(w, Δ) up to second order in Δ/τ (claim D5). An update that cannot be counted in
/// pulses, such as one that is no number, gives NaN.
/// <para>A part of a gradient that is sent per sample goes up first and down second. Pulses of element d of a step read the step's key folded with d.</para>
/// </remarks>
[<RequireQualifiedAccess>]
module PulsedRule =

    let private largest = 2147483647.0

    // The weight after an update by Δ whose parts have the total size |Δ| or more.
    let private sent (pulsed: PulsedDevice) rounding (key: Key) (increment: float) (magnitude: float) (w: float) : float =
        let send key increment w =
            if abs increment / pulsed.Granularity < largest then
                PulseTrain.update pulsed rounding key increment w
            else
                nan

        if magnitude = abs increment then
            send key increment w
        else
            let up, down = 0.5 * (magnitude + increment), 0.5 * (increment - magnitude)
            w |> send (Key.fold 0UL key) up |> send (Key.fold 1UL key) down

    // Every element of an array moved by its own update; the rate turns gradients into changes of weight.
    let private moved
        (pulsed: PulsedDevice)
        rounding
        (key: Key)
        (rate: float)
        (mean: Weights)
        (magnitude: Weights option)
        (w: Weights)
        : Weights =
        let size d =
            match magnitude with
            | None -> abs (rate * mean[d])
            | Some magnitude -> abs rate * magnitude[d]

        Array.init w.Length (fun d -> sent pulsed rounding (Key.fold (uint64 d) key) (rate * mean[d]) (size d) w[d])
        |> Weights.freeze w.Shape

    let private byPulses (form: RuleForm) (pulsed: PulsedDevice) : RuleForm =
        let noise =
            match pulsed.CycleNoise with
            | CycleNoise.Absent -> []
            | CycleNoise.Multiplicative deviation
            | CycleNoise.Additive deviation -> [ "σ_c2c", deviation ]

        RuleForm.ByPulses(form, ("Δw_min", pulsed.Granularity) :: noise)

    /// <summary>Analog SGD by pulses: W moved by −αg.</summary>
    /// <param name="learningRate">α &gt; 0, weight²/loss.</param>
    /// <param name="rounding">How |Δ|/Δw_min becomes a whole number.</param>
    /// <param name="pulsed">Element of W.</param>
    /// <exception cref="T:System.ArgumentException">α is not a finite number above 0.</exception>
    let analogSgd (learningRate: float) (rounding: PulseRounding) (pulsed: PulsedDevice) : Rule<Weights> =
        Require.positive "learningRate" learningRate

        let step key (gradient: Gradient) w = moved pulsed rounding key -learningRate gradient.Mean gradient.Magnitude w

        { UserDefinedRule.ofState "Analog SGD by pulses" [] id step id None with
            Source = Source.paper "appendix B"
            Form = byPulses (RuleForm.AnalogSgd(learningRate, pulsed.Device)) pulsed }

    // P moved by toAuxiliary·g, then W by toMain·P′.
    let private twoArrays name source form mixing toAuxiliary toMain rounding (auxiliary: PulsedDevice) (main: PulsedDevice) =
        let init w = { Main = w; Auxiliary = Weights.map (fun _ -> 0.0) w }

        let step key (gradient: Gradient) state =
            let p = moved auxiliary rounding (Key.fold 0UL key) toAuxiliary gradient.Mean gradient.Magnitude state.Auxiliary

            { Auxiliary = p
              Main = moved main rounding (Key.fold 1UL key) toMain p None state.Main }

        { UserDefinedRule.ofMixedState mixing name [] init step _.Main (Some _.Auxiliary) with
            Source = source
            Form = byPulses form auxiliary }

    /// <summary>Tiki-Taka by pulses: P moved by βg, W by −αP′, P₀ = 0.</summary>
    /// <param name="transferRate">α &gt; 0, rate of W, dimensionless.</param>
    /// <param name="learningRate">β &gt; 0, rate of P, weight²/loss.</param>
    /// <param name="rounding">How |Δ|/Δw_min becomes a whole number.</param>
    /// <param name="auxiliary">Element of P.</param>
    /// <param name="main">Element of W.</param>
    /// <exception cref="T:System.ArgumentException">A rate is not a finite number above 0.</exception>
    let tikiTaka (transferRate: float) (learningRate: float) rounding (auxiliary: PulsedDevice) (main: PulsedDevice) : Rule<TwoArrayState> =
        Require.positive "transferRate" transferRate
        Require.positive "learningRate" learningRate
        let form = RuleForm.TikiTaka(transferRate, learningRate, auxiliary.Device, main.Device)
        twoArrays "Tiki-Taka by pulses" (Source.paper "appendix B, TT-P, TT-W") form 0.0 learningRate -transferRate rounding auxiliary main

    /// <summary>Residual learning by pulses: gradient at W + γP, P moved by −αg, W by βP′, P₀ = 0.</summary>
    /// <param name="learningRate">α &gt; 0, rate of P, weight²/loss.</param>
    /// <param name="transferRate">β &gt; 0, rate of W, dimensionless.</param>
    /// <param name="mixing">γ ≥ 0, dimensionless; 0 takes the gradient at W.</param>
    /// <param name="rounding">How |Δ|/Δw_min becomes a whole number.</param>
    /// <param name="auxiliary">Element of P.</param>
    /// <param name="main">Element of W.</param>
    /// <exception cref="T:System.ArgumentException">A rate is not a finite number above 0, or γ not a finite number of at least 0.</exception>
    let residualLearning
        (learningRate: float)
        (transferRate: float)
        (mixing: float)
        rounding
        (auxiliary: PulsedDevice)
        (main: PulsedDevice)
        : Rule<TwoArrayState> =
        Require.positive "learningRate" learningRate
        Require.positive "transferRate" transferRate
        Require.nonNegative "mixing" mixing
        let form = RuleForm.ResidualLearning(learningRate, transferRate, mixing, auxiliary.Device, main.Device)
        twoArrays "Residual learning by pulses" (Source.sequel "section 4") form mixing -learningRate transferRate rounding auxiliary main
