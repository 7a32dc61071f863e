/// Devices held against the demands on a response and against D1 to D9.
module AnalogTheory.Tests.DeviceReportTests

open Expecto
open AnalogTheory

let private find id (report: DeviceReport) = report.Demands @ report.Claims |> List.find (fun finding -> finding.Id = id)

let private isExact id report =
    match (find id report).Verdict with
    | Exact comparison -> Expect.isTrue (Comparison.holds comparison) $"{id} holds"
    | other -> failtestf "%s: expected Exact, got %A" id other

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
                      isExact finding.Id report

                  Check.close (1e-9 * report.Radius) "the largest step is τ" report.LargestStep report.Radius
              }

          for device in
              [ LinearStep.createAt 0.6 -0.9 0.1
                GenericLinear.create 2.0 0.3
                ExponentialStep.create 0.6 -0.6 4.0 2.0
                PowerStep.create 1.0 -0.8 2.0 1.5 ] do
              test $"{device}: the linear claims are vacuous by its distance, the general ones hold" {
                  let report = DeviceReport.check device
                  List.iter (fun id -> isExact id report) [ "D1"; "D5"; "D9" ]

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

          test "a law that encloses itself is settled on its whole range, functions at points" {
              let remark device = (find "non-negative" (DeviceReport.check device)).Remark
              Expect.stringContains (remark (AsymmetricLinear.create 1.0)) "whole range" "law"

              Expect.stringContains
                  (remark (UserDefined.create "own" -1.0 1.0 (fun w -> 1.0 - w) (fun w -> 1.0 + w)))
                  "4097 points"
                  "functions"
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
