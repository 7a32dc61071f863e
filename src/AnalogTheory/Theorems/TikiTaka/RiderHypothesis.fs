namespace AnalogTheory

open System

/// What RIDER's Theorem 3.7 asks of an instance, at W*.
[<NoEquality; NoComparison>]
type RiderInstance =
    {
        /// Noise at W*, one coordinate; coordinates are alike.
        Noise: Moments
        /// D.
        Dimension: int
        /// μ, loss/weight².
        StrongConvexity: float
        /// Device.
        Device: Device
        /// Largest |w| that is reached.
        Reach: float
    }

/// Claim N7 on instances: where RIDER's Theorem 3.7 speaks and where it is vacuous, with the number.
[<RequireQualifiedAccess>]
module RiderHypothesis =

    /// <summary>(q_max/q_min)^{3/2} over |w| ≤ reach.</summary>
    /// <param name="device">The device whose response is asked for.</param>
    /// <param name="reach">Largest |w| that training meets, unit of weight.</param>
    let responseFactor (device: Device) (reach: float) : float =
        let weights = Array.init 201 (fun i -> reach * float (i - 100) / 100.0)
        let responses = Array.append (Array.map device.Up weights) (Array.map device.Down weights)
        Math.Pow(Array.max responses / Array.min responses, 1.5)

    /// <summary>(4√2σ/μ)(q_max/q_min)^{3/2}, the least C* of Theorem 3.7.</summary>
    /// <param name="run">Problem, device and constants of RIDER's theorem.</param>
    let threshold (run: RiderInstance) : float =
        let sigma = sqrt (float run.Dimension * run.Noise.SecondMoment)
        4.0 * sqrt 2.0 * sigma / run.StrongConvexity * responseFactor run.Device run.Reach

    /// <summary>4√2·√D·(q_max/q_min)^{3/2}: below this μ no noise meets the hypothesis.</summary>
    /// <param name="dimension">Number of coordinates D ≥ 1.</param>
    /// <param name="device">The device whose response is asked for.</param>
    /// <param name="reach">Largest |w| that training meets, unit of weight.</param>
    let leastConvexity (dimension: int) (device: Device) (reach: float) : float =
        4.0 * sqrt 2.0 * sqrt (float dimension) * responseFactor device reach

    let private compare (run: RiderInstance) =
        let needed = leastConvexity run.Dimension run.Device run.Reach
        [ Claim.atMost (2.0 * needed) needed run.StrongConvexity ]

    let private asked =
        Claim.hypothesis "E|∂_d f(W*;ξ)| ≥ (4√2σ/μ)(q_max/q_min)^{3/2}" (fun run ->
            run.Noise.MeanAbsolute 0.0 * (1.0 + 1e-12) - threshold run)

    let private create noise dimension mu : RiderInstance =
        { Noise = noise
          Dimension = dimension
          StrongConvexity = mu
          Device = AsymmetricLinear.create 1.0
          Reach = 0.5 }

    let private rademacher s = Moments.twoPoint 0.5 s -s

    // f → κf scales noise and μ alike: what the hypothesis says depends on the unit of the loss.
    let private scaled kappa (run: RiderInstance) : RiderInstance =
        { run with
            Noise =
                run.Noise.Support
                |> Option.get
                |> Array.map (fun atom -> { atom with Value = kappa * atom.Value })
                |> Moments.ofSupport
            StrongConvexity = kappa * run.StrongConvexity }

    /// The claims of this file.
    let all: ITheorem list =
        let one = create (rademacher 0.3) 1 1.0

        [ Theorem.pack
              { Id = "N7-instances"
                Source =
                  { Key = "arXiv 2602.21321"
                    Version = ""
                    Place = "Theorem 3.7, its hypothesis" }
                Variant = "where it can hold"
                Statement =
                  "the hypothesis of Theorem 3.7 at W* ⇒ μ ≥ 4√2·√D·(q_max/q_min)^{3/2}; asymmetric linear device at |w| ≤ τ/2: μ ≥ 29.39·√D, in the unit of the loss"
                Hypotheses = [ asked ]
                Instances =
                  [ "asymmetric linear, |w| ≤ τ/2, D = 1, Rademacher σ = .3, μ = 1: vacuous", one
                    "the same with f → 29.3·f: vacuous", scaled 29.3 one
                    "the same with f → 29.4·f", scaled 29.4 one
                    "μ = 29.4, two-point p = .2: vacuous", create (Moments.twoPoint 0.2 0.6 -0.15) 1 29.4
                    "D = 16, μ = 29.4: vacuous", create (rademacher 0.3) 16 29.4
                    "D = 16, μ = 118", create (rademacher 0.3) 16 118.0 ]
                Evidence = ByComputation compare
                Necessity = [ Search.among asked.Name (compare >> List.head) [ "Rademacher σ = .3, D = 1, μ = 1", one ] ] } ]
