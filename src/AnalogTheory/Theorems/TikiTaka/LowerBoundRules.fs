namespace AnalogTheory

open System

/// Claim L5: what Digital SGD and Tiki-Taka make of the lower bound's instance, on which Analog SGD keeps its floor.
[<RequireQualifiedAccess>]
module LowerBoundRules =

    let private instance = LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.5
    let private noise = LowerBoundInstance.noise instance

    // Digital SGD --------------------------------------------------------------------------------------------------------------------

    // E‖∇f‖² after K steps from w*: noise of mean 0 and variance σ² in every state gives the same recursion whatever it depends on.
    let private digitalAfter rate steps =
        let keep, gain = pown (1.0 - rate) 2, pown (rate * instance.Deviation) 2
        Seq.fold (fun second _ -> keep * second + gain) 0.0 (seq { 1..steps })

    let private digitalStationary rate = rate * instance.Deviation * instance.Deviation / (2.0 - rate)

    // The recursion against every noise path of the engine, and its limit.
    let private digital rate : Comparison list =
        let chain = LowerBoundInstance.chain (DigitalSgd.create rate) instance.Minimizer instance
        let steps = 10
        let gradient (w: Weights) = [| Weights.normSquared (chain.Problem.Gradient w) |]
        let enumerated = FinitePaths.expectFrom steps chain chain.Start () (fun () _ -> ()) (fun () w -> gradient w)

        [ Claim.equal 1.0 enumerated[0] (digitalAfter rate steps)
          Claim.equal 1.0 (digitalAfter rate (int (20.0 / rate))) (digitalStationary rate) ]

    // Tiki-Taka ----------------------------------------------------------------------------------------------------------------------

    let private symmetricName = "P's symmetric point is 0"
    let private names = [ TikiTakaRun.smallRateName; TikiTakaRun.transferName; symmetricName ]
    let private ratio = 0.125

    let private tikiTaka asymmetry beta : TikiTakaRun =
        let run = TikiTakaRun.create instance.Minimizer noise beta ratio
        if asymmetry = 0.0 then run else { run with Auxiliary = GenericLinear.create 1.0 asymmetry }

    // P and W stay in their ranges for the time of a run, so that ‖∇f‖² has a range; longer runs would let W come close to τ, where the noise grows.
    let private burnIn, private time = 1.0, 2.0

    let private margin (terms: (float * TikiTakaRun) list) constant : ReplicaMargin =
        let worst =
            terms
            |> List.map (snd >> TikiTakaRun.conditions (burnIn + time))
            |> List.reduce (List.map2 (fun (name, a: float) (_, b) -> name, Math.Min(a, b)))

        { Terms = terms |> List.map (fun (coefficient, run) -> coefficient, TikiTakaRun.averaged burnIn time run)
          Constant = constant
          GradientRange = Some(TikiTakaRun.gradientRange (snd terms.Head))
          AuxiliaryLimit = None
          Conditions = worst @ [ symmetricName, -(abs ((snd terms.Head).Auxiliary.Asymmetric 0.0)) ] }

    let private atMost asymmetry beta = margin [ -1.0, tikiTaka asymmetry beta ] (0.05 * instance.Floor + 0.03 * beta)

    let private instances =
        [ for beta in [ 0.04; 0.01; 0.0025 ] do
              invariant $"β = {beta}: at most 5 " + "% of the floor σ²r²/(1−r²) plus .03·β", atMost 0.0 beta
          "exponent between β = .02 and .16 at least .85", margin [ Math.Pow(0.125, 0.85), tikiTaka 0.0 0.16; -1.0, tikiTaka 0.0 0.02 ] 0.0 ]

    let private necessity =
        [ for beta in [ 0.04; 0.3; 0.5; 1.0; 2.0; 4.0; 7.0; 9.0; 16.0 ] do
              for asymmetry in [ 0.0; 0.3 ] ->
                  invariant $"r = 0.5, c = {asymmetry}, β = {beta}, α = β/8: at most 5 " + "% of the floor plus .03·β",
                  atMost asymmetry beta ]
        |> ReplicaMargin.necessity 1024 names

    // The exponent over a wider range of β than replicas can tell.
    let private computedExponent (small: TikiTakaRun, large: TikiTakaRun) =
        let at (run: TikiTakaRun) = TikiTakaRun.stationary 10 (TikiTakaRun.atoms run) run.Minimizer run
        let low, high = at small, at large
        let factor = Math.Pow(small.AuxiliaryRate / large.AuxiliaryRate, 0.85)
        [ Comparison.atMost low.Value (factor * high.Value), low.Error + factor * high.Error ]

    /// L5.
    let all: ITheorem list =
        [ Theorem.pack
              { Id = "L5-digital"
                Source = Source.derived "L5"
                Variant = "Digital SGD"
                Statement = "lower bound's instance r = .5, Digital SGD: E‖∇f‖² → αLσ²/(2 − αL), hence → 0 with α"
                Hypotheses = [ Claim.hypothesis "α < 2/L" (fun rate -> Math.BitDecrement 2.0 - rate) ]
                Instances = [ for rate in [ 0.1; 0.01; 0.001 ] -> invariant $"α = {rate}", rate ]
                Evidence = ByComputation digital
                Necessity =
                  [ Search.among
                        "α < 2/L"
                        (fun rate -> Claim.equal 1.0 (digitalAfter rate 100) (digitalStationary rate))
                        [ for rate in [ 2.5; 3.0 ] -> invariant $"L = τ = 1, σ = 0.3, r = 0.5, α = {rate}, 100 steps of the recursion", rate ] ] }
          ReplicaMargin.theorem
              "L5"
              (Source.derived "L5")
              "Tiki-Taka"
              "lower bound's instance r = .5, Tiki-Taka with α = β/8 leaves no floor: E‖∇f‖² falls with β"
              names
              instances
              necessity
          Theorem.pack
              { Id = "L5-exponent"
                Source = Source.derived "L5"
                Variant = "Tiki-Taka, computed"
                Statement = "lower bound's instance r = .5, α = β/8: stationary E‖∇f‖² falls at least like β^.85 between β = .04 and .0025"
                Hypotheses = [ Claim.hypothesis symmetricName (fun (small: TikiTakaRun, _) -> -(abs (small.Auxiliary.Asymmetric 0.0))) ]
                Instances = [ "β = .0025 and .04", (tikiTaka 0.0 0.0025, tikiTaka 0.0 0.04) ]
                Evidence = ByDiscretisation computedExponent
                Necessity =
                  [ Search.among
                        symmetricName
                        (computedExponent >> List.head >> fst)
                        [ "c = 0.1, β = .0025 and .04", (tikiTaka 0.1 0.0025, tikiTaka 0.1 0.04) ] ] } ]
