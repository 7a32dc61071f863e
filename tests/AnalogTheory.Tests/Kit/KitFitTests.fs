/// Fits of the pulse responses that IBM AIHWKIT's CPU core gives, against the parameters that made them.
module AnalogTheory.Tests.KitFitTests

open Expecto
open AnalogTheory
open AnalogTheory.Tests.KitReference

/// A noiseless response of 1,000 pulses up, then 1,000 down, in double precision. What the kit clips at its bounds follows no law and is left out,
/// so that the readings fall into traces.
let private response (path: string) : PulseSeries =
    let p = parameters path
    let weights = rows path |> Array.map (fun row -> row[1])
    let upper, lower = single p["w_max"], single p["w_min"]
    let free w = w < upper - 1e-9 && w > lower + 1e-9

    let pieces =
        [ 0 .. weights.Length - 1 ]
        |> List.fold (fun (pieces, current) i -> if free weights[i] then pieces, i :: current else List.rev current :: pieces, []) ([], [])
        |> fun (pieces, current) -> List.rev current :: pieces
        |> List.filter (fun piece -> piece.Length > 1)

    pieces
    |> List.mapi (fun k piece ->
        let places = List.toArray piece

        PulseSeries.trace
            "1"
            (string k)
            (places[1..] |> Array.map (fun i -> if i <= 1000 then 1 else -1))
            (places |> Array.map (fun i -> weights[i])))
    |> PulseSeries.create path

/// Offsets of the bounds from w⋄, w⋄ and Δw_min of steps s(1 − w/b).
let private linear p (upper: float) (lower: float) =
    let bias = p |> Map.tryFind "up_down" |> Option.defaultValue 0.0
    let step = Map.find "dw_min" p

    let struct (device, granularity) =
        LinearStep.ofSteps (step * (1.0 + min bias 0.0)) (step * (1.0 - max bias 0.0)) upper lower

    granularity :: List.map snd device.Parameters

let private softBounds p = linear p (Map.find "w_max" p) (Map.find "w_min" p)

let private linearStep p =
    linear p (Map.find "w_max" p / Map.find "gamma_up" p) (Map.find "w_min" p / Map.find "gamma_down" p)

let private powerStep p =
    let gamma, shift = Map.find "pow_gamma" p, p |> Map.tryFind "pow_up_down" |> Option.defaultValue 0.0

    [ Map.find "dw_min" p
      Map.find "w_max" p
      Map.find "w_min" p
      gamma * (1.0 + min shift 0.0)
      gamma * (1.0 - max shift 0.0) ]

/// 1 − A·exp(±γz) with z = 2aw/(b₊−b₋) + b vanishes at other bounds than the kit's.
let private exponentialStep p =
    let value name = Map.find name p
    let slope = 2.0 * value "a" / (value "w_max" - value "w_min")
    let up, down = value "gamma_up" * slope, value "gamma_down" * slope
    let upper = -(log (value "A_up") + value "gamma_up" * value "b") / up
    let lower = (log (value "A_down") - value "gamma_down" * value "b") / down
    [ value "dw_min"; upper; lower; up * (upper - lower); down * (upper - lower) ]

let private laws =
    [ ResponseFamily.asymmetricLinear; ResponseFamily.linearStep; ResponseFamily.powerStep; ResponseFamily.exponentialStep ]

[<Tests>]
let tests =
    testList
        "fits of the kit's responses"
        [ for device, family, expected, tolerance in
              [ "SoftBounds", ResponseFamily.linearStep, softBounds, 1e-6
                "SoftBounds_asym", ResponseFamily.linearStep, softBounds, 1e-6
                "LinearStep", ResponseFamily.linearStep, linearStep, 1e-6
                "LinearStep_asym", ResponseFamily.linearStep, linearStep, 1e-6
                // These pass through single precision in the kit, and their exponents are less determined than their steps.
                "PowStep", ResponseFamily.powerStep, powerStep, 1e-4
                "ExpStep", ResponseFamily.exponentialStep, exponentialStep, 1e-3 ] do
              onReference $"{device}: the fit finds the kit's parameters" (fun file ->
                  let path = file $"pulse_response_{device}_double.csv"
                  let fit = DeviceFit.fit family (response path)

                  // w⋄ may be 0: it is compared with the range of weights, which is 1.2 in most files.
                  // A fit's Δw_min is the step at the symmetric point; the kit's files have that of appendix C's form.
                  let truths =
                      match expected (parameters path) with
                      | [ step; upper; lower; up; down ] ->
                          let create = if family.Name = "power step" then PowerStep.create else ExponentialStep.create
                          let struct (_, size) = SymmetricPoint.normalise (create upper lower up down)
                          [ step * size; upper; lower; up; down ]
                      | linear -> linear

                  for found, truth in List.zip fit.Parameters truths do
                      let scale = if found.Symbol = "w⋄" then 1.2 else abs truth
                      Check.close (tolerance * scale) $"{device}, {found.Symbol}" found.Value truth)

          onReference "the kit's linear, power and exponential steps are told apart" (fun file ->
              let ranking device =
                  let comparison = FitComparison.ofFamilies 0.95 laws (response (file $"pulse_response_{device}_double.csv"))
                  comparison.Fits |> List.map _.Law

              Expect.equal (ranking "LinearStep").Head "linear step" "linear step"
              Expect.equal (ranking "PowStep").Head "power step" "power step"
              Expect.equal (ranking "ExpStep").Head "exponential step" "exponential step")

          onReference "the kit's piecewise response is none of the laws, and its table keeps the step at the symmetric point" (fun file ->
              let comparison = FitComparison.ofFamilies 0.95 laws (response (file "pulse_response_PiecewiseStep_double.csv"))
              Expect.isTrue comparison.IsLacking comparison.Conclusion
              // Nodes at −0.3, 0 and 0.3: q₊ = 1.6 − 2w and q₋ = 1 + 5w/3 cross at 0.6/(11/3) = 0.16363…, where both are 1.27272….
              let table = comparison.Tabulated.Value
              Check.close 0.005 "w⋄" table.SymmetricPoint (0.6 / (11.0 / 3.0))
              Check.close 2e-6 "Δw_min·F(w⋄)" table.Granularity (1e-3 * (1.6 - 2.0 * 0.6 / (11.0 / 3.0)))) ]
