namespace AnalogTheory

open System
open AnalogTheory.Kernels.Noises

/// <summary>ε of one coordinate from its raw numbers and its weight; must be a pure function.</summary>
/// <param name="raw">Raw numbers, as many as the noise asked for.</param>
/// <param name="w">Weight.</param>
type NoiseSample = delegate of raw: ReadOnlySpan<float> * w: float -> float

/// <summary>Noises that a user supplies: as a function of raw random numbers and weights, or as the values that ε takes.</summary>
/// <remarks>
/// The functions are called once per replica and step, from several threads, so they must be pure; then a noise has the same bits for every lane
/// width and number of threads. The theory assumes E ε = 0 in every state (A3′). A noise of atoms is held to it exactly: its mean is computed, and a
/// claim about a biased one is vacuous. A sampled noise has the moments that its user vouches for; without them they are unknown, which no
/// hypothesis passes.
/// </remarks>
[<RequireQualifiedAccess>]
module UserDefinedNoise =

    // Far above the rounding of some thousand terms, far below a bias that anybody would notice.
    let private tolerance = 1e-12

    // An expectation over atoms, in their order.
    let private expect (f: Atom -> float) (atoms: Atom[]) = atoms |> Array.sumBy (fun atom -> atom.Probability * f atom)

    let private checkProbabilities (probabilities: float[]) =
        Require.nonEmpty "support" probabilities.Length
        probabilities |> Array.iter (Require.nonNegative "probability")
        Require.within "sum of probabilities" (1.0 - tolerance) (1.0 + tolerance) (Array.sum probabilities)

    let private checkAtoms (atoms: Atom[]) =
        checkProbabilities (atoms |> Array.map _.Probability)
        atoms |> Array.iter (fun atom -> Require.finite "value" atom.Value)
        atoms

    let private requireCentred (at: string) (mean: float) (size: float) =
        if not (abs mean <= tolerance * size) then
            raise (ArgumentException($"Expected a support with E ε = 0 at w = {at}, got E ε = {string mean}.", "support"))

    /// <summary>The whole vector from raw numbers and weights.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="raw">Uniforms in (0, 1), or standard normals.</param>
    /// <param name="perStep">Raw numbers that a step gets once, at least 0; they come first.</param>
    /// <param name="perCoordinate">Raw numbers that every coordinate gets, at least 0; one raw number at least in all.</param>
    /// <param name="moments">Moments of coordinate d at weights W, which the caller vouches for; `fun _ _ -> Moments.unknown` vouches for nothing.</param>
    /// <param name="sample">ε.</param>
    /// <exception cref="T:System.ArgumentException">No raw numbers are asked for.</exception>
    let ofVector
        (name: string)
        (raw: RawKind)
        (perStep: int)
        (perCoordinate: int)
        (moments: Weights -> int -> Moments)
        (sample: NoiseFunction)
        : Noise =
        { Name = name
          Parameters = []
          Structure = if perStep > 0 then Joint else Independent
          DependsOnState = true
          Moments = moments
          JointSupport = fun _ -> None
          LargestNoise = infinity
          Model = SuppliedNoise(raw, perStep, perCoordinate, sample) }

    /// <summary>Independent coordinates, each from raw numbers of its own and its weight.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="raw">Uniforms in (0, 1), or standard normals.</param>
    /// <param name="count">Raw numbers a coordinate, at least 1.</param>
    /// <param name="moments">Moments at a weight, which the caller vouches for; `fun _ -> Moments.unknown` vouches for nothing.</param>
    /// <param name="sample">ε of a coordinate.</param>
    /// <exception cref="T:System.ArgumentException">No raw numbers are asked for.</exception>
    let create (name: string) (raw: RawKind) (count: int) (moments: float -> Moments) (sample: NoiseSample) : Noise =
        Require.atLeast "count" 1L (int64 count)

        ofVector
            name
            raw
            0
            count
            (fun w d -> moments w[d])
            (NoiseFunction(fun raw w noise ->
                for d in 0 .. w.Length - 1 do
                    noise[d] <- sample.Invoke(raw.Slice(d * count, count), w[d])))

    /// <summary>One draw for all coordinates, as in ε = ξ·1: every coordinate sees the same raw numbers and its own weight.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="raw">Uniforms in (0, 1), or standard normals.</param>
    /// <param name="count">Raw numbers a step, at least 1.</param>
    /// <param name="moments">Moments at a weight, which the caller vouches for.</param>
    /// <param name="sample">ε of a coordinate.</param>
    /// <exception cref="T:System.ArgumentException">No raw numbers are asked for.</exception>
    let shared (name: string) (raw: RawKind) (count: int) (moments: float -> Moments) (sample: NoiseSample) : Noise =
        Require.atLeast "count" 1L (int64 count)

        { ofVector
              name
              raw
              count
              0
              (fun w d -> moments w[d])
              (NoiseFunction(fun raw w noise ->
                  for d in 0 .. w.Length - 1 do
                      noise[d] <- sample.Invoke(raw, w[d]))) with
            Structure = Shared }

    let private ofCoordinates name structure (centredAt: float list) (support: float -> Atom[]) joint sample : Noise =
        let support w = checkAtoms (support w)

        for w in centredAt do
            let atoms = support w
            requireCentred (string w) (expect _.Value atoms) (expect (fun atom -> abs atom.Value) atoms)

        let at (w: Weights) d = Moments.ofSupport (support w[d])
        let perStep, perCoordinate = if structure = Shared then 1, 0 else 0, 1

        { ofVector name RawKind.Uniform perStep perCoordinate at (sample support) with
            Structure = structure
            JointSupport = joint support at }

    /// <summary>Independent coordinates that take finitely many values, with probabilities that may depend on the weight; all moments are exact.</summary>
    /// <remarks>A value comes from a 32-bit uniform, so the probability realised differs from the one given by at most 2⁻³².</remarks>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="centredAt">Weights at which E ε = 0 is checked now.</param>
    /// <param name="support">The values at a weight, loss/weight, with their probabilities.</param>
    /// <exception cref="T:System.ArgumentException">
    /// At a weight of centredAt, E ε is not 0. There or later: no atoms, a value that is not finite, a negative probability, or a sum away from 1 by
    /// more than 10⁻¹².
    /// </exception>
    let ofSupport (name: string) (centredAt: float list) (support: float -> Atom[]) : Noise =
        ofCoordinates name Independent centredAt support (fun _ at w -> Noise.product (at w) w.Length) (fun support ->
            NoiseFunction(fun raw w noise ->
                for d in 0 .. w.Length - 1 do
                    noise[d] <- Noise.pick raw[d] (support w[d])))

    /// <summary>Independent coordinates that take the same finitely many values at every weight: the bound of |ε_d| is known, and with it the ranges of margins.</summary>
    /// <remarks>As `ofSupport`; E ε is computed, and a claim about a biased noise is vacuous.</remarks>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="atoms">The values, loss/weight, with their probabilities.</param>
    /// <exception cref="T:System.ArgumentException">
    /// No atoms, a value that is not finite, a negative probability, or a sum away from 1 by more than 10⁻¹².
    /// </exception>
    let ofAtoms (name: string) (atoms: Atom[]) : Noise =
        let atoms = checkAtoms (Array.copy atoms)
        let moments = Moments.ofSupport atoms

        { ofSupport name [] (fun _ -> atoms) with
            DependsOnState = false
            Moments = fun _ _ -> moments
            LargestNoise = moments.Bound }

    /// <summary>The noise with a bound that its user vouches for: |ε_d| ≤ bound at every weight.</summary>
    /// <remarks>
    /// Ranges of weights and margins are derived from it, so that verdicts need not be asymptotic; every draw on a watched path is compared with it,
    /// and every margin against its range.
    /// </remarks>
    /// <param name="bound">Largest |ε_d|, at least 0; loss/weight; ∞ for none.</param>
    /// <param name="noise">A noise.</param>
    /// <exception cref="T:System.ArgumentException">The bound is below 0 or NaN.</exception>
    let boundedBy (bound: float) (noise: Noise) : Noise =
        Require.within "bound" 0.0 infinity bound
        { noise with LargestNoise = bound }

    /// <summary>The same with one uniform for all coordinates, as in the lower bound's noise.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="centredAt">Weights at which E ε = 0 is checked now.</param>
    /// <param name="support">The values at a weight, in the order in which the uniform picks them, with their probabilities.</param>
    /// <exception cref="T:System.ArgumentException">As `ofSupport`.</exception>
    let ofSharedSupport (name: string) (centredAt: float list) (support: float -> Atom[]) : Noise =
        ofCoordinates name Shared centredAt support (fun support _ w -> Some(Noise.common (fun d -> support w[d]) w.Length)) (fun support ->
            NoiseFunction(fun raw w noise ->
                for d in 0 .. w.Length - 1 do
                    noise[d] <- Noise.pick raw[0] (support w[d])))

    /// <summary>A vector that takes finitely many values, with probabilities that may depend on all weights; all moments are exact.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="centredAt">Weights at which E ε = 0 is checked now.</param>
    /// <param name="support">Probabilities and values of ε at W; the values have the length of W.</param>
    /// <exception cref="T:System.ArgumentException">As `ofSupport`; or a value of another length than W.</exception>
    let ofJointSupport (name: string) (centredAt: Weights list) (support: Weights -> struct (float * Weights)[]) : Noise =
        let support (w: Weights) =
            let atoms = support w
            checkProbabilities (atoms |> Array.map (fun struct (probability, _) -> probability))

            for struct (_, value) in atoms do
                Require.length "value" w.Length value.Length
                Require.allFinite "value" value.Span

            atoms

        let marginal w d =
            support w |> Array.map (fun struct (probability, value) -> { Value = value[d]; Probability = probability })

        for w in centredAt do
            for d in 0 .. w.Length - 1 do
                let atoms = marginal w d
                requireCentred (string w) (expect _.Value atoms) (expect (fun atom -> abs atom.Value) atoms)

        let sample =
            NoiseFunction(fun raw w noise ->
                let atoms = support (Weights.ofArray (w.ToArray()))
                // The index of an atom, picked as a coordinate's value is.
                let indices = atoms |> Array.mapi (fun i (struct (probability, _)) -> { Value = float i; Probability = probability })
                let struct (_, value) = atoms[int (Noise.pick raw[0] indices)]
                value.Span.CopyTo noise)

        { ofVector name RawKind.Uniform 1 0 (fun w d -> Moments.ofSupport (marginal w d)) sample with
            JointSupport = fun w -> Some(support w) }
