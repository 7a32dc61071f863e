namespace AnalogTheory

/// Digital SGD, W′ = W − αg (v1 eq. 2).
[<RequireQualifiedAccess>]
module DigitalSgd =

    /// <summary>The rule.</summary>
    /// <param name="learningRate">α &gt; 0, weight²/loss. Beyond 1/L it may diverge, which is data and not an error.</param>
    let create (learningRate: float) : Rule<Weights> =
        Require.positive "learningRate" learningRate
        Rule.ofOneArray "Digital SGD" (Source.paper "eq. 2") (RuleForm.DigitalSgd learningRate) (Kernels.Rules.DigitalSgd learningRate)
