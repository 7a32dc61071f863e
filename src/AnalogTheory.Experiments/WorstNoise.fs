namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Sampling

/// <summary>A search for the noise with the highest floor: at fixed saturation r and variance, which finite-support noise maximises ‖∇f‖² at Analog SGD's fixed point?</summary>
/// <remarks>
/// At the fixed point g = −r·E|g + ε|. Cauchy–Schwarz gives (E|g + ε|)² ≤ g² + σ², hence g²(1−r²)/(σ²r²) ≤ 1, with equality exactly where |g + ε| is
/// constant: two values, which are v1's. The search assumes none of this. In D dimensions the bound holds coordinate by coordinate.
/// </remarks>
[<RequireQualifiedAccess>]
module WorstNoise =

    /// Parameters of the search.
    type Parameters =
        {
            /// Numbers of atoms.
            Atoms: int list
            /// r.
            Saturations: float list
            /// Random restarts of each search, per seed of the budget.
            RestartsPerSeed: int
            /// Evaluations of each restart.
            Evaluations: int
            /// The r whose search and maximiser are shown.
            Shown: float
            /// Points of the two-point family.
            Points: int
        }

    /// Two to five atoms, five saturations.
    let defaults: Parameters =
        { Atoms = [ 2; 3; 4; 5 ]
          Saturations = [ 0.1; 0.2; 0.5; 0.7; 0.9 ]
          RestartsPerSeed = 1
          Evaluations = 2500
          Shown = 0.5
          Points = 241 }

    /// <summary>g = −r·E|g + ε|, exactly: the difference of both sides is increasing and piecewise linear, with kinks at the negated atoms.</summary>
    /// <param name="saturation">r in (−1, 1).</param>
    /// <param name="atoms">Support of ε.</param>
    /// <exception cref="T:System.ArgumentException">|r| is not below 1, or there are no atoms.</exception>
    let fixedPoint (saturation: float) (atoms: Atom[]) : float =
        Require.between "saturation" -1.0 1.0 saturation
        Require.nonEmpty "atoms" atoms.Length
        // Between kinks g + rE|g + ε| = intercept + slope·g, an atom above −g counting with its own sign.
        let mutable low = -infinity
        let mutable high = infinity

        for atom in atoms do
            let g = -atom.Value
            let mutable value = g

            for other in atoms do
                value <- value + saturation * other.Probability * abs (g + other.Value)

            if value <= 0.0 then low <- max low g
            if value >= 0.0 then high <- min high g

        let inside =
            if low = high then low
            elif Double.IsInfinity low then high - 1.0
            elif Double.IsInfinity high then low + 1.0
            else 0.5 * (low + high)

        let mutable slope = 1.0
        let mutable intercept = 0.0

        for atom in atoms do
            let sign = if inside + atom.Value >= 0.0 then saturation else -saturation
            slope <- slope + sign * atom.Probability
            intercept <- intercept + sign * atom.Probability * atom.Value

        if low = high then low else -intercept / slope

    /// <summary>The floor's share of its bound, g²(1−r²)/(σ²r²).</summary>
    /// <param name="saturation">Saturation r, strictly between 0 and 1: the weight over τ at the fixed point.</param>
    /// <param name="atoms">The values, in units of the deviation, with their probabilities.</param>
    let ratio (saturation: float) (atoms: Atom[]) : float =
        let g = fixedPoint saturation atoms
        let variance = atoms |> Array.sumBy (fun atom -> atom.Probability * atom.Value * atom.Value)
        g * g * (1.0 - saturation * saturation) / (variance * saturation * saturation)

    /// <summary>1 − ratio in exact rational arithmetic, rounded once: the atoms' doubles as they stand, probabilities divided by their sum, values less their mean.</summary>
    /// <remarks>A search that maximises a rounded ratio also finds the roundings that help it; this says what it found.</remarks>
    /// <param name="saturation">r in (−1, 1), as the double that it is.</param>
    /// <param name="atoms">Support of ε.</param>
    let exactGap (saturation: float) (atoms: Atom[]) : float =
        Require.between "saturation" -1.0 1.0 saturation
        Require.nonEmpty "atoms" atoms.Length
        let zero, one = Fraction.Constant 0.0, Fraction.Constant 1.0
        let r = Fraction.Constant saturation
        let weights = atoms |> Array.map (fun atom -> Fraction.Constant atom.Probability)
        let total = Array.fold (fun (sum: Fraction) weight -> sum + weight) zero weights
        let probabilities = weights |> Array.map (fun weight -> weight / total)

        let expect (f: Fraction -> Fraction) values =
            Array.fold2 (fun (sum: Fraction) p value -> sum + p * f value) zero probabilities values

        let raw = atoms |> Array.map (fun atom -> Fraction.Constant atom.Value)
        let mean = expect id raw
        let values = raw |> Array.map (fun value -> value - mean)
        let variance = expect (fun value -> value * value) values
        // Every sign pattern of an ordered support is a threshold; the right one solves to a g with those signs.
        let solve (threshold: Fraction option) =
            let sign (value: Fraction) =
                match threshold with
                | Some least when (value - least).Sign >= 0 -> r
                | _ -> -r

            let slope = one + expect sign values
            let intercept = expect (fun value -> sign value * value) values
            let g = -intercept / slope

            if values |> Array.forall (fun value -> (g + value).Sign * (sign value).Sign * r.Sign >= 0) then
                Some g
            else
                None

        let g = None :: [ for value in values -> Some value ] |> List.pick solve
        (one - g * g * (one - r * r) / (variance * r * r)).ToDouble()

    /// <summary>The noise of v1's Theorem 3 at saturation r, with variance 1.</summary>
    /// <param name="saturation">Saturation r, strictly between 0 and 1: the weight over τ at the fixed point.</param>
    let paper (saturation: float) : Atom[] =
        let p = 0.5 * (1.0 - saturation)

        [| { Value = sqrt ((1.0 - p) / p); Probability = p }; { Value = -sqrt(p / (1.0 - p)); Probability = 1.0 - p } |]

    /// <summary>√E[min over the other's atoms of (ε − atom)²]: 0 where all mass sits on them.</summary>
    /// <param name="reference">The noise to compare with.</param>
    /// <param name="atoms">The values, in units of the deviation, with their probabilities.</param>
    let distance (reference: Atom[]) (atoms: Atom[]) : float =
        atoms
        |> Array.sumBy (fun atom ->
            atom.Probability * (reference |> Array.map (fun other -> (atom.Value - other.Value) ** 2.0) |> Array.min))
        |> sqrt

    // Free numbers, positions then log-weights, to atoms of mean 0 and variance 1; None where they coincide.
    let private toAtoms (x: float[]) : Atom[] option =
        let n = x.Length / 2
        let top = Seq.max (Seq.init n (fun i -> x[n + i]))
        let weights = Array.init n (fun i -> exp (x[n + i] - top))
        let total = Array.sum weights
        let probabilities = weights |> Array.map (fun weight -> weight / total)
        let mean = Seq.sum (Seq.init n (fun i -> probabilities[i] * x[i]))
        let variance = Seq.sum (Seq.init n (fun i -> probabilities[i] * (x[i] - mean) * (x[i] - mean)))

        if variance > 1e-20 then
            Some(Array.init n (fun i -> { Value = (x[i] - mean) / sqrt variance; Probability = probabilities[i] }))
        else
            None

    let private score saturation x =
        match toAtoms x with
        | Some atoms -> ratio saturation atoms
        | None -> -infinity

    /// <summary>One restart: the first ratio, the best after every evaluation, and the best noise.</summary>
    /// <remarks>A (1+1) evolution strategy with the one-fifth rule.</remarks>
    let private climb (evaluations: int) (saturation: float) (atoms: int) (key: Key) : struct (float[] * Atom[]) =
        let normal n = Gaussian.At(key.Bits, Purpose.General, 0u, uint64 n)
        let size = 2 * atoms
        let mutable best = Array.init size normal
        let mutable value = score saturation best
        let mutable step = 0.5
        let history = Array.zeroCreate evaluations
        history[0] <- value

        for k in 1 .. evaluations - 1 do
            let candidate = Array.init size (fun i -> best[i] + step * normal (k * size + i))
            let found = score saturation candidate

            if found > value then
                best <- candidate
                value <- found
                step <- step * 1.5
            else
                step <- max 1e-12 (step * 0.9036)

            history[k] <- value

        struct (history, (toAtoms best |> Option.defaultValue [||]))

    /// <summary>
    /// The tables
    /// "worst": "atoms", "r", "first" (best of the random starts), "median" (of the random starts), "best", "gap" (1 − the ratio of the best noise, exactly), "distance" from v1's noise, "evaluations";
    /// "search": "series", "evaluation", "gap" of the best restart and "median gap" at the shown r;
    /// "maximiser": "series", "value", "probability" at the shown r, v1's noise first;
    /// "two-point": "series", "p", "ratio".
    /// </summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table list =
        let evaluations = int (Budget.steps 20L budget (int64 parameters.Evaluations))
        let restarts = budget.Seeds * parameters.RestartsPerSeed

        let cells =
            [| for atoms in parameters.Atoms do
                   for r in parameters.Saturations -> atoms, r |]

        let runs =
            budget
            |> Budget.map
                (fun (atoms, r, restart) ->
                    climb
                        evaluations
                        r
                        atoms
                        (Key.named (FormattableString.Invariant $"{atoms} atoms, {string r}") key |> Key.fold (uint64 restart)))
                [| for atoms, r in cells do
                       for restart in 0 .. restarts - 1 -> atoms, r, restart |]
            |> Array.chunkBySize restarts

        let final (struct (history: float[], _)) = history[history.Length - 1]
        let starts group = group |> Array.map (fun (struct (history: float[], _)) -> history[0]) |> Array.sort
        let winner group = group |> Array.maxBy final
        let noise (struct (_, atoms: Atom[])) = atoms

        let worst =
            Table.create
                "worst"
                [ "atoms", Numbers(cells |> Array.map (fst >> float))
                  "r", Numbers(cells |> Array.map snd)
                  "first", Numbers(runs |> Array.map (starts >> Array.last))
                  "median", Numbers(runs |> Array.map (fun group -> let sorted = starts group in sorted[sorted.Length / 2]))
                  "best", Numbers(runs |> Array.map (winner >> final))
                  "gap", Numbers(Array.map2 (fun (_, r) group -> exactGap r (noise (winner group))) cells runs)
                  "distance", Numbers(Array.map2 (fun (_, r) group -> distance (paper r) (noise (winner group))) cells runs)
                  "evaluations", Numbers(cells |> Array.map (fun _ -> float (evaluations * restarts))) ]

        let shown = Array.zip cells runs |> Array.filter (fun ((_, r), _) -> r = parameters.Shown)
        // Powers of √2 along a search.
        let marks =
            [| for i in 0..40 -> int (sqrt 2.0 ** float i) |]
            |> Array.filter (fun k -> k <= evaluations)
            |> Array.distinct

        let search =
            [ for (atoms, _), group in shown ->
                  let gaps k =
                      group |> Array.map (fun (struct (history: float[], _)) -> 1.0 - history[k - 1]) |> Array.sort

                  Table.create
                      "search"
                      [ "series", Texts(marks |> Array.map (fun _ -> (FormattableString.Invariant $"{atoms} atoms")))
                        "evaluation", Numbers(marks |> Array.map float)
                        "gap", Numbers(marks |> Array.map (fun k -> (gaps k)[0]))
                        "median gap", Numbers(marks |> Array.map (fun k -> (gaps k)[group.Length / 2])) ] ]
            |> Table.concat "search"

        let support series (atoms: Atom[]) =
            let sorted = atoms |> Array.sortBy _.Value

            Table.create
                "maximiser"
                [ "series", Texts(sorted |> Array.map (fun _ -> series))
                  "value", Numbers(sorted |> Array.map _.Value)
                  "probability", Numbers(sorted |> Array.map _.Probability) ]

        let maximiser =
            support "v1" (paper parameters.Shown)
            :: [ for (atoms, _), group in shown -> support (FormattableString.Invariant $"{atoms} atoms") (noise (winner group)) ]
            |> Table.concat "maximiser"

        let twoPoint =
            [ for r in parameters.Saturations ->
                  let ps = Array.init parameters.Points (fun i -> (float i + 1.0) / (float parameters.Points + 1.0))

                  Table.create
                      "two-point"
                      [ "series", Texts(ps |> Array.map (fun _ -> $"*r* = {string r}"))
                        "p", Numbers ps
                        "ratio",
                        Numbers(
                            ps
                            |> Array.map (fun p ->
                                ratio
                                    r
                                    [| { Value = sqrt ((1.0 - p) / p); Probability = p }
                                       { Value = -sqrt(p / (1.0 - p)); Probability = 1.0 - p } |])
                        ) ] ]
            |> Table.concat "two-point"

        [ worst; search; maximiser; twoPoint ]
