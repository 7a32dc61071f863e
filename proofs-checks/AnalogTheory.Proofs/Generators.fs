namespace AnalogTheory.Proofs

open System
open Expecto
open FsCheck
open FsCheck.FSharp
open AnalogTheory
open AnalogTheory.Kernels.Algebra

/// How properties run: a fixed seed, so that a run can be repeated; the environment variable ANALOG_THEORY_SEED replaces it.
[<RequireQualifiedAccess>]
module Claim =

    let private seed =
        match Environment.GetEnvironmentVariable "ANALOG_THEORY_SEED" with
        | null
        | "" -> 20240618UL
        | text ->
            match UInt64.TryParse text with
            | true, seed -> seed
            | _ -> failwith $"Expected ANALOG_THEORY_SEED to be an unsigned integer, got '{text}'."

    /// A claim about settings that a generator builds inside the hypotheses; `holds` raises where the claim fails.
    let forAll (name: string) (count: int) (settings: Gen<'a>) (holds: 'a -> unit) : Test =
        // The name takes part in the seed, so that claims see different settings.
        let own = (Key.named name { Bits = seed }).Bits

        let config =
            { FsCheckConfig.defaultConfig with
                maxTest = count
                replay = Some(own, own ||| 1UL, None) }

        testPropertyWithConfig config name (Prop.forAll (Arb.fromGen settings) holds)

/// Numbers drawn on a lattice of 2³⁰ points, ends included and favoured.
[<RequireQualifiedAccess>]
module Real =

    let private unit =
        Gen.frequency
            [ 1, Gen.constant 0.0
              1, Gen.constant 1.0
              10, Gen.choose (0, 1 <<< 30) |> Gen.map (fun i -> Math.ScaleB(float i, -30)) ]

    /// A number in [lower, upper].
    let within (lower: float) (upper: float) : Gen<float> = unit |> Gen.map (fun u -> Math.Clamp(lower + u * (upper - lower), lower, upper))

    /// A number in [lower, upper], 0 < lower, evenly over orders of magnitude.
    let logWithin (lower: float) (upper: float) : Gen<float> =
        within (log lower) (log upper) |> Gen.map (fun x -> Math.Clamp(exp x, lower, upper))

    /// A number in (0, upper] or [−upper, 0).
    let signed (sign: float) (upper: float) : Gen<float> =
        Gen.choose (1, 1 <<< 30) |> Gen.map (fun i -> sign * Math.ScaleB(float i, -30) * upper)

    /// +1 or −1.
    let sign: Gen<float> = Gen.elements [ 1.0; -1.0 ]

/// A device with what is known about it from its printed formulas, transcribed here a second time.
[<NoEquality; NoComparison>]
type Subject =
    {
        Device: Device
        /// q₊ from the formula in the text, with the platform's functions.
        Up: float -> float
        /// q₋ from the formula in the text.
        Down: float -> float
        /// A Lipschitz constant of q₊ and q₋ on the device's range; ∞ where there is none.
        Lipschitz: float
        /// A bound of |q₊| and |q₋| on the device's range.
        Largest: float
        /// Whether the law is a rational function, so that its formula can be evaluated without rounding.
        IsRational: bool
        /// Functions by the names that the formula calls them.
        Functions: Map<string, float -> float>
        /// Ends of a bounded range to draw weights from.
        Range: float * float
        /// w⋄ where it is known in closed form.
        SymmetricPoint: float option
    }

    override subject.ToString() = string subject.Device

/// One update of one element.
type Update = { Subject: Subject; Weight: float; Increment: float }

/// Devices of every kind.
[<RequireQualifiedAccess>]
module Subject =

    let private rational device up down lipschitz largest symmetricPoint =
        { Device = device
          Up = up
          Down = down
          Lipschitz = lipschitz
          Largest = largest
          IsRational = true
          Functions = Map.empty
          Range = (if Double.IsFinite device.Lower then device.Lower, device.Upper else -2.0, 2.0)
          SymmetricPoint = symmetricPoint }

    let private transcendental device up down lipschitz largest symmetricPoint =
        { rational device up down lipschitz largest symmetricPoint with
            IsRational = false }

    let private ideal = Gen.constant (rational (Ideal.create ()) (fun _ -> 1.0) (fun _ -> 1.0) 0.0 1.0 (Some 0.0))

    let asymmetricLinear =
        gen {
            let! radius = Real.logWithin 0.01 100.0
            let! symmetricPoint = Gen.oneof [ Gen.constant 0.0; Real.within (-2.0 * radius) (2.0 * radius) ]
            let up w = 1.0 - (w - symmetricPoint) / radius
            let down w = 1.0 + (w - symmetricPoint) / radius
            return rational (AsymmetricLinear.createAt radius symmetricPoint) up down (1.0 / radius) 2.0 (Some symmetricPoint)
        }

    let private genericLinear =
        gen {
            let! radius = Real.logWithin 0.01 100.0
            let! c = Real.within -0.95 0.95
            let up w = (1.0 + c) * (1.0 - w / radius)
            let down w = (1.0 - c) * (1.0 + w / radius)
            let steepest = 1.0 + abs c
            return rational (GenericLinear.create radius c) up down (steepest / radius) (2.0 * steepest) (Some(c * radius))
        }

    let private linearStep =
        gen {
            let! upper = Real.logWithin 0.01 10.0
            let! lower = Real.logWithin (0.1 * upper) (10.0 * upper) |> Gen.map (~-)
            let! symmetricPoint = Real.within (-2.0 * upper) (2.0 * upper)
            let up w = 1.0 - (w - symmetricPoint) / upper
            let down w = 1.0 - (w - symmetricPoint) / lower
            let device = LinearStep.createAt upper lower symmetricPoint
            let largest = 1.0 + max (-lower / upper) (upper / -lower)
            return rational device up down (1.0 / min upper -lower) largest (Some symmetricPoint)
        }

    let private bounds =
        gen {
            let! upper = Real.within -1.0 3.0
            let! width = Real.logWithin 0.1 10.0
            return upper, upper - width
        }

    let private powerStep leastExponent =
        gen {
            let! upper, lower = bounds
            let! gammaUp = Real.within leastExponent 3.0
            let! gammaDown = Real.within leastExponent 3.0
            let range = upper - lower
            let up w = Math.Pow((upper - w) / range, gammaUp)
            let down w = Math.Pow((w - lower) / range, gammaDown)
            let lipschitz = if leastExponent >= 1.0 then max gammaUp gammaDown / range else infinity
            return transcendental (PowerStep.create upper lower gammaUp gammaDown) up down lipschitz 1.0 None
        }

    let private symmetricPower leastExponent =
        gen {
            let! radius = Real.logWithin 0.01 100.0
            let! gamma = Real.within leastExponent 3.0
            let up w = Math.Pow(1.0 - w / radius, gamma)
            let down w = Math.Pow(1.0 + w / radius, gamma)
            let largest = Math.Pow(2.0, gamma)
            let lipschitz = if gamma >= 1.0 then gamma * largest / (2.0 * radius) else infinity
            return transcendental (SymmetricPower.create radius gamma) up down lipschitz largest (Some 0.0)
        }

    let private exponentialStep =
        gen {
            let! upper, lower = bounds
            let! gammaUp = Real.within 0.2 5.0
            let! gammaDown = Real.within 0.2 5.0
            let range = upper - lower
            let up w = -Math.Exp(-gammaUp * (upper - w) / range) + 1.0
            let down w = -Math.Exp(-gammaDown * (w - lower) / range) + 1.0
            return transcendental (ExponentialStep.create upper lower gammaUp gammaDown) up down (max gammaUp gammaDown / range) 1.0 None
        }

    let private symmetricExponential =
        gen {
            let! radius = Real.logWithin 0.01 100.0
            let! gamma = Real.within 0.25 4.0
            let scale = Math.Exp gamma - 1.0
            let up w = (Math.Exp(gamma * (1.0 - w / radius)) - 1.0) / scale
            let down w = (Math.Exp(gamma * (1.0 + w / radius)) - 1.0) / scale
            let largest = (Math.Exp(2.0 * gamma) - 1.0) / scale
            let lipschitz = gamma / radius * Math.Exp(2.0 * gamma) / scale
            return transcendental (SymmetricExponential.create radius gamma) up down lipschitz largest (Some 0.0)
        }

    // Falls or rises monotonically between 0.2 and 2.2, so that its two ends enclose it.
    let private userDefined =
        gen {
            let! steepness = Real.within 0.1 3.0
            let up w = 1.2 - Math.Tanh(steepness * w)
            let down w = 1.2 + Math.Tanh(steepness * w)

            let enclose (f: float -> float) (x: Interval) =
                let a, b = f x.Lower, f x.Upper
                Interval(min a b - 1e-14, max a b + 1e-14)

            let device = UserDefined.createEnclosed "tanh" -2.0 2.0 (up, enclose up) (down, enclose down)

            return
                { transcendental device up down steepness 2.2 (Some 0.0) with
                    Functions = Map [ "q_up", up; "q_down", down ] }
        }

    // Straight lines between nodes, by a scan instead of the kernel's search.
    let private interpolate (nodes: (float * float)[]) (w: float) : float =
        match Array.tryFindIndexBack (fun (x, _) -> x <= w) nodes with
        | None -> snd nodes[0]
        | Some i when i = nodes.Length - 1 -> snd nodes[i]
        | Some i ->
            let (x0, y0), (x1, y1) = nodes[i], nodes[i + 1]
            y0 * (x1 - w) / (x1 - x0) + y1 * (w - x0) / (x1 - x0)

    let private nodes =
        gen {
            let! count = Gen.choose (2, 8)
            let! gaps = Gen.listOfLength count (Real.within 0.1 1.0)
            let! values = Gen.listOfLength count (Real.within 0.0 2.0)
            return Array.zip (gaps |> List.scan (+) -1.5 |> List.tail |> List.toArray) (List.toArray values)
        }

    let private tabulated =
        gen {
            let! ups = nodes
            let! downs = nodes

            let slopes table =
                table |> Array.pairwise |> Array.map (fun ((x0, y0), (x1, y1)) -> abs (y1 - y0) / (x1 - x0))

            let lipschitz = Array.max (Array.append (slopes ups) (slopes downs))
            let up, down = interpolate ups, interpolate downs

            return
                { transcendental (Tabulated.create "table" ups downs) up down lipschitz 2.0 None with
                    Functions = Map [ "q_up", up; "q_down", down ] }
        }

    /// Every kind of device by name; power laws with exponents from `leastExponent` (at least 1 where a Lipschitz constant is needed).
    let kinds (leastExponent: float) : (string * Gen<Subject>) list =
        [ "ideal", ideal
          "asymmetric linear", asymmetricLinear
          "generic linear", genericLinear
          "linear step", linearStep
          "power step", powerStep leastExponent
          "symmetric power", symmetricPower leastExponent
          "exponential step", exponentialStep
          "symmetric exponential", symmetricExponential
          "user-defined", userDefined
          "tabulated", tabulated ]

    /// An update on the device's range, with |Δ| up to the width of the range.
    let updates (subjects: Gen<Subject>) : Gen<Update> =
        gen {
            let! subject = subjects
            let lower, upper = subject.Range
            let! weight = Real.within lower upper
            let! increment = Real.within (lower - upper) (upper - lower)
            return { Subject = subject; Weight = weight; Increment = increment }
        }
