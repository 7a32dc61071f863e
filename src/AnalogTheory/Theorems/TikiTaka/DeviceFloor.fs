namespace AnalogTheory

open System

/// Claim L6: the floor that a device with G(0) ≠ 0 gives to Tiki-Taka, and that subtracting P⋄ removes.
[<RequireQualifiedAccess>]
module DeviceFloor =

    let private asymmetry = 0.3
    let private deviation = 0.3
    let private minimizer = 0.6
    let private limit = pown (asymmetry * deviation) 2
    let private asymmetricName = "c = .3, not 0"
    let private names = [ TikiTakaRun.smallRateName; TikiTakaRun.transferName; asymmetricName ]

    let private plain beta = TikiTakaRun.create minimizer (Noise.rademacher deviation) beta 0.125

    let private biased c beta = { plain beta with Auxiliary = GenericLinear.create 1.0 c }

    // P of the generic linear device seen from its symmetric point: (1 − c²) times the linear step with τ_max = τ(1−c), τ_min = −τ(1+c).
    let private shifted c beta =
        { plain beta with
            Auxiliary = LinearStep.create (1.0 - c) -(1.0 + c)
            AuxiliaryRate = beta * (1.0 - c * c) }

    let private burnIn, private time = 2.0, 2.0

    // sign·(E‖∇f‖² − bound) ≥ 0; c is the asymmetry before any shift.
    let private compared sign c bound (run: TikiTakaRun) : ReplicaMargin =
        { Terms = [ sign, TikiTakaRun.averaged burnIn time run ]
          Constant = -sign * bound
          GradientRange = Some(TikiTakaRun.gradientRange run)
          AuxiliaryLimit = None
          Conditions = TikiTakaRun.conditions (burnIn + time) run @ [ asymmetricName, 1e-12 - abs (c - asymmetry) ] }

    let private atLeast share c beta = compared 1.0 c (share * limit) (biased c beta)
    let private atMost share c beta = compared -1.0 c (share * limit) (biased c beta)
    let private removed share c beta = compared -1.0 c (share * limit) (shifted c beta)

    let private instances =
        [ "β = .05: at least .7·c²(E|ε|)²", atLeast 0.7 asymmetry 0.05
          "β = .05, P⋄ subtracted: at most .5·c²(E|ε|)²", removed 0.5 asymmetry 0.05
          "β = .0125: at least .95·c²(E|ε|)²", atLeast 0.95 asymmetry 0.0125
          "β = .0125: at most 1.2·c²(E|ε|)²", atMost 1.2 asymmetry 0.0125
          "β = .0125, P⋄ subtracted: at most .05·c²(E|ε|)²", removed 0.05 asymmetry 0.0125 ]

    let private necessity =
        [ for beta in [ 0.05; 0.5; 1.0; 2.0; 4.0; 6.0; 7.0; 9.0 ] do
              for c in [ asymmetry; 0.0 ] do
                  invariant $"L = τ = 1, w* = 0.6, Rademacher σ = 0.3, c = {c}, β = {beta}, α = β/8: at least .7·.3²(E|ε|)²",
                  atLeast 0.7 c beta

                  invariant $"L = τ = 1, w* = 0.6, Rademacher σ = 0.3, c = {c}, β = {beta}, α = β/8, P⋄ subtracted: at most .5·.3²(E|ε|)²",
                  removed 0.5 c beta ]
        |> ReplicaMargin.necessity 1024 names

    // The stationary floor at three β, extrapolated in √β: W's own device adds E|P|·W/τ to the balance of P, and E|P| shrinks like √β.
    let private extrapolated (run: float -> TikiTakaRun) : Discretised =
        let at beta =
            TikiTakaRun.stationary 8 (TikiTakaRun.atoms (run beta)) (minimizer - asymmetry * deviation) (run beta)

        let values = [ 0.05; 0.0125; 0.003125 ] |> List.map at
        let weights = [ 1.0 / 3.0; -2.0; 8.0 / 3.0 ]

        { Value = List.map2 (fun weight (value: Discretised) -> weight * value.Value) weights values |> List.sum
          Error = List.map2 (fun weight (value: Discretised) -> abs weight * value.Error) weights values |> List.sum }

    let private toLimit c : (Comparison * float) list =
        let value = extrapolated (biased c)
        [ Comparison.equal 0.03 (value.Value / limit) 1.0, value.Error / limit ]

    /// L6.
    let all: ITheorem list =
        [ ReplicaMargin.theorem
              "L6"
              (Source.sequel "Figure 2")
              "device with c = .3"
              "generic linear P with c ≠ 0, Rademacher noise: Tiki-Taka's floor → c²(E|ε|)² as β → 0; subtracting P⋄ removes it"
              names
              instances
              necessity
          Theorem.pack
              { Id = "L6-limit"
                Source = Source.sequel "Figure 2"
                Variant = "device with c = .3, computed"
                Statement = "stationary E‖∇f‖²/(c²(E|ε|)²), extrapolated in √β from β = .05, .0125, .003125 to 0, is 1 ± .03"
                Hypotheses = [ Claim.hypothesis asymmetricName (fun c -> 1e-12 - abs (c - asymmetry)) ]
                Instances = [ "w* = .6, Rademacher σ = .3, α = β/8", asymmetry ]
                Evidence = ByDiscretisation toLimit
                Necessity = [ Search.among asymmetricName (toLimit >> List.head >> fst) [ "c = 0.2", 0.2 ] ] } ]
