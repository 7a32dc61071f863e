namespace AnalogTheory

open System

/// <summary>The assumption checker for trainings on any device: the theorems stated for the asymmetric linear device, and the claims about every device.</summary>
/// <remarks>
/// An asymmetric linear device with another symmetric point than 0 is seen from it: W − w⋄ is trained on the device with w⋄ = 0, under noise that does not
/// depend on the weight. On any other device the theorems about the asymmetric linear one are vacuous, by as much as the device differs from it, and
/// N1, N2, N10 and S7, which speak of every device, may say what they do not.
/// </remarks>
[<RequireQualifiedAccess>]
module TrainingAssumptions =

    let private deviceName = "asymmetric linear device, w⋄ = 0"

    let private row theorem id condition margin : AssumptionCheck =
        { Theorem = theorem; Claim = id; Condition = condition; Margin = margin }

    // The hypotheses of a claim on its own setting; what needs moments that nobody knows is unknown.
    let private rows (theorem: string) (id: string) (setting: 'Setting) : AssumptionCheck list =
        let margin (hypothesis: Hypothesis<'Setting>) =
            try
                hypothesis.Margin setting
            with :? NotSupportedException ->
                nan

        [ for hypothesis in Assumptions.hypothesesOf<'Setting> id -> row theorem id hypothesis.Name (margin hypothesis) ]

    // Every device -------------------------------------------------------------------------------------------------------------------

    let private isQuadratic (problem: Problem) = problem.StrongConvexity = problem.Smoothness && Double.IsPositiveInfinity problem.Domain

    // N2 at W₀, N10 and S7 speak of noise that is the same at every weight.
    let private ofConstantNoise (training: OwnTraining) : AssumptionCheck list =
        let problem, noise, start = training.Problem, training.Noise, training.Start
        let outside theorem id condition = [ row theorem id condition -1.0 ]

        if noise.DependsOnState then
            [ for theorem, id in [ "N2, potential", "N2"; "S7, penalty", "S7" ] do
                  yield! outside theorem id "ε does not depend on the weight" ]
        else
            rows "N2, potential" "N2" [ OwnTraining.potential "training" training ]
            @ (match SymmetricPoint.tryFind training.Device with
               | None -> outside "S7, penalty" "S7" "the device has a symmetric point"
               | Some _ when problem.Dimension > 1 ->
                   let setting: ArrayFloorSetting = { Problem = problem; Device = training.Device; Noise = noise }

                   rows "S7, penalty" "S7-array" [ setting ]
               | Some _ when not (isQuadratic problem) -> [ row "S7, penalty" "S7" "f = (L/2)(w − w*)²" nan ]
               | Some point ->
                   let setting: PenaltySetting =
                       { Device = training.Device
                         SymmetricPoint = point
                         Curvature = problem.Smoothness
                         Minimizer = problem.Minimizer[0]
                         Noise = noise.Moments start 0 }

                   rows "S7, penalty" "S7" [ setting ])

    let private largestFloor (training: OwnTraining) : AssumptionCheck list =
        let label, id = "N10, largest floor", "N10"

        if training.Problem.Dimension > 1 then
            [ row label id "D = 1" (1.0 - float training.Problem.Dimension) ]
        elif not (isQuadratic training.Problem) then
            [ row label id "f = (L/2)(w − w*)²" nan ]
        else
            rows label id [ OwnTraining.ceiling "training" training ]

    /// <summary>Conditions of the claims about every device on a training by Analog SGD.</summary>
    /// <param name="training">Device, problem, noise, rate, steps and start of a user.</param>
    let everyDevice (training: OwnTraining) : AssumptionCheck list =
        let run = OwnTraining.onAnyDevice training
        let whole = rows "N1, every device" "N1" run

        // A step can look at f only where the noise's values are known; where they are not, what holds of the whole run holds of its first step.
        let step =
            rows "N1, one step" "N1-step" [ OwnTraining.step training ]
            |> List.map (fun check ->
                match whole |> List.tryFind (fun other -> other.Condition = check.Condition) with
                | Some other when Double.IsNaN check.Margin -> { check with Margin = other.Margin }
                | _ -> check)

        step @ whole @ rows "N1, least remainder" "N1-least" run @ ofConstantNoise training @ largestFloor training

    // Analog SGD ---------------------------------------------------------------------------------------------------------------------

    let private distance (training: OwnTraining) : float =
        let tau = OwnTraining.radius training
        Claim.distanceFromLinear tau training.Device [ for i in -16 .. 16 -> float i / 16.0 * tau ]

    // The report of a training about which the theorems of the asymmetric linear device say nothing.
    let private elsewhere (training: OwnTraining) : AssumptionReport =
        let problem, run = training.Problem, OwnTraining.onAnyDevice training
        let struct (_, factor) = DeviceRun.symmetricRange run

        let reached =
            match run.Reached.Value with
            | Some coordinates -> coordinates |> List.map (fun reached -> InvariantInterval.largest reached.Weights) |> List.max
            | None -> infinity

        let device theorem id = row theorem id deviceName -(distance training)

        { Smoothness = problem.Smoothness
          StrongConvexity = problem.StrongConvexity
          Minimum = problem.Minimum
          Gap = problem.Excess training.Start
          NoiseFloor = Assumptions.noiseFloor training.Noise training.Start
          Deviation = sqrt (Noise.variance training.Noise training.Start)
          LargestWeight = reached
          // N1's, where F is known on all weights that are reached.
          LargestAnalogRate = 0.5 / (problem.Smoothness * factor)
          LargestAuxiliaryRate = nan
          AuxiliaryRateWindow = nan, nan
          RequiredDeviation = nan
          Checks =
            [ device "Theorem 2 (S3)" "S3-uniform"
              device "S3-weighted" "S3-weighted"
              device "Theorem 1 (D2)" "D2"
              device "Theorem 9 (S4)" "S4-derived"
              device "Theorems 6, 8 (S8)" "S8-sampling" ] }

    /// <summary>Holds a training by Analog SGD on any device against the assumptions.</summary>
    /// <param name="largestWeight">W_max that somebody vouches for; the theorems of the asymmetric linear device use it.</param>
    /// <param name="training">The training; its K does not matter.</param>
    /// <exception cref="T:System.ArgumentException">α is not positive, or W₀ has another length than D.</exception>
    let ofAnalogSgd (largestWeight: float option) (training: OwnTraining) : AssumptionReport =
        Require.positive "learningRate" training.LearningRate
        Require.length "Start" training.Problem.Dimension training.Start.Length
        let centred = OwnTraining.centred training

        let report =
            if distance centred <= 1e-14 then
                Assumptions.check
                    { Problem = centred.Problem
                      Radius = OwnTraining.radius centred
                      Noise = centred.Noise
                      Rule = AnalogSgdAt centred.LearningRate
                      Start = centred.Start
                      LargestWeight = largestWeight }
            else
                elsewhere training

        { report with Checks = report.Checks @ everyDevice training }

    // Tiki-Taka ----------------------------------------------------------------------------------------------------------------------

    /// <summary>Holds a training by Tiki-Taka on any two devices against the assumptions; every theorem about it is stated for the asymmetric linear device.</summary>
    /// <param name="largestWeight">W_max that somebody vouches for.</param>
    /// <param name="training">The training; its K does not matter.</param>
    /// <exception cref="T:System.ArgumentException">A rate is not positive, or W₀ has another length than D.</exception>
    let ofTikiTaka (largestWeight: float option) (training: OwnTikiTaka) : AssumptionReport =
        let problem = training.Problem

        let report =
            Assumptions.check
                { Problem = problem
                  Radius = OwnTikiTaka.radius training.Auxiliary
                  Noise = training.Noise
                  Rule = TikiTakaAt(training.TransferRate, training.LearningRate)
                  Start = training.Start
                  LargestWeight = largestWeight }

        let distance = OwnTikiTaka.distanceFromLinear training

        if distance <= 1e-14 then
            report
        else
            { report with
                LargestWeight = infinity
                LargestAuxiliaryRate = nan
                AuxiliaryRateWindow = nan, nan
                RequiredDeviation = nan
                Checks =
                    report.Checks
                    |> List.distinctBy _.Claim
                    |> List.map (fun check ->
                        row check.Theorem check.Claim "both arrays: asymmetric linear device, w⋄ = 0, one τ" -distance) }
