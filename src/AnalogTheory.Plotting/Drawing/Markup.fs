/// The small language of labels: `*italic*`, `_{sub}`, `^{sup}`; a backslash takes the next character as it is.
/// Small Greek letters, and single letters of a sub- or superscript, are italic without asking, as mathematicians write them.
/// Raised and lowered digits may be written as such: `σ²`, `q₊`.
/// An asterisk without a partner is an asterisk: `*f*^{*}` is f with a star.
namespace AnalogTheory.Plotting

open System
open System.Text

/// <summary>Where a piece of text stands on its line.</summary>
type Level =
    /// On the line.
    | Baseline
    /// Below and smaller.
    | Subscript
    /// Above and smaller.
    | Superscript

/// <summary>Text of one slant and level.</summary>
type Run =
    {
        /// The characters.
        Text: string
        /// Whether they slant.
        Italic: bool
        /// Where they stand.
        Level: Level
    }

/// <summary>Reads markup.</summary>
[<RequireQualifiedAccess>]
module Markup =

    let private isSmallGreek (rune: Rune) = rune.Value >= 0x3b1 && rune.Value <= 0x3f5

    let private split (level: Level) (italic: bool) (text: string) =
        let runes = text.EnumerateRunes() |> Seq.toList
        let letters = runes |> List.filter Rune.IsLetter
        // "max" in a subscript is a word and upright; "k" or the k of "k+1" is a variable.
        let variable = level <> Baseline && letters.Length = 1

        [ for rune in runes ->
              { Text = string rune
                Italic = (italic && not (Rune.IsDigit rune)) || isSmallGreek rune || (variable && Rune.IsLetter rune)
                Level = level } ]

    let private merge (runs: Run list) =
        (runs, [])
        ||> List.foldBack (fun run merged ->
            match merged with
            | next :: rest when next.Italic = run.Italic && next.Level = run.Level -> { next with Text = run.Text + next.Text } :: rest
            | _ -> run :: merged)

    /// Raised and lowered characters that no text face holds, as markup of the ones that it does; double bars as the mathematicians' norm.
    let private spellOut (markup: string) : string =
        let raised, lowered = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "₀₁₂₃₄₅₆₇₈₉₊₋"
        let plain = "0123456789+−"
        let spelled = StringBuilder()

        for c in markup do
            match raised.IndexOf c, lowered.IndexOf c with
            | i, _ when i >= 0 -> spelled.Append("^{").Append(plain[i]).Append('}')
            | _, i when i >= 0 -> spelled.Append("_{").Append(plain[i]).Append('}')
            | _ -> spelled.Append(if c = '‖' then '∥' else c)
            |> ignore

        spelled.ToString()

    /// <summary>The runs of a label, left to right, neighbours of one style merged.</summary>
    /// <param name="markup">A label: *italic*, _{below}, ^{above}; a backslash takes the next character as it is.</param>
    /// <exception cref="T:System.ArgumentException">A brace stays open.</exception>
    let parse (markup: string) : Run list =
        let markup = spellOut markup

        let rec read level italic (from: int) (until: int) =
            let plain = StringBuilder()
            let runs = ResizeArray<Run>()

            let flush () =
                runs.AddRange(split level italic (plain.ToString()))
                plain.Clear() |> ignore

            let mutable i = from

            while i < until do
                let c = markup[i]

                if c = '\\' && i + 1 < until then
                    plain.Append markup[i + 1] |> ignore
                    i <- i + 2
                elif (c = '_' || c = '^') && i + 1 < until && markup[i + 1] = '{' then
                    let close = markup.IndexOf('}', i)

                    if close < 0 || close >= until then
                        invalidArg (nameof markup) $"Expected a closing brace in '{markup}'."

                    flush ()
                    runs.AddRange(read (if c = '_' then Subscript else Superscript) false (i + 2) close)
                    i <- close + 1
                elif c = '*' && not italic && markup.IndexOf('*', i + 1) > 0 && markup.IndexOf('*', i + 1) < until then
                    let close = markup.IndexOf('*', i + 1)
                    flush ()
                    runs.AddRange(read level true (i + 1) close)
                    i <- close + 1
                else
                    // The raised star of "optimal" is the centred asterisk.
                    plain.Append(if c = '*' && level = Superscript then '∗' else c) |> ignore
                    i <- i + 1

            flush ()
            List.ofSeq runs

        merge (read Baseline false 0 markup.Length)

    /// <summary>The label in plain text: x², x^k, x_max.</summary>
    /// <param name="markup">A label: *italic*, _{below}, ^{above}; a backslash takes the next character as it is.</param>
    let toPlain (markup: string) : string =
        let raised = "⁰¹²³⁴⁵⁶⁷⁸⁹"

        [ for run in parse markup do
              match run.Level with
              | Baseline -> run.Text
              | Superscript when Seq.forall Char.IsAsciiDigit run.Text -> run.Text |> String.map (fun digit -> raised[int digit - int '0'])
              | Superscript -> "^" + run.Text
              | Subscript -> "_" + run.Text ]
        |> String.concat ""

    /// <summary>The label in HTML, escaped.</summary>
    /// <param name="markup">A label: *italic*, _{below}, ^{above}; a backslash takes the next character as it is.</param>
    let toHtml (markup: string) : string =
        [ for run in parse markup do
              let text = run.Text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;")
              let text = if run.Italic then $"<i>{text}</i>" else text

              match run.Level with
              | Baseline -> text
              | Subscript -> $"<sub>{text}</sub>"
              | Superscript -> $"<sup>{text}</sup>" ]
        |> String.concat ""
