namespace AnalogTheory

open System

/// Analog SGD of (L/2)(w − w*)² on an ideal device whose updates are sent as whole pulses, rounded at random: a chain on the lattice w* + (k + s)·Δw_min.
[<NoEquality; NoComparison>]
type PulseFloorRun =
    {
        /// L.
        Curvature: float
        /// Δw_min, unit of weight.
        Granularity: float
        /// α; weight²/loss.
        LearningRate: float
        /// ε, finite support, the same law everywhere.
        Noise: Moments
        /// s: where w* lies between two points of the lattice, in units of Δw_min.
        Shift: float
    }

/// What a stationary law of pulses is asked for.
type PulseFloorLaw =
    {
        /// E‖∇f‖².
        Gradient: float
        /// E|g|.
        MeanAbsolute: float
        /// E g².
        SecondMoment: float
        /// E{t}(1−{t}), t = α|g|/Δw_min.
        Rounding: float
        /// Probability of the lattice's end points, which the chain would leave.
        Edge: float
    }

/// Claim N8: the floor that whole pulses leave, and multi-tile's bounds for a single tile.
[<RequireQualifiedAccess>]
module PulseFloor =

    let private reach = 160

    // Pulses that an increment takes with their probabilities, from the engine's rounding: few with the rest, many with the fractional part.
    let private pulses (granularity: float) (increment: float) : struct (float * int)[] =
        if increment = 0.0 then
            [| struct (1.0, 0) |]
        else
            let many = BitLength.stochastic granularity Double.Epsilon increment
            let few = BitLength.stochastic granularity (Math.BitDecrement 1.0) increment
            let share = abs increment / granularity - float few
            let sign = if increment < 0.0 then -1 else 1

            if many = few then
                [| struct (1.0, sign * few) |]
            else
                [| struct (1.0 - share, sign * few); struct (share, sign * many) |]

    /// <summary>The stationary law on a finite part of the lattice.</summary>
    /// <param name="run">The pulsed training whose lattice is looked at.</param>
    let stationary (run: PulseFloorRun) : PulseFloorLaw =
        let device = Ideal.create ()
        let count = 2 * reach + 1
        let distance i = run.Granularity * (float (i - reach) + run.Shift)
        let atoms = run.Noise.Support |> Option.get

        let moves =
            Array.init count (fun i ->
                [| for atom in atoms do
                       let g = run.Curvature * distance i + atom.Value

                       for struct (share, sent) in pulses run.Granularity (-run.LearningRate * g) do
                           // Where the device takes the weight, in points of the lattice.
                           let next = device.Update(distance i, float sent * run.Granularity)
                           let step = int (Math.Round((next - distance i) / run.Granularity))
                           struct (atom.Probability * share, Math.Clamp(i + step, 0, count - 1)) |])

        let band =
            moves
            |> Array.mapi (fun i next -> next |> Array.fold (fun band (struct (_, j)) -> max band (abs (j - i))) 1)
            |> Array.max

        let equations = BandedSystem.create count band band

        for i in 0 .. count - 1 do
            BandedSystem.add equations i i -1.0

            for struct (probability, j) in moves[i] do
                BandedSystem.add equations j i probability

        BandedSystem.identityRow equations reach
        let right = Array.zeroCreate<float> count
        right[reach] <- 1.0
        let solution = BandedSystem.solve (BandedSystem.factorise equations) right
        let total = Array.sum solution
        let probabilities = solution |> Array.map (fun mass -> mass / total)

        let expect f = Array.mapi (fun i probability -> probability * f i) probabilities |> Array.sum

        let noise f i =
            atoms |> Array.sumBy (fun atom -> atom.Probability * f (run.Curvature * distance i + atom.Value))

        let rounding g =
            let t = run.LearningRate * abs g / run.Granularity
            let part = t - floor t
            part * (1.0 - part)

        { Gradient = expect (fun i -> pown (run.Curvature * distance i) 2)
          MeanAbsolute = expect (noise abs)
          SecondMoment = expect (noise (fun g -> g * g))
          Rounding = expect (noise rounding)
          Edge = abs probabilities[0] + abs probabilities[count - 1] }

    // What truncation and the elimination may cost, relative; the edges hold less than that.
    let private error (law: PulseFloorLaw) (value: float) = if law.Edge <= 1e-13 then 1e-9 * abs value else infinity

    let private identity (run: PulseFloorRun) =
        let law = stationary run
        let expected = 0.5 * run.Curvature * run.Granularity * law.MeanAbsolute
        [ Comparison.equal (1e-7 * expected) law.Gradient expected, error law expected ]

    let private anyRate (run: PulseFloorRun) =
        let law = stationary run

        let expected =
            0.5
            * run.Curvature
            * (run.LearningRate * law.SecondMoment + run.Granularity * run.Granularity / run.LearningRate * law.Rounding)

        [ Comparison.equal (1e-7 * expected) law.Gradient expected, error law expected ]

    let private single = "α|g| ≤ Δw_min where the chain is"
    let private centred = Claim.hypothesis "A3′: E ε = 0" (fun run -> 1e-12 - abs run.Noise.Mean)

    // Where more than 10⁻¹³ of the law lies: |w − w*| ≤ 9 deviations of √(Δw_min·E|g|/(2L)).
    let private onePulse =
        Claim.hypothesis single (fun run ->
            let spread = sqrt (run.Granularity * run.Noise.MeanAbsolute 0.0 / (2.0 * run.Curvature))
            run.Granularity - run.LearningRate * (9.0 * run.Curvature * spread + run.Noise.Bound))

    let private create deviation probability granularity rate : PulseFloorRun =
        { Curvature = 1.0
          Granularity = granularity
          LearningRate = rate
          Noise =
            Moments.twoPoint
                probability
                (deviation * sqrt ((1.0 - probability) / probability))
                (-deviation * sqrt (probability / (1.0 - probability)))
          Shift = 0.0 }

    let private standard = create 0.3 0.5 0.02
    let private biased = { standard 0.01 with Noise = Moments.twoPoint 0.5 0.4 -0.2 }

    let private among name compare candidates = Search.among name (compare >> List.head >> fst) candidates

    let private exact: ITheorem list =
        [ Theorem.pack
              { Id = "N8-stationary"
                Source = Source.derived "N8"
                Variant = "lattice, computed"
                Statement =
                  "ideal device, stochastic rounding, α|g| ≤ Δw_min, f = (L/2)(w−w*)²: stationary E‖∇f‖² = (L/2)Δw_min·E|g|, to 1e-7"
                Hypotheses = [ centred; onePulse ]
                Instances =
                  [ for rate in [ 0.02; 0.005; 0.00125 ] -> invariant $"L = 1, Δw_min = .02, Rademacher σ = .3, α = {rate}", standard rate ]
                  @ [ "the same, w* between two points", { standard 0.005 with Shift = 0.37 }
                      "L = 1, Δw_min = .01, two-point p = .2, σ = .3, α = .005", create 0.3 0.2 0.01 0.005
                      "L = 4, Δw_min = .02, Rademacher σ = 1, α = .005", { create 1.0 0.5 0.02 0.005 with Curvature = 4.0 } ]
                Evidence = ByDiscretisation identity
                Necessity =
                  [ among centred.Name identity [ "Rademacher ±.3 about .1, α = .01", biased ]
                    among single identity [ "L = 1, Δw_min = .02, Rademacher σ = .3, α = .2", standard 0.2 ] ] }
          Theorem.pack
              { Id = "N8-stationary-any-rate"
                Source = Source.derived "N8 beyond α|g| ≤ Δw_min"
                Variant = "lattice, computed"
                Statement = "the same for every α: stationary E‖∇f‖² = (L/2)(αE g² + (Δw_min²/α)E{t}(1−{t})), t = α|g|/Δw_min"
                Hypotheses = [ centred ]
                Instances =
                  [ for rate in [ 0.005; 0.1; 0.2; 0.3 ] -> invariant $"L = 1, Δw_min = .02, Rademacher σ = .3, α = {rate}", standard rate ]
                  @ [ "L = 1, Δw_min = .02, two-point p = .2, σ = .3, α = .15", create 0.3 0.2 0.02 0.15 ]
                Evidence = ByDiscretisation anyRate
                Necessity = [ among centred.Name anyRate [ "Rademacher ±.3 about .1, α = .01", biased ] ] } ]

    // The numbers of claim N8 at three rates, and that they are one number.
    let private numbers: ITheorem =
        let name = "Δw_min = .02, σ = .3, L = 1"

        let compare run =
            let law = stationary run
            let reference = stationary { run with LearningRate = 0.02 }

            [ Comparison.equal 1e-5 law.Gradient 0.003, error law 0.003
              Comparison.equal 1e-11 law.Gradient reference.Gradient, error law 0.003 ]

        Theorem.pack
            { Id = "N8-numbers"
              Source = Source.derived "N8"
              Variant = "numbers, computed"
              Statement =
                "Δw_min = .02, Rademacher σ = .3, L = 1: stationary E‖∇f‖² = .00300 (simulated .003003, .003015, .003005), the same at α = .02, .005, .00125"
              Hypotheses =
                [ Claim.hypothesis name (fun run ->
                      1e-12 - abs (run.Granularity - 0.02) - abs (run.Noise.SecondMoment - 0.09) - abs (run.Curvature - 1.0)) ]
              Instances = [ for rate in [ 0.02; 0.005; 0.00125 ] -> invariant $"α = {rate}", standard rate ]
              Evidence = ByDiscretisation compare
              Necessity = [ among name compare [ "Δw_min = .04", create 0.3 0.5 0.04 0.005 ] ] }

    // Multi-tile (arXiv 2510.02516), one tile: 4σ²S_T + R_T·Δw_min above, Ω(σ²S_T + R_T·Δw_min) below; on an ideal device S_T = 0 and R_T is read as 1.
    let private tiles: ITheorem list =
        let unit = "L·E|g| ≤ 2, in the unit of the loss"

        let compare run =
            let law = stationary run
            [ Comparison.atMost law.Gradient run.Granularity, error law law.Gradient ]

        let loud = { create 3.0 0.5 0.02 0.001 with Curvature = 4.0 }

        let theorem id variant statement hypotheses instances necessity =
            Theorem.pack
                { Id = id
                  Source = { Key = "arXiv 2510.02516"; Version = ""; Place = "single tile" }
                  Variant = variant
                  Statement = statement
                  Hypotheses = hypotheses
                  Instances = instances
                  Evidence = ByDiscretisation compare
                  Necessity = necessity }

        let isUnit = Claim.hypothesis unit (fun run -> 2.0 - run.Curvature * run.Noise.MeanAbsolute 0.0 * 1.01)
        let quiet = "L = 1, Δw_min = .02, Rademacher σ = .3, α = .005", standard 0.005

        [ theorem
              "N8-tile-printed"
              "printed, ideal device"
              "4σ²S_T + R_TΔw_min bounds the floor, where S_T = 0 and R_T = 1: without a constant it depends on the unit of the loss, the floor being (L/2)E|g|·Δw_min"
              []
              [ quiet; "L = 4, Δw_min = .02, Rademacher σ = 3, α = .001", loud ]
              []
          theorem
              "N8-tile"
              "where it holds, ideal device"
              "L·E|g| ≤ 2 ⇒ the floor of pulses is at most R_TΔw_min"
              [ isUnit ]
              [ quiet; "L = 1, Δw_min = .01, two-point p = .2, σ = .3, α = .005", create 0.3 0.2 0.01 0.005 ]
              [ among unit compare [ "L = 4, Δw_min = .02, Rademacher σ = 3, α = .001", loud ] ] ]

    /// The claims of this file.
    let all: ITheorem list = exact @ [ numbers ] @ tiles
