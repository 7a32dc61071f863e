namespace AnalogTheory

open System

/// Zero-shifting with independent fair signs from a weight.
[<NoEquality; NoComparison>]
type ZeroShiftRun =
    {
        /// Device.
        Device: Device
        /// Δw_min, unit of weight.
        Granularity: float
        /// w₀ − w⋄, unit of weight.
        Offset: float
        /// N.
        Pulses: int
        /// Probability of a pulse up.
        Up: float
    }

/// Claim N6 through the engine: pulses that zero-shifting needs, on the asymmetric linear device and on others (RIDER's Theorem 2.2).
[<RequireQualifiedAccess>]
module ZeroShiftCost =

    // E of the average of G² over n < N: every path of signs, through the engine's device.
    let private enumerated (run: ZeroShiftRun) : float =
        let start = SymmetricPoint.find run.Device + run.Offset

        let rec visit n probability w =
            let g = run.Device.Asymmetric w
            let here = probability * g * g

            if n + 1 = run.Pulses then
                here
            else
                here
                + visit (n + 1) (probability * run.Up) (run.Device.Update(w, run.Granularity))
                + visit (n + 1) (probability * (1.0 - run.Up)) (run.Device.Update(w, -run.Granularity))

        visit 0 1.0 start / float run.Pulses

    /// <summary>v = Δw_min·τ/(2−λ), the second moment about w⋄ that stays; asymmetric linear device.</summary>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="granularity">Δw_min &gt; 0, the step of one pulse at the symmetric point; unit of weight.</param>
    let floor (radius: float) (granularity: float) : float = granularity * radius / (2.0 - granularity / radius)

    /// <summary>avg_{n&lt;N} E G² of the asymmetric linear device: [(x₀²−v)(1−qᴺ)/(N(1−q)) + v]/τ².</summary>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="granularity">Δw_min &gt; 0, the step of one pulse at the symmetric point; unit of weight.</param>
    /// <param name="offset">x₀ = w₀ − w⋄, unit of weight.</param>
    /// <param name="pulses">Number of pulses N ≥ 1.</param>
    let average (radius: float) (granularity: float) (offset: float) (pulses: float) : float =
        let v = floor radius granularity
        let q = pown (1.0 - granularity / radius) 2
        ((offset * offset - v) * (1.0 - Math.Pow(q, pulses)) / (pulses * (1.0 - q)) + v) / (radius * radius)

    /// <summary>E G(w_N)² of the asymmetric linear device: [v + qᴺ(x₀²−v)]/τ².</summary>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="granularity">Δw_min &gt; 0, the step of one pulse at the symmetric point; unit of weight.</param>
    /// <param name="offset">x₀ = w₀ − w⋄, unit of weight.</param>
    /// <param name="pulses">Number of pulses N ≥ 1.</param>
    let last (radius: float) (granularity: float) (offset: float) (pulses: float) : float =
        let v = floor radius granularity
        (v + Math.Pow(1.0 - granularity / radius, 2.0 * pulses) * (offset * offset - v)) / (radius * radius)

    let private create device granularity offset pulses : ZeroShiftRun =
        { Device = device
          Granularity = granularity
          Offset = offset
          Pulses = pulses
          Up = 0.5 }

    let private linear = AsymmetricLinear.create 1.0
    let private fairName, private linearName = "fair signs", "asymmetric linear device, w⋄ = 0"
    let private fair = Claim.hypothesis fairName (fun run -> 1e-12 - abs (run.Up - 0.5))

    let private isLinear =
        Claim.hypothesis linearName (fun run -> 1e-14 - Claim.distanceFromLinear 1.0 run.Device [ -0.5; 0.25 ])

    let private exact (run: ZeroShiftRun) : Comparison =
        Claim.equal 1.0 (enumerated run) (average 1.0 run.Granularity run.Offset (float run.Pulses))

    // Last iterate against the moments that the engine's zero-shifting predicts.
    let private lastIterate (run: ZeroShiftRun) : Comparison =
        let moments =
            ZeroShiftMoments.after (PulsedDevice.create run.Granularity run.Device) ShiftingSigns.Independent run.Pulses run.Offset

        Claim.equal 10.0 (moments.Variance + moments.Mean * moments.Mean) (last 1.0 run.Granularity run.Offset (float run.Pulses))

    let private engine: ITheorem =
        let candidates name compare candidates = Search.among name compare candidates

        Theorem.pack
            { Id = "N6-engine"
              Source = Source.derived "N6"
              Variant = "exact, through the engine"
              Statement =
                "N6 on the engine: avg_{n<N} E G² over every path of signs for N ≤ 12, and E G(w_N)² by the moments of zero-shifting for N = 5,000"
              Hypotheses = [ fair; isLinear ] |> List.map Claim.onAll
              Instances =
                [ "Δw_min from .001 to .5, x₀ = −.9, .1, .7",
                  [ for granularity in [ 0.001; 0.05; 0.5 ] do
                        for offset in [ -0.9; 0.1; 0.7 ] do
                            for pulses in [ 1; 2; 12 ] do
                                create linear granularity offset pulses ]
                  "N = 5,000, Δw_min = .001, x₀ = .7", [ create linear 0.001 0.7 5000 ] ]
              Evidence = ByComputation(List.map (fun run -> if run.Pulses <= 12 then exact run else lastIterate run))
              Necessity =
                [ candidates fairName exact [ "P(up) = .6, Δw_min = .05, x₀ = .7, N = 12", { create linear 0.05 0.7 12 with Up = 0.6 } ]
                  candidates
                      linearName
                      exact
                      [ "generic linear c = .3, Δw_min = .05, x₀ = .7, N = 12", create (GenericLinear.create 1.0 0.3) 0.05 0.7 12 ] ] }

    // Numbers ----------------------------------------------------------------------------------------------------------------------------

    /// Fewest pulses for which a falling function of N is at most a limit.
    let private fewest (f: float -> float) (limit: float) : float =
        let rec between low high =
            if high - low <= 1.0 then
                high
            else
                let middle = Math.Floor(0.5 * (low + high))
                if f middle <= limit then between low middle else between middle high

        between 0.0 1e9

    // Twice what stays, as claim N6 counts.
    let private numbers: ITheorem =
        let name = "τ = 1, Δw_min = .001, x₀ = .7"

        let compare (granularity: float, offset: float) =
            let limit = 2.0 * floor 1.0 granularity

            [ Comparison.equal 0.0 (fewest (last 1.0 granularity offset) limit) 3442.0
              Comparison.equal 0.0 (fewest (average 1.0 granularity offset) limit) 489500.0 ]

        Theorem.pack
            { Id = "N6-numbers"
              Source = Source.derived "N6; RIDER (arXiv 2602.21321) Theorem 2.2"
              Variant = "numbers"
              Statement =
                "δ = 2v, Δw_min = .001, x₀ = .7: the last iterate needs 3,442 pulses, the average over n < N needs 489,500 = (x₀² − v)/Δw_min², rounded up"
              Hypotheses = [ Claim.hypothesis name (fun (granularity, offset) -> 1e-12 - abs (granularity - 0.001) - abs (offset - 0.7)) ]
              Instances = [ "the average and the last iterate", (0.001, 0.7) ]
              Evidence = ByComputation compare
              Necessity = [ Search.among name (compare >> List.head) [ "Δw_min = .002", (0.002, 0.7) ] ] }

    // RIDER's Theorem C.2 prints N ≤ where its proof gives N ≥.
    let private printed: ITheorem list =
        let limit = 2.0 * floor 1.0 0.01
        let enough = fewest (average 1.0 0.01 0.7) limit
        let compare pulses = [ Comparison.atMost (average 1.0 0.01 0.7 pulses) limit ]
        let source = { Key = "arXiv 2602.21321"; Version = ""; Place = "Theorem C.2" }
        let name = "N ≥ N_δ"

        [ Theorem.pack
              { Id = "N6-printed"
                Source = source
                Variant = "printed, N ≤ N_δ"
                Statement = "N ≤ N_δ ⇒ avg_{n<N} E G² ≤ δ (τ = 1, Δw_min = .01, x₀ = .7, δ = 2v): the sign of N ≤ is a slip of the pen"
                Hypotheses = [ Claim.hypothesis "N ≤ N_δ" (fun pulses -> enough - pulses) ]
                Instances = [ "N = N_δ", enough; "N = 1", 1.0 ]
                Evidence = ByComputation compare
                Necessity = [] }
          Theorem.pack
              { Id = "N6-complexity"
                Source = source
                Variant = "N ≥ N_δ"
                Statement = "N ≥ N_δ ⇒ avg_{n<N} E G² ≤ δ (τ = 1, Δw_min = .01, x₀ = .7, δ = 2v)"
                Hypotheses = [ Claim.hypothesis name (fun pulses -> pulses - enough) ]
                Instances = [ "N = N_δ", enough; "N = 10⁶", 1e6 ]
                Evidence = ByComputation compare
                Necessity = [ Search.among name (compare >> List.head) [ "N = 1", 1.0 ] ] } ]

    // Every device -------------------------------------------------------------------------------------------------------------------------

    // Weights between which twelve pulses can move, with room.
    let private range (run: ZeroShiftRun) =
        let point = SymmetricPoint.find run.Device
        let far = abs run.Offset + 2.0 * float run.Pulses * run.Granularity
        max run.Device.Lower (point - far), min run.Device.Upper (point + far)

    let private grid (low: float, high: float) = Seq.init 2001 (fun i -> low + (high - low) * float i / 2000.0)

    /// <summary>The bound of N6-any: (Φ(w₀) − min Φ)/(NΔw_min) + (ℓ/2)M²Δw_min, Φ by Simpson's rule, ℓ and M on a fine grid with 1 % of room.</summary>
    /// <param name="run">Device, granularity, start and number of pulses.</param>
    let bound (run: ZeroShiftRun) : float =
        let point = SymmetricPoint.find run.Device
        let h = run.Offset / 1000.0
        let g i = run.Device.Asymmetric(point + h * float i)
        let inner = Seq.init 999 (fun i -> (if i % 2 = 0 then 4.0 else 2.0) * g (i + 1)) |> Seq.sum
        let potential = h / 3.0 * (g 0 + inner + g 1000)
        let weights = grid (range run) |> Seq.toArray

        let steepest =
            weights
            |> Array.pairwise
            |> Array.map (fun (a, b) -> abs (run.Device.Asymmetric b - run.Device.Asymmetric a) / (b - a))
            |> Array.max

        let size =
            weights
            |> Array.map (fun w -> pown (run.Device.Symmetric w) 2 + pown (run.Device.Asymmetric w) 2)
            |> Array.max

        potential / (float run.Pulses * run.Granularity) + 0.5 * 1.01 * steepest * size * run.Granularity

    let private anyDevice: ITheorem =
        let compare run =
            let limit = bound run
            Claim.atMost limit (enumerated run) limit

        let on device =
            [ for granularity in [ 0.01; 0.05 ] do
                  for offset in [ -0.2; 0.3 ] do
                      for pulses in [ 1; 4; 12 ] -> create device granularity offset pulses ]

        Theorem.pack
            { Id = "N6-devices"
              Source = Source.derived "N6 for every device; RIDER (arXiv 2602.21321) Theorem 2.2"
              Variant = "every device, through the engine"
              Statement =
                "avg_{n<N} E G² ≤ (Φ(w₀) − min Φ)/(NΔw_min) + (ℓ/2)M²Δw_min, Φ′ = G, |G′| ≤ ℓ, F² + G² ≤ M² on the weights reached"
              Hypotheses = [ fair ] |> List.map Claim.onAll
              Instances =
                [ "asymmetric linear", on linear
                  "generic linear, c = .3", on (GenericLinear.create 1.0 0.3)
                  "power, γ = 2", on (SymmetricPower.create 1.0 2.0)
                  "exponential, γ = 1.5", on (SymmetricExponential.create 1.0 1.5)
                  "power step, exponents .5 and 2", on (PowerStep.create 1.0 -1.0 0.5 2.0) ]
              Evidence = ByComputation(List.map compare)
              Necessity =
                [ Search.among
                      fairName
                      compare
                      [ "P(up) = .95, asymmetric linear, Δw_min = .05, x₀ = .3, N = 12", { create linear 0.05 0.3 12 with Up = 0.95 } ] ] }

    /// The claims of this file.
    let all: ITheorem list = [ engine; numbers ] @ printed @ [ anyDevice ]
