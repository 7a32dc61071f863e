namespace AnalogTheory

open System

/// First two moments of one coordinate of the auxiliary array, relative to the symmetric point.
[<Struct>]
type AuxiliaryMoments =
    {
        /// E P; weight.
        Mean: float
        /// E P²; weight².
        SecondMoment: float
    }

    /// E P² − (E P)²; weight².
    member moments.Variance = moments.SecondMoment - moments.Mean * moments.Mean

/// What the recursion of the auxiliary array needs to know of one coordinate g of the stochastic gradient.
[<Struct>]
type GradientMoments =
    {
        /// E g; loss/weight.
        Mean: float
        /// E g² = E|g|²; (loss/weight)².
        SecondMoment: float
        /// E|g|; loss/weight.
        MeanAbsolute: float
        /// E|g|g; (loss/weight)².
        SignedSquare: float
    }

/// <summary>Claim T4: moments of Tiki-Taka's auxiliary array while W stays fixed, on the asymmetric linear device.</summary>
/// <remarks>
/// P′ = U(P, βg) = (1 − (β/τ)|g|)P + βg with g i.i.d., so the first two moments of P obey a closed linear recursion:
/// E P′ = (1 − (β/τ)E|g|)·E P + βE g, and
/// E P′² = E(1 − (β/τ)|g|)²·E P² + 2βE[(1 − (β/τ)|g|)g]·E P + β²E g².
/// The second contracts exactly if βE g² &lt; 2τE|g|. Nothing is approximated. With a symmetric point w⋄ ≠ 0 the same holds for P − w⋄.
/// Source: derived; v1's Lemma 5 tracks the proxy (τ√D/σ)∇f instead of the stationary mean τ∇f/E|g|.
/// </remarks>
[<RequireQualifiedAccess>]
module AuxiliaryMoments =

    /// Where the claim comes from.
    let source: Source = Source.derived "T4"

    /// P before the first step, P₀ = 0.
    let zero: AuxiliaryMoments = { Mean = 0.0; SecondMoment = 0.0 }

    /// <summary>Moments of g = ∂f + ε.</summary>
    /// <param name="noise">Moments of ε.</param>
    /// <param name="gradient">∂f, the gradient's coordinate at the fixed W; loss/weight.</param>
    /// <exception cref="T:System.NotSupportedException">The noise's moments of |g| are not known.</exception>
    let gradient (noise: Moments) (gradient: float) : GradientMoments =
        { Mean = gradient + noise.Mean
          SecondMoment = gradient * gradient + 2.0 * gradient * noise.Mean + noise.SecondMoment
          MeanAbsolute = noise.MeanAbsolute gradient
          SignedSquare = noise.MeanSignedSquare gradient }

    let private validate (radius: float) (learningRate: float) =
        Require.positive "radius" radius
        Require.positive "learningRate" learningRate

    // Factor of E P² from one step to the next, E(1 − (β/τ)|g|)².
    let private contraction radius learningRate (g: GradientMoments) =
        let b = learningRate / radius
        1.0 - 2.0 * b * g.MeanAbsolute + b * b * g.SecondMoment

    // E[(1 − (β/τ)|g|)g].
    let private cross radius learningRate (g: GradientMoments) = g.Mean - learningRate / radius * g.SignedSquare

    /// <summary>Exact moments after one more step.</summary>
    /// <param name="radius">τ &gt; 0; weight.</param>
    /// <param name="learningRate">β &gt; 0; weight²/loss.</param>
    /// <param name="g">Moments of the stochastic gradient.</param>
    /// <param name="p">Moments before the step, g being independent of P.</param>
    /// <exception cref="T:System.ArgumentException">τ or β is not a finite positive number.</exception>
    let next (radius: float) (learningRate: float) (g: GradientMoments) (p: AuxiliaryMoments) : AuxiliaryMoments =
        validate radius learningRate

        { Mean = (1.0 - learningRate / radius * g.MeanAbsolute) * p.Mean + learningRate * g.Mean
          SecondMoment =
            contraction radius learningRate g * p.SecondMoment
            + 2.0 * learningRate * cross radius learningRate g * p.Mean
            + learningRate * learningRate * g.SecondMoment }

    /// <summary>Exact stationary moments: E P = τE g/E|g|; None unless βE g² &lt; 2τE|g|.</summary>
    /// <param name="radius">τ &gt; 0; weight.</param>
    /// <param name="learningRate">β &gt; 0; weight²/loss.</param>
    /// <param name="g">Moments of the stochastic gradient.</param>
    /// <exception cref="T:System.ArgumentException">τ or β is not a finite positive number.</exception>
    let tryStationary (radius: float) (learningRate: float) (g: GradientMoments) : AuxiliaryMoments option =
        validate radius learningRate

        if learningRate * g.SecondMoment < 2.0 * radius * g.MeanAbsolute then
            let mean = radius * g.Mean / g.MeanAbsolute
            // The step's equation for E P², divided by β: (2E|g| − (β/τ)E g²)/τ is the decay per β.
            let decay = (2.0 * g.MeanAbsolute - learningRate / radius * g.SecondMoment) / radius
            let gain = 2.0 * cross radius learningRate g * mean + learningRate * g.SecondMoment

            Some { Mean = mean; SecondMoment = gain / decay }
        else
            None

    /// <summary>Exact stationary moments.</summary>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="learningRate">β &gt; 0, the rate of the auxiliary array.</param>
    /// <param name="g">Moments of the stochastic gradient, held constant.</param>
    /// <exception cref="T:System.ArgumentException">τ or β is not a finite positive number, or βE g² &lt; 2τE|g| fails.</exception>
    let stationary (radius: float) (learningRate: float) (g: GradientMoments) : AuxiliaryMoments =
        match tryStationary radius learningRate g with
        | Some moments -> moments
        | None ->
            let left, right = learningRate * g.SecondMoment, 2.0 * radius * g.MeanAbsolute
            raise (ArgumentException(invariant $"Expected βE g² < 2τE|g|, got {left} ≥ {right}.", nameof learningRate))
