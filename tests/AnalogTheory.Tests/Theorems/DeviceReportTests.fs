/// Devices held against the demands on a response and against D1 to D9.
module AnalogTheory.Tests.DeviceReportTests

open Expecto
open AnalogTheory

let private find id (report: DeviceReport) = report.Demands @ report.Claims |> List.find (fun finding -> finding.Id = id)

// For certain on the whole range, or at points.
let private holds id report =
    match (find id report).Verdict with
    | Exact comparison
    | SeenAtPoints(comparison, _) -> Expect.isTrue (Comparison.holds comparison) $"{id} holds"
    | other -> failtestf "%s: expected Exact or SeenAtPoints, got %A" id other

let private demands = [ "finite"; "non-negative"; "saturating"; "symmetric point"; "unique"; "attracting" ]

let private isVacuous id report =
    match (find id report).Verdict with
    | Vacuous [ failed ] ->
        Expect.equal failed.Name "asymmetric linear device" id
        failed.Margin
    | other -> failtestf "%s: expected Vacuous, got %A" id other

let private isRefuted id inputs report =
    match (find id report).Verdict with
    | Refuted(found, comparison) ->
        Expect.stringContains found inputs $"{id} at these inputs"
        Expect.isFalse (Comparison.holds comparison) "the comparison fails"
    | other -> failtestf "%s: expected Refuted, got %A" id other

let private aboutLinear = [ "D2"; "D3"; "D4"; "D6"; "D7"; "D8" ]

[<Tests>]
let tests =
    testList
        "device reports"
        [ for device in
              [ AsymmetricLinear.create 1.0
                AsymmetricLinear.createAt 1e-6 3e-6
                LinearStep.createAt 0.7 -0.7 0.13
                GenericLinear.create 2.0 0.0
                UserDefined.create "own linear" -1.0 1.0 (fun w -> 1.0 - w) (fun w -> 1.0 + w) ] do
              test $"{device}: D1 to D9 and every demand hold" {
                  let report = DeviceReport.check device
                  Expect.isEmpty report.Refuted "nothing is refuted"

                  for finding in report.Demands @ report.Claims do
                      holds finding.Id report

                  Check.close (1e-9 * report.Radius) "the largest step is τ" report.LargestStep report.Radius
              }

          for device in
              [ LinearStep.createAt 0.6 -0.9 0.1
                GenericLinear.create 2.0 0.3
                ExponentialStep.create 0.6 -0.6 4.0 2.0
                PowerStep.create 1.0 -0.8 2.0 1.5 ] do
              test $"{device}: the linear claims are vacuous by its distance, the general ones hold" {
                  let report = DeviceReport.check device
                  List.iter (fun id -> holds id report) [ "D1"; "D5"; "D9" ]

                  for id in aboutLinear do
                      Check.close 1e-12 id (isVacuous id report) -report.DistanceFromLinear
                      // Steps of the power law never exceed the room that is left, so it keeps its weights although it is not linear.
                      let fails = id <> "D2" || device.Name <> "power step"
                      Expect.stringContains (find id report).Remark (if fails then "what it concludes fails" else "holds all the same") id
              }

          test "the largest step of a linear-step device is its smaller bound, and a longer one leaves the range" {
              let device = LinearStep.createAt 0.6 -0.9 0.1
              let report = DeviceReport.check device
              Check.close 1e-9 "largest step" report.LargestStep 0.6
              let weights = [ for i in 0..100 -> report.Lower + (report.Upper - report.Lower) * float i / 100.0 ]
              let after s = weights |> List.collect (fun w -> [ device.Update(w, s); device.Update(w, -s) ])
              Expect.all (after 0.6) (fun w -> w >= report.Lower - 1e-12 && w <= report.Upper + 1e-12) "stays"
              Expect.exists (after 0.61) (fun w -> w < report.Lower || w > report.Upper) "leaves"
          }

          for device in
              [ AsymmetricLinear.create 1.0
                LinearStep.createAt 0.7 -0.7 0.13
                GenericLinear.create 2.0 0.3
                ExponentialStep.create 0.6 -0.6 4.0 2.0 ] do
              test $"{device}: every demand is exact, on the whole range" {
                  let report = DeviceReport.check device

                  for id in demands do
                      match (find id report).Verdict with
                      | Exact _ -> ()
                      | other -> failtestf "%s: expected Exact, got %A" id other
              }

          test "what is known of functions was seen at points, and no finding calls it exact" {
              let report = DeviceReport.check (UserDefined.create "own" -1.0 1.0 (fun w -> 1.0 - w) (fun w -> 1.0 + w))

              for finding in report.Demands @ report.Claims do
                  match finding.Verdict with
                  | SeenAtPoints(_, points) -> Expect.stringContains finding.Verdict.Name $"at {points} points" "name"
                  | other -> failtestf "%s: expected SeenAtPoints, got %A" finding.Id other
          }

          test "a response of −5 on an interval of 2e-4 is found wherever it lies, in functions too" {
              for i in 1..40 do
                  let place = -0.99 + 1.98 * (float i * 0.6180339887498949 % 1.0)
                  let up w = if abs (w - place) < 1e-4 then -5.0 else 1.0 - 0.5 * w
                  isRefuted "non-negative" "w = " (DeviceReport.check (UserDefined.create "own" -1.0 1.0 up (fun w -> 1.0 + 0.5 * w)))
          }

          test "a smooth dip much narrower than the points is found where its slopes lead down to it" {
              // Below 0 on a width of 2e-7 only; its funnel is .01 wide.
              let up w = 1.0 - 1.01 * exp (-sqrt(abs (w - 0.123456) / 1e-3))
              isRefuted "non-negative" "w = 0.123" (DeviceReport.check (UserDefined.create "own" -1.0 1.0 up (fun w -> 1.0 + 0.5 * w)))
          }

          test "a rise between points that intervals see is not called saturating for certain" {
              let bump =
                  Tabulated.create "bump" [| -1.0, 1.5; 0.1, 1.0; 0.100001, 0.9; 0.100002, 0.95; 1.0, 0.5 |] [| -1.0, 0.5; 1.0, 1.5 |]

              match (find "saturating" (DeviceReport.check bump)).Verdict with
              | Refuted _
              | SeenAtPoints _ -> ()
              | other -> failtestf "got %A" other
          }

          test "a dip that no point sees is found by intervals" {
              // Negative within 1e-5 of w = 0.1001, far between points that lie 5e-4 apart.
              let device =
                  Tabulated.create "dip" [| -1.0, 1.0; 0.10009, 1.0; 0.1001, -0.5; 0.10011, 1.0; 1.0, 0.5 |] [| -1.0, 0.5; 1.0, 1.5 |]

              isRefuted "non-negative" "w = 0.100" (DeviceReport.check device)
          }

          test "each demand is refuted by a response that breaks it, at a simple weight" {
              let own up down = DeviceReport.check (UserDefined.create "own" -1.0 1.0 up down)
              isRefuted "finite" "w = 0.3" (own (fun w -> sqrt (abs (w - 0.3) - 0.02)) (fun w -> 1.0 + w))
              isRefuted "non-negative" "w = 1" (own (fun w -> 0.8 - w) (fun w -> 1.0 + w))
              isRefuted "saturating" "q₋ falls" (own (fun w -> 1.0 - w) (fun w -> 1.2 - 0.1 * w))
              isRefuted "symmetric point" "whole range" (own (fun _ -> 2.0) (fun _ -> 1.0))
              isRefuted "unique" "near w" (own (fun _ -> 1.0) (fun w -> 1.0 + 0.5 * sin (9.0 * w)))
              isRefuted "attracting" "w⋄" (own (fun w -> 1.0 + 0.5 * w) (fun w -> 1.0 - 0.5 * w))
          }

          test "a response that does not vanish at its end leaves no step that keeps weights in the range" {
              let report = DeviceReport.check (UserDefined.create "own" -1.0 1.0 (fun w -> 1.1 - w) (fun w -> 1.0 + w))
              Expect.equal report.LargestStep 0.0 "largest step"
          }

          test "a device without asymmetry has no symmetric point that could be unique" {
              let report = DeviceReport.check (Ideal.create ())
              Expect.isEmpty report.Refuted "nothing is refuted"

              match (find "unique" report).Verdict with
              | Vacuous _ -> ()
              | other -> failtestf "expected Vacuous, got %A" other
          } ]
