/// What the figures are there to show, at a modest budget.
module AnalogTheory.Figures.Tests.ConclusionTests

open Expecto
open AnalogTheory
open AnalogTheory.Runs
open AnalogTheory.Plotting
open AnalogTheory.Figures

let private key name = Key.ofSeed 20240618UL |> Key.named name

/// Floor figure's table, for the tests that read it.
let private floor = lazy (Curves.table "floor" (FloorFigure.recipe.Compute (Budget.full 4) (key "floor")))

let private points (series: string) =
    let rows = Table.where "series" series (floor.Force())
    Array.zip (Table.numbers "rate" rows) (Table.numbers "mean" rows)

/// Slope of the least-squares line through the logarithms.
let private slope (points: (float * float)[]) =
    let x, y = points |> Array.map (fst >> log), points |> Array.map (snd >> log)
    let mx, my = Array.average x, Array.average y
    Array.sum (Array.map2 (fun x y -> (x - mx) * (y - my)) x y) / Array.sumBy (fun x -> (x - mx) ** 2.0) x

/// Mean over the last fifth of every curve of a table, in the order of the table.
let private finals (table: Table) : (string * float) list =
    Curves.labels "series" table
    |> List.map (fun label ->
        let means = Table.numbers "mean" (Table.where "series" label table)
        label, Array.average means[means.Length * 4 / 5 ..])

let private proportional (series: string) : Test =
    testCase $"floor: {series}'s error is proportional to the learning rate"
    <| fun () ->
        let slope = slope (points series)
        Expect.isTrue (abs (slope - 1.0) < 0.15) $"slope {slope:R}"

[<Tests>]
let conclusions =
    testList
        "conclusion"
        [ testCase "floor: Analog SGD stays at its exact fixed point at the two smallest learning rates"
          <| fun () ->
              let exact = FloorAgainstStepSize.floor FloorAgainstStepSize.defaults

              for rate, mean in points "Analog SGD" |> Array.sortBy fst |> Array.take 2 do
                  Expect.isTrue (abs (mean / exact - 1.0) < 0.05) $"α = {rate}: {mean:R} against {exact:R}"

          proportional "Digital SGD"
          proportional "Tiki-Taka"

          testCase "figure 4 left: the floor falls as the dynamic range grows, down to digital SGD"
          <| fun () ->
              let tables = Figure4.left.Compute (Budget.full 8) (key "4-left")
              let finals = finals (Curves.table "curves" tables)

              Expect.equal
                  (List.map fst finals)
                  ([ for radius in Ablations.radiusDefaults.Radii -> $"τ = {radius}" ] @ [ "Digital SGD" ])
                  "curves"

              for (a, higher), (b, lower) in List.pairwise finals do
                  Expect.isGreaterThan higher lower $"{a} above {b}"

          testCase "figure 4 middle: the floor rises with the noise"
          <| fun () ->
              let tables = Figure4.middle.Compute (Budget.full 8) (key "4-middle")
              let finals = finals (Curves.table "curves" tables)
              Expect.hasLength finals 4 "curves"

              for (a, lower), (b, higher) in List.pairwise finals do
                  Expect.isGreaterThan higher lower $"{b} above {a}" ]
