namespace AnalogTheory

open AnalogTheory.Kernels.Rules

/// Residual learning: gradient at W̄ = W + γP, P′ = U(P, −αg), W′ = U(W, +βP′), P₀ = 0 (arXiv 2502.06309).
[<RequireQualifiedAccess>]
module ResidualLearning =

    /// <summary>The rule with a device for each array.</summary>
    /// <param name="learningRate">α &gt; 0, rate of P, weight²/loss.</param>
    /// <param name="transferRate">β &gt; 0, rate of W, dimensionless.</param>
    /// <param name="mixing">γ ≥ 0, dimensionless; 0 takes the gradient at W.</param>
    /// <param name="auxiliary">Device of P.</param>
    /// <param name="main">Device of W.</param>
    let createWith (learningRate: float) (transferRate: float) (mixing: float) (auxiliary: Device) (main: Device) : Rule<TwoArrayState> =
        Require.positive "learningRate" learningRate
        Require.positive "transferRate" transferRate
        Require.nonNegative "mixing" mixing

        TwoArrayRule.create
            "Residual learning"
            (Source.sequel "section 4")
            (RuleForm.ResidualLearning(learningRate, transferRate, mixing, auxiliary, main))
            (TwoArrays.ResidualLearning(auxiliary.Law, main.Law, learningRate, transferRate, mixing))

    /// <summary>The rule with the same device for both arrays.</summary>
    /// <param name="learningRate">α &gt; 0, the rate of the residual array P.</param>
    /// <param name="transferRate">β &gt; 0, the rate of the transfer from P to W.</param>
    /// <param name="mixing">γ ≥ 0: the gradient is taken at W + γP.</param>
    /// <param name="device">The device of both arrays.</param>
    let create (learningRate: float) (transferRate: float) (mixing: float) (device: Device) : Rule<TwoArrayState> =
        createWith learningRate transferRate mixing device device

/// Residual learning with its arguments by their names, since its rates are numbers and can be swapped.
[<AbstractClass; Sealed>]
type ResidualLearning =

    /// <summary>`ResidualLearning.Of(learningRate = 0.1, transferRate = 0.05, mixing = 0.5, device = device)`.</summary>
    /// <param name="learningRate">α &gt; 0, rate of P, weight²/loss.</param>
    /// <param name="transferRate">β &gt; 0, rate of W, dimensionless.</param>
    /// <param name="mixing">γ ≥ 0, dimensionless; 0 takes the gradient at W.</param>
    /// <param name="device">Device of W, and of P unless another is given.</param>
    /// <param name="auxiliary">Device of P.</param>
    static member Of(learningRate: float, transferRate: float, mixing: float, device: Device, ?auxiliary: Device) : Rule<TwoArrayState> =
        ResidualLearning.createWith learningRate transferRate mixing (defaultArg auxiliary device) device
