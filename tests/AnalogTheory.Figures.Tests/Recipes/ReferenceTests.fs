/// Figure 3 with and without the reference folder. The environment variable belongs to the process: these tests run one after the other.
module AnalogTheory.Figures.Tests.ReferenceTests

open System
open System.IO
open Expecto
open AnalogTheory
open AnalogTheory.Runs
open AnalogTheory.Plotting
open AnalogTheory.Figures
open AnalogTheory.Figures.Tests.Samples

/// Runs with the variable set to a value, or unset.
let private withVariable (value: string | null) (test: unit -> unit) =
    let before = Environment.GetEnvironmentVariable Reference.variable
    Environment.SetEnvironmentVariable(Reference.variable, value)

    try
        test ()
    finally
        Environment.SetEnvironmentVariable(Reference.variable, before)

let private notesOf (settings: ProductionSettings) =
    match Manifest.tryRead (Production.folder settings Figure3.recipe) with
    | Some manifest -> manifest.Notes
    | None -> failtest "no manifest"

[<Tests>]
let withoutReference =
    testSequenced
    <| testList
        "figure 3 without a reference"
        [ folderTest "the manifest and the caption say that AIHWKIT's trajectories are not shown" (fun output ->
              withVariable null (fun () ->
                  let settings = smoke output
                  Production.produce settings Figure3.recipe
                  Expect.stringContains (String.concat " " (notesOf settings)) Reference.variable "notes"
                  Expect.stringContains (String.concat " " (notesOf settings)) "not shown" "notes"
                  Expect.contains (Figure3.recipe.Parameters()) ("reference", "none") "parameters"
                  let caption = Production.entry settings Figure3.recipe |> Option.map _.Caption |> Option.defaultValue ""
                  Expect.stringContains caption "not shown" "caption"))

          folderTest "a folder that appears makes the figure out of date, and its files are told by their bytes" (fun output ->
              let settings = smoke (Path.Combine(output, "out"))
              withVariable null (fun () -> Production.produce settings Figure3.recipe)
              let folder = Path.Combine(output, "reference")
              Directory.CreateDirectory folder |> ignore
              File.WriteAllText(Path.Combine(folder, "fig3_ideal_sgd_noise.csv"), "# digital\nk,mean_loss,se_loss,std_loss\n0,1,0.1,1\n10,0.5,0.1,1\n")

              withVariable folder (fun () ->
                  Expect.isFalse (Production.isCurrent settings Figure3.recipe) "reference appeared"
                  let before = Figure3.recipe.Parameters()
                  File.AppendAllText(Path.Combine(folder, "fig3_ideal_sgd_noise.csv"), "20,0.4,0.1,1\n")
                  Expect.notEqual (Figure3.recipe.Parameters()) before "reference changed"
                  Production.produce settings Figure3.recipe
                  Expect.stringContains (String.concat " " (notesOf settings)) "fig3_ideal_sgd_noise.csv" "notes"
                  Expect.isTrue (Production.isCurrent settings Figure3.recipe) "and is current"))

          folderTest "a broken reference is refused by file and line" (fun output ->
              File.WriteAllText(Path.Combine(output, "fig3_ideal_sgd_noise.csv"), "# digital\nk,mean_loss,se_loss\n0,1,0.1\n10,x,0.1\n")

              let error =
                  raised<InvalidDataException> (fun () -> Reference.figure3Curves [] output |> ignore)

              Expect.stringContains error.Message "fig3_ideal_sgd_noise.csv, line 4, got 'x'" "message") ]

[<Tests>]
let withReference =
    testSequenced
    <| testList
        "figure 3 with a reference"
        [ testCase "its dynamics without pulses and ours are the same law"
          <| fun () ->
              match Reference.folder () with
              | None -> skiptest $"skipped: {Reference.variable} names no folder"
              | Some _ ->
                  // 24 replicas over all steps, where the curves differ.
                  let tables = Figure3.recipe.Compute { Budget.full 6 with Share = 1.0 } (Key.ofSeed 20240618UL |> Key.named "3")
                  let distances = Curves.table "distances" tables
                  let series, reference, z = Table.texts "series" distances, Table.texts "reference" distances, Table.numbers "rms z" distances
                  let compared = [ for i in 0 .. z.Length - 1 do if reference[i].StartsWith "fig3_ideal_" then series[i], reference[i], z[i] ]
                  Expect.isNonEmpty compared "comparisons"

                  for model in [ DynamicComparison.Model.PerSample; DynamicComparison.Model.FullBatch ] do
                      Expect.hasLength (compared |> List.filter (fun (name, _, _) -> name = model)) 4 $"{model}, one a radius"

                  for name, file, z in compared do
                      Expect.isLessThan z 2.0 $"rms z of {name} against {file}" ]
