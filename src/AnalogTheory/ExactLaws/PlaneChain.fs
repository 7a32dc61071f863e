namespace AnalogTheory

open System
open AnalogTheory.Kernels.Rules

/// A Markov chain of one weight and its auxiliary weight: where it can go from each pair, and with what probability.
[<NoEquality; NoComparison>]
type PlaneChain =
    {
        /// Name for messages.
        Name: string
        /// Lower and upper end of the interval of W; unit of weight.
        Main: struct (float * float)
        /// Lower and upper end of the interval of P; unit of weight.
        Auxiliary: struct (float * float)
        /// A pair that the chain is often near.
        Centre: struct (float * float)
        /// Next pairs with their probabilities, at most a few hundred; their sum is 1 up to rounding.
        Next: float -> float -> struct (float * float * float)[]
    }

/// Chains of rules with two arrays.
[<RequireQualifiedAccess>]
module PlaneChain =

    /// <summary>One coordinate of a rule, every noise value taken through the rule's own kernel.</summary>
    /// <param name="rule">Rule with an auxiliary array; its gradient is taken at W + γP, as its mixing says.</param>
    /// <param name="derivative">∂f/∂w.</param>
    /// <param name="atoms">Noise.</param>
    /// <param name="main">Interval of W that the chain leaves with negligible probability.</param>
    /// <param name="auxiliary">Interval of P.</param>
    /// <param name="centre">A pair inside that the chain is often near.</param>
    /// <exception cref="T:System.ArgumentException">The rule keeps no auxiliary array, or an interval is empty or not finite.</exception>
    let ofRule
        (rule: UpdateRule)
        (derivative: float -> float)
        (atoms: NoiseAtoms)
        (main: struct (float * float))
        (auxiliary: struct (float * float))
        (centre: struct (float * float))
        : PlaneChain =
        if not rule.HasAuxiliary then
            raise (ArgumentException("Expected a rule with an auxiliary array.", nameof rule))

        for struct (lower, upper) in [ main; auxiliary ] do
            Require.finite "lower" lower
            Require.finite "upper" upper
            Require.positive "upper - lower" (upper - lower)

        { Name = string rule
          Main = main
          Auxiliary = auxiliary
          Centre = centre
          Next =
            fun w p ->
                let probe = w + rule.Mixing * p
                let slope = derivative probe
                let support = atoms probe slope
                let gradient = support |> Array.map (fun struct (_, value) -> slope + value)
                // The atoms are coordinates to the kernel, which treats each alike.
                let w, p = Array.create support.Length w, Array.create support.Length p
                rule.Step(Span<float>(w), Span<float>(p), ReadOnlySpan<float>(gradient), ReadOnlySpan<float>.Empty)
                Array.init support.Length (fun i -> let struct (probability, _) = support[i] in struct (probability, w[i], p[i])) }
