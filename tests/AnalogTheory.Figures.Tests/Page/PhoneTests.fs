/// What a browser makes of the page on a phone: nothing is cut off at the side, and no words lie over others.
module AnalogTheory.Figures.Tests.PhoneTests

open System.IO
open Expecto
open AnalogTheory.Browser
open AnalogTheory.Plotting
open AnalogTheory.Figures.Tests.Samples

// Charts are drawn when they come into view, or before they are printed.
let private drawAll = "void dispatchEvent(new Event('beforeprint'))"

let private drawn = "document.querySelectorAll('.js-plotly-plot .xtitle').length"

// Pairs of elements of one chart that lie over each other.
let private overlaps =
    """
(() => {
  const told = [];
  for (const plot of document.querySelectorAll('.js-plotly-plot')) {
    const boxes = (of) => [...plot.querySelectorAll(of)].map((element) => element.getBoundingClientRect()).filter((box) => box.width > 0);
    const apart = (name, some, others) => {
      for (const a of boxes(some)) for (const b of boxes(others))
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1) told.push(`${plot.id}: ${name}`);
    };
    apart('title of x over its labels', '.xtitle', '.xtick');
    apart('title of x over the legend', '.xtitle', 'g.legend');
    apart('labels of x over the legend', '.xtick', 'g.legend');
    apart('title of y over its labels', '.ytitle', '.ytick');
    for (const title of boxes('.xtitle')) for (const box of boxes('.nsewdrag')) if (title.top < box.bottom - 1) told.push(`${plot.id}: title of x inside the plot`);
  }
  return told;
})()
"""

[<Tests>]
let tests =
    testList
        "page on a phone"
        [ testCaseTask "at 420 px no title lies over labels, legends or the plot, and nothing is wider" (fun () ->
              task {
                  if isNull Chromium.Program then skiptest Chromium.Absent

                  // Four panels, one with a legend that takes a row for every entry there.
                  let html =
                      InteractivePage.render
                          { Title = "Figures"
                            Subtitle = ""
                            Introduction = []
                            Entries =
                              [ { Id = "one"
                                  Title = "One"
                                  Caption = ""
                                  Plate = Some plate
                                  Table = None
                                  Links = [ "manifest.json", "one/manifest.json" ]
                                  Manifest = None } ] }

                  let folder = Directory.CreateTempSubdirectory("page-").FullName

                  try
                      let file = Path.Combine(folder, "page.html")
                      File.WriteAllText(file, html)
                      use! (browser: Chromium) = Chromium.StartAsync()
                      let! (page: SeenPage) = browser.OpenAsync(file, 420)
                      let! _ = page.AskAsync<obj> drawAll
                      do! page.WaitAsync $"{drawn} === {(PlateLayout.arrange plate).Length}"
                      let! told = page.AskAsync<string[]> overlaps
                      Expect.isEmpty told "what overlaps"
                      let! wide = page.AskAsync<string[]> "checks.wide()"
                      Expect.isEmpty wide "what is cut off"
                      Expect.isEmpty page.Faults "scripts and network"
                  finally
                      Directory.Delete(folder, true)
              }) ]
