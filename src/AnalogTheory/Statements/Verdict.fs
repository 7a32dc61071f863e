namespace AnalogTheory

/// A comparison that a claim makes: measured on one side, the bound on the other.
[<Struct>]
type Comparison =
    {
        /// What was measured.
        Measured: float
        /// What it is compared with.
        Bound: float
        /// Distance to the wrong side in the unit of the bound: positive holds, negative fails, NaN fails.
        Margin: float
    }

/// Making comparisons; NaN counts against the claim, never for it.
[<RequireQualifiedAccess>]
module Comparison =

    /// <summary>measured ≤ bound.</summary>
    /// <param name="measured">The measured side.</param>
    /// <param name="bound">The other side.</param>
    let atMost (measured: float) (bound: float) : Comparison = { Measured = measured; Bound = bound; Margin = bound - measured }

    /// <summary>measured ≥ bound.</summary>
    /// <param name="measured">The measured side.</param>
    /// <param name="bound">The other side.</param>
    let atLeast (measured: float) (bound: float) : Comparison = { Measured = measured; Bound = bound; Margin = measured - bound }

    /// <summary>|measured − expected| ≤ allowance, the allowance covering rounding and discretisation only.</summary>
    /// <param name="allowance">Difference that rounding and discretisation explain, at least 0.</param>
    /// <param name="measured">The measured side.</param>
    /// <param name="expected">The value that the claim states.</param>
    let equal (allowance: float) (measured: float) (expected: float) : Comparison =
        { Measured = measured
          Bound = expected
          Margin = allowance - abs (measured - expected) }

    /// <summary>Whether the claim holds.</summary>
    /// <param name="comparison">Two sides with the margin between them.</param>
    let holds (comparison: Comparison) : bool = comparison.Margin >= 0.0

/// Why a claim says nothing about an instance.
type FailedHypothesis =
    {
        /// Name of the hypothesis, as the source numbers it.
        Name: string
        /// By how much it fails, in its own unit; negative or NaN.
        Margin: float
        /// Replicas in which a pathwise hypothesis failed, of how many; None for hypotheses on the instance.
        Replicas: (int64 * int64) option
        /// What was seen, in words and numbers; "" where the margin says it all.
        Note: string
    }

/// Making failed hypotheses.
[<RequireQualifiedAccess>]
module FailedHypothesis =

    /// <summary>A hypothesis on the instance that fails by a margin.</summary>
    /// <param name="name">The hypothesis as the paper names it.</param>
    /// <param name="margin">By how much it fails; negative.</param>
    let onInstance (name: string) (margin: float) : FailedHypothesis = { Name = name; Margin = margin; Replicas = None; Note = "" }

/// What a sampled check saw.
type SampledEvidence =
    {
        /// Confidence interval of the expected margin, valid at every sample size.
        Lower: float
        /// Upper end.
        Upper: float
        /// Independent replicas used.
        Samples: int64
        /// Error probability spent; the interval is wrong with at most this probability, whatever the stopping time.
        Delta: float
        /// Whether the interval is asymptotic only (unbounded noise); then it is kept out of a report's δ.
        IsAsymptotic: bool
    }

/// The answer to "does the claim hold here?", with the kind of evidence it rests on (the kinds stand at the head of the ledger, proofs-checks/README.md).
type Verdict =
    /// Discharged for all reals by a solver; the query is kept as text.
    | Proved of query: string
    /// Holds on the instance with certainty: the margin's sign rests on intervals with outward rounding or on exact fractions.
    | Exact of Comparison
    /// Holds on the instance as floating point evaluates it, with an allowance for rounding that nothing encloses.
    | Evaluated of Comparison
    /// Holds at every one of so many points; nothing is known of what lies between them.
    | SeenAtPoints of Comparison * points: int
    /// Discretised, with a bound on the error that the margin exceeds.
    | Computed of Comparison * error: float
    /// On the right side of the bound with confidence 1 − δ.
    | Supported of SampledEvidence
    /// On the wrong side of the bound with confidence 1 − δ.
    | RefutedAtConfidence of SampledEvidence
    /// A counterexample; its inputs replay it.
    | Refuted of counterexample: string * Comparison
    /// A hypothesis fails on the instance.
    | Vacuous of FailedHypothesis list
    /// The budget ended first, or a solver did not answer.
    | Undecided of reason: string

    /// The verdict in one or two words, as the ledger prints it.
    member verdict.Name =
        let shown (value: float) = value.ToString("G1", System.Globalization.CultureInfo.InvariantCulture)

        match verdict with
        | Proved _ -> "Proved"
        | Exact _ -> "Exact"
        | Evaluated _ -> "Evaluated"
        | SeenAtPoints(_, points) -> invariant $"Seen at {points} points"
        | Computed(_, error) -> $"Computed({shown error})"
        | Supported evidence -> if evidence.IsAsymptotic then "Supported(asymptotic)" else $"Supported({shown evidence.Delta})"
        | RefutedAtConfidence evidence -> if evidence.IsAsymptotic then "Refuted(asymptotic)" else $"Refuted({shown evidence.Delta})"
        | Refuted _ -> "Refuted"
        | Vacuous _ -> "Vacuous"
        | Undecided _ -> "Undecided"

    /// Whether the verdict speaks against the claim.
    member verdict.IsAgainst =
        match verdict with
        | Refuted _
        | RefutedAtConfidence _ -> true
        | _ -> false
