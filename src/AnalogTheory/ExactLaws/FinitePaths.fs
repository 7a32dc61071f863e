namespace AnalogTheory

open System

/// <summary>Exact expectations of a chain whose noise has finite support: a sum over every noise path, through the kernels that ensembles run.</summary>
/// <remarks>Sums are compensated (Neumaier), so what rounds is the steps themselves, not the summation.</remarks>
[<RequireQualifiedAccess>]
module FinitePaths =

    /// A sum with its running compensation.
    [<Struct>]
    type private Sum = { Total: float; Lost: float }

    let private add (value: float) (sum: Sum) : Sum =
        let total = sum.Total + value

        let lost = if abs sum.Total >= abs value then (sum.Total - total) + value else (value - total) + sum.Total

        { Total = total; Lost = sum.Lost + lost }

    // Whatever a rule needs a key for, the rules here do not use it: their steps are functions of the gradient.
    let private key = Key.ofSeed 0UL

    /// <summary>The vectors that the noise takes at a state, with their probabilities.</summary>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="w">W, unit of weight.</param>
    /// <exception cref="T:System.NotSupportedException">The support is infinite or too large to enumerate.</exception>
    let support (noise: Noise) (w: Weights) : struct (float * Weights)[] =
        match noise.JointSupport w with
        | Some atoms -> atoms
        | None -> raise (NotSupportedException $"Expected a noise of small finite support, got {noise}.")

    /// <summary>The successors of a state with their probabilities.</summary>
    /// <param name="chain">The chain; its rule's step must be a function of the gradient alone.</param>
    /// <param name="state">State before the step.</param>
    /// <exception cref="T:System.NotSupportedException">The noise's support is infinite or too large to enumerate.</exception>
    let successors (chain: Chain<'State>) (state: 'State) : struct (float * 'State)[] =
        let w = chain.Rule.Probe state
        let mean = chain.Problem.Gradient w

        support chain.Noise w
        |> Array.map (fun (struct (probability, noise)) ->
            let gradient = { Mean = Weights.map2 (+) mean noise; Magnitude = None }
            let struct (next, _) = chain.Rule.Step key gradient state
            struct (probability, next))

    /// <summary>E of several functionals of the first K steps from a state: Σ over paths of probability × value.</summary>
    /// <param name="steps">K; the number of paths is the K-th power of the support's size.</param>
    /// <param name="chain">Chain.</param>
    /// <param name="state">State before step 0.</param>
    /// <param name="seed">What the functional remembers before step 0.</param>
    /// <param name="remember">What it remembers of the state before each step.</param>
    /// <param name="value">The functional, of what was remembered and the state after step K.</param>
    let expectFrom
        (steps: int)
        (chain: Chain<'State>)
        (state: 'State)
        (seed: 'Memory)
        (remember: 'Memory -> 'State -> 'Memory)
        (value: 'Memory -> 'State -> float[])
        : float[] =
        let mutable sums: Sum[] = [||]

        let rec visit k (probability: float) memory state =
            if k = steps then
                let values = value memory state

                if sums.Length = 0 then sums <- Array.create values.Length { Total = 0.0; Lost = 0.0 }

                for i in 0 .. values.Length - 1 do
                    sums[i] <- add (probability * values[i]) sums[i]
            else
                let memory = remember memory state

                for struct (p, next) in successors chain state do
                    visit (k + 1) (probability * p) memory next

        visit 0 1.0 seed state
        sums |> Array.map (fun sum -> sum.Total + sum.Lost)

    /// <summary>E of functionals of the state after one step from a state.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="state">State before the step.</param>
    /// <param name="value">The functionals, of the state after it; of one length everywhere.</param>
    /// <exception cref="T:System.NotSupportedException">The noise's support is infinite or too large to enumerate.</exception>
    let expectStep (chain: Chain<'State>) (state: 'State) (value: 'State -> float[]) : float[] =
        expectFrom 1 chain state () (fun () _ -> ()) (fun () next -> value next)

    /// <summary>E of the average over k &lt; K of functions of the state before step k, from the chain's start.</summary>
    /// <param name="steps">K ≥ 1; the number of paths is the K-th power of the support's size.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="value">The functions, of one length everywhere.</param>
    /// <exception cref="T:System.NotSupportedException">The noise's support is infinite or too large to enumerate.</exception>
    let expectAverage (steps: int) (chain: Chain<'State>) (value: 'State -> float[]) : float[] =
        let plus (sum: float[]) state =
            let values = value state
            if sum.Length = 0 then values else Array.map2 (+) sum values

        expectFrom steps chain (chain.Rule.Init chain.Start) [||] plus (fun sum _ -> sum |> Array.map (fun total -> total / float steps))
