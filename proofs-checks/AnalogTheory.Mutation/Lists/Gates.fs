namespace AnalogTheory.Mutation

/// Mutants of what stands before a sampled verdict: ranges, means that are not normal, batches that repeat, and what is vouched for.
[<RequireQualifiedAccess>]
module Gates =

    let private verification file breaks list =
        Mutant.listOf $"src/AnalogTheory/Verification/{file}.fs" breaks [ Mutant.tests list ]

    let private sequences = "verification: confidence sequences"
    let private checks = "verification: checks"
    let private vouched = "claims: what is vouched for"

    /// The mutants of this file.
    let mutants: Mutant list =
        List.concat
            [ verification
                  "ConfidenceSequence"
                  [ "ranges of margins" ]
                  sequences
                  [ "range-ignored", "if ⟦state.Outside > 0L⟧ then\n            Some(Vacuous", "false"
                    "range-interval", "| _ when ⟦state.Outside > 0L⟧ -> struct", "false"
                    "range-count", "{ outside with Number = outside.Number + ⟦1L⟧ }", "0L"
                    "range-count-furthest", "{ Number = outside.Number + ⟦1L⟧; Worst = value", "0L"
                    "range-room", "sort (fun value -> distance value <= ⟦room⟧)", "(1.0 + room)"
                    "range-distance", "else ⟦Math.Max(lower - value, value - upper)⟧", "(value - upper)" ]
              verification
                  "AsymptoticInterval"
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
                  "WatchCheck"
                  [ "what is vouched for" ]
                  checks
                  [ "watch-share", "let share = ⟦0.25⟧", "0.3"
                    "watch-price", "Math.Log(⟦float (max 1 names.Length)⟧ / delta)", "1.0"
                    "watch-sure", "Array.filter (fun margin -> ⟦not (margin >= 0.0)⟧)", "(margin < 0.0)"
                    "watch-given", "⟦not (List.exists failed.Contains given)⟧", "true"
                    "watch-mean", "largest + ⟦Math.Log(logs |> Array.averageBy (fun value -> Math.Exp(value - largest)))⟧", "0.0" ]
              verification
                  "SampledCheck"
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
                    "watch-stated", "variance - ⟦here⟧ + tolerance * here", "0.0 * here" ] ]
