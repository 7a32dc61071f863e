/// Pulses of this library against those of IBM AIHWKIT's CPU core, on the kit's own output.
module AnalogTheory.Tests.KitPulseTests

open System
open System.IO
open Expecto
open AnalogTheory
open AnalogTheory.Tests.Samples
open AnalogTheory.Tests.KitReference

/// Elements of the kit's devices from the parameters in a file's first line. Steps and bounds are floats in the kit, slopes are computed in double.
module private Kit =

    let private value name (p: Map<string, float>) = Map.find name p
    let private valueOr byDefault name (p: Map<string, float>) = p |> Map.tryFind name |> Option.defaultValue byDefault

    let private steps p =
        let granularity, bias = value "dw_min" p, valueOr 0.0 "up_down" p
        single (granularity * (1.0 + min bias 0.0)), single (granularity * (1.0 - max bias 0.0))

    let private bounds p = single (value "w_max" p), single (value "w_min" p)

    let private pulsed p (upStep, downStep, upper, lower) =
        let struct (device, granularity) = LinearStep.ofSteps upStep downStep upper lower
        let ceiling, floor = bounds p
        PulsedDevice.create granularity device |> PulsedDevice.clippedTo floor ceiling

    let softBounds p =
        let (up, down), (upper, lower) = steps p, bounds p
        pulsed p (up, down, upper, lower)

    /// The slopes refer to the mean bounds, in double: steps vanish at w_max/γ₊ and w_min/γ₋.
    let linearStep p =
        let up, down = steps p
        pulsed p (up, down, value "w_max" p / single (value "gamma_up" p), value "w_min" p / single (value "gamma_down" p))

    /// The visible weight is the soft-bounds weight less a reference r.
    let softBoundsReference p =
        let (up, down), (upper, lower) = steps p, bounds p
        let inner = softBounds p
        let symmetricPoint = SymmetricPoint.find inner.Device

        let subtracted =
            if valueOr 0.0 "subtract_symmetry_point" p = 1.0 then
                (up - down) / (up / upper - down / lower)
            else
                0.0

        let reference = valueOr 0.0 "reference_mean" p + subtracted

        PulsedDevice.create
            inner.Granularity
            (LinearStep.createAt (upper - symmetricPoint) (lower - symmetricPoint) (symmetricPoint - reference))
        |> PulsedDevice.clippedTo (lower - reference) (upper - reference)

    let constantStep p =
        let (up, down), (upper, lower) = steps p, bounds p

        UserDefined.create "constant step" lower upper (fun _ -> 1.0) (fun _ -> down / up)
        |> PulsedDevice.create up
        |> PulsedDevice.clippedTo lower upper

    let powStep p =
        let (up, _), (upper, lower) = steps p, bounds p
        let gamma, shift = value "pow_gamma" p, valueOr 0.0 "pow_up_down" p

        PowerStep.create upper lower (single (gamma * (1.0 + min shift 0.0))) (single (gamma * (1.0 - max shift 0.0)))
        |> PulsedDevice.create up
        |> PulsedDevice.clippedTo lower upper

    /// 1 − A·exp(±γz) with z = 2aw/(b₊−b₋) + b is the paper's exponential step with other bounds: where the exponent of its own is 0.
    let expStep p =
        let (up, _), (upper, lower) = steps p, bounds p
        let slope = 2.0 * value "a" p / (upper - lower)
        let upRate, downRate = value "gamma_up" p * slope, value "gamma_down" p * slope
        let vanishUp = -(log (value "A_up" p) + value "gamma_up" p * value "b" p) / upRate
        let vanishDown = (log (value "A_down" p) - value "gamma_down" p * value "b" p) / downRate
        let range = vanishUp - vanishDown

        ExponentialStep.create vanishUp vanishDown (upRate * range) (downRate * range)
        |> PulsedDevice.create up
        |> PulsedDevice.clippedTo lower upper

    let piecewiseStep p =
        let (up, _), (upper, lower) = steps p, bounds p

        let nodes values =
            values |> List.mapi (fun i q -> lower + (upper - lower) * float i / 4.0, q) |> List.toArray

        Tabulated.create "piecewise" (nodes [ 0.2; 1.0; 1.6; 1.0; 0.4 ]) (nodes [ 0.1; 0.8; 1.0; 1.5; 0.9 ])
        |> PulsedDevice.create up
        |> PulsedDevice.clippedTo lower upper

// The kit's power and exponential responses pass through single precision (2⁻²⁴ a pulse); the others are doubles throughout.
let private double, throughSingle = 2e-14, 1e-8

let private responses =
    [ "SoftBounds", Kit.softBounds, double
      "SoftBounds_asym", Kit.softBounds, double
      "SoftBoundsReference", Kit.softBoundsReference, double
      "SoftBoundsReference_asym", Kit.softBoundsReference, double
      "SoftBoundsReference_asym_sp", Kit.softBoundsReference, double
      "SoftBoundsReference_ref0.1", Kit.softBoundsReference, double
      "LinearStep", Kit.linearStep, double
      "LinearStep_asym", Kit.linearStep, double
      "ConstantStep", Kit.constantStep, double
      "ConstantStep_asym", Kit.constantStep, double
      "PiecewiseStep", Kit.piecewiseStep, double
      "PowStep", Kit.powStep, throughSingle
      "PowStep_gamma1", Kit.powStep, throughSingle
      "ExpStep", Kit.expStep, throughSingle ]

let private noises =
    [ "ConstantStep", Kit.constantStep, CycleNoise.Multiplicative
      "LinearStep", Kit.linearStep, CycleNoise.Multiplicative
      "LinearStep_add", Kit.linearStep, CycleNoise.Additive
      "SoftBounds", Kit.softBounds, CycleNoise.Multiplicative
      "SoftBoundsReference", Kit.softBoundsReference, CycleNoise.Additive
      "SoftBoundsReference_mult", Kit.softBoundsReference, CycleNoise.Multiplicative ]

let private requireSmall (what: string) (difference: float) (standardError: float) =
    let z = if difference = 0.0 then 0.0 else difference / standardError

    if not (abs z < 4.0) then failtest $"{what}: expected |z| < 4, got z = {z:f2}"

[<Tests>]
let tests =
    testList
        "against the kit"
        [ for name, element, tolerance in responses do
              onReference $"noiseless response of {name} to {tolerance}" (fun file ->
                  let path = file $"pulse_response_{name}_double.csv"
                  let kit = rows path |> Array.map (fun row -> row[1])
                  let ours = UpDownResponse.weights (element (parameters path)) { Bits = 0UL } 1 1000 1000 kit[0]
                  Expect.equal ours.Length kit.Length "readings"
                  let worst = Array.map2 (fun a b -> abs (a - b)) ours kit |> Array.max
                  if not (worst <= tolerance) then failtest $"expected at most {tolerance}, got {worst:g3}")

          for name, element, noise in noises do
              onReference $"mean and deviation under cycle noise of {name}, |z| < 4 (4,000 elements against the kit's 10,000)" (fun file ->
                  let path = file $"pulse_noise_{name}.csv"
                  let p = parameters path
                  let pulsed = element p |> PulsedDevice.withCycleNoise (noise p["dw_min_std"])
                  let key = Key.named name (Key.ofSeed 100UL)
                  let paths = Array.init 4000 (fun i -> UpDownResponse.weights pulsed (Key.fold (uint64 i) key) 1 1000 1000 0.0)

                  for row in rows path do
                      let pulse, mean, deviation, error = int row[0], row[1], row[2], row[3]
                      let ours = paths |> Array.map (fun path -> path[pulse]) |> moments
                      requireSmall $"mean after {pulse} pulses" (ours.Mean - mean) (sqrt (error * error + ours.MeanError ** 2.0))
                      // The kit gives no error for its deviation: that of a normal sample, s/√(2n). On a bound, where the deviation is less than a
                      // pulse and comes from a handful of turned pulses, that is no estimate, and deviations are not compared.
                      if deviation > p["dw_min"] then
                          let kitError = deviation / sqrt 20000.0
                          let ownError = ours.VarianceError / (2.0 * sqrt ours.Variance)

                          requireSmall
                              $"deviation after {pulse} pulses"
                              (sqrt ours.Variance - deviation)
                              (sqrt (kitError ** 2.0 + ownError ** 2.0)))

          onReference "device-to-device means and deviations, |z| < 4 (100,000 elements against the kit's 1,048,576)" (fun file ->
              let statistics =
                  textRows (file "dtod_stats.csv")
                  |> Array.map (fun row -> (row[0], row[1]), (float row[2], float row[3], float row[4]))
                  |> Map

              let compare config parameters parts =
                  let elements = DeviceVariation.drawMany (DeviceVariation.ofKit parameters) (Key.ofSeed 31UL) 100000

                  for name, (part: DrawnElement -> float) in parts do
                      let n, mean, deviation = statistics[config, name]
                      let ours = elements |> Array.map part |> moments

                      requireSmall
                          $"mean of {name} in {config}"
                          (ours.Mean - mean)
                          (sqrt (deviation * deviation / n + ours.MeanError ** 2.0))

                      let ownError = ours.VarianceError / (2.0 * sqrt ours.Variance)
                      // The same distribution there: its error is ours, scaled by the numbers of samples.
                      requireSmall
                          $"deviation of {name} in {config}"
                          (sqrt ours.Variance - deviation)
                          (ownError * sqrt (1.0 + float elements.Length / n))

              let steps: (string * (DrawnElement -> float)) list = [ "dwmin_up", _.UpStep; "dwmin_down", _.DownStep ]
              let bounds: (string * (DrawnElement -> float)) list = [ "max_bound", _.Upper; "min_bound", _.Lower ]
              compare "SBR_default" [] (bounds @ steps)
              compare "SBR_lognormal" [ "dw_min_dtod_log_normal", 1.0 ] (bounds @ steps)
              compare "SBR_full" [ "up_down", 0.1; "up_down_dtod", 0.05 ] steps) ]
