namespace AnalogTheory

open System
open AnalogTheory.Kernels.Ensembles

/// Tiki-Taka on an auxiliary device whose symmetric point is not zero: the floor that it gets, and zero-shifting that removes it (theory L6, D8).
[<RequireQualifiedAccess>]
module DeviceVersion =

    /// Parameters: f = (L/2)(w − w*)², one weight, ε = ±σ; P on a generic linear device, W on the asymmetric linear one.
    type Parameters =
        {
            /// L.
            Curvature: float
            /// w*.
            Minimizer: float
            /// τ of both devices.
            Radius: float
            /// σ.
            Deviation: float
            /// c of P's device.
            Asymmetries: float list
            /// β.
            LearningRates: float list
            /// α over β.
            TransferRatio: float
            /// Averaged steps, in units of 1/β; a quarter as many before them.
            Horizon: float
            /// Replicas per seed of the budget.
            ReplicasPerSeed: int
            /// Largest β of the fits that are extrapolated to β = 0.
            FitBelow: float
            /// c of the zero-shifting experiments.
            Shifted: float
            /// β of the runs after partial zero-shifting.
            ShiftedRate: float
            /// Δw_min of partial zero-shifting.
            ShiftedGranularity: float
            /// Numbers of pulses after which it is stopped.
            Pulses: int list
            /// Δw_min of the count of pulses.
            Granularities: float list
            /// |E w_n − w⋄| at which an array counts as shifted.
            Tolerance: float
            /// Starting weights of the count, with their labels.
            Starts: (string * float) list
            /// Elements of the array per seed of the budget.
            ElementsPerSeed: int
        }

    /// The problem of theory T9 with Rademacher noise.
    let defaults: Parameters =
        { Curvature = 1.0
          Minimizer = 0.6
          Radius = 1.0
          Deviation = 0.3
          Asymmetries = [ 0.0; 0.1; 0.2; 0.3 ]
          LearningRates = [ for i in 1..8 -> 1.0 / pown 2.0 i ]
          TransferRatio = 0.125
          Horizon = 120.0
          ReplicasPerSeed = 16
          FitBelow = 0.125
          Shifted = 0.3
          ShiftedRate = 1.0 / 256.0
          ShiftedGranularity = 0.01
          Pulses = [ 0; 25; 50; 75; 100; 150; 200; 300; 400 ]
          Granularities = [ 0.05; 0.02; 0.01; 0.005; 0.002; 0.001 ]
          Tolerance = 0.03
          Starts = [ "*w*_{0} = 0", 0.0; "*w*_{0} = −τ", -1.0 ]
          ElementsPerSeed = 32 }

    /// <summary>The limit c²(E|ε|)² of Tiki-Taka's floor as β → 0.</summary>
    /// <param name="asymmetry">c, the asymmetry of the generic linear device at 0.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let floor (asymmetry: float) (parameters: Parameters) : float = asymmetry * asymmetry * parameters.Deviation * parameters.Deviation

    /// <summary>The device that the generic linear one becomes when `reference` is subtracted from its weights, with the factor of its steps.</summary>
    /// <remarks>q₊(w⋄ + x) = (1−c²)(1 − x/(τ(1−c))), q₋(w⋄ + x) = (1−c²)(1 + x/(τ(1+c))): a linear-step device with steps scaled by F(w⋄) = 1 − c².</remarks>
    /// <param name="radius">τ.</param>
    /// <param name="asymmetry">c.</param>
    /// <param name="reference">What is subtracted; cτ is complete zero-shifting.</param>
    let shiftedDevice (radius: float) (asymmetry: float) (reference: float) : struct (Device * float) =
        let offset = asymmetry * radius - reference
        LinearStep.createAt (radius * (1.0 - asymmetry)) (-radius * (1.0 + asymmetry)) offset, 1.0 - asymmetry * asymmetry

    let private plan budget (parameters: Parameters) (key: Key) replicas rate (auxiliary: Device) factor =
        let horizon = Budget.steps 50L budget (int64 (parameters.Horizon / (rate * parameters.Curvature)))
        let burnIn = horizon / 4L

        let settings =
            { Ensemble.settings replicas (horizon + burnIn) key with
                Measures = [ Measure MeasureKind.GradientNormSquared ]
                AverageFrom = Some burnIn }

        let rule =
            TikiTaka.createWith (parameters.TransferRatio * rate) (factor * rate) auxiliary (AsymmetricLinear.create parameters.Radius)

        Ensemble.planOf
            settings
            (Quadratic.isotropic 1 parameters.Curvature parameters.Minimizer)
            (Noise.rademacher parameters.Deviation)
            (Rule.pack rule)
            FullBatch
            (Weights.ofArray [| parameters.Minimizer |])

    let private interval (estimates: Estimate[]) =
        let half = estimates |> Array.map (Estimate.halfWidth Series.level)

        [ "mean", Numbers(estimates |> Array.map _.Mean)
          "lower", Numbers(Array.map2 (fun (e: Estimate) h -> e.Mean - h) estimates half)
          "upper", Numbers(Array.map2 (fun (e: Estimate) h -> e.Mean + h) estimates half) ]

    /// <summary>Columns "series" ("plain" or "zero-shifted"), "c", "β", "mean", "lower", "upper": stationary E‖∇f‖².</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let floors (budget: Budget) (key: Key) (parameters: Parameters) : Table =
        let replicas = budget.Seeds * parameters.ReplicasPerSeed

        let jobs =
            [ for asymmetry in parameters.Asymmetries do
                  let plain = GenericLinear.create parameters.Radius asymmetry
                  let struct (shifted, factor) = shiftedDevice parameters.Radius asymmetry (asymmetry * parameters.Radius)

                  for series, device, factor in [ "plain", plain, 1.0; "zero-shifted", shifted, factor ] do
                      // Without asymmetry there is nothing to shift.
                      if series = "plain" || asymmetry <> 0.0 then
                          for rate in parameters.LearningRates do
                              let key = Key.named $"{series}, {string asymmetry}, {string rate}" key
                              series, asymmetry, rate, plan budget parameters key replicas rate device factor ]

        let estimates =
            Ensemble.runAll budget.Execution (jobs |> List.map (fun (_, _, _, plan) -> plan))
            |> Array.map (Ensemble.average 0)

        Table.create
            "floors"
            ([ "series", Texts [| for series, _, _, _ in jobs -> series |]
               "c", Numbers [| for _, asymmetry, _, _ in jobs -> asymmetry |]
               "β", Numbers [| for _, _, rate, _ in jobs -> rate |] ]
             @ interval estimates)

    /// <summary>Columns "series", "c", "limit", "lower", "upper": the floors at β = 0, with the 95 % interval; "predicted": c²(E|ε|)², 0 after zero-shifting.</summary>
    /// <remarks>
    /// The approach is as √β, not as β: W's own device adds E|P|·W/τ to the balance of P's mean, and E|P| shrinks like √β. Hence
    /// ∇f ≈ −E|ε|·(c + w·E|P|/τ²), whose square has a term in √β unless c = 0. Fitted are a + b√β + dβ where a floor is predicted, and a + bβ + dβ^1.5 where none is.
    /// </remarks>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    /// <param name="floors">The table that <c>floors</c> gives.</param>
    let limits (parameters: Parameters) (floors: Table) : Table =
        let normal = MathNet.Numerics.Distributions.Normal.InvCDF(0.0, 1.0, 0.5 + 0.5 * Series.level)
        let c, rate = Table.numbers "c" floors, Table.numbers "β" floors
        let mean, lower, upper = Table.numbers "mean" floors, Table.numbers "lower" floors, Table.numbers "upper" floors
        let rows = Array.zip (Table.texts "series" floors) c

        let predicted (series, c) = if series = "plain" then floor c parameters else 0.0

        let fit curve =
            let points =
                [| for i in 0 .. floors.Rows - 1 do
                       if rows[i] = curve && rate[i] <= parameters.FitBelow && upper[i] > lower[i] then
                           struct (rate[i], mean[i], (upper[i] - lower[i]) / (2.0 * normal)) |]

            let powers = if predicted curve > 0.0 then [ 0.5; 1.0 ] else [ 1.0; 1.5 ]

            if points.Length > powers.Length then
                Some(Extrapolation.toZero powers Series.level points)
            else
                None

        let curves = Array.distinct rows
        let fits = curves |> Array.map fit
        let measured f = Numbers(fits |> Array.map (Option.map f >> Option.defaultValue nan))

        Table.create
            "limits"
            [ "series", Texts(Array.map fst curves)
              "c", Numbers(Array.map snd curves)
              "limit", measured _.Limit
              "lower", measured (fun fit -> fit.Limit - fit.HalfWidth)
              "upper", measured (fun fit -> fit.Limit + fit.HalfWidth)
              "predicted", Numbers(Array.map predicted curves) ]

    /// <summary>
    /// Columns "pulses", "mean", "lower", "upper": stationary E‖∇f‖² after zero-shifting by so many alternating pulses, over arrays of one element each;
    /// "residual": mean |w⋄ − reference|; "predicted": (c(1−Δw_min/τ)ⁿ)²(E|ε|)².
    /// </summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let afterPulses (budget: Budget) (key: Key) (parameters: Parameters) : Table =
        let asymmetry, radius = parameters.Shifted, parameters.Radius
        let pulsed = PulsedDevice.create parameters.ShiftedGranularity (GenericLinear.create radius asymmetry)

        let jobs =
            [| for pulses in parameters.Pulses do
                   for element in 0 .. budget.Seeds - 1 do
                       let key = Key.named (FormattableString.Invariant $"{pulses} pulses") key |> Key.fold (uint64 element)
                       let reference = ZeroShifting.run pulsed ShiftingSigns.Alternating (Key.named "directions" key) pulses 0.0
                       let struct (device, factor) = shiftedDevice radius asymmetry reference

                       asymmetry * radius - reference,
                       plan budget parameters key parameters.ReplicasPerSeed parameters.ShiftedRate device factor |]

        let means =
            Ensemble.runAll budget.Execution (Array.map snd jobs)
            |> Array.map (fun result -> (Ensemble.average 0 result).Mean)

        let estimates = means |> Array.chunkBySize budget.Seeds |> Array.map Estimate.ofArray
        let residuals = jobs |> Array.map (fst >> abs) |> Array.chunkBySize budget.Seeds |> Array.map Array.average
        let decay = 1.0 - parameters.ShiftedGranularity / radius

        Table.create
            "after-pulses"
            ([ "pulses", Numbers [| for pulses in parameters.Pulses -> float pulses |] ]
             @ interval estimates
             @ [ "residual", Numbers residuals
                 "predicted", Numbers [| for pulses in parameters.Pulses -> floor (asymmetry * pown decay pulses) parameters |] ])

    /// <summary>The number of pulses after which |E w_n − w⋄| is at most a tolerance: log(|w₀ − w⋄|/tolerance)/−log(1 − Δw_min/τ), about (τ/Δw_min)·log(|w₀ − w⋄|/tolerance).</summary>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    /// <param name="granularity">Δw_min &gt; 0, the step of one pulse at the symmetric point; unit of weight.</param>
    /// <param name="start">w₀ before the first pulse, unit of weight.</param>
    let predictedPulses (parameters: Parameters) (granularity: float) (start: float) : float =
        let distance = abs (start - parameters.Shifted * parameters.Radius)
        log (distance / parameters.Tolerance) / -(log (1.0 - granularity / parameters.Radius))

    /// <summary>Columns "series" (start and kind of signs), "Δw_min", "mean", "lower", "upper": pulses until the mean over the array is within the tolerance of w⋄, the
    /// ends being where the ends of the mean's 95 % interval are; "predicted".</summary>
    /// <remarks>
    /// Independent signs decay exactly as predicted on every linear device, G being linear. Alternating ones do so where c = 0; elsewhere a pair adds
    /// (1−c²)(c/τ)Δw_min² at w⋄, so that their mean ends on w⋄ + c(1−c²)Δw_min/2 and arrives a few pulses earlier or later, the same number at every Δw_min.
    /// </remarks>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let pulsesNeeded (budget: Budget) (key: Key) (parameters: Parameters) : Table =
        let target = parameters.Shifted * parameters.Radius
        let device = GenericLinear.create parameters.Radius parameters.Shifted

        let jobs =
            [| for label, start in parameters.Starts do
                   for signs, name in [ ShiftingSigns.Alternating, "alternating"; ShiftingSigns.Independent, "independent" ] do
                       for granularity in parameters.Granularities ->
                           FormattableString.Invariant $"{label}, {name}", start, signs, granularity |]

        // The distance of a seed's elements from w⋄ after 0, 1, …, n pulses, on average; its sign is that of the start.
        let distances (start, signs, granularity, key) =
            let pulses = int (ceil (1.5 * predictedPulses parameters granularity start)) + 10
            let pulsed = PulsedDevice.create granularity device
            let sum = Array.zeroCreate (pulses + 1)

            for element in 0 .. parameters.ElementsPerSeed - 1 do
                let weights = ZeroShifting.trajectory pulsed signs (Key.fold (uint64 element) key) pulses start

                for n in 0..pulses do
                    sum[n] <- sum[n] + weights[n]

            let sign = if start < target then -1.0 else 1.0
            sum |> Array.map (fun total -> sign * (total / float parameters.ElementsPerSeed - target))

        let count (label: string, start, signs, granularity: float) =
            let key = Key.named (FormattableString.Invariant $"{label}, {string granularity}") key

            let groups =
                budget
                |> Budget.map distances [| for seed in 0 .. budget.Seeds - 1 -> start, signs, granularity, Key.fold (uint64 seed) key |]

            let estimates = Array.init groups[0].Length (fun n -> Estimate.ofArray (groups |> Array.map (fun group -> group[n])))

            let first (sign: float) =
                estimates
                |> Array.tryFindIndex (fun e -> e.Mean + sign * Estimate.halfWidth Series.level e <= parameters.Tolerance)
                |> Option.map float
                |> Option.defaultValue nan

            let middle =
                estimates
                |> Array.tryFindIndex (fun e -> e.Mean <= parameters.Tolerance)
                |> Option.map float
                |> Option.defaultValue nan

            struct (middle, first -1.0, first 1.0)

        let counts = jobs |> Array.map count

        Table.create
            "pulses-needed"
            [ "series", Texts [| for label, _, _, _ in jobs -> label |]
              "Δw_min", Numbers [| for _, _, _, granularity in jobs -> granularity |]
              "mean", Numbers [| for struct (middle, _, _) in counts -> middle |]
              "lower", Numbers [| for struct (_, lower, _) in counts -> lower |]
              "upper", Numbers [| for struct (_, _, upper) in counts -> upper |]
              "predicted", Numbers [| for _, start, _, granularity in jobs -> predictedPulses parameters granularity start |] ]

    /// <summary>The tables "floors", "limits", "after-pulses" and "pulses-needed".</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table list =
        let floors = floors budget (Key.named "floors" key) parameters

        [ floors
          limits parameters floors
          afterPulses budget (Key.named "after pulses" key) parameters
          pulsesNeeded budget (Key.named "pulses needed" key) parameters ]
