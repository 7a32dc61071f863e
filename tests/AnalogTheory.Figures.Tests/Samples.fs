/// What several test files need: folders that vanish, errors by their messages, small plates, recipes that cost nothing.
module AnalogTheory.Figures.Tests.Samples

open System
open System.IO
open Expecto
open AnalogTheory
open AnalogTheory.Runs
open AnalogTheory.Plotting
open AnalogTheory.Figures

/// Runs with a folder of its own, which is gone afterwards.
let inFolder (test: string -> unit) =
    let folder = Directory.CreateTempSubdirectory("figures-").FullName

    try
        test folder
    finally
        Directory.Delete(folder, true)

/// A test that has a folder of its own.
let folderTest (name: string) (test: string -> unit) : Test = testCase name <| fun () -> inFolder test

/// The 'E that an action raises.
let raised<'E when 'E :> exn> (action: unit -> unit) : 'E =
    let error =
        try
            action ()
            None
        with error ->
            Some error

    match error with
    | Some(:? 'E as error) -> error
    | Some error -> failtest $"Expected {typeof<'E>.Name}, got {error.GetType().Name}: {error.Message}"
    | None -> failtest $"Expected {typeof<'E>.Name}, nothing was raised."

/// Raises 'E with a message that contains every part.
let raises<'E when 'E :> exn> (name: string) (parts: string list) (action: unit -> unit) : Test =
    testCase name
    <| fun () ->
        let error = raised<'E> action

        for part in parts do
            Expect.stringContains error.Message part "message"

/// Settings of a run with the smoke budget.
let smoke (output: string) : ProductionSettings =
    { Output = output
      Budget = Budget.smoke
      Seed = 7UL
      Version = "0.0.0"
      Commit = "none"
      Code = "code" }

/// Names and bytes of all files of a folder, by name.
let bytesOf (folder: string) : (string * byte[]) list =
    Directory.GetFiles folder
    |> Array.sortWith (fun a b -> String.CompareOrdinal(a, b))
    |> Array.map (fun path -> Path.GetFileName path |> string, File.ReadAllBytes path)
    |> List.ofArray

/// Every kind of mark on four panels: bands, dashes, gaps, zeros on logarithmic axes, error bars, a heat map, notes, an empty panel.
let plate: Plate =
    let ks = [| 0.0 .. 600.0 |]
    let wave phase = ks |> Array.map (fun k -> exp (-k / 200.0) * (1.2 + sin (k / 9.0 + phase)) + 1e-3)
    let rates = [| 0.2; 0.1; 0.05; 0.03 |]

    let curves =
        Panel.make
            "τ = 1"
            (Axis.linear "Iteration *k*")
            (Axis.log "*f*(*W*_{k}) − *f*^{*}")
            [ Mark.band "SGD" (Palette.at 0) ks (wave 0.0 |> Array.map (fun y -> 0.7 * y)) (wave 0.0 |> Array.map (fun y -> 1.4 * y))
              Mark.lineWithMarkers "SGD" (Stroke.thin (Palette.at 0)) (Marker.at 0) 6 ks (wave 0.0)
              Mark.line "gaps" (Stroke.solid (Palette.at 1)) [| 0.0; 100.0; 200.0; 300.0; 400.0 |] [| 1.0; nan; 0.2; 0.0; 0.1 |] ]

    let errors =
        Panel.make
            ""
            (Axis.log "Step size α" |> Axis.withRange 0.025 0.25 |> Axis.withTicks [ for x in rates -> x, string x ])
            (Axis.log "Final error")
            [ for j in 0..3 do
                  let ys = rates |> Array.map (fun x -> x * 10.0 ** float -j)

                  Mark.pointsWithErrors
                      $"method {j}"
                      (Marker.at j)
                      rates
                      ys
                      (Array.map (fun y -> 0.5 * y) ys)
                      (Array.map (fun y -> 1.8 * y) ys)
              for j, dash in List.indexed [ Solid; Dashed; Dotted; DashDotted ] do
                  Mark.line
                      $"fit {j}"
                      { Stroke.solid (Palette.at j) with Dash = dash }
                      [| 0.03; 0.2 |]
                      [| 0.1 * 10.0 ** float -j; 0.6 * 10.0 ** float -j |] ]

    let map =
        let xs = [| for i in 0..20 -> 10.0 ** (-3.0 + 0.1 * float i) |]
        let ys = [| 0.0 .. 10.0 |]
        let value row column = if row = 2 && column = 3 then nan else 1e-3 * (1.0 + float (row * column))

        Panel.make
            "Error"
            (Axis.log "Step size α")
            (Axis.linear "Saturation τ")
            [ Mark.heatmap "*f* − *f*^{*}" Logarithmic xs ys (Array2D.init 10 20 value) [ 1e-2; 1e-1 ] ]

    let words =
        Panel.make
            "Words"
            (Axis.linear "Weight *w*")
            (Axis.linear "Count")
            [ Mark.histogram "Digital SGD" (Palette.at 0) [| -1.0; 0.0; 1.0 |] [| 3.0; 5.0 |]
              Mark.horizontalRule "*τ*_{max}" Palette.vermilion 4.0
              Mark.verticalRule "*w*^{⋄}" Palette.grey 0.5
              Mark.callout "slope *q*_{+}(*w*)" (-0.5, 1.0) (0.5, 2.0)
              Mark.line "empty" (Stroke.solid Palette.green) [||] [||] ]

    let nothing = Panel.make "Nothing" (Axis.log "*k*") (Axis.log "*y*") []
    Plate.grid "Every kind of mark" 1100.0 900.0 [ [ curves; errors ]; [ map; words ]; [ nothing ] ]

/// A recipe without cost: one table of the key's first numbers, drawn as a line.
let cheap: Recipe =
    { Id = "cheap"
      Title = "Cheap σ²"
      Caption = fun _ -> "*x* against *k*."
      Parameters = fun () -> [ "n", "3" ]
      Divergences = []
      Notes = fun tables -> [ $"{tables.Length} table" ]
      Compute =
        fun _ key ->
            let values = Key.split 3 key |> Array.map (fun key -> 1.0 + float (key.Bits % 1000UL))
            [ Table.create "curves" [ "series", Texts(Array.create 3 "a, b"); "k", Numbers [| 0.0; 1.0; 2.0 |]; "mean", Numbers values ] ]
      Draw =
        fun tables ->
            let rows = tables.Head
            let line = Mark.line "*x*" (Stroke.solid Palette.blue) (Table.numbers "k" rows) (Table.numbers "mean" rows)
            Drawn(Plate.single "Cheap" 420.0 320.0 (Panel.make "" (Axis.linear "*k*") (Axis.linear "*x*") [ line ])) }
