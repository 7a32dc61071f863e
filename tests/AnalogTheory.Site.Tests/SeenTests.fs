/// A small site in a browser: on a desktop and on a phone, light and dark, with the keyboard.
module AnalogTheory.Site.Tests.SeenTests

open System.IO
open Expecto
open AnalogTheory.Browser

let private page =
    """---
title: A long page
category: Start
---
# A long page

A formula $\alpha \le \tfrac{1}{2L}$, a displayed one

$$
U(w, \Delta) = w + \Delta\,F(w) - |\Delta|\,G(w), \qquad F = \tfrac12 (q_- + q_+), \quad G = \tfrac12 (q_- - q_+),
$$

a name `AnalogTheory.Kernels.Ensembles.MeasureKind.GradientNormSquaredOfAllReplicasOfTheWholeEnsemble`, a [link](index.html).

```csharp not-run
EnsembleSettings settings = new(replicas: 1000, steps: 20_000, seed: 1) { Measures = [Measure.GradientNormSquared], AverageFrom = 10_000 }; // long
```

| what it is | what it is for | and where one finds it |
|---|---|---|
| `ChoppedTransferCompoundWithALongName` | `ChoppedTikiTakaWithALongName` | remarks that are long as well |
"""

// Width of the window, and whether the reader prefers dark pages.
let private views = [ 1280, false; 420, true ]

[<Tests>]
let tests =
    testList
        "the site in a browser"
        [ testCaseTask "Words stand out, formulas are set, nothing is cut off, and the keyboard reaches everything" (fun () ->
              task {
                  if isNull Chromium.Program then skiptest Chromium.Absent

                  let folder = Directory.CreateTempSubdirectory("analog-theory-site-").FullName

                  try
                      Folders.write folder "pages/index.md" "---\ntitle: Home\ncategory: Start\n---\n# Home\n\n[A long page](long.html)\n"
                      Folders.write folder "pages/long.md" page
                      Expect.equal (SiteTests.build folder) (0, "") "made"
                      use! (browser: Chromium) = Chromium.StartAsync()

                      for width, isDark in views do
                          let! (seen: SeenPage) = browser.OpenAsync(Path.Combine(folder, "out", "long.html"), width, "", isDark)
                          let! formulas = seen.AskAsync<int> "document.querySelectorAll('.katex-html').length"
                          Expect.equal formulas 2 "formulas"
                          let! pale = seen.AskAsync<string[]> "checks.pale(4.5)"
                          Expect.isEmpty pale "words that are hard to read"
                          let! wide = seen.AskAsync<string[]> "checks.wide()"
                          Expect.isEmpty wide "wider than the window"
                          let! controls = seen.AskAsync<string[]> "checks.controls()"
                          let! stops = seen.TabThroughAsync()
                          Expect.sequenceEqual stops controls "what the keyboard reaches"
                          Expect.isGreaterThan controls.Length 5 "links, the search, code and the table"
                          Expect.isEmpty seen.Faults "scripts, files, network"

                      // The search, and on a phone the menu, without a mouse.
                      let! (seen: SeenPage) = browser.OpenAsync(Path.Combine(folder, "out", "index.html"), 420)
                      do! seen.FocusAsync "#search"
                      do! seen.TypeAsync "displayed"
                      do! seen.WaitAsync "document.querySelector('#found a') !== null"
                      do! seen.PressAsync "Tab"
                      do! seen.PressAsync "Enter"
                      do! seen.WaitAsync "document.querySelector('h1').textContent.includes('A long page')"
                      do! seen.FocusAsync "#menu-button"
                      do! seen.PressAsync "Enter"

                      let! links =
                          seen.AskAsync<int> "[...document.querySelectorAll('#menu a')].filter((link) => link.checkVisibility()).length"

                      Expect.equal links 2 "the menu"
                  finally
                      Directory.Delete(folder, true)
              }) ]
