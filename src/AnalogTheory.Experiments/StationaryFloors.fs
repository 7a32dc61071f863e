namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Rules

/// The floors of the atlas that a law gives without sampling: one quadratic weight, noise ±σ, and the rules with one array or two.
[<RequireQualifiedAccess>]
module StationaryFloors =

    /// A rule with its rates.
    type Rule =
        /// α.
        | DigitalSgd of learningRate: float
        /// α.
        | AnalogSgd of learningRate: float
        /// Rate of P, rate of W.
        | TikiTaka of learningRate: float * transferRate: float
        /// Rate of P, rate of W, γ.
        | ResidualLearning of learningRate: float * transferRate: float * mixing: float

    /// f = (L/2)(w − w*)² under noise that is ±σ with probability one half each.
    type Setting =
        {
            /// The rule.
            Rule: Rule
            /// Device of all arrays.
            Device: Device
            /// L.
            Curvature: float
            /// w*.
            Minimizer: float
            /// σ.
            Deviation: float
        }

    let private slope (setting: Setting) w = setting.Curvature * (w - setting.Minimizer)
    let private squared (setting: Setting) w = pown (slope setting w) 2

    let private atoms (setting: Setting) : NoiseAtoms = fun _ _ -> [| struct (0.5, -setting.Deviation); struct (0.5, setting.Deviation) |]

    let private scalarChain (setting: Setting) rate : ScalarChain =
        ScalarChain.analogSgd setting.Device rate (slope setting) (atoms setting) setting.Device.Lower setting.Device.Upper

    // Weights that the chain provably never leaves once it is there; with small steps it cannot pass those at which its gradient vanishes.
    let private home (setting: Setting) rate : Interval option =
        let limit = Math.BitDecrement(min setting.Device.Upper -setting.Device.Lower)
        let edge = limit * (1.0 - 1e-12)
        let within w = w |> max -edge |> min edge
        let reach = setting.Deviation / setting.Curvature

        let map =
            { Device = setting.Device
              LearningRate = rate
              Slope = fun w -> Interval.Point setting.Curvature * (w - Interval.Point setting.Minimizer)
              Noises = [ for noise in [ -setting.Deviation; setting.Deviation ] -> fun _ -> Interval.Point noise ] }

        InvariantInterval.tryFind map limit (Interval(within (setting.Minimizer - reach), within (setting.Minimizer + reach)))

    // Covariance of (W, P) of the linearised recursion, which says how wide a rectangle has to be.
    let private spreads (setting: Setting) learningRate transferRate mixing sign =
        let drift = learningRate * setting.Deviation * abs (setting.Device.Asymmetric 0.1 - setting.Device.Asymmetric -0.1) / 0.2
        let l = setting.Curvature
        // P' = (1 − a)P + s·β(L(W + γP) + ε), W' = W − s·αP'.
        let mutable ww, wp, pp = 0.0, 0.0, 0.0

        for _ in 1..200_000 do
            let a = sign * learningRate * l
            let b = 1.0 - drift + sign * learningRate * l * mixing
            let pp' = a * a * ww + 2.0 * a * b * wp + b * b * pp + pown (learningRate * setting.Deviation) 2
            let wpNew = a * ww + b * wp
            let t = sign * transferRate
            ww <- ww - 2.0 * t * wpNew + t * t * pp'
            wp <- wpNew - t * pp'
            pp <- pp'

        sqrt ww, sqrt pp

    // Beyond them next to nothing lies, though the linearised recursion knows nothing of the device's bends.
    let private deviations = 10.0

    // Steps of P that are small against its range need more cells than anybody waits for.
    let private mostAcross = 64

    let private plane (setting: Setting) (rule: UpdateRule) learningRate transferRate mixing sign : Discretised option =
        let spreadW, spreadP = spreads setting learningRate transferRate mixing sign

        if not (Double.IsFinite spreadW && spreadW > 0.0) then
            None
        else
            let halfW = deviations * spreadW
            let halfP = min (deviations * spreadP) (0.999 * min setting.Device.Upper -setting.Device.Lower)

            let chain =
                PlaneChain.ofRule
                    rule
                    (slope setting)
                    (atoms setting)
                    (struct (setting.Minimizer - halfW, setting.Minimizer + halfW))
                    (struct (-halfP, halfP))
                    (struct (setting.Minimizer, 0.0))

            // Cells of P at most two of its steps wide.
            let across = int (ceil (2.0 * halfP / (2.0 * learningRate * setting.Deviation))) |> max 32

            let law (refined: int) =
                let grid: PlaneGrid = { Main = 64 * refined; Auxiliary = across * refined }
                PlaneLaw.expectations grid chain [ fun w _ -> squared setting w ] |> List.head

            if across > mostAcross then
                None
            else
                let coarse = law 1
                // A finer grid where it says too little and does not take long.
                Some(if coarse.Error > 0.01 * coarse.Value && across <= 40 then law 2 else coarse)

    /// <summary>Stationary E(∂f(W))².</summary>
    /// <param name="setting">The setting; L and σ above 0.</param>
    /// <returns>The value and a bound on its error; nothing where no law settles it.</returns>
    let squaredGradient (setting: Setting) : Discretised option =
        match setting.Rule with
        | DigitalSgd rate ->
            // W − w* is a first-order autoregression.
            let value = rate * setting.Curvature * pown setting.Deviation 2 / (2.0 - rate * setting.Curvature)
            Some { Value = value; Error = 0.0 }
        | AnalogSgd rate ->
            let chain = scalarChain setting rate

            // Where no narrower interval closes there is the device's range, which D2 keeps.
            let chain =
                match home setting rate with
                | Some weights -> { chain with Lower = weights.Lower; Upper = weights.Upper }
                | None -> chain

            Some(StationaryLaw.expectations StationaryLaw.cells chain [ squared setting ] |> List.head)
        | TikiTaka(learning, transfer) ->
            let rule = TwoArrays.TikiTaka(setting.Device.Law, setting.Device.Law, learning, transfer)
            plane setting rule learning transfer 0.0 1.0
        | ResidualLearning(learning, transfer, mixing) ->
            let rule = TwoArrays.ResidualLearning(setting.Device.Law, setting.Device.Law, learning, transfer, mixing)
            plane setting rule learning transfer mixing -1.0

    /// <summary>What N1 allows Analog SGD's stationary E(∂f)² on the weights that the run does not leave: (sup(G²/F)σ² + 2LαF_max²σ²)/inf(M/F).</summary>
    /// <param name="setting">The setting.</param>
    /// <returns>The bound; nothing for other rules, where M/F reaches 0, or where α &gt; 1/(2L F_max).</returns>
    let bound (setting: Setting) : float option =
        match setting.Rule with
        | AnalogSgd rate ->
            home setting rate
            |> Option.bind (fun reached ->
                let weights = [ for i in 0..400 -> reached.Lower + (reached.Upper - reached.Lower) * float i / 400.0 ]
                let f, g = setting.Device.Symmetric, setting.Device.Asymmetric
                let largest = weights |> List.map f |> List.max
                let drift = weights |> List.map (fun w -> g w * g w / f w) |> List.max
                let least = weights |> List.map (fun w -> (f w * f w - g w * g w) / f w) |> List.min
                let variance = pown setting.Deviation 2

                if least > 0.0 && rate <= 1.0 / (2.0 * setting.Curvature * largest) then
                    Some((drift * variance + 2.0 * setting.Curvature * rate * largest * largest * variance) / least)
                else
                    None)
        | _ -> None
