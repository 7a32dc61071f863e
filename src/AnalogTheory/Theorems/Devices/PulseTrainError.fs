namespace AnalogTheory

open System

/// An update sent as pulses of one sign.
[<NoEquality; NoComparison>]
type PulseTrainRun =
    {
        /// Device.
        Device: Device
        /// Δw_min, unit of weight.
        Granularity: float
        /// σ_c, multiplicative cycle noise.
        CycleNoise: float
        /// w.
        Weight: float
        /// Δ > 0.
        Increment: float
    }

/// Claim N9 through the engine: the error of a pulse train against the update it stands for (Theorem 4 of the sequel).
[<RequireQualifiedAccess>]
module PulseTrainError =

    // |w_n − U(w, Δ)| of the engine's noiseless train, n = ⌈|Δ|/Δw_min⌉.
    let private noiseless (run: PulseTrainRun) : float =
        let pulses = BitLength.roundedUp run.Granularity run.Increment
        let last = PulseTrain.send (PulsedDevice.create run.Granularity run.Device) (Key.ofSeed 0UL) pulses run.Weight
        abs (last - run.Device.Update(run.Weight, run.Increment))

    /// <summary>E(w_n − U(w,Δ))² of the asymmetric linear device with τ = 1, from N9's mean and variance.</summary>
    /// <param name="run">Desired change, granularity and noise of one train.</param>
    let meanSquare (run: PulseTrainRun) : float =
        let n, lambda, y = float (BitLength.roundedUp run.Granularity run.Increment), run.Granularity, 1.0 - run.Weight
        let mean = Math.Pow(1.0 - lambda, n)
        let bias = y * (1.0 - mean) - run.Increment * y
        // [(1−λ)² + λ²σ_c²]ⁿ − (1−λ)²ⁿ, exactly 0 without noise.
        let spread = mean * mean * (Math.Pow(1.0 + pown (lambda * run.CycleNoise / (1.0 - lambda)) 2, n) - 1.0)
        bias * bias + y * y * spread

    /// <summary>(y₀/τ)²[max(Δw_min, |Δ|(|Δ|+Δw_min)/2τ)² + σ_c²Δw_min(|Δ|+Δw_min)], τ = 1.</summary>
    /// <param name="run">Desired change, granularity and noise of one train.</param>
    let bound (run: PulseTrainRun) : float =
        let y, d, step = 1.0 - run.Weight, run.Increment, run.Granularity
        y * y * (pown (Math.Max(step, 0.5 * d * (d + step))) 2 + pown run.CycleNoise 2 * step * (d + step))

    let private create device granularity noise w increment : PulseTrainRun =
        { Device = device
          Granularity = granularity
          CycleNoise = noise
          Weight = w
          Increment = increment }

    let private linear = AsymmetricLinear.create 1.0

    // Error/|Δ| at Δ and at Δ/2.
    let private shrinks (granularityOf: float -> float) (device: Device) (increment: float) : Comparison =
        let share d = noiseless (create device (granularityOf d) 0.0 0.1 d) / d
        Comparison.atMost (share (0.5 * increment)) (share increment)

    let private printed: ITheorem =
        // From .9 of Δw_min downwards.
        let compare device = [ for i in 0..9 -> shrinks (fun _ -> 0.01) device (0.009 * Math.Pow(0.5, float i)) ]

        Theorem.pack
            { Id = "N9-printed"
              Source = Source.sequel "Theorem 4"
              Variant = "printed, Δw_min fixed"
              Statement =
                "|w_n − U(w,Δ)|/|Δ| falls as Δ → 0 with n = ⌈|Δ|/Δw_min⌉ and Δw_min fixed: one pulse is always sent, so the share is about Δw_min/|Δ| and diverges"
              Hypotheses = []
              Instances = [ "ideal device, Δw_min = .01", Ideal.create (); "asymmetric linear, Δw_min = .01", linear ]
              Evidence = ByComputation compare
              Necessity = [] }

    let private holds: ITheorem =
        let name = "Δw_min/|Δ| → 0"
        // Δw_min = Δ²/4: the share falls with every quarter of Δ.
        let compare (granularityOf: float -> float, device) =
            [ for i in 0..4 ->
                  let d = 0.25 * Math.Pow(0.25, float i)
                  let share d = noiseless (create device (granularityOf d) 0.0 0.1 d) / d
                  Comparison.atMost (share (0.25 * d)) (0.5 * share d) ]

        let fine d = 0.25 * d * d

        Theorem.pack
            { Id = "N9-limit"
              Source = Source.sequel "Theorem 4"
              Variant = "with Δw_min/|Δ| → 0"
              Statement = "Δw_min = Δ²/4: a quarter of Δ at least halves |w_n − U(w,Δ)|/|Δ|"
              Hypotheses = [ Claim.hypothesis name (fun (granularityOf, _) -> 0.01 - granularityOf 1e-3 / 1e-3) ]
              Instances =
                [ "asymmetric linear", (fine, linear)
                  "power, γ = 2", (fine, SymmetricPower.create 1.0 2.0)
                  "exponential, γ = 1.5", (fine, SymmetricExponential.create 1.0 1.5) ]
              Evidence = ByComputation compare
              Necessity = [ Search.among name (compare >> Claim.worst) [ "Δw_min = .01, asymmetric linear", ((fun _ -> 0.01), linear) ] ] }

    // The closed form against the engine's noiseless train, and the bound of N9-rate on a grid with noise.
    let private explicitBound: ITheorem =
        let settles = "(1−λ)² + λ²σ_c² ≤ 1"

        let compare (run: PulseTrainRun) =
            let error = meanSquare run
            let limit = bound run

            [ Claim.atMost limit error limit; if run.CycleNoise = 0.0 then Claim.equal 10.0 (sqrt error) (noiseless run) ]

        Theorem.pack
            { Id = "N9-bound"
              Source = Source.derived "N9; sequel Theorem 4 with constants"
              Variant = "asymmetric linear device, exact"
              Statement =
                "E(w_n − U(w,Δ))² ≤ (y₀/τ)²[max(Δw_min, |Δ|(|Δ|+Δw_min)/2τ)² + σ_c²Δw_min(|Δ|+Δw_min)]; without noise it is the engine's own train"
              Hypotheses =
                [ Claim.hypothesis settles (fun run -> 1.0 - pown (1.0 - run.Granularity) 2 - pown (run.Granularity * run.CycleNoise) 2) ]
                |> List.map Claim.onAll
              Instances =
                [ "Δw_min from .0001 to .3, Δ from .0003 to .9, σ_c = 0, .3, 1",
                  [ for granularity in [ 0.0001; 0.01; 0.3 ] do
                        for increment in [ 0.0003; 0.01; 0.2; 0.9 ] do
                            for noise in [ 0.0; 0.3; 1.0 ] do
                                for w in [ -0.8; 0.0; 0.7 ] -> create linear granularity noise w increment ] ]
              Evidence = ByComputation(List.collect compare)
              Necessity =
                [ Search.among settles (compare >> List.head) [ "Δw_min = .3, σ_c = 6, w = 0, Δ = .9", create linear 0.3 6.0 0.0 0.9 ] ] }

    /// The claims of this file.
    let all: ITheorem list = [ printed; holds; explicitBound ]
