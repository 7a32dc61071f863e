namespace AnalogTheory

open System
open System.Globalization
open AnalogTheory.Kernels.Sampling

/// A number that a search may choose.
type Parameter =
    {
        /// Symbol, as the violation prints it.
        Name: string
        /// Smallest value.
        Lower: float
        /// Largest value.
        Upper: float
        /// Value while the parameter is not free.
        Default: float
        /// Hypothesis whose omission frees the parameter; None if it is always free.
        FreedBy: string option
    }

/// <summary>Searches for violations of a claim of which one hypothesis was dropped.</summary>
/// <remarks>Random draws under the key until one violates; then every number is replaced by a simpler one as long as the violation stays.</remarks>
[<RequireQualifiedAccess>]
module Search =

    /// <summary>A parameter that is always free.</summary>
    /// <param name="name">Name of the parameter, for messages.</param>
    /// <param name="lower">Lower end of its range.</param>
    /// <param name="upper">Upper end of its range.</param>
    let free (name: string) (lower: float) (upper: float) : Parameter =
        { Name = name; Lower = lower; Upper = upper; Default = lower; FreedBy = None }

    /// <summary>A parameter that keeps its default until a hypothesis is dropped.</summary>
    /// <param name="hypothesis">Name of the hypothesis that is dropped.</param>
    /// <param name="name">Name of the parameter, for messages.</param>
    /// <param name="lower">Lower end of its range.</param>
    /// <param name="upper">Upper end of its range.</param>
    /// <param name="value">Its value while the hypothesis stands.</param>
    let freed (hypothesis: string) (name: string) (lower: float) (upper: float) (value: float) : Parameter =
        { Name = name
          Lower = lower
          Upper = upper
          Default = value
          FreedBy = Some hypothesis }

    /// Draws before a search gives up, unless it is told otherwise.
    let draws = 20000

    // A violation has to stand out of rounding; NaN is no violation here, since a search wants a counterexample that can be read.
    let private violates (comparison: Comparison) = comparison.Margin < -1e-9 * (abs comparison.Measured + abs comparison.Bound)

    /// Numbers with fewer digits than x, simplest first.
    let internal simpler (x: float) : float seq =
        seq {
            yield 0.0
            yield float (sign x)

            for digits in 1..3 do
                if x <> 0.0 then
                    let scale = Math.Pow(10.0, float digits - 1.0 - floor (log10 (abs x)))
                    yield Math.Round(x * scale) / scale
        }

    let private digits (x: float) : int = x.ToString("R", CultureInfo.InvariantCulture) |> Seq.filter Char.IsDigit |> Seq.length

    let private shrink (accepts: float[] -> bool) (free: bool[]) (parameters: Parameter[]) (point: float[]) : float[] =
        let inside i value = value >= parameters[i].Lower && value <= parameters[i].Upper

        let improve (point: float[]) i =
            if not free[i] then
                point
            else
                simpler point[i]
                |> Seq.filter (fun value -> inside i value && digits value < digits point[i])
                |> Seq.map (fun value -> Array.updateAt i value point)
                |> Seq.tryFind accepts
                |> Option.defaultValue point

        let pass point = Seq.fold improve point (seq { 0 .. point.Length - 1 })
        Seq.fold (fun point _ -> pass point) point (seq { 1..4 })

    let private describe (parameters: Parameter[]) (point: float[]) : string =
        Array.map2
            (fun parameter (value: float) -> $"""{parameter.Name} = {value.ToString("R", CultureInfo.InvariantCulture)}""")
            parameters
            point
        |> String.concat ", "

    /// <summary>A violation of a claim without one of its hypotheses, the others holding.</summary>
    /// <param name="draws">Draws before it gives up.</param>
    /// <param name="hypotheses">All hypotheses of the claim.</param>
    /// <param name="dropped">Name of the one to drop; the violation has to fail it.</param>
    /// <param name="parameters">What may be chosen.</param>
    /// <param name="build">A setting from the parameters' values.</param>
    /// <param name="compare">The claim on a setting, through the engine.</param>
    /// <param name="key">Randomness.</param>
    let violation
        (draws: int)
        (hypotheses: Hypothesis<'Setting> list)
        (dropped: string)
        (parameters: Parameter list)
        (build: float[] -> 'Setting)
        (compare: 'Setting -> Comparison)
        (key: Key)
        : Violation option =
        let parameters = List.toArray parameters
        let free = parameters |> Array.map (fun parameter -> Option.forall ((=) dropped) parameter.FreedBy)

        // A point that cannot be built, such as one with a learning rate of 0, is no instance of the claim.
        let accepts point =
            try
                let setting = build point
                Claim.failsOnly dropped hypotheses setting && violates (compare setting)
            with :? ArgumentException ->
                false

        let draw n =
            parameters
            |> Array.mapi (fun i parameter ->
                if free[i] then
                    let u = Uniform.At(key.Bits, Purpose.General, 0u, uint64 (n * parameters.Length + i))
                    parameter.Lower + (parameter.Upper - parameter.Lower) * u
                else
                    parameter.Default)

        Seq.init draws draw
        |> Seq.tryFind accepts
        |> Option.map (fun found ->
            let smallest = shrink accepts free parameters found

            { Inputs = describe parameters smallest
              Comparison = compare (build smallest)
              Replay = fun () -> compare (build smallest) })

    /// <summary>One search per hypothesis, with a number of draws for settings that are slow to evaluate.</summary>
    /// <param name="draws">Settings to draw a hypothesis.</param>
    /// <param name="hypotheses">The hypotheses of the claim.</param>
    /// <param name="parameters">The parameters that a setting is made of.</param>
    /// <param name="build">Makes a setting of the parameters' values, in their order.</param>
    /// <param name="compare">What the claim says of a setting.</param>
    let necessityWithin
        (draws: int)
        (hypotheses: Hypothesis<'Setting> list)
        (parameters: Parameter list)
        (build: float[] -> 'Setting)
        (compare: 'Setting -> Comparison)
        : Necessity list =
        hypotheses
        |> List.map (fun hypothesis ->
            { Hypothesis = hypothesis.Name
              Search = fun key -> violation draws hypotheses hypothesis.Name parameters build compare (Key.named hypothesis.Name key) })

    /// <summary>One search per hypothesis, with <c>draws</c> draws each.</summary>
    /// <param name="hypotheses">All hypotheses of the claim; each is dropped in turn.</param>
    /// <param name="parameters">The numbers that a setting is made of, with their ranges.</param>
    /// <param name="build">Makes a setting of the parameters' values, in their order; a point for which it raises <c>ArgumentException</c> is no setting.</param>
    /// <param name="compare">What the claim says of a setting, through the engine.</param>
    let necessity hypotheses parameters build compare : Necessity list = necessityWithin draws hypotheses parameters build compare

    /// <summary>The search of one hypothesis on given candidates, the simplest first, each in words.</summary>
    /// <param name="hypothesis">Name of the hypothesis that is dropped.</param>
    /// <param name="compare">What the claim says of a setting.</param>
    /// <param name="candidates">Settings in words, the simplest first.</param>
    let among (hypothesis: string) (compare: 'Setting -> Comparison) (candidates: (string * 'Setting) list) : Necessity =
        let search _ =
            candidates
            |> Seq.map (fun (inputs, setting) ->
                { Inputs = inputs
                  Comparison = compare setting
                  Replay = fun () -> compare setting })
            |> Seq.tryFind (fun violation -> violates violation.Comparison)

        { Hypothesis = hypothesis; Search = search }

    /// <summary>Searches of which the one for a hypothesis looks at given candidates in the place of random draws.</summary>
    /// <param name="hypothesis">Name of the hypothesis that is dropped.</param>
    /// <param name="compare">What the claim says of a setting.</param>
    /// <param name="candidates">Settings in words, the simplest first.</param>
    /// <param name="searches">One search per hypothesis.</param>
    let replaced
        (hypothesis: string)
        (compare: 'Setting -> Comparison)
        (candidates: (string * 'Setting) list)
        (searches: Necessity list)
        : Necessity list =
        searches
        |> List.map (fun search -> if search.Hypothesis = hypothesis then among hypothesis compare candidates else search)
