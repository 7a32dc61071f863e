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
        "figure 3 without a reference folder"
        [ folderTest "AIHWKIT's own curves come with the program, and the manifest tells the distances from them" (fun output ->
              withVariable null (fun () ->
                  let settings = smoke output
                  Production.produce settings Figure3.recipe
                  let notes = String.concat " " (notesOf settings)

                  for radius in [ "1"; "2" ] do
                      Expect.stringContains notes $"pulses on an array, τ = {radius}, against aihwkit-figure3.csv" "notes"

                  Expect.isFalse (notes.Contains "fig3_ideal") "nothing of a folder"
                  Expect.contains (Figure3.recipe.Parameters()) ("reference", "none") "parameters"))

          folderTest "a folder that appears makes the figure out of date, and its files are told by their bytes" (fun output ->
              let settings = smoke (Path.Combine(output, "out"))
              withVariable null (fun () -> Production.produce settings Figure3.recipe)
              let folder = Path.Combine(output, "reference")
              Directory.CreateDirectory folder |> ignore

              File.WriteAllText(
                  Path.Combine(folder, "fig3_ideal_sgd_noise.csv"),
                  "# digital\nk,mean_loss,se_loss,std_loss\n0,1,0.1,1\n10,0.5,0.1,1\n"
              )

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

              let error = raised<InvalidDataException>(fun () -> Reference.figure3Curves [] output |> ignore)

              Expect.stringContains error.Message "fig3_ideal_sgd_noise.csv, line 4, got 'x'" "message") ]

/// 24 replicas over all steps, at the two radii at which AIHWKIT was measured.
let private curves =
    lazy
        (let matrix, target = ScriptData.figure3 ()
         let parameters = { DynamicComparison.defaults with Radii = [ 1.0; 2.0 ] }
         DynamicComparison.run (Budget.full 24) (Key.ofSeed 20240618UL |> Key.named "3") parameters matrix target)

let private points model radius =
    let rows = Table.where "series" model (curves.Force())
    let rows = Table.filter (Table.numbers "τ" rows |> Array.map (fun tau -> tau = 0.0 || tau = radius)) rows
    Array.zip3 (Table.numbers "k" rows) (Table.numbers "mean" rows) (Table.numbers "error" rows)

[<Tests>]
let kit =
    testSequenced
    <| testList
        "figure 3 and AIHWKIT"
        [ for kit in Reference.kitCurves () ->
              testCase
                  $"τ = {kit.Radius}: pulses on an array lie within four standard errors along the whole trajectory, full batch does not"
              <| fun () ->
                  let pulses = DynamicComparison.distance (points DynamicComparison.Model.Pulses kit.Radius) kit.Points
                  Expect.equal pulses.Points 250 "steps"
                  Expect.isLessThan pulses.Largest 4.0 "largest |z| of pulses"
                  let fullBatch = DynamicComparison.distance (points DynamicComparison.Model.FullBatch kit.Radius) kit.Points
                  Expect.isGreaterThan fullBatch.RootMeanSquare 6.0 "rms z of the full batch" ]

[<Tests>]
let withReference =
    testSequenced
    <| testList
        "figure 3 with a reference folder"
        [ testCase "its dynamics without pulses and ours are the same law"
          <| fun () ->
              match Reference.folder () with
              | None -> skiptest $"skipped: {Reference.variable} names no folder"
              | Some folder ->
                  let references = Reference.figure3Curves [ 1.0; 2.0 ] folder
                  Expect.hasLength references 5 "digital, and two models at two radii"

                  for reference in references do
                      let distance = DynamicComparison.distance (points reference.Label reference.Radius) reference.Points
                      Expect.isLessThan distance.RootMeanSquare 2.0 $"rms z of {reference.Label} against {reference.File}"

          testCase "A and b are those of the authors' script, as PyTorch draws them"
          <| fun () ->
              match Reference.folder () with
              | None -> skiptest $"skipped: {Reference.variable} names no folder"
              | Some folder ->
                  let matrix, target = ScriptData.figure3 ()

                  let rows name =
                      File.ReadAllLines(Path.Combine(folder, name))
                      |> Array.filter (fun line -> not (line.StartsWith '#'))
                      |> Array.skip 1

                  let number (text: string) = Double.Parse(text, Globalization.CultureInfo.InvariantCulture)
                  let a = rows "fig3_A.csv" |> Array.map (fun line -> line.Split ',' |> Array.map number)
                  let b = rows "fig3_Y.csv" |> Array.map (fun line -> number (line.Split(',')[1]))

                  let furthest =
                      Seq.max
                          [ for n in 0..99 do
                                for d in 0..39 -> abs (matrix[n, d] - a[n][d]) ]

                  Expect.isLessThan furthest 1e-6 "A"
                  Expect.isLessThan (Array.map2 (fun ours theirs -> abs (ours - theirs)) target b |> Array.max) 1e-5 "b" ]
