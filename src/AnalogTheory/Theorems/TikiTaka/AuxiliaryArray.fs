namespace AnalogTheory

open System

/// Tiki-Taka's auxiliary array while W stays fixed, one coordinate.
[<NoEquality; NoComparison>]
type AuxiliaryRun =
    {
        /// Device of P.
        Device: Device
        /// τ of the claim.
        Radius: float
        /// β.
        LearningRate: float
        /// ∂f at the fixed W.
        Gradient: float
        /// ε, finite support.
        Noise: Noise
    }

/// Claim T4: first and second moments of the auxiliary array, exactly.
[<RequireQualifiedAccess>]
module AuxiliaryArray =

    // α so small that W does not move by one bit: W is fixed, and P runs through Tiki-Taka's own kernel.
    let private frozen = 1e-300

    let private chain (run: AuxiliaryRun) =
        let problem = Quadratic.isotropic 1 1.0 (0.5 - run.Gradient)
        let rule = TikiTaka.createWith frozen run.LearningRate run.Device run.Device
        Chain.create problem run.Noise rule (Weights.ofArray [| 0.5 |])

    let private moments run =
        let fixedWeights = Weights.ofArray [| 0.5 |]
        // The gradient as the engine sees it.
        let gradient = (chain run).Problem.Gradient fixedWeights
        AuxiliaryMoments.gradient (run.Noise.Moments fixedWeights 0) gradient[0]

    let private after steps run p =
        FinitePaths.expectFrom
            steps
            (chain run)
            { Main = Weights.ofArray [| 0.5 |]; Auxiliary = Weights.ofArray [| p |] }
            ()
            (fun () _ -> ())
            (fun () state -> [| state.Auxiliary[0]; state.Auxiliary[0] * state.Auxiliary[0] |])

    /// Moments after one step from a law on {m − d, m + d} with equal weights, through the engine.
    let private afterStep run (law: AuxiliaryMoments) =
        let spread = sqrt (max 0.0 law.Variance)
        let low, high = after 1 run (law.Mean - spread), after 1 run (law.Mean + spread)
        { Mean = 0.5 * (low[0] + high[0]); SecondMoment = 0.5 * (low[1] + high[1]) }: AuxiliaryMoments

    /// <summary>Eight steps from P₀ = 0 by enumeration against the recursion, and the stationary law against one step of the engine.</summary>
    /// <param name="run">The auxiliary array under a constant gradient.</param>
    let tracking (run: AuxiliaryRun) : Comparison list =
        let g = moments run
        let next = AuxiliaryMoments.next run.Radius run.LearningRate g
        let recursion = Seq.fold (fun law _ -> next law) AuxiliaryMoments.zero (seq { 1..8 })
        let enumerated = after 8 run 0.0
        let size (law: AuxiliaryMoments) = 1.0 + abs law.Mean + abs law.SecondMoment

        [ Claim.equal (size recursion) enumerated[0] recursion.Mean
          Claim.equal (size recursion) enumerated[1] recursion.SecondMoment
          match AuxiliaryMoments.tryStationary run.Radius run.LearningRate g with
          | None -> ()
          | Some law ->
              let kept = afterStep run law
              let scale = 10.0 * size law
              Claim.equal scale law.Mean (run.Radius * g.Mean / g.MeanAbsolute)
              Claim.equal scale kept.Mean law.Mean
              Claim.equal scale kept.SecondMoment law.SecondMoment

              if run.Gradient = 0.0 && g.Mean = 0.0 then
                  let beta, tau = run.LearningRate, run.Radius
                  let expected = beta * tau * g.SecondMoment / (2.0 * g.MeanAbsolute - beta * g.SecondMoment / tau)
                  Claim.equal scale law.Variance expected ]

    let private contractionName = "βE g² < 2τE|g|"
    let private deviceName = "asymmetric linear device, w⋄ = 0"

    let private hypotheses =
        [ Claim.hypothesis contractionName (fun run ->
              let g = moments run
              Math.BitDecrement(2.0 * run.Radius * g.MeanAbsolute) - run.LearningRate * g.SecondMoment)
          Claim.hypothesis deviceName (fun run -> 1e-14 - Claim.distanceFromLinear run.Radius run.Device [ -0.5; 0.25 ]) ]

    let private create beta gradient noise =
        { Device = AsymmetricLinear.create 1.0
          Radius = 1.0
          LearningRate = beta
          Gradient = gradient
          Noise = noise }

    // E P² after many steps stays with the stationary value, from P₀ = 0.
    let private settles (run: AuxiliaryRun) =
        let g = moments run

        let law =
            Seq.fold (fun law _ -> AuxiliaryMoments.next run.Radius run.LearningRate g law) AuxiliaryMoments.zero (seq { 1..2000 })

        match AuxiliaryMoments.tryStationary run.Radius run.LearningRate g with
        | Some stationary -> Claim.equal (1e6 * abs stationary.SecondMoment) law.SecondMoment stationary.SecondMoment
        // At or beyond the limit there is no finite value to stay with: the recursion passes every bound.
        | None -> Comparison.atMost law.SecondMoment (100.0 * run.Radius * run.Radius)

    let private necessity =
        [ Search.among
              contractionName
              settles
              [ for beta in [ 2.0; 2.1; 2.5; 3.0; 4.0 ] ->
                    invariant $"τ = 1, ∂f = 0, Rademacher s = 1, β = {beta}", create beta 0.0 (Noise.rademacher 1.0) ]
          { Hypothesis = deviceName
            Search =
              fun key ->
                  Search.violation
                      Search.draws
                      hypotheses
                      deviceName
                      [ Search.free "β" 0.01 1.0
                        Search.free "∂f" -0.5 0.5
                        Search.free "s" 0.1 1.0
                        Search.freed deviceName "c" -0.9 0.9 0.0 ]
                      (fun point ->
                          { create point[0] point[1] (Noise.rademacher point[2]) with
                              Device = GenericLinear.create 1.0 point[3] })
                      (tracking >> Claim.worst)
                      key } ]

    /// T4.
    let trackingAtFixedWeights: ITheorem =
        Theorem.pack
            { Id = "T4"
              Source = Source.derived "T4; v1 Lemma 5 tracks the proxy (τ√D/σ)∇f"
              Variant = "exact"
              Statement = "W fixed: E P → τ∇f/E|g|, E P² by its linear recursion; at a critical point Var P = βτE ε²/(2E|ε| − βE ε²/τ)"
              Hypotheses = hypotheses |> List.map Claim.onAll
              Instances =
                [ "critical point, Rademacher s = .3", [ for beta in [ 0.01; 0.2; 1.0; 5.0 ] -> create beta 0.0 (Noise.rademacher 0.3) ]
                  "∂f = .1, Rademacher s = .3", [ for beta in [ 0.01; 0.5; 2.0 ] -> create beta 0.1 (Noise.rademacher 0.3) ]
                  "∂f = −.5, Rademacher s = .3: the noise never turns the sign", [ create 0.5 -0.5 (Noise.rademacher 0.3) ]
                  "∂f = .05, two-point p = .1, s = .2", [ for beta in [ 0.05; 1.0 ] -> create beta 0.05 (Noise.twoPoint 0.2 0.1) ] ]
              Evidence = ByComputation(List.collect tracking)
              Necessity = necessity }

    /// The claims of this file.
    let all: ITheorem list = [ trackingAtFixedWeights ]
