module AnalogTheory.Figures.Tests.DrawingTests

open System
open Expecto
open AnalogTheory.Runs
open AnalogTheory.Plotting
open AnalogTheory.Figures
open AnalogTheory.Figures.Tests.Samples

let private labels (ticks: Tick list) : string list =
    ticks
    |> List.choose (fun tick ->
        match tick.Label with
        | ValueSome label -> Some label
        | ValueNone -> None)

let private linear low high (expected: string) : Test =
    testCase $"linear {low} to {high}"
    <| fun () -> Expect.equal (String.concat " " (labels (Ticks.linear low high 6))) expected "labels"

let private logarithmic low high (expected: string) : Test =
    testCase $"logarithmic {low} to {high}"
    <| fun () -> Expect.equal (String.concat " " (labels (Ticks.logarithmic low high 6))) expected "labels"

[<Tests>]
let ticks =
    testList
        "ticks"
        [ linear 0.0 1.0 "0 0.2 0.4 0.6 0.8 1.0"
          linear -1.1 1.1 "−1.0 −0.5 0 0.5 1.0"
          linear 0.0 2500.0 "0 500 1000 1500 2000 2500"
          linear 1e-5 5e-5 "10^{−5} 2×10^{−5} 3×10^{−5} 4×10^{−5} 5×10^{−5}"
          logarithmic 1e-9 1.0 "10^{−8} 10^{−6} 10^{−4} 10^{−2} 10^{0}"
          logarithmic 0.02 0.7 "0.02 0.05 0.1 0.2 0.5"
          logarithmic 2e-5 3e-4 "2×10^{−5} 5×10^{−5} 10^{−4} 2×10^{−4}"

          testCase "no axis of any length is without two labels, and none is labelled outside"
          <| fun () ->
              let random = Random 3

              for _ in 1..2000 do
                  let low = 10.0 ** (12.0 * random.NextDouble() - 8.0)
                  let high = low * (1.01 + 10.0 ** (8.0 * random.NextDouble() - 2.0))

                  for name, ticks in [ "linear", Ticks.linear low high 6; "logarithmic", Ticks.logarithmic low high 6 ] do
                      let labelled = ticks |> List.filter (fun tick -> tick.Label.IsSome)
                      Expect.isGreaterThanOrEqual labelled.Length 2 $"{name} {low:R} to {high:R}"
                      Expect.isLessThan labelled.Length 14 $"{name} {low:R} to {high:R}"

                      for tick in ticks do
                          Expect.isTrue
                              (tick.Position >= low * (1.0 - 1e-6) && tick.Position <= high * (1.0 + 1e-6))
                              $"{name} {tick.Position:R} in {low:R} to {high:R}" ]

[<Tests>]
let curves =
    testList
        "curves"
        [ testCase "thinning keeps the ends and every excursion"
          <| fun () ->
              let xs = [| 0.0 .. 99999.0 |]
              let ys = xs |> Array.map (fun x -> if x = 54321.0 then 100.0 else sin x)
              let tx, ty = Curve.thin xs ys
              Expect.isLessThanOrEqual tx.Length Curve.thinAbove "length"
              Expect.equal (Array.max ty) 100.0 "spike"
              Expect.equal (tx[0], Array.last tx) (0.0, 99999.0) "ends"
              Expect.sequenceEqual tx (Array.sort tx) "order"

          testCase "a thinned band covers the band"
          <| fun () ->
              let xs = [| 0.0 .. 9999.0 |]
              let lower, upper = Array.map (fun x -> -abs(cos x)) xs, Array.map (fun x -> abs (sin x)) xs
              let tx, tl, tu = Curve.thinBand xs lower upper
              Expect.isLessThan tx.Length 1001 "length"
              Expect.equal (Array.min tl, Array.max tu) (Array.min lower, Array.max upper) "ends"

          testCase "gaps cut a curve into pieces"
          <| fun () ->
              let visible = [| false; true; true; false; true; false |]
              Expect.equal (Curve.pieces 6 (fun i -> visible[i])) [ 1, 2; 4, 1 ] "pieces"
              Expect.equal (Curve.pieces 0 (fun _ -> true)) [] "of nothing"

          testCase "a logarithmic axis shows no zero, no negative number, no infinity"
          <| fun () ->
              for value in [ 0.0; -1.0; nan; infinity ] do
                  Expect.isTrue (Double.IsNaN(AxisUnits.ofValue Logarithmic value)) $"{value}"

              Expect.floatClose Accuracy.veryHigh (AxisUnits.toValue Logarithmic (AxisUnits.ofValue Logarithmic 3.0)) 3.0 "and back"

          raises<ArgumentException> "a descending range" [ "ascending" ] (fun () -> Axis.linear "" |> Axis.withRange 1.0 0.0 |> ignore)
          raises<ArgumentException> "a logarithmic range from zero" [ "Logarithmic"; "0 to 1" ] (fun () ->
              Axis.log "" |> Axis.withRange 0.0 1.0 |> ignore) ]

[<Tests>]
let contours =
    testList
        "contours"
        [ testCase "a cone's level is one closed circle"
          <| fun () ->
              let axis = [| -20.0 .. 20.0 |]
              let cone = Array2D.init 41 41 (fun row column -> sqrt (float ((column - 20) * (column - 20) + (row - 20) * (row - 20))))
              let lines = Contours.lines axis axis cone 10.3
              Expect.hasLength lines 1 "lines"
              let xs, ys = lines.Head
              Expect.equal (xs[0], ys[0]) (Array.last xs, Array.last ys) "closed"
              Expect.isTrue (Array.forall2 (fun x y -> abs (sqrt (x * x + y * y) - 10.3) < 0.05) xs ys) "on the circle"

          testCase "missing cells leave a gap, levels outside the values leave nothing"
          <| fun () ->
              let axis = [| 0.0 .. 4.0 |]
              let slope = Array2D.init 5 5 (fun row column -> if row = 2 && column = 2 then nan else float column)
              let halves = Contours.lines axis axis slope 1.5
              Expect.hasLength halves 2 "two halves"
              // The line stops at the cells around the gap.
              Expect.equal (halves |> List.map (snd >> Array.sort) |> List.sort) [ [| 0.0; 1.0 |]; [| 3.0; 4.0 |] ] "ordinates"
              Expect.isEmpty (Contours.lines axis axis slope 9.0) "above" ]

[<Tests>]
let occupancy =
    testList
        "occupancy"
        [ testCase "counts what a rectangle hides and finds the free one"
          <| fun () ->
              let draw (canvas: SkiaSharp.SKCanvas) =
                  use paint = new SkiaSharp.SKPaint(Color = SkiaSharp.SKColors.Black)
                  canvas.DrawRect(SkiaSharp.SKRect(10f, 10f, 20f, 20f), paint)

              let map = Occupancy.ofDrawing 50 40 draw
              let rectangle x y = SkiaSharp.SKRect(x, y, x + 10f, y + 10f)
              Expect.equal (Occupancy.count (rectangle 10f 10f) map) 100 "covered"
              Expect.equal (Occupancy.count (rectangle 15f 15f) map) 25 "a quarter"
              Expect.equal (Occupancy.count (rectangle 30f 20f) map) 0 "free"

              Expect.equal
                  (Occupancy.emptiest [ rectangle 10f 10f; rectangle 30f 20f; rectangle 45f 20f ] map)
                  (rectangle 30f 20f)
                  "inside and free"

              Expect.equal (Occupancy.count (rectangle 30f 20f) (Occupancy.reserve (rectangle 30f 20f) map)) 100 "taken" ]
