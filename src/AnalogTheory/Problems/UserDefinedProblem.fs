namespace AnalogTheory

open System
open AnalogTheory.Kernels.Objectives

/// What a user knows of an objective besides f and ∇f; the claims take it at its word.
type ObjectiveConstants =
    {
        /// L &gt; 0; loss/weight².
        Smoothness: float
        /// μ in [0, L]; 0 if only convex, or not convex; loss/weight².
        StrongConvexity: float
        /// Whether f is convex; true where μ &gt; 0.
        IsConvex: bool
        /// R, the largest ‖W‖∞ for which L (and μ) hold; ∞ where they hold everywhere.
        Domain: float
        /// f*; None for f(W*).
        Minimum: float option
    }

/// The samples of an objective that is a mean over them.
[<NoEquality; NoComparison>]
type ObjectiveSamples =
    {
        /// N ≥ 1.
        Count: int
        /// Writes ∇f_n(w), whose mean over n is ∇f(w); must be pure.
        Gradient: SampleGradientFunction
    }

/// Objectives that a user supplies as functions of one weight vector.
[<RequireQualifiedAccess>]
module UserDefinedProblem =

    /// <summary>L alone: not known to be convex, valid everywhere, f* = f(W*).</summary>
    /// <param name="smoothness">L &gt; 0: no eigenvalue of the Hessian is larger in size; loss/weight².</param>
    let constants (smoothness: float) : ObjectiveConstants =
        { Smoothness = smoothness
          StrongConvexity = 0.0
          IsConvex = false
          Domain = infinity
          Minimum = None }

    // A sum of samples that is not the gradient would be found late: as a noise with a bias, or as a batch mode that changes the problem.
    let private requireMean (minimizer: float[]) (gradient: GradientFunction) (samples: ObjectiveSamples) =
        Require.atLeast "samples" 1L (int64 samples.Count)

        let full, mean, size =
            Array.zeroCreate minimizer.Length, Array.zeroCreate minimizer.Length, Array.zeroCreate minimizer.Length

        gradient.Invoke(ReadOnlySpan<float>(minimizer), Span<float>(full))

        for n in 0 .. samples.Count - 1 do
            let one = Array.zeroCreate minimizer.Length
            samples.Gradient.Invoke(n, ReadOnlySpan<float>(minimizer), Span<float>(one))

            for d in 0 .. one.Length - 1 do
                mean[d] <- mean[d] + one[d] / float samples.Count
                size[d] <- size[d] + abs one[d] / float samples.Count

        for d in 0 .. minimizer.Length - 1 do
            if not (abs (full[d] - mean[d]) <= 1e-9 * (size[d] + abs full[d])) then
                raise (
                    ArgumentException(
                        invariant
                            $"Expected samples whose mean gradient is that of f, got {string mean[d]} for {string full[d]} at the minimizer, coordinate {d}.",
                        "samples"
                    )
                )

    /// <summary>From functions that write into spans, so that a step allocates nothing; all must be pure, since ensembles call them from several threads.</summary>
    /// <param name="name">Name for tables.</param>
    /// <param name="constants">What the caller vouches for.</param>
    /// <param name="minimizer">W*, which the caller vouches for; its length is D.</param>
    /// <param name="value">f.</param>
    /// <param name="gradient">Writes ∇f into a span of D zeros.</param>
    /// <param name="samples">The samples, if f is a mean over them; then a batch can be sent per sample, and mini-batches drawn.</param>
    /// <exception cref="T:System.ArgumentException">
    /// A constant is outside its range, W* is empty, not finite or outside the domain, or the samples' gradients do not average to ∇f at W*.
    /// </exception>
    let ofSpans
        (name: string)
        (constants: ObjectiveConstants)
        (minimizer: float[])
        (value: LossFunction)
        (gradient: GradientFunction)
        (samples: ObjectiveSamples option)
        : Problem =
        Require.positive "smoothness" constants.Smoothness
        Require.within "strongConvexity" 0.0 constants.Smoothness constants.StrongConvexity
        Require.nonEmpty "minimizer" minimizer.Length
        Require.allFinite "minimizer" (ReadOnlySpan<float>(minimizer))
        let minimizer = Array.copy minimizer
        let largest = minimizer |> Array.fold (fun largest w -> max largest (abs w)) 0.0

        if not (constants.Domain >= largest) then
            raise (
                ArgumentException(
                    $"Expected a domain that holds the minimizer, ‖W*‖∞ = {string largest}, got domain = {string constants.Domain}.",
                    "domain"
                )
            )

        let minimum = constants.Minimum |> Option.defaultWith (fun () -> value.Invoke(ReadOnlySpan<float>(minimizer)))
        Require.finite "minimum" minimum
        samples |> Option.iter (requireMean minimizer gradient)
        let excess = LossFunction(fun w -> value.Invoke w - minimum)

        { Name = name
          Objective =
            match samples with
            | Some samples -> SuppliedObjective(minimizer.Length, gradient, excess, samples.Count, samples.Gradient)
            | None -> SuppliedObjective(minimizer.Length, gradient, excess)
          Smoothness = constants.Smoothness
          StrongConvexity = constants.StrongConvexity
          IsConvex = constants.IsConvex || constants.StrongConvexity > 0.0
          Minimum = minimum
          Minimizer = Weights.ofArray minimizer
          Domain = constants.Domain }

    /// <summary>From functions of arrays; both must be pure.</summary>
    /// <param name="name">Name for tables.</param>
    /// <param name="constants">What the caller vouches for.</param>
    /// <param name="minimizer">W*, which the caller vouches for; its length is D.</param>
    /// <param name="value">f.</param>
    /// <param name="gradient">∇f; must return D elements.</param>
    /// <exception cref="T:System.ArgumentException">As `ofSpans`, or ∇f(W*) has another length than D.</exception>
    let ofArrays
        (name: string)
        (constants: ObjectiveConstants)
        (minimizer: float[])
        (value: float[] -> float)
        (gradient: float[] -> float[])
        : Problem =
        Require.nonEmpty "minimizer" minimizer.Length
        Require.allFinite "minimizer" (ReadOnlySpan<float>(minimizer))
        Require.length "gradient minimizer" minimizer.Length (gradient minimizer).Length

        let write =
            GradientFunction(fun w result ->
                let values = gradient (w.ToArray())
                Require.length "gradient" result.Length values.Length
                values.AsSpan().CopyTo result)

        ofSpans name constants minimizer (LossFunction(fun w -> value (w.ToArray()))) write None

    /// <summary>From f and ∇f, with L alone known; both must be pure, since ensembles call them from several threads.</summary>
    /// <param name="name">Name for tables.</param>
    /// <param name="smoothness">L, which the caller vouches for.</param>
    /// <param name="minimizer">W*, which the caller vouches for; its length is D.</param>
    /// <param name="value">f.</param>
    /// <param name="gradient">∇f; must return D elements.</param>
    /// <exception cref="T:System.ArgumentException">L is not positive, or ∇f(W*) has another length than D.</exception>
    let create (name: string) (smoothness: float) (minimizer: float[]) (value: float[] -> float) (gradient: float[] -> float[]) : Problem =
        Require.positive "smoothness" smoothness
        ofArrays name (constants smoothness) minimizer value gradient
