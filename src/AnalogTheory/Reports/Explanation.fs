namespace AnalogTheory

open System
open System.Globalization

/// How a hypothesis stands on an instance, for people.
type HypothesisOnInstance =
    {
        /// Name of the hypothesis, as the source numbers it.
        Name: string
        /// Signed margin in the hypothesis's own unit: 0 or more holds; below 0 or NaN fails.
        Margin: float
        /// What would satisfy it where it fails, such as "α = 0.0884 would do"; None where nothing is known that would.
        Advice: string option
    }

    /// Whether it holds.
    member hypothesis.Holds = hypothesis.Margin >= 0.0

/// Claims explained: every hypothesis on every instance with its margin, and what would satisfy those that fail.
[<RequireQualifiedAccess>]
module Explanation =

    let private shown (value: float) = value.ToString("G4", CultureInfo.InvariantCulture)

    // Below this a margin is what rounding is allowed, or a bound that is just missed: not a number that tells anybody anything.
    let private negligible = 1e-9

    /// <summary>A margin in words: "holds by 0.1", "fails by 0.02", "fails: nothing bounds it here"; allowances for rounding are no margins and have no number.</summary>
    /// <param name="margin">Signed margin; 0 or more holds.</param>
    let words (margin: float) : string =
        if Double.IsNaN margin then "is not known to hold here"
        elif Double.IsPositiveInfinity margin then "holds"
        elif Double.IsNegativeInfinity margin then "fails: nothing bounds it here"
        elif margin > negligible then "holds by " + shown margin
        elif margin >= 0.0 then "holds"
        elif margin < -negligible then "fails by " + shown -margin
        elif margin < -Double.Epsilon then "fails, by less than " + shown negligible
        else "fails: no bound of this kind was found"

    // The learning rate as a knob, for the settings that have one.
    let private rateOf (setting: objnull) : (float * (float -> objnull)) option =
        match setting with
        | :? AnalogRun as run -> Some(run.LearningRate, (fun rate -> box { run with LearningRate = rate }))
        | :? (AnalogStep list) as steps when not steps.IsEmpty ->
            Some(steps.Head.LearningRate, (fun rate -> box (steps |> List.map (fun step -> { step with LearningRate = rate }))))
        | :? FloorLimitRun as run -> Some(run.LearningRate, (fun rate -> box { run with LearningRate = rate }))
        | :? MonotoneRun as run -> Some(run.LearningRate, (fun rate -> box { run with LearningRate = rate }))
        | _ -> None

    // The rate nearest to the present one at which a hypothesis holds: its margin rises towards one rate, or towards smaller ones for ever.
    let private satisfyingRate (margin: float -> float) (present: float) : float option =
        let golden = 0.5 * (sqrt 5.0 - 1.0)

        // The largest margin over a bracket of logarithms; margins of hypotheses on α have one peak, or none.
        let rec peak low high rounds =
            let a, b = high - golden * (high - low), low + golden * (high - low)

            if rounds = 0 then 0.5 * (low + high)
            elif margin (exp a) < margin (exp b) then peak a high (rounds - 1)
            else peak low b (rounds - 1)

        let start = log present
        let best = exp (peak (start - 12.0) (start + 12.0) 90)

        if not (margin best >= 0.0) then
            // An equation holds only up to rounding: its peak is as near as a search comes.
            let scale = abs (margin (2.0 * best) - margin best)
            if margin best > -1e-6 * scale then Some best else None
        else
            let rec halve (inside: float) (outside: float) rounds =
                let middle = sqrt (inside * outside)

                if rounds = 0 then inside
                elif margin middle >= 0.0 then halve middle outside (rounds - 1)
                else halve inside middle (rounds - 1)

            Some(halve best present 50)

    let private advice (theorem: Theorem<'Setting>) (hypothesis: Hypothesis<'Setting>) (setting: 'Setting) : string option =
        let byRate =
            rateOf (box setting)
            |> Option.filter (fun _ -> hypothesis.Name.Contains 'α')
            |> Option.bind (fun (present, at) -> satisfyingRate (fun rate -> hypothesis.Margin(unbox<'Setting>(at rate))) present)
            |> Option.map (fun rate -> $"α = {shown rate} would do")

        match byRate with
        | Some _ -> byRate
        | None when
            hypothesis.Name.StartsWith("A4", StringComparison.Ordinal)
            && Double.IsNegativeInfinity(hypothesis.Margin setting)
            ->
            let weighted =
                if theorem.Id.StartsWith("S3", StringComparison.Ordinal) then
                    ", or take S3-weighted, which asks nothing of ‖W‖∞"
                else
                    ""

            Some $"unbounded noise leaves no W_max below τ: clip the noise (clippedGaussian has a range){weighted}"
        | None when hypothesis.Name.Contains "w⋄ = 0" ->
            Some "with another symmetric point shift W by w⋄ first; other devices are not what the claim is about"
        | None -> None

    /// <summary>Every hypothesis of a claim on every one of its instances.</summary>
    /// <param name="theorem">The claim.</param>
    /// <returns>Instances in order, each with its hypotheses in the order of the source; empty for claims that a solver settles for all reals.</returns>
    let hypotheses (theorem: ITheorem) : (string * HypothesisOnInstance list) list =
        theorem.Accept
            { new ITheoremVisitor<(string * HypothesisOnInstance list) list> with
                member _.Visit theorem =
                    [ for name, setting in theorem.Instances ->
                          name,
                          [ for hypothesis in theorem.Hypotheses ->
                                let margin = hypothesis.Margin setting

                                { Name = hypothesis.Name
                                  Margin = margin
                                  Advice = if margin >= 0.0 then None else advice theorem hypothesis setting } ] ] }

    /// <summary>What the words of a report mean, a line each; only those that occur in a text.</summary>
    /// <param name="text">The report.</param>
    let glossary (text: string) : (string * string) list =
        [ "Vacuous", "a hypothesis fails on the instance, so the claim says nothing about it"
          "margin", "distance to the wrong side of the bound, in the bound's unit; negative where the claim fails"
          "Exact", "on the instance, with certainty: enclosed by intervals, or computed in fractions"
          "Evaluated", "summed over all paths of the noise, or in closed form, in floating point; nothing is sampled"
          "Computed", "a stationary quantity by discretisation; the number bounds the error of the margin"
          "Supported", "the whole confidence interval of the expected margin is on the right side; wrong with the probability in brackets"
          "asymptotic", "by the central limit theorem only, since the noise has no range"
          "Undecided", "the budget ended first, or no solver answered"
          "A1", "f has Lipschitz gradients with constant L"
          "A3′", "the noise has mean 0 and variance at most σ² in every state; it may depend on W"
          "A3:", "as A3′, and the noise does not depend on W"
          "A4", "the weights stay away from ±τ: ‖W_k‖∞ ≤ W_max < τ" ]
        |> List.filter (fun (term, _) -> text.Contains(term, StringComparison.Ordinal))
