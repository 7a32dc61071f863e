namespace AnalogTheory

/// Analog SGD, W′ = U(W, −αg) (v1 eq. 3).
[<RequireQualifiedAccess>]
module AnalogSgd =

    /// <summary>The rule.</summary>
    /// <param name="learningRate">α &gt; 0, weight²/loss. Theorem 2 asks for α ≤ 1/(2L).</param>
    /// <param name="device">Device of W.</param>
    let create (learningRate: float) (device: Device) : Rule<Weights> =
        Require.positive "learningRate" learningRate

        Rule.ofOneArray
            "Analog SGD"
            (Source.paper "eq. 3")
            (RuleForm.AnalogSgd(learningRate, device))
            (Kernels.Rules.AnalogSgd(device.Law, learningRate))

/// Analog GD: Analog SGD fed with exact gradients (v1 Theorem 9).
[<RequireQualifiedAccess>]
module AnalogGd =

    /// <summary>The rule; run it with `Noise.none`, which is what makes it gradient descent.</summary>
    /// <param name="learningRate">α &gt; 0, weight²/loss. Theorem 9 asks for α ≤ 1/L.</param>
    /// <param name="device">Device of W.</param>
    let create (learningRate: float) (device: Device) : Rule<Weights> =
        { AnalogSgd.create learningRate device with
            Name = "Analog GD"
            Source = Source.paper "Theorem 9" }
