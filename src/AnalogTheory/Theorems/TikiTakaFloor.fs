namespace AnalogTheory

open System

/// Claims T8, T9, L5 and L6: what Tiki-Taka leaves of the floor, from time averages over independent replicas.
[<RequireQualifiedAccess>]
module TikiTakaFloor =

    let private smallRateName = "T3: β|g_d| ≤ τ surely"
    let private transferName = "D2: α|P_d| ≤ τ surely"
    let private auxiliaryName = "33·P_max² < τ², that is σ > √(33·41)·Lτ√D/c"

    // Tiki-Taka on (L/2)(w − w*)² with D = 1 and L = τ = 1, averaged after a burn-in; both in units of 1/α.
    let private run minimizer noise auxiliary beta ratio burnIn steps : AveragedRun =
        let alpha = ratio * beta

        { Problem = Quadratic.isotropic 1 1.0 minimizer
          Noise = noise
          Rule = Rule.pack (TikiTaka.createWith alpha beta auxiliary (AsymmetricLinear.create 1.0))
          Start = Weights.ofArray [| minimizer |]
          BurnIn = int64 (burnIn / alpha)
          Steps = int64 (steps / alpha) }

    let private plain = AsymmetricLinear.create 1.0

    // T9 -----------------------------------------------------------------------------------------------------------------------------

    let private standard noise beta = run 0.6 noise plain beta 0.125 10.0 20.0

    let private asked terms constant limit : ReplicaMargin =
        { Terms = terms
          Constant = constant
          GradientRange = None
          AuxiliaryLimit = limit
          Conditions = [] }

    let private gaussian = Noise.gaussian 0.3

    // ‖∇f‖²/β against a value of the table, from above and from below.
    let private tabulated beta expected =
        let allowance = 0.0006

        [ $"β = {beta}: at most {expected} + {allowance}", asked [ -1.0 / beta, standard gaussian beta ] (expected + allowance) (Some 1.0)
          $"β = {beta}: at least {expected} − {allowance}", asked [ 1.0 / beta, standard gaussian beta ] (allowance - expected) (Some 1.0) ]

    // Exponent between two β within 1 ± .15: E(β₁) ≤ (β₁/β₂)^.85·E(β₂) and ≥ (β₁/β₂)^1.15·E(β₂), β₁ < β₂.
    let private slope noise name small large =
        let at exponent = Math.Pow(small / large, exponent)

        [ $"{name}: exponent between β = {small} and {large} at least .85",
          asked [ at 0.85, standard noise large; -1.0, standard noise small ] 0.0 (Some 1.0)
          $"{name}: exponent between β = {small} and {large} at most 1.15",
          asked [ 1.0, standard noise small; -(at 1.15), standard noise large ] 0.0 (Some 1.0) ]

    // A theorem whose hypotheses stand in the margin itself.
    let private theorem id source variant statement hypotheses instances necessity : ITheorem =
        Theorem.pack
            { Id = id
              Source = source
              Variant = variant
              Statement = statement
              Hypotheses = ReplicaMargin.hypotheses hypotheses
              Instances = instances
              Evidence = BySampling ReplicaMargin.sampler
              Necessity = necessity }

    // L5 -----------------------------------------------------------------------------------------------------------------------------

    let private lowerBound = LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.5

    let private onLowerBound rule steps : AveragedRun =
        { Problem = LowerBoundInstance.problem lowerBound
          Noise = LowerBoundInstance.noise lowerBound
          Rule = rule
          Start = Weights.ofArray [| lowerBound.Minimizer |]
          BurnIn = steps
          Steps = 2L * steps }

    let private lowerBoundInstances =
        let digital alpha = onLowerBound (Rule.pack (DigitalSgd.create alpha)) (int64 (10.0 / alpha))
        let tikiTaka beta = onLowerBound (Rule.pack (TikiTaka.create (0.125 * beta) beta plain)) (int64 (80.0 / beta))

        [ for rate in [ 0.04; 0.01; 0.0025 ] do
              // Digital SGD's stationary value is αLσ²/(2 − αL).
              $"Digital SGD, α = {rate}: at most .6·ασ²L", asked [ -1.0, digital rate ] (0.6 * rate * 0.09) None
              $"Tiki-Taka, β = {rate}: at most 5 %% of the floor σ²r²/(1−r²) plus .03·β",
              asked [ -1.0, tikiTaka rate ] (0.05 * lowerBound.Floor + 0.03 * rate) None
          "Tiki-Taka: exponent between β = .0025 and .04 at least .85",
          asked [ Math.Pow(1.0 / 16.0, 0.85), tikiTaka 0.04; -1.0, tikiTaka 0.0025 ] 0.0 None ]

    // L6 -----------------------------------------------------------------------------------------------------------------------------

    let private asymmetry = 0.3
    let private deviation = 0.3
    let private biasedFloor = pown (asymmetry * deviation) 2

    // P of the generic linear device seen from its symmetric point: (1 − c²) times the linear step with τ_max = τ(1−c), τ_min = −τ(1+c).
    let private shifted beta : AveragedRun =
        let device = LinearStep.create (1.0 - asymmetry) -(1.0 + asymmetry)
        let scaled = beta * (1.0 - asymmetry * asymmetry)

        { run 0.6 (Noise.rademacher deviation) device beta 0.125 10.0 20.0 with
            Rule = Rule.pack (TikiTaka.createWith (0.125 * beta) scaled device plain) }

    let private biased beta = run 0.6 (Noise.rademacher deviation) (GenericLinear.create 1.0 asymmetry) beta 0.125 10.0 20.0

    // Rademacher noise is bounded, so P and W stay in their ranges and ‖∇f‖² in [0, 1.6²].
    let private bounded beta terms constant : ReplicaMargin =
        let largestGradient = 1.6 + deviation

        { asked terms constant None with
            GradientRange = Some(ReplicaMargin.quadraticRange 1.0 0.6 1.0)
            Conditions =
              [ smallRateName, 1.0 - beta * (1.0 + asymmetry) * largestGradient
                transferName, 1.0 - 0.125 * beta * (1.0 + asymmetry) ] }

    let private deviceInstances =
        // Tighter comparisons would take the distribution-free interval too many replicas; they are asymptotic.
        let asymptotic beta terms constant = { bounded beta terms constant with GradientRange = None }

        [ "β = .05: at least .7·c²(E|ε|)²", bounded 0.05 [ 1.0, biased 0.05 ] (-0.7 * biasedFloor)
          "β = .05, P⋄ subtracted: at most .5·c²(E|ε|)²", bounded 0.05 [ -1.0, shifted 0.05 ] (0.5 * biasedFloor)
          "β = .0125: at least .95·c²(E|ε|)²", asymptotic 0.0125 [ 1.0, biased 0.0125 ] (-0.95 * biasedFloor)
          "β = .0125: at most 1.2·c²(E|ε|)²", asymptotic 0.0125 [ -1.0, biased 0.0125 ] (1.2 * biasedFloor)
          "β = .0125, P⋄ subtracted: at most .05·c²(E|ε|)²", asymptotic 0.0125 [ -1.0, shifted 0.0125 ] (0.05 * biasedFloor) ]

    // T8 -----------------------------------------------------------------------------------------------------------------------------

    /// What σ has to exceed for Theorem 4 to say anything: √(33·41)·Lτ√D/c, E|g + ε_d| ≥ cσ; 36.78·LτD for c = 1/√D.
    let requiredDeviation (smoothness: float) (radius: float) (dimension: int) (c: float) : float =
        sqrt (33.0 * 41.0) * smoothness * radius * sqrt (float dimension) / c

    // L = τ = 1, D = 1, Rademacher noise (c = 1): α falls like 1/√K, β = 8αLτ²D/σ².
    let private rate sigma steps : AveragedRun =
        let alpha = 0.5 / sqrt (float steps)

        { Problem = Quadratic.isotropic 1 1.0 0.6
          Noise = Noise.rademacher sigma
          Rule = Rule.pack (TikiTaka.create alpha (8.0 * alpha / (sigma * sigma)) plain)
          Start = Weights.ofArray [| 0.0 |]
          BurnIn = 0L
          Steps = int64 steps }

    let private rateInstance sigma steps : ReplicaMargin =
        let largestGradient = 1.6 + sigma

        let conditions steps =
            let alpha = 0.5 / sqrt (float steps)
            let beta = 8.0 * alpha / (sigma * sigma)
            1.0 - beta * largestGradient, 1.0 - alpha, sigma / 6.0 - alpha, pown sigma 4 / (64.0 * alpha) - beta

        let p, w, a, b = conditions steps

        { Terms = [ Math.Pow(0.25, 0.35), rate sigma steps; -1.0, rate sigma (4 * steps) ]
          Constant = 0.0
          // ‖∇f‖² ≤ 1.6² surely, but that range would take too many replicas: the interval is asymptotic.
          GradientRange = None
          AuxiliaryLimit = None
          Conditions =
            [ smallRateName, p
              transferName, w
              "α ≤ σ/(6Lτ√D)", a
              "β ≤ c²σ⁴/(64αLτ⁴D)", b
              auxiliaryName, sigma - requiredDeviation 1.0 1.0 1 1.0 ] }

    let private rateHypotheses = [ smallRateName; transferName; "α ≤ σ/(6Lτ√D)"; "β ≤ c²σ⁴/(64αLτ⁴D)"; auxiliaryName ]

    // The same slope outside the region of Theorem 4, or with rates beyond their limits.
    let private rateNecessity =
        [ for name in rateHypotheses ->
              Search.among
                  name
                  (ReplicaMargin.measured 512)
                  [ for sigma, steps in [ 20.0, 4096; 3.0, 1024; 1.0, 1024; 0.3, 1024; 40.0, 64 ] do
                        let setting = rateInstance sigma steps

                        if setting.Conditions |> List.forall (fun (known, margin) -> (margin >= 0.0) = (known <> name)) then
                            $"L = τ = D = 1, w* = 0.6, Rademacher σ = {sigma}, K = {steps} and {4 * steps}, α = .5/√K, β = 8α/σ²", setting ] ]

    /// The claims of this file.
    let all: ITheorem list =
        [ theorem
              "L5"
              (Source.derived "L5")
              "asymptotic interval"
              "lower bound's instance r = .5: Digital SGD and Tiki-Taka leave no floor; E‖∇f‖² falls with α or β"
              []
              lowerBoundInstances
              []
          theorem
              "L6"
              (Source.sequel "Figure 2")
              "device with c = .3"
              "generic linear P with c ≠ 0, Rademacher noise: Tiki-Taka's floor → c²(E|ε|)² as β → 0; subtracting P⋄ removes it"
              [ smallRateName; transferName ]
              deviceInstances
              []
          theorem
              "T8"
              (Source.paper "Theorem 4")
              "slope only"
              "33·P_max² < τ² ⇒ avg E‖∇f‖² falls at least like K^(−1/2 + .15), α ∝ 1/√K, β = 8αLτ²D/σ²"
              rateHypotheses
              [ "D = 1, Rademacher σ = 40, K = 2¹⁷ and 2¹⁹", rateInstance 40.0 131072
                "problem of T9 with σ = .3: vacuous", rateInstance 0.3 4096
                "σ = 30: vacuous", rateInstance 30.0 4096 ]
              rateNecessity
          theorem
              "T9-proportional"
              (Source.derived "T9")
              "asymptotic interval"
              "α = β/8: stationary E‖∇f‖² ∝ β, exponent 1 ± .15 (L = τ = 1, w* = .6, σ = .3)"
              []
              (slope gaussian "Gaussian" 0.0125 0.2 @ slope (Noise.rademacher 0.3) "Rademacher" 0.0125 0.2)
              []
          theorem
              "T9-table"
              (Source.derived "T9")
              "numbers, asymptotic interval"
              "E‖∇f‖²/β = .0194, .0197, .0208, .02145 at β = .8, .2, .05, .0125 within .0006 (Gaussian σ = .3, α = β/8)"
              []
              ([ 0.8, 0.0194; 0.2, 0.0197; 0.05, 0.0208; 0.0125, 0.02145 ] |> List.collect (fun (beta, value) -> tabulated beta value))
              [] ]
