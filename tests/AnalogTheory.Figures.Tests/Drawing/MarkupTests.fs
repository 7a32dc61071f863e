module AnalogTheory.Figures.Tests.MarkupTests

open System
open Expecto
open AnalogTheory.Runs
open AnalogTheory.Plotting
open AnalogTheory.Figures
open AnalogTheory.Figures.Tests.Samples

let private runs (markup: string) (expected: (string * bool * Level) list) : Test =
    testCase $"parse {markup}"
    <| fun () -> Expect.equal (Markup.parse markup |> List.map (fun run -> run.Text, run.Italic, run.Level)) expected "runs"

let private plain (markup: string) (expected: string) : Test =
    testCase $"plain {markup}" <| fun () -> Expect.equal (Markup.toPlain markup) expected "text"

let private html (markup: string) (expected: string) : Test =
    testCase $"HTML {markup}" <| fun () -> Expect.equal (Markup.toHtml markup) expected "text"

[<Tests>]
let markup =
    testList
        "markup"
        [ runs "*f*(*W*_{k})" [ "f", true, Baseline; "(", false, Baseline; "W", true, Baseline; "k", true, Subscript; ")", false, Baseline ]
          // Variables slant in scripts, words do not; nor do digits.
          runs "τ_{max}" [ "τ", true, Baseline; "max", false, Subscript ]
          runs "x^{k+1}" [ "x", false, Baseline; "k", true, Superscript; "+1", false, Superscript ]
          runs "*a2*" [ "a", true, Baseline; "2", false, Baseline ]
          // Characters that the faces lack are spelled out.
          runs "σ²" [ "σ", true, Baseline; "2", false, Superscript ]
          runs "q₊" [ "q", false, Baseline; "+", false, Subscript ]
          runs "10⁻³" [ "10", false, Baseline; "−3", false, Superscript ]
          runs "‖w‖" [ "∥w∥", false, Baseline ]
          // A star without a partner is a star.
          runs "2*3" [ "2*3", false, Baseline ]
          runs "*f*^{*}" [ "f", true, Baseline; "∗", false, Superscript ]
          runs "*a* * b" [ "a", true, Baseline; " * b", false, Baseline ]
          runs "\\*a\\*_\\{" [ "*a*_{", false, Baseline ]
          runs "" []
          raises<ArgumentException> "an open brace" [ "closing brace"; "x_{k" ] (fun () -> Markup.parse "x_{k" |> ignore)

          plain "E‖∇*f*(*W*_{k})‖²" "E∥∇f(W_k)∥²"
          plain "10^{12}" "10¹²"
          plain "*x*^{k} and τ_{max}" "x^k and τ_max"
          html "*f* < σ^{2} & \"b\"" "<i>f</i> &lt; <i>σ</i><sup>2</sup> &amp; &quot;b&quot;"
          html "*W_{k}*" "<i>W</i><sub><i>k</i></sub>" ]

[<Tests>]
let text =
    testList
        "rich text"
        [ raises<ArgumentException> "a character that no face holds is named, not dropped" [ "日"; "U+65E5"; "日 label" ] (fun () ->
              RichText.measure 12f "日 label" |> ignore)

          testCase "both faces are read and every label of the subject can be set"
          <| fun () ->
              for label in [ "σ²*S*_{*K*}"; "*w*^{⋄}"; "κσ = *Lτ*"; "‖∇*f*‖²"; "α → 0"; "−1.5×10⁻³"; "*q*₊, *q*₋ ∝ 1 ± *w*/*τ*" ] do
                  Expect.isGreaterThan (RichText.measure 12f label).Width 0f label

          testCase "width grows with the size, and a script is narrower than its base"
          <| fun () ->
              let width size label = (RichText.measure size label).Width
              Expect.floatClose Accuracy.medium (float (width 24f "Weight")) (2.0 * float (width 12f "Weight")) "linear metrics"
              Expect.isLessThan (width 12f "x_{22}" - width 12f "x") (width 12f "22") "script"

          testCase "a superscript stands above the subscript before it, not after"
          <| fun () ->
              let width label = (RichText.measure 12f label).Width
              Expect.equal (width "x_{22}^{3}") (width "x_{22}") "width" ]

[<Tests>]
let plainText =
    testList
        "words of a user"
        [ testCase "what the faces lack is drawn without its mark, or as a question mark"
          <| fun () -> Expect.equal (PlainText.drawable "é`漢\u0001x²τ") "e'? x²τ" "drawable"

          testCase "what cannot be seen is a space"
          <| fun () -> Expect.equal (PlainText.printable "a\u200E\uFFFEb\u0007é漢") "a  b é漢" "printable"

          testCase "every drawable text can be measured"
          <| fun () ->
              for code in 0..0xFFFF do
                  if not (System.Char.IsSurrogate(char code)) then
                      let text = (PlainText.drawable (string (char code))).Replace("\\", "\\\\")
                      RichText.measure 10f text |> ignore ]
