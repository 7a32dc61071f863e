namespace AnalogTheory

open System

/// Sums of products as if computed in twice the precision, with a bound on their error.
[<RequireQualifiedAccess>]
module CompensatedSum =

    let private unit = pown 0.5 53

    /// <summary>Σ aᵢbᵢ of the given doubles, and a number that its error does not exceed.</summary>
    /// <remarks>
    /// Ogita, Rump and Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 2005, algorithm 5.8 (Dot2Err), in terms of a fused
    /// multiply-add. The bound is rigorous for up to 2⁵⁰ terms; what was rounded on the way to aᵢ and bᵢ is not in it.
    /// </remarks>
    /// <exception cref="T:System.ArgumentException">Lengths differ.</exception>
    let dot (a: float[]) (b: float[]) : struct (float * float) =
        Require.length "b" a.Length b.Length
        let mutable sum = 0.0
        let mutable rest = 0.0
        let mutable magnitude = 0.0

        for i in 0 .. a.Length - 1 do
            let product = a[i] * b[i]
            let lost = Math.FusedMultiplyAdd(a[i], b[i], -product)
            // Knuth's two-sum: total + missing = sum + product exactly.
            let total = sum + product
            let virtualProduct = total - sum
            let missing = (sum - (total - virtualProduct)) + (product - virtualProduct)
            sum <- total
            rest <- rest + (missing + lost)
            magnitude <- magnitude + abs (missing + lost)

        let result = sum + rest
        let count = float a.Length * unit
        let gamma = count / (1.0 - 2.0 * count)
        // 3·2⁻¹⁰⁷⁴/u covers products that underflow.
        let bound = (unit * abs result + gamma * magnitude + float a.Length * 1.4e-307) / (1.0 - 2.0 * unit)
        struct (result, bound * (1.0 + 4.0 * unit))

    /// Σ aᵢ of the given doubles, and a number that its error does not exceed.
    let sum (a: float[]) : struct (float * float) = dot a (Array.create a.Length 1.0)
