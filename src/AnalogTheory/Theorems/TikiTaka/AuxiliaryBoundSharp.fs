namespace AnalogTheory

open System

/// <summary>Claim N5 on instances: Lemma 7 with 18, with 20/3, and how far below 20/3 no constant can go.</summary>
/// <remarks>AuxiliaryBoundAlgebra proves both for every noise; the instances here run the exact recursion of two-point noise.</remarks>
[<RequireQualifiedAccess>]
module AuxiliaryBoundSharp =

    /// <summary>L²τ⁴D/(c²σ²), the unit of the constants.</summary>
    /// <param name="run">The auxiliary array along a path of gradients.</param>
    let unit (run: BoundedAuxiliaryRun) : float = BoundedAuxiliary.bound run / 41.0

    /// <summary>The constant that a run needs: its largest E‖P_k‖² over L²τ⁴D/(c²σ²).</summary>
    /// <param name="run">The auxiliary array along a path of gradients.</param>
    let ratio (run: BoundedAuxiliaryRun) : float = BoundedAuxiliary.largest run / unit run

    let private atMost (constant: float) (run: BoundedAuxiliaryRun) : Comparison = Claim.atMost (2.0 * constant) (ratio run) constant

    let private theorem id variant constant words : ITheorem =
        BoundedAuxiliary.repaired
            id
            variant
            $"β ≤ min{{cτσ/(2(4L²τ²+σ²)), 2τ/(3cσ), L²τ³D/(3cσ³)}} ⇒ E‖P_k‖² ≤ {words}·L²τ⁴D/(c²σ²)"
            (atMost constant)

    // W fixed at the far end of the box, so small a gradient against the noise that the third limit on β binds.
    let private lower: ITheorem =
        let name = "β at its limit"
        let limit = BoundedAuxiliary.repairedRate 0.01 1.0 1.0 1 1.0
        let run share = BoundedAuxiliary.create 0.01 1.0 1 (share * limit) [ 0.02, 400000 ]

        let compare share = [ Comparison.atLeast (ratio (run share)) 4.16 ]

        Theorem.pack
            { Id = "N5-least"
              Source = Source.derived "N5"
              Variant = "no constant below 4.16"
              Statement =
                "L = .01, σ = τ = D = c = 1, W fixed with ∂f = 2Lτ: E P_k² passes 4.16·L²τ⁴D/(c²σ²); 4 + 1/6 in the limit L → 0, and 4 as β → 0"
              Hypotheses = [ Claim.hypothesis name (fun share -> 1e-9 - abs (share - 1.0)) ]
              Instances = [ "β at its limit, L²τ³D/(3cσ³)", 1.0 ]
              Evidence = ByComputation compare
              Necessity = [ Search.among name (compare >> List.head) [ "a tenth of it", 0.1 ] ] }

    /// <summary>What σ has to exceed for Theorem 4 with a constant of Lemma 7: √(33·constant)·Lτ√D/c.</summary>
    /// <param name="constant">The constant in the place of 41.</param>
    /// <param name="smoothness">L &gt; 0; loss/weight².</param>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="dimension">Number of coordinates D ≥ 1.</param>
    /// <param name="c">c with E|g + ε_d| ≥ cσ for every g, dimensionless.</param>
    let requiredDeviation (constant: float) (smoothness: float) (radius: float) (dimension: int) (c: float) : float =
        sqrt (33.0 * constant) * smoothness * radius * sqrt (float dimension) / c

    let private region: ITheorem =
        let name = "c = 1/√D"

        let compare (constant, quoted, dimension, c) =
            [ Comparison.equal 0.005 (requiredDeviation constant 1.0 1.0 dimension c / float dimension) quoted ]

        Theorem.pack
            { Id = "N5-region"
              Source = Source.derived "N5; v1 Theorem 4's 33P_max² < τ²"
              Variant = "numbers"
              Statement = "33P_max² < τ² with 41, 18 and 20/3: σ > 36.78, 24.37 and 14.83·LτD (c = 1/√D)"
              Hypotheses = [ Claim.hypothesis name (fun (_, _, dimension, c) -> 1e-12 - abs (c * sqrt (float dimension) - 1.0)) ]
              Instances = [ "41", (41.0, 36.78, 1, 1.0); "18", (18.0, 24.37, 4, 0.5); "20/3", (20.0 / 3.0, 14.83, 9, 1.0 / 3.0) ]
              Evidence = ByComputation compare
              Necessity = [ Search.among name (compare >> List.head) [ "18, D = 4, c = .4", (18.0, 24.37, 4, 0.4) ] ] }

    /// The claims of this file.
    let all: ITheorem list =
        [ theorem "N5-exact-18" "18 for 41" 18.0 "18"
          theorem "N5-exact-sharper" "20/3 for 41" (20.0 / 3.0) "(20/3)"
          lower
          region ]
