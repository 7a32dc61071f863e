namespace AnalogTheory

open AnalogTheory.Kernels.Rules

/// Tiki-Taka, P′ = U(P, +βg), W′ = U(W, −αP′), P₀ = 0 (v1 TT-P, TT-W).
[<RequireQualifiedAccess>]
module TikiTaka =

    /// <summary>The rule with a device for each array.</summary>
    /// <param name="transferRate">α &gt; 0, rate of W, dimensionless.</param>
    /// <param name="learningRate">β &gt; 0, rate of P, weight²/loss.</param>
    /// <param name="auxiliary">Device of P.</param>
    /// <param name="main">Device of W.</param>
    let createWith (transferRate: float) (learningRate: float) (auxiliary: Device) (main: Device) : Rule<TwoArrayState> =
        Require.positive "transferRate" transferRate
        Require.positive "learningRate" learningRate

        TwoArrayRule.create
            "Tiki-Taka"
            (Source.paper "TT-P, TT-W")
            (RuleForm.TikiTaka(transferRate, learningRate, auxiliary, main))
            (TwoArrays.TikiTaka(auxiliary.Law, main.Law, learningRate, transferRate))

    /// <summary>The rule with the same device for both arrays.</summary>
    /// <param name="transferRate">α &gt; 0, rate of W, dimensionless.</param>
    /// <param name="learningRate">β &gt; 0, rate of P, weight²/loss.</param>
    /// <param name="device">Device of P and W.</param>
    let create (transferRate: float) (learningRate: float) (device: Device) : Rule<TwoArrayState> =
        createWith transferRate learningRate device device

/// Tiki-Taka with its arguments by their names, since both rates are numbers and can be swapped.
[<AbstractClass; Sealed>]
type TikiTaka =

    /// <summary>`TikiTaka.Of(transferRate = 0.05, learningRate = 0.01, device = device)`: P′ = U(P, +βg), W′ = U(W, −αP′), P₀ = 0.</summary>
    /// <param name="transferRate">α &gt; 0, rate of W, dimensionless.</param>
    /// <param name="learningRate">β &gt; 0, rate of P, weight²/loss.</param>
    /// <param name="device">Device of W, and of P unless another is given.</param>
    /// <param name="auxiliary">Device of P.</param>
    static member Of(transferRate: float, learningRate: float, device: Device, ?auxiliary: Device) : Rule<TwoArrayState> =
        TikiTaka.createWith transferRate learningRate (defaultArg auxiliary device) device
