namespace AnalogTheory.Mutation

/// Mutants of what stands before a verdict: ranges, means that are not normal, batches that repeat, what is vouched for, errors of stationary laws, and
/// enclosures.
[<RequireQualifiedAccess>]
module Gates =

    let private verification file breaks list = Mutant.listOf $"src/AnalogTheory/{file}.fs" breaks [ Mutant.tests list ]

    let private sequences = "verification: confidence sequences"
    let private checks = "verification: checks"
    let private vouched = "claims: what is vouched for"

    let private laws = "stationary laws"
    let private exact = "verification: exact expectations"

    /// The mutants of this file.
    let mutants: Mutant list =
        List.concat
            [ verification
                  "Checking/ConfidenceSequence"
                  [ "ranges of margins" ]
                  sequences
                  [ "range-ignored", "if ⟦state.Outside > 0L⟧ then\n            Some(Vacuous", "false"
                    "range-interval", "| _ when ⟦state.Outside > 0L⟧ -> struct", "false"
                    "range-count", "{ outside with Number = outside.Number + ⟦1L⟧ }", "0L"
                    "range-count-furthest", "{ Number = outside.Number + ⟦1L⟧; Worst = value", "0L"
                    "range-room", "sort (fun value -> distance value <= ⟦room⟧)", "(1.0 + room)"
                    "range-distance", "else ⟦Math.Max(lower - value, value - upper)⟧", "(value - upper)" ]
              verification
                  "Checking/AsymptoticInterval"
                  [ "means that are not normal" ]
                  sequences
                  [ "normal-spread", "elif ⟦state.Different.Count < 2⟧ then", "false"
                    "normal-values", "elif ⟦state.Different.Count < fewestDifferent⟧ then", "(state.Different.Count < 2)"
                    "normal-kurtosis", "elif ⟦not (float state.Seen >= needed)⟧ then", "false"
                    "normal-patience", "let patience = ⟦32.0⟧", "28.0"
                    "normal-level", "let needed = ⟦-patience * Math.Log delta⟧ * state.Kurtosis", "3.0 * patience"
                    "normal-cubes", "cubes + term * step * (n - ⟦2.0⟧)", "1.0"
                    "normal-fourths", "(n * n - 3.0 * n + 3.0) + ⟦6.0⟧ * step", "4.0" ]
              verification
                  "Checking/WatchCheck"
                  [ "what is vouched for" ]
                  checks
                  [ "watch-share", "let share = ⟦0.25⟧", "0.3"
                    "watch-price", "Math.Log(⟦float (max 1 names.Length)⟧ / delta)", "1.0"
                    "watch-sure", "Array.filter (fun margin -> ⟦not (margin >= 0.0)⟧)", "(margin < 0.0)"
                    "watch-given", "⟦not (List.exists failed.Contains given)⟧", "true"
                    "watch-mean", "largest + ⟦Math.Log(logs |> Array.averageBy (fun value -> Math.Exp(value - largest)))⟧", "0.0" ]
              verification
                  "Checking/SampledCheck"
                  [ "what is vouched for"; "batches that repeat" ]
                  checks
                  [ "watch-rest", "else ⟦(1.0 - WatchCheck.share) * delta⟧", "delta"
                    "repeat-chance", "(frequencies |> Array.sumBy (fun n -> n * Math.Log(n / float count))) < ⟦-40.0⟧", "0.5"
                    "repeat-never", "⟦(frequencies |> Array.sumBy (fun n -> n * Math.Log(n / float count)))⟧ <", "0.0" ]
              Mutant.listOf
                  "src/AnalogTheory/Theorems/PathWatch.fs"
                  [ "what is vouched for" ]
                  [ Mutant.tests vouched ]
                  [ "bet-side", "for sign in [ 1.0; ⟦-1.0⟧ ] do", "1.0"
                    "bet-price", "/ (1.0 + ⟦0.5⟧ * stake * stake)", "0.25"
                    "bet-variance-sign", "1.0 + stake * (⟦x / stated - 1.0⟧)", "1.0 - x / stated"
                    "bet-variance-price", "1.0 + stake * (x / stated - ⟦1.0⟧)", "0.8"
                    "watch-bend", "second.Weights second.Gradient, ⟦bend⟧)", "infinity"
                    "watch-device", "⟦1e-12⟧ - Claim.distanceFromLinear radius device visit", "10.0"
                    "watch-minimum", "Surely(\"f ≥ f*\", (fun _ visit -> ⟦visit.Excess⟧ +", "abs visit.Excess"
                    "watch-convex", "⟦dot turn change⟧ - problem.StrongConvexity", "abs (dot turn change)"
                    "watch-bound", "(fun _ visit -> ⟦room noise.LargestNoise visit⟧)", "infinity"
                    "watch-bound-here", "if Double.IsNaN bound then infinity else ⟦bound⟧ * (1.0 + tolerance)", "(2.0 * bound)"
                    "watch-stated", "variance - ⟦here⟧ + tolerance * here", "0.0 * here"
                    "watch-first", "for visit in ⟦visits chain length key replica⟧ do", "Seq.truncate 1 (visits chain length key replica)"
                    "watch-smooth", "| ValueSome before -> ⟦Math.Min(alone, smoothBetween smoothness problem before visit)⟧", "alone" ]
              Mutant.listOf
                  "src/AnalogTheory/Problems/UserDefinedNoise.fs"
                  [ "ranges of own noise" ]
                  [ Mutant.tests vouched ]
                  [ "own-bound", "{ noise with LargestNoise = ⟦bound⟧ }", "infinity" ]
              Mutant.listOf
                  "src/AnalogTheory/Reports/Assumptions.fs"
                  [ "assumption checker" ]
                  [ Mutant.tests "assumption checker" ]
                  [ "checker-start", "if ⟦not setting.Noise.DependsOnState⟧ || not (Double.IsNaN(", "true" ]
              Mutant.listOf
                  "src/AnalogTheory/Theorems/TikiTaka/TikiTakaRate.fs"
                  [ "T8-repaired"; "assumption checker" ]
                  [ Mutant.tests "assumption checker" ]
                  [ "checker-lemma7", "⟦limit * (1.0 + 1e-12) - training.LearningRate⟧) ]", "1.0" ]
              verification
                  "ExactLaws/PoissonEquation"
                  [ "errors of stationary laws" ]
                  laws
                  [ "poisson-mean",
                    "values[chain.Centre] sums / ⟦tour chain.Leaving 1.0 chain.Times⟧",
                    "(1.001 * tour chain.Leaving 1.0 chain.Times)"
                    "poisson-first", "if Double.IsNaN best then ⟦total + here⟧ else", "0.1 * here"
                    "poisson-rest", "next (rounds - 1) (⟦total + Math.Max(0.0, mean)⟧) best", "total" ]
              verification
                  "ExactLaws/StationaryLaw"
                  [ "errors of stationary laws" ]
                  laws
                  [ "ulam-error", "let error = ⟦residual⟧ + 1e-15", "0.01 * residual"
                    "ulam-escape", "Error = if ⟦escape <= negligible⟧ &&", "true"
                    "ulam-places", "let private places = ⟦[| 0.0; 0.13; 0.31; 0.5; 0.68; 0.87 |]⟧", "[| 0.0 |]"
                    "ulam-classes", "match ⟦ClosedClasses.find images⟧ with", "List.truncate 1 (ClosedClasses.find images)"
                    "ulam-only", "when ⟦ClosedClasses.isOnly images closed⟧ ->", "true"
                    "ulam-ratio", "if least > 0.0 then ⟦error / least⟧ else", "0.01 * error / least" ]
              verification
                  "ExactLaws/ClosedClasses"
                  [ "closed classes" ]
                  laws
                  [ "classes-between", "image.Lowest, image.Highest\n        seq { ⟦first⟧..last }", "last"
                    "classes-open", "if ⟦successors images[i] |> Seq.exists (fun j -> group[j] <> group[i])⟧ then", "false" ]
              verification
                  "ExactLaws/PlaneLaw"
                  [ "errors of stationary laws" ]
                  "stationary laws of (W, P)"
                  [ "plane-residual", "value - mean - ⟦defect balance⟧)", "(value - mean)"
                    "plane-places",
                    "let private places = ⟦[| struct (0.0, 0.0); struct (0.5, 0.31); struct (0.23, 0.68); struct (0.77, 0.87) |]⟧",
                    "[| struct (0.0, 0.0) |]"
                    "plane-escape", "insideP nextP then 0.0 else ⟦probability⟧)", "0.0" ]
              verification
                  "ExactLaws/ExactExpectation"
                  [ "Exact" ]
                  exact
                  [ "exact-fraction", "if ⟦Enclosed.isSettled enclosed⟧ then\n            enclosed", "true" ]
              verification
                  "Statements/Enclosed"
                  [ "Exact" ]
                  exact
                  [ "exact-settled", "⟦enclosed.Margin.Lower >= 0.0⟧ || enclosed.Margin.Upper < 0.0", "(enclosed.Margin.Upper >= 0.0)"
                    "exact-rounded", "Interval(Math.Max(0.0, lower), ⟦upper⟧)", "near" ]
              verification
                  "Checking/Check"
                  [ "Exact" ]
                  checks
                  [ "exact-unsettled",
                    "⟦Undecided⟧ $\"the margin lies",
                    "(fun _ -> Exact(worst (List.map Enclosed.comparison comparisons)))"
                    "computed-error", "if error >= 0.0 then ⟦comparison.Margin - error⟧ else", "comparison.Margin" ]
              Mutant.listOf
                  "src/AnalogTheory/ExactLaws/AlgebraicStep.fs"
                  [ "S1" ]
                  [ Ledger [ "S1" ] ]
                  [ "exact-centred", "⟦value - sum / total⟧) values sums))", "value" ]
              Mutant.listOf
                  "src/AnalogTheory/ExactLaws/AlgebraicStep.fs"
                  [ "S1"; "T2"; "T5" ]
                  [ Ledger [ "S1" ]; Ledger [ "T2" ]; Ledger [ "T5" ] ]
                  [ "exact-decay", "rate / radius * ⟦noise.Size⟧", "noise" ]
              Mutant.listOf
                  "src/AnalogTheory.Kernels/Algebra/Interval.cs"
                  [ "Exact" ]
                  [ Classes("AnalogTheory.Kernels.Tests", "IntervalTests") ]
                  [ "interval-down", "lower = ⟦Math.BitDecrement(lower)⟧;", "lower"
                    "interval-up", "upper = ⟦Math.BitIncrement(upper)⟧;", "upper" ] ]
